"""What a run refuses, and that what stood then still stands: small captured answers that change between runs."""

import fcntl

import duckdb
import pytest

from tests.conftest import in_kopie
from tests.klein_antwoord import TABEL, capture


@pytest.fixture(scope="module")
def runs(tmp_path_factory, run_keten, kleine_publicatie, gewijzigde_publicatie):
    """A good run, then a changed unit, then a figure that can not be: outcome and published build by name."""
    folder = tmp_path_factory.mktemp("weigering")
    capture(folder / "antwoorden", modified="2026-03-01T00:00:00+01:00", GM0114=-5.0)
    eenheid = in_kopie(gewijzigde_publicatie, folder)
    stood = eenheid.actueel.resolve()
    wrong = run_keten(folder, bron=f"opname:{folder / 'antwoorden'}")
    return {
        "goed": (kleine_publicatie, kleine_publicatie.actueel.resolve()),
        "eenheid": (eenheid, stood),
        "onmogelijk": (wrong, wrong.actueel.resolve()),
    }


def test_a_good_run_is_published(runs):
    outcome, folder = runs["goed"]
    assert outcome.code == 0, outcome.text
    assert (folder / "rapport" / "index.html").is_file()


def test_a_changed_unit_is_refused_and_the_older_answer_is_used_and_named(runs):
    outcome, folder = runs["eenheid"]
    assert outcome.code == 3, outcome.text
    named = outcome.text.split("Met een ouder antwoord")[1]
    assert TABEL in named
    assert "1 000 euro" in named
    assert folder.name != runs["goed"][1].name
    with duckdb.connect(str(folder / "monitor.duckdb"), read_only=True) as db:
        row = db.execute(
            "SELECT waarde FROM monitor.indicatorwaarde WHERE indicator = 'verkoopprijs_woningen' "
            "AND regio = 'PV22' AND periode = '2025JJ00'"
        ).fetchone()
    assert row == (425_000,)


def test_a_failed_blocking_check_leaves_what_stood_and_names_the_figure(runs):
    outcome, folder = runs["onmogelijk"]
    assert outcome.code == 1
    assert "Niet gepubliceerd." in outcome.text
    assert "Wat er stond, staat er nog" in outcome.text
    for part in ("verkoopprijs_woningen", "GM0114 Emmen", "2025JJ00", "waarde -5"):
        assert part in outcome.text
    assert folder == runs["eenheid"][1]


def test_a_run_that_can_not_start_says_why(run_keten, tmp_path):
    (tmp_path / "leeg").mkdir()
    outcome = run_keten(tmp_path, bron=f"opname:{tmp_path / 'leeg'}")
    assert outcome.code == 1
    assert str(tmp_path / "leeg") in outcome.text.split("Niet gepubliceerd.")[1]


def test_a_second_refresh_in_the_same_place_does_not_start(run_keten, tmp_path):
    (tmp_path / "opslag").mkdir()
    with (tmp_path / "opslag" / ".bezig").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        outcome = run_keten(tmp_path, bron="voorbeeld")
    assert outcome.code == 1
    assert "er loopt al een verversing" in outcome.text


def test_a_delivered_file_that_nothing_reads_is_named(runs):
    outcome, _ = runs["eenheid"]
    assert "verkeerde_naam.csv" in outcome.text.split("niet gelezen")[1]
