"""Bars, waterfall, wheel and fan: what is drawn, in the right direction, small, and the same each time."""

import re
from xml.etree import ElementTree as ET

import pytest

from reports.analyse import Prognosejaar
from reports.document import Figuur
from reports.figuren import (
    BLAUW,
    GRIJS,
    ORANJE,
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
