// The drawings of the page to explore: a line chart, a ranked dot plot and a map, each as one SVG that holds its own
// title, legend and source, so that what is saved is what was seen. Colours and words come from the list.
"use strict";

(function (V) {
  const SVG = "http://www.w3.org/2000/svg";
  const LETTER = "system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif";
  const STREPEN = ["", "7 3", "2 3", "9 3 2 3", "4 2", "12 4"];
  const TEKST = 14;

  const el = (naam, attrs, ...kinderen) => {
    const e = document.createElementNS(SVG, naam);
    for (const [k, v] of Object.entries(attrs)) if (v !== null && v !== undefined) e.setAttribute(k, v);
    e.append(...kinderen);
    return e;
  };
  const r1 = (x) => Math.round(x * 10) / 10;

  let meter = null;
  const breedte = (tekst, vet) => {
    meter = meter || document.createElement("canvas").getContext("2d");
    meter.font = `${vet ? 600 : 400} ${TEKST}px ${LETTER}`;
    return meter.measureText(tekst).width;
  };

  function regels(tekst, breed, vet) {
    const uit = [""];
    for (const woord of tekst.split(" ")) {
      const nieuw = uit[uit.length - 1] ? `${uit[uit.length - 1]} ${woord}` : woord;
      if (breedte(nieuw, vet) > breed && uit[uit.length - 1]) uit.push(woord);
      else uit[uit.length - 1] = nieuw;
    }
    return uit;
  }

  // A sheet with the title on top; `onder` closes it with the source and gives the SVG.
  function vel(breed, titel, alt) {
    const k = V.lijst.kleuren;
    const g = el("svg", {
      xmlns: SVG, role: "img", "aria-label": alt, width: breed, "font-family": LETTER, "font-size": TEKST, fill: k.inkt,
    });
    let y = 4;
    const schrijf = (tekst, extra) => {
      for (const regel of regels(tekst, breed - 4, extra["font-weight"])) {
        y += 19;
        g.append(el("text", { x: 0, y, ...extra }, regel));
      }
    };
    schrijf(titel, { "font-weight": 600 });
    return {
      g,
      get y() { return y; },
      set y(waarde) { y = waarde; },
      onder(bron) {
        y += 8;
        schrijf(bron, { fill: k.grijs });
        const hoog = Math.ceil(y + 10);
        g.setAttribute("height", hoog);
        g.setAttribute("viewBox", `0 0 ${breed} ${hoog}`);
        g.prepend(el("rect", { width: breed, height: hoog, fill: k.wit }));
        return g;
      },
    };
  }

  // Round values for an axis, at least two, and how many decimals they need.
  function streepjes(laag, hoog) {
    const ruw = (hoog - laag || Math.abs(hoog) || 1) / 5;
    const tien = 10 ** Math.floor(Math.log10(ruw));
    const stap = [1, 2, 5, 10].map((f) => f * tien).find((s) => s >= ruw * 0.999);
    const uit = [];
    for (let n = Math.floor(laag / stap + 1e-9); n <= Math.ceil(hoog / stap - 1e-9); n += 1) uit.push(n * stap);
    // one value, on a step: an axis has two ends
    if (uit.length < 2) uit.push(uit[0] + stap);
    return { waarden: uit, decimalen: Math.max(0, -Math.floor(Math.log10(stap) + 1e-9)) };
  }

  const grenzen = (getallen) => [Math.min(...getallen), Math.max(...getallen)];

  // Marks that differ in shape too, so that colour is never alone.
  function teken(x, y, soort, kleur, hol) {
    const vulling = hol ? V.lijst.kleuren.wit : kleur;
    const a = { fill: vulling, stroke: kleur, "stroke-width": 2 };
    if (soort % 3 === 1) return el("rect", { x: x - 4, y: y - 4, width: 8, height: 8, ...a });
    if (soort % 3 === 2) return el("path", { d: `M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z`, ...a });
    return el("circle", { cx: x, cy: y, r: 4, ...a });
  }

  // --- the line chart: reeksen are {naam, kleur, streep, dik, teken, punten: [{n, punt}]} ---

  V.tekenLijn = (breed, i, perioden, reeksen, titel, bron, alt) => {
    const k = V.lijst.kleuren;
    const blad = vel(breed, titel, alt);
    const gevuld = reeksen.filter((r) => r.punten.some((p) => p.punt.waarde !== null));
    const past = breed >= 620 && gevuld.length * 17 <= 300;
    const naast = past ? Math.min(220, Math.max(...gevuld.map((r) => breedte(r.naam, r.dik) + 18))) : 0;
    if (!naast) legenda(blad, gevuld, breed);
    blad.y += 14;
    const waarden = gevuld.flatMap((r) => r.punten.flatMap((p) => [p.punt.waarde, p.punt.onder, p.punt.boven]));
    const [laag, hoog] = grenzen(waarden.filter((w) => w !== null && w !== undefined));
    const as = streepjes(laag, hoog);
    const bij = as.waarden.map((w) => V.getal(w, as.decimalen));
    const links = Math.max(...bij.map((t) => breedte(t))) + 10;
    const rechts = breed - Math.max(naast, 14);
    const top = blad.y;
    const voet = top + (breed < 500 ? 230 : 300);
    const [y0, y1] = [as.waarden[0], as.waarden[as.waarden.length - 1]];
    const momenten = perioden.map(V.moment);
    const gebruikt = gevuld.flatMap((r) => r.punten.filter((p) => p.punt.waarde !== null).map((p) => momenten[p.n]));
    const [x0, x1] = grenzen(gebruikt);
    const X = (m) => r1(x1 === x0 ? (links + rechts) / 2 : links + 8 + ((m - x0) / (x1 - x0)) * (rechts - links - 16));
    const Y = (w) => r1(voet - ((w - y0) / (y1 - y0)) * (voet - top));
    as.waarden.forEach((w, n) => {
      blad.g.append(
        el("line", { x1: links, x2: rechts, y1: Y(w), y2: Y(w), stroke: w === 0 ? k.streep : k.licht }),
        el("text", { x: links - 6, y: Y(w) + 5, "text-anchor": "end", fill: k.grijs }, bij[n]),
      );
    });
    jaren(blad.g, x0, x1, X, voet, k);
    const namen = [];
    gevuld.forEach((r) => {
      lijn(blad.g, r, momenten, X, Y);
      const laatste = r.punten.filter((p) => p.punt.waarde !== null).pop();
      namen.push({ y: Y(laatste.punt.waarde), r });
    });
    if (naast) {
      namen.sort((a, b) => a.y - b.y);
      let onder = top - 4;
      for (const n of namen) { n.y = Math.max(n.y, onder + 17); onder = n.y; }
      let boven = voet + 2;
      for (const n of namen.slice().reverse()) { n.y = Math.min(n.y, boven); boven = n.y - 17; }
      for (const n of namen)
        blad.g.append(
          el("text", { x: rechts + 8, y: r1(n.y + 5), fill: n.r.kleur, "font-weight": n.r.dik ? 600 : 400 }, kort(n.r.naam, naast - 8, n.r.dik)),
        );
    }
    blad.y = voet + 24;
    const nul = y0 > 0 ? " De as begint niet bij nul." : "";
    return blad.onder(`${bron}${nul}`);
  };

  function legenda(blad, reeksen, breed) {
    let x = 0;
    blad.y += 8;
    reeksen.forEach((r, n) => {
      const b = breedte(r.naam, r.dik) + 46;
      if (n === 0 || x + b > breed) { blad.y += 20; x = 0; }
      blad.g.append(
        el("line", { x1: x, x2: x + 24, y1: blad.y - 5, y2: blad.y - 5, stroke: r.kleur, "stroke-width": r.dik ? 3 : 2, "stroke-dasharray": r.streep || null }),
        teken(x + 12, blad.y - 5, r.teken, r.kleur),
        el("text", { x: x + 30, y: blad.y, "font-weight": r.dik ? 600 : 400 }, r.naam),
      );
      x += b;
    });
  }

  function jaren(g, x0, x1, X, voet, k) {
    const van = Math.ceil(x0);
    const tot = Math.floor(x1);
    const stap = Math.max(1, Math.ceil((tot - van + 1) / Math.max(2, Math.floor((X(x1) - X(x0)) / 52))));
    for (let jaar = tot; jaar >= van; jaar -= stap)
      g.append(el("text", { x: X(jaar), y: voet + 20, "text-anchor": "middle", fill: k.grijs }, String(jaar)));
  }

  // A line breaks where a value is missing; what is provisional has an open mark; a margin is a bar.
  function lijn(g, r, momenten, X, Y) {
    const stukken = [[]];
    for (const p of r.punten) {
      if (p.punt.waarde === null) { if (stukken[stukken.length - 1].length) stukken.push([]); continue; }
      stukken[stukken.length - 1].push(p);
    }
    const vorm = { fill: "none", stroke: r.kleur, "stroke-width": r.dik ? 3 : 1.8, "stroke-dasharray": r.streep || null };
    for (const stuk of stukken.filter((s) => s.length > 1)) {
      const d = stuk.map((p, n) => `${n ? "L" : "M"}${X(momenten[p.n])} ${Y(p.punt.waarde)}`).join("");
      g.append(el("path", { d, ...vorm, "stroke-linejoin": "round" }));
    }
    const veel = r.punten.length > 40;
    for (const p of stukken.flat()) {
      const [x, y] = [X(momenten[p.n]), Y(p.punt.waarde)];
      if (p.punt.onder !== null && p.punt.boven !== null && r.dik)
        g.append(el("line", { x1: x, x2: x, y1: Y(p.punt.onder), y2: Y(p.punt.boven), stroke: r.kleur, "stroke-opacity": 0.45, "stroke-width": 2 }));
      if (!veel || p === stukken.flat().pop())
        g.append(teken(x, y, r.teken, r.kleur, Boolean(V.lijst.woorden.statusteken[p.punt.status])));
    }
  }

  // --- the ranked dot plot: stippen are {naam, kleur, teken, dik, punt}, the highest first ---

  V.tekenStippen = (breed, i, stippen, nl, titel, bron, alt) => {
    const k = V.lijst.kleuren;
    const blad = vel(breed, titel, alt);
    const gevuld = stippen.filter((s) => s.punt && s.punt.waarde !== null);
    const waarden = gevuld.flatMap((s) => [s.punt.waarde, s.punt.onder, s.punt.boven]).concat(nl ? [nl.waarde] : []);
    const as = streepjes(...grenzen(waarden.filter((w) => w !== null && w !== undefined)));
    const links = Math.min(breed * 0.42, Math.max(...stippen.map((s) => breedte(s.naam, true))) + 12);
    const getallen = Math.max(...stippen.map((s) => breedte(V.toon(i, s.punt), true))) + 12;
    const rechts = breed - getallen;
    const [x0, x1] = [as.waarden[0], as.waarden[as.waarden.length - 1]];
    const X = (w) => r1(links + 8 + ((w - x0) / (x1 - x0 || 1)) * (rechts - links - 16));
    blad.y += nl ? 30 : 14;
    const top = blad.y;
    const hoog = 23;
    const voet = top + stippen.length * hoog;
    const plek = Math.max(1, Math.ceil(as.waarden.length / Math.max(2, Math.floor((rechts - links) / 70))));
    as.waarden.forEach((w, n) => {
      blad.g.append(el("line", { x1: X(w), x2: X(w), y1: top, y2: voet, stroke: k.licht }));
      if (n % plek === 0)
        blad.g.append(el("text", { x: X(w), y: voet + 18, "text-anchor": "middle", fill: k.grijs }, V.getal(w, as.decimalen)));
    });
    if (nl) {
      const x = X(nl.waarde);
      const tekst = `${V.regios[V.lijst.nederland].naam} ${V.toon(i, nl)}`;
      const half = breedte(tekst) / 2;
      blad.g.append(
        el("line", { x1: x, x2: x, y1: top - 6, y2: voet, stroke: k.nederland, "stroke-width": 2, "stroke-dasharray": "5 3" }),
        el("text", { x: r1(Math.min(Math.max(x, half), breed - half)), y: top - 12, "text-anchor": "middle", fill: k.nederland }, tekst),
      );
    }
    stippen.forEach((s, n) => {
      const y = top + n * hoog + hoog / 2;
      const vet = s.dik ? 600 : 400;
      blad.g.append(el("text", { x: links - 4, y: y + 5, "text-anchor": "end", "font-weight": vet }, kort(s.naam, links - 8, s.dik)));
      blad.g.append(el("text", { x: breed - 2, y: y + 5, "text-anchor": "end", "font-weight": vet }, V.toon(i, s.punt)));
      if (!s.punt || s.punt.waarde === null) return;
      if (s.punt.onder !== null && s.punt.boven !== null)
        blad.g.append(el("line", { x1: X(s.punt.onder), x2: X(s.punt.boven), y1: y, y2: y, stroke: s.kleur, "stroke-width": 2, "stroke-opacity": 0.5 }));
      blad.g.append(teken(X(s.punt.waarde), y, s.teken, s.kleur, Boolean(V.lijst.woorden.statusteken[s.punt.status])));
    });
    blad.y = voet + 22;
    return blad.onder(bron);
  };

  function kort(naam, breed, vet) {
    let tekst = naam;
    while (tekst.length > 4 && breedte(tekst, vet) > breed) tekst = `${tekst.slice(0, -2).trimEnd()}\u2026`;
    return tekst;
  }

  // --- the map: vlakken are {code, naam, punt, dik}; klassen as `V.klassen` gives them ---

  V.tekenKaart = (breed, i, vlakken, klassen, titel, bron, alt) => {
    const k = V.lijst.kleuren;
    const kaart = V.lijst.kaart;
    const blad = vel(breed, titel, alt);
    blad.y += 10;
    const schaal = Math.min(breed, 640) / kaart.breed;
    const g = el("g", { transform: `translate(${r1((breed - kaart.breed * schaal) / 2)} ${blad.y}) scale(${schaal})` });
    const teksten = el("g", {});
    const links = (breed - kaart.breed * schaal) / 2;
    vlakken.forEach((v) => {
      const [pad, x, y] = kaart.vormen[v.code];
      const klasse = klassen.find((c) => c.vlakken.includes(v));
      const [vulling, inkt] = klasse ? k.tinten[klasse.tint] : [k.wit, k.inkt];
      g.append(el("path", { d: pad, fill: vulling, stroke: v.dik ? k.inkt : k.streep, "stroke-width": (v.dik ? 3 : 1) / schaal, "stroke-dasharray": klasse ? null : `${4 / schaal}` }));
      const klein = schaal < 0.5 ? 11 : 13;
      const at = { x: r1(links + x * schaal), "text-anchor": "middle", fill: inkt, "font-size": klein };
      teksten.append(
        el("text", { ...at, y: r1(blad.y + y * schaal - 2) }, v.naam),
        el("text", { ...at, y: r1(blad.y + y * schaal + klein), "font-weight": 600 }, V.toon(i, v.punt)),
      );
    });
    blad.g.append(g, teksten);
    blad.y += kaart.hoog * schaal + 12;
    let x = 0;
    blad.y += 16;
    klassen.forEach(({ tekst, tint }) => {
      const b = breedte(tekst) + 36;
      if (x + b > breed && x) { blad.y += 22; x = 0; }
      blad.g.append(
        el("rect", { x: x + 1, y: blad.y - 12, width: 16, height: 14, fill: k.tinten[tint][0], stroke: k.streep }),
        el("text", { x: x + 23, y: blad.y }, tekst),
      );
      x += b;
    });
    blad.y += 6;
    return blad.onder(bron);
  };

  Object.assign(V, { STREPEN, streepjes });
})(globalThis.Verken);
