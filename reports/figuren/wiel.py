"""The wheel of well-being: every indicator a segment, gathered by theme; its trend within, its place around it.

Green with a plus is favourable, red with a minus unfavourable, grey is no change or the middle, white has no
judgement. On a wide canvas the names of the themes stand round the wheel; on a narrow one their numbers do, and whoever
shows it lists them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

from begrippen.huisstijl import GRIJS, GUNSTIG, INKT, LICHT, ONGUNSTIG, WIT
from reports.document import Figuur
from reports.figuren.doek import Doek, Punt2
from reports.figuren.papier import hertekenbaar
from reports.figuren.stijl import BREED

Vak = Literal["gunstig", "ongunstig", "neutraal", "geen"]
KLEUREN: dict[Vak, tuple[str, str, str]] = {
    "gunstig": (GUNSTIG, WIT, "+"),
    "ongunstig": (ONGUNSTIG, WIT, "\N{MINUS SIGN}"),
    "neutraal": (LICHT, INKT, "="),
    "geen": (WIT, GRIJS, ""),
}
HOOG = 380
# so many letters of a name fit on a line
NAAM = 12
# from the middle: the trend, the place, the numbers or the names
BINNEN, GRENS, BUITEN, NUMMERS, NAMEN = 74.0, 114.0, 154.0, 170.0, 163.0
# a name so near to straight above or below has its middle there
MIDDEN = 0.1
REGEL = 15
# of a circle, between two themes
TUSSEN = 0.012


@dataclass(frozen=True)
class Spaak:
    """A theme: its name, and of each indicator its trend and its place."""

    thema: str
    vakken: tuple[tuple[Vak, Vak], ...]


@hertekenbaar
def draw_wiel(doek: Doek, spaken: Sequence[Spaak], kop: str, alt: str) -> Figuur:
    """Draw the wheel. Needs at least one theme with an indicator."""
    total = sum(len(s.vakken) for s in spaken)
    each = (1 - TUSSEN * len(spaken)) / total
    met_namen = doek.breed > BREED
    middle = doek.breed / 2, _hoog(spaken, met_namen=met_namen) / 2
    with doek.vel(doek.breed, 2 * middle[1]):
        at = 0.0
        for n, spaak in enumerate(spaken, start=1):
            begin = at
            for trend, plaats in spaak.vakken:
                _segment(doek, middle, (at, at + each), (BINNEN, GRENS), trend)
                _segment(doek, middle, (at, at + each), (GRENS, BUITEN), plaats)
                at += each
            if met_namen:
                _naam(doek, middle, (begin + at) / 2, spaak.thema)
            else:
                x, y = _place(middle, (begin + at) / 2, NUMMERS)
                doek.tekst(x, y - 4.5, str(n), INKT, plaats="center", vet=True)
            at += TUSSEN
        doek.tekst(middle[0], middle[1] + 22, "binnen:", GRIJS, plaats="center")
        doek.tekst(middle[0], middle[1] + 6, "trend", INKT, plaats="center", vet=True)
        doek.tekst(middle[0], middle[1] - 14, "buiten: plaats", GRIJS, plaats="center")
        doek.tekst(middle[0], middle[1] - 30, "onder provincies", INKT, plaats="center", vet=True)
        noten = (
            "Groen met een plus: gunstig (trend) of in het gunstigste kwart (plaats). Rood met een min: ongunstig of "
            "in "
            "het ongunstigste kwart. Grijs: geen duidelijke verandering, of in het midden. Wit: geen oordeel.",
        )
        return Figuur(doek.save(), kop, alt, noten)


def _hoog(spaken: Sequence[Spaak], *, met_namen: bool) -> float:
    """How high the picture is: with room above and below the wheel for the name with the most lines."""
    return 2 * (NAMEN + 7 + REGEL * (max(len(wrap(s.thema, NAAM)) for s in spaken) - 1)) if met_namen else HOOG


def _place(middle: Punt2, share: float, radius: float) -> tuple[float, float]:
    """A place on a circle, by its share of the way round from the top, with the clock."""
    angle = math.pi / 2 - 2 * math.pi * share
    return middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)


def _naam(doek: Doek, middle: Punt2, share: float, naam: str) -> None:
    """The name of a theme outside the wheel, on as many lines as it takes."""
    x, y = _place(middle, share, NAMEN)
    aside, up = (x - middle[0]) / NAMEN, (y - middle[1]) / NAMEN
    lines = wrap(naam, NAAM)
    plaats = "center" if abs(aside) < MIDDEN else "left" if aside > 0 else "right"
    # beside the wheel around its place, above and below it outwards
    first = y - 4.5 + REGEL * (len(lines) - 1) * (1 + up) / 2
    for n, line in enumerate(lines):
        doek.tekst(x, first - REGEL * n, line, INKT, plaats=plaats, vet=True)


def _segment(doek: Doek, middle: Punt2, deel: tuple[float, float], stralen: tuple[float, float], vak: Vak) -> None:
    (begin, end), (inner, outer) = deel, stralen
    fill, ink, sign = KLEUREN[vak]
    steps = max(2, math.ceil((end - begin) * 72))
    shares = [begin + (end - begin) * n / steps for n in range(steps + 1)]
    corners = [_place(middle, s, outer) for s in shares] + [_place(middle, s, inner) for s in reversed(shares)]
    doek.vlak(corners, fill, WIT if vak != "geen" else GRIJS, 1.0 if vak != "geen" else 0.6)
    # a sign needs room: a segment of at least its width
    if sign and (end - begin) * 2 * math.pi * (inner + outer) / 2 >= 9:
        x, y = _place(middle, (begin + end) / 2, (inner + outer) / 2)
        doek.tekst(x, y - 4.5, sign, ink, plaats="center", vet=True)
