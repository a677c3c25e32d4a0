"""Questions of readers: each kind answered by claims, or said not to be."""

from dataclasses import replace
from typing import get_args

import pytest

from reports.analyse import Analyses, Banengroei, Editieverschil, Groeideel, Leeftijdsprognose
from reports.analysezinnen import duidelijk_zin, harder_zin, leeftijd_zin
from reports.document import Alinea, Kop, Lijst, runs
from reports.gedrukt.beleid import _geld
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.themaoverzicht import KOLOMMEN, make_themaoverzicht
from reports.hoofdstukken.vragen import GEEN, MAKERS, TE_WEINIG, anker, beantwoord, make_vragen, make_vragenlijst
from reports.inhoud import Koppeling, plain
from reports.tabel import Tabel
from reports.verken.lijst import _eerste
from reports.vraag import Vraag, Vraagsoort
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import DRENTHE, OORDEEL, make_indicator, make_rapport, make_thema
from tests.reports.zinnencijfers import bewering

KAART = make_indicator(id="werkloosheid")
VERSCHIL = Editieverschil("werkloosheid", "Werkloosheid", "%", 1, "2022JJ00", "2024JJ00", 3.8, 3.2, -0.4, -0.1, -0.1)
ALLES = replace(
    ANALYSES,
    editieverschillen=(VERSCHIL,),
    leeftijden=(Leeftijdsprognose("15_tot_75", "2025JJ00", "2050JJ00", 369_000.0, 331_000.0, 73.1, 65.4),),
)


def answer(over: Vraagsoort, analyses: Analyses = ALLES, **anders: str) -> str:
    vraag = Vraag("Hoe dan?", over, **anders)
    tafel = Schrijftafel(make_rapport(KAART, analyses=analyses), analyses, (vraag,))
    return " ".join(beantwoord(tafel, vraag)[0])


def test_every_kind_has_a_maker():
    assert set(MAKERS) == set(get_args(Vraagsoort))


def test_too_few_figures_are_not_none():
    assert answer("gebied", regio="GM0114") == TE_WEINIG
    zonder = make_indicator(id="x", standen={}, oordelen={}, reeksen={})
    vraag = Vraag("Hoe dan?", "gebied", regio="GM0114")
    assert beantwoord(Schrijftafel(make_rapport(zonder), ALLES, (vraag,)), vraag)[0] == []


def test_the_page_to_explore_opens_with_a_figure_that_the_province_has():
    leeg = make_indicator(id="leeg", standen={}, oordelen={})
    tafel = Schrijftafel(make_rapport(leeg, KAART, analyses=ALLES), ALLES)
    assert _eerste(tafel).id == KAART.id
    assert _eerste(Schrijftafel(make_rapport(leeg, analyses=ALLES), ALLES)).id == "leeg"


def test_money_in_print_has_its_years():
    assert plain(_geld({"geld_van": 2025, "geld_tot": 2027, "geld": 5_870_516})) == "5.870.516\xa0euro, 2025-2027"
    assert plain(_geld({"geld_van": None, "geld_tot": None, "geld": None})) == "niet aangeleverd"


def test_branches_are_told_by_how_many_jobs_and_beside_the_netherlands():
    # 63.000 to 70.000 jobs, where the growth of the country would have given 5.000; 47.000 to 50.000 beside 3.050
    zorg = Groeideel("Zorg", 70_000.0, 7_000.0, 3_000.0, 2_000.0, 2_000.0, "Q")
    handel = Groeideel("Handel", 50_000.0, 3_000.0, 4_000.0, -950.0, -50.0, "G")
    groei = Banengroei(
        DRENTHE, "2018JJ00", "2024JJ00", 110_000.0, 120_000.0, 7_000.0, 1_050.0, 1_950.0, 0.0, "definitief",
        (zorg, handel),
    )  # fmt: skip
    analyses = replace(ALLES, banengroei=groei)
    assert answer("bedrijfstakken", analyses) == (
        "Van de 2 bedrijfstakken kregen er tussen 2018 en 2024 in Drenthe 2 meer banen van werknemers en geen enkele "
        "minder. "
        "De meeste banen kwamen er bij in zorg (7.000, 11,1%: harder dan in Nederland, 7,9%) en handel (3.000, 6,4%: "
        "ongeveer als in Nederland, 6,5%)."
    )
    beweringen = make_rapport(KAART, analyses=analyses).beweringen
    assert harder_zin(beweringen, DRENTHE) == (
        "Van de 2 bedrijfstakken groeide er 1 in Drenthe duidelijk harder dan in Nederland, van 2018 tot 2024."
    )
    # the numbers are those that the claim is judged with
    assert "meer dan 100 banen en meer dan 0,5% van de banen in 2018" in duidelijk_zin("2018JJ00")
    # what is computed from provisional cells is provisional
    voorlopig = replace(ALLES, banengroei=replace(groei, status="voorlopig"))
    assert "tussen 2018 en 2024 (voorlopig) in Drenthe" in answer("bedrijfstakken", voorlopig)
    beweringen = make_rapport(KAART, analyses=voorlopig).beweringen
    assert harder_zin(beweringen, DRENTHE).endswith("van 2018 tot 2024 (voorlopig).")


