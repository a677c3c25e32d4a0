"""Every rule has a plain test: change one, in a bare clone without ../shared, and a fast test fails.

A mutation is a file, a text that stands there once, what comes in its place, and the tests that must notice. The tests
run in a copy of the tree, in a process of their own that imports the copy.
"""

# ruff: noqa: E501

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("assets", "begrippen", "gebied", "pipelines", "reports", "sql", "tests")
RULES = "begrippen/rekenregels.py"
NEAR = "tests/indicatoren/test_rekenregels.py"
OORDEEL, MOTOR, ANALYSES = (f"tests/indicatoren/test_{n}.py" for n in ("oordeel", "motor", "analyses"))
REEKS = "tests/indicatoren/test_toetsen_reeks.py"
TRENDTOETS = "tests/indicatoren/test_trendtoets.py"
REGISTER = "tests/indicatoren/test_register_analyses.py"
GEVALLEN = "tests/register/test_gevallen.py"
PEERS = "tests/indicatoren/test_soortgenoten.py"


@dataclass(frozen=True)
class Mutatie:
    """One rule changed: `old` stands once in `file`. `test` is a test, or a file of them."""

    naam: str
    file: str
    old: str
    new: str
    test: str


def _rule(naam: str, old: str, new: str, test: str) -> Mutatie:
    kind = "int" if old.isdigit() else "float"
    return Mutatie(naam, RULES, f"{naam}: {kind} = {old}\n", f"{naam}: {kind} = {new}\n", test)


