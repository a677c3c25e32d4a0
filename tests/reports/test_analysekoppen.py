"""The headings over figures of analyses: of which years, and what is said where none or the other side is so."""

from dataclasses import replace

import pytest

from reports.analysezinnen import balans_zin
from reports.bewering import Beweringen
from reports.document import Alinea, Figuurblok
from reports.hoofdstukken.economie import begin_werkgelegenheid
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.verdienvermogen import begin_verdienvermogen
from reports.model import Regio
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import make_rapport
from tests.reports.zinnencijfers import bewering


def koppen(make, analyses=ANALYSES):
    blokken = [b for blok in make(Schrijftafel(make_rapport(), analyses)) for b in getattr(blok, "blokken", (blok,))]
    return [b.figuur.kop for b in blokken if isinstance(b, Figuurblok)]


def test_every_heading_says_of_which_years_it_is():
    assert koppen(begin_werkgelegenheid) == [
        "minder dan 50 banen meer in december 2024 dan in december 2018",
        "Meeste banen erbij van december 2018 tot december 2024: rest (+6)",
        "Grootste bedrijfstak: landbouw, 60,0% van de banen (december 2024)",
    ]
    assert all("2023" in kop for kop in koppen(begin_verdienvermogen))


def test_what_is_computed_from_provisional_cells_is_provisional_in_text_heading_and_alternative_text():
    groei = replace(ANALYSES.banengroei, status="voorlopig")
    takken = tuple(replace(t, status="nader_voorlopig") for t in ANALYSES.specialisatie)
    analyses = replace(ANALYSES, banengroei=groei, specialisatie=takken)
    blokken = begin_werkgelegenheid(Schrijftafel(make_rapport(), analyses))
    figuren = [b.figuur for n in blokken for b in getattr(n, "blokken", ()) if isinstance(b, Figuurblok)]
    for figuur, woord in zip(figuren, ("voorlopig", "voorlopig", "nader voorlopig"), strict=True):
        assert woord in figuur.kop and woord in figuur.alt
    teksten = [str(b.inhoud) for b in blokken if isinstance(b, Alinea)]
    assert any("In december 2024 (voorlopig) telde" in t for t in teksten)
    assert any("In december 2024 (nader voorlopig) is" in t for t in teksten)
    # of a mix that another way of counting turns round nothing is good or bad
    assert not any("gunstig" in t for t in teksten)
    assert all(
        "(2023, voorlopig)" in k or "2023, voorlopig" in k
        for k in koppen(begin_verdienvermogen, replace(analyses, kloof=replace(ANALYSES.kloof, status="voorlopig")))
    )


def test_where_no_branch_gained_no_branch_is_said_to_have():
    groei = ANALYSES.banengroei
    minder = replace(groei, delen=tuple(replace(d, verandering=-1.0) for d in groei.delen))
    found = koppen(begin_werkgelegenheid, replace(ANALYSES, banengroei=minder))
    assert found[1] == "In geen bedrijfstak kwamen er banen bij van december 2018 tot december 2024"


@pytest.mark.parametrize(("kloof", "eerst"), [(-20.0, "landbouw"), (20.0, "rest")])
def test_the_largest_part_of_a_gap_is_on_the_side_of_the_gap(kloof, eerst):
    found = koppen(begin_verdienvermogen, replace(ANALYSES, kloof=replace(ANALYSES.kloof, kloof=kloof)))
    assert found[1].startswith(f"Grootste bijdrage aan de kloof: {eerst} (")


def test_a_balance_that_rounds_to_one_is_no_more_and_no_less():
    regio = Regio("PV22", "Drenthe", "provincie")

    def told(waarde):
        return balans_zin(Beweringen([bewering("pendel", "balans", waarde)]), regio)

    assert "minder banen van werknemers" in told(0.88) and "0,88" in told(0.88)
    assert "meer banen van werknemers" in told(1.02)
    assert "ongeveer evenveel banen" in told(1.002)
    assert balans_zin(Beweringen(), regio) == ""
