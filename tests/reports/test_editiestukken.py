"""What goes with an edition: its questions with their source, and who saw what of what is not to be told yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reports.analyse import Analyses
from reports.bewering import Beweringen
from reports.hoofdstukken.editiestukken import TOEGANG, VRAGEN, Inzage, make_editiestukken
from reports.internwoord import teksten
from reports.standzinnen import stand_zin
from reports.telzinnen import antwoord_kop, verandering_telzin
from tests.reports.voorbeeldrapport import make_indicator, make_rapport

EMBARGO = datetime(2026, 12, 15, 6, tzinfo=UTC)
ZAG = Inzage(
    "gedeputeerde economie", "samenvatting", datetime(2026, 12, 1, 9, tzinfo=UTC), "voorbereiding van de brief"
)


def lijst(rapport, inzage=(), embargo=EMBARGO) -> str:
    document = make_editiestukken(rapport, Analyses(), inzage, embargo, concept=True)
    return " | ".join(teksten(document.blad(TOEGANG).blokken))


@pytest.mark.parametrize("inzage", [(), (ZAG,)])
def test_it_tells_the_verdict_and_each_headline_figure_as_the_edition_does(inzage):
    r = make_rapport()
    p, text = r.provincie, lijst(r, inzage)
    antwoord = r.beweringen.antwoord("alles", p.code, p.soort)
    assert antwoord and antwoord_kop(antwoord, p.wie) in text
    per_id = {i.id: i for i in r.indicatoren}
    zinnen = [stand_zin(per_id[k], p, r) for k in r.kerncijfers if k in per_id and per_id[k].punt(p.code)]
    assert zinnen and all(z in text for z in zinnen if z)
    assert "Hierover gaat het embargo." in text
    assert ("gedeputeerde economie" in text) == bool(inzage)


def test_the_verdict_has_the_counts_that_it_is_made_of_with_their_years():
    r = make_rapport(*(make_indicator(id=f"i{n}", naam=f"I {n}") for n in range(6)))
    text = lijst(r)
    p = r.provincie
    telling = r.beweringen.telling("verandering", "alles", p.code, p.soort)
    assert telling is not None and telling.van == 6
    assert verandering_telzin(telling, f"van {p.wie}") in text and "De laatste cijfers zijn van 2024." in text


def test_without_claims_it_tells_no_figure_and_without_embargo_none_is_named():
    r = make_rapport()
    assert "De uitkomst en de kerncijfers" not in lijst(replace(r, beweringen=Beweringen()))
    assert "Hierover gaat deze editie." in lijst(r, embargo=None)


def test_the_source_of_an_answer_is_told_as_the_report_tells_it_and_no_further():
    """Made-up figures were 'CBS, status Regulier, 23:09 UTC'; how a card computes is no answer to where it is from."""
    for soort, begin in (("voorbeeld", "Voorbeeldcijfers in de vorm van "), ("cbs", "Bron: CBS, ")):
        r = make_rapport(make_indicator(id="participatie", bewerking="Teller gedeeld door noemer."), soort=soort)
        document = make_editiestukken(r, Analyses(), (), None, concept=True)
        text = " | ".join(teksten(document.blad(VRAGEN).blokken))
        assert begin in text
        assert not [woord for woord in ("UTC", "Regulier", "cel van de bron", "Teller gedeeld") if woord in text]