def test_who_crosses_is_told_both_ways_with_its_year():
    found = answer("pendel")
    assert "In december 2024 (voorlopig) hadden inwoners van Drenthe 120 banen als werknemer." in found
    assert "Daarvan waren er 50 buiten Drenthe: 41,7%." in found and "30 van de 100 banen" in found


def test_what_was_counted_and_what_is_expected_are_two_series():
    found = answer("prognose")
    assert "daalt in de prognose naar leeftijd van 369.000 in 2025 naar 331.000 in 2050" in found
    assert "een andere reeks dan het getelde aantal" in found
    # the forecast of all inhabitants has an interval, and that by age has none
    assert "de bron zegt niet hoe onzeker" in found


def test_of_the_young_of_a_far_year_it_is_said_that_they_are_not_yet_born():
    def told(groep, tot):
        b = bewering(
            "prognose_leeftijd", groep, 80_000.0, periode=tot, periode_eerder="2025JJ00", waarde_tegen=77_000.0
        )
        return leeftijd_zin(replace(b, oordeel="hoger"))

    assert told("0_tot_15", "2050JJ00").endswith("Wie dan zo jong is, was in 2025 nog niet geboren.")
    assert "geboren" not in told("0_tot_15", "2030JJ00") + told("15_tot_75", "2050JJ00")


def test_the_difference_with_the_previous_edition_stands_in_its_three_parts():
    assert answer("vorige_editie", indicator="werkloosheid").replace("\xa0", " ") == (
        "De vorige editie gaf 3,8% voor 2022; deze geeft 3,2% voor 2024 (schatting, voorlopig). Dat "
        "verschil van −0,6 procentpunt bestaat uit "
        "−0,4 procentpunt doordat er een nieuwer jaar is, −0,1 procentpunt doordat de bron haar cijfers herzag en "
        "−0,1 procentpunt doordat wij het anders meten."
    )


def test_a_first_edition_does_not_ask_why_the_previous_one_said_otherwise():
    vragen = (Vraag("Waarom anders?", "vorige_editie", indicator="werkloosheid"), Vraag("Hoe dan?", "pendel"))
    for analyses, gesteld in (
        (replace(ALLES, editieverschillen=()), ["Hoe dan?"]),
        (ALLES, ["Waarom anders?", "Hoe dan?"]),
    ):
        tafel = Schrijftafel(make_rapport(KAART, analyses=analyses), analyses, vragen)
        blad, lijst = make_vragen(tafel), make_vragenlijst(tafel)
        assert blad is not None and [b.tekst for b in blad.blokken if isinstance(b, Kop)] == gesteld
        assert [plain(item) for b in lijst if isinstance(b, Lijst) for item in b.items] == gesteld


@pytest.mark.parametrize("over", sorted(set(MAKERS) - {"cijfer", "gebied", "toestand", "buren", "vorige_editie"}))
def test_a_question_without_a_claim_is_said_to_have_no_figure(over):
    vraag = Vraag("Hoe dan?", over, indicator="bestaat_niet")
    tafel = Schrijftafel(make_rapport(KAART), Analyses(), (vraag,))
    blad = make_vragen(tafel)
    assert blad is not None
    kop, alinea = blad.blokken[-2:]
    assert isinstance(kop, Kop) and kop.id == anker(1) and isinstance(alinea, Alinea)
    assert plain(alinea.inhoud).startswith(GEEN)


def test_an_edition_without_questions_has_no_page_and_no_list():
    tafel = Schrijftafel(make_rapport(KAART), Analyses())
    assert make_vragen(tafel) is None and make_vragenlijst(tafel) == []


def test_every_question_on_the_title_page_leads_to_its_answer():
    vragen = (Vraag("Een?", "pendel"), Vraag("Twee?", "kloof"))
    tafel = Schrijftafel(make_rapport(KAART, analyses=ALLES), ALLES, vragen)
    blad = make_vragen(tafel)
    (lijst,) = [b for b in make_vragenlijst(tafel) if isinstance(b, Lijst)]
    ankers = [i.naar.anker for item in lijst.items for i in item if isinstance(i, Koppeling)]
    assert blad is not None
    assert ankers == [b.id for b in blad.blokken if isinstance(b, Kop)]


