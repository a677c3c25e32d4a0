"""Lay everything that a build is made from ready as tables of schema `invoer`, before the first query runs.

The queries of `sql/` read from these tables and from nothing else. A function a table documents it (`tabellen`); the
tables are made from plain Python values (cards, source list, regions) and from the momentopnamen, whose Parquet is read
where it stands. The schema is dropped at the end of the build: what should stay is a table of `kern` or `monitor`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from assets.beleid.tabellen import Beleidsinvoer, invoertabellen
from assets.bouw.invoer import bronnen, kaarten, momentopnamen
from assets.bouw.invoer import vorige as eerder
from assets.bouw.invoer.bouwinvoer import EDITIE, Bouwinvoer, read_manifest
from assets.bouw.invoer.kop import Rows, kop, types
from assets.gesloten import lay_table, sql_text
from assets.tabel import Kolom, Tabel, arrow_schema, enum
from begrippen.regio import of_edition
from begrippen.rekenregels import REKENREGELS

# Rows made of a Bouwinvoer.
_ROWS: tuple[Callable[[Bouwinvoer], Rows], ...] = (
    *(
        bronnen.brontabel,
        bronnen.uitgever,
        bronnen.bron_onderwerp,
        bronnen.ontbreekt,
        bronnen.niet_gevonden,
        bronnen.correctie,
    ),
    *(bronnen.gebied, momentopnamen.momentopname, kaarten.kaart, kaarten.kaart_term, kaarten.breuk, kaarten.thema),
    *(eerder.bouw, eerder.editie, eerder.soortgenoot, eerder.soortgenoot_kenmerk),
)
# Files of a momentopname that become a table; of the cells there is a view, WAARNEMING_ALLE.
_FILES: tuple[Callable[[], str], ...] = (momentopnamen.onderwerp, momentopnamen.code)
_VORIGE: tuple[Callable[[eerder.Folders], eerder.Folders], ...] = (
    eerder.vorige_indicator,
    eerder.vorige_indicatorwaarde,
    eerder.vorige_stand,
    eerder.vorige_herkomst,
)

REKENREGEL = Tabel(
    naam="invoer.rekenregel",
    omschrijving="De rekenregels die gelden en die een zoekvraag leest: een rij.",
    uit=(),
    sleutel=("alfa",),
    kolommen=tuple(Kolom(k, t, "zie begrippen/rekenregels.py") for k, t in REKENREGELS.types().items()),
    source="begrippen.rekenregels",
)

WAARNEMING_ALLE, WAARNEMING = "waarneming_alle", "waarneming"
_PLEK = pa.schema([(k, pa.string()) for k in ("pad", "bron", "tabel", "momentopname")])


@cache
def tabellen() -> dict[str, Tabel]:
    """Every table of schema `invoer`, by its name without the schema.

    The view `invoer.waarneming` has the columns of `invoer.waarneming_alle`: the cells of the used momentopnamen.
    """
    lists = (momentopnamen.waarneming_alle, bronnen.regio, bronnen.regio_lid, bronnen.regio_alias, eerder.vorige)
    described = {function.__name__: kop(function) for function in (*_ROWS, *_FILES, *lists, *_VORIGE)}
    described |= {naam: tabel for naam, (tabel, _) in invoertabellen().items()}
    return described | {REKENREGEL.naam.removeprefix("invoer."): REKENREGEL}


def _create(db: duckdb.DuckDBPyConnection, naam: str, rows: Rows) -> None:
    lay_table(db, f"invoer.{naam}", pa.Table.from_pylist(list(rows), schema=arrow_schema(tabellen()[naam])))


def _from_parquet(db: duckdb.DuckDBPyConnection, naam: str, file: str, invoer: Bouwinvoer) -> str:
    """Give the query of `invoer.<naam>` over the file of that name in each folder.

    The folder says which momentopname it is; `invoer._plek_<naam>` holds which folder that is.
    """
    kolommen = types(tabellen()[naam])
    alle = (*invoer.momentopnamen, *invoer.eerdere)
    rows = [{"pad": str(m.folder / file), "bron": m.bron, "tabel": m.tabel, "momentopname": m.id} for m in alle]
    # once: the cells are laid ready again with their codes as ENUM, and this table has its codes so by then
    if not db.execute("FROM duckdb_tables() WHERE table_name = ?", [f"_plek_{naam}"]).fetchone():
        lay_table(db, f"invoer._plek_{naam}", pa.Table.from_pylist(rows, schema=_PLEK))
    if not rows:
        columns = ", ".join(f"CAST(NULL AS {t}) AS {k}" for k, t in kolommen.items())
        return f"SELECT {columns} WHERE false"
    listed = ", ".join(sql_text(r["pad"]) for r in rows)
    source = f"read_parquet([{listed}], union_by_name = true, filename = 'pad')"
    there = {r[0] for r in db.execute(f"DESCRIBE FROM {source}").fetchall()}
    own = ", ".join(
        f"CAST({f'inhoud.{k}' if k in there else 'NULL'} AS {t}) AS {k}"
        for k, t in kolommen.items()
        if k not in {"bron", "tabel", "momentopname"}
    )
    return (
        f"SELECT plek.bron, plek.tabel, plek.momentopname, {own} "
        f"FROM {source} AS inhoud JOIN invoer._plek_{naam} AS plek ON plek.pad = inhoud.pad"
    )


def _create_cells(db: duckdb.DuckDBPyConnection, invoer: Bouwinvoer, columns: str = "*") -> None:
    """Make the two views over the cells. `columns` is the SELECT list over the documented ones."""
    cells = _from_parquet(db, WAARNEMING_ALLE, momentopnamen.waarneming_alle(), invoer)
    db.execute(f"CREATE OR REPLACE VIEW invoer.{WAARNEMING_ALLE} AS SELECT {columns} FROM ({cells})")
    db.execute(
        f"CREATE OR REPLACE VIEW invoer.{WAARNEMING} AS SELECT w.* FROM invoer.{WAARNEMING_ALLE} AS w "
        "JOIN invoer.momentopname AS m USING (bron, tabel, momentopname) WHERE m.gebruikt"
    )


def _create_vorige(db: duckdb.DuckDBPyConnection, naam: str, folders: Mapping[str, Path]) -> None:
    """Make `invoer.<naam>` over the Parquet of earlier builds. A column that they did not have yet is NULL."""
    tabel = f"monitor.{naam.removeprefix('vorige_')}"
    parts = []
    for tegenover, folder in folders.items():
        source = f"read_parquet({sql_text(str(folder / 'parquet' / f'{tabel}.parquet'))})"
        there = {r[0] for r in db.execute(f"DESCRIBE FROM {source}").fetchall()}
        own = ", ".join(
            f"CAST({k if k in there else 'NULL'} AS {t}) AS {k}"
            for k, t in types(tabellen()[naam]).items()
            if k != "tegenover"
        )
        parts.append(f"SELECT '{tegenover}' AS tegenover, {own} FROM {source}")
    if parts:
        db.execute(f"CREATE VIEW invoer.{naam} AS {' UNION ALL '.join(parts)}")
    else:
        _create(db, naam, ())


def create_invoer(
    db: duckdb.DuckDBPyConnection, invoer: Bouwinvoer, regios: pd.DataFrame, leden: pd.DataFrame, aliassen: pd.DataFrame
) -> None:
    """Lay every table of schema `invoer` ready on `db`, where database or schema `invoer` is there and empty.

    `regios`, `leden` and `aliassen` as `begrippen.regio` reads them; the build gets the municipalities of its province
    as they stood on 1 January of the edition, whatever came since. Raises InvoerError when cards and source list do
    not fit together.
    """
    for make in _ROWS:
        _create(db, make.__name__, make(invoer))
    i = invoer
    beleid = Beleidsinvoer(i.editie, i.beleid, i.built_at, i.cyclus, i.verzegeld, i.effecten)
    for naam, (_, rows) in invoertabellen().items():
        _create(db, naam, rows(beleid))
    _create(db, "rekenregel", [REKENREGELS.row()])
    regios, leden = of_edition(regios, leden, i.gebied.code, date(i.editie, 1, 1))
    lists = {"regio": bronnen.regio(regios), "regio_lid": bronnen.regio_lid(leden)}
    for naam, frame in (lists | {"regio_alias": bronnen.regio_alias(aliassen)}).items():
        columns = ", ".join(f"CAST({k} AS {t}) AS {k}" for k, t in types(tabellen()[naam]).items())
        lay_table(db, f"invoer.{naam}", frame, columns)
    _create(db, "vorige", eerder.vorige(invoer.manifests))
    for read in _VORIGE:
        _create_vorige(db, read.__name__, read(invoer.compared_with))
    for file in _FILES:
        naam = file.__name__
        db.execute(f"CREATE TABLE invoer.{naam} AS {_from_parquet(db, naam, file(), invoer)}")
    _create_cells(db, invoer)


def _code_columns() -> dict[str, list[tuple[str, str]]]:
    """The columns of codes: kind -> table and column."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for naam, tabel in tabellen().items():
        for kolom in tabel.kolommen:
            if kolom.code:
                # which momentopname a cell is of stands with its folder, not in the cells
                plek = naam == WAARNEMING_ALLE and kolom.naam in {"bron", "tabel", "momentopname"}
                kinds.setdefault(str(kolom.code), []).append((f"_plek_{naam}" if plek else naam, kolom.naam))
    return kinds


