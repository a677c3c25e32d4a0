"""The pages of policy: everything that was delivered, beside each other, and nowhere a word of cause or a mixed sum."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from assets.beleid.cyclus import Cyclus
from assets.beleid.projecten import Effect
from assets.vragen.beleid import read_uitvoering
from begrippen.beleidslijsten import WOORDEN
from reports.analyse import Analyses
from reports.document import Tabel, walk
from reports.hoofdstukken.beleid import make_opgaven
from reports.hoofdstukken.beleidsblad import BLADEN, NIETS_AANGELEVERD
from reports.hoofdstukken.geld import make_geld
from reports.hoofdstukken.naast_cijfers import make_midterm, make_signalen
from reports.hoofdstukken.naslag import make_niet_beschikbaar
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.uitvoering import make_cyclus, make_instrumenten, make_uitvoering
from reports.inhoud import Doel, Koppeling, plain
from reports.samenstelling import make_beleidsbladen, make_document
from reports.tekst.zinswoorden import OORZAAK, ZONDER_OORZAAK
from reports.uitvoering import Uitvoering
from tests.beleid.conftest import DRENTHE, make_tabellen, read_edities
from tests.reports.voorbeeldrapport import make_indicator, make_rapport, seen

EFFECTEN = (
    Effect("terreinen", "provincie", "euro", "gegeven", 28, 32),
    Effect("terreinen", "hefboom", "euro per euro", "gegeven", 4.478, 5.095),
    Effect("terreinen", "tijdelijk_direct", "mensjaar", "gegeven", 565, 565),
    Effect("terreinen", "tijdelijk_indirect", "mensjaar", "niet_gegeven"),
    Effect("terreinen", "blijvend", "voltijdbaan", "gegeven", 760, 1370, "gerealiseerd", "behoud"),
    Effect("terreinen", "geraamd", "project", "gegeven", 3, 3, soort="aanvrager"),
    Effect("", "provincie", "euro", "onderdrukt"),
)
MAKEN = (make_uitvoering, make_instrumenten, make_geld, make_signalen, make_midterm, make_cyclus)


@pytest.fixture(scope="module")
def uitvoering() -> Uitvoering:
    dagen = Cyclus(stand=date(2026, 12, 15), gs=date(2027, 1, 12))
    db = make_tabellen(read_edities(DRENTHE.edities, 2026, DRENTHE), effecten=EFFECTEN, cyclus=dagen)
    return read_uitvoering(db, 2026)


@pytest.fixture(scope="module")
def tafel(uitvoering) -> Schrijftafel:
    indicator = make_indicator(id="praktisch_opgeleid", naam="Praktisch opgeleiden", opgaven=(2,))
    # what signals and printed figures are laid beside
    tellingen = [
        make_indicator(id=i, naam=i, eenheid=eenheid, decimalen=decimalen, opgaven=())
        for i, eenheid, decimalen in (
            ("zzp_vestigingen", "aantal", 0),
            ("overnachtingen", "aantal", 0),
            ("vrijwilligerswerk", "%", 1),
            ("spanningsindicator", "aantal", 1),
            ("migratiesaldo_jongvolwassenen", "aantal", 0),
            ("banen_chemie", "aantal", 0),
            ("wg_stedelijk_netwerk", "%", 1),
        )
    ]
    return Schrijftafel(make_rapport(indicator, *tellingen, uitvoering=uitvoering), Analyses())


@pytest.fixture(scope="module")
def bladen(tafel) -> dict[str, str]:
    return {b.id: seen(b.blokken).replace("\N{NO-BREAK SPACE}", " ") for make in MAKEN if (b := make(tafel))}


def test_there_is_a_page_for_each_part(bladen):
    assert tuple(sorted(bladen)) == tuple(sorted(BLADEN))
    assert set(BLADEN) < set(ZONDER_OORZAAK)


@pytest.mark.parametrize("blad", BLADEN)
def test_no_page_says_that_one_thing_brought_about_another(bladen, blad):
    assert OORZAAK.findall(bladen[blad]) == []


@pytest.mark.parametrize(
    "zin",
    [
        "Dankzij de regeling groeide het aantal banen.",
        "De regeling leidde in drie jaar tot meer banen.",
        "De regeling heeft voor banen gezorgd.",
        "Dat is een effect van het programma.",
        "Door het beleid steeg de werkgelegenheid.",
    ],
)
def test_a_word_of_cause_is_found(zin):
    assert OORZAAK.search(zin)


def test_every_page_of_policy_says_what_it_is_not(bladen):
    for blad in ("uitvoering", "instrumenten", "geld"):
        assert "geen effectmeting" in bladen[blad]


def test_no_row_adds_amounts_of_two_units(tafel, uitvoering):
    """Every row that adds up stands in a table of which all figures are euros of one stage of one division."""
    added = [
        (blok, rij)
        for make in MAKEN
        for blok in walk(make(tafel).blokken)
        if isinstance(blok, Tabel)
        for rij in blok.rijen
        if re.fullmatch(r"(Lasten |Baten )?samen|totaal.*", plain(rij.kop), re.I)
    ]
    # what a paper itself calls a total (63 million euro) adds up nothing here
    added = [(blok, rij) for blok, rij in added if blok.id != "effect-gedrukt"]
    assert len(added) == 3
    assert all(blok.bijschrift.endswith("in euro") for blok, _ in added)
    # 565 person-years and jobs, 60 million and 405 jobs: no page holds their sum
    alles = " ".join(seen(make(tafel).blokken) for make in MAKEN)
    assert not re.search(r"\b(465|1\.325|1\.065)\b", alles)


def test_money_is_that_of_the_paper_and_no_other_sum(bladen):
    geld = bladen["geld"]
    for amount in ("2.171.540", "687.084", "2.047.500", "2.306.333", "4.086.000", "11.298.457", "26.651.267 euro"):
        assert amount in geld
    assert "Samen|11.298.457|7.676.405|7.676.405" in geld
    assert "12.115.047|18.434.226|18.696.756" in geld
    # '101% besteed' of a balance reads as more than all money
    assert "per saldo (lasten min baten) is 1% meer uitgegeven dan begroot na wijziging" in geld
    # the paper has them; the text of it that was kept ends before
    # of all its years: the table above has only one
    assert "In de bedragen van 2012 tot en met 2014 zijn 11 totalen anders dan de som van hun delen. " in geld
    assert "De redenen: afronding in het stuk (5), " in geld
    assert "baten die niet in de bewaarde tekst staan (3)" in geld
    assert "101%" not in geld and "154%" not in geld
    assert "n.b.: andere indeling" in geld
    # without a post of its name money is not gone
    assert "vonden wij in 2025 geen post met die naam. Dat zegt niet dat dit geld er niet meer is" in geld
    assert "waar het heen ging" not in geld
    assert "60.000.000" not in geld
    assert "120.000.000" not in geld
    assert "minimaal 80.000.000 euro" in geld
    # promised is not granted, and money of the paper of which that is not said is not called sure
    assert (
        "Regio Deal 2018: Rijk 20.000.000 euro toegekend (2018) en regio 20.000.000 euro toegezegd (2019). Wat is "
        "toegezegd, is nog niet zeker." in geld
    )
    assert "euro zeker" not in geld and "Samen is" not in geld


def test_what_was_promised_earlier_is_named_so_and_is_no_success(bladen):
    text = bladen["uitvoering"]
    assert "Beoogde resultaten 2016\n" in text
    # a part of a result is no result more, and that nothing is known says neither that it was done nor that it was not
    assert "64 resultaten bij 14 doelen, met 15 onderdelen. Wat er van deze 79 kwam, weten wij niet" in text
    assert text.count("trekker onbekend") == 97
    after = text.split("Beoogde resultaten 2016\n")[1].split("Beoogde resultaten 2014\n")[0]
    assert after.count("|niet verantwoord|") == 79
    assert "|gerealiseerd" not in after


def test_the_midterm_does_not_say_that_no_indicator_was_named_where_one_has_no_figure(tafel, uitvoering):
    u = replace(uitvoering, tabellen={**uitvoering.tabellen, "groei": ()})
    text = seen(make_midterm(Schrijftafel(replace(tafel.rapport, uitvoering=u), Analyses())).blokken)
    assert "indicatoren horen bij de thema’s van het " in text and "Bij geen thema is opgegeven" not in text


def test_the_page_of_results_announces_an_account_only_where_there_is_one(tafel, uitvoering):
    rijen = uitvoering.tabellen["resultaat"]
    for staat, zin in (("geen_opgave", "Wat ervan kwam, staat nog niet in de stukken."), ("loopt", "is verantwoord.")):
        tabellen = {**uitvoering.tabellen, "resultaat": tuple({**r, "staat": staat} for r in rijen)}
        rapport = replace(tafel.rapport, uitvoering=replace(uitvoering, tabellen=tabellen))
        eerste, *_ = seen(make_uitvoering(Schrijftafel(rapport, Analyses())).blokken).splitlines()
        assert zin in eerste


def test_signals_that_contradict_come_first_and_each_has_one_of_the_outcomes(bladen):
    text = bladen["signalen"]
    assert text.index("Agenda voor het gesprek") < text.index("Opgave 1")
    agenda = text.split("Agenda voor het gesprek")[1].split("\nOpgave 1")[0]
    assert "wijst de andere kant op" in agenda and "wijst dezelfde kant op" not in agenda
    for woord in WOORDEN["signaaluitkomst"].values():
        assert woord in text
    assert re.search(
        r"Bij \d+ signalen hoort een cijfer: van \d+ hebben wij dat, en bij (\d+|geen) is ermee na te", text
    )
    assert "(73,1%, Nederland 66,7%, 2025)" in text
    # a line of a text that we made of a paper is no place that a reader can find
    assert not re.search(r"r\. \d+-\d+\|?$", text, re.MULTILINE)
    # what was tested has the years of its window, found or not
    assert "het cijfer wijst dezelfde kant op (stijgt, 2018 tot en met 2025)" in text
    assert "niet gebleken (geen duidelijke verandering, 2018 tot en met 2025)" in text
    assert "geen uitspraak (−700, 2025)" in text


@pytest.mark.parametrize(
    ("uitkomsten", "zin"),
    [
        (("geen_cijfer", "geen_uitspraak"), "Van geen van de 2 signalen is met een cijfer na te gaan of het klopt."),
        (("geen_cijfer",), "Van het ene signaal is niet met een cijfer na te gaan of het klopt."),
        (
            ("past", "past", "geen_cijfer"),
            "Van 2 van de 3 signalen is met een cijfer na te gaan of het klopt. Daar wijst het cijfer dezelfde kant op "
            "als het signaal. Bij die 2 is het hetzelfde cijfer.",
        ),
        (
            ("past", "niet_gebleken", "niet_gebleken", "geen_cijfer"),
            "Van 3 van de 4 signalen is met een cijfer na te gaan of het klopt. Bij 1 wijst het cijfer dezelfde kant "
            "op als het signaal, bij 2 bleek dat niet.",
        ),
        (
            ("niet_gebleken", "niet_gebleken"),
            "Van 2 van de 2 signalen is met een cijfer na te gaan of het klopt. Bij geen daarvan bleek het.",
        ),
    ],
)
def test_that_no_figure_contradicts_a_signal_says_how_many_were_held_against_one(tafel, uitvoering, uitkomsten, zin):
    """'Bij geen signaal wijst een cijfer de andere kant op' of sixty-three of which none could be judged."""
    (eerste, *_) = [s for s in uitvoering.rijen("signaal") if s["bewering"]]
    rijen = tuple({**eerste, "uitkomst": u} for u in uitkomsten)
    u = replace(uitvoering, tabellen={**uitvoering.tabellen, "signaal": rijen})
    blad = make_signalen(Schrijftafel(replace(tafel.rapport, uitvoering=u), Analyses()))
    assert blad is not None and f"Agenda voor het gesprek\n{zin}\n" in seen(blad.blokken)


def test_evaluations_without_a_year_say_so_and_a_contradiction_names_both_places(bladen):
    text = bladen["instrumenten"]
    assert text.count("jaar onbekend") == 7
    assert "tegenstrijdig: Economische Koers Drenthe r. 290-296 en r. 1478-1484" in text
    assert "405 arbeidsplaatsen (jaar niet genoemd)|niet bekend of dit is gehaald" in text
    assert "950.000 euro (2025)" in text and "|Per ondernemer" not in text


def test_projects_together_have_their_band_their_unit_and_what_is_not_given(bladen):
    projecten = bladen["uitvoering"].partition("Projecten samen\n")[2].partition("\nAccenten\n")[0]
    for row in (
        "Geld van de provincie|28 tot 32 euro",
        "Van anderen per euro van de provincie|4,48 tot 5,10 euro per euro",
        "Tijdelijk werk, direct|565 mensjaren",
        "Tijdelijk werk bij toeleveranciers|niet gegeven",
        "Blijvend werk (behoud, gerealiseerd)|760 tot 1.370 voltijdbanen",
        "Geraamd door de aanvrager|3 projecten",
        "Geld van de provincie|niet te tonen: minder dan drie partijen, of anders terug te rekenen",
    ):
        assert row in projecten
    assert "Bruto, en niet gemeten tegen wat er zonder de provincie was gebeurd." in projecten


def test_the_cycle_says_what_is_there_what_is_missing_and_which_day_comes_next(bladen):
    text = bladen["cyclus"]
    assert "De eerstvolgende datum is 15 december 2026: publicatie van de Stand." in text
    assert text.count("\n") > 9
    assert "1. Publicatie van de Stand|nog te doen|15 december 2026|niets" in text
    assert "2. Bespreking in Gedeputeerde Staten|kan nog niet|12 januari 2027|stap 1: publicatie van de Stand" in text
    # those that there are, are of an earlier cycle
    assert "4. Signalen verzameld|nog te doen|n.b.|elk signaal is van voor 2025" in text
    assert "5. Bijeenkomst met partners|kan nog niet|n.b.|stap 1: publicatie van de Stand; stap 4: signalen" in text
    assert "De volgende Stand is die van 2028." in text
    assert "van geen activiteit gemeld of zij doorgaat" in text


def test_the_midterm_has_three_parts_and_no_figure_of_one_counts_in_another(bladen, uitvoering):
    page = bladen["midterm"]
    delen = re.split(r"Deel \d: ", page)
    assert len(delen) == 4
    omgeving, projecten, verantwoording = delen[1:]
    assert "−0,7% (Nederland −0,7%)" in omgeving and "9,2%" in omgeving
    # a growth of a year beside a mean of two says so
    assert "+10,0% (gemiddeld per jaar, 2023-2025)" in omgeving
    assert "−0,4% (in één jaar, 2025)" in omgeving
    # a growth of then has its sign as that of now
    assert "|+2,6% (Nederland −1,2%)|" in omgeving
    assert "760 tot 1.370 voltijdbanen" in projecten and "565 mensjaren" in projecten
    assert "5.870.516 euro" in verantwoording
    # each amount of the last part is one of the chain, and none of the other parts
    euros = set(re.findall(r"([\d.]+) euro \(20", verantwoording))
    assert euros == {f"{k['geld']:,}".replace(",", ".") for k in uitvoering.rijen("ketting")}
    assert not any(e in omgeving + projecten for e in euros)


def test_chances_come_before_threats_at_each_task(tafel, bladen):
    # what the province sees itself is no signal of others
    assert "63 signalen: 53 van de provincie zelf, 7 van partners en 3 van bedrijven." in bladen["signalen"]
    assert "29 kansen, 22 bedreigingen en 12 andere" in bladen["signalen"]
    # most of them are twelve years old
    assert "Zij zijn van 2014 (51), 2018 (3) en 2024 (9)." in bladen["signalen"]
    tabellen = {b.id: b for b in walk(make_signalen(tafel).blokken) if isinstance(b, Tabel)}
    koppen = {id_: [plain(g.kop) for g in t.groepen] for id_, t in tabellen.items() if id_ != "agenda-tabel"}
    assert koppen["signalen-1"] == ["Kansen", "Bedreigingen"]
    order = ["Kansen", "Bedreigingen", "Andere signalen"]
    assert all(k == sorted(k, key=order.index) for k in koppen.values())


def test_no_coverage_is_made_of_a_grant_and_an_estimate_of_another_area(bladen):
    """70 million is what another area was estimated to cost: no grant is divided by it."""
    page = bladen["geld"]
    (raming,) = [line for line in page.splitlines() if "70.000.000" in line]
    assert "(gebied: ook Noordoost-Overijssel) (raming van de Commissie Vollebregt)" in raming
    assert "dekking" not in page.lower()
    assert not re.search(r"\d%", page[page.index("Geld van meer partijen") : page.index("Begroot en besteed")])


def test_each_task_has_one_row_of_links_to_what_belongs_to_it(tafel):
    blad = make_opgaven(tafel)
    rows = [b for b in blad.blokken if plain(getattr(b, "inhoud", ())).startswith("Bij deze opgave: ")]
    assert len(rows) == 5
    assert [r.naar.blad for r in rows[0].inhoud if isinstance(r, Koppeling)] == [
        "signalen",
        "uitvoering",
        "instrumenten",
        "instrumenten",
        "geld",
    ]
    assert "evaluatie" in plain(rows[0].inhoud)
    assert "geld in 2025-2027" in plain(rows[0].inhoud)


@pytest.mark.parametrize("tabel", ["signaal", "instrument", "bedrag"])
def test_nothing_points_at_a_page_that_was_not_delivered(tafel, uitvoering, tabel):
    """An edition may have results and no signals, instruments or money: the report is made all the same."""
    leeg = {
        t: () if t in (tabel, "evaluatie", "aanbeveling", "opbrengst") else r for t, r in uitvoering.tabellen.items()
    }
    zonder = replace(tafel.rapport, uitvoering=replace(uitvoering, tabellen=leeg))
    gemaakt = {b.id for b in make_beleidsbladen(Schrijftafel(zonder, Analyses()))}
    naar = {
        run.naar.blad
        for b in make_beleidsbladen(Schrijftafel(zonder, Analyses()))
        for blok in walk(b.blokken)
        for run in getattr(blok, "inhoud", ())
        if isinstance(run, Koppeling) and isinstance(run.naar, Doel)
    }
    assert naar & set(BLADEN) <= gemaakt
    assert len(gemaakt & set(BLADEN)) == len(BLADEN) - 1


def test_nothing_given_is_no_result_of_nought_and_the_figures_of_projects_stand_in_their_order(bladen, tafel):
    assert "geen" not in {
        plain(r.cellen[1].inhoud) for t in _tabellen(make_uitvoering(tafel), "resultaten-") for r in t.rijen
    }
    (samen,) = _tabellen(make_uitvoering(tafel), "projecten-tabel")
    koppen = [plain(r.kop).split(" (")[0] for r in samen.groepen[0].rijen]
    assert koppen[:2] == ["Geld van de provincie", "Van anderen per euro van de provincie"]
    assert "was nog geen stap klaar" in bladen["cyclus"]


def _tabellen(blad, begin):
    return [b for b in walk(blad.blokken) if isinstance(b, Tabel) and b.id.startswith(begin)]


def test_without_anything_delivered_there_is_no_page_but_a_line_that_says_so():
    tafel = Schrijftafel(make_rapport(), Analyses())
    assert [make(tafel) for make in MAKEN] == [None] * len(MAKEN)
    assert NIETS_AANGELEVERD in seen(make_opgaven(tafel).blokken)
    assert NIETS_AANGELEVERD in seen(make_niet_beschikbaar(tafel).blokken)


def test_the_pages_fit_in_the_document(tafel):
    document = make_document(tafel.rapport)
    assert {b.id for b in document.bladen} >= set(BLADEN)
