"""From a built database to what a province wrote down beside its figures."""

from __future__ import annotations

import duckdb

from assets.vragen.lezen import has_table, read_rows
from reports.uitvoering import Uitvoering

# Table -> the order of its rows.
TABELLEN = {
    "opgave": "editie, volgorde",
    "inzetlijn": "editie, id",
    "wens": "editie, id",
    "resultaat": "editie, regel",
    "bedrag": "editie, regel",
    "bedragcontrole": "editie, regel",
    "opgavebedrag": "editie, indeling, opgave, jaar, kant, begrotingsstand",
    "kruis": "editie, regel",
    "signaal": "editie, regel",
    "accent": "editie, regel",
    "instrument": "editie, naam",
    "evaluatie": "editie, instrument, volgnummer",
    "aanbeveling": "editie, instrument, volgnummer",
    "opbrengst": "editie, instrument, volgnummer",
    "ketting": "editie, opgave",
    "cyclus": "editie, stap",
    "gedrukt": "editie, regel",
    "groei": "indicator, regio, wanneer DESC",
    "effect": "editie, thema = '', thema, maat, wanneer DESC, soort",
}


def read_uitvoering(db: duckdb.DuckDBPyConnection, editie: int) -> Uitvoering | None:
    """Read the policy of an edition and of those before it; None where this edition has none.

    A database of an earlier version has fewer tables, or none.
    """
    if not has_table(db, "beleid.opgave"):
        return None
    there = {t: order for t, order in TABELLEN.items() if has_table(db, f"beleid.{t}")}
    tabellen = {t: tuple(read_rows(db, f"FROM beleid.{t} ORDER BY {order}")) for t, order in there.items()}
    found = Uitvoering(editie, tabellen)
    return found if found.opgaven else None
