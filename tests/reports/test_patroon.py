"""A cell from a pattern: what is empty is left out, a code is said in its words, a name that is not there is told."""

from __future__ import annotations

from datetime import date

import pytest

from reports.cellen import NB
from reports.inhoud import plain
from reports.patroon import tabel, vak, vul

RIJ = {
    **{"naam": "een brug", "jaar": None, "nul": 0, "lijst": ["a", "b", "c"], "leeg": [], "ja": True, "nee": False},
    **{"dag": date(2026, 7, 2), "geld": 2047500, "half": 2.5, "precisie": "exact", "besluit": "deels"},
}


@pytest.mark.parametrize(
    ("patroon", "gezien"),
    [
        ("{naam!h}", "Een brug"),
        ("{naam} | in {jaar} | {lijst}", "een brug (a, b en c)"),
        ("{naam} | {jaar} || jaar onbekend", "een brug (jaar onbekend)"),
        ("{jaar} || {leeg} || geen", "geen"),
        # nought is a number that was given
        ("{nul}", "0"),
        ("{nul:getal} stuks | {half:getal}", "0 stuks (2,5)"),
        ("{geld:euro} | {dag:datum}", "2.047.500\N{NO-BREAK SPACE}euro (2 juli 2026)"),
        ("{besluit:besluit} | {ja:eigen opgave} | {nee:eigen opgave}", "deels overgenomen (eigen opgave)"),
        ("{naam} | {precisie:behalve exact} | {precisie:is exact}precies | {jaar:mits}later", "een brug (precies)"),
        ("{naam} | {ja:erin/eruit} | {nee:erin/eruit} | {jaar:erin/eruit}", "een brug (erin) (eruit)"),
        ("{half:groei} | {half:punten}", "+2,5% (+2,5 procentpunt)"),
        ("{jaar} | {naam}", NB),
    ],
)
def test_a_pattern_says_what_a_row_holds(patroon, gezien):
    assert plain(vak(patroon)(RIJ)) == gezien


def test_why_a_cell_has_no_text_is_a_pattern_too():
    (cel,) = vak("{jaar}", "{naam} of later")(RIJ)
    assert (cel.zichtbaar, cel.gesproken) == (NB, "een brug of later")


def test_a_name_that_no_row_has_is_no_empty_field():
    with pytest.raises(KeyError):
        vul("{nam}", RIJ)
    with pytest.raises(KeyError):
        vul("{naam:geenlijst}", RIJ)


def test_rows_under_one_heading_stand_together_and_numbers_line_up():
    rows = [{"a": "x", "b": 1, "g": "een"}, {"a": "y", "b": 2, "g": "twee"}, {"a": "z", "b": 3, "g": "een"}]
    made = tabel("t", "T", rows, {"A": "{a}", "B": lambda r: str(r["b"])}, groep=lambda r: r["g"], getallen=["B"])
    assert [(plain(g.kop), [plain(r.kop) for r in g.rijen]) for g in made.groepen] == [
        ("een", ["x", "z"]),
        ("twee", ["y"]),
    ]
    assert [k.uitlijning for k in made.kolommen] == ["begin", "eind"]


def test_a_column_that_says_nothing_in_any_row_is_a_sentence():
    kolommen = {"A": "{a}", "B": vak("{b}", "bereik niet bekend"), "C": "{c}"}
    rows = [{"a": "x", "b": None, "c": 1}, {"a": "y", "b": None, "c": None}]
    made = tabel("t", "T", rows, kolommen, ("Een noot.",))
    # a column that says something in one row stays
    assert [plain(k.kop) for k in made.kolommen] == ["A", "C"]
    assert [[plain(c.inhoud) for c in r.cellen] for r in made.rijen] == [["1"], [NB]]
    assert made.noten == ("De kolom ‘B’ is weggelaten: in elke rij stond ‘bereik niet bekend’.", "Een noot.")
    rows[1]["b"] = "z"
    assert [plain(k.kop) for k in tabel("t", "T", rows, kolommen).kolommen] == ["A", "B", "C"]
