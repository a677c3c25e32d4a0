"""One reader of sheets: a text file, XLSX and ODS give the same cells, with their places and what is hidden."""

import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.comments import Comment

from assets.bron.vellen.getal import GetalError, parse_getal, read_getal, shows_other
from assets.bron.vellen.lezen import is_left_over, read_vellen
from assets.bron.vellen.vel import Vak, VelError, kolomletter, visible_vel

from .gevallen import write_ods


def texts(vel) -> list[tuple]:
    return list(vel.rijen())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_is_lines_with_their_numbers(tmp_path, end):
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(["a;b", "", "1\u00a0;\u200b2", ";;", "x;y", ""]).encode())
    (vel,) = read_vellen(path)
    assert texts(vel) == [(1, ("a", "b")), (3, ("1", "2")), (5, ("x", "y"))]
    assert (vel.scheiding, vel.codering, vel.breedtes[4], vel.afgesloten) == (";", "utf-8-sig", 3, True)
    assert vel.plek(3, 27) == "a.csv, regel 3, kolom AB"


def test_sep_line_says_the_delimiter_and_counts_as_a_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=|\na|b;c\n")
    (vel,) = read_vellen(path, ";")
    assert texts(vel) == [(2, ("a", "b;c"))]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("a;b\n".encode("utf-16-le"), "UTF-16 zonder merkteken"),
        ("a;b\n".encode("utf-16-be"), "UTF-16 zonder merkteken"),
        (b"a;b\n1;\x00\n", "regel 2"),
        (b'a;b\n"1;2\n3;4\n', "regel 2"),
        (b'a;b\n"1"2;3\n', "regel 2"),
        (b"PK\x03\x04rest", "werkboek"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "wachtwoord"),
        (b"", "leeg"),
    ],
)
def test_text_that_can_not_be_trusted_says_what_to_do(tmp_path, content, word):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(VelError, match=word) as error:
        read_vellen(path)
    assert "a.csv" in str(error.value)


