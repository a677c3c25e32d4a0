"""All tables of the build: the queries of `sql/`, the rows of policy, and the Python functions of the rooms."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from assets.beleid.tabellen import doorgegeven
from assets.indicatoren.oordeel import toets
from assets.indicatoren.regel import regel, regel_term
from assets.indicatoren.soortgenoten import soortgenoot, soortgenoot_kenmerk
from assets.indicatoren.terugtoets import terugtoets
from assets.kern.periodecode import periodecode
from assets.kwaliteit.apart import celfout
from assets.tabel import Tabel, from_function, in_build_order, read_queries

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
    return in_build_order([*read_queries(), *doorgegeven(), *(from_function(n, f) for n, f in FUNCTIONS.items())])
