// What stands beside and under a drawing: the answer in a sentence, the tables, the source cells and the file.
"use strict";

(function (V) {
  const el = (naam, attrs, ...kinderen) => {
    const e = document.createElement(naam);
    for (const [k, v] of Object.entries(attrs || {})) {
      if (v === null || v === undefined || v === false) continue;
      if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
      else e.setAttribute(k, v === true ? "" : v);
    }
    e.append(...kinderen.flat().filter((k) => k !== null && k !== undefined && k !== ""));
    return e;
  };
  V.el = el;
  const heard = (tekst) => el("span", { class: "svd-voorlezen" }, tekst);

  // A value with its marks; what a sign means is heard, and seen when pointed at.
  function waarde(i, punt) {
    const tekst = V.toon(i, punt);
    const uitleg = V.uitleg(punt);
    if (!uitleg) return [tekst];
    const zonder = punt && punt.waarde !== null ? V.cijfer(i, punt.waarde) : "";
    const tekens = el("span", { "aria-hidden": "true", title: uitleg }, tekst.slice(zonder.length));
    return [zonder, tekens, heard(`${zonder ? " " : ""}${uitleg}`)];
  }

  // --- the answer in a sentence or two, for the eye and for the live region ---

  V.antwoord = (id, reeksen, periode) => {
    const i = V.indicatoren[id];
    const zinnen = [];
    for (const r of reeksen.filter((x) => x.gekozen)) {
      const n = periode >= 0 ? periode : V.nieuwste(id, r.r);
      const punt = V.punt(id, r.r, n);
      if (!punt || punt.waarde === null) {
        // where there is no row nothing is known of why
        const waarom = r.reden || (punt ? hoofdletter(V.uitleg(punt)) : "");
        zinnen.push(`${r.naam}: geen cijfer.${waarom ? ` ${waarom}.` : ""}`);
        continue;
      }
      const uitleg = V.uitleg(punt);
      const eenheid = i.naamloos ? ` (${i.eenheid})` : "";
      const begin = `${r.naam}: ${V.metEenheid(i, V.cijfer(i, punt.waarde))}${eenheid} in ${V.periode(V.data[id].p[n])}`;
      zinnen.push(`${begin}${uitleg ? ` (${uitleg})` : ""}${naastNederland(i, id, r, punt, n)}.${oordeelzin(i, id, r)}`);
    }
    return zinnen;
  };

  const hoofdletter = (t) => t.charAt(0).toUpperCase() + t.slice(1);

  function naastNederland(i, id, r, punt, n) {
    if (r.code === V.lijst.nederland || i.maat === "geen") return "";
    const nl = V.punt(id, V.lijst.nederland, n);
    if (!nl || nl.waarde === null) return "";
    return `; Nederland ${V.metEenheid(i, V.cijfer(i, nl.waarde))}, verschil ${V.verschil(i, punt.waarde, nl.waarde)}`;
  }

  const oordeelVan = (id, r) => (typeof r.r === "string" && V.data[id].r[r.r] ? V.data[id].r[r.r].j : null);

  // The years of a trend, and in whose prices: a line of amounts may rise by inflation alone.
  const looptijd = (i, j) => V.vul(V.lijst.zinnen.looptijd, { van: j[1], tot: j[2] }) + i.prijzen;
  const heeftPlaats = (j) => Boolean(j) && j[5] !== null && j[4] in V.lijst.woorden.positiezin;

  // The trend with its years, and the place in the words of the report: of which year, among what, from which side.
  function oordeelzin(i, id, r) {
    const j = oordeelVan(id, r);
    if (!j) return "";
    const { wie, soort } = V.regios[r.code];
    const w = V.lijst.woorden;
    const plaats = heeftPlaats(j)
      ? V.vul(V.lijst.zinnen.plaats, {
          periode: V.periode(j[9]), wie, gedeeld: j[7] ? V.lijst.zinnen.gedeeld : i.ongeveer, rang: j[5], rang_van: j[6],
          soort: w.soorten[soort], uiterste: i.uiterste, positie: w.positiezin[j[4]],
        })
      : "";
    return [` Trend over ${looptijd(i, j)}: ${(w.trend[j[0]] || [0, 0, j[0]])[2]}.`, plaats].filter(Boolean).join(" ");
  }

  // --- sources ---

  V.bronregel = (id) => {
    const bronnen = V.data[id].v;
    if (!bronnen.length) return "Bron: niet bekend.";
    const namen = bronnen.slice(0, 3).map(([tabel, , uitgever, opgehaald]) =>
      `${uitgever ? `${uitgever}, ` : ""}${tabel}${opgehaald ? ` (${opgehaald})` : ""}`);
    const rest = bronnen.length > 3 ? ` en ${bronnen.length - 3} andere` : "";
    return `${V.lijst.melding ? "Voorbeeldcijfers in de vorm van" : "Bron:"} ${namen.join("; ")}${rest}. ${V.lijst.titel} ${V.lijst.editie}.`;
  };

  // The source cells under a figure: [{rol, tabel, rest}] and how many there are in all.
  V.broncellen = (id, code, n) => {
    const data = V.data[id];
    const regio = typeof code === "string" ? V.regios[code] : null;
    const soort = regio ? regio.soort : "gemeente";
    const plek = data.c[soort] ? data.c[soort][n] : -1;
    if (plek === undefined || plek < 0) return { cellen: [], aantal: 0 };
    const [cellen, aantal] = data.k[plek];
    const eigen = regio && regio.soort !== "samengesteld" ? code : "elk lid";
    return {
      aantal,
      cellen: cellen.map(([rol, tabel, onderwerp, uitsplitsing, vast, periode]) => {
        const bron = typeof tabel === "number" ? data.v[tabel] : [tabel];
        return {
          rol,
          tabel: bron[0],
          opgehaald: bron[3] || "",
          adres: bron[5] || "",
          tekst: [bron[0], onderwerp, uitsplitsing === "totaal" ? "" : uitsplitsing, vast || eigen, periode || data.p[n]].filter(Boolean).join(", "),
        };
      }),
    };
  };

  function broncel(id, code, n) {
    const { cellen, aantal } = V.broncellen(id, code, n);
    if (!cellen.length) return { cel: ["n.b."], datum: "n.b." };
    const eerste = cellen[0];
    const meer = aantal > 1 ? ` en ${aantal - 1} andere ${aantal === 2 ? "cel" : "cellen"}` : "";
    const cel = eerste.adres ? [el("a", { href: eerste.adres }, eerste.tekst), meer] : [eerste.tekst + meer];
    return { cel, datum: eerste.opgehaald || "n.b." };
  }

  // --- tables ---

  // A cell of a column; on a telephone, where the cells of a row stand below each other, it shows the name of its column.
  function vak([naam, getal], cel) {
    const td = el("td", { class: getal ? "svd-getal" : null }, cel);
    td.style.setProperty("--k", JSON.stringify(naam));
    return td;
  }

  function tabel(id, bijschrift, kop, rijen) {
    return el(
      "div",
      { class: "svd-scroll", role: "group", "aria-labelledby": `${id}-bijschrift`, tabindex: "0" },
      el(
        "table",
        { class: "svd-tabel", id },
        el("caption", { id: `${id}-bijschrift` }, el("span", {}, bijschrift)),
        el("thead", {}, el("tr", {}, kop.map(([t, getal]) => el("th", { scope: "col", class: getal ? "svd-getal" : null }, t)))),
        el(
          "tbody",
          {},
          rijen.map((rij) =>
            el(
              "tr",
              {},
              rij.map((cel, n) => (n ? vak(kop[n], cel) : el("th", { scope: "row" }, cel))),
            ),
          ),
        ),
      ),
    );
  }

  const merk = (i, j) => {
    if (!j) return ["n.b."];
    const [teken, soort, woord] = V.lijst.woorden.trend[j[0]] || ["?", "geen", j[0]];
    return [
      el("span", { class: `svd-merk svd-merk--${soort}` }, el("span", { "aria-hidden": "true" }, teken), ` ${woord}`),
      el("span", { class: "svd-klein" }, ` ${looptijd(i, j)}, ${V.lijst.woorden.robuust[j[3]] || j[3]}`),
    ];
  };

  // The words of a place in a table: its rank among what, and what else is to be known of it.
  V.plaats = (i, soort, j) => {
    if (!heeftPlaats(j)) return ["n.b."];
    const w = V.lijst.woorden;
    const rest = [w.positie[j[4]], j[7] ? "gedeeld" : "", V.periode(j[9]), `plaats 1 is ${i.uiterste}`];
    return [`${j[5]} van ${j[6]} ${w.soorten[soort]}`, rest.filter(Boolean).join(", ")];
  };

  const plaats = (i, r, j) => {
    const [rang, rest] = V.plaats(i, r.soort, j);
    return rest ? [rang, el("span", { class: "svd-klein" }, ` ${rest}`)] : [rang];
  };

  const marge = (i, punt) =>
    punt && punt.onder !== null && punt.boven !== null
      ? V.cijfer(i, punt.onder) === V.cijfer(i, punt.boven)
        ? "kleiner dan de afronding"
        : `${V.cijfer(i, punt.onder)} tot ${V.cijfer(i, punt.boven)}`
      : "n.b.";

  // A row an area: the latest value with all that is known of it.
  V.tabelStand = (id, reeksen, periode) => {
    const i = V.indicatoren[id];
    const kop = [
      ["Gebied"], ["Cijfer", true], ["Periode"], ["Status"], ["Naast Nederland", true], ["Marge (95%)", true], ["Trend"],
      ["Plaats"], ["Kloof"], ["Broncel"], ["Opgehaald"],
    ];
    const rijen = reeksen.map((r) => {
      const n = periode >= 0 ? periode : V.nieuwste(id, r.r);
      const punt = V.punt(id, r.r, n);
      const j = oordeelVan(id, r);
      const nl = V.punt(id, V.lijst.nederland, n);
      const heeft = punt && punt.waarde !== null;
      const naast = heeft && nl && nl.waarde !== null && i.maat !== "geen" && r.code !== V.lijst.nederland;
      const cel = n >= 0 ? broncel(id, r.r, n) : { cel: ["n.b."], datum: "n.b." };
      const blad = V.regios[r.code] && V.regios[r.code].blad;
      return [
        blad ? [el("a", { href: blad }, r.naam)] : [r.naam],
        waarde(i, punt),
        n >= 0 ? V.periode(V.data[id].p[n]) : "n.b.",
        heeft ? V.lijst.woorden.status[punt.status] : r.reden || V.uitleg(punt),
        naast ? V.verschil(i, punt.waarde, nl.waarde) : "n.v.t.",
        marge(i, punt),
        j ? merk(i, j) : ["geen oordeel"],
        plaats(i, r, j),
        j && j[8] !== "n.b." ? V.lijst.woorden.kloof[j[8]] : "n.b.",
        cel.cel,
        cel.datum,
      ];
    });
    return tabel("verken-stand", `${i.naam} (${i.eenheid}): cijfer, oordeel en bron per gebied`, kop, rijen);
  };

  // A row a period, the newest first.
  V.tabelJaren = (id, reeksen) => {
    const i = V.indicatoren[id];
    const perioden = V.data[id].p.map((p, n) => n).filter((n) => reeksen.some((r) => V.punt(id, r.r, n)));
    const kop = [["Periode"], ...reeksen.map((r) => [r.naam, true])];
    const rijen = perioden.reverse().map((n) => [V.periode(V.data[id].p[n]), ...reeksen.map((r) => waarde(i, V.punt(id, r.r, n)))]);
    return tabel("verken-jaren", `${i.naam} (${i.eenheid}) per periode`, kop, rijen);
  };

  // A row an area of a drawing of one period, in its order.
  V.tabelRang = (id, plekken, n) => {
    const i = V.indicatoren[id];
    const kop = [["Gebied"], [V.periode(V.data[id].p[n]), true], ["Marge (95%)", true]];
    const rijen = plekken.map((s) => [s.naam, waarde(i, s.punt), marge(i, s.punt)]);
    return tabel("verken-rang", `${i.naam} (${i.eenheid}) in ${V.periode(V.data[id].p[n])}, van hoog naar laag`, kop, rijen);
  };

  // --- the file: what is on the screen, in the columns of the files of the report ---

  // Place of a period -> what to know of a region's first figure after a series break.
  function breuken(id, r) {
    const uit = [];
    for (const [vanaf, tekst] of V.data[id].d || []) {
      const n = V.data[id].p.findIndex((p, k) => Number(p.slice(0, 4)) >= vanaf && V.punt(id, r, k));
      if (n >= 0) uit[n] = tekst;
    }
    return uit;
  }

  V.csv = (id, cellen) => {
    const i = V.indicatoren[id];
    const w = V.lijst.woorden;
    const { kolommen, totaal, voorbeeld, scheiding } = V.lijst.bestand;
    const [begin, getal] = V.lijst.bestand.formule;
    // a name from the address may not become a formula in a spreadsheet
    const veilig = (v) => (new RegExp(`^[${begin}]`).test(v) && !new RegExp(`^(?:${getal})$`).test(v) ? `'${v}` : v);
    const cel = (v) => (v.includes(scheiding) || /["\r\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
    const regel = (velden) => velden.map((v) => cel(typeof v === "string" ? veilig(v) : V.kaal(v))).join(scheiding);
    const regels = cellen.map(({ r, n, punt }) => {
      const benaderd = punt.waarde !== null && punt.benadering ? V.uitleg({ ...punt, status: 0 }) : "";
      const periode = V.data[id].p[n];
      const velden = {
        indicator: i.id, naam: i.naam, eenheid: i.eenheidscode, onderdeelcode: totaal[0], onderdeel: totaal[1],
        regiocode: r.code, regio: r.naam, regiosoort: r.soort, periode, periode_naam: V.periode(periode),
        waarde: punt.waarde, marge_onder: punt.onder, marge_boven: punt.boven, status: w.statuscode[punt.status],
        leeg_reden: punt.waarde === null ? w.leegcode[punt.reden] : "",
        opmerking: [voorbeeld, benaderd, breuken(id, r.r)[n], r.reden].filter(Boolean).join("; "),
      };
      return regel(kolommen.map((kolom) => velden[kolom]));
    });
    return `\ufeff${[regel(kolommen), ...regels].join("\n")}\n`;
  };
})(globalThis.Verken);
