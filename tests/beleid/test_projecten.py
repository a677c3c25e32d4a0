"""Projects: every figure in its own unit and of three parties or more, and nothing else comes out. System 5."""

from __future__ import annotations

import re
import sqlite3
import stat
from pathlib import Path
from textwrap import dedent
from typing import Literal, get_args, get_origin

import duckdb
import pytest
from click.testing import CliRunner

from assets.beleid.besloten import Project, keep, read_beslotenmap, read_kader, read_projecten, read_voorstellen
from assets.beleid.lezen import BeleidError
from assets.beleid.projecten import Effect, boven_raming, make_effecten, tel_op, verhouding
from begrippen.fout import MonitorError
from pipelines.cli import cli
from tests.beleid.conftest import DRENTHE
from tests.besloten import MERKEN, write_besloten
from tests.klein_antwoord import capture


def project(id: str, partij: str, **fields) -> Project:
    goed = {"thema": "terreinen", "soort": "financieel", "fase": "gerealiseerd", "provincie": 10, "privaat": 30}
    return Project.model_validate({"id": id, "partij": partij, **goed, **fields})


def drie(**fields) -> list[Project]:
    return [project(naam, naam, **fields) for naam in "abc"]


def by_maat(rows: list[Project], thema: str = "terreinen") -> dict[tuple[str, ...], Effect]:
    return {(e.maat, *filter(None, (e.wanneer, e.soort))): e for e in make_effecten(rows) if e.thema == thema}


def band(e: Effect) -> tuple[float | None, float | None]:
    return e.laag, e.hoog


def test_the_lever_of_the_printed_amounts_has_a_band_and_is_not_at_least_five():
    assert round(verhouding((11, 11), (63 - 11, 63 - 11))[0], 2) == 4.73
    low, high = verhouding((10.5, 11.5), (63 - 11.5, 64 - 10.5))
    assert (round(low, 1), round(high, 1)) == (4.5, 5.1)
    assert low < 5


def test_person_years_and_jobs_are_no_sum():
    with pytest.raises(BeleidError, match="mensjaar en voltijdbaan zijn niet op te tellen"):
        tel_op([(565, "mensjaar"), (760, "voltijdbaan")])
    assert tel_op([(565, "mensjaar"), (1, "mensjaar")]) == 566
    both = by_maat(drie(mensjaar=5, structureel_laag=7, structureel_hoog=7, banen="nieuw"))
    assert {e.eenheid for e in both.values()} >= {"mensjaar", "voltijdbaan"}
    assert not {e.laag for e in both.values()} & {12.0, 36.0}


def test_a_range_stays_a_range_and_kept_new_and_still_to_come_stay_apart():
    rows = [
        *drie(structureel_laag=760, structureel_hoog=1370, banen="behoud"),
        *drie(structureel_laag=10, structureel_hoog=20, banen="nieuw"),
        *drie(structureel_laag=1, structureel_hoog=2, banen="nieuw", fase="in_uitvoering"),
    ]
    found = {k[1:]: band(e) for k, e in by_maat(rows).items() if k[0] == "blijvend"}
    assert found == {
        ("gerealiseerd", "behoud"): (2280, 4110),
        ("gerealiseerd", "nieuw"): (30, 60),
        ("nog te ontstaan", "nieuw"): (3, 6),
    }
    assert 3195 not in {x for e in make_effecten(rows) for x in band(e)}


def test_what_is_not_given_is_not_nought():
    found = by_maat(drie())
    for maat in ("tijdelijk_direct", "tijdelijk_indirect", "achteraf_geteld"):
        assert (found[maat,].staat, *band(found[maat,])) == ("niet_gegeven", None, None)
    assert band(found["provincie",]) == (30, 30)
    assert band(found["anderen",]) == (90, 90)
    assert band(found["hefboom",]) == (3, 3)
    # a project of which only the own money is known is in neither sum
    assert band(by_maat([*drie(), project("d", "d", privaat=None)])["provincie",]) == (30, 30)


