"""Read a workbook or an SPSS file as records of the register; a cell becomes the text that a CSV would have."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.bron.vellen.getal import shows_other
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import Vak, Vel, VelError, kolomletter
from assets.register.fout import LeesError
from assets.register.gelezen import Gelezen, count_unknown, find_columns
from assets.register.indeling import Veld, read_velden


def _text(cell: Any, veld: Veld | None) -> str:
    """Give a cell as the text that a CSV would have; a number gets back the zeros that a sheet does not keep."""
    if cell is None or cell is True or cell is False or (isinstance(cell, float) and math.isnan(cell)):
        return "" if cell is None or isinstance(cell, float) else str(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, int | float):
        whole = str(int(cell)) if float(cell).is_integer() else str(cell)
        return whole.zfill(veld.breedte) if veld and veld.breedte and cell >= 0 else whole
    return str(cell)


def _sheet_text(vak: Vak, veld: Veld | None) -> str:
    """Give a cell of a sheet as `_text` does."""
    if vak.soort == "getal" and vak.getal is not None:
        return _text(vak.getal, veld)
    if vak.soort == "datum" and vak.datum is not None:
        return vak.datum.isoformat()
    return vak.tekst


def _from_rows(vorm: str, names: Sequence[str], rows: Iterable[tuple[int, Sequence[str], bool]], where: str) -> Gelezen:
    """Turn rows into records: the number of each line, its texts, and whether it holds more than the header has.

    A line that is not among them is blank.
    """
    columns = find_columns(names, where)
    texts: list[list[str]] = [[] for _ in columns]
    places = list(columns.values())
    numbers, none = [], []
    raw: dict[int, str] = {}
    last = 1
    for line, given, more in rows:
        none += [(n, "lege_regel") for n in range(last + 1, line)]
        last = line
        cells = [*given, *[""] * (len(names) - len(given))]
        raw[line] = ";".join(cells)
        if more:
            none.append((line, "te_veel_velden"))
        elif any(not c.isprintable() for c in cells):
            none.append((line, "teken"))
        else:
            numbers.append(line)
            for column, place in zip(texts, places, strict=True):
                column.append(cells[place])
    table = pa.table({name: pa.array(text, pa.string()) for name, text in zip(columns, texts, strict=True)})
    return Gelezen(
        vorm,
        table.append_column("regel", pa.array(numbers, pa.int32())),
        lambda wanted: [raw.get(n, "") for n in wanted],
        none,
        onbekende_kolommen=count_unknown(names),
    )


def _one_vel(path: Path) -> Vel:
    """Give the one visible sheet of a workbook. Raises LeesError, which names no sheet: a name can be of a record."""
    try:
        filled = [v for v in read_vellen(path) if v.regels and not v.verborgen]
    except VelError as error:
        raise LeesError(str(error)) from None
    if len(filled) != 1:
        raise LeesError(f"{path.name}: er staan {len(filled)} bladen in; laat alleen het blad met records staan")
    vel = filled[0]
    if vel.verborgen_rijen:
        raise LeesError(
            f"{path.name}, regel {min(vel.verborgen_rijen)}: {len(vel.verborgen_rijen)} regels zijn verborgen of "
            "weggefilterd; maak ze zichtbaar of haal ze weg"
        )
    if vel.samengevoegd:
        raise LeesError(f"{path.name}: de cellen {vel.samengevoegd[0]} zijn samengevoegd; maak ze los en vul elke cel")
    return vel


def _check_cells(vel: Vel, used: Iterable[int]) -> None:
    """Check that every cell that is used is what it shows. Raises LeesError naming the line."""
    places = tuple(used)
    for regel in vel.regels[1:]:
        for place in places:
            vak = regel.vak(place)
            where = f"{vel.bestand}, regel {regel.nummer}, kolom {kolomletter(place)}"
            if vak.soort == "formule":
                raise LeesError(f"{where}: een formule zonder uitkomst; laat het bestand rekenen en bewaar het")
            if vak.opmaak and vak.soort == "getal" and shows_other(vak.opmaak):
                raise LeesError(f"{where}: een opmaak die iets anders toont dan er staat; zet de kolom op Getal")


def read_sheet(path: Path, vorm: str) -> Gelezen:
    """Read the one visible sheet of a workbook. Raises LeesError naming the line of what is not what it shows."""
    vel = _one_vel(path)
    header = [v.tekst for v in vel.regels[0].vakken]
    if vel.regels[0].nummer != 1:
        raise LeesError(f"{path.name}: de eerste regel is leeg; zet de kolomnamen op de eerste regel")
    _check_cells(vel, find_columns(header, path.name).values())
    velden = read_velden()
    fields = [velden.get(name.strip().lower()) for name in header]
    rows = (
        (r.nummer, [_sheet_text(v, f) for v, f in zip(r.vakken, fields, strict=False)], len(r.vakken) > len(header))
        for r in vel.regels[1:]
    )
    return _from_rows(vorm, header, rows, path.name)


def read_sav(path: Path) -> Gelezen:
    """Read an SPSS file; what it marks as missing is blank. Raises LeesError."""
    import pyreadstat

    try:
        columns, _ = pyreadstat.read_sav(str(path), output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, UnicodeDecodeError, OverflowError):
        raise LeesError(f"{path.name}: dit is geen leesbaar SPSS-bestand; bewaar het opnieuw als .sav") from None
    velden = read_velden()
    fields = [velden.get(name.strip().lower()) for name in columns]
    given = (
        (line, [_text(c, f) for c, f in zip(row, fields, strict=True)])
        for line, row in enumerate(zip(*columns.values(), strict=True), start=2)
    )
    return _from_rows("sav", list(columns), ((n, texts, False) for n, texts in given if any(texts)), path.name)
