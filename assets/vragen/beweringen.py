"""From a built database to the claims of the report, each a row of `monitor.bewering`."""

from __future__ import annotations

from dataclasses import fields

import duckdb

from assets.vragen.lezen import has_table, read_rows
from reports.bewering import Bewering, Beweringen

# columns that hold a list
LIJSTEN = ("geteld", "gebruikt_in")
_VELDEN = ", ".join(f.name for f in fields(Bewering))


def read_beweringen(db: duckdb.DuckDBPyConnection) -> Beweringen:
    """All claims, by name; none where the build is of before there were any."""
    if not has_table(db, "monitor.bewering"):
        return Beweringen()
    rows = read_rows(db, f"SELECT {_VELDEN} FROM monitor.bewering ORDER BY bewering")
    return Beweringen(Bewering(**(r | {k: tuple(r[k]) for k in LIJSTEN})) for r in rows)
