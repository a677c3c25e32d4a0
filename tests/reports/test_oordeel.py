"""The judgement in words: right Dutch, and nothing that the numbers do not say."""

from dataclasses import replace

import pytest

from reports import pagina, zinnen
from reports.model import Herziening, Kaartwijziging, Toetsing, Wijziging
from tests.reports.voorbeeldrapport import OORDEEL, make_indicator, make_rapport

HARD = "\N{NO-BREAK SPACE}"


def zin(**anders) -> str:
    card = {k: anders.pop(k) for k in ("richting", "eenheid", "decimalen", "aggregatie") if k in anders}
    return zinnen.oordeel_zin(make_indicator(**card, oordeel=replace(OORDEEL, **anders)), "Drenthe")


def render(rapport) -> str:
    return pagina.render_page(rapport, pagina.make_bladen(rapport))


def test_trend_place_and_gap_in_short_sentences() -> None:
    assert zin() == (
        f"Het cijfer van Drenthe gaat de gewenste kant op: het stijgt met gemiddeld 0,4{HARD}procentpunt per jaar, "
        "gemeten over 7 cijfers uit de jaren 2018 tot en met 2025. Die uitkomst is robuust. In 2024 staat Drenthe op "
        "plaats 11 van de 12 provincies (plaats 1 is het gunstigst), in het onderste kwart. Het cijfer is "
        f"2,1{HARD}procentpunt lager dan dat van Nederland. Dat verschil is in deze jaren groter geworden."
    )


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"trend": "ongunstig", "helling": -0.42}, "gaat niet de gewenste kant op: het daalt met gemiddeld 0,4"),
        ({"trend": "stijgend"}, "Het cijfer van Drenthe stijgt met gemiddeld 0,4"),
        ({"trend": "dalend", "helling": -0.004}, f"daalt met gemiddeld 0,004{HARD}procentpunt"),
        ({"trend": "dalend", "helling": -2.0, "eenheid": "euro", "decimalen": 0}, f"gemiddeld 2{HARD}euro per jaar"),
        ({"trend": "geen significante verandering", "robuust": "niet_robuust"}, "stijgt of daalt niet significant"),
        ({"trend": "geen significante verandering", "robuust": "niet_robuust"}, "niet robuust: met een andere keuze"),
        ({"trend": "te weinig gegevens"}, "Er zijn te weinig cijfers van Drenthe om een trend te toetsen. In 2024"),
        ({"trend": "reeksbreuk"}, "Door een reeksbreuk is er voor Drenthe geen trend te geven."),
        ({"aantal": 1}, "gemeten over een cijfer uit"),
        ({"richting": "neutraal", "positie": "hoog", "rang": 2}, "(plaats 1 is het hoogst), in het hoogste kwart."),
        ({"aggregatie": "som", "positie": "laag"}, "(plaats 1 is het hoogst), in het laagste kwart."),
        ({"verschil_nl": 0.01}, "Het cijfer is ongeveer even hoog als dat van Nederland."),
        ({"positie": "n.b.", "rang": None}, f"Het cijfer is in 2024 2,1{HARD}procentpunt lager"),
        ({"kloof": "n.b."}, "Of dat verschil groter of kleiner wordt, is niet te toetsen."),
    ],
)
def test_each_outcome_has_its_sentence(anders: dict, verwacht: str) -> None:
    assert verwacht in zin(**anders)


def test_what_is_not_known_is_not_said() -> None:
    text = zin(trend="te weinig gegevens", positie="n.b.", rang=None, verschil_nl=None)
    assert text == "Er zijn te weinig cijfers van Drenthe om een trend te toetsen."
    assert zinnen.oordeel_zin(make_indicator(oordeel=None), "Drenthe") == ""


