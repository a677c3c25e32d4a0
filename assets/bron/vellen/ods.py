"""Spreadsheets of LibreOffice (ODS), read straight from their XML: repeated rows take no room, comments are no text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from assets.bron.vellen.grens import LEVERING, Bestandsgrens, open_part
from assets.bron.vellen.vel import LEEG, Regel, Vak, Vel, VelError, Vlak, clean, trim
from assets.bron.vellen.xlsx import number_text

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_S = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_N = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# as many blanks as one sign of them may stand for
_MEESTE_SPATIES = 100


def _times(element: ET.Element, name: str) -> int:
    """How many times something stands there. Raises ValueError for what is no count."""
    count = int(element.get(name, "1"))
    if not 1 <= count < 2**31:
        raise ValueError(name)
    return count


def _text(element: ET.Element) -> str:
    """The text of a paragraph, with its spaces and line ends; what is in a note or comment is no part of it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_X}s":
            parts.append(" " * min(_times(child, f"{_X}c"), _MEESTE_SPATIES))
        elif child.tag == f"{_X}tab":
            parts.append("\t")
        elif child.tag == f"{_X}line-break":
            parts.append("\n")
        elif child.tag not in (f"{_O}annotation", f"{_X}note"):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


class _Stijlen:
    """What the styles of a document say of its cells, columns, rows and sheets."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()  # sheets
        self._data: dict[str, str] = {}  # cell style -> data style
        self._formats: dict[str, str] = {}  # data style -> format

    def add(self, element: ET.Element) -> None:
        """Take in a style, or the format of numbers."""
        name = element.get(f"{_S}name", "")
        if element.tag == f"{_S}style":
            self._data[name] = element.get(f"{_S}data-style-name", "")
            for part in element.iter(f"{_S}table-properties"):
                if part.get(f"{_T}display") == "false":
                    self.hidden.add(name)
        elif element.tag.startswith(_N):
            words = "".join(t.text or "" for t in element.iter(f"{_N}text")).strip()
            factor = any(e.get(f"{_N}display-factor", "1") != "1" for e in element.iter(f"{_N}number"))
            self._formats[name] = "0" + ("," if factor else "") + (f'"{words}"' if words else "")

    def opmaak(self, style: str) -> str:
        """The format of a cell style, written as Excel would as far as it matters; '' for a plain one."""
        found = self._formats.get(self._data.get(style, ""), "0")
        return "" if found == "0" else found


def _vak(cell: ET.Element, stijlen: _Stijlen, standaard: str) -> tuple[Vak, int]:
    """Give a cell and how many comments it has."""
    comments = sum(1 for child in cell if child.tag == f"{_O}annotation")
    kind = cell.get(f"{_O}value-type", "")
    shown = "\n".join(_text(p) for p in cell if p.tag == f"{_X}p")
    formula = cell.get(f"{_T}formula") is not None
    if cell.get(f"{_CALC}value-type") == "error":
        return Vak(clean(shown) or "#N/A", "fout"), comments
    value = cell.get(f"{_O}value")
    if kind in ("float", "percentage", "currency") and value:
        number = float(value)
        opmaak = stijlen.opmaak(cell.get(f"{_T}style-name", standaard)) if kind == "float" else ""
        if kind == "percentage":
            opmaak = "0%"
        return Vak(number_text(number), "getal", getal=number, opmaak=opmaak), comments
    if kind == "date" and (text := cell.get(f"{_O}date-value")):
        midnight = text.removesuffix("T00:00:00")
        return Vak(midnight.replace("T", " "), "datum", datum=date.fromisoformat(text[:10])), comments
    if kind == "time":
        return Vak(clean(shown), "datum"), comments
    if kind == "boolean":
        return Vak("WAAR" if cell.get(f"{_O}boolean-value") == "true" else "ONWAAR", "waar"), comments
    text = clean(cell.get(f"{_O}string-value") or shown)
    if formula and not text and kind != "string":
        return Vak("", "formule"), comments
    return (Vak(text, "tekst") if text else LEEG), comments


class _Tabel:
    """A sheet that is being read, a row at a time."""

    def __init__(self, bestand: str, naam: str, stijlen: _Stijlen, grens: Bestandsgrens) -> None:
        self.grens = grens
        self.vel = Vel(bestand, naam)
        self.stijlen = stijlen
        self.columns: list[str] = []  # the style of the cells of each column
        self.hidden: set[int] = set()
        self.hidden_rows: set[int] = set()
        self.merged: list[Vlak] = []
        self.line = 0

    def add_column(self, element: ET.Element) -> None:
        """Take in one column, or several that are the same."""
        count = min(_times(element, f"{_T}number-columns-repeated"), self.grens.kolommen - len(self.columns))
        if element.get(f"{_T}visibility", "visible") != "visible":
            self.hidden.update(range(len(self.columns), len(self.columns) + count))
        self.columns += [element.get(f"{_T}default-cell-style-name", "")] * count

    def add_row(self, element: ET.Element) -> None:
        """Take in one row, or several that are the same; empty ones only count."""
        repeat = _times(element, f"{_T}number-rows-repeated")
        vakken: list[Vak] = []
        place = 0
        for cell in element:
            if cell.tag not in (f"{_T}table-cell", f"{_T}covered-table-cell"):
                continue
            times = _times(cell, f"{_T}number-columns-repeated")
            standaard = self.columns[place] if place < len(self.columns) else ""
            vak, comments = _vak(cell, self.stijlen, standaard)
            self.vel.opmerkingen += comments
            down = _times(cell, f"{_T}number-rows-spanned")
            right = _times(cell, f"{_T}number-columns-spanned")
            if down > 1 or right > 1:
                self.merged.append(Vlak(self.line + 1, place + 1, self.line + down, place + right))
            if vak.soort != "leeg":
                self.grens.check_row(self.vel.plek(self.line + 1), 0, place + times)
                vakken += [LEEG] * (place - len(vakken)) + [vak] * times
            place += times
        if filled := trim(vakken):
            self.grens.check_row(self.vel.plek(self.line + 1), len(self.vel.regels) + repeat, 0)
            lines = range(self.line + 1, self.line + 1 + repeat)
            self.vel.regels += [Regel(n, filled) for n in lines]
            if element.get(f"{_T}visibility", "visible") != "visible":
                self.hidden_rows.update(lines)
        self.line += repeat

    def done(self) -> Vel:
        """Give the sheet."""
        width = max((len(r.vakken) for r in self.vel.regels), default=0)
        self.vel.verborgen_rijen = frozenset(self.hidden_rows)
        self.vel.verborgen_kolommen = frozenset(n for n in self.hidden if n < width)
        self.vel.samengevoegd = tuple(self.merged)
        return self.vel


def _vellen(archive: zipfile.ZipFile, bestand: str, grens: Bestandsgrens) -> Iterator[Vel]:
    stijlen = _Stijlen()
    if "styles.xml" in archive.namelist():
        for element in ET.parse(open_part(archive, "styles.xml")).getroot().iter():
            stijlen.add(element)
    table: _Tabel | None = None
    for count, (event, element) in enumerate(ET.iterparse(open_part(archive, "content.xml"), events=("start", "end"))):
        if count > 2 * grens.elementen:
            raise VelError(f"{bestand}: dit bestand heeft te veel cellen; dat is geen levering")
        if event == "start":
            if element.tag == f"{_T}table" and table is None:
                table = _Tabel(bestand, element.get(f"{_T}name", ""), stijlen, grens)
                table.vel.verborgen = element.get(f"{_T}style-name", "") in stijlen.hidden
        elif element.tag == f"{_O}automatic-styles":
            for style in element:
                stijlen.add(style)
        elif table is None:
            continue
        elif element.tag == f"{_T}table-column":
            table.add_column(element)
        elif element.tag == f"{_T}table-row":
            table.add_row(element)
            element.clear()
        elif element.tag == f"{_T}table":
            yield table.done()
            table = None


def read_ods(path: Path, grens: Bestandsgrens = LEVERING) -> list[Vel]:
    """Read every sheet of a spreadsheet. Raises VelError when it is none, damaged, or larger than `grens`."""
    try:
        with zipfile.ZipFile(path) as archive:
            grens.check_zip(path.name, archive)
            return list(_vellen(archive, path.name, grens))
    except VelError:
        raise
    except Exception as error:  # zip, zlib, XML and numbers each have their own errors for what is no spreadsheet
        raise VelError(
            f"{path.name}: dit is geen leesbaar ODS-bestand ({type(error).__name__}); open het in LibreOffice of Excel "
            "en bewaar het opnieuw als .ods of .xlsx"
        ) from None
