"""The trend test a second time, in the plainest way: with whole matrices and the tables of scipy, a series at a time
(what a pool of series tells together: all of the same years at once).

It shares no code with the engine. `Punten` are the years, the values and, where every point has one, the standard
errors of a series.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from scipy import stats
from scipy.linalg import solve_triangular

GRID = [0.05 * k for k in range(20)]
ZEKERHEID = 0.8


class Punten(NamedTuple):
    """A series without its gaps."""

    jaren: tuple[float, ...]
    waarden: tuple[float, ...]
    se: tuple[float, ...] | None = None


class Passing(NamedTuple):
    """A line: slope a year, its p and standard error, log-likelihood of its residuals, they and their projection."""

    helling: float
    p: float
    fout: float
    loglik: float
    rest: Any
    projectie: Any


@cache
def _matrices(jaren: tuple[float, ...], rho: float, se: tuple[float, ...] | None) -> tuple[Any, ...]:
    x = np.array(jaren)
    scale = np.ones(len(x)) if se is None else np.array(se) / min(se)
    covariance = rho ** np.abs(x[:, None] - x[None, :]) * np.outer(scale, scale)
    root = np.linalg.cholesky(covariance)
    design = solve_triangular(root, np.stack([np.ones(len(x)), x - x.mean()], axis=1), lower=True)
    inverse = np.linalg.inv(design.T @ design)
    projectie = np.eye(len(x)) - design @ inverse @ design.T
    determinant = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(design.T @ design)[1]
    return root, design, inverse, projectie, determinant


def fit(punten: Punten, rho: float) -> Passing:
    """Generalised least squares at one autocorrelation; a series that does not change has slope 0 and p 1."""
    root, design, inverse, projectie, determinant = _matrices(punten.jaren, rho, punten.se)
    y = np.array(punten.waarden)
    free = len(y) - 2
    if np.ptp(y) <= 1e-10 * np.abs(y).max():
        return Passing(0.0, 1.0, 0.0, np.nan, np.zeros(len(y)), projectie)
    white = solve_triangular(root, y - y.mean(), lower=True)
    helling = (inverse @ design.T @ white)[1]
    rest = projectie @ white
    squares = rest @ rest
    fout = np.sqrt(squares / free * inverse[1, 1])
    p = 2 * stats.t.sf(abs(helling) / fout, free)
    return Passing(helling, p, fout, -determinant / 2 - free / 2 * np.log(squares), rest, projectie)


def pool_rho(pool: Sequence[Punten]) -> float:
    """The autocorrelation of the series of a pool: below it with 80% certainty, after what the series tell together."""
    told = [p for p in pool if len(p.jaren) >= 4 and np.abs(fit(p, 0.0).rest).max() > 1e-10 * np.abs(p.waarden).max()]
    total = np.array([_loglik(told, rho) for rho in GRID])
    total *= _effective(told, GRID[int(total.argmax())])
    weight = np.exp(total - total.max())
    weight /= weight.sum()
    return float(np.interp(ZEKERHEID, np.cumsum(weight) - weight / 2, GRID))


def _loglik(pool: Sequence[Punten], rho: float) -> float:
    """The log-likelihood of `fit` of all series of a pool together: those of the same years have the same matrices."""
    alike: dict[tuple[Any, ...], list[tuple[float, ...]]] = {}
    for punten in pool:
        alike.setdefault((punten.jaren, punten.se), []).append(punten.waarden)
    total = 0.0
    for (jaren, se), waarden in alike.items():
        root, _, _, projectie, determinant = _matrices(jaren, rho, se)
        y = np.array(waarden).T
        rest = projectie @ solve_triangular(root, y - y.mean(axis=0), lower=True)
        total += (-determinant / 2 - (len(jaren) - 2) / 2 * np.log((rest**2).sum(axis=0))).sum()
    return total


def _effective(pool: Sequence[Punten], rho: float) -> float:
    """The part of a pool that is independent, from the squared correlation of the residuals of every pair."""
    m = len(pool)
    if m < 2:
        return 1.0
    every = sorted({j for p in pool for j in p.jaren})
    rest, projectie = np.zeros((m, len(every))), np.zeros((m, len(every), len(every)))
    for k, punten in enumerate(pool):
        at = [every.index(j) for j in punten.jaren]
        found = fit(punten, rho)
        rest[k, at] = found.rest / np.linalg.norm(found.rest)
        projectie[k][np.ix_(at, at)] = found.projectie / (len(at) - 2)
    flat = projectie.reshape(m, -1)
    apart = ~np.eye(m, dtype=bool)
    seen, chance = ((rest @ rest.T) ** 2)[apart].mean(), (flat @ flat.T)[apart].mean()
    return float(1 / (1 + (m - 1) * np.clip((seen - chance) / (1 - chance), 0, 1)))
