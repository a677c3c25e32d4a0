"""Sentences that count: what is in the count and how much of it may be chance, with what it says of the whole."""

from dataclasses import replace

import pytest

from reports.bewering import Bewering, Telling
from reports.document import Alinea, runs
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.regio import make_regio
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.thema import beeld_aantallen
from reports.hoofdstukken.vragen import beantwoord
from reports.inhoud import plain
from reports.model import Regio
from reports.samenstelling import make_document
from reports.telzinnen import (
    antwoord_kop,
    antwoord_uitleg,
    naast_telzin,
    oud_zin,
    plaats_telzin,
    plaats_toeval,
    verandering_telzin,
)
from reports.vraag import Vraag
from tests.reports.test_beweringzinnen import many, moved, welvaart
from tests.reports.voorbeeldrapport import DRENTHE, GEMEENTEN, OORDEEL, make_indicator, make_rapport, seen

EMMEN = GEMEENTEN[5]
TELT = "slechter dan twee jaar eerder"
NIETS = (
    "Geen indicator met een gewenste kant heeft hier voor Drenthe een trend die meetelt, of een plaats in het "
    "gunstigste of het ongunstigste kwart."
)


def overal(toen: float, nu: float, **anders) -> dict:
    """An indicator of which each municipality went from one figure to another in two years."""
    (card,) = many(1, meting="telling")
    punt = card.standen[EMMEN.code].punt
    assert punt is not None
    stand = replace(
        card.standen[EMMEN.code], punt=replace(punt, waarde=nu), editie_periode="2022JJ00", verandering_editie=nu - toen
    )
    reeks = card.reeksen[EMMEN.code]
    punten = tuple(replace(p, waarde=toen if p.jaar <= 2022 else nu) for p in reeks.punten)
    codes = (DRENTHE.code, *(g.code for g in GEMEENTEN))
    return {
        "standen": dict.fromkeys(codes, stand),
        "reeksen": {c: replace(reeks, regio=Regio(c, c, "gemeente"), punten=punten) for c in codes},
        **anders,
    }


@pytest.fixture
def desk() -> Schrijftafel:
    """Six that are better and five that are worse everywhere: no more than chance."""
    beter = many(6, meting="telling", **overal(60.0, 66.0))
    slechter = [
        replace(c, id=f"s{n}") for n, c in enumerate(many(5, meting="telling", **overal(60.0, 66.0, richting="lager")))
    ]
    return welvaart(*beter, *slechter)


def opening(desk: Schrijftafel, regio: Regio) -> str:
    """The verdict of a region's page and, in a paragraph of its own, the counts that it is made of."""
    kop, telt = make_regio(desk, regio).blokken[:2]
    assert isinstance(kop, Alinea) and isinstance(telt, Alinea) and (kop.rol, telt.rol) == ("inleiding", "gewoon")
    return f"{plain(tuple(runs(kop)))} {plain(tuple(runs(telt)))}"


def answer(desk: Schrijftafel, over, **anders) -> str:
    return " ".join(beantwoord(desk, Vraag("Hoe dan?", over, **anders))[0])


@pytest.mark.parametrize(
    ("regio", "tell"),
    [
        (EMMEN, lambda desk: opening(desk, EMMEN)),
        (DRENTHE, lambda desk: answer(desk, "toestand")),
        (EMMEN, lambda desk: answer(desk, "gebied", regio=EMMEN.code)),
    ],
)
def test_a_count_has_its_verdict_before_it_and_its_certainty_behind(desk: Schrijftafel, regio: Regio, tell) -> None:
    text, antwoord = tell(desk), desk.rapport.beweringen.antwoord("alles", regio.code, regio.soort)
    assert antwoord is not None and antwoord.oordeel == "gelijk"
    kop, uitleg = antwoord_kop(antwoord, regio.wie), antwoord_uitleg(antwoord, desk.rapport.editie)
    assert "niet duidelijk beter of slechter" in kop and "Het verschil tussen 6 en 5 kan toeval zijn" in uitleg
    assert text.count(f"{TELT}. De laatste") == 1
    assert text.index(kop) < text.index(f"{TELT}. De laatste") < text.index(uitleg)


