"""From captured answers of CBS to kern, over the same client code as a live run."""

from contextlib import closing
from datetime import UTC, datetime

import duckdb
import pytest

from assets.bouw.bouwen import build_database
from assets.bron.bronlijst import read_tabellen
from assets.bron.fetch import fetch_tabellen
from assets.bron.momentopname import Archief
from assets.bron.voorbeeld.server import replay_server
from begrippen.regio import known_codes

TWAALF = "SELECT lid FROM kern.regio_lid WHERE regio IN ('CR07', 'CR08', 'CR09') AND geldig_tot IS NULL"


@pytest.fixture(scope="module")
def gebouwd(shared_data, tmp_path_factory):
    from assets.bouw.bouwen import Bouwinvoer

    folder = tmp_path_factory.mktemp("opname")
    tabellen = {i: read_tabellen()[i] for i in ("70072ned", "03759ned", "83625NED")}
    moment = datetime(2026, 9, 28, tzinfo=UTC)
    with replay_server(shared_data / "cbs_v4") as adressen:
        uitkomsten = fetch_tabellen(
            tabellen.values(), adressen, Archief(folder, "opname"), lambda: moment, known_codes()
        )
    assert {(u.resultaat, u.reden) for u in uitkomsten} == {("nieuw", "")}
    invoer = Bouwinvoer(
        soort="opname",
        momentopnamen=tuple(u.momentopname for u in uitkomsten if u.momentopname),
        tabellen=tabellen,
        aanleveringen={},
        kaarten={},
        editie=2026,
        built_at=moment,
        code_versie="toets",
    )
    build_database(invoer, folder / "bouw")
    with closing(duckdb.connect(str(folder / "bouw" / "monitor.duckdb"), read_only=True)) as db:
        yield db


def test_70072ned_has_the_value_and_status_that_people_read(gebouwd, shared_data):
    rows = gebouwd.execute(
        """
        SELECT l.region, l.period, l.measure, l.value::DOUBLE, w.waarde,
            lower(replace(l.status_from_period_note, 'NaderVoorlopig', 'nader_voorlopig')), w.status, w.leeg_reden
        FROM read_csv(?, all_varchar = true) AS l
        LEFT JOIN kern.onderwerp AS o ON o.tabel = '70072ned' AND o.sleutel = l.measure
        LEFT JOIN kern.waarneming AS w
            ON (w.tabel, w.onderwerp, w.regio, w.periode) = (o.tabel, o.onderwerp, l.region, l.period)
        """,
        [str(shared_data / "cbs_v4" / "70072ned" / "leesbaar.csv")],
    ).fetchall()
    assert len(rows) == 612
    for *cell, value, waarde, read, status, leeg_reden in rows:
        assert (cell, waarde) == (cell, value)
        if value is None:
            assert (cell, leeg_reden in {"niet_gepubliceerd", "niet_van_toepassing"}) == (cell, True)
        else:
            assert (cell, status, leeg_reden) == (cell, read, None)


def test_the_twelve_add_up_to_the_province(gebouwd):
    query = f"""
        SELECT sum(waarde) FILTER (regio IN ({TWAALF})), any_value(waarde) FILTER (regio = 'PV22'),
            count(waarde) FILTER (regio IN ({TWAALF}))
        FROM kern.waarneming WHERE tabel = '03759ned' AND periode = '2026JJ00'
    """
    assert gebouwd.execute(query).fetchall() == [(508109.0, 508109.0, 12)]


@pytest.mark.parametrize(("regio", "waarde"), [("PV22", 411728.0), ("NL01", 479527.0), ("GM0114", 351871.0)])
def test_house_prices_of_2025_are_those_of_cbs(gebouwd, regio, waarde):
    query = "SELECT waarde, status FROM kern.waarneming WHERE tabel = '83625NED' AND periode = '2025JJ00' AND regio = ?"
    assert gebouwd.execute(query, [regio]).fetchall() == [(waarde, "definitief")]


def test_every_cell_is_kept_once_with_a_value_or_a_reason(gebouwd):
    cells, keys, wrong = gebouwd.execute(
        """
        SELECT count(*), count(DISTINCT (bron, tabel, onderwerp, uitsplitsing, regio, periode)),
            count(*) FILTER ((waarde IS NULL) = (leeg_reden IS NULL))
        FROM kern.waarneming
        """
    ).fetchone()
    assert cells == keys == gebouwd.execute("SELECT sum(rijen) FROM monitor.momentopname").fetchone()[0]
    assert wrong == 0
