"""What the tables of policy say of the papers of the first tenant: the systems of the design, each with its tests.

| system of the design | tests |
|---|---|
| 1 signals | this file, `test_lezen` (a total, persons) |
| 2 results, 6 tree of goals, 7 KEI tables | this file, `test_lezen` (a state that can not be) |
| 3 money, 11 co-financing | this file |
| 4 evaluations | this file, `tests/reports/test_uitvoering.py` (what the page says) |
| 13 accents | this file |
"""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from assets.bouw.bedragcontrole import describe, find_verschillen
from assets.bouw.tabellen import all_tabellen
from begrippen.beleidslijsten import FASEN_ZEKER
from begrippen.lijsten import LIJSTEN
from begrippen.oordeellijsten import TREND_BEWEEGT, TRENDS
from pipelines.cli import cli
from tests.beleid.conftest import make_tabellen, read


def ask(db, query, *args):
    return db.execute(query, list(args)).fetchall()


# --- 1 signals ---


def test_63_signals_of_which_20_make_a_claim(tabellen):
    rows = ask(tabellen, "SELECT bewering IS NOT NULL, kaart IS NOT NULL, count(*) FROM beleid.signaal GROUP BY ALL")
    counted = {(b, k): n for b, k, n in rows}
    assert sum(counted.values()) == 63
    assert counted[True, True] + counted[True, False] == 20
    assert counted[False, True] == 9
    assert counted[False, False] == 34
    # the one claim that no card measures: spending per visitor
    assert counted[True, False] == 1


@pytest.mark.parametrize(
    ("signaal", "uitkomst"),
    [
        ("SG-22", "geen_uitspraak"),  # too low, or not what is asked: the card measures the first
        ("SG-17", "geen_uitspraak"),  # falls, against a series with a break
        ("SG-13", "past"),  # rises, and it does
        ("SG-57", "geen_uitspraak"),  # moves within the province say nothing of who comes from outside
        ("SG-62", "geen_uitspraak"),  # three things, of which one is measured
        ("SG-39", "geen_cijfer"),  # no card measures it
        ("SG-31", "geen_cijfer"),  # a card without a figure here
        ("SG-01", "niet_te_toetsen"),
    ],
)
def test_a_signal_is_laid_beside_the_verdict_of_its_card(tabellen, signaal, uitkomst):
    assert ask(tabellen, "SELECT uitkomst FROM beleid.signaal WHERE id = ?", signaal) == [(uitkomst,)]


@pytest.mark.parametrize(
    ("bewering", "kaart", "gebied", "uitkomst"),
    [
        ("hoger_dan_nl", "praktisch_opgeleid", "", "past"),  # 73,1 against 66,7
        ("stijgt", "verhuizingen_in", "", "past_niet"),  # it falls, whatever is wanted
        ("stijgt", "overnachtingen", "", "niet_gebleken"),  # nothing was found
        ("hoger_dan_nl", "armoede", "RD2018", "niet_gebleken"),  # by less than what matters
        ("lager_dan_nl", "rd_intensiteit", "", "geen_uitspraak"),  # there is no figure of the Netherlands
        ("hoger_dan_nl", "zorgpersoneel_tekort", "", "geen_uitspraak"),  # so much larger that both are totals
        ("onder_nul", "migratiesaldo_jongvolwassenen", "", "past"),  # a loss, though it rises
        ("stijgt", "kantorenleegstand", "", "geen_cijfer"),
    ],
)
def test_a_figure_says_something_only_of_what_it_measures(regel, bewering, kaart, gebied, uitkomst):
    """Of a signal that names three things, or of which the card measures what looks like it, it says nothing."""
    query = next(t.query for t in all_tabellen() if t.naam == "beleid.signaal")
    for deels in ("", "ja"):
        db = make_tabellen([read(regel("signalen.csv", bewering=bewering, kaart=kaart, gebied=gebied, deels=deels))])
        op_deel = "geen_cijfer" if uitkomst == "geen_cijfer" else "geen_uitspraak"
        assert ask(db, f"SELECT uitkomst FROM ({query})") == [(op_deel if deels else uitkomst,)]


def test_a_signal_of_a_trend_names_the_year_of_the_last_figure(tabellen):
    """Not the end of the window, in which the source may have nothing yet."""
    rows = ask(
        tabellen,
        """
        SELECT s.id, s.van_jaar, left(o.laatste_periode, 4)::INTEGER, o.venster_tot
        FROM beleid.signaal AS s
        JOIN monitor.oordeel AS o ON o.indicator = s.kaart AND o.regio = s.gebied_code AND o.uitsplitsing = 'totaal'
        WHERE s.trend IS NOT NULL
        """,
    )
    assert any(last < window for _, _, last, window in rows)
    assert [r for r in rows if r[1] != r[2]] == []


