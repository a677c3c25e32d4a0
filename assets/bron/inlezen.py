"""From kept pages to one table of cells: `waarnemingen.parquet`.

DuckDB reads the rows; what its JSON reader lets pass in silence (a missing column becomes NULL, a text in a number, a
page that is cut) is looked for here and raised with the name of the page or the cell.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import pandas as pd

# rij: 1..n in the order of the source; onderwerp: its own key; leeg: its own word for an empty cell
KOLOMMEN = {
    "rij": "BIGINT",
    "onderwerp": "VARCHAR",
    "regio": "VARCHAR",
    "periode": "VARCHAR",
    "uitsplitsing": "VARCHAR",
    "marge": "VARCHAR",
    "waarde": "DOUBLE",
    "leeg": "VARCHAR",
    "bestand": "VARCHAR",
    "status": "VARCHAR",
}
ONDERWERPEN = dict.fromkeys(("onderwerp", "naam", "titel", "groeppad", "eenheid"), "VARCHAR") | {
    "decimalen": "INTEGER",
    "datatype": "VARCHAR",
    "beschrijving": "VARCHAR",
}
CODELIJSTEN = dict.fromkeys(("dimensie", "soort", "code", "titel", "beschrijving", "groep", "status"), "VARCHAR") | {
    "volgorde": "INTEGER"
}
# Measured on 1.8 million cells: a sixth less time and a quarter less room than the default level and version.
_COPY = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARQUET_VERSION v2)"
# What stands in the place of a number in v3 for a cell without one; and our mark for anything else.
_EMPTY = ("", ".")
_OTHER = "?"
# A 4-byte float carries 24 bits: what lies within this share of a value is noise of its notation.
FLOAT_NOISE = 2.0**-23
# Above this, the combinations of codes are not listed beforehand.
MANY_SPLITS = 5_000


class InleesError(ValueError):
    """What came can not be read as figures; the message names the page or the cell."""


@dataclass(frozen=True)
class Kolomrollen:
    """Which dimension of a table plays which part; `uitsplitsingen` sorted by name.

    `periode_vast` is the period of every cell where no dimension is the period.
    """

    periode: str | None
    regio: str | None
    marge: str | None
    uitsplitsingen: tuple[str, ...]
    periode_vast: str | None = None

    @property
    def alle(self) -> tuple[str, ...]:
        """Every dimension of the table."""
        return (*(d for d in (self.regio, self.periode, self.marge) if d), *self.uitsplitsingen)


@dataclass(frozen=True)
class Vraag:
    """What was asked for. onderwerpen: topic key -> decimals; codes: dimension -> codes, trimmed."""

    api: str
    rollen: Kolomrollen
    onderwerpen: dict[str, int | None]
    codes: dict[str, frozenset[str]]

    @property
    def splits(self) -> tuple[str, ...]:
        """Every uitsplitsing that can occur; none when these are too many to list."""
        dims = self.rollen.uitsplitsingen
        if not dims:
            return ("totaal",)
        if math.prod(len(self.codes[d]) for d in dims) > MANY_SPLITS:
            return ()
        return tuple(
            "|".join(f"{d}={c}" for d, c in zip(dims, combination, strict=True))
            for combination in itertools.product(*(sorted(self.codes[d]) for d in dims))
        )


@dataclass(frozen=True)
class Gelezen:
    """What was read: rows of the source, cells, and the first places that stand there more than once."""

    rijen: int
    cellen: int
    dubbel: tuple[str, ...]


def _connect() -> duckdb.DuckDBPyConnection:
    # One thread: tables are read side by side, and a second one costs twice the memory for a third less time.
    return duckdb.connect(config={"threads": 1})


def quote(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Write a text for SQL."""
    return "'" + value.replace("'", "''") + "'"


