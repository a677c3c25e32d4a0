"""An edition as its folder `edities/<jaar>/` describes it: what it covers, whether it is frozen, what was corrected.

`editie.toml` is required; beside it stand `teksten/*.md`, `rectificaties/NN.toml` and `toegang.toml`. A year without a
folder is an edition without texts, embargo or choice of indicators.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from assets.beleid.cyclus import Cyclus
from assets.indicatoren.kaart import Kaart, read_kaarten
from begrippen.fout import BestandError, MonitorError
from begrippen.lijsten import Bronsoort
from begrippen.regio import read_regios
from begrippen.rekenregels import REKENREGELS
from begrippen.veldfout import bedoelt
from begrippen.yamlbestand import read_text, read_toml
from reports.tekst.getalregels import check_naam
from reports.vraag import OVER_INDICATOR, OVER_REGIO, Vraag, Vraagsoort

BESTAND = "editie.toml"
CONCEPT, BEVROREN = "concept", "bevroren"
# a table that a reader takes in at one look, a page with its reasons: lezers asked for about fifteen (29-11-2026)
KERN = 15
_STRICT = ConfigDict(extra="forbid", frozen=True)


class EditieError(MonitorError):
    """An edition that can not be made, sealed or compared as it stands; the message says why."""

    code = "editie"
    exit_code = 1


class Venster(BaseModel):
    """The first and the last year of the judgements."""

    model_config = _STRICT
    van: int
    tot: int


class Regioset(BaseModel):
    """The regions: municipalities as divided on 1 January of `indeling`; composite regions by their codes."""

    model_config = _STRICT
    indeling: int = Field(ge=1998, le=2100)
    samengesteld: tuple[str, ...] = ()


class Bronnen(BaseModel):
    """`peildatum`: answers of sources that were fetched later are not used (live runs only)."""

    model_config = _STRICT
    peildatum: date | None = None


class Kernindicator(BaseModel):
    """One of the indicators that the edition puts forward, and why this one."""

    model_config = _STRICT
    indicator: str = Field(min_length=1)
    reden: str = Field(min_length=1)


class Editievraag(BaseModel):
    """A question that readers ask, as `[[vraag]]` states it; `over` says which claims answer it."""

    model_config = _STRICT
    vraag: str = Field(pattern=r"^[^?]+\?$")
    over: Vraagsoort
    indicator: str = ""
    regio: str = ""

    @model_validator(mode="after")
    def _check(self) -> Editievraag:
        for veld, soorten in (("indicator", OVER_INDICATOR), ("regio", OVER_REGIO)):
            if getattr(self, veld) and self.over not in soorten:
                raise ValueError(f"{veld}: een vraag over {self.over!r} gaat niet over een {veld}; laat het weg")
        if self.over in OVER_INDICATOR and not self.indicator:
            raise ValueError(f"indicator ontbreekt bij de vraag {self.vraag!r}")
        if self.over == "gebied" and not self.regio:
            raise ValueError(f"regio ontbreekt bij de vraag {self.vraag!r}")
        return self


class Editie(BaseModel):
    """What `editie.toml` says. `indicatoren` empty: all; `soorten`: the kinds of source that may make this edition.

    `kern`: the indicators of the one table of the main report, or none: then the key figures of the policy serve.

    `cyclus`: the days of the cycle of two years that it belongs to.
    `adres`: of the folder where the report is published, such as 'https://.../stand-2026/'; empty while not known.
    """

    model_config = _STRICT
    jaar: int = Field(ge=2010, le=2100)
    staat: Literal["concept", "bevroren"] = "concept"
    embargo: AwareDatetime | None = None
    venster: Venster | None = None
    regios: Regioset | None = None
    bronnen: Bronnen = Bronnen()
    cyclus: Cyclus | None = None
    indicatoren: tuple[str, ...] = ()
    kern: tuple[Kernindicator, ...] = ()
    vraag: tuple[Editievraag, ...] = ()
    soorten: tuple[Bronsoort, ...] = get_args(Bronsoort)
    namen_met_cijfer: tuple[str, ...] = ()
    adres: str = Field(default="", pattern=r"^(https://[^\s\"<>]+/)?$")

    @property
    def dagen(self) -> Cyclus:
        """The days of its cycle as far as they are known: without another, that of the Stand is its embargo."""
        dagen, dag = self.cyclus or Cyclus(), self.embargo and self.embargo.date()
        # nothing of the cycle comes before the Stand
        if dagen.stand or dag is None or any(d < dag for _, d in dagen if d is not None):
            return dagen
        return dagen.model_copy(update={"stand": dag})

    @property
    def vragen(self) -> tuple[Vraag, ...]:
        """The questions as the report answers them."""
        return tuple(Vraag(v.vraag, v.over, v.indicator, v.regio) for v in self.vraag)

    @model_validator(mode="after")
    def _check(self) -> Editie:
        rule = REKENREGELS.window(self.jaar)
        if self.venster is not None and (self.venster.van, self.venster.tot) != rule:
            raise ValueError(
                f"venster {self.venster.van}-{self.venster.tot} mag niet: de oordelen van editie {self.jaar} gaan over "
                f"{rule[0]} tot en met {rule[1]}, voor alle indicatoren gelijk"
            )
        for naam in self.namen_met_cijfer:
            if why := check_naam(naam):
                raise ValueError(f"namen_met_cijfer: {naam!r} {why}")
        gekozen = [k.indicator for k in self.kern]
        if gekozen and len(gekozen) != KERN:
            raise ValueError(f"kern: er staan {len(gekozen)} kernindicatoren; het moeten er {KERN} zijn, of geen")
        if twice := sorted({i for i in gekozen if gekozen.count(i) > 1}):
            raise ValueError(f"kern: {twice[0]} staat er twee keer")
        return self


class Rectificatie(BaseModel):
    """A mistake that was found after publication. `bladen`: the pages that get a note; `moet` may hold references."""

    model_config = _STRICT
    datum: date
    bladen: tuple[str, ...] = Field(min_length=1)
    wat: str = Field(min_length=1)
    was: str = Field(min_length=1)
    moet: str = Field(min_length=1)


class Inzage(BaseModel):
    """Who saw what before the embargo. `wie`: a function rather than a name, since this stands in the repository."""

    model_config = _STRICT
    wie: str = Field(min_length=1)
    wat: str = Field(min_length=1)
    op: AwareDatetime
    waarom: str = Field(min_length=1)


class _Toegang(BaseModel):
    model_config = _STRICT
    inzage: tuple[Inzage, ...] = ()


@dataclass(frozen=True)
class Editiemap:
    """An edition with all that stands beside it. `map` None: there is no folder for this year.

    `teksten`: (path to show, content); `rectificaties` in the order of their numbers, which are 1, 2, ...
    """

    editie: Editie
    map: Path | None = None
    teksten: tuple[tuple[str, str], ...] = ()
    rectificaties: tuple[Rectificatie, ...] = ()
    inzage: tuple[Inzage, ...] = field(default=())

    @property
    def versie(self) -> int:
        """The version of the edition: 1, and one more for each rectification."""
        return 1 + len(self.rectificaties)

    @property
    def bestanden(self) -> dict[str, Path]:
        """Every file of the edition: path within its folder -> where it is. Raises BestandError for what is no file."""
        if self.map is None:
            return {}
        found = {}
        for path in sorted(self.map.rglob("*")):
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise BestandError(
                    "dit is geen gewoon bestand; in de map van een editie staan alleen bestanden", waar=str(path)
                )
            if path.is_file() and not path.name.startswith("."):
                found[path.relative_to(self.map).as_posix()] = path
        return found


def check_namen(editie: Editie, indicatoren: Iterable[str], regios: Iterable[str]) -> None:
    """Refuse indicators and regions that are not there. Raises BestandError with the nearest ones."""
    samengesteld = editie.regios.samengesteld if editie.regios else ()
    kern = (k.indicator for k in editie.kern)
    for soort, wanted, known in (
        ("indicator", [*editie.indicatoren, *kern, *(v.indicator for v in editie.vraag)], sorted(indicatoren)),
        ("regio", [*samengesteld, *(v.regio for v in editie.vraag)], sorted(regios)),
    ):
        for naam in filter(None, wanted):
            if naam not in known:
                raise BestandError(
                    f"{soort} {naam!r} bestaat niet{bedoelt(naam, known)}", waar=f"edities/{editie.jaar}/{BESTAND}"
                )


def read_editie(edities: Path, jaar: int) -> Editiemap:
    """Read the edition of a year from `edities/<jaar>/`. Raises BestandError for anything that is not right."""
    folder = edities / str(jaar)
    if not folder.exists():
        return Editiemap(Editie(jaar=jaar))
    return read_editiemap(folder, jaar)


def read_editiemap(folder: Path, jaar: int) -> Editiemap:
    """Read the edition of a year from its own folder. Raises BestandError for anything that is not right."""
    path = folder / BESTAND
    if not path.is_file():
        raise BestandError(f"hier staat geen {BESTAND}", waar=str(folder), vervolg="Zie docs/editie.md, stap 1")
    editie = read_toml(path, Editie)
    if editie.jaar != jaar:
        raise BestandError(f"jaar is {editie.jaar}, maar de map is die van {jaar}", waar=str(path))
    rectificaties = []
    for n, file in enumerate(sorted((folder / "rectificaties").glob("*")), start=1):
        if file.name != f"{n:02d}.toml":
            raise BestandError(
                f"rectificaties heten 01.toml, 02.toml, ... zonder gat; verwacht: {n:02d}.toml", waar=str(file)
            )
        rectificaties.append(read_toml(file, Rectificatie))
    toegang = folder / "toegang.toml"
    inzage = read_toml(toegang, _Toegang).inzage if toegang.is_file() else ()
    if editie.embargo is not None and (late := [i for i in inzage if i.op >= editie.embargo]):
        raise BestandError(f"de inzage van {late[0].wie} is niet voor het embargo", waar=str(toegang))
    teksten = []
    for file in sorted((folder / "teksten").glob("*.md")):
        teksten.append((f"edities/{jaar}/teksten/{file.name}", read_text(file)))
    return Editiemap(
        editie, folder, tuple(teksten), tuple(rectificaties), tuple(sorted(inzage, key=lambda i: (i.op, i.wie)))
    )


def list_jaren(edities: Path) -> list[int]:
    """The editions that a tenant describes: a folder of a year is one."""
    return sorted(int(p.name) for p in edities.glob("[0-9][0-9][0-9][0-9]") if p.is_dir())


def is_concept(editie: Editie, moment: datetime) -> bool:
    """Whether every page made at `moment` says that it is a draft: until it is frozen or its embargo has passed."""
    return editie.staat == CONCEPT and (editie.embargo is None or moment < editie.embargo)


def check_kern(editie: Editie, kaarten: Mapping[str, Kaart]) -> None:
    """Refuse core indicators without an English name, or of one family (one development). Raises BestandError."""
    waar = f"edities/{editie.jaar}/{BESTAND}"
    per_familie: dict[str, str] = {}
    for id_ in (k.indicator for k in editie.kern):
        if editie.indicatoren and id_ not in editie.indicatoren:
            raise BestandError(f"kernindicator {id_} staat niet onder indicatoren", waar=waar)
        familie = kaarten[id_].familie
        if familie is None:
            continue
        if other := per_familie.get(familie.naam):
            raise BestandError(
                f"kernindicatoren {other} en {id_} meten hetzelfde (familie {familie.naam!r})",
                waar=waar,
                vervolg="Houd er een, en kies een ander onderwerp voor de tweede",
            )
        per_familie[familie.naam] = id_
    if nameless := [k.indicator for k in editie.kern if not kaarten[k.indicator].en]:
        raise BestandError(
            f"kernindicator {nameless[0]} heeft geen naam in het Engels",
            waar=waar,
            vervolg="Zet hem op de kaart, als en: de Engelse samenvatting noemt elke kernindicator",
        )


def cards_of(editiemap: Editiemap) -> dict[str, Kaart]:
    """The cards of an edition: those of today, but for what `kaarten/` has otherwise; only what it names.

    Raises BestandError for an indicator without a card, for a wrong card, and for two core indicators that measure the
    same or that the edition leaves out.
    """
    kaarten = dict(read_kaarten(editie=editiemap.map))
    wanted = editiemap.editie.indicatoren
    check_namen(editiemap.editie, kaarten, read_regios()["code"])
    check_kern(editiemap.editie, kaarten)
    if not wanted:
        return kaarten
    weights = {g for i in wanted if (g := kaarten[i].gewicht) is not None}
    return {i: k for i, k in kaarten.items() if i in {*wanted, *weights}}
