"""The cheapest safe pattern of a tiny register, by trying every one: the oracle of the protection.

Safe is what the own attacker (`aanvaller`) finds safe. What a pattern costs is written here a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import Cel

from .aanvaller import Register

# a percent of the jobs counts as fourteen thirds of a percent of the cells
BANEN_TEGEN_CELLEN = 14 / 3
MEEST = 12
Pattern = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Goedkoopste:
    """The cheapest pattern: what it withholds besides the unsafe cells, and what that costs; None where none is safe."""

    cellen: Pattern | None
    kosten: float


class Orakel:
    """Every pattern of one year without neighbours."""

    def __init__(self, bijdragen: pd.DataFrame, cellen: Sequence[Cel], regels: Parameters, jaar: int = 2020) -> None:
        self.jaar, self.regels = jaar, regels
        self.register = Register(bijdragen, {jaar: cellen}, regels)
        gegevens = self.register.jaren[jaar]
        self.keys = [(c.regio, c.uitsplitsing) for c in gegevens.cellen]
        banen, vestigingen = gegevens.figuur("banen"), gegevens.figuur("vestigingen")
        self.kosten = {
            key: 1 / len(self.keys) + BANEN_TEGEN_CELLEN * b / banen.sum()
            for key, b in zip(self.keys, banen, strict=True)
        }
        self.unsafe = self.register.unsafe(jaar)
        # a total is withheld only when it is unsafe itself; 0 is no secret
        self.candidates = [
            key
            for key, v, cel in zip(self.keys, vestigingen, gegevens.cellen, strict=True)
            if key not in self.unsafe and v > 0 and cel.atomen
        ]

    def safe(self, besides: Pattern) -> bool:
        """Whether nothing can be found when these cells are withheld besides the unsafe ones."""
        shown = set(self.keys) - self.unsafe - besides
        return not self.register.attack_shown(self.jaar, {self.jaar: shown})

    def cost(self, besides: Pattern) -> float:
        """What it costs to withhold these cells."""
        return sum(self.kosten[key] for key in besides)

    def cheapest(self) -> Goedkoopste:
        """Try every pattern, cheapest first."""
        if len(self.candidates) > MEEST:
            raise ValueError(f"{len(self.candidates)} cells are too many to try every pattern of")
        if not self.safe(frozenset(self.candidates)):
            return Goedkoopste(None, float("inf"))
        patterns = (
            frozenset(chosen)
            for size in range(len(self.candidates) + 1)
            for chosen in combinations(self.candidates, size)
        )
        for pattern in sorted(patterns, key=lambda p: (self.cost(p), sorted(p))):
            if self.safe(pattern):
                return Goedkoopste(pattern, self.cost(pattern))
        raise AssertionError
