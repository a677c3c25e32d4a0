"""The tenants and the regions of a day for tests, and what a query asks of the tenant laid ready on a connection."""

from __future__ import annotations

from datetime import date
from functools import cache

import duckdb

from assets.tabel import read_queries
from begrippen.gebied import GEBIEDEN, Gebied, read_gebied
from begrippen.regio import read_leden, valid_on


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


def leden_op(regio: str, datum: date) -> list[str]:
    """List the codes of the members of a region on a day, sorted; empty for a region without members."""
    leden = valid_on(read_leden(), datum)
    return sorted(leden.loc[leden["regio"] == regio, "lid"])
