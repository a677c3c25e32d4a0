"""The tenants and the regions of a day for tests, and what a query asks of the tenant laid ready on a connection."""

from __future__ import annotations

from datetime import date
from functools import cache

import duckdb
import pandas as pd

from assets.tabel import read_queries
from begrippen.gebied import GEBIEDEN, Gebied, read_gebied
from begrippen.regio import read_leden, read_regios


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


def _valid_on(frame: pd.DataFrame, datum: date) -> pd.DataFrame:
    day = pd.Timestamp(datum)
    begun = frame["geldig_van"].isna() | (frame["geldig_van"] <= day)
    return frame[begun & (frame["geldig_tot"].isna() | (frame["geldig_tot"] > day))]


def leden_op(regio: str, datum: date) -> list[str]:
    """List the codes of the members of a region on a day, sorted; empty for a region without members."""
    leden = _valid_on(read_leden(), datum)
    return sorted(leden.loc[leden["regio"] == regio, "lid"])


def gemeenten_op(datum: date) -> pd.DataFrame:
    """List the municipalities of a day: code, naam, provincie, corop, sorted by code.

    `corop` is missing for a municipality that has since been abolished.
    """
    regios = _valid_on(read_regios(), datum)
    leden = _valid_on(read_leden(), datum).set_index("lid")["regio"]
    gemeenten = regios.loc[regios["soort"] == "gemeente", ["code", "naam"]].sort_values("code", ignore_index=True)
    for column, prefix in (("provincie", "PV"), ("corop", "CR")):
        gemeenten[column] = gemeenten["code"].map(leden[leden.str.startswith(prefix)])
    return gemeenten
