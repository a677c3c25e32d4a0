"""The judgement in words: right Dutch, and nothing that the numbers do not say."""

from dataclasses import replace

import pytest

from begrippen.oordeellijsten import TREND_WOORDEN, TRENDS
from reports import cellen, zinnen
from reports.document import walk
from reports.herziening import Herziening, Kaartwijziging, Wijziging
from reports.model import Indicator, Punt, Regio
from reports.oordeel import Toetsing
from reports.oordeelzinnen import SCHOMMELT, oordeel_zin
from reports.samenstelling import make_document
from reports.standzinnen import stand_zin
from reports.tabel import Tabel
from tests.reports.voorbeeldrapport import (
    DRENTHE,
    GEMEENTEN,
    OORDEEL,
    judged,
    make_indicator,
    make_rapport,
    seen,
)

HARD = "\N{NO-BREAK SPACE}"


def zin(**anders) -> str:
    card = {k: anders.pop(k) for k in ("richting", "eenheid", "decimalen", "aggregatie") if k in anders}
    return van(judged(replace(OORDEEL, **anders), **card))


def van(indicator: Indicator, regio: Regio = DRENTHE) -> str:
    """The verdict in the words of the claims of a report of this indicator alone."""
    return oordeel_zin(indicator, regio, make_rapport(indicator).beweringen)


def text_of(rapport, blad: str) -> str:
    """All that is seen on a page, in order."""
    return seen(make_document(rapport).blad(blad).blokken)


def test_trend_place_and_gap_in_short_sentences() -> None:
    assert zin() == (
        "Het cijfer van Drenthe gaat de gewenste kant op: het steeg, gemeten over 7 cijfers uit de jaren 2018 tot en "
        "met 2024. Ook met andere jaren of een andere toets komt dit eruit. In 2024 staat Drenthe op ongeveer plaats "
        "11 van de 12 provincies (plaats 1 is het gunstigst), in het ongunstigste kwart. Die plaats kan toeval zijn: "
        "de bron geeft geen marge. Het verschil met Nederland is over 2018 tot en met 2024 groter geworden, terwijl "
        "het cijfer zelf de gewenste kant op ging."
    )


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"trend": "ongunstig", "helling": -0.42}, "gaat niet de gewenste kant op: het daalde, gemeten"),
        ({"trend": "stijgend"}, "Het cijfer van Drenthe steeg, gemeten"),
        ({"trend": "dalend", "helling": -0.004}, "Het cijfer van Drenthe daalde, gemeten"),
        (
            {"trend": "geen significante verandering", "robuust": "niet_robuust"},
            "laat geen duidelijke stijging of daling zien",
        ),
        (
            {"trend": "geen significante verandering", "robuust": "niet_robuust"},
            "Met andere jaren of een andere toets komt er iets anders uit.",
        ),
        ({"trend": "te weinig gegevens"}, "Er zijn te weinig cijfers van Drenthe om een trend te toetsen. In 2024"),
        ({"trend": "reeksbreuk"}, "is niet te zeggen: de bron is anders gaan meten (reeksbreuk)."),
        ({"aantal": 1}, "gemeten over een cijfer uit"),
        ({"richting": "neutraal", "positie": "hoog", "rang": 2}, "(plaats 1 is het hoogst), in het hoogste kwart."),
        ({"gedeeld": True}, "staat Drenthe op de gedeelde plaats 11 van de 12 provincies"),
        ({"trend": "geen significante verandering", "aantoonbaar": 4.21}, "Een verandering van 4,2"),
        # who would only have seen a change of a tenth of the figure or more sees little
        ({"trend": "geen significante verandering", "aantoonbaar": 7.4}, SCHOMMELT),
        (
            {"trend": "te weinig gegevens", "aantoonbaar": 42.1},
            "Of het cijfer van Drenthe stijgt of daalt, is met deze cijfers niet te zeggen.",
        ),
        ({"richting": "neutraal", "eenheid": "km"}, "(plaats 1 is de langste afstand)"),
        ({"trend": "nagenoeg gelijk"}, "blijft nagenoeg gelijk: het verandert wel, maar te weinig"),
        ({"kloof": "nagenoeg gelijk"}, "is over 2018 tot en met 2024 nagenoeg gelijk gebleven."),
        (
            {"kloof": "gelijk"},
            "Of het verschil met Nederland over 2018 tot en met 2024 groter of kleiner werd, is niet te zeggen.",
        ),
        ({"kloof": "n.b."}, "Of het verschil met Nederland groter of kleiner wordt, is niet te zeggen."),
    ],
)
def test_each_outcome_has_its_sentence(anders: dict, verwacht: str) -> None:
    assert verwacht in zin(**anders)


