"""A workbook as XLSX, the same bytes for the same workbook."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from begrippen.huisstijl import BLAUW, office
from reports.downloads.vastzip import write_zip
from reports.downloads.werkboek import Cel, Getal, Kolom, Sprong, Werkblad, Werkboek, as_text

LETTER = "Arial"
# The number of the size of paper in the file.
A4 = 9
# In points.
REGELHOOGTE, TITELHOOGTE = 15.0, 24.0
TITEL, REGEL, KOP, GETALKOP = "Titel", "Regel", "Kop", "Kop getal"
TEKST, GETALTEKST, KOPPELING = "Tekst", "Tekst bij getallen", "Koppeling"
# Letters are on average narrower than the digit by which the width of a column is counted.
LETTERS_PER_CIJFER = 1.15
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def _styles(book: Workbook) -> None:
    above = Alignment(vertical="top")
    wrapped = Alignment(vertical="top", wrap_text=True)
    for name, font, alignment in (
        (TITEL, Font(name=LETTER, size=16, bold=True), above),
        (REGEL, Font(name=LETTER, size=11), above),
        (KOP, Font(name=LETTER, size=11, bold=True), Alignment(vertical="bottom", wrap_text=True)),
        (GETALKOP, Font(name=LETTER, size=11, bold=True), Alignment("right", "bottom", wrap_text=True, indent=1)),
        (TEKST, Font(name=LETTER, size=11), wrapped),
        (GETALTEKST, Font(name=LETTER, size=11), Alignment("right", "top", wrap_text=True, indent=1)),
        (KOPPELING, Font(name=LETTER, size=11, underline="single", color=office(BLAUW)), wrapped),
    ):
        book.add_named_style(NamedStyle(name=name, font=font, alignment=alignment))


def number_format(getal: Getal) -> str:
    """The format in which a number is shown, in the notation of the file: '"≈ "#,##0.0"*"'."""
    body = "#,##0" + ("." + "0" * getal.decimalen if getal.decimalen > 0 else "")
    before = '"≈ "' if getal.benadering else ""
    behind = f'"{getal.teken}"' if getal.teken else ""
    return f"{before}{body}{behind}"


@lru_cache(maxsize=4096)
def _lines(text: str, breedte: int) -> int:
    return len(textwrap.wrap(text, int(breedte * LETTERS_PER_CIJFER)))


def _height(cellen: Sequence[Cel], kolommen: Sequence[Kolom]) -> float:
    """How high a row must be for its longest text; not every program finds that out by itself."""
    texts = (
        (c if isinstance(c, str) else c.tekst, k)
        for c, k in zip(cellen, kolommen, strict=True)
        if not isinstance(c, Getal)
    )
    return REGELHOOGTE * max((_lines(t, k.breedte) for t, k in texts if len(t) >= k.breedte), default=1)


class _Bladschrijver:
    """Writes cells of one sheet; a number style is made once for each way of showing a number."""

    def __init__(self, book: Workbook, blad: Werkblad) -> None:
        self.book = book
        self.sheet = book.create_sheet(blad.naam)
        self.row = 0

    def cell(self, cel: Cel, style: str, column: int) -> WriteOnlyCell:
        match cel:
            case Getal():
                made = WriteOnlyCell(self.sheet, cel.waarde)
                made.style = self._number_style(cel)
            case Sprong():
                made = self._text(cel.tekst, KOPPELING)
                place = f"{get_column_letter(column)}{self.row}"
                where = {"location": f"'{cel.naar}'!A1"} if not cel.extern else {}
                link = Hyperlink(ref=place, display=cel.tekst, **where)
                if cel.extern:
                    link.target = cel.naar
                self.sheet._hyperlinks.append(link)
            case _:
                made = self._text(cel, style)
        return made

    def _text(self, text: str, style: str) -> WriteOnlyCell:
        made = WriteOnlyCell(self.sheet, as_text(text))
        # a text that begins with = is no formula
        made.data_type = "s"
        made.style = style
        return made

    def _number_style(self, getal: Getal) -> str:
        code = number_format(getal)
        name = f"Getal {code}"
        if name not in self.book.named_styles:
            self.book.add_named_style(
                NamedStyle(
                    name=name,
                    number_format=code,
                    font=Font(name=LETTER, size=11),
                    alignment=Alignment("right", "top", indent=1),
                )
            )
        return name

    def append(self, cellen: tuple[Cel, ...], style: Callable[[int], str], hoogte: float) -> None:
        self.row += 1
        if hoogte > REGELHOOGTE:
            self.sheet.row_dimensions[self.row].height = hoogte
        self.sheet.append([self.cell(c, style(n), n + 1) for n, c in enumerate(cellen)])


def _write_blad(book: Workbook, blad: Werkblad, number: int) -> None:
    schrijver = _Bladschrijver(book, blad)
    sheet = schrijver.sheet
    # what stands before the cells in the file must be known before the first of them
    sheet.freeze_panes = f"{get_column_letter(blad.vast + 1)}{blad.kopregel + 1}"
    for n, kolom in enumerate(blad.kolommen, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = kolom.breedte
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{blad.kopregel}:{blad.kopregel}"
    schrijver.append((blad.titel,), lambda _: TITEL, TITELHOOGTE)
    for regel in blad.regels:
        schrijver.append((regel,), lambda _: REGEL, REGELHOOGTE)
    koppen = tuple(k.kop for k in blad.kolommen)
    numeric = [k.getal for k in blad.kolommen]
    schrijver.append(koppen, lambda n: GETALKOP if numeric[n] else KOP, _height(koppen, blad.kolommen))
    for rij in blad.rijen:
        schrijver.append(rij, lambda n: GETALTEKST if numeric[n] else TEKST, _height(rij, blad.kolommen))
    last = f"{get_column_letter(len(blad.kolommen))}{blad.kopregel + len(blad.rijen)}"
    table = Table(displayName=f"tabel_{number}", ref=f"A{blad.kopregel}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table._initialise_columns()
    for column, kolom in zip(table.tableColumns, blad.kolommen, strict=True):
        column.name = kolom.kop
    sheet.tables.add(table)


def render(werkboek: Werkboek) -> bytes:
    """The workbook as the bytes of an XLSX file."""
    book = Workbook(write_only=True)
    _styles(book)
    moment = werkboek.moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    about = book.properties
    about.title, about.subject, about.creator, about.language = werkboek.titel, werkboek.onderwerp, werkboek.maker, "nl"
    about.lastModifiedBy, about.created = werkboek.maker, moment
    # no program has to work anything out again when it opens the file
    book.calculation = CalcProperties(fullCalcOnLoad=False)
    for number, blad in enumerate(werkboek.bladen, start=1):
        _write_blad(book, blad, number)
    out = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)).save()
    with zipfile.ZipFile(out) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    # the library writes the time of the clock here
    core = "docProps/core.xml"
    parts[core] = MODIFIED.sub(rb"\g<1>" + f"{moment.isoformat()}Z".encode(), parts[core])
    return write_zip(parts)
