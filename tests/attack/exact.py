"""The cheapest safe pattern of a tiny register, found by trying every pattern: the oracle of the protection.

Safe is what the attacker of these tests (`aanvaller`) finds safe, outsiders and enterprises both. What a pattern costs
is written here a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import Cel

from .aanvaller import Register

# a percent of the jobs weighs as much as fourteen thirds of a percent of the cells: the goals are 3% and 14%
WEIGHT_OF_JOBS = 14 / 3
# two to the power of this many patterns is what can be tried
MOST_CELLS = 10
# cells that are withheld besides the unsafe ones: (regio, uitsplitsing)
Pattern = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Cheapest:
    """A cheapest pattern and its cost."""

    pattern: Pattern
    cost: float


class Orakel:
    """Every pattern of one year without neighbours."""

    def __init__(self, bijdragen: pd.DataFrame, cellen: Sequence[Cel], regels: Parameters, jaar: int) -> None:
        self.jaar = jaar
        self.register = Register(bijdragen, {jaar: cellen}, regels)
        self.unsafe = self.register.unsafe(jaar)
        truth = self.register.jaren[jaar]
        cells = [(c.regio, c.uitsplitsing) for c in truth.cellen]
        vestigingen, banen = truth.figuur("vestigingen"), truth.figuur("banen")
        self.cells = frozenset(cells)
        self.cost_of_cell = {
            cell: 1 / len(cells) + WEIGHT_OF_JOBS * jobs / banen.sum() for cell, jobs in zip(cells, banen, strict=True)
        }
        # as the protection has it: a total is withheld only when it is unsafe itself, and 0 is no secret
        self.candidates = [
            cell
            for cell, count, c in zip(cells, vestigingen, truth.cellen, strict=True)
            if cell not in self.unsafe and count > 0 and c.atomen
        ]

    def is_safe(self, pattern: Pattern) -> bool:
        """Whether nobody finds anything when the unsafe cells and these are withheld."""
        return not self.register.attack_shown(self.jaar, {self.jaar: set(self.cells - self.unsafe - pattern)})

    def cost(self, pattern: Pattern) -> float:
        """What it costs to withhold these cells."""
        return sum(self.cost_of_cell[cell] for cell in pattern)

    def _patterns(self) -> Iterator[Pattern]:
        for size in range(len(self.candidates) + 1):
            yield from map(frozenset, combinations(self.candidates, size))

    def find_cheapest(self) -> Cheapest | None:
        """Try every pattern, cheapest first; None when not even withholding every candidate is safe."""
        if len(self.candidates) > MOST_CELLS:
            raise ValueError(f"{len(self.candidates)} cells are too many to try every pattern of")
        # withholding more never makes anything less safe
        if not self.is_safe(frozenset(self.candidates)):
            return None
        in_order = sorted(self._patterns(), key=lambda pattern: (self.cost(pattern), sorted(pattern)))
        pattern = next(filter(self.is_safe, in_order))
        return Cheapest(pattern, self.cost(pattern))
