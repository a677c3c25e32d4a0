"""`monitor doctor`: whether an installation can do its work, and of what is wrong the next command.

It only looks: nothing is made, mended or asked of a source, unless it is asked to. What a refresh refuses by itself
(a card, a text, an answer) is no matter of an installation.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from assets.bouw.bouwen import ACTUEEL
from assets.bouw.invoer.bouwinvoer import GEREED
from assets.register.kluis import Kluis
from begrippen.fout import MonitorError
from begrippen.lijsten import Bronsoort
from pipelines import instellingen
from pipelines.alleen import is_busy
from pipelines.geschiedenis import GeschiedenisError, make_settings
from pipelines.instellingen import MAPPEN, Instellingen, variabele
from pipelines.meldingen.bezorgen import kanalen
from pipelines.meldingen.oorzaak import GIGABYTE
from pipelines.nachten import describe_last, read_nachten
from reports.zinnen import tel

Staat = Literal["goed", "let op", "fout"]
# below this no build fits
MINSTENS_GB = 1.0
# what of Dagster is more than its thirty runs can be
DAGSTER_GB = 1.0
# from and before, as in `pyproject.toml`, which a Python that is too old can not have installed
VERSIES = ((3, 11), (3, 14))
SYNC = ".venv/bin/uv sync --locked"


@dataclass(frozen=True)
class Bevinding:
    """What was found of one part of an installation, and the next command; empty where nothing is to be done."""

    onderdeel: str
    staat: Staat
    wat: str
    vervolg: str = ""


@dataclass(frozen=True)
class Installatie:
    """What is looked at: the settings with the kind of source, and the folders made absolute."""

    instelling: Instellingen
    soort: Bronsoort
    opslag: Path
    uitvoer: Path


Keuring = Callable[[Installatie], Iterator[Bevinding]]


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def check_python(now: tuple[int, int] = sys.version_info[:2]) -> Iterator[Bevinding]:
    """Whether this Python is one that the monitor is tested with."""
    if not VERSIES[0] <= now < VERSIES[1]:
        vervolg = "make PYTHON=python3.11 monitor"
        nodig = f"nodig is {_dotted(VERSIES[0])} of later, en voor {_dotted(VERSIES[1])}"
        yield Bevinding("python", "fout", f"dit is Python {_dotted(now)}; {nodig}", vervolg)


def check_pakketten(installed: Mapping[str, str] | None = None) -> Iterator[Bevinding]:
    """Whether the packages are those of the lock: none that the monitor needs is absent, none has another version."""
    here = installed if installed is not None else {_plain(d.name): d.version for d in metadata.distributions()}
    locked: dict[str, set[str]] = {}
    for package in tomllib.loads(instellingen.LOCK.read_text(encoding="utf-8"))["package"]:
        locked.setdefault(_plain(package["name"]), set()).add(package.get("version", ""))
    wanted = [_plain(r.split(";")[0]) for r in metadata.requires(instellingen.PAKKET) or () if "extra ==" not in r]
    absent = sorted(n for n in wanted if n not in here)
    other = sorted(f"{n} {v}" for n, v in here.items() if n in locked and "" not in locked[n] and v not in locked[n])
    for what, names in (("ontbreekt", absent), ("heeft een andere versie dan uv.lock", other)):
        if names:
            more = f" en nog {len(names) - 3}" if len(names) > 3 else ""
            yield Bevinding("pakketten", "fout", f"{', '.join(names[:3])}{more}: {what}", SYNC)


def _plain(name: str) -> str:
    """A name of a package as all writings of it are compared."""
    end = next((i for i, c in enumerate(name) if not (c.isalnum() or c in "-_.")), len(name))
    return name[:end].lower().replace("_", "-").replace(".", "-")


def check_letters() -> Iterator[Bevinding]:
    """Whether the font of what is printed is there."""
    from reports.zetten import fonts

    with suppress(ModuleNotFoundError):
        if any(fonts().glob("*.[ot]tf")):
            return
    yield Bevinding("lettertype", "fout", "het lettertype van het rapport is er niet", SYNC)


def check_variabelen() -> Iterator[Bevinding]:
    """Whether every variable of the environment that looks like one of ours is one: a slip is silent otherwise."""
    for naam, close in instellingen.find_onbekend().items():
        raad = f"Bedoelt u {close}? Zet die, en haal {naam} weg" if close else f"unset {naam}"
        yield Bevinding("instellingen", "let op", f"{naam} kent de monitor niet, en doet niets", raad)


def check_instellingen(it: Installatie) -> Iterator[Bevinding]:
    """Whether the settings can be used together."""
    i = it.instelling
    for naam in MAPPEN:
        path: Path | None = getattr(i, naam)
        if path is not None and not path.exists():
            yield Bevinding("instellingen", "fout", f"{variabele(naam)}: {path} is er niet", f"ls {path.parent}")
    if it.opslag == it.uitvoer:
        wat = f"{variabele('opslag')} en {variabele('uitvoer')} zijn dezelfde map"
        yield Bevinding("instellingen", "fout", wat, f"Geef {variabele('uitvoer')} een andere map")
    if i.meld_aan and not i.smtp:
        wat = f"{variabele('meld_aan')} is gezet zonder {variabele('smtp')}: er gaat geen e-mail uit"
        yield Bevinding("kanalen", "fout", wat, "Zie docs/verversen.md, Bericht als er iets is")
    try:
        if not kanalen(i) and it.soort == "cbs":
            yield Bevinding("kanalen", "let op", "niemand krijgt bericht als er iets is", "monitor melden")
    except MonitorError as error:
        yield Bevinding("kanalen", "fout", error.wat, "monitor melden --proef")
    with suppress(MonitorError):
        if i.register_ and not Kluis(it.opslag, it.soort).current():
            wat = f"{variabele('register_')}=1, en er is nog geen levering van het register"
            yield Bevinding("register", "fout", wat, "monitor register lees BESTAND --peildatum JJJJ-04-01")


def check_mappen(it: Installatie) -> Iterator[Bevinding]:
    """Whether there can be written where things are kept and published."""
    for naam, folder in (("opslag", it.opslag), ("uitvoer", it.uitvoer)):
        there = next(p for p in (folder, *folder.parents) if p.exists())
        if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
            yield Bevinding("mappen", "fout", f"in {there} ({naam}) kan niet worden geschreven", f"ls -ld {there}")


def check_schijf(it: Installatie) -> Iterator[Bevinding]:
    """Whether the disk has room for the nights to come."""
    there = next(p for p in (it.opslag, *it.opslag.parents) if p.exists())
    free = shutil.disk_usage(there).free / GIGABYTE
    if free < max(MINSTENS_GB, it.instelling.schijf_gb):
        staat: Staat = "fout" if free < MINSTENS_GB else "let op"
        told = f"{free:.1f}".replace(".", ",")
        yield Bevinding("schijf", staat, f"er is nog {told} GB vrij bij {there}", f"df -h {there}")


def check_kluis(it: Installatie) -> Iterator[Bevinding]:
    """Whether what is confidential is closed to others, and each delivery of the register is whole."""
    top = it.opslag / "vertrouwelijk"
    paths = [p for p in (top, *top.rglob("*")) if p.exists() or p.is_symlink()]
    opened = [p for p in paths if not p.is_symlink() and stat.S_IMODE(p.stat().st_mode) & 0o077]
    if opened:
        wat = f"{opened[0]} is open voor anderen" + (f", en nog {len(opened) - 1}" if len(opened) > 1 else "")
        yield Bevinding("kluis", "fout", wat, f"chmod -R go-rwx {top}")
        return
    try:
        Kluis(it.opslag, it.soort).lichtingen()
    except MonitorError as error:
        yield Bevinding("kluis", "fout", error.wat, error.vervolg)


def check_bouwen(it: Installatie) -> Iterator[Bevinding]:
    """Whether what is published is there, and no build was left half done."""
    link = it.uitvoer / it.soort / ACTUEEL
    if link.is_symlink() and not (link / GEREED).is_file():
        wat = f"{link} wijst naar een bouw die er niet is"
        yield Bevinding("publicatie", "fout", wat, f"monitor run --bron {_bron(it)} --opnieuw")
    half = [p for p in (it.opslag / "bouw").glob("*/*") if p.is_dir() and not (p / GEREED).is_file()]
    if half and not is_busy(it.opslag):
        wat = f"{tel(len(half), 'bouw is', 'bouwen zijn')} niet afgemaakt; een verversing ruimt dat op"
        yield Bevinding("bouwen", "let op", wat, f"monitor run --bron {_bron(it)}")


def check_dagster(it: Installatie) -> Iterator[Bevinding]:
    """Whether the history of Dagster can be read, and is no larger than it should be."""
    home = it.opslag / "dagster"
    try:
        make_settings(home, it.instelling.postgres)
    except GeschiedenisError as error:
        yield Bevinding("dagster", "fout", error.wat, error.vervolg)
    if it.instelling.postgres:
        return
    files = sorted(p for p in home.rglob("*.db") if p.is_file())
    for path in (p for p in files if p.name in ("index.db", "runs.db", "schedules.db")):
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
                whole = db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        except sqlite3.Error:
            whole = False
        if not whole:
            yield Bevinding("dagster", "fout", f"{path} is beschadigd", f"mv {home} {home}.stuk")
    if (size := sum(p.stat().st_size for p in files) / GIGABYTE) > DAGSTER_GB:
        told = f"{size:.1f}".replace(".", ",")
        wat = f"de geschiedenis van Dagster is {told} GB; elke verversing ruimt er een deel van op"
        yield Bevinding("dagster", "let op", wat, f"du -sh {home}")


def check_verversing(it: Installatie) -> Iterator[Bevinding]:
    """Whether the last refresh came to a good end."""
    last = read_nachten(it.opslag, it.soort).uitkomst
    if last == "niet_gepubliceerd" or (last == "bezig" and not is_busy(it.opslag)):
        told = describe_last(it.opslag, it.soort)
        yield Bevinding("verversing", "let op", told, f"monitor status --bron {it.soort}")


def check_bereik(it: Installatie) -> Iterator[Bevinding]:
    """Whether the catalogues of the source answer: the one look that goes out, and only when asked for."""
    from assets.bron.bronlijst import read_tabellen
    from assets.bron.catalogus import changed_tabellen
    from assets.bron.http import Client
    from pipelines.resources import Ketenbron

    keten = Ketenbron.van(it.instelling)
    with ExitStack() as stack:
        adressen = keten.open_catalogi(stack)
        client = stack.enter_context(Client(tries=1))
        _, messages = changed_tabellen(read_tabellen().values(), adressen, keten.plek().archief, client)
    if messages:
        wat = f"{tel(len(messages), 'catalogus van de bron gaf', 'catalogi van de bron gaven')} geen antwoord"
        yield Bevinding("bereik", "fout", wat, f"curl -sSI {adressen.v4}")


def _bron(it: Installatie) -> str:
    return "opname:MAP" if it.soort == "opname" else it.soort


KEURINGEN: dict[str, Keuring] = {
    "python": lambda _: check_python(),
    "pakketten": lambda _: check_pakketten(),
    "lettertype": lambda _: check_letters(),
    "instellingen": check_instellingen,
    "mappen": check_mappen,
    "schijf": check_schijf,
    "kluis": check_kluis,
    "bouwen": check_bouwen,
    "dagster": check_dagster,
    "verversing": check_verversing,
}


def examine(*, bereik: bool = False) -> list[Bevinding]:
    """Look at the installation that the environment describes: what is wrong first, what is well by name.

    `bereik`: also ask whether the catalogues of the source answer.
    """
    found = list(check_variabelen())
    try:
        i = instellingen.read()
        soort = instellingen.parse_bron(i.bron or "cbs").soort
    except MonitorError as error:
        vervolg = error.vervolg or "Alle instellingen staan in README.md"
        return [*found, Bevinding("instellingen", "fout", error.wat, vervolg), *check_python(), *check_pakketten()]
    it = Installatie(i, soort, i.opslag.resolve(), i.uitvoer.resolve())
    for naam, check in (KEURINGEN | ({"bereik": check_bereik} if bereik else {})).items():
        own = list(check(it))
        found += own or [Bevinding(naam, "goed", "")]
    return sorted(found, key=lambda b: ("fout", "let op", "goed").index(b.staat))


def is_well(found: list[Bevinding]) -> bool:
    """Whether nothing is wrong; what is to be watched is no fault."""
    return all(b.staat != "fout" for b in found)


def as_fields(found: list[Bevinding]) -> dict[str, Any]:
    """The findings for another program."""
    return {"goed": is_well(found), "bevindingen": [asdict(b) for b in found]}


def show(found: list[Bevinding]) -> str:
    """The findings as lines for a person."""
    lines = []
    for b in found:
        if b.staat != "goed":
            lines += [f"{b.staat.upper()}  {b.onderdeel}: {b.wat}", f"       {b.vervolg}"]
    well = [b.onderdeel for b in found if b.staat == "goed"]
    return "\n".join([*lines, f"In orde: {', '.join(dict.fromkeys(well)) or 'niets'}"])
