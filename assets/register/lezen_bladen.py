"""Read a workbook or an SPSS file as records of the register; a cell becomes the text that a CSV would have."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.bron.vellen.getal import shows_other
from assets.bron.vellen.grens import REGISTER
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import Vak, Vel, VelError, kolomletter
from assets.bron.vellen.xlsx import number_text
from assets.register.fout import LeesError
from assets.register.gelezen import Gelezen, count_unknown, find_columns


def _text(cell: Any) -> str:
    """Give a cell of SPSS as the text that a CSV would have."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return number_text(float(cell)) if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)


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


def _sheet_text(vak: Vak) -> str:
    """Give a cell of a sheet as the text that a CSV would have; of a date the day, whatever the hour."""
    return vak.datum.isoformat() if vak.datum is not None else vak.tekst


def _one_vel(path: Path) -> Vel:
    """Give the one visible sheet of a workbook. Raises LeesError."""
    try:
        filled = [v for v in read_vellen(path, grens=REGISTER) if v.regels and not v.verborgen]
    except VelError as error:
        raise LeesError(str(error)) from None
    if len(filled) != 1:
        raise LeesError(
            f"{path.name}: er staan {len(filled)} zichtbare bladen met iets erop in; laat alleen dat met records staan"
        )
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
            wrong = ""
            if vak.soort == "formule":
                wrong = "een formule zonder uitkomst; laat het bestand rekenen en bewaar het"
            elif vak.soort == "getal" and vak.opmaak and shows_other(vak.opmaak):
                wrong = "een opmaak die iets anders toont dan er staat; zet de kolom op Getal"
            if wrong:
                raise LeesError(f"{vel.bestand}, regel {regel.nummer}, kolom {kolomletter(place)}: {wrong}")


def read_sheet(path: Path, vorm: str) -> Gelezen:
    """Read the one visible sheet of a workbook. Raises LeesError naming the line of what is not what it shows."""
    vel = _one_vel(path)
    header = [v.tekst for v in vel.regels[0].vakken]
    if vel.regels[0].nummer != 1:
        raise LeesError(f"{path.name}: de eerste regel is leeg; zet de kolomnamen op de eerste regel")
    _check_cells(vel, find_columns(header, path.name).values())
    wide = len(header)
    rows = ((r.nummer, [_sheet_text(v) for v in r.vakken[:wide]], len(r.vakken) > wide) for r in vel.regels[1:])
    return _from_rows(vorm, header, rows, path.name)


def read_sav(path: Path) -> Gelezen:
    """Read an SPSS file; what it marks as missing is blank. Raises LeesError."""
    import pyreadstat

    try:
        size = path.stat().st_size
        REGISTER.check_file(path.name, size)
        # a small file can hold a great many cells, or very wide ones: what its head says is looked at first, and since
        # that need not be so, no more is read than may be in it
        _, head = pyreadstat.read_sav(str(path), metadataonly=True)
        widths = head.variable_storage_width.values()
        most = REGISTER.count_rows(size, len(widths), sum(widths))
        REGISTER.check_row(path.name, 0, len(widths))
        columns, _ = pyreadstat.read_sav(str(path), output_format="dict", row_limit=most + 1)
        if any(len(cells) > most for cells in columns.values()):
            room = f"{sum(widths)} tekens in {size // 1000} kB"
            raise VelError(f"{path.name}: meer dan {most} regels van {room}; dat is geen levering")
    except VelError as error:
        raise LeesError(str(error)) from None
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, UnicodeDecodeError, OverflowError):
        raise LeesError(f"{path.name}: dit is geen leesbaar SPSS-bestand; bewaar het opnieuw als .sav") from None
    if not all(isinstance(name, str) for name in columns):
        # the library gives no name for one that is no text
        raise LeesError(f"{path.name}: een kolom heeft geen leesbare naam; bewaar het opnieuw als .sav")
    rows = enumerate(zip(*columns.values(), strict=True), start=2)
    given = ((line, [_text(cell) for cell in row]) for line, row in rows)
    return _from_rows("sav", list(columns), ((n, texts, False) for n, texts in given if any(texts)), path.name)
