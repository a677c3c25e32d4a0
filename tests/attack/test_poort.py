"""The gate before publication: what stands in the built file is attacked, whatever put it there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.keten import Plek, Registerkeuze
from assets.register import doorstaan, toegang
from assets.register.cijfers import CijfersError, read_built
from assets.register.doorgeven import attack_built
from assets.register.gepubliceerd import LEEG, read_gepubliceerd
from assets.register.toegang import attack_build, open_kluis
from begrippen.regio import registergebieden


@pytest.fixture(scope="module")
def plek(voorbeeld, tmp_path_factory) -> Plek:
    """Where the chain ran, with a copy of the register beside it: an attack keeps there what withstood it."""
    opslag = tmp_path_factory.mktemp("poort")
    shutil.copytree(voorbeeld.opslag / "vertrouwelijk", opslag / "vertrouwelijk")
    return Plek("voorbeeld", opslag, voorbeeld.uitvoer)


KEUZE = Registerkeuze(mee=True, gebieden=registergebieden(date(2026, 1, 1)))


@pytest.fixture
def built(voorbeeld, tmp_path) -> Path:
    """A copy of the published database, to spoil."""
    copy = Path(shutil.copy(voorbeeld.actueel / "monitor.duckdb", tmp_path / "monitor.duckdb"))
    with duckdb.connect(str(copy)) as db:
        # readers see a view over numbers: what is to be spoilt must be a table
        db.execute("CREATE TABLE kern.spoilt AS FROM kern.waarneming")
        db.execute("DROP VIEW kern.waarneming")
        db.execute("ALTER TABLE kern.spoilt RENAME TO waarneming")
    return copy


def spoil(built: Path, statement: str) -> None:
    with duckdb.connect(str(built)) as db:
        db.execute(statement)


def test_the_sample_has_figures_and_withholds_some(voorbeeld):
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        ((shown, withheld),) = db.execute(
            "SELECT count(waarde), count(*) FILTER (leeg_reden = 'onderdrukt') FROM kern.waarneming "
            "WHERE bron = 'register'"
        ).fetchall()
    assert shown > 1_000
    assert 0 < withheld < 0.25 * (shown + withheld)


def test_what_withstood_the_attack_when_it_was_made_was_not_attacked_again_in_the_build(plek, voorbeeld):
    folder, database = open_kluis(plek).folder, voorbeeld.actueel / "monitor.duckdb"
    with duckdb.connect(str(database), read_only=True) as db:
        cijfers = read_built(db)
    merk = doorstaan.make_merk(cijfers, toegang.open_register_of(plek, KEUZE).version, LEEG)
    assert doorstaan.find(folder, merk) is not None
    (kept,) = folder.glob("doorstaan-*")
    assert kept.stat().st_mtime < database.stat().st_mtime


def test_what_was_published_withstands_the_attack_and_is_not_attacked_twice(plek, built, monkeypatch):
    attacked = []
    monkeypatch.setattr(toegang, "attack_built", lambda *given: attacked.append(1) or attack_built(*given))
    # what was published before is more than when these figures were made
    assert attack_build(plek, KEUZE, built).empty
    assert attack_build(plek, KEUZE, built).empty
    assert len(attacked) == 1


def test_a_suppressed_figure_that_gets_out_after_all_is_found(plek, built):
    # a whole municipality: whatever was suppressed of it in a year now stands there
    spoil(
        built,
        "UPDATE kern.waarneming SET waarde = 1, leeg_reden = NULL "
        "WHERE bron = 'register' AND leeg_reden = 'onderdrukt' AND periode = '2023JJ00' AND regio = 'GM0114' "
        "AND onderwerp IN ('vestigingen', 'banen', 'fulltime')",
    )
    found = attack_build(plek, KEUZE, built)
    assert "GM0114" in set(found[found["jaar"] == 2023]["regio"])
    assert set(found.columns) == {"jaar", "regio", "uitsplitsing", "maat", "tegen"}


def test_a_figure_that_was_never_protected_is_refused(plek, built):
    spoil(
        built,
        "INSERT INTO kern.waarneming BY NAME SELECT * REPLACE ('Sectie=Q|Klasse=2-4' AS uitsplitsing) "
        "FROM kern.waarneming WHERE bron = 'register' AND onderwerp = 'banen' LIMIT 1",
    )
    with pytest.raises(CijfersError, match="nooit beveiligd"):
        attack_build(plek, KEUZE, built)


def test_what_was_published_is_remembered(plek, voorbeeld):
    remembered = read_gepubliceerd(open_kluis(plek).folder)
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        momentopnamen = db.execute(
            "SELECT DISTINCT momentopname FROM kern.waarneming WHERE bron = 'register'"
        ).fetchall()
        ((banen,),) = db.execute(
            "SELECT waarde FROM kern.waarneming WHERE bron = 'register' AND onderwerp = 'banen' "
            "AND uitsplitsing = 'totaal' AND regio = 'PV22' AND periode = '2023JJ00'"
        ).fetchall()
    assert momentopnamen == [(remembered.laatste,)]
    tabel = remembered.geheugen.tabel
    own = tabel[(tabel["regio"] == "PV22") & (tabel["jaar"] == 2023) & (tabel["uitsplitsing"] == "totaal")]
    assert list(own[own["maat"] == "banen"]["waarde"]) == [banen]
    assert tabel["waarde"].isna().any()
