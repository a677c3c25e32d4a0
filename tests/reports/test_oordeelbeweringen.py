"""Which verdicts a claim has and which are counted: what readers took for better, worse, high or low and was not."""

from dataclasses import replace
from math import comb

import pytest

from reports import cellen
from reports.beweringzinnen import hoeveel
from reports.hoofdstukken.antwoorden import make_antwoord, make_antwoorden
from reports.hoofdstukken.thema import beeld_zin
from reports.inhoud import plain
from reports.oordeelzinnen import plaats_zin
from tests.reports.test_beweringzinnen import many, moved, tafel, welvaart
from tests.reports.test_prijzen import bedrag
from tests.reports.voorbeeldrapport import OORDEEL, make_indicator, make_rapport


def test_a_verdict_over_a_handful_of_figures_is_not_given() -> None:
    assert make_antwoord(welvaart(*many(4))).startswith("Deze editie heeft te weinig recente cijfers")
    geteld = [replace(c, meting="telling") for c in many(9)]
    beter = "Vergeleken met twee jaar eerder is er in Drenthe duidelijk meer verbeterd dan verslechterd"
    assert make_antwoord(welvaart(*geteld)) == f"{beter}."
    down = [replace(c, id=f"d{n}", richting="lager") for n, c in enumerate(geteld[:6])]
    assert "niet duidelijk beter of slechter" in make_antwoord(welvaart(*geteld[:8], *down))
    # where most did not clearly change, it says so
    stil = [
        replace(c, id=f"s{n}", kaart={"merkbaar": 50.0, "merkbaar_maat": "eenheid"}) for n, c in enumerate(many(10))
    ]
    meeste = "bij de meeste indicatoren (10 van de 19) is er geen duidelijk verschil."
    assert make_antwoord(welvaart(*geteld, *stil)) == f"{beter}, maar {meeste}"


def test_clearly_better_is_what_is_so_without_those_that_may_be_chance() -> None:
    """14 against 4 of which 3 may be chance is 11 against 4: no clear difference, and why is told."""
    met = [replace(c, id=f"t{n}", meting="telling") for n, c in enumerate(many(14))]
    down = [replace(c, id=f"d{n}", richting="lager") for n, c in enumerate(met[:4])]
    assert "duidelijk meer verbeterd" in make_antwoord(welvaart(*met, *down))
    desk = welvaart(*met[:11], *many(3), *down)
    assert "niet duidelijk beter of slechter" in make_antwoord(desk)
    antwoord = make_antwoorden(desk)[0].verder
    zonder = "zonder de 3 die zelf toeval kunnen zijn, is het te klein."
    assert f"Het verschil tussen 14 en 4 kan toeval zijn: {zonder}" in antwoord
    # two that may be chance leave 14 against 4, which is clear by itself
    assert "duidelijk meer verbeterd" in make_antwoord(welvaart(*met, *many(2), *down))


@pytest.mark.parametrize(
    ("beter", "slechter", "duidelijk"),
    [(5, 0, False), (6, 0, True), (7, 1, False), (8, 1, True), (9, 2, False), (10, 2, True), (12, 4, False)],
)
def test_the_headline_says_what_the_sign_test_says(beter: int, slechter: int, duidelijk: bool) -> None:
    """Of few, all on one side is soon chance: five of five is so once in sixteen times."""
    met = [replace(c, id=f"t{n}", meting="telling") for n, c in enumerate(many(beter))]
    down = [replace(c, id=f"d{n}", meting="telling", richting="lager") for n, c in enumerate(many(slechter))]
    n = beter + slechter
    toeval = 2 * sum(comb(n, k) for k in range(beter, n + 1)) / 2**n
    assert (toeval <= 0.05) == duidelijk
    assert ("duidelijk meer verbeterd" in make_antwoord(welvaart(*met, *down))) == duidelijk


def test_growth_that_is_less_than_before_is_no_worse_and_is_not_counted() -> None:
    """The number of jobs rose and so did their growth, by less: one development, of which the level has the verdict."""
    peil, groei = moved(60.0, 63.0), moved(3.0, 1.0, id="groei", kaart={"groei": True})
    desk = tafel(peil, groei)
    (level,) = [b for b in desk.rapport.beweringen.rijen if b.soort == "verandering" and b.indicator == peil.id]
    (found,) = [b for b in desk.rapport.beweringen.rijen if b.soort == "verandering" and b.indicator == "groei"]
    assert (level.oordeel, found.oordeel, found.met_kant) == ("gunstig", "lager", False)
    telling = desk.rapport.beweringen.telling("verandering", "alles", "PV22", "provincie")
    assert telling is not None and telling.van == 1


def test_a_lead_names_one_of_those_that_measure_the_same() -> None:
    een = make_indicator(naam="Banen", kaart={"familie": "banen", "leidend": True})
    index = make_indicator(id="index", naam="Index van banen", kaart={"familie": "banen", "leidend": False})
    desk = tafel(index, een)
    zin = beeld_zin(desk, desk.rapport.themas[0])
    assert "‘Banen’" in zin and "Index" not in zin


