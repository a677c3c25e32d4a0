"""The tenants for tests, and what a query asks of the tenant laid ready on a connection."""

from __future__ import annotations

from functools import cache

import duckdb

from assets.tabel import read_queries
from begrippen.gebied import GEBIEDEN, Gebied, read_gebied


@cache
def drenthe() -> Gebied:
    """The first tenant, whatever MONITOR_GEBIED says."""
    return read_gebied(GEBIEDEN / "drenthe")


def lay_rapportregio(db: duckdb.DuckDBPyConnection) -> None:
    """Make `invoer.gebied` and, from `kern.regio` and `kern.regio_lid`, `reken.rapportregio`, for Drenthe."""
    db.execute("CREATE SCHEMA IF NOT EXISTS invoer")
    own = drenthe()
    db.execute("CREATE TABLE invoer.gebied AS SELECT ? AS id, ? AS naam, ? AS code", [own.id, own.naam, own.code])
    next(t for t in read_queries() if t.naam == "reken.rapportregio").create(db)
