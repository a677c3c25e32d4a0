"""What stands in a cell of a table: no sign or number that says more than is known."""

from __future__ import annotations

from dataclasses import replace

from reports import cellen
from reports.bewering import Bewering, Beweringen
from reports.inhoud import plain
from tests.reports.voorbeeldrapport import DRENTHE, OORDEEL, make_indicator, make_rapport


def test_a_place_of_another_year_than_the_figure_says_which_year_and_is_not_left_out() -> None:
    """Left out it read as a place in the middle, of an area that was 40 of 40 the year before."""
    card = make_indicator(meting="telling")
    punt = card.punt("PV22")
    assert punt is not None
    for periode, teken in ((punt.periode, " −"), ("2022JJ00", " − (2022)")):
        eigen = replace(card, oordelen={"PV22": replace(OORDEEL, positie="onderste_kwart", periode=periode)})
        claim = Bewering(
            "x", "plaats", "W", "PV22", "provincie", periode, periode, "onderste_kwart", "telling", card.id
        )
        rapport = replace(make_rapport(eigen), beweringen=Beweringen((claim,)))
        cel = cellen.kwartcel(rapport, eigen, DRENTHE)
        assert plain(cel.inhoud).endswith(teken) and cel.vlak == "ongunstig"