@pytest.mark.parametrize(
    ("bewering", "waarde", "uitkomst"),
    [
        ("daalt", -700.0, "geen_uitspraak"),  # a loss that becomes smaller contradicts nobody who sees a loss
        ("stijgt", -700.0, "past"),
        ("daalt", 700.0, "past_niet"),
        ("onder_nul", -700.0, "past"),
        ("onder_nul", -50.0, "niet_gebleken"),  # two classes of pupils come and go by chance
        ("onder_nul", 700.0, "past_niet"),
    ],
)
def test_a_balance_below_zero_that_rises_is_still_a_loss(regel, bewering, waarde, uitkomst):
    kaart = "migratiesaldo_jongvolwassenen"
    db = make_tabellen([read(regel("signalen.csv", bewering=bewering, kaart=kaart))])
    db.execute("UPDATE monitor.stand SET waarde = ? WHERE indicator = ?", [waarde, kaart])
    query = next(t.query for t in all_tabellen() if t.naam == "beleid.signaal")
    assert ask(db, f"SELECT uitkomst FROM ({query})") == [(uitkomst,)]


def test_a_difference_within_the_margin_of_the_source_is_not_higher(regel):
    folder = regel("signalen.csv", bewering="hoger_dan_nl", kaart="praktisch_opgeleid")
    db = make_tabellen([read(folder)])
    query = next(t.query for t in all_tabellen() if t.naam == "beleid.signaal")
    assert ask(db, f"SELECT uitkomst FROM ({query})") == [("past",)]
    where = "WHERE soort = 'verschil_nl' AND indicator = 'praktisch_opgeleid'"
    for naast, uitkomst in (("binnen_marge", "niet_gebleken"), ("nagenoeg_gelijk", "niet_gebleken"), ("hoger", "past")):
        db.execute(f"UPDATE monitor.bewering SET oordeel = ? {where}", [naast])
        assert ask(db, f"SELECT uitkomst FROM ({query})") == [(uitkomst,)], naast
    # what is not claimed of it, no figure of its own says
    db.execute(f"DELETE FROM monitor.bewering {where}")
    assert ask(db, f"SELECT uitkomst FROM ({query})") == [("geen_uitspraak",)]


def test_every_word_of_a_trend_moves_or_does_not_or_says_nothing():
    """A new word of a trend has to be placed here: which of the three it is, decides what becomes of a signal."""
    silent = {t for t, (_, soort) in TRENDS.items() if soort == "geen"}
    still = {"geen significante verandering", "nagenoeg gelijk"} & set(LIJSTEN["trend"])
    assert silent | still | set(TREND_BEWEEGT) == set(LIJSTEN["trend"])
    assert not silent & set(TREND_BEWEEGT)


# --- 2 results ---

RESULTAAT = [
    ({"norm": "1", "vergelijking": "minstens", "realisatie": "1"}, "gerealiseerd"),
    ({"norm": "40", "vergelijking": "precies", "realisatie": "38", "toelichting": "twee fusies"}, "niet"),
    (
        {"norm": "40", "vergelijking": "precies", "realisatie": "38", "toelichting": "nog bezig", "peildatum": "2027"},
        "loopt",
    ),
    ({"norm": "2", "vergelijking": "precies", "peildatum": "2026-06"}, "geen_opgave"),
    ({"norm": "2", "vergelijking": "precies", "peildatum": "2027"}, "nog_niet"),
    ({"stand": "loopt", "bijgewerkt": "2025", "peildatum": "2026-06"}, "niet_bijgewerkt"),
    ({"stand": "loopt", "bijgewerkt": "2026-07", "peildatum": "2026-06"}, "loopt"),
    ({"stand": "loopt", "bijgewerkt": "2026", "peildatum": "2026-06"}, "loopt"),
    ({"stand": "gerealiseerd", "bijgewerkt": "2026"}, "gerealiseerd"),
    ({"stand": "vervallen", "bijgewerkt": "2026", "toelichting": "geen geld"}, "vervallen"),
    ({"norm": "3", "vergelijking": "hoogstens", "realisatie": "4", "toelichting": "tegenvaller"}, "niet"),
    ({}, "geen_opgave"),
]


