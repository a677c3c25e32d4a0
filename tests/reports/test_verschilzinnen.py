"""What is said of a difference: how large, which way, and how much of that may be chance."""

from dataclasses import replace

import pytest

from reports import cellen, zinnen
from reports.bewering import Bewering, Beweringen
from reports.beweringzinnen import DOOR_MARGE, cijfer_delen, verschil_deel
from reports.engels import _oordeel
from reports.inhoud import plain
from reports.oordeelzinnen import plaats_zin
from reports.standzinnen import stand_zin
from tests.reports.test_beweringzinnen import HARD, moved, tafel
from tests.reports.voorbeeldrapport import DRENTHE, NL, make_indicator

HOGER = "0,4 procentpunt hoger dan in 2022 (een klein verschil"


@pytest.mark.parametrize(
    ("zekerheid", "zegt", "cel", "en"),
    [
        ("buiten_marge", f"{HOGER})", "klein", "slightly higher than 2022"),
        ("marge_onbekend", f"{HOGER}; kan toeval zijn)", "klein?", "slightly higher than 2022, unless that is chance"),
        # not even its side is certain
        (
            "binnen_marge",
            "niet duidelijk anders dan in 2022 (het verschil valt binnen de marge van de meting)",
            "toeval?",
            "not clearly different from 2022",
        ),
    ],
)
def test_a_small_difference_has_a_side_only_as_far_as_it_is_no_chance(
    zekerheid: str, zegt: str, cel: str, en: str
) -> None:
    card = moved(5.0, 5.4, kaart={"merkbaar": 0.5, "merkbaar_maat": "eenheid"})
    claim = Bewering(
        *("x", "verandering", "W", "PV22", "provincie", "2024JJ00", "2024JJ00", "nagenoeg_gelijk", zekerheid, card.id),
        waarde=5.4, verschil=0.4,
    )  # fmt: skip
    assert verschil_deel(card, claim, "in 2022").replace(HARD, " ") == zegt
    assert plain(cellen.verandering(card, card.standen["PV22"], "2022JJ00", 0.4, claim)).endswith(f"= {cel}")
    assert _oordeel(card, claim, "2022") == en


@pytest.mark.parametrize(
    ("zekerheid", "slot"), [("buiten_marge", "is te klein om ertoe te doen."), ("binnen_marge", "kan toeval zijn.")]
)
def test_who_is_placed_as_the_country_by_chance_is_not_said_to_differ_by_too_little(zekerheid: str, slot: str) -> None:
    card = make_indicator()
    vast = ("W", "PV22", "provincie", "2024JJ00", "2024JJ00")
    plaats = Bewering("p", "plaats", *vast, "als_nederland", "telling", card.id, rang=1, rang_van=12)
    land = Bewering("n", "verschil_nl", *vast, "nagenoeg_gelijk", zekerheid, card.id, waarde=60.0, verschil=0.1)
    zin = plaats_zin(card, DRENTHE, Beweringen((plaats, land)))
    assert zin.endswith(f"maar het verschil met Nederland {slot}")


def test_why_neither_difference_is_clear_is_said_once() -> None:
    card = make_indicator()
    vast = ("W", "PV22", "provincie", "2024JJ00", "2024JJ00", "binnen_marge", "binnen_marge", card.id)
    toen = Bewering("t", "verandering", *vast, waarde=60.0, verschil=0.1, periode_eerder="2022JJ00")
    land = Bewering("n", "verschil_nl", *vast, waarde=60.0, verschil=0.1)
    delen = cijfer_delen(card, Beweringen((toen, land)), DRENTHE, NL)
    assert delen == [
        "niet duidelijk anders dan in 2022",
        "niet duidelijk anders dan in Nederland (beide verschillen vallen binnen de marge van de meting)",
    ]
    assert cijfer_delen(card, Beweringen((land,)), DRENTHE, NL)[0].endswith(f"({DOOR_MARGE[0]})")


def test_a_class_further_is_a_change_and_is_told_from_class_to_class() -> None:
    def gezegd(toen: float, nu: float) -> tuple[str, str]:
        desk = tafel(moved(toen, nu, eenheid="klasse 1-4", decimalen=0, aggregatie="niet", richting="hoger"))
        card, r = desk.rapport.indicatoren[0], desk.rapport
        claim = r.beweringen.find("verandering", card.id, "PV22")
        assert claim is not None
        return stand_zin(card, r.provincie, r), claim.oordeel

    zin, oordeel = gezegd(4.0, 3.0)
    assert f"klasse{HARD}3 in 2024. Dat is van klasse 4 in 2022 naar klasse 3 gegaan (ongunstig)." in zin, zin
    assert oordeel == "ongunstig" and gezegd(2.0, 3.0)[1] == "gunstig"
    zin, oordeel = gezegd(4.0, 4.0)
    assert "even hoog als in 2022" in zin and oordeel == "nagenoeg_gelijk"


def test_a_figure_printed_closer_than_its_source_is_says_how_far_off_it_can_be() -> None:
    deel = make_indicator(id="pendel", eenheid="% van de banen", decimalen=1, meting="telling")
    geld = make_indicator(id="tw", eenheid="euro", decimalen=0, meting="telling")
    for card, waarde, afronding, zegt in (
        (deel, 55.5, 0.83, f"0,9{HARD}procentpunt"),
        (geld, 72_446.0, 74.277, f"75{HARD}euro"),
        # what is printed is as close as the source is, or it is not known how close that is
        (deel, 55.5, 0.1, ""),
        (deel, 55.5, None, ""),
    ):
        punt = replace(card.reeksen["PV22"].punten[-1], waarde=waarde, afronding=afronding)
        rest = f"de bron rondt af, en alleen al daardoor kan het {zegt} hoger of lager zijn"
        assert (rest in zinnen.zekerheid(card, punt)) is bool(zegt), zinnen.zekerheid(card, punt)
        assert ("rondt af" in zinnen.zekerheid(card, punt)) is bool(zegt)
    # an interval holds more than what rounding does
    wijd = replace(punt, afronding=0.83, marge_onder=50.0, marge_boven=60.0)
    assert "rondt af" not in zinnen.zekerheid(deel, wijd)
