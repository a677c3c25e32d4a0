"""Bars, waterfall, wheel and fan: what is drawn, in the right direction, small, and the same each time."""

import re
from xml.etree import ElementTree as ET

import pytest

from reports.analyse import Prognosejaar
from reports.bladschrijver import size_of
from reports.document import Figuur
from reports.figuren import (
    BLAUW,
    GRIJS,
    ORANJE,
    PAPIER,
    Doek,
    Paar,
    Spaak,
    Staaf,
    Trap,
    draw_paren,
    draw_staven,
    draw_waaier,
    draw_waterval,
    draw_wiel,
)
from reports.figuren.stijl import BREED, TEKST
from reports.figuren.wiel import KLEUREN

STAVEN = [Staaf("Zorg", 20.0, "+20"), Staaf("Handel", -10.0, "−10"), Staaf("Bouw", None, ".")]
TRAPPEN = [
    Trap("Nederland", 100.0, "100", geheel=True),
    Trap("Mix", -30.0, "−30"),
    Trap("Eigen", 10.0, "+10"),
    Trap("Drenthe", 80.0, "80", geheel=True),
]


@pytest.fixture(scope="module")
def doek() -> Doek:
    return Doek()


def words(figuur: Figuur) -> list[str]:
    return [e.text or "" for e in ET.fromstring(figuur.svg).iter() if e.tag.endswith("text")]


def bars(figuur: Figuur, *colors: str) -> list[tuple[float, float]]:
    """Left and right of the filled shapes of these colours, in the order of drawing."""
    found = []

    def walk(element: ET.Element, fill: str | None) -> None:
        fill = element.get("fill", fill)
        if element.tag.endswith("path") and fill in colors:
            x = [float(p.split()[0]) for p in re.split(r"[MLz]", element.get("d", "")) if p.strip()]
            found.append((min(x), max(x)))
        for child in element:
            walk(child, fill)

    walk(ET.fromstring(figuur.svg), None)
    return found


def test_bars_start_at_a_common_zero_and_go_their_own_way(doek: Doek) -> None:
    figuur = draw_staven(doek, STAVEN, "Kop", "Alt.")
    (up,), (down,) = bars(figuur, BLAUW), bars(figuur, GRIJS)
    assert up[0] == pytest.approx(down[1], abs=0.2), "beide beginnen bij nul"
    assert (up[1] - up[0]) == pytest.approx(2 * (down[1] - down[0]), abs=0.3)
    assert words(figuur) == ["Zorg", "+20", "Handel", "−10", "Bouw", "."], "wat geen cijfer heeft, houdt zijn regel"


def test_a_waterfall_ends_where_its_steps_lead(doek: Doek) -> None:
    figuur = draw_waterval(doek, TRAPPEN, "Kop", "Alt.")
    ((begin, end),) = bars(figuur, GRIJS)
    ((low, high),) = bars(figuur, BLAUW)
    whole = sorted(bars(figuur, "#1b2733"))
    assert end == pytest.approx(max(w[1] for w in whole), abs=0.2)
    assert low == pytest.approx(begin, abs=0.2)
    assert high == pytest.approx(min(w[1] for w in whole), abs=0.2)


def test_two_series_are_told_apart_without_colour(doek: Doek) -> None:
    paren = [Paar("Zorg", Staaf("", 20.0, "20%"), Staaf("", 10.0, "10%"))]
    figuur = draw_paren(doek, paren, ("Drenthe", "Nederland"), kop="Kop", alt="Alt.")
    assert len(bars(figuur, BLAUW)) == 2 and not bars(figuur, ORANJE), "de tweede is open"
    assert words(figuur) == ["Drenthe", "Nederland", "Zorg", "20%", "10%"]
    width = float(re.search(r'width="([\d.]+)"', figuur.svg)[1])
    assert max(right for _, right in bars(figuur, BLAUW)) + 6 + 3 * 7.2 < width, "het getal past achter de staaf"


def test_the_wheel_has_a_sign_for_what_its_colours_say(doek: Doek) -> None:
    spaken = [
        Spaak("Wonen", (("gunstig", "ongunstig"), ("neutraal", "geen"))),
        Spaak("Milieu", (("ongunstig", "gunstig"),)),
    ]
    figuur = draw_wiel(doek, spaken, "Kop", "Alt.")
    found = words(figuur)
    assert found.count("+") == found.count(KLEUREN["ongunstig"][2]) == 2 and found.count("=") == 1
    assert "1" in found and "2" in found


