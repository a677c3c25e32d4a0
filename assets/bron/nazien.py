"""Looking through a page row by row: which cell does not fit what was asked for. Slow, and only used on suspicion."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from pathlib import Path

from assets.bron.leesvraag import Leesvraag
from begrippen.redenen import Reden

# What stands in the place of a number in v3 for a cell without one.
BLANK = ("", ".")
# What v3 writes for a number; of v4 it is a number of JSON.
_TEXT_OF_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


def has_columns(page: Path, wanted: Iterable[str]) -> bool:
    """Whether the first row of a page, if any, has these columns. DuckDB reads a missing one as NULL."""
    with page.open("rb") as file:
        head = file.read(1 << 16).decode("utf-8", errors="ignore").lstrip().removeprefix("[").lstrip()
    if head.startswith("]"):
        return True
    try:
        row, _ = json.JSONDecoder().raw_decode(head)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and row.keys() >= set(wanted)


def _is_number(value: object, long: bool) -> bool:
    if isinstance(value, str) and not long:
        return _TEXT_OF_NUMBER.fullmatch(value.strip()) is not None and math.isfinite(float(value))
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # a whole number beyond the reach of a float
        return False


def _shown(value: object) -> str:
    return value.strip() if isinstance(value, str) else json.dumps(value)[:200]


def find_fault(page: Path, vraag: Leesvraag) -> Reden | None:
    """Say what in a page does not fit what was asked for; None when all does."""
    long, name = vraag.api == "v4", f"{page.name}.gz"
    try:
        rows = json.loads(page.read_bytes())
    except (ValueError, RecursionError):
        return Reden("pagina_stuk", {"pagina": name})
    wanted = {*vraag.rollen.alle, *(("Measure", "Value", "ValueAttribute") if long else vraag.onderwerpen)}
    for row in rows:
        if not isinstance(row, dict):
            return Reden("pagina_geen_rijen", {"pagina": name})
        if missing := wanted - set(row):
            lacks = {"pagina": name, "kolommen": tuple(sorted(missing)), "gevonden": tuple(sorted(row))}
            return Reden("pagina_kolom", lacks)
        for dim in vraag.rollen.alle:
            code = row[dim]
            if not isinstance(code, str) or code.strip() not in vraag.codes[dim]:
                shown = "" if code is None else _shown(code)
                return Reden("pagina_code", {"pagina": name, "dimensie": dim, "code": shown})
        if long and (not isinstance(row["Measure"], str) or row["Measure"] not in vraag.onderwerpen):
            return Reden("pagina_onderwerp", {"pagina": name, "onderwerp": _shown(row["Measure"])})
        for topic in [row["Measure"]] if long else vraag.onderwerpen:
            value = row["Value" if long else topic]
            cell = ", ".join((topic, *(row[d].strip() for d in vraag.rollen.alle)))
            if value is None:
                # Of a number that is not there v4 says why.
                if long and row["ValueAttribute"] in (None, "None"):
                    return Reden("pagina_leeg", {"pagina": name, "cel": cell})
                continue
            if not long and isinstance(value, str) and value.strip() in BLANK:
                continue
            if not _is_number(value, long):
                return Reden("pagina_getal", {"pagina": name, "tekst": _shown(value), "cel": cell})
    return None
