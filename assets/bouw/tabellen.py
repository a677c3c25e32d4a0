"""All tables of the build: the queries of `sql/`, the rows of policy, and the Python functions of the rooms."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from graphlib import CycleError, TopologicalSorter

import duckdb

from assets.beleid.tabellen import doorgegeven
from assets.indicatoren.oordeel import toets
from assets.indicatoren.regel import regel, regel_term
from assets.indicatoren.soortgenoten import soortgenoot, soortgenoot_kenmerk
from assets.indicatoren.terugtoets import terugtoets
from assets.kern.periodecode import periodecode
from assets.kwaliteit.apart import celfout
from assets.tabel import Tabel, TabelError, from_function, read_queries

# What SQL cannot say: table -> the function that makes it.
FUNCTIONS: dict[str, Callable[[duckdb.DuckDBPyConnection], duckdb.DuckDBPyRelation]] = {
    "reken.celfout": celfout,
    "reken.periodecode": periodecode,
    "reken.regel": regel,
    "reken.regel_term": regel_term,
    "reken.toets": toets,
    "monitor.soortgenoot": soortgenoot,
    "monitor.soortgenoot_kenmerk": soortgenoot_kenmerk,
    "monitor.terugtoets": terugtoets,
}

# Schema of the tables that only serve other tables: they are dropped at the end of the build.
REKEN = "reken"


def all_tabellen() -> list[Tabel]:
    """List every table of the build in an order in which they can be made. Raises TabelError."""
    return list(_read())


@cache
def _read() -> list[Tabel]:
    return in_build_order([*read_queries(), *doorgegeven(), *(from_function(n, f) for n, f in FUNCTIONS.items())])


def in_build_order(tabellen: list[Tabel]) -> list[Tabel]:
    """Sort tables so that each comes after those it is made from. Raises TabelError on a circle or an unknown name.

    Names in schema `invoer` are laid ready by the build before the first table and need not be in the list.
    """
    by_name = {t.naam: t for t in tabellen}
    unknown = {
        f"{t.naam} vraagt {u}" for t in tabellen for u in t.uit if u not in by_name and not u.startswith("invoer.")
    }
    if unknown:
        raise TabelError("onbekende tabel in een kop: " + "; ".join(sorted(unknown)))
    try:
        names = TopologicalSorter({t.naam: [u for u in t.uit if u in by_name] for t in tabellen}).static_order()
        return [by_name[n] for n in names]
    except CycleError as error:
        raise TabelError(f"tabellen hangen in een kring van elkaar af: {' -> '.join(error.args[1])}") from None
