"""Captured answers of CBS, served again: the figures are CBS's own, and only what was captured is there.

v4: a folder a table with the answers as they came (`properties.json`, `dimensions.json`, `measure-codes.json`,
`codes-<Dimension>.json`, `observations-page-<n>.json`, and `measure-groups.json` and `groups-<Dimension>.json` where
there are groups). v3: the answers by their own names (`TableInfos.json`, `DataProperties.json`, `<Dimension>.json`,
`UntypedDataSet-page-<n>.json`); or `cbs.v3.<table>_<name>.parquet` of TypedDataSet, DataProperties and the code list,
with `cbs.v3.<table>_Metadata.json`, from which the answers are built. A list of more pages goes on in `<name>-2.json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from assets.bron.momentopname import Rij
from assets.bron.voorbeeld.kolommen import Getalkolom, Kolom, Kolommen, Tekstkolom, from_records
from assets.bron.voorbeeld.tabel import Api, Catalogus, Document, Servertabel
from begrippen.fout import BestandError

# the width of the text of a number in UntypedDataSet; CBS's own differs by topic and was not captured
UNTYPED_WIDTH = 10
# A folder with one of these is that of a captured table.
BESCHRIJVING = ("properties.json", "TableInfos.json")
ZONDER_RIJEN = "deze tabel is opgenomen zonder waarnemingen: alleen de beschrijving en de codelijsten zijn er"


@dataclass(frozen=True)
class Opname:
    """A stock of captured tables; `derden` are those of third parties. `afwezig` says why a table is not served."""

    tabellen: dict[tuple[Api, str], Servertabel]
    catalogi: dict[Api, Document]
    afwezig: dict[str, str] = field(default_factory=dict)
    derden: dict[tuple[Api, str], Servertabel] = field(default_factory=dict)

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        """Give a captured table."""
        return (self.tabellen if catalogus == "cbs" else self.derden).get((api, tabel))

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        """Give the captured catalogue, with the captured tables that it does not name."""
        if catalogus == "derden":
            return [_row_of(t) for (a, _), t in self.derden.items() if a == api]
        return self.catalogi.get(api, [])


def _load(path: Path) -> Rij:
    try:
        content: Rij = json.loads(path.read_text(encoding="utf-8"))
        return content
    except (OSError, json.JSONDecodeError) as error:
        raise BestandError(f"{path} is niet te lezen als een opgenomen antwoord van CBS: {error}") from None


def _list(folder: Path, name: str) -> list[Rij]:
    """Read a captured list, whole. Raises BestandError when a file of it is not there or holds no list."""
    files = [folder / f"{name}.json", *sorted(folder.glob(f"{name}-[0-9]*.json"), key=_page_number)]
    rows: list[Rij] = []
    for path in files:
        page = _load(path).get("value")
        if not isinstance(page, list) or not all(isinstance(row, dict) for row in page):
            raise BestandError(f"{path} is niet te lezen als een opgenomen antwoord van CBS: er staat geen lijst in")
        rows += page
    return rows


def _page_number(path: Path) -> int:
    return int(re.sub(r"\D", "", path.stem.rpartition("-")[2]) or 0)


def _pages(folder: Path, name: str) -> list[Path]:
    return sorted(folder.glob(f"{name}-page-*.json"), key=_page_number)


def _read_v4(folder: Path) -> Servertabel | None:
    pages = _pages(folder, "observations")
    if not pages:
        return None
    properties = {k: v for k, v in _load(folder / "properties.json").items() if not k.startswith("@odata")}
    documenten: dict[str, Document] = {
        "MeasureCodes": _list(folder, "measure-codes"),
        "Dimensions": _list(folder, "dimensions"),
    }
    # groups that were not captured are not found here: an empty list would say that there are none
    if (folder / "measure-groups.json").is_file():
        documenten["MeasureGroups"] = _list(folder, "measure-groups")
    for dimension in documenten["Dimensions"]:
        name = str(dimension["Identifier"])
        documenten[f"{name}Codes"] = _list(folder, f"codes-{name}")
        if (folder / f"groups-{name}.json").is_file():
            documenten[f"{name}Groups"] = _list(folder, f"groups-{name}")

    @cache
    def rows(_: str) -> Kolommen:
        return from_records([row for page in pages for row in _load(page)["value"]])

    return Servertabel(properties["Identifier"], "v4", properties, documenten, rows)


def _read_v3_answers(folder: Path) -> Servertabel | None:
    pages = _pages(folder, "UntypedDataSet")
    if not pages:
        return None
    (properties, *_) = _list(folder, "TableInfos") or [{}]
    documenten: dict[str, Document] = {"DataProperties": _list(folder, "DataProperties")}
    for name in ("CategoryGroups", *(str(p["Key"]) for p in documenten["DataProperties"] if "Key" in p)):
        if name and (folder / f"{name}.json").is_file():
            documenten[name] = _list(folder, name)
    numbers = {str(p.get("Key")) for p in documenten["DataProperties"] if p.get("Datatype") not in (None, "String")}

    @cache
    def rows(data: str) -> Kolommen:
        records = [row for page in pages for row in _load(page)["value"]]
        if data == "TypedDataSet":
            records = [{k: _number(v) if k in numbers else v for k, v in row.items()} for row in records]
        return from_records(records)

    return Servertabel(folder.name, "v3", properties, documenten, rows)


def _number(text: object) -> float | None:
    try:
        return float(str(text))
    except ValueError:
        return None


def _without_missing(row: Mapping[Any, object]) -> dict[str, object]:
    return {str(k): v for k, v in row.items() if not (v is None or (isinstance(v, float) and math.isnan(v)))}


def _read_v3(folder: Path) -> Servertabel | None:
    name = folder.name
    parts = {p.stem.removeprefix(f"cbs.v3.{name}_"): p for p in folder.glob(f"cbs.v3.{name}_*")}
    if "TypedDataSet" not in parts:
        return None
    typed = pd.read_parquet(parts["TypedDataSet"])
    properties = []
    for row in pd.read_parquet(parts["DataProperties"]).to_dict("records"):
        kept = _without_missing(row)
        # Parquet made whole numbers with gaps into floats
        record = {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in kept.items()}
        properties.append({"odata.type": record.pop("odata_type")} | record)
    types = {str(r["Key"]): str(r.get("Datatype")) for r in properties if r.get("Key")}
    lists = {
        n: [_without_missing(r) for r in pd.read_parquet(p).to_dict("records")]
        for n, p in parts.items()
        if p.suffix == ".parquet" and n not in ("TypedDataSet", "DataProperties")
    }
    width = {n: int(typed[n].str.len().max()) for n in lists}
    documenten: dict[str, Document] = {"DataProperties": properties, "CategoryGroups": []}
    for n, records in lists.items():
        documenten[n] = [r | {"Key": str(r["Key"]).ljust(width[n])} for r in records]

    @cache
    def rows(data: str) -> Kolommen:
        kolommen: dict[str, Kolom] = {}
        for column in map(str, typed):
            values = typed[column]
            if not pd.api.types.is_numeric_dtype(values):
                kolommen[column] = Tekstkolom.of([None if pd.isna(v) else str(v) for v in values])
            elif data == "TypedDataSet" or column == "ID":
                whole = column == "ID" or types[column] in ("Long", "Integer")
                kolommen[column] = Getalkolom(values.to_numpy(np.float64), geheel=whole)
            else:
                texts = ("." if pd.isna(v) else str(v if types[column] == "Double" else int(v)) for v in values)
                kolommen[column] = Tekstkolom.of([t.rjust(UNTYPED_WIDTH) for t in texts])
        return kolommen

    return Servertabel(name, "v3", _load(parts["Metadata"]), documenten, rows)


def _row_of(tabel: Servertabel) -> dict[str, object]:
    """The catalogue's row of a table that the captured catalogue does not name."""
    if tabel.api == "v3":
        return dict(tabel.eigenschappen)
    names = ("Identifier", "Title", "Description", "Language", "Modified", "Status", "DatasetType")
    return {n: tabel.eigenschappen.get(n) for n in names}


