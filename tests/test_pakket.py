"""The package as it is installed: it holds all that the code needs, and runs in an empty folder elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.klein_antwoord import capture

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.lang
ROOMS = ("assets", "begrippen", "pipelines", "reports")


@pytest.fixture(scope="module")
def wiel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wiel")
    command = [sys.executable, "-m", "uv", "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def monitor(wiel, tmp_path_factory):
    """The command of the installed package, in an empty folder; the libraries are those of this environment."""
    omgeving, leeg = tmp_path_factory.mktemp("omgeving"), tmp_path_factory.mktemp("leeg")
    venv.create(omgeving, with_pip=False)
    python = omgeving / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--python", str(python), str(wiel)],
        check=True,
    )
    (site,) = omgeving.glob("lib/python*/site-packages")
    libraries = sysconfig.get_path("purelib")
    # behind the package itself, and without the path files there, which point at the checkout
    (site / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("MONITOR_", "PYTHON"))}
        return subprocess.run(
            [omgeving / "bin" / "monitor", *arguments],
            cwd=leeg,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )

    run.folder = leeg
    run.site = site
    return run


def test_the_wheel_holds_every_file_that_the_checkout_has(wiel):
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    needed = {n for n in tracked if n.split("/")[0] in ROOMS}
    needed |= {f"begrippen/geleverd/{n}" for n in tracked if n.split("/")[0] in {"sql", "gebied"}}
    needed |= {"begrippen/geleverd/dagster.yaml", "begrippen/geleverd/uv.lock"}
    assert needed - set(zipfile.ZipFile(wiel).namelist()) == set()


def test_it_explains_itself_and_says_what_stands(monitor):
    found = monitor("--help")
    assert found.returncode == 0, found.stderr
    assert "De monitor van de economie" in found.stdout
    found = monitor("status")
    assert found.returncode == 0, found.stderr
    assert "Gepubliceerd: nog niets" in found.stdout


def test_it_publishes_a_replay_in_the_folder_where_it_runs(monitor, tmp_path):
    capture(tmp_path, modified="2026-01-01T00:00:00+01:00")
    found = monitor("run", "--bron", f"opname:{tmp_path}")
    assert found.returncode == 0, found.stdout + found.stderr
    actueel = monitor.folder / "uitvoer" / "opname" / "actueel"
    with duckdb.connect(str(actueel / "monitor.duckdb"), read_only=True) as db:
        ((waarden,),) = db.execute("SELECT count(waarde) FROM monitor.indicatorwaarde").fetchall()
        ((versie,),) = db.execute("SELECT code_versie FROM monitor.bouw").fetchall()
    assert waarden > 50
    # of the package alone: the folder where it is installed may lie in a repository of something else
    assert "+" not in versie
    assert (actueel / "rapport" / "index.html").is_file()
    assert {p.name for p in monitor.folder.iterdir()} == {"opslag", "uitvoer"}
