"""The header of an input: what `sql/` says above a query, an input says in the docstring of the function that lays it.

The docstring carries a YAML header after a line `---`, as every Python table of the house (`assets.tabel`). Two things
are of schema `invoer` only. `code: <kind>` marks a column of codes: in a build it is an ENUM of every code of its kind
that occurs, in the order of the alphabet, that reads, compares and sorts as its text and takes a byte or two; so does,
by itself, what the queries make of it. `zoals` takes columns over from the table of that name, with type and meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from assets.bouw.tabellen import all_tabellen
from assets.tabel import Tabel, from_docstring

Rows = Iterable[dict[str, Any]]


@cache
def kop(function: Callable[..., Any]) -> Tabel:
    """The table of schema `invoer` that a function documents and lays ready. Raises TabelError for a wrong header."""
    return from_docstring(f"invoer.{function.__name__}", function, _tabellen())


@cache
def _tabellen() -> dict[str, Tabel]:
    return {t.naam: t for t in all_tabellen()}


def types(tabel: Tabel) -> dict[str, str]:
    """The columns of a table: name -> DuckDB type."""
    return {k.naam: k.type for k in tabel.kolommen}


def rij(function: Callable[..., Any], van: object, **anders: Any) -> dict[str, Any]:
    """A row of the table that `function` documents: a column is the attribute or key of `van` by its name.

    `anders` holds the columns that are something else. Raises AttributeError for an attribute that is not there; a key
    that is not there gives None.
    """
    read: Callable[[str], Any] = van.get if isinstance(van, Mapping) else lambda naam: getattr(van, naam)
    return {k.naam: anders[k.naam] if k.naam in anders else read(k.naam) for k in kop(function).kolommen}
