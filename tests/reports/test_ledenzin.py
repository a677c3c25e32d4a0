"""A composite region without a figure tells what is the matter with its members, each with its own reason."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from assets.vragen.rapport import _read_zonder
from begrippen.lijsten import NIET_BESCHIKBAAR
from reports.analyse import Analyses
from reports.document import Feiten, Lijst, Uitklap, runs
from reports.hoofdstukken.regio import make_regio
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import plain
from reports.ledenzin import GEEN_GEMEENTE, GEEN_GEWICHT, NIET_SAMEN, leden_zin
from reports.model import Regio
from tests.reports.voorbeeldrapport import GEMEENTEN, make_indicator, make_rapport

STREEK = Regio("XX1", "Streek", "samengesteld")
EEN, TWEE, DRIE = GEMEENTEN[:3]


def test_members_are_read_with_the_reason_of_the_latest_year_that_any_of_them_has():
    db = duckdb.connect()
    db.execute("CREATE SCHEMA kern; CREATE SCHEMA monitor")
    db.execute(
        "CREATE TABLE kern.regio AS FROM (VALUES ('GM1', 'Een (gemeente)', 'gemeente', NULL::DATE),"
        " ('GM2', 'Twee', 'gemeente', NULL), ('GM3', 'Drie', 'gemeente', NULL)) AS t(code, naam, soort, geldig_tot)"
    )
    db.execute(
        "CREATE TABLE kern.regio_lid AS FROM (VALUES ('XX1', 'GM1'), ('XX1', 'GM2'), ('XX1', 'GM3')) AS t(regio, lid)"
    )
    db.execute(
        "CREATE TABLE monitor.indicatorwaarde AS FROM (VALUES ('a', 'totaal', 'GM1', '2023JJ00', 1.0, NULL),"
        " ('a', 'totaal', 'GM2', '2023JJ00', NULL, 'geheim'), ('a', 'totaal', 'GM1', '2022JJ00', NULL, 'onbekend'),"
        " ('b', 'totaal', 'GM1', '2023JJ00', NULL, 'geheim'))"
        " AS t(indicator, uitsplitsing, regio, periode, waarde, leeg_reden)"
    )
    # Drie has no row; of b no member has a value, and of a region of another kind nothing is asked
    assert _read_zonder(db, {"XX1": STREEK, "GM1": EEN}) == {("a", "XX1"): (("Drie", None), ("Twee", "geheim"))}


def rapport(aggregatie: str = "som", zonder=()):
    r = make_rapport(make_indicator(aggregatie=aggregatie))
    leden = {STREEK.code: (EEN, TWEE, DRIE)}
    redenen = {(r.indicatoren[0].id, STREEK.code): tuple(zonder)} if zonder else {}
    return replace(r, samengesteld=(STREEK,), leden=r.leden | leden, zonder=redenen)


def test_each_reason_is_told_once_with_all_that_have_it():
    r = rapport(zonder=[("Een", "geheim"), ("Twee", "niet_in_selectie"), ("Drie", "geheim"), ("Vier", None)])
    assert leden_zin(r, r.indicatoren[0], STREEK) == (
        f"Zonder cijfer: Een en Drie (geheim); Twee ({NIET_BESCHIKBAAR['niet_in_selectie']}); Vier (niet in de bron)"
    )


@pytest.mark.parametrize(("aggregatie", "wat"), [("niet", NIET_SAMEN), ("gewogen", GEEN_GEWICHT)])
def test_what_lies_not_with_a_member_is_said_so(aggregatie, wat):
    r = rapport(aggregatie)
    assert leden_zin(r, r.indicatoren[0], STREEK) == wat
    assert leden_zin(replace(r, leden={}), r.indicatoren[0], STREEK) == (wat if aggregatie == "niet" else GEEN_GEMEENTE)


def test_a_member_outside_the_province_is_not_told_as_one_without_a_figure():
    """The report knows no figure of a neighbour: that is no reason to leave it out of who has one in silence."""
    r = rapport("gewogen")
    buur = Regio("GM0160", "Buurgemeente", "gemeente")
    card = replace(r.indicatoren[0], id="werkloosheid")
    weg = replace(r.niet_beschikbaar[0], indicator="werkloosheid", naam="Werkloosheid")
    for leden, buiten in (((EEN, TWEE), False), ((EEN, buur), True)):
        thema = replace(r.themas[0], indicatoren=(card,))
        anders = replace(r, themas=(thema,), niet_beschikbaar=(weg,), leden=r.leden | {STREEK.code: leden})
        blokken = make_regio(Schrijftafel(anders, Analyses()), STREEK).blokken
        text = " ".join(plain(tuple(runs(b))) for b in blokken)
        assert "Werkloosheid: geen cijfer voor Streek." in text
        zin = "Buurgemeente ligt buiten Drenthe: daarvan toont dit rapport geen cijfers."
        assert (zin in text) == buiten


def test_the_page_of_the_region_lists_what_it_lacks_by_reason():
    r = rapport(zonder=[("Een", "geheim")])
    blokken = make_regio(Schrijftafel(r, Analyses()), STREEK).blokken
    (lijst,) = [b for b in blokken if isinstance(b, Feiten)]
    assert [naam for naam, _ in lijst.paren] == ["Zonder cijfer: Een (geheim)"]
    assert r.indicatoren[0].naam in plain(tuple(runs(lijst)))


def test_more_names_than_fit_in_a_line_are_a_list() -> None:
    """Up to 36 names stood behind each other, with commas."""
    r = rapport(zonder=[("Een", "geheim")])
    for aantal, soort in ((5, Feiten), (6, Uitklap)):
        cards = tuple(replace(r.indicatoren[0], naam=f"Naam {n}, met een komma") for n in range(aantal))
        anders = replace(r, themas=(replace(r.themas[0], indicatoren=cards),))
        blokken = make_regio(Schrijftafel(anders, Analyses()), STREEK).blokken
        kop = "Zonder cijfer: Een (geheim)"
        found = [b for b in blokken if isinstance(b, Feiten) and b.paren[0][0] == kop]
        found += [b for b in blokken if isinstance(b, Uitklap) and b.titel.startswith(kop)]
        (lijst,) = found
        assert isinstance(lijst, soort)
        if isinstance(lijst, Uitklap):
            (namen,) = lijst.blokken
            assert lijst.titel == "Zonder cijfer: Een (geheim) (6 indicatoren)"
            assert isinstance(namen, Lijst) and [plain(i) for i in namen.items] == [c.naam for c in cards]
