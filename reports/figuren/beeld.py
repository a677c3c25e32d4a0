"""What a figure shows, worked out before anything is drawn, so that picture, alt text and caption say the same.

Two rules of our own:
- A total (inhabitants, jobs, euros of the whole economy) can not share an axis with that of the Netherlands, which is
  some forty times as large. Both are then drawn as an index; where that has no sense (a balance around zero, a start
  near zero), the region stands alone.
- A line never runs over a series break or over a value that is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from reports.getallen import is_percentage
from reports.model import Indicator, Punt, Regio
from reports.totaal import is_totaal, shared_values

MINSTENS = 2
# An index on a year that was nearly nothing shows only how small that year was.
HOOGSTENS_MAAL = 20


@dataclass(frozen=True)
class Plek:
    """A point on a line: its place in time and its height, in the unit of the axis."""

    x: float
    y: float
    punt: Punt


@dataclass(frozen=True)
class Lijn:
    """The line of one region, cut into pieces at breaks and missing values; a piece has one point or more."""

    regio: Regio
    stukken: tuple[tuple[Plek, ...], ...]

    @property
    def plekken(self) -> tuple[Plek, ...]:
        """All points, in order of time."""
        return tuple(p for s in self.stukken for p in s)


@dataclass(frozen=True)
class Lijnbeeld:
    """A line chart. `soort`: values as they are, an index on `basis` (a period), or one region alone.

    `verwacht`: it ends in a year that is yet to come.
    """

    soort: Literal["waarde", "index", "alleen"]
    lijnen: tuple[Lijn, ...]
    breuken: tuple[int, ...]
    basis: str | None = None
    verwacht: bool = False


@dataclass(frozen=True)
class Stip:
    """A region in a dot plot; `punt` None or without a value: it has no dot, but keeps its row."""

    regio: Regio
    punt: Punt | None

    @property
    def waarde(self) -> float | None:
        """The value, if any."""
        return self.punt.waarde if self.punt else None


@dataclass(frozen=True)
class Puntbeeld:
    """A dot plot of regions of one kind in one period, highest first, those without a value last.

    `lijnen`: the region and the Netherlands, as far as they have a comparable value in the same period.
    """

    periode: str
    stippen: tuple[Stip, ...]
    lijnen: tuple[tuple[Regio, Punt], ...]

    @property
    def is_gevuld(self) -> bool:
        """Whether there is something to compare: two dots at least, and a third of the regions has one."""
        known = sum(s.waarde is not None for s in self.stippen)
        return known >= MINSTENS and 3 * known >= len(self.stippen)


def _count(punten: tuple[Punt, ...]) -> int:
    return sum(p.waarde is not None for p in punten)


def _columns(shared: list[tuple[float, float, Punt]]) -> tuple[list[float], list[float]]:
    return [ours for ours, _, _ in shared], [theirs for _, theirs, _ in shared]


def cut(indicator: Indicator, punten: tuple[Punt, ...], per: float = 1.0) -> tuple[tuple[Plek, ...], ...]:
    """The pieces of a line through these points: a new one after a break and after a missing value."""
    pieces: list[list[Plek]] = []
    previous: Punt | None = None
    for punt in punten:
        if punt.waarde is not None:
            plek = Plek(punt.moment, punt.waarde / per, punt)
            if previous is None or previous.waarde is None or indicator.crosses_break(previous.jaar, punt.jaar):
                pieces.append([])
            pieces[-1].append(plek)
        previous = punt
    return tuple(tuple(p) for p in pieces)


def make_lijnbeeld(
    indicator: Indicator, provincie: Regio, nederland: Regio, basis: str | None = None, *, knip: bool = False
) -> Lijnbeeld | None:
    """The lines of the region and the Netherlands, or None where neither has two points to draw.

    `basis`: the period that is 100 in an index, where both have it; else the first that both have. `knip`: the lines
    begin with it.

    Where the region has no value, the Netherlands stand alone: there are figures that exist for the country only.
    """
    ours, theirs = indicator.points(provincie.code), indicator.points(nederland.code)
    if max(_count(ours), _count(theirs)) < MINSTENS:
        return None
    first, punten = (provincie, ours) if _count(ours) else (nederland, theirs)
    jaren = sorted({p.jaar for p in punten if p.waarde is not None})
    breuken = tuple(sorted({b.vanaf for b in indicator.breuken if jaren[0] < b.vanaf <= jaren[-1]}))
    alone = Lijnbeeld("alleen", (Lijn(first, cut(indicator, punten)),), breuken) if len(jaren) >= MINSTENS else None
    if first == nederland or not _count(theirs):
        return alone
    if not is_totaal(indicator, provincie, nederland):
        lijnen = [Lijn(r, cut(indicator, p)) for r, p in ((provincie, ours), (nederland, theirs))]
        return Lijnbeeld("waarde", tuple(lijnen), breuken)
    if is_percentage(indicator.eenheid):
        # a share of the Netherlands, of which the Netherlands are always 100
        return alone
    # An index says nothing over a break, so it starts after the last one.
    start = max(breuken, default=jaren[0])
    shared = [s for s in shared_values(indicator, provincie, nederland) if s[2].jaar >= start]
    honderd = next((n for n, s in enumerate(shared) if s[2].periode == basis), 0)
    if knip:
        shared, honderd = shared[honderd:], 0
    if len(shared) >= MINSTENS and all(min(column) > 0 for column in _columns(shared)):
        begin, (eigen, land, basispunt) = shared[0][2], shared[honderd]
        lijnen = [
            Lijn(r, cut(indicator, tuple(p for p in punten if p.moment >= begin.moment), per / 100))
            for r, punten, per in ((provincie, ours, eigen), (nederland, theirs, land))
        ]
        # also of the years that the other one lacks
        heights = [[p.y for p in lijn.plekken] for lijn in lijnen]
        if all(min(found) > max(found) / HOOGSTENS_MAAL for found in heights):
            return Lijnbeeld("index", tuple(lijnen), (), basispunt.periode)
    return alone


def make_puntbeeld(
    indicator: Indicator, lagen: tuple[tuple[Regio, ...], ...], provincie: Regio, nederland: Regio
) -> Puntbeeld | None:
    """The regions of the first of `lagen` (municipalities, COROP areas) in which any has a value, else None.

    The period is the latest in which at least half of those that ever have a value have one. Half, so that one early
    municipality does not empty the picture.
    """
    regios = next((laag for laag in lagen if any(indicator.has_value(r.code) for r in laag)), ())
    counts: dict[str, int] = {}
    moments: dict[str, float] = {}
    for regio in regios:
        for punt in indicator.points(regio.code):
            if punt.waarde is not None:
                counts[punt.periode] = counts.get(punt.periode, 0) + 1
                moments[punt.periode] = punt.moment
    if not counts:
        return None
    periode = max((p for p in counts if 2 * counts[p] >= max(counts.values())), key=lambda p: moments[p])
    stippen = [Stip(g, r.point(periode) if (r := indicator.reeksen.get(g.code)) else None) for g in regios]
    stippen.sort(key=lambda s: (s.waarde is None, -(s.waarde or 0), s.regio.naam))
    lijnen: list[tuple[Regio, Punt]] = []
    if not is_totaal(indicator, provincie, nederland):
        for regio in (provincie, nederland):
            reeks = indicator.reeksen.get(regio.code)
            found = reeks.point(periode) if reeks else None
            if found is not None and found.waarde is not None:
                lijnen.append((regio, found))
    return Puntbeeld(periode, tuple(stippen), tuple(lijnen))


def dashed(plekken: tuple[Plek, ...]) -> list[tuple[bool, tuple[Plek, ...]]]:
    """Cut a piece of a line into runs: (provisional?, points). A step is provisional when either of its ends is."""
    runs: list[tuple[bool, list[Plek]]] = []
    for a, b in pairwise(plekken):
        voorlopig = a.punt.is_voorlopig or b.punt.is_voorlopig
        if runs and runs[-1][0] == voorlopig:
            runs[-1][1].append(b)
        else:
            runs.append((voorlopig, [a, b]))
    return [(v, tuple(p)) for v, p in runs]
