"""The line chart: a region against the Netherlands over time."""

from __future__ import annotations

import math
from collections.abc import Callable
from textwrap import wrap

from begrippen.huisstijl import BLAUW, GRIJS, LICHT, ORANJE
from begrippen.lijsten import GESCHAT
from reports.document import Figuur
from reports.figuren.beeld import MINSTENS, Lijn, Lijnbeeld, Plek, dashed
from reports.figuren.doek import ONDER, Doek, breedte, stijging
from reports.figuren.papier import hertekenbaar
from reports.figuren.stijl import HOOG, STREEP, TEKST, tick_marks
from reports.getallen import (
    explain_benadering,
    format_eenheid,
    format_getal,
    format_periode,
    format_waarde,
    join,
)
from reports.model import Indicator, Regio
from reports.prijzen import ONBEKEND, inflatie
from reports.zinnen import bedrag, haakjes, naam_in_zin, voorbehoud

# an index of a number of fewer steps than this hangs on rounding by more than 0,3 point
MINSTE_STAPPEN = 333
# letters of a name behind its line, before the rest goes below it: the longest of a COROP area
NAAM = 26
# pixels under the lowest value: the years
ONDERAAN = 30
Schaal = Callable[[float], float]


def _zeker(indicator: Indicator, *plekken: Plek) -> str:
    return haakjes(*voorbehoud(indicator, *(p.punt for p in plekken)))


def lijn_kop(indicator: Indicator, beeld: Lijnbeeld) -> str:
    """The heading of a line chart of which nothing is claimed: the last value, with its period."""
    naam, laatste = beeld.lijnen[0].regio.naam, beeld.lijnen[0].plekken[-1]
    begin = f"{naam} in {format_periode(laatste.punt.periode)}{_zeker(indicator, laatste)}"
    return f"{begin}: {bedrag(indicator, laatste.punt.waarde or 0.0)}"


def index_decimalen(indicator: Indicator, lijn: Lijn) -> int:
    """How fine an index may be printed: of an estimate, or of a small number in thousands, it is whole."""
    last = lijn.plekken[-1]
    # what is 100 in this index, in steps of what the card prints: rounding both figures can change it by 100 / steps
    stappen = abs((last.punt.waarde or 0.0) / last.y if last.y else 0.0) * 100 * 10.0**indicator.decimalen
    return 0 if indicator.meting in GESCHAT or stappen < MINSTE_STAPPEN else 1


def lijn_alt(indicator: Indicator, beeld: Lijnbeeld) -> str:
    """What a line chart shows, in full sentences."""
    naam, stuk = beeld.lijnen[0].regio.naam, beeld.lijnen[0].stukken[-1]
    eerste, laatste = stuk[0], stuk[-1]
    van, tot = format_periode(eerste.punt.periode), format_periode(laatste.punt.periode)
    # two points are two dots
    soort = "Lijngrafiek" if any(len(lijn.plekken) > MINSTENS for lijn in beeld.lijnen) else "Puntgrafiek"
    parts = []
    if beeld.soort == "index":
        prijzen = f", {inflatie(indicator)}" if inflatie(indicator) else ""
        basis = format_periode(beeld.basis or "")
        parts.append(f"{soort} van {naam_in_zin(indicator)} als index, {basis} is 100{prijzen}.")
        for lijn in beeld.lijnen:
            p = lijn.plekken[-1]
            verwacht = "naar verwachting " if beeld.verwacht else ""
            parts.append(
                f"{lijn.regio.naam} komt {verwacht}in {format_periode(p.punt.periode)} uit op "
                f"{format_getal(p.y, index_decimalen(indicator, lijn))}{_zeker(indicator, p)}."
            )
        return " ".join(parts)
    parts.append(f"{soort} van {naam_in_zin(indicator)}.")
    prijzen = f", {inflatie(indicator)}" if inflatie(indicator) else ""
    # the ends as they are: whether what lies between is a rise is not for a figure to say
    ends = [(p, f"{bedrag(indicator, p.y)} in {wanneer}") for p, wanneer in ((eerste, van), (laatste, tot))]
    if indicator.prijzen == ONBEKEND:
        # two amounts beside each other would be a change, and nobody knows of what
        ends = ends[1:]
    # what is so of both is said once, and what of one behind that one
    if len({_zeker(indicator, p) for p, _ in ends}) == 1:
        cijfers = (
            f"{' en '.join(dict.fromkeys(e for _, e in ends))}{_zeker(indicator, *dict.fromkeys(p for p, _ in ends))}"
        )
    else:
        cijfers = " en ".join(f"{e}{_zeker(indicator, p)}" for p, e in ends)
    parts.append(f"{naam}: {cijfers}{prijzen}.")
    if len(beeld.lijnen) == 2:
        p = beeld.lijnen[1].plekken[-1]
        parts.append(
            f"{beeld.lijnen[1].regio.naam} staat in {format_periode(p.punt.periode)} op "
            f"{bedrag(indicator, p.y)}{_zeker(indicator, p)}."
        )
    if beeld.breuken:
        jaren = join([str(j) for j in beeld.breuken])
        parts.append(f"De reeks is onderbroken in {jaren}: cijfers ervoor en erna zijn niet te vergelijken.")
    return " ".join(parts)


