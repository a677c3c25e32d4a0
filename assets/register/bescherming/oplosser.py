"""HiGHS as the protection uses it: silent, one thread, and going on from where it was."""

import highspy
import numpy as np
from scipy import sparse

from assets.register.fout import BeschermingError


def make_solver(
    matrix: sparse.csr_matrix, lower: np.ndarray, upper: np.ndarray, row_lower: np.ndarray, row_upper: np.ndarray
) -> highspy.Highs:
    """Give a silent solver of one thread for this program; costs are 0 and come later."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.zeros(matrix.shape[1])
    program.col_lower_, program.col_upper_ = lower, upper
    program.row_lower_, program.row_upper_ = row_lower, row_upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    solver = silent_solver()
    # the costs change, the feasible region does not: the primal method goes on where it was
    for option, value in (("presolve", "off"), ("solver", "simplex"), ("simplex_strategy", 4)):
        solver.setOptionValue(option, value)
    solver.passModel(program)
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
