"""The wheel of well-being: every indicator a segment, gathered by theme; its trend within, its place around it.

Green with a plus is favourable, red with a minus unfavourable, grey is no change or the middle, white has no
judgement. The themes are numbered round the wheel; whoever shows it lists them with their numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from begrippen.huisstijl import GRIJS, GUNSTIG, INKT, LICHT, ONGUNSTIG, WIT
from reports.document import Figuur
from reports.figuren.doek import Doek
from reports.figuren.stijl import BREED

Vak = Literal["gunstig", "ongunstig", "neutraal", "geen"]
KLEUREN: dict[Vak, tuple[str, str, str]] = {
    "gunstig": (GUNSTIG, WIT, "+"),
    "ongunstig": (ONGUNSTIG, WIT, "\N{MINUS SIGN}"),
    "neutraal": (LICHT, INKT, "="),
    "geen": (WIT, GRIJS, ""),
}
HOOG = 380
# from the middle: the trend, the place, the numbers
BINNEN, GRENS, BUITEN, NUMMERS = 74.0, 114.0, 154.0, 170.0
# of a circle, between two themes
TUSSEN = 0.012


@dataclass(frozen=True)
class Spaak:
    """A theme: its name, and of each indicator its trend and its place."""

    thema: str
    vakken: tuple[tuple[Vak, Vak], ...]


def draw_wiel(doek: Doek, spaken: Sequence[Spaak], kop: str, alt: str) -> Figuur:
    """Draw the wheel. Needs at least one theme with an indicator."""
    total = sum(len(s.vakken) for s in spaken)
    each = (1 - TUSSEN * len(spaken)) / total
    with doek.vel(BREED, HOOG):
        at = 0.0
        for n, spaak in enumerate(spaken, start=1):
            begin = at
            for trend, plaats in spaak.vakken:
                _segment(doek, (at, at + each), (BINNEN, GRENS), trend)
                _segment(doek, (at, at + each), (GRENS, BUITEN), plaats)
                at += each
            x, y = _place((begin + at) / 2, NUMMERS)
            doek.tekst(x, y - 4.5, str(n), INKT, plaats="center", vet=True)
            at += TUSSEN
        doek.tekst(BREED / 2, HOOG / 2 + 22, "binnen:", GRIJS, plaats="center")
        doek.tekst(BREED / 2, HOOG / 2 + 6, "trend", INKT, plaats="center", vet=True)
        doek.tekst(BREED / 2, HOOG / 2 - 14, "buiten: plaats", GRIJS, plaats="center")
        doek.tekst(BREED / 2, HOOG / 2 - 30, "onder provincies", INKT, plaats="center", vet=True)
        noten = (
            "Groen met een plus: gunstig (trend) of in het gunstigste kwart (plaats). Rood met een min: ongunstig of "
            "in "
            "het ongunstigste kwart. Grijs: geen duidelijke verandering, of in het midden. Wit: geen oordeel.",
        )
        return Figuur(doek.save(), kop, alt, noten)


def _place(share: float, radius: float) -> tuple[float, float]:
    """A place on a circle, by its share of the way round from the top, with the clock."""
    angle = math.pi / 2 - 2 * math.pi * share
    return BREED / 2 + radius * math.cos(angle), HOOG / 2 + radius * math.sin(angle)


def _segment(doek: Doek, deel: tuple[float, float], stralen: tuple[float, float], vak: Vak) -> None:
    (begin, end), (inner, outer) = deel, stralen
    fill, ink, sign = KLEUREN[vak]
    steps = max(2, math.ceil((end - begin) * 72))
    shares = [begin + (end - begin) * n / steps for n in range(steps + 1)]
    corners = [_place(s, outer) for s in shares] + [_place(s, inner) for s in reversed(shares)]
    doek.vlak(corners, fill, WIT if vak != "geen" else GRIJS, 1.0 if vak != "geen" else 0.6)
    # a sign needs room: a segment of at least its width
    if sign and (end - begin) * 2 * math.pi * (inner + outer) / 2 >= 9:
        x, y = _place((begin + end) / 2, (inner + outer) / 2)
        doek.tekst(x, y - 4.5, sign, ink, plaats="center", vet=True)
