"""The description of an indicator, and the two queries that lead from a figure to its cells."""

from __future__ import annotations

import pytest

from assets.indicatoren.toon import ToonError, describe_indicator, walk_back

SHARE = [{"tabel": "t", "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b"}], "factor": 100}]


@pytest.fixture(scope="module")
def db(wereld, maak_cel, maak_kaart):
    card = maak_kaart("aandeel", aggregatie="verhouding", bronnen=SHARE)
    cells = [
        maak_cel(o, r, j, v)
        for r in ("PV22", "NL01", "GM0114", "GM0160")
        for j in (2021, 2022)
        for o, v in (("a", float(j)), ("b", 4.0))
    ]
    return wereld([card], [c for c in cells if (c["regio"], c["onderwerp"]) != ("GM0160", "b")])


def test_a_figure_comes_with_its_series_cells_and_queries(db):
    found = describe_indicator(db, "aandeel")
    assert (found.regio, found.periode, found.waarde.waarde, found.waarde_nl) == ("PV22", "2022JJ00", 50550.0, 50550.0)
    assert [w.periode for w in found.reeks] == ["2021JJ00", "2022JJ00"]
    assert [(c.rol, c.onderwerp, c.waarde) for c in found.cellen] == [("teller", "a", 2022.0), ("noemer", "b", 4.0)]
    assert len(db.execute(found.herkomst_sql).fetchall()) == 2
    assert [r[6] for r in db.execute(found.waarneming_sql).fetchall()] == [2022.0, 4.0]


def test_a_year_and_a_name_will_do(db):
    assert describe_indicator(db, "Aandeel", "gm0114", "2021").periode == "2021JJ00"


def test_an_empty_figure_says_why_and_shows_the_cells_that_are_there(db):
    found = describe_indicator(db, "aandeel", "RD2018")
    assert found.waarde.leeg_reden == "niet_in_selectie"
    assert [(c.lid, c.rol) for c in found.cellen] == [("GM0114", "teller"), ("GM0160", "teller"), ("GM0114", "noemer")]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("aandel",), r"Indicator aandel is er niet. Bedoelde u aandeel \(Aandeel\)"),
        (("aandeel", "PV2"), r"Regio PV2 is er niet. Bedoelde u .*PV22 \(PV22\)"),
        (("aandeel", "PV22", "1999"), "geen periode 1999. Wel: 2021, 2022"),
        (("aandeel", "GM0003"), r"geen cijfers voor GM0003 \(GM0003\)"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(db, asked, message):
    with pytest.raises(ToonError, match=message):
        describe_indicator(db, *asked)


def test_a_quote_in_a_name_stays_text():
    for query in walk_back("a'b", "PV22", "2022JJ00"):
        assert "'a''b'" in query