def test_rounded_amounts_have_a_band_and_turnover_for_a_person_year_is_there_as_a_control():
    found = by_maat(drie(provincie=11_000_000, privaat=52_000_000, mensjaar=565, afgerond_op=1_000_000))
    assert band(found["provincie",]) == (31_500_000, 34_500_000)
    low, high = band(found["hefboom",])
    assert (round(low, 2), round(high, 2)) == (4.48, 5.0)
    exact = by_maat(drie(provincie=11_000_000, privaat=52_000_000, mensjaar=565))["omzet_per_mensjaar",]
    assert (round(exact.laag), exact.eenheid) == (111_504, "euro per mensjaar")
    # of other projects than the money it would be the turnover of some and the years of others
    mixed = by_maat([*drie(mensjaar=5), project("d", "d")])
    assert ("omzet_per_mensjaar",) not in mixed


def test_who_estimated_and_whether_it_was_counted_afterwards_is_told():
    rows = [*drie(structureel_laag=1, structureel_hoog=2), project("q", "q", gemeten=3, gemeten_op="2026")]
    found = by_maat(rows)
    assert band(found["geraamd", "aanvrager"]) == (3, 3)
    assert found["achteraf_geteld",].staat == "onderdrukt"
    assert band(by_maat(drie(gemeten=3, gemeten_op="2026"))["achteraf_geteld",]) == (3, 3)


def test_only_what_money_was_paid_for_counts_and_more_counted_than_estimated_is_told():
    more = project("4", "d", structureel_laag=1, structureel_hoog=2, gemeten=5, gemeten_op="2026")
    assert band(by_maat([*drie(), project("5", "e", soort="agenderend")])["provincie",]) == (30, 30)
    assert boven_raming([*drie(), more]) == 1


def test_every_figure_is_of_three_parties_not_only_its_theme():
    rows = [*drie(), project("d", "d", mensjaar=7, structureel_laag=1, structureel_hoog=2)]
    found = by_maat(rows)
    assert found["provincie",].staat == "gegeven"
    for key in (("tijdelijk_direct",), ("blijvend", "gerealiseerd", "onbekend"), ("geraamd", "aanvrager")):
        assert (found[key].staat, *band(found[key])) == ("onderdrukt", None, None)
    # a party is a party however its name is written, and who adds nothing hides nobody
    same = [project("1", "Zwaan B.V."), project("2", "zwaan bv"), project("3", "b")]
    nought = [*drie(mensjaar=0)[:2], project("c", "c", mensjaar=7)]
    assert by_maat(same)["provincie",].staat == "onderdrukt"
    assert by_maat(nought)["tijdelijk_direct",].staat == "onderdrukt"


@pytest.mark.parametrize(
    ("wie", "shown"),
    [
        ({"klein": "dD"}, False),
        ({"klein": "d", "kleiner": "d"}, False),
        ({"klein": "de", "kleiner": "ef"}, True),
        ({"klein": "def"}, True),
    ],
)
def test_a_total_of_all_themes_does_not_give_a_theme_away(wie, shown):
    few = [project(f"{thema}{n}", naam, thema=thema) for thema, namen in wie.items() for n, naam in enumerate(namen)]
    total = by_maat([*drie(), *few], "")
    assert (total["provincie",].staat == "gegeven") is shown
    assert (total["hefboom",].staat == "gegeven") is shown


# --- nothing else comes out ---


@pytest.fixture
def map_(tmp_path) -> Path:
    return write_besloten(tmp_path / "besloten")


def marks(text: str) -> list[str]:
    return [m for m in MERKEN if m in text]


def test_the_command_shows_totals_and_no_party_and_keeps_a_copy_nobody_else_can_read(map_, tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    for args in (["--beleid", str(map_)], [str(map_ / "projecten.csv")]):
        found = CliRunner().invoke(cli, ["beleid", "effect", *args])
        assert found.exit_code == 0, found.output
        text = found.output.replace("\N{NO-BREAK SPACE}", " ")
        terreinen, klein = text.partition("terreinen:")[2], text.partition("klein:")[2].partition("terreinen:")[0]
        assert "geld van de provincie: 300 euro" in terreinen
        assert "tijdelijk werk, direct: 7,5 mensjaren" in terreinen
        assert "geld van de provincie: niet te tonen" in klein
        assert marks(found.output) == []
        assert "7654621" not in found.output.replace(".", "")
    kept = tmp_path / "opslag" / "vertrouwelijk" / "beleid" / "projecten.csv"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept.parent.parent.stat().st_mode) == 0o700


