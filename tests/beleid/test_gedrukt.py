"""What papers printed once, beside today: no series, no other notion, and a growth over two periods of equal years."""

from __future__ import annotations

import pytest


def ask(db, query, *values):
    return db.execute(query, list(values)).fetchall()


def printed(db, id_, *kolommen):
    (row,) = ask(db, f"SELECT {', '.join(kolommen)} FROM beleid.gedrukt WHERE id = ?", id_)
    return row


def test_the_province_moved_as_the_country_did_and_chemistry_did_not(tabellen):
    assert printed(tabellen, "OM-01", "waarde", "nl", "verschil_nl") == (-0.7, -0.7, 0.0)
    waarde, nl, verschil = printed(tabellen, "OM-36", "waarde", "nl", "verschil_nl")
    assert (waarde, nl) == (2.6, -1.2)
    assert verschil == pytest.approx(3.8)


def test_two_periods_of_an_area_stand_beside_each_other_and_one_outside_the_register_has_no_figure(tabellen):
    rows = "SELECT waarde, tijdvak, nu, nu_groei FROM beleid.gedrukt WHERE gebied = ? ORDER BY id"
    # the card is a growth itself: its figure stands beside what was printed, and is not made a growth of
    assert ask(tabellen, rows, "ZDR") == [(-0.8, "2011-2012", -0.4, False), (-0.3, "2007-2010", -0.4, False)]
    assert ask(tabellen, rows, "RGA") == [(-0.9, "2011-2012", None, False), (2.0, "2007-2010", None, False)]
    assert "buiten het register" in printed(tabellen, "OM-16", "opmerking")[0]


@pytest.mark.parametrize(
    ("id_", "waarde", "waarom"),
    [
        ("OM-09", 9.2, "een ander begrip dan werkloosheid"),
        ("PS-02", 9.2, "een ander begrip dan werkloosheid"),
        ("PS-19", 18.3, "een andere definitie"),
        ("OM-32", 1.1, "geen logiesstatistiek"),
    ],
)
def test_another_notion_is_printed_and_never_laid_beside_a_figure_of_today(tabellen, id_, waarde, waarom):
    found, kaart, reden, nu, nu_nl = printed(tabellen, id_, "waarde", "kaart", "niet_naast", "nu", "nu_nl")
    assert (found, kaart, nu, nu_nl) == (waarde, None, None, None)
    assert waarom in reden


def test_what_was_printed_is_no_point_of_any_series(tabellen):
    assert not ask(tabellen, "FROM monitor.indicatorwaarde WHERE left(periode, 4)::INTEGER < 2020")


def test_a_count_grows_in_percent_a_year_and_a_share_moves_in_points(tabellen):
    growth = "SELECT wanneer, van, tot, punten, per_jaar, reden FROM beleid.groei WHERE indicator = ? AND regio = ?"
    nu, vorige = sorted(ask(tabellen, growth, "banen_chemie", "PV22"))
    assert nu == ("nu", 2023, 2025, False, pytest.approx(10.0), None)
    assert vorige == ("vorige", 2021, 2023, False, 0.0, None)
    nu, vorige = sorted(ask(tabellen, growth, "werkloosheid", "PV22"))
    assert nu == ("nu", 2023, 2025, True, pytest.approx(0.25), None)
    assert vorige == ("vorige", 2021, 2023, True, pytest.approx(-0.5), None)
    # the country has no figure of 2021
    assert [r for *_, r in sorted(ask(tabellen, growth, "werkloosheid", "NL01"))] == [None, "geen cijfer"]


def test_no_growth_goes_over_a_break(tabellen):
    growth = "SELECT wanneer, per_jaar IS NULL, reden FROM beleid.groei WHERE indicator = 'beroepsbevolking'"
    found = sorted(ask(tabellen, f"{growth} AND regio = 'PV22'"))
    assert found == [("nu", False, None), ("vorige", True, "reeksbreuk")]


def test_a_range_of_a_paper_stays_a_range_and_what_it_did_not_give_stays_empty(tabellen):
    assert printed(tabellen, "EF-06", "waarde", "hoogste", "precisie") == (760.0, 1370.0, "circa")
    assert printed(tabellen, "EF-05", "waarde", "hoogste") == (None, None)
    assert printed(tabellen, "OM-23", "waarde", "precisie") == (500.0, "ruim")
    assert not ask(tabellen, "FROM beleid.gedrukt WHERE waarde = 1065")


def test_beside_a_growth_of_then_stands_no_level_of_now(tabellen):
    """Of an amount without a growth of today there is nothing to lay beside what was printed."""
    rows = ask(
        tabellen,
        "SELECT g.nu, x.per_jaar FROM beleid.gedrukt AS g LEFT JOIN beleid.groei AS x ON x.indicator = g.kaart "
        "AND x.regio = g.regio AND x.wanneer = 'nu' WHERE g.nu_groei",
    )
    assert any(per_jaar is None for _, per_jaar in rows)
    assert all(nu == per_jaar for nu, per_jaar in rows)
