"""The design gives fourteen systems five tests each: where each of the seventy stands, or why it is otherwise."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from assets.beleid.lezen import BeleidError
from assets.beleid.vormen import Bedrag, Resultaat
from reports.tekst.zinswoorden import HEFBOOM_MINSTENS
from tests.beleid.conftest import read

HIER = Path(__file__).parent
# system -> of each of its five tests: file::function, or the reason why there is none
ONTWERP: dict[str, tuple[str, str, str, str, str]] = {
    "1 signalen": (
        "beleid/test_tabellen.py::test_63_signals_of_which_20_make_a_claim",
        "beleid/test_tabellen.py::test_a_signal_is_laid_beside_the_verdict_of_its_card",
        "beleid/test_tabellen.py::test_a_signal_is_laid_beside_the_verdict_of_its_card",
        "beleid/test_lezen.py::test_a_wrong_row_is_refused_with_its_line",
        "beleid/test_lezen.py::test_a_wrong_row_is_refused_with_its_line",
    ),
    "2 resultaten": (
        "beleid/test_tabellen.py::test_the_state_follows_from_norm_and_figure_or_is_what_was_reported",
        "beleid/test_tabellen.py::test_the_state_follows_from_norm_and_figure_or_is_what_was_reported",
        "beleid/test_tabellen.py::test_the_state_follows_from_norm_and_figure_or_is_what_was_reported",
        "beleid/test_ontwerp.py::test_realised_below_its_norm_is_refused",
        "reports/test_uitvoering.py::test_what_was_promised_earlier_is_named_so_and_is_no_success",
    ),
    "3 geld": (
        "beleid/test_tabellen.py::test_money_per_task_is_that_of_the_paper",
        "beleid/test_tabellen.py::test_money_per_task_is_that_of_the_paper",
        "beleid/test_tabellen.py::test_one_euro_more_is_told_with_line_sum_and_paper",
        "beleid/test_tabellen.py::test_two_divisions_share_no_task_and_the_crosswalk_says_where_a_post_went",
        "reports/test_uitvoering.py::test_money_is_that_of_the_paper_and_no_other_sum",
    ),
    "4 evaluaties": (
        "beleid/test_tabellen.py::test_the_calendar_has_13_evaluations_of_which_7_without_a_year_are_not_late",
        "beleid/test_tabellen.py::test_cost_per_entrepreneur_asks_for_reach_and_money_of_one_year",
        "beleid/test_tabellen.py::test_what_two_places_contradict_is_said_with_both",
        "reports/test_uitvoering.py::test_evaluations_without_a_year_say_so_and_a_contradiction_names_both_places",
        "beleid/test_tabellen.py::test_a_recommendation_without_a_decision_is_late_after_two_years",
    ),
    "5 effectmonitor": (
        "beleid/test_ontwerp.py::test_a_lever_of_at_least_five_is_refused_beside_policy",
        "beleid/test_projecten.py::test_person_years_and_jobs_are_no_sum",
        "beleid/test_projecten.py::test_a_range_stays_a_range_and_kept_new_and_still_to_come_stay_apart",
        "beleid/test_projecten.py::test_what_is_not_given_is_not_nought",
        "beleid/test_projecten.py::"
        "test_rounded_amounts_have_a_band_and_turnover_for_a_person_year_is_there_as_a_control",
    ),
    "6 doelenboom": (
        "beleid/test_tabellen.py::test_the_79_results_of_2016_all_say_that_nothing_was_reported",
        "beleid/test_tabellen.py::test_the_79_results_of_2016_all_say_that_nothing_was_reported",
        "beleid/test_tabellen.py::test_of_2016_seven_have_a_norm_three_effects_no_measure_and_two_no_verb",
        "beleid/test_tabellen.py::test_of_2016_seven_have_a_norm_three_effects_no_measure_and_two_no_verb",
        "anders: geen eigen blad maar een kop 'Beoogde resultaten 2016' op Uitvoering (docs/keuzes.md)",
    ),
    "7 KEI-tabellen": (
        "beleid/test_tabellen.py::test_the_97_activities_of_2014_name_no_leader",
        "beleid/test_tabellen.py::test_the_97_activities_of_2014_name_no_leader",
        "beleid/test_tabellen.py::test_each_of_the_28_accents_of_2014_stands_with_an_activity",
        "beleid/test_tabellen.py::test_the_97_activities_of_2014_name_no_leader",
        "beleid/test_tabellen.py::test_the_97_activities_of_2014_name_no_leader",
    ),
    "8 afwegingskader": (
        "beleid/test_voorstellen.py::test_three_knock_outs_decide_where_a_proposal_goes",
        "beleid/test_voorstellen.py::test_three_knock_outs_decide_where_a_proposal_goes",
        "beleid/test_voorstellen.py::test_a_proposal_that_points_at_nothing_is_refused",
        "beleid/test_voorstellen.py::test_three_knock_outs_decide_where_a_proposal_goes",
        "beleid/test_voorstellen.py::test_a_loan_beside_a_grant_and_an_open_end_are_noticed",
    ),
    "9 acquisitie": (
        "beleid/test_voorstellen.py::test_no_jobs_and_six_times_yes_is_allowed",
        "beleid/test_voorstellen.py::test_the_page_has_words_and_no_score_and_jobs_stand_apart",
        "beleid/test_voorstellen.py::test_a_proposal_that_points_at_nothing_is_refused",
        "beleid/test_voorstellen.py::test_the_page_has_words_and_no_score_and_jobs_stand_apart",
        "beleid/test_projecten.py::test_a_run_takes_the_totals_and_leaves_no_mark_anywhere",
    ),
    "10 cyclus": (
        "beleid/test_voorstellen.py::test_a_programme_before_its_discussion_is_refused",
        "beleid/test_voorstellen.py::test_without_signals_the_meeting_can_not_be_held",
        "beleid/test_voorstellen.py::test_an_activity_that_stops_says_why",
        "beleid/test_ontwerp.py::test_an_activity_of_two_tasks_stands_with_both_and_its_money_with_one",
        "beleid/test_voorstellen.py::test_the_command_says_what_is_missing_and_the_next_edition_is_two_years_later",
    ),
    "11 cofinanciering": (
        "beleid/test_tabellen.py::test_asked_and_granted_stand_apart_and_only_what_is_sure_adds_up",
        "anders: er is geen som van stappen om te weigeren; 120 mln komt nergens voor, en dat is getoetst in "
        "test_money_is_that_of_the_paper_and_no_other_sum",
        "reports/test_uitvoering.py::test_no_coverage_is_made_of_a_grant_and_an_estimate_of_another_area",
        "beleid/test_tabellen.py::test_asked_and_granted_stand_apart_and_only_what_is_sure_adds_up",
        "beleid/test_tabellen.py::test_asked_and_granted_stand_apart_and_only_what_is_sure_adds_up",
    ),
    "12 IBIS, leegstand, vrijetijd": (
        "indicatoren/test_werklocaties.py::test_stock_lasts_as_long_as_it_went_in_three_years",
        "indicatoren/test_werklocaties.py::test_stock_lasts_as_long_as_it_went_in_three_years",
        "indicatoren/test_werklocaties.py::test_85_percent_of_500_hectares_is_425_hectares_at_once",
        "beleid/test_gedrukt.py::test_another_notion_is_printed_and_never_laid_beside_a_figure_of_today",
        "indicatoren/test_werklocaties.py::"
        "test_a_share_in_holidays_is_of_the_country_and_shares_no_series_with_nights_at_hotels",
    ),
    "13 accenten": (
        "beleid/test_tabellen.py::test_27_accents_of_which_each_task_has_one",
        "beleid/test_ontwerp.py::test_an_own_choice_of_task_is_called_so",
        "beleid/test_tabellen.py::test_27_accents_of_which_each_task_has_one",
        "beleid/test_ontwerp.py::test_an_own_choice_of_task_is_called_so",
        "beleid/test_lezen.py::test_a_wrong_row_is_refused_with_its_line",
    ),
    "14 profielschets, omgevingsanalyse, midterm": (
        "beleid/test_gedrukt.py::test_the_province_moved_as_the_country_did_and_chemistry_did_not",
        "beleid/test_gedrukt.py::test_the_province_moved_as_the_country_did_and_chemistry_did_not",
        "beleid/test_gedrukt.py::"
        "test_two_periods_of_an_area_stand_beside_each_other_and_one_outside_the_register_has_no_figure",
        "beleid/test_gedrukt.py::test_another_notion_is_printed_and_never_laid_beside_a_figure_of_today",
        "reports/test_uitvoering.py::test_the_midterm_has_three_parts_and_no_figure_of_one_counts_in_another",
    ),
}
PLEKKEN = [(naam, n, waar) for naam, vijf in ONTWERP.items() for n, waar in enumerate(vijf, start=1)]


def test_all_seventy_have_a_place_or_a_reason():
    assert len(ONTWERP) == 14
    assert all("::" in waar or waar.startswith("anders: ") for _, _, waar in PLEKKEN)


@pytest.mark.parametrize(("naam", "n", "waar"), [p for p in PLEKKEN if "::" in p[2]])
def test_what_the_list_names_is_there(naam, n, waar):
    file, _, function = waar.partition("::")
    tree = ast.parse((HIER.parent / file).read_text(encoding="utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{naam}, toets {n}"


def test_realised_below_its_norm_is_refused(regel):
    fields = {"norm": "2", "vergelijking": "minstens", "eenheid": "stuk", "realisatie": "1", "toelichting": "x"}
    with pytest.raises(BeleidError, match="stand gerealiseerd kan niet: de norm is minstens 2, de realisatie is 1"):
        read(regel("resultaten.csv", **fields, stand="gerealiseerd", bijgewerkt="2026"))


@pytest.mark.parametrize(
    ("zin", "found"),
    [
        ("De hefboom is minimaal 5.", True),
        ("Een euro van de provincie bracht een hefboom van ten minste vijf.", True),
        ("De hefboom ligt tussen 4,5 en 5,1.", False),
    ],
)
def test_a_lever_of_at_least_five_is_refused_beside_policy(zin, found):
    assert bool(HEFBOOM_MINSTENS.search(zin)) is found


def test_an_activity_of_two_tasks_stands_with_both_and_its_money_with_one(regel):
    m = read(regel("resultaten.csv", opgave="2", ook_opgaven="4"))
    ((_, activiteit),) = m.of(Resultaat)
    assert (activiteit.opgave, activiteit.ook_opgaven) == ("2", ("4",))
    # an amount hangs on one task: its shape has no other
    assert "ook_opgaven" not in Bedrag.model_fields


def test_an_own_choice_of_task_is_called_so(tabellen):
    own = "SELECT count(*) FILTER (eigen_toedeling), count(*) FILTER (len(kaarten) = 0) FROM beleid.accent"
    ((eigen, zonder),) = tabellen.execute(f"{own} WHERE editie = 2026").fetchall()
    assert eigen > 0 and zonder > 0
