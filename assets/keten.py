"""A run of the chain in parts, each what one kind of stage needs: the place, the sources, the edition, the register.

Only `pipelines` knows how they came about (command line, schedule, environment). Each part is a resource of Dagster by
its own name; an asset asks for those that its stage needs and gets no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from assets.beleid.cyclus import Cyclus
from assets.beleid.lezen import Beleidsmap
from assets.beleid.projecten import Effect
from assets.bron.fetch import Adressen
from assets.bron.grenzen import Grenzen
from assets.bron.momentopname import Archief
from assets.indicatoren.kaart import Kaart
from assets.kast import Kast
from assets.motor.keuze import Motorkeuze
from assets.register.bescherming.parameters import Parameters
from begrippen.lijsten import Bronsoort

# The boundaries of municipalities that its maps were drawn with, where there were any.
GRENZEN = "grenzen.geojson"


# the clock by which readers and the schedule count their days
TIJDZONE = ZoneInfo("Europe/Amsterdam")

# report(stage, what, done, total): how far a stage is
Report = Callable[[str, str, int, int], None]


# where the page of Dagster hands out reports (`pipelines/pagina.py`)
RAPPORTEN = "/rapport"


def rapport_adres(soort: str, bouw: str, blad: str = "index.html") -> str:
    """The address, on the page of Dagster, of the report of a build; of what is published it is build `actueel`."""
    return f"{RAPPORTEN}/{soort}/{bouw}/{blad}"


def end_of(dag: date) -> datetime:
    """The first moment that is no longer of a day, in UTC."""
    return datetime.combine(dag + timedelta(days=1), time(), TIJDZONE).astimezone(UTC)


def no_report(stage: str, what: str, done: int, total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Plek:
    """Where one kind of source has its place: what is kept, and the folder with the link to what is published.

    `dag`: everything is seen as it stood at the end of that day; nothing is fetched and nothing is remembered.
    """

    soort: Bronsoort
    opslag: Path
    uitvoer: Path
    dag: date | None = None

    @property
    def tot(self) -> datetime | None:
        """What came before this moment counts; None: everything."""
        return end_of(self.dag) if self.dag else None

    @property
    def archief(self) -> Archief:
        """The stored answers of this kind of source."""
        return Archief(self.opslag, self.soort, self.tot)

    def bouw_folder(self, bouw: str) -> Path:
        """Where build `bouw` of this kind stands; one of a day in the past apart from the others."""
        return self.opslag / ("peildatum" if self.dag else "bouw") / self.soort / bouw


@dataclass(frozen=True)
class Lichtingen:
    """The sample only: where earlier answers are. `eerste` gave the tables `herzien` before they were revised."""

    eerste: Adressen
    herzien: frozenset[str]
    vorige_editie: Adressen


@dataclass(frozen=True)
class Bronnen:
    """What is fetched and from where; `opnieuw`: also what did not change.

    `bekende_regios` is the closed list of regions: a code that it does not hold refuses the answer that brings it.
    `grenzen`: how long the sources may take and how much they may give.
    """

    adressen: Adressen
    bekende_regios: frozenset[str]
    aanlevering: Path | None = None
    opnieuw: bool = False
    lichtingen: Lichtingen | None = None
    grenzen: Grenzen = field(default_factory=Grenzen)


@dataclass(frozen=True)
class Editiekeuze:
    """The edition that is made. `edities` is where editors describe them, with `lock` an edition can be sealed.

    Of its description: its cards (empty: all), what it and those before it say of policy (the latest first), and the
    day after which answers of sources count no more. `effecten`: what may be told of its confidential projects;
    `cyclus`: the days of its cycle.
    """

    jaar: int
    edities: Path | None = None
    kaarten: Mapping[str, Kaart] = field(default_factory=dict)
    beleid: tuple[Beleidsmap, ...] = ()
    effecten: tuple[Effect, ...] = ()
    cyclus: Cyclus = field(default_factory=Cyclus)
    peildatum: date | None = None
    lock: Path | None = None
    geo: Path | None = None


@dataclass(frozen=True)
class Registerkeuze:
    """The confidential register: whether it goes along, the rules of its protection, the regions that it covers.

    `motor`: what it is counted on.
    """

    mee: bool = False
    regels: Parameters = field(default_factory=Parameters)
    gebieden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    motor: Motorkeuze = field(default_factory=Motorkeuze)


@dataclass(frozen=True)
class Maker:
    """What makes and when: the clock, the version of the code, and where what it made before is kept."""

    now: Callable[[], datetime]
    code_versie: str
    kast: Kast = field(default_factory=Kast)
