"""Families of tests of which is known where something changes: what part of the changes that are found is none?

A family is what a reader sees beside each other: the indicators of a theme in the regions of one kind. Its series hang
together as real ones do: a shock that all regions share, one that hits all indicators of a region, and neighbours that
resemble each other. What is counted is what `judge` of the engine says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from assets.indicatoren.oordeel import Reeksen, judge
from assets.indicatoren.toetsen_reeks import noise
from begrippen.rekenregels import REKENREGELS
from tests.indicatoren.simulatie import JAREN

N = 8


@dataclass(frozen=True)
class Familie:
    """So many indicators in so many regions, and how their noise hangs together (parts of its variance).

    `landelijk` is what all regions of an indicator share, `regionaal` what all indicators of a region share, `buren`
    the correlation of a region with the next one in what is left. `rho` is the autocorrelation, `deel` the part of the
    series that changes, by `verandering` standard deviations of the noise over the years; with `hele_indicatoren` they
    are all series of so many indicators, as where something rises everywhere.
    """

    indicatoren: int
    regios: int
    rho: float
    landelijk: float = 0.0
    regionaal: float = 0.0
    buren: float = 0.0
    deel: float = 0.0
    hele_indicatoren: bool = False
    verandering: float = 4.0


@dataclass(frozen=True)
class Fout:
    """Percent: of what is found how much is false (mean over families), by each p; of what changes how much is found.

    Plain least squares uncorrected, our p uncorrected, ours corrected by Benjamini-Hochberg (in force), by
    Benjamini-Yekutieli; `gevonden` with the one in force, and with the latter.
    """

    kleinste_kwadraten: float
    los: float
    in_gebruik: float
    yekutieli: float
    gevonden: float
    gevonden_yekutieli: float


def _ar(rng: np.random.Generator, rho: float, *shape: int) -> NDArray[np.float64]:
    """Noise with variance 1 of which each year resembles the year before it: years are the last axis."""
    y = rng.standard_normal((*shape, N))
    for year in range(1, N):
        y[..., year] = rho * y[..., year - 1] + np.sqrt(1 - rho**2) * y[..., year]
    return y


def _draw(rng: np.random.Generator, f: Familie, families: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Series (families x indicators x regions x years) and which of them change."""
    own = _ar(rng, f.rho, families, f.indicatoren, f.regios)
    for k in range(1, f.regios):
        own[:, :, k] = f.buren * own[:, :, k - 1] + np.sqrt(1 - f.buren**2) * own[:, :, k]
    land = _ar(rng, f.rho, families, f.indicatoren)[:, :, None]
    regio = _ar(rng, f.rho, families, f.regios)[:, None]
    rest = 1 - f.landelijk - f.regionaal
    y = np.sqrt(f.landelijk) * land + np.sqrt(f.regionaal) * regio + np.sqrt(rest) * own
    shape = (families, f.indicatoren, 1 if f.hele_indicatoren else f.regios)
    changes = np.broadcast_to(rng.random(shape) < f.deel, y.shape[:3])
    side = np.where(rng.random(y.shape[:3]) < 0.5, -1.0, 1.0)
    return y + (side * changes * f.verandering)[..., None] * np.linspace(0, 1, N), changes


def false_share(seed: int, f: Familie, families: int) -> Fout:
    """Draw so many families and judge them; the same seed gives the same series."""
    y, changes = _draw(np.random.default_rng(seed), f, families)
    size = f.indicatoren * f.regios
    series = families * size
    values = np.full((series, len(JAREN)), np.nan)
    values[:, -N:] = 100 + y.reshape(series, N)
    none = np.zeros(series, dtype=bool)
    found = judge(
        Reeksen(
            jaren=JAREN,
            waarde=values,
            se=np.full(values.shape, np.nan),
            zijde=np.zeros(values.shape, dtype=np.int64),
            voorlopig=np.zeros(values.shape, dtype=bool),
            ruis=noise(values),
            om_de_paar_jaar=none,
            voortschrijdend=none,
            groep=np.arange(series) // f.regios,
            familie=np.arange(series) // size,
        )
    )
    per_family = (families, size)
    change = changes.reshape(per_family)
    p, plain, p_bh = (v.reshape(per_family) for v in (found.uitkomst.p, found.kleinste.p, found.p_bh))
    p_by = np.stack([stats.false_discovery_control(row, method="by") for row in p])

    def part(values: NDArray[np.float64]) -> float:
        signal = values < REKENREGELS.alfa
        return float(100 * ((signal & ~change).sum(axis=1) / signal.sum(axis=1).clip(min=1)).mean())

    def hit(values: NDArray[np.float64]) -> float:
        return float(100 * ((values < REKENREGELS.alfa) & change).sum() / max(change.sum(), 1))

    return Fout(part(plain), part(p), part(p_bh), part(p_by), hit(p_bh), hit(p_by))
