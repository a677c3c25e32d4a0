"""How much a year resembles the year before it: the autocorrelation that the trend test reckons with.

A figure that lies above its line one year mostly lies above it the next. A test that takes the years as independent
then calls noise a trend: at an autocorrelation of 0.8 in a third of the series. Eight points do not tell how strong it
is, so the series of one pool (an indicator in one kind of region) tell it together. Why this way: docs/keuzes.md; how
often it is wrong: tests/bench/bench_trendtoets.py.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from begrippen.rekenregels import REKENREGELS

Getallen = NDArray[np.float64]
Vlaggen = NDArray[np.bool_]
# How many series are fitted at every value of the grid at a time: what they need stays in the cache of a processor.
_BLOK = 2048


@dataclass(frozen=True)
class Lijn:
    """A line by generalised least squares: `helling` a year, and what its test and its likelihood need.

    `rest` (m x k) are the residuals after whitening, `inverse` the factor between their variance and that of the slope;
    `loglik` the log-likelihood of the residuals but for a constant of the series, whatever its line and its scale.
    `niveau` and `tijd` (m x k) are what the line is made of, at right angles to each other.
    """

    n: NDArray[np.int64]
    helling: Getallen
    rest: Getallen
    inverse: Getallen
    loglik: Getallen
    niveau: Getallen
    tijd: Getallen

    @property
    def richtingen(self) -> tuple[Getallen, Getallen]:
        """What the line is made of, each of length 1: few who fit a line ask for it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            a, b = self.niveau, self.tijd
            return a / np.sqrt(_dot(a, a))[:, None], b / np.sqrt(self.inverse)[:, None]


def _steps(jaren: Getallen, mask: Vlaggen) -> tuple[NDArray[np.int64], Getallen]:
    """Give, for each point, the column of the point before it and the years in between: endless for the first."""
    columns = np.arange(len(jaren))
    last = np.maximum.accumulate(np.where(mask, columns, -1), axis=1)
    before = np.concatenate([np.full((len(mask), 1), -1), last[:, :-1]], axis=1)
    fresh = (before < 0) | ~mask
    before = np.where(before < 0, columns, before)
    return before, np.where(fresh, np.inf, jaren - jaren[before])


