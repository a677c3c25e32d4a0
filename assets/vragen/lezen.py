"""How the report reads a built database: read-only, and under the name that a notebook knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from begrippen.fout import MonitorError
from begrippen.gebied import Gebied


class VraagError(MonitorError):
    """A finished build does not hold what is asked of it; the message names the nearest, or the next command."""

    code = "vraag"


def melding(soort: str, gebied: Gebied) -> str | None:
    """What must be said with every figure of a build of this kind; None of real ones."""
    return f"Voorbeeldcijfers: verzonnen, ze zeggen niets over {gebied.naam}." if soort == "voorbeeld" else None


@contextmanager
def open_monitor(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a built database read-only, wherever it stands, so that `monitor.stand` means the same as in a notebook."""
    # without the bar that DuckDB draws through other output when a query takes long
    with duckdb.connect() as db:
        db.execute("SET enable_progress_bar = false")
        db.execute("ATTACH '" + str(database).replace("'", "''") + "' AS monitor (READ_ONLY)")
        db.execute("USE monitor")
        yield db


def read_rows(db: duckdb.DuckDBPyConnection, query: str, *values: Any) -> list[dict[str, Any]]:
    """The rows of a query, each by the names of its columns."""
    cursor = db.execute(query, values or None)
    names = [d[0] for d in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
