"""Questions on the command line about what is published: one indicator, and what was revised."""

import re
import shutil

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.cli import cli


@pytest.fixture
def ask(voorbeeld):
    """Ask `monitor ...` of the published sample; an error is raised, as `main` would print it."""

    def ask(*arguments: str) -> str:
        return CliRunner().invoke(cli, [*arguments, "--uit", str(voorbeeld.uitvoer)], catch_exceptions=False).output

    return ask


def test_an_indicator_shows_value_judgement_peers_source_and_sql(ask, voorbeeld):
    text = ask("indicator", "werkloosheid", "--regio", "CR08")
    for kop in (
        "Waarde",
        "Trend",
        "Robuust",
        "Positie",
        "Kloof",
        "Reeks",
        "Richting",
        "Definitie",
        "Zekerheid",
        "Bron",
    ):
        assert re.search(rf"(?m)^{kop} ", text), f"{kop}\n{text}"
    assert re.search(r"p (=|<) 0,\d{3}", text)
    assert re.search(r"n = \d", text)
    assert "plaats" in text
    assert "COROP-gebieden" in text
    assert text.count("\n  teller") == 1
    value = re.search(r"(?m)^Waarde +([\d,]+)%", text)[1]
    queries = re.split(r"  -- \d\. .*\n", text)[1:]
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        steps, cells, again = (db.execute(q).fetchall() for q in queries)
    assert len(steps) == len(cells) == 1
    assert f"{again[0][0]:.1f}".replace(".", ",") == value


def test_another_year_and_a_name_will_do(ask):
    text = ask("indicator", "werkloosheid", "--regio", "emmen", "--periode", "2022")
    assert re.search(r"(?m)^Waarde .* in 2022 ", text)
    assert "Emmen (GM0114)" in text


def test_without_an_indicator_all_are_listed(ask):
    assert re.search(r"(?m)^  werkloosheid +Werkloosheidspercentage$", ask("indicator"))


def test_what_is_unknown_gives_the_nearest_and_the_next_command(ask):
    assert re.search(
        r"Bedoelde u werkloosheid .*\nProbeer: monitor indicator werkloosheid$", ask("indicator", "werklosheid").strip()
    )
    assert re.search(r"niet eenduidig(?s:.*)--regio", ask("indicator", "werkloosheid", "--regio", "Utrecht"))


def test_peers_say_when_they_were_frozen(ask):
    text = " ".join(ask("indicator", "werkloosheid", "--regio", "CR08").split())
    assert re.search(r"Vastgesteld op \d+ \w+ 20\d\d, .*; in editie 2026 veranderen zij niet meer", text)
    assert "de cijfers staan in monitor.soortgenoot_kenmerk" in text


def test_frozen_peers_are_shown_and_put_aside_on_purpose(voorbeeld, tmp_path, monkeypatch):
    shutil.copytree(voorbeeld.opslag / "soortgenoten", tmp_path / "soortgenoten")
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path))

    def ask(*arguments: str) -> str:
        return CliRunner().invoke(cli, ["editie", "soortgenoten", *arguments], catch_exceptions=False).output

    assert re.search(r"gemeente +vastgesteld op .* voor 3\d\d regio's", ask("2026"))
    assert "nog niet vastgesteld" in ask("2028")
    assert "monitor run --bron voorbeeld --editie 2026" in ask("2026", "--opnieuw")
    assert "nog niet vastgesteld" in ask("2026")
    kept = tmp_path / "soortgenoten" / "voorbeeld" / "2026" / "vervangen"
    assert sorted(p.name for p in kept.glob("*/*")) == ["corop.json", "gemeente.json"]
    assert "er is niets veranderd" in ask("2026", "--opnieuw")
    shutil.copytree(voorbeeld.opslag / "soortgenoten", tmp_path / "soortgenoten", dirs_exist_ok=True)
    (tmp_path / "soortgenoten" / "voorbeeld" / "2026" / "corop.json").write_text("{}", encoding="utf-8")
    assert "corop.json: dit is beschadigd" in ask("2026")


def test_revisions_of_the_sample_are_told(ask):
    # nothing was published before, but the sample has a small edition of 2024 to compare with
    text = ask("herziening")
    assert "eerste publicatie" not in text
    assert "Sinds de vorige editie" in text
    assert re.search(r"Samen [\d.]+ waarden van \d+ indicatoren", text)