def write_table(folder: Path, name: str, columns: dict[str, str], rows: Iterable[Sequence[object]]) -> None:
    """Write a small table as Parquet: `columns` is name -> DuckDB type, `rows` in that order."""
    scratch = folder / f".{name}.json"
    with scratch.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n")
    types = ", ".join(f"{quote(c)}: {text(t)}" for c, t in columns.items())
    db = _connect()
    try:
        db.execute(
            f"COPY (FROM read_json({text(str(scratch))}, format='newline_delimited', columns={{{types}}})) "
            f"TO {text(str(folder / f'{name}.parquet'))} {_COPY}"
        )
    finally:
        db.close()
        scratch.unlink()


def write_empty(folder: Path) -> None:
    """Write `waarnemingen.parquet` without rows: of an answer that was refused before its rows were asked for."""
    write_table(folder, "waarnemingen", KOLOMMEN, [])


def write_onderwerpen(folder: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write `onderwerpen.parquet`: only topics that were found. Columns as ONDERWERPEN."""
    write_table(folder, "onderwerpen", ONDERWERPEN, rows)


def write_codelijsten(folder: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write `codelijsten.parquet`. Columns as CODELIJSTEN; codes trimmed."""
    write_table(folder, "codelijsten", CODELIJSTEN, rows)


def write_frame(target: Path, frame: pd.DataFrame, columns: str) -> None:
    """Write a pandas frame as `waarnemingen.parquet`; `columns` is the SELECT list that turns it into KOLOMMEN."""
    db = _connect()
    try:
        db.register("frame", frame)
        types = ", ".join(f"{c}::{t} AS {c}" for c, t in KOLOMMEN.items())
        db.execute(
            f"COPY (SELECT {types} FROM (SELECT {columns} FROM frame) ORDER BY rij) TO {text(str(target))} {_COPY}"
        )
    finally:
        db.close()


def read_names(onderwerpen: Path) -> dict[str, str]:
    """Read the aliases of a momentopname from its `onderwerpen.parquet`: topic key -> our name."""
    db = _connect()
    try:
        return dict(db.execute("SELECT onderwerp, naam FROM read_parquet(?)", [str(onderwerpen)]).fetchall())
    finally:
        db.close()


def count_rows(parquet: Path) -> int:
    """Count the rows of a Parquet file."""
    db = _connect()
    try:
        row = db.execute("SELECT count(*) FROM read_parquet(?)", [str(parquet)]).fetchone()
        return int(row[0]) if row else 0
    finally:
        db.close()


def _first_keys(page: Path) -> set[str] | None:
    """Give the keys of the first row of a page; None when it has no rows."""
    with page.open("rb") as file:
        head = file.read(1 << 16).decode("utf-8", errors="ignore").lstrip().removeprefix("[").lstrip()
    if not head or head.startswith("]"):
        return None
    try:
        row, _ = json.JSONDecoder().raw_decode(head)
    except ValueError:
        raise InleesError(f"pagina {page.name}: de eerste rij is niet te lezen; de pagina is stuk") from None
    if not isinstance(row, dict):
        raise InleesError(f"pagina {page.name}: de rijen zijn geen JSON-objecten")
    return set(row)


def check_keys(pages: Sequence[Path], wanted: Iterable[str]) -> None:
    """Check that the rows have the columns that were asked for. Raises InleesError with both lists."""
    expected = set(wanted)
    for page in pages:
        keys = _first_keys(page)
        if keys is not None and (missing := expected - keys):
            absent, there = ", ".join(sorted(missing)), ", ".join(sorted(keys))
            raise InleesError(f"pagina {page.name}: kolom {absent} ontbreekt; wel gevonden: {there}")


def _is_number(value: object) -> bool:
    try:
        return math.isfinite(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def _blame(pages: Sequence[Path], vraag: Vraag, error: Exception | None) -> InleesError:
    """Find the page and the cell that do not fit. Slow, and only used when something does not fit."""
    long = vraag.api == "v4"
    for page in pages:
        try:
            rows = json.loads(page.read_bytes())
        except ValueError:
            return InleesError(f"pagina {page.name} is stuk of afgebroken: geen geldige JSON")
        for row in rows:
            place = {d: row.get(d).strip() if isinstance(row.get(d), str) else row.get(d) for d in vraag.rollen.alle}
            for dim, code in place.items():
                if code not in vraag.codes[dim]:
                    name = "leeg" if code is None else f"'{code}'"
                    return InleesError(f"pagina {page.name}: {dim} is {name}, en die code is niet gevraagd")
            if long and row["Measure"] not in vraag.onderwerpen:
                return InleesError(f"pagina {page.name}: onderwerp '{row['Measure']}' is niet gevraagd")
            for topic in [row["Measure"]] if long else vraag.onderwerpen:
                value = row.get("Value" if long else topic)
                blank = value is None or (not long and isinstance(value, str) and value.strip() in _EMPTY)
                if not blank and not _is_number(value):
                    where = ", ".join((topic, *place.values()))
                    return InleesError(f"tekst in een getal: '{str(value).strip()}' bij {where} (pagina {page.name})")
    return InleesError(f"de pagina's zijn niet te lezen: {error}")


def _enum(name: str, values: Iterable[str]) -> str:
    return f"CREATE TYPE {name} AS ENUM ({', '.join(text(v) for v in dict.fromkeys(values))})"


def _places(vraag: Vraag) -> str:
    """Give the place of a row and its page as SQL: ENUMs of what was asked for, so that anything else is an error."""
    rollen = vraag.rollen

    def code(dim: str | None, name: str) -> str:
        return f"trim({quote(dim)})::{name}" if dim else "NULL::VARCHAR"

    split = " || '|' || ".join(f"{text(d + '=')} || trim({quote(d)})" for d in rollen.uitsplitsingen) or "'totaal'"
    return (
        f"{code(rollen.regio, 'regio')} AS regio, "
        f"{code(rollen.periode, 'periode') if rollen.periode else text(rollen.periode_vast or '')} AS periode, "
        f"({split}){'::uitsplitsing' if vraag.splits else ''} AS uitsplitsing, {code(rollen.marge, 'marge')} AS marge, "
        "(parse_filename(bestand) || '.gz')::bestand AS bestand"
    )


def _load(
    db: duckdb.DuckDBPyConnection, pages: Sequence[Path], vraag: Vraag, values: str, types: dict[str, str]
) -> int:
    """Read the pages into table `ruw`: the place of each row, and `values`. Raises InleesError."""
    rollen = vraag.rollen
    for name, dim in (("regio", rollen.regio), ("periode", rollen.periode), ("marge", rollen.marge)):
        if dim:
            db.execute(_enum(name, sorted(vraag.codes[dim])))
    if vraag.splits:
        db.execute(_enum("uitsplitsing", vraag.splits))
    db.execute(_enum("onderwerp", vraag.onderwerpen))
    db.execute(_enum("bestand", [f"{p.name}.gz" for p in pages]))
    files = ", ".join(text(str(p)) for p in pages)
    columns = ", ".join(f"{quote(c)}: {text(t)}" for c, t in (dict.fromkeys(rollen.alle, "VARCHAR") | types).items())
    try:
        db.execute(
            f"CREATE TABLE ruw AS SELECT {_places(vraag)}, {values} "
            f"FROM read_json([{files}], format='array', columns={{{columns}}}, filename='bestand')"
        )
    except duckdb.Error as error:
        raise _blame(pages, vraag, error) from None
    # A missing code is no error for an ENUM: it is NULL.
    named = [n for n, d in (("regio", rollen.regio), ("periode", rollen.periode), ("marge", rollen.marge)) if d]
    nulls = " OR ".join(f"{n} IS NULL" for n in (*named, "uitsplitsing"))
    count, missing = db.execute(f"SELECT count(*), count(*) FILTER ({nulls}) FROM ruw").fetchall()[0]
    if missing:
        raise _blame(pages, vraag, None)
    return int(count)


def _double(db: duckdb.DuckDBPyConnection, keys: str) -> tuple[str, ...]:
    """Give the first places that stand more than once."""
    rows = db.execute(f"SELECT {keys} FROM ruw GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 3").fetchall()
    return tuple(", ".join(str(p) for p in row if p not in (None, "totaal")) for row in rows)


def _rounded(value: str, decimals: int | None) -> str:
    """Round the noise of a 4-byte float away, and leave a figure with real decimals as it came."""
    if decimals is None:
        return value
    near = f"round({value}, {decimals})"
    return f"CASE WHEN abs({near} - {value}) <= abs({value}) * {FLOAT_NOISE!r} THEN {near} ELSE {value} END"


def read_v3(pages: Sequence[Path], target: Path, vraag: Vraag) -> Gelezen:
    """Read v3 pages (wide: a row a combination of codes, a column a topic, all padded text) into `target`.

    pages: files with a JSON array each. Raises InleesError.
    """
    topics = list(vraag.onderwerpen)
    check_keys(pages, (*vraag.rollen.alle, *topics))
    db = _connect()
    try:
        db.execute(_enum("leeg", (*_EMPTY, _OTHER)))
        values = []
        for place, topic in enumerate(topics):
            trimmed, number = f"trim({quote(topic)})", f"try_cast({quote(topic)} AS DOUBLE)"
            known = f"{trimmed} IN ({', '.join(text(e) for e in _EMPTY)})"
            values.append(f"{number} AS waarde_{place}")
            values.append(
                f"CASE WHEN isfinite({number}) THEN NULL WHEN {quote(topic)} IS NULL THEN '' "
                f"WHEN {known} THEN {trimmed} ELSE '{_OTHER}' END::leeg AS leeg_{place}"
            )
        rows = _load(db, pages, vraag, ", ".join(values), dict.fromkeys(topics, "VARCHAR"))
        other = " OR ".join(f"leeg_{place} = '{_OTHER}'" for place in range(len(topics)))
        if db.execute(f"SELECT count(*) FROM ruw WHERE {other}").fetchall()[0][0]:
            raise _blame(pages, vraag, None)
        # Topic after topic, each in the order of the source: no sort, and columns that compress well.
        cells = " UNION ALL ".join(
            f"SELECT rowid * {len(topics)} + {place + 1} AS rij, {text(topic)}::onderwerp AS onderwerp, "
            f"regio, periode, uitsplitsing, marge, {_rounded(f'waarde_{place}', vraag.onderwerpen[topic])} AS waarde, "
            f"leeg_{place} AS leeg, bestand, NULL::VARCHAR AS status FROM ruw"
            for place, topic in enumerate(topics)
        )
        db.execute(f"COPY ({cells}) TO {text(str(target))} {_COPY}")
        return Gelezen(rows, rows * len(topics), _double(db, "regio, periode, uitsplitsing, marge"))
    finally:
        db.close()


def read_v4(pages: Sequence[Path], target: Path, vraag: Vraag) -> Gelezen:
    """Read v4 pages (long: a row an observation) into `target`; as `read_v3`."""
    types = {"Measure": "VARCHAR", "ValueAttribute": "VARCHAR", "Value": "DOUBLE"}
    check_keys(pages, (*types, *vraag.rollen.alle))
    db = _connect()
    try:
        values = (
            "Measure::onderwerp AS onderwerp, Value AS waarde, CASE WHEN Value IS NULL THEN ValueAttribute END AS leeg"
        )
        rows = _load(db, pages, vraag, values, types)
        by_decimals: dict[int | None, list[str]] = {}
        for topic, decimals in vraag.onderwerpen.items():
            by_decimals.setdefault(decimals, []).append(text(topic))
        rounded = " ".join(
            f"WHEN onderwerp IN ({', '.join(names)}) THEN {_rounded('waarde', decimals)}"
            for decimals, names in by_decimals.items()
        )
        db.execute(
            "COPY (SELECT rowid + 1 AS rij, onderwerp, regio, periode, uitsplitsing, marge, "
            f"CASE {rounded} END AS waarde, CASE WHEN waarde IS NULL THEN coalesce(leeg, '') END AS leeg, "
            f"bestand, NULL::VARCHAR AS status FROM ruw) TO {text(str(target))} {_COPY}"
        )
        return Gelezen(rows, rows, _double(db, "onderwerp, regio, periode, uitsplitsing, marge"))
    finally:
        db.close()
