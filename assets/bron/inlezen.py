"""From kept pages to one table of cells: `waarnemingen.parquet`.

DuckDB reads the rows; what its JSON reader lets pass in silence (a missing column becomes NULL, a text in a number, a
page that is cut) is looked for here and raised with the name of the page or the cell.
"""

from __future__ import annotations

import json
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
_COPY = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
# A 4-byte float carries 24 bits: what lies within this share of a value is noise of its notation.
FLOAT_NOISE = 2.0**-23
# Of a topic without Decimals: as many as a DOUBLE holds, so nothing is rounded.
_MANY = 15


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
    db = duckdb.connect(config={"threads": 1})
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
    db = duckdb.connect(config={"threads": 1})
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
    db = duckdb.connect(config={"threads": 1})
    try:
        return dict(db.execute("SELECT onderwerp, naam FROM read_parquet(?)", [str(onderwerpen)]).fetchall())
    finally:
        db.close()


def count_rows(parquet: Path) -> int:
    """Count the rows of a Parquet file."""
    db = duckdb.connect(config={"threads": 1})
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


def _read(db: duckdb.DuckDBPyConnection, pages: Sequence[Path], columns: dict[str, str]) -> str:
    files = ", ".join(text(str(p)) for p in pages)
    types = ", ".join(f"{quote(c)}: {text(t)}" for c, t in columns.items())
    return f"read_json([{files}], format='array', columns={{{types}}}, filename='bestand')"


def _load(db: duckdb.DuckDBPyConnection, pages: Sequence[Path], columns: dict[str, str]) -> None:
    try:
        db.execute(f"CREATE TABLE ruw AS FROM {_read(db, pages, columns)}")
    except duckdb.Error as error:
        raise InleesError(_blame(pages, columns, error)) from None


def _blame(pages: Sequence[Path], columns: dict[str, str], error: duckdb.Error) -> str:
    """Find the page, and where it can the cell, that DuckDB stumbled over."""
    for page in pages:
        try:
            rows = json.loads(page.read_bytes())
        except ValueError:
            return f"pagina {page.name} is stuk of afgebroken: geen geldige JSON"
        for row in rows:
            for column, kind in columns.items():
                value = row.get(column)
                if kind == "DOUBLE" and value is not None and not isinstance(value, int | float):
                    try:
                        float(value)
                    except ValueError:
                        where = ", ".join(
                            str(row[c]).strip() for c, k in columns.items() if k == "VARCHAR" and row.get(c)
                        )
                        return f"tekst in een getal: '{value}' staat in kolom {column} bij {where} (pagina {page.name})"
    return f"de pagina's zijn niet te lezen: {error}"


def _keys(rollen: Kolomrollen) -> str:
    """Give the columns of a cell's place as SQL: regio, periode, uitsplitsing, marge."""

    def column(naam: str | None) -> str:
        return f"trim({quote(naam)})" if naam else "NULL::VARCHAR"

    periode = column(rollen.periode) if rollen.periode else f"{text(rollen.periode_vast or '')}"
    split = " || '|' || ".join(f"{text(d + '=')} || trim({quote(d)})" for d in rollen.uitsplitsingen) or "'totaal'"
    return (
        f"{column(rollen.regio)} AS regio, {periode} AS periode, "
        f"{split} AS uitsplitsing, {column(rollen.marge)} AS marge"
    )


def _rounded(value: str, decimals: str) -> str:
    """Round the noise of a 4-byte float away, and leave a figure with real decimals as it came."""
    near = f"round({value}, {decimals})"
    return f"CASE WHEN abs({near} - {value}) <= abs({value}) * {FLOAT_NOISE!r} THEN {near} ELSE {value} END"


def _check_dimensions(db: duckdb.DuckDBPyConnection, rollen: Kolomrollen, codes: dict[str, frozenset[str]]) -> None:
    for dim in rollen.alle:
        found = db.execute(
            f"SELECT trim({quote(dim)}) AS code, min(bestand) FROM ruw GROUP BY code ORDER BY code"
        ).fetchall()
        for code, page in found:
            if code not in codes[dim]:
                name = "leeg" if code is None else f"'{code}'"
                raise InleesError(f"pagina {Path(page).name}: {dim} is {name}, en die code is niet gevraagd")


