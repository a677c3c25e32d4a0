"""What moves is told once and whole: a trend that two years hide, a growth that falls, a gap that closes by others."""

from dataclasses import replace

import pytest

from reports.bewering import Bewering, Beweringen, Telling
from reports.model import Breuk
from reports.oordeelzinnen import oordeel_zin
from reports.standzinnen import kloofgang_zin, tegenspraak_zin, trend_naam, trendgang_zin, trends_samen
from reports.telzinnen import trend_telzin
from tests.reports.voorbeeldrapport import DRENTHE, make_indicator, punten, with_series


def claim(soort: str, oordeel: str, verschil: float = 0.0, **anders) -> Bewering:
    vast = {"bewering": f"{soort}/participatie/PV22", "naam": "Netto arbeidsparticipatie", "regio": "PV22"}
    vast |= {"laag": "provincie", "periode": "2024JJ00", "periode_oudst": "2024JJ00", "zekerheid": "robuust"}
    vast |= {"periode_eerder": "2018JJ00" if soort in ("trend", "kloof") else "2022JJ00", "indicator": "participatie"}
    return Bewering(soort=soort, oordeel=oordeel, verschil=verschil, **(vast | anders))


STEEG = claim("trend", "gunstig", 0.4)


@pytest.mark.parametrize("geen", ["nagenoeg_gelijk", "binnen_marge"])
def test_a_trend_that_two_years_do_not_show_is_told_with_them_and_once(geen: str) -> None:
    card, b = make_indicator(), Beweringen((STEEG, claim("verandering", geen, 0.1)))
    assert (
        tegenspraak_zin(b, card, DRENTHE) == "Over een langere tijd (2018 tot en met 2024) steeg het cijfer (gunstig)."
    )
    assert trendgang_zin(b, card, DRENTHE) == ""


def test_a_trend_that_two_years_show_as_well_is_told_by_itself() -> None:
    card, b = make_indicator(), Beweringen((STEEG, claim("verandering", "gunstig", 1.0)))
    assert tegenspraak_zin(b, card, DRENTHE) == ""
    assert trendgang_zin(b, card, DRENTHE) == "Over 2018 tot en met 2024 steeg het cijfer (gunstig)."
    oud = Beweringen((replace(STEEG, actueel=False), claim("verandering", "nagenoeg_gelijk")))
    assert tegenspraak_zin(oud, card, DRENTHE) == ""


def test_a_trend_of_an_amount_stands_beside_its_change_without_inflation_and_says_in_which_prices() -> None:
    card = make_indicator(eenheid="euro", prijzen="lopend", prijspeil=2024, kaart={"deflator": "prijzen"})
    nominaal = claim("verandering", "hoger", 900.0)
    stil = Beweringen((STEEG, nominaal, claim("verandering_reeel", "nagenoeg_gelijk")))
    assert tegenspraak_zin(stil, card, DRENTHE) == (
        "Over een langere tijd (2018 tot en met 2024) steeg het cijfer, in prijzen van 2024 (gunstig)."
    )
    reeel = Beweringen((STEEG, nominaal, claim("verandering_reeel", "gunstig", 500.0)))
    assert trendgang_zin(reeel, card, DRENTHE) == (
        "Over 2018 tot en met 2024 steeg het cijfer, in prijzen van 2024 (gunstig)."
    )


def test_a_growth_that_falls_is_still_growth_and_a_share_that_falls_is_not() -> None:
    daalt = claim("trend", "ongunstig", -0.3)
    for kaart, waarde, nul in (({"groei": True}, 1.2, True), ({"groei": True}, -0.4, False), ({}, 1.2, False)):
        card = make_indicator(kaart=kaart)
        b = Beweringen((daalt, claim("stand", "geen", waarde=waarde)))
        assert ("(nog boven nul)" in trend_naam(card, b, daalt)) == nul
        assert ("en het is nog boven nul." in trendgang_zin(b, card, DRENTHE)) == nul
        assert (" Het is nog boven nul." in oordeel_zin(card, DRENTHE, b)) == nul


@pytest.mark.parametrize(
    ("kaart", "trend", "haakjes"),
    [
        ({}, {}, ""),
        ({}, {"zekerheid": "niet_robuust"}, " (hangt van de rekenwijze af)"),
        ({}, {"aantal": 3}, " (over drie cijfers)"),
        ({"kaart": {"deflator": "prijzen"}, "prijspeil": 2024}, {"aantal": 8}, " (zonder inflatie)"),
        (
            {"kaart": {"deflator": "prijzen", "volume": "groei"}, "prijspeil": 2024},
            {"zekerheid": "niet_robuust"},
            " (in koopkracht, hangt van de rekenwijze af)",
        ),
    ],
)
def test_a_list_of_trends_says_of_each_what_the_trend_itself_says(kaart: dict, trend: dict, haakjes: str) -> None:
    card, steeg = make_indicator(**kaart), replace(STEEG, **trend)
    assert trend_naam(card, Beweringen((steeg,)), steeg) == f"‘{card.naam}’{haakjes}"


