"""The frozen peers of an edition: written once, read whole, put aside on purpose, never lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import duckdb
import pytest

from assets.indicatoren.soortgenotenlijst import freeze, read_lijsten, release
from begrippen.fout import BestandError

MOMENT = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def parquet(tmp_path):
    """Write the Parquet of a build: peers of two municipalities, and of a COROP area where `corop` says so."""

    def write(bouw="b1", corop=False, afstand=0.5):
        folder = tmp_path / bouw
        folder.mkdir(exist_ok=True)
        regios = [("GM0001", "gemeente"), ("GM0002", "gemeente"), ("CR01", "corop"), ("CR02", "corop")]
        peers = [
            ("GM0001", "GM0002", 1, afstand, "lijkt", "dichtheid (2024)", bouw, None),
            ("GM0002", "GM0001", 1, afstand, "lijkt", "dichtheid (2024)", bouw, None),
        ]
        figures = [
            (r, "dichtheid", "bevolkingsdichtheid", 2024, 0.1 + n, None) for n, r in enumerate(("GM0001", "GM0002"))
        ]
        if corop:
            peers.append(("CR01", "CR02", 1, 0.25, "lijkt", "dichtheid (2024)", bouw, None))
        with duckdb.connect() as db:
            db.execute("CREATE TABLE regio (code VARCHAR, soort VARCHAR)")
            db.execute(
                "CREATE TABLE soortgenoot (regio VARCHAR, soortgenoot VARCHAR, rang INTEGER, afstand DOUBLE, "
                "reden VARCHAR, vergeleken_op VARCHAR, vastgesteld VARCHAR, opgeheven DATE)"
            )
            db.execute(
                "CREATE TABLE kenmerk (regio VARCHAR, aspect VARCHAR, kenmerk VARCHAR, jaar INTEGER, waarde DOUBLE, "
                "standaard DOUBLE)"
            )
            for naam, file, rows in (
                ("regio", "kern.regio", regios),
                ("soortgenoot", "monitor.soortgenoot", peers),
                ("kenmerk", "monitor.soortgenoot_kenmerk", figures),
            ):
                db.executemany(f"INSERT INTO {naam} VALUES ({', '.join('?' * len(rows[0]))})", rows)
                db.execute(f"COPY {naam} TO '{folder}/{file}.parquet'")
        return folder

    return write


def test_before_the_first_publication_there_is_none(tmp_path):
    assert read_lijsten(tmp_path, "cbs", 2026) == ()


def test_the_first_publication_freezes_peers_with_their_reasons_and_figures(tmp_path, parquet):
    (path,) = freeze(tmp_path, "cbs", 2026, "b1", parquet())
    (lijst,) = read_lijsten(tmp_path, "cbs", 2026)
    assert (lijst.regiosoort, lijst.bouw, lijst.naam) == ("gemeente", "b1", f"gemeente b1 {lijst.sha256[:16]}")
    assert lijst.soortgenoten[0] == {
        "regio": "GM0001",
        "soortgenoot": "GM0002",
        "rang": 1,
        "afstand": 0.5,
        "reden": "lijkt",
        "vergeleken_op": "dichtheid (2024)",
    }
    assert lijst.kenmerken[1]["waarde"] == 1.1
    assert path == tmp_path / "soortgenoten" / "cbs" / "2026" / "gemeente.json"
    # of another kind and another edition there is none
    assert read_lijsten(tmp_path, "voorbeeld", 2026) == read_lijsten(tmp_path, "cbs", 2028) == ()


def test_a_later_publication_adds_a_kind_and_changes_nothing(tmp_path, parquet):
    freeze(tmp_path, "cbs", 2026, "b1", parquet())
    first = read_lijsten(tmp_path, "cbs", 2026)
    # the peers of municipalities in it come from the list, so they are of build b1
    freeze(tmp_path, "cbs", 2026, "b2", parquet("b2", corop=True, afstand=0.9))
    both = read_lijsten(tmp_path, "cbs", 2026)
    assert both[0] == first[0]
    assert [(s.regiosoort, s.bouw) for s in both] == [("gemeente", "b1"), ("corop", "b2")]


def test_peers_of_another_build_are_not_frozen_as_if_they_were_new(tmp_path, parquet):
    assert freeze(tmp_path, "cbs", 2026, "b2", parquet("b1")) == []


def test_renewing_puts_the_list_aside_and_loses_nothing(tmp_path, parquet):
    (path,) = freeze(tmp_path, "cbs", 2026, "b1", parquet())
    content = path.read_bytes()
    (aside,) = release(tmp_path, "cbs", 2026, MOMENT)
    assert aside.read_bytes() == content
    assert read_lijsten(tmp_path, "cbs", 2026) == ()
    assert release(tmp_path, "cbs", 2026, MOMENT) == []
    freeze(tmp_path, "cbs", 2026, "b2", parquet("b2"))
    assert [s.bouw for s in read_lijsten(tmp_path, "cbs", 2026)] == ["b2"]


@pytest.mark.parametrize("damage", ["afstand", "cut", "other edition", "no object"])
def test_a_damaged_list_is_named_with_the_way_out(tmp_path, parquet, damage):
    (path,) = freeze(tmp_path, "cbs", 2026, "b1", parquet())
    content = json.loads(path.read_text(encoding="utf-8"))
    if damage == "afstand":
        content["soortgenoten"][0]["afstand"] = 0.4
    if damage == "other edition":
        content["editie"] = 2024
    text = json.dumps([] if damage == "no object" else content)
    path.write_text(text[:-20] if damage == "cut" else text, encoding="utf-8")
    with pytest.raises(BestandError, match=r"(?s)gemeente.json: dit is beschadigd.*soortgenoten 2026 --opnieuw"):
        read_lijsten(tmp_path, "cbs", 2026)
    # and that way is open
    assert release(tmp_path, "cbs", 2026, MOMENT)
