// The page to explore: what is chosen, the address that says it, the controls, and what is saved of it.
"use strict";

(function (V) {
  const { el, lijst, EIGEN } = V;
  let staat;
  // what is on the screen, and what it is of; nothing where a load failed
  let getekend = null;
  const veld = {};

  // --- the state ---

  const adres = (extra) => V.adresVan(staat, location.href, extra);
  const insluiten = () => V.insluitregel(adres({ kaal: 1 }), V.indicatoren[staat.i].naam);

  function zet(wijziging, wat) {
    staat = { ...staat, ...wijziging };
    history.pushState(null, "", V.schrijfStaat(staat, staat.kaal ? { kaal: 1 } : {}));
    return toon(wat);
  }

  const meld = (tekst) => { veld.melding.textContent = ""; setTimeout(() => { veld.melding.textContent = tekst; }, 50); };

  // --- figures, loaded when asked for ---

  const bezig = Object.create(null);
  const laad = (id) =>
    V.data[id]
      ? Promise.resolve()
      : (bezig[id] = bezig[id] || new Promise((klaar, mis) => {
          const s = el("script", { src: `verken/data/${id}.js` });
          s.onload = klaar;
          s.onerror = () => { delete bezig[id]; mis(new Error(id)); };
          document.head.append(s);
        }));

  // --- the series of the state ---

  function reeksen() {
    const k = lijst.kleuren;
    const uit = [];
    const naast = new Set();
    staat.g.forEach((code, n) => {
      const stijl = { kleur: k.reeksen[n], streep: V.STREPEN[n], teken: n, dik: true, gekozen: true };
      if (code === EIGEN) {
        const r = V.telOp(staat.i, staat.leden);
        const namen = V.opsomming(staat.leden.map((c) => V.regios[c].naam));
        uit.push({ code, naam: staat.naam, soort: "samengesteld", r, reden: V.weigering(staat.i, r), namen, ...stijl });
      } else {
        uit.push({ code, naam: V.regios[code].naam, soort: V.regios[code].soort, r: code, ...stijl });
      }
    });
    const voeg = (code, stijl) => {
      if (staat.g.includes(code) || naast.has(code) || !V.regios[code]) return;
      naast.add(code);
      uit.push({ code, naam: V.regios[code].naam, soort: V.regios[code].soort, r: code, dik: false, gekozen: false, ...stijl });
    };
    if (staat.v.includes("nl")) voeg(lijst.nederland, { kleur: k.nederland, streep: "6 3", teken: 1 });
    if (staat.v.includes("pv")) voeg(lijst.provincie, { kleur: k.inkt, streep: "", teken: 2 });
    const eerste = staat.g.find((c) => lijst.soortgenoten[c]);
    if (staat.v.includes("soort") && eerste) lijst.soortgenoten[eerste].forEach((c, n) => voeg(c, { kleur: k.grijs, streep: V.STREPEN[n + 1], teken: n }));
    if (staat.v.includes("buren")) lijst.buren.forEach((c, n) => voeg(c, { kleur: k.grijs, streep: V.STREPEN[n + 1], teken: n }));
    return uit;
  }

  // The period of a picture of one moment: the one asked for, else the latest of the first area.
  function gekozenPeriode(alle) {
    const n = V.data[staat.i].p.indexOf(staat.p);
    if (n >= 0) return n;
    const laatste = alle.map((r) => V.laatste(staat.i, r.r)).filter((k) => k >= 0);
    return laatste.length ? laatste[0] : -1;
  }

  // The areas of a ranking: all of the kind of the first one (of a map: municipalities), those within the province or
  // beside it, and what was chosen.
  function ranglijst(alle, n) {
    const soort = (alle.find((r) => r.gekozen) || {}).soort;
    const laag = staat.t === "kaart" ? "gemeente" : soort === "provincie" || soort === "land" ? "provincie" : soort === "corop" ? "corop" : "gemeente";
    const codes = lijst.regios.filter(([c, , s]) => s === laag && (laag !== "gemeente" || lijst.eigen.includes(c))).map(([c]) => c);
    const rest = codes.filter((c) => !alle.some((r) => r.code === c)).map((c) => ({
      code: c, naam: V.regios[c].naam, soort: laag, r: c, kleur: lijst.kleuren.streep, teken: 0, dik: false,
    }));
    return [...alle.filter((r) => r.code !== lijst.nederland || r.gekozen), ...rest]
      .map((r) => ({ ...r, punt: V.punt(staat.i, r.r, n) }))
      .filter((r) => r.punt)
      .sort((a, b) => (b.punt.waarde ?? -Infinity) - (a.punt.waarde ?? -Infinity) || a.naam.localeCompare(b.naam, "nl"));
  }

  // --- drawing ---

  const nederlands = (i) => `${i.naam} (${i.eenheid})`;

  function teken(alle) {
    const i = V.indicatoren[staat.i];
    const data = V.data[staat.i];
    const breed = Math.max(280, Math.floor(veld.doek.clientWidth));
    const bron = `${V.bronregel(staat.i)}${lijst.melding ? ` ${lijst.melding}` : ""}`;
    if (!alle.some((r) => V.laatste(staat.i, r.r) >= 0)) return { leeg: "Er is geen cijfer om te tekenen." };
    if (staat.t === "lijn") {
      const lijnen = alle.map((r) => ({ ...r, punten: data.p.map((_, n) => ({ n, punt: V.punt(staat.i, r.r, n) })).filter((p) => p.punt) }));
      const alt = `Lijnen van ${V.opsomming(alle.map((r) => r.naam))}. De getallen staan in de tabel eronder.`;
      const cellen = lijnen.flatMap((r) => r.punten.map((p) => ({ r, ...p })));
      return { svg: V.tekenLijn(breed, i, data.p, lijnen, nederlands(i), bron, alt), cellen, periode: -1 };
    }
    const n = gekozenPeriode(alle);
    const wanneer = `${nederlands(i)}, ${V.periode(data.p[n])}`;
    const rang = ranglijst(alle, n);
    // the Netherlands is a line in the drawing, and stands in the first table
    const land = alle.filter((r) => !rang.some((x) => x.code === r.code)).map((r) => ({ ...r, punt: V.punt(staat.i, r.r, n) }));
    const cellen = [...land.filter((r) => r.punt), ...rang].map((r) => ({ r, n, punt: r.punt }));
    const zonder = (leeg) => ({ leeg, cellen, rang, periode: n });
    if (!rang.some((r) => r.punt.waarde !== null)) return zonder("Er is in deze periode geen cijfer om te tekenen.");
    if (staat.t === "kaart") {
      // as in the report: large municipalities would stand out only because they are large
      if (i.maat === "geen") return zonder("Van een totaal is er geen kaart: grote gemeenten zouden alleen opvallen omdat zij groot zijn.");
      const vlakken = vlakkenVan(n);
      const klassen = V.klassen(i, vlakken);
      if (!klassen) return zonder("Er zijn te weinig verschillende cijfers voor een kaart.");
      const alt = `Kaart van de gemeenten. De getallen staan in de tabel eronder.`;
      return { svg: V.tekenKaart(breed, i, vlakken, klassen, wanneer, bron, alt), cellen, rang, periode: n };
    }
    const nl = i.maat !== "geen" && staat.v.includes("nl") ? V.punt(staat.i, lijst.nederland, n) : null;
    const alt = `Gebieden van hoog naar laag. De getallen staan in de tabel eronder.`;
    return { svg: V.tekenStippen(breed, i, rang, nl && nl.waarde !== null ? nl : null, wanneer, bron, alt), cellen, rang, periode: n };
  }

  const vlakkenVan = (n) =>
    Object.keys(lijst.kaart.vormen).map((code) => ({
      code, naam: V.regios[code].naam, punt: V.punt(staat.i, code, n), dik: staat.g.includes(code) || (staat.g.includes(EIGEN) && staat.leden.includes(code)),
    }));

  async function toon(wat) {
    const gevraagd = staat;
    const i = V.indicatoren[staat.i];
    veld.werk.setAttribute("aria-busy", "true");
    getekend = null;
    try {
      await laad(staat.i);
    } catch {
      if (staat !== gevraagd) return;
      const mis = `De cijfers van ‘${i.naam}’ zijn niet te laden: het bestand verken/data/${staat.i}.js ontbreekt.`;
      veld.kop.replaceChildren(i.naam);
      veld.antwoord.replaceChildren(el("p", {}, mis));
      for (const e of [veld.doek, veld.uitleg, veld.eigenuitleg, veld.tabellen]) e.replaceChildren();
      veld.werk.setAttribute("aria-busy", "false");
      meld(mis);
      return;
    }
    // who chose again while this was loading gets what was chosen last
    if (staat !== gevraagd) return;
    const alle = reeksen();
    const beeld = teken(alle);
    getekend = { naam: `${staat.i}-${staat.t}`, id: staat.i, ...beeld };
    const zinnen = V.antwoord(staat.i, alle, beeld.periode ?? -1);
    if (!zinnen.length) zinnen.push("Kies een gebied om het cijfer te zien.");
    veld.kop.replaceChildren(i.naam);
    veld.antwoord.replaceChildren(...zinnen.map((z) => el("p", {}, z)));
    veld.uitleg.replaceChildren(
      `${i.definitie} `,
      i.maat !== "geen" && lijst.woorden.richting[i.richting] ? `${lijst.woorden.richting[i.richting].replace(/^./, (c) => c.toUpperCase())}. ` : "",
      el("a", { href: i.plek }, "Alles over deze indicator"), ".",
    );
    veld.doek.replaceChildren(beeld.svg || el("p", {}, beeld.leeg));
    const eigen = alle.find((r) => r.code === EIGEN);
    veld.eigenuitleg.textContent = eigen
      ? `${eigen.naam}: ${eigen.namen} samen. ${eigen.reden || `Opgeteld zoals de kaart zegt: ${lijst.woorden.aggregatie[i.optellen]}`}. Een oordeel is er alleen over vaste gebieden.`
      : "";
    veld.tabellen.replaceChildren(
      V.tabelStand(staat.i, alle, beeld.periode ?? -1),
      beeld.rang ? V.tabelRang(staat.i, beeld.rang, beeld.periode) : V.tabelJaren(staat.i, alle),
      el("p", { class: "svd-noot" }, `${lijst.tekens} Een open teken in het beeld is voorlopig.`),
    );
    V.werkBedieningBij(staat, veld);
    veld.werk.setAttribute("aria-busy", "false");
    if (wat) meld(`${wat} ${zinnen[0] || ""}`);
    document.documentElement.dataset.verken = `${staat.i} ${staat.t}`;
  }

  // --- what is saved and shared ---

  function bewaar(inhoud, naam) {
    const a = el("a", { href: URL.createObjectURL(inhoud), download: naam });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(a.href), 5000);
    meld(`${naam} is bewaard.`);
  }

  const NIETS = "Er is niets om te bewaren.";
  const heeftBeeld = () => Boolean(getekend && getekend.svg);
  const svgTekst = () => new XMLSerializer().serializeToString(getekend.svg);
  V.acties = {
    svg: () => (heeftBeeld() ? bewaar(new Blob([svgTekst()], { type: "image/svg+xml" }), `${getekend.naam}.svg`) : meld(NIETS)),
    png: () => {
      if (!heeftBeeld()) return meld(NIETS);
      const { naam } = getekend;
      const beeld = new Image();
      beeld.onload = () => {
        const doek = el("canvas", { width: beeld.width * 2, height: beeld.height * 2 });
        doek.getContext("2d").drawImage(beeld, 0, 0, doek.width, doek.height);
        doek.toBlob((blob) => bewaar(blob, `${naam}.png`));
      };
      beeld.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgTekst())}`;
      return undefined;
    },
    csv: () =>
      getekend && getekend.cellen
        ? bewaar(new Blob([V.csv(getekend.id, getekend.cellen)], { type: "text/csv;charset=utf-8" }), `${getekend.naam}.csv`)
        : meld(NIETS),
    kopieer: async (tekst, wat) => {
      try {
        await navigator.clipboard.writeText(tekst);
      } catch {
        const bron = el("textarea", {}, tekst);
        document.body.append(bron);
        bron.select();
        document.execCommand("copy");
        bron.remove();
      }
      meld(`${wat} is gekopieerd.`);
    },
  };

  // --- the start ---

  Object.assign(V, {
    zet, adres, insluiten, meld,
    staat: () => staat,
  });
  staat = V.leesStaat(location.hash);
  V.maakBediening(veld, staat);
  window.addEventListener("popstate", () => { staat = V.leesStaat(location.hash); toon("Ander beeld uit het adres."); });
  let wacht = 0;
  let breed = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth === breed) return;
    breed = window.innerWidth;
    clearTimeout(wacht);
    wacht = setTimeout(() => toon(""), 150);
  });
  toon("");
})(globalThis.Verken);
