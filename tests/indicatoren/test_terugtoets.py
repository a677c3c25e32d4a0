"""The model looks back: what it said of a year is what a plain computation says, and its 95% is 95% where it holds."""

from __future__ import annotations

from contextlib import closing

import duckdb
import numpy as np
import pytest
from scipy import stats

from assets.indicatoren.autocorrelatie import Reeksvorm
from assets.indicatoren.terugtoets import look_back, predict_last, terugtoets, without_shared
from tests.indicatoren.simulatie import Wereld, draw

JAREN = np.arange(2010.0, 2018.0)


def predict_plain(x, y, doel, rho):
    """The best linear prediction of `doel` and the half width of its 95% interval, with whole matrices."""
    inverse = np.linalg.inv(rho ** np.abs(x[:, None] - x[None, :]))
    design = np.stack([np.ones(len(x)), x - x.mean()], axis=1)
    information = np.linalg.inv(design.T @ inverse @ design)
    beta = information @ design.T @ inverse @ y
    rest = y - design @ beta
    near = rho ** np.abs(doel - x)
    new = np.array([1.0, doel - x.mean()])
    apart = new - design.T @ inverse @ near
    variance = rest @ inverse @ rest / (len(x) - 2) * (1 - near @ inverse @ near + apart @ information @ apart)
    return new @ beta + near @ inverse @ rest, stats.t.ppf(0.975, len(x) - 2) * np.sqrt(variance)


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("weg", [[], [2], [0, 3]], ids=["vol", "gat", "twee gaten"])
def test_a_prediction_is_that_of_whole_matrices(rho, weg):
    y = np.random.default_rng(len(weg)).normal(10, 2, size=(5, 8))
    y[:, weg] = np.nan
    off, reach = predict_last(Reeksvorm(JAREN, y, np.isfinite(y)), np.full(5, rho))
    for row in range(5):
        there = np.isfinite(y[row, :-1])
        middle, half = predict_plain(JAREN[:-1][there], y[row, :-1][there], JAREN[-1], rho)
        assert off[row] == pytest.approx(y[row, -1] - middle, rel=1e-9)
        assert reach[row] == pytest.approx(half, rel=1e-9)


def test_the_promise_is_kept_where_the_model_holds():
    wereld = draw(np.random.default_rng(4), Wereld(pools=30, regios=40, n=9, rho=0.5))
    _, within, apart, within_apart = look_back(wereld.jaren, wereld.waarde, wereld.zijde, wereld.groep, 8)
    assert 94 <= 100 * within.mean() <= 98
    assert apart.all()
    assert 94 <= 100 * within_apart.mean() <= 98


def test_what_hits_all_regions_is_set_apart():
    wereld = draw(np.random.default_rng(5), Wereld(pools=30, regios=40, n=9, rho=0.5))
    wereld.waarde[:, -1] += 6
    _, within, _, within_apart = look_back(wereld.jaren, wereld.waarde, wereld.zijde, wereld.groep, 8)
    assert within.mean() < 0.2
    assert within_apart.mean() > 0.93


def test_the_middle_of_a_pool_is_taken_off_and_a_small_pool_has_none():
    off, niveau = np.array([1.0, 2.0, 30.0, 60.0, np.nan, 5.0, 5.0]), np.array([10.0, 10, 100, 100, 10, 1, 1])
    found = without_shared(off, niveau, np.array([0, 0, 0, 0, 0, 1, 1]))
    # 10, 20, 30 and 60 percent: a quarter of each is shared
    assert found[:4] == pytest.approx([-1.5, -0.5, 5.0, 35.0])
    assert np.isnan(found[4:]).all()


def test_a_large_region_does_not_speak_for_the_small_ones():
    wereld = draw(np.random.default_rng(8), Wereld(pools=30, regios=40, n=9, rho=0.5))
    size = np.tile([1000.0, *[1.0] * 39], 30)
    _, within, _, within_apart = look_back(wereld.jaren, wereld.waarde * size[:, None], wereld.zijde, wereld.groep, 8)
    assert within.mean() > 0.94 and within_apart.mean() > 0.92


