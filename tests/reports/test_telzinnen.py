"""Sentences that count claims."""

import pytest

from reports.bewering import Bewering
from reports.telzinnen import oud_zin


@pytest.mark.parametrize(("geteld", "begin"), [(5, "Nog 21 indicatoren met"), (4, "21 indicatoren met")])
def test_what_is_too_old_is_more_only_behind_a_count(geteld: int, begin: str) -> None:
    """Of four nothing was counted: 'Nog 21' would be the first words on the page of an area."""
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
            " Bij 3 van de 9 plaatsen in een van beide kwarten kan het toeval zijn: door de marge, of omdat de bron er "
            "geen geeft.",
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
    assert plaats_toeval(telling(3, 0, 3)).startswith(" Bij alle 3 plaatsen in een van beide kwarten kan")


def test_a_count_of_places_says_how_many_of_them_are_distances() -> None:
    desk = welvaart(*many(3, eenheid="km"), *(replace(c, id=f"p{n}") for n, c in enumerate(many(3))))
    telling = desk.rapport.beweringen.telling("plaats", "alles", "PV22", "provincie")
    assert telling is not None and (telling.van, telling.eerste.afstanden) == (6, 3)
    assert "Van die 6 zijn er 3 een afstand in kilometers." in plaats_telzin(telling, "Drenthe", "de provincies")


@pytest.mark.parametrize(
    ("oordelen", "zin"),
    [
        ([], "Voor Drenthe is hier geen trend of plaats te geven."),
        (
            [OORDEEL],
            "Er is één getoetste trend met een gewenste kant (2018 tot en met 2024): die gaat de gewenste kant op. "
            "Eén indicator met een gewenste kant heeft een plaats onder de provincies (2024): Drenthe staat daar in "
            "het ongunstigste kwart. Bij de ene plaats in een van beide kwarten kan het toeval zijn: door de marge, of "
            "omdat de bron er geen geeft.",
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
            "ongunstigste. Bij de ene plaats in een van "
            "beide kwarten kan het toeval zijn: door de marge, of omdat de bron er geen geeft.",
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


def test_a_count_of_changes_says_how_many_of_them_may_be_chance() -> None:
    geteld = [replace(moved(5.0, 6.0, id=f"t{n}", naam=f"T {n}", thema="wonen"), richting="hoger") for n in range(3)]
    geschat = [replace(c, id=f"s{n}", naam=f"S {n}", meting="steekproef") for n, c in enumerate(geteld)]
    for cards, zin in (
        ([*geteld, *geschat], "Bij 3 van de 6 verschillen kan het toeval zijn: de bron geeft er geen marge bij."),
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
        ("steekproef", "kan het toeval zijn: de bron geeft er geen marge bij."),
        # all on one side, of which none may be chance: nothing is to be said of a rest
        ("telling", "beter voor en bij geen slechter."),
    ):
        telling = welvaart(*many(6, meting=meting)).rapport.beweringen.telling(
            "verschil_nl", "alles", "PV22", "provincie"
        )
        assert telling is not None and telling["gunstig"] == 6
        assert nederland_telzin(telling, "Drenthe").endswith(zin) and buur_telzin(telling, "A", "B").endswith(zin)
