"""The sums of a budget, held against its totals before anything is built: the same query as in a build."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from assets.beleid.lezen import Beleidsmap
from assets.beleid.tabellen import invoertabellen, make_rijen
from assets.gesloten import lay_table, open_gesloten
from assets.tabel import SQL, arrow_schema, read_query


def find_verschillen(mappen: Sequence[Beleidsmap]) -> list[dict[str, Any]]:
    """The totals that their posts do not add up to, as rows of `beleid.bedragcontrole`."""
    naam = "beleid_bedrag"
    rows = list(make_rijen("bedrag", mappen, date.min))
    rows_table = pa.Table.from_pylist(rows, schema=arrow_schema(invoertabellen()[naam][0]))
    query = read_query(SQL / "beleid" / "bedragcontrole.sql").query
    with open_gesloten() as db:
        db.execute("CREATE SCHEMA invoer")
        lay_table(db, "invoer.beleid_bedrag", rows_table)
        found = db.execute(f"SELECT * FROM ({query}) WHERE klopt IS NOT TRUE ORDER BY editie, regel")
        names = [c[0] for c in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def describe(rij: dict[str, Any]) -> str:
    """Say of such a row what is wrong: the line, the sum, and what the paper says."""

    def euro(value: int | None) -> str:
        return "geen bedrag" if value is None else f"{value:,}".replace(",", ".")

    van = f" opgave {rij['opgave']}" if rij["opgave"] else ""
    return (
        f"bedragen.csv, regel {rij['regel']}: {rij['soort']}{van}, {rij['jaar']}: {euro(rij['som'])}, "
        f"het stuk zegt {euro(rij['stuk'])}"
    )
