"""Bars: a value per name, two values per name, and the waterfall from one total to another.

Each bar stands under its own name and number, so that a figure can be read on a phone. What is above zero is blue and
what is below grey, and the number has its sign: orange is another region, and no verdict is given here. Values are
drawn as they are, numbers are printed by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from begrippen.huisstijl import BLAUW, GRIJS, INKT, LICHT, ORANJE, WIT
from reports.document import Figuur
from reports.figuren.doek import Doek, breedte
from reports.figuren.stijl import BREED

RAND = 4
REGEL = 38
STAAF = 13


@dataclass(frozen=True)
class Staaf:
    """A bar: its name, its value and that value as text. `waarde` None: no bar, only the text."""

    naam: str
    waarde: float | None
    tekst: str


@dataclass(frozen=True)
class Paar:
    """Two bars under one name: what the first and the second series have."""

    naam: str
    eerste: Staaf
    tweede: Staaf


@dataclass(frozen=True)
class Trap:
    """A step of a waterfall. `geheel`: a total, drawn from zero; else a change, drawn from where the last one ended."""

    naam: str
    waarde: float
    tekst: str
    geheel: bool = False


def _span(waarden: Sequence[float]) -> tuple[float, float]:
    """From where to where an axis goes that holds zero and all values."""
    low, high = min(0.0, *waarden), max(0.0, *waarden)
    return (low, high) if high > low else (low, low + 1)


def draw_staven(doek: Doek, staven: Sequence[Staaf], kop: str, alt: str, noten: tuple[str, ...] = ()) -> Figuur:
    """Draw bars from a common zero. Needs at least one value."""
    low, high = _span([s.waarde for s in staven if s.waarde is not None])
    scale = (BREED - 2 * RAND) / (high - low)
    zero = RAND - low * scale
    hoog = REGEL * len(staven) + 4
    with doek.vel(BREED, hoog):
        for n, staaf in enumerate(staven):
            top = hoog - REGEL * n
            _nullijn(doek, zero, top)
            _kopregel(doek, top, staaf.naam, staaf.tekst)
            if staaf.waarde is not None:
                color = BLAUW if staaf.waarde >= 0 else GRIJS
                doek.balk(zero, top - 35, staaf.waarde * scale, STAAF, kleur=color)
        return Figuur(doek.save(), kop, alt, noten)


def _nullijn(doek: Doek, zero: float, top: float) -> None:
    """The line of zero, beside the bar only: a line through the words would be read as a letter."""
    doek.lijn([(zero, top - 37), (zero, top - 20)], GRIJS, 0.8)


def _kopregel(doek: Doek, top: float, naam: str, tekst: str, kleur: str = INKT) -> None:
    doek.tekst(RAND, top - 16, naam, INKT)
    doek.tekst(BREED - RAND, top - 16, tekst, kleur, plaats="right", vet=True)


def draw_paren(
    doek: Doek, paren: Sequence[Paar], namen: tuple[str, str], *, kop: str, alt: str, noten: tuple[str, ...] = ()
) -> Figuur:
    """Draw two bars per name, the first blue and the second orange with an open end, named above."""
    values = [s.waarde for p in paren for s in (p.eerste, p.tweede) if s.waarde is not None]
    right = 16 + max(breedte(s.tekst) for p in paren for s in (p.eerste, p.tweede))
    scale = (BREED - RAND - right) / (_span(values)[1] or 1)
    rij = 52
    hoog = rij * len(paren) + 28
    with doek.vel(BREED, hoog):
        # the key: in the order and the colour of the bars
        doek.balk(RAND, hoog - 15, 13, 11, kleur=BLAUW)
        doek.tekst(RAND + 19, hoog - 15, namen[0], BLAUW, vet=True)
        at = RAND + 19 + breedte(namen[0], vet=True) + 22
        doek.balk(at, hoog - 15, 13, 11, kleur=WIT, rand=ORANJE)
        doek.tekst(at + 19, hoog - 15, namen[1], ORANJE, vet=True)
        for n, paar in enumerate(paren):
            top = hoog - 28 - rij * n
            doek.tekst(RAND, top - 12, paar.naam, INKT)
            for staaf, base, color, full in (
                (paar.eerste, top - 29, BLAUW, True),
                (paar.tweede, top - 44, ORANJE, False),
            ):
                width = (staaf.waarde or 0) * scale
                if staaf.waarde is not None:
                    doek.balk(RAND, base, width, 11, kleur=color if full else WIT, rand=color)
                doek.tekst(RAND + width + 6, base, staaf.tekst, color)
        return Figuur(doek.save(), kop, alt, noten)


def draw_waterval(doek: Doek, trappen: Sequence[Trap], kop: str, alt: str, noten: tuple[str, ...] = ()) -> Figuur:
    """Draw how one total becomes another: totals from zero, changes from where the step before ended."""
    ends, level = [], 0.0
    for trap in trappen:
        begin = 0.0 if trap.geheel else level
        level = begin + trap.waarde
        ends.append((begin, level))
    low, high = _span([e for pair in ends for e in pair])
    scale = (BREED - 2 * RAND) / (high - low)
    zero = RAND - low * scale
    hoog = REGEL * len(trappen) + 4
    with doek.vel(BREED, hoog):
        for n, (trap, (begin, end)) in enumerate(zip(trappen, ends, strict=True)):
            top = hoog - REGEL * n
            _nullijn(doek, zero, top)
            _kopregel(doek, top, trap.naam, trap.tekst)
            color = INKT if trap.geheel else BLAUW if trap.waarde >= 0 else GRIJS
            # a change of nearly nothing still shows where it is
            width = (end - begin) * scale
            width = width if abs(width) >= 1.5 else 1.5 if width >= 0 else -1.5
            doek.balk(zero + begin * scale, top - 35, width, STAAF, kleur=color)
            if n + 1 < len(trappen):
                at, after = zero + end * scale, trappen[n + 1]
                # to the next bar, or only its way where the words of that bar stand
                left, right = RAND + breedte(after.naam) + 3, BREED - RAND - breedte(after.tekst, vet=True) - 3
                down = REGEL + 22 if left < at < right else REGEL + 3
                doek.lijn([(at, top - 35), (at, top - down)], LICHT if trap.geheel else GRIJS, 0.8)
        return Figuur(doek.save(), kop, alt, noten)