def test_who_is_about_the_same_as_the_country_does_not_stand_high() -> None:
    """Rank 2 of 12 where all are close together: no quarter is told, and no count of quarters has it."""
    hoog = replace(OORDEEL, positie="bovenste_kwart", rang=2, rang_van=12)
    card = moved(62.0, 62.4)
    for nederland, oordeel in ((62.3, "als_nederland"), (58.0, "bovenste_kwart")):
        stand = replace(card.standen["PV22"], waarde_nl=nederland)
        desk = tafel(replace(card, oordelen={"PV22": hoog}, standen={"PV22": stand}))
        plaats = desk.rapport.beweringen.find("plaats", card.id, "PV22")
        assert plaats is not None and plaats.oordeel == oordeel
        telling = desk.rapport.beweringen.telling("plaats", "alles", "PV22", "provincie")
        assert telling is not None
        assert (telling["bovenste_kwart"], telling["midden"]) == ((0, 1) if oordeel == "als_nederland" else (1, 0))
        zin = plaats_zin(card, desk.rapport.provincie, desk.rapport.beweringen)
        assert ("maar het verschil met Nederland is te klein" in zin) == (oordeel == "als_nederland")
        # and no table says otherwise
        cel = plain(cellen.plaats(desk.rapport, desk.rapport.indicatoren[0], desk.rapport.provincie))
        assert ("ongeveer als Nederland" in cel, "gunstigste kwart" in cel) == (
            oordeel == "als_nederland",
            oordeel != "als_nederland",
        )


def test_a_rank_that_more_than_a_quarter_share_is_no_quarter() -> None:
    """107 of 285 share the last rank, and their middle is in the last quarter: they are no quarter but 38 of 100."""
    card = moved(62.0, 62.4)
    card = replace(card, standen={"PV22": replace(card.standen["PV22"], waarde_nl=58.0)})
    for delers, oordeel in ((107, "veel_gedeeld"), (71, "onderste_kwart")):
        laag = replace(OORDEEL, positie="onderste_kwart", rang=286 - delers, rang_van=285, gedeeld=True)
        rows = make_rapport(replace(card, kaart={"delers": delers}, oordelen={"PV22": laag})).beweringen
        plaats = rows.find("plaats", card.id, "PV22")
        assert plaats is not None and plaats.oordeel == oordeel
        telling = rows.telling("plaats", "alles", "PV22", "provincie")
        assert telling is not None and telling["onderste_kwart"] == (oordeel == "onderste_kwart")


def test_more_purchasing_power_of_what_was_made_is_no_growth() -> None:
    """An amount that buys 4.6% more while the economy shrank: no better, not counted, in two years nor as a trend.

    Nor is what was spent on things that have other prices than a household pays.
    """
    up = replace(OORDEEL, trend="gunstig", helling=300.0)
    made, bought = {"deflator": "cpi", "volume": "groei"}, {"deflator": "cpi", "eigen_prijzen": True}
    for kaart, oordeel in (made, "hoger"), (bought, "hoger"), ({"deflator": "cpi"}, "gunstig"):
        card = replace(bedrag(43200.0, 45000.0), kaart=kaart, oordelen={"PV22": up})
        rows = make_rapport(card).beweringen
        for soort in ("verandering_reeel", "trend"):
            b = rows.find(soort, card.id, "PV22")
            assert b is not None and (b.oordeel, b.met_kant) == (oordeel, oordeel == "gunstig"), soort
        counted = rows.telling("verandering", "alles", "PV22", "provincie")
        assert (counted is not None) == (oordeel == "gunstig")


def test_what_is_too_old_to_count_is_not_better_or_worse() -> None:
    for editie, oordeel in ((2026, "gunstig"), (2032, "hoger")):
        b = tafel(moved(60.0, 63.0), editie=editie).rapport.beweringen.find("verandering", "participatie", "PV22")
        assert b is not None and b.oordeel == oordeel


def test_an_index_has_no_place_and_changes_in_percents() -> None:
    card = moved(120.0, 141.5, eenheid="2020 = 100", kaart={"basisjaar": 2020}, aggregatie="niet")
    b = tafel(card).rapport.beweringen.find("verandering", card.id, "PV22")
    assert b is not None and hoeveel(card, b) == "17,9% hoger"


def test_what_is_seen_years_later_is_as_old_as_when_it_was_seen() -> None:
    """Who began in 2021 and is there after five years was seen in 2026: it counts, and so does that year."""
    for later, van in ((0, None), (5, 1)):
        card = moved(60.0, 63.0, kaart={"jaren_later": later})
        telling = tafel(card, editie=2030).rapport.beweringen.telling("verandering", "alles", "PV22", "provincie")
        assert (telling and telling.van) == van
        if telling:
            assert telling.eerste.periode_oudst == "2029JJ00"


def test_a_count_of_trends_ends_where_its_window_ends() -> None:
    """Also of what is seen five years later: who began in 2021 makes no trend up to 2026."""
    for later, jaar in (0, "2024"), (5, "2025"):
        card = moved(60.0, 63.0, kaart={"jaren_later": later})
        card = replace(card, oordelen={"PV22": replace(OORDEEL, trend="gunstig", helling=0.4)})
        rows = make_rapport(card).beweringen
        trend = rows.find("trend", card.id, "PV22")
        telling = rows.telling("trend", "alles", "PV22", "provincie")
        assert trend is not None and telling is not None
        assert trend.periode == "2024JJ00"
        assert telling.eerste.periode_oudst == telling.eerste.periode == f"{jaar}JJ00"
