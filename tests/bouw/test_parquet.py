"""A table with its codes as numbers, written as Parquet: whoever reads it finds text, and no code that is not there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.bouw import parquet
from assets.bouw.parquet import write_parquet
from assets.tabel import Kolom, Tabel

TABEL = Tabel(
    naam="monitor.proef",
    omschrijving="",
    uit=(),
    sleutel=("regio", "jaar"),
    kolommen=tuple(
        Kolom(naam, type, "")
        for naam, type in (
            ("regio", "VARCHAR"),
            ("reden", "VARCHAR"),
            ("jaar", "INTEGER"),
            ("waarde", "DOUBLE"),
            ("moment", "TIMESTAMP"),
        )
    ),
    codes="blijven",
)
ROWS = [("a", None, 1, 0.1, None), ("a", "geheim", 2, None, None), ("c", "geheim", 1, 3.0, None)]


@pytest.fixture
def room(monkeypatch):
    """A room with the table in it, its rows the wrong way round; a group holds as few rows as DuckDB hands on."""
    monkeypatch.setattr(parquet, "_GROEP", 2048)
    db = duckdb.connect()
    db.execute(
        "CREATE SCHEMA monitor; CREATE TABLE monitor.proef (regio ENUM('a', 'b', 'c'), reden ENUM('geheim', 'leeg'), "
        "jaar INTEGER, waarde DOUBLE, moment TIMESTAMP)"
    )
    db.executemany("INSERT INTO monitor.proef VALUES (?, ?, ?, ?, ?)", ROWS[::-1])
    return db


def _written(db: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return write_parquet(db.cursor(), TABEL, folder, {"bouw": "het is 'nu'"})


def test_codes_are_read_as_text_sorted_by_the_key(room, tmp_path):
    path = _written(room, tmp_path)
    assert duckdb.execute(f"FROM '{path}'").fetchall() == ROWS
    assert [k[1] for k in duckdb.execute(f"DESCRIBE FROM '{path}'").fetchall()] == [k.type for k in TABEL.kolommen]
    # not as a list of codes either, which pandas would make a category
    assert pq.read_schema(path).field("regio").type == pa.string()
    assert pq.read_metadata(path).metadata == {b"bouw": b"het is 'nu'"}


def test_what_parquet_says_of_a_group_holds_for_that_group(room, tmp_path):
    room.execute("INSERT INTO monitor.proef SELECT 'c', NULL, i + 10, i, NULL FROM range(5000) AS r (i)")
    path = _written(room, tmp_path)
    groups = [pq.read_metadata(path).row_group(i) for i in range(pq.read_metadata(path).num_row_groups)]
    said = [(g.num_rows, g.column(0).statistics.min, g.column(0).statistics.max) for g in groups]
    assert said == [(2048, "a", "c"), (2048, "c", "c"), (907, "c", "c")]
    # of the first two columns of the key, and of no other
    assert {g.column(i).path_in_schema for g in groups for i in range(5) if g.column(i).is_stats_set} == {
        "regio",
        "jaar",
    }
    # a reader that trusts it gives no code that does not occur
    assert duckdb.execute(f"SELECT min(regio), max(regio), max(reden) FROM '{path}'").fetchall() == [
        ("a", "c", "geheim")
    ]


def test_a_table_without_rows_has_its_columns(room, tmp_path):
    room.execute("DELETE FROM monitor.proef")
    assert [k[0] for k in duckdb.execute(f"DESCRIBE FROM '{_written(room, tmp_path)}'").fetchall()] == [
        k.naam for k in TABEL.kolommen
    ]


def test_the_same_rows_give_the_same_bytes(room, tmp_path):
    first = _written(room, tmp_path / "een").read_bytes()
    room.execute("SET threads = 1")
    assert _written(room, tmp_path / "twee").read_bytes() == first
