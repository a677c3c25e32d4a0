"""Which more cells to withhold so that a demand is met after all: those that a cheap deviation needs.

One linear program gives the deviation that moves open cells the least, each by what it costs to withhold it. What it
moves is withheld, and with that the demand is met. Solved a few times, in which what moved a little gets dearer, it
moves few cells instead of many a little.
"""

from dataclasses import replace

import highspy
import numpy as np
from scipy import sparse

from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.oplosser import make_solver
from assets.register.bescherming.programma import HAIR, INF, Demand, Insider, Task

ROUNDS = 4
# of HiGHS: which simplex method
DUAL, PRIMAL = 1, 4


class Widener:
    """Finds cells of one block to withhold."""

    def __init__(self, task: Task) -> None:
        self.task, block = task, task.block
        self.widest = Attacker(block, task.always | block.free, np.ones(len(block.values)))
        self.cells = np.flatnonzero(block.free & ~task.always)
        k, free = len(block.maten.basis), self.widest.free
        self.moves = sparse.kron(sparse.eye(k), block.matrix[self.cells][:, free], format="csr")
        known, row_lower, row_upper = self.widest.short
        size = self.moves.shape[0]
        no, one = sparse.csr_matrix((known.shape[0], size)), sparse.eye(size)
        matrix = sparse.vstack(
            [sparse.hstack([known, -known, no, no]), sparse.hstack([self.moves, -self.moves, -one, one])], format="csr"
        )
        self.width, self.rows = 2 * len(self.widest.lower) + 2 * size, matrix.shape[0]
        zeros, nothing = np.zeros(self.width), np.zeros(size)
        self.solver = make_solver(
            matrix, zeros, np.full(self.width, INF),
            np.concatenate([row_lower, nothing]), np.concatenate([row_upper, nothing]),
        )  # fmt: skip

    def find(self, demand: Demand, insider: Insider | None, pattern: np.ndarray) -> np.ndarray | None:
        """Give what to withhold besides `pattern` to meet a demand; None when no cell helps."""
        widest, solver, count = self.widest, self.solver, len(self.cells)
        k, n = len(self.task.block.maten.basis), len(widest.free)
        inside = widest.inside(demand)
        if not len(inside):
            return None
        lower, upper = widest.bounds_of(insider)
        every = np.full(self.width - 2 * k * n, INF)
        numbers = np.arange(self.width, dtype=np.int32)
        solver.changeColsBounds(self.width, numbers, np.zeros(self.width), np.concatenate([upper, -lower, every]))
        sums = np.concatenate([m * n + inside for m, w in enumerate(demand.weights) if w])
        place = np.concatenate([sums, sums + k * n]).astype(np.int32)
        ends = (demand.level, INF) if demand.sign > 0 else (-INF, -demand.level)
        solver.addRow(*ends, len(place), place, np.repeat([1.0, -1.0], len(sums)))
        price = np.where(pattern[self.cells], 0, self.task.costs[self.cells])
        best, cheapest, dearer, last = None, INF, np.ones(count), b""
        # at the truth, where every search starts, no cost can be saved: the dual method needs a few steps only
        solver.setOptionValue("simplex_strategy", DUAL)
        solver.setBasis()
        for _ in range(ROUNDS):
            cost = np.concatenate([np.zeros(2 * k * n), np.tile(price * dearer, 2 * k)])
            solver.changeColsCost(self.width, numbers, cost)
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            values = np.array(solver.getSolution().col_value)[: 2 * k * n]
            moved = np.abs(self.moves @ (values[: k * n] - values[k * n :])).reshape(k, count).max(axis=0)
            needed = (moved > HAIR) & (price > 0)
            if (total := float(price[needed].sum())) < cheapest:
                best, cheapest = needed, total
            if (mark := needed.tobytes()) == last:
                break
            dearer, last = demand.level / (moved + 0.1 * demand.level), mark
            # other costs, the same program: what was found is where the primal method goes on
            solver.setOptionValue("simplex_strategy", PRIMAL)
        solver.deleteRows(1, np.array([self.rows], dtype=np.int32))
        if best is None:
            return None
        more = np.zeros(len(pattern), dtype=bool)
        more[self.cells[best]] = True
        return more


def against(task: Task, n: int, e: int) -> tuple[Demand, Insider | None]:
    """A demand as it stands against one insider, or (-1) against an outsider."""
    if e < 0:
        return task.demands[n], None
    return replace(task.demands[n], level=float(task.levels[n, e])), task.insiders[e]