def test_a_series_with_a_break_a_gap_before_or_few_points_is_not_asked():
    y = np.random.default_rng(6).normal(10, 2, size=(4, 8))
    sides = np.zeros((4, 8), dtype=np.int64)
    sides[0, 5:] = 1  # two points since the break, before the year that is asked
    y[1, -2] = np.nan  # the year before it is lacking
    y[2, :4] = np.nan  # three points
    rows, *_ = look_back(JAREN, y, sides, np.zeros(4, dtype=np.int64), 7)
    assert rows.tolist() == [3]


@pytest.fixture
def db():
    with closing(duckdb.connect()) as connection:
        connection.execute("CREATE SCHEMA reken; CREATE SCHEMA invoer; CREATE SCHEMA monitor")
        connection.execute(
            "CREATE TABLE reken.reeks AS FROM (VALUES (0, 'a', 'totaal', 'PV01', 'provincie', 2026, 'telling'), "
            "(1, 'b', 'totaal', 'GM0001', 'gemeente', 2026, 'telling'), "
            "(2, 'a', 'totaal', 'GM0002', 'gemeente', 2026, 'telling')) "
            "AS t(reeks, indicator, uitsplitsing, regio, soort, editie, meting)"
        )
        connection.execute("CREATE TABLE invoer.kaart AS FROM (VALUES ('a', 'wonen'), ('b', 'werk')) AS t(id, thema)")
        connection.execute("CREATE TABLE invoer.breuk (indicator VARCHAR, vanaf INTEGER)")
        connection.execute("CREATE TABLE reken.rapportregio AS SELECT 'GM0001' AS regio")
        connection.execute(
            "CREATE TABLE monitor.indicatorwaarde AS SELECT indicator, uitsplitsing, regio, jaar || 'JJ00' AS periode, "
            "CASE WHEN jaar < 2024 THEN jaar % 3 WHEN indicator = 'a' THEN 1 ELSE 90 END::DOUBLE AS waarde "
            "FROM reken.reeks, range(2015, 2026) AS j(jaar)"
        )
        connection.execute(
            "CREATE TABLE monitor.reele_waarde (indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, "
            "periode VARCHAR, waarde DOUBLE)"
        )
        yield connection


def test_the_table_counts_by_theme_and_year(db):
    found = terugtoets(db).order("thema, jaar").fetchall()
    # the municipality outside the report is not counted; the step of 2024 is seen, and then known
    assert [(t, j, n, b) for t, j, n, b, *_ in found if t == "werk"] == [
        ("werk", 2022, 1, 1),
        ("werk", 2023, 1, 1),
        ("werk", 2024, 1, 0),
        ("werk", 2025, 1, 1),
    ]
    assert [(n, b) for t, _, n, b, *_ in found if t == "wonen"] == [(1, 1)] * 4
    assert {row[4:] for row in found} == {(0, 0)}


def test_an_amount_counts_without_inflation_and_not_without_an_index(db):
    columns = "indicator, uitsplitsing, regio, periode"
    real = f"INSERT INTO monitor.reele_waarde SELECT {columns}, {{}} FROM monitor.indicatorwaarde"
    db.execute(real.format("left(periode, 4)::INTEGER % 3") + " WHERE indicator = 'b'")
    # what was a step of 2024 is none in prices of one year
    assert [b for t, _, _, b, *_ in terugtoets(db).order("jaar").fetchall() if t == "werk"] == [1, 1, 1, 1]
    db.execute("UPDATE monitor.reele_waarde SET waarde = NULL")
    assert "werk" not in {row[0] for row in terugtoets(db).fetchall()}


def test_a_build_without_series_looks_back_at_nothing(db):
    db.execute("DELETE FROM reken.reeks")
    assert terugtoets(db).fetchall() == []
