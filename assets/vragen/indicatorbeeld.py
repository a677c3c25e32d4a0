"""What one indicator is for a region: its card, its series, its judgement, one figure and the cells under that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Jaarwaarde:
    """A value of the series; `waarde` is not rounded and None where `leeg_reden` says why."""

    periode: str
    waarde: float | None
    status: str
    leeg_reden: str | None
    benadering: bool
    marge_onder: float | None = None
    marge_boven: float | None = None


@dataclass(frozen=True)
class Broncel:
    """A cell that counts in a figure, as the source gave it.

    `rol` is teller, noemer, gewicht or gewicht_noemer, `gewicht` what it counts for in the sum of its role; `lid` is
    the municipality that it counts for in a composite region, otherwise the region itself. `correctie` names the
    correction where `waarde` is not what the source gave.
    """

    rol: str
    lid: str
    term: int
    gewicht: float
    factor: float
    bron: str
    tabel: str
    onderwerp: str
    titel: str
    eenheid: str
    uitsplitsing: str
    regio: str
    periode: str
    waarde: float | None
    leeg_reden: str | None
    status: str
    momentopname: str
    correctie: str | None = None


@dataclass(frozen=True)
class Correctie:
    """A correction of a known error in a cell: what the source gives, and what is used (None: no value)."""

    correctie: str
    bron_waarde: float | None
    wordt: float | None
    reden: str
    gemeld_aan: str
    datum: date


@dataclass(frozen=True)
class OntbrekendLid:
    """A member without a value that the composite value does without; `dekking` is the part (0-1) that has one."""

    regio: str
    naam: str
    leeg_reden: str
    dekking: float


@dataclass(frozen=True)
class Lid:
    """A member of a region without a value: if it has one in that period, else why not; if it ever has."""

    regio: str
    naam: str
    waarde: bool
    leeg_reden: str | None
    ooit: bool


@dataclass(frozen=True)
class Toeval:
    """How many trends of this kind of region were tested, how many are significant, and how many chance alone gives."""

    toetsen: int
    signalen: int
    verwacht_toeval: float


@dataclass(frozen=True)
class Oordeel:
    """The judgement of `monitor.oordeel` on a series; see there for the closed lists. None: not tested."""

    venster_van: int
    venster_tot: int
    laatste_periode: str | None
    trend: str
    trend_helling: float | None
    trend_p: float | None
    trend_p_bh: float | None
    aantoonbaar: float | None
    trend_rho: float | None
    trend_ols: str
    p_ols: float | None
    trend_n: int
    robuust: str
    positie: str
    plaats_reden: str | None
    rang: int | None
    rang_van: int | None
    verschil_nl: float | None
    kloof: str
    kloof_reden: str | None
    toelichting: str | None


@dataclass(frozen=True)
class Soortgenoot:
    """A region that resembles this one, nearest first, with its value in the period of the figure.

    `vastgesteld` is the build in which the peers of this edition were frozen, `opgeheven` the first day on which the
    region is no longer there.
    """

    regio: str
    naam: str
    rang: int
    afstand: float
    reden: str
    vergeleken_op: str | None
    waarde: float | None
    status: str | None
    leeg_reden: str | None
    opgeheven: date | None
    vastgesteld: str


@dataclass(frozen=True)
class Antwoord:
    """A stored answer of a source that cells of the figure are from; `verouderd`: why no newer one is used."""

    uitgever: str
    tabel: str
    titel: str
    momentopname: str
    modified: str | None
    fetched_at: datetime
    status: str | None
    verouderd: str | None


@dataclass(frozen=True)
class Indicatorbeeld:
    """An indicator for a region: its card, its series, its judgement, one figure and where that comes from.

    `waarde` is the figure of `periode`; `waarde_nl` that of the Netherlands in the same period and from the same
    source. `cellen` are the source cells of the figure, `antwoorden` what they were read from; `waarde_sql` computes
    the figure from them, `herkomst_sql` and `waarneming_sql` are the two queries of the walk back. `oordeel` is None
    for a region without one, `soortgenoten` empty for one without peers; `beoordeeld` is False for a build that holds
    no judgements at all. `zonder` are the members that the figure of a composite region does without, as the card's
    coverage allows; `leden` are all members where a region that is made of them has no value. `toeval` says how many
    of the trends of this kind of region are significant by chance.
    """

    indicator: str
    naam: str
    eenheid: str
    decimalen: int
    definitie: str
    bewerking: str
    bronvermelding: str
    regio: str
    regio_naam: str
    periode: str
    waarde: Jaarwaarde
    waarde_nl: float | None
    reeks: tuple[Jaarwaarde, ...]
    cellen: tuple[Broncel, ...]
    herkomst_sql: str
    waarneming_sql: str
    waarde_sql: str
    aggregatie: str
    richting: str
    richting_herkomst: str
    prijzen: str
    prijzen_reden: str
    zekerheid: str
    gezien: tuple[str, ...]
    opmerking: str
    regio_soort: str
    soort: str
    bouw: str
    editie: int
    breuken: tuple[tuple[int, str], ...] = ()
    antwoorden: tuple[Antwoord, ...] = ()
    oordeel: Oordeel | None = None
    beoordeeld: bool = True
    soortgenoten: tuple[Soortgenoot, ...] = ()
    zonder: tuple[OntbrekendLid, ...] = ()
    dekking_maat: str | None = None
    doel: str = "rapport"
    correcties: tuple[Correctie, ...] = ()
    gewicht: str | None = None
    leden: tuple[Lid, ...] = ()
    toeval: Toeval | None = None
    meting: str = "telling"