@hertekenbaar
def draw_lijn(doek: Doek, indicator: Indicator, beeld: Lijnbeeld, provincie: Regio) -> Figuur:
    """Draw a region against the Netherlands over time."""
    plekken = [p for lijn in beeld.lijnen for p in lijn.plekken]
    low, high = min(p.y for p in plekken), max(p.y for p in plekken)
    # at least a unit of the last printed decimal, so that noise below it is not blown up to a wave
    room = max((high - low) * 0.12, 10.0 ** -(1 if beeld.soort == "index" else indicator.decimalen))
    bottom = max(0.0, low - room) if low >= 0 else low - room
    ticks, decimalen = tick_marks(bottom, high + room)
    bottom, top = min(bottom, low), high + room
    ticks = [t for t in ticks if bottom <= t <= top]
    labels = [format_getal(t, decimalen) for t in ticks]
    left = 8 + max(map(breedte, labels))
    names = [_label(lijn, indicator, beeld) for lijn in beeld.lijnen]
    right = 12 + max(breedte(line, vet=n < len(name) - 1) for name in names for n, line in enumerate(name))
    first, last = min(p.x for p in plekken), max(p.x for p in plekken)
    # some pixels: what lies behind the last point is for the names
    pad = (last - first) * 0.03 or 0.15
    width, height = doek.breed - left - right, HOOG - 62

    def x(jaar: float) -> float:
        return left + width * (jaar - first + pad) / (last - first + 2 * pad)

    def y(waarde: float) -> float:
        return ONDERAAN + height * (waarde - bottom) / (top - bottom)

    colors = [BLAUW if lijn.regio == provincie else ORANJE for lijn in beeld.lijnen]
    with doek.vel(doek.breed, HOOG):
        with doek.groep():
            with doek.groep():
                for jaar in _years(first, last, width):
                    doek.tekst(x(jaar), ONDERAAN - 6 - stijging(str(jaar)), str(jaar), GRIJS, plaats="center")
            for tick, label in zip(ticks, labels, strict=True):
                doek.lijn([(left, y(tick)), (left + width, y(tick))], LICHT, 0.8)
                doek.tekst(left - 6, y(tick) - stijging(label) / 2, label, GRIJS, plaats="right")
            for jaar in beeld.breuken:
                doek.lijn([(x(jaar - 0.5), y(bottom)), (x(jaar - 0.5), y(top))], GRIJS, 0.9, (0, (1, 2.5)))
            for lijn, color in zip(beeld.lijnen, colors, strict=True):
                _line(doek, lijn, color, x, y)
            doek.lijn([(left, ONDERAAN), (left + width, ONDERAAN)], GRIJS, 0.8, eind="projecting")
            for jaar in beeld.breuken:
                doek.tekst(x(jaar - 0.5), y(top) + ONDER * TEKST, " reeksbreuk", GRIJS, plaats="center")
            for lijn, color in zip(beeld.lijnen, colors, strict=True):
                _dots(
                    doek, [(x(p.x), y(p.y), p.punt.is_voorlopig) for p in lijn.plekken], color, lijn.regio == provincie
                )
            _name_lines(doek, names, colors, x(last) + 10, [y(lijn.plekken[-1].y) - ONDERAAN for lijn in beeld.lijnen])
        unit = f"index, {format_periode(beeld.basis)} = 100" if beeld.basis else format_eenheid(indicator.eenheid)
        doek.tekst(2, HOOG - 14, unit, GRIJS)
        svg = doek.save()
    notes = []
    rough = [p.punt.benadering for p in beeld.lijnen[0].plekken]
    if any(rough):
        when = "" if all(rough) else " in een deel van de jaren (≈ in de tabel)"
        # a figure is an approximation, an area is none
        wie = beeld.lijnen[0].regio.naam
        notes.append(f"Dit cijfer van {wie} is{when} een benadering: {explain_benadering(indicator.aggregatie)}.")
        if zonder := sorted({naam for p in beeld.lijnen[0].plekken for naam in p.punt.zonder}):
            notes.append(f"Niet elke gemeente heeft elk jaar een cijfer. Niet meegeteld: {join(zonder)}.")
    if any(p.punt.is_voorlopig for p in plekken):
        notes.append("Streepjeslijn en open punten: voorlopige cijfers.")
    if bottom > 0:
        notes.append("De as begint niet bij nul.")
    if beeld.soort == "index":
        notes.append(f"Index: de totalen van {beeld.lijnen[0].regio.naam} en Nederland passen niet op één as.")
    return Figuur(svg, lijn_kop(indicator, beeld), lijn_alt(indicator, beeld), tuple(notes))


