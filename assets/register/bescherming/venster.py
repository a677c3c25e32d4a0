"""Years beside each other as one block: what is withheld in each, tied by how far a figure moves from year to year.

What follows of one year, exactly or nearly, counts in the years beside it. So a demand is met only by deviations of
some years together: in each its open cells stay, no figure moves from year to year by more than the margin, and in the
years outside the window nothing moves at all. The last makes it safe whatever the window: a wider one finds more ways.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.getuigen import OUTSIDER
from assets.register.bescherming.jaren import Jaren
from assets.register.bescherming.opgave import Prepared, make_levels
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.programma import HAIR, INF, Block, Insider, Links, Task
from assets.register.bescherming.verruimen import against

# so many years on either side are looked at before more is withheld: a wider window mends without that
NEAR = 4
# most of what a year by itself does not meet is met when the years beside it can move and the two beyond do not
FIRST = 2


@dataclass(frozen=True)
class Deel:
    """A part of a year in a window."""

    jaar: int
    prepared: Prepared
    task: Task


def window_of(jaar: int, radius: int, years: Collection[int]) -> set[int]:
    """The years of a window: those at most `radius` from its middle."""
    return {j for j in years if abs(j - jaar) <= radius}


def is_whole(jaar: int, radius: int, years: Collection[int]) -> bool:
    """Whether no year lies right beside a window: what does would not move, and a year that is missing ties nothing."""
    return window_of(jaar, radius + 1, years) == window_of(jaar, radius, years)


def next_radius(radius: int, years: Collection[int]) -> int:
    """How far is looked when a window of this radius does not do: at the last as far as there are years."""
    if radius == 0:
        return FIRST
    return radius * 2 if radius < NEAR else max(years) - min(years)


class Venster:
    """The parts of some years that tell of each other, and what one of them (the first) must withstand in that."""

    def __init__(self, jaren: Jaren, jaar: int, naam: str, radius: int) -> None:
        self.jaren, self.jaar = jaren, jaar
        self._now: Attacker | None = None
        window = sorted(window_of(jaar, radius, jaren.years))
        self.whole = is_whole(jaar, radius, jaren.years)
        outside = set(jaren.years) - set(window)
        chosen = [(jaar, jaren.prepared(jaar)[naam])]
        for step in (-1, 1):
            chosen += _connected(jaren, chosen[0], [j for j in window[::step] if (j - jaar) * step > 0])
        self.delen = [Deel(j, p, jaren.task(j, p, outside)) for j, p in chosen]

    def task(self, which: np.ndarray, levels: np.ndarray, names: Sequence[str]) -> tuple[Task, np.ndarray]:
        """The task of these demands of the first part, and which of `names` its insiders are.

        levels: of all demands of that part, against each enterprise of `names`.
        """
        insiders, own = join_insiders(self.delen)
        place = {name: e for e, name in enumerate(names)}
        known = np.array([place[name] for name in own], dtype=np.int64)
        demands = tuple(self.delen[0].prepared.demands[n] for n in which)
        always, costs = (np.concatenate([getattr(d.task, f) for d in self.delen]) for f in ("always", "costs"))
        block = join_blocks(self.delen, self.jaren.parameters)
        return Task(block, demands, insiders, levels[np.ix_(which, known)], always, costs), known

    def is_private(self, task: Task, n: int, e: int) -> bool:
        """Whether an enterprise finds this by its own figures of other years, whatever is published. Of one task.

        Who is alone in a figure one year knows it, and so nearly what it was the year before. Nothing that is withheld
        mends that. What it knows of the year itself counts always. A window that is not whole says it only where all
        years do, and may overlook it.
        """
        if e == OUTSIDER:
            return False
        demand, insider = against(task, n, e)
        assert insider is not None
        if self._now is None:
            self._now = Attacker(task.block, task.always, np.ones(len(task.block.values)))
        size = len(self.delen[0].task.block.values)
        fixed, part = insider.fixed < size, insider.part < size
        own = Insider(insider.fixed[fixed], insider.part[part], insider.own[part])
        # the last takes longest
        return self._now.find(demand, own) is not None and not self._loose.can_meet(demand, insider)

    @cached_property
    def _loose(self) -> Attacker:
        """The attacker of nothing but this window, when all that can be is withheld: what it cannot do, none can."""
        delen = [Deel(d.jaar, d.prepared, self.jaren.task(d.jaar, d.prepared, ())) for d in self.delen]
        block = join_blocks(delen, self.jaren.parameters)
        always = np.concatenate([d.task.always for d in delen])
        return Attacker(block, always | block.free, np.zeros(len(block.values)))

    def withhold(self, pattern: np.ndarray) -> None:
        """Withhold in each year what a pattern of the block withholds."""
        end = 0
        for deel in self.delen:
            start, end = end, end + deel.task.block.cells
            self.jaren.suppressed[deel.jaar][deel.prepared.part.cells] |= pattern[start:end]


def join_blocks(delen: Sequence[Deel], parameters: Parameters) -> Block:
    """Parts of years as one block, tied where years follow each other."""
    blocks = [d.task.block for d in delen]
    base, cells = _starts([len(b.values) for b in blocks]), _starts([b.cells for b in blocks])

    def every(part: Callable[[Block], np.ndarray]) -> np.ndarray:
        return np.concatenate([part(b) for b in blocks])

    parts = [[b.matrix[: b.cells] for b in blocks], [b.matrix[b.cells :] for b in blocks]]
    found = [
        _between(delen, (a, b), base, cells, 1 + parameters.jaarmarge / 100)
        for a, one in enumerate(delen)
        for b, two in enumerate(delen)
        if two.jaar == one.jaar + 1 and not set(_keys(one)).isdisjoint(_keys(two))
    ]
    links = None
    if found:
        matrix, low, high, tied = zip(*found, strict=True)
        links = Links(sparse.vstack(matrix, format="csr"), *(np.concatenate(x) for x in (low, high, tied)))
    return Block(
        maten=blocks[0].maten,
        matrix=sparse.vstack([sparse.block_diag(p) for p in parts], format="csr"),
        cells=sum(b.cells for b in blocks),
        values=every(lambda b: b.values),
        ceiling=every(lambda b: b.ceiling),
        rules=every(lambda b: b.rules),
        bounds=every(lambda b: b.bounds),
        free=every(lambda b: b.free),
        band_low=every(lambda b: b.band_low),
        band_high=every(lambda b: b.band_high),
        links=links,
    )


def join_insiders(delen: Sequence[Deel]) -> tuple[tuple[Insider, ...], list[str]]:
    """Each enterprise with what it knows in every part."""
    known: dict[str, list[Insider]] = {}
    for deel, start in zip(delen, _starts([len(d.task.block.values) for d in delen]), strict=True):
        for name, insider in zip(deel.prepared.names, deel.task.insiders, strict=True):
            moved = Insider(insider.fixed + start, insider.part + start, insider.own)
            known.setdefault(name, []).append(moved)
    together = [
        Insider(*(np.concatenate([getattr(i, f) for i in own]) for f in ("fixed", "part", "own")))
        for own in known.values()
    ]
    return tuple(together), list(known)


def levels_against(jaren: Jaren, jaar: int, prepared: Prepared, names: Sequence[str]) -> np.ndarray:
    """What each demand of a part asks against enterprises of any year.

    Who is no insider of the part itself is asked no more than anybody.
    """
    levels = make_levels(jaren.years[jaar], prepared.part, prepared.demands, jaren.parameters, names)
    anybody = np.array([d.level for d in prepared.demands], dtype=float).reshape(-1, 1)
    own = set(prepared.names)
    found: np.ndarray = np.where([name in own for name in names], levels, np.minimum(levels, anybody))
    return found


def _between(
    delen: Sequence[Deel], pair: tuple[int, int], base: Sequence[int], cells: Sequence[int], factor: float
) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
    """Neither of two years has more of a figure than the other with the margin, where that is so."""
    a, b = pair
    one, two = delen[a], delen[b]
    size = sum(len(d.task.block.values) for d in delen)
    place = {key: i for i, key in enumerate(_keys(two))}
    pairs = [(i, place[key]) for i, key in enumerate(_keys(one)) if key in place]
    here, there = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    x, y = (_figures(d)[own] for d, own in ((one, here), (two, there)))
    rows, high, tied = [], [], []
    for q, weights in enumerate(one.task.block.known):
        right = (x[:, q] <= factor * y[:, q] + HAIR) & (y[:, q] <= factor * x[:, q] + HAIR)
        first = _spread(one.task.block.matrix[here[right]], weights, base[a], size)
        second = _spread(two.task.block.matrix[there[right]], weights, base[b], size)
        rows += [first - factor * second, second - factor * first]
        # of deviations, so less what the truth is
        high += [factor * y[right, q] - x[right, q], factor * x[right, q] - y[right, q]]
        tied += 2 * [np.column_stack([here[right] + cells[a], there[right] + cells[b]])]
    matrix = sparse.vstack(rows, format="csr")
    return matrix, np.full(matrix.shape[0], -INF), np.maximum(np.concatenate(high), 0), np.concatenate(tied)


def _connected(jaren: Jaren, start: tuple[int, Prepared], years: Sequence[int]) -> list[tuple[int, Prepared]]:
    """The parts of the years further and further off that have cells of the part before them."""
    found: list[tuple[int, Prepared]] = []
    last = [start[1]]
    for jaar in years:
        keys = {key for p in last for key in p.part.row_keys[: p.part.block.cells]}
        last = [p for p in jaren.prepared(jaar).values() if not keys.isdisjoint(p.part.row_keys[: p.part.block.cells])]
        found += [(jaar, p) for p in last]
    return found


def _keys(deel: Deel) -> tuple[tuple[str, str], ...]:
    return deel.prepared.part.row_keys[: deel.task.block.cells]


def _figures(deel: Deel) -> np.ndarray:
    """The true figure of each cell in every known measure."""
    block = deel.task.block
    figures: np.ndarray = block.matrix[: block.cells] @ block.values @ block.known.T
    return figures


def _starts(sizes: Sequence[int]) -> list[int]:
    return [0, *np.cumsum(sizes)[:-1].tolist()]


def _spread(rows: sparse.csr_matrix, weights: np.ndarray, start: int, size: int) -> sparse.csr_matrix:
    """Rows over base variables as rows over all measures of a larger block, in these weights."""
    coo = rows.tocoo()
    measures = np.flatnonzero(weights)
    data = np.concatenate([weights[m] * coo.data for m in measures])
    columns = np.concatenate([m * size + start + coo.col for m in measures])
    shape = (rows.shape[0], len(weights) * size)
    return sparse.csr_matrix((data, (np.tile(coo.row, len(measures)), columns)), shape=shape)
