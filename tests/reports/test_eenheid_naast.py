"""A unit is said once: where a name holds it, no figure and no heading behind that name does."""

import re

import pytest

from reports.analyse import Analyses
from reports.gedrukt.alle import make_stukken, make_uitgegeven
from reports.gedrukt.drukwerk import Drukwerk
from reports.getallen import eenheid_naast
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.samenstelling import make_document
from tests.reports.voorbeeldrapport import make_indicator, make_rapport, seen


@pytest.mark.parametrize(
    ("naam", "eenheid", "rest"),
    [
        ("Starters per 1.000 inwoners", "per 1 000 inwoners", ""),
        ("Natuurgebied per inwoner", "m2 per inwoner", "m2"),
        ("Uitstoot van fijnstof per inwoner", "kg per inwoner", "kg"),
        ("Banen, 2019 is 100", "index, 2019 = 100", "index"),
        ("Aantal vestigingen met een persoon", "aantal", ""),
        # what the name does not say stays
        ("Geregistreerde misdrijven", "per 1 000 inwoners", "per 1 000 inwoners"),
        ("Toegevoegde waarde per gewerkt uur", "euro per uur", "euro per uur"),
        ("Kosten per inwonersgroep", "euro per inwoner", "euro per inwoner"),
        ("Koopwoningen", "% van de woningen", "% van de woningen"),
    ],
)
def test_of_a_unit_stays_what_the_name_does_not_say(naam: str, eenheid: str, rest: str) -> None:
    assert eenheid_naast(naam, eenheid) == rest


def test_no_page_says_a_unit_behind_a_name_that_holds_it() -> None:
    card = make_indicator(naam="Starters per 1.000 inwoners", eenheid="per 1 000 inwoners", aggregatie="verhouding")
    rapport = make_rapport(card)
    document = make_document(rapport)
    druk = Drukwerk(Schrijftafel(rapport, Analyses()), document)
    printed = (make_uitgegeven(druk) | make_stukken(druk)).values()
    said = "\n".join(seen(b.blokken) for d in (document, *(o.document for o in printed)) for b in d.bladen)
    assert said.count(card.naam) > 10
    # 'Starters per 1.000 inwoners: 10,2 per 1.000 inwoners', and the same in a caption or behind a name in a table
    assert re.findall(r"Starters per 1\.000 inwoners[^.\n|]{0,30}per 1\.000 inwoners", said) == []
