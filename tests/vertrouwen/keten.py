"""A small chain, whole: two tables of a source, fetched, judged, stored, built and published, on a clock of its own.

The source moves on each day (`antwoorden`), by little, as sources do. `draai` is one refresh; it can be told to end
itself at the n-th time that it touches a file, or to find the disk full from there on.
"""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from assets.bouw import bouwen
from assets.bouw.assets import collect_invoer
from assets.bouw.bouwboek import keep_boeking, note_invoer
from assets.bouw.bouwen import build_database, publish
from assets.bron.bronlijst import Bronlijst, Brontabel
from assets.bron.fetch import Adressen, Uitkomst, fetch_tabellen
from assets.bron.http import Client
from assets.bron.momentopname import make_id
from assets.bron.poging import write_poging
from assets.indicatoren.kaart import Kaart
from assets.keten import Editiekeuze, Maker, Plek
from pipelines.alleen import alone
from pipelines.opruimen import clear_left
from tests.bron import rauw
from tests.bron.test_storingen import BASE, Nep
from tests.deelbouw import tables_for

APIS = ("v3", "v4")
EERSTE = datetime(2026, 1, 5, 3, tzinfo=UTC)
TOPICS = {"Banen_1": "banen", "Lonen_2": "lonen", "M000001": "banen", "M000002": "lonen"}
# a cell as it is published: table, topic, region, period, value
Cel = tuple[str, str, str, str, float | None]
GEPUBLICEERD = "kern.waarneming", "monitor.indicatorwaarde"


def tabellen() -> dict[str, Brontabel]:
    """The two tables, by id."""
    return {t.id: t for t in map(rauw.make_tabel, APIS)}


def kaarten() -> dict[str, Kaart]:
    """An indicator of each topic of each table."""
    common = {"thema": "demografie", "groep": "D", "eenheid": "aantal", "decimalen": 1, "richting": "neutraal"}
    common |= {"richting_herkomst": "geen gewenste richting", "definitie": "x", "bewerking": "geen"}
    found = {}
    for tabel in tabellen().values():
        for naam in ("banen", "lonen"):
            id = f"{naam}_{tabel.api}"
            bron = {"tabel": tabel.id, "teller": [{"onderwerp": naam}]}
            found[id] = Kaart.model_validate(common | {"id": id, "naam": id, "aggregatie": "som", "bronnen": [bron]})
    return found


def value(regio: str, periode: str, topic: int, dag: int) -> float | None:
    """The figure of a cell on a day: it tells from which cell it is, and of which day."""
    first = rauw.value(regio, periode, topic)
    return None if first is None else round(first + dag / 100, 2)


def cells(api: str, dag: int) -> set[Cel]:
    """What the source says of a table on a day."""
    id = rauw.make_tabel(api).id
    topics = (1, "banen"), (2, "lonen")
    return {(id, n, r, p, value(r, p, t, dag)) for t, n in topics for r in rauw.REGIOS for p in rauw.PERIODEN}


def antwoorden(api: str, dag: int) -> dict[str, Any]:
    """The answers of a table on a day, as `rauw` has them but of that day."""
    answers = rauw.MAKE[api]()
    modified = f"{EERSTE + timedelta(days=dag):%Y-%m-%d}T02:00:00"
    if api == "v3":
        answers["TableInfos"]["value"][0] |= {"Modified": modified}
        for row in answers["UntypedDataSet"]["value"]:
            for topic, key in enumerate(("Banen_1", "Lonen_2"), start=1):
                v = value(row["RegioS"].strip(), row["Perioden"], topic, dag)
                row[key] = ("." if v is None else str(v)).rjust(10)
    else:
        answers["Properties"] |= {"Modified": f"{modified}+01:00"}
        for row in answers["Observations"]["value"]:
            row["Value"] = value(row["RegioS"], row["Perioden"], int(row["Measure"][-1]), dag)
    return answers


@cache
def needed() -> list[Any]:
    """The tables of the build that the published ones are made from."""
    return tables_for(
        ["monitor.bouw", "monitor.momentopname", "monitor.indicator", "kern.waarneming_versie", *GEPUBLICEERD]
    )


