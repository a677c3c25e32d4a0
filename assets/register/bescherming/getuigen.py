"""Deviations that were found once: what each proves, against whom, and for which patterns."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from assets.register.bescherming.programma import HAIR, Task
from assets.register.bescherming.rijen import Rows

# against whom a demand stands that is against no enterprise
OUTSIDER = -1
# deviations of what an insider knows weigh this much: those without it prove the same against more insiders
AVOID = 10.0


class Witnesses:
    """Deviations found so far, and what each of them proves."""

    def __init__(self, task: Task) -> None:
        block = task.block
        n, k = block.values.shape
        self.task, self.base, self.k = task, n, k
        sums = [np.concatenate([d.base * k + m for m in range(k) if d.weights[m]]) for d in task.demands]
        rows = np.repeat(np.arange(len(sums)), [len(s) for s in sums])
        signs = np.repeat([float(d.sign) for d in task.demands], [len(s) for s in sums])
        place = np.concatenate(sums) if sums else np.zeros(0, dtype=int)
        self.targets = sparse.csr_matrix((signs, (rows, place)), shape=(len(sums), n * k))
        fixed = [(e, j) for e, insider in enumerate(task.insiders) for j in insider.fixed]
        pairs = np.array(fixed, dtype=np.int64).reshape(-1, 2)
        shape = (len(task.insiders), n)
        self.fixed = sparse.csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=shape)
        own = np.concatenate([np.zeros((0, k)), *(i.own for i in task.insiders)])
        self.part = np.concatenate([np.zeros(0, dtype=np.int64), *(i.part for i in task.insiders)])
        self.part_of = np.repeat(np.arange(len(task.insiders)), [len(i.part) for i in task.insiders])
        self.floor = own - block.values[self.part]
        self.found: list[np.ndarray] = []
        self.purpose: list[tuple[int, int]] = []
        self._moved = Rows(block.cells, bool)
        self._in_band = Rows(block.cells, bool)
        self._far = Rows(len(task.demands), float)
        self._holds = Rows(len(task.insiders), bool)

    @property
    def far(self) -> np.ndarray:
        """How far each deviation moves each demand its way."""
        return self._far.rows

    @property
    def holds(self) -> np.ndarray:
        """Against which insiders each deviation holds."""
        return self._holds.rows

    def add(self, deviation: np.ndarray, purpose: tuple[int, int]) -> None:
        """Remember a deviation (base variables x measures), and the demand and insider for which it was found."""
        self._add(deviation[None], [purpose])

    def _add(self, deviations: np.ndarray, purposes: Sequence[tuple[int, int]]) -> None:
        """Remember deviations (each base variables x measures)."""
        block, count = self.task.block, len(deviations)
        by_base = deviations.transpose(1, 0, 2)
        cells = (block.matrix[: block.cells] @ by_base.reshape(self.base, -1)).reshape(block.cells, count, self.k)
        known = cells @ block.known.T
        low, high = block.band_low[:, None] - HAIR, block.band_high[:, None] + HAIR
        holds = self.fixed @ (np.abs(by_base) > HAIR).any(axis=2).astype(float) == 0
        low_part = (by_base[self.part] < self.floor[:, None] - HAIR).any(axis=2)
        for n in range(count):
            holds[self.part_of[low_part[:, n]], n] = False
        self.found.extend(deviations)
        self.purpose.extend(purposes)
        self._moved.add((np.abs(cells) > HAIR).any(axis=2).T)
        self._in_band.add(((known >= low) & (known <= high)).all(axis=2).T)
        self._far.add((self.targets @ deviations.reshape(count, -1).T).T)
        self._holds.add(holds.T)

    def adopt(self, carried: Sequence[tuple[np.ndarray, tuple[int, int]]]) -> None:
        """Remember deviations of another year, made as large as is asked here, that can be one here too."""
        block, task = self.task.block, self.task
        if not carried:
            return
        level = np.array([task.demands[i].level if e == OUTSIDER else task.levels[i, e] for _, (i, e) in carried])
        deviations = np.stack([d for d, _ in carried])
        moves = self.targets @ deviations.reshape(len(carried), -1).T
        reached = moves[[i for _, (i, _) in carried], np.arange(len(carried))]
        fits = (level > 0) & (reached > HAIR)
        deviations *= np.where(fits, level / np.where(fits, reached, 1), 0)[:, None, None]
        fits &= ~(deviations < block.lower - HAIR).any(axis=(1, 2))
        fits &= ~(deviations > block.ceiling + HAIR).any(axis=(1, 2))
        by_base = deviations.transpose(1, 0, 2).reshape(self.base, -1)
        known = (np.abs(block.matrix[block.cells :] @ by_base) > HAIR).reshape(-1, len(carried), self.k)
        fits &= ~known.any(axis=(0, 2))
        for rule in range(block.rules.shape[1]):
            kept = (deviations * block.rules[:, rule]).sum(axis=2) >= block.bounds[:, rule] - HAIR
            fits &= kept.all(axis=1)
        if fits.any():
            self._add(deviations[fits], [purpose for (_, purpose), f in zip(carried, fits, strict=True) if f])

    def of(self, suppressed: np.ndarray) -> tuple[tuple[np.ndarray, tuple[int, int]], ...]:
        """Give the deviations that prove something of this pattern, with what each was found for."""
        return tuple((self.found[w], self.purpose[w]) for w in np.flatnonzero(self.valid(suppressed)))

    def valid(self, suppressed: np.ndarray) -> np.ndarray:
        """Which deviations leave every open cell alone, and every suppressed cell within its band."""
        moved, in_band = self._moved.rows, self._in_band.rows
        return np.asarray(~moved[:, ~suppressed].any(axis=1) & in_band[:, suppressed].all(axis=1))
