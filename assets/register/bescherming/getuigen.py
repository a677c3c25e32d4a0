"""Deviations that were found once: what each proves, against whom, and for which patterns.

What is possible is convex and the truth is always possible. So a deviation is kept as long as it can be made, and
against an enterprise counts as much of it as that cannot refute. Its opposite, and the same in another measure, are
tried too: they cost no linear program. Nothing counts that is not held against every bound of the block.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from scipy import sparse

from assets.register.bescherming.programma import HAIR, Block, Demand, Insider

# against whom a demand stands that is against no enterprise
OUTSIDER = -1
# deviations of what an insider knows weigh this much: those without it prove the same against more insiders
AVOID = 10.0
# what moves nothing further than this proves nothing: levels are whole numbers
LEAST = 1e-3
# so many are looked at together
CHUNK = 128


class Witnesses:
    """Deviations of a block, a row each (base variables, measure by measure), and what they leave enterprises."""

    def __init__(self, block: Block, insiders: Sequence[Insider]) -> None:
        self.block = block
        self.size, self.k = block.values.shape
        limits, ends = _limits(block)
        cells = sparse.kron(sparse.eye(self.k), block.matrix[: block.cells].T)
        # all that a deviation must keep within, and then every cell in each measure
        self._all = sparse.hstack([limits, cells], format="csr")
        self._bound, self._ends = len(ends), _hair(np.append(ends, np.zeros(cells.shape[1])))
        self._up, self._down = _hair(block.ceiling.T.ravel()), _hair(block.values.T.ravel())
        self.count = len(insiders)
        self.fixed = _at([i.fixed for i in insiders], self.size)
        self.part = _at([i.part for i in insiders], self.size)
        own = np.concatenate([np.zeros((0, self.k)), *(i.own for i in insiders)])
        place = np.concatenate([np.zeros(0, dtype=np.int64), *(i.part for i in insiders)])
        # in the order of `part`: what others have there
        self._others = (block.values[place] - own)[np.argsort(place, kind="stable")] + HAIR
        self.rows = sparse.csr_matrix((0, self.size * self.k))
        self._moved = sparse.csr_matrix((0, block.cells))
        self._seen: set[bytes] = set()

    def __len__(self) -> int:
        return int(self.rows.shape[0])

    @property
    def weights(self) -> np.ndarray:
        """What a deviation of each base variable costs: those that an insider knows are avoided."""
        return np.where(np.diff(self.fixed.indptr) > 0, AVOID, 1.0)

    def add(self, found: sparse.csr_matrix, *, variants: bool = False) -> None:
        """Keep those of these deviations that are possible.

        `variants`: also what they become the other way round, and in other measures.
        """
        # a few at a time: what a deviation makes of all that bounds it is a hundred times as long as itself
        for a in range(0, found.shape[0], CHUNK):
            self._add(found[a : a + CHUNK], variants=variants)

    def _add(self, found: sparse.csr_matrix, *, variants: bool) -> None:
        found, moved = self._stretch(_stack([found, *self._variants(found)]) if variants else found)
        fresh = []
        for r in range(found.shape[0]):
            own = slice(found.indptr[r], found.indptr[r + 1])
            mark = blake2b(
                found.indices[own].tobytes() + np.round(found.data[own], 4).tobytes(), digest_size=16
            ).digest()
            if found.data[own].any() and mark not in self._seen:
                self._seen.add(mark)
                fresh.append(r)
        if len(fresh) < found.shape[0]:
            found, moved = found[fresh], moved[fresh]
        self.rows, self._moved = _stack([self.rows, found]), _stack([self._moved, moved])

    def keep(self, start: int, numbers: np.ndarray) -> None:
        """Let go of deviations from number `start` on, but for these."""
        kept = np.append(np.arange(start), numbers)
        self.rows, self._moved = self.rows[kept], self._moved[kept]

    def _variants(self, found: sparse.csr_matrix) -> list[sparse.csr_matrix]:
        """The other way round; of one measure also in the others, and in all of them together."""
        sensitive = [m for m in range(self.k) if any(w[m] for w in self.block.maten.gevoelig.values())]
        measure, some = found.indices // self.size, np.flatnonzero(np.diff(found.indptr))
        lowest, highest = (f.reduceat(measure, found.indptr[some]) for f in (np.minimum, np.maximum))
        alone = some[(lowest == highest) & np.isin(lowest, sensitive)]
        if not len(alone) or len(sensitive) == 1:
            return [-found]
        plain = found[alone]
        single = [
            _csr(sign * plain.data, plain.indices % self.size + m * self.size, plain.indptr, found.shape[1])
            for sign in (1.0, -1.0)
            for m in sensitive
        ]
        stretched = self._stretch(_stack(single))[0]
        parts = [stretched[len(alone) * p : len(alone) * (p + 1)] for p in range(len(single))]
        half = len(sensitive)
        return [-found, stretched, sum(parts[1:half], parts[0]), sum(parts[half + 1 :], parts[half])]

    def _stretch(self, found: sparse.csr_matrix) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Each as long as it can be, but for what is open, and which cells it moves; 0 where it cannot be at all."""
        near = np.round(found.data)
        found = _csr(
            np.where(np.abs(found.data - near) < HAIR, near, found.data), found.indices, found.indptr, found.shape[1]
        )
        acts = found @ self._all
        acts.sort_indices()
        longest = np.full(found.shape[0], np.inf)
        with np.errstate(divide="ignore", invalid="ignore"):
            room = np.where(found.data > 0, self._up[found.indices], self._down[found.indices])
            _lower(longest, found.indptr, np.where(found.data == 0, np.inf, room / np.abs(found.data)))
            size, limit = np.abs(acts.data), acts.indices < self._bound
            # a cell that does not move must not begin to
            counts = np.where(limit, acts.data > 0, (size <= HAIR) & (size > 0))
            _lower(longest, acts.indptr, np.where(counts, self._ends[acts.indices] / size, np.inf))
        longest[~np.isfinite(longest)] = 0
        farthest = np.zeros(found.shape[0])
        np.maximum.at(farthest, np.repeat(np.arange(found.shape[0]), np.diff(found.indptr)), np.abs(found.data))
        longest[longest * farthest < LEAST] = 0
        moved = ~limit & (size * np.repeat(longest, np.diff(acts.indptr)) > HAIR)
        row = np.repeat(np.arange(found.shape[0]), np.diff(acts.indptr))[moved]
        cells = (acts.indices[moved] - self._bound) % self.block.cells
        found.data *= np.repeat(longest, np.diff(found.indptr))
        return found, sparse.csr_matrix((np.ones(len(row)), (row, cells)), shape=(found.shape[0], self.block.cells))

    def prove(
        self,
        todo: np.ndarray,
        level: np.ndarray,
        targets: sparse.csr_matrix,
        suppressed: np.ndarray,
        start: int = 0,
    ) -> np.ndarray:
        """Take off `todo` what deviations from number `start` on prove of a pattern; give those that proved something.

        todo, level: demands x (nobody, then each insider). targets: the sum that each demand moves (`targets_of`).
        """
        numbers = start + np.flatnonzero(self._moved[start:] @ (~suppressed).astype(float) == 0)
        far = self.rows[numbers] @ targets
        far.data = np.where(far.data > HAIR, far.data, 0)
        far.eliminate_zeros()
        some = np.flatnonzero(np.diff(far.indptr))
        numbers, far, useful = numbers[some], far[some], []
        for a in range(0, len(numbers), CHUNK):
            share = self._share(self.rows[numbers[a : a + CHUNK]])
            for i in range(len(share)):
                own = slice(far.indptr[a + i], far.indptr[a + i + 1])
                rows, moved = far.indices[own], far.data[own]
                asked = todo[rows]
                if not asked.any():
                    continue
                proven = asked & (moved[:, None] * share[i] >= level[rows] - HAIR)
                if proven.any():
                    todo[rows] = asked & ~proven
                    useful.append(int(numbers[a + i]))
        return np.array(useful, dtype=np.int64)

    def _share(self, found: sparse.csr_matrix) -> np.ndarray:
        """How much of each deviation nobody can refute, and each insider."""
        share = np.ones((found.shape[0], 1 + self.count))
        row = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
        base, measure = found.indices % self.size, found.indices // self.size
        entry, place = _joined(self.fixed, base)
        share[row[entry], 1 + self.fixed.indices[place]] = 0
        down = np.flatnonzero(found.data < 0)
        entry, place = _joined(self.part, base[down])
        entry = down[entry]
        kept = self._others[place, measure[entry]] / -found.data[entry]
        np.minimum.at(share, (row[entry], 1 + self.part.indices[place]), kept)
        return share


