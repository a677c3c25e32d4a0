"""The same way in as `begrippen.yamlbestand` for a table of text: a CSV, each row held against a model, all its faults.

The first line names the fields; a semicolon stands between them. An empty cell is not given, and never nought.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from begrippen.veldfout import bedoelt, explain
from begrippen.yamlbestand import read_text

_Rij = TypeVar("_Rij", bound=BaseModel)
# a row with the line where it stands
Regels = tuple[tuple[int, _Rij], ...]
_DUIZEND = re.compile(r"-?\d{1,3}([.,]\d{3})+")


def _geheel(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"-?\d+", value):
        raise ValueError(f"moet een geheel getal zijn zonder punten of komma's, niet {value!r}")
    return value


def _getal(value: object) -> object:
    if isinstance(value, str):
        if _DUIZEND.fullmatch(value):
            raise ValueError(f"{value!r} kan een duizendtal zijn of een breuk; schrijf 1234 of 1.2340")
        if not re.fullmatch(r"-?\d+([.,]\d+)?", value):
            raise ValueError(f"moet een getal zijn, niet {value!r}")
        return value.replace(",", ".")
    return value


def _ja_nee(value: object) -> object:
    if isinstance(value, str) and value not in ("ja", "nee"):
        raise ValueError(f"moet ja of nee zijn, niet {value!r}")
    return value == "ja" if isinstance(value, str) else value


def _lijst(value: object) -> object:
    return tuple(part.strip() for part in value.split("|")) if isinstance(value, str) else value


Geheel = Annotated[int, BeforeValidator(_geheel)]
Getal = Annotated[float, BeforeValidator(_getal)]
JaNee = Annotated[bool, BeforeValidator(_ja_nee)]
Lijst = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_lijst)]


def read_rijen(path: Path, vorm: type[_Rij], faults: list[str], *, geheim: bool = False) -> Regels[_Rij]:
    """Read a CSV with a row a thing; what is wrong is added to `faults`, with `geheim` without what stands there.

    Raises BestandError for what is no text.
    """
    text = read_text(path)
    known = list(vorm.model_fields)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    found: list[tuple[int, _Rij]] = []
    kop: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            here, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if kop is None:
                kop = [cell.strip() for cell in cells]
                if wrong := _check_kop(kop, vorm, known, geheim=geheim):
                    faults += [f"  {path.name}, regel {here}: {what}" for what in wrong]
                    return ()
                continue
            if len(cells) != len(kop):
                what = f"{len(cells)} vakken, en de kop heeft er {len(kop)}; "
                what += (
                    "ook een leeg vak heeft een" if len(cells) < len(kop) else "zet aanhalingstekens om tekst met een"
                )
                faults.append(f"  {path.name}, regel {here}: {what} puntkomma")
                continue
            row = {naam: cell.strip() for naam, cell in zip(kop, cells, strict=True) if cell.strip()}
            try:
                found.append((here, vorm.model_validate(row)))
            except ValidationError as error:
                told = explain(error, vorm, row, lambda _, here=here: here, geheim=geheim)  # type: ignore[misc]
                faults += [f"  {path.name}, {what.strip()}" for what in told]
    except csv.Error:
        faults.append(f"  {path.name}, regel {line}: een aanhalingsteken dat niet wordt gesloten, of midden in een vak")
    if kop is None:
        faults.append(f"  {path.name}: leeg; de eerste regel hoort de namen van de velden te geven, met ; ertussen")
    return tuple(found)


def _check_kop(kop: list[str], vorm: type[BaseModel], known: list[str], *, geheim: bool) -> list[str]:
    if len(kop) == 1 and re.search(r"[,\t]", kop[0]):
        return ["de velden horen gescheiden te zijn door een puntkomma (;)"]
    # the name of a field that is not there may say what nobody else may read
    vreemd = [(n, f"nummer {place}" if geheim else repr(n)) for place, n in enumerate(kop, start=1) if n not in known]
    allowed = f"; toegestaan: {', '.join(known)}"
    wrong = [f"veld {shown} bestaat niet{bedoelt(n, known) or allowed}" for n, shown in vreemd]
    wrong += [f"veld {n} staat er twee keer" for n, times in Counter(kop).items() if times > 1 and n in known]
    wrong += [f"veld {n} ontbreekt" for n, f in vorm.model_fields.items() if f.is_required() and n not in kop]
    return wrong