def test_a_count_over_the_municipalities_says_what_chance_makes_of_it(desk: Schrijftafel) -> None:
    (zin,) = [b.tekst for b in make_boodschappen(desk) if b.kop == "De gemeenten."]
    assert TELT in zin and "Het verschil tussen 72 en 60 kan toeval zijn." in zin


@pytest.mark.parametrize(
    ("geteld", "begin"), [(5, "Nog 21 indicatoren met"), (4, "Maar 4 indicatoren met"), (1, "Maar 1 indicator met")]
)
def test_what_counts_is_told_before_what_is_too_old(geteld: int, begin: str) -> None:
    """Of four no count is told; without them 21 too old would read as all that there is."""
    b = Bewering(
        "telling_verandering/alles/PV22/gunstig", "telling_verandering", "indicatoren", "PV22", "provincie",
        "2025JJ00", "2024JJ00", "gunstig", "telling", telling_van=geteld, verouderd=21,
    )  # fmt: skip
    assert oud_zin(b, 2026).startswith(begin)


@pytest.mark.parametrize(
    ("onzeker", "zin"),
    [
        ((0, 0), ""),
        (
            (1, 2),
            " 3 van de 9 plaatsen in die kwarten kunnen toeval zijn: de marge is groot of onbekend.",
        ),
    ],
)
def test_places_of_more_areas_tell_together_how_many_may_be_chance(onzeker, zin) -> None:
    def telling(hoog: int, laag: int, onzeker: int) -> Telling:
        een = Bewering(
            *("x", "plaats", "Emmen", "GM0114", "gemeente", "2024JJ00", "2024JJ00", "bovenste_kwart", "telling"),
            aantal=hoog,
            onzeker=onzeker,
        )
        return Telling({"bovenste_kwart": een, "onderste_kwart": replace(een, aantal=laag, onzeker=0)})

    assert plaats_toeval(telling(1, 3, onzeker[0]), telling(3, 2, onzeker[1])) == zin
    assert plaats_toeval(telling(3, 0, 3)).startswith(" Alle 3 plaatsen in die kwarten kunnen toeval")


def test_a_count_of_places_says_how_many_of_them_are_distances() -> None:
    desk = welvaart(*many(3, eenheid="km"), *(replace(c, id=f"p{n}") for n, c in enumerate(many(3))))
    telling = desk.rapport.beweringen.telling("plaats", "alles", "PV22", "provincie")
    assert telling is not None and (telling.van, telling.eerste.afstanden) == (6, 3)
    assert "Van die 6 zijn er 3 een afstand in kilometers." in plaats_telzin(telling, "Drenthe", "de provincies")


@pytest.mark.parametrize(
    ("oordelen", "zin"),
    [
        ([], NIETS),
        (
            [OORDEEL],
            "Er is één getoetste trend met een gewenste kant (2018 tot en met 2024): die gaat de gewenste kant op. "
            "Eén indicator met een gewenste kant heeft een plaats onder de provincies (2024): Drenthe staat daar in "
            "het ongunstigste kwart. Die ene plaats kan toeval zijn: de marge is groot of onbekend.",
        ),
        # one place in the middle, or as the country, says nothing
        (
            [replace(OORDEEL, positie="midden")],
            "Er is één getoetste trend met een gewenste kant (2018 tot en met 2024): die gaat de gewenste kant op.",
        ),
        (
            [OORDEEL, replace(OORDEEL, trend="geen significante verandering", positie="midden")],
            "Van de 2 getoetste trends met een gewenste kant (2018 tot en met 2024) gaat er 1 de gewenste kant op en "
            "geen de andere kant; bij 1 is er geen duidelijke verandering. Van de 2 indicatoren met een gewenste kant "
            "en een plaats onder de provincies (2024) staat Drenthe bij geen in het gunstigste kwart en bij 1 in het "
            "ongunstigste. Die ene plaats kan toeval zijn: de marge is groot of onbekend.",
        ),
        (
            [replace(OORDEEL, positie="n.b.", trend="ongunstig")],
            "Er is één getoetste trend met een gewenste kant (2018 tot en met 2024): die gaat niet de gewenste kant "
            "op.",
        ),
    ],
)
def test_counts_of_trends_and_places_are_given_only_of_what_was_judged(oordelen, zin) -> None:
    twee = [
        make_indicator(id=f"i{n}", naam=f"Indicator {n}", oordelen={"PV22": o} if o else {})
        for n, o in enumerate([*oordelen, None, None][:2])
    ]
    assert f"Spoor: de basis op orde. {zin}\n" in seen(make_document(make_rapport(*twee)).blad("opgaven").blokken)


