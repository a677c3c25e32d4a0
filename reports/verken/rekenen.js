// Numbers, periods and the adding up of municipalities, for the page to explore. Knows no page: a test runs it by itself.
"use strict";
globalThis.Verken = globalThis.Verken || {};

(function (V) {
  const MIN = "\u2212";

  // --- what the scripts with figures hand over ---

  V.data = {};
  V.begin = (lijst) => {
    V.lijst = lijst;
    V.indicatoren = {};
    for (const i of lijst.indicatoren) {
      const [id, naam, thema, eenheid, zin, decimalen, maat, richting, definitie, optellen, dekking, dekkingmaat, plek, naamloos, soorten] = i;
      V.indicatoren[id] = {
        id, naam, thema, eenheid, zin, decimalen, maat, richting, definitie, optellen, dekking, dekkingmaat, plek, naamloos, soorten,
      };
    }
    V.regios = {};
    for (const [code, naam, soort, blad] of lijst.regios) V.regios[code] = { code, naam, soort, blad };
    V.themas = Object.fromEntries(lijst.themas);
  };
  V.ontvang = (id, inhoud) => { V.data[id] = inhoud; };

  // --- numbers as the report writes them ---

  // Half away from zero on the shortest decimal text, as reports/getallen.py; the digits as one whole number.
  function afgerond(waarde, decimalen) {
    let [cijfers, macht] = Math.abs(waarde).toString().split("e");
    const punt = cijfers.indexOf(".");
    let schaal = punt < 0 ? 0 : cijfers.length - punt - 1;
    cijfers = BigInt(cijfers.replace(".", ""));
    schaal -= Number(macht || 0);
    if (schaal <= decimalen) return cijfers * 10n ** BigInt(decimalen - schaal);
    const deler = 10n ** BigInt(schaal - decimalen);
    return (cijfers + deler / 2n) / deler;
  }

  V.getal = (waarde, decimalen, teken) => {
    let heel = afgerond(waarde, decimalen);
    const nul = heel === 0n;
    if (decimalen < 0) heel *= 10n ** BigInt(-decimalen);
    const achter = Math.max(decimalen, 0);
    const cijfers = heel.toString().padStart(achter + 1, "0");
    const voor = cijfers.slice(0, cijfers.length - achter).replace(/\B(?=(\d{3})+$)/g, ".");
    const tekst = achter ? `${voor},${cijfers.slice(-achter)}` : voor;
    if (nul) return tekst;
    return waarde < 0 ? MIN + tekst : teken ? `+${tekst}` : tekst;
  };

  // Unrounded, with a decimal comma: for a file.
  V.kaal = (waarde) => (waarde === null || waarde === undefined ? "" : String(waarde).replace(".", ","));

  V.metEenheid = (i, tekst) => i.zin.replace("#", tekst);

  V.periode = (code) => {
    const [jaar, soort, deel] = [Number(code.slice(0, 4)), code.slice(4, 6), Number(code.slice(6))];
    if (soort === "JJ") return String(jaar);
    if (soort === "KW") return `${deel}e kwartaal ${jaar}`;
    if (soort === "MM") return `${V.lijst.woorden.maanden[deel - 1]} ${jaar}`;
    if (soort === "HJ") return `${deel}e halfjaar ${jaar}`;
    if (soort === "SJ") return `${jaar}/\u2019${String((jaar + 1) % 100).padStart(2, "0")}`;
    return code;
  };

  const PER_JAAR = { HJ: 2, KW: 4, MM: 12 };
  V.moment = (code) => {
    const deel = PER_JAAR[code.slice(4, 6)];
    return Number(code.slice(0, 4)) + (deel ? (Number(code.slice(6)) - 1) / deel : 0);
  };

  V.verschil = (i, waarde, nl) => {
    const verschil = waarde - nl;
    if (i.maat === "procentpunt") return `${V.getal(verschil, Math.max(i.decimalen, 1), true)}\u00a0%-punt`;
    if (i.maat === "procent" && waarde >= 0 && nl > Math.abs(verschil) / 10)
      return `${V.getal((100 * verschil) / nl, 1, true)}%`;
    return V.metEenheid(i, V.getal(verschil, i.decimalen, true));
  };

  // --- points of a region ---

  // {waarde, status, reden, benadering, zonder, onder, boven}; null where the region has no row in the period.
  V.punt = (id, code, n) => {
    const data = V.data[id];
    const r = typeof code === "string" ? data.r[code] : code;
    if (!r || n < 0) return null;
    const ruw = r.w[n];
    if (ruw === null || ruw === undefined) return null;
    const waarde = ruw === true ? (data.f[n] * r.t[n]) / r.n[n] : typeof ruw === "number" ? ruw : null;
    const status = r.s && r.s[n] !== undefined ? r.s[n] : data.s[n];
    return {
      waarde,
      reden: typeof ruw === "string" ? Number(ruw) : null,
      status,
      benadering: Boolean(r.b && r.b.includes(n)),
      zonder: (r.z && r.z[n]) || [],
      onder: r.o ? r.o[n] : null,
      boven: r.h ? r.h[n] : null,
    };
  };

  V.laatste = (id, code) => {
    const perioden = V.data[id].p;
    for (let n = perioden.length - 1; n >= 0; n -= 1) {
      const punt = V.punt(id, code, n);
      if (punt && punt.waarde !== null) return n;
    }
    return -1;
  };

  // A value as it stands in a table: the number with its marks, or the sign for its absence.
  V.toon = (i, punt) => {
    const w = V.lijst.woorden;
    if (!punt) return "n.b.";
    if (punt.waarde === null) return w.leegteken[punt.reden] || "\u2013";
    return V.getal(punt.waarde, i.decimalen) + w.statusteken[punt.status] + (punt.benadering ? "\u2248" : "");
  };

  // What the signs say, in words; empty for a final value.
  V.uitleg = (punt) => {
    const w = V.lijst.woorden;
    if (!punt) return "niet beschikbaar";
    if (punt.waarde === null) return w.leeg[punt.reden];
    const noten = w.statusteken[punt.status] ? [w.status[punt.status]] : [];
    if (punt.benadering) noten.push(punt.zonder.length ? `benadering, zonder ${V.opsomming(punt.zonder)}` : "benadering");
    return noten.join(", ");
  };

  V.opsomming = (namen) =>
    namen.length < 2 ? namen.join("") : `${namen.slice(0, -1).join(", ")} en ${namen[namen.length - 1]}`;

  // --- adding up municipalities, by the rule of the card, as sql/reken/berekend.sql does ---

  const som = (getallen) => getallen.slice().sort((a, b) => a - b).reduce((a, b) => a + b, 0);

  // Why a selection can not be added up for this indicator at all; empty where it can.
  V.waaromNiet = (i) => (["som", "verhouding", "gewogen"].includes(i.optellen) ? "" : V.lijst.woorden.aggregatie[i.optellen]);

  // A region made of members, in the shape of a region of the data, with `waarom`: period -> members without a value.
  V.telOp = (id, leden) => {
    const i = V.indicatoren[id];
    const data = V.data[id];
    const nvt = V.lijst.woorden.leegcode.indexOf("niet_van_toepassing");
    const uit = { w: [], s: {}, b: [], z: {}, o: [], h: [], waarom: {} };
    data.p.forEach((_, n) => {
      if (V.waaromNiet(i)) {
        uit.w.push(String(nvt));
        uit.o.push(null);
        uit.h.push(null);
        return;
      }
      const rijen = leden.map((code) => lid(id, i, code, n));
      const mist = rijen.filter((r) => !r.telt);
      const telt = rijen.filter((r) => r.telt);
      if (mist.length && !(telt.length && gedekt(i, rijen))) {
        uit.w.push(String(Math.max(...mist.map((r) => r.reden))));
        uit.waarom[n] = mist.map((r) => r.naam);
        uit.o.push(null);
        uit.h.push(null);
        return;
      }
      const { waarde, deler } = samen(i, telt, data.f && data.f[n]);
      if (waarde === null) {
        uit.w.push(String(nvt));
        uit.o.push(null);
        uit.h.push(null);
        return;
      }
      uit.w.push(waarde);
      uit.s[n] = Math.max(...telt.map((r) => r.status));
      if (mist.length || i.optellen === "gewogen") uit.b.push(n);
      if (mist.length) uit.z[n] = mist.map((r) => r.naam);
      const marge = telt.every((r) => r.marge !== null)
        ? Math.sqrt(som(telt.map((r) => (r.marge * r.maat) ** 2))) / Math.abs(deler)
        : null;
      uit.o.push(marge === null ? null : waarde - marge);
      uit.h.push(marge === null ? null : waarde + marge);
    });
    return uit;
  };

  // A member in a period: its value, what it counts for, and why it does not count.
  function lid(id, i, code, n) {
    const w = V.lijst.woorden;
    const data = V.data[id];
    const r = data.r[code] || {};
    const punt = V.punt(id, code, n);
    const gewogen = i.optellen === "gewogen";
    const gewicht = gewogen && r.g ? r.g[n] : null;
    const noemer = r.n ? r.n[n] : null;
    const waarde = punt && punt.waarde;
    const telt = waarde !== null && (!gewogen || (gewicht !== null && gewicht !== undefined));
    const redenen = [];
    if (!punt) redenen.push(w.leegcode.indexOf("niet_van_toepassing"));
    else if (punt.waarde === null) redenen.push(punt.reden);
    if (gewogen && (gewicht === null || gewicht === undefined)) redenen.push(w.leegcode.indexOf("niet_in_selectie"));
    const gewichtstatus = !gewogen ? 0 : r.q && r.q[n] !== undefined ? r.q[n] : data.q[n];
    return {
      naam: V.regios[code] ? V.regios[code].naam : code,
      waarde,
      teller: r.t ? r.t[n] : null,
      noemer,
      gewicht,
      maat: gewogen ? gewicht : i.optellen === "verhouding" ? noemer : 1,
      marge: punt && punt.onder !== null && punt.boven !== null ? (punt.boven - punt.onder) / 2 : null,
      status: punt ? Math.max(punt.status, gewichtstatus) : 0,
      telt,
      reden: redenen.length ? Math.max(...redenen) : null,
    };
  }

  // Whether so much of a region has a value that the card lets the others be missing.
  function gedekt(i, rijen) {
    if (i.dekking === null) return false;
    const maten = rijen.map((r) => (i.dekkingmaat === "leden" ? 1 : i.dekkingmaat === "gewicht" ? r.gewicht : r.noemer));
    if (maten.some((m) => m === null || m === undefined)) return false;
    const alles = som(maten);
    return alles !== 0 && som(maten.filter((_, n) => rijen[n].telt)) / alles >= i.dekking;
  }

  function samen(i, telt, factor) {
    if (i.optellen === "som") return { waarde: som(telt.map((r) => r.waarde)), deler: 1 };
    if (i.optellen === "verhouding") {
      const noemers = som(telt.map((r) => r.noemer));
      return { waarde: noemers === 0 ? null : (factor * som(telt.map((r) => r.teller))) / noemers, deler: noemers };
    }
    const gewichten = som(telt.map((r) => r.gewicht));
    return {
      waarde: gewichten === 0 ? null : som(telt.map((r) => r.gewicht * r.waarde)) / gewichten,
      deler: gewichten,
    };
  }
})(globalThis.Verken);
