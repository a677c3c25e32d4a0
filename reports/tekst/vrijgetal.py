"""A number that an editor typed, held against the figures that its sentence can mean.

What it can mean follows from the words around it: a level, a change between two years, a difference with another
region, a share of the whole. A number that none of these gives is told with the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.bewering import Bewering
from reports.getallen import format_getal, format_periode, gedrukt, is_percentage
from reports.model import Indicator, Punt, Regio
from reports.tekst.cijfers import NEDERLAND, Cijfers, schrijf_call, sign
from reports.tekst.hoeveelheid import Hoeveelheid
from reports.tekst.onderwerp import Onderwerp
from reports.tekst.vrijwoorden import VERSCHIL
from reports.tekst.zinswoorden import BEWEGING

_JAREN_TERUG = re.compile(
    r"\b(een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien) jaar (?:eerder|geleden|tijd|daarvoor)\b|"
    r"\bin (twee|drie|vier|vijf|zes|zeven|acht|negen|tien) jaar\b", re.I
)  # fmt: skip
_AANTAL = {
    w: n
    for n, w in enumerate(("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"), start=1)
}
_SINDS = re.compile(r"\b(?:sinds|vanaf)\b", re.I)
_BIJ = re.compile(
    r"\b(?:erbij|bij|kwam(?:en)?|verdwenen er|minder dan in|meer dan in|ten opzichte van|van het aantal|"
    r"dan in (?:19|20)[0-9]{2})\b",
    re.I,
)
_ERNA = re.compile(
    r"^\s*(?:[\w-]+ ){0,2}?(?:hoger|lager|meer|minder|duurder|goedkoper|groter|kleiner|onder|boven)\b", re.I
)
# Shares that have a name, by which one is told that is not what was written.
_DELEN = (
    *((0.1, "een op de tien"), (0.2, "een op de vijf"), (0.25, "een kwart"), (0.3, "drie op de tien")),
    *((1 / 3, "een derde"), (0.4, "vier op de tien"), (0.5, "de helft"), (0.6, "zes op de tien")),
    *((2 / 3, "twee derde"), (0.7, "zeven op de tien"), (0.75, "driekwart"), (0.8, "acht op de tien")),
    (0.9, "negen op de tien"),
)


@dataclass(frozen=True)
class Kandidaat:
    """A figure that a number can mean, in the unit in which it was typed; `wat` names it with its region and years."""

    waarde: float
    wat: str
    call: str = ""


def shown(kaart: Indicator, waarde: float) -> float:
    """A value with the thousands that its unit leaves out."""
    eenheid = kaart.eenheid.lower()
    return waarde * (1e6 if "mln" in eenheid or "miljoen" in eenheid else 1000 if "1 000" in eenheid else 1)


def point(kaart: Indicator, regio: Regio, jaar: int | None) -> Punt | None:
    """The figure of a year, or the latest; None where there is none."""
    if jaar is None:
        return kaart.punt(regio.code)
    return next((p for p in kaart.points(regio.code) if p.jaar == jaar and p.waarde is not None), None)


def spans(zin: str, o: Onderwerp, kaart: Indicator, regio: Regio) -> list[tuple[int, int]]:
    """From which year to which a sentence tells of a change."""
    laatste = point(kaart, regio, None)
    if laatste is None:
        return []
    nu = laatste.jaar
    if found := _JAREN_TERUG.search(zin):
        return [(nu - _AANTAL[(found[1] or found[2]).lower()], nu)]
    jaren = sorted(set(o.jaren))
    if len(jaren) >= 2:
        return [(jaren[0], jaren[-1])]
    return [(jaren[0], nu)] if jaren and jaren[0] < nu else []


def _levels(zin: str, o: Onderwerp, kaart: Indicator, regio: Regio) -> list[int | None]:
    jaren: list[int | None] = list(dict.fromkeys(o.jaren))
    if (terug := re.search(r"jaar (?:eerder|geleden|daarvoor)", zin, re.I)) and not jaren:
        return [van for van, _ in spans(zin, o, kaart, regio)]
    if not jaren or _SINDS.search(zin) or terug:
        jaren.append(None)
    return jaren


def candidates(h: Hoeveelheid, zin: str, o: Onderwerp, cijfers: Cijfers) -> Iterator[Kandidaat]:
    """Every figure that a number in a sentence can mean."""
    na, voor = zin[h.eind :], zin[: h.begin]
    verschil = bool(_ERNA.match(na)) and bool(o.daar or re.search(r"\bdat van\b", na))
    verandering = not verschil and bool(
        BEWEGING.search(zin)
        or _BIJ.search(zin)
        or h.soort == "keer"
        or _SINDS.search(zin)
        or re.search("jaar tijd", zin)
    )
    met = bool(re.search(r"\bmet\s*$", voor)) and bool(BEWEGING.search(zin))
    for b in o.beweringen:
        yield from _of_claim(h, b, zin, verschil=verschil, verandering=verandering, met=met)
    for kaart in o.kaarten:
        beyond = o.daar if o.grens is not None and o.grens < h.begin else []
        for regio in (*o.hier, *beyond):
            if verschil or h.soort in ("keer", "deel"):
                yield from _differences(h, kaart, regio, o)
            if verandering:
                yield from _changes(h, zin, kaart, regio, o)
            if not (verschil or met):
                for jaar in _levels(zin, o, kaart, regio):
                    yield from _level(h, kaart, regio, jaar)
        if h.soort in ("deel", "procent"):
            yield from _shares(h, kaart, o, cijfers)


def _level(h: Hoeveelheid, kaart: Indicator, regio: Regio, jaar: int | None) -> Iterator[Kandidaat]:
    punt = point(kaart, regio, jaar)
    if punt is None or punt.waarde is None:
        return
    wat = f"'{kaart.naam}' in {regio.naam}, {format_periode(punt.periode)}"
    call = schrijf_call("cijfer", kaart, regio, str(punt.jaar) if jaar else "")
    if is_percentage(kaart.eenheid):
        if h.soort in ("procent", "deel"):
            yield Kandidaat(punt.waarde / (100 if h.soort == "deel" else 1), wat, call)
    elif h.soort == "aantal":
        yield Kandidaat(shown(kaart, punt.waarde), wat, call)


def _sides(zin: str) -> int | None:
    found = BEWEGING.search(zin)
    return None if found is None else 1 if found["op"] else -1


def _changes(h: Hoeveelheid, zin: str, kaart: Indicator, regio: Regio, o: Onderwerp) -> Iterator[Kandidaat]:
    for van, tot in spans(zin, o, kaart, regio):
        before, after = point(kaart, regio, van), point(kaart, regio, tot)
        if before is None or after is None or before.waarde is None or after.waarde is None:
            continue
        if kaart.crosses_break(van, tot):
            continue
        diff = after.waarde - before.waarde
        if (kant := _sides(zin)) is not None and h.soort != "keer" and sign(diff) != kant:
            continue
        wat = f"'{kaart.naam}' in {regio.naam}, verandering {van}-{tot}"
        call = f'verandering("{kaart.id}", "{regio.code}", sinds={van})'
        yield from _pair(h, kaart, after.waarde, before.waarde, wat=wat, call=call)


def _pair(
    h: Hoeveelheid, kaart: Indicator, een: float, ander: float, *, wat: str, call: str = ""
) -> Iterator[Kandidaat]:
    """A difference of two figures as they are printed, in the unit of the number: an amount, points, percent, times."""
    percentage = is_percentage(kaart.eenheid)
    een, ander = (float(w) for w in gedrukt(kaart, een, een - ander))
    match h.soort:
        case "aantal" if not percentage:
            yield Kandidaat(shown(kaart, abs(een - ander)), wat, call)
        case "punt" if percentage:
            yield Kandidaat(abs(een - ander), wat, call)
        case "procent" if not percentage and ander:
            yield Kandidaat(100 * abs(een - ander) / abs(ander), wat, call)
        case "keer" | "deel" if ander:
            yield Kandidaat(een / ander, wat, call)


def _differences(h: Hoeveelheid, kaart: Indicator, regio: Regio, o: Onderwerp) -> Iterator[Kandidaat]:
    for daar in o.daar:
        ours = point(kaart, regio, o.jaren[0] if len(o.jaren) == 1 else None)
        theirs = point(kaart, daar, ours.jaar) if ours else None
        if ours is None or theirs is None or ours.waarde is None or theirs.waarde is None or daar == regio:
            continue
        wat = f"'{kaart.naam}' in {regio.naam} naast {daar.naam}, {format_periode(ours.periode)}"
        call = f'verschil_nl("{kaart.id}", "{regio.code}")' if daar.code == NEDERLAND else ""
        yield from _pair(h, kaart, ours.waarde, theirs.waarde, wat=wat, call=call)


def _shares(h: Hoeveelheid, kaart: Indicator, o: Onderwerp, cijfers: Cijfers) -> Iterator[Kandidaat]:
    """What regions are of the whole province."""
    delen = [r for r in (*o.hier, *o.daar) if r.code not in (NEDERLAND, cijfers.provincie)]
    geheel = point(kaart, cijfers.regios[cijfers.provincie], None)
    if kaart.aggregatie != "som" or not delen or geheel is None or not geheel.waarde:
        return
    punten = [point(kaart, r, geheel.jaar) for r in delen]
    if any(p is None or p.waarde is None for p in punten):
        return
    deel = sum(p.waarde for p in punten if p is not None and p.waarde is not None) / geheel.waarde
    namen = ", ".join(r.naam for r in delen)
    yield Kandidaat(deel * (1 if h.soort == "deel" else 100), f"aandeel van {namen} in '{kaart.naam}', {geheel.jaar}")


def _of_claim(
    h: Hoeveelheid, b: Bewering, zin: str, *, verschil: bool, verandering: bool, met: bool
) -> Iterator[Kandidaat]:
    assert b.waarde is not None
    wat, tegen = f"{b.naam}, {format_periode(b.periode)}", b.waarde_tegen
    pct = b.groep.endswith("_pct")
    if h.soort == "aantal" and not pct and not (verschil or met):
        yield Kandidaat(b.waarde, wat)
        if tegen is not None and b.periode_eerder is not None:
            yield Kandidaat(tegen, f"{b.naam}, {format_periode(b.periode_eerder)}")
    if pct and h.soort in ("procent", "deel"):
        yield Kandidaat(b.waarde / (100 if h.soort == "deel" else 1), wat)
    if tegen and b.verschil is not None and (verschil or verandering or re.search(r"\b(?:kloof|verschil)\b", zin)):
        kant = _sides(zin)
        found = VERSCHIL.search(zin[h.eind :])
        if found is not None and verschil:
            kant = 1 if found["op"] else -1
        if kant is None or kant == sign(b.verschil):
            wat = f"verschil van {b.naam}, {format_periode(b.periode)}"
            if h.soort == "aantal":
                yield Kandidaat(abs(b.verschil), wat)
            elif h.soort == "procent":
                yield Kandidaat(100 * abs(b.verschil) / abs(tegen), wat)
        if h.soort in ("keer", "deel"):
            yield Kandidaat(b.waarde / tegen, wat)


def nearest(h: Hoeveelheid, found: list[Kandidaat]) -> Kandidaat:
    """The figure that comes closest to a number."""
    return min(found, key=lambda k: abs(k.waarde - h.waarde) / max(abs(k.waarde), 1e-9))


def describe(h: Hoeveelheid, k: Kandidaat) -> str:
    """A figure as the number was typed: '31,0%', '71.100', '1,95 keer'."""
    match h.soort:
        case "deel":
            return f"{format_getal(100 * k.waarde, 1)}%"
        case "procent":
            return f"{format_getal(k.waarde, 1)}%"
        case "punt":
            return f"{format_getal(k.waarde, 1)} procentpunt"
        case "keer":
            return f"{format_getal(k.waarde, 2)} keer zo veel"
    return format_getal(k.waarde, 0 if abs(k.waarde) >= 100 else 1)


def rounded(h: Hoeveelheid, k: Kandidaat) -> str:
    """What could be written in the place of a number that is wrong: the figure cut to two digits, with 'ruim'."""
    if h.soort == "deel" and 0.08 <= k.waarde <= 0.95:
        deel, woorden = min(_DELEN, key=lambda d: abs(d[0] - k.waarde) / d[0])
        kant = "" if abs(deel - k.waarde) <= 0.02 * deel else "bijna " if k.waarde < deel else "ruim "
        return f"'{kant}{woorden}'"
    if h.soort in ("deel", "keer") or k.waarde < 1:
        return ""
    step = 10.0 ** max(len(str(int(k.waarde))) - 2, 0)
    cut = int(k.waarde / step) * step
    eenheid = {"procent": " procent", "punt": " procentpunt"}.get(h.soort, "")
    return f"'{'ruim ' if cut < k.waarde else ''}{format_getal(cut, 0)}{eenheid}'"