def test_what_is_not_known_is_not_said() -> None:
    kaal = judged(replace(OORDEEL, trend="te weinig gegevens", positie="n.b.", rang=None, verschil_nl=None), standen={})
    text = van(kaal)
    assert text == "Er zijn te weinig cijfers van Drenthe om een trend te toetsen."
    assert van(judged(None, standen={})) == ""


def test_chance_is_told() -> None:
    assert zinnen.toeval_zin(Toetsing(107, 79, 78, 60, nagenoeg_gelijk=15), "Drenthe") == (
        "Van Drenthe zijn 107 trends getoetst. Los bekeken zijn er 79 duidelijk. Een deel daarvan kan toeval "
        "zijn: daarom heet een trend pas duidelijk als hij dat ook is tussen alle trends van hetzelfde thema. Dat zijn "
        "er 78. Daarvan zijn er 15 te klein om ertoe te doen."
    )
    found, _ = zinnen.toets_zinnen(Toetsing(107, 79, 78, 60))
    assert (
        "gemiddeld hooguit 10% toeval, ook als gebieden" in found and "een andere toets duidelijk zijn er 60." in found
    )


def test_the_account_says_what_a_verdict_means_and_how_often_it_is_wrong() -> None:
    told = text_of(make_rapport(), "verantwoording")
    for said in (
        "Nagenoeg gelijk: Er is wel een verandering gevonden, maar zij is te klein",
        "Geen duidelijke verandering: Er is geen stijging of daling gevonden",
        "met 80% kans te vinden",
        "hooguit zeven van de honderd gevallen",
        "gemiddeld hooguit 10% toeval",
    ):
        assert said in told


def test_of_few_tests_it_is_only_told_how_many_are_clear() -> None:
    """A whole paragraph on chance stood under one trend that was tested."""
    for toetsing, zin in (
        (Toetsing(0, 0, 0, 0), "Van Drenthe is geen enkele trend te toetsen."),
        (Toetsing(1, 1, 1, 0), "Van Drenthe is 1 trend getoetst. Die is duidelijk."),
        (Toetsing(9, 3, 0, 0), "Van Drenthe zijn 9 trends getoetst. Daarvan is er geen duidelijk."),
    ):
        assert zinnen.toeval_zin(toetsing, "Drenthe") == zin
        assert zinnen.toets_zinnen(toetsing) == []
    none = zinnen.toeval_zin(Toetsing(12, 0, 0, 0), "Drenthe")
    assert "Los bekeken is er geen duidelijk" in none
    # of nothing that was found no part is too small
    assert none.endswith("Dat is er geen.")


def test_what_plain_least_squares_would_say_is_told_with_the_reason() -> None:
    _, text = zinnen.toets_zinnen(Toetsing(107, 40, 38, 30, signalen_ols=79, anders_ols=39))
    assert "noemen er 79 duidelijk. In 39 gevallen luidt het oordeel dan anders." in text
    assert "hooguit zeven van de honderd" in text
    (alone,) = zinnen.toets_zinnen(Toetsing(10, 1, 0, 0, signalen_ols=1))
    assert "duidelijk. Nergens luidt" in alone


