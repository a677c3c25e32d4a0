"""The way from a run to the confidential register: which store, which vintages, which rules; and the sample's own.

No other stage than the register and the gate before publication comes here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd

from assets.bron.bronlijst import read_registertabellen
from assets.gesloten import open_gesloten
from assets.keten import Plek, Registerkeuze, Report
from assets.register import aangetoond, doorstaan
from assets.register.cijfers import as_remembered, read_built
from assets.register.doorgeven import Doorgegeven, Register, attack_built
from assets.register.doorstaan import make_merk
from assets.register.gepubliceerd import read_gepubliceerd, remember
from assets.register.groep import read_groepen
from assets.register.historie import read_historie, read_jaren
from assets.register.kluis import Kluis
from assets.register.levering import VOORBEELD, import_delivery
from assets.register.voorbeeld import generate, read_doelen
from assets.register.voorbeeld_levering import write_delivery
from begrippen.fout import MonitorError, SchijfError, is_vol

PWR = "pwr"
# lies in the store of the sample for as long as it is being filled
BEZIG = "voorbeeld.bezig"


class RegisterError(MonitorError):
    """Something went wrong inside the register; the message names the kind of error and nothing that was read."""

    code = "register"
    exit_code = 1


@contextmanager
def discreet(what: str) -> Iterator[None]:
    """Let no error of a library out as it is: it can quote a record. Our own errors quote nothing, and pass."""
    try:
        yield
    except MonitorError:
        raise
    except Exception as error:
        if is_vol(error):
            raise SchijfError from None
        raise RegisterError(
            f"{what} liep vast op een fout van de soort {type(error).__name__}; de tekst daarvan kan gegevens "
            "bevatten en staat daarom nergens",
            vervolg="Kijk of alle leveringen heel zijn met: monitor register status",
        ) from None


def open_kluis(plek: Plek) -> Kluis:
    """The confidential store of this kind of source."""
    return Kluis(plek.opslag, plek.soort)


def take_in_sample(plek: Plek, moment: datetime, report: Report) -> None:
    """Fill the store of the sample, once, with the generated register: file by file, by the import that all use.

    Where that was broken off, it goes on with the years that are not there.
    """
    kluis = open_kluis(plek)
    if plek.soort != VOORBEELD:
        return
    busy, there = kluis.folder / BEZIG, {lichting.jaar for lichting in kluis.lichtingen()}
    if there and not busy.exists():
        return
    kluis.temporary()
    busy.touch(0o600)
    goals = read_doelen()
    frames = (f for f in generate(doelen=goals) if int(f["jaar"].iloc[0]) not in there)
    # each is written while the one before it is taken in
    with TemporaryDirectory(dir=kluis.temporary()) as folder, ThreadPoolExecutor(1) as beside:
        coming = beside.submit(_write_next, frames, Path(folder))
        while (jaar := coming.result()) is not None:
            coming = beside.submit(_write_next, frames, Path(folder))
            path = _sample_file(Path(folder), jaar)
            import_delivery(path, f"{jaar}-04-01", kluis, moment)
            path.unlink()
            report("register", f"voorbeeld {jaar}", sum(j <= jaar for j in goals), len(goals))
    busy.unlink()


def _sample_file(folder: Path, jaar: int) -> Path:
    return folder / f"voorbeeld_{jaar}.csv"


def _write_next(frames: Iterator[pd.DataFrame], folder: Path) -> int | None:
    """Write the next year of the sample; None when that was the last."""
    if (frame := next(frames, None)) is None:
        return None
    jaar = int(frame["jaar"].iloc[0])
    write_delivery(frame, path := _sample_file(folder, jaar))
    path.chmod(0o600)
    return jaar


def open_register_of(plek: Plek, keuze: Registerkeuze) -> Register | None:
    """The register of this kind with the rules of this run; None where no delivery was accepted yet."""
    kluis = open_kluis(plek)
    lichtingen = kluis.current()
    if not lichtingen:
        return None

    def load(db: duckdb.DuckDBPyConnection) -> None:
        read_historie(kluis, db).create("invoer.vestiging")

    jaren = read_jaren(kluis)
    return Register(
        lichtingen=[f"{x.peildatum}/{x.id}/{x.eigenschappen['invoer']}" for x in lichtingen],
        load=load,
        tabel=read_registertabellen()[PWR],
        groepen=read_groepen(),
        gebieden=keuze.gebieden,
        parameters=keuze.regels,
        kanttekeningen=write_kanttekeningen(jaren),
        mappen=(kluis.folder,),
        motor=lambda: keuze.motor.open(kluis.temporary()),
    )


def write_kanttekeningen(jaren: pd.DataFrame) -> list[str]:
    """What a reader should know of a year (`historie.read_jaren`). It is published, so it counts nothing.

    A year that is in SBI 2008 by a concordance joins the series, with this mark. How many records that leaves without
    a code is a figure that may be withheld.
    """
    return [
        f"{row.jaar}: SBI 2008 is afgeleid uit SBI 2025 met een concordantie"
        for row in jaren.itertuples()
        if row.sbi == "concordantie"
    ]


def _write_csv(path: Path, frame: pd.DataFrame) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        frame.to_csv(file, sep=";", index=False)


def write_account(kluis: Kluis, uitkomst: Doorgegeven) -> None:
    """Write which cells are too narrow and which could not be protected, for the data team: beside the vintages."""
    _write_csv(kluis.folder / "aanval.csv", uitkomst.te_smal)
    _write_csv(kluis.folder / "openstaand.csv", uitkomst.openstaand)
    if uitkomst.merk:
        doorstaan.keep(kluis.folder, uitkomst.merk, uitkomst.gezien)
        aangetoond.keep(kluis.folder, uitkomst.getuigen)


@contextmanager
def _read_only(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(open_gesloten(database=database, config={"access_mode": "READ_ONLY"})) as db:
        yield db


def attack_build(plek: Plek, keuze: Registerkeuze, database: Path) -> pd.DataFrame:
    """Attack the figures of the register in a built database, unless exactly these withstood it before.

    Returns the cells that are too narrow, as `attack_cijfers` does; empty for a build without figures of the register.
    Raises CijfersError, see `attack_built`.
    """
    with discreet("de aanval op de bouw"), _read_only(database) as db:
        if (cijfers := read_built(db)).empty:
            return pd.DataFrame()
        folder, register = open_kluis(plek).folder, open_register_of(plek, keuze)
        gepubliceerd = read_gepubliceerd(folder)
        merk = make_merk(cijfers, register.version, gepubliceerd.sha256) if register else ""
        if merk and doorstaan.find(folder, merk) is not None:
            return pd.DataFrame()
        found = attack_built(cijfers, register, gepubliceerd.geheugen)
        if found.te_smal.empty:
            doorstaan.keep(folder, merk, found.gezien)
        return found.te_smal


def remember_build(plek: Plek, keuze: Registerkeuze, database: Path) -> None:
    """Remember what a build publishes of the register: every later build is held against it.

    Raises CijfersError for a figure that is in no list of cells.
    """
    with discreet("het onthouden van wat wordt gepubliceerd"):
        _remember(plek, keuze, database)


def _remember(plek: Plek, keuze: Registerkeuze, database: Path) -> None:
    with _read_only(database) as db:
        cijfers = read_built(db)
        if cijfers.empty:
            return
        ((momentopname,),) = db.execute(
            "SELECT DISTINCT momentopname FROM kern.waarneming WHERE bron = 'register'"
        ).fetchall()
        ((bouw,),) = db.execute("SELECT bouw FROM monitor.bouw").fetchall()
    kluis = open_kluis(plek)
    before = read_gepubliceerd(kluis.folder)
    register = open_register_of(plek, keuze)
    if before.laatste == momentopname or register is None:
        return
    gezien = doorstaan.find(kluis.folder, make_merk(cijfers, register.version, before.sha256))
    if gezien is None:
        gezien = as_remembered(cijfers, register.count())
    remember(kluis.folder, before, momentopname, bouw, gezien)
