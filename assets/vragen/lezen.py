"""How the report reads a built database: read-only, and under the name that a notebook knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from assets.gesloten import open_gesloten, sql_text
from begrippen.fout import MonitorError
from begrippen.gebied import Gebied


class VraagError(MonitorError):
    """A finished build does not hold what is asked of it; the message names the nearest, or the next command."""

    code = "vraag"


def melding(soort: str, gebied: Gebied) -> str | None:
    """What must be said with every figure of a build of this kind; None of real ones."""
    return f"Voorbeeldcijfers: verzonnen, ze zeggen niets over {gebied.naam}." if soort == "voorbeeld" else None


@contextmanager
def open_monitor(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a built database read-only, wherever it stands, so that `monitor.stand` means the same as in a notebook."""
    database = database.resolve()
    with open_gesloten(database.parent) as db:
        db.execute(f"ATTACH {sql_text(str(database))} AS monitor (READ_ONLY)")
        db.execute("USE monitor")
        yield db


def read_rows(db: duckdb.DuckDBPyConnection, query: str, *values: Any) -> list[dict[str, Any]]:
    """The rows of a query, each by the names of its columns."""
    cursor = db.execute(query, values or None)
    names = [d[0] for d in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def has_table(db: duckdb.DuckDBPyConnection, naam: str) -> bool:
    """Whether a table is in the database: a file of an older version may lack one."""
    schema, tabel = naam.split(".")
    # in a published file the tables of `monitor` stand in the main schema of the database of that name
    query = "FROM information_schema.tables WHERE table_name = ? AND ? IN (table_schema, table_catalog)"
    return db.execute(query, [tabel, schema]).fetchone() is not None


def _near(wanted: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most three rows whose code or name holds the text, or looks like it: the most alike first."""
    holds = [r for r in rows if len(wanted) >= 3 and (wanted in r["code"].casefold() or wanted in r["naam"].casefold())]
    names = {n.casefold(): r for r in rows for n in (r["code"], r["naam"])}
    alike = [names[n] for n in get_close_matches(wanted, names, n=3, cutoff=0.5)]

    def unlike(row: dict[str, Any]) -> float:
        return -max(SequenceMatcher(None, wanted, row[n].casefold()).ratio() for n in ("code", "naam"))

    return sorted({r["code"]: r for r in [*holds, *alike]}.values(), key=unlike)[:3]


def find(what: str, code: str, rows: list[dict[str, Any]], command: str, listing: str) -> dict[str, Any]:
    """Give the row of `code`; the name counts as well as the code.

    `rows` hold `code` and `naam`, and `geldig_tot` where one can lie in the past. Raises VraagError with the nearest
    ones: `command` shows one of them (`{}` stands for its code), `listing` all of them.
    """
    wanted = code.casefold()
    for row in rows:
        if wanted == row["code"].casefold():
            return row
    named = [r for r in rows if wanted == r["naam"].casefold()]
    named = [r for r in named if r.get("geldig_tot") is None] or named[:1]
    if len(named) == 1:
        return named[0]
    near = named or _near(wanted, rows)
    if not near:
        raise VraagError(f"{what} {code} is er niet. {listing}")
    listed = ", ".join(f"{r['code']} ({r['naam']})" for r in near)
    said = f"{what} {code} is niet eenduidig" if named else f"{what} {code} is er niet"
    raise VraagError(f"{said}. Bedoelde u {listed}?\nProbeer: {command.format(near[0]['code'])}")


def as_utc(value: datetime | None) -> datetime | None:
    """A moment of a database, which keeps no zone: it is UTC."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def read_day(text: str | None) -> date | None:
    """The day in a date as a source writes it (2026-06-23T00:00:00+02:00); None where it is no date."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def strip_soort(naam: str) -> str:
    """'Veluwe (CR)' -> 'Veluwe': the kind of region is clear from the column it stands in."""
    return naam.rsplit(" (", 1)[0] if naam.endswith(")") else naam
