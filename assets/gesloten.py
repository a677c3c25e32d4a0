"""DuckDB as a closed room: a connection that reads and writes in the folders it was given and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Duckdbinstellingen = Mapping[str, str | bool | int | float | list[str]]


def sql_text(value: str) -> str:
    """Write a text for SQL."""
    return "'" + value.replace("'", "''") + "'"


def open_gesloten(
    *folders: Path,
    database: Path | None = None,
    threads: int | None = None,
    config: Duckdbinstellingen | None = None,
    vrij: tuple[str, ...] = (),
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB, in memory unless `database` names a file, that reaches these folders alone.

    It cannot be told otherwise: of its settings only those named in `vrij` can be set later; `config` are those it
    begins with. What comes from outside (a source, a database that somebody was sent) becomes part of questions or
    holds views of its own; should any of it ever run, it finds a locked room. A frame or table of Python is given with
    `gegeven` or `lay_table`: it is not found by its name.
    """
    own: dict[str, str | bool | int | float | list[str]] = {"python_enable_replacements": False, **(config or {})}
    if threads:
        own["threads"] = threads
    db = duckdb.connect(str(database) if database else ":memory:", config=own)
    # in this order: once access is off, nothing can be added; of a link counts where it leads
    reach = sorted({str(f.resolve()) for f in folders})
    db.execute(f"SET allowed_directories = [{', '.join(map(sql_text, reach))}]")
    db.execute(f"SET allowed_configs = [{', '.join(map(sql_text, vrij))}]")
    db.execute("SET enable_external_access = false")
    # the bar that DuckDB draws through other output when a query takes long; a notebook that can draw none has it
    # off, and lets nobody set it
    if db.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (True,):
        db.execute("SET enable_progress_bar = false")
    db.execute("SET lock_configuration = true")
    return db


@contextmanager
def gegeven(db: duckdb.DuckDBPyConnection, naam: str, rows: pd.DataFrame | pa.Table) -> Iterator[None]:
    """Let questions read rows that stand in Python, under a name, and under that name no longer than this."""
    db.register(naam, rows)
    try:
        yield
    finally:
        db.unregister(naam)


def lay_table(db: duckdb.DuckDBPyConnection, naam: str, rows: pd.DataFrame | pa.Table, columns: str = "*") -> None:
    """Make table `naam` (with its schema) of rows that stand in Python; `columns` is the SELECT list over them."""
    with gegeven(db, "_rijen", rows):
        db.execute(f"CREATE OR REPLACE TABLE {naam} AS SELECT {columns} FROM _rijen")
