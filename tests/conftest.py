"""Fixtures for every room."""

import gc
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from begrippen.rekenregels import REKENREGELS
from tests.onthouden import onthouden

ROOT = Path(__file__).parent.parent
# While tests are collected nothing of what is made goes away: looking for that was two fifths of collecting. Other
# programs read this file too.
if "PYTEST_VERSION" in os.environ:
    gc.disable()
# Rooms whose tests share what takes seconds to make: one process runs them all. Elsewhere a file stays together.
SAMEN = ("attack", "register")
# Rooms whose tests share nothing and take minutes each: any process takes the next one.
LOS = ("gebied",)
# What takes longest comes first, so that no process is left with it alone at the end; what waits for the chain on the
# sample, which the attacks begin with, comes after what does not.
EERST = ("attack", "register", "rapport", "kwaliteit", "bron")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """How many processes `-n auto` is: one more than there are cores.

    A process also waits: for a disk, for a server on this machine, for what another one makes for all (`eenmaal`). With
    as many as cores, `.ci/run` had 130 of the 200 percent of two cores to itself and did not use the rest.
    """
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Keep together what shares fixtures. Not by marks of `loadgroup`: pytest 9.2 drops them without a word."""

    class Samen(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            room = file.split("/")[1]
            return room if room in SAMEN else nodeid if room in LOS else file

    config.option.loadscopereorder = False
    return Samen(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the rooms that take longest first; all processes collect in the same order."""

    def place(item: pytest.Item) -> tuple[int, bool]:
        room = item.path.relative_to(ROOT / "tests").parts[0]
        # the room that makes the chain begins with it
        waits = room == EERST[0] and "voorbeeld" not in getattr(item, "fixturenames", ())
        return EERST.index(room) if room in EERST else len(EERST), waits

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Look for what can go away again, but no more at what the modules made, and less often than by default."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_unconfigure() -> None:
    """Let all that is left go away: DuckDB would say at the end that it leaks."""
    gc.unfreeze()


def lay_rekenregels(db: duckdb.DuckDBPyConnection) -> None:
    """Lay `invoer.rekenregel` ready as a build does; schema `invoer` is there."""
    db.execute(f"CREATE TABLE invoer.rekenregel ({', '.join(f'{k} {t}' for k, t in REKENREGELS.types().items())})")
    row = list(REKENREGELS.row().values())
    db.execute(f"INSERT INTO invoer.rekenregel VALUES ({', '.join('?' * len(row))})", row)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real data beside the checkout; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is er niet: deze toets vergelijkt met echte gegevens")
    return folder


@dataclass(frozen=True)
class Publicatie:
    """A run of the whole chain: its exit code, what it printed, and where it kept and published."""

    code: int
    text: str
    opslag: Path
    uitvoer: Path

    @property
    def actueel(self) -> Path:
        """What is published."""
        return self.uitvoer / "actueel"


def in_kopie(made: Publicatie, folder: Path) -> Publicatie:
    """Copy what a run kept and published to below `folder`, where `run_keten` then goes on from it."""
    opslag, uitvoer = folder / "opslag", folder / "uitvoer" / made.uitvoer.name
    # the link to what is published is relative: it leads to the copy
    shutil.copytree(made.opslag, opslag, symlinks=True)
    shutil.copytree(made.uitvoer, uitvoer, symlinks=True)
    return Publicatie(made.code, made.text, opslag, uitvoer)


def run_keten(folder: Path, **settings: Any) -> Publicatie:
    """Run the job as `monitor run` does, below `folder`."""
    from contextlib import redirect_stdout
    from io import StringIO

    from pipelines.instellingen import Instellingen
    from pipelines.resources import Ketenbron
    from pipelines.run import run_job

    opslag, uitvoer = folder / "opslag", folder / "uitvoer" / settings["bron"].partition(":")[0]
    if (register := settings.pop("registerkluis", None)) is not None:
        shutil.copytree(register, opslag / "vertrouwelijk")
    text = StringIO()
    with redirect_stdout(text):
        code = run_job(Ketenbron.van(Instellingen(opslag=opslag, editie=2026), **settings | {"uitvoer": uitvoer}))
    return Publicatie(code, text.getvalue(), opslag, uitvoer)


@pytest.fixture(scope="session")
def gedeeld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="module")
def getekend(gedeeld: Path) -> Iterator[None]:
    """While a module is tested, what this test run has drawn or set before is not made again (`tests/onthouden.py`)."""
    with onthouden(gedeeld / "getekend"):
        yield


