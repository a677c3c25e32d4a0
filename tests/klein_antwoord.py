"""One small captured table, for runs of the whole chain that take seconds."""

import json
from datetime import date
from pathlib import Path

from begrippen.regio import read_regios
from tests.gebieden import leden_op

PROVINCIE = "PV22"
TABEL = "83625NED"
JAREN = ("2022JJ00", "2023JJ00", "2024JJ00", "2025JJ00")


def _write(folder: Path, name: str, content: object) -> None:
    (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")


def capture(folder: Path, modified: str, unit: str = "euro", **prices: float) -> None:
    """Write one captured table: the mean house price of the country, the province and its municipalities."""
    names = read_regios().set_index("code")["naam"]
    regios = ["NL01", PROVINCIE, *(r for r in leden_op(PROVINCIE, date(2026, 1, 1)) if r.startswith("GM"))]
    table = folder / TABEL
    table.mkdir(parents=True, exist_ok=True)
    _write(
        table,
        "properties",
        {
            "Identifier": TABEL,
            "Title": "Bestaande koopwoningen; gemiddelde verkoopprijzen, regio",
            "Modified": modified,
            "Version": modified,
            "Status": "Regulier",
            "License": "https://creativecommons.org/licenses/by/4.0/",
        },
    )
    dimension = {"Description": "", "ContainsGroups": False, "ContainsCodes": True}
    _write(
        table,
        "dimensions",
        {
            "value": [
                {"Identifier": "RegioS", "Title": "Regio's", "Kind": "GeoDimension", **dimension},
                {"Identifier": "Perioden", "Title": "Perioden", "Kind": "TimeDimension", **dimension},
            ]
        },
    )
    measure = {"Identifier": "M001534", "Index": 1, "Title": "Gemiddelde verkoopprijs", "Unit": unit, "Decimals": 0}
    _write(table, "measure-codes", {"value": [measure | {"DataType": "Long", "MeasureGroupId": None}]})
    code = {"Description": "", "DimensionGroupId": None}
    _write(
        table,
        "codes-RegioS",
        {"value": [{"Identifier": r, "Index": i, "Title": names[r], **code} for i, r in enumerate(regios)]},
    )
    periods = [
        {"Identifier": p, "Index": i, "Title": p[:4], "Status": "Definitief", **code} for i, p in enumerate(JAREN)
    ]
    _write(table, "codes-Perioden", {"value": periods})
    cells = [(r, p) for r in regios for p in JAREN]
    rows = [
        {
            "Id": i,
            "Measure": "M001534",
            "ValueAttribute": "None",
            "Value": prices.get(r, 300_000 + 1_000 * int(p[:4]) - 1_900_000) if p == JAREN[-1] else 300_000,
            "StringValue": None,
            "RegioS": r,
            "Perioden": p,
        }
        for i, (r, p) in enumerate(cells)
    ]
    _write(table, "observations-page-1", {"value": rows})
    _write(table, "index", {"tableId": TABEL, "observationRows": len(rows)})
