"""The notebooks run from top to bottom on what is published, and never stand in the way of a refresh."""

import importlib.util
import re
import shutil
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from assets.bouw.bouwen import Bouwinvoer, build_database, find_vorige, publish
from assets.bron.bronlijst import read_tabellen
from assets.bron.momentopname import Archief
from assets.indicatoren.kaart import read_kaarten

FOLDER = Path(__file__).parent.parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture
def client():
    """Make a client that runs a notebook on what MONITOR_UITVOER says; settings replace names in its first cell."""
    # sockets in a folder with a name short enough for them: no port is opened
    with TemporaryDirectory(prefix="nb-") as sockets:
        numbers = count(1)

        def make(path: Path, **settings: str) -> NotebookClient:
            notebook = nbformat.read(path, as_version=4)
            first = next(c for c in notebook.cells if c.cell_type == "code")
            for name, value in settings.items():
                first.source, found = re.subn(rf"(?m)^{name} = .*$", f'{name} = "{value}"', first.source)
                assert found == 1, f"{path.name} heeft geen instelling {name}"
            place = f"{sockets}/{next(numbers)}"
            manager = AsyncKernelManager(transport="ipc", connection_file=f"{place}.json", ip=place)
            return NotebookClient(notebook, km=manager, timeout=300, resources={"metadata": {"path": str(FOLDER)}})

        yield make


@pytest.fixture
def run(client, voorbeeld, monkeypatch):
    """Run a notebook on the sample and give what it printed; an error in a cell is an error here."""
    monkeypatch.setenv("MONITOR_UITVOER", str(voorbeeld.uitvoer.parent))

    def run(path: Path, **settings: str) -> str:
        made = client(path, **settings)
        made.execute()
        return printed(made)

    return run


def printed(made: NotebookClient) -> str:
    outputs = [o for c in made.nb.cells for o in c.get("outputs", [])]
    return "\n".join(o.get("text") or str(o.get("data", {}).get("text/html", "")) for o in outputs)


def test_there_are_five():
    assert [p.name[:2] for p in NOTEBOOKS] == ["1_", "2_", "3_", "4_", "5_"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_kept_without_what_it_printed(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(c.outputs == [] and c.execution_count is None for c in code)
    assert notebook.cells[0].source.startswith("# ")
    assert len({c["id"] for c in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_from_top_to_bottom_on_the_sample(path, run):
    text = run(path)
    assert "Voorbeeldcijfers: verzonnen" in text
    assert "<svg " in text


@pytest.mark.lang
@pytest.mark.parametrize(
    ("indicator", "regio"),
    [
        ("werkloosheid", "GM0114"),
        ("aandeel_75plus", "RD2023"),
        ("werkloosheid", "RD2018"),
        ("bevolking", "PV22"),
        ("koopwoningen", "NL01"),
        ("ervaren_gezondheid", "GM0106"),
        ("bevolkingsgroei", "GM1680"),
    ],
)
def test_another_indicator_and_region_are_recomputed_as_well(indicator, regio, run):
    text = run(NOTEBOOKS[0], INDICATOR=indicator, REGIO=regio)
    assert "nagerekend" in text


def refresh(voorbeeld, uitvoer: Path, folder: Path) -> None:
    """Build from one table of the sample, compared with what is published, and publish that."""
    momentopname = Archief(voorbeeld.opslag, "voorbeeld").latest("cbs", "85924NED")
    invoer = Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=(momentopname,),
        tabellen={"85924NED": read_tabellen()["85924NED"]},
        aanleveringen={},
        kaarten={"bbp": read_kaarten()["bbp"]},
        editie=2028,
        built_at=datetime(2027, 1, 1, tzinfo=UTC),
        code_versie="toets",
        vorige=find_vorige(uitvoer, "voorbeeld"),
    )
    assert invoer.vorige is not None
    build_database(invoer, folder)
    publish(folder, uitvoer, keep=1)


def test_a_refresh_beside_an_open_notebook_blocks_neither(client, voorbeeld, tmp_path, monkeypatch):
    eerste, uitvoer = tmp_path / "bouw" / "1", tmp_path / "uitvoer" / "voorbeeld"
    shutil.copytree(voorbeeld.actueel.resolve(), eerste, ignore=shutil.ignore_patterns("rapport", "koppelingen.txt"))
    publish(eerste, uitvoer)
    monkeypatch.setenv("MONITOR_UITVOER", str(uitvoer.parent))
    made = client(NOTEBOOKS[0])
    with made.setup_kernel():
        code = [(n, c) for n, c in enumerate(made.nb.cells) if c.cell_type == "code"]
        for n, cell in code[:3]:
            made.execute_cell(cell, n)
        refresh(voorbeeld, uitvoer, tmp_path / "bouw" / "2")
        assert (uitvoer / "actueel").resolve().name == "2"
        # the rest of the notebook is about the build with which it began
        for n, cell in code[3:]:
            made.execute_cell(cell, n)
    assert "Editie 2026" in printed(made)
    fresh = client(NOTEBOOKS[0])
    with fresh.setup_kernel():
        n, cell = next((n, c) for n, c in enumerate(fresh.nb.cells) if c.cell_type == "code")
        fresh.execute_cell(cell, n)
    assert "Editie 2028" in printed(fresh)


@pytest.fixture(scope="module")
def hulp():
    spec = importlib.util.spec_from_file_location("hulp", FOLDER / "hulp.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_real_figures_come_before_the_sample(hulp, tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_UITVOER", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"nog niets gepubliceerd.*monitor run"):
        hulp.find_database()
    for soort in ("voorbeeld", "cbs"):
        folder = tmp_path / "bouw" / soort
        folder.mkdir(parents=True)
        (folder / "monitor.duckdb").touch()
        (tmp_path / soort).mkdir()
        (tmp_path / soort / "actueel").symlink_to(folder)
        assert hulp.find_database() == folder / "monitor.duckdb"
    # the folder of one kind will do
    monkeypatch.setenv("MONITOR_UITVOER", str(tmp_path / "voorbeeld"))
    assert hulp.find_database() == tmp_path / "bouw" / "voorbeeld" / "monitor.duckdb"


def test_what_is_not_there_is_named(hulp, voorbeeld, monkeypatch):
    monkeypatch.setenv("MONITOR_UITVOER", str(voorbeeld.uitvoer.parent))
    db = hulp.open_monitor()
    with pytest.raises(LookupError, match="geen rij voor nergens"):
        hulp.read_indicator(db, "bbp", ["nergens"])
    db.close()