@pytest.mark.parametrize(("fields", "staat"), RESULTAAT)
def test_the_state_follows_from_norm_and_figure_or_is_what_was_reported(regel, fields, staat):
    db = make_tabellen([read(regel("resultaten.csv", eenheid="school", **fields))])
    assert ask(db, "SELECT staat, eigen_opgave FROM beleid.resultaat") == [
        (staat, "stand" in fields and "norm" not in fields)
    ]


def test_an_effect_without_a_card_has_no_measure(regel):
    folder = regel("resultaten.csv", soort="effect")
    assert ask(make_tabellen([read(folder)]), "SELECT maat FROM beleid.resultaat") == [("geen maat",)]
    folder = regel("resultaten.csv", soort="effect", kaarten="export")
    assert ask(make_tabellen([read(folder)]), "SELECT maat FROM beleid.resultaat") == [("kaart",)]


# --- 6 tree of goals of 2016, 7 KEI tables of 2014 ---


def test_the_79_results_of_2016_all_say_that_nothing_was_reported(tabellen):
    assert ask(tabellen, "SELECT staat, count(*) FROM beleid.resultaat WHERE editie = 2016 GROUP BY 1") == [
        ("geen_opgave", 79)
    ]
    tree = "SELECT count(DISTINCT opgave), count(DISTINCT doelstelling_nr), count(*), count(*) FILTER (onder IS NULL)"
    assert ask(tabellen, f"{tree} FROM beleid.resultaat WHERE editie = 2016") == [(5, 14, 79, 64)]
    parts = (
        "SELECT onder, count(*) FROM beleid.resultaat WHERE editie = 2016 AND onder IS NOT NULL GROUP BY 1 ORDER BY 2"
    )
    assert [n for _, n in ask(tabellen, parts)] == [3, 4, 8]
    assert ask(tabellen, "SELECT sum(resultaten) FROM beleid.ketting WHERE editie = 2016") == [(64,)]


def test_of_2016_seven_have_a_norm_three_effects_no_measure_and_two_no_verb(tabellen):
    counted = "SELECT count(norm), count(*) FILTER (maat = 'geen maat'), count(*) FILTER (soort = 'onbepaald')"
    assert ask(tabellen, f"{counted} FROM beleid.resultaat WHERE editie = 2016") == [(7, 3, 2)]
    cards = "SELECT DISTINCT kaarten FROM beleid.resultaat WHERE editie = 2016 AND doelstelling_nr = '2.5.1'"
    assert ask(tabellen, cards) == [(["banen_vrijetijd", "bestedingen_vrijetijd"],)]


def test_the_97_activities_of_2014_name_no_leader(tabellen):
    counted = (
        "SELECT count(*), count(DISTINCT doelstelling_nr), count(DISTINCT opgave), count(trekker), count(trekker_reden)"
    )
    assert ask(tabellen, f"{counted} FROM beleid.resultaat WHERE editie = 2014") == [(97, 49, 6, 0, 97)]
    norm = "SELECT norm, eenheid FROM beleid.resultaat WHERE id = 'KEI3-R10-A1'"
    assert ask(tabellen, norm) == [(12.0, "gemeenten die leveren")]
    php = "SELECT opmerking FROM beleid.resultaat WHERE id = 'KEI3-R12-A1'"
    assert ask(tabellen, php)[0][0].startswith("tegenstrijdig: 003 r. 493 noemt")


def test_each_of_the_28_accents_of_2014_stands_with_an_activity(tabellen):
    missing = """
        SELECT count(*), count(*) FILTER (id NOT IN (SELECT unnest(accenten) FROM beleid.resultaat WHERE editie = 2014))
        FROM beleid.accent WHERE editie = 2014"""
    assert ask(tabellen, missing) == [(28, 0)]


# --- 3 money ---

PER_OPGAVE = {"1": 2_171_540, "2": 687_084, "3": 2_047_500, "4": 2_306_333, "5": 4_086_000}


def test_money_per_task_is_that_of_the_paper(tabellen):
    own = "FROM beleid.opgavebedrag WHERE editie = 2026 AND eigen"
    assert dict(ask(tabellen, f"SELECT opgave, bedrag {own} AND jaar = 2025")) == PER_OPGAVE
    assert ask(tabellen, f"SELECT sum(bedrag) {own} AND jaar = 2025") == [(11_298_457,)]
    assert ask(tabellen, f"SELECT sum(bedrag) {own}") == [(26_651_267,)]
    assert ask(tabellen, "SELECT sum(geld) FROM beleid.ketting WHERE editie = 2026") == [(26_651_267,)]