def test_a_region_is_placed_among_its_own_kind() -> None:
    oordeel = replace(OORDEEL, rang=80, rang_van=342)
    # the next places of an estimate are as likely as its own
    for meting, plek in (("steekproef", "ongeveer plaats 80"), ("telling", "plaats 80")):
        card = make_indicator(meting=meting, oordelen={GEMEENTEN[0].code: oordeel})
        assert f"op {plek} van de 342 gemeenten" in van(card, GEMEENTEN[0])


def test_the_judgement_stands_in_the_table_and_with_the_indicator() -> None:
    text = text_of(make_rapport(), "arbeidsmarkt")
    assert text.count("+ gunstig") >= 2 and "11 van 12 ongunstigste kwart" in text
    assert "Bij dit oordeel. Gewogen met de marges." in text and "p-waarde: 0,003" in text
    told = text_of(make_rapport(), "verantwoording")
    # under how often it is wrong, and not under the difference of two years, which is no trend
    assert told.index("Hoe vaak klopt het niet") < told.index("100 trends getoetst") < told.index("Sinds twee jaar")


@pytest.mark.parametrize("trend", TRENDS)
def test_every_trend_is_a_sign_and_a_word(trend: str) -> None:
    card = judged(replace(OORDEEL, trend=trend, rang=None, p=None, p_bh=None))
    text = text_of(make_rapport(card), "arbeidsmarkt")
    assert f"{TRENDS[trend][0]} {TREND_WOORDEN[trend]}" in text and "n.b." in text


def test_without_a_judgement_there_is_none() -> None:
    rapport = make_rapport(judged(None), toetsing=None)
    assert "Oordeel:" not in text_of(rapport, "arbeidsmarkt")
    assert "trends getoetst" not in text_of(rapport, "verantwoording")


def test_nothing_changed_is_a_sentence() -> None:
    assert "Sindsdien is er geen cijfer veranderd." in text_of(
        make_rapport(herziening=Herziening(None, 0, 0)), "veranderd"
    )
    assert "geen vorige publicatie om mee te vergelijken" in text_of(make_rapport(), "veranderd")


def test_changes_stand_in_a_table_with_the_greatest() -> None:
    changes = (
        Wijziging(
            "participatie", "Netto", "%", 1, {"herzien": 1234, "vervallen": 1}, "Drenthe", "2023JJ00", 61.0, 62.5
        ),
        Wijziging("weg", "Weg", "", 1, {"vervallen": 3}),
    )
    cards = (Kaartwijziging("participatie", "Participatie", "definitie", ("eenheid", "bronnen")),)
    text = text_of(make_rapport(herziening=Herziening(make_rapport().datum, 1200, 1, changes, cards)), "veranderd")
    assert "Er zijn 1.200 cijfers bij gekomen, van 1 indicator." in text
    assert "1.234 herzien door de bron, 1 vervallen|Drenthe, 2023|61,0|62,5" in text
    assert "meet nu iets anders (eenheid, bronnen)" in text


def test_p_values_are_never_zero() -> None:
    assert [cellen.p_waarde(p) for p in (None, 0.0001, 0.0123)] == ["niet getoetst", "kleiner dan 0,001", "0,012"]


# --- where a region stands ---


@pytest.mark.parametrize("blad", ["arbeidsmarkt", "regio/CR08"])
def test_that_a_margin_is_not_published_is_said_once_on_a_page(blad: str) -> None:
    rapport = make_rapport(
        make_indicator(), make_indicator(id="b", naam="Baan"), make_indicator(id="c", naam="Cel", meting="telling")
    )
    blokken = make_document(rapport).blad(blad).blokken
    noten = " ".join(noot for t in walk(blokken) if isinstance(t, Tabel) for noot in t.noten)
    text = f"{seen(blokken)} {noten}"
    assert "2 van deze cijfers zijn schattingen waarbij de bron geen marge geeft." in noten
    assert text.count("geen marge geeft") == 1 and "marge onbekend" not in text


