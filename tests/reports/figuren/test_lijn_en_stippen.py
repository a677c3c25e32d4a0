"""The drawn figures: the same bytes each time, small, and understood without colour."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.document import Figuur
from reports.figuren import Doek, draw_lijn, draw_stippen, make_lijnbeeld, make_puntbeeld
from reports.figuren.stijl import BREED, HOOG, tick_marks
from reports.figuren.svg import compact
from reports.model import Indicator, Rapport
from tests.reports.voorbeeldrapport import BREUK, make_indicator, make_rapport, punten, with_series

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def doek() -> Doek:
    return Doek()


def draw(doek: Doek, card: Indicator, rapport: Rapport) -> tuple[Figuur | None, Figuur | None]:
    lijn = make_lijnbeeld(card, rapport.provincie, rapport.nederland)
    stippen = make_puntbeeld(card, rapport.lagen, rapport.provincie, rapport.nederland)
    return (
        draw_lijn(doek, card, lijn, rapport.provincie) if lijn else None,
        draw_stippen(doek, card, stippen, rapport.provincie) if stippen else None,
    )


def texts(svg: str) -> list[str]:
    return ["".join(e.itertext()) for e in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_same_figures_give_the_same_bytes(doek: Doek) -> None:
    rapport = make_rapport()
    card = rapport.indicatoren[0]
    first = draw(doek, card, rapport)
    draw(doek, make_indicator(breuken=(BREUK,)), rapport)
    assert draw(doek, card, rapport) == first == draw(Doek(), card, rapport)


def test_figures_hold_their_words_as_text_and_are_small(doek: Doek) -> None:
    rapport = make_rapport()
    lijn, stippen = draw(doek, rapport.indicatoren[0], rapport)
    assert {"Drenthe", "Nederland", "63,4*", "62,4*", "%", "2024"} <= set(texts(lijn.svg))
    assert {g.naam for g in rapport.gemeenten} | {"Drenthe", "Nederland"} <= set(texts(stippen.svg))
    assert max(len(lijn.svg), len(stippen.svg)) < 6000
    assert lijn.noten == ("Streepjeslijn en open punten: voorlopige cijfers.", "De as begint niet bij nul.")


def test_a_provisional_part_is_dashed_and_its_points_are_open(doek: Doek) -> None:
    rapport = make_rapport()
    final = with_series(make_indicator(), PV22=punten([1, 2, 3]), NL01=punten([2, 3, 4]))
    assert "stroke-dasharray" in draw(doek, rapport.indicatoren[0], rapport)[0].svg
    plain = draw(doek, final, rapport)[0]
    assert "stroke-dasharray" not in plain.svg and plain.noten == ("De as begint niet bij nul.",)


def test_drenthe_and_the_netherlands_differ_without_colour(doek: Doek) -> None:
    rapport = make_rapport()
    svg = ET.fromstring(draw(doek, rapport.indicatoren[0], rapport)[0].svg)
    marks = {re.sub(r"[-\d. ]", "", e.get("d", "")) for d in svg.iter(f"{SVG}defs") for e in d}
    assert len(marks) == 2, "rond en vierkant"


def test_a_break_is_named_in_the_picture(doek: Doek) -> None:
    figure = draw(doek, make_indicator(breuken=(BREUK,)), make_rapport())[0]
    assert "reeksbreuk" in [t.strip() for t in texts(figure.svg)]


def test_a_secret_value_keeps_its_row_in_the_dot_plot(doek: Doek) -> None:
    rapport = make_rapport()
    card = with_series(make_indicator(), GM1690=punten([1, 2, 3, 4, None]))
    svg = draw(doek, card, rapport)[1].svg
    assert rapport.gemeenten[4].naam in texts(svg) and "." in texts(svg)
    assert svg.count("<use") == 11


def test_without_data_nothing_is_drawn(doek: Doek) -> None:
    assert draw(doek, make_indicator(reeksen={}), make_rapport()) == (None, None)


@settings(deadline=None, max_examples=25)
@example([None, None, None, 4.77e-282, 4.77e-282, 1.0], "euro")
@given(
    st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9, allow_nan=False)), min_size=2, max_size=8),
    st.sampled_from(["%", "euro", "aantal"]),
)
def test_any_series_gives_a_figure_within_its_frame(values: list[float | None], eenheid: str) -> None:
    rapport = make_rapport()
    card = with_series(make_indicator(eenheid=eenheid), PV22=punten(values), GM0106=punten(values))
    for figure in draw(DOEK, card, rapport):
        if figure is not None:
            tree = ET.fromstring(figure.svg)
            places = [
                (float(e.get("x")), float(e.get("y"))) for e in tree.iter() if e.get("x") and e.tag != f"{SVG}rect"
            ]
            assert all(-1 <= x <= BREED + 1 and -1 <= y <= HOOG + 1 for x, y in places)


DOEK = Doek()


@pytest.mark.parametrize(
    ("low", "high", "decimalen"),
    [(0, 10, 0), (3.1, 3.9, 1), (0, 0.05, 2), (0, 1e6, 0), (62.0, 62.2, 2), (-0.4, 0.3, 1)],
)
def test_tick_marks_tell_each_other_apart(low: float, high: float, decimalen: int) -> None:
    ticks, need = tick_marks(low, high)
    assert len({round(t, need) for t in ticks}) == len(ticks) >= 3
    assert need <= decimalen


def test_compact_keeps_what_is_referred_to_and_drops_the_rest() -> None:
    svg = (
        '<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><metadata>weg</metadata><g id="weg"><defs><path id="blijft" '
        'd="M 0.123456 1 z" style="stroke: #fff"/></defs><use xlink:href="#blijft" x="1.98765" style="fill: red; '
        'stroke-width: 1"/><text id="ook_weg" style="fill: red" transform="rotate(-0 1 2)">a &lt; b</text></g></svg>'
    )
    assert compact(svg, font_size="13") == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10" font-size="13">'
        '<defs><path id="m0" d="M0.1 1z" stroke="#fff"/></defs><use x="2" fill="red" href="#m0"/>'
        '<text fill="red">a &lt; b</text></svg>'
    )


def test_a_long_name_and_a_large_number_stay_apart(doek: Doek) -> None:
    rapport = make_rapport()
    card = with_series(
        make_indicator(eenheid="euro", decimalen=0),
        PV22=punten([1_000_000, 1_100_000]),
        NL01=punten([1_000_100, 1_100_100]),
    )
    svg = ET.fromstring(draw(doek, card, rapport)[0].svg)
    places = {"".join(e.itertext()): float(e.get("y")) for e in svg.iter(f"{SVG}text")}
    assert abs(places["Drenthe"] - places["Nederland"]) >= 30


@pytest.mark.parametrize(
    ("provincie", "nederland"), [(10.0, 90.0), (90.0, 90.1), (10.0, 10.1), (1.0, 1000.0), (90.0, 10.0)]
)
def test_the_names_of_the_rules_stay_in_the_picture_and_apart(doek: Doek, provincie: float, nederland: float) -> None:
    rapport = make_rapport()
    municipalities = {g.code: punten([10.0 + 7 * n]) for n, g in enumerate(rapport.gemeenten)}
    card = with_series(make_indicator(), PV22=punten([provincie]), NL01=punten([nederland]), **municipalities)
    svg = ET.fromstring(draw(doek, card, rapport)[1].svg)
    begin = {"".join(e.itertext()): float(e.get("x")) for e in svg.iter(f"{SVG}text")}
    if "Drenthe" not in begin:
        assert nederland > 10 * provincie, "alleen een totaal staat er zonder lijnen"
        return
    left, right = sorted(("Drenthe", "Nederland"), key=begin.__getitem__)
    assert begin[left] >= 0 and begin[right] + 8 * len(right) <= BREED
    assert begin[left] + 8 * len(left) <= begin[right]


def test_an_approximation_is_named(doek: Doek) -> None:
    card = make_indicator()
    rough = with_series(card, PV22=tuple(replace(p, benadering=True) for p in card.points("PV22")))
    assert draw(doek, rough, make_rapport())[0].noten[0].startswith("Dit cijfer van Drenthe is een benadering")


def test_who_an_approximation_does_without_is_named(doek: Doek) -> None:
    card = replace(make_indicator(), aggregatie="verhouding")
    points = tuple(
        replace(p, benadering=True, zonder=("Westerveld",) if n else ()) for n, p in enumerate(card.points("PV22"))
    )
    notes = draw(doek, with_series(card, PV22=points), make_rapport())[0].noten
    assert notes[0] == "Dit cijfer van Drenthe is een benadering: de gemeenten samen, voor zover zij een cijfer hebben."
    assert notes[1] == "Niet elke gemeente heeft elk jaar een cijfer. Niet meegeteld: Westerveld."


def test_two_points_are_two_dots_and_an_axis_from_zero_says_nothing(doek: Doek) -> None:
    two = with_series(make_indicator(), PV22=punten([0.0, 9.0]), NL01=punten([2.0, 8.0]))
    lijn, _ = draw(doek, two, make_rapport())
    three = with_series(make_indicator(), PV22=punten([0.0, 9.0, 5.0]), NL01=punten([2.0, 8.0, 5.0]))
    course, _ = draw(doek, three, make_rapport())
    assert lijn.svg.count("stroke-width") < course.svg.count("stroke-width"), "tussen twee punten staat geen lijn"
    assert "De as begint niet bij nul." not in lijn.noten
