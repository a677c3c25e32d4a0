"""A region with a long name: in full as title of its page, by its short name everywhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.analyse import Analyses
from reports.document import runs
from reports.gedrukt.drukwerk import Drukwerk
from reports.gedrukt.gebiedsblad import make_gebiedsblad
from reports.hoofdstukken.regio import make_regio
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import plain
from reports.internwoord import teksten
from reports.model import Indicator, Reeks, Regio
from reports.samenstelling import make_document
from tests.reports.voorbeeldrapport import GEMEENTEN, make_rapport

LANG = "Gebied van een heel lange afspraak (tweede periode)"
STREEK = Regio("XX1", "Streek 2023", "samengesteld", officieel=LANG)
EERST = GEMEENTEN[0]


def _met_streek(i: Indicator) -> Indicator:
    """The indicator with the figures of a municipality for the region as well."""
    if EERST.code not in i.reeksen:
        return i
    reeks = Reeks(STREEK, i.reeksen[EERST.code].punten)
    standen = i.standen | ({STREEK.code: i.standen[EERST.code]} if EERST.code in i.standen else {})
    return replace(i, reeksen=i.reeksen | {STREEK.code: reeks}, standen=standen)


@pytest.fixture(scope="module")
def tafel():
    r = make_rapport()
    themas = tuple(replace(t, indicatoren=tuple(map(_met_streek, t.indicatoren))) for t in r.themas)
    return Schrijftafel(
        replace(r, themas=themas, samengesteld=(STREEK,), leden=r.leden | {"XX1": GEMEENTEN[:2]}), Analyses()
    )


def test_the_full_name_is_the_title_and_all_that_follows_has_the_short_one(tafel):
    blad = make_regio(tafel, STREEK)
    assert (blad.titel, blad.kort) == (LANG, STREEK.naam)
    read = list(teksten(blad.blokken))
    assert not [t for t in read if LANG in t]
    assert sum(STREEK.naam in t for t in read) >= 3
    assert f"Hier heet het verder {STREEK.naam}." in plain(tuple(runs(blad.blokken[0])))


def test_so_on_paper(tafel):
    druk = Drukwerk(tafel, make_document(tafel.rapport), {})
    document = make_gebiedsblad(druk, STREEK)
    assert document.bladen[0].titel == LANG
    read = [t for blad in document.bladen for t in teksten(blad.blokken)]
    assert not [t for t in read if LANG in t]
    assert any(f"Dit gebied, hierna {STREEK.naam}, heeft twee gemeenten" in t for t in read)
