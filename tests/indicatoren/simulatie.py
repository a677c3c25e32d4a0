"""Series of which is known that nothing changes, or how much: how often does the judgement say so?

A pool is an indicator in one kind of region. Its series are noise around a level of their own, where a year resembles
the year before it by `rho` (AR(1)); part of that noise may be the same in every region. What is counted is what `judge`
of the engine says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.indicatoren.oordeel import ROBUUST, Beoordeling, Reeksen, judge
from assets.indicatoren.toetsen_reeks import noise
from begrippen.rekenregels import REKENREGELS

JAREN = np.arange(2017.0, 2026.0)


@dataclass(frozen=True)
class Wereld:
    """Pools of so many regions, series of `n` years, and how their noise hangs together.

    `schok` is the part of the variance that all regions share, `gaten` the part of the years that is missing,
    `verandering` the change over those years, in standard deviations of the noise. `marges`: each year has a standard
    error of its own, which the noise follows.
    """

    pools: int
    regios: int
    n: int
    rho: float
    schok: float = 0.0
    gaten: float = 0.0
    verandering: float = 0.0
    marges: bool = False


@dataclass(frozen=True)
class Aandelen:
    """Percent of the series that were tested: significant, so by plain least squares; of the first what is robust."""

    signaal: float
    kleinste_kwadraten: float
    robuust: float


def _noise(rng: np.random.Generator, series: int, n: int, rho: float) -> NDArray[np.float64]:
    """AR(1) with variance 1, a row a series; a random walk at rho 1."""
    step = rng.standard_normal((series, n))
    if rho >= 1:
        return step.cumsum(axis=1)
    for year in range(1, n):
        step[:, year] = rho * step[:, year - 1] + np.sqrt(1 - rho**2) * step[:, year]
    return step


def draw(rng: np.random.Generator, w: Wereld) -> Reeksen:
    """Series of the last `n` years before the edition."""
    total = w.pools * w.regios
    own, shared = _noise(rng, total, w.n, w.rho), _noise(rng, w.pools, w.n, w.rho)
    y = np.sqrt(1 - w.schok) * own + np.sqrt(w.schok) * np.repeat(shared, w.regios, axis=0)
    se = np.full((total, len(JAREN)), np.nan)
    if w.marges:
        se[:, -w.n :] = rng.uniform(0.5, 2.0, size=(total, w.n))
        y = y * se[:, -w.n :]
    y = y + w.verandering * np.linspace(0, 1, w.n)
    y[rng.random(y.shape) < w.gaten] = np.nan
    values = np.full((total, len(JAREN)), np.nan)
    values[:, -w.n :] = 100 + y
    none = np.zeros(total, dtype=bool)
    return Reeksen(
        jaren=JAREN,
        waarde=values,
        se=se,
        zijde=np.zeros(values.shape, dtype=np.int64),
        voorlopig=np.tile(JAREN[-1] <= JAREN, (total, 1)),
        ruis=noise(values),
        om_de_paar_jaar=none,
        voortschrijdend=none,
        groep=np.arange(total) // w.regios,
        # each a family of its own: what is counted is a test by itself
        familie=np.arange(total),
    )


def count(found: Beoordeling) -> Aandelen:
    """How often a change was found."""
    p, plain = found.uitkomst.p, found.kleinste.p
    signal = p < REKENREGELS.alfa
    tested = np.isfinite(p).sum()
    return Aandelen(
        signaal=100 * signal.sum() / tested,
        kleinste_kwadraten=100 * (plain < REKENREGELS.alfa).sum() / tested,
        robuust=100 * (found.robuust[signal] == ROBUUST).sum() / max(signal.sum(), 1),
    )


def simulate(seed: int, w: Wereld) -> Aandelen:
    """Draw a world and judge it; the same seed gives the same series."""
    return count(judge(draw(np.random.default_rng(seed), w)))
