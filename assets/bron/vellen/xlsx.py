"""Workbooks of Excel (XLSX), read straight from their XML: in one pass, and with what a values-only reader throws away.

That is the number format, a formula without outcome, hidden sheets, rows and columns, merged cells and comments.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from assets.bron.vellen.grens import LEVERING, Bestandsgrens, open_part
from assets.bron.vellen.vel import LEEG, Regel, Vak, Vel, VelError, Vlak, clean, trim

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def number_text(number: float) -> str:
    """Write a number with all its digits and no more: 4350, 0.985."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    return place - 1


def _string(element: ET.Element) -> str:
    """The text of a string item: of its runs, without how it is pronounced."""
    parts = []
    for child in element:
        name = _local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(t.text or "" for t in child if _local(t) == "t")
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), "".join(parts))


class _Boek:
    """An open workbook: its shared texts, formats and sheets."""

    def __init__(self, archive: zipfile.ZipFile, bestand: str) -> None:
        self.archive, self.bestand = archive, bestand
        root = next((r for r in self._relations("") if r[1].endswith("/officeDocument")), None)
        self.part = root[2] if root else "xl/workbook.xml"
        tree = ET.parse(open_part(archive, self.part)).getroot()
        named = {i: (kind, target) for i, kind, target in self._relations(self.part)}
        self.sheets: list[tuple[str, bool, str]] = []  # name, hidden, part
        self.epoch_1904 = False
        for element in tree.iter():
            name = _local(element)
            if name == "workbookPr":
                self.epoch_1904 = element.get("date1904") in ("1", "true")
            elif name == "sheet":
                key = next((v for k, v in element.items() if k.endswith("}id")), "")
                kind, target = named.get(key, ("", ""))
                if kind.endswith("/worksheet"):
                    hidden = element.get("state", "visible") != "visible"
                    self.sheets.append((element.get("name", ""), hidden, target))
        by_kind = {kind.rpartition("/")[2]: target for kind, target in named.values()}
        self.texts = list(self._texts(by_kind.get("sharedStrings", "")))
        self.formats = self._formats(by_kind.get("styles", ""))

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """What a part refers to: id, kind, part."""
        folder, name = posixpath.split(part)
        own = posixpath.join(folder, "_rels", f"{name}.rels")
        if own not in self.archive.namelist():
            return []
        found = []
        for r in ET.parse(open_part(self.archive, own)).getroot().iter(_RELATION):
            target = r.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((r.get("Id", ""), r.get("Type", ""), whole))
        return found

    def _texts(self, part: str) -> Iterator[str]:
        if part in self.archive.namelist():
            for _, element in ET.iterparse(open_part(self.archive, part)):
                if element.tag.endswith("}si"):
                    yield _string(element)
                    element.clear()

    def _formats(self, part: str) -> list[str]:
        """The number format of each cell style."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        if part not in self.archive.namelist():
            return []
        own: dict[int, str] = {}
        formats: list[str] = []
        for element in ET.parse(open_part(self.archive, part)).getroot():
            if _local(element) == "numFmts":
                own = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in element}
            elif _local(element) == "cellXfs":
                ids = [int(xf.get("numFmtId", "0")) for xf in element]
                formats = [own.get(i, BUILTIN_FORMATS.get(i, "General")) for i in ids]
        return ["" if f.lower() == "general" else f for f in formats]

    def comments(self, part: str) -> int:
        """How many cells of a sheet have a comment."""
        found = 0
        for _, kind, target in self._relations(part):
            if kind.endswith("/comments") and target in self.archive.namelist():
                tree = ET.parse(open_part(self.archive, target)).getroot()
                found += sum(1 for e in tree.iter() if _local(e) == "comment")
        return found


def _reader(boek: _Boek) -> Callable[[str, str | None, str, bool], Vak]:
    """Give what turns the type, text, style and formula of a cell into a cell."""
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    epoch = CALENDAR_MAC_1904 if boek.epoch_1904 else CALENDAR_WINDOWS_1900
    dates = [bool(f) and bool(is_date_format(f)) for f in boek.formats]
    known: dict[tuple[str, str | None, str, bool], Vak] = {}

    def day(value: Any, opmaak: str) -> Vak:
        if (isinstance(value, datetime) and value.time() == time()) or type(value) is date:
            value = value.date() if isinstance(value, datetime) else value
            return Vak(value.isoformat(), "datum", datum=value, opmaak=opmaak)
        text = value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
        whole = value.date() if isinstance(value, datetime) else None
        return Vak(text, "datum", datum=whole, opmaak=opmaak)

    def make(kind: str, text: str | None, style: str, formula: bool) -> Vak:
        if kind in ("s", "str", "inlineStr"):
            cleaned = clean(boek.texts[int(text)] if kind == "s" and text else text or "")
            return Vak(cleaned, "tekst") if cleaned else LEEG
        if text is None or not text.strip():
            return Vak("", "formule") if formula else LEEG
        if kind == "b":
            return Vak("WAAR" if text.strip() == "1" else "ONWAAR", "waar")
        if kind == "e":
            return Vak(text.strip(), "fout")
        place = int(style or 0)
        opmaak = boek.formats[place] if place < len(boek.formats) else ""
        if kind == "d":
            return day(datetime.fromisoformat(text.strip().removesuffix("Z")), opmaak)
        number = float(text)
        if place < len(dates) and dates[place]:
            try:
                return day(from_excel(number, epoch, timedelta=False), opmaak)
            except (ValueError, OverflowError):  # no day that there is
                return Vak(number_text(number), "datum", opmaak=opmaak)
        return Vak(number_text(number), "getal", getal=number, opmaak=opmaak)

    def read(kind: str, text: str | None, style: str, formula: bool) -> Vak:
        key = (kind, text, style, formula)
        if (vak := known.get(key)) is None:
            vak = known[key] = make(*key)
        return vak

    return read


def _cell(c: ET.Element, read: Callable[[str, str | None, str, bool], Vak]) -> Vak:
    text: str | None = None
    formula = False
    for child in c:
        name = child.tag[child.tag.rfind("}") + 1 :]
        if name == "v":
            text = child.text
        elif name == "f":
            formula = True
        elif name == "is":
            text = _string(child)
    return read(c.get("t", "n"), text, c.get("s", ""), formula)


def _read_sheet(boek: _Boek, vel: Vel, part: str, grens: Bestandsgrens) -> None:
    read = _reader(boek)
    hidden_rows: set[int] = set()
    hidden: set[int] = set()
    merged: list[Vlak] = []
    line = 0
    for count, (_, element) in enumerate(ET.iterparse(open_part(boek.archive, part))):
        name = element.tag[element.tag.rfind("}") + 1 :]
        if count > grens.elementen:
            raise VelError(f"{vel.plek(line)}: dit blad heeft te veel cellen; dat is geen levering")
        if name == "row":
            line = int(element.get("r") or line + 1)
            vakken: list[Vak] = []
            place = -1
            for c in element:
                where = _PLACE.fullmatch(c.get("r", ""))
                place = _column(where[1]) if where else place + 1
                if place >= grens.kolommen:
                    grens.check_row(vel.plek(line), 0, place + 1)
                vakken.extend([LEEG] * (place - len(vakken)))
                vakken.append(_cell(c, read))
            if filled := trim(vakken):
                vel.regels.append(Regel(line, filled))
                if len(vel.regels) > grens.rijen:
                    grens.check_row(vel.plek(line), len(vel.regels), 0)
                if element.get("hidden") in ("1", "true") or element.get("ht") == "0":
                    hidden_rows.add(line)
            element.clear()
        elif name == "col" and (element.get("hidden") in ("1", "true") or element.get("width") == "0"):
            hidden.update(range(int(element.get("min", "1")) - 1, min(int(element.get("max", "1")), grens.kolommen)))
        elif name == "mergeCell":
            ends = [_PLACE.fullmatch(p) for p in element.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                (a, b) = ends[0], ends[1]
                merged.append(Vlak(int(a[2]), _column(a[1]) + 1, int(b[2]), _column(b[1]) + 1))
    width = max((len(r.vakken) for r in vel.regels), default=0)
    vel.verborgen_rijen = frozenset(hidden_rows)
    vel.verborgen_kolommen = frozenset(n for n in hidden if n < width)
    vel.samengevoegd = tuple(sorted(merged, key=lambda m: (m.rij, m.kolom)))


def read_xlsx(path: Path, grens: Bestandsgrens = LEVERING) -> list[Vel]:
    """Read every sheet of a workbook. Raises VelError when it is none, damaged, or larger than `grens`."""
    try:
        with zipfile.ZipFile(path) as archive:
            grens.check_zip(path.name, archive)
            boek = _Boek(archive, path.name)
            vellen = []
            for name, hidden, part in boek.sheets:
                vel = Vel(path.name, name, verborgen=hidden, opmerkingen=boek.comments(part))
                _read_sheet(boek, vel, part, grens)
                vellen.append(vel)
            return vellen
    except VelError:
        raise
    except Exception as error:  # zip, zlib, XML and numbers each have their own errors for what is no workbook
        raise VelError(
            f"{path.name}: dit is geen leesbaar XLSX-bestand ({type(error).__name__}); open het in Excel en bewaar het "
            "opnieuw als .xlsx"
        ) from None
