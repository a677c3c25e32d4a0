"""The headings over figures of analyses: of which years, and what is said where none or the other side is so."""

from dataclasses import replace

import pytest

from reports.analysezinnen import AFGEROND, FIJNER, balans_zin, kloof_zin
from reports.bewering import Beweringen
from reports.document import Alinea, Figuurblok, Kop
from reports.gedrukt.drukwerk import Drukwerk
from reports.gedrukt.economie import TELT_ZELFSTANDIGEN, make_economieblad
from reports.hoofdstukken.economie import begin_werkgelegenheid
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.verdienvermogen import begin_verdienvermogen
from reports.model import Regio
from reports.samenstelling import make_document
from reports.stukken.platen import PLATEN
from reports.tabel import Tabel
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import BRON, make_indicator, make_rapport, make_thema
from tests.reports.zinnencijfers import bewering


def figuren(make, analyses=ANALYSES):
    blokken = [b for blok in make(Schrijftafel(make_rapport(), analyses)) for b in getattr(blok, "blokken", (blok,))]
    return [b.figuur for b in blokken if isinstance(b, Figuurblok)]


def koppen(make, analyses=ANALYSES):
    return [f.kop for f in figuren(make, analyses)]


def test_every_heading_says_of_which_years_it_is():
    assert koppen(begin_werkgelegenheid) == [
        "minder dan 50 banen meer in december 2024 dan in december 2018",
        "Meeste banen erbij van december 2018 tot december 2024: rest (+6)",
        "De hardste groeier van december 2018 tot december 2024: rest, +13,6%; in Nederland +13,6%",
        # what is secret may be larger than what has a bar
        "Grootste van de 1 bedrijfstakken met een cijfer: landbouw, 60,0% van de banen (december 2024)",
    ]
    zonder = "Van 1 van de 2 bedrijfstakken is er geen cijfer."
    takken = figuren(begin_werkgelegenheid)[3]
    assert takken.noten[-1] == zonder and takken.alt.endswith(f" {zonder}")
    open_ = replace(ANALYSES, specialisatie=ANALYSES.specialisatie[:1])
    assert koppen(begin_werkgelegenheid, open_)[3].startswith("Grootste bedrijfstak: landbouw")
    assert all("2023" in kop for kop in koppen(begin_verdienvermogen))


def test_what_is_computed_from_provisional_cells_is_provisional_in_text_heading_and_alternative_text():
    groei = replace(ANALYSES.banengroei, status="voorlopig")
    takken = tuple(replace(t, status="nader_voorlopig") for t in ANALYSES.specialisatie)
    analyses = replace(ANALYSES, banengroei=groei, specialisatie=takken)
    blokken = begin_werkgelegenheid(Schrijftafel(make_rapport(), analyses))
    figuren = [b.figuur for n in blokken for b in getattr(n, "blokken", ()) if isinstance(b, Figuurblok)]
    for figuur, woord in zip(figuren, ("voorlopig", "voorlopig", "voorlopig", "nader voorlopig"), strict=True):
        assert woord in figuur.kop and woord in figuur.alt
    # one pair of brackets behind a name
    assert figuren[1].kop.endswith(": rest (+6, voorlopig)")
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


@pytest.mark.parametrize(("kloof", "eerst"), [(-20.0, "Landbouw"), (20.0, "Rest")])
def test_the_largest_part_of_a_gap_is_on_the_side_of_the_gap_and_comes_first_without_being_its_cause(kloof, eerst):
    gat = replace(ANALYSES.kloof, kloof=kloof, productiviteit=100.0 + kloof)
    _, takken = figuren(begin_verdienvermogen, replace(ANALYSES, kloof=gat))
    assert takken.kop == "Bijdrage van elke bedrijfstak aan het verschil (2023, voorlopig)"
    assert f". {eerst}: " in takken.alt


