"""A text that a spreadsheet would run is shown as text, in every export as CSV; a number never changes."""

import csv
import io

import duckdb
import pytest

from assets.rapport.bevriezen import _write_csv
from begrippen.formule import ontscherp, ontscherp_sql
from reports.downloads import csvbestand
from reports.downloads.gegevens import Veld

KWAAD = ["=1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "-=1", "-1;2", "+a"]
GOED = ["", "Emmen", "-", "+", "-3", "+3", "-1.234,5", "2023*", "'s-Hertogenbosch", "a=b", "\N{MINUS SIGN}3", " =1"]


@pytest.mark.parametrize("text", KWAAD)
def test_a_formula_becomes_text(text):
    assert ontscherp(text) == f"'{text}"


@pytest.mark.parametrize("text", GOED)
def test_anything_else_stays(text):
    assert ontscherp(text) == text


@pytest.mark.parametrize("text", [*KWAAD, *GOED])
def test_duckdb_says_the_same(text):
    assert duckdb.execute(f"SELECT {ontscherp_sql('t')} FROM (SELECT ? AS t)", [text]).fetchall() == [
        (ontscherp(text),)
    ]


def test_the_downloads_of_the_report_hold_no_formula():
    velden = [Veld("naam", "x"), Veld("waarde", "x", "getal")]
    made = csvbestand.write(velden, [(KWAAD[0], -3.5)]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(made), delimiter=";"))
    assert rows[1] == [f"'{KWAAD[0]}", "-3,5"]


def test_the_sealed_tables_hold_no_formula(tmp_path):
    (tmp_path / "parquet").mkdir()
    duckdb.execute(
        "COPY (SELECT '=1+1' AS naam, -3.5 AS waarde, ['=x'] AS lijst, NULL::VARCHAR AS leeg) "
        f"TO '{tmp_path / 'parquet' / 'monitor.x.parquet'}' (FORMAT parquet)"
    )
    _write_csv(tmp_path / "parquet", tmp_path / "csv")
    assert (tmp_path / "csv" / "monitor.x.csv").read_text() == "naam;waarde;lijst;leeg\n'=1+1;-3.5;['=x'];\n"
