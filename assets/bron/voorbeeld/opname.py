"""Captured answers of CBS, served again: the figures are CBS's own, and only what was captured is there.

v4: a folder a table with the answers as they came (`properties.json`, `dimensions.json`, `measure-codes.json`,
`codes-<Dimension>.json`, `observations-page-<n>.json`). v3: a folder a table with `cbs.v3.<table>_<name>.parquet` of
TypedDataSet, DataProperties and the code list, and `cbs.v3.<table>_Metadata.json`; the answers are built from those.
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
ZONDER_RIJEN = "deze tabel is opgenomen zonder waarnemingen: alleen de beschrijving en de codelijsten zijn er"


@dataclass(frozen=True)
class Opname:
    """A stock of captured tables. `afwezig` says of each table that is not served why."""

    tabellen: dict[tuple[Api, str], Servertabel]
    catalogi: dict[Api, Document]
    afwezig: dict[str, str] = field(default_factory=dict)

    def find(self, api: Api, catalogus: Catalogus, tabel: str) -> Servertabel | None:
        """Give a captured table of CBS; nothing was captured of third parties."""
        return self.tabellen.get((api, tabel)) if catalogus == "cbs" else None

    def catalogue(self, api: Api, catalogus: Catalogus) -> Document:
        """Give the captured catalogue, with the captured tables that it does not name."""
        return self.catalogi.get(api, []) if catalogus == "cbs" else []


def _load(path: Path) -> Rij:
    try:
        content: Rij = json.loads(path.read_text(encoding="utf-8"))
        return content
    except (OSError, json.JSONDecodeError) as error:
        raise BestandError(f"{path} is niet te lezen als een opgenomen antwoord van CBS: {error}") from None


def _page_number(path: Path) -> int:
    return int(re.sub(r"\D", "", path.stem.rpartition("-")[2]) or 0)


def _read_v4(folder: Path) -> Servertabel | None:
    pages = sorted(folder.glob("observations-page-*.json"), key=_page_number)
    if not pages:
        return None
    properties = {k: v for k, v in _load(folder / "properties.json").items() if not k.startswith("@odata")}
    # groups were not captured, so they are not found here: an empty list would say that there are none
    documenten: dict[str, Document] = {
        "MeasureCodes": _load(folder / "measure-codes.json")["value"],
        "Dimensions": _load(folder / "dimensions.json")["value"],
    }
    for dimension in documenten["Dimensions"]:
        name = str(dimension["Identifier"])
        documenten[f"{name}Codes"] = _load(folder / f"codes-{name}.json")["value"]

    @cache
    def rows(_: str) -> Kolommen:
        return from_records([row for page in pages for row in _load(page)["value"]])

    return Servertabel(properties["Identifier"], "v4", properties, documenten, rows)


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


def read_opname(folder: Path) -> Opname:
    """Read the captured answers in `folder`, or in its folders `cbs_v3` and `cbs_v4`.

    Raises BestandError when there is no captured table at all, or when a file of one is not what it should be.
    """
    tabellen: dict[tuple[Api, str], Servertabel] = {}
    catalogi: dict[Api, Document] = {}
    afwezig: dict[str, str] = {}
    for root in (folder, folder / "cbs_v3", folder / "cbs_v4"):
        for place in sorted(p for p in root.glob("*") if p.is_dir()):
            if (place / "properties.json").is_file():
                tabel = _read_v4(place)
            elif any(place.glob("cbs.v3.*")):
                tabel = _read_v3(place)
            else:
                continue
            if tabel is None:
                afwezig[place.name] = ZONDER_RIJEN
            else:
                tabellen[tabel.api, tabel.id] = tabel
        if (root / "_catalog.json").is_file():
            catalogi["v4"] = _load(root / "_catalog.json")["value"]
    if not tabellen:
        raise BestandError(
            f"In {folder} staat geen enkele opgenomen tabel. Verwacht: per tabel een map met properties.json en "
            "observations-page-1.json (v4), of met cbs.v3.<tabel>_TypedDataSet.parquet (v3)."
        )
    for api in ("v3", "v4"):
        known = {r.get("Identifier") for r in catalogi.get(api, [])}
        extra = [_row_of(t) for (a, i), t in tabellen.items() if a == api and i not in known]
        catalogi[api] = [*catalogi.get(api, []), *extra]
    return Opname(tabellen, catalogi, afwezig)
