"""From a built database to what a province wrote down beside its figures."""

from __future__ import annotations

import duckdb

from assets.vragen.lezen import has_table, read_rows
from begrippen.lijsten import LIJSTEN
from reports.uitvoering import Uitvoering

# Table -> the order of its rows.
TABELLEN = {
    **dict.fromkeys(
        ("resultaat", "bedrag", "bedragcontrole", "kruis", "signaal", "accent", "gedrukt"), "editie, regel"
    ),
    **dict.fromkeys(("evaluatie", "aanbeveling", "opbrengst"), "editie, instrument, volgnummer"),
    **dict.fromkeys(("inzetlijn", "wens"), "editie, id"),
    "opgave": "editie, volgorde",
    "opgavebedrag": "editie, indeling, opgave, jaar, kant, begrotingsstand",
    "instrument": "editie, naam",
    "ketting": "editie, opgave",
    "cyclus": "editie, stap",
    "groei": "indicator, regio, wanneer DESC",
    "effect": f"editie, thema = '', thema, list_position({[*LIJSTEN['effectmaat']]}, maat), wanneer, soort",
}


def read_uitvoering(db: duckdb.DuckDBPyConnection, editie: int) -> Uitvoering | None:
    """Read the policy of an edition and of those before it; None where this edition has none.

    A database of an earlier version has fewer tables, or none.
    """
    if not has_table(db, "beleid.opgave"):
        return None
    there = [t for t in TABELLEN if has_table(db, f"beleid.{t}")]
    found = Uitvoering(editie, {t: tuple(read_rows(db, f"FROM beleid.{t} ORDER BY {TABELLEN[t]}")) for t in there})
    return found if found.opgaven else None
