"""Settings from the environment: the edge where the outside comes in, and the only place that reads it."""

from __future__ import annotations

import difflib
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import click
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assets.bron.grenzen import MB, Grenzen
from assets.motor.keuze import Motornaam
from begrippen.fout import MonitorError
from begrippen.gebied import STANDAARD, gekozen
from begrippen.lijsten import Bronsoort
from begrippen.plekken import WORTEL, geleverd, is_checkout
from begrippen.veldfout import explain

_GRENS = Grenzen()
# the name under which the code is installed
PAKKET = "stand-van-drenthe"
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

# What editors write, and what the environment is made from.
LOCK = geleverd("uv.lock")

# what is read beside a source
MAPPEN = ("aanlevering", "geo", "beleid")

# The edition that is being made; the biennial report is of the even years.
EDITIE = 2026


class InstellingError(MonitorError):
    """A setting or option that can not be used; the message says which and what can."""

    code = "gebruik"


@dataclass(frozen=True)
class Bronkeuze:
    """The kind of source, and for a replay the folder with captured answers."""

    soort: Bronsoort
    folder: Path | None = None


def parse_bron(text: str) -> Bronkeuze:
    """Read 'voorbeeld', 'cbs' or 'opname:DIR'. Raises InstellingError."""
    soort, _, rest = text.partition(":")
    if soort in {"voorbeeld", "cbs"} and not rest:
        return Bronkeuze(cast("Bronsoort", soort))
    if soort == "opname" and rest:
        folder = Path(rest)
        if not folder.is_dir():
            raise InstellingError(f"--bron opname: de map {rest} bestaat niet; geef de map met opgenomen antwoorden")
        return Bronkeuze("opname", folder)
    raise InstellingError(f"--bron {text}: kies voorbeeld, cbs of opname:MAP")


def _is_of_schedule(bron: str, instelling: Instellingen) -> bool:
    """Whether a source is the one that the schedule refreshes."""
    own, of_schedule = (
        (keuze.soort, keuze.folder and keuze.folder.resolve())
        for keuze in (parse_bron(bron), parse_bron(instelling.bron or "cbs"))
    )
    return own == of_schedule


def find_mappen(instelling: Instellingen, bron: str, gegeven: Mapping[str, Path | None]) -> dict[str, Path | None]:
    """What is read beside a source, by setting (`MAPPEN`): as it is given, else as the environment says.

    Deliveries and confidential policy of the environment are of the source that the schedule refreshes: the sample, or
    a replay that is looked at in between, is not mixed with them. Raises InstellingError for no source.
    """
    own = MAPPEN if _is_of_schedule(bron, instelling) else ("geo",)
    return {naam: gegeven.get(naam) or (getattr(instelling, naam) if naam in own else None) for naam in MAPPEN}


def check_mappen(mappen: Mapping[str, Path | None], gegeven: Mapping[str, Path | None]) -> None:
    """Raise InstellingError for the first of these that is not there, by the option or the variable that names it."""
    for naam, path in mappen.items():
        if path is not None and not path.exists():
            name = f"--{naam}" if gegeven.get(naam) else variabele(naam)
            raise InstellingError(f"{name} {path}: dat bestaat niet; geef een map of bestand dat er is")


