"""What runs in a connection that reads what came from outside reaches the folder of that and nothing else."""

import re
from dataclasses import replace

import duckdb
import pytest

from assets.bouw import bouwen
from assets.gesloten import lay_table, open_gesloten
from assets.vragen.lezen import open_monitor
from tests.bouw.conftest import Werkplaats
from tests.conftest import ROOT


@pytest.fixture
def plek(tmp_path):
    """A folder that is open, one that is not, and ways from the first to the second."""
    for name in ("binnen", "buiten"):
        (tmp_path / name).mkdir()
        duckdb.execute(f"COPY (SELECT 1 AS x) TO '{tmp_path / name / 'x.parquet'}' (FORMAT parquet)")
        duckdb.connect(str(tmp_path / name / "x.duckdb")).execute("CREATE TABLE t AS SELECT 1 AS x").close()
    (tmp_path / "binnen" / "weg").symlink_to(tmp_path / "buiten")
    return tmp_path


@pytest.fixture
def werkplaats(tmp_path):
    return Werkplaats(tmp_path / "opslag")


BUITEN = [
    "FROM read_parquet('{}/buiten/x.parquet')",
    "FROM read_parquet('{}/binnen/../buiten/x.parquet')",
    "FROM read_parquet('{}/binnen/weg/x.parquet')",
    "FROM read_text('/etc/hostname')",
    "FROM glob('/etc/*')",
    "COPY (SELECT 1) TO '{}/buiten/y.csv'",
    "ATTACH '{}/buiten/x.duckdb' AS z",
    "INSTALL httpfs",
    "FROM read_csv('http://127.0.0.1:9/x.csv')",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "SET lock_configuration = false",
    "EXPORT DATABASE '{}/buiten/alles'",
    "FROM geheim",
]


@pytest.mark.parametrize("query", BUITEN)
def test_nothing_outside_the_folder_is_reached(plek, query):
    geheim = duckdb.sql("SELECT 1 AS x").to_arrow_table()  # a table of Python has to be given
    before = sorted(p.name for p in (plek / "buiten").iterdir())
    with open_gesloten(plek / "binnen") as db, pytest.raises(duckdb.Error):
        db.execute(query.format(plek)).fetchall()
    assert geheim.num_rows == 1 and sorted(p.name for p in (plek / "buiten").iterdir()) == before


def test_in_the_folder_all_works(plek):
    with open_gesloten(plek / "binnen") as db:
        assert db.execute(f"FROM read_parquet('{plek}/binnen/x.parquet')").fetchall() == [(1,)]
        db.execute(f"COPY (SELECT 2 AS x) TO '{plek}/binnen/y.parquet' (FORMAT parquet)")
        db.execute("ATTACH ':memory:' AS m; CREATE TABLE m.t AS SELECT 3 AS x")
        db.execute(f"ATTACH '{plek}/binnen/x.duckdb' AS z (READ_ONLY)")
        assert db.execute("FROM z.t").fetchall() == [(1,)]


def test_a_view_in_a_database_that_was_sent_reads_nothing_of_ours(plek):
    path = plek / "binnen" / "monitor.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute(f"CREATE VIEW indicator AS FROM read_text('{plek}/buiten/x.parquet')")
    (plek / "actueel").symlink_to(plek / "binnen")
    with open_monitor(plek / "actueel" / "monitor.duckdb") as db, pytest.raises(duckdb.Error, match="Permission"):
        db.execute("FROM monitor.indicator").fetchall()


def test_a_setting_that_is_left_free_is_the_only_one_that_can_be_set(plek):
    with open_gesloten(plek / "binnen", threads=2, config={"memory_limit": "1GB"}, vrij=("threads",)) as db:
        db.execute("SET threads = 1")
        for setting in ("memory_limit = '2GB'", f"temp_directory = '{plek}/buiten'", "allowed_configs = ['threads']"):
            with pytest.raises(duckdb.Error, match="locked"):
                db.execute(f"SET {setting}")


def test_rows_of_python_are_laid_in_a_table(plek):
    with open_gesloten() as db:
        lay_table(db, "t", duckdb.sql("SELECT 1 AS x UNION ALL SELECT 2 ORDER BY 1").to_arrow_table(), "x + 1 AS y")
        assert db.execute("FROM t").fetchall() == [(2,), (3,)]
        # nothing of it stays behind under a name that a query could read
        with pytest.raises(duckdb.Error, match="_rijen"):
            db.execute("FROM _rijen")


@pytest.mark.parametrize("query", [q for q in BUITEN if q.startswith(("FROM read", "FROM glob"))])
def test_a_table_of_the_build_reaches_nothing_but_what_it_is_made_of(plek, query, werkplaats, monkeypatch):
    """A build that a source or a card could talk into reading a file of this machine finds a locked room."""
    evil = replace(bouwen.all_tabellen()[0], query=query.format(plek), function=None)
    monkeypatch.setattr(bouwen, "all_tabellen", lambda: [evil])
    with pytest.raises(duckdb.Error, match=r"(?i)permission|disabled"):
        bouwen.build_database(werkplaats.invoer(), plek / "binnen" / "bouw")
    assert not (plek / "binnen" / "bouw" / bouwen.GEREED).exists()


# what opens DuckDB by itself, and why it may
ZELF = {
    "assets/gesloten.py": "the one home",
}


def test_nothing_opens_duckdb_by_itself():
    """Every connection of the product is a closed room."""
    found = {
        str(p.relative_to(ROOT))
        for room in ("assets", "begrippen", "pipelines", "reports")
        for p in sorted((ROOT / room).rglob("*.py"))
        if re.search(r"\bduckdb\.(connect|sql|execute|query)\(", p.read_text(encoding="utf-8"))
    }
    assert found == set(ZELF)