def encode_codes(db: duckdb.DuckDBPyConnection, invoer: Bouwinvoer) -> None:
    """Make every column of codes in the tables that `create_invoer` made an ENUM of its kind.

    A kind of which no code occurs, since there is no answer yet, stays text.
    """
    casts = []
    for kind, places in _code_columns().items():
        texts = " UNION ALL ".join(f"SELECT DISTINCT {kolom} AS code FROM invoer.{tabel}" for tabel, kolom in places)
        found = db.execute(f"SELECT DISTINCT code FROM ({texts}) WHERE code IS NOT NULL ORDER BY code")
        codes = [c for (c,) in found.fetchall()]
        if not codes:
            continue
        db.execute(f"CREATE TYPE invoer.code_{kind} AS {enum(codes)}")
        for tabel, kolom in places:
            if tabel == WAARNEMING_ALLE:
                casts.append(f"CAST({kolom} AS invoer.code_{kind}) AS {kolom}")
            else:
                db.execute(f"ALTER TABLE invoer.{tabel} ALTER {kolom} TYPE invoer.code_{kind}")
    _create_cells(db, invoer, f"* REPLACE ({', '.join(casts)})" if casts else "*")


def create_vorige(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Lay only the tables `invoer.vorige*` ready: the finished build in `folder` as the edition to compare with."""
    read_manifest(folder)
    _create(db, "vorige", eerder.vorige([EDITIE]))
    for read in _VORIGE:
        _create_vorige(db, read.__name__, read({EDITIE: folder}))
