// Searching in names, themes, definitions and areas, as a reader asks: 'hoe hoog is de werkloosheid in Emmen?'.
"use strict";

(function (V) {
  // Words that ask, and say nothing of what is asked for.
  const LEEG = new Set(
    (
      "de het een en of van in op te voor met naar bij om tot aan als is zijn was waren wordt worden er hoe wat welke welk " +
      "waar wie wanneer hoeveel hoog laag groot veel weinig lang ver gaat staat heeft hebben zit kan doet per die dat deze " +
      "dit onze ons ik wij we mijn mensen ten opzichte vergeleken tegenover dan nu daar hier ook nog niet geen meer minder " +
      "cijfer cijfers jaar jaren laatste tussen binnen buiten gemeente gemeenten gebied regio provincie landelijk mij toon " +
      "geef vind zoek over ontwikkelt ontwikkeling trend stijgt daalt groeit krimpt naast beter slechter hoger lager"
    ).split(" "),
  );

  V.plat = (tekst) => tekst.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const woorden = (tekst) => V.plat(tekst).split(/[^a-z0-9]+/).filter(Boolean);

  const JAAR = /^(19|20)\d\d$/;

  let index = null;

  function maakIndex() {
    const items = V.lijst.indicatoren.map(([id, naam, thema, , , , , , definitie]) => ({
      id,
      inId: woorden(id).filter((w) => !LEEG.has(w)),
      soorten: V.indicatoren[id].soorten,
      naam,
      eigen: woorden(naam).filter((w) => !LEEG.has(w)),
      inNaam: woorden(`${naam} ${id}`),
      inThema: woorden(V.themas[thema]),
      inDefinitie: woorden(definitie),
    }));
    const regios = V.lijst.regios
      .map(([code, naam]) => ({ code, voorbij: V.lijst.afgelopen.includes(code), woorden: woorden(naam.replace(/\(.*\)/, "")) }))
      .filter((r) => r.woorden.length)
      // the longest name first; of two with the same name the one that still holds
      .sort((a, b) => b.woorden.length - a.woorden.length || a.voorbij - b.voorbij);
    const postcodes = new Map();
    for (const [gemeente, codes] of Object.entries(V.lijst.postcodes))
      for (const code of codes) {
        const plat = code.toLowerCase();
        postcodes.set(plat, [gemeente]);
        // four digits that lie in more than one municipality lead to each of them
        if (plat.length > 4) postcodes.set(plat.slice(0, 4), [...new Set([...(postcodes.get(plat.slice(0, 4)) || []), gemeente])]);
      }
    return { items, regios, postcodes };
  }

  // The municipalities of the postcodes in a text, and the words that are left. '1999' alone is a year.
  function haalPostcodes(gevraagd) {
    const gevonden = [];
    const over = [];
    for (let k = 0; k < gevraagd.length; k += 1) {
      const [, cijfers, vast] = gevraagd[k].match(/^(\d{4})([a-z]{2})?$/) || [];
      const los = !vast && /^[a-z]{2}$/.test(gevraagd[k + 1] || "") && !LEEG.has(gevraagd[k + 1]) ? gevraagd[k + 1] : "";
      const letters = vast || los;
      const gemeenten = cijfers && (letters || !JAAR.test(cijfers)) && (index.postcodes.get(cijfers + letters) || index.postcodes.get(cijfers));
      if (gemeenten) {
        gevonden.push(...gemeenten);
        k += los ? 1 : 0;
      } else over.push(gevraagd[k]);
    }
    return { gevonden, over };
  }

  // The areas that are named in a text, longest names first, and the words that are left. A name that is begun counts
  // when it is the last word: who types 'werkloosheid emm' means Emmen.
  function haalRegios(gevraagd) {
    const over = gevraagd.slice();
    const gevonden = [];
    for (const regio of index.regios) {
      const n = regio.woorden.length;
      for (let k = 0; k + n <= over.length; k += 1) {
        if (regio.woorden.every((woord, m) => over[k + m] === woord)) {
          if (!gevonden.includes(regio.code)) gevonden.push(regio.code);
          over.splice(k, n, ...Array(n).fill(""));
          break;
        }
      }
    }
    return { gevonden: gevonden.sort((a, b) => plaats(gevraagd, a) - plaats(gevraagd, b)), over: over.filter(Boolean) };
  }

  const plaats = (gevraagd, code) => gevraagd.indexOf(index.regios.find((r) => r.code === code).woorden[0]);

  const treft = (woord, lijst) => {
    if (lijst.includes(woord)) return 1;
    if (woord.length >= 3 && lijst.some((w) => w.startsWith(woord))) return 0.9;
    if (woord.length >= 5 && lijst.some((w) => w.length >= 5 && woord.startsWith(w))) return 0.7;
    if (woord.length >= 4 && lijst.some((w) => w.includes(woord))) return 0.6;
    // 'werkloos' and 'werkloosheid', 'huizen' and 'huis': the same beginning
    const stam = woord.slice(0, Math.max(5, woord.length - 3));
    return woord.length >= 6 && lijst.some((w) => w.startsWith(stam)) ? 0.5 : 0;
  };

  const eenWoord = (item, woord) =>
    Math.max(
      10 * treft(woord, item.inNaam) + ((item.eigen[0] || "").startsWith(woord) ? 2 : 0),
      3 * treft(woord, item.inThema),
      4 * treft(woord, item.inDefinitie),
    );

  // A word of the reader, or the words in which a card says the same: those count a little less.
  const punten = (item, woord) =>
    Math.max(eenWoord(item, woord), ...(V.lijst.zoekwoorden[woord] || []).map((w) => 0.9 * eenWoord(item, w)));

  // How much of a name was asked for: a name that says no more goes before a longer one.
  const gedekt = (lijst, gevraagd) =>
    lijst.length ? lijst.filter((w) => gevraagd.some((g) => treft(g, [w]) > 0)).length / lijst.length : 0;
  const deel = (item, gevraagd) => Math.max(gedekt(item.eigen, gevraagd), gedekt(item.inId, gevraagd));

  // What has no figures of the kind of area that was asked for is no answer.
  const past = (item, regios) => (regios.every((c) => item.soorten.includes(V.regios[c].soort)) ? 1 : 0.5);

  // What answers a text: {indicatoren: ids, best first; regios: codes, in the order of the text}.
  V.zoek = (tekst) => {
    index = index || maakIndex();
    const post = haalPostcodes(woorden(tekst));
    const genoemd = haalRegios(post.over);
    const gevonden = [...new Set([...genoemd.gevonden, ...post.gevonden])];
    const gevraagd = genoemd.over.filter((w) => !LEEG.has(w) && !JAAR.test(w));
    if (!gevraagd.length) return { indicatoren: [], regios: gevonden };
    const ruim = gevraagd.flatMap((w) => [w, ...(V.lijst.zoekwoorden[w] || [])]);
    const treffers = gevraagd.map((woord) => index.items.map((item) => punten(item, woord)));
    const zeldzaam = treffers.map((rij) => Math.log(1 + rij.length / (1 + rij.filter((p) => p >= 4).length)));
    const scores = index.items.map((item, n) => ({
      id: item.id,
      naam: item.naam,
      score: treffers.reduce((sum, rij, k) => sum + rij[n] * zeldzaam[k], 0) * (0.6 + 0.4 * deel(item, ruim)) * past(item, gevonden),
      raak: treffers.filter((rij) => rij[n] > 0).length,
    }));
    const best = scores.filter((s) => s.raak > 0 && s.score > 0);
    best.sort((a, b) => b.score - a.score || a.naam.localeCompare(b.naam, "nl"));
    return { indicatoren: best.slice(0, 12).map((s) => s.id), regios: gevonden };
  };
})(globalThis.Verken);
