"""Projects, proposals and the cycle: only totals come out, no score, and what is not there is said.

Systems 5, 8, 9 and 10 of the design.
"""

from __future__ import annotations

import json
import re
import stat
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from assets.beleid.besloten import (
    Project,
    boven_raming,
    hefboom,
    make_effecten,
    read_kader,
    read_projecten,
    read_voorstellen,
    tel_op,
    weeg,
)
from assets.beleid.cyclus import Cyclus, make_stappen, next_stand
from assets.beleid.lezen import BeleidError
from begrippen.beleid import read_beleid
from pipelines.cli import cli
from tests.beleid.conftest import DRENTHE, read

KADER = read_kader(DRENTHE)
OPGAVEN = {str(o.nummer): o.naam for o in read_beleid(DRENTHE).opgaven}
MERKTEKEN = "Zwarte Zwaan BV"


def project(id: str, partij: str, **fields) -> Project:
    goed = {"thema": "terreinen", "soort": "financieel", "fase": "gerealiseerd", "provincie": 10, "privaat": 30}
    return Project.model_validate({"id": id, "partij": partij, **goed, **fields})


# --- 5 effect monitor ---


def test_the_lever_has_a_band_and_is_not_at_least_five():
    low, middle, high = hefboom(11, 63, (10.5, 11.5), (63, 64))
    assert (round(low, 1), round(middle, 2), round(high, 1)) == (4.5, 4.73, 5.1)
    assert low < 5


def test_person_years_and_jobs_are_no_sum():
    with pytest.raises(BeleidError, match="mensjaar en voltijdbaan zijn niet op te tellen"):
        tel_op([(565, "mensjaar"), (760, "voltijdbaan")])
    assert tel_op([(565, "mensjaar"), (1, "mensjaar")]) == 566


def test_a_range_stays_a_range_and_kept_new_and_still_to_come_stay_apart():
    rows = [
        project("1", "a", structureel_laag=760, structureel_hoog=1370, banen="behoud"),
        project("2", "b", structureel_laag=10, structureel_hoog=20, banen="nieuw"),
        project("3", "c", structureel_laag=1, structureel_hoog=2, banen="nieuw", fase="in_uitvoering"),
    ]
    (theme, _) = make_effecten(rows)
    assert theme.banen == {
        ("gerealiseerd", "behoud"): (760, 1370),
        ("gerealiseerd", "nieuw"): (10, 20),
        ("nog te ontstaan", "nieuw"): (1, 2),
    }
    assert "1065" not in json.dumps([list(v) for v in theme.banen.values()])


def test_what_is_not_given_is_not_nought():
    rows = [project(str(n), naam) for n, naam in enumerate("abc")]
    (theme, _) = make_effecten(rows)
    assert theme.mensjaren is None
    assert theme.banen == {}
    assert (theme.provincie, theme.anderen) == (30, 90)
    assert theme.hefboom == (3, 3, 3)


def test_rounded_amounts_widen_the_band():
    rows = [project(str(n), naam, afgerond_op=2) for n, naam in enumerate("abc")]
    (theme, _) = make_effecten(rows)
    assert theme.hefboom[0] < 3 < theme.hefboom[2]


def test_only_what_money_was_paid_for_counts_and_more_counted_than_estimated_is_told():
    rows = [project(str(n), naam) for n, naam in enumerate("abc")]
    more = project("4", "d", structureel_laag=1, structureel_hoog=2, gemeten=5, gemeten_op="2026")
    assert make_effecten([*rows, project("5", "e", soort="agenderend")])[0].partijen == 3
    assert boven_raming([*rows, more]) == 1


def test_totals_are_of_three_parties_or_more_and_no_total_gives_a_theme_away():
    rows = [project(str(n), naam) for n, naam in enumerate("abc")]
    few = [project("8", "d", thema="klein"), project("9", "D", thema="klein")]
    effecten = {e.thema: e for e in make_effecten([*rows, *few])}
    assert effecten["klein"].onderdrukt
    assert effecten["klein"].provincie is None
    assert effecten[""].onderdrukt
    wide = [project(f"x{n}", naam, thema=thema) for n, (naam, thema) in enumerate(zip("def", "pqr", strict=True))]
    effecten = {e.thema: e for e in make_effecten([*rows, *wide])}
    assert not effecten[""].onderdrukt


@pytest.fixture
def projecten(tmp_path) -> Path:
    path = tmp_path / "projecten.csv"
    kop = "id;thema;partij;soort;provincie;privaat;fase;mensjaar"
    rows = [f"p{n};terreinen;{MERKTEKEN} {n};financieel;100;300;gerealiseerd;2,5" for n in range(3)]
    path.write_text("\n".join([kop, *rows, f"q1;klein;{MERKTEKEN} 9;financieel;7777;1;gerealiseerd;"]), "utf-8")
    return path