def parse_peildatum(text: str, **anders: bool) -> date:
    """Read the day of `monitor run --peildatum`. Raises InstellingError, also beside an option that it rules out."""
    for naam, given in anders.items():
        if given:
            raise InstellingError(f"met --peildatum wordt niets opgehaald, ingelezen of gemeld; laat --{naam} weg")
    try:
        if len(text) != len("2026-06-30"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise InstellingError(f"--peildatum {text}: geef een dag die bestaat, zoals 2026-06-30") from None


def parse_soort(text: str) -> Bronsoort:
    """Read a kind of source: as `parse_bron`, but a replay needs no folder. Raises InstellingError."""
    return "opname" if text.partition(":")[0] == "opname" else parse_bron(text).soort


def variabele(naam: str) -> str:
    """The environment variable of a setting. A name that pydantic keeps for itself has an underscore behind it."""
    return f"MONITOR_{naam.rstrip('_').upper()}"


class Instellingen(BaseModel):
    """Every setting of the environment: field `cbs_v3` is variable MONITOR_CBS_V3; an empty one is as one not given.

    The one exception: which tenant is served is read in `begrippen.gebied`, the floor below, by the same name.
    """

    # a variable is the alias of its field, so that what is wrong is told by the name that was set
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=variabele, populate_by_name=True)
    gebied: str = Field(STANDAARD, description="de provincie: een map onder gebied/, of een pad")
    opslag: Path = Field(Path("opslag"), description="waar wordt bewaard: antwoorden, bouwen, het register, edities")
    uitvoer: Path = Field(Path("uitvoer"), description="waar wordt gepubliceerd, een map voor elke soort bron")
    cbs_v3: str = Field("", description="adres van de catalogus v3 van het CBS, http of https; leeg: het gewone adres")
    cbs_v4: str = Field("", description="adres van de catalogus v4; leeg: het gewone adres")
    cbs_derden: str = Field("", description="adres van de tabellen van derden; leeg: het gewone adres")
    bron_minuten: int = Field(
        round(_GRENS.run.seconden / 60), ge=1, description="hoogstens zo lang duurt ophalen in een run, in minuten"
    )
    bron_mb: int = Field(round(_GRENS.run.bytes / MB), ge=1, description="hoogstens zoveel MB haalt een run op")
    tabel_minuten: int = Field(
        round(_GRENS.tabel.seconden / 60), ge=1, description="hoogstens zo lang duurt een tabel, in minuten"
    )
    tabel_mb: int = Field(round(_GRENS.tabel.bytes / MB), ge=1, description="hoogstens zoveel MB geeft een tabel")
    bron: str = Field("", description="voorbeeld, cbs of opname:MAP; leeg: het schema cbs, een opdracht voorbeeld")
    aanlevering: Path | None = Field(
        None, description="map met aangeleverde bestanden, voor elke verversing van de bron van het schema"
    )
    geo: Path | None = Field(None, description="gemeentegrenzen (GeoJSON), bestand of map")
    beleid: Path | None = Field(
        None, description="map met vertrouwelijke projecten en voorstellen, voor elke verversing van die bron"
    )
    editie: int = Field(EDITIE, ge=2010, le=2100, description="jaar van de editie")
    register_: bool | None = Field(
        None,
        description="1: neem het werkgelegenheidsregister mee, 0: niet; leeg: alleen in het voorbeeld, als er een is",
    )
    register_minimum: int = Field(3, description="minstens zoveel ondernemingen achter een cijfer van het register")
    register_p: float = Field(10.0, description="binnen zoveel procent mag niemand een ander kunnen schatten")
    register_jaarmarge: float = Field(
        25.0, description="zo dicht kent de aanvaller een cijfer uit een buurjaar, in procent"
    )

    hergebruik: bool = Field(
        True, description="0: alles elke keer opnieuw tekenen, zetten en beoordelen; leeg: alleen wat anders is"
    )
    motor: Motornaam = Field(
        "duckdb", description="waarop het register wordt geteld: duckdb, of spark waar een machine te klein is"
    )
    spark: str = Field("", description="adres van het cluster voor spark: spark://server:7077; leeg: deze machine")
    postgres: str = Field(
        "",
        description="adres van de PostgreSQL voor de geschiedenis van Dagster: postgresql://naam@server/database; "
        "leeg: SQLite in opslag/dagster",
    )
    smtp: str = Field(
        "", description="mailserver: smtp://server:25 of smtps://naam:wachtwoord@server; leeg: geen e-mail"
    )
    meld_aan: str = Field("", description="e-mailadressen die bericht krijgen, met komma's ertussen")
    meld_van: str = Field("", description="afzender van die berichten; leeg: het eerste adres dat bericht krijgt")
    webhook: str = Field("", description="adres dat elk bericht als JSON krijgt; leeg: geen")
    teams: str = Field("", description="adres van een Teams-kanaal (webhook of workflow); leeg: geen")
    hartslag: str = Field(
        "", description="adres dat na elke verversing wordt gevraagd, en waarschuwt als dat uitblijft"
    )
    schijf_gb: float = Field(
        5.0, ge=0, allow_inf_nan=False, description="onder zoveel GB vrije ruimte komt er een bericht"
    )

    @field_validator("register_p", "register_jaarmarge", mode="before")
    @classmethod
    def _comma(cls, value: object) -> object:
        return value.replace(",", ".") if isinstance(value, str) else value

    @field_validator("register_", "hergebruik", mode="before")
    @classmethod
    def _one_or_zero(cls, value: object) -> object:
        if value not in (None, True, False, "1", "0"):
            raise ValueError(f"'{value}' is geen ja of nee; geef 1 of 0")
        return value