def targets_of(demands: Sequence[Demand], shape: tuple[int, int], place: np.ndarray | None = None) -> sparse.csr_matrix:
    """Columns of `Witnesses` of a block of this shape x demands: the sum that must move up.

    `place`: where the base variables of the demands stand in it; as they are without.
    """
    n, k = shape
    sums = [
        np.concatenate([m * n + (d.base if place is None else place[d.base]) for m in range(k) if d.weights[m]])
        for d in demands
    ]
    sizes = [len(s) for s in sums]
    signs = np.repeat([float(d.sign) for d in demands], sizes)
    columns = np.concatenate(sums) if sums else np.zeros(0, dtype=np.int64)
    return sparse.csr_matrix((signs, (columns, np.repeat(np.arange(len(sums)), sizes))), shape=(n * k, len(sums)))


def asked_of(demands: Sequence[Demand], levels: np.ndarray) -> np.ndarray:
    """What each demand asks: against nobody, and then against each insider (`levels`, that may hold nothing)."""
    alone = np.array([d.level for d in demands], dtype=float).reshape(-1, 1)
    return np.hstack([alone, levels]) if levels.size else alone


def as_row(deviation: np.ndarray) -> sparse.csr_matrix:
    """A deviation (base variables x measures) as a row of `Witnesses`."""
    return sparse.csr_matrix(deviation.T.reshape(1, -1))