MUTATIES = (
    _rule("alfa", "0.05", "0.10", NEAR),
    _rule("venster", "8", "7", f"{OORDEEL}::test_the_window_ends_a_year_before_the_edition_and_starts_eight_before"),
    _rule("minste_punten", "4", "3", NEAR),
    _rule("minste_punten_kendall", "5", "4", NEAR),
    _rule("minste_metingen", "2", "3", f"{OORDEEL}::test_two_or_three_measurements_are_compared_with_their_margins"),
    _rule("voortschrijdend_jaren", "4", "2", f"{OORDEEL}::test_a_moving_average_is_tested_on_points_that_do_not_overlap"),
    _rule("rho_hoogste", "0.95", "0.3", TRENDTOETS),
    _rule("rho_stappen", "20", "4", f"{OORDEEL}::test_regions_of_a_kind_share_the_autocorrelation_of_an_indicator"),
    _rule("vals_onder_gevonden", "0.1", "0.02", "tests/indicatoren/test_veel_toetsen.py"),
    _rule("rho_zekerheid", "0.8", "0.3", TRENDTOETS),
    _rule("onderscheidend", "0.8", "0.5", f"{OORDEEL}::test_beside_no_change_stands_the_smallest_that_could_have_been_found"),
    _rule("marge_se", "1.96", "1.64", f"{OORDEEL}::test_two_or_three_measurements_are_compared_with_their_margins"),
    _rule("ruis", "1e-10", "1e-6", NEAR),
    _rule("rekenfout", "1e-9", "1e-2", "tests/kern/test_correctie.py"),
    _rule("editie_jaren", "2", "1", f"{MOTOR}::test_the_state_compares_with_the_netherlands_a_year_ago_and_the_previous_edition"),
    _rule("plaats_delen", "4", "3", f"{OORDEEL}::test_equal_values_share_the_favourable_rank_and_a_missing_value_is_apart"),
    _rule("minste_regios", "4", "3", f"{OORDEEL}::test_fewer_than_four_regions_have_no_quarters_and_different_kinds_are_not_compared"),
    _rule("minste_deel_met_rang", "0.5", "0.3", f"{OORDEEL}::test_a_place_among_less_than_half_of_what_is_ranked_elsewhere_is_no_place"),
    _rule("rang_cijfers", "10", "17", f"{OORDEEL}::test_sharing_with_more_than_half_is_in_the_middle_and_rounding_does_not_part"),
    Mutatie("het midden van gedeelde plaatsen", "sql/monitor/oordeel.sql", "rang + (delers - 1) / 2 AS", "rang AS", f"{OORDEEL}::test_the_quarters_of_the_best_and_the_worst_are_as_large_whichever_side_is_wanted"),
    _rule("record_jaren", "8", "6", "tests/indicatoren/test_record.py::test_a_gap_or_a_break_ends_the_series"),
    _rule("buiten_provincies", "0.05", "0.5", NEAR),
    _rule("soortgenoten", "10", "9", f"{PEERS}::test_the_ten_nearest_are_those_of_scipy"),
    _rule("soortgenoten_dekking", "0.9", "0.5", PEERS),
    _rule("soortgenoten_aspecten", "3", "2", f"{PEERS}::test_on_fewer_than_three_aspects_there_are_no_peers"),
    Mutatie("correctie voor veel toetsen", "assets/indicatoren/toetsen_reeks.py", "p[order] * len(p) / np", "p[order] / np", f"{REEKS}::test_benjamini_hochberg_is_that_of_scipy"),
    Mutatie("vrijheidsgraden", "assets/indicatoren/toetsen_reeks.py", "sum(axis=1) / (n - 2) / lijn", "sum(axis=1) / (n - 1) / lijn", f"{REEKS}::test_a_line_is_that_of_linregress"),
    Mutatie("gewicht 1/se2", "assets/indicatoren/oordeel.py", "1 / r.se**2", "1 / r.se", f"{OORDEEL}::test_with_margins_the_line_is_weighted"),
    Mutatie("robuust: elke keuze", "assets/indicatoren/oordeel.py", "agrees &= ~can | same", "agrees |= ~can | same", f"{OORDEEL}::test_one_year_that_makes_the_trend_is_not_robust"),
    Mutatie("robuust: ook significant", "assets/indicatoren/oordeel.py", "found & (np.sign(other.helling) ==", "(np.sign(other.helling) ==", f"{OORDEEL}::test_a_significant_trend_is_robust_when_every_other_choice_finds_it_too"),
    Mutatie("autocorrelatie in de trendtoets", "assets/indicatoren/oordeel.py", "rho = _rho(r, vorm, ~verschil)", "rho = 0 * _rho(r, vorm, ~verschil)", TRENDTOETS),
    Mutatie("gecorrigeerde p beslist", "sql/monitor/oordeel.sql", "reeksbreuk, p_bh AS p, helling", "reeksbreuk, p, helling", f"{OORDEEL}::test_p_is_corrected_within_theme_kind_and_report_and_decides"),
    Mutatie("familie van toetsen", "assets/indicatoren/oordeel.py", "ORDER BY k.thema, s.soort, p.regio IS NOT NULL)", "ORDER BY s.soort, p.regio IS NOT NULL)", f"{OORDEEL}::test_p_is_corrected_within_theme_kind_and_report_and_decides"),
    Mutatie("merkbaar", "sql/reken/drempel.sql", "coalesce(k.merkbaar * if(k.merkbaar_maat = 'procent', abs(v.waarde) / 100, 1), 0)", "0", f"{OORDEEL}::test_a_significant_change_that_is_too_small_to_matter_is_neither_good_nor_bad"),
    Mutatie("gezamenlijke schokken", "assets/indicatoren/autocorrelatie.py", "return 1 / (1 + (m - 1).clip(0) * shared)", "return 0 * shared + 1", TRENDTOETS),
    Mutatie("zonder voorlopige cijfers", "sql/reken/reekspunt.sql", "w.status IN ('voorlopig', 'nader_voorlopig')", "w.status = 'nader_voorlopig'", f"{OORDEEL}::test_a_significant_trend_is_robust_when_every_other_choice_finds_it_too"),
    Mutatie("lopende prijzen", "sql/monitor/oordeel.sql", " OR (w.prijzen = 'lopend' AND w.deflator IS NULL)\n", "\n", f"{OORDEEL}::test_current_prices_get_no_favourable_trend_and_a_gap_in_percent_of_the_netherlands"),
    Mutatie("kant van de rang", "sql/monitor/oordeel.sql", "if(richting = 'lager', 1, -1)", "if(richting = 'hoger', 1, -1)", f"{OORDEEL}::test_lower_first_when_lower_is_wanted_and_highest_first_without_a_favourable_side"),
    Mutatie("rang van provincies", "sql/monitor/rang_provincie.sql", "if(k.richting = 'lager', 1, -1)", "-1", f"{ANALYSES}::test_ties_share_a_rank_and_who_is_missing_has_none"),
    Mutatie("status van cellen: de minst definitieve", "sql/reken/waarde.sql", "greatest(e.status, v.status) AS status", "least(e.status, v.status) AS status", f"{MOTOR}::test_the_status_of_a_fixed_region_counts_too"),
    Mutatie("status in een cel", "sql/reken/waarde.sql", "max(list_position(status_orde, status)) AS status", "min(list_position(status_orde, status)) AS status", f"{MOTOR}::test_the_status_is_the_least_final_of_the_cells"),
    Mutatie("volgorde van status", "begrippen/lijsten.py", '("definitief", "onbekend", "nader_voorlopig", "voorlopig")\n\nLeegReden', '("definitief", "onbekend", "voorlopig", "nader_voorlopig")\n\nLeegReden', f"{MOTOR}::test_the_status_is_the_least_final_of_the_cells"),
    Mutatie("reden die het meest zegt", "begrippen/lijsten.py", '*("onbekend", "onderdrukt", "geheim")', '*("onbekend", "geheim", "onderdrukt")', f"{MOTOR}::test_the_reason_that_says_most_is_kept"),
    Mutatie("ultimo is de laatste maand", "sql/reken/jaardeel.sql", "WHERE j.jaarregel <> 'ultimo' OR a.periode = j.laatste", "", f"{MOTOR}::test_quarters_become_a_year_by_the_rule_of_the_card"),
    Mutatie("gemiddelde deelt", "sql/reken/jaardeel.sql", "THEN 1 / j.vol ELSE 1 END", "THEN 1 ELSE 1 END", f"{MOTOR}::test_quarters_become_a_year_by_the_rule_of_the_card"),
    Mutatie("een deel van een jaar", "sql/reken/jaardeel.sql", "ELSE perioden = vol\n", "ELSE true\n", f"{MOTOR}::test_a_part_of_a_year_is_no_year"),
    Mutatie("factor", "sql/reken/waarde.sql", "factor * teller / CASE", "teller / CASE", f"{MOTOR}::test_a_share_is_factor_times_teller_over_noemer_unrounded"),
    Mutatie("gewogen gemiddelde", "sql/reken/berekend.sql", "gewogen / nullif(gewichten, 0)", "gewogen", f"{MOTOR}::test_a_weighted_mean_of_members_is_marked_as_an_approximation"),
    Mutatie("dekking", "sql/monitor/ontbrekend_lid.sql", "AND dekking >= any_value(genoeg)", "", "tests/indicatoren/test_dekking.py::test_the_share_is_measured_in_members_or_in_weight"),
    Mutatie("eerste bron met een waarde", "sql/reken/waarde.sql", "min(bron_volgorde) FILTER (waarde IS NOT NULL)", "max(bron_volgorde) FILTER (waarde IS NOT NULL)", f"{MOTOR}::test_the_first_source_with_a_value_gives_the_whole_period"),
    Mutatie("soorten regio van een bron", "sql/reken/rooster.sql", "OR list_contains(t.regiosoorten, s.soort)", "OR true", f"{MOTOR}::test_a_source_for_some_kinds_of_region_leaves_the_others_to_the_next"),
    Mutatie("overschot van het locatiequotient", "sql/monitor/locatiequotient.sql", "a / nullif(a_nl, 0) AS waarde FROM", "a - a_nl AS waarde FROM", f"{ANALYSES}::test_location_quotients_weigh_up_to_one"),
    Mutatie("sectormix", "sql/monitor/shift_share.sql", "banen_van * (groei_tak - groei_nl)", "banen_van * groei_tak", f"{ANALYSES}::test_shift_share_by_hand"),
    Mutatie("structuur van de kloof", "sql/monitor/productiviteitskloof.sql", "(a - a_nl) * (p - coalesce(p_nl, p_gemiddeld))", "(a - a_nl) * p", ANALYSES),
    Mutatie("basisjaar van de index", "sql/monitor/werkgelegenheid.sql", "b.jaar = 2019", "b.jaar = 2020", f"{REGISTER}::test_shares_growth_and_index_are_those_of_the_cells"),
    Mutatie("ruis van 4 bytes", "sql/reken/cel.sql", "<= 1e-6 * abs(w.waarde)", "<= 1 * abs(w.waarde)", "tests/kern/test_waarneming.py::test_noise_of_4_byte_floats_goes_and_nothing_else"),
    Mutatie("factor in een eenheid", "sql/kern/onderwerp.sql", "THEN 1e9 ELSE", "THEN 1e6 ELSE", "tests/kern/test_waarneming.py::test_a_unit_says_its_factor"),
    Mutatie("KvK-nummer van acht cijfers", "assets/register/waarden.py", "KVK_CIJFERS = 8", "KVK_CIJFERS = 7", f"{GEVALLEN}::test_a_kvk_number_keeps_eight_digits"),
    Mutatie("SBI met twee lezingen", "assets/register/keuren.py", "len(lezingen_{v}) > 1", "len(lezingen_{v}) > 2", f"{GEVALLEN}::test_a_zero_of_the_sbi_comes_back_where_the_record_tells_that_it_was_lost"),
    Mutatie("getal met twee lezingen", "assets/bron/vellen/getal.py", "if duizendtallen and _DUBBEL", "if not duizendtallen and _DUBBEL", "tests/bron/test_vellen.py"),
    Mutatie("ster in StatLine", "assets/bron/kruistabel/label.py", '{"*": "voorlopig", "**": "nader_voorlopig"}', '{"*": "nader_voorlopig", "**": "voorlopig"}', "tests/bron/test_kruistabel_label.py::test_periods_in_words"),
    Mutatie("punt in StatLine", "assets/bron/kruistabel/label.py", '{".": "onbekend", "": "niet_van_toepassing"}', '{".": "niet_van_toepassing", "": "onbekend"}', "tests/bron/test_kruistabel.py::test_every_shape_reads_as_the_same_figures"),
    Mutatie("gekozen categorie", "assets/bron/kruistabel/lezen.py", "            if not ours:\n                return None\n", "", "tests/bron/test_kruistabel.py::test_another_dimension_has_to_be_declared"),
    Mutatie("alias van Nederland", "begrippen/regio.py", 'ALIASSEN = {"NL00": NEDERLAND}', 'ALIASSEN = {"NL99": NEDERLAND}', "tests/begrippen/test_regio.py"),
    Mutatie("maanden in een kwartaal", "begrippen/lijsten.py", '"KW": 4, "MM": 12', '"KW": 3, "MM": 12', "tests/kern/test_periode.py::test_a_code_says_kind_and_days"),
    Mutatie("afronden van een half", "reports/getallen.py", "rounding=ROUND_HALF_UP", 'rounding="ROUND_DOWN"', "tests/reports/test_getallen.py::test_numbers_are_dutch_and_rounded_half_away_from_zero"),
    Mutatie("wat een computer ernaast mag zitten", "reports/getallen.py", 'Decimal("1e-12")', 'Decimal("0")', "tests/reports/test_getallen.py::test_numbers_are_dutch_and_rounded_half_away_from_zero"),
    Mutatie("teken van een voorlopig cijfer", "reports/getallen.py", '"voorlopig": "*", "nader_voorlopig": "**"', '"voorlopig": "**", "nader_voorlopig": "*"', "tests/reports/test_getallen.py::test_a_provisional_value_carries_its_mark"),
)  # fmt: skip