@pytest.fixture
def zelf_getekend(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that compares bytes: everything is drawn and set each time."""
    monkeypatch.setattr("tests.onthouden.AAN", False)


@pytest.fixture(scope="session", name="run_keten")
def _run_keten(gedeeld: Path) -> Callable[..., Publicatie]:
    """The function above, for tests with answers of their own; what was drawn before is not drawn again."""

    def run(folder: Path, **settings: Any) -> Publicatie:
        with onthouden(gedeeld / "getekend"):
            return run_keten(folder, **settings)

    return run


Eenmaal = Callable[[str, Callable[[Path], Any]], Any]


@pytest.fixture(scope="session")
def eenmaal(gedeeld: Path) -> Eenmaal:
    """Make a folder once for all processes of a test run: name and function in, what it returned (as JSON) out.

    Under xdist every process has session fixtures of its own; the first that asks makes it, the others wait and read.
    """
    root = gedeeld

    def once(naam: str, make: Callable[[Path], Any]) -> Any:
        folder, done = root / naam, root / f"{naam}.json"
        with FileLock(root / f"{naam}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                done.write_text(json.dumps(make(folder)), encoding="utf-8")
        return json.loads(done.read_text(encoding="utf-8"))

    return once


def publish_once(eenmaal: Eenmaal, naam: str, **settings: Any) -> Publicatie:
    """Run the chain once for all processes; nobody may change what it published."""

    def make(folder: Path) -> list[Any]:
        with onthouden(folder.parent / "getekend"):
            made = run_keten(folder, **settings)
        return [made.code, made.text, str(made.opslag), str(made.uitvoer)]

    code, text, opslag, uitvoer = eenmaal(naam, make)
    return Publicatie(code, text, Path(opslag), Path(uitvoer))


@pytest.fixture(scope="session")
def opname(shared_data: Path, eenmaal: Eenmaal) -> Publicatie:
    """The whole chain on captured answers of CBS and the real delivery."""
    return publish_once(
        eenmaal, "opname", bron=f"opname:{shared_data / 'cbs_v4'}", aanlevering=str(shared_data / "brede_welvaart")
    )


@pytest.fixture(scope="session")
def klein_antwoord(eenmaal: Eenmaal) -> Path:
    """One small captured table; nobody may change it."""
    from tests.klein_antwoord import capture

    def make(folder: Path) -> str:
        capture(folder, modified="2026-01-01T00:00:00+01:00")
        return str(folder)

    return Path(eenmaal("klein_antwoord", make))


@pytest.fixture(scope="session")
def kleine_publicatie(eenmaal: Eenmaal, klein_antwoord: Path) -> Publicatie:
    """The whole chain on one small captured table; who goes on from there takes a copy (`in_kopie`)."""
    return publish_once(eenmaal, "kleine_publicatie", bron=f"opname:{klein_antwoord}")


@pytest.fixture(scope="session")
def gewijzigde_publicatie(eenmaal: Eenmaal, kleine_publicatie: Publicatie) -> Publicatie:
    """A refresh after `kleine_publicatie`: of a changed unit, a file that nobody reads and confidential projects."""
    from tests.besloten import write_besloten
    from tests.klein_antwoord import capture

    def make(folder: Path) -> list[Any]:
        capture(folder / "antwoorden", modified="2026-02-01T00:00:00+01:00", unit="1 000 euro")
        (folder / "aanlevering").mkdir()
        (folder / "aanlevering" / "verkeerde_naam.csv").write_text("a;b\n1;2\n", encoding="utf-8")
        in_kopie(kleine_publicatie, folder)
        given = {"aanlevering": str(folder / "aanlevering"), "beleid": str(write_besloten(folder / "besloten"))}
        with onthouden(folder.parent / "getekend"):
            made = run_keten(folder, bron=f"opname:{folder / 'antwoorden'}", **given)
        return [made.code, made.text, str(made.opslag), str(made.uitvoer)]

    code, text, opslag, uitvoer = eenmaal("gewijzigde_publicatie", make)
    return Publicatie(code, text, Path(opslag), Path(uitvoer))


# The years of the generated register that a test of the chain needs: those of published figures, the base year of the
# index, two pairs that follow each other, and both classifications. All 21 would take a minute more.
REGISTERJAREN = (2006, 2008, 2016, 2019, 2022, 2023, 2025, 2026)


@pytest.fixture(scope="session")
def registerkluis(eenmaal: Eenmaal) -> Path:
    """A confidential store with some years of the generated register, to copy into an `opslag`."""
    return Path(eenmaal("kluis", fill_kluis))


def fill_kluis(folder: Path) -> str:
    """Import some years of the generated register below `folder`; give the store."""
    from assets.register.kluis import Kluis
    from assets.register.levering import import_delivery
    from assets.register.voorbeeld import generate
    from assets.register.voorbeeld_levering import write_delivery

    kluis = Kluis(folder, "voorbeeld")
    for frame in generate():
        jaar = int(frame["jaar"].iloc[0])
        if jaar in REGISTERJAREN:
            path = folder / f"levering_{jaar}.csv"
            write_delivery(frame, path)
            import_delivery(path, f"{jaar}-04-01", kluis, datetime(2026, 4, 1, tzinfo=UTC))
            path.unlink()
    return str(folder / "vertrouwelijk")


@pytest.fixture(scope="session")
def voorbeeld(eenmaal: Eenmaal, registerkluis: Path) -> Publicatie:
    """The whole chain on the embedded sample, as `make monitor` runs it, but for the years of its register."""
    return publish_once(eenmaal, "voorbeeld", bron="voorbeeld", registerkluis=registerkluis)
