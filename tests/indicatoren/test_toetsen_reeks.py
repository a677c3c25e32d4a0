"""The tests on many series at once give what scipy gives on each of them, with ties, gaps and margins."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import curve_fit

from assets.indicatoren.autocorrelatie import Reeksvorm
from assets.indicatoren.autocorrelatie import pool_rho as pool_rho_of_all
from assets.indicatoren.toetsen_reeks import (
    benjamini_hochberg,
    compare_ends,
    mann_kendall,
    noise,
    slope_test,
    thin,
)
from tests.indicatoren.onafhankelijk import Punten, fit, pool_rho

JAREN = np.arange(2017.0, 2026.0)


def fit_line(jaren, y, mask, ruis, gewichten=None):
    return slope_test(Reeksvorm(jaren, y, mask, gewichten).line(0.0), y, mask, ruis)


# few different values, so that ties are common; decimals that a computer can not write exactly; large numbers
values = st.one_of(
    st.integers(0, 3).map(float),
    st.integers(-30, 30).map(lambda n: n / 10),
    st.integers(10**6, 10**6 + 10**4).map(float),
)
series = st.lists(st.one_of(values, values, values, st.none()), min_size=9, max_size=9)
many = st.lists(series, min_size=1, max_size=12)


def matrix(rows):
    found = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float)
    return found, np.isfinite(found)


@settings(deadline=None)
@given(many)
def test_a_line_is_that_of_linregress(rows):
    y, mask = matrix(rows)
    line = fit_line(JAREN, y, mask, noise(y))
    for k, there in enumerate(mask):
        n = there.sum()
        assert line.n[k] == n
        if n < 3:
            assert np.isnan(line.p[k])
        elif np.ptp(y[k, there]) == 0:
            assert (line.helling[k], line.p[k]) == (0.0, 1.0)
        else:
            expected = stats.linregress(JAREN[there], y[k, there])
            assert line.helling[k] == pytest.approx(expected.slope, rel=1e-8, abs=1e-9)
            assert line.p[k] == pytest.approx(expected.pvalue, rel=1e-6, abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.integers(-30, 30).map(lambda v: v / 10), min_size=9, max_size=9),
    st.lists(st.integers(1, 40).map(lambda v: v / 10), min_size=9, max_size=9),
    st.integers(0, 5),
    st.floats(0.01, 100),
)
def test_a_weighted_line_is_that_of_curve_fit_whatever_the_scale_of_the_weights(y, se, skip, scale):
    y, se = np.array([y]), np.array([se])
    mask = np.ones_like(y, dtype=bool)
    mask[0, :skip] = False
    line = fit_line(JAREN, y, mask, noise(y), scale / se**2)
    there = mask[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        best, cov = curve_fit(
            lambda x, a, b: a + b * (x - 2021), JAREN[there], y[0, there], sigma=se[0, there], absolute_sigma=False
        )
    if np.ptp(y[0, there]) == 0 or cov[1, 1] < 1e-18:
        return
    p = 2 * stats.t.sf(abs(best[1]) / np.sqrt(cov[1, 1]), there.sum() - 2)
    assert line.helling[0] == pytest.approx(best[1], rel=1e-5, abs=1e-6)
    assert line.p[0] == pytest.approx(p, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.77, 0.95])
@pytest.mark.parametrize("margins", [False, True])
def test_a_line_with_autocorrelation_is_that_of_whole_matrices_with_gaps_and_margins(rho, margins):
    y, se, mask = drawn(200, margins)
    form = Reeksvorm(JAREN, y, mask, 1 / se**2)
    found, lines = slope_test(form.line(rho), y, mask, noise(y)), form.line(rho)
    for k, punten in enumerate(points(y, se, mask)):
        if len(punten.jaren) >= 3:
            expected = fit(punten, rho)
            assert found.helling[k] == pytest.approx(expected.helling, rel=1e-8)
            assert found.p[k] == pytest.approx(expected.p, rel=1e-8)
            assert lines.rest[k][mask[k]] == pytest.approx(expected.rest, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("margins", [False, True])
@pytest.mark.parametrize("shared", [0.0, 0.7])
def test_the_autocorrelation_of_a_pool_is_that_of_whole_matrices(margins, shared):
    y, se, mask = drawn(90, margins, shared)
    pools = np.repeat([3, 1, 2, 7], [1, 4, 25, 60])
    speaks = mask.sum(axis=1) >= 4
    found = pool_rho_of_all(Reeksvorm(JAREN, y, mask, 1 / se**2), speaks, pools)
    every = points(y, se, mask)
    for pool in (3, 1, 2, 7):
        expected = pool_rho([every[k] for k in np.flatnonzero(pools == pool)])
        assert set(found[pools == pool].round(9)) == {round(expected, 9)}


def test_a_pool_that_says_nothing_is_held_for_nearly_the_worst():
    y, _, mask = drawn(3, margins=False)
    found = pool_rho_of_all(Reeksvorm(JAREN, y, mask), np.zeros(3, dtype=bool), np.zeros(3, dtype=np.int64))
    # four fifths of what is possible
    assert found == pytest.approx(pool_rho([]))
    assert 0.75 < found[0] < 0.8


def drawn(m, margins, shared=0.0):
    """Series that hang together in time, some with gaps, each around its own line."""
    rng = np.random.default_rng(m)
    y = (rng.normal(size=(m, 9)) + shared * 3 * rng.normal(size=9)).cumsum(axis=1) + np.outer(rng.normal(size=m), JAREN)
    se = rng.uniform(0.3, 3.0, size=(m, 9)) if margins else np.ones((m, 9))
    mask = rng.random((m, 9)) > 0.2
    return np.where(mask, y, np.nan), se, mask


def points(y, se, mask):
    return [
        Punten(tuple(JAREN[there]), tuple(row[there]), tuple(margin[there]))
        for row, margin, there in zip(y, se, mask, strict=True)
    ]


@settings(deadline=None)
@given(many)
def test_mann_kendall_is_kendalltau_on_the_years_with_the_slope_of_theil_and_sen(rows):
    y, mask = matrix(rows)
    found = mann_kendall(JAREN, y, mask, noise(y))
    for k, there in enumerate(mask):
        if there.sum() < 2:
            assert np.isnan(found.p[k])
            continue
        expected = stats.kendalltau(JAREN[there], y[k, there]).pvalue
        assert found.p[k] == pytest.approx(1.0 if np.isnan(expected) else expected, rel=1e-9)
        sen = stats.theilslopes(y[k, there], JAREN[there]).slope
        assert found.helling[k] == pytest.approx(sen, rel=1e-9, abs=1e-10)


@pytest.mark.parametrize("n", range(2, 10))
def test_without_ties_the_p_of_mann_kendall_is_exact(n):
    rng = np.random.default_rng(n)
    y = np.full((60, 9), np.nan)
    y[:, :n] = np.array([rng.permutation(n) for _ in range(60)])
    found = mann_kendall(JAREN, y, np.isfinite(y), noise(y)).p
    assert found == pytest.approx([stats.kendalltau(range(n), row[:n], method="exact").pvalue for row in y])


def test_mann_kendall_over_four_points_never_gets_below_five_percent():
    y = np.array([[a, b, c, d] for a in range(4) for b in range(4) for c in range(4) for d in range(4)], dtype=float)
    assert mann_kendall(JAREN[:4], y, np.isfinite(y), noise(y)).p.min() > 0.05


def test_rounding_in_the_computer_is_no_change():
    y = np.array([[0.3 - 0.1, 0.4 - 0.2, 0.5 - 0.3, 0.6 - 0.4, 0.7 - 0.5, 0.8 - 0.6, 0.9 - 0.7, 1 - 0.8, 0.2]])
    assert np.ptp(y) > 0
    mask = np.isfinite(y)
    for found in (fit_line(JAREN, y, mask, noise(y)), mann_kendall(JAREN, y, mask, noise(y))):
        assert (found.helling[0], found.p[0]) == (0.0, 1.0)


@settings(deadline=None)
@given(st.lists(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.01, 0.05, 1.0])), max_size=40))
def test_benjamini_hochberg_is_that_of_scipy(p):
    p = np.array(p, dtype=float)
    expected = stats.false_discovery_control(p) if len(p) else p
    assert benjamini_hochberg(p) == pytest.approx(expected, abs=1e-12)


def test_the_last_minus_the_first_is_tested_against_both_margins():
    y = np.array([[np.nan] * 2 + [40.0, np.nan, 7.0, np.nan, 44.0, np.nan, np.nan]])
    se = np.array([[np.nan] * 2 + [1.2, np.nan, np.nan, np.nan, 1.6, np.nan, np.nan]])
    found = compare_ends(JAREN, y, se, np.isfinite(y))
    assert (found.n[0], found.helling[0]) == (3, 1.0)
    assert found.p[0] == pytest.approx(2 * stats.norm.sf(4 / 2.0))
    for end in (2, 6):
        without = se.copy()
        without[0, end] = np.nan
        assert np.isnan(compare_ends(JAREN, y, without, np.isfinite(y)).p[0])


@given(st.lists(st.booleans(), min_size=9, max_size=9))
def test_thinning_keeps_the_last_point_and_none_nearer_than_four_years(there):
    mask = np.array([there])
    kept = thin(JAREN, mask, 4)
    years, all_years = JAREN[kept[0]], JAREN[mask[0]]
    assert set(years) <= set(all_years)
    assert (np.diff(years) >= 4).all()
    if len(all_years):
        assert years[-1] == all_years[-1]
        # nothing that still fits was left out
        assert not [y for y in all_years if y <= years[0] - 4]


def test_no_series_at_all_is_no_error():
    empty = np.empty((0, 9))
    mask = np.empty((0, 9), dtype=bool)
    assert len(fit_line(JAREN, empty, mask, noise(empty)).p) == 0
    assert len(mann_kendall(JAREN, empty, mask, noise(empty)).p) == 0
    assert len(compare_ends(JAREN, empty, empty, mask).p) == 0
