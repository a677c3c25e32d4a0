"""What a report is made of: figures with their status, reasons and origin, whatever they are read from.

A number in these classes is as computed, never rounded; `reports.getallen` rounds when it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from begrippen.beleid import Beleid
from begrippen.gebied import Gebied
from begrippen.lijsten import PER_JAAR, Bronsoort, LeegReden, Richting, Status
from begrippen.themas import Deel
from reports.bewering import Beweringen
from reports.grenzen import Grenzen
from reports.herziening import Correctie, Herziening, Rectificatie
from reports.oordeel import Oordeel, Toetsing
from reports.registerwerk import Begrip, Stuwend
from reports.uitvoering import Uitvoering

PERIODE = re.compile(r"(?P<jaar>\d{4})(?P<soort>[A-Z]{2})(?P<deel>\d{2})")


@dataclass(frozen=True)
class Regio:
    """A region as the report names it: CBS code, name, kind (land, provincie, corop, gemeente, samengesteld).

    `voluit`: in a sentence, where another region of the report is called the same: 'de gemeente Utrecht'.
    `officieel`: its name in full, where `naam` is a short one. It titles a page and stands in files with figures.
    """

    code: str
    naam: str
    soort: str
    voluit: str = ""
    officieel: str = ""

    @property
    def titel(self) -> str:
        """Its name in full."""
        return self.officieel or self.naam

    @property
    def wie(self) -> str:
        """Its name within a sentence."""
        return self.voluit or self.naam


@dataclass(frozen=True)
class Punt:
    """One value of one region in one period (CBS code: 2025JJ00, 2026KW01). `waarde` None: `leeg_reden` says why.

    `zonder` names the members that the value of a region does without. Between `marge_onder` and `marge_boven` lies
    the true value with 95% certainty, where the source gives that. `reeel`: an amount in prices of the `prijspeil`.
    `afronding`: how far the rounding of its source can put it off, either way; None where that is not known.
    """

    periode: str
    jaar: int
    waarde: float | None
    status: Status = "definitief"
    leeg_reden: LeegReden | None = None
    benadering: bool = False
    zonder: tuple[str, ...] = ()
    marge_onder: float | None = None
    marge_boven: float | None = None
    reeel: float | None = None
    afronding: float | None = None

    @property
    def periodesoort(self) -> str:
        """JJ, KW, MM, ...: periods of different kinds never share a line or a column."""
        found = PERIODE.fullmatch(self.periode)
        return found["soort"] if found else "JJ"

    @property
    def moment(self) -> float:
        """Place on a time axis, in years: a year at its number, a quarter or month at its share of the year."""
        found = PERIODE.fullmatch(self.periode)
        if found is None or found["soort"] not in PER_JAAR:
            return float(self.jaar)
        return self.jaar + (int(found["deel"]) - 1) / PER_JAAR[found["soort"]]

    @property
    def is_voorlopig(self) -> bool:
        """The source may still change this value."""
        return self.status in ("voorlopig", "nader_voorlopig")


@dataclass(frozen=True)
class Reeks:
    """All points of a region, in order of time."""

    regio: Regio
    punten: tuple[Punt, ...]

    def point(self, periode: str) -> Punt | None:
        """The point of a period, or None where the source has no such row."""
        return next((p for p in self.punten if p.periode == periode), None)


@dataclass(frozen=True)
class Stand:
    """The latest value of a region and how it moved, in the unit of the indicator; `tabellen`: as in `Bron.tabel`."""

    punt: Punt | None
    waarde_nl: float | None = None
    verschil_nl: float | None = None
    vorige_periode: str | None = None
    verandering_jaar: float | None = None
    editie_periode: str | None = None
    verandering_editie: float | None = None
    tabellen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Breuk:
    """A series break: values from the year `vanaf` on can not be compared with those before it."""

    vanaf: int
    reden: str


@dataclass(frozen=True)
class Bron:
    """One answer of a source that figures rest on. `verouderd`: why an older answer had to do, or empty."""

    bron: str
    tabel: str
    titel: str
    momentopname: str
    uitgever: str = ""
    opgehaald: datetime | None = None
    gewijzigd: date | None = None
    status: str = ""
    licentie: str = ""
    url: str = ""
    verouderd: str = ""


@dataclass(frozen=True)
class Cel:
    """A cell of a source under a figure: the last step of the walk back."""

    rol: str
    tabel: str
    onderwerp: str
    uitsplitsing: str
    regio: str
    periode: str
    waarde: float | None
    status: Status
    leeg_reden: LeegReden | None
    momentopname: str
    # of the register: shown in tens, as all its figures are
    tientallen: bool = False


@dataclass(frozen=True)
class Indicator:
    """One indicator: its card, and by region code its series, latest value, source cells and judgement.

    `herkomst`: the source cells under the latest value. `opgaven`: numbers of the tasks that it belongs to.
    `kaart`: every field of the card by its name, as `monitor.indicator` gives it, also those that have no name here.
    `prijspeil`: the year in whose prices amounts are judged; None without a price index.
    """

    id: str
    naam: str
    thema: str
    eenheid: str
    decimalen: int
    richting: Richting
    definitie: str
    bewerking: str
    aggregatie: str
    richting_herkomst: str = ""
    prijzen: str = "nvt"
    zekerheid: str = "K"
    opmerking: str = ""
    reeksen: dict[str, Reeks] = field(default_factory=dict)
    standen: dict[str, Stand] = field(default_factory=dict)
    breuken: tuple[Breuk, ...] = ()
    bronnen: tuple[Bron, ...] = ()
    herkomst: dict[str, tuple[Cel, ...]] = field(default_factory=dict)
    oordelen: dict[str, Oordeel] = field(default_factory=dict)
    opgaven: tuple[int, ...] = ()
    meting: str = "telling"
    kaart: Mapping[str, Any] = field(default_factory=dict)
    prijspeil: int | None = None

    @cached_property
    def periodesoort(self) -> str:
        """The kind of period that figures and tables show: years where there are any, else the commonest kind."""
        soorten = [p.periodesoort for r in self.reeksen.values() for p in r.punten if p.waarde is not None]
        if not soorten or "JJ" in soorten:
            return "JJ"
        return max(sorted(set(soorten)), key=soorten.count)

    def punt(self, regio: str) -> Punt | None:
        """The latest value of a region; None where it has none."""
        stand = self.standen.get(regio)
        return stand.punt if stand is not None and stand.punt is not None and stand.punt.waarde is not None else None

    def points(self, regio: str) -> tuple[Punt, ...]:
        """The points of a region of the shown kind of period; empty for a region without a series."""
        reeks = self.reeksen.get(regio)
        return tuple(p for p in reeks.punten if p.periodesoort == self.periodesoort) if reeks else ()

    def has_value(self, regio: str) -> bool:
        """Whether a region has any value to show."""
        return any(p.waarde is not None for p in self.points(regio))

    def crosses_break(self, eerste: int, laatste: int) -> bool:
        """Whether a series break lies between two years, so that their values can not be compared."""
        return any(eerste < b.vanaf <= laatste for b in self.breuken)


@dataclass(frozen=True)
class Thema:
    """A chapter: the indicators of one theme, as `begrippen.themas.Thema` describes it."""

    id: str
    naam: str
    groep: str
    indicatoren: tuple[Indicator, ...]
    blad: str
    titel: str = ""
    deel: Deel = ""
    achteraan: bool = False

    @property
    def is_welvaart(self) -> bool:
        """Whether the theme is one of well-being, which the wheel shows."""
        return self.deel == "brede_welvaart"


@dataclass(frozen=True)
class NietBeschikbaar:
    """An indicator that has no figure for the province, with the reason in words."""

    indicator: str
    naam: str
    reden: str
    tabel: str
    uitleg: str


@dataclass(frozen=True)
class Werk:
    """Employment of a region, or of one part of it, at one reference date; None: `leeg_reden` says why.

    `vestigingen`, `banen`, `fulltime` (12 hours or more a week) as published, to be shown in tens; the shares are of
    all of the region and `groei` is the change of `banen` since a year earlier, in percent.
    """

    code: str
    naam: str
    vestigingen: float | None = None
    banen: float | None = None
    fulltime: float | None = None
    aandeel_vestigingen: float | None = None
    aandeel_banen: float | None = None
    groei: float | None = None
    leeg_reden: LeegReden | None = None
    # groups: whether somebody confirmed the list of codes, and where it comes from
    bevestigd: bool = True
    herkomst: str = ""
    # sections: the location quotient, and the concept of the national jobs under it
    quotient: float | None = None


@dataclass(frozen=True)
class Gemeentewerk:
    """Employment of a municipality: its total and its largest sections (those that may be shown)."""

    regio: Regio
    totaal: Werk
    grootste: tuple[Werk, ...]
    onderdrukt: int


@dataclass(frozen=True)
class Register:
    """The chapter of the employment register: the province at its latest reference date, and the years before.

    `reden`: why there is no register in this report; everything else is then empty. `secties` and `groepen` are of
    `periode_sbi`, the last year in SBI 2008 (`periode` where that is the same). `landelijk`: the national jobs that the
    location quotients stand beside (lisa or banen_werknemers).
    """

    reden: str = ""
    periode: str = ""
    periode_sbi: str = ""
    totaal: Werk | None = None
    jaren: tuple[Werk, ...] = ()
    secties: tuple[Werk, ...] = ()
    secties_2025: tuple[Werk, ...] = ()
    klassen: tuple[Werk, ...] = ()
    groepen: tuple[Werk, ...] = ()
    gemeenten: tuple[Gemeentewerk, ...] = ()
    stuwend: tuple[Stuwend, ...] = ()
    begrippen: tuple[Begrip, ...] = ()
    begrippen_periode: str = ""
    landelijk: str = ""


@dataclass(frozen=True)
class Bouw:
    """How the figures came about: the build they were read from."""

    id: str
    code_versie: str
    gebouwd_op: datetime | None


@dataclass(frozen=True)
class Rapport:
    """A whole report on the tenant `gebied`. `melding`: the notice that stands on every page, or None.

    `corop`: empty where the one COROP area is the province itself; `buren`: the provinces that it is put beside;
    `beleid`: what it chose; `leden`: code of a COROP area or a composite region -> its municipalities;
    `samengesteld`: the composite regions, such as that of a deal; `grenzen` None: the maps are made of tiles;
    `herziening` None: there is no previous publication to compare with. `adres`: of the folder where it is
    published, ending in '/', or empty; `versie`: 1, and one more for each of `rectificaties`; `kern`: the core
    indicators; `embargo`: until when it is not public, None where that is over or there is none; `zonder`:
    (indicator, composite region) -> its members without a figure in their latest year, each with the reason.
    """

    gebied: Gebied
    editie: int
    soort: Bronsoort
    datum: date
    melding: str | None
    provincie: Regio
    nederland: Regio
    corop: tuple[Regio, ...]
    gemeenten: tuple[Regio, ...]
    themas: tuple[Thema, ...]
    niet_beschikbaar: tuple[NietBeschikbaar, ...]
    bronnen: tuple[Bron, ...]
    bouw: Bouw
    beleid: Beleid = field(default_factory=Beleid)
    grenzen: Grenzen | None = None
    leden: dict[str, tuple[Regio, ...]] = field(default_factory=dict)
    toetsing: Toetsing | None = None
    herziening: Herziening | None = None
    correcties: tuple[Correctie, ...] = ()
    samengesteld: tuple[Regio, ...] = ()
    register: Register | None = None
    uitvoering: Uitvoering | None = None
    beweringen: Beweringen = field(default_factory=Beweringen)
    buren: tuple[Regio, ...] = ()
    adres: str = ""
    versie: int = 1
    rectificaties: tuple[Rectificatie, ...] = ()
    kern: tuple[str, ...] = ()
    embargo: datetime | None = None
    zonder: dict[tuple[str, str], tuple[tuple[str, LeegReden | None], ...]] = field(default_factory=dict)

    @property
    def titel(self) -> str:
        """What the report is called."""
        return self.gebied.titel

    @property
    def kerncijfers(self) -> tuple[str, ...]:
        """The ids of the indicators that stand out, whether the report has a figure for them or not."""
        return self.beleid.kerncijfers

    @property
    def gebieden(self) -> tuple[Regio, ...]:
        """The regions within the province that have a page of their own: the COROP areas, then the municipalities."""
        return (*self.corop, *self.gemeenten)

    @property
    def indicatoren(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the chapters."""
        return tuple(i for t in self.themas for i in t.indicatoren)

    @property
    def gemist(self) -> tuple[NietBeschikbaar, ...]:
        """What lacks a figure for the province: not what is about the country only, which lacks nowhere."""
        waar = (self.provincie, *self.gebieden)
        landelijk = {
            i.id for i in self.indicatoren if i.punt(self.nederland.code) and not any(i.punt(g.code) for g in waar)
        }
        return tuple(n for n in self.niet_beschikbaar if n.indicator not in landelijk)

    @property
    def lagen(self) -> tuple[tuple[Regio, ...], ...]:
        """The layers of regions within the province, finest first."""
        return (self.gemeenten, self.corop) if self.corop else (self.gemeenten,)
