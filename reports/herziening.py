"""What changed since the previous publication, and which known errors of a source were corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wijziging:
    """What changed in an indicator since the previous publication: how many values by kind, and the greatest change.

    `soorten`: herzien, definitie or vervallen -> number of values. `oud` and `nieuw` are of `regio` in `periode`; both
    None where no value was replaced by another.
    """

    indicator: str
    naam: str
    eenheid: str
    decimalen: int
    soorten: dict[str, int]
    regio: str = ""
    periode: str = ""
    oud: float | None = None
    nieuw: float | None = None


@dataclass(frozen=True)
class Kaartwijziging:
    """A card that came, went, or measures something else: `soort` nieuw, vervallen or definitie."""

    indicator: str
    naam: str
    soort: str
    velden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Herziening:
    """What changed since the publication of `vorige`; `nieuw` values of `nieuw_indicatoren` indicators came along."""

    vorige: date | None
    nieuw: int
    nieuw_indicatoren: int
    wijzigingen: tuple[Wijziging, ...] = ()
    kaarten: tuple[Kaartwijziging, ...] = ()


@dataclass(frozen=True)
class Rectificatie:
    """A mistake that was put right after publication, in `versie`: what stood there, and the pages that say so."""

    versie: int
    datum: date
    was: str
    bladen: tuple[str, ...]


@dataclass(frozen=True)
class Correctie:
    """A known error of a source that was corrected. `wordt` None: no value is used; `indicatoren`: (id, name)."""

    naam: str
    tabel: str
    onderwerp: str
    regio: str
    periode: str
    bron_waarde: float | None
    wordt: float | None
    reden: str
    gemeld_aan: str
    datum: date
    indicatoren: tuple[tuple[str, str], ...] = ()
