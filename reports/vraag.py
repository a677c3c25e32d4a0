"""A question that readers ask, as an edition states it; the answer is made of claims (reports.hoofdstukken.vragen)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# What a question is about, and so which claims answer it.
Vraagsoort = Literal[
    # is it better or worse than two years ago
    "toestand",
    # one indicator in one region
    "cijfer",
    # which branches grow
    "bedrijfstakken",
    # who works outside, who comes from outside
    "pendel",
    # what was counted and what the forecast expects
    "prognose",
    # one area as a whole
    "gebied",
    # the gap in productivity and where it goes
    "kloof",
    # why the previous edition gave another figure of an indicator
    "vorige_editie",
    # beside the neighbouring provinces
    "buren",
]

# Kinds that are about one indicator, and kinds that are about one region.
OVER_INDICATOR: frozenset[Vraagsoort] = frozenset({"cijfer", "vorige_editie"})
OVER_REGIO: frozenset[Vraagsoort] = frozenset({"cijfer", "gebied"})


@dataclass(frozen=True)
class Vraag:
    """A question with what it is about. `indicator` and `regio`: a card and a CBS code, empty where it names none."""

    vraag: str
    over: Vraagsoort
    indicator: str = ""
    regio: str = ""