def _hair(ends: np.ndarray) -> np.ndarray:
    """What a deviation is measured by: to the end itself, so that whole numbers stay whole; a hair where that is 0."""
    measured: np.ndarray = np.maximum(ends, HAIR)
    return measured


def _limits(block: Block) -> tuple[sparse.csr_matrix, np.ndarray]:
    """All that bounds a deviation but the bounds of each base variable: columns x rows, of which each has an end."""
    n, k = block.values.shape
    cells, known = block.matrix[: block.cells], block.matrix[block.cells :]
    rows: list[sparse.csr_matrix] = [sparse.csr_matrix((0, n * k))]
    ends: list[np.ndarray] = []
    for q, weights in enumerate(block.known):
        for sign, band in ((1.0, block.band_high[:, q]), (-1.0, -block.band_low[:, q])):
            bound = np.flatnonzero(np.isfinite(band))
            rows.append(sparse.hstack([sign * w * cells[bound] for w in weights], format="csr"))
            ends.append(band[bound])
    for sign in (1.0, -1.0):
        rows.append(sparse.kron(sparse.eye(k), sign * known, format="csr"))
        ends.append(np.zeros(k * known.shape[0]))
    j, rule = np.nonzero(np.isfinite(block.bounds))
    place = (np.repeat(np.arange(len(j)), k), (np.arange(k)[None, :] * n + j[:, None]).ravel())
    rows.append(sparse.csr_matrix((-block.rules[j, rule].ravel(), place), shape=(len(j), n * k)))
    ends.append(-block.bounds[j, rule])
    if (links := block.links) is not None:
        for sign, band in ((1.0, links.high), (-1.0, -links.low)):
            bound = np.flatnonzero(np.isfinite(band))
            rows.append(sign * links.matrix[bound])
            ends.append(band[bound])
    matrix = sparse.vstack(rows, format="csr").T.tocsr()
    matrix.eliminate_zeros()
    return matrix, np.maximum(np.concatenate(ends), 0)


def _at(places: Sequence[np.ndarray], size: int) -> sparse.csr_matrix:
    """Base variables x insiders: who knows what, in the order of the base variables."""
    who = np.repeat(np.arange(len(places)), [len(p) for p in places])
    base = np.concatenate([np.zeros(0, dtype=np.int64), *places])
    order = np.argsort(base, kind="stable")
    starts = np.searchsorted(base[order], np.arange(size + 1))
    return sparse.csr_matrix((np.ones(len(base)), who[order], starts), shape=(size, len(places)))


def _joined(at: sparse.csr_matrix, base: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each base variable with each insider there: which of `base`, and which place in `at`."""
    counts = at.indptr[base + 1] - at.indptr[base]
    entry = np.repeat(np.arange(len(base)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    return entry, np.repeat(at.indptr[base], counts) + np.arange(len(entry)) - first


def _lower(longest: np.ndarray, indptr: np.ndarray, allowed: np.ndarray) -> None:
    """Let no row be longer than what is allowed for each of its entries."""
    some = np.flatnonzero(np.diff(indptr))
    if len(some):
        longest[some] = np.minimum(longest[some], np.minimum.reduceat(allowed, indptr[some]))


def _csr(data: np.ndarray, indices: np.ndarray, indptr: np.ndarray, width: int) -> sparse.csr_matrix:
    return sparse.csr_matrix((data, indices, indptr), shape=(len(indptr) - 1, width))


def _stack(parts: Sequence[sparse.csr_matrix]) -> sparse.csr_matrix:
    """Rows below each other; a tenth of what `vstack` takes, for the few rows that are added at a time."""
    sizes = np.concatenate([[0], *(np.diff(p.indptr) for p in parts)])
    data, indices = (np.concatenate([getattr(p, f) for p in parts]) for f in ("data", "indices"))
    return _csr(data, indices, np.cumsum(sizes), parts[0].shape[1])
