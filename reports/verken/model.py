"""What the page to explore is made of: more areas than the report has pages for, and what is needed to add them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.model import Regio
from reports.oordeel import Oordeel

# What a municipality counts for in a year, and how final that is.
Gewicht = tuple[float, str]


@dataclass(frozen=True)
class Verkenreeks:
    """The figures of an indicator in a region, all lists as long as `perioden`, in order of time.

    `tellers` and `noemers` as in `monitor.indicatorwaarde`; `statussen`, `redenen`: codes of the closed lists;
    `zonder`: place in the list -> names of the members that the value does without.
    """

    perioden: tuple[str, ...]
    waarden: tuple[float | None, ...]
    tellers: tuple[float | None, ...]
    noemers: tuple[float | None, ...]
    statussen: tuple[str, ...]
    redenen: tuple[str | None, ...]
    benaderingen: tuple[bool, ...]
    marges_onder: tuple[float | None, ...]
    marges_boven: tuple[float | None, ...]
    zonder: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Vindplaats:
    """A source cell under a figure. `regio` empty: the region of the figure itself, or each of its members."""

    rol: str
    bron: str
    tabel: str
    onderwerp: str
    uitsplitsing: str
    regio: str
    periode: str


@dataclass(frozen=True)
class Verkenner:
    """All that the page to explore holds beside what the report has.

    `regios`: every region with figures, those of the report first; `soortgenoten`: of an area its peers, the nearest
    first. By indicator: `reeksen` and `oordelen` by region, `cellen` by kind of region and period, `factoren` (of a
    card that divides) by period. `gewichten`: card that weighs -> municipality -> year. `afgelopen`: composite regions
    whose time is over; `postcodes`: municipality -> its postcodes, empty without a list.
    """

    regios: tuple[Regio, ...]
    soortgenoten: Mapping[str, tuple[str, ...]]
    reeksen: Mapping[str, Mapping[str, Verkenreeks]]
    oordelen: Mapping[str, Mapping[str, Oordeel]]
    cellen: Mapping[str, Mapping[tuple[str, str], tuple[Vindplaats, ...]]]
    factoren: Mapping[str, Mapping[str, float]]
    gewichten: Mapping[str, Mapping[str, Mapping[str, Gewicht]]] = field(default_factory=dict)
    afgelopen: frozenset[str] = frozenset()
    postcodes: Mapping[str, list[str]] = field(default_factory=dict)