def _of_tenant(path: Path) -> Path:
    """Give each tenant a folder of its own, so that nothing is compared or mixed; the first one is where it was."""
    return path if gekozen().id == STANDAARD else path / gekozen().id


def read(environ: Mapping[str, str] = os.environ) -> Instellingen:
    """Read the settings, now. Raises InstellingError naming every variable that can not be used."""
    given = {v: text for naam in Instellingen.model_fields if (text := environ.get(v := variabele(naam), "").strip())}
    try:
        found = Instellingen.model_validate(given)
        return found.model_copy(update={naam: _of_tenant(getattr(found, naam)) for naam in ("opslag", "uitvoer")})
    except ValidationError as error:
        faults = [line.strip() for line in explain(error, Instellingen, given)]
        raise InstellingError("\n".join(faults)) from None


def make_absolute(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables that name a folder, absolute: for a process that runs in another folder than this one.

    As they are given, so without the folder of the tenant, which that process adds itself.
    """
    paths = {"opslag": "opslag", "uitvoer": "uitvoer", "aanlevering": "", "geo": "", "beleid": ""}
    found = {(v := variabele(naam)): environ.get(v, "").strip() or usual for naam, usual in paths.items()}
    found = {v: str(Path(text).resolve()) for v, text in found.items() if text}
    kind, _, folder = environ.get(variabele("bron"), "").strip().partition(":")
    if folder:
        found[variabele("bron")] = f"{kind}:{Path(folder).resolve()}"
    if os.sep in (tenant := environ.get(variabele("gebied"), "").strip()):
        found[variabele("gebied")] = str(Path(tenant).resolve())
    return found


def find_onbekend(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables that look like settings and are none -> the setting that looks most like it, or an empty text."""
    known = [variabele(naam) for naam in Instellingen.model_fields]
    unknown = sorted(n for n in environ if n.startswith("MONITOR_") and n not in known)
    return {naam: next(iter(difflib.get_close_matches(naam, known, n=1)), "") for naam in unknown}


def edities() -> Path:
    """The editions of the tenant that is served. Raises BestandError for a tenant that is not there."""
    return gekozen().edities


def opslag() -> Path:
    """What is kept: MONITOR_OPSLAG, or opslag/ below the current folder."""
    return read().opslag.resolve()


def uitvoer(soort: Bronsoort, uit: Path | None = None) -> Path:
    """What is published: the folder in which the link `actueel` stands."""
    return uit.resolve() if uit else read().uitvoer.resolve() / soort


def bron_option(help: str, callback: Callable[[click.Context, click.Parameter, str], str] | None = None) -> Decorator:
    """The option --bron: what MONITOR_BRON says where it is not given."""
    return click.option(
        "--bron",
        default=lambda: read().bron or "voorbeeld",
        show_default="voorbeeld",
        metavar="BRON",
        callback=callback,
        help=f"{help} ({variabele('bron')}).",
    )


def code_versie() -> str:
    """The version of this code: that of the package, and the commit where there is one."""
    package = version(PAKKET)
    if not is_checkout():
        return package
    try:
        commit = subprocess.run(
            ["git", "describe", "--always", "--exclude=*", "--dirty=-gewijzigd"],
            cwd=WORTEL,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return package
    return f"{package}+{commit}"
