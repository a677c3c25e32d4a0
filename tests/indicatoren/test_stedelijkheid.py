"""Town and country: each municipality beside those that are as urban."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from assets.tabel import read_queries
from begrippen.regio import gemeenten_op, read_regios
from tests.gebieden import lay_rapportregio

QUERY = next(t for t in read_queries() if t.naam == "monitor.stedelijkheid")
DRENTHE = ("GM0106", "GM0114")


@pytest.fixture
def db() -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    db.execute("CREATE SCHEMA kern; CREATE SCHEMA monitor")
    db.execute(
        "CREATE TABLE monitor.indicator AS "
        "FROM (VALUES ('afstand', 'gewogen', 'rapport'), ('inwoners', 'som', 'rapport')) AS k(id, aggregatie, doel)"
    )
    db.execute("CREATE TABLE kern.regio (code VARCHAR, soort VARCHAR, stedelijkheid INTEGER)")
    db.execute("CREATE TABLE kern.regio_lid (regio VARCHAR, lid VARCHAR, geldig_tot DATE)")
    db.execute(
        "CREATE TABLE monitor.stand (indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, laatste_periode VARCHAR, "
        "waarde DOUBLE)"
    )
    for code, soort, klasse, waarde in (
        ("GM0106", "gemeente", 3, 2.0),
        ("GM0114", "gemeente", 4, 5.0),
        ("GM0001", "gemeente", 4, 1.0),
        ("GM0002", "gemeente", 4, 3.0),
        ("GM0003", "gemeente", 4, None),
        ("GM0004", "gemeente", None, 100.0),
        ("PV22", "provincie", None, 4.0),
    ):
        db.execute("INSERT INTO kern.regio VALUES (?, ?, ?)", [code, soort, klasse])
        if code in DRENTHE:
            db.execute("INSERT INTO kern.regio_lid VALUES ('PV22', ?, NULL)", [code])
        for indicator in ("afstand", "inwoners"):
            row = [indicator, "totaal", code, "2024JJ00", waarde]
            db.execute("INSERT INTO monitor.stand VALUES (?, ?, ?, ?, ?)", row)
    lay_rapportregio(db)
    QUERY.create(db)
    return db


def test_the_middle_municipality_of_each_class_in_the_country_and_in_drenthe(db: duckdb.DuckDBPyConnection) -> None:
    rows = db.execute(
        "SELECT stedelijkheid, gebied, klasse, gemeenten, mediaan FROM monitor.stedelijkheid "
        "WHERE indicator = 'afstand' ORDER BY ALL"
    ).fetchall()
    assert rows == [
        (3, "drenthe", "matig stedelijk", 1, 2.0),
        (3, "nederland", "matig stedelijk", 1, 2.0),
        (4, "drenthe", "weinig stedelijk", 1, 5.0),
        # one without a value, one without a class and a province do not count
        (4, "nederland", "weinig stedelijk", 3, 3.0),
    ]


def test_numbers_are_not_compared_by_how_urban_a_municipality_is(db: duckdb.DuckDBPyConnection) -> None:
    assert db.execute("SELECT DISTINCT indicator FROM monitor.stedelijkheid").fetchall() == [("afstand",)]


def test_every_municipality_of_drenthe_has_a_class_and_most_are_rural() -> None:
    regios = read_regios().set_index("code")["stedelijkheid"]
    gemeenten = gemeenten_op(date(2026, 1, 1))
    here = regios[gemeenten.loc[gemeenten["provincie"] == "PV22", "code"]]
    assert len(here) == 12
    assert here.notna().all()
    assert (here >= 4).sum() > 6