def _name_lines(doek: Doek, names: list[list[str]], colors: list[str], left: float, ends: list[float]) -> None:
    """Write each line's name and last value behind its end, moved apart where they would touch."""
    lines = max(map(len, names))
    need = lines * 15 + 4
    if len(ends) == 2 and abs(ends[0] - ends[1]) < need:
        middle = (ends[0] + ends[1]) / 2
        up, down = middle + need / 2, middle - need / 2
        ends = [up, down] if ends[0] >= ends[1] else [down, up]
    shift = max(0.0, 12 + 15 * (lines - 2) - min(ends)) - max(0.0, max(ends) - (HOOG - 62 - 10))
    for end, name, color in zip(ends, names, colors, strict=True):
        for n, line in enumerate(name):
            doek.tekst(left, ONDERAAN + end + shift + 3 - 15 * n, line, color, vet=n < len(name) - 1)


def _label(lijn: Lijn, indicator: Indicator, beeld: Lijnbeeld) -> list[str]:
    last = lijn.plekken[-1]
    decimalen = index_decimalen(indicator, lijn) if beeld.soort == "index" else indicator.decimalen
    # the name of a composite region can be longer than there is room for
    return [*wrap(lijn.regio.naam, NAAM), format_waarde(last.y, decimalen, last.punt.status)]


def _years(first: float, last: float, width: float) -> list[int]:
    """Whole years under the axis, always the first and the last, with room between them."""
    begin, end = math.ceil(first - 1e-9), math.floor(last + 1e-9)
    room = max(2, int(width // 50))
    span = max(end - begin, 1)
    step = next(s for s in (1, 2, 3, 4, 5, 10, 20, 50) if span / s <= room - 1 or s == 50)
    return list(range(end, begin - 1, -step))


def _line(doek: Doek, lijn: Lijn, color: str, x: Schaal, y: Schaal) -> None:
    # two points are two dots: between them nothing is known of the course
    for stuk in lijn.stukken if len(lijn.plekken) > MINSTENS else ():
        for voorlopig, run in dashed(stuk):
            doek.lijn([(x(p.x), y(p.y)) for p in run], color, 2, STREEP if voorlopig else "-")


def _dots(doek: Doek, plekken: list[tuple[float, float, bool]], color: str, eigen: bool) -> None:
    for voorlopig in (False, True):
        if chosen := [(x, y) for x, y, v in plekken if v == voorlopig]:
            doek.stippen(chosen, color, "o" if eigen else "s", 5.5 if eigen else 5, not voorlopig)
