"""Rows as columns: what the server filters, pages and writes.

A table of half a million cells is filtered and written per page within milliseconds only when each column is an array;
text is kept once per distinct value, because a dimension has few codes and many cells.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Index = npt.NDArray[np.int64]
Masker = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Tekstkolom:
    """Text: `teksten[index[i]]` is the text of row i; a text of None is null."""

    index: npt.NDArray[np.int32]
    teksten: tuple[str | None, ...]

    @classmethod
    def of(cls, values: Sequence[str | None]) -> Tekstkolom:
        """Encode one text a row."""
        places: dict[str | None, int] = {}
        index = np.fromiter((places.setdefault(v, len(places)) for v in values), dtype=np.int32, count=len(values))
        return cls(index, tuple(places))

    def __len__(self) -> int:
        return len(self.index)

    def take(self, rows: Index) -> Tekstkolom:
        """Give the rows asked for, in that order."""
        return Tekstkolom(self.index[rows], self.teksten)

    def fragments(self, rows: Index) -> list[str]:
        """Write the rows asked for as JSON."""
        texts = np.array([json.dumps(t, ensure_ascii=False) for t in self.teksten], dtype=object)
        return [] if len(rows) == 0 else texts[self.index[rows]].tolist()


@dataclass(frozen=True)
class Getalkolom:
    """Numbers; NaN is null. `geheel` writes whole numbers without a decimal point, as v4 does in every column."""

    waarden: npt.NDArray[np.float64]
    geheel: bool = False

    def __len__(self) -> int:
        return len(self.waarden)

    def take(self, rows: Index) -> Getalkolom:
        """Give the rows asked for, in that order."""
        return Getalkolom(self.waarden[rows], self.geheel)

    def fragments(self, rows: Index) -> list[str]:
        """Write the rows asked for as JSON."""
        values = self.waarden[rows]
        empty = np.isnan(values)
        numbers = np.where(empty, 0, values)
        if not self.geheel:
            texts = list(map(str, numbers.tolist()))
        elif (whole := numbers.astype(np.int64)).size and np.array_equal(whole, numbers):
            texts = list(map(str, whole.tolist()))
        else:
            texts = [str(int(v)) if v.is_integer() else str(v) for v in numbers.tolist()]
        for place in np.flatnonzero(empty):
            texts[place] = "null"
        return texts


@dataclass(frozen=True)
class Vastekolom:
    """JSON as it is, a fragment a row: for a document's own columns, and for what a fault puts in a number's place."""

    stukken: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.stukken)

    def take(self, rows: Index) -> Vastekolom:
        """Give the rows asked for, in that order."""
        return Vastekolom(tuple(self.stukken[i] for i in rows))

    def fragments(self, rows: Index) -> list[str]:
        """Write the rows asked for as JSON."""
        return [self.stukken[i] for i in rows]


Kolom = Tekstkolom | Getalkolom | Vastekolom
Kolommen = Mapping[str, Kolom]


def count_rows(kolommen: Kolommen) -> int:
    """Give the number of rows; columns are of equal length."""
    return len(next(iter(kolommen.values()))) if kolommen else 0


def write_rows(kolommen: Kolommen, rows: Index, names: Sequence[str]) -> str:
    """Write the rows asked for as a JSON array of objects with the columns `names`."""
    if len(rows) == 0:
        return "[]"
    template = ",".join(f"{json.dumps(n).replace('%', '%%')}:%s" for n in names)
    parts = zip(*(kolommen[n].fragments(rows) for n in names), strict=True)
    return "[" + ",".join(["{" + template % part + "}" for part in parts]) + "]"


def from_records(records: Sequence[Mapping[str, object]]) -> dict[str, Kolom]:
    """Lay a metadata document out as columns, so that it is filtered and selected as rows are."""
    names = list(dict.fromkeys(name for record in records for name in record))
    kolommen: dict[str, Kolom] = {}
    for name in names:
        values = [record.get(name) for record in records]
        if all(v is None or isinstance(v, str) for v in values):
            kolommen[name] = Tekstkolom.of([v if isinstance(v, str) else None for v in values])
        elif all(v is None or (isinstance(v, int | float) and not isinstance(v, bool)) for v in values):
            numbers = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
            kolommen[name] = Getalkolom(numbers, geheel=True)
        else:
            kolommen[name] = Vastekolom(tuple(json.dumps(v, ensure_ascii=False) for v in values))
    return kolommen
