"""HiGHS as the protection uses it: silent, one thread, and going on from where it was."""

import ctypes

import highspy
import numpy as np
from scipy import sparse

from assets.register.fout import BeschermingError

# how far HiGHS lets an outcome be outside a row
SLACK = 1e-7


def make_solver(
    matrix: sparse.csr_matrix, lower: np.ndarray, upper: np.ndarray, row_lower: np.ndarray, row_upper: np.ndarray
) -> highspy.Highs:
    """Give a silent solver of one thread for this program; costs are 0 and come later."""
    solver = silent_solver()
    # the costs change, the feasible region does not: the primal method goes on where it was
    for option, value in (("presolve", "off"), ("solver", "simplex"), ("simplex_strategy", 4)):
        solver.setOptionValue(option, value)
    rows, columns = matrix.shape
    parts = np.zeros(columns, dtype=np.int32)
    # as arrays: a `HighsLp` takes each number by itself, and takes longer than a program of a few steps does
    solver.passModel(
        columns, rows, matrix.nnz, int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), 0.0,
        np.zeros(columns), lower, upper, row_lower, row_upper,
        matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data, parts,
    )  # fmt: skip
    return solver


class _Solver(highspy.Highs):
    """A solver without the callbacks: `Highs` switches them on, and prints who made it before it can be told not to."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


def silent_solver() -> highspy.Highs:
    """Give a solver that prints nothing and uses one thread, so that it always finds the same."""
    solver = _Solver()
    for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off")):
        solver.setOptionValue(option, value)
    return solver


def run(solver: highspy.Highs) -> None:
    """Solve, from scratch when going on from the last basis fails."""
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        solver.clearSolver()
        solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise BeschermingError(
            "de oplosser (HiGHS) vond geen uitkomst bij de bescherming", vervolg="Publiceer niet en meld dit"
        )


class Later:
    """Rows that a program gets once an outcome breaks them: of thousands a few ever count.

    An outcome that breaks none is one of the whole program; when there is none without them, there is none with them.
    matrix: rows x variables, of which each stands in the program twice: up, and down from 0.
    """

    def __init__(self, matrix: sparse.csr_matrix, lower: np.ndarray, upper: np.ndarray) -> None:
        self.matrix, self.lower, self.upper = matrix, lower, upper
        self._waiting = np.ones(matrix.shape[0], dtype=bool)

    def add_broken(self, solver: highspy.Highs, values: np.ndarray) -> int:
        """Add to the program the rows that these values of the variables break; how many."""
        far = self.matrix @ values
        rows = np.flatnonzero(self._waiting & ((far < self.lower - SLACK) | (far > self.upper + SLACK)))
        if len(rows):
            self._waiting[rows] = False
            own = self.matrix[rows]
            both = sparse.hstack([own, -own], format="csr")
            solver.addRows(
                len(rows), self.lower[rows], self.upper[rows], both.nnz,
                both.indptr[:-1].astype(np.int32), both.indices.astype(np.int32), both.data,
            )  # fmt: skip
        return len(rows)


def release_memory() -> None:
    """Give back what solvers let go of: glibc keeps it for later, of 21 years together two gigabytes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
