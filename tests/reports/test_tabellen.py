"""Tables of indicators that more than one chapter shows."""

from dataclasses import replace

import pytest

from reports.analyse import Analyses
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.tabellen import make_hitte
from reports.inhoud import plain
from reports.model import Indicator, Punt
from reports.tabel import Tabel
from reports.zinnen import voorbehoud
from tests.reports.voorbeeldrapport import COROP, make_indicator, make_rapport


def card(id: str, *jaren: int, **anders: str) -> Indicator:
    """An indicator of which the COROP areas have their last figure in these years, as many as there are areas."""
    found = make_indicator(id=id, naam=id, oordelen={}, meting=anders.get("meting", "telling"))
    for c, jaar in zip(COROP, jaren, strict=True):
        stand = found.standen[c.code]
        assert stand.punt
        punt = replace(stand.punt, periode=f"{jaar}JJ00", jaar=jaar, status=anders.get("status", "definitief"))
        found = replace(found, standen=found.standen | {c.code: replace(stand, punt=punt)})
    return found


def hitte(*cards: Indicator) -> Tabel:
    tafel = Schrijftafel(make_rapport(*cards), Analyses())
    return make_hitte(tafel, "hitte", "De gebieden", COROP, [((), cards)])


def test_a_row_says_of_which_year_its_figures_are_and_what_they_are() -> None:
    tabel = hitte(
        card("oud", 2020, 2020, 2020, meting="steekproef"),
        card("nieuw", 2024, 2024, 2024, status="voorlopig"),
        card("ongelijk", 2024, 2022, 2024),
    )
    assert tabel.bijschrift == "De gebieden (2020 tot en met 2024)"
    assert [plain(r.kop) for r in tabel.rijen] == [
        "oud %, 2020, schattingen", "nieuw %, 2024, voorlopig", "ongelijk %, 2024",
    ]  # fmt: skip
    # a cell of another year than its row says so
    assert [" 2022" in plain(c.inhoud) for c in tabel.rijen[2].cellen] == [False, True, False]


def test_of_one_year_the_heading_says_it() -> None:
    tabel = hitte(card("a", 2024, 2024, 2024), card("b", 2024, 2024, 2024))
    assert tabel.bijschrift == "De gebieden (2024)"
    assert [plain(r.kop) for r in tabel.rijen] == ["a %", "b %"]


@pytest.mark.parametrize(
    ("meting", "een", "meer"),
    [("telling", ("benadering",), ("benaderingen",)), ("steekproef", ("schatting",), ("schattingen",))],
)
def test_counts_taken_together_are_an_approximation_and_no_estimate(
    meting: str, een: tuple[str], meer: tuple[str]
) -> None:
    """A count of the register, weighted over municipalities, was told as an estimate."""
    found = make_indicator(meting=meting)
    punt = Punt("2024JJ00", 2024, 1.0, benadering=True)
    assert voorbehoud(found, punt) == een
    assert voorbehoud(found, punt, punt) == meer
    exact = Punt("2024JJ00", 2024, 1.0)
    assert voorbehoud(found, exact) == (() if meting == "telling" else een)
