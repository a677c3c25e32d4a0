"""Small multiples and the pyramid: the same axes for all, who is missing named, the message in words."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document import Figuur
from reports.figuren import (
    Doek,
    Veelluik,
    draw_veelluik,
    make_veelluik,
)
from reports.figuren.stijl import BREED
from reports.model import Indicator
from tests.reports.voorbeeldrapport import BREUK, DRENTHE, GEMEENTEN, NL, make_indicator, punten, with_series

DOEK = Doek()


def make(card: Indicator) -> Veelluik | None:
    return make_veelluik(card, GEMEENTEN, DRENTHE, NL)


def draw(card: Indicator) -> Figuur:
    beeld = make(card)
    assert beeld is not None
    return draw_veelluik(DOEK, card, beeld)


def places(figuur: Figuur) -> list[tuple[str, float, float]]:
    """The words of a figure with where they begin."""
    found = [e for e in ET.fromstring(figuur.svg).iter() if e.tag.endswith("text")]
    return [(e.text or "", float(e.get("x", 0)), float(e.get("y", 0))) for e in found]


def test_each_municipality_has_its_name_and_its_last_value() -> None:
    figuur = draw(make_indicator())
    words = [w for w, _, _ in places(figuur)]
    assert [w for w in words if w in {g.naam for g in GEMEENTEN}] == [g.naam for g in GEMEENTEN]
    assert {"67,4*", "78,4*", "gemeente", "Nederland", "%", "2020", "2024"} <= set(words)
    assert figuur.noten[0].startswith("Streepjeslijn") and "stroke-dasharray" in figuur.svg
    assert len(figuur.svg) < 16_000


def test_a_break_is_a_gap_and_nothing_is_compared_over_it() -> None:
    figuur = draw(make_indicator(breuken=(BREUK,)))
    beeld = make(make_indicator(breuken=(BREUK,)))
    assert beeld is not None and all(len(lijn.stukken) == 2 for lijn in (*beeld.lijnen, beeld.grijs))
    assert "onderbroken in 2022" in figuur.alt and "hoger dan in 2020" not in figuur.alt
    assert "Onderbroken lijn: reeksbreuk in 2022." in figuur.noten


def test_who_has_too_few_values_has_no_panel_and_is_named() -> None:
    card = with_series(make_indicator(), GM0106=punten([None, None, 60, 61, 62]))
    figuur = draw(card)
    assert "Assen" not in [w for w, _, _ in places(figuur)]
    assert figuur.noten[-1] == "Te weinig cijfers: Assen." and "Te weinig cijfers: Assen." in figuur.alt


@pytest.mark.parametrize(
    "card",
    [
        make_indicator(aggregatie="som"),
        with_series(make_indicator(), **{g.code: punten([1, None, 2]) for g in GEMEENTEN[:7]}),
        with_series(make_indicator(), NL01=punten([62])),
    ],
    ids=["totaal", "te weinig gemeenten", "Nederland ontbreekt"],
)
def test_a_frame_that_would_be_empty_is_not_drawn(card: Indicator) -> None:
    assert make(card) is None


def test_the_netherlands_do_not_stretch_the_years() -> None:
    card = with_series(make_indicator(), NL01=punten([60.0] * 20, van=2005))
    beeld = make(card)
    assert beeld is not None and beeld.grijs.plekken[0].punt.jaar == 2020


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=12),
    st.integers(0, 2),
    st.sampled_from(["%", "euro", "km"]),
)
@settings(max_examples=40, deadline=None)
def test_no_word_leaves_the_picture(values: list[float], decimalen: int, eenheid: str) -> None:
    series = {g.code: punten([v + n for v in values]) for n, g in enumerate(GEMEENTEN)}
    card = with_series(make_indicator(decimalen=decimalen, eenheid=eenheid), NL01=punten(values), **series)
    if (beeld := make(card)) is None:
        return
    figuur = draw_veelluik(DOEK, card, beeld)
    assert figuur == draw_veelluik(Doek(), card, beeld)
    height = float(ET.fromstring(figuur.svg).get("height", 0))
    for word, x, y in places(figuur):
        assert -1 <= x <= BREED and 0 <= y <= height, word


def test_values_with_many_digits_get_two_panels_in_a_row() -> None:
    series = {r.code: punten([400_000.0 + n] * 5) for n, r in enumerate((DRENTHE, *GEMEENTEN))}
    card = with_series(make_indicator(eenheid="euro", decimalen=0), NL01=punten([390_000.0] * 5), **series)
    names = {g.naam for g in GEMEENTEN}
    assert len({x for w, x, _ in places(draw(card)) if w in names}) == 2
    # a long name in the last column is moved inwards a little
    assert len({x // 50 for w, x, _ in places(draw(make_indicator())) if w in names}) == 3