def test_the_command_shows_totals_and_no_party_and_keeps_a_copy_nobody_else_can_read(projecten, tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    found = CliRunner().invoke(cli, ["beleid", "effect", str(projecten)])
    assert found.exit_code == 0, found.output
    assert "terreinen: 3 partijen" in found.output
    assert "7,5 mensjaren" in found.output.replace(".", ",")
    assert "klein: niet te tonen" in found.output
    assert "alle thema's: niet te tonen" in found.output
    for secret in (MERKTEKEN, "7777", "8077", "q1"):
        assert secret not in found.output
    kept = tmp_path / "opslag" / "vertrouwelijk" / "beleid" / "projecten.csv"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_wrong_project_is_told_by_line_and_without_its_party(projecten):
    projecten.write_text(projecten.read_text("utf-8").replace(";100;", ";veel;"), encoding="utf-8")
    with pytest.raises(BeleidError) as error:
        read_projecten(projecten)
    assert "projecten.csv, regel 2, provincie: moet een geheel getal zijn" in str(error.value)
    assert MERKTEKEN not in str(error.value)


@pytest.mark.parametrize("opdracht", ["effect", "toets"])
def test_what_is_confidential_is_refused_in_the_folder_of_an_edition(opdracht, tmp_path, monkeypatch):
    gebied = DRENTHE.model_copy(update={"map": tmp_path})
    monkeypatch.setattr("pipelines.beleid.gekozen", lambda: gebied)
    path = tmp_path / "edities" / "2026" / "beleid" / "projecten.csv"
    path.parent.mkdir(parents=True)
    path.write_text("id\n", encoding="utf-8")
    found = CliRunner().invoke(cli, ["beleid", opdracht, str(path)])
    assert found.exit_code == 2
    assert "dit is vertrouwelijk, en de map van een editie is openbaar" in found.output


# --- 8 framework, 9 acquisition ---


def voorstel(folder: Path, **fields) -> Path:
    goed = {
        **{"id": "vb", "naam": "Voorbeeld", "publiek_belang": "ja", "opgaven": ["3", "4"]},
        **{"andere_financiering": "niet mogelijk", "eind": "2027-12-31"},
    }
    path = folder / "voorstel.yaml"
    path.write_text(json.dumps({"voorstellen": [goed | fields]}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("fields", "uitkomst"),
    [
        ({"opgaven": ["3"]}, "afgewezen op II"),
        ({"andere_financiering": "niet toereikend"}, "naar de meetlat"),
        ({"publiek_belang": "nee", "opgaven": ["1", "5"]}, "afgewezen op I"),
        ({"opgaven": ["1", "5"], "andere_financiering": "wel toereikend"}, "aanhouden op III"),
    ],
)
def test_three_knock_outs_decide_where_a_proposal_goes(tmp_path, fields, uitkomst):
    (found,) = read_voorstellen(voorstel(tmp_path, **fields), KADER, OPGAVEN)
    assert weeg(found, KADER).uitkomst == uitkomst


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"opgaven": ["3", "3"]}, "opgave 3 staat twee keer"),
        ({"opgaven": ["3", "9"]}, "'9' is geen opgave; er zijn: 1, 2, 3, 4, 5"),
        ({"meetlat": {"impac": {}}}, "'impac' is geen criterium; bedoelt u impact"),
        ({"acquisitie": {"koploper": {"oordeel": "ja"}}}, "noem bij keuze een van grondstoffen, gezondheid"),
    ],
)
def test_a_proposal_that_points_at_nothing_is_refused(tmp_path, fields, told):
    with pytest.raises(BeleidError, match=re.escape(told)):
        read_voorstellen(voorstel(tmp_path, **fields), KADER, OPGAVEN)


def test_a_loan_beside_a_grant_and_an_open_end_are_noticed(tmp_path):
    (found,) = read_voorstellen(voorstel(tmp_path, lening="ja", subsidie="ja", eind=None), KADER, OPGAVEN)
    assert weeg(found, KADER).meldingen == (
        "stapeling: een lening en een subsidie aan dezelfde partij",
        "geen einddatum en geen mijlpaal",
    )
    (found,) = read_voorstellen(voorstel(tmp_path, eind=None, mijlpaal="de brug is open"), KADER, OPGAVEN)
    assert weeg(found, KADER).meldingen == ("geen einddatum; wel een mijlpaal: de brug is open",)


