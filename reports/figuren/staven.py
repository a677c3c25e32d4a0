"""Bars: a value per name, two values per name, and the waterfall from one total to another.

Each bar stands under its own name and number, so that a figure can be read on a phone; on a wider canvas names stand
before the bars, which is what paper has room for. What is above zero is blue and
what is below grey, and the number has its sign: orange is another region, and no verdict is given here. Values are
drawn as they are, numbers are printed by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from begrippen.huisstijl import BLAUW, GRIJS, INKT, LICHT, ORANJE, WIT
from reports.document import Figuur
from reports.figuren.doek import Doek, breedte
from reports.figuren.papier import hertekenbaar
from reports.figuren.stijl import BREED

RAND = 4
REGEL = 38
STAAF = 13
# beside its name a bar needs no line for it
REGEL_NAAST = 22


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


@dataclass(frozen=True)
class _Rijen:
    """Where the rows of a figure stand: bars between `links` and `rechts`, each so far `onder` the top of its row."""

    links: float
    rechts: float
    hoog: float
    onder: float
    naast: bool

    def kopregel(self, doek: Doek, top: float, naam: str, tekst: str) -> None:
        """The name of a bar and its number: on a line above it, or at both ends of its own."""
        base = top - (self.onder - 2 if self.naast else 16)
        doek.tekst(RAND, base, naam, INKT)
        doek.tekst(doek.breed - RAND, base, tekst, INKT, plaats="right", vet=True)

    def nullijn(self, doek: Doek, zero: float, top: float) -> None:
        """The line of zero, beside the bar only: a line through the words would be read as a letter."""
        doek.lijn([(zero, top - self.onder - 2), (zero, top - self.onder + STAAF + 2)], GRIJS, 0.8)


def _rijen(doek: Doek, namen: Sequence[str], teksten: Sequence[str]) -> _Rijen:
    if doek.breed <= BREED:
        return _Rijen(RAND, doek.breed - RAND, REGEL, 35, naast=False)
    left = RAND + max(map(breedte, namen)) + 10
    right = doek.breed - RAND - max(breedte(t, vet=True) for t in teksten) - 10
    return _Rijen(left, right, REGEL_NAAST, 18, naast=True)


@hertekenbaar
def draw_staven(doek: Doek, staven: Sequence[Staaf], kop: str, alt: str, noten: tuple[str, ...] = ()) -> Figuur:
    """Draw bars from a common zero. Needs at least one value."""
    low, high = _span([s.waarde for s in staven if s.waarde is not None])
    rijen = _rijen(doek, [s.naam for s in staven], [s.tekst for s in staven])
    scale = (rijen.rechts - rijen.links) / (high - low)
    zero = rijen.links - low * scale
    hoog = rijen.hoog * len(staven) + 4
    with doek.vel(doek.breed, hoog):
        for n, staaf in enumerate(staven):
            top = hoog - rijen.hoog * n
            rijen.nullijn(doek, zero, top)
            rijen.kopregel(doek, top, staaf.naam, staaf.tekst)
            if staaf.waarde is not None:
                color = BLAUW if staaf.waarde >= 0 else GRIJS
                doek.balk(zero, top - rijen.onder, staaf.waarde * scale, STAAF, kleur=color)
        return Figuur(doek.save(), kop, alt, noten)


@hertekenbaar
def draw_paren(
    doek: Doek, paren: Sequence[Paar], namen: tuple[str, str], *, kop: str, alt: str, noten: tuple[str, ...] = ()
) -> Figuur:
    """Draw two bars per name from a common zero, the first blue and the second orange with an open end, named above."""
    staven = [s for p in paren for s in (p.eerste, p.tweede)]
    low, high = _span([s.waarde for s in staven if s.waarde is not None])
    naast = doek.breed > BREED
    left = RAND + (max(breedte(p.naam) for p in paren) + 10 if naast else 0)
    right = 16 + max(breedte(s.tekst) for s in staven)
    scale = (doek.breed - left - right) / (high - low)
    zero = left - low * scale
    rij, onder = (31, 13) if naast else (52, 29)
    hoog = rij * len(paren) + 28
    with doek.vel(doek.breed, hoog):
        # the key: in the order and the colour of the bars
        doek.balk(left, hoog - 15, 13, 11, kleur=BLAUW)
        doek.tekst(left + 19, hoog - 15, namen[0], BLAUW, vet=True)
        at = left + 19 + breedte(namen[0], vet=True) + 22
        doek.balk(at, hoog - 15, 13, 11, kleur=WIT, rand=ORANJE)
        doek.tekst(at + 19, hoog - 15, namen[1], ORANJE, vet=True)
        for n, paar in enumerate(paren):
            top = hoog - 28 - rij * n
            doek.tekst(RAND, top - (onder + 7 if naast else 12), paar.naam, INKT)
            for staaf, base, color, full in (
                (paar.eerste, top - onder, BLAUW, True),
                (paar.tweede, top - onder - (13 if naast else 15), ORANJE, False),
            ):
                width = (staaf.waarde or 0) * scale
                if staaf.waarde is not None:
                    doek.balk(zero, base, width, 11, kleur=color if full else WIT, rand=color)
                # of what is below zero behind zero: before its bar may be no room
                doek.tekst(zero + max(width, 0.0) + 6, base, staaf.tekst, color)
            if low < 0:
                doek.lijn([(zero, top - onder + 13), (zero, top - onder - (15 if naast else 17))], GRIJS, 0.8)
        return Figuur(doek.save(), kop, alt, noten)


@hertekenbaar
def draw_waterval(doek: Doek, trappen: Sequence[Trap], kop: str, alt: str, noten: tuple[str, ...] = ()) -> Figuur:
    """Draw how one total becomes another: totals from zero, changes from where the step before ended."""
    ends, level = [], 0.0
    for trap in trappen:
        begin = 0.0 if trap.geheel else level
        level = begin + trap.waarde
        ends.append((begin, level))
    low, high = _span([e for pair in ends for e in pair])
    rijen = _rijen(doek, [t.naam for t in trappen], [t.tekst for t in trappen])
    scale = (rijen.rechts - rijen.links) / (high - low)
    zero = rijen.links - low * scale
    hoog = rijen.hoog * len(trappen) + 4
    with doek.vel(doek.breed, hoog):
        for n, (trap, (begin, end)) in enumerate(zip(trappen, ends, strict=True)):
            top = hoog - rijen.hoog * n
            rijen.nullijn(doek, zero, top)
            rijen.kopregel(doek, top, trap.naam, trap.tekst)
            color = INKT if trap.geheel else BLAUW if trap.waarde >= 0 else GRIJS
            # a change of nearly nothing still shows where it is
            width = (end - begin) * scale
            width = width if abs(width) >= 1.5 else 1.5 if width >= 0 else -1.5
            doek.balk(zero + begin * scale, top - rijen.onder, width, STAAF, kleur=color)
            if n + 1 < len(trappen):
                at, after = zero + end * scale, trappen[n + 1]
                # to the next bar, or only its way where the words of that bar stand
                left, right = RAND + breedte(after.naam) + 3, doek.breed - RAND - breedte(after.tekst, vet=True) - 3
                whole = rijen.naast or left < at < right
                down = rijen.hoog + rijen.onder - STAAF if whole else REGEL + 3
                color = LICHT if trap.geheel else GRIJS
                doek.lijn([(at, top - rijen.onder), (at, top - down)], color, 0.8)
        return Figuur(doek.save(), kop, alt, noten)
