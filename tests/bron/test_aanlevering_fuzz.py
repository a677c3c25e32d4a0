"""Deliveries that programs and people damaged: every cell is read as it was meant, or the file is refused.

A mutation changes how a delivery is written, never which figure is meant. Rows that are cut away whole leave no trace
in a file; those may be missing, and nothing else may differ.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assets.bron.aanlevering_keuren import AanleveringError
from assets.bron.aanlevering_lezen import read_delivery
from assets.bron.bronlijst import read_aanleveringen
from assets.bron.vellen.vel import VelError
from begrippen.regio import known_codes

from .gevallen import KOP

REGIOS = ("NL01", "PV22", "CR07", "GM0106", "GM0109", "GM1680")
WAARDEN = ("4350", "12,5", "-3,25", "0", "8400", "0,875", "1234567", "", "98,5", "1250,75", "100", "-12")
Rijen = list[list[str]]
KOLOM = {naam: place for place, naam in enumerate(KOP)}


def make_rijen(draw: random.Random) -> Rijen:
    """A valid delivery of 24 cells: header and rows as text."""
    indicator = sorted(read_aanleveringen()["sjabloon"].onderwerpen)[0]
    rows = [list(KOP)]
    for regio in REGIOS:
        for jaar in (2022, 2023, 2024, 2025):
            waarde = draw.choice(WAARDEN)
            status = draw.choice(("definitief", "voorlopig"))
            rows.append([indicator, regio, str(jaar), waarde, status, "toets", "2026-01-01"])
    return rows


def some(draw: random.Random, rows: Rijen, column: str, change: Callable[[str], str]) -> Rijen:
    """Change a column in one to all rows."""
    places = set(draw.sample(range(1, len(rows)), draw.randint(1, len(rows) - 1)))
    k = KOLOM[column]
    return [[change(v) if n == k and i in places else v for n, v in enumerate(row)] for i, row in enumerate(rows)]


def thousands(mark: str) -> Callable[[str], str]:
    def change(value: str) -> str:
        whole, comma, rest = value.partition(",")
        if not whole.lstrip("-").isdigit():
            return value
        return f"{int(whole):,}".replace(",", mark) + comma + rest

    return change


def scientific(value: str) -> str:
    found = number(value)
    return f"{found:.3E}".replace(".", ",") if isinstance(found, float) else value


def insert(draw: random.Random, rows: Rijen, line: list[str]) -> Rijen:
    place = draw.choice((0, len(rows)))
    return [*rows[:place], line, *rows[place:]]


def move(draw: random.Random, rows: Rijen) -> Rijen:
    order = draw.sample(range(len(KOP)), len(KOP))
    return [[row[k] for k in order] for row in rows]


def shift(draw: random.Random, rows: Rijen) -> Rijen:
    place = draw.randrange(1, len(rows))
    row = rows[place]
    shifted = draw.choice(([*row[1:], row[0]], ["", *row[:-1]], ["", *row], row[1:]))
    return [*rows[:place], shifted, *rows[place + 1 :]]


def double(draw: random.Random, rows: Rijen) -> Rijen:
    k = draw.randrange(len(KOP))
    return [[*row, row[k]] for row in rows]


def swap_heads(draw: random.Random, rows: Rijen) -> Rijen:
    a, b = draw.sample([KOLOM[n] for n in ("indicator", "regiocode", "periode", "waarde", "status", "peildatum")], 2)
    head = list(rows[0])
    head[a], head[b] = head[b], head[a]
    return [head, *rows[1:]]


def drop(draw: random.Random, rows: Rijen) -> Rijen:
    k = draw.randrange(len(KOP))
    return [[v for n, v in enumerate(row) if n != k] for row in rows]


# name -> what happens to the table
TABEL: dict[str, Callable[[random.Random, Rijen], Rijen]] = {
    "niets": lambda draw, rows: rows,
    "kolommen verplaatst": move,
    "rij verschoven": shift,
    "kolom dubbel": double,
    "kolom weg": drop,
    "koppen verwisseld": swap_heads,
    "rijen gehusseld": lambda draw, rows: [rows[0], *draw.sample(rows[1:], len(rows) - 1)],
    "rijen weg": lambda draw, rows: [rows[0], *sorted(draw.sample(rows[1:], draw.randint(1, len(rows) - 2)))],
    "rij twee keer": lambda draw, rows: [*rows, draw.choice(rows[1:])],
    "titel of voetregel": lambda draw, rows: insert(draw, rows, [draw.choice(("Bron: toets", "Tabel 1"))]),
    "lege regel": lambda draw, rows: insert(draw, rows, [""] * len(KOP)),
    "decimaal met punt": lambda draw, rows: some(draw, rows, "waarde", lambda v: v.replace(",", ".")),
    "punt bij duizend": lambda draw, rows: some(draw, rows, "waarde", thousands(".")),
    "spatie bij duizend": lambda draw, rows: some(draw, rows, "waarde", thousands(draw.choice(" \xa0\u202f"))),
    "machten van tien": lambda draw, rows: some(draw, rows, "waarde", scientific),
    "procentteken": lambda draw, rows: some(draw, rows, "waarde", lambda v: v and f"{v}%"),
    "min erachter": lambda draw, rows: some(draw, rows, "waarde", lambda v: f"{v[1:]}-" if v[:1] == "-" else v),
    "haakjes": lambda draw, rows: some(draw, rows, "waarde", lambda v: f"({v[1:]})" if v[:1] == "-" else v),
    "datum van Excel": lambda draw, rows: some(draw, rows, "waarde", lambda v: v.replace(",", "-mei-")),
    "teken voor leeg": lambda draw, rows: some(draw, rows, "waarde", lambda v: v or draw.choice("-x*")),
    "ster achter jaar": lambda draw, rows: some(draw, rows, "periode", lambda v: f"{v}*"),
    "jaar als getal": lambda draw, rows: some(draw, rows, "periode", lambda v: f"{v},0"),
    "nullen van code weg": lambda draw, rows: some(draw, rows, "regiocode", lambda v: v.replace("GM0", "GM")),
    "onzichtbaar teken": lambda draw, rows: some(
        draw, rows, draw.choice(("regiocode", "periode", "waarde")), lambda v: v + draw.choice("\xa0\u200b\ufeff ")
    ),
}
MARK = {"rijen weg"}


def write_csv(draw: random.Random, rows: Rijen, path: Path, cut: bool) -> None:
    sep = draw.choice(";" * 12 + ",\t")
    quoted = draw.random() < 0.3
    end = draw.choice(("\n", "\r\n"))
    text = end.join(sep.join(f'"{v}"' if quoted or sep in v else v for v in row) for row in rows) + end
    if cut:
        text = text[: draw.randrange(len(text) // 2, len(text))]
    coding = draw.choice((*["utf-8"] * 6, "utf-8-sig", "utf-16", "utf-16-le", "cp1252"))
    path.write_bytes(text.encode(coding, errors="ignore"))


def number(text: str) -> Any:
    """A plain figure as a spreadsheet keeps it; what a mutation wrote otherwise stays a text."""
    return float(text.replace(",", ".")) if re.fullmatch(r"-?\d+(,\d+)?", text) else text


def write_xlsx(draw: random.Random, rows: Rijen, path: Path) -> str:
    """Write a workbook, and do one more thing to it; give its name."""
    book = openpyxl.Workbook()
    sheet = book.active
    for i, row in enumerate(rows):
        # only what is a plain figure is typed as one: a row that was shifted keeps its texts
        sheet.append([number(v) if i and n == KOLOM["waarde"] else v for n, v in enumerate(row)])
    line, k = draw.randint(2, max(2, len(rows))), KOLOM["waarde"] + 1
    extra = draw.choice(
        (*["niets"] * 6, "procentopmaak", "verborgen rij", "samengevoegd", "tweede blad", "formule", "tekst")
    )
    if extra == "procentopmaak":
        sheet.cell(line, k).number_format = "0,0%"
    elif extra == "verborgen rij":
        sheet.row_dimensions[line].hidden = True
    elif extra == "samengevoegd":
        sheet.merge_cells(start_row=line, end_row=line + 1, start_column=k, end_column=k)
    elif extra == "tweede blad":
        book.create_sheet("2024").append(["kladblok", 1])
    elif extra == "formule":
        sheet.cell(line, k).value = "=1+1"
    elif extra == "tekst":
        sheet.cell(line, k).number_format = "@"
    book.save(path)
    return extra


def cells(path: Path) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    frame = read_delivery([path], read_aanleveringen()["sjabloon"], known_codes()).cellen
    frame = frame.astype(object).where(frame.notna(), None)
    rows = frame.to_dict("records")
    return {(r["indicator"], r["regiocode"], r["periode"]): (r["waarde"], r["status"]) for r in rows}


def run(seed: int, folder: Path) -> tuple[str, str]:
    """One damaged delivery: what was done to it, and 'gelijk', 'minder' or 'geweigerd'."""
    draw = random.Random(seed)
    rows = make_rijen(draw)
    clean = folder / "sjabloon_schoon.csv"
    clean.write_text("\n".join(";".join(r) for r in rows) + "\n", encoding="utf-8")
    meant = cells(clean)
    assert len(meant) == len(rows) - 1
    done = sorted(draw.sample(sorted(TABEL), draw.choice((1, 1, 1, 2))))
    for naam in done:
        rows = TABEL[naam](draw, rows) if all(len(r) == len(KOP) for r in rows) else rows
    kind = draw.choice(("csv", "csv", "xlsx"))
    cut = kind == "csv" and draw.random() < 0.15
    path = folder / f"sjabloon_{seed}.{kind}"
    if kind == "csv":
        write_csv(draw, rows, path, cut)
    else:
        done.append(write_xlsx(draw, rows, path))
    label = " + ".join((*done, kind, *(["afgebroken"] if cut else [])))
    try:
        found = cells(path)
    except (AanleveringError, VelError):
        return label, "geweigerd"
    wrong = {key: (value, meant.get(key)) for key, value in found.items() if meant.get(key) != value}
    assert not wrong, f"seed {seed}, {label}: {wrong}"
    if cut or MARK & set(done):
        return label, "gelijk" if found == meant else "minder"
    assert found == meant, f"seed {seed}, {label}: {sorted(set(meant) - set(found))} stil weg"
    return label, "gelijk"


def fuzz(seeds: range, folder: Path) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        outcomes[run(seed, folder)[1]] += 1
    print(dict(outcomes))
    return outcomes


def test_no_damaged_delivery_is_read_as_something_else(tmp_path: Path) -> None:
    outcomes = fuzz(range(150), tmp_path)
    # a reader that refuses all, or takes all, would pass
    assert min(outcomes["gelijk"], outcomes["geweigerd"]) > 10


@pytest.mark.lang
def test_nor_are_a_thousand(tmp_path: Path) -> None:
    assert sum(fuzz(range(1000), tmp_path).values()) == 1000


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        # a spreadsheet that lost the end of a line shows blanks: without this the figure would be 'niet gepubliceerd'
        (lambda row: [*row[:3], "", "", "", ""], "de bron is leeg, en op andere regels niet"),
        (lambda row: [*row[:3], *row[4:], ""], "in kolom bron staat een datum"),
    ],
)
def test_a_line_that_lost_its_end_or_a_cell_is_refused(
    damage: Callable[[list[str]], list[str]], told: str, tmp_path: Path
) -> None:
    rows = make_rijen(random.Random(1))
    rows[5] = damage(rows[5])
    path = tmp_path / "sjabloon_proef.csv"
    path.write_text("\n".join(";".join(r) for r in rows) + "\n", encoding="utf-8")
    with pytest.raises(AanleveringError, match=told):
        cells(path)