def test_all_sums_of_all_papers_hold_and_what_a_paper_is_off_is_said(tabellen, mappen):
    assert ask(tabellen, "SELECT count(*) FILTER (NOT klopt), count(*) > 40 FROM beleid.bedragcontrole") == [(0, True)]
    off = "SELECT abs(verschil), reden FROM beleid.bedragcontrole WHERE verschil <> 0 AND jaar = 2012"
    assert ask(tabellen, off) == [(1, "afronding in het stuk")] * 4
    assert find_verschillen(mappen.values()) == []


def test_a_total_with_nothing_under_it_holds_nowhere(mappen):
    db = make_tabellen(mappen.values())
    db.execute("DELETE FROM invoer.beleid_bedrag WHERE soort = 'post'")
    query = {t.naam: t.query for t in all_tabellen()}["beleid.bedragcontrole"]
    asked = f"SELECT DISTINCT klopt, stuk IS NULL FROM ({query}) WHERE soort = 'subtotaal' ORDER BY ALL"
    assert {klopt for klopt, _ in ask(db, asked)} == {False}


def test_one_euro_more_is_told_with_line_sum_and_paper(folder):
    path = folder / "bedragen.csv"
    lines = path.read_text("utf-8").splitlines()
    (n,) = [i for i, line in enumerate(lines) if ";3;2026;" in f";{line}" and "Founded in the North" in line]
    lines[n] = lines[n].replace(";250000;", ";250001;")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = find_verschillen([read(folder)])
    assert describe(found).endswith(": subtotaal opgave 3, 2026: 2.047.501, het stuk zegt 2.047.500")


def test_the_command_refuses_a_sum_that_is_off(folder, tmp_path, monkeypatch):
    edities = tmp_path / "edities"
    (edities / "2026").mkdir(parents=True)
    folder.rename(edities / "2026" / "beleid")
    path = edities / "2026" / "beleid" / "bedragen.csv"
    path.write_text(path.read_text("utf-8").replace(";950000;", ";950001;"), encoding="utf-8")
    monkeypatch.setattr("pipelines.instellingen.edities", lambda: edities)
    found = CliRunner().invoke(cli, ["beleid", "controleer"])
    assert found.exit_code == 1
    assert "de totalen kloppen niet" in found.output
    assert found.output.count("2.047.501, het stuk zegt 2.047.500") == 3


def test_two_divisions_share_no_task_and_the_crosswalk_says_where_a_post_went(tabellen):
    both = "SELECT indeling, min(jaar), max(jaar) FROM beleid.opgavebedrag WHERE editie = 2026 GROUP BY 1 ORDER BY 1"
    assert ask(tabellen, both) == [("koers_2020", 2024, 2024), ("koers_2024", 2025, 2027)]
    nom = "SELECT van_opgave, van_bedrag, naar_opgave, naar_bedrag, verband FROM beleid.kruis WHERE van_post LIKE ?"
    assert ask(tabellen, nom, "%OntwikkelingsM%") == [("3", 650_000, "5", 650_000, "naam_gelijk")]
    gone = "SELECT sum(van_bedrag) FROM beleid.kruis WHERE verband = 'geen' AND van_post IS NOT NULL"
    assert ask(tabellen, gone) == [(7_283_854,)]


def test_of_2014_the_stage_of_the_budget_is_part_of_the_amount(tabellen):
    total = """
        SELECT begrotingsstand, bedrag FROM beleid.bedrag
        WHERE editie = 2014 AND jaar = 2014 AND kant = 'saldo' AND soort = 'totaal'"""
    assert dict(ask(tabellen, total)) == {"primitief": 12_115_047, "gewijzigd": 18_434_226, "realisatie": 18_696_756}


# --- 4 evaluations ---


def test_the_calendar_has_13_evaluations_of_which_7_without_a_year_are_not_late(tabellen):
    assert ask(tabellen, "SELECT count(*), count(*) FILTER (jaar IS NULL) FROM beleid.evaluatie") == [(13, 7)]
    assert ask(tabellen, "SELECT count(*) FROM beleid.evaluatie WHERE jaar IS NULL AND voorbij") == [(0,)]


