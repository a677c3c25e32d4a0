"""What an attacker of these tests knows, as a linear program in figures: how small and how large can a sum be?"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

import highspy
import numpy as np
from scipy import sparse

TOLERANCE = 1e-5


class Programma:
    """Rows over columns that are not below 0, with the smallest and largest value of each row."""

    def __init__(
        self, matrix: sparse.csr_matrix, low: np.ndarray, high: np.ndarray, truth: np.ndarray, *, inside: bool = False
    ) -> None:
        """`truth`: the value of every column, used of those that follow at once.

        `inside`: go through the middle instead of along the edges. Of more than a year that is a hundred times sooner.
        """
        self.truth = truth
        self.free = np.ones(matrix.shape[1], dtype=bool)
        # fix what follows at once, and give the rest to the solver
        exact = matrix[np.flatnonzero(high - low < TOLERANCE)]
        while True:
            left = exact[:, self.free]
            single = np.flatnonzero(np.diff(left.indptr) == 1)
            if not len(single):
                break
            found = np.flatnonzero(self.free)[np.unique(left.indices[left.indptr[single]])]
            self.free[found] = False
        columns = np.flatnonzero(self.free)
        self.place = np.full(matrix.shape[1], -1)
        self.place[columns] = np.arange(len(columns))
        fixed = matrix[:, ~self.free] @ truth[~self.free]
        rest = matrix[:, self.free].tocsr()
        keep = np.diff(rest.indptr) > 0
        self.solver = highspy.Highs()
        method = (("solver", "ipm"), ("run_crossover", "off")) if inside else ()
        for option, value in (("output_flag", False), ("threads", 1), *method):
            self.solver.setOptionValue(option, value)
        program = highspy.HighsLp()
        program.num_row_, program.num_col_ = rest[keep].shape
        program.col_cost_ = np.zeros(len(columns))
        program.col_lower_, program.col_upper_ = np.zeros(len(columns)), np.full(len(columns), np.inf)
        program.row_lower_, program.row_upper_ = (low - fixed)[keep], (high - fixed)[keep]
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = rest[keep].indptr
        program.a_matrix_.index_ = rest[keep].indices
        program.a_matrix_.value_ = rest[keep].data
        self.solver.passModel(program)

    def interval(
        self,
        columns: np.ndarray,
        knows: Mapping[int, tuple[float, float]] | None = None,
        most: float = inf,
    ) -> tuple[float, float]:
        """Smallest and largest sum of these columns; `knows`: column -> bounds that an enterprise knows besides.

        `most`: how far from the truth it is followed; further off is not looked at.
        """
        fixed = float(self.truth[columns[~self.free[columns]]].sum())
        inside = self.place[columns[self.free[columns]]].astype(np.int32)
        if not len(inside):
            return fixed, fixed
        own = [(self.place[c], *bounds) for c, bounds in (knows or {}).items() if self.free[c]]
        for column, low, high in own:
            self.solver.changeColBounds(int(column), low, high)
        if most < inf:
            value = float(self.truth[columns[self.free[columns]]].sum())
            self.solver.addRow(value - most, value + most, len(inside), inside, np.ones(len(inside)))
        found = []
        for sign in (1.0, -1.0):
            self.solver.changeColsCost(len(inside), inside, np.full(len(inside), sign))
            self.solver.run()
            if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                found.append(sign * self.solver.getInfo().objective_function_value + fixed)
            else:
                # without a figure on top: nothing holds it
                assert self.solver.getModelStatus() in {
                    highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible,
                }, self.solver.getModelStatus()  # fmt: skip
                found.append(sign * -inf)
        self.solver.changeColsCost(len(inside), inside, np.zeros(len(inside)))
        if most < inf:
            self.solver.deleteRows(1, np.array([self.solver.getNumRow() - 1], dtype=np.int32))
        for column, _, _ in own:
            self.solver.changeColBounds(int(column), 0.0, np.inf)
        return found[0], found[1]