def _read_tabel(place: Path) -> Servertabel | None:
    """Read a captured table; None when it has no rows. Raises BestandError."""
    try:
        if (place / "properties.json").is_file():
            return _read_v4(place)
        return _read_v3_answers(place) if (place / "TableInfos.json").is_file() else _read_v3(place)
    except (KeyError, AttributeError, TypeError, ValueError, OSError, RecursionError) as error:
        raise BestandError(f"{place} is niet te lezen als opgenomen tabel: {type(error).__name__} {error}") from None


def read_opname(folder: Path) -> Opname:
    """Read the captured answers in `folder`, or in its folders `cbs_v3`, `cbs_v4` and `derden`.

    A table that cannot be read is one of `afwezig`. Raises BestandError when there is no captured table at all.
    """
    opname = Opname({}, {})
    for root in (folder, folder / "cbs_v3", folder / "cbs_v4", folder / "derden"):
        served = opname.derden if root.name == "derden" else opname.tabellen
        for place in sorted(p for p in root.glob("*") if p.is_dir()):
            if not any(place.glob("cbs.v3.*")) and not any((place / n).is_file() for n in BESCHRIJVING):
                continue
            try:
                tabel = _read_tabel(place)
            except BestandError as error:
                opname.afwezig[place.name] = str(error)
                continue
            if tabel is None:
                opname.afwezig[place.name] = ZONDER_RIJEN
            else:
                served[tabel.api, tabel.id] = tabel
        if (root / "_catalog.json").is_file():
            opname.catalogi["v4"] = _load(root / "_catalog.json")["value"]
    if not opname.tabellen and not opname.derden:
        raise BestandError(
            f"In {folder} staat geen enkele opgenomen tabel. Verwacht: per tabel een map met properties.json en "
            "observations-page-1.json (v4), of met TableInfos.json en UntypedDataSet-page-1.json (v3)."
            + "".join(f"\n{naam}: {waarom}" for naam, waarom in opname.afwezig.items())
        )
    apis: tuple[Api, ...] = ("v3", "v4")
    for api in apis:
        known = {r.get("Identifier") for r in opname.catalogi.get(api, [])}
        extra = [_row_of(t) for (a, i), t in opname.tabellen.items() if a == api and i not in known]
        opname.catalogi[api] = [*opname.catalogi.get(api, []), *extra]
    return opname
