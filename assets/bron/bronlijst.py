"""The list of sources: what we ask of whom, and what we expect to get back.

`tabellen/*.yaml` hold the StatLine tables, `aanleveringen/*.yaml` the delivered files (those of a tenant stand in a
folder of that name in its own), `../register/tabellen.yaml` what the confidential register hands on after protection.
All are read into the models below, so that a wrong entry names its file, field and allowed values before anything is
fetched. In a text `{gebied}` is the name of the tenant; in a list of
regions `{provincie}`, `{corop}` and `{gemeenten}` are its codes (`begrippen.regio.vraag`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assets.bron.gezienlijst import Vindplek
from begrippen.fout import BestandError
from begrippen.gebied import Gebied, gekozen
from begrippen.lijsten import LIJSTEN, Bronperiodesoort, Bronregiosoort, Leegbetekenis, Zekerheid
from begrippen.regio import vraag
from begrippen.yamlbestand import read_yaml

HERE = Path(__file__).parent
TABELLEN = HERE / "tabellen"
AANLEVERINGEN = HERE / "aanleveringen"
REGISTERTABELLEN = HERE.parent / "register" / "tabellen.yaml"

# An id is also the name of a folder in the archive, so it can hold nothing that leads elsewhere.
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
# A code of which only the title was seen is asked for by that title, and goes by our own word behind this sign.
ONBEKENDE_CODE = "?"
# `|` and `=` part the codes of a cell: no code of ours has them.
Codenaam = Annotated[str, Field(pattern=rf"^(\{ONBEKENDE_CODE}[a-z0-9_]+|[^?|=][^|=]*)$")]
# Only dots and slashes name no file.
Bestandspatroon = Annotated[str, Field(min_length=1, pattern=r"[^./]")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Drempel(_Model):
    """A threshold with the reason and the date it was set."""

    waarde: float
    reden: str
    datum: date


class Niveau(_Model):
    """A signed line: this topic did change to `factor` times what the answer before had. It counts against answers of
    before its day only.
    """

    onderwerp: str
    factor: float = Field(gt=0)
    reden: str = Field(min_length=1)
    door: str = Field(min_length=1)
    datum: date


class Dimensie(_Model):
    """One dimension of a table and the part of it that we ask for (the `selectie`)."""

    soort: Literal["regio", "periode", "marges", "uitsplitsing"]
    # regio: codes, or a prefix followed by '*': NL01, PV*, CR*, GM*; of the tenant: {corop}, {gemeenten}
    regios: tuple[str, ...] = ()
    # periode: first year asked for, and the kinds of period wanted
    vanaf: int | None = None
    periodesoorten: tuple[Bronperiodesoort, ...] = ("JJ",)
    # marges and uitsplitsing: code -> the title that the source gives it; `?totaal`: a code that was not seen
    codes: dict[Codenaam, str] = Field(default_factory=dict)
    # those of `codes` of which the title too is only expected: what asks them is less certain
    vermoed: tuple[Codenaam, ...] = ()
    # uitsplitsing only: also ask for the codes that are regions with these prefixes (a second region dimension)
    ook_regios: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Dimensie:
        if unknown := sorted(set(self.vermoed) - set(self.codes)):
            raise ValueError(f"vermoed noemt {unknown[0]}, en die staat niet onder codes")
        return self


class Onderwerp(_Model):
    """A topic that we expect, found by title, group path and unit, never by its number."""

    titel: str
    pad: tuple[str, ...] = ()
    eenheid: str
    decimalen: int | None = None
    zekerheid: Zekerheid
    # v4 identifiers are stable; used only to choose between namesakes where the group titles are not in the answers
    v4_code: str | None = None
    # 70072ned: headings under which the period description speaks of this topic's status
    statusgroepen: tuple[str, ...] = ()
    # deliveries: the reason why a 0 in this topic is a blank; None: a zero is a zero
    nul_is_leeg: str | None = None


class _Bron(_Model):
    """What every source says of itself. K: table and topic seen; V: table seen, topic not; U: neither."""

    id: Id
    zekerheid: Zekerheid
    onderwerpen: dict[str, Onderwerp]

    def zekerheid_van(self, onderwerp: str) -> Zekerheid:
        """How certain a topic is: never more than its table. Raises KeyError for a topic that is not there."""
        order = LIJSTEN["zekerheid"]
        return max(self.zekerheid, self.onderwerpen[onderwerp].zekerheid, key=order.index)


class Brontabel(_Bron):
    """A StatLine table. Its key in the list of sources is `id`, spelled as CBS does (v4 is case-sensitive)."""

    titel: str
    api: Literal["v3", "v4"]
    catalogus: Literal["cbs", "derden"] = "cbs"
    # whose figures they are: CBS carries tables of others too, and names them in its catalogue of third parties
    uitgever: str = "CBS"
    licentie: str = "CC BY 4.0"
    dimensies: dict[str, Dimensie]
    # the region of every cell of a table that has no region dimension
    regio_vast: str | None = None
    # the period of every cell of a table that has no period dimension
    periode_vast: str | None = None
    # the status of a cell stands in the prose of the period description (70072ned)
    status_uit_proza: bool = False
    # the figure of a quarter stands in its first month (85614NED)
    kwartaal_in_maand: bool = False
    gestopt: bool = False
    opvolger: str | None = None
    # at least this share of the cells of the previous answer of the same selectie must be there
    dekking: Drempel = Drempel(
        waarde=0.98,
        reden="CBS laat zelden meer dan een enkele rij weg; een kleiner antwoord is meestal een half antwoord",
        datum=date(2026, 11, 22),
    )
    # topics of which the level changed for good, with who looked
    niveaus: tuple[Niveau, ...] = ()
    opmerking: str = ""

    @property
    def bron(self) -> str:
        """The source as it stands in `kern.waarneming`: cbs or derden."""
        return self.catalogus

    @model_validator(mode="after")
    def _check(self) -> Brontabel:
        soorten = [d.soort for d in self.dimensies.values()]
        if soorten.count("regio") > 1 or soorten.count("periode") > 1 or soorten.count("marges") > 1:
            raise ValueError("een tabel heeft hoogstens een periode, een regio en een marges als dimensie")
        if ("periode" in soorten) == (self.periode_vast is not None):
            raise ValueError("geef een dimensie van soort periode, of anders periode_vast")
        if ("regio" in soorten) == (self.regio_vast is not None):
            raise ValueError("geef een dimensie van soort regio, of anders regio_vast")
        if not self.onderwerpen:
            raise ValueError("een tabel zonder onderwerpen wordt niet opgehaald")
        if self.catalogus == "derden" and "uitgever" not in self.model_fields_set:
            raise ValueError("een tabel van derden noemt haar uitgever: die is niet CBS")
        if unknown := [n.onderwerp for n in self.niveaus if n.onderwerp not in self.onderwerpen]:
            raise ValueError(f"niveaus noemt {unknown[0]}, en dat is geen onderwerp van deze tabel")
        return self


class Statlinevorm(_Model):
    """How a table is laid out that was downloaded from StatLine. Names and labels are as they stand in the file."""

    # a person has compared this with the file; a proposal that nobody looked at reads nothing
    nagekeken: date | None = None
    # the sheet of a workbook that has more than one
    blad: str = ""
    # the title above the table, if it has to be this one
    tabel: str = ""
    # the dimensions whose labels stand in the first columns, from left to right
    rijen: tuple[str, ...] = Field(min_length=1)
    # the dimensions whose labels stand above the figures
    kolommen: tuple[str, ...] = ()
    # what the file calls regions, periods and topics
    regio: str = "Regio's"
    periode: str = "Perioden"
    onderwerp: str = "Onderwerp"
    # every other dimension -> the one category whose figures are taken
    keuzes: dict[str, str] = Field(default_factory=dict)
    # labels (of topics, regions, periods) and lines below the table that are left out on purpose
    overslaan: tuple[str, ...] = ()
    # what a sign in the place of a figure means, where the file has no legend: '-' -> nul
    tekens: dict[str, Leegbetekenis] = Field(default_factory=dict)
    # the kind of region that a name without a mark stands for, where more than one region has that name
    kale_namen: Bronregiosoort | None = None
    # what '2018 december' is, where every period is the same month: that month, or the state of the year
    maand_is: Literal["maand", "jaar"] | None = None

    @model_validator(mode="after")
    def _check(self) -> Statlinevorm:
        names = [*self.rijen, *self.kolommen]
        if double := sorted({n for n in names if names.count(n) > 1}):
            raise ValueError(f"{', '.join(double)} staat twee keer in rijen en kolommen")
        known = {self.regio, self.periode, self.onderwerp, *self.keuzes}
        if unknown := [n for n in names if n not in known]:
            raise ValueError(
                f"{', '.join(unknown)} is geen regio, periode of onderwerp: zet onder keuzes wat ervan wordt gelezen"
            )
        return self


class Aanlevering(_Bron):
    """The mapping of a delivered file: which column is what, and what its quirks are."""

    titel: str
    # empty: each line names its own, in the column `bron`
    uitgever: str = ""
    licentie: str
    url: str = ""
    # file name patterns that this mapping reads, and those beside it that hold no figures
    bestanden: tuple[Bestandspatroon, ...] = Field(min_length=1)
    negeer: tuple[Bestandspatroon, ...] = ()
    codering: str = "utf-8-sig"
    # one ASCII character, and not the quote
    scheiding: str = Field(default=";", pattern=r"^[\t -!#-~]$")
    decimaal: Literal[",", "."] = ","
    # nothing ever stands between thousands in these files, so 8,400 (or 8.400 with a decimal point) has one reading
    zonder_duizendtallen: bool = False
    # our name -> the name of the column in the file; not named: the same name
    kolommen: dict[str, str] = Field(default_factory=dict)
    # values for columns that the file does not have
    vast: dict[str, str] = Field(default_factory=dict)
    # a table as StatLine gives it, instead of a line a figure
    statline: Statlinevorm | None = None
    # topics of which the level changed for good, with who looked
    niveaus: tuple[Niveau, ...] = ()
    zekerheid: Zekerheid = "K"
    # where it was seen; what was seen of a StatLine table stands in `gezien/`
    gezien: Vindplek | None = None

    @property
    def bron(self) -> str:
        """The source as it stands in `kern.waarneming`."""
        return "aanlevering"

    @model_validator(mode="after")
    def _check(self) -> Aanlevering:
        if self.statline and self.kolommen:
            raise ValueError("kolommen hoort bij een bestand met een waarde per regel; laat het weg bij statline")
        if unknown := [n.onderwerp for n in self.niveaus if n.onderwerp not in self.onderwerpen]:
            raise ValueError(f"niveaus noemt {unknown[0]}, en dat is geen onderwerp van deze aanlevering")
        return self


class Registertabel(_Bron):
    """A table that leaves the confidential register: protected aggregates, and nothing else."""

    titel: str
    uitgever: str
    licentie: str
    gezien: Vindplek
    # dimension -> its codes and their titles; a cell has a code of one dimension, or of none (the total)
    dimensies: dict[str, dict[str, str]]

    @property
    def bron(self) -> str:
        """The source as it stands in `kern.waarneming`."""
        return "register"


_Tabel = TypeVar("_Tabel", Brontabel, Aanlevering, Registertabel)


def _by_id(path: Path, tabellen: Iterable[_Tabel]) -> dict[str, _Tabel]:
    found: dict[str, _Tabel] = {}
    for tabel in tabellen:
        if tabel.id in found:
            raise BestandError(f"noemt {tabel.id} twee keer; laat er een staan", waar=str(path))
        found[tabel.id] = tabel
    return found


def _woorden(gebied: Gebied) -> dict[str, str]:
    """The words of a tenant that the texts of these lists leave open."""
    return {"{gebied}": gebied.naam}


def _of_tenant(tabel: Brontabel, codes: Mapping[str, Sequence[str]]) -> Brontabel:
    """Put the codes of a tenant where a selection asks for them."""

    def regios(asked: Sequence[str]) -> tuple[str, ...]:
        return tuple(c for a in asked for c in codes.get(a, (a,)))

    dimensies = {
        naam: d.model_copy(update={"regios": regios(d.regios), "ook_regios": regios(d.ook_regios)})
        for naam, d in tabel.dimensies.items()
    }
    return tabel.model_copy(update={"dimensies": dimensies})


@cache
def read_tabellen(folder: Path = TABELLEN) -> dict[str, Brontabel]:
    """Read the StatLine tables as the tenant of this process asks for them: id -> Brontabel.

    In the order of the files, which is that of the number that each begins with, and within each. Raises BestandError
    when a file is not valid or a table is named twice.
    """
    gebied = gekozen()
    codes = vraag(gebied)
    lists = (read_yaml(path, tuple[Brontabel, ...], woorden=_woorden(gebied)) for path in sorted(folder.glob("*.yaml")))
    tabellen = _by_id(folder, chain.from_iterable(lists))
    return {naam: _of_tenant(tabel, codes) for naam, tabel in tabellen.items()}


@cache
def read_registertabellen(path: Path = REGISTERTABELLEN) -> dict[str, Registertabel]:
    """Read the tables of the register: id -> Registertabel. Raises BestandError as `read_tabellen` does."""
    return _by_id(path, read_yaml(path, tuple[Registertabel, ...], woorden=_woorden(gekozen())))


@cache
def read_aanleveringen(folder: Path | None = None) -> dict[str, Aanlevering]:
    """Read the mappings of deliveries: id -> Aanlevering. Raises BestandError as `read_tabellen` does.

    Without a folder: ours, and those in the folder of the tenant of this process.
    """
    gebied = gekozen()
    folders = (folder,) if folder else (AANLEVERINGEN, gebied.map / AANLEVERINGEN.name)
    paths = [path for where in folders for path in sorted(where.glob("*.yaml"))]
    return _by_id(folders[-1], [read_yaml(path, Aanlevering, woorden=_woorden(gebied)) for path in paths])


@dataclass(frozen=True)
class Bronlijst:
    """The whole list of sources, each part by id."""

    tabellen: Mapping[str, Brontabel]
    aanleveringen: dict[str, Aanlevering]
    register: Mapping[str, Registertabel]

    @property
    def opgehaald(self) -> list[Brontabel | Aanlevering]:
        """What comes from others: the StatLine tables, then the deliveries."""
        return [*self.tabellen.values(), *self.aanleveringen.values()]


def read_bronlijst() -> Bronlijst:
    """Read the whole list of sources. Raises BestandError as `read_tabellen` does."""
    return Bronlijst(read_tabellen(), read_aanleveringen(), read_registertabellen())
