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

from assets.bron.leesvraag import Leesvraag
from assets.bron.nazien import BLANK, find_fault, has_columns
from assets.gesloten import gegeven, open_gesloten, sql_text
from begrippen.fout import MonitorError
from begrippen.redenen import Reden
from begrippen.redenzinnen import regel

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
_OTHER = "?"
# DuckDB also takes 1e5 and 1_000 for a number; as texts CBS writes neither.
_NO_PLAIN_NUMBER = ("e", "E", "_")
# A 4-byte float carries 24 bits: what lies within this share of a value is noise of its notation.
FLOAT_NOISE = 2.0**-23


class InleesError(MonitorError):
    """What came can not be read as figures; `reden` names the page or the cell."""

    code = "inlezen"
    exit_code = 1

    def __init__(self, reden: Reden) -> None:
        super().__init__(regel((reden,)))
        self.reden = reden


@dataclass(frozen=True)
class Gelezen:
    """What was read: rows of the source, cells, and the first places that stand there more than once."""

    rijen: int
    cellen: int
    dubbel: tuple[str, ...]


def connect(*folders: Path) -> duckdb.DuckDBPyConnection:
    """Open a closed room over these folders, for all that is read and written of one answer: opening takes 20 ms.

    One thread: tables are read side by side, and a second one costs twice the memory for a third less time.
    """
    return open_gesloten(*folders, threads=1)


def quote_name(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def write_table(
    db: duckdb.DuckDBPyConnection, folder: Path, name: str, columns: dict[str, str], rows: Iterable[Sequence[object]]
) -> None:
    """Write a small table as Parquet: `columns` is name -> DuckDB type, `rows` in that order.

    What is no text in a column of text stands there as JSON writes it.
    """
    # One text for all rows: an INSERT for each took longer than reading the cells.
    content = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False)
    target = (folder / f"{name}.parquet").absolute()
    db.execute(
        f"COPY (SELECT unnest(from_json(?, {sql_text(json.dumps([columns]))}), max_depth := 2)) "
        f"TO {sql_text(str(target))} {_COPY}",
        [content],
    )