def test_what_is_kept_is_closed_from_its_first_moment(map_, tmp_path, monkeypatch):
    """Also where a wider one is there already, and with an open mask."""
    import os

    old = tmp_path / "vertrouwelijk" / "beleid" / "projecten.csv"
    old.parent.mkdir(parents=True)
    old.write_text("oud", encoding="utf-8")
    old.chmod(0o644)
    before = os.umask(0)
    try:
        keep([map_ / "projecten.csv"], tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    assert "Zwarte Zwaan" in old.read_text("utf-8")
    assert [p.name for p in old.parent.iterdir()] == ["projecten.csv"]


# what can be wrong with a confidential file, each with a mark where a message could repeat it
FOUT_CSV = {
    "no_number": (";100;", ";Zwarte Zwaan;"),
    "thousands": (";100;", ";7.654.321;"),
    "not_in_list": (";financieel;", ";Zwarte Zwaan;"),
    "too_many_cells": (";financieel;", ";financieel;Zwarte Zwaan;"),
    "no_heading": ("id;thema", "Zwarte Zwaan;7654321"),
    "odd_quote": (";financieel;", ';"Zwarte" Zwaan;'),
    "twice": ("geheim-42-1", "geheim-42-0"),
    "half_a_range": (";financieel;", ";financieel;"),
}
FOUT_YAML = {
    "not_in_list": ("niet mogelijk", "Zwarte Zwaan"),
    "no_such_field": ("    partij:", "    Gouden Gans:"),
    "field_twice": ("    partij: Zwarte Zwaan", "    naam: Zwarte Zwaan"),
    "no_task": ("['3', '4']", "['Zwarte Zwaan']"),
    "no_criterion": ("    opgaven:", "    meetlat: {Zwarte Zwaan: {}}\n    opgaven:"),
    "wrong_in_criterion": ("    opgaven:", "    meetlat: {Zwarte Zwaan: {oordeel: Gouden Gans}}\n    opgaven:"),
    "tag": ("Gouden Gans", "!Zwarte Gouden Gans"),
    "no_date": ("    opgaven:", "    eind: 7654321-13-45\n    opgaven:"),
    "indent": ("    naam: Gouden Gans", "   naam: Gouden Gans: Zwarte Zwaan"),
    "anchor": ("Gouden Gans", "*Zwarte"),
}


@pytest.mark.parametrize("geval", FOUT_CSV)
def test_a_wrong_project_is_told_by_its_line_and_nothing_of_it_is_repeated(map_, geval):
    path = map_ / "projecten.csv"
    text = path.read_text("utf-8")
    before, after = FOUT_CSV[geval]
    assert before in text
    text = text.replace(before, after)
    if geval == "half_a_range":
        text = text.replace(";2,5;", ";2,5;;7654321;", 1).replace("\ngeheim-42-0", "\ngeheim-42-0", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MonitorError) as error:
        read_projecten(path)
    assert re.search(r"projecten\.csv, regel \d", str(error.value))
    assert marks(str(error.value).replace(".", "")) == []
    assert error.value.__cause__ is None


@pytest.mark.parametrize("geval", FOUT_YAML)
def test_a_wrong_proposal_is_told_by_its_place_and_nothing_of_it_is_repeated(map_, geval):
    path = map_ / "voorstellen.yaml"
    before, after = FOUT_YAML[geval]
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(MonitorError) as error:
        read_voorstellen(path, read_kader(DRENTHE), [str(n) for n in range(1, 6)])
    assert re.search(r"regel \d|voorstel 1", str(error.value))
    assert [m for m in (*MERKEN, "Zwarte", "Gouden") if m in str(error.value)] == []


def test_a_folder_with_something_else_is_refused_without_naming_it(map_):
    (map_ / "Zwarte Zwaan.docx").write_bytes(b"")
    with pytest.raises(BeleidError, match="hier horen alleen") as error:
        read_beslotenmap(map_, DRENTHE.edities, read_kader(DRENTHE), ["3", "4"])
    assert marks(str(error.value)) == []


@pytest.mark.parametrize("opdracht", ["effect", "toets", "run"])
@pytest.mark.parametrize("link", [False, True])
def test_what_is_confidential_is_refused_in_the_folder_of_an_edition(opdracht, link, map_, tmp_path, monkeypatch):
    gebied = DRENTHE.model_copy(update={"map": tmp_path})
    monkeypatch.setattr("pipelines.beleid.gekozen", lambda: gebied)
    place = tmp_path / "edities" / "2026" / "besloten"
    place.parent.mkdir(parents=True)
    map_.rename(place)
    if link:
        map_.symlink_to(place)
    folder = map_ if link else place
    if opdracht == "run":
        with pytest.raises(BeleidError, match="dit is vertrouwelijk, en de map van een editie is openbaar"):
            read_beslotenmap(folder, gebied.edities, read_kader(DRENTHE), ["3", "4"])
        return
    found = CliRunner().invoke(cli, ["beleid", opdracht, "--beleid", str(folder)])
    assert found.exit_code == 2
    assert "dit is vertrouwelijk, en de map van een editie is openbaar" in found.output


def test_a_run_takes_the_totals_and_leaves_no_mark_anywhere(gewijzigde_publicatie):
    """Not in what it prints, publishes, logs or keeps of itself; only in the confidential store."""
    made = gewijzigde_publicatie
    assert made.code in (0, 3), made.text
    with duckdb.connect(str(made.actueel / "monitor.duckdb"), read_only=True) as db:
        shown = db.execute("SELECT laag FROM beleid.effect WHERE thema = 'terreinen' AND maat = 'provincie'").fetchall()
        assert shown == [(300,)]
        tables = db.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
        text = "\n".join(repr(db.execute(f"FROM {t}").fetchall()) for (t,) in tables)
        assert marks(text) == []
    assert "Projecten samen" in (made.actueel / "rapport" / "uitvoering.html").read_text("utf-8")
    secret = made.opslag / "vertrouwelijk"
    assert (secret / "beleid" / "voorstellen.yaml").is_file()
    assert_no_marks(made, secret)


def test_a_run_that_is_refused_leaves_no_mark_either(map_, tmp_path, run_keten):
    capture(tmp_path / "antwoorden", modified="2026-01-01T00:00:00+01:00")
    path = map_ / "projecten.csv"
    path.write_text(path.read_text("utf-8").replace(";100;", ";Zwarte Zwaan;"), encoding="utf-8")
    made = run_keten(tmp_path / "fout", bron=f"opname:{tmp_path / 'antwoorden'}", beleid=str(map_))
    assert made.code == 1
    assert "projecten.csv, regel 2, provincie" in made.text
    assert_no_marks(made, made.opslag / "vertrouwelijk")


def assert_no_marks(made, secret: Path) -> None:
    assert marks(made.text) == []
    places = [p for top in (made.opslag, made.uitvoer) for p in top.rglob("*") if not p.is_relative_to(secret)]
    assert [p for p in places if marks(p.name)] == []
    for path in (p for p in places if p.is_file()):
        content = path.read_bytes()
        assert [m for m in MERKEN if m.encode() in content] == [], path
        if content.startswith(b"SQLite format 3"):
            with sqlite3.connect(path) as db:
                for (naam,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    assert marks(repr(db.execute(f"SELECT * FROM '{naam}'").fetchall())) == [], naam


def test_the_page_for_the_team_shows_a_file_that_reads_and_names_every_field_and_code(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "beleid.md").read_text("utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    (tmp_path / "projecten.csv").write_text(dedent(example).replace("   ", ""), "utf-8")
    (found,) = read_projecten(tmp_path / "projecten.csv")
    assert (found.provincie, found.mensjaar, found.banen) == (100_000, 12.5, "nieuw")
    part = page.partition("## 7. ")[2].partition("## 8. ")[0]
    forms = {naam: f.annotation for naam, f in Project.model_fields.items()}
    codes = [c for form in forms.values() if get_origin(form) is Literal for c in get_args(form) if c != "onbekend"]
    assert [name for name in (*forms, *codes) if name not in part] == []
