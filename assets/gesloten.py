"""DuckDB as a closed room: a connection in memory that reads and writes in the folders it was given and no other."""

from __future__ import annotations

from pathlib import Path

import duckdb


def text(value: str) -> str:
    """Write a text for SQL."""
    return "'" + value.replace("'", "''") + "'"


def open_gesloten(*folders: Path, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB in memory that reaches these folders alone, and cannot be told otherwise.

    What comes from outside (a source, a database that somebody was sent) becomes part of questions or holds views of
    its own; should any of it ever run, it finds a locked room. A frame or table of Python is given with `register`.
    """
    config: dict[str, str | bool | int | float | list[str]] = {"python_enable_replacements": False}
    db = duckdb.connect(config=config | ({"threads": threads} if threads else {}))
    # in this order: once access is off, nothing can be added; of a link counts where it leads
    db.execute(f"SET allowed_directories = [{', '.join(text(str(f.resolve())) for f in folders)}]")
    db.execute("SET enable_external_access = false")
    # the bar that DuckDB draws through other output when a query takes long; a notebook that can draw none has it
    # off, and lets nobody set it
    if db.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (True,):
        db.execute("SET enable_progress_bar = false")
    db.execute("SET lock_configuration = true")
    return db
