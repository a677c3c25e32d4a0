"""The attacker's linear program inside the search: how far can a sum be from its truth, given what is published?

Everything is written as a deviation from the truth, so 0 is always possible and what is possible is convex. An open
cell cannot deviate. When a sum cannot deviate far enough, the dual solution says why. By weak duality it gives an
inequality (`Cut`) that every sufficient pattern meets. The dual itself (`Proof`) follows from the system and not from
the figures, so it serves the next year too, with the figures of that year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from assets.register.bescherming.stelsel import Maten

HAIR = 1e-6
INF = float("inf")
# fulltime persons of an establishment by size class: public, because it is how the class is defined
KLASSEN: Mapping[str, tuple[float, float]] = {
    "0": (0, 0), "1": (1, 1), "2-4": (2, 4), "5-9": (5, 9), "10-19": (10, 19), "20-49": (20, 49), "50-99": (50, 99),
    "100-249": (100, 249), "250+": (250, INF),
}  # fmt: skip


@dataclass(frozen=True)
class Demand:
    """A sum (base variables, base measures) that must be able to deviate `level` up (sign 1) or down (-1).

    `target` names the sum: the number of the cell or derived sum that the search was given.
    """

    target: int
    base: np.ndarray
    weights: tuple[int, ...]
    sign: int
    level: float


@dataclass(frozen=True)
class Insider:
    """What an enterprise knows besides: base variables that are its own alone, and its part (per measure) in others."""

    fixed: np.ndarray
    part: np.ndarray
    own: np.ndarray


@dataclass(frozen=True)
class Proof:
    """A dual solution by place: rows x measures, bands (cell, known measure), rules (base variable, rule)."""

    demand: Demand
    rows: np.ndarray
    bands: np.ndarray
    rules: np.ndarray


@dataclass(frozen=True)
class Cut:
    """Sum of coefficient x suppressed >= 1, over cells of the block."""

    cells: np.ndarray
    coefficients: np.ndarray


@dataclass(frozen=True)
class Links:
    """What ties cells of a block whatever is withheld, as two years beside each other are tied.

    matrix: rows x base variables, measure by measure, with the bounds of a deviation. cells: of each row, the two cells
    that it ties; a row of which neither is withheld says nothing.
    """

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    cells: np.ndarray


@dataclass(frozen=True)
class Block:
    """A part of the system that stands on its own.

    matrix: rows (first `cells` published cells, then sums that are always known) x base variables; values: truth, base
    variables x measures; ceiling: how far each can go up at most. rules: coefficients of rules that tie the measures of
    a base variable, with their lower bounds (-inf where there is none). free: cells that may be suppressed. band_low,
    band_high: cells x known measures, how far a suppressed cell can deviate given other publications.
    """

    maten: Maten
    matrix: sparse.csr_matrix
    cells: int
    values: np.ndarray
    ceiling: np.ndarray
    rules: np.ndarray
    bounds: np.ndarray
    free: np.ndarray
    band_low: np.ndarray
    band_high: np.ndarray
    links: Links | None = None

    @cached_property
    def known(self) -> np.ndarray:
        """Known measures (rows) as sums of base measures (columns)."""
        return np.array(list(self.maten.bekend.values()), dtype=float)

    @cached_property
    def room(self) -> tuple[np.ndarray, np.ndarray]:
        """How far each suppressed cell can go down and up, per base measure: not below 0, and within its band."""
        down = (self.matrix[: self.cells] @ self.values).astype(float)
        up = np.full(down.shape, INF)
        for q, weights in enumerate(self.known):
            if weights.sum() == 1:
                m = int(np.argmax(weights))
                down[:, m] = np.minimum(down[:, m], -self.band_low[:, q])
                up[:, m] = np.minimum(up[:, m], self.band_high[:, q])
        return down, up

    @cached_property
    def lower(self) -> np.ndarray:
        """How far each base variable can go down: to 0."""
        return -self.values.astype(float)

    @cached_property
    def transposed(self) -> sparse.csr_matrix:
        """Base variables x rows."""
        return self.matrix.T.tocsr()


def coupling_rules(maten: Maten, atomen: Sequence[str], values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rules that tie the measures of a base variable: coefficients (base, rule, measure), lower bounds (base, rule).

    A job belongs to an establishment, so jobs are at least establishments; a size class bounds fulltime persons. A rule
    that the truth breaks (an empty establishment) has no bound: the attacker who uses it is mistaken.
    """
    n, k = values.shape
    if not maten.gekoppeld:
        return np.zeros((n, 0, k)), np.zeros((n, 0))
    rules = np.zeros((n, 3, k))
    rules[:, 0] = (-1, 1, 1)
    for j, atoom in enumerate(atomen):
        low, high = KLASSEN.get(atoom, (0, INF))
        if low > 0:
            rules[j, 1] = (-low, 1, 0)
        if high < INF:
            rules[j, 2] = (high, -1, 0)
    slack = np.einsum("jrk,jk->jr", rules, values)
    return rules, np.where((slack >= 0) & rules.any(axis=2), -slack, -INF)


