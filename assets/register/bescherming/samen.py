"""Years beside each other as one block: what is withheld in each, tied by how far a figure moves from year to year.

What follows of one year, exactly or nearly, counts in the years beside it. So a demand is met only by deviations of
some years together: in each its open cells stay, no figure moves from year to year by more than the margin, and in the
years outside the window nothing moves at all. The last makes it safe whatever the window: a wider one finds more ways.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.getuigen import AVOID, OUTSIDER, Witnesses
from assets.register.bescherming.jaren import Jaren
from assets.register.bescherming.opgave import Prepared, make_levels
from assets.register.bescherming.programma import HAIR, INF, Block, Insider, Links, Task
from assets.register.bescherming.verruimen import Widener, against

# so many years on either side are looked at before more is withheld: a wider window mends without that
NEAR = 4
# most of what the years beside it do not meet is met when those can move and the two beyond do not
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
    return radius * 2 if radius < NEAR else max(years) - min(years)


class Venster:
    """The parts of some years that tell of each other, and what one of them (the first) must withstand in that."""

    def __init__(self, jaren: Jaren, jaar: int, naam: str, radius: int) -> None:
        self.jaren, self.jaar = jaren, jaar
        self._attackers: tuple[Attacker, Attacker] | None = None
        window = sorted(window_of(jaar, radius, jaren.years))
        self.whole = is_whole(jaar, radius, jaren.years)
        outside = set(jaren.years) - set(window)
        chosen = [(jaar, jaren.prepared(jaar)[naam])]
        for step in (-1, 1):
            chosen += _connected(jaren, chosen[0], [j for j in window[::step] if (j - jaar) * step > 0])
        self.delen = [Deel(j, p, jaren.task(j, p, outside)) for j, p in chosen]

    def task(self, which: Sequence[int]) -> Task:
        """The task of these demands of the first part."""
        first, blocks = self.delen[0], [d.task.block for d in self.delen]
        base, cells = _starts([len(b.values) for b in blocks]), _starts([b.cells for b in blocks])

        def every(part: Callable[[Block], np.ndarray]) -> np.ndarray:
            return np.concatenate([part(b) for b in blocks])

        parts = [[b.matrix[: b.cells] for b in blocks], [b.matrix[b.cells :] for b in blocks]]
        block = Block(
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
            links=self._links(base, cells),
        )
        insiders, names = self._insiders(base)
        demands = tuple(first.prepared.demands[n] for n in which)
        levels = make_levels(self.jaren.years[self.jaar], first.prepared.part, demands, self.jaren.parameters, names)
        always = np.concatenate([d.task.always for d in self.delen])
        return Task(block, demands, insiders, levels, always, np.concatenate([d.task.costs for d in self.delen]))

    def _insiders(self, base: Sequence[int]) -> tuple[tuple[Insider, ...], list[str]]:
        """Each enterprise with what it knows in every part."""
        known: dict[str, list[Insider]] = {}
        for deel, start in zip(self.delen, base, strict=True):
            for name, insider in zip(deel.prepared.names, deel.task.insiders, strict=True):
                moved = Insider(insider.fixed + start, insider.part + start, insider.own)
                known.setdefault(name, []).append(moved)
        together = [
            Insider(*(np.concatenate([getattr(i, f) for i in own]) for f in ("fixed", "part", "own")))
            for own in known.values()
        ]
        return tuple(together), list(known)

    def _links(self, base: Sequence[int], cells: Sequence[int]) -> Links | None:
        found = [
            self._between(a, b, base, cells)
            for a, one in enumerate(self.delen)
            for b, two in enumerate(self.delen)
            if two.jaar == one.jaar + 1
        ]
        if not found:
            return None
        matrix, low, high, tied = zip(*found, strict=True)
        return Links(sparse.vstack(matrix, format="csr"), *(np.concatenate(x) for x in (low, high, tied)))

    def _between(
        self, a: int, b: int, base: Sequence[int], cells: Sequence[int]
    ) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
        """Neither of two years has more of a figure than the other with the margin, where that is so."""
        one, two = self.delen[a], self.delen[b]
        size = sum(len(d.task.block.values) for d in self.delen)
        factor = 1 + self.jaren.parameters.jaarmarge / 100
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

    def without_private(self, task: Task, unmet: Mapping[int, int]) -> dict[int, int]:
        """Of the demands that are not met those that are told by more than an enterprise's own figures."""
        return {n: e for n, e in unmet.items() if not self.is_private(task, n, e)}

    def is_private(self, task: Task, n: int, e: int) -> bool:
        """Whether an enterprise finds this by its own figures of other years, whatever is published. Of one task.

        Who is alone in a figure one year knows it, and so nearly what it was the year before. Nothing that is withheld
        mends that. What it knows of the year itself counts always.
        """
        if e == OUTSIDER:
            return False
        demand, insider = against(task, n, e)
        assert insider is not None
        if self._attackers is None:
            even = np.ones(len(task.block.values))
            widest = Attacker(task.block, task.always | task.block.free, even)
            self._attackers = widest, Attacker(task.block, task.always, even)
        widest, now = self._attackers
        if widest.find(demand, insider) is not None:
            return False
        size = len(self.delen[0].task.block.values)
        fixed, part = insider.fixed < size, insider.part < size
        own = Insider(insider.fixed[fixed], insider.part[part], insider.own[part])
        return now.find(demand, own) is not None

    def withhold(self, pattern: np.ndarray) -> None:
        """Withhold in each year what a pattern of the block withholds."""
        end = 0
        for deel in self.delen:
            start, end = end, end + deel.task.block.cells
            self.jaren.suppressed[deel.jaar][deel.prepared.part.cells] |= pattern[start:end]


