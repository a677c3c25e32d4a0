// What is chosen on the page to explore, and the address that says it. Knows no page: a test runs it by itself.
"use strict";

(function (V) {
  const HOOGSTENS = 6;
  const BEELDEN = { lijn: "Lijn door de jaren", stippen: "Gebieden op volgorde", kaart: "Kaart" };
  const VERGELIJK = ["nl", "pv", "soort", "buren"];
  const EIGEN = "eigen";

  const begin = () => ({ i: V.lijst.eerste, g: [V.lijst.provincie], v: ["nl"], t: "lijn", p: "", naam: "", leden: [], kaal: false });

  // The state that the part behind the '#' says; what is not there is as at the start.
  V.leesStaat = (hash) => {
    const q = new URLSearchParams(hash.replace(/^#/, ""));
    const s = begin();
    if (V.indicatoren[q.get("i")]) s.i = q.get("i");
    if (q.has("e")) {
      s.leden = [...new Set(q.get("e").split(" "))].filter((c) => V.regios[c] && V.regios[c].soort === "gemeente");
      s.naam = (q.get("n") || "Eigen gebied").slice(0, 60);
    }
    if (q.has("g")) {
      const bestaat = (c) => V.regios[c] || (c === EIGEN && s.leden.length);
      const g = [...new Set(q.get("g").split(","))].filter(bestaat).slice(0, HOOGSTENS);
      // who chose no area gets none; who names one that is not there gets the province
      if (g.length || !q.get("g")) s.g = g;
    }
    if (q.has("v")) s.v = q.get("v").split(",").filter((c) => VERGELIJK.includes(c));
    const t = q.get("t");
    if (t !== null && Object.hasOwn(BEELDEN, t) && (t !== "kaart" || V.lijst.kaart)) s.t = t;
    if (/^\d{4}[A-Z]{2}\d\d$/.test(q.get("p") || "")) s.p = q.get("p");
    s.kaal = q.get("kaal") === "1";
    return s;
  };

  V.schrijfStaat = (s, extra) => {
    const q = new URLSearchParams({ i: s.i, g: s.g.join(","), v: s.v.join(","), t: s.t });
    if (s.p) q.set("p", s.p);
    if (s.leden.length) { q.set("e", s.leden.join(" ")); q.set("n", s.naam); }
    for (const [k, v] of Object.entries(extra || {})) q.set(k, v);
    return `#${q}`;
  };

  // The address to share: where the report is published, when that is known; else where the page stands now.
  V.adresVan = (s, hier, extra) =>
    (V.lijst.adres ? `${V.lijst.adres}${V.lijst.blad}` : hier.split("#")[0]) + V.schrijfStaat(s, extra);

  const inAttribuut = (tekst) => tekst.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`);

  // The line that shows a state in another page.
  V.insluitregel = (adres, titel) =>
    `<iframe src="${inAttribuut(adres)}" title="${inAttribuut(titel)}" width="100%" height="720" style="border:0"></iframe>`;

  Object.assign(V, { HOOGSTENS, BEELDEN, EIGEN });
})(globalThis.Verken);
