"""Figures as Parquet: the same rows as the CSV, with numbers as numbers and with what they are in the file itself."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from reports.downloads.gegevens import Rij, Veld

SOORTEN = {"tekst": pa.string(), "getal": pa.float64(), "geheel": pa.int64()}


def write(velden: Sequence[Veld], rijen: Sequence[Rij], over: Mapping[str, str]) -> bytes:
    """Columns and rows as the bytes of a file. `over`: what every file says of itself; each column says what it holds.

    The same rows give the same bytes.
    """
    schema = pa.schema(
        [pa.field(v.naam, SOORTEN[v.soort], metadata={"uitleg": v.uitleg}) for v in velden],
        metadata={k: v for k, v in over.items() if v},
    )
    columns = list(zip(*rijen, strict=True)) if rijen else [()] * len(velden)
    arrays = [pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()
