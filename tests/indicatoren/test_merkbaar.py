"""Every card of the report says which difference matters, in a size that its readers can see."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assets.indicatoren.kaart import Kaart, Merkbaar, read_kaarten
from reports.samenstelling import make_document
from tests.indicatoren.conftest import build, cel
from tests.indicatoren.conftest import kaart as maak_kaart
from tests.reports.voorbeeldrapport import make_indicator, make_rapport, seen

KAARTEN = [k for k in read_kaarten().values() if k.doel == "rapport"]


@pytest.mark.parametrize("kaart", KAARTEN, ids=lambda k: k.id)
def test_every_card_of_the_report_says_which_difference_matters(kaart: Kaart) -> None:
    if kaart.klasse:
        return  # of a class every difference matters
    assert kaart.merkbaar is not None, f"{kaart.id}: noem het kleinste verschil dat ertoe doet (merkbaar)"
    bereik, waarde = kaart.bereik, kaart.merkbaar.waarde
    assert len(kaart.merkbaar.reden.split()) >= 8, "een reden is een zin"
    if kaart.merkbaar.maat == "eenheid":
        # what the page does not show can not matter, and half of all that can occur is no smallest difference
        assert waarde >= 10.0**-kaart.decimalen * (1 - 1e-9)
        assert bereik is None or waarde <= (bereik.maximum - bereik.minimum) / 2
        # a quantity that grows with the region has no one size that matters, unless it can be negative
        assert kaart.aggregatie != "som" or kaart.eenheid.startswith("%") or (bereik is None or bereik.minimum < 0)
    else:
        # a part of something around nought is nothing, and a percentage of a percentage confuses
        assert 0.5 <= waarde <= 10
        assert bereik is None or bereik.minimum >= 0
        assert not kaart.eenheid.startswith("%")


def test_a_size_that_is_none_is_refused() -> None:
    for waarde in (0, -1, float("inf"), float("nan")):
        with pytest.raises(ValidationError):
            Merkbaar(waarde=waarde, maat="eenheid", reden="omdat")
    with pytest.raises(ValidationError):
        Merkbaar(waarde=1, maat="eenheid", reden="")


def test_a_class_is_no_amount_of_which_a_part_matters() -> None:
    klasse = {"eenheid": "klasse 1-4", "decimalen": 0, "aggregatie": "niet"}
    assert maak_kaart(**klasse).klasse and not maak_kaart(eenheid="schaalscore (0-10)").klasse
    half = {"merkbaar": {"waarde": 0.5, "maat": "eenheid", "reden": "een half"}}
    for fout in ({"decimalen": 1}, {"aggregatie": "som"}, half):
        with pytest.raises(ValidationError, match="een halve klasse bestaat niet"):
            maak_kaart(**klasse | fout)
    # what is scored in whole steps over one short scale is a class, and its unit says so
    short = [k.id for k in KAARTEN if k.bereik and not k.decimalen and k.bereik.maximum - k.bereik.minimum < 10]
    assert short == [k.id for k in KAARTEN if k.klasse] != []


def test_database_hands_on_size_measure_and_reason() -> None:
    merkbaar = {"waarde": 2, "maat": "procent", "reden": "kleiner ziet niemand"}
    db = build([maak_kaart("een", merkbaar=merkbaar), maak_kaart("zonder")], [cel("a", "PV22", 2024, 1.0)])
    asked = "SELECT id, merkbaar, merkbaar_maat, merkbaar_reden FROM monitor.indicator ORDER BY id"
    assert db.execute(asked).fetchall() == [
        ("een", 2.0, "procent", "kleiner ziet niemand"),
        ("zonder", None, None, None),
    ]


@pytest.mark.parametrize(
    ("eenheid", "maat", "said"),
    [
        ("% van de banen", "eenheid", "0,5\N{NO-BREAK SPACE}procentpunt. omdat"),
        ("euro", "procent", "0,5\N{NO-BREAK SPACE}procent. omdat"),
        ("km", "eenheid", "0,5\N{NO-BREAK SPACE}km. omdat"),
    ],
)
def test_page_says_it_in_the_measure_of_the_card(eenheid: str, maat: str, said: str) -> None:
    kaart = {"merkbaar": 0.5, "merkbaar_maat": maat, "merkbaar_reden": "omdat"}
    maten = (make_indicator(id="maat", naam="Maat", eenheid=eenheid, kaart=kaart), make_indicator(id="kaal"))
    text = seen(make_document(make_rapport(*maten)).blad("arbeidsmarkt").blokken)
    assert said in text, text
    assert text.count("Kleinste verschil dat ertoe doet") == 1