class Reeksvorm:
    """Series whose line can be fitted at any autocorrelation: what does not hang on it is made once.

    `jaren` (k), `waarden` and `mask` (m x k), `gewichten` (m x k, 1/se2; the scale of a row makes no difference). The
    covariance of two points is rho to the power of the years between them, times the product of their margins: with
    equal margins the plain model, without autocorrelation the line weighted with 1/se2.
    """

    def __init__(self, jaren: Getallen, waarden: Getallen, mask: Vlaggen, gewichten: Getallen | None = None) -> None:
        self.mask = mask
        self.n = mask.sum(axis=1)
        w = np.where(mask, 1.0 if gewichten is None else gewichten, 0.0)
        y = np.where(mask, waarden, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            w = w / w.max(axis=1, keepdims=True)
            total = w.sum(axis=1, keepdims=True)
            dx = jaren - (w * jaren).sum(axis=1, keepdims=True) / total
            dy = y - (w * y).sum(axis=1, keepdims=True) / total
            root = np.sqrt(w)
        before, self.years = _steps(jaren, mask)
        self.now = tuple(np.where(mask, root * c, 0.0) for c in (np.ones_like(w), dx, dy))
        self.before = tuple(np.take_along_axis(c, before, axis=1) for c in self.now)

    def take(self, rows: NDArray[np.int64]) -> Reeksvorm:
        """Give the series at these rows alone."""
        part = copy(self)
        part.mask, part.n, part.years = self.mask[rows], self.n[rows], self.years[rows]
        part.now, part.before = tuple(c[rows] for c in self.now), tuple(c[rows] for c in self.before)
        return part

    def line(self, rho: Getallen | float) -> Lijn:
        """Fit all lines at this autocorrelation: one number, or one for each series (m)."""
        phi = np.reshape(rho, (-1, 1)) ** self.years
        with np.errstate(divide="ignore"):
            return self._fit(phi, np.sqrt(1 - phi * phi), np.log(1 - phi * phi))

    def logliks(self, rhos: Getallen) -> Getallen:
        """The log-likelihood of every series (columns) at each of these autocorrelations (rows)."""
        found = np.empty((len(rhos), len(self.n)))
        # there are a handful of gaps between points, all of whole years, so a handful of powers
        years = np.where(np.isinf(self.years), 0, self.years).astype(np.intp)
        gaps = np.concatenate([[np.inf], np.arange(1.0, years.max(initial=0) + 1)])
        for start in range(0, len(self.n), _BLOK):
            block = slice(start, start + _BLOK)
            part, gap = self.take(np.arange(len(self.n))[block]), years[block]
            for step, rho in enumerate(rhos):
                phi = rho**gaps
                fresh = 1 - phi * phi
                found[step, block] = part._fit(phi.take(gap), np.sqrt(fresh).take(gap), np.log(fresh).take(gap)).loglik
        return found

    def _fit(self, phi: Getallen, root: Getallen, log: Getallen) -> Lijn:
        """Fit with what a point shares with the one before it, and the root and log of what it does not (m x k)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            a, b, c = ((now - phi * then) / root for now, then in zip(self.now, self.before, strict=True))
            aa = _dot(a, a)
            b, c = b - (_dot(a, b) / aa)[:, None] * a, c - (_dot(a, c) / aa)[:, None] * a
            bb = _dot(b, b)
            helling = _dot(b, c) / bb
            rest = c - helling[:, None] * b
            determinant = log.sum(axis=1) + np.log(aa) + np.log(bb)
            loglik = -determinant / 2 - (self.n - 2) / 2 * np.log(_dot(rest, rest))
            return Lijn(
                n=self.n,
                helling=helling,
                rest=rest,
                inverse=bb,
                loglik=loglik,
                niveau=a,
                tijd=b,
            )


def _dot(a: Getallen, b: Getallen) -> Getallen:
    found: Getallen = np.einsum("ij,ij->i", a, b)
    return found


def grid() -> Getallen:
    """The autocorrelations that are weighed against each other."""
    return np.linspace(0, REKENREGELS.rho_hoogste, REKENREGELS.rho_stappen)


def pool_rho(vorm: Reeksvorm, telt: Vlaggen, groep: NDArray[np.int64]) -> Getallen:
    """Give each series the autocorrelation of its pool, on the safe side of what the series of the pool allow.

    `telt` (m) says which series speak: enough points, and not all on a line. Each gives the likelihood of its residuals
    (REML) at every value of the grid; the pool is their sum. Where the same shock hits many regions they tell less than
    their number: the likelihood is that of so many independent series as `_effective` finds. All values of the grid are
    equally likely beforehand, so a pool of one (the country) is judged at nearly the highest. The outcome is the
    value that the autocorrelation stays below with certainty `rho_zekerheid`.
    """
    steps = grid()
    pools, pool = np.unique(groep, return_inverse=True)
    rows = np.flatnonzero(telt)
    part, speaks = vorm.take(rows), pool[rows]
    logliks = part.logliks(steps)
    total: Getallen = np.stack([np.bincount(speaks, weights=each, minlength=len(pools)) for each in logliks])
    best = steps[total.argmax(axis=0)]
    told = total * _effective(part.line(best[speaks]), part.mask, speaks, len(pools))
    return choose(told, steps, REKENREGELS.rho_zekerheid)[pool]


def choose(total: Getallen, steps: Getallen, zekerheid: float) -> Getallen:
    """Give the value that the autocorrelation of each pool (columns of `total`) stays below with this certainty."""
    weight = np.exp(total - total.max(axis=0))
    weight /= weight.sum(axis=0)
    # the middle of a step has half of its weight below it
    below = np.cumsum(weight, axis=0) - weight / 2
    return np.array([np.interp(zekerheid, column, steps) for column in below.T], dtype=float)


def _effective(lijn: Lijn, mask: Vlaggen, pool: NDArray[np.int64], pools: int) -> Getallen:
    """Give the share of the series of a pool that counts as independent: 1 without common shocks, 1/m with only those.

    What two series tell of rho hangs together by the square of the correlation of their residuals. The mean of that
    square over all pairs follows from the sum of the outer products of the residuals; what it would be by chance, with
    so few points, from the sum of the projections that made them.
    """
    free = lijn.n - 2
    unit = lijn.rest / np.sqrt(_dot(lijn.rest, lijn.rest))[:, None]
    width = unit.shape[1]
    seen, chance = np.zeros((pools, width, width)), np.zeros((pools, width, width))
    order = np.argsort(pool, kind="stable")
    named, starts = np.unique(pool[order], return_index=True)
    if len(named):
        projection = np.eye(width) * mask[:, None, :]
        for q in lijn.richtingen:
            projection = projection - q[:, :, None] * q[:, None, :]
        seen[named] = np.add.reduceat((unit[:, :, None] * unit[:, None, :])[order], starts)
        chance[named] = np.add.reduceat((projection / free[:, None, None])[order], starts)
    m = np.bincount(pool, minlength=pools)
    found = (seen**2).sum(axis=(1, 2)) - m
    expected = (chance**2).sum(axis=(1, 2)) - np.bincount(pool, weights=1 / free, minlength=pools)
    pairs = m * (m - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = np.where(pairs > 0, np.clip((found - expected) / (pairs - expected), 0, 1), 0.0)
    return 1 / (1 + (m - 1).clip(0) * shared)
