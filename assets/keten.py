"""The chain as plain settings: which kind of source, where things are kept, where they are published.

The stages take what they need from here; only `pipelines` knows how it came about (command line,
schedule, environment).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from assets.bron.fetch import Adressen
from assets.bron.momentopname import Archief
from assets.indicatoren.kaart import Kaart
from assets.register.bescherming.parameters import Parameters

# What the checks of a build found, beside its database.
TOETSEN = "toetsen.json"
# The boundaries of municipalities that its maps were drawn with, where there were any.
GRENZEN = "grenzen.geojson"

Soort = Literal["voorbeeld", "cbs", "opname"]

# report(stage, what, done, total): how far a stage is
Report = Callable[[str, str, int, int], None]


def no_report(stage: str, what: str, done: int, total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Keten:
    """One run of the chain. `adressen` is where the sources answer, `now` the clock."""

    soort: Soort
    adressen: Adressen
    opslag: Path
    uitvoer: Path
    editie: int
    now: Callable[[], datetime]
    code_versie: str
    aanlevering: Path | None = None
    geo: Path | None = None
    force: bool = False
    report: Report = field(default=no_report)
    # the closed list of regions: a code that it does not hold refuses the answer that brings it
    bekende_regios: frozenset[str] = frozenset()
    # the editions as editors describe them (edities/), and of the one that is made: its cards (empty: all) and the day
    # after which answers of sources count no more
    edities: Path | None = None
    kaarten: Mapping[str, Kaart] = field(default_factory=dict)
    peildatum: date | None = None
    lock: Path | None = None
    # the sample only: where the answers of the previous edition are
    vorige_lichting: Adressen | None = None
    # the sample only: where its first vintage answers, and the tables that it revises
    eerste_lichting: Adressen | None = None
    herzien: frozenset[str] = frozenset()
    # the confidential register: whether to take it along, the rules of its protection, and the regions that it covers
    register: bool = False
    registerregels: Parameters = field(default_factory=Parameters)
    registergebieden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def archief(self) -> Archief:
        """The stored answers of this kind of source."""
        return Archief(self.opslag, self.soort)

    def bouw_folder(self, bouw: str) -> Path:
        """Where build `bouw` of this kind stands."""
        return self.opslag / "bouw" / self.soort / bouw
