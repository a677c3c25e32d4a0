"""Which more cells to withhold so that a demand is met after all: those that a cheap deviation needs.

One linear program gives the deviation that moves open cells the least, each by what it costs to withhold it. What it
moves is withheld, and with that the demand is met. Solved a few times, in which what moved a little gets dearer, it
moves few cells instead of many a little. One measure moves while the others stay: a third of the program, and mostly as
cheap; all of them together only where none does it by itself.
"""

from dataclasses import replace
from functools import cached_property

import highspy
import numpy as np
from scipy import sparse

from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.oplosser import Later, make_solver
from assets.register.bescherming.programma import HAIR, INF, Demand, Insider, Task

ROUNDS = 4
# of HiGHS: which simplex method
DUAL, PRIMAL = 1, 4


class Widener:
    """Finds cells of one block to withhold. `together`: also where only several measures at once help."""

    def __init__(self, task: Task, *, together: bool) -> None:
        self.task, self.together = task, together
        self.cells = np.flatnonzero(task.block.free & ~task.always)
        self._cheapest: dict[tuple[int, ...], _Cheapest] = {}
        self._ways: dict[tuple[int, int], tuple[tuple[int, ...], ...]] = {}

    @cached_property
    def widest(self) -> Attacker:
        """The attacker when all that can be is withheld."""
        block = self.task.block
        return Attacker(block, self.task.always | block.free, np.ones(len(block.values)))

    def ways(self, n: int, e: int) -> tuple[tuple[int, ...], ...]:
        """In which measures a demand is met against an insider when all that can be is withheld; () when in none."""
        if (n, e) not in self._ways:
            found = self.widest.ways(*against(self.task, n, e), together=self.together)
            self._ways[n, e] = tuple(measures for measures, _ in found)
        return self._ways[n, e]

    def find(self, n: int, e: int, pattern: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        """Give what to withhold besides `pattern` to meet a demand against an insider, and the deviation that does.

        None when no cell helps.
        """
        demand, insider = against(self.task, n, e)
        price = np.where(pattern[self.cells], 0, self.task.costs[self.cells])
        bounds, best = self.widest.bounds_of(insider), None
        # whether anything helps is known much sooner than what helps most
        for measures in self.ways(n, e):
            if measures not in self._cheapest:
                self._cheapest[measures] = _Cheapest(self, measures)
            found = self._cheapest[measures].find(demand, *bounds, price)
            if found is not None and (best is None or price[found[0]].sum() < price[best[0]].sum()):
                best = found
        if best is None:
            return None
        more = np.zeros(len(pattern), dtype=bool)
        more[self.cells[best[0]]] = True
        return more, best[1]


class _Cheapest:
    """Deviations of some of the measures, while the others stay, that move few cells that are open."""

    def __init__(self, widener: Widener, measures: tuple[int, ...]) -> None:
        widest, block = widener.widest, widener.task.block
        n = len(widest.free)
        self.widest, self.measures, self.count = widest, measures, len(widener.cells)
        self.columns = np.concatenate([m * n + np.arange(n) for m in measures])
        known, row_lower, row_upper = widest.short
        known = known[:, self.columns]
        some, stays = np.diff(known.indptr) > 0, row_lower == row_upper
        later = np.flatnonzero(some & ~stays)
        self.later = Later(known[later], row_lower[later], row_upper[later])
        told = np.flatnonzero(some & stays)
        known, row_lower, row_upper = known[told], row_lower[told], row_upper[told]
        self.moves = sparse.kron(sparse.eye(len(measures)), block.matrix[widener.cells][:, widest.free], format="csr")
        size = self.moves.shape[0]
        no, one = sparse.csr_matrix((known.shape[0], size)), sparse.eye(size)
        matrix = sparse.vstack(
            [sparse.hstack([known, -known, no, no]), sparse.hstack([self.moves, -self.moves, -one, one])], format="csr"
        )
        self.width, self.rows = 2 * len(self.columns) + 2 * size, matrix.shape[0]
        zeros, nothing = np.zeros(self.width), np.zeros(size)
        self.solver = make_solver(
            matrix, zeros, np.full(self.width, INF),
            np.concatenate([row_lower, nothing]), np.concatenate([row_upper, nothing]),
        )  # fmt: skip

    def find(
        self, demand: Demand, lower: np.ndarray, upper: np.ndarray, price: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray] | None:
        """Which of the cells move in a deviation that meets a demand, and that deviation; None when there is none."""
        solver, k, n = self.solver, len(self.measures), len(self.widest.free)
        inside, size = self.widest.inside(demand), len(self.columns)
        every = np.full(self.width - 2 * size, INF)
        numbers = np.arange(self.width, dtype=np.int32)
        ends = np.concatenate([upper[self.columns], -lower[self.columns], every])
        solver.changeColsBounds(self.width, numbers, np.zeros(self.width), ends)
        sums = np.concatenate([i * n + inside for i, m in enumerate(self.measures) if demand.weights[m]])
        place = np.concatenate([sums, sums + size]).astype(np.int32)
        asked = (demand.level, INF) if demand.sign > 0 else (-INF, -demand.level)
        solver.addRow(*asked, len(place), place, np.repeat([1.0, -1.0], len(sums)))
        best, cheapest, dearer, last, more = None, INF, np.ones(self.count), b"", 0
        # at the truth, where every search starts, no cost can be saved: the dual method needs a few steps only
        solver.setOptionValue("simplex_strategy", DUAL)
        solver.setBasis()
        for _ in range(ROUNDS):
            cost = np.concatenate([np.zeros(2 * size), np.tile(price * dearer, 2 * k)])
            solver.changeColsCost(self.width, numbers, cost)
            deviation = None
            while True:
                solver.run()
                if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                    deviation = None
                    break
                values = np.array(solver.getSolution().col_value)[: 2 * size]
                deviation = values[:size] - values[size:]
                if not (added := self.later.add_broken(solver, deviation)):
                    break
                more += added
                # the same costs, more rows: where it was is outside those alone
                solver.setOptionValue("simplex_strategy", DUAL)
            if deviation is None:
                break
            moved = np.abs(self.moves @ deviation).reshape(k, self.count).max(axis=0)
            needed = (moved > HAIR) & (price > 0)
            if (total := float(price[needed].sum())) < cheapest:
                best, cheapest = (needed, self._whole(deviation)), total
            if (mark := needed.tobytes()) == last:
                break
            dearer, last = demand.level / (moved + 0.1 * demand.level), mark
            # other costs, the same program: what was found is where the primal method goes on
            solver.setOptionValue("simplex_strategy", PRIMAL)
        solver.deleteRows(1, np.array([self.rows], dtype=np.int32))
        self.rows += more
        return best

    def _whole(self, moved: np.ndarray) -> np.ndarray:
        """A deviation of these columns as one of the block: base variables x measures."""
        block = self.widest.block
        deviation = np.zeros(block.values.shape)
        deviation[np.ix_(self.widest.free, np.array(self.measures))] = moved.reshape(len(self.measures), -1).T
        deviation[np.abs(deviation) < HAIR] = 0
        return deviation


def against(task: Task, n: int, e: int) -> tuple[Demand, Insider | None]:
    """A demand as it stands against one insider, or (-1) against an outsider."""
    if e < 0:
        return task.demands[n], None
    return replace(task.demands[n], level=float(task.levels[n, e])), task.insiders[e]