def test_trends_that_are_counted_say_of_how_many_so() -> None:
    trends = [replace(STEEG, zekerheid="niet_robuust"), replace(STEEG, aantal=4), replace(STEEG, samen_met="x"), STEEG]
    assert trends_samen([(make_indicator(), t) for t in trends]) == (
        "4 indicatoren (bij 1 hangt dat van de rekenwijze af, bij 1 gaat het over hooguit vier cijfers, bij 1 ging het "
        "de laatste twee jaar de andere kant op)"
    )
    assert trends_samen([(make_indicator(), STEEG)] * 5) == "5 indicatoren"


@pytest.mark.parametrize(
    ("kloof", "trend", "slot"),
    [
        ("kleiner", "ongunstig", "kleiner geworden, terwijl het cijfer zelf niet de gewenste kant op ging."),
        ("groter", "gunstig", "groter geworden, terwijl het cijfer zelf de gewenste kant op ging."),
        ("kleiner", "gunstig", "kleiner geworden."),
        ("groter", "geen_verandering", "groter geworden."),
    ],
)
def test_a_gap_says_what_the_region_did_itself_where_it_suggests_otherwise(kloof: str, trend: str, slot: str) -> None:
    b = Beweringen((claim("kloof", kloof), claim("trend", trend, 0.4)))
    zin = kloofgang_zin(b, make_indicator(), DRENTHE)
    assert zin == f"Het verschil met Nederland is over 2018 tot en met 2024 {slot}"


@pytest.mark.parametrize(
    ("eigen", "richting", "kloof", "ervoor"),
    [
        ([58.0, 55.0], "hoger", "groter", "ongunstiger"),
        ([58.0, 55.0], "lager", "groter", "gunstiger"),
        ([55.0, 58.0], "hoger", "kleiner", "gunstiger"),
        # above the country, and less so
        ([68.0, 62.0], "hoger", "kleiner", "ongunstiger"),
        # from below it to just above: closer, and better
        ([55.0, 61.0], "hoger", "kleiner", "gunstiger"),
        # the first and the last figure do not show what the line through all does
        ([55.0, 58.0], "hoger", "groter", ""),
        ([58.0, 55.0], "neutraal", "groter", ""),
    ],
)
def test_a_gap_says_on_which_side_of_the_country_a_region_came_to_stand(eigen, richting, kloof, ervoor) -> None:
    card = with_series(make_indicator(richting=richting), PV22=punten(eigen), NL01=punten([60.0, 60.0]))
    gat = claim("kloof", kloof, periode_eerder="2020JJ00", periode="2021JJ00", met_kant=richting != "neutraal")
    zin = kloofgang_zin(Beweringen((gat,)), card, DRENTHE)
    assert zin.endswith(
        f": naast Nederland staat Drenthe er {ervoor} voor dan in 2020." if ervoor else f"{kloof} geworden."
    )


@pytest.mark.parametrize("aantal", [8, 4])
def test_a_trend_is_told_as_two_levels_and_not_by_the_year(aantal: int) -> None:
    """A mean a year suggests that it goes on so, and seven times 0,1 is not the 0,5 that stands beside it."""
    card = with_series(make_indicator(), PV22=punten([79.3, 78.0, 76.0, 74.0, 73.3]))
    daalt = claim("trend", "ongunstig", -1.5, periode_eerder="2020JJ00", aantal=aantal)
    zin = oordeel_zin(card, DRENTHE, Beweringen((daalt,)))
    assert "gaat niet de gewenste kant op: van 79,3% in 2020 naar 73,3% in 2024, gemeten" in zin
    neutraal = oordeel_zin(card, DRENTHE, Beweringen((replace(daalt, oordeel="lager"),)))
    assert "Het cijfer van Drenthe daalde van 79,3% in 2020 naar 73,3% in 2024, gemeten" in neutraal
    # two levels that do not show it are not told
    for eerst in (73.0, 73.3):
        anders = with_series(card, PV22=punten([eerst, 78.0, 76.0, 74.0, 73.3]))
        assert "niet de gewenste kant op: het daalde, gemeten" in oordeel_zin(anders, DRENTHE, Beweringen((daalt,)))