def demand_cost(block: Block, demand: Demand) -> np.ndarray:
    """Cost of each base variable and measure that makes a minimum of what the demand wants largest."""
    cost = np.zeros((block.matrix.shape[1], len(block.maten.basis)))
    cost[demand.base] = -demand.sign * np.array(demand.weights, dtype=float)
    return cost


def make_cut(block: Block, proof: Proof, always: np.ndarray, insider: Insider | None = None) -> Cut | None:
    """Work out a proof with the figures of this block; None when it demands nothing (any more).

    `always`: cells that are suppressed in every pattern.
    """
    demand = proof.demand
    by_measure = not (proof.bands.any() or proof.rules.any())
    total = proof.rows if by_measure else proof.rows.copy()
    if not by_measure:
        total[: block.cells] += proof.bands @ block.known
    reduced = demand_cost(block, demand) - block.transposed @ total
    constant = 0.0
    if not by_measure and block.rules.shape[1]:
        reduced -= np.einsum("jr,jrk->jk", proof.rules, block.rules)
        used = proof.rules > 0
        if not np.isfinite(block.bounds[used]).all():
            return None
        constant = -float((proof.rules[used] * block.bounds[used]).sum())
    reduced[np.abs(reduced) < HAIR] = 0
    lower, upper = block.lower, block.ceiling
    if insider is not None:
        lower, upper = lower.copy(), upper.copy()
        lower[insider.part] += insider.own
        lower[insider.fixed] = upper[insider.fixed] = 0
    constant += float(np.where(reduced > 0, -reduced * lower, -reduced * upper).sum())
    y, (down, up) = proof.rows[: block.cells], block.room
    with np.errstate(invalid="ignore"):
        room = np.where(y > 0, y * down, np.where(y < 0, -y * up, 0)).sum(axis=1)
        if not by_measure:
            low, high = -proof.bands * block.band_low, -proof.bands * block.band_high
            room += np.where(proof.bands > 0, low, np.where(proof.bands < 0, high, 0)).sum(axis=1)
    need = demand.level - constant - float(room[always].sum())
    if not need > HAIR:
        return None
    chosen = np.flatnonzero((room > HAIR) & ~always & block.free)
    return Cut(chosen, np.minimum(1.0, room[chosen] / need))


@dataclass(frozen=True)
class Task:
    """What one block must withstand.

    demands: sums that must be able to deviate; insiders: what each enterprise knows that knows more than the rest;
    levels: demands x insiders, the deviation that must remain against that enterprise (0 = none). always: cells that
    are suppressed anyway; costs: of suppressing each cell.
    """

    block: Block
    demands: tuple[Demand, ...]
    insiders: tuple[Insider, ...]
    levels: np.ndarray
    always: np.ndarray
    costs: np.ndarray
