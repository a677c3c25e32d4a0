"""From the accepted vintages to the protected momentopname: count, protect, attack, hand on, if anything changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from assets.bron.bronlijst import Registertabel
from assets.bron.fetch import Resultaat
from assets.bron.momentopname import Archief, Momentopname
from assets.motor.keuze import Motor, open_duckdb
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import BANEN, TELLING, Voorraad
from assets.register.cijfers import CijfersError, as_remembered, attack_cijfers, protect_register
from assets.register.doorstaan import make_merk
from assets.register.groep import Groep
from assets.register.momentopname import input_version, write_momentopname
from assets.register.tellen import Geteld, count_register, open_register

Report = Callable[[str], None]


@dataclass(frozen=True)
class Register:
    """The register as a stage sees it: what is in it, and the rules for what may leave it.

    `lichtingen`: a text for each vintage that is used, which changes when it does; `load` lays
    `invoer.vestiging` ready.
    """

    lichtingen: Sequence[str]
    load: Callable[[duckdb.DuckDBPyConnection], None]
    tabel: Registertabel
    groepen: Mapping[str, Groep]
    gebieden: Mapping[str, Sequence[str]]
    parameters: Parameters
    # what a reader should know of a year
    kanttekeningen: Sequence[str] = ()
    # where `load` reads
    mappen: Sequence[Path] = ()
    # opens what the queries run on; none of its choices changes a figure, so none is in `version`
    motor: Callable[[], AbstractContextManager[Motor]] = open_duckdb

    @property
    def version(self) -> str:
        """A hash of what the protected figures are a function of, but for what was published before."""
        return input_version(self.lichtingen, self.parameters, self.groepen, self.tabel, self.gebieden)

    def count(self) -> Geteld:
        """Count the register. What is returned is confidential."""
        with self.motor() as motor, open_register(*self.mappen) as db:
            self.load(db)
            return count_register(db, self.groepen, self.tabel, self.gebieden, motor)


@dataclass(frozen=True)
class Doorgegeven:
    """What came of it. `te_smal` and `openstaand`: cells without values, for the data team only.

    `merk` and `gezien`: of new figures that withstood the attack, as `doorstaan` keeps them; `getuigen`: what showed
    it, of each system (`Geheugen`).
    """

    resultaat: Resultaat
    momentopname: Momentopname | None
    te_smal: pd.DataFrame = field(default_factory=pd.DataFrame)
    openstaand: pd.DataFrame = field(default_factory=pd.DataFrame)
    seconden: Mapping[str, float] = field(default_factory=dict)
    merk: str = ""
    gezien: pd.DataFrame = field(default_factory=pd.DataFrame)
    getuigen: Mapping[str, Voorraad] = field(default_factory=dict, repr=False)


def hand_on(
    register: Register,
    archief: Archief,
    geheugen: Geheugen,
    *,
    geheugen_sha256: str,
    moment: datetime,
    is_current: Callable[[Momentopname], bool],
    report: Report = lambda what: None,
) -> Doorgegeven:
    """Protect the register and store what may leave it, unless the last momentopname is still what it would be.

    `is_current` tells of the last one whether what was published before has not changed since, but for itself. Figures
    that the attack finds too narrow are not stored: the result is then 'geweigerd'.
    """
    version = register.version
    latest = archief.latest(register.tabel.bron, register.tabel.id)
    if latest is not None and latest.eigenschappen.get("Version") == version and is_current(latest):
        return Doorgegeven("ongewijzigd", latest)
    seconds: dict[str, float] = {}

    def timed(what: str, started: float) -> None:
        seconds[what] = time.perf_counter() - started

    started = time.perf_counter()
    report("tellen")
    geteld = register.count()
    timed("tellen", started)
    started = time.perf_counter()
    report("beveiligen")
    beveiligd = protect_register(geteld, register.parameters, geheugen)
    timed("beveiligen", started)
    started = time.perf_counter()
    report("aanvallen")
    te_smal = attack_cijfers(beveiligd.cijfers, geteld, register.parameters, geheugen, beveiligd.getuigen)
    timed("aanvallen", started)
    if len(te_smal):
        return Doorgegeven("geweigerd", latest, te_smal, beveiligd.openstaand, seconds)
    cijfers = beveiligd.cijfers
    extra = {
        "Version": version,
        "geheugen": geheugen_sha256,
        "parameters": {
            "minimum": register.parameters.minimum,
            "p": register.parameters.p,
            "jaarmarge": register.parameters.jaarmarge,
        },
        "lichtingen": len(register.lichtingen),
        "cellen": len(cijfers),
        "onderdrukt": int(cijfers["waarde"].isna().sum()),
        "openstaand": len(beveiligd.openstaand),
        "waarschuwingen": list(register.kanttekeningen),
    }
    momentopname = write_momentopname(archief, register.tabel, cijfers, moment, extra)
    merk = make_merk(cijfers, version, geheugen_sha256)
    gezien = as_remembered(cijfers, geteld)
    shown = zip((BANEN.naam, TELLING.naam), beveiligd.getuigen, strict=True)
    getuigen = {naam: voorraad for naam, voorraad in shown if voorraad is not None}
    return Doorgegeven("nieuw", momentopname, te_smal, beveiligd.openstaand, seconds, merk, gezien, getuigen)


@dataclass(frozen=True)
class Aangevallen:
    """What the attack on figures found: `te_smal` as `attack_cijfers` gives it, and all that an attacker sees."""

    te_smal: pd.DataFrame
    gezien: pd.DataFrame


def attack_built(cijfers: pd.DataFrame, register: Register | None, geheugen: Geheugen) -> Aangevallen:
    """Attack the figures of the register that stand in a built database (`read_built`), whatever put them there.

    Raises CijfersError where there is no register to hold them against.
    """
    if register is None:
        raise CijfersError(
            "de bouw heeft cijfers van het register, en het register zelf is er niet om ze aan te toetsen",
            vervolg="Lees het in met: monitor register lees",
        )
    geteld = register.count()
    te_smal = attack_cijfers(cijfers, geteld, register.parameters, geheugen)
    return Aangevallen(te_smal, as_remembered(cijfers, geteld))
