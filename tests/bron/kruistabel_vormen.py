"""A writer of tables as StatLine lays them out to download: the same figures in every shape, for the tests.

The layout of the CSV shapes is that of downloads seen in public ('CSV volgens tabelindeling', 'CSV met statistische
symbolen', and the one of the old StatWeb); the figures are made up.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

TITEL = "Arbeidsdeelname; regio, proef"
VOET = "Bron: CBS"


@dataclass
class Kruistabel:
    """A table of figures: (topic, region, period) -> the text of the cell, as StatLine prints it.

    `onderwerpen`: name -> (groups, title, unit). `regios` and `perioden`: code -> label.
    """

    onderwerpen: dict[str, tuple[tuple[str, ...], str, str]]
    regios: dict[str, str]
    perioden: dict[str, str]
    cellen: dict[tuple[str, str, str], str]
    keuze: tuple[str, str] = ("Geslacht", "Totaal mannen en vrouwen")
    andere: tuple[str, ...] = field(default=("Mannen",))

    def text(self, onderwerp: str, regio: str, periode: str) -> str:
        return self.cellen[onderwerp, regio, periode]


Grid = list[list[Any]]


def _path(kruistabel: Kruistabel, onderwerp: str, sep: str = "/") -> str:
    groepen, titel, _ = kruistabel.onderwerpen[onderwerp]
    return sep.join((*groepen, titel))


def _depth(kruistabel: Kruistabel) -> int:
    return max(len(groepen) for groepen, _, _ in kruistabel.onderwerpen.values()) + 1


def _level(kruistabel: Kruistabel, onderwerp: str, level: int) -> str:
    """The label of a topic on a line above the figures; where it has fewer groups its title is repeated."""
    groepen, titel, _ = kruistabel.onderwerpen[onderwerp]
    return (*groepen, *[titel] * _depth(kruistabel))[level]


def symbolen(k: Kruistabel) -> Grid:
    """'CSV met statistische symbolen': a line a region and period, a column a topic, numbers padded with blanks."""
    head = ["Regio's", "Perioden", *(f"{_path(k, o)} ({k.onderwerpen[o][2]})" for o in k.onderwerpen)]
    rows = [
        [label, tijd, *(f"{k.text(o, r, p):>8}" if k.text(o, r, p) else "" for o in k.onderwerpen)]
        for r, label in k.regios.items()
        for p, tijd in k.perioden.items()
    ]
    return [head, *rows]


def jaren(k: Kruistabel) -> Grid:
    """'CSV volgens tabelindeling': topics and regions in the rows with a column of units, periods as columns."""
    return [
        [TITEL],
        [""],
        ["Regio's", "Onderwerp", "Perioden", *k.perioden.values()],
        *(
            [label, _path(k, o, "|"), k.onderwerpen[o][2], *(k.text(o, r, p) for p in k.perioden)]
            for r, label in k.regios.items()
            for o in k.onderwerpen
        ),
        [VOET],
    ]


def regios(k: Kruistabel) -> Grid:
    """Regions as columns above the periods, topics in the rows."""
    pairs = [(r, p) for r in k.regios for p in k.perioden]
    return [
        [TITEL],
        [],
        ["", "Regio's", *(k.regios[r] for r, _ in pairs)],
        ["Onderwerp", "Perioden", *(k.perioden[p] for _, p in pairs)],
        *([_path(k, o), k.onderwerpen[o][2], *(k.text(o, r, p) for r, p in pairs)] for o in k.onderwerpen),
        [VOET],
    ]


def statweb(k: Kruistabel) -> Grid:
    """The old StatWeb: a line for each level of groups, units on the line that names the rows, CBS and date below."""
    pairs = [(o, p) for o in k.onderwerpen for p in k.perioden]
    return [
        [TITEL],
        *(["Onderwerpen", *(_level(k, o, level) for o, _ in pairs)] for level in range(_depth(k))),
        ["Perioden", *(k.perioden[p] for _, p in pairs)],
        ["Regio's", *(k.onderwerpen[o][2] for o, _ in pairs)],
        *([label, *(k.text(o, r, p) for o, p in pairs)] for r, label in k.regios.items()),
        ["© Centraal Bureau voor de Statistiek, Den Haag/Heerlen 10-3-2026"],
    ]


def gekozen(k: Kruistabel) -> Grid:
    """A line above the table names the choice from a dimension."""
    return [[TITEL], list(k.keuze), [], *jaren(k)[2:]]


def andere_dimensie(k: Kruistabel) -> Grid:
    """Another dimension in a column of its own, with a category that is not ours beside the one that is."""
    head, *rows = symbolen(k)
    dimension, chosen = k.keuze
    # what is not ours has other figures, so that it shows when it is taken
    return [
        [dimension, *head],
        *([chosen, *row] for row in rows),
        *([other, *row[:2], *["999999"] * len(k.onderwerpen)] for other in k.andere for row in rows),
    ]


def alles_in_rijen(k: Kruistabel) -> Grid:
    """Every dimension in the rows, with the unit in a column of its own and one column of figures."""
    return [
        ["Onderwerp", "Regio's", "Perioden", "Eenheid", "Waarde"],
        *([_path(k, o), k.regios[r], k.perioden[p], k.onderwerpen[o][2], text] for (o, r, p), text in k.cellen.items()),
        [VOET],
    ]


def perioden_in_rijen(k: Kruistabel) -> Grid:
    """Periods in the rows, regions above topics, units on a line of their own below the names."""
    pairs = [(r, o) for r in k.regios for o in k.onderwerpen]
    return [
        [TITEL],
        ["Regio's", *(k.regios[r] for r, _ in pairs)],
        *(["Onderwerp", *(_level(k, o, level) for _, o in pairs)] for level in range(_depth(k))),
        ["Perioden", *[""] * len(pairs)],
        ["", *(k.onderwerpen[o][2] for _, o in pairs)],
        *([tijd, *(k.text(o, r, p) for r, o in pairs)] for p, tijd in k.perioden.items()),
        [VOET],
    ]


def tabelindeling(k: Kruistabel) -> Grid:
    """'CSV volgens tabelindeling' with topics above periods: names beside the labels, above a column that is blank."""
    pairs = [(o, p) for o in k.onderwerpen for p in k.perioden]
    return [
        [TITEL],
        [""],
        [""],
        *(["", "Onderwerp", *(_level(k, o, level) for o, _ in pairs)] for level in range(_depth(k))),
        ["", "Perioden", *(k.perioden[p] for _, p in pairs)],
        ["Regio's", "", *(k.onderwerpen[o][2] for o, _ in pairs)],
        *([label, "", *(k.text(o, r, p) for o, p in pairs)] for r, label in k.regios.items()),
        [VOET],
    ]


def write_csv(path: Path, grid: Grid) -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(grid)
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    return path


def _number(text: str) -> Any:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text or None


def write_xlsx(path: Path, k: Kruistabel) -> Path:
    """A workbook: title merged over the table, groups merged over their topics, region merged over its lines."""
    book = Workbook()
    sheet = book.active
    topics, depth, periods = list(k.onderwerpen), _depth(k), list(k.perioden)
    width = 2 + len(topics)
    sheet.append([TITEL])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet.append([])
    for level in range(depth):
        sheet.append([None, "Onderwerp", *(_level(k, o, level) for o in topics)])
        start = 3
        for place in range(3, width + 1):
            at_end = place == width or _group(k, topics[place - 2], level) != _group(k, topics[place - 3], level)
            if at_end and place > start and level < depth - 1:
                sheet.merge_cells(start_row=3 + level, end_row=3 + level, start_column=start, end_column=place)
            start = place + 1 if at_end else start
    sheet.append(["Regio's", "Perioden", *(k.onderwerpen[o][2] for o in topics)])
    for r, label in k.regios.items():
        begin = sheet.max_row + 1
        for p in periods:
            tijd = k.perioden[p]
            sheet.append([label, int(tijd) if tijd.isdecimal() else tijd, *(_number(k.text(o, r, p)) for o in topics)])
        if len(periods) > 1:
            sheet.merge_cells(start_row=begin, end_row=begin + len(periods) - 1, start_column=1, end_column=1)
    sheet.append([VOET])
    book.save(path)
    return path


def _group(k: Kruistabel, onderwerp: str, level: int) -> tuple[str, ...]:
    return tuple(_level(k, onderwerp, n) for n in range(level + 1))


# shape -> how it is written, and how the mapping describes it
CSV: dict[str, tuple[Callable[[Kruistabel], Grid], dict[str, Any]]] = {
    "symbolen": (symbolen, {"rijen": ["Regio's", "Perioden"], "kolommen": ["Onderwerp"]}),
    "jaren als kolommen": (jaren, {"rijen": ["Regio's", "Onderwerp"], "kolommen": ["Perioden"]}),
    "regio's als kolommen": (regios, {"rijen": ["Onderwerp"], "kolommen": ["Regio's", "Perioden"]}),
    "oude StatWeb": (
        statweb,
        {"rijen": ["Regio's"], "kolommen": ["Onderwerpen", "Perioden"], "onderwerp": "Onderwerpen"},
    ),
    "keuze boven de tabel": (
        gekozen,
        {
            "rijen": ["Regio's", "Onderwerp"],
            "kolommen": ["Perioden"],
            "keuzes": {"Geslacht": "Totaal mannen en vrouwen"},
        },
    ),
    "andere dimensie in de rijen": (
        andere_dimensie,
        {
            "rijen": ["Geslacht", "Regio's", "Perioden"],
            "kolommen": ["Onderwerp"],
            "keuzes": {"Geslacht": "Totaal mannen en vrouwen"},
        },
    ),
}
CSV |= {
    "alles in de rijen": (alles_in_rijen, {"rijen": ["Onderwerp", "Regio's", "Perioden"], "kolommen": []}),
    "onderwerpen boven de kolommen": (
        tabelindeling,
        {"rijen": ["Regio's"], "kolommen": ["Onderwerp", "Perioden"]},
    ),
    "perioden in de rijen": (perioden_in_rijen, {"rijen": ["Perioden"], "kolommen": ["Regio's", "Onderwerp"]}),
}
XLSX: dict[str, Any] = {"rijen": ["Regio's", "Perioden"], "kolommen": ["Onderwerp"]}
VORMEN = (*CSV, "werkboek")


def write(path: Path, k: Kruistabel, vorm: str) -> tuple[Path, dict[str, Any]]:
    """Write a table in a shape: the file (with the suffix of that shape), and the form that a mapping gives it."""
    if vorm == "werkboek":
        return write_xlsx(path.with_suffix(".xlsx"), k), XLSX
    make, form = CSV[vorm]
    return write_csv(path.with_suffix(".csv"), make(k)), form
