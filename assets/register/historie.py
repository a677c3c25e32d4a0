"""The history of the register: of each year the last accepted vintage, as the table `vestiging`.

One row is one establishment at one reference date. What is in it is confidential: only the protection may read it.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from assets.gesloten import open_gesloten
from assets.register.kluis import VESTIGINGEN, Kluis, KluisError
from assets.register.sbi import sectie_sql
from assets.register.waarden import kvk_sql

# What a year's records hold, as `vestigingen.parquet` of a vintage keeps them; `jaar` is that of the reference date.
RECORD = {
    "jaar": "INTEGER",
    "regel": "INTEGER",
    "lisanr": "VARCHAR",
    "kvkdosnr": "VARCHAR",
    "gemnr": "VARCHAR",
    "sbi08": "VARCHAR",
    "sbi25": "VARCHAR",
    "banen": "INTEGER",
    "wpft": "INTEGER",
    "wppt": "INTEGER",
    "datummut": "DATE",
    "datumeinde": "DATE",
    "enqtype": "VARCHAR",
    "gegenereerd": "BOOLEAN",
}
VESTIGING = {
    "jaar": "INTEGER",
    "lisanr": "VARCHAR",
    "onderneming": "VARCHAR",
    "gemeente": "VARCHAR",
    "sectie": "VARCHAR",
    "sbi": "VARCHAR",
    "sectie_2025": "VARCHAR",
    "sbi_2025": "VARCHAR",
    "banen": "INTEGER",
    "fulltime": "INTEGER",
    "parttime": "INTEGER",
    "oprichting": "DATE",
    "opheffing": "DATE",
    "enqtype": "VARCHAR",
    "gegenereerd": "BOOLEAN",
}


def vestiging_sql(records: str, leeg: bool = False) -> str:
    """Give the SQL that makes the table `vestiging` of records with their `jaar`.

    An establishment has at least one person at work: a record without any counts only if `leeg` asks for it. LISA has
    one date for founding and for change; the earliest that was ever given is taken as that of the founding.
    """
    return f"""
        SELECT
            jaar::INTEGER AS jaar, lisanr, coalesce({kvk_sql("kvkdosnr")}, 'L' || lisanr) AS onderneming,
            'GM' || gemnr AS gemeente,
            {sectie_sql("sbi08", "2008")} AS sectie, sbi08 AS sbi,
            {sectie_sql("sbi25", "2025")} AS sectie_2025, sbi25 AS sbi_2025,
            banen, wpft AS fulltime, wppt AS parttime,
            min(datummut) OVER (PARTITION BY lisanr) AS oprichting, datumeinde AS opheffing, enqtype, gegenereerd
        FROM {records}
        {"" if leeg else "QUALIFY banen > 0"}
        ORDER BY jaar, lisanr"""


def read_jaren(kluis: Kluis) -> pd.DataFrame:
    """Give the years of the history: jaar, peildatum, lichting, sbi, records, zonder_2008.

    `sbi` says how a year is coded: 2008, 2025, beide (in both), or concordantie (SBI 2008 derived from SBI 2025 with a
    concordance, which leaves `zonder_2008` records without). Series in SBI 2008 run to 2025; after that year only those
    coded 'beide' or 'concordantie' join, with this mark.
    """
    rows = []
    for lichting in kluis.current():
        verslag = lichting.eigenschappen["verslag"]
        counts = (verslag["sbi"], verslag["aangenomen"], verslag["zonder_2008"])
        rows.append((lichting.jaar, lichting.peildatum, lichting.id, *counts))
    return pd.DataFrame(rows, columns=["jaar", "peildatum", "lichting", "sbi", "records", "zonder_2008"])


def read_historie(
    kluis: Kluis, connection: duckdb.DuckDBPyConnection | None = None, leeg: bool = False
) -> duckdb.DuckDBPyRelation:
    """Give the table `vestiging`: one row is one establishment at one reference date, of the last accepted vintages.

    Columns are those of `VESTIGING`. Records without anybody at work are left out unless `leeg` asks for them. Without
    a connection of the caller's it gets one that spills, if it must, inside the store only. Confidential.
    """
    if connection is None:
        connection = open_gesloten(kluis.folder, config={"temp_directory": str(kluis.temporary())})
    files = [str(lichting.folder / VESTIGINGEN) for lichting in kluis.current()]
    if not files:
        raise KluisError("er is nog geen aangenomen levering", vervolg="Lees er een in met: monitor register lees")
    return connection.sql(vestiging_sql(f"read_parquet({files!r})", leeg))
