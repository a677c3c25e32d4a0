"""A table of data: its columns, its rows and the groups that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reports.inhoud import Inhoud

Uitlijning = Literal["begin", "eind"]


@dataclass(frozen=True)
class Cel:
    """A cell. `vlak`: a tint for its place among its kind; the text of the cell says the same with a sign."""

    inhoud: Inhoud
    vlak: Literal["gunstig", "midden", "ongunstig", "hoog", "laag"] | None = None


@dataclass(frozen=True)
class Kolom:
    """A column: its heading, and on which side its cells line up (numbers at the end)."""

    kop: Inhoud
    uitlijning: Uitlijning = "begin"
    nadruk: bool = False


@dataclass(frozen=True)
class Rij:
    """A row: its heading, and a cell for each column but the first."""

    kop: Inhoud
    cellen: tuple[Cel, ...]


@dataclass(frozen=True)
class Rijgroep:
    """Rows that belong together, under a heading where `kop` is not empty."""

    rijen: tuple[Rij, ...]
    kop: Inhoud = ()


@dataclass(frozen=True)
class Tabel:
    """A table of data. `kolommen[0]` stands above the headings of the rows; no cells are merged.

    `dicht`: many columns, to be set small.
    """

    id: str
    bijschrift: str
    kolommen: tuple[Kolom, ...]
    groepen: tuple[Rijgroep, ...]
    noten: tuple[str, ...] = ()
    dicht: bool = False

    @property
    def rijen(self) -> tuple[Rij, ...]:
        """All rows, whatever group they are in."""
        return tuple(r for g in self.groepen for r in g.rijen)
