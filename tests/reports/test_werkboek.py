"""The workbook: the same in both kinds of file, readable for who listens, and honest in every cell."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.namespaces import TABLENS
from odf.opendocument import load
from odf.table import DatabaseRange, Table, TableCell, TableHeaderRows, TableRow
from odf.teletype import extractText

from reports.downloads import analysetabellen, ods, vastzip, xlsx
from reports.downloads.bladen import Bladen
from reports.downloads.noten import cel_van
from reports.downloads.werkboek import Getal, Kolom, Sprong, Werkblad, Werkboek, check
from reports.model import Gemeentewerk, NietBeschikbaar, Register, Werk
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import (
    BREUK,
    DRENTHE,
    GEMEENTEN,
    NL,
    OORDEEL,
    make_indicator,
    make_rapport,
    make_thema,
    punten,
    with_series,
)

MELDING = "Voorbeeldcijfers: verzonnen."
MOMENT = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)


def small(*cellen) -> Werkboek:
    kolommen = (Kolom("Naam", 20), Kolom("Getal", 10, True))
    return Werkboek("Titel", "Onderwerp", "Maker", MOMENT, (Werkblad("Een", "Kop", kolommen, cellen or (("a", "b"),)),))


@pytest.fixture(scope="module")
def werkboek() -> Werkboek:
    geheim = with_series(
        make_indicator(id="geheim", naam="Met <geheim> & breuk", breuken=(BREUK,), prijzen="lopend"),
        PV22=punten([1234.5, None, -3.25, 0.0, 5.0], benadering=True, zonder=("Westerveld",)),
    )
    schooljaar = with_series(
        make_indicator(id="vsv"),
        **{
            code: tuple(replace(p, periode=f"{p.jaar}SJ00") for p in r.punten)
            for code, r in make_indicator().reeksen.items()
        },
    )
    vooruit = with_series(make_indicator(id="vooruit", naam="Verwacht"), PV22=punten([1.0, 2.0], 2049))
    themas = (
        make_thema("arbeidsmarkt", "Arbeidsmarkt", "Economie", (make_indicator(), geheim)),
        make_thema("demografie", "Bevolking: nu / later", "Economie", (make_indicator(id="nu"), schooljaar, vooruit)),
    )
    rapport = make_rapport(themas=themas, niet_beschikbaar=(NietBeschikbaar("weg", "Weg", "", "", ""),))
    tabellen = (
        analysetabellen.of_kloof([ANALYSES.kloof]),
        analysetabellen.of_pendel(ANALYSES.pendel, DRENTHE, "2024MM12"),
    )
    return Bladen(rapport, tabellen, (MELDING,)).werkboek()


@pytest.fixture(scope="module")
def book(werkboek: Werkboek):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(werkboek)))


@pytest.fixture(scope="module")
def calc(werkboek: Werkboek):
    return load(io.BytesIO(ods.render(werkboek)))


def blad(werkboek: Werkboek, naam: str) -> Werkblad:
    return next(b for b in werkboek.bladen if b.naam == naam)


def rows_of(sheet) -> list[list[object]]:
    """The cells of a sheet of an ODS file, as a reader gets them."""
    found = []
    for row in sheet.getElementsByType(TableRow):
        cells = row.getElementsByType(TableCell)
        found.append(
            [
                float(c.getAttribute("value")) if c.getAttribute("valuetype") == "float" else extractText(c)
                for c in cells
            ]
        )
    return found


def test_every_sheet_is_whole_and_says_what_it_is(werkboek: Werkboek) -> None:
    assert check(werkboek) == []
    namen = [b.naam for b in werkboek.bladen]
    assert namen[:5] == ["Voorblad", "Inhoud", "Noten", "Laatste stand", "Oordelen"]
    assert {"Productiviteitskloof", "Pendel met andere provincies", "Indicatoren", "Bronnen"} <= set(namen)
    assert all(MELDING in b.regels for b in werkboek.bladen)
    listed = {r[0].naar for r in blad(werkboek, "Inhoud").rijen if isinstance(r[0], Sprong)}
    assert listed == set(namen) - {"Inhoud"}
    assert "verzonnen voorbeeldcijfers" in {r[1] for r in blad(werkboek, "Voorblad").rijen}


def test_the_sheet_of_judgements_says_which_change_could_have_been_found() -> None:
    none = replace(OORDEEL, trend="geen significante verandering", aantoonbaar=4.21)
    found = blad(Bladen(make_rapport(make_indicator(oordelen={"PV22": none})), (), (MELDING,)).werkboek(), "Oordelen")
    at = [k.kop for k in found.kolommen].index("Kleinste die te vinden was")
    assert {r[at].waarde for r in found.rijen if isinstance(r[at], Getal)} == {4.21}
    assert all(len(r) == len(found.kolommen) for r in found.rijen)


def test_a_forecast_and_school_years_do_not_fill_the_sheet_of_the_others_with_gaps(werkboek: Werkboek) -> None:
    jaren = {b.naam: [k.kop for k in b.kolommen if k.getal] for b in werkboek.bladen if b.naam.startswith("Bevolking")}
    assert jaren == {
        "Bevolking nu later": ["2020", "2021", "2022", "2023", "2024"],
        "Bevolking nu later (schooljaar)": ["2020/’21", "2021/’22", "2022/’23", "2023/’24", "2024/’25"],
        "Bevolking nu later (prognose)": ["2020", "2021", "2022", "2023", "2024", "2049", "2050"],
    }


def test_a_gap_is_a_reason_and_a_zero_is_a_zero(werkboek: Werkboek) -> None:
    sheet = blad(werkboek, "Arbeidsmarkt")
    row = next(r for r in sheet.rijen if r[0] == "Met <geheim> & breuk" and r[1] == DRENTHE.naam)
    assert row[3:8] == (
        Getal(1234.5, 1, "", True), "geheim", Getal(-3.25, 1, "", True), Getal(0.0, 1, "", True),
        Getal(5.0, 1, "", True),
    )  # fmt: skip
    assert next(r for r in sheet.rijen if r[1] == NL.naam)[7] == Getal(62.4, 1, "*")
    assert cel_van(None, 1) == "n.b."


def test_every_note_that_is_referred_to_is_explained(werkboek: Werkboek) -> None:
    explained = {r[0]: r for r in blad(werkboek, "Noten").rijen}
    used = {
        ref
        for b in werkboek.bladen
        for r in b.rijen
        for c in r
        if isinstance(c, str)
        for ref in re.findall(r"\[noot \d+\]", c)
    }
    assert used <= set(explained)
    row = next(r for r in blad(werkboek, "Arbeidsmarkt").rijen if r[0].startswith("Met") and r[1] == DRENTHE.naam)
    texts = " ".join(explained[ref][2] for ref in re.findall(r"\[noot \d+\]", row[8]))
    assert "Reeksbreuk in 2022" in texts and "Zonder Westerveld" in texts and "lopende prijzen" in texts


def test_figures_of_the_register_stand_in_tens() -> None:
    part = Werk("C", "Industrie", vestigingen=3.0, banen=1234.0, aandeel_banen=12.34)
    weg = Werk("B", "Delfstoffen", leeg_reden="onderdrukt", bevestigd=False)
    register = Register(
        periode="2026JJ00", periode_sbi="2025JJ00", totaal=part, secties=(part, weg), groepen=(weg,),
        gemeenten=(Gemeentewerk(GEMEENTEN[0], part, (), 0),),
    )  # fmt: skip
    rapport = make_rapport(make_indicator(id="pwr", decimalen=-1))
    tabel = analysetabellen.of_register(register, DRENTHE)
    made = Bladen(rapport, (tabel,), (MELDING,)).werkboek()
    assert check(made) == []
    sheet = blad(made, "Werkgelegenheidsregister")
    assert sheet.rijen[0][3:7] == ("minder dan 5", "n.b.", Getal(1230.0), Getal(12.34, 1))
    suppressed = next(r for r in sheet.rijen if "Delfstoffen" in r[0])
    assert suppressed[3:10] == ("onderdrukt",) * 7
    assert any("niet bevestigd" in r[0] for r in sheet.rijen)
    assert blad(made, "Arbeidsmarkt").rijen[0][3] == Getal(60.0)


def test_xlsx_has_one_marked_table_a_sheet_and_nothing_merged(book, werkboek: Werkboek) -> None:
    assert book.sheetnames == [b.naam for b in werkboek.bladen]
    for sheet, b in zip(book, werkboek.bladen, strict=True):
        assert not sheet.merged_cells.ranges
        (table,) = sheet.tables.values()
        assert table.ref.startswith(f"A{b.kopregel}:")
        assert table.column_names == [k.kop for k in b.kolommen]
        assert sheet.freeze_panes.endswith(str(b.kopregel + 1))
        assert sheet["A1"].value == b.titel and sheet["A2"].value == MELDING
        assert sheet.max_row == b.kopregel + len(b.rijen)
    about = book.properties
    assert (about.creator, about.created) == ("Provincie Drenthe", datetime(2026, 11, 22, 2, 30))


def test_xlsx_numbers_are_numbers_with_their_marks_in_the_format(book) -> None:
    found = {
        (c.number_format, c.value) for r in book["Arbeidsmarkt"].iter_rows() for c in r if isinstance(c.value, float)
    }
    assert ('"≈ "#,##0.0', 1234.5) in found
    assert any(f == '#,##0.0"*"' for f, _ in found)
    assert {"geheim"} <= {c.value for r in book["Arbeidsmarkt"].iter_rows() for c in r}
    link = next(c.hyperlink for c in book["Inhoud"]["A"] if c.value == "Noten")
    assert link.location == "'Noten'!A1"


def test_ods_holds_the_same_as_xlsx(book, calc) -> None:
    sheets = calc.spreadsheet.getElementsByType(Table)
    assert [s.getAttribute("name") for s in sheets] == book.sheetnames
    for sheet, other in zip(sheets, book, strict=True):
        theirs = [[c for c in row if c is not None] for row in other.iter_rows(values_only=True)]
        assert rows_of(sheet) == theirs, other.title
        assert len(sheet.getElementsByType(TableHeaderRows)) == 1
        assert not [c for c in sheet.getElementsByType(TableCell) if c.getAttrNS(TABLENS, "number-columns-spanned")]
    ranges = calc.spreadsheet.getElementsByType(DatabaseRange)
    assert len(ranges) == len(sheets) and all(r.getAttribute("containsheader") == "true" for r in ranges)


@pytest.mark.parametrize("kind", [xlsx, ods])
def test_the_same_workbook_is_the_same_bytes_and_knows_no_clock(werkboek: Werkboek, kind) -> None:
    content = kind.render(werkboek)
    assert content == kind.render(werkboek)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert {i.date_time for i in made.infolist()} == {vastzip.VAST}
        texts = b"".join(made.read(n) for n in ("docProps/core.xml", "meta.xml") if n in made.namelist())
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", texts)) == {b"2026-11-22T02:30:00Z"}


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    made = small(("=1+1", Getal(2.0)), ("@SUM(A1)", "-"))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(made)))["Een"]
    assert [(c.value, c.data_type) for c in sheet["A"][2:]] == [("=1+1", "s"), ("@SUM(A1)", "s")]
    assert "formula" not in zipfile.ZipFile(io.BytesIO(ods.render(made))).read("content.xml").decode()


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1), st.floats(-1e300, 1e300))
def test_whatever_a_source_writes_both_files_can_be_read(text: str, number: float) -> None:
    made = small((f"a{text}z", Getal(number, 2, "*")))

    def bare(found: object) -> str:
        # what is only layout within a text may differ
        return re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufffe\uffff]|_x[0-9A-F]{4}_", "", str(found))

    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(made)))["Een"]
    (_, _, row) = rows_of(load(io.BytesIO(ods.render(made))).spreadsheet.getElementsByType(Table)[0])
    assert bare(sheet["A3"].value) == bare(row[0]) == bare(f"a{text}z")
    assert row[1] == number
    assert sheet["B3"].value == pytest.approx(number, rel=1e-14), "een rekenblad kent vijftien cijfers"


def test_what_would_be_hard_to_read_is_named() -> None:
    kolommen = (Kolom("Naam", 20), Kolom("naam", 10))
    wrong = Werkboek(
        *("Titel", "Onderwerp", "Maker", MOMENT),
        (
            Werkblad("Een/twee", "Kop", kolommen, (("a",),)),
            Werkblad("Leeg", "Kop", kolommen[:1], ()),
            Werkblad("Leeg", "Kop", kolommen[:1], (("",), (Sprong("weg", "Nergens"),))),
        ),
    )
    text = " ".join(check(wrong))
    for part in ("'Een/twee'", "'naam' staat er twee keer", "past niet", "tabel is leeg", "lege cel", "'Nergens'",
                 "dezelfde naam"):  # fmt: skip
        assert part in text, part