@dataclass(frozen=True)
class Keten:
    """Where a small chain keeps and publishes."""

    root: Path

    @property
    def plek(self) -> Plek:
        """Its place."""
        return Plek("cbs", self.root / "opslag", self.root / "uitvoer")

    def moment(self, dag: int, minuten: int) -> datetime:
        """What the clock says so many minutes after the refresh of a day began."""
        return EERSTE + timedelta(days=dag, minutes=minuten)

    def run(self, dag: int) -> str:
        """What the refresh of a day is called: a later one finds what a killed one had built."""
        return make_id(EERSTE + timedelta(days=dag))

    def haal(self, client: Client, adressen: Adressen, dag: int) -> list[Uitkomst]:
        """Fetch both tables on a day."""
        moment = self.moment(dag, 30)
        found = fetch_tabellen(
            tabellen().values(), adressen, self.plek.archief, lambda: moment, rauw.BEKEND, client=client
        )
        for uitkomst in found:
            write_poging(self.plek.archief, uitkomst, moment)
        return found

    def bouw(self, dag: int) -> Path:
        """Build of what is stored and publish it, as the steps of Dagster do."""
        plek, moment = self.plek, self.moment(dag, 60)
        keuze, mee = Editiekeuze(2026, kaarten=kaarten()), bool(self.lijst.register)
        invoer = collect_invoer(plek, keuze, self.lijst, Maker(lambda: moment, "1"), register=mee)
        # the corrections of the house are of tables that this chain has not
        invoer = replace(invoer, correcties=())
        folder = plek.bouw_folder(self.run(dag))
        if not (folder / bouwen.GEREED).exists():
            build_database(invoer, folder)
        note_invoer(folder, invoer)
        self.voor_publicatie(folder)
        keep_boeking(plek.opslag, plek.soort, folder)
        publish(folder, plek.uitvoer)
        return folder

    @property
    def lijst(self) -> Bronlijst:
        """What it is made from."""
        return Bronlijst(tabellen(), {}, {})

    def lever(self) -> None:
        """Lay ready what is delivered: here nothing."""

    def marks(self) -> list[str]:
        """Where something confidential stands in the open: here nothing is confidential."""
        return []

    def voor_publicatie(self, folder: Path) -> None:
        """What is done with a build before it is published: here nothing."""

    def draai(self, dag: int) -> None:
        """A whole refresh on a day of a sound source, beginning with the clearing of what a killed one left."""
        answers = {t.id: antwoorden(t.api, dag) for t in tabellen().values()}
        with alone(self.plek.opslag), Nep(answers) as client:
            clear_left(self.plek, Geen(), "deze")  # type: ignore[arg-type]
            self.haal(client, Adressen(BASE, BASE, BASE), dag)
            self.bouw(dag)

    @property
    def actueel(self) -> Path:
        """The published build."""
        return (self.plek.uitvoer / "actueel").resolve()

    def published(self) -> dict[str, str]:
        """The hash of every published Parquet, and of every file of the report, by name."""
        files = sorted(p for sort in ("parquet", "rapport") for p in (self.actueel / sort).rglob("*") if p.is_file())
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def left(self) -> list[str]:
        """What a killed refresh leaves beside what counts."""
        plek = self.plek
        half = [f for f in (plek.opslag / "bouw" / plek.soort).glob("*") if not (f / bouwen.GEREED).is_file()]
        beside = [*plek.opslag.rglob(".nieuw-*"), *plek.uitvoer.glob(".actueel-*")]
        return sorted(str(p.relative_to(self.root)) for p in (*half, *beside))


class Geen:
    """A Dagster instance with no runs: the small chain runs without it."""

    def get_runs(self, _: object) -> Sequence[object]:
        """None."""
        return ()


# the system calls that change what is on the disk, as Python tells of them before it makes them
_CHANGES = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.truncate", "os.link"})


class Bij:
    """Counts what a refresh does to files, and does something at the n-th time. Once started it can not be stopped.

    A process that it starts counts too, and is told in `begonnen`; `na`: seconds between the n-th time and its end.
    """

    def __init__(self, root: Path, n: int, doe: str, na: float = 0.0) -> None:
        self.root, self.n, self.doe, self.na = str(root), n, doe, na
        self.geteld, self.begonnen = 0, list[int]()
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        writes = event in _CHANGES or (
            event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        )
        starts = event == "subprocess.Popen"
        if not starts and not (writes and any(isinstance(a, str | os.PathLike) and self.root in str(a) for a in args)):
            return
        self.geteld += 1
        if starts:
            self.begonnen.append(self.geteld)
        if self.n and self.geteld >= self.n:
            if self.doe == "dood" and self.na:
                if self.geteld == self.n:
                    threading.Timer(self.na, os.kill, (os.getpid(), signal.SIGKILL)).start()
            elif self.doe == "dood":
                os.kill(os.getpid(), signal.SIGKILL)
            if self.doe == "vol":
                raise OSError(errno.ENOSPC, "No space left on device")
            if self.doe == "recht" and event not in {"os.remove", "os.rmdir"}:
                raise PermissionError(errno.EACCES, "Permission denied")


@dataclass(frozen=True)
class Verslag:
    """What a refresh did: how often it touched a file, at which of those it started a process, errors and seconds."""

    geteld: int
    begonnen: list[int]
    fouten: list[str]
    seconden: float


def kind(k: Keten, doe: str, n: int, na: float, uit: Any) -> None:
    """The refresh of day 1 in a process of its own, which ends itself or finds trouble; `uit` gets a `Verslag`.

    n: at the n-th change of a file, and `na` seconds later; without n: after so many seconds, whatever it does then.
    """
    bouwen.all_tabellen = needed  # type: ignore[attr-defined]
    # what it writes for a moment is to be seen too
    tempfile.tempdir = str(k.root / "tijdelijk")
    Path(tempfile.tempdir).mkdir(exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir
    bij, started = Bij(k.root, n, doe, na), time.monotonic()
    if na and not n and doe == "dood":
        threading.Timer(na, os.kill, (os.getpid(), signal.SIGKILL)).start()
    try:
        k.draai(1)
    except BaseException as error:
        chain: list[BaseException] = [error]
        while (inner := chain[-1].__cause__ or chain[-1].__context__) is not None and inner not in chain:
            chain.append(inner)
        uit.put(Verslag(bij.geteld, bij.begonnen, [f"{type(e).__name__}: {e}" for e in chain], _since(started)))
    else:
        uit.put(Verslag(bij.geteld, bij.begonnen, [], _since(started)))


def _since(started: float) -> float:
    return time.monotonic() - started


def as_published(rows: Sequence[tuple[Any, ...]]) -> set[Cel]:
    """Rows of a query as cells."""
    return {(t, o, r, p, v) for t, o, r, p, v in rows}