def test_a_note_leaves_out_what_the_sentences_say() -> None:
    oordeel = replace(
        OORDEEL, toelichting="marge onbekend; telt op: rang 1 is het hoogst; reeksbreuk in 2021: getoetst"
    )
    assert zinnen.kanttekening(oordeel) == "marge onbekend; reeksbreuk in 2021: getoetst"
    assert zinnen.kanttekening(replace(OORDEEL, toelichting="3 punten in het venster, vier nodig")) == ""


def test_chance_is_told() -> None:
    text = zinnen.toeval_zin(Toetsing(107, 79, 5.35, 78, 77), "Drenthe")
    assert "107 trends getoetst; bij 79" in text and "te verwachten: ongeveer 5 (5%" in text and "zijn er 77." in text


def test_chance_is_told_of_few_and_of_no_tests() -> None:
    one = zinnen.toeval_zin(Toetsing(1, 1, 0.05, 1, 0), "Drenthe")
    assert (
        "is 1 trend getoetst" in one and "minder dan 1 (5%" in one and "dan blijft er 1 over. Robuust zijn er 0." in one
    )
    assert zinnen.toeval_zin(Toetsing(0, 0, 0.0, 0, 0), "Drenthe") == "Van Drenthe is geen enkele trend te toetsen."


def test_the_table_says_it_with_a_sign_and_a_word() -> None:
    html = render(make_rapport())
    box = '<span class="svd-oordeel svd-oordeel--gunstig"><span aria-hidden="true">+</span> gunstig</span>'
    assert html.count(box) == 2, "in de tabel en bij de indicator"
    assert "<strong>11</strong> van 12 " in html and "onderste kwart" in html
    assert "100 trends getoetst" in html and "Bij dit oordeel: marge onbekend." in html
    assert "p-waarde: 0,003" in html


@pytest.mark.parametrize("trend", pagina.TRENDS)
def test_every_trend_is_a_word_in_the_page(trend: str) -> None:
    html = render(make_rapport(make_indicator(oordeel=replace(OORDEEL, trend=trend, rang=None, p=None, p_bh=None))))
    assert f"</span> {trend}</span>" in html and "<td>n.b.</td>" in html.replace("\n", "")


def test_without_a_judgement_the_page_says_not_available() -> None:
    html = render(make_rapport(make_indicator(oordeel=None), toetsing=None))
    assert "trends getoetst" not in html and 'class="svd-zin"' not in html
    assert html.replace("\n", "").count("<td>n.b.</td>") == 2


def test_nothing_changed_is_a_sentence() -> None:
    html = render(make_rapport(herziening=Herziening(None, 0, 0)))
    assert "Sindsdien is er geen cijfer veranderd." in html
    assert "om mee te vergelijken" in render(make_rapport())


def test_changes_stand_in_a_table_with_the_greatest() -> None:
    changes = (
        Wijziging(
            "participatie", "Netto <i>", "%", 1, {"herzien": 1234, "vervallen": 1}, "Drenthe", "2023JJ00", 61.0, 62.5
        ),
        Wijziging("weg", "Weg", "", 1, {"vervallen": 3}),
    )
    cards = (Kaartwijziging("participatie", "Participatie", "definitie", ("eenheid", "bronnen")),)
    html = render(make_rapport(herziening=Herziening(make_rapport().datum, 1200, 1, changes, cards)))
    text = html.replace("\n", "")
    assert "Er zijn 1.200 cijfers bij gekomen, van 1 indicator." in text
    assert "1.234 herzien door de bron, 1 vervallen" in text and "Drenthe, 2023" in text
    assert '<td class="svd-getal">61,0</td><td class="svd-getal">62,5</td>' in text
    assert (
        "meet nu iets anders (eenheid, bronnen)" in text
        and "<i>" not in text.split('id="herziening"')[1].split("<dl")[0]
    )


def test_p_values_are_never_zero() -> None:
    assert [pagina.p_waarde(p) for p in (None, 0.0001, 0.0123)] == ["niet getoetst", "kleiner dan 0,001", "0,012"]
