"""A table of the build as Parquet: sorted by its key, codes as text, how it came about in the metadata."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import duckdb

from assets.gesloten import sql_text
from assets.tabel import Tabel

# Rows in a group, the number that DuckDB itself takes.
_GROEP = 122_880


def in_text(tabel: Tabel) -> str:
    """Give the SELECT list that reads a table with its codes as text."""
    return ", ".join(
        f"CAST({k.naam} AS {k.type}) AS {k.naam}" if k.type == "VARCHAR" else k.naam for k in tabel.kolommen
    )


def write_parquet(db: duckdb.DuckDBPyConnection, tabel: Tabel, folder: Path, origin: Mapping[str, str]) -> Path:
    """Write a table as `folder/<naam>.parquet` on a connection of its own, `db`, close that, and return the path.

    A reader finds text in a column of codes, however it was written; `origin` stands in the metadata of the file.
    """
    path = folder / f"{tabel.naam}.parquet"
    with closing(db):
        write = _write_codes if tabel.codes == "blijven" else _write_text
        write(db, tabel, path, origin)
    return path


def _sorted(tabel: Tabel) -> str:
    return f"FROM {tabel.naam} ORDER BY {', '.join(tabel.sleutel)}"


def _write_text(db: duckdb.DuckDBPyConnection, tabel: Tabel, path: Path, origin: Mapping[str, str]) -> None:
    metadata = ", ".join(f"{k}: {sql_text(v)}" for k, v in origin.items())
    # Sorted by number, written as text: DuckDB 2.0 writes an ENUM that two threads share with gaps ('' for a code),
    # and not twice the same.
    db.execute(
        f"COPY (SELECT {in_text(tabel)} FROM ({_sorted(tabel)})) "
        f"TO {sql_text(str(path))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}})"
    )


def _write_codes(db: duckdb.DuckDBPyConnection, tabel: Tabel, path: Path, origin: Mapping[str, str]) -> None:
    """Write a large table with its codes as the numbers that they are, each group with its list of texts.

    That is what Parquet makes of repeated texts anyway; DuckDB looks every text up in a list of its own first, which
    took half of all writing. Its own statistics of an ENUM name codes that do not occur, so Arrow writes.
    """
    # only who builds waits for it
    import pyarrow.parquet as pq

    rows = db.sql(_sorted(tabel)).to_arrow_reader(_GROEP)
    texts = [k.naam for k in tabel.kolommen if k.type == "VARCHAR"]
    with pq.ParquetWriter(
        path,
        rows.schema,
        compression="zstd",
        use_dictionary=texts,
        # what the rows are sorted by first: of the rest each group holds nearly everything, and counting that costs
        write_statistics=list(tabel.sleutel[:2]),
        # by the schema of Arrow a reader would make of codes something else than text
        store_schema=False,
    ) as file:
        for group in rows:
            file.write_batch(group)
        file.add_key_value_metadata(dict(origin))
