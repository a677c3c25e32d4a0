"""The population by age on two sides of one axis: now to the left, the forecast to the right, the oldest on top.

Not by sex: no forecast that the monitor gets has it (`docs/keuzes.md`). What is expected is drawn open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from begrippen.huisstijl import BLAUW, GRIJS, INKT, ORANJE, WIT
from reports.document import Figuur
from reports.figuren.doek import Doek
from reports.figuren.stijl import BREED

RAND, KOPREGEL, RIJ, STAAF = 4, 24, 48, 20


@dataclass(frozen=True)
class Leeftijdsgroep:
    """An age group: its name, how many there are on either side, and those numbers as text."""

    naam: str
    links: float
    rechts: float
    tekst_links: str
    tekst_rechts: str


def draw_piramide(
    doek: Doek,
    groepen: Sequence[Leeftijdsgroep],
    zijden: tuple[str, str],
    *,
    kop: str,
    alt: str,
    noten: tuple[str, ...] = (),
) -> Figuur:
    """Draw the groups, given from young to old; `zijden` names left and right. Needs a group with someone in it."""
    middle = BREED / 2
    scale = (middle - RAND) / max(max(g.links, g.rechts) for g in groepen)
    hoog = KOPREGEL + RIJ * len(groepen)
    with doek.vel(BREED, hoog):
        doek.tekst(RAND, hoog - 15, zijden[0], BLAUW, vet=True)
        doek.tekst(BREED - RAND, hoog - 15, zijden[1], ORANJE, plaats="right", vet=True)
        for n, groep in enumerate(reversed(groepen)):
            top = hoog - KOPREGEL - RIJ * n
            doek.tekst(RAND, top - 16, groep.tekst_links, BLAUW)
            doek.tekst(middle, top - 16, groep.naam, INKT, plaats="center", vet=True)
            doek.tekst(BREED - RAND, top - 16, groep.tekst_rechts, ORANJE, plaats="right")
            base = top - 22 - STAAF
            doek.balk(middle, base, -groep.links * scale, STAAF, kleur=BLAUW, rand=BLAUW)
            doek.balk(middle, base, groep.rechts * scale, STAAF, kleur=WIT, rand=ORANJE)
            doek.lijn([(middle, base - 3), (middle, base + STAAF + 3)], GRIJS, 1)
        return Figuur(doek.save(), kop, alt, noten)
