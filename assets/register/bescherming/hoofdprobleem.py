"""The cheapest cells that meet the inequalities found so far."""

import highspy
import numpy as np

from assets.register.bescherming.oplosser import run, silent_solver
from assets.register.bescherming.programma import HAIR, Cut, Task
from assets.register.bescherming.rijen import Rows

# of the search for one exact choice: 30 took a third longer and chose the same
NODES = 8
# how much a cell counts in rounding of which the pattern with parts holds nothing
ROUND_UP = 0.02
# so many times a few cells are let go and chosen again: what that does not find, twice as many times hardly finds
TRIES, LET_GO = 200, 5


class Master:
    """The cheapest cells that meet the inequalities found so far: whole cells, or parts."""

    def __init__(self, task: Task, gap: float) -> None:
        self.task = task
        self.candidates = np.flatnonzero(task.block.free & ~task.always)
        self.place = np.full(task.block.cells, -1)
        self.place[self.candidates] = np.arange(len(self.candidates))
        self._costs, n = task.costs[self.candidates], len(self.candidates)
        self.whole, self.parts = silent_solver(), silent_solver()
        self.whole.setOptionValue("mip_rel_gap", gap)
        self.whole.setOptionValue("mip_max_nodes", NODES)
        # measured: with either the same choice costs two or three times as long here
        self.whole.setOptionValue("mip_allow_restart", False)
        self.whole.setOptionValue("mip_heuristic_run_root_reduced_cost", False)
        for solver in (self.whole, self.parts):
            if n:
                solver.addVars(n, np.zeros(n), np.ones(n))
                solver.changeColsCost(n, np.arange(n, dtype=np.int32), self._costs)
        if n:
            self.whole.changeColsIntegrality(n, np.arange(n, dtype=np.int32), np.ones(n, dtype=np.uint8))
        self.seen: set[bytes] = set()
        self._rows = Rows(n, float)
        self.pattern = np.zeros(n)
        self.bound = 0.0

    @property
    def rows(self) -> np.ndarray:
        """The inequalities: a row each, the coefficients of the candidates."""
        return self._rows.rows

    def add(self, cut: Cut) -> bool:
        """Add an inequality; False when it is there already."""
        mark = cut.cells.tobytes() + np.round(cut.coefficients, 6).tobytes()
        if mark in self.seen:
            return False
        self.seen.add(mark)
        place = self.place[cut.cells].astype(np.int32)
        row = np.zeros(len(self.candidates))
        row[place] = cut.coefficients
        self._rows.add(row[None])
        for solver in (self.whole, self.parts):
            solver.addRow(1.0, np.inf, len(place), place, cut.coefficients)
        return True

    def relax(self) -> tuple[np.ndarray, float]:
        """Give the pattern with parts of cells (0 to 1), and its cost."""
        pattern = self.task.always.astype(float)
        if not self.seen:
            return pattern, 0.0
        run(self.parts)
        self.pattern = np.clip(np.array(self.parts.getSolution().col_value), 0, 1)
        pattern[self.candidates] = self.pattern
        cost = float(self.parts.getInfo().objective_function_value)
        self.bound = max(self.bound, cost)
        return pattern, cost

    def round(self, start: np.ndarray, *, parts: bool) -> np.ndarray:
        """Add whole cells to `start`: what does most per cost, without what is not needed.

        `parts`: begin with the cells that the last pattern holds whole.
        """
        suppressed = self.task.always.copy()
        if not self.seen:
            return suppressed
        chosen = start[self.candidates].copy()
        if parts:
            chosen |= self.pattern > 1 - HAIR
        # a cell of which the pattern holds a part goes first
        _cover(self.rows, self._costs, chosen, (self.pattern + ROUND_UP) / self._costs)
        suppressed[self.candidates] = chosen
        return suppressed

    def better(self, best: np.ndarray) -> np.ndarray:
        """Let go of a few cells that one inequality asks, choose anew, and keep what is cheaper: many times.

        Most of what an exact choice finds, in a tenth of the time. What it tries is drawn, and always the same.
        """
        suppressed = best.copy()
        if not self.seen:
            return suppressed
        rows, costs, dice = np.asfortranarray(self.rows), self._costs, np.random.default_rng(0)
        now = best[self.candidates]
        cost = costs[now].sum()
        for _ in range(TRIES):
            asked = dice.permutation(np.flatnonzero(now & (rows[dice.integers(len(rows))] > 0)))[:LET_GO]
            others = dice.permutation(np.flatnonzero(now))[: LET_GO - len(asked)]
            gone = np.union1d(asked, others)
            tried = now.copy()
            tried[gone] = False
            # what the pattern with parts holds counts much one time and hardly the next
            worth = (self.pattern + 10 ** dice.uniform(-1.7, 0.5)) * dice.uniform(0.3, 1, len(costs)) / costs
            worth[gone] *= dice.uniform(0.05, 1)
            _cover(rows, costs, tried, worth)
            if (found := costs[tried].sum()) <= cost:
                now, cost = tried, found
        suppressed[self.candidates] = now
        return suppressed

    def solve(self, best: np.ndarray) -> np.ndarray:
        """Give the pattern of whole cells that HiGHS finds within its limits, going on from `best`."""
        suppressed = self.task.always.copy()
        if not self.seen:
            return suppressed
        solution = highspy.HighsSolution()
        solution.col_value = best[self.candidates].astype(float)
        self.whole.setSolution(solution)
        self.whole.run()
        chosen = np.array(self.whole.getSolution().col_value) > 0.5
        if abs(self._costs[chosen].sum() - self.whole.getInfo().objective_function_value) > HAIR:
            # HiGHS 1.16 may give the start itself back with the cost of what it found; without a start it does not
            self.whole.clearSolver()
            self.whole.run()
            chosen = np.array(self.whole.getSolution().col_value) > 0.5
        self.bound = max(self.bound, float(self.whole.getInfo().mip_dual_bound))
        suppressed[self.candidates] = chosen
        return suppressed

    def tight(self) -> np.ndarray:
        """Which inequalities shape the cheapest pattern of parts of cells."""
        if not self.seen:
            return np.zeros(0, dtype=bool)
        self.relax()
        return np.array(self.parts.getSolution().row_value) < 1 + HAIR


def _cover(rows: np.ndarray, costs: np.ndarray, chosen: np.ndarray, worth: np.ndarray) -> None:
    """Add cells to `chosen` until every inequality is met, and take off those that are not needed, dearest first."""
    have = rows[:, chosen].sum(axis=1)
    while (short := 1 - have).max() > HAIR:
        asked = short > HAIR
        gain = np.minimum(rows[asked], short[asked, None]).sum(axis=0)
        best = int(np.argmax(np.where(chosen, -1, gain * worth)))
        chosen[best] = True
        have += rows[:, best]
    held = np.flatnonzero(chosen)
    # what is needed now is needed when others are taken off
    loose = held[(rows[:, held] <= (have - 1 + HAIR)[:, None]).all(axis=0)]
    for i in loose[np.argsort(-costs[loose], kind="stable")]:
        if (have - rows[:, i] >= 1 - HAIR).all():
            chosen[i] = False
            have -= rows[:, i]
