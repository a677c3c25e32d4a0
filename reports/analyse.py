"""What is worked out beyond a value per region: the analyses of which the chapters tell. Shapes only, as computed.

Amounts are in the unit that each class names, unrounded; shares are percentages (0 to 100). `code`: of the branch or
the province, as CBS has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from begrippen.lijsten import LeegReden, Status
from reports.model import Punt, Regio
from reports.verken.model import Verkenner

# The one table that an analysis rests on, as its query names it (sql/reken/baancel.sql, sql/monitor/pendel.sql and
# sql/monitor/prognose.sql); a gap in productivity names its own.
BANEN, PENDEL, PROGNOSE = "83582NED", "85481NED", "85173NED"


@dataclass(frozen=True)
class Kloofdeel:
    """A branch in the productivity gap: its shares in the working years, its productivity, its contributions (euro)."""

    naam: str
    aandeel: float
    aandeel_nl: float
    productiviteit: float | None
    productiviteit_nl: float | None
    structuur: float
    regiospecifiek: float
    interactie: float
    code: str = ""


@dataclass(frozen=True)
class Productiviteitskloof:
    """The gap in value added per working year with the Netherlands, in three parts, in one table and period.

    `delen`: the branches, in the order of the classification. The parts and `afronding` add up to `kloof` (euro).
    """

    regio: Regio
    tabel: str
    periode: str
    productiviteit: float
    productiviteit_nl: float
    structuur: float
    regiospecifiek: float
    interactie: float
    afronding: float
    kloof: float
    status: Status
    delen: tuple[Kloofdeel, ...] = ()


@dataclass(frozen=True)
class Groeideel:
    """A branch in the growth of jobs: jobs at the end, and the change with its three parts."""

    naam: str
    banen: float
    verandering: float
    nationaal: float
    sectormix: float
    regionaal: float
    code: str = ""


@dataclass(frozen=True)
class Banengroei:
    """The change in jobs of employees over the window, split by shift-share; the last row of Dunn is `afronding`."""

    regio: Regio
    periode_van: str
    periode: str
    banen_van: float
    banen: float
    nationaal: float
    sectormix: float
    regionaal: float
    afronding: float
    status: Status
    delen: tuple[Groeideel, ...] = ()


@dataclass(frozen=True)
class Specialisatie:
    """A branch beside the Netherlands: its share in the jobs of employees, and the quotient of the two shares."""

    naam: str
    banen: float | None
    aandeel: float | None
    aandeel_nl: float | None
    quotient: float | None
    status: Status = "definitief"
    leeg_reden: LeegReden | None = None
    code: str = ""


@dataclass(frozen=True)
class Balans:
    """Living and working in a region: jobs of employees there, jobs of those who live there, and who crosses."""

    regio: Regio
    periode: str
    banen: float
    banen_van_inwoners: float
    uitgaand: float
    inkomend: float
    uitgaand_pct: float
    inkomend_pct: float
    waarde: float
    status: Status


@dataclass(frozen=True)
class Pendelstroom:
    """Jobs of employees between the province and another province, both ways; None where the source gives no number."""

    provincie: str
    naar: float | None
    uit: float | None
    code: str = ""


@dataclass(frozen=True)
class Prognosejaar:
    """A year of the population forecast with its interval of 67%, and what really came, in inhabitants."""

    periode: str
    jaar: int
    prognose: float | None
    onder: float | None
    boven: float | None
    werkelijk: float | None


@dataclass(frozen=True)
class Leeftijdsprognose:
    """A group of ages in the forecast: first and last year, with the change in persons and in percentage points."""

    leeftijd: str
    van: str
    tot: str
    waarde_van: float
    waarde_tot: float
    aandeel_van: float
    aandeel_tot: float

    @property
    def verandering(self) -> float:
        """In persons."""
        return self.waarde_tot - self.waarde_van

    @property
    def verandering_aandeel(self) -> float:
        """In percentage points."""
        return self.aandeel_tot - self.aandeel_van


@dataclass(frozen=True)
class Editieverschil:
    """Why this edition gives another figure than the previous one, for the province, in the unit of the card.

    `herziening` None: it can not be told apart from `definitie`.
    """

    indicator: str
    naam: str
    eenheid: str
    decimalen: int
    periode_toen: str
    periode_nu: str
    waarde_toen: float | None
    waarde_nu: float | None
    verandering: float | None
    herziening: float | None
    definitie: float | None


@dataclass(frozen=True)
class Toets:
    """A check on the quality of the build: what it looks at, what must hold, and of how many rows that is not so.

    `melding` says how it came out, with the rows.
    """

    naam: str
    tabel: str
    blokkeert: bool
    geslaagd: bool
    uitleg: str
    aantal: int = 0
    melding: str = ""


@dataclass(frozen=True)
class NietBerekend:
    """Something that was asked for and is not computed: names, why not, what it would take."""

    onderwerp: str
    namen: tuple[str, ...]
    reden: str
    nodig: str


@dataclass(frozen=True)
class Apart:
    """A figure that was set aside: of which indicator, region and period, and what check or rule it does not hold to.

    `waarde` is what follows from the source, in `eenheid`; `reden` says what should have been.
    """

    indicator: str
    naam: str
    eenheid: str
    regio: str
    regionaam: str
    periode: str
    toets: str
    waarde: float
    reden: str


@dataclass(frozen=True)
class Terugtoets:
    """Of one theme: of how many figures of known years the model said where they would lie, and how many lay there.

    `apart`: where the deviation that regions of a kind share in a year is taken off first.
    """

    thema: str
    van: int
    tot: int
    voorspellingen: int
    binnen: int
    voorspellingen_apart: int
    binnen_apart: int


@dataclass(frozen=True)
class Naast:
    """A region to compare with, by indicator its figure in the period of the latest one of the region beside it."""

    regio: Regio
    punten: Mapping[str, Punt] = field(default_factory=dict)


@dataclass(frozen=True)
class Analyses:
    """All of them; what a build has no data for is None or empty.

    `naast`: code of a region -> the regions laid beside it: of the province its neighbours, of an area its peers.
    """

    kloof: Productiviteitskloof | None = None
    kloof_corop: tuple[Productiviteitskloof, ...] = ()
    banengroei: Banengroei | None = None
    specialisatie: tuple[Specialisatie, ...] = ()
    specialisatie_periode: str = ""
    balansen: tuple[Balans, ...] = ()
    pendel: tuple[Pendelstroom, ...] = ()
    prognose: tuple[Prognosejaar, ...] = ()
    leeftijden: tuple[Leeftijdsprognose, ...] = ()
    editieverschillen: tuple[Editieverschil, ...] = ()
    toetsen: tuple[Toets, ...] = ()
    niet_berekend: tuple[NietBerekend, ...] = ()
    apart: tuple[Apart, ...] = ()
    terugtoetsen: tuple[Terugtoets, ...] = ()
    naast: Mapping[str, tuple[Naast, ...]] = field(default_factory=dict)
    verken: Verkenner | None = None