def test_a_count_of_trends_says_how_many_hang_on_how_we_calculate_and_are_of_few_figures() -> None:
    trends = [
        claim("trend", "gunstig", 0.4, bewering=f"t{n}", zekerheid=zeker, aantal=aantal)
        for n, (zeker, aantal) in enumerate((("robuust", 8), ("niet_robuust", 8), ("niet_toetsbaar", 3)))
    ]
    telling = {
        kant: claim("telling_trend", kant, aantal=len(geteld), telling_van=3, geteld=geteld)
        for kant, geteld in (("gunstig", ("t0", "t1", "t2")), ("ongunstig", ()), ("gelijk", ()))
    }
    zin = trend_telzin(Telling(telling), Beweringen(trends))
    assert zin == (
        "Alle 3 getoetste trends met een gewenste kant (2022 tot en met 2024) gaan de gewenste kant op. Van de 3 die "
        "een kant op gaan, hangt er 1 van de rekenwijze af en rust er 1 op hooguit vier cijfers."
    )
    zeker = [replace(t, zekerheid="robuust", aantal=8) for t in trends]
    assert trend_telzin(Telling(telling), Beweringen(zeker)).endswith("gaan de gewenste kant op.")


@pytest.mark.parametrize(
    ("richting", "eigen", "trend", "slot"),
    [
        # a gap that grew the wanted way while the figure went the other way, and the mirror of it
        ("lager", [10.0, 11.0], "ongunstig", "er gunstiger voor dan in 2020, terwijl het cijfer zelf niet de gewenste"),
        ("hoger", [10.0, 11.0], "gunstig", "er ongunstiger voor dan in 2020, terwijl het cijfer zelf de gewenste"),
    ],
)
def test_the_side_and_not_the_size_of_a_gap_decides_what_is_said_of_the_figure_itself(
    richting: str, eigen: list[float], trend: str, slot: str
) -> None:
    card = with_series(make_indicator(richting=richting), PV22=punten(eigen), NL01=punten([12.0, 16.0]))
    jaren = {"periode_eerder": "2020JJ00", "periode": "2021JJ00", "met_kant": True}
    b = Beweringen((claim("kloof", "groter", **jaren), claim("trend", trend, 0.4)))
    assert f"naast Nederland staat Drenthe {slot} kant op ging." in kloofgang_zin(b, card, DRENTHE)


def test_a_gap_of_an_amount_is_told_as_a_part_and_one_that_did_not_clearly_change_as_not_known() -> None:
    euro = make_indicator(eenheid="euro", prijzen="lopend")
    kleiner = kloofgang_zin(Beweringen((claim("kloof", "kleiner"),)), euro, DRENTHE)
    assert kleiner.startswith("Het verschil met Nederland in procenten is over 2018 tot en met 2024 kleiner geworden")
    niet = kloofgang_zin(Beweringen((claim("kloof", "gelijk"),)), make_indicator(), DRENTHE)
    assert niet == "Of het verschil met Nederland over 2018 tot en met 2024 groter of kleiner werd, is niet te zeggen."


@pytest.mark.parametrize(
    ("reeks", "anders", "zin"),
    [
        # 4.751, 11,8% more than two years before, without a word of the 8.639 of 2018
        ([80.0, 70.0, 55.0, 58.0, 60.0], {}, "Maar in 2020 was het 80,0% (schatting)."),
        # as far away on the same side, or nearer than two years before
        ([40.0, 45.0, 55.0, 58.0, 60.0], {}, ""),
        ([62.0, 60.0, 55.0, 58.0, 60.0], {}, ""),
        # prices of other years, or another way of measuring
        ([80.0, 70.0, 55.0, 58.0, 60.0], {"prijzen": "lopend"}, ""),
        ([80.0, 70.0, 55.0, 58.0, 60.0], {"breuken": (Breuk(2021, "anders"),)}, ""),
    ],
)
def test_without_a_trend_it_is_told_what_was_long_before_where_two_years_go_the_other_way(reeks, anders, zin) -> None:
    card = with_series(make_indicator(**anders), PV22=punten(reeks))
    sinds = claim("verandering", "ongunstig", 5.0, waarde=60.0)
    assert tegenspraak_zin(Beweringen((sinds,)), card, DRENTHE) == zin
    stil = replace(sinds, oordeel="nagenoeg_gelijk")
    assert tegenspraak_zin(Beweringen((stil,)), card, DRENTHE) == ""


def test_of_what_is_measured_in_two_ways_that_disagree_each_names_the_other() -> None:
    """The same starters 'steeg (gunstig)' as a count and 'daalde (ongunstig)' as a share, on two pages."""
    card, deel = make_indicator(), claim("trend", "ongunstig", -0.2, indicator="deel", naam="Startersaandeel")
    zin = "‘Startersaandeel’ meet het anders en gaat de andere kant op."
    families = {"participatie": "starters", "deel": "starters"}
    for samen, zelfde_kant, told in ((families, False, True), (families, True, False), ({}, False, False)):
        ander = replace(deel, oordeel="gunstig") if zelfde_kant else deel
        b = Beweringen((STEEG, ander), samen)
        assert [zin in text for text in (trendgang_zin(b, card, DRENTHE), oordeel_zin(card, DRENTHE, b))] == [told] * 2
