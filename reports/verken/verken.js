// The page to explore: what is chosen, the address that says it, the controls, and what is saved of it.
"use strict";

(function (V) {
  const { el } = V;
  const HOOGSTENS = 6;
  const BEELDEN = { lijn: "Lijn door de jaren", stippen: "Gebieden op volgorde", kaart: "Kaart" };
  const VERGELIJK = ["nl", "pv", "soort", "buren"];
  const EIGEN = "eigen";
  const lijst = V.lijst;
  let staat;
  let getekend = null;
  const veld = {};

  // --- the state, and the address that holds it ---

  const begin = () => ({ i: lijst.eerste, g: [lijst.provincie], v: ["nl"], t: "lijn", p: "", naam: "", leden: [], kaal: false });

  function lees(hash) {
    const q = new URLSearchParams(hash.replace(/^#/, ""));
    const s = begin();
    if (V.indicatoren[q.get("i")]) s.i = q.get("i");
    if (q.has("e")) {
      s.leden = q.get("e").split(" ").filter((c) => V.regios[c] && V.regios[c].soort === "gemeente");
      s.naam = (q.get("n") || "Eigen gebied").slice(0, 60);
    }
    if (q.has("g")) {
      const bestaat = (c) => V.regios[c] || (c === EIGEN && s.leden.length);
      const g = [...new Set(q.get("g").split(","))].filter(bestaat).slice(0, HOOGSTENS);
      // who chose no area gets none; who names one that is not there gets the province
      if (g.length || !q.get("g")) s.g = g;
    }
    if (q.has("v")) s.v = q.get("v").split(",").filter((c) => VERGELIJK.includes(c));
    if (BEELDEN[q.get("t")] && (q.get("t") !== "kaart" || lijst.kaart)) s.t = q.get("t");
    if (/^\d{4}[A-Z]{2}\d\d$/.test(q.get("p") || "")) s.p = q.get("p");
    s.kaal = q.get("kaal") === "1";
    return s;
  }

  function schrijf(s, extra) {
    const q = new URLSearchParams({ i: s.i, g: s.g.join(","), v: s.v.join(","), t: s.t });
    if (s.p) q.set("p", s.p);
    if (s.leden.length) { q.set("e", s.leden.join(" ")); q.set("n", s.naam); }
    for (const [k, v] of Object.entries(extra || {})) q.set(k, v);
    return `#${q}`;
  }

  const adres = (extra) => location.href.split("#")[0] + schrijf(staat, extra);

  function zet(wijziging, wat) {
    staat = { ...staat, ...wijziging };
    history.pushState(null, "", schrijf(staat, staat.kaal ? { kaal: 1 } : {}));
    return toon(wat);
  }

  const meld = (tekst) => { veld.melding.textContent = ""; setTimeout(() => { veld.melding.textContent = tekst; }, 50); };

  // --- figures, loaded when asked for ---

  const bezig = {};
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
        uit.push({ code, naam: staat.naam, soort: "samengesteld", r, reden: weigering(r), namen, ...stijl });
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

  function weigering(r) {
    const nee = V.waaromNiet(V.indicatoren[staat.i]);
    if (nee) return `Niet op te tellen: ${nee}.`;
    const laatste = Object.keys(r.waarom).map(Number).pop();
    if (r.w.some((w) => typeof w === "number") || laatste === undefined) return "";
    return `Niet op te tellen: ${V.opsomming(r.waarom[laatste])} ${r.waarom[laatste].length === 1 ? "heeft" : "hebben"} geen cijfer (${lijst.woorden.leeg[Number(r.w[laatste])]}).`;
  }

  // The period of a picture of one moment: the one asked for, else the latest of the first area.
  function gekozenPeriode(alle) {
    const n = V.data[staat.i].p.indexOf(staat.p);
    if (n >= 0) return n;
    const laatste = alle.map((r) => V.laatste(staat.i, r.r)).filter((k) => k >= 0);
    return laatste.length ? laatste[0] : -1;
  }

  // The areas of a ranking: all of the kind of the first one, those within the province or beside it, and what was chosen.
  function ranglijst(alle, n) {
    const soort = (alle.find((r) => r.gekozen) || {}).soort;
    const laag = soort === "provincie" || soort === "land" ? "provincie" : soort === "corop" ? "corop" : "gemeente";
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
    const cellen = rang.map((r) => ({ r, n, punt: r.punt }));
    if (staat.t === "kaart") {
      const { vlakken, klassen } = kaartklassen(i, n);
      const alt = `Kaart van de gemeenten. De getallen staan in de tabel eronder.`;
      return { svg: V.tekenKaart(breed, i, vlakken, klassen, wanneer, bron, alt), cellen, rang, periode: n };
    }
    const nl = i.maat !== "geen" && staat.v.includes("nl") ? V.punt(staat.i, lijst.nederland, n) : null;
    const alt = `Gebieden van hoog naar laag. De getallen staan in de tabel eronder.`;
    return { svg: V.tekenStippen(breed, i, rang, nl && nl.waarde !== null ? nl : null, wanneer, bron, alt), cellen, rang, periode: n };
  }

  // Four classes with as many municipalities each, the highest first.
  function kaartklassen(i, n) {
    const vlakken = Object.keys(lijst.kaart.vormen).map((code) => ({
      code, naam: V.regios[code].naam, punt: V.punt(staat.i, code, n), dik: staat.g.includes(code) || (staat.g.includes(EIGEN) && staat.leden.includes(code)),
    }));
    const getallen = vlakken.map((v) => v.punt && v.punt.waarde).filter((w) => w !== null && w !== undefined).sort((a, b) => b - a);
    const aantal = lijst.kleuren.tinten.length;
    for (const v of vlakken) {
      const w = v.punt ? v.punt.waarde : null;
      v.klasse = w === null ? null : Math.min(aantal - 1, Math.floor((getallen.indexOf(w) * aantal) / getallen.length));
    }
    const klassen = [];
    for (let k = 0; k < aantal; k += 1) {
      const in_ = vlakken.filter((v) => v.klasse === k).map((v) => v.punt.waarde);
      if (in_.length) klassen.push([`${V.getal(Math.min(...in_), i.decimalen)} tot ${V.getal(Math.max(...in_), i.decimalen)}`, k]);
    }
    return { vlakken, klassen };
  }

  async function toon(wat) {
    veld.werk.setAttribute("aria-busy", "true");
    try {
      await laad(staat.i);
    } catch {
      veld.antwoord.replaceChildren(el("p", {}, `De cijfers van ‘${V.indicatoren[staat.i].naam}’ zijn niet te laden: het bestand verken/data/${staat.i}.js ontbreekt.`));
      veld.werk.setAttribute("aria-busy", "false");
      return;
    }
    const i = V.indicatoren[staat.i];
    const alle = reeksen();
    const beeld = teken(alle);
    getekend = { alle, ...beeld };
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
      ? `${eigen.naam}: ${eigen.namen} samen. ${eigen.reden || `Opgeteld zoals de kaart zegt: ${lijst.woorden.aggregatie[i.optellen]}.`} Een oordeel is er alleen over vaste gebieden.`
      : "";
    veld.tabellen.replaceChildren(
      V.tabelStand(staat.i, alle, beeld.periode ?? -1),
      beeld.rang ? V.tabelRang(staat.i, beeld.rang, beeld.periode) : V.tabelJaren(staat.i, alle),
      el("p", { class: "svd-noot" }, "* voorlopig; ** nader voorlopig; \u2248 benadering; . onbekend of geheim; n.b. niet beschikbaar. Een open teken in het beeld is voorlopig."),
    );
    V.werkBedieningBij(staat, veld);
    veld.werk.setAttribute("aria-busy", "false");
    if (wat) meld(`${wat} ${zinnen[0] || ""}`);
    document.documentElement.dataset.verken = `${staat.i} ${staat.t}`;
  }

  // --- what is saved and shared ---

  const bestandsnaam = (eind) => `${staat.i}-${staat.t}.${eind}`;

  function bewaar(inhoud, naam) {
    const a = el("a", { href: URL.createObjectURL(inhoud), download: naam });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(a.href), 5000);
    meld(`${naam} is bewaard.`);
  }

  const svgTekst = () => new XMLSerializer().serializeToString(getekend.svg);
  V.acties = {
    svg: () => getekend.svg && bewaar(new Blob([svgTekst()], { type: "image/svg+xml" }), bestandsnaam("svg")),
    png: () => {
      if (!getekend.svg) return;
      const beeld = new Image();
      beeld.onload = () => {
        const doek = el("canvas", { width: beeld.width * 2, height: beeld.height * 2 });
        doek.getContext("2d").drawImage(beeld, 0, 0, doek.width, doek.height);
        doek.toBlob((blob) => bewaar(blob, bestandsnaam("png")));
      };
      beeld.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgTekst())}`;
    },
    csv: () => getekend.cellen && bewaar(new Blob([V.csv(staat.i, getekend.cellen)], { type: "text/csv;charset=utf-8" }), bestandsnaam("csv")),
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
    HOOGSTENS, BEELDEN, EIGEN, zet, adres, meld,
    staat: () => staat,
    csvTekst: () => V.csv(staat.i, getekend.cellen),
  });
  staat = lees(location.hash);
  V.maakBediening(veld, staat);
  window.addEventListener("popstate", () => { staat = lees(location.hash); toon("Ander beeld uit het adres."); });
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
