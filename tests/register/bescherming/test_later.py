"""A program that gets a row once an outcome breaks it ends where the whole program ends."""

from __future__ import annotations

import highspy
import numpy as np
import pytest
from scipy import sparse

from assets.register.bescherming.oplosser import Later, make_solver

VARIABLES, STAYS, BOUNDS = 12, 4, 60
LEVELS = (0.25, 0.5, 1.0, 2.0)


def program(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows that are 0, rows that are between bounds around 0, and those bounds."""
    dice = np.random.default_rng(seed)
    stays = dice.integers(-1, 2, (STAYS, VARIABLES)).astype(float)
    bound = dice.integers(0, 2, (BOUNDS, VARIABLES)).astype(float)
    return stays, bound, dice.uniform(0.5, 4, BOUNDS) * dice.choice([1, 3], BOUNDS)


def solve(seed: int, level: float, *, later: bool) -> tuple[float | None, int]:
    """The least that moves when the first variable moves so much; None when it cannot. And how many rows that took."""
    stays, bound, ends = program(seed)
    rows = stays if later else np.vstack([stays, bound])
    below, above = (np.concatenate([np.zeros(STAYS), sign * ends])[: len(rows)] for sign in (-1, 1))
    both = sparse.hstack([sparse.csr_matrix(rows), -sparse.csr_matrix(rows)], format="csr")
    solver = make_solver(both, np.zeros(2 * VARIABLES), np.full(2 * VARIABLES, 10.0), below, above)
    solver.changeColsCost(2 * VARIABLES, np.arange(2 * VARIABLES, dtype=np.int32), np.ones(2 * VARIABLES))
    solver.addRow(level, np.inf, 2, np.array([0, VARIABLES], dtype=np.int32), np.array([1.0, -1.0]))
    waiting = Later(sparse.csr_matrix(bound), -ends, ends)
    while True:
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None, solver.getNumRow()
        values = np.array(solver.getSolution().col_value)
        moved = values[:VARIABLES] - values[VARIABLES:]
        if not later or not waiting.add_broken(solver, moved):
            assert (np.abs(bound @ moved) <= ends + 1e-6).all()
            return float(solver.getInfo().objective_function_value), solver.getNumRow()


@pytest.mark.parametrize("seed", range(20))
def test_it_ends_where_the_whole_program_ends(seed):
    found = [[solve(seed, level, later=later) for later in (True, False)] for level in LEVELS]
    for some, every in found:
        assert some[0] == (every[0] if every[0] is None else pytest.approx(every[0], abs=1e-6))
        assert some[1] <= every[1]
    assert any(some[1] < every[1] for some, every in found)


def test_some_can_and_some_can_not():
    outcomes = [solve(seed, level, later=True)[0] for seed in range(20) for level in LEVELS]
    assert 0 < sum(o is None for o in outcomes) < len(outcomes)
