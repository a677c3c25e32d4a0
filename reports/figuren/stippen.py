"""The dot plot: regions of one kind in one period, with the lines of the province and the Netherlands."""

from __future__ import annotations

from collections.abc import Callable, Collection

from begrippen.huisstijl import BLAUW, GRIJS, INKT, LICHT, ORANJE, WIT
from begrippen.lijsten import REGIOSOORT_MEERVOUD
from reports.document import Figuur
from reports.figuren.beeld import Puntbeeld, Stip
from reports.figuren.doek import Doek, breedte, stijging
from reports.figuren.papier import hertekenbaar
from reports.figuren.stijl import HOOG
from reports.getallen import format_eenheid, format_leeg, format_periode, format_waarde, join
from reports.model import Indicator, Regio
from reports.zinnen import bedrag, haakjes, naam_in_zin, voorbehoud

# pixels above the rows: the unit, and the names of the lines
BOVENAAN = 40


def kale_kop(wanneer: str) -> str:
    """The heading of a dot plot of which nothing is claimed. `wanneer`: its period, in words."""
    return f"Per gebied ({wanneer})"


def punt_alt(indicator: Indicator, beeld: Puntbeeld, uitersten: str = "") -> str:
    """What a dot plot shows, in full sentences. `uitersten`: who is claimed to be highest and lowest."""
    known = [s for s in beeld.stippen if s.waarde is not None]
    unknown = [s.regio.naam for s in beeld.stippen if s.waarde is None]
    parts = [
        f"Stippengrafiek van {naam_in_zin(indicator)} in {format_periode(beeld.periode)} "
        f"voor {len(known)} {REGIOSOORT_MEERVOUD[known[0].regio.soort]}.",
        *([uitersten] if uitersten else []),
    ]
    parts += [
        f"{r.naam}: {bedrag(indicator, p.waarde)}{haakjes(*voorbehoud(indicator, p))}."
        for r, p in beeld.lijnen
        if p.waarde is not None
    ]
    if unknown:
        parts.append(f"Geen cijfer: {join(unknown)}.")
    return " ".join(parts)


@hertekenbaar
def draw_stippen(
    doek: Doek, indicator: Indicator, beeld: Puntbeeld, provincie: Regio, eigen: Collection[str] = ()
) -> Figuur:
    """Draw the municipalities in one period, with the lines of the province and the Netherlands.

    `eigen`: codes of those that the page is about, bold and in the colour of the line of `provincie`.
    """
    known = [s.waarde for s in beeld.stippen if s.waarde is not None]
    values = known + [p.waarde for _, p in beeld.lijnen if p.waarde is not None]
    low, high = min(values), max(values)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    left = 12 + max(breedte(s.regio.naam, vet=s.regio.code in eigen) for s in beeld.stippen)
    texts = [_waarde(indicator, s) for s in beeld.stippen]
    right = 14 + max(map(breedte, texts))
    width, count = doek.breed - left - right, len(beeld.stippen)
    height = min(HOOG - 44, 32 * count)
    begin, end = low - room, high + room

    def x(waarde: float) -> float:
        return left + width * (waarde - begin) / (end - begin)

    def y(place: float) -> float:
        """Of a row, or of the edge above the first (-0.6) and below the last."""
        return HOOG - BOVENAAN - height * (place + 0.6) / (count + 0.2)

    with doek.vel(doek.breed, HOOG):
        with doek.groep():
            doek.lijnen([[(left, y(n)), (left + width, y(n))] for n in range(count)], LICHT, 0.8)
            for regio, punt in beeld.lijnen:
                color, stijl = (BLAUW, "-") if regio == provincie else (ORANJE, (0, (4, 2)))
                at = x(punt.waarde or 0)
                doek.lijn([(at, y(count - 0.4)), (at, y(-0.6))], color, 1.6, stijl)
            with doek.groep():
                for n, stip in enumerate(beeld.stippen):
                    naam = stip.regio.naam
                    vet = stip.regio.code in eigen
                    doek.tekst(left - 8, y(n) - stijging(naam) / 2, naam, INKT, plaats="right", vet=vet)
            _name_rules(doek, beeld, provincie, x)
            plekken = [
                (stip.regio.code in eigen, (x(stip.waarde), y(n)))
                for n, stip in enumerate(beeld.stippen)
                if stip.waarde is not None
            ]
            for is_eigen, kleur in ((False, INKT), (True, BLAUW)):
                if these := [plek for mine, plek in plekken if mine == is_eigen]:
                    doek.stippen(these, kleur, maat=8, rand=WIT, dikte=1)
            for n, text in enumerate(texts):
                doek.tekst(doek.breed - 4, y(n) - stijging(text) / 2, text, INKT, plaats="right")
        doek.tekst(2, HOOG - 14, format_eenheid(indicator.eenheid), GRIJS)
        svg = doek.save()
    notes = []
    if any(s.punt and s.punt.is_voorlopig for s in beeld.stippen):
        notes.append("* voorlopig cijfer, ** nader voorlopig.")
    return Figuur(svg, kale_kop(format_periode(beeld.periode)), punt_alt(indicator, beeld), tuple(notes))


def _waarde(indicator: Indicator, stip: Stip) -> str:
    """The value at the end of a row, or the sign of why it is not there."""
    if stip.punt is None or stip.waarde is None:
        return format_leeg(stip.punt.leeg_reden if stip.punt else "niet_gepubliceerd")
    return format_waarde(stip.waarde, indicator.decimalen, stip.punt.status)


def _name_rules(doek: Doek, beeld: Puntbeeld, provincie: Regio, x: Callable[[float], float]) -> None:
    """Name the vertical lines above the plot: the lower one to its left, the higher one to its right.

    A name that would run out of the picture is moved inwards, and pushes the other one along.
    """
    rules = sorted(beeld.lijnen, key=lambda r: r[1].waarde or 0)
    places = [x(punt.waarde or 0) for _, punt in rules]
    widths = [breedte(regio.naam, vet=True) for regio, _ in rules]
    match places:
        case [one]:
            begins = [min(max(one - widths[0] / 2, 0), doek.breed - widths[0])]
        case [lower, higher]:
            begin = min(higher - 3, doek.breed - widths[1])
            end = max(min(lower + 3, begin - 8), widths[0])
            begins = [end - widths[0], max(begin, end + 8)]
        case _:
            begins = []
    for (regio, _), begin in zip(rules, begins, strict=True):
        doek.tekst(begin, HOOG - 34, regio.naam, BLAUW if regio == provincie else ORANJE, vet=True)