def write_empty(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write `waarnemingen.parquet` without rows: of an answer that was refused before its rows were asked for."""
    write_table(db, folder, "waarnemingen", KOLOMMEN, [])


def write_onderwerpen(db: duckdb.DuckDBPyConnection, folder: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write `onderwerpen.parquet`: only topics that were found. Columns as ONDERWERPEN."""
    write_table(db, folder, "onderwerpen", ONDERWERPEN, rows)


def write_codelijsten(db: duckdb.DuckDBPyConnection, folder: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write `codelijsten.parquet`. Columns as CODELIJSTEN; codes trimmed."""
    write_table(db, folder, "codelijsten", CODELIJSTEN, rows)


def write_frame(db: duckdb.DuckDBPyConnection, target: Path, frame: pd.DataFrame, columns: str) -> None:
    """Write a pandas frame as `waarnemingen.parquet`; `columns` is the SELECT list that turns it into KOLOMMEN."""
    types = ", ".join(f"{c}::{t} AS {c}" for c, t in KOLOMMEN.items())
    with gegeven(db, "frame", frame):
        db.execute(
            f"COPY (SELECT {types} FROM (SELECT {columns} FROM frame) ORDER BY rij) "
            f"TO {sql_text(str(target.absolute()))} {_COPY}"
        )


def read_names(db: duckdb.DuckDBPyConnection, onderwerpen: Path) -> dict[str, str]:
    """Read the aliases of a momentopname from its `onderwerpen.parquet`: topic key -> our name."""
    return dict(db.execute("SELECT onderwerp, naam FROM read_parquet(?)", [str(onderwerpen.absolute())]).fetchall())


def count_rows(db: duckdb.DuckDBPyConnection, parquet: Path) -> int:
    """Count the rows of a Parquet file."""
    row = db.execute("SELECT count(*) FROM read_parquet(?)", [str(parquet.absolute())]).fetchone()
    return int(row[0]) if row else 0


def _blame(pages: Sequence[Path], vraag: Leesvraag) -> Reden | None:
    """Say what does not fit, with its page and cell; None when all does. Slow, and only used on suspicion."""
    return next((fault for page in pages if (fault := find_fault(page, vraag))), None)


def _enum(name: str, values: Iterable[str]) -> str:
    return f"CREATE TYPE {name} AS ENUM ({', '.join(sql_text(v) for v in dict.fromkeys(values))})"


def _places(vraag: Leesvraag) -> str:
    """Give the place of a row and its page as SQL: ENUMs of what was asked for, so that anything else is an error."""
    rollen = vraag.rollen

    def own(dim: str) -> str:
        column = f"trim({quote_name(dim)})"
        if not (ours := vraag.eigen.get(dim)):
            return column
        # Every code that was asked for: what else comes back may bear the name that we gave to another.
        named = " ".join(f"WHEN {sql_text(c)} THEN {sql_text(ours.get(c, c))}" for c in sorted(vraag.codes[dim]))
        return f"CASE {column} {named} END"

    def code(dim: str | None, name: str) -> str:
        return f"{own(dim)}::{name}" if dim else "NULL::VARCHAR"

    split = (
        " || '|' || ".join(f"{sql_text(vraag.named(d) + '=')} || {own(d)}" for d in rollen.uitsplitsingen) or "'totaal'"
    )
    return (
        f"{code(rollen.regio, 'regio')} AS regio, "
        f"{code(rollen.periode, 'periode') if rollen.periode else sql_text(rollen.periode_vast or '')} AS periode, "
        f"({split}){'::uitsplitsing' if vraag.splits else ''} AS uitsplitsing, {code(rollen.marge, 'marge')} AS marge, "
        "(parse_filename(bestand) || '.gz')::bestand AS bestand"
    )


def _rounded(value: str, decimals: int | None) -> str:
    """Round the noise of a 4-byte float away, and leave a figure with real decimals as it came."""
    if decimals is None:
        return value
    near = f"round({value}, {int(decimals)})"
    return f"CASE WHEN abs({near} - {value}) <= abs({value}) * {FLOAT_NOISE!r} THEN {near} ELSE {value} END"


class _Breed:
    """v3: a row a combination of codes, a column a topic, all padded text."""

    def __init__(self, vraag: Leesvraag) -> None:
        self._topics = vraag.onderwerpen
        self.types = dict.fromkeys(vraag.onderwerpen, "VARCHAR")
        self.keys = "regio, periode, uitsplitsing, marge"
        self.cells_a_row = len(vraag.onderwerpen)
        self.wrong = " OR ".join(f"leeg_{place} = '{_OTHER}'" for place in range(len(vraag.onderwerpen)))

    def values(self) -> str:
        known = ", ".join(sql_text(e) for e in BLANK)
        topics = [quote_name(t) for t in self._topics]
        written = f"concat({', '.join(topics)})"
        # A key that is not there reads as NULL. A text with an exponent may be a number of JSON: looking row by row
        # tells, and looking once through all topics of a row costs half of looking through each.
        doubt = [f"{t} IS NULL" for t in topics] + [
            f"contains({written}, {sql_text(sign)})" for sign in _NO_PLAIN_NUMBER
        ]
        parts = [f"({' OR '.join(doubt)}) AS twijfel"]
        for place, topic in enumerate(topics):
            number = f"try_cast({topic} AS DOUBLE)"
            parts.append(f"{number} AS waarde_{place}")
            parts.append(
                f"CASE WHEN isfinite({number}) THEN NULL WHEN {topic} IS NULL THEN '' "
                f"WHEN trim({topic}) IN ({known}) THEN trim({topic}) ELSE '{_OTHER}' END::leeg AS leeg_{place}"
            )
        return ", ".join(parts)

    def cells(self) -> str:
        # Topic after topic, each in the order of the source: no sort, and columns that compress well.
        return " UNION ALL ".join(
            f"SELECT rowid * {len(self._topics)} + {place + 1} AS rij, {sql_text(topic)}::onderwerp AS onderwerp, "
            f"regio, periode, uitsplitsing, marge, {_rounded(f'waarde_{place}', decimals)} AS waarde, "
            f"leeg_{place} AS leeg, bestand, NULL::VARCHAR AS status FROM ruw"
            for place, (topic, decimals) in enumerate(self._topics.items())
        )


class _Lang:
    """v4: a row an observation."""

    def __init__(self, vraag: Leesvraag) -> None:
        self._topics = vraag.onderwerpen
        # Value as its text: as a DOUBLE, true would be 1.
        self.types = {"Measure": "VARCHAR", "ValueAttribute": "VARCHAR", "Value": "VARCHAR"}
        self.keys = "onderwerp, regio, periode, uitsplitsing, marge"
        self.cells_a_row = 1
        self.wrong = f"onderwerp IS NULL OR leeg = '{_OTHER}'"

    def values(self) -> str:
        number = "try_cast(Value AS DOUBLE)"
        doubt = " OR ".join(f"contains(Value, {sql_text(sign)})" for sign in _NO_PLAIN_NUMBER)
        return (
            # A number may have an exponent; a text that looks like one may not, and here they look the same.
            f"coalesce({doubt}, false) AS twijfel, "
            f"Measure::onderwerp AS onderwerp, {number} AS waarde, "
            f"CASE WHEN isfinite({number}) THEN NULL "
            f"WHEN Value IS NULL AND ValueAttribute != 'None' THEN ValueAttribute ELSE '{_OTHER}' END AS leeg"
        )

    def cells(self) -> str:
        by_decimals: dict[int | None, list[str]] = {}
        for topic, decimals in self._topics.items():
            by_decimals.setdefault(decimals, []).append(sql_text(topic))
        rounded = " ".join(
            f"WHEN onderwerp IN ({', '.join(names)}) THEN {_rounded('waarde', decimals)}"
            for decimals, names in by_decimals.items()
        )
        return (
            "SELECT rowid + 1 AS rij, onderwerp, regio, periode, uitsplitsing, marge, "
            f"CASE {rounded} END AS waarde, leeg, bestand, NULL::VARCHAR AS status FROM ruw"
        )


def read_pages(db: duckdb.DuckDBPyConnection, pages: Sequence[Path], target: Path, vraag: Leesvraag) -> Gelezen:
    """Read pages, in the order of the source, into `target`: a Parquet of cells with the columns of KOLOMMEN.

    db: as of `connect`, for one answer: it keeps the names of the question. pages: files with a JSON array each; a
    cell names its page as it is kept, `<file>.gz`. Raises InleesError naming the first page and cell that do not fit.
    """
    rollen, shape = vraag.rollen, _Breed(vraag) if vraag.api == "v3" else _Lang(vraag)
    named = [(n, d) for n, d in (("regio", rollen.regio), ("periode", rollen.periode), ("marge", rollen.marge)) if d]
    columns = dict.fromkeys(rollen.alle, "VARCHAR") | shape.types
    pages = [p.absolute() for p in pages]
    for name, dim in named:
        db.execute(_enum(name, vraag.own_codes(dim)))
    if vraag.splits:
        db.execute(_enum("uitsplitsing", vraag.splits))
    db.execute(_enum("onderwerp", vraag.onderwerpen))
    db.execute(_enum("leeg", (*BLANK, _OTHER)))
    db.execute(_enum("bestand", [f"{p.name}.gz" for p in pages]))
    files = ", ".join(sql_text(str(p)) for p in pages)
    types = ", ".join(f"{quote_name(c)}: {sql_text(t)}" for c, t in columns.items())
    # A missing code is no error for an ENUM: it is NULL.
    wrong = " OR ".join((shape.wrong, "uitsplitsing IS NULL", *(f"{name} IS NULL" for name, _ in named)))
    try:
        db.execute(
            f"CREATE TABLE ruw AS SELECT {_places(vraag)}, {shape.values()} "
            f"FROM read_json([{files}], format='array', columns={{{types}}}, filename='bestand')"
        )
        rows, misfits, doubts = db.execute(
            f"SELECT count(*), count(*) FILTER ({wrong}), count(*) FILTER (twijfel) FROM ruw"
        ).fetchall()[0]
    except duckdb.Error as error:
        unread = Reden("paginas_onleesbaar", {"melding": f"{error!s:.300}"})
        raise InleesError(_blame(pages, vraag) or unread) from None
    certain = misfits or not all(has_columns(page, columns) for page in pages)
    fault = _blame(pages, vraag) if certain or doubts else None
    if fault or certain:
        raise InleesError(fault or Reden("rijen_passen_niet", {"aantal": misfits}))
    db.execute(f"COPY ({shape.cells()}) TO {sql_text(str(target.absolute()))} {_COPY}")
    double = db.execute(
        f"SELECT {shape.keys} FROM ruw GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 3"
    ).fetchall()
    db.execute("DROP TABLE ruw")
    cells = tuple(", ".join(str(p) for p in row if p not in (None, "totaal")) for row in double)
    return Gelezen(rows, rows * shape.cells_a_row, cells)
