"""Peers: nearest by stated characteristics, the same each time, and not moved by figures of the year of the edition."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from scipy import stats
from scipy.spatial.distance import cdist

from assets.indicatoren.kaart import read_kaarten
from assets.indicatoren.soortgenoten import (
    KENMERKEN,
    LOGARITME,
    aspect_distances,
    soortgenoot,
    soortgenoot_kenmerk,
    standardize,
)
from tests.conftest import lay_rekenregels

RNG = np.random.default_rng(3)
GEMEENTEN = [f"GM{n:04}" for n in range(1, 31)]
COROP = [f"CR{n:02}" for n in range(1, 41)]
CARDS = {
    "bevolking": np.exp(RNG.normal(10, 1, 30)),
    "bevolkingsdichtheid": np.exp(RNG.normal(6, 1, 30)),
    "aandeel_0_20": RNG.normal(20, 2, 30),
    "aandeel_65plus": RNG.normal(20, 4, 30),
    "afstand_huisarts": RNG.normal(2, 0.5, 30),
    "afstand_supermarkt": RNG.normal(1, 0.3, 30),
}


def world(values, editie=2026, sectors=(), extra_regions=()):
    """A database with what peers are made from; values: (indicator, regio, year) -> value."""
    db = duckdb.connect()
    db.execute(
        """
        CREATE SCHEMA invoer; CREATE SCHEMA kern; CREATE SCHEMA monitor;
        CREATE TABLE kern.regio (code VARCHAR, soort VARCHAR, geldig_van DATE, geldig_tot DATE);
        CREATE TABLE kern.bedrijfstak (bedrijfstak VARCHAR, letter VARCHAR, grof BOOLEAN);
        INSERT INTO kern.bedrijfstak VALUES ('1', 'A', true), ('2', 'B-E', true), ('3', 'C', false);
        CREATE TABLE monitor.indicatorwaarde
            (indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, periode VARCHAR, waarde DOUBLE);
        CREATE TABLE monitor.locatiequotient (regio VARCHAR, periode VARCHAR, bedrijfstak VARCHAR, aandeel DOUBLE);
        CREATE TABLE invoer.soortgenoot (regiosoort VARCHAR, regio VARCHAR, soortgenoot VARCHAR, rang INTEGER,
            afstand DOUBLE, reden VARCHAR, vergeleken_op VARCHAR, vastgesteld VARCHAR);
        CREATE TABLE invoer.soortgenoot_kenmerk (regiosoort VARCHAR, regio VARCHAR, aspect VARCHAR, kenmerk VARCHAR,
            jaar INTEGER, waarde DOUBLE, standaard DOUBLE);
        """
    )
    lay_rekenregels(db)
    db.execute("CREATE TABLE invoer.bouw AS SELECT 'deze' AS bouw")
    db.execute("CREATE TABLE invoer.editie AS SELECT ?::INTEGER AS editie", [editie])
    kinds = [*((g, "gemeente", None, None) for g in GEMEENTEN), *((c, "corop", None, None) for c in COROP)]
    db.executemany(
        "INSERT INTO kern.regio VALUES (?, ?, ?, ?)", [*kinds, ("PV22", "provincie", None, None), *extra_regions]
    )
    rows = [(i, "totaal", r, f"{j}JJ00", v) for (i, r, j), v in values.items()]
    if rows:
        db.executemany("INSERT INTO monitor.indicatorwaarde VALUES (?, ?, ?, ?, ?)", rows)
    if sectors:
        db.executemany("INSERT INTO monitor.locatiequotient VALUES (?, ?, ?, ?)", list(sectors))
    return db


def peers(db):
    """Region -> its rows (peer, rank, distance, reason, compared by) in order of rank."""
    kenmerken = soortgenoot_kenmerk(db)  # noqa: F841 - DuckDB reads it by name
    db.execute("CREATE OR REPLACE TABLE monitor.soortgenoot_kenmerk AS FROM kenmerken")
    relation = soortgenoot(db)  # noqa: F841 - DuckDB reads it by name
    found = {}
    query = "SELECT regio, soortgenoot, rang, afstand, reden, vergeleken_op FROM relation ORDER BY regio, rang"
    for regio, *row in db.execute(query).fetchall():
        found.setdefault(regio, []).append(tuple(row))
    return found


@pytest.fixture
def values():
    return {(i, g, 2024): float(v) for i, column in CARDS.items() for g, v in zip(GEMEENTEN, column, strict=True)}


def test_the_ten_nearest_are_those_of_scipy(values):
    found = peers(world(values))
    z = {i: stats.zscore(np.log(v) if i.startswith("bevolking") else v) for i, v in CARDS.items()}
    aspects = [("bevolking",), ("aandeel_0_20", "aandeel_65plus")]
    # how densely people live and how far things are: once
    aspects += [("bevolkingsdichtheid", "afstand_huisarts", "afstand_supermarkt")]
    # an aspect weighs the same, however many characteristics it has
    point = np.stack([z[i] / np.sqrt(len(a) * len(aspects)) for a in aspects for i in a], axis=1)
    distance = cdist(point, point)
    assert set(found) == set(GEMEENTEN)
    for k, regio in enumerate(GEMEENTEN):
        order = [j for j in np.argsort(distance[k]) if j != k][:10]
        assert [row[0] for row in found[regio]] == [GEMEENTEN[j] for j in order]
        assert [row[1] for row in found[regio]] == list(range(1, 11))
        assert [row[2] for row in found[regio]] == pytest.approx([distance[k, j] for j in order], abs=1e-8)


def test_the_reason_names_what_is_alike_what_is_not_and_what_was_compared(values):
    # two that differ in nothing but the distance to a general practitioner
    for indicator in CARDS:
        values[indicator, "GM0002", 2024] = values[indicator, "GM0001", 2024]
    values["afstand_huisarts", "GM0002", 2024] += 0.2
    peer, rang, afstand, reden, op = peers(world(values))["GM0001"][0]
    assert (peer, rang) == ("GM0002", 1)
    assert 0 < afstand < 1
    assert reden == "lijkt het meest in inwonertal en leeftijdsopbouw, het minst in stedelijkheid"
    assert op == "inwonertal, leeftijdsopbouw en stedelijkheid (2024)"


def test_figures_of_the_last_year_and_of_the_edition_change_nothing(values):
    before = peers(world(values))
    later = {(i, r, j): 1.0 + k for k, (i, r, _) in enumerate(values) for j in (2025, 2026)}
    assert peers(world(values | later)) == before
    # for the next edition the year before counts
    assert peers(world(values | later, editie=2027)) != before


def test_the_order_of_the_rows_makes_no_difference_and_equals_go_by_code(values):
    for indicator in CARDS:
        for regio in GEMEENTEN[1:]:
            values[indicator, regio, 2024] = values[indicator, "GM0002", 2024]
    found = peers(world(values))
    assert found == peers(world(dict(reversed(values.items()))))
    assert [row[0] for row in found["GM0001"]] == GEMEENTEN[1:11]
    assert [row[0] for row in found["GM0005"]] == [g for g in GEMEENTEN[1:12] if g != "GM0005"]


def test_municipalities_and_corop_areas_are_not_compared_and_other_kinds_have_no_peers(values):
    for k, code in enumerate([*COROP, "PV22"]):
        values |= {(i, code, 2024): 1.0 + (k * n) % 17 for n, i in enumerate(CARDS, start=3)}
    found = peers(world(values))
    assert set(found) == {*GEMEENTEN, *COROP}
    for regio, rows in found.items():
        assert {row[0][:2] for row in rows} == {regio[:2]}
        assert regio not in {row[0] for row in rows}
        assert len(rows) == 10


def test_the_sectors_count_where_nine_in_ten_regions_have_them(values):
    sectors = [(g, "2024JJ00", b, 10.0 * k) for k, g in enumerate(GEMEENTEN) for b in ("1", "2", "3")]
    assert "bedrijfstakken" in peers(world(values, sectors=sectors))["GM0001"][0][4]
    few = [row for row in sectors if row[0] < "GM0027"]
    assert "bedrijfstakken" not in peers(world(values, sectors=few))["GM0001"][0][4]


def test_a_characteristic_of_an_earlier_year_counts_when_the_last_one_is_incomplete(values):
    for regio in GEMEENTEN:
        values["afstand_huisarts", regio, 2021] = values.pop(("afstand_huisarts", regio, 2024))
    values["afstand_huisarts", "GM0001", 2024] = 99.0
    assert peers(world(values))["GM0001"][0][4].endswith("(2021-2024)")


def test_a_region_that_lacks_a_whole_aspect_has_no_peers_and_is_none(values):
    del values["bevolking", "GM0001", 2024]
    # one characteristic of two is enough
    del values["afstand_huisarts", "GM0002", 2024]
    found = peers(world(values))
    assert set(found) == set(GEMEENTEN[1:])
    assert "GM0001" not in {row[0] for rows in found.values() for row in rows}


def test_a_region_that_no_longer_exists_is_nobodys_peer(values):
    gone = ("GM9999", "gemeente", None, "2025-01-01")
    values |= {(i, "GM9999", 2024): values[i, "GM0001", 2024] for i in CARDS}
    assert "GM9999" not in peers(world(values, extra_regions=[gone]))
    assert "GM9999" in peers(world(values, extra_regions=[(*gone[:3], None)]))


def test_on_fewer_than_three_aspects_there_are_no_peers(values):
    two = {k: v for k, v in values.items() if k[0] in ("bevolking", "bevolkingsdichtheid")}
    assert peers(world(two)) == {}
    assert peers(world({})) == {}


def test_fewer_than_eleven_regions_have_fewer_peers(values):
    few = {k: v for k, v in values.items() if k[1] <= "GM0004"}
    assert {len(rows) for rows in peers(world(few)).values()} == {3}


def test_every_characteristic_is_a_card():
    assert {k for cards in KENMERKEN.values() for k in cards} <= set(read_kaarten())


def test_the_figures_behind_the_peers_are_kept_with_their_standardized_value(values):
    db = world(values)
    peers(db)
    columns = "regio, waarde, standaard, jaar"
    rows = db.execute(
        f"SELECT {columns} FROM monitor.soortgenoot_kenmerk WHERE kenmerk = 'bevolking' ORDER BY regio"
    ).fetchall()
    assert [r[0] for r in rows] == GEMEENTEN
    assert [r[1] for r in rows] == pytest.approx(CARDS["bevolking"])
    assert [r[2] for r in rows] == pytest.approx(stats.zscore(np.log(CARDS["bevolking"])))
    assert {r[3] for r in rows} == {2024}


def test_frozen_peers_stand_whatever_the_figures_say_now(values):
    db = world(values)
    before = peers(db)
    moved = {k: v * (1 + n % 7) for n, (k, v) in enumerate(values.items())}
    changed = world(moved)
    assert peers(changed) != before
    rows = [("gemeente", regio, *row, "toen") for regio, found in before.items() for row in found]
    changed.executemany("INSERT INTO invoer.soortgenoot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    assert peers(changed) == before


def test_of_a_kind_without_a_frozen_list_peers_are_found(values):
    for k, code in enumerate(COROP):
        values |= {(i, code, 2024): 1.0 + (k * n) % 17 for n, i in enumerate(CARDS, start=3)}
    db = world(values)
    before = peers(db)
    rows = [("corop", r, "CR99", 1, 0.5, "gezegd", None, "toen") for r in COROP]
    db.executemany("INSERT INTO invoer.soortgenoot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    after = peers(db)
    assert {r: after[r] for r in GEMEENTEN} == {r: before[r] for r in GEMEENTEN}
    assert after["CR01"] == [("CR99", 1, 0.5, "gezegd", None)]
    relation = soortgenoot(db)  # noqa: F841 - DuckDB reads it by name
    told = db.execute("SELECT left(regio, 2), vastgesteld FROM relation GROUP BY ALL ORDER BY ALL").fetchall()
    assert told == [("CR", "toen"), ("GM", "deze")]


def test_a_peer_that_is_abolished_keeps_its_place_with_the_date(values):
    db = world(values)
    before = peers(db)
    gone = before["GM0001"][2][0]
    rows = [("gemeente", regio, *row, "toen") for regio, found in before.items() for row in found]
    db.executemany("INSERT INTO invoer.soortgenoot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.execute("UPDATE kern.regio SET geldig_tot = '2025-06-01' WHERE code = ?", [gone])
    assert peers(db) == before
    relation = soortgenoot(db)  # noqa: F841 - DuckDB reads it by name
    told = db.execute("SELECT rang, opgeheven FROM relation WHERE regio = 'GM0001' ORDER BY rang").fetchall()
    assert [r for r, day in told if day is not None] == [3]
    assert str(told[2][1]) == "2025-06-01"


def _real_kenmerken(shared_data):
    """The standardized characteristics of all municipalities of 2020, from what is there of them for the country."""
    tabel = shared_data / "cbs_v3" / "84799NED" / "cbs.v3.84799NED_TypedDataSet.parquet"
    levering = shared_data / "brede_welvaart" / "rmbw_gemeenten_2013_2020.csv"
    with duckdb.connect() as db:
        frame = db.sql(
            f"""
            WITH gemeente AS (
                SELECT trim("Codering_3") AS code, "AantalInwoners_5"::DOUBLE AS bevolking,
                    "Bevolkingsdichtheid_33"::DOUBLE AS bevolkingsdichtheid,
                    "k_0Tot15Jaar_8" / bevolking AS aandeel_0_20, "k_65JaarOfOuder_12" / bevolking AS aandeel_65plus,
                    "AfstandTotGroteSupermarkt_106"::DOUBLE AS afstand_supermarkt
                FROM '{tabel}' WHERE trim("SoortRegio_2") = 'Gemeente'
            ),
            afstand AS (
                PIVOT (FROM read_csv('{levering}', types = {{'regiocode': 'VARCHAR'}}) SELECT
                    trim(regiocode) AS code, indicator_code AS maat, waarde WHERE jaar = 2020)
                ON maat IN ('R_HN_AV_02', 'R_HN_SL_03', 'R_HN_SL_04') USING any_value(waarde) GROUP BY code
            )
            SELECT g.* EXCLUDE (code), a.R_HN_AV_02 AS afstand_ov, a.R_HN_SL_03 AS afstand_basisschool,
                a.R_HN_SL_04 AS afstand_cafe
            FROM gemeente AS g LEFT JOIN afstand AS a USING (code) ORDER BY code
            """
        ).fetchnumpy()
    columns = {k: np.ma.filled(np.ma.asarray(v, dtype=float), np.nan) for k, v in frame.items()}
    return {k: standardize(v, k in LOGARITME) for k, v in columns.items()}


def _tien(aspecten):
    """The ten nearest of each region by these aspects, as sets of their numbers."""
    squares = np.stack([aspect_distances(columns) for columns in aspecten if columns])
    distance = np.sqrt(squares.mean(axis=0))
    np.fill_diagonal(distance, np.nan)
    return [set(row[:10]) for row in np.argsort(np.round(distance, 9), axis=1, kind="stable")]


def test_most_of_the_ten_stay_when_a_characteristic_is_left_out(shared_data):
    """On real figures: urbanity as one aspect makes the ten no less stable than urbanity as two did."""
    z = _real_kenmerken(shared_data)
    assert len(z["bevolking"]) == 355
    assert np.corrcoef(z["bevolking"], z["bevolkingsdichtheid"])[0, 1] == pytest.approx(0.54, abs=0.01)
    near = [k for k in KENMERKEN["stedelijkheid"] if k in z and k != "bevolkingsdichtheid"]
    now = [[k for k in cards if k in z] for cards in KENMERKEN.values()]
    before = [["bevolking"], ["bevolkingsdichtheid"], ["aandeel_0_20", "aandeel_65plus"], near]

    def stay(aspecten):
        ten = _tien([[z[k] for k in cards] for cards in aspecten])
        kept = {}
        for out in (k for cards in aspecten for k in cards):
            other = _tien([[z[k] for k in cards if k != out] for cards in aspecten])
            kept[out] = np.mean([len(a & b) for a, b in zip(ten, other, strict=True)])
        return kept

    new, old = stay(now), stay(before)
    assert np.mean(list(new.values())) >= np.mean(list(old.values()))
    assert min(new.values()) >= 4.9
