"""A slip in one cell of a source, carried through the whole engine, is caught: 1,8 miljard where 18,4 is right."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bouw.bouwen import Bouwinvoer, build_database
from assets.bron.bronlijst import read_aanleveringen, read_tabellen
from assets.bron.momentopname import Archief, hash_file
from assets.indicatoren.kaart import read_kaarten
from assets.indicatoren.regel import read_regels

KAARTEN = ("bbp", "bbp_aandeel_nl", "bbp_per_inwoner", "toegevoegde_waarde", "bevolking")
TABELLEN = ("85924NED", "03759ned")


@pytest.fixture(autouse=True)
def asked_alone(monkeypatch):
    """Make only the rules and the values, and what they are made from."""
    kept, wanted = [], {"monitor.regelcontrole", "monitor.indicatorwaarde", "monitor.bouw"}
    for tabel in reversed(bouwen.all_tabellen()):
        if tabel.naam in wanted:
            kept.insert(0, tabel)
            wanted.update(tabel.uit)
    monkeypatch.setattr(bouwen, "all_tabellen", lambda: kept)


@pytest.fixture(scope="module")
def invoer(voorbeeld):
    archief, kaarten = Archief(voorbeeld.opslag, "voorbeeld"), read_kaarten()
    assert {b.tabel for k in KAARTEN for b in kaarten[k].bronnen} <= {*TABELLEN, "70072ned"}
    momentopnamen = [m for t in (*TABELLEN, "70072ned") if (m := archief.latest("cbs", t)) is not None]
    return Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=tuple(momentopnamen),
        tabellen=read_tabellen(),
        aanleveringen=read_aanleveringen(),
        kaarten={k: kaarten[k] for k in KAARTEN},
        editie=2026,
        built_at=datetime(2026, 7, 1, tzinfo=UTC),
        code_versie="toets",
    )


def with_slip(invoer, folder, regio, periode):
    """The same inputs, but the gdp of one region in one year is a factor ten too small."""
    (m,) = (m for m in invoer.momentopnamen if m.tabel == "85924NED")
    copy = folder / m.id
    shutil.copytree(m.folder, copy)
    file = copy / "waarnemingen.parquet"
    topic = f"(SELECT onderwerp FROM '{m.folder / 'onderwerpen.parquet'}' WHERE naam = 'bbp')"
    cell = f"onderwerp IN {topic} AND regio = '{regio}' AND periode = '{periode}'"
    duckdb.execute(
        f"COPY (SELECT * REPLACE (CASE WHEN {cell} THEN waarde / 10 ELSE waarde END AS waarde) "
        f"FROM '{m.folder / 'waarnemingen.parquet'}') TO '{file}'"
    )
    slipped = replace(m, folder=copy, eigenschappen=m.eigenschappen | {"sha256": hash_file(file)})
    return replace(invoer, momentopnamen=tuple(slipped if n is m else n for n in invoer.momentopnamen))


def failing(folder):
    with closing(duckdb.connect(str(folder / "monitor.duckdb"), read_only=True)) as db:
        value = db.execute(
            "SELECT waarde FROM monitor.indicatorwaarde WHERE (indicator, regio, periode) = ('bbp', 'PV22', '2022JJ00')"
        ).fetchone()[0]
        rules = db.execute("SELECT DISTINCT regel FROM monitor.regelcontrole WHERE NOT klopt").fetchall()
    return value, {r for (r,) in rules}


def test_gdp_of_1_8_in_place_of_18_4_blocks_by_rules_that_do_not_share_its_cell(invoer, tmp_path):
    build_database(invoer, tmp_path / "goed")
    sound, none = failing(tmp_path / "goed")
    assert none == set()
    build_database(with_slip(invoer, tmp_path / "antwoord", "PV22", "2022JJ00"), tmp_path / "fout")
    wrong, caught = failing(tmp_path / "fout")
    assert wrong == pytest.approx(sound / 10, rel=1e-3)
    assert 17_000 < sound < 20_000
    assert caught == {
        "bbp_per_inwoner_klopt",
        "corops_tellen_op",
        "ijkpunten_rekeningen",
        "orde_van_grootte_jaar",
        "toegevoegde_waarde_volgt_bbp",
    }
    weights = {r.id: r.zwaarte for r in read_regels().values()}
    assert {weights[r] for r in caught} == {"blokkeert"}


def test_a_slip_in_a_part_of_drenthe_is_caught_too(invoer, tmp_path):
    build_database(with_slip(invoer, tmp_path / "antwoord", "CR08", "2019JJ00"), tmp_path / "fout")
    assert {"corops_tellen_op", "orde_van_grootte_jaar"} <= failing(tmp_path / "fout")[1]
