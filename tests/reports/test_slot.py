"""What the main report can not say: out of as many as the website has, and no gap where there is none to be filled."""

from __future__ import annotations

from dataclasses import replace

from reports.analyse import Analyses
from reports.document import Alinea
from reports.gedrukt.drukwerk import Drukwerk
from reports.gedrukt.slot import make_ontbreekt
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import plain
from reports.model import NietBeschikbaar
from reports.samenstelling import make_document
from tests.reports.voorbeeldrapport import NL, make_indicator, make_rapport


def opening(*weg: str) -> list[str]:
    """The paragraphs of the page: of four cards one lacks the province and one is about the country only."""
    kaarten = [make_indicator(id=id_, naam=id_) for id_ in ("a", "b", "gemeentelijk", "landelijk")]
    kaarten[2] = replace(kaarten[2], standen={c: s for c, s in kaarten[2].standen.items() if c != "PV22"})
    kaarten[3] = replace(kaarten[3], standen={NL.code: kaarten[3].standen[NL.code]})
    absent = tuple(NietBeschikbaar(id_, id_, "niveau", "T", "Nee.") for id_ in weg)
    rapport = replace(make_rapport(*kaarten), niet_beschikbaar=absent)
    druk = Drukwerk(Schrijftafel(rapport, Analyses()), make_document(rapport, Analyses()))
    return [plain(b.inhoud) for b in make_ontbreekt(druk).blokken if isinstance(b, Alinea)]


def test_what_lacks_is_counted_out_of_what_the_website_has_without_the_country() -> None:
    eerste, verder, redenen = opening("gemeentelijk", "landelijk", "nergens")
    assert eerste == "Van 1 van de 4 indicatoren hebben wij geen cijfer voor Drenthe."
    assert verder == (
        "1 andere gaat alleen over Nederland. Van nog 1 die wij willen tonen, hebben wij nergens een cijfer."
    )
    # all of them are no 'most often named'
    assert redenen.startswith("De redenen bij deze 2 samen: ") and "(2)" in redenen
