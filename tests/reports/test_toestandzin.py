"""A count of what is better and worse stands nowhere without what it says of the whole, and how certain that is."""

from dataclasses import replace

import pytest

from reports.document import Alinea, runs
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.regio import make_regio
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.vragen import beantwoord
from reports.inhoud import plain
from reports.model import Regio
from reports.telzinnen import antwoord_kop, antwoord_uitleg
from reports.vraag import Vraag
from tests.reports.test_beweringzinnen import many, welvaart
from tests.reports.voorbeeldrapport import DRENTHE, GEMEENTEN

EMMEN = GEMEENTEN[5]
TELT = "slechter dan twee jaar eerder;"


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
    blok = make_regio(desk, regio).blokken[0]
    assert isinstance(blok, Alinea)
    return plain(tuple(runs(blok)))


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
    assert text.count(TELT) == 1
    assert text.index(kop) < text.index(TELT) < text.index(uitleg)


def test_a_count_over_the_municipalities_says_what_chance_makes_of_it(desk: Schrijftafel) -> None:
    (zin,) = [b.tekst for b in make_boodschappen(desk) if b.kop == "De gemeenten."]
    assert TELT in zin and "Het verschil tussen 72 en 60 kan toeval zijn." in zin
