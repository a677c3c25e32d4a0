"""Nothing of a single enterprise gets out: the marks of the generated register are in no place that others can read."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assets.register.kluis import Kluis
from assets.register.toegang import RegisterError, discreet
from assets.register.voorbeeld import MERK_NAAM, MERK_NUMMER

# A key of the generated register is this mark and eight digits or more; a name or address holds the word.
SLEUTEL = rf"{MERK_NUMMER}[0-9]{{8}}"
MERKEN = (MERK_NAAM.encode(), MERK_NUMMER.encode() + b"0")


def files(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink())


def holds_mark(content: bytes) -> bool:
    return any(merk in content for merk in MERKEN)


def texts(source: str, db: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every value of a table or file that could hold a text."""
    columns = [r[0] for r in db.execute(f"DESCRIBE FROM {source}").fetchall() if "VARCHAR" in r[1] or "JSON" in r[1]]
    for column in columns:
        query = f"SELECT count(*) FROM {source} WHERE regexp_matches({column}::VARCHAR, ?)"
        ((found,),) = db.execute(query, [f"{MERK_NAAM}|{SLEUTEL}"]).fetchall()
        if found:
            yield f"{source}.{column}"


def test_the_marks_are_in_the_store_itself(voorbeeld):
    """Without this the other tests would pass on a register without marks."""
    lichting = Kluis(voorbeeld.opslag, "voorbeeld").current()[-1]
    with duckdb.connect() as db:
        assert list(texts(f"'{lichting.folder / 'vestigingen.parquet'}'", db))


def test_the_published_files_hold_no_mark_as_they_are(voorbeeld):
    wrong = [p.name for p in files(voorbeeld.actueel.resolve()) if holds_mark(p.read_bytes())]
    assert wrong == []


def test_the_published_tables_hold_no_mark_in_any_text(voorbeeld):
    wrong = []
    with duckdb.connect() as db:
        for path in sorted((voorbeeld.actueel / "parquet").glob("*.parquet")):
            wrong += texts(f"'{path}'", db)
        db.execute(f"ATTACH '{voorbeeld.actueel / 'monitor.duckdb'}' AS gebouwd (READ_ONLY)")
        for schema, naam in db.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'gebouwd'"
        ).fetchall():
            wrong += texts(f"gebouwd.{schema}.{naam}", db)
    assert wrong == []


def test_the_protected_momentopname_holds_no_mark(voorbeeld):
    folder = voorbeeld.opslag / "momentopnamen" / "voorbeeld" / "register"
    parquet = [p for p in files(folder) if p.suffix == ".parquet"]
    assert parquet
    with duckdb.connect() as db:
        assert [w for p in parquet for w in texts(f"'{p}'", db)] == []
    assert [p.name for p in files(folder) if holds_mark(p.read_bytes())] == []


def test_what_dagster_keeps_holds_no_mark(voorbeeld):
    """Its event log, its metadata and its logs, compressed or not."""
    home = voorbeeld.opslag / "dagster"
    assert any(files(home))
    for path in files(home):
        content = path.read_bytes()
        assert not holds_mark(content), path.name
        if path.suffix == ".gz":
            assert not holds_mark(gzip.decompress(content)), path.name
        if content.startswith(b"SQLite format 3"):
            with sqlite3.connect(path) as db:
                for (naam,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    rows = db.execute(f"SELECT * FROM '{naam}'").fetchall()
                    assert not holds_mark(repr(rows).encode()), f"{path.name}: {naam}"


def test_no_name_of_a_file_holds_a_mark(voorbeeld):
    names = [str(p.relative_to(voorbeeld.opslag)) for p in voorbeeld.opslag.rglob("*")]
    names += [str(p) for p in voorbeeld.actueel.resolve().rglob("*")]
    assert [n for n in names if MERK_NAAM in n or MERK_NUMMER in n] == []


def test_what_is_printed_holds_no_mark(voorbeeld):
    assert not holds_mark(voorbeeld.text.encode())


def test_nobody_else_can_read_the_store(voorbeeld):
    store = voorbeeld.opslag / "vertrouwelijk"
    modes = {p: p.stat().st_mode & 0o777 for p in (store, *store.rglob("*"))}
    assert {m for p, m in modes.items() if p.is_dir()} == {0o700}
    assert {m for p, m in modes.items() if p.is_file()} == {0o600}


def test_an_error_of_a_library_says_its_kind_and_not_what_it_read():
    with pytest.raises(RegisterError) as caught, discreet("het tellen"):
        int(f"{MERK_NUMMER}00000001")
    assert "ValueError" in str(caught.value)
    assert not holds_mark(str(caught.value).encode())
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_an_own_error_passes_as_it_is():
    with pytest.raises(RegisterError, match="precies dit"), discreet("het tellen"):
        raise RegisterError("precies dit")