def test_an_area_names_per_theme_exactly_what_its_counts_count():
    cards = [make_indicator(id=f"kaart_{n}", naam=f"Kaart {n}", thema="gezondheid", richting="hoger") for n in range(6)]
    rapport = make_rapport(*cards)
    tafel = Schrijftafel(rapport, Analyses())
    for regio in rapport.gebieden:
        blokken = make_themaoverzicht(tafel, regio)
        for thema in rapport.themas:
            telling = rapport.beweringen.telling("plaats", thema.id, regio.code, regio.soort)
            if telling is None:
                continue
            rijen = [r for b in blokken if isinstance(b, Tabel) for r in b.rijen]
            rij = next((r for r in rijen if plain(r.kop) == thema.naam), None)
            cel = rij.cellen[0].inhoud if rij else ()
            assert len([run for run in cel if isinstance(run, Koppeling)]) == telling["bovenste_kwart"]
            # where nothing stands out, the note below names the theme
            assert (rij is None) == (thema.naam in plain(tuple(runs(blokken[-1]))).split("niets duidelijk")[0])
        # of a place or a table that is not there nothing is said
        noot = plain(tuple(runs(blokken[-1]))) if blokken else ""
        assert ("ligt in het midden" in noot) == any(_telling(rapport, "plaats", t, regio) for t in rapport.themas)
        assert ("in de tabel" in noot) == any(isinstance(b, Tabel) for b in blokken)
        # a column of what is judged nowhere in the area is left out
        koppen = {plain(k.kop) for b in blokken if isinstance(b, Tabel) for k in b.kolommen[1:]}
        judged = {s for s, _, _ in KOLOMMEN if any(_telling(rapport, s, t, regio) for t in rapport.themas)}
        assert not koppen or koppen == {kop for soort, _, kop in KOLOMMEN if soort in judged}


def _telling(rapport, soort, thema, regio):
    return rapport.beweringen.telling(soort, thema.id, regio.code, regio.soort)


def test_a_theme_without_any_figure_of_an_area_is_named_as_such() -> None:
    """Beside themes of which nothing stands out, silence about health reads as if nothing were the matter there."""
    hier = make_indicator(id="hier", naam="Hier", thema="wonen", richting="hoger")
    weg = make_indicator(id="weg", naam="Weg", thema="gezondheid", richting="hoger", standen={}, oordelen={})
    themas = (make_thema("wonen", "Wonen", "Brede welvaart", (hier,)),)
    themas += (make_thema("gezondheid", "Gezondheid", "Brede welvaart", (weg,)),)
    tafel = Schrijftafel(make_rapport(themas=themas), Analyses())
    noot = plain(tuple(runs(make_themaoverzicht(tafel, tafel.rapport.provincie)[-1])))
    assert noot.startswith("Van Gezondheid is er voor dit gebied geen cijfer. ")


def test_an_area_is_told_with_how_many_of_a_theme_it_stands_low_and_not_how_often() -> None:
    """'Het vaakst bij gezondheid' of four out of four is a share, and most often is something else."""
    onder = {"oordelen": {"GM0114": replace(OORDEEL, positie="onderste_kwart", rang=300)}}
    cards = [make_indicator(id=f"g{n}", naam=f"G {n}", thema="gezondheid", richting="hoger", **onder) for n in range(5)]
    tafel = Schrijftafel(make_rapport(themas=(make_thema("gezondheid", "Gezondheid", "", tuple(cards)),)), Analyses())
    zinnen, _ = beantwoord(tafel, Vraag("Hoe is het in Emmen?", "gebied", regio="GM0114"))
    assert "Bij gezondheid staat Emmen met alle 5 indicatoren die meetellen in het ongunstigste kwart." in zinnen


def test_a_question_without_an_answer_is_not_asked_on_the_title_page() -> None:
    """Nine questions, and behind each that this edition has no figure."""
    wel, niet = Vraag("Hoeveel?", "cijfer", indicator=KAART.id), Vraag("En dit?", "cijfer", indicator="weg")
    for vragen, lijst, inleiding in (((niet, wel), ["Hoeveel?"], True), ((niet,), [], False)):
        desk = Schrijftafel(make_rapport(KAART), Analyses(), vragen)
        assert [plain(i) for b in make_vragenlijst(desk) if isinstance(b, Lijst) for i in b.items] == lijst
        blad = make_vragen(desk)
        assert blad is not None and blad.titel.endswith(", met het antwoord") == inleiding
        assert any("Bij elk cijfer staat het jaar" in plain(tuple(runs(b))) for b in blad.blokken) == inleiding