@dataclass(frozen=True)
class Tekort:
    """A demand of a part that is not met, against whom, and the widest window in which that was looked for."""

    demand: int
    insider: int
    task: Task
    place: int


def find_short(jaren: Jaren, jaar: int, naam: str, *, mend: bool) -> list[Tekort]:
    """The demands of a part that are not met by all years together; `mend`: withhold more for them where that helps."""
    prepared = jaren.prepared(jaar)[naam]
    # mostly the years beside it need not move at all
    task = jaren.task(jaar, prepared, {jaar - 1, jaar + 1})
    found = jaren.found.get(jaar, {}).get(naam)
    unmet = find_unmet(task, found.pattern.deviations if found and found.prepared is prepared else ())
    if mend:
        unmet = {n: e for n, e in unmet.items() if not jaren.is_open(jaar, prepared, n)}
    radius = FIRST
    while unmet:
        venster, which = Venster(jaren, jaar, naam, radius), sorted(unmet)
        task = venster.task(which)
        left = find_unmet(task)
        if venster.whole:
            left = venster.without_private(task, left)
        if mend and left and (radius >= NEAR or venster.whole):
            pattern, left = widen(task, left)
            venster.withhold(pattern)
            if venster.whole:
                left = venster.without_private(task, left)
        if venster.whole:
            return [Tekort(which[n], e, task, n) for n, e in left.items()]
        unmet = {which[n]: e for n, e in left.items()}
        # what some years more do not meet is mostly what an enterprise knows by itself, and that is told from all years
        radius = next_radius(radius, jaren.years)
    return []


def mend(jaren: Jaren, years: Sequence[int]) -> None:
    """Withhold more, until every demand of these years is met by all years together; list what cannot be."""
    for jaar in years:
        for naam, prepared in jaren.prepared(jaar).items():
            for tekort in find_short(jaren, jaar, naam, mend=True):
                jaren.note(jaar, prepared, tekort.demand, tekort.insider)


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


class Proef:
    """Holds demands of a task against a pattern, one by one; what it found still holds when more is withheld."""

    def __init__(self, task: Task, deviations: Sequence[tuple[np.ndarray, tuple[int, int]]] = ()) -> None:
        self.task, self.witnesses = task, Witnesses(task)
        self.witnesses.adopt(deviations)
        known = np.asarray(self.witnesses.fixed.sum(axis=0)).ravel()
        self._weights = np.where(known > 0, AVOID, 1.0)
        self.look(task.always)

    def look(self, pattern: np.ndarray) -> None:
        """Go on with this pattern. It withholds what the last one did, and more."""
        self._attacker: Attacker | None = None
        self._pattern, task = pattern, self.task
        valid = self.witnesses.valid(pattern)
        # nobody, and then each enterprise: what is asked, and of what is not proven yet
        alone = np.array([d.level for d in task.demands], dtype=float).reshape(-1, 1)
        self._level = np.hstack([alone, task.levels.reshape(len(alone), len(task.insiders))])
        self._todo = self._level > 0
        self._todo[:, 0] = True
        for far, holds in zip(self.witnesses.far[valid], self.witnesses.holds[valid], strict=True):
            self._prove(far, holds)

    def _prove(self, far: np.ndarray, holds: np.ndarray) -> None:
        everybody = np.append(True, holds)
        self._todo &= ~((far[:, None] >= self._level - HAIR) & everybody[None, :])

    def against(self, n: int, *, insiders: bool = True) -> int | None:
        """Against whom a demand is not met, the first that there is; None when it is met."""
        for e in np.flatnonzero(self._todo[n, : None if insiders else 1]):
            if not self._todo[n, e]:
                continue
            if self._attacker is None:
                self._attacker = Attacker(self.task.block, self._pattern, self._weights)
            who = OUTSIDER if e == 0 else int(e) - 1
            deviation = self._attacker.find(*against(self.task, n, who))
            if deviation is None:
                return who
            self.witnesses.add(deviation, (n, who))
            self._prove(self.witnesses.far[-1], self.witnesses.holds[-1])
        return None


def find_unmet(task: Task, deviations: Sequence[tuple[np.ndarray, tuple[int, int]]] = ()) -> dict[int, int]:
    """The demands that what is always withheld does not meet, and against whom. `deviations`: to begin with."""
    proef, unmet = Proef(task, deviations), dict[int, int]()
    # what an outsider finds first: it proves much of what enterprises do not
    for insiders in (False, True):
        for n in range(len(task.demands)):
            if n not in unmet and (who := proef.against(n, insiders=insiders)) is not None:
                unmet[n] = who
    return unmet


def widen(task: Task, unmet: Mapping[int, int]) -> tuple[np.ndarray, dict[int, int]]:
    """Withhold more until every demand of `unmet` is met; also those that no pattern meets, and against whom."""
    pattern = task.always.copy()
    given_up: dict[int, int] = {}
    widener, proef = Widener(task), Proef(task)
    # the one that asks most first: with what it takes others are often met, so each is looked at when it is its turn
    for n in sorted(unmet, key=lambda n: -task.demands[n].level):
        who: int | None = unmet[n] if (pattern == task.always).all() else proef.against(n)
        while who is not None:
            more = widener.find(*against(task, n, who), pattern)
            if more is None:
                given_up[n] = who
                break
            pattern = pattern | more
            proef.look(pattern)
            who = proef.against(n)
    return pattern, given_up
