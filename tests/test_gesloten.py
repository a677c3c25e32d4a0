"""What runs in a connection that reads what came from outside reaches the folder of that and nothing else."""

import duckdb
import pytest

from assets.gesloten import open_gesloten
from assets.vragen.lezen import open_monitor


@pytest.fixture
def plek(tmp_path):
    """A folder that is open, one that is not, and ways from the first to the second."""
    for name in ("binnen", "buiten"):
        (tmp_path / name).mkdir()
        duckdb.execute(f"COPY (SELECT 1 AS x) TO '{tmp_path / name / 'x.parquet'}' (FORMAT parquet)")
        duckdb.connect(str(tmp_path / name / "x.duckdb")).execute("CREATE TABLE t AS SELECT 1 AS x").close()
    (tmp_path / "binnen" / "weg").symlink_to(tmp_path / "buiten")
    return tmp_path


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