@pytest.mark.parametrize("name", ["a.xls", "a.xlsb", "a.numbers", "a.pdf", "a"])
def test_other_kinds_are_told_what_to_send(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(VelError, match=r"\.xlsx"):
        read_vellen(tmp_path / name)


def test_left_overs_are_known_by_name():
    names = ["~$a.xlsx", ".~lock.a.csv#", "Thumbs.db", "desktop.ini", ".DS_Store", "._a.csv"]
    assert all(is_left_over(n) for n in names)
    assert not is_left_over("a.csv")


def test_workbook_keeps_what_a_values_reader_throws_away(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "cijfers"
    sheet.append(["a", "b", "c", "d", "e", "f"])
    sheet.append([0.985, "=1+1", datetime(2026, 3, 1), True, " x\u00a0", 12.0])
    sheet["A2"].number_format = "0.0%"
    sheet["A2"].comment = Comment("nakijken", "iemand")
    sheet.append([1])
    sheet.append([2])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["F"].hidden = True
    sheet.merge_cells("B3:B4")
    book.create_sheet("leeg")
    hidden = book.create_sheet("oud")
    hidden.append(["oud"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    vellen = read_vellen(tmp_path / "a.xlsx")
    assert [(v.naam, v.verborgen, len(v.regels)) for v in vellen] == [
        ("cijfers", False, 4), ("leeg", False, 0), ("oud", True, 1),
    ]  # fmt: skip
    vel = visible_vel(vellen, "a.xlsx")
    assert [(v.soort, v.tekst) for v in vel.regels[1].vakken] == [
        ("getal", "0.985"), ("formule", ""), ("datum", "2026-03-01"), ("waar", "WAAR"), ("tekst", "x"), ("getal", "12"),
    ]  # fmt: skip
    assert (vel.regels[1].vak(0).opmaak, vel.regels[1].vak(2).datum) == ("0.0%", date(2026, 3, 1))
    assert (vel.verborgen_rijen, vel.verborgen_kolommen, vel.opmerkingen) == ({3}, {5}, 1)
    assert [str(m) for m in vel.samengevoegd] == ["B3:B4"]


def test_spreadsheet_keeps_the_same(tmp_path):
    cell = '<table:table-cell office:value-type="{}" {}>{}</table:table-cell>'
    rows = [
        cell.format("float", 'office:value="4350"', "<text:p>4.350</text:p>")
        + cell.format("percentage", 'office:value="0.985"', "<text:p>98,5%</text:p>")
        + cell.format("currency", 'office:value="5"', "<text:p>€ 5</text:p>")
        + cell.format("date", 'office:date-value="2026-03-01"', "<text:p>1-3-26</text:p>")
        + cell.format("boolean", 'office:boolean-value="true"', "<text:p>WAAR</text:p>")
        + cell.format("string", "", "<office:annotation><text:p>nee</text:p></office:annotation><text:p>ja</text:p>")
        + cell.format("string", "", "<text:p>4</text:p><text:p>350</text:p>")
        + '<table:table-cell table:formula="of:=1"/>'
        + cell.format("float", 'office:value="4" table:style-name="duizend"', "<text:p>0</text:p>"),
        cell.format("string", 'table:number-rows-spanned="2"', "<text:p>x</text:p>"),
    ]
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    table = '<table:table table:name="blad"><table:table-column table:visibility="collapse"/>{}</table:table>'
    body = "".join(f"<table:table-row>{r}</table:table-row>" for r in rows) + empty
    foot = cell.format("string", "", "<text:p>voet</text:p>")
    body += f'<table:table-row table:visibility="filter">{foot}</table:table-row>'
    style = (
        '<number:number-style style:name="N1"><number:number number:display-factor="1000"/></number:number-style>'
        '<style:style style:name="duizend" style:family="table-cell" style:data-style-name="N1"/>'
    )
    (vel,) = read_vellen(write_ods(tmp_path / "a.ods", table.format(body), style))
    assert [(v.soort, v.tekst) for v in vel.regels[0].vakken] == [
        ("getal", "4350"), ("getal", "0.985"), ("getal", "5"), ("datum", "2026-03-01"), ("waar", "WAAR"),
        ("tekst", "ja"), ("tekst", "4\n350"), ("formule", ""), ("getal", "4"),
    ]  # fmt: skip
    assert (shows_other(vel.regels[0].vak(1).opmaak), shows_other(vel.regels[0].vak(8).opmaak)) == ("procent", "factor")
    assert [r.nummer for r in vel.regels] == [1, 2, 1_048_573]
    assert (vel.verborgen_rijen, vel.verborgen_kolommen, vel.opmerkingen) == ({1_048_573}, {0}, 1)
    assert [str(m) for m in vel.samengevoegd] == ["A2:A3"]


def test_more_than_one_visible_sheet_is_no_choice_of_ours(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet("2025").append(["a"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(VelError, match="'Sheet', '2025'"):
        visible_vel(read_vellen(tmp_path / "a.xlsx"), "a.xlsx")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04rest"])
def test_workbook_that_is_none_is_refused_by_name(tmp_path, suffix, content):
    (tmp_path / f"a.{suffix}").write_bytes(content)
    with pytest.raises(VelError, match=rf"a\.{suffix}"):
        read_vellen(tmp_path / f"a.{suffix}")


def test_document_with_entities_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(VelError, match="geen leesbaar"):
        read_vellen(tmp_path / "a.ods")


def test_letters_above_the_columns():
    assert [kolomletter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


ONE_READING = {
    "4350": 4350, "-3": -3, "\N{MINUS SIGN}3,5": -3.5, "0,875": 0.875, "12,5": 12.5, "1.234,5": 1234.5,
    "1.234.567": 1234567, "4\u00a0350": 4350, "220\u202f000": 220000, "1234,567": 1234.567, "": None, ".": None,
}  # fmt: skip
REFUSED = {
    "8.400": "twee lezingen", "1.250": "twee lezingen", "12,345": "twee lezingen", "0.875": "decimale komma",
    "3.2": "decimale komma", "1,234.5": "decimale komma", "0.123.456": "decimale komma", "1 23": "decimale komma",
    "4\n350": "decimale komma", "１２": "decimale komma", "5.512E+10": "wetenschappelijk",
    "1,55E+09": "wetenschappelijk",
    "98,5%": "procentteken", "x": "teken in plaats", "-": "teken in plaats", "*": "teken in plaats", "12-": "negatief",
    "(1,5)": "negatief", "€ 5": "munt", "1e16": "wetenschappelijk", "NaN": "decimale komma",
}  # fmt: skip


@pytest.mark.parametrize("text", ONE_READING)
def test_number_with_one_reading(text):
    assert parse_getal(text, ",") == ONE_READING[text]


@pytest.mark.parametrize("text", REFUSED)
def test_number_without_one_reading_is_refused(text):
    with pytest.raises(GetalError, match=REFUSED[text]):
        parse_getal(text, ",")


def test_a_file_that_is_said_to_have_nothing_between_thousands_has_one_reading():
    assert parse_getal("8.400", ".", duizendtallen=False) == 8.4
    assert parse_getal("12,345", ",", duizendtallen=False) == 12.345
    for text, mark in (("1.234,5", ","), ("4 350", "."), ("8.400", ",")):
        with pytest.raises(GetalError):
            parse_getal(text, mark, duizendtallen=False)


@pytest.mark.parametrize(
    ("opmaak", "how"),
    [
        ("", ""), ("#,##0.00", ""), ("[$€-413] #,##0.00", ""), ('#,##0.00 "€"', ""), ("0.00E+00", ""),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', ""), ("0.0%", "procent"), ("0,", "factor"),
        ("0.0,,", "factor"), ('0.0,,"m"', "factor"), ('0" mln"', "woord"), ('0"%"', "woord"),
    ],
)  # fmt: skip
def test_a_format_that_shows_another_number_is_seen(opmaak, how):
    assert shows_other(opmaak) == how
    vak = Vak("0.985", "getal", getal=0.985, opmaak=opmaak)
    if how:
        with pytest.raises(GetalError) as error:
            read_getal(vak, ",")
        assert "0,985" in error.value.lezingen
    else:
        assert read_getal(vak, ",") == 0.985
