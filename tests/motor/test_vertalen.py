"""What sqlglot leaves out is translated here: each case gives the same on DuckDB and on Spark."""

from dataclasses import replace

import duckdb
import pytest

from assets.tabel import Kolom, Tabel

pytestmark = pytest.mark.lang

ROWS = """
    SELECT * FROM (VALUES
        (1, 'a', 2.5::DOUBLE, DATE '2020-01-01', true, ['x', 'y', 'z']),
        (1, 'b', 0.1, NULL, false, []),
        (1, 'c', 0.2, DATE '2019-01-01', NULL, NULL),
        (2, 'd', NULL, DATE '2018-06-30', true, ['x', NULL]),
        (2, 'e', 1e15, DATE '2021-01-01', true, ['q']),
        (2, 'f', -3.5, DATE '2021-01-01', false, ['q']),
        (3, 'g', 'NaN', NULL, false, ['r']),
        (4, 'h', 'Infinity', NULL, false, ['s']),
        (5, NULL, 1.0049999999999999, DATE '2022-02-28', NULL, ['t'])
    ) AS t(g, naam, x, dag, ja, lijst)
"""
# what it is about -> a query of DuckDB over invoer.rij
CASES = {
    "an ENUM is its text": "SELECT g, naam::ENUM('h', 'g', 'f', 'e', 'd', 'c', 'b', 'a') AS u FROM invoer.rij",
    "a method is a function": "SELECT naam, ('<' || naam || '>').upper().replace('<', '[') AS u FROM invoer.rij",
    "a comprehension": "SELECT naam, [g + k FOR k IN [1, 3, 5]] AS u FROM invoer.rij",
    "a place in a list, and none": "SELECT naam, lijst[1] AS u, lijst[g] AS v, ['p', 'q'][g] AS w FROM invoer.rij",
    "the rest of a list": "SELECT naam, lijst[2:] AS u, len(lijst) AS v FROM invoer.rij",
    "the place of a value, and none": "SELECT naam, list_position(lijst, 'q') AS u FROM invoer.rij",
    "a list keeps what is empty": (
        "SELECT g, len(list(x)) AS u, len(list(x) FILTER (ja)) AS v FROM invoer.rij GROUP BY ALL"
    ),
    "the first of an order": "SELECT g, any_value(naam ORDER BY dag DESC, naam DESC) AS u FROM invoer.rij GROUP BY ALL",
    "a list in an order": (
        "SELECT g, list(naam ORDER BY dag DESC, naam) AS u FROM invoer.rij WHERE naam <> '' GROUP BY ALL"
    ),
    "a sum in an order": (
        "SELECT g, sum(x ORDER BY x) AS u, sum(g ORDER BY naam)::BIGINT AS v FROM invoer.rij GROUP BY ALL"
    ),
    "a sum of a list": "SELECT g, list_sum(list_sort(list(x) FILTER (x <> 0))) AS u FROM invoer.rij GROUP BY ALL",
    "a product of a list": "SELECT g, list_product(list_sort(list(x))) AS u FROM invoer.rij GROUP BY ALL",
    "the largest that there is": "SELECT g, arg_max(x, naam) AS u, arg_min(x, naam) AS v FROM invoer.rij GROUP BY ALL",
    "the largest, also when empty": "SELECT g, arg_min_null(x, naam) AS u FROM invoer.rij GROUP BY ALL",
    "any, of those that count": (
        "SELECT g, any_value(naam) FILTER (naam IN ('b', 'd')) AS u FROM invoer.rij GROUP BY ALL"
    ),
    "finite or not": "SELECT naam, isfinite(x) AS u FROM invoer.rij",
    "divided by nothing": "SELECT naam, x / (g - g) AS u, x / nullif(g - g, 0) AS v, g / 2 AS w FROM invoer.rij",
    "rounded as it is stored": "SELECT naam, round(x, 2) AS u, round(x * 7, g) AS v, round(x, -1) AS w FROM invoer.rij",
    "a sum is rounded as a whole": "SELECT naam, round(x + 0.125, 2) AS u, abs(x) * (1 + 1e-6) AS v FROM invoer.rij",
    "a whole number is the nearest": "SELECT naam, x::INTEGER AS u FROM invoer.rij WHERE abs(x) < 100",
    "a power": "SELECT naam, pow(x, 2) AS u, pow(x, -1) AS v, pow(10, -g) AS w FROM invoer.rij WHERE x <> 0",
    "what lies between": (
        "SELECT g, quantile_cont(x, 0.25) AS u, quantile_cont(x, 0.75) AS v, median(x) AS w "
        "FROM invoer.rij WHERE isfinite(x) GROUP BY ALL"
    ),
    "what lies between, in a window": (
        "SELECT naam, median(x) OVER (PARTITION BY g) AS u FROM invoer.rij WHERE isfinite(x)"
    ),
    "a window that adds an order": (
        "SELECT naam, rank() OVER (w ORDER BY x) AS u, count(x) OVER w AS v FROM invoer.rij WINDOW "
        "w AS (PARTITION BY g)"
    ),
    "different values in a window": "SELECT naam, count(DISTINCT dag) OVER (PARTITION BY g) AS u FROM invoer.rij",
    "one of a window": "SELECT naam, x AS u FROM invoer.rij QUALIFY u = max(x) OVER (PARTITION BY g)",
    "an alias that is asked for": "SELECT naam, g + 1 AS u, u * 2 AS v FROM invoer.rij WHERE v > 4",
    "columns left out and put in": "SELECT * EXCLUDE (lijst, dag, ja) REPLACE (g * 2 AS g), 1 AS u FROM invoer.rij",
    "by name, with what one side has not": (
        "SELECT naam, 1 AS u FROM invoer.rij UNION ALL BY NAME SELECT x AS v, naam FROM invoer.rij"
    ),
    "twice the same name on the right": (
        "SELECT naam, g AS u FROM invoer.rij UNION ALL SELECT naam, naam::VARCHAR::INTEGER FROM invoer.rij WHERE false"
    ),
    "values of the row beside": (
        "SELECT r.naam, m.soort, m.u FROM invoer.rij AS r CROSS JOIN LATERAL (VALUES ('x', r.x), "
        "('g', r.g)) AS m(soort, u)"
    ),
    "who has one, before what is joined": (
        "SELECT a.naam, b.x AS u FROM invoer.rij AS a SEMI JOIN (SELECT naam FROM invoer.rij WHERE "
        "ja) AS c USING (naam) "
        "JOIN invoer.rij AS b USING (naam)"
    ),
    "who has none": "SELECT naam FROM invoer.rij AS a ANTI JOIN (SELECT g FROM invoer.rij WHERE ja) AS b USING (g)",
    "what a pattern caught": r"SELECT naam, regexp_replace('p, ' || naam, ', ([^,]*)$', ' en \1') AS u FROM invoer.rij",
    "texts put together in an order": (
        "SELECT g, string_agg(naam, ', ' ORDER BY naam DESC) AS u FROM invoer.rij GROUP BY ALL"
    ),
    "a day in words": "SELECT naam, strftime(dag, '%d-%m-%Y') AS u, make_date(2020 + g, 1, 31) AS v FROM invoer.rij",
}


@pytest.fixture(scope="module")
def db():
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA invoer")
        db.execute(f"CREATE TABLE invoer.rij AS {ROWS}")
        yield db


def rows(db, naam):
    return sorted(map(repr, db.execute(f"FROM {naam}").fetchall()))


@pytest.mark.parametrize("naam", CASES)
def test_a_query_gives_the_same_on_spark(spark, db, naam):
    query = CASES[naam]
    kolommen = tuple(Kolom(r[0], r[1], "") for r in db.execute(f"DESCRIBE {query}").fetchall())
    text = tuple(replace(k, type="VARCHAR") if k.type.startswith("ENUM") else k for k in kolommen)
    tabel = Tabel("monitor.proef", "", ("invoer.rij",), (text[0].naam,), text, query)
    assert tabel.create(db) > 0 or "false" in query
    expected = rows(db, tabel.naam)
    spark.create(tabel, db)
    assert rows(db, tabel.naam) == expected