def test_the_page_has_words_and_no_score_and_jobs_stand_apart(tmp_path):
    acquisitie = {w.id: {"oordeel": "nee"} for w in KADER.acquisitie}
    path = voorstel(
        tmp_path,
        naam=MERKTEKEN,
        meetlat={"impact": {"oordeel": "hoog", "motivering": "werk voor velen"}},
        acquisitie=acquisitie,
        banen=500,
    )
    found = CliRunner().invoke(cli, ["beleid", "toets", str(path), "--uit", str(tmp_path / "uit")])
    assert found.exit_code == 0, found.output
    assert "vb: naar de meetlat" in found.output
    assert found.output.count("niet ingevuld") == 4
    assert MERKTEKEN not in found.output
    html = (tmp_path / "uit" / "vb" / "index.html").read_text("utf-8")
    word = docx.Document(BytesIO((tmp_path / "uit" / "vb" / "voorstel.docx").read_bytes()))
    text = "\n".join([p.text for p in word.paragraphs] + [c.text for t in word.tables for r in t.rows for c in r.cells])
    for page in (html, text):
        assert MERKTEKEN in page
        assert "werk voor velen" in page
        assert "Deze criteria zijn voorlopig" in page
        assert "Banen volgens het voorstel: 500. Banen tellen in geen oordeel mee." in page
        assert not re.search(r"\bpunten\b|\brang\b|gewicht|%", page.partition("<main")[2] or page)
    assert 'lang="nl"' in html


def test_no_jobs_and_six_times_yes_is_allowed(tmp_path):
    ja = {w.id: {"oordeel": "ja", "keuze": w.keuzes[0] if w.keuzes else ""} for w in KADER.acquisitie}
    (found,) = read_voorstellen(voorstel(tmp_path, acquisitie=ja, banen=0), KADER, OPGAVEN)
    assert found.banen == 0
    assert not {n for n in type(weeg(found, KADER)).__dataclass_fields__ if "score" in n or "rang" in n}


# --- 10 cycle ---


def test_a_programme_before_its_discussion_is_refused():
    with pytest.raises(ValidationError, match=r"programma .* ligt voor gs"):
        Cyclus(gs=date(2026, 5, 2), programma=date(2026, 5, 1))
    with pytest.raises(ValidationError, match=r"ps .* ligt voor stand"):
        Cyclus(stand=date(2026, 5, 2), ps=date(2026, 5, 1))


def test_without_signals_the_meeting_can_not_be_held(mappen):
    days = Cyclus(stand=date(2026, 1, 1), gs=date(2026, 2, 1), stakeholders=date(2026, 3, 1))
    met = make_stappen(days, mappen[2026], verzegeld=True, vandaag=date(2026, 11, 29))
    zonder = make_stappen(days, mappen[2016], verzegeld=True, vandaag=date(2026, 11, 29))
    assert met[4].klaar
    assert zonder[4].mist == ("stap 4: signalen verzameld",)
    assert [s.nummer for s in met] == list(range(1, 10))
    assert not met[7].klaar
    assert "stap 3: gedeeld met Provinciale Staten" in met[7].mist


def test_an_activity_that_stops_says_why(regel):
    with pytest.raises(BeleidError, match="besluit stoppen vraagt een reden"):
        read(regel("resultaten.csv", besluit="stoppen"))
    read(regel("resultaten.csv", besluit="stoppen", besluit_reden="het doel is bereikt"))
    with pytest.raises(BeleidError, match="ook_opgaven: '9' is geen deel"):
        read(regel("resultaten.csv", ook_opgaven="4 | 9"))


def test_the_command_says_what_is_missing_and_the_next_edition_is_two_years_later():
    found = CliRunner().invoke(cli, ["cyclus"])
    assert found.exit_code == 0, found.output
    assert found.output.count("\n  ") >= 9
    assert "Embargo van de Stand: 15-12-2026 07.00" in found.output
    assert "monitor beleid nieuw 2028" in found.output
    assert next_stand(2026) == 2028


def test_a_next_edition_starts_from_the_last_without_its_signals(tmp_path, folder, monkeypatch):
    edities = tmp_path / "edities"
    (edities / "2026").mkdir(parents=True)
    folder.rename(edities / "2026" / "beleid")
    monkeypatch.setattr("pipelines.instellingen.edities", lambda: edities)
    made = CliRunner().invoke(cli, ["beleid", "nieuw", "2028"])
    assert made.exit_code == 0, made.output
    found = read(edities / "2028" / "beleid", 2028)
    assert (len(found.signalen), len(found.resultaten), len(found.instrumenten)) == (0, 18, 14)
    assert "jaar = 2028" in (edities / "2028" / "editie.toml").read_text("utf-8")
    again = CliRunner().invoke(cli, ["beleid", "nieuw", "2028"])
    assert again.exit_code == 2
    assert "dit beleid is er al" in again.output
