"""Small multiples: a small line chart a region, all on the same axes, each with the Netherlands as a grey line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from begrippen.huisstijl import BLAUW, GRIJS, INKT, LICHT
from reports.document import Figuur
from reports.figuren.beeld import Lijn, cut, dashed
from reports.figuren.doek import Doek, breedte
from reports.figuren.papier import hertekenbaar
from reports.figuren.stijl import STREEP, tick_marks
from reports.getallen import format_eenheid, format_getal, format_periode, format_waarde, join
from reports.model import Indicator, Regio
from reports.totaal import is_totaal
from reports.zinnen import naam_in_zin

# A frame of fewer shows less than a table; and fewer points make no line worth comparing.
MINSTENS_PANELEN, MINSTENS_PUNTEN = 6, 4
# Pixels: the key, the room of a panel with its name, the line in it, the years below.
REGEL, PANEEL, LIJNHOOGTE, JAREN = 20, 82, 52, 20
# A line narrower than this is no line; there are then two panels in a row in place of three.
SMALST = 40
ACHTER = 8
AFSTAND = 12


@dataclass(frozen=True)
class Veelluik:
    """The lines to draw, in the order of the regions, with that of the Netherlands over the same years.

    `periode`: the latest that most regions have; in it they are compared. `zonder`: who has too few values.
    """

    lijnen: tuple[Lijn, ...]
    grijs: Lijn
    periode: str
    breuken: tuple[int, ...]
    zonder: tuple[Regio, ...]


def make_veelluik(indicator: Indicator, regios: Sequence[Regio], provincie: Regio, nederland: Regio) -> Veelluik | None:
    """The frame of these regions; None where it would be nearly empty, or where the Netherlands can not stand in it."""
    if is_totaal(indicator, provincie, nederland):
        return None
    found = [Lijn(r, cut(indicator, indicator.points(r.code))) for r in regios]
    lijnen = tuple(lijn for lijn in found if len(lijn.plekken) >= MINSTENS_PUNTEN)
    if len(lijnen) < MINSTENS_PANELEN:
        return None
    first = min(lijn.plekken[0].x for lijn in lijnen)
    theirs = tuple(p for p in indicator.points(nederland.code) if p.moment >= first)
    grijs = Lijn(nederland, cut(indicator, theirs))
    if len(grijs.plekken) < MINSTENS_PUNTEN:
        return None
    last = Counter(lijn.plekken[-1].punt.periode for lijn in lijnen)
    # of those that as many have, the latest
    periode = max(last, key=lambda p: (last[p], p))
    jaren = [p.punt.jaar for lijn in lijnen for p in lijn.plekken]
    breuken = tuple(sorted({b.vanaf for b in indicator.breuken if min(jaren) < b.vanaf <= max(jaren)}))
    zonder = tuple(lijn.regio for lijn in found if lijn not in lijnen)
    return Veelluik(lijnen, grijs, periode, breuken, zonder)


def veelluik_kop(indicator: Indicator, beeld: Veelluik) -> str:
    """The heading of a frame of which nothing is claimed."""
    return f"{naam_in_zin(indicator)} per gebied, tot en met {format_periode(beeld.periode)}"


def veelluik_alt(indicator: Indicator, beeld: Veelluik, beweerd: Sequence[str] = ()) -> str:
    """What the frame shows, in full sentences; `beweerd`: those that are claimed of it."""
    parts = [
        f"{len(beeld.lijnen)} kleine lijngrafieken van {naam_in_zin(indicator)}, een per gebied, alle met dezelfde "
        "assen, en in elk Nederland als grijze lijn.",
        *(zin for zin in beweerd if zin),
    ]
    if beeld.breuken:
        jaren = join([str(j) for j in beeld.breuken])
        parts.append(f"De lijnen zijn onderbroken in {jaren}: cijfers ervoor en erna zijn niet te vergelijken.")
    if beeld.zonder:
        parts.append(f"Te weinig cijfers: {join([r.naam for r in beeld.zonder])}.")
    return " ".join(parts)


@hertekenbaar
def draw_veelluik(doek: Doek, indicator: Indicator, beeld: Veelluik) -> Figuur:
    """Draw a frame: rows of panels, each with its name above, its last value at the end of its line."""
    plekken = [p for lijn in (*beeld.lijnen, beeld.grijs) for p in lijn.plekken]
    values = [p.y for p in plekken]
    room = max((max(values) - min(values)) * 0.06, 10.0**-indicator.decimalen / 2)
    low, high = min(values) - room, max(values) + room
    ticks, decimalen = tick_marks(low, high)
    ticks = [t for t in ticks if low <= t <= high][::2]
    labels = [format_getal(t, decimalen) for t in ticks]
    ends = [format_waarde(p.y, indicator.decimalen, p.punt.status) for p in (lijn.plekken[-1] for lijn in beeld.lijnen)]
    left = 8 + max(map(breedte, labels))
    behind = ACHTER + max(map(breedte, ends)) + AFSTAND
    columns = 3 if (doek.breed - left) / 3 - behind >= SMALST else 2
    wide = (doek.breed - left) / columns
    rows = -(-len(beeld.lijnen) // columns)
    kop = _key_height(doek, indicator, beeld)
    hoog = kop + PANEEL * rows + JAREN
    begin, end = min(p.x for p in plekken), max(p.x for p in plekken)

    def place(n: int) -> tuple[Callable[[float], float], Callable[[float], float]]:
        """From time and value to pixels, in the panel with this number."""
        row, column = divmod(n, columns)
        x0, y0 = left + wide * column, hoog - kop - PANEEL * row - 22 - LIJNHOOGTE
        return (
            lambda x: x0 + (wide - behind) * (x - begin) / (end - begin),
            lambda y: y0 + LIJNHOOGTE * (y - low) / (high - low),
        )

    with doek.vel(doek.breed, hoog):
        _key(doek, hoog, indicator, beeld)
        for n, (lijn, last) in enumerate(zip(beeld.lijnen, ends, strict=True)):
            x, y = place(n)
            for tick, label in zip(ticks, labels, strict=True):
                doek.lijn([(x(begin), y(tick)), (x(end), y(tick))], LICHT, 0.8)
                if n % columns == 0:
                    doek.tekst(left - 6, y(tick) - 4.5, label, GRIJS, plaats="right")
            naam = lijn.regio.naam
            # above the begin of its line, but within the frame
            doek.tekst(min(x(begin), doek.breed - 2 - breedte(naam, vet=True)), y(high) + 6, naam, INKT, vet=True)
            _line(doek, beeld.grijs, x, y, kleur=GRIJS, dikte=1.3)
            _line(doek, lijn, x, y, kleur=BLAUW, dikte=2)
            tip = lijn.plekken[-1]
            doek.stippen([(x(tip.x), y(tip.y))], BLAUW, maat=5, vol=not tip.punt.is_voorlopig)
            # beside its point, but clear of the name above it
            doek.tekst(x(tip.x) + ACHTER, min(y(tip.y) - 4.5, y(high) - 8), last, BLAUW)
            if n >= len(beeld.lijnen) - columns:
                doek.tekst(x(begin), y(low) - 16, str(int(begin)), GRIJS)
                # under its point, but never against the first one
                doek.tekst(max(x(end), x(begin) + 52), y(low) - 16, str(int(end)), GRIJS, plaats="center")
        svg = doek.save()
    return Figuur(svg, veelluik_kop(indicator, beeld), veelluik_alt(indicator, beeld), _notes(beeld))


def _key_places(doek: Doek, beeld: Veelluik) -> tuple[str, float, float]:
    """What a line of a region is called in the key, and where that word and the other one begin."""
    naam = {"gemeente": "gemeente", "corop": "COROP-gebied"}.get(beeld.lijnen[0].regio.soort, "gebied")
    theirs = doek.breed - 2 - breedte("Nederland")
    return naam, theirs - 44 - breedte(naam, vet=True), theirs


def _key_height(doek: Doek, indicator: Indicator, beeld: Veelluik) -> float:
    """One line for unit and key, two where they would touch."""
    _, ours, _ = _key_places(doek, beeld)
    return REGEL + 4 if breedte(format_eenheid(indicator.eenheid)) + 12 < ours - 26 else 2 * REGEL + 4


def _key(doek: Doek, hoog: float, indicator: Indicator, beeld: Veelluik) -> None:
    naam, ours, theirs = _key_places(doek, beeld)
    doek.tekst(2, hoog - 14, format_eenheid(indicator.eenheid), GRIJS)
    y = hoog - _key_height(doek, indicator, beeld) + 10
    for at, text, color, width in ((ours, naam, BLAUW, 2.0), (theirs, "Nederland", GRIJS, 1.3)):
        doek.lijn([(at - 26, y + 4), (at - 6, y + 4)], color, width)
        doek.tekst(at, y, text, color, vet=text == naam)


def _line(
    doek: Doek, lijn: Lijn, x: Callable[[float], float], y: Callable[[float], float], *, kleur: str, dikte: float
) -> None:
    for stuk in lijn.stukken:
        if len(stuk) == 1:
            doek.stippen([(x(stuk[0].x), y(stuk[0].y))], kleur, maat=2 * dikte)
        for voorlopig, run in dashed(stuk):
            doek.lijn([(x(p.x), y(p.y)) for p in run], kleur, dikte, STREEP if voorlopig else "-")


def _notes(beeld: Veelluik) -> tuple[str, ...]:
    notes = []
    if any(p.punt.is_voorlopig for lijn in beeld.lijnen for p in lijn.plekken):
        notes.append("Streepjeslijn en *: voorlopige cijfers.")
    if beeld.breuken:
        notes.append(f"Onderbroken lijn: reeksbreuk in {join([str(j) for j in beeld.breuken])}.")
    if beeld.zonder:
        notes.append(f"Te weinig cijfers: {join([r.naam for r in beeld.zonder])}.")
    return tuple(notes)
