"""The rules in force: every number that decides what the monitor says, once, with its reason and date.

Python reads `REKENREGELS`; SQL reads the same from the one row of `invoer.rekenregel`. A number of these stands nowhere
else: who changes one here changes every verdict, sentence and table that rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rekenregels:
    """The rules of a judgement. The reasons of each stand in docs/keuzes.md, under Oordeel.

    alfa: a trend is significant when p is below it. venster: the window is the so many years before the edition.
    minste_punten: a line needs so many. editie_jaren: an edition is compared with so many years earlier.
    kwart: a place in the first or last part of the ranks that has a name.
    """

    alfa: float = 0.05
    venster: int = 8
    minste_punten: int = 4
    editie_jaren: int = 2
    kwart: float = 0.25


REKENREGELS = Rekenregels()
