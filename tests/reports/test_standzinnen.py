"""What moves is told once and whole: a trend that two years hide, a growth that falls, a gap that closes by others."""

from dataclasses import replace

import pytest

from reports.bewering import Bewering, Beweringen
from reports.oordeelzinnen import oordeel_zin
from reports.standzinnen import kloofgang_zin, tegenspraak_zin, trend_naam, trendgang_zin
from tests.reports.voorbeeldrapport import DRENTHE, make_indicator


def claim(soort: str, oordeel: str, verschil: float = 0.0, **anders) -> Bewering:
    vast = {"bewering": f"{soort}/participatie/PV22", "naam": "Netto arbeidsparticipatie", "regio": "PV22"}
    vast |= {"laag": "provincie", "periode": "2024JJ00", "periode_oudst": "2024JJ00", "zekerheid": "robuust"}
    vast |= {"periode_eerder": "2018JJ00" if soort in ("trend", "kloof") else "2022JJ00", "indicator": "participatie"}
    return Bewering(soort=soort, oordeel=oordeel, verschil=verschil, **(vast | anders))


STEEG = claim("trend", "gunstig", 0.4)


@pytest.mark.parametrize("geen", ["nagenoeg_gelijk", "binnen_marge"])
def test_a_trend_that_two_years_do_not_show_is_told_with_them_and_once(geen: str) -> None:
    card, b = make_indicator(), Beweringen((STEEG, claim("verandering", geen, 0.1)))
    assert tegenspraak_zin(b, card, DRENTHE) == "Over 2018 tot en met 2024 steeg het cijfer wel (gunstig)."
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
        "Over 2018 tot en met 2024 steeg het cijfer wel, in prijzen van 2024 (gunstig)."
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
