"""Rows that are written shorter say the same: no more is free, and no less."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy import sparse

from assets.register.bescherming.aanvaller import shorten

GEMEENTEN, DELEN = 12, 6


def nested(seed: int) -> np.ndarray:
    """Sums over gemeenten and parts, of areas that lie in each other or overlap, some known; and a difference."""
    dice = random.Random(seed)
    areas = [{g} for g in range(GEMEENTEN)]
    areas += [set(range(3 * n, 3 * n + 3)) for n in range(4)] + [set(range(6)), set(range(GEMEENTEN))]
    areas += [set(dice.sample(range(GEMEENTEN), 5)) for _ in range(3)]
    parts = [{d} for d in range(DELEN)] + [{0, 1, 2}, {2, 3}, set(range(DELEN))]
    rows: dict[tuple[float, ...], None] = {}
    for area in areas:
        for part in parts:
            if dice.random() < 0.6:
                row = np.zeros((GEMEENTEN, DELEN))
                row[np.ix_(sorted(area), sorted(part))] = 1
                rows[tuple(row.ravel())] = None
    difference = np.zeros((GEMEENTEN, DELEN))
    difference[0], difference[1] = 1, -1
    rows[tuple(difference.ravel())] = None
    return np.array(list(rows))


@pytest.mark.parametrize("seed", range(20))
def test_short_rows_leave_the_same_free(seed):
    known = nested(seed)
    short = shorten(sparse.csr_matrix(known)).toarray()
    rank = np.linalg.matrix_rank(known)
    assert np.linalg.matrix_rank(short) == rank
    assert np.linalg.matrix_rank(np.vstack([known, short])) == rank
    assert np.count_nonzero(short) < np.count_nonzero(known) / 2
    assert (np.abs(short).max(axis=1) == 1).all()


def test_a_row_that_follows_from_others_is_left_out():
    whole, parts = np.ones((1, 4)), np.kron(np.eye(2), np.ones((1, 2)))
    short = shorten(sparse.csr_matrix(np.vstack([whole, parts]))).toarray()
    assert short.tolist() == parts.tolist()


def test_nothing_known_stays_nothing():
    assert shorten(sparse.csr_matrix((0, 3))).shape == (0, 3)
