"""A place is given only where most regions of a kind are ranked."""

from dataclasses import replace

import pytest

from assets.rapport.plaats import TE_WEINIG, leave_out_small, most_ranked
from tests.reports.voorbeeldrapport import OORDEEL


def test_the_most_that_are_ranked_is_counted_by_kind() -> None:
    found = most_ranked([("gemeente", 13), ("gemeente", 342), ("provincie", 12), ("corop", None)])
    assert found == {"gemeente": 342, "provincie": 12, "corop": 0}


@pytest.mark.parametrize(("van", "most", "blijft"), [(342, 342, True), (171, 342, True), (13, 342, False)])
def test_a_place_among_a_few_is_no_place(van: int, most: int, blijft: bool) -> None:
    oordeel = replace(OORDEEL, rang=3, rang_van=van, positie="bovenste_kwart")
    found = leave_out_small(oordeel, "gemeente", {"gemeente": most})
    if blijft:
        assert found == oordeel
    else:
        assert (found.positie, found.rang, found.rang_van) == ("n.b.", None, None)
        assert found.toelichting == f"marge onbekend; {TE_WEINIG}" and found.trend == oordeel.trend


def test_who_has_no_place_keeps_none() -> None:
    oordeel = replace(OORDEEL, rang=None, rang_van=None, positie="n.b.", toelichting="")
    assert leave_out_small(oordeel, "gemeente", {"gemeente": 342}) == oordeel


def test_what_is_said_already_is_not_said_again() -> None:
    oordeel = replace(OORDEEL, rang=1, rang_van=2, positie="n.b.", toelichting="minder dan vier regio's")
    found = leave_out_small(oordeel, "provincie", {"provincie": 12})
    assert found.rang is None and found.toelichting == "minder dan vier regio's"
