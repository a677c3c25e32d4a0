// Numbers, periods and the adding up of municipalities, for the page to explore. Knows no page: a test runs it by itself.
"use strict";
globalThis.Verken = globalThis.Verken || {};

(function (V) {
  const MIN = "\u2212";

  // --- what the scripts with figures hand over ---

  // What is looked up in knows its own keys alone: what an address or a reader says may be called 'constructor'.
  function zonderErfenis(x) {
    if (x === null || typeof x !== "object") return x;
    Object.values(x).forEach(zonderErfenis);
    return Array.isArray(x) ? x : Object.setPrototypeOf(x, null);
  }

  V.data = Object.create(null);
  V.begin = (lijst) => {
    V.lijst = zonderErfenis(lijst);
    V.indicatoren = Object.create(null);
    for (const i of lijst.indicatoren) {
      const [id, naam, thema, eenheid, zin, decimalen, maat, richting, definitie, optellen, dekking, dekkingmaat, plek, naamloos, soorten, uiterste, eenheidscode, prijzen, ongeveer] = i;
      V.indicatoren[id] = {
        id, naam, thema, eenheid, zin, decimalen, maat, richting, definitie, optellen, dekking, dekkingmaat, plek, naamloos, soorten, uiterste, eenheidscode, prijzen, ongeveer,
      };
    }
    V.regios = Object.create(null);
    for (const [code, naam, soort, blad, voluit] of lijst.regios) V.regios[code] = { code, naam, soort, blad, wie: voluit || naam };
    V.themas = zonderErfenis(Object.fromEntries(lijst.themas));
  };
  V.ontvang = (id, inhoud) => { V.data[id] = zonderErfenis(inhoud); };

  // A sentence of the report with its blanks filled in.
  V.vul = (zin, delen) => zin.replace(/\{(\w+)\}/g, (_, naam) => delen[naam]);

  // --- numbers as the report writes them ---

  // Half away from zero on the shortest decimal text, as reports/getallen.py; the digits as one whole number. What a
  // computation left a hair under a half is a half: all is counted in the finest step that one of the parts needs.
  function afgerond(waarde, decimalen) {
    const { rekenhaar, staphaar } = V.lijst.rekenen;
    const [tekst, macht] = Math.abs(waarde).toString().split("e");
    const punt = tekst.indexOf(".");
    const cijfers = BigInt(tekst.replace(".", ""));
    const schaal = (punt < 0 ? 0 : tekst.length - punt - 1) - Number(macht || 0);
    const fijn = Math.max(schaal - rekenhaar, decimalen - staphaar);
    const op = (getal, cijfersAchter) => getal * 10n ** BigInt(fijn - cijfersAchter);
    const [deel, stap] = [op(cijfers, schaal - rekenhaar), op(1n, decimalen - staphaar)];
    const deler = op(1n, decimalen);
    return (op(cijfers, schaal) + (deel < stap ? deel : stap) + deler / 2n) / deler;
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

  // A figure of an indicator; what is shown in tens and would be 0 without being it is 'minder dan 5'.
  V.cijfer = (i, waarde) =>
    i.decimalen < 0 && waarde > 0 && afgerond(waarde, i.decimalen) === 0n ? V.lijst.woorden.minder : V.getal(waarde, i.decimalen);

  // Unrounded, with a decimal comma, as the files of the report write a number.
  V.kaal = (waarde) => {
    if (waarde === null || waarde === undefined) return "";
    const { cijfers } = V.lijst.rekenen;
    const [getal, macht] = waarde.toExponential(cijfers - 1).split("e");
    const kort = (tekst) => (tekst.includes(".") ? tekst.replace(/\.?0+$/, "") : tekst);
    const gewoon = macht >= -4 && macht < cijfers;
    return (gewoon ? kort(waarde.toPrecision(cijfers)) : `${kort(getal)}e${macht[0]}${macht.slice(1).padStart(2, "0")}`).replace(".", ",");
  };

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

  // Of the two figures as they are printed, so that who subtracts them finds it.
  V.verschil = (i, waarde, nl) => {
    const [nu, land] = [waarde, nl].map((w) => Number(afgerond(w, i.decimalen)) * (w < 0 ? -1 : 1));
    const verschil = (nu - land) / 10 ** i.decimalen;
    if (i.maat === "procentpunt") return `${V.getal(verschil, i.decimalen, true)}\u00a0%-punt`;
    // of figures in tens or more no percentage of fewer than a hundred steps
    if (i.maat === "procent" && nu >= 0 && (i.decimalen >= 0 || land >= 100) && land > Math.abs(nu - land) / V.lijst.rekenen.basis)
      return `${V.getal((100 * (nu - land)) / land, i.decimalen < 0 ? 0 : 1, true)}%`;
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

  // The period of which a region is told when none is chosen: the latest with a value, else the latest with a reason.
  V.nieuwste = (id, code) => {
    const laatste = V.laatste(id, code);
    if (laatste >= 0) return laatste;
    return V.data[id].p.findLastIndex((_, n) => V.punt(id, code, n) !== null);
  };

  // A value as it stands in a table: the number with its marks, or the sign for its absence.
  const GEEN_RIJ = "niet_gepubliceerd";
  V.toon = (i, punt) => {
    const w = V.lijst.woorden;
    if (!punt) return w.leegteken[w.leegcode.indexOf(GEEN_RIJ)];
    if (punt.waarde === null) return w.leegteken[punt.reden];
    return V.cijfer(i, punt.waarde) + w.statusteken[punt.status] + (punt.benadering ? "\u2248" : "");
  };

  // What the signs say, in words; empty for a final value.
  V.uitleg = (punt) => {
    const w = V.lijst.woorden;
    if (!punt) return w.geenpunt;
    if (punt.waarde === null) return w.leeg[punt.reden];
    const noten = w.statusteken[punt.status] ? [w.status[punt.status]] : [];
    if (punt.benadering) noten.push(punt.zonder.length ? `benadering, zonder ${V.opsomming(punt.zonder)}` : "benadering");
    return noten.join(", ");
  };

  V.opsomming = (namen) =>
    namen.length < 2 ? namen.join("") : `${namen.slice(0, -1).join(", ")} en ${namen[namen.length - 1]}`;

  // --- the classes of a map, as reports/figuren/landkaart.py makes them ---

  // From the highest: [{vlakken, tekst, tint}], as many in each; what is printed the same is in the same class. `null`
  // where a map would say nothing. `vlakken` are {punt, ...}.
  V.klassen = (i, vlakken) => {
    const tinten = V.lijst.kleuren.tinten.length;
    const bekend = vlakken
      .filter((v) => v.punt && v.punt.waarde !== null)
      .map((v) => ({ v, rond: afgerond(v.punt.waarde, i.decimalen) * (v.punt.waarde < 0 ? -1n : 1n) }));
    if (bekend.length < V.lijst.rekenen.kaartminstens) return null;
    const groepen = new Map();
    for (const { v, rond } of bekend.sort((a, b) => b.v.punt.waarde - a.v.punt.waarde)) {
      const plek = Math.floor((bekend.filter((x) => x.rond > rond).length * tinten) / bekend.length);
      groepen.set(plek, [...(groepen.get(plek) || []), v]);
    }
    if (groepen.size < 2) return null;
    return [...groepen.values()].map((leden, n) => {
      const einden = [leden[leden.length - 1], leden[0]].map((v) => V.cijfer(i, v.punt.waarde));
      return { vlakken: leden, tekst: [...new Set(einden)].join(" tot "), tint: Math.round((n * (tinten - 1)) / (groepen.size - 1)) };
    });
  };

  // --- adding up municipalities, by the rule of the card, as sql/reken/berekend.sql does ---

  const som = (getallen) => getallen.slice().sort((a, b) => a - b).reduce((a, b) => a + b, 0);

  // Why a selection can not be added up for this indicator at all; empty where it can.
  V.waaromNiet = (i) => V.lijst.woorden.nietoptelbaar[i.optellen] || "";

  // Why a region made of members has no figure in any period, as a sentence without its full stop; empty where it has.
  V.weigering = (id, r) => {
    const nee = V.waaromNiet(V.indicatoren[id]);
    if (nee) return `Niet op te tellen: ${nee}`;
    const laatste = Object.keys(r.waarom).map(Number).pop();
    if (r.w.some((w) => typeof w === "number") || laatste === undefined) return "";
    const perReden = new Map();
    for (const [naam, reden] of r.waarom[laatste]) perReden.set(reden, [...(perReden.get(reden) || []), naam]);
    const delen = [...perReden].map(
      ([reden, namen]) =>
        `${V.opsomming(namen)} ${namen.length === 1 ? "heeft" : "hebben"} geen cijfer (${V.lijst.woorden.leeg[reden]})`,
    );
    return `Niet op te tellen: ${delen.join("; ")}`;
  };

  // A region made of members, in the shape of a region of the data, with `waarom`: period -> members without a value,
  // each with its own reason.
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
        uit.waarom[n] = mist.map((r) => [r.naam, r.reden]);
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