@pytest.mark.parametrize(
    ("richting", "anders"),
    [
        ("geen", {"trend": "stijgend", "positie": "hoog"}),
        ("hoger", {"trend": "te weinig gegevens", "positie": "midden"}),
    ],
)
def test_that_nothing_counts_does_not_say_that_nothing_was_judged(richting, anders) -> None:
    """The table under 'geen trend of plaats te geven' showed 'stijgend', and '8 van 12 midden'."""
    oordeel = replace(OORDEEL, **anders, rang=8, verschil_nl=9.0)
    desk = welvaart(*many(1, richting=richting, oordelen={"PV22": oordeel}))
    assert beeld_aantallen(desk, "wonen") == NIETS


def test_a_count_of_changes_says_how_many_of_them_may_be_chance() -> None:
    geteld = [replace(moved(5.0, 6.0, id=f"t{n}", naam=f"T {n}", thema="wonen"), richting="hoger") for n in range(3)]
    geschat = [replace(c, id=f"s{n}", naam=f"S {n}", meting="steekproef") for n, c in enumerate(geteld)]
    for cards, zin in (
        ([*geteld, *geschat], "3 van de 6 verschillen kunnen toeval zijn: de bron geeft er geen marge bij."),
        ([*geteld, *(replace(c, id=f"u{n}", naam=f"U {n}") for n, c in enumerate(geteld))], ""),
    ):
        desk = welvaart(*cards)
        telling = desk.rapport.beweringen.telling("verandering", "alles", "PV22", "provincie")
        assert telling is not None and (telling.van, telling["gunstig"]) == (6, 6)
        assert (
            verandering_telzin(telling, "van Drenthe").partition("De laatste cijfers zijn van 2024.")[2].strip() == zin
        )


def test_a_count_beside_the_netherlands_says_so_too() -> None:
    for meting, zin in (
        ("steekproef", "verschillen kunnen toeval zijn: de bron geeft er geen marge bij."),
        # all on one side, of which none may be chance: nothing is to be said of a rest
        ("telling", "beter voor en bij geen slechter."),
    ):
        telling = welvaart(*many(6, meting=meting)).rapport.beweringen.telling(
            "verschil_nl", "alles", "PV22", "provincie"
        )
        assert telling is not None and telling["gunstig"] == 6
        assert naast_telzin(telling, "A", "B").endswith(zin)


def test_behind_a_headline_it_is_not_said_again_of_how_many_no_difference_is_seen() -> None:
    b = Bewering(
        "t", "telling_verandering", "indicatoren", "PV22", "provincie", "2025JJ00", "2024JJ00", "gunstig", "telling",
        telling_van=41, aantal=8,
    )  # fmt: skip
    t = Telling({"gunstig": b, "ongunstig": replace(b, aantal=0), "gelijk": replace(b, aantal=33)})
    kop = replace(b, soort="antwoord", oordeel="gelijk", waarde=8.0, waarde_tegen=0.0)
    assert "bij 33" in verandering_telzin(t, "van Drenthe") and "33 van de 41" in antwoord_kop(kop, "Drenthe")
    assert "33" not in verandering_telzin(t, "van Drenthe", kop=kop)
    # a headline that does not say it
    assert "bij 33" in verandering_telzin(t, "van Drenthe", kop=replace(kop, waarde=30.0))