def test_no_figure_or_table_shares_out_a_gap_without_saying_that_another_way_of_counting_does_so_otherwise():
    """The mix of branches was a plus with ten and a minus with eighteen, and in three of four areas."""
    gat = ANALYSES.kloof
    analyses = replace(ANALYSES, kloof_corop=(replace(gat, regio=Regio("CR07", "Noord-Drenthe", "corop")),))
    delen = figuren(begin_verdienvermogen, analyses) + figuren(begin_werkgelegenheid, analyses)[:1]
    assert len(delen) == 3 and all(FIJNER in f.noten and f.alt.endswith(FIJNER) for f in delen)
    tafel = Schrijftafel(make_rapport(analyses=analyses), analyses)
    (tabel,) = [b for b in begin_verdienvermogen(tafel) if isinstance(b, Tabel)]
    assert [k.kop for k in tabel.kolommen] == [
        ("Gebied",), ("Jaar",), ("Opbrengst per arbeidsjaar",), ("Verschil met Nederland",)
    ]  # fmt: skip
    (plaat,) = [p for p in PLATEN["verdienvermogen"](tafel) if p.kop.startswith("Waar zit het verschil met Nederland?")]
    assert plaat.noot.endswith(FIJNER)
    koppen = [b.tekst for b in begin_verdienvermogen(tafel) if isinstance(b, Kop)]
    assert koppen == ["Waar zit het verschil met Nederland?"]


def test_a_gap_is_that_of_the_two_figures_that_stand_beside_it():
    """95.178 beside 120.486 is 25.308, also where 95.177,6 and 120.486,4 are 25.308,8 apart."""
    gat = replace(ANALYSES.kloof, productiviteit=95_177.6, productiviteit_nl=120_486.4, kloof=-25_308.8)
    assert "25.308\xa0euro per arbeidsjaar minder" in koppen(begin_verdienvermogen, replace(ANALYSES, kloof=gat))[0]
    b = bewering(
        "productiviteit", "geheel", 95_177.6, waarde_tegen=120_486.4, verschil=-25_308.8, oordeel="ongunstig",
        tegen="nederland", naam="opbrengst per arbeidsjaar",
    )  # fmt: skip
    drenthe = Regio("PV22", "Drenthe", "provincie")
    assert "25.308\xa0euro (21,0%) minder" in kloof_zin(Beweringen([b]), drenthe)
    # parts of 23.891, 2.499 and 1.081 are 25.309 for who adds them up: that is said where it is so
    for eigen, zegt in ((-23_891.0, True), (-23_890.0, False)):
        delen = {"regiospecifiek": eigen, "structuur": -2_499.0, "interactie": 1_081.0}
        claims = [bewering("productiviteitsdeel", naam, w, verschil=w, tegen="nederland") for naam, w in delen.items()]
        assert (AFGEROND in kloof_zin(Beweringen([b, *claims]), drenthe)) == zegt
        met = replace(gat, regiospecifiek=eigen, structuur=-2_499.0, interactie=1_081.0)
        assert (AFGEROND in figuren(begin_verdienvermogen, replace(ANALYSES, kloof=met))[0].noten) == zegt


def test_a_balance_that_rounds_to_one_is_no_more_and_no_less():
    regio = Regio("PV22", "Drenthe", "provincie")

    def told(waarde):
        return balans_zin(Beweringen([bewering("pendel", "balans", waarde)]), regio)

    assert "minder banen van werknemers" in told(0.88) and "0,88" in told(0.88)
    assert "meer banen van werknemers" in told(1.02)
    assert "ongeveer evenveel banen" in told(1.002)
    assert balans_zin(Beweringen(), regio) == ""


def test_a_table_with_the_jobs_of_the_register_says_that_they_are_others_than_those_above_it():
    """209.000 jobs of employees in the finding and 244.110 'Banen' in the table of the same page."""
    pwr = replace(BRON, bron="register", tabel="pwr")
    for id_, bron, zegt in (("banen_totaal", pwr, True), ("banen_totaal", BRON, False), ("vestigingen", pwr, False)):
        card = make_indicator(id=id_, bronnen=(bron,), thema="werkgelegenheid")
        thema = make_thema("werkgelegenheid", "Werkgelegenheid", "Economie", (card,))
        rapport = make_rapport(themas=(thema,), analyses=ANALYSES)
        druk = Drukwerk(Schrijftafel(rapport, ANALYSES), make_document(rapport, ANALYSES))
        blad = make_economieblad(druk, rapport.themas[0])
        (tabel,) = [b for b in blad.blokken if isinstance(b, Tabel)]
        assert (TELT_ZELFSTANDIGEN in tabel.noten) == zegt
