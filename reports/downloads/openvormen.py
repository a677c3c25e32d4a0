"""The figures of an indicator in the forms of statistical offices: JSON-stat 2.0, SDMX-CSV, and CSVW beside the CSV.

All are made of the rows of the layout `CIJFER`, so that no form can say something else. What is missing is null, or an
empty field, with its reason as status; never 0.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from begrippen.lijsten import LeegReden
from reports.downloads.csvbestand import PUNTKOMMA
from reports.downloads.gegevens import CIJFER, Rij, Veld, namen

PLEK = {naam: n for n, naam in enumerate(namen(CIJFER))}
# Status -> the code of SDMX (CL_OBS_STATUS): normal or provisional.
SDMX_STATUS = {"definitief": "A", "onbekend": "A", "voorlopig": "P", "nader_voorlopig": "P"}
# Reason -> the same: M can not exist, L exists but was not collected, Q is suppressed, O is missing in any other way.
SDMX_LEEG: dict[LeegReden, str] = {
    "niet_van_toepassing": "M",
    "niet_in_selectie": "L",
    "niet_gepubliceerd": "O",
    "apart_gezet": "O",
    "onbekend": "O",
    "onderdrukt": "Q",
    "geheim": "Q",
}
CSVW_SOORT: dict[str, Any] = {
    "tekst": "string",
    "getal": {"base": "double", "format": {"decimalChar": ","}},
    "geheel": "integer",
}


def _json(inhoud: Any) -> bytes:
    return (json.dumps(inhoud, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n").encode()


def _unique(rijen: Sequence[Rij], veld: str) -> list[str]:
    return list(dict.fromkeys(str(r[PLEK[veld]]) for r in rijen))


def make_jsonstat(rijen: Sequence[Rij], titel: str, bron: str, gemaakt: str) -> bytes:
    """The figures of one indicator as a JSON-stat dataset: region by period, with the status of each cell.

    `gemaakt`: the day of the figures (2026-11-22). A status is that of the figure, or the reason why there is none.
    """
    regios, perioden = _unique(rijen, "regiocode"), sorted(_unique(rijen, "periode"))
    cellen = {(str(r[PLEK["regiocode"]]), str(r[PLEK["periode"]])): r for r in rijen}
    rooster = [cellen.get((regio, periode)) for regio in regios for periode in perioden]
    return _json(
        {
            "version": "2.0",
            "class": "dataset",
            "label": titel,
            "source": bron,
            "updated": gemaakt,
            "id": ["regio", "periode"],
            "size": [len(regios), len(perioden)],
            "role": {"geo": ["regio"], "time": ["periode"]},
            "dimension": {
                "regio": _dimensie("Regio", regios, rijen, "regiocode", "regio"),
                "periode": _dimensie("Periode", perioden, rijen, "periode", "periode_naam"),
            },
            "value": [r[PLEK["waarde"]] if r else None for r in rooster],
            "status": [
                "niet_gepubliceerd" if r is None else r[PLEK["leeg_reden"]] or r[PLEK["status"]] for r in rooster
            ],
            "extension": {"eenheid": rijen[0][PLEK["eenheid"]], "indicator": rijen[0][PLEK["indicator"]]},
        }
    )


def _dimensie(label: str, codes: Sequence[str], rijen: Sequence[Rij], code: str, naam: str) -> dict[str, Any]:
    labels = {str(r[PLEK[code]]): r[PLEK[naam]] for r in rijen}
    return {"label": label, "category": {"index": list(codes), "label": {c: labels[c] for c in codes}}}


def _sdmx_periode(code: str) -> str:
    """A period of CBS as SDMX writes it: 2025, 2025-Q1, 2025-01, 2025-S1; a school year by its first year."""
    jaar, soort, deel = code[:4], code[4:6], code[6:]
    match soort:
        case "KW":
            return f"{jaar}-Q{int(deel)}"
        case "MM":
            return f"{jaar}-{deel}"
        case "HJ":
            return f"{jaar}-S{int(deel)}"
    return jaar


def _leeg(reden: str) -> LeegReden:
    """The reason by its code; a missing reason counts as unknown, as in the report."""
    return next((r for r in SDMX_LEEG if r == reden), "onbekend")


FREQ = {"KW": "Q", "MM": "M", "HJ": "S"}


def make_sdmxcsv(rijen: Sequence[Rij], structuur: str) -> bytes:
    """The figures as SDMX-CSV 2.0: a row a figure, of the dataflow `structuur` ('AGENCY:ID(1.0)')."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        [
            *("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE"),
            *("OBS_STATUS", "UNIT_MEASURE", "COMMENT_OBS"),
        ]
    )
    for r in rijen:
        periode, waarde = str(r[PLEK["periode"]]), r[PLEK["waarde"]]
        reden, status = str(r[PLEK["leeg_reden"]]), str(r[PLEK["status"]])
        writer.writerow(
            [
                *("dataflow", structuur, "I", FREQ.get(periode[4:6], "A"), r[PLEK["indicator"]]),
                *(r[PLEK["regiocode"]], _sdmx_periode(periode), "" if waarde is None else repr(waarde)),
                SDMX_STATUS[status] if waarde is not None else SDMX_LEEG[_leeg(reden)],
                *(r[PLEK["eenheid"]], reden or r[PLEK["opmerking"]]),
            ]
        )
    return text.getvalue().encode()


def make_csvw(pad: str, titel: str, velden: Sequence[Veld]) -> bytes:
    """What stands in a CSV, by the W3C's way of saying it (CSV on the Web). `pad`: its name beside this file."""
    return _json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
            "url": pad,
            "dc:title": titel,
            "dialect": {"delimiter": PUNTKOMMA, "encoding": "utf-8", "header": True},
            "tableSchema": {
                "columns": [
                    {"name": v.naam, "titles": v.naam, "dc:description": v.uitleg, "datatype": CSVW_SOORT[v.soort]}
                    for v in velden
                ]
            },
        }
    )