def test_the_fan_shows_what_was_what_is_expected_and_how_sure(doek: Doek) -> None:
    jaren = [
        Prognosejaar("2020JJ00", 2020, None, None, None, 490000.0),
        Prognosejaar("2025JJ00", 2025, 500000.0, 498000.0, 502000.0, 501000.0),
        Prognosejaar("2050JJ00", 2050, 480000.0, 450000.0, 510000.0, None),
    ]
    found = words(draw_waaier(doek, jaren, "Kop", "Alt."))
    assert {"werkelijk", "prognose", "480,0", "kans twee op de drie", "2050"} <= set(found)


def test_the_same_figure_is_the_same_bytes_whatever_was_drawn_before(doek: Doek) -> None:
    first = draw_waterval(doek, TRAPPEN, "Kop", "Alt.").svg
    draw_staven(doek, STAVEN, "Kop", "Alt.")
    assert draw_waterval(doek, TRAPPEN, "Kop", "Alt.").svg == first == draw_waterval(Doek(), TRAPPEN, "Kop", "Alt.").svg


def at(figuur: Figuur) -> dict[str, tuple[float, float]]:
    """Where each word of a figure stands."""
    found = [e for e in ET.fromstring(figuur.svg).iter() if e.tag.endswith("text")]
    return {e.text or "": (float(e.get("x", 0)), float(e.get("y", 0))) for e in found}


PAREN = [
    Paar("Zorg", Staaf("", 20.0, "+20%"), Staaf("", 10.0, "+10%")),
    Paar("Bank", Staaf("", -10.0, "-10%"), Staaf("", 5.0, "+5%")),
]
SPAKEN = [Spaak("Wonen", (("gunstig", "geen"),)), Spaak("Arbeid en vrije tijd", (("ongunstig", "neutraal"),))]


@pytest.mark.parametrize(
    "draw",
    [
        lambda d: draw_staven(d, STAVEN, "Kop", "Alt."),
        lambda d: draw_waterval(d, TRAPPEN, "Kop", "Alt."),
        lambda d: draw_paren(d, PAREN, ("Hier", "Daar"), kop="Kop", alt="Alt."),
        lambda d: draw_wiel(d, SPAKEN, "Kop", "Alt."),
    ],
)
def test_a_figure_can_be_drawn_again_as_wide_as_paper_with_letters_of_the_same_size(doek, draw):
    figuur = draw(doek)
    assert figuur.hertekend is not None
    breed = figuur.hertekend(Doek(breed=PAPIER))
    assert size_of(breed)[0] == PAPIER > size_of(figuur)[0]
    assert breed == draw(Doek(breed=PAPIER))
    assert {ET.fromstring(f.svg).get("font-size") for f in (figuur, breed)} == {str(TEKST)}


def test_where_there_is_room_a_name_stands_before_its_bars():
    staven, paren = (
        at(draw_staven(Doek(breed=PAPIER), STAVEN, "Kop", "Alt.")),
        at(draw_paren(Doek(breed=PAPIER), PAREN, ("Hier", "Daar"), kop="Kop", alt="Alt.")),
    )
    assert staven["Zorg"][1] == staven["+20"][1] and staven["Zorg"][1] != staven["Handel"][1]
    assert paren["Zorg"][0] < paren["+20%"][0] and paren["+20%"][1] < paren["Zorg"][1] < paren["+10%"][1]


@pytest.mark.parametrize("breed", [BREED, PAPIER])
def test_pairs_have_one_zero_also_where_one_is_below_it(breed):
    figuur = draw_paren(Doek(breed=breed), PAREN, ("Hier", "Daar"), kop="Kop", alt="Alt.")
    (_, more, less), (_, *opened) = bars(figuur, BLAUW), bars(figuur, "#ffffff")
    assert more[0] == pytest.approx(less[1], abs=0.2)
    assert more[1] - more[0] == pytest.approx(2 * (less[1] - less[0]), abs=0.3)
    assert all(o[0] == pytest.approx(more[0], abs=0.2) for o in opened)
    # the number of what is below zero stands behind zero, where there is always room
    assert at(figuur)["-10%"][0] > less[1]


def test_the_wheel_has_the_names_of_its_themes_where_there_is_room_and_else_their_numbers(doek):
    assert {"1", "2"} <= set(words(draw_wiel(doek, SPAKEN, "Kop", "Alt.")))
    breed = words(draw_wiel(Doek(breed=PAPIER), SPAKEN, "Kop", "Alt."))
    assert {"Wonen", "Arbeid en", "vrije tijd"} <= set(breed) and not {"1", "2"} & set(breed)
