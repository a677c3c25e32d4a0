"""A report or publication that is started by itself goes on from the last build that passed its checks."""

import json
import os
from datetime import UTC, datetime

import dagster as dg
import pytest

from assets.bouw import assets as stappen
from assets.bouw.bouwen import prune, publish
from assets.bouw.invoer.bouwinvoer import GEREED, InvoerError
from assets.bouw.losse_stap import find_built, find_reported
from assets.bouw.uitkomst import TOETSEN, write_uitkomsten
from assets.keten import Editiekeuze, Maker, Plek, Registerkeuze, no_report
from assets.kwaliteit.toets import Toets


@pytest.fixture
def plek(tmp_path):
    return Plek("voorbeeld", tmp_path / "opslag", tmp_path / "uitvoer")


def maak(plek, run, bouw, *, geslaagd=True, rapport=0):
    """A finished build with one check; `rapport`: when its report was written, 0 for none."""
    folder = plek.bouw_folder(run)
    (folder / "parquet").mkdir(parents=True)
    (folder / "monitor.duckdb").write_text(run)
    (folder / "parquet" / "t.parquet").write_text(run)
    write_uitkomsten(folder / TOETSEN, [Toets("x", "kern.regio", "blokkeert", geslaagd, "")])
    (folder / GEREED).write_text(json.dumps({"bouw": bouw, "soort": "voorbeeld"}))
    if rapport:
        (folder / "rapport").mkdir()
        index = folder / "rapport" / "index.html"
        index.write_text(run)
        os.utime(index, (rapport, rapport))
    return folder


def test_a_report_by_itself_is_written_beside_the_last_checked_build_and_not_in_it(plek):
    maak(plek, "oud", "20260101T000000000000Z")
    last = maak(plek, "nieuw", "20260202T000000000000Z", rapport=5)
    maak(plek, "afgekeurd", "20260303T000000000000Z", geslaagd=False)
    before = {p: p.read_bytes() for p in last.rglob("*") if p.is_file()}
    folder = find_built(plek, "los")
    assert folder == plek.bouw_folder("los")
    assert (folder / "monitor.duckdb").read_text() == "nieuw"
    assert (folder / "parquet" / "t.parquet").read_text() == "nieuw"
    assert json.loads((folder / GEREED).read_text())["bouw"] == "20260202T000000000000Z"
    assert not (folder / "rapport").exists()
    assert before == {p: p.read_bytes() for p in last.rglob("*") if p.is_file()}


def test_a_run_with_a_build_of_its_own_takes_that(plek):
    maak(plek, "nieuw", "20260202T000000000000Z", rapport=5)
    own = maak(plek, "eigen", "20260101T000000000000Z")
    assert (find_built(plek, "eigen"), find_reported(plek, "eigen")) == (own, own)


def test_of_one_build_the_report_that_was_written_last_is_published(plek):
    maak(plek, "a", "20260202T000000000000Z", rapport=5)
    later = maak(plek, "b", "20260202T000000000000Z", rapport=9)
    maak(plek, "c", "20260303T000000000000Z")
    maak(plek, "d", "20260404T000000000000Z", geslaagd=False, rapport=11)
    assert find_reported(plek, "los") == later


def test_reports_by_themselves_push_no_build_out(plek):
    builds = [maak(plek, f"b{n}", f"2026010{n}T000000000000Z", rapport=n) for n in (1, 2, 3)]
    again = [find_built(plek, f"los{n}") for n in range(4)]
    assert prune(plek.bouw_folder("."), keep=3) == []
    assert all(f.is_dir() for f in (*builds, *again))
    assert prune(plek.bouw_folder("."), keep=1) == builds[:2]


@pytest.mark.parametrize("find", [find_built, find_reported])
def test_without_a_checked_build_it_says_what_to_do(plek, find):
    maak(plek, "a", "20260202T000000000000Z", geslaagd=False, rapport=5)
    (plek.bouw_folder("half")).mkdir()
    with pytest.raises(InvoerError, match=r"(?s)nog geen bouw .*door de toetsen kwam\nMaak er een met: monitor run"):
        find(plek, "los")


def test_the_publication_by_itself_publishes_in_dagster(plek, monkeypatch):
    monkeypatch.setattr(stappen, "freeze", lambda *a: None)
    monkeypatch.setattr(stappen, "remember_build", lambda *a: None)
    first, last = (
        maak(plek, "a", "20260101T000000000000Z", rapport=5),
        maak(plek, "b", "20260202T000000000000Z", rapport=6),
    )
    publish(first, plek.uitvoer)
    parts = {
        "plek": plek,
        "editie": Editiekeuze(2026),
        "register": Registerkeuze(),
        "maker": Maker(lambda: datetime(2026, 1, 1, tzinfo=UTC), "toets"),
        "voortgang": no_report,
    }
    done = dg.materialize([stappen.publicatie], resources=parts)
    assert done.success
    assert (plek.uitvoer / "actueel").resolve() == last.resolve()
