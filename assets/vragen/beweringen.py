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
    kaarten = read_rows(db, "SELECT id, familie FROM monitor.indicator WHERE familie IS NOT NULL")
    families = {k["id"]: k["familie"] for k in kaarten}
    return Beweringen((Bewering(**(r | {k: tuple(r[k]) for k in LIJSTEN})) for r in rows), families)
