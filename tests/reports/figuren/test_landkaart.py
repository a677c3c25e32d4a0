"""Maps: to scale, the same bytes each time, and understood without colour."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.path import Path as Lijnstuk

from reports.figuren import Doek, make_puntbeeld
from reports.figuren.landkaart import TINTEN, Landkaartbeeld, Landkaarttekenaar, make_landkaartbeeld, spread
from reports.figuren.ondergrond import find_plek, make_ondergrond, simplify
from reports.grenzen import Grenzen
from reports.model import Indicator, Regio
from tests.reports.voorbeeldrapport import (
    COROP,
    DRENTHE,
    GEBIED,
    GEMEENTEN,
    NL,
    make_indicator,
    make_rapport,
    punten,
    with_series,
)

SVG = "{http://www.w3.org/2000/svg}"
VIERKANT = ((6.0, 52.5), (7.0, 52.5), (7.0, 53.5), (6.0, 53.5), (6.0, 52.5))


def texts(svg: str) -> list[str]:
    return ["".join(e.itertext()) for e in ET.fromstring(svg).iter(f"{SVG}text")]


def beeld_of(indicator: Indicator) -> Landkaartbeeld | None:
    return make_landkaartbeeld(indicator, make_puntbeeld(indicator, (GEMEENTEN, COROP), DRENTHE, NL))


def with_values(*values: float | None) -> Indicator:
    return with_series(make_indicator(), **{g.code: punten([v]) for g, v in zip(GEMEENTEN, values, strict=True)})


def squares(shift: float = 0.02) -> Grenzen:
    """A boundary a municipality, beside each other."""
    vlakken = {}
    for n, g in enumerate(GEMEENTEN):
        x = 6 + n * shift
        vlakken[g.code] = (((x, 53.0), (x + shift, 53.0), (x + shift, 53.1), (x, 53.1), (x, 53.0)),)
    return Grenzen(2025, "g.geojson", vlakken)


@pytest.fixture(scope="module")
def tekenaar() -> Landkaarttekenaar:
    ondergrond = make_ondergrond(None, GEMEENTEN, GEBIED.tegels)
    assert ondergrond is not None
    return Landkaarttekenaar(Doek(), ondergrond)


def test_each_tile_is_a_municipality_and_lies_alone() -> None:
    assert sorted(c for row in GEBIED.tegels for c in row if c) == sorted(g.code for g in GEMEENTEN)


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    ground = make_ondergrond(Grenzen(None, "g", {GEMEENTEN[0].code: (VIERKANT,)}), GEMEENTEN[:1])
    assert ground is not None and not ground.tegels
    assert ground.breed / ground.hoog == pytest.approx(0.6018, abs=1e-4), "cosinus van 53 graden"


def test_without_a_place_for_every_municipality_there_is_no_map() -> None:
    strange = replace(GEMEENTEN[0], code="GM9999")
    assert make_ondergrond(None, (*GEMEENTEN, strange), GEBIED.tegels) is None
    assert make_ondergrond(None, (), GEBIED.tegels) is None
    rest = Grenzen(None, "g", {g.code: (VIERKANT,) for g in GEMEENTEN[1:]})
    ground = make_ondergrond(rest, GEMEENTEN, GEBIED.tegels)
    assert ground is not None and ground.tegels


def test_simplifying_keeps_corners_and_drops_what_lies_on_a_line() -> None:
    ring = np.array([(0, 0), (0.5, 0.0001), (1, 0), (1, 0.5), (1, 1), (0, 1), (0, 0)], dtype=float)
    assert simplify(ring, 0.002).tolist() == [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    turned = np.vstack([ring[2:], ring[1:3]])
    assert simplify(turned, 0.002).tolist() == simplify(ring, 0.002).tolist(), "het begin maakt niet uit"
    assert len(simplify(ring / 10000, 0.002)) == len(ring), "een klein vlak verdwijnt niet"


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0.2, 1.0), min_size=5, max_size=30))
def test_simplifying_moves_a_line_no_further_than_it_may(radii: list[float]) -> None:
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)]) * np.array(radii)[:, None]
    ring = np.vstack([ring, ring[:1]])
    simple = simplify(ring, 0.05)
    begin, along = simple[:-1], np.diff(simple, axis=0)
    for point in ring:
        share = np.clip(((point - begin) * along).sum(axis=1) / (along**2).sum(axis=1), 0, 1)
        assert np.hypot(*(point - begin - share[:, None] * along).T).min() <= 0.05 + 1e-9


def test_a_label_lies_inside_also_of_a_hollow_shape() -> None:
    hollow = np.array([(0, 0), (10, 0), (10, 1), (1, 1), (1, 9), (10, 9), (10, 10), (0, 10), (0, 0)], dtype=float)
    assert Lijnstuk(hollow).contains_point(find_plek(hollow, 1.0))
    assert find_plek(hollow, 0.2)[0] > 1, "een breed woord past in een arm, niet in de rug"
    assert find_plek(hollow, 0.2, lambda p: p[1] > 5)[1] > 5


def test_four_classes_of_three_from_high_to_low() -> None:
    beeld = beeld_of(with_values(*range(12)))
    assert beeld is not None
    assert [k.letter for k in beeld.klassen] == list("ABCD")
    assert [[s.waarde for s in k.stippen] for k in beeld.klassen] == [[11, 10, 9], [8, 7, 6], [5, 4, 3], [2, 1, 0]]


def test_what_is_printed_the_same_falls_in_one_class() -> None:
    beeld = beeld_of(with_values(5, 5, 5, 5.04, 1, 1, 1, 1, 1, 1, 1, 1))
    assert beeld is not None
    assert [len(k.stippen) for k in beeld.klassen] == [4, 8]
    assert [k.letter for k in beeld.klassen] == ["A", "B"]


@pytest.mark.parametrize("values", [[3.0] * 12, [1.0, 2.0, 3.0] + [None] * 9])
def test_without_differences_or_with_few_values_there_is_no_map(values: list[float | None]) -> None:
    assert beeld_of(with_values(*values)) is None


def test_the_map_says_its_classes_in_letters_and_words(tekenaar: Landkaarttekenaar) -> None:
    card = with_values(*range(11), None)
    beeld = beeld_of(card)
    assert beeld is not None
    figure = tekenaar.draw_landkaart(card, beeld)
    found = texts(figure.svg)
    assert [found.count(k.letter) for k in beeld.klassen] == [len(k.stippen) + 1 for k in beeld.klassen]
    assert "." in found, "geheim"
    assert "8,0 \N{EN DASH} 10,0" in found
    whole = "".join(found).replace(" ", "")
    assert all(g.naam.replace(" ", "") in whole for g in GEMEENTEN), "elke gemeente staat er met haar naam"
    assert "A, 8,0 tot 10,0: Tynaarlo, Noordenveld en Midden-Drenthe." in figure.alt
    assert figure.alt.endswith("Geen cijfer: Westerveld.")
    assert "even veel gemeenten" in figure.noten[0]
    # ten with one figure share a letter, beside two with another
    card = with_values(*[4.0] * 10, 3.0, 3.0)
    beeld = beeld_of(card)
    assert beeld is not None and tekenaar.draw_landkaart(card, beeld).noten == ("A is hoog.",)


def test_the_same_map_gives_the_same_bytes_and_is_small(tekenaar: Landkaarttekenaar) -> None:
    card = make_indicator()
    beeld = beeld_of(card)
    assert beeld is not None
    first = tekenaar.draw_landkaart(card, beeld)
    tekenaar.draw_overzicht(make_rapport())
    assert (
        tekenaar.draw_landkaart(card, beeld)
        == first
        == Landkaarttekenaar(Doek(), tekenaar.ondergrond).draw_landkaart(card, beeld)
    )
    assert len(first.svg) < 6000
    assert "voorlopige cijfers" in first.noten[0]


def test_the_overview_names_every_municipality_and_its_area(tekenaar: Landkaarttekenaar) -> None:
    figure = tekenaar.draw_overzicht(make_rapport())
    whole = "".join(texts(figure.svg))
    assert all(g.naam.replace(" ", "") in whole.replace(" ", "") for g in GEMEENTEN)
    assert [whole.count(n) for n in "123"] == [5, 3, 4]
    assert "2, Zuidoost-Drenthe: Borger-Odoorn, Coevorden en Emmen." in figure.alt


def test_where_an_area_lies_its_neighbours_have_their_names(tekenaar: Landkaarttekenaar) -> None:
    figure = tekenaar.draw_ligging(make_rapport(), GEMEENTEN[5], [GEMEENTEN[5].code])
    whole = "".join(texts(figure.svg)).replace(" ", "")
    assert all(g.naam.replace(" ", "") in whole for g in GEMEENTEN)


def test_what_an_area_has_outside_the_map_is_named(tekenaar: Landkaarttekenaar) -> None:
    regio, buiten = Regio("RD", "Dealgebied", "samengesteld"), Regio("GM0160", "Elders", "gemeente")
    leden = (GEMEENTEN[5], buiten)
    rapport = replace(make_rapport(), leden={"RD": leden})
    figure = tekenaar.draw_ligging(rapport, regio, {g.code for g in leden})
    assert figure.noten == ("Niet op de kaart, want buiten Drenthe: Elders.",)
    assert not tekenaar.draw_ligging(rapport, GEMEENTEN[5], {GEMEENTEN[5].code}).noten


def test_letters_stand_out_from_their_tint() -> None:
    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    grounds = [luminance(fill) for fill, _ in TINTEN]
    assert grounds == sorted(grounds), "hoe hoger, hoe donkerder: ook zonder kleur te zien"
    for fill, ink in TINTEN:
        dark, light = sorted((luminance(fill), luminance(ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, fill
    assert spread(2) == [TINTEN[0], TINTEN[-1]] and spread(4) == list(TINTEN)


def test_shapes_from_a_file_take_the_place_of_tiles() -> None:
    ground = make_ondergrond(squares(), GEMEENTEN)
    assert ground is not None and not ground.tegels
    card = make_indicator()
    beeld = beeld_of(card)
    assert beeld is not None
    svg = ET.fromstring(Landkaarttekenaar(Doek(), ground).draw_landkaart(card, beeld).svg)
    places = [(float(e.get("x", 0)), float(e.get("y", 0))) for e in svg.iter(f"{SVG}text")]
    high = float(svg.get("height", 0))
    assert all(0 <= x <= 380 and 0 <= y <= high for x, y in places)


def test_real_boundaries_fill_the_map(shared_data: Path) -> None:
    from assets.rapport.geo import gemeenten_van, read_geo

    ground = make_ondergrond(read_geo(shared_data / "geo", gemeenten_van(2026)), GEMEENTEN)
    assert ground is not None and not ground.tegels
    assert 0.9 < ground.breed / ground.hoog < 1.1, "Drenthe is ongeveer even breed als hoog"
    card = make_indicator()
    beeld = beeld_of(card)
    assert beeld is not None
    assert len(Landkaarttekenaar(Doek(), ground).draw_landkaart(card, beeld).svg) < 9000
