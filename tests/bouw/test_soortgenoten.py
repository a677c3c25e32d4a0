"""The peers of an edition stay those of its first publication, whatever its later builds are made of."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bouw.bouwen import Bouwinvoer, build_database
from assets.bron.bronlijst import read_aanleveringen, read_tabellen
from assets.bron.momentopname import Archief, hash_file
from assets.indicatoren.kaart import read_kaarten
from assets.indicatoren.soortgenoten import KENMERKEN
from assets.indicatoren.soortgenotenlijst import freeze, read_lijsten, release

MOMENT = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def asked_alone(monkeypatch):
    """Make only the peers, and what they are made from."""
    kept, wanted = [], {"monitor.soortgenoot", "monitor.bouw"}
    for tabel in reversed(bouwen.all_tabellen()):
        if tabel.naam in wanted:
            kept.insert(0, tabel)
            wanted.update(tabel.uit)
    monkeypatch.setattr(bouwen, "all_tabellen", lambda: kept)


@pytest.fixture(scope="module")
def invoer(voorbeeld):
    """The sample, with the cards that peers are chosen by and nothing else."""
    archief, kaarten = Archief(voorbeeld.opslag, "voorbeeld"), read_kaarten()
    asked = {k for cards in KENMERKEN.values() for k in cards}
    kaarten = {k: v for k, v in kaarten.items() if k in asked or k in {kaarten[a].gewicht for a in asked}}
    bronnen = {b.tabel for k in kaarten.values() for b in k.bronnen} | {"83582NED"}
    tabellen = read_tabellen()
    momentopnamen = [
        m for k in sorted(bronnen & set(tabellen)) if (m := archief.latest(tabellen[k].bron, k)) is not None
    ]
    return Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=tuple(momentopnamen),
        tabellen=tabellen,
        aanleveringen=read_aanleveringen(),
        kaarten=kaarten,
        editie=2026,
        built_at=MOMENT,
        code_versie="toets",
    )


def change_population(invoer, folder):
    """The same inputs, but every third municipality has eight times its people."""
    changed = []
    for m in invoer.momentopnamen:
        if m.tabel == "03759ned":
            copy = folder / m.id
            shutil.copytree(m.folder, copy)
            file = copy / "waarnemingen.parquet"
            duckdb.execute(
                f"COPY (SELECT * REPLACE (CASE WHEN regio LIKE 'GM%' AND hash(regio) % 3 = 0 THEN 8 * waarde "
                f"ELSE waarde END AS waarde) FROM '{m.folder / 'waarnemingen.parquet'}') TO '{file}'"
            )
            changed.append(replace(m, folder=copy, eigenschappen=m.eigenschappen | {"sha256": hash_file(file)}))
        else:
            changed.append(m)
    return replace(invoer, momentopnamen=tuple(changed), built_at=MOMENT + timedelta(hours=1))


def read(folder, query):
    with closing(duckdb.connect(str(folder / "monitor.duckdb"), read_only=True)) as db:
        return db.execute(query).fetchall()


ALLE = "SELECT * FROM monitor.soortgenoot ORDER BY regio, rang"


def test_another_population_changes_no_peers_of_an_edition_that_has_them(invoer, tmp_path):
    opslag = tmp_path / "opslag"
    build_database(invoer, tmp_path / "1")
    first = read(tmp_path / "1", ALLE)
    assert {r[0][:2] for r in first} >= {"GM"}
    assert len(first) > 3_000
    freeze(opslag, "voorbeeld", 2026, invoer.bouw, tmp_path / "1" / "parquet")
    frozen = read_lijsten(opslag, "voorbeeld", 2026)
    assert sum(len(s.soortgenoten) for s in frozen) == len(first)

    changed = change_population(invoer, tmp_path)
    build_database(changed, tmp_path / "2")
    assert read(tmp_path / "2", ALLE) != first
    held = replace(changed, soortgenoten=frozen)
    build_database(held, tmp_path / "3")
    assert read(tmp_path / "3", ALLE) == first
    # the figures are those of the choice, and the list is a named input
    figures = "SELECT * FROM monitor.soortgenoot_kenmerk ORDER BY ALL"
    assert read(tmp_path / "3", figures) == read(tmp_path / "1", figures)
    assert held.sha256 != changed.sha256
    ((named,),) = read(tmp_path / "3", "SELECT soortgenoten FROM monitor.bouw")
    assert named == "; ".join(s.naam for s in frozen)
    assert read(tmp_path / "1", "SELECT soortgenoten FROM monitor.bouw") == [(None,)]
    assert read(tmp_path / "1", "SELECT DISTINCT vastgesteld FROM monitor.soortgenoot") == [(invoer.bouw,)]

    release(opslag, "voorbeeld", 2026, MOMENT)
    assert read_lijsten(opslag, "voorbeeld", 2026) == ()


def test_the_chain_freezes_the_peers_of_what_it_publishes(voorbeeld):
    lijsten = read_lijsten(voorbeeld.opslag, "voorbeeld", 2026)
    assert [s.regiosoort for s in lijsten] == ["gemeente", "corop"]
    ((built,),) = read(voorbeeld.actueel, "SELECT bouw FROM monitor.bouw")
    assert {s.bouw for s in lijsten} == {built}
    published = read(voorbeeld.actueel, "SELECT regio, soortgenoot, rang FROM monitor.soortgenoot ORDER BY ALL")
    listed = sorted((r["regio"], r["soortgenoot"], r["rang"]) for s in lijsten for r in s.soortgenoten)
    assert listed == published
