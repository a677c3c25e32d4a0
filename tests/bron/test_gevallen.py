"""Deliveries as people send them are read in their one reading, or refused with the line and what to do."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from assets.bron.aanlevering import read_deliveries
from assets.bron.bronlijst import read_aanleveringen
from assets.bron.momentopname import Archief
from begrippen.regio import known_codes

from .gevallen import GEVALLEN, Geval

SHARED = Path(__file__).parents[3] / "shared" / "gevallen"


def check(folder: Path, geval: Geval, opslag: Path) -> None:
    archief = Archief(opslag, "cbs")
    outcomes = read_deliveries(
        folder, read_aanleveringen(), archief, lambda: datetime(2026, 7, 1, tzinfo=UTC), known_codes()
    )
    assert len(outcomes) == 1, [u.tabel for u in outcomes]
    (uitkomst,) = outcomes
    if geval.geweigerd:
        assert uitkomst.resultaat == "geweigerd"
        assert uitkomst.momentopname is None
        assert [w for w in geval.geweigerd if w not in uitkomst.reden] == [], uitkomst.reden
        return
    assert uitkomst.momentopname, uitkomst.reden
    place = uitkomst.momentopname.folder / "waarnemingen.parquet"
    rows = duckdb.sql(f"SELECT onderwerp, regio, periode, waarde, status FROM '{place}'").fetchall()
    assert {row[:3]: row[3:] for row in rows} == geval.cellen
    assert tuple(w.code for w in uitkomst.momentopname.waarschuwingen) == geval.waarschuwingen


@pytest.mark.parametrize("naam", GEVALLEN)
def test_delivery_as_people_send_it(naam, tmp_path):
    folder = tmp_path / "map"
    folder.mkdir()
    GEVALLEN[naam].maak(folder)
    check(folder, GEVALLEN[naam], tmp_path / "opslag")


@pytest.mark.parametrize("naam", GEVALLEN)
def test_the_same_delivery_as_it_was_found(naam, tmp_path):
    if not SHARED.is_dir():
        pytest.skip("../shared/gevallen is er niet; de gemaakte bestanden van dezelfde gevallen zijn getoetst")
    check(SHARED / naam, GEVALLEN[naam], tmp_path / "opslag")


def test_every_folder_is_a_case():
    if not SHARED.is_dir():
        pytest.skip("../shared/gevallen is er niet")
    assert {p.name for p in SHARED.iterdir() if p.is_dir() and p.name[0] in "bd"} == set(GEVALLEN)