def test_a_figure_with_a_margin_or_without_a_sample_lacks_none() -> None:
    punt = Punt("2024JJ00", 2024, 3.4, "definitief", marge_onder=3.1, marge_boven=3.7)
    bare = replace(punt, marge_boven=None)
    assert zinnen.marge_zin([(make_indicator(), punt), (make_indicator(meting="telling"), bare)]) == ""
    assert zinnen.marge_zin([(make_indicator(), None), (make_indicator(meting="voortschrijdend"), bare)]) == ""
    assert zinnen.marge_zin([(make_indicator(), bare)]).startswith("1 van deze cijfers is een schatting")


def told(card: Indicator) -> str:
    """Where Drenthe stands, in a report of this card alone."""
    return stand_zin(card, DRENTHE, make_rapport(card))


def test_where_a_region_stands_is_told_with_two_years_before_the_netherlands_and_how_certain() -> None:
    assert told(make_indicator()) == (
        f"63,4% in 2024 (schatting, voorlopig). Dat is 1,9{HARD}procentpunt hoger dan in 2022 (gunstig, als het geen "
        f"toeval is) en 1,0{HARD}procentpunt hoger dan in Nederland (gunstig, als het geen toeval is). "
        "Zekerheid: een schatting uit een steekproef; voorlopig."
    )


@pytest.mark.parametrize(("eenheid", "nl"), [("mln euro", 63.0), ("x 1 000", 63.0), ("zaken", 6000.0)])
def test_a_total_is_not_put_beside_that_of_the_netherlands(eenheid: str, nl: float) -> None:
    card = make_indicator(eenheid=eenheid, aggregatie="niet")
    standen = {code: replace(s, waarde_nl=nl) for code, s in card.standen.items()}
    text = told(replace(card, standen=standen))
    assert ("hoger dan in 2022" in text or "meer dan in 2022" in text) and "Nederland" not in text


def test_a_region_without_a_value_has_no_sentence() -> None:
    assert told(make_indicator(standen={})) == ""


def test_certainty_names_status_margin_and_approximation() -> None:
    punt = Punt("2024JJ00", 2024, 3.4, "nader_voorlopig", marge_onder=3.1, marge_boven=3.7)
    assert zinnen.zekerheid(make_indicator(), punt) == (
        "een schatting uit een steekproef, met 95% zekerheid tussen 3,1 en 3,7; nader voorlopig"
    )
    assert zinnen.zekerheid(
        make_indicator(meting="telling", zekerheid="U"),
        replace(punt, status="definitief", benadering=True, marge_onder=None),
    ) == ("een benadering uit de gemeenten; wij kijken nog na of dit het bedoelde cijfer van de bron is")
    # 'definitief; uit een enquête' stood beside 'schatting': an estimate that does not change any more is one
    for meting, zegt in (("steekproef", "een schatting uit een steekproef"), ("modelschatting", "een modelschatting")):
        kaal = replace(punt, status="definitief", marge_onder=None)
        assert zinnen.zekerheid(make_indicator(meting=meting), kaal) == zegt
    assert zinnen.zekerheid_zin(make_indicator(meting="telling"), kaal) == "Het cijfer is definitief."
    # the source rounded both ends to the figure itself
    assert zinnen.zekerheid(make_indicator(), replace(punt, marge_onder=3.4, marge_boven=3.4)) == (
        "een schatting uit een steekproef, de marge is kleiner dan de afronding; nader voorlopig"
    )


def test_the_years_of_a_trend_are_those_of_its_figures_not_of_the_window() -> None:
    kort = replace(OORDEEL, aantal=3, eerste=2020, laatste=2024)
    zin = van(judged(kort))
    assert "3 cijfers uit de jaren 2020 tot en met 2024" in zin and "2018" not in zin


def test_a_difference_of_a_balance_is_one_of_the_balance() -> None:
    """'-994 in 2025. Dat is 36 hoger dan in 2023' read as 36 people more."""
    assert f"Dat saldo is 1,9{HARD}hoger dan in 2022" in told(make_indicator(eenheid="saldo")).replace(
        " hoger", f"{HARD}hoger"
    )
