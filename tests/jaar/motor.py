"""The machine on which the year is lived: a night is played as by `monitor run --bron cbs --meld`, on its own clock.

Every step is that of the product: the question whether anything changed, the run in Dagster, fetching from the local
CBS, the gate, the build, its checks, the publication, and what is told. Only the tables are few, the report is small,
and nobody waits between two attempts. A night that ends badly (a kill, a full disk) is played in a process of its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from types import SimpleNamespace
from typing import Any, TextIO

import pytest

from assets.bouw import assets as bouwassets
from assets.bouw import bouwen
from assets.bron import assets as bronassets
from assets.bron.bronlijst import Bronlijst, read_aanleveringen, read_registertabellen
from assets.bron.fetch import Adressen
from assets.bron.http import Client
from assets.keten import TIJDZONE
from assets.kwaliteit import toetsen
from assets.rapport import bevriezen
from begrippen.gebied import gekozen
from pipelines import definitions, instellingen, keteninstellingen, klok, nachten, run, status, vingerafdruk
from pipelines.instellingen import Instellingen
from pipelines.meldingen import nacht as meldnacht
from pipelines.meldingen.oorzaak import GIGABYTE
from pipelines.resources import Ketenbron
from tests.deelbouw import tables_for
from tests.jaar import kleinrapport
from tests.jaar.kleintoets import Kleintoets
from tests.jaar.wereld import APIS, SJABLOON, Cel, Lijn, Voorraad, levering_cells, make_brontabel, make_kaarten, serve
from tests.pipelines.berichten import Ontvanger, Postbus

# seconds that the monitor waits for an answer here, and that a night in a process of its own may take
GEDULD, KIND_HOOGSTENS = 3.0, 900.0
# what a build is asked for, and of which its headers are checked: the others cost time, and are tested elsewhere
GETOETST = ("monitor.indicatorwaarde", "monitor.momentopname", "monitor.bouw", "monitor.indicator", "kern.correctie")
GEVRAAGD = (*GETOETST, "kern.waarneming", "kern.waarneming_versie", "monitor.stand")


def read_lijst() -> Bronlijst:
    """The list of sources of the year: its tables, and the template of deliveries."""
    sjabloon = read_aanleveringen()[SJABLOON]
    return Bronlijst({id: make_brontabel(id) for id in APIS}, {SJABLOON: sjabloon}, read_registertabellen())


@dataclass(frozen=True)
class Bericht:
    """A message that somebody got."""

    kop: str
    tekst: str
    vervolg: str
    sleutel: str


@dataclass(frozen=True)
class Verloop:
    """What came of a night: the exit code (None: killed or an error), what was told, signs of life, and its seconds.

    `anders`: the headings by each of the other channels. `gezegd`: all that it printed, also in a process of its own.
    """

    code: int | None
    berichten: tuple[Bericht, ...]
    hartslagen: int
    stil: bool
    seconden: float
    gezegd: str
    anders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def describe(self) -> str:
        """All that is left of the night, for who has to find out what went wrong in it."""
        told = [f"bericht: {b.kop} [{b.sleutel}]\n{b.tekst}" for b in self.berichten]
        return "\n".join((f"code {self.code}, {self.seconden:.1f} s", *told, self.gezegd))


@dataclass
class Machine:
    """The machine: where it keeps and publishes, its clock, its settings, and the world that it looks at."""

    root: Path
    voorraad: Voorraad
    lijn: Lijn
    adressen: Adressen
    web: Ontvanger
    post: Postbus
    begin: datetime
    nu: datetime
    echt: datetime  # what time it is, whatever the machine thinks
    vrij: float = 100.0  # GB
    extra: dict[str, str] = field(default_factory=dict)
    correcties: tuple[Any, ...] = ()
    geleverd: int = 0  # which state of the delivery is to be used
    editie: int = 2026

    def bron(self) -> dict[str, set[Cel]]:
        """What a build should hold of each source as it is now: nothing of the way by which it gets there."""
        return {t.id: t.cells() for t in self.voorraad.tabellen.values()} | {SJABLOON: levering_cells(self.geleverd)}

    @property
    def opslag(self) -> Path:
        """What is kept."""
        return self.root / "opslag"

    @property
    def actueel(self) -> Path:
        """What is published."""
        return self.root / "uitvoer" / "cbs" / "actueel"

    @property
    def edities(self) -> Path:
        """The editions of the tenant."""
        return self.root / "gebied" / "edities"

    def instelling(self) -> Instellingen:
        """The environment."""
        own = {
            **{"OPSLAG": self.opslag, "UITVOER": self.root / "uitvoer", "AANLEVERING": self.root / "aanlevering"},
            **{"BRON": "cbs", "EDITIE": self.editie, "WEBHOOK": f"{self.web.adres}/geheim"},
            **{"HARTSLAG": f"{self.web.adres}/leeft", "TEAMS": f"{self.web.adres}/teams"},
            **{"SMTP": f"smtp://127.0.0.1:{self.post.poort}", "MELD_AAN": "team@example.org"},
            **{"CBS_V3": self.adressen.v3, "CBS_V4": self.adressen.v4, "CBS_DERDEN": self.adressen.derden},
        }
        return instellingen_van({f"MONITOR_{k}": str(v) for k, v in own.items()} | self.extra)

    def keten(self) -> Ketenbron:
        """The refresh that the environment asks for."""
        return Ketenbron.van(self.instelling())

    def op(self, dag: int) -> datetime:
        """When the night of a day is played: half past four in the Netherlands."""
        local = (self.begin + timedelta(days=dag)).astimezone(TIJDZONE)
        return local.replace(hour=4, minute=30, second=0, microsecond=0).astimezone(UTC)

    def speel(self, moment: datetime, kind: Callable[[], None] | None = None) -> Verloop:
        """Play a night. `kind`: what is done to it first; it is played in a process of its own then."""
        self.nu = moment
        told, asked, started = len(self.web.berichten), len(self.web.vragen), time.monotonic()
        posted, self.post.dicht = len(self.post.brieven), self.web.code != 200
        # outside the folder that can be full, and written line by line: also of a process that is killed all is kept
        with TemporaryFile("w+", buffering=1, encoding="utf-8") as out:
            code = self._run(out) if kind is None else _apart(lambda: self._met(kind, out))
            out.seek(0)
            gezegd = out.read()
        rows = self.web.berichten[told:] if self.web.code == 200 else []
        sent = [b for path, b in rows if path == "/geheim"]
        berichten = tuple(Bericht(b["kop"], b["tekst"], b["vervolg"], b["sleutel"]) for b in sent)
        cards = [b["attachments"][0]["content"]["body"] for path, b in rows if path == "/teams"]
        letters = [o.partition(": ")[2] for o in self.post.onderwerpen()[posted:]]
        anders = {"e-mail": tuple(letters), "Teams": tuple(body[0]["text"] for body in cards)}
        beats = len(self.web.vragen) - asked
        quiet = "Niets veranderd" in gezegd
        return Verloop(code, berichten, beats, quiet, time.monotonic() - started, gezegd, anders)

    def _run(self, out: TextIO) -> int | None:
        with redirect_stdout(out):
            try:
                return run.run_job(self.keten(), meld=True)
            except Exception:
                traceback.print_exc(file=out)
                return None

    def _met(self, kind: Callable[[], None], out: TextIO) -> int:
        kind()
        code = self._run(out)
        return 9 if code is None else code


instellingen_van = instellingen.read


def _apart(doe: Callable[[], int]) -> int | None:
    """Do something in a process of its own; what it returned, None when it was killed."""
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(doe())
        except BaseException:
            traceback.print_exc()
            os._exit(99)
    end = time.monotonic() + KIND_HOOGSTENS
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            assert code != 99, "de nacht zelf liep vast"
            return None if code < 0 else code
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    raise AssertionError("de nacht houdt niet op")


@contextmanager
def machine(root: Path, begin: datetime) -> Iterator[Machine]:
    """A machine with nothing on it, in a world where all is well."""
    web, post, lijn, voorraad = Ontvanger(), Postbus(), Lijn(GEDULD), Voorraad(begin - timedelta(days=40))
    for naam in ("code", "gebied/edities/2026", "aanlevering", "opslag"):
        (root / naam).mkdir(parents=True)
    (root / "gebied" / "edities" / "2026" / "editie.toml").write_text('jaar = 2026\nstaat = "concept"\n')
    try:
        with serve(voorraad, lijn) as adressen, pytest.MonkeyPatch.context() as patch:
            made = Machine(root, voorraad, lijn, adressen, web, post, begin, begin, begin)
            _lay(patch, made)
            yield made
    finally:
        web.server.shutdown()
        web.server.server_close()
        post.server.stop()


def _lay(patch: pytest.MonkeyPatch, m: Machine) -> None:
    """Put what is small in the place of what is large, and the clock of the machine in the place of the real one."""
    lijst, tabellen, kaarten = read_lijst(), tables_for(GEVRAAGD), make_kaarten()
    gebied = gekozen().model_copy(update={"map": m.root / "gebied"})
    for module in (definitions, nachten, vingerafdruk, run, status):
        patch.setattr(module, "read_bronlijst", lambda: lijst)
    for module in (nachten, meldnacht):
        patch.setattr(module, "read_tabellen", lambda: lijst.tabellen)
    for module in (definitions, bouwen):
        patch.setattr(module, "all_tabellen", lambda: tabellen)
    for module in (bronassets, nachten):
        patch.setattr(module, "Client", partial(Client, sleep=lambda _: None, timeout=(GEDULD, GEDULD)))
    patch.setattr(toetsen, "all_koppen", lambda: [t for t in tabellen if t.naam in GETOETST])
    patch.setattr(toetsen, "_validator", Kleintoets)
    patch.setattr(keteninstellingen, "cards_of", lambda _: kaarten)
    patch.setattr(bouwassets, "read_correcties", lambda: m.correcties)
    # there are no peers among so few regions
    patch.setattr(bouwassets, "freeze", lambda *_: [])
    patch.setattr(definitions, "make_rapport", lambda _: kleinrapport.rapport)
    patch.setattr(bevriezen, "write_rapport", kleinrapport.write_klein)
    patch.setattr(instellingen, "read", m.instelling)
    patch.setattr(instellingen, "edities", lambda: m.edities)
    patch.setattr(vingerafdruk, "gekozen", lambda: gebied)
    patch.setattr(vingerafdruk, "code_folders", lambda: [m.root / "code"])
    patch.setattr(klok, "now", lambda: m.nu)
    patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=int(m.vrij * GIGABYTE)))
    # made once: what Dagster runs is the same every night
    made = definitions.defs()
    patch.setattr(definitions, "defs", lambda: made)