# Reads a line with the arguments of pytest, runs it in a fork, answers with its exit code. What is not ours is imported
# once, before the forks: that is most of the time of a short test.
RUNNER = """
import json, os, sys
import duckdb, filelock, hypothesis, numpy, pandas, pyarrow, pydantic, pytest, scipy.stats, yaml
for line in sys.stdin:
    output, *arguments = json.loads(line)
    child = os.fork()
    if child == 0:
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        code = pytest.main(arguments)
        sys.stdout.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass(frozen=True)
class Kloon:
    """A copy of what a clone holds, and a process that runs tests in it."""

    folder: Path
    runner: subprocess.Popen[str]

    def run(self, *tests: str) -> tuple[int, str]:
        """The exit code of pytest over these tests, and what it printed."""
        output = self.folder.parent / "uitvoer.txt"
        assert self.runner.stdin is not None
        assert self.runner.stdout is not None
        arguments = [str(output), "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", *tests]
        self.runner.stdin.write(json.dumps(arguments) + "\n")
        self.runner.stdin.flush()
        code = int(self.runner.stdout.readline())
        return code, output.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def kloon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kloon]:
    """A copy without ../shared, whose own packages are imported."""
    folder = tmp_path_factory.mktemp("kloon") / "clone"
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for file in ("pyproject.toml", "uv.lock", "README.md", "dagster.yaml"):
        shutil.copy(ROOT / file, folder / file)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MONITOR_", "PYTEST_"))}
    # no bytecode: within a second a mutated file of the same size would not be compiled again
    env |= {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    packages = "assets", "begrippen", "reports", "tests.conftest"
    code = f"import {', '.join(packages)}; print({', '.join(f'{p}.__file__' for p in packages)})"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    assert all(Path(p).is_relative_to(folder) for p in found.stdout.split()), found.stdout
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER], cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as runner:
        yield Kloon(folder, runner)


def test_there_are_thirty_and_each_has_a_name_of_its_own():
    assert len({m.naam for m in MUTATIES}) == len(MUTATIES) >= 30


@pytest.mark.parametrize("mutatie", MUTATIES, ids=lambda m: m.naam)
def test_the_text_stands_once_and_the_test_is_there(mutatie):
    """Who changes a line that a mutation changes hears it at once, not from the long tests."""
    assert (ROOT / mutatie.file).read_text(encoding="utf-8").count(mutatie.old) == 1, mutatie.old
    file, _, test = mutatie.test.partition("::")
    assert f"def {test.partition('[')[0]}" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.lang
def test_unmutated_all_those_tests_pass(kloon):
    code, output = kloon.run(*sorted({m.test for m in MUTATIES}))
    assert code == 0, output[-3000:]


@pytest.mark.lang
@pytest.mark.parametrize("mutatie", MUTATIES, ids=lambda m: m.naam)
def test_a_changed_rule_is_noticed(kloon, mutatie):
    path = kloon.folder / mutatie.file
    text = path.read_text(encoding="utf-8")
    started = time.perf_counter()
    path.write_text(text.replace(mutatie.old, mutatie.new), encoding="utf-8")
    try:
        code, output = kloon.run(mutatie.test)
    finally:
        path.write_text(text, encoding="utf-8")
    print(f"{mutatie.naam}: {time.perf_counter() - started:.1f} s")
    # 1: a test failed; another code is no test that ran
    assert code == 1, f"niemand merkt {mutatie.naam}: {code}\n{output[-2000:]}"
    assert "FAILED" in output, output[-2000:]
