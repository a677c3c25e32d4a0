"""From a built database to what a province wrote down beside its figures."""

from __future__ import annotations

import duckdb

from assets.vragen.lezen import read_rows
from begrippen.lijsten import LIJSTEN
from reports.uitvoering import Uitvoering

# Table -> the order of its rows, where that is not the one of its columns: by edition, line and place.
_ORDE = {
    **{"opgave": "editie, volgorde", "instrument": "editie, naam", "wens": "editie, id"},
    "effect": f"editie, thema = '', thema, list_position({[*LIJSTEN['effectmaat']]}, maat), wanneer, soort",
}


def read_uitvoering(db: duckdb.DuckDBPyConnection, editie: int) -> Uitvoering | None:
    """Read the policy of an edition and of those before it; None where this edition has none.

    A database of an earlier version has fewer tables, or none.
    """
    query = "SELECT DISTINCT table_name FROM information_schema.tables WHERE table_schema = 'beleid'"
    there = [t for (t,) in db.execute(query).fetchall()]
    rows = {t: tuple(read_rows(db, f"FROM beleid.{t} ORDER BY {_ORDE.get(t, 'ALL')}")) for t in there}
    found = Uitvoering(editie, rows)
    return found if found.opgaven else None
