"""The figures of the page to explore as small scripts: one for what is chosen from, one for each indicator.

A page that is opened from a folder may load a script beside it and nothing else, so the figures are scripts that hand
themselves over: `Verken.ontvang("bevolking", {...})`. What stands in them is escaped JSON. Names of one letter keep an
indicator small; `verken.js` reads them:

`p` periods, `s` the usual status of each, `f` the factor of a quotient, `r` by region: `w` values (a text is the place
of the reason in the list of reasons, `true` the factor times `t` divided by `n`), `t` numerators, `n` denominators, `g`
weights with `q` their status, `s` other statuses, `b` places of approximations, `z` members that are missing, `o` and
`h` margins, `j` the judgement; `c` by kind of region the source cells of each period as a place in `k`, `v` the
sources, `d` the series breaks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from begrippen import huisstijl
from begrippen.lijsten import LEEG_ORDE, STATUS_ORDE, Status
from begrippen.oordeellijsten import TREND_WOORDEN, TRENDS
from reports.cellen import bron_link
from reports.downloads.csvbestand import CIJFERS
from reports.downloads.gegevens import breuktekst
from reports.getallen import format_datum
from reports.model import PERIODE, Indicator, Rapport
from reports.oordeel import Oordeel
from reports.verken.model import Gewicht, Verkenner, Verkenreeks, Vindplaats

# Of a figure of many cells the first stand in the script; the others are in the database.
CELLEN = 4


def script(roep: str, *delen: Any) -> bytes:
    """A call as the bytes of a script. What stands in it can end no script and no line."""
    texts = (json.dumps(d, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for d in delen)
    body = ",".join(texts).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"Verken.{roep}({body});\n".encode()


def _getal(waarde: float | None) -> float | int | None:
    if waarde is None:
        return None
    short = float(f"{waarde:.{CIJFERS}g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short


def _rij(waarden: Sequence[float | None]) -> list[float | int | None]:
    return [_getal(w) for w in waarden]


def perioden_van(indicator: Indicator, reeksen: Mapping[str, Verkenreeks]) -> list[str]:
    """The periods of an indicator that are shown, in order of time: of one kind."""
    found = {p for r in reeksen.values() for p in r.perioden}
    return sorted(p for p in found if (m := PERIODE.fullmatch(p)) and m["soort"] == indicator.periodesoort)


def _usual(statussen: Sequence[Sequence[str | None]], n: int) -> list[int]:
    """The commonest status of each of `n` periods, as a place in the list of statuses."""
    usual = []
    for k in range(n):
        counted = Counter(s[k] for s in statussen if s[k] is not None)
        usual.append(STATUS_ORDE.index(_status(counted.most_common(1)[0][0])) if counted else 0)
    return usual


def _status(code: str | None) -> Status:
    return next((s for s in STATUS_ORDE if s == code), "onbekend")


def _anders(statussen: Sequence[str | None], gewoon: Sequence[int]) -> dict[str, int]:
    places = ((str(k), STATUS_ORDE.index(_status(s))) for k, s in enumerate(statussen) if s is not None)
    return {k: place for k, place in places if place != gewoon[int(k)]}


def make_oordeel(o: Oordeel) -> list[Any]:
    """The judgement on a region: trend, its years, how sure, place, out of how many, shared, gap, period of the place.

    Codes are as in the closed lists.
    """
    return [o.trend, *o.looptijd, o.robuust, o.positie, o.rang, o.rang_van, int(o.gedeeld), o.kloof, o.periode]


def make_indicatorscript(rapport: Rapport, verkenner: Verkenner, indicator: Indicator) -> bytes:
    """All figures of an indicator that the page shows, as a script."""
    reeksen = verkenner.reeksen.get(indicator.id, {})
    perioden = perioden_van(indicator, reeksen)
    plek = {p: n for n, p in enumerate(perioden)}
    lined = {code: _uitgelijnd(r, plek) for code, r in reeksen.items()}
    lined = {code: r for code, r in lined.items() if any(w is not None for w in r["waarden"]) or any(r["redenen"])}
    gewichten = _gewichten(verkenner, indicator, perioden)
    gewoon = _Gewoon(
        _usual([r["statussen"] for r in lined.values()], len(perioden)),
        _usual([[g and g[1] for g in rij] for rij in gewichten.values()], len(perioden)),
        [verkenner.factoren.get(indicator.id, {}).get(p) for p in perioden],
    )
    regios = {}
    for regio in verkenner.regios:
        if regio.code not in lined:
            continue
        oordeel = verkenner.oordelen.get(indicator.id, {}).get(regio.code)
        regios[regio.code] = _regio(
            indicator, lined[regio.code], gewoon, gewichten.get(regio.code), is_lid=regio.soort == "gemeente"
        ) | ({"j": make_oordeel(oordeel)} if oordeel else {})
    sets, places = _cellen(verkenner, indicator, perioden)
    inhoud = {"p": perioden, "s": gewoon.status, "r": regios, "k": sets, "c": places, "v": _bronnen(indicator)}
    if indicator.breuken:
        inhoud["d"] = [[b.vanaf, breuktekst(b)] for b in indicator.breuken]
    if indicator.aggregatie == "gewogen":
        inhoud["q"] = gewoon.gewicht
    if indicator.aggregatie == "verhouding":
        inhoud["f"] = gewoon.factor
    return script("ontvang", indicator.id, inhoud)


def _uitgelijnd(reeks: Verkenreeks, plek: Mapping[str, int]) -> dict[str, Any]:
    """The lists of a series, each as long as all periods; None where the region has no row."""
    places = [plek.get(p) for p in reeks.perioden]
    lists: dict[str, Any] = {}
    for naam in (
        *("waarden", "tellers", "noemers", "statussen", "redenen", "benaderingen", "marges_onder", "marges_boven"),
    ):
        lined: list[Any] = [None] * len(plek)
        for place, value in zip(places, getattr(reeks, naam), strict=True):
            if place is not None:
                lined[place] = value
        lists[naam] = lined
    lists["zonder"] = {places[n]: namen for n, namen in reeks.zonder.items() if places[n] is not None}
    return lists


@dataclass(frozen=True)
class _Gewoon:
    """What holds for all regions of an indicator, a place a period: usual status, that of the weights, the factor."""

    status: list[int]
    gewicht: list[int]
    factor: list[float | None]


def _gewichten(verkenner: Verkenner, indicator: Indicator, perioden: Sequence[str]) -> dict[str, list[Gewicht | None]]:
    """The weight of each municipality in each period; empty for a card that does not weigh."""
    if indicator.aggregatie != "gewogen":
        return {}
    per_regio = verkenner.gewichten.get(indicator.kaart.get("gewicht") or "", {})
    return {code: [per_jaar.get(p[:4]) for p in perioden] for code, per_jaar in per_regio.items()}


def _regio(
    indicator: Indicator,
    r: Mapping[str, Any],
    gewoon: _Gewoon,
    gewichten: Sequence[Gewicht | None] | None,
    *,
    is_lid: bool,
) -> dict[str, Any]:
    inhoud: dict[str, Any] = {
        "w": [
            str(LEEG_ORDE.index(reden)) if reden else _getal(w)
            for w, reden in zip(r["waarden"], r["redenen"], strict=True)
        ]
    }
    if is_lid and indicator.aggregatie == "verhouding":
        inhoud |= {"t": _rij(r["tellers"]), "n": _rij(r["noemers"])}
        # what the page can divide by itself need not stand there twice: `true`
        inhoud["w"] = [
            True if None not in (w, t, n, f) and not isinstance(w, str) and n and _getal(f * t / n) == w else w
            for w, t, n, f in zip(inhoud["w"], inhoud["t"], inhoud["n"], gewoon.factor, strict=True)
        ]
    if is_lid and indicator.aggregatie == "gewogen":
        weegt = gewichten or [None] * len(r["waarden"])
        inhoud["g"] = _rij([g and g[0] for g in weegt])
        if anders := _anders([g and g[1] for g in weegt], gewoon.gewicht):
            inhoud["q"] = anders
    if anders := _anders(r["statussen"], gewoon.status):
        inhoud["s"] = anders
    if benaderd := [k for k, b in enumerate(r["benaderingen"]) if b]:
        inhoud["b"] = benaderd
    if r["zonder"]:
        inhoud["z"] = {str(k): list(namen) for k, namen in r["zonder"].items()}
    if any(m is not None for m in r["marges_onder"]):
        inhoud |= {"o": _rij(r["marges_onder"]), "h": _rij(r["marges_boven"])}
    return inhoud


def _cellen(
    verkenner: Verkenner, indicator: Indicator, perioden: Sequence[str]
) -> tuple[list[Any], dict[str, list[int]]]:
    """The different sets of source cells, and by kind of region which set each period has (-1: none known)."""
    tabellen = [b.tabel for b in indicator.bronnen]
    sets: dict[str, int] = {}
    found: list[Any] = []
    places: dict[str, list[int]] = {}
    for (soort, periode), cellen in verkenner.cellen.get(indicator.id, {}).items():
        if periode not in perioden:
            continue
        cells = [_cel(c, periode, tabellen) for c in cellen[:CELLEN]]
        made = [cells, len(cellen)]
        n = sets.setdefault(json.dumps(made), len(sets))
        if n == len(found):
            found.append(made)
        places.setdefault(soort, [-1] * len(perioden))[perioden.index(periode)] = n
    return found, places


def _cel(cel: Vindplaats, periode: str, tabellen: Sequence[str]) -> list[Any]:
    """Role, table (a place in the sources, or its name), topic, breakdown, region and period where it is another."""
    tabel = tabellen.index(cel.tabel) if cel.tabel in tabellen else cel.tabel
    anders = "" if cel.periode == periode else cel.periode
    return [cel.rol, tabel, cel.onderwerp, cel.uitsplitsing, cel.regio, anders]


def _bronnen(indicator: Indicator) -> list[Any]:
    """Table, title, whose it is, when it was fetched and changed, its page, and what is wrong with it."""
    return [
        [
            *(b.tabel, b.titel, b.uitgever, format_datum(b.opgehaald.date()) if b.opgehaald else ""),
            *(format_datum(b.gewijzigd) if b.gewijzigd else "", bron_link(b), b.verouderd),
        ]
        for b in indicator.bronnen
    ]


def kleuren() -> dict[str, Any]:
    """The colours of the house that a drawing in the browser takes."""
    return {
        "inkt": huisstijl.INKT,
        "grijs": huisstijl.GRIJS,
        "streep": huisstijl.STREEP,
        "licht": huisstijl.LICHT,
        "wit": huisstijl.WIT,
        "nederland": huisstijl.ORANJE,
        "reeksen": list(huisstijl.REEKSEN),
        "tinten": [list(t) for t in huisstijl.TINTEN],
    }


def trendmerken() -> dict[str, list[str]]:
    """Trend -> sign, kind of mark, and its word."""
    return {code: [*merk, TREND_WOORDEN[code]] for code, merk in TRENDS.items()}
