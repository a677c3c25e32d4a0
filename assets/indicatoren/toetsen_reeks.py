"""Tests on many short yearly series at once: a line, Mann-Kendall with Sen's slope, and the last against the first.

A build judges tens of thousands of series of at most nine points; one call of scipy per series takes minutes, these
matrices take a second. A row is a series, a column a year; `mask` says which points count, the others are never read.
The distributions are scipy's, and the tests hold every function equal to scipy's own on random and tied series. They
are loaded when the first series is judged: that takes longer than all that a command that judges nothing has to do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.indicatoren.autocorrelatie import Getallen, Lijn, Vlaggen
from begrippen.rekenregels import REKENREGELS


def noise(waarden: Getallen) -> Getallen:
    """Give, for each series, the size below which a difference is rounding: a tiny part of its largest value."""
    largest: Getallen = np.nan_to_num(np.abs(waarden)).max(axis=1, initial=0.0)
    return REKENREGELS.ruis * largest


@dataclass(frozen=True)
class Toetsuitkomst:
    """Number of points, slope a year in the unit of the series, two-sided p, standard error of that slope.

    All but the first are NaN where not tested; the error also where the test has none.
    """

    n: NDArray[np.int64]
    helling: Getallen
    p: Getallen
    fout: Getallen

    @property
    def getoetst(self) -> Vlaggen:
        """Which series were tested."""
        return np.isfinite(self.p)

    def where(self, rows: Vlaggen, other: Toetsuitkomst) -> Toetsuitkomst:
        """Take this outcome for `rows` and `other` for the rest."""
        return Toetsuitkomst(
            np.where(rows, self.n, other.n),
            np.where(rows, self.helling, other.helling),
            np.where(rows, self.p, other.p),
            np.where(rows, self.fout, other.fout),
        )

    def put(self, rows: NDArray[np.int64], other: Toetsuitkomst) -> Toetsuitkomst:
        """Take `other`, which is of these rows alone, for those rows, and this outcome for the rest."""
        found = Toetsuitkomst(self.n.copy(), self.helling.copy(), self.p.copy(), self.fout.copy())
        for ours, theirs in (
            (found.n, other.n),
            (found.helling, other.helling),
            (found.p, other.p),
            (found.fout, other.fout),
        ):
            ours[rows] = theirs
        return found

    @classmethod
    def none(cls, n: NDArray[np.int64]) -> Toetsuitkomst:
        """No test of any series."""
        nothing = np.full(len(n), np.nan)
        return cls(n, nothing, nothing, nothing)


def slope_test(lijn: Lijn, waarden: Getallen, mask: Vlaggen, ruis: Getallen) -> Toetsuitkomst:
    """Test the slope of a fitted line with a two-sided t-test of n - 2 degrees of freedom.

    `waarden` and `mask` (m x k), `ruis` (m, see `noise`). The variance is that of the whitened residuals. Three points
    at least; a series that does not change has slope 0 and p 1.
    """
    from scipy import special

    n = lijn.n
    with np.errstate(divide="ignore", invalid="ignore"):
        fout = np.sqrt((lijn.rest**2).sum(axis=1) / (n - 2) / lijn.inverse)
        p = 2 * special.stdtr(np.maximum(n - 2, 1), -np.abs(lijn.helling) / fout)
    # the slope of a series that goes nowhere is exactly nothing, in every variant
    still = (_spread(waarden, mask) <= ruis) | (np.abs(lijn.helling) * mask.shape[1] <= ruis)
    helling, p = np.where(still, 0.0, lijn.helling), np.where(still, 1.0, p)
    return Toetsuitkomst(n, helling, p, fout).where(n >= 3, Toetsuitkomst.none(n))


def mann_kendall(jaren: Getallen, waarden: Getallen, mask: Vlaggen, ruis: Getallen) -> Toetsuitkomst:
    """Test for a monotone trend with Mann-Kendall, with Sen's slope: the median of the slopes between two points.

    p is exact without ties and asymptotic with the variance corrected for ties otherwise, as `scipy.stats.kendalltau`
    of the values on the years. Shapes as in `slope_test`; two points at least.
    """
    i, j = np.triu_indices(len(jaren), k=1)
    both = mask[:, i] & mask[:, j]
    y = np.where(mask, waarden, 0.0)
    step = y[:, j] - y[:, i]
    sign = np.where(both & (np.abs(step) > ruis[:, None]), np.sign(step), 0.0)
    n, pairs = mask.sum(axis=1), both.sum(axis=1)
    s = sign.sum(axis=1)
    # the slopes of pairs that do not count sort to the end
    slopes = np.sort(np.where(both, np.where(sign == 0, 0.0, step) / (jaren[j] - jaren[i]), np.inf), axis=1)
    last = max(slopes.shape[1] - 1, 0)
    rows = np.arange(len(slopes))
    middle = [np.clip(at, 0, last) for at in ((pairs - 1) // 2, pairs // 2)]
    with np.errstate(invalid="ignore"):
        helling = (slopes[rows, middle[0]] + slopes[rows, middle[1]]) / 2
    tied = pairs - np.abs(sign).sum(axis=1)
    p = np.where(tied > 0, _kendall_with_ties(n, s, both & (sign == 0), i, j), _kendall_exact(n, s, len(jaren)))
    return Toetsuitkomst(n, helling, p, np.full(len(n), np.nan)).where(n >= 2, Toetsuitkomst.none(n))


def _kendall_exact(n: NDArray[np.int64], s: Getallen, most: int) -> Getallen:
    """P(|S| >= |s|) over all orders of n different values, from the number of orders with each count of inversions."""
    highest = most * (most - 1) // 2
    table = np.ones((most + 1, highest + 1))
    counts = np.array([1.0])
    for size in range(1, most + 1):
        counts = np.convolve(counts, np.ones(size))
        below = np.minimum(np.cumsum(counts) / counts.sum() * 2, 1.0)
        table[size, : len(below)] = below
    discordant = (n * (n - 1) / 2 - np.abs(s)) / 2
    return table[n, np.maximum(discordant, 0).astype(np.int64)]


def _kendall_with_ties(
    n: NDArray[np.int64], s: Getallen, tied: Vlaggen, i: NDArray[np.int64], j: NDArray[np.int64]
) -> Getallen:
    """Give p from the normal approximation, its variance corrected for groups of equal values.

    scipy's: var S = (n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18, where a group of t values has t(t-1)/2 tied pairs.
    """
    from scipy import special

    size = np.ones((len(n), int(j.max(initial=0)) + 1))
    for pair in range(len(i)):
        size[:, i[pair]] += tied[:, pair]
        size[:, j[pair]] += tied[:, pair]
    # a value in a group of t counts (t-1)(2t+5): the group together t(t-1)(2t+5)
    groups = ((size - 1) * (2 * size + 5)).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.abs(s) / np.sqrt((n * (n - 1) * (2 * n + 5) - groups) / 18)
    return np.where(np.isfinite(z), 2 * special.ndtr(-z), 1.0)


def compare_ends(jaren: Getallen, waarden: Getallen, se: Getallen, mask: Vlaggen) -> Toetsuitkomst:
    """Test the last value minus the first against its margin, sqrt(se1^2 + se2^2), with the normal distribution.

    Shapes as in `slope_test`. The slope is the difference a year. Not tested without a margin at both ends.
    """
    from scipy import special

    n = mask.sum(axis=1)
    rows = np.arange(len(n))
    first = mask.argmax(axis=1)
    last = mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        step = waarden[rows, last] - waarden[rows, first]
        years = jaren[last] - jaren[first]
        fout = np.sqrt(se[rows, last] ** 2 + se[rows, first] ** 2)
        p = 2 * special.ndtr(-np.abs(step) / fout)
        found = Toetsuitkomst(n, step / years, p, fout / years)
    return found.where((n >= 2) & np.isfinite(p), Toetsuitkomst.none(n))


def t_quantile(vrij: Getallen, kans: Getallen | float) -> Getallen:
    """Give the quantile of Student's t; with infinite degrees of freedom that of the normal distribution."""
    from scipy import special

    found: Getallen = np.where(np.isinf(vrij), special.ndtri(kans), special.stdtrit(np.minimum(vrij, 1e6), kans))
    return found


def thin(jaren: Getallen, mask: Vlaggen, jaren_breed: int) -> Vlaggen:
    """Keep the last point of each series, and before it only points at least `jaren_breed` years from the next kept."""
    kept = np.zeros_like(mask)
    following = np.full(len(mask), np.inf)
    for column in range(mask.shape[1] - 1, -1, -1):
        kept[:, column] = mask[:, column] & (following - jaren[column] >= jaren_breed)
        following = np.where(kept[:, column], jaren[column], following)
    return kept


def benjamini_hochberg(p: Getallen) -> Getallen:
    """Correct p-values for their number, so that below alpha at most a share alpha of the signals is chance.

    As `scipy.stats.false_discovery_control`, of which the import alone takes two seconds.
    """
    order = np.argsort(-p, kind="stable")
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum.accumulate(p[order] * len(p) / np.arange(len(p), 0, -1))
    return np.minimum(adjusted, 1.0)


def _spread(waarden: Getallen, mask: Vlaggen) -> Getallen:
    highest = np.where(mask, waarden, -np.inf).max(axis=1)
    lowest = np.where(mask, waarden, np.inf).min(axis=1)
    return np.where(mask.any(axis=1), highest - lowest, 0.0)