def test_cost_per_entrepreneur_asks_for_reach_and_money_of_one_year(folder, tabellen):
    cost = "SELECT kosten_jaar, kosten, bereik, kosten_per_bereikte FROM beleid.instrument WHERE id = 'ibdo'"
    assert ask(tabellen, cost) == [(2025, 950_000, None, None)]
    path = folder / "instrumenten.yaml"
    line = (
        '      - {maat: bereik, waarde: 500, eenheid: ondernemer, jaar: %d, herkomst: %s, bron: "001", plaats: r. 1}\n'
    )
    for jaar, herkomst, told in ((2025, "gerealiseerd", 1900.0), (2023, "gerealiseerd", None), (2025, "geraamd", None)):
        text = (path.read_text("utf-8")).replace(
            "    aanbevelingen:\n", f"    opbrengsten:\n{line % (jaar, herkomst)}    aanbevelingen:\n", 1
        )
        other = folder.parent / f"{jaar}{herkomst}"
        other.mkdir()
        for file in folder.iterdir():
            (other / file.name).write_bytes(file.read_bytes())
        (other / "instrumenten.yaml").write_text(text, encoding="utf-8")
        assert ask(make_tabellen([read(other)]), cost)[0][3] == told


def test_what_two_places_contradict_is_said_with_both(tabellen):
    found = "SELECT stand, bron, plaats FROM beleid.evaluatie WHERE instrument = 'topdutch'"
    assert ask(tabellen, found) == [("tegenstrijdig", "Economische Koers Drenthe", "r. 290-296 en r. 1478-1484")]


def test_a_recommendation_without_a_decision_is_late_after_two_years(tabellen, mappen):
    late = "SELECT tekst FROM beleid.aanbeveling WHERE lang_open"
    assert ask(tabellen, late) == []
    from datetime import datetime

    later = make_tabellen(mappen.values(), datetime(2027, 1, 2))
    assert [t for (t,) in ask(later, late)] == ["internationale promotie als extra taak bij de NOM, naam behouden"]


# --- 11 co-financing ---


def test_asked_and_granted_stand_apart_and_only_what_is_sure_adds_up(tabellen):
    deal = "FROM beleid.bedrag WHERE indeling = 'regio_deal' AND opgave = ?"
    rows = ask(tabellen, f"SELECT fase, partij, bedrag, inclusief, gebied {deal} ORDER BY regel", "2018")
    assert ("gevraagd", "Rijk", 40_000_000, None, None) in rows
    assert ("toegekend", "Rijk", 20_000_000, None, None) in rows
    assert ("geraamde_kosten", "alle partijen", 70_000_000, None, "ook Noordoost-Overijssel") in rows
    assert ("geraamde_kosten", "alle partijen", None, None, None) in rows
    sure = f"SELECT sum(bedrag) {deal} AND fase IN {FASEN_ZEKER}"
    # what a region promised in 2019 and 2023 is not granted
    assert ask(tabellen, sure, "2018") == [(20_000_000,)]
    assert ask(tabellen, sure, "2023") == [(30_000_000,)]
    assert ask(tabellen, "SELECT count(*) FROM beleid.opgavebedrag WHERE indeling = 'regio_deal'") == [(0,)]


# --- 13 accents ---


def test_27_accents_of_which_each_task_has_one(tabellen):
    assert ask(tabellen, "SELECT count(*), count(DISTINCT groep) FROM beleid.accent WHERE editie = 2026") == [(27, 7)]
    tasks = "SELECT DISTINCT unnest(opgaven) FROM beleid.accent WHERE editie = 2026 AND eigen_toedeling"
    assert {t for (t,) in ask(tabellen, tasks)} == {"1", "2", "3", "4", "5"}
    assert ask(tabellen, "SELECT count(*) FROM beleid.accent WHERE editie = 2026 AND len(kaarten) = 0")[0][0] > 0


# --- the chain ---


def test_the_chain_has_every_task_with_what_belongs_to_it(tabellen):
    rows = ask(
        tabellen,
        "SELECT opgave, indicatoren, signalen, resultaten, instrumenten, evaluaties, geld_van, geld_tot "
        "FROM beleid.ketting WHERE editie = 2026 ORDER BY opgave",
    )
    assert [r[0] for r in rows] == ["1", "2", "3", "4", "5"]
    assert all(r[1] > 0 and r[2] > 0 and r[3] > 0 and (r[6], r[7]) == (2025, 2027) for r in rows)
    # of another edition the numbers are of other tasks: no indicator belongs to them
    assert ask(tabellen, "SELECT sum(indicatoren) FROM beleid.ketting WHERE editie < 2026") == [(0,)]


def test_without_policy_every_table_is_there_and_empty():
    db = make_tabellen([])
    for (naam,) in ask(db, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'beleid'"):
        assert ask(db, f"SELECT count(*) FROM beleid.{naam}") == [(0,)]
