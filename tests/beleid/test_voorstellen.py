"""Proposals and the cycle: words and no score, and what is not there is said. Systems 8, 9 and 10 of the design."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from assets.beleid.besloten import read_kader, read_voorstellen, weeg
from assets.beleid.cyclus import Cyclus, make_stappen
from assets.beleid.lezen import BeleidError
from assets.beleid.vormen import Resultaat, Signaal
from assets.rapport.editie import Editie
from begrippen.beleid import read_beleid
from pipelines.cli import cli
from tests.beleid.conftest import DRENTHE, read

KADER = read_kader(DRENTHE)
OPGAVEN = {str(o.nummer): o.naam for o in read_beleid(DRENTHE).opgaven}
MERKTEKEN = "Zwarte Zwaan BV"


@pytest.fixture(autouse=True)
def opslag(tmp_path, monkeypatch) -> Path:
    """Where the commands keep what they were given."""
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    return tmp_path / "opslag"


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
        ({"opgaven": ["3", "9"]}, "voorstel 1, opgaven: een opgave die er niet is; er zijn: 1, 2, 3, 4, 5"),
        ({"meetlat": {"impac": {}}}, "een criterium dat er niet is; bedoelt u impact"),
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
    # who listens hears the language, the title and above each cell its heading
    assert (word.core_properties.language, word.core_properties.title) == ("nl-NL", f"Voorstel: {MERKTEKEN}")
    assert all("w:tblHeader" in t.rows[0]._tr.xml for t in word.tables) and len(word.tables) == 3


def test_no_jobs_and_six_times_yes_is_allowed(tmp_path):
    ja = {w.id: {"oordeel": "ja", "keuze": w.keuzes[0] if w.keuzes else ""} for w in KADER.acquisitie}
    (found,) = read_voorstellen(voorstel(tmp_path, acquisitie=ja, banen=0), KADER, OPGAVEN)
    assert found.banen == 0
    assert not {n for n in type(weeg(found, KADER)).__dataclass_fields__ if "score" in n or "rang" in n}


# --- 10 cycle ---


def test_without_a_day_of_its_own_the_stand_comes_out_when_its_embargo_ends():
    open_ = Editie(jaar=2026, embargo="2026-12-15T07:00:00+01:00")
    assert open_.dagen == Cyclus(stand=date(2026, 12, 15))
    assert open_.model_copy(update={"cyclus": Cyclus(stand=date(2026, 12, 1))}).dagen.stand == date(2026, 12, 1)
    assert Editie(jaar=2026).dagen == Cyclus()
    # a day that lies before it: then it is not the day on which the cycle begins
    assert open_.model_copy(update={"cyclus": Cyclus(gs=date(2026, 12, 8))}).dagen.stand is None
    told = CliRunner().invoke(cli, ["cyclus"]).output
    assert "1. publicatie van de Stand                        nog te doen, 15-12-2026" in told


def test_a_programme_before_its_discussion_is_refused():
    with pytest.raises(ValidationError, match=r"programma .* ligt voor gs"):
        Cyclus(gs=date(2026, 5, 2), programma=date(2026, 5, 1))
    with pytest.raises(ValidationError, match=r"ps .* ligt voor stand"):
        Cyclus(stand=date(2026, 5, 2), ps=date(2026, 5, 1))


def test_without_signals_the_meeting_can_not_be_held(mappen, regel):
    days = Cyclus(stand=date(2026, 1, 1), gs=date(2026, 2, 1), stakeholders=date(2026, 3, 1))
    eigen = read(regel("signalen.csv", ontvangen="2025-01"))
    met = make_stappen(days, eigen, verzegeld=True, vandaag=date(2026, 11, 29))
    zonder = make_stappen(days, mappen[2016], verzegeld=True, vandaag=date(2026, 11, 29))
    assert (met[3].staat, met[4].staat) == ("klaar", "klaar")
    assert zonder[4].mist == ("stap 4: signalen verzameld",)
    assert [s.stap for s in met] == list(range(1, 10))
    assert met[7].staat != "klaar"
    assert "stap 3: gedeeld met Provinciale Staten" in met[7].mist
    # a step is done when all of it is there, not with the first row
    assert (met[5].staat, met[5].mist) == ("nog te doen", ("18 van de 18 resultaten zijn niet verantwoord",))
    assert (met[6].staat, met[6].mist) == ("nog te doen", ("van 4 evaluaties is het jaar voorbij",))


def test_what_an_earlier_cycle_left_makes_no_step_of_this_one_done(mappen, regel, folder):
    """Signals, results and evaluations go along to the next edition: they say nothing of what was done since."""

    def stap(nummer: int, folder) -> tuple[bool, tuple[str, ...]]:
        found = make_stappen(Cyclus(), read(folder), verzegeld=False, vandaag=date(2026, 11, 29))[nummer - 1]
        return found.staat == "klaar", found.mist

    every = make_stappen(Cyclus(), mappen[2026], verzegeld=True, vandaag=date(2026, 11, 29))
    assert (every[3].staat, every[3].mist) == ("nog te doen", ("elk signaal is van voor 2025",))
    assert stap(4, regel("signalen.csv", ontvangen="2024-12")) == (False, ("elk signaal is van voor 2025",))
    assert stap(4, regel("signalen.csv", ontvangen="2025")) == (True, ())
    for bijgewerkt, done in (("2024-12", False), ("2025", True)):
        gemeld = regel("resultaten.csv", stand="loopt", bijgewerkt=bijgewerkt)
        assert stap(6, gemeld) == (done, () if done else ("1 van de 1 resultaten zijn niet verantwoord",))
    bron = 'bron: "001", plaats: r. 1'
    for jaar, done in ((2014, False), (2025, True)):
        evaluatie = f"{{jaar: {jaar}, stand: afgerond, {bron}}}"
        text = f"instrumenten:\n  - {{id: a, naam: a, soort: fonds, {bron}, evaluaties: [{evaluatie}]}}\n"
        (folder / "instrumenten.yaml").write_text(text, encoding="utf-8")
        assert stap(7, folder) == (done, () if done else ("geen evaluatie is van 2025 of later",))


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


def test_a_next_edition_starts_from_the_last_without_its_signals(tmp_path, folder, monkeypatch):
    edities = tmp_path / "edities"
    (edities / "2026").mkdir(parents=True)
    folder.rename(edities / "2026" / "beleid")
    monkeypatch.setattr("pipelines.instellingen.edities", lambda: edities)
    made = CliRunner().invoke(cli, ["beleid", "nieuw", "2028"])
    assert made.exit_code == 0, made.output
    found = read(edities / "2028" / "beleid", 2028)
    assert (len(found.of(Signaal)), len(found.of(Resultaat)), len(found.instrumenten)) == (0, 18, 14)
    assert "jaar = 2028" in (edities / "2028" / "editie.toml").read_text("utf-8")
    again = CliRunner().invoke(cli, ["beleid", "nieuw", "2028"])
    assert again.exit_code == 2
    assert "dit beleid is er al" in again.output