def read_v3(
    pages: Sequence[Path],
    target: Path,
    rollen: Kolomrollen,
    onderwerpen: dict[str, int | None],
    codes: dict[str, frozenset[str]],
) -> int:
    """Read v3 pages (wide: a row a combination of codes, a column a topic, all padded text) into `target`.

    pages: files with a JSON array each; onderwerpen: topic key -> decimals; codes: dimension -> the codes asked for.
    Returns the number of source rows. Raises InleesError.
    """
    check_keys(pages, (*rollen.alle, *onderwerpen))
    db = duckdb.connect(config={"threads": 2, "preserve_insertion_order": True})
    try:
        _load(db, pages, dict.fromkeys((*rollen.alle, *onderwerpen), "VARCHAR"))
        rows = db.execute("SELECT count(*) FROM ruw").fetchone()
        assert rows is not None
        _check_dimensions(db, rollen, codes)
        parts = [
            f"SELECT rowid * {len(onderwerpen)} + {place} AS rij, {text(topic)} AS onderwerp, {_keys(rollen)}, "
            f"try_cast({quote(topic)} AS DOUBLE) AS getal, {_MANY if decimals is None else decimals} AS decimalen, "
            f"trim({quote(topic)}) AS tekst, bestand FROM ruw"
            for place, (topic, decimals) in enumerate(onderwerpen.items(), start=1)
        ]
        db.execute(f"CREATE VIEW cel AS {' UNION ALL '.join(parts)}")
        db.execute(
            "COPY (SELECT rij, onderwerp, regio, periode, uitsplitsing, marge, "
            f"{_rounded('getal', 'decimalen')} AS waarde, "
            "CASE WHEN getal IS NULL THEN coalesce(tekst, '') END AS leeg, "
            "parse_filename(bestand) || '.gz' AS bestand, NULL::VARCHAR AS status FROM cel ORDER BY rij) "
            f"TO {text(str(target))} {_COPY}"
        )
        _check_text(db, target, ("", "."))
        return int(rows[0])
    finally:
        db.close()


def _check_text(db: duckdb.DuckDBPyConnection, target: Path, known: tuple[str, ...]) -> None:
    wrong = db.execute(
        "SELECT leeg, onderwerp, regio, periode, uitsplitsing, bestand FROM read_parquet(?) "
        "WHERE (leeg IS NOT NULL AND NOT list_contains(?, leeg)) OR NOT isfinite(waarde) ORDER BY rij LIMIT 1",
        [str(target), list(known)],
    ).fetchone()
    if wrong is not None:
        where = ", ".join(str(p) for p in wrong[1:5] if p and p != "totaal")
        raise InleesError(f"tekst in een getal: '{wrong[0] or 'geen getal'}' bij {where} (pagina {wrong[5]})")


def read_v4(
    pages: Sequence[Path],
    target: Path,
    rollen: Kolomrollen,
    onderwerpen: dict[str, int | None],
    codes: dict[str, frozenset[str]],
) -> int:
    """Read v4 pages (long: a row an observation) into `target`; arguments, result and errors as `read_v3`."""
    columns = {"Measure": "VARCHAR", "ValueAttribute": "VARCHAR", "Value": "DOUBLE"}
    check_keys(pages, (*columns, *rollen.alle))
    db = duckdb.connect(config={"threads": 2, "preserve_insertion_order": True})
    try:
        _load(db, pages, columns | dict.fromkeys(rollen.alle, "VARCHAR"))
        rows = db.execute("SELECT count(*) FROM ruw").fetchone()
        assert rows is not None
        _check_dimensions(db, rollen, codes)
        db.execute("CREATE TABLE onderwerp (sleutel VARCHAR, decimalen INTEGER)")
        db.executemany(f"INSERT INTO onderwerp VALUES (?, coalesce(?, {_MANY}))", list(onderwerpen.items()))
        unknown = db.execute(
            "SELECT Measure, bestand FROM ruw ANTI JOIN onderwerp ON sleutel = Measure LIMIT 1"
        ).fetchone()
        if unknown is not None:
            raise InleesError(f"pagina {Path(unknown[1]).name}: onderwerp '{unknown[0]}' is niet gevraagd")
        db.execute(
            f"COPY (SELECT ruw.rowid + 1 AS rij, Measure AS onderwerp, {_keys(rollen)}, "
            f"{_rounded('Value', 'decimalen')} AS waarde, "
            "CASE WHEN Value IS NULL THEN coalesce(ValueAttribute, '') END AS leeg, "
            "parse_filename(bestand) || '.gz' AS bestand, NULL::VARCHAR AS status "
            f"FROM ruw JOIN onderwerp ON sleutel = Measure ORDER BY rij) TO {text(str(target))} {_COPY}"
        )
        return int(rows[0])
    finally:
        db.close()
