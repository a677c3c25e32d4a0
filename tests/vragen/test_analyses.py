"""From a built database to the analyses: the newest that can be told, and nothing where there is nothing."""

from pathlib import Path

import duckdb
import pytest

from assets.bouw.uitkomst import TOETSEN, write_uitkomsten
from assets.kwaliteit.toets import Toets
from assets.rapport.schrijven import read_document
from assets.vragen.analyses import read_analyses
from assets.vragen.rapport import read_rapport
from reports.analyse import Analyses
from reports.document import Document
from tests.rapport.voorbeeldbouw import ANALYSES, write_database
from tests.reports.voorbeeldrapport import seen


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_database(tmp_path_factory.mktemp("bouw") / "monitor.duckdb")
    checks = [
        Toets("sprong", "monitor.stand", "beoordeelt", False, "geen sprong", aantal=3, rijen=({"regio": "GM0114"},)),
        Toets("sleutel", "kern.regio", "blokkeert", True, "elke sleutel is uniek", regels=9),
    ]
    write_uitkomsten(path.parent / TOETSEN, checks)
    return path


@pytest.fixture(scope="module")
def analyses(database: Path) -> Analyses:
    rapport = read_rapport(database)
    return read_analyses(database, (rapport.provincie, *rapport.corop))


@pytest.fixture(scope="module")
def document(database: Path) -> Document:
    return read_document(database)


def test_the_gap_is_the_newest_that_can_be_split_and_its_branches_add_up(analyses: Analyses) -> None:
    kloof = analyses.kloof
    assert kloof is not None and (kloof.tabel, kloof.periode, kloof.kloof) == ("85925NED", "2023JJ00", -20.0)
    assert [d.naam for d in kloof.delen] == ["Landbouw", "Rest"]
    assert sum(d.structuur + d.regiospecifiek + d.interactie for d in kloof.delen) == kloof.kloof
    assert [k.regio.code for k in analyses.kloof_corop] == ["CR08"]


def test_growth_is_that_over_the_window(analyses: Analyses) -> None:
    groei = analyses.banengroei
    assert groei is not None and (groei.banen_van, groei.banen, len(groei.delen)) == (100.0, 110.0, 2)


def test_a_secret_branch_keeps_its_reason(analyses: Analyses) -> None:
    assert [(s.naam, s.quotient, s.leeg_reden) for s in analyses.specialisatie] == [
        ("Landbouw", 1.2, None),
        ("Rest", None, "geheim"),
    ]


def test_commuting_is_that_of_the_newest_december_in_both_directions(analyses: Analyses) -> None:
    assert [(b.regio.code, b.periode) for b in analyses.balansen] == [("PV22", "2024MM12"), ("CR08", "2024MM12")]
    assert [(p.provincie, p.naar, p.uit) for p in analyses.pendel] == [("Groningen", 40.0, 20.0)]


def test_ages_are_compared_over_the_whole_forecast_in_persons_and_percentage_points(analyses: Analyses) -> None:
    ages = analyses.leeftijden[0]
    assert (ages.leeftijd, ages.van, ages.tot) == ("15_tot_75", "2025JJ00", "2050JJ00")
    assert (ages.verandering, ages.verandering_aandeel) == (-51000.0, -8.0)


def test_checks_come_from_beside_the_database(analyses: Analyses) -> None:
    assert [(t.naam, t.geslaagd, t.blokkeert) for t in analyses.toetsen] == [
        ("sprong", False, False),
        ("sleutel", True, True),
    ]


def test_what_is_not_computed_comes_along_with_why_not(analyses: Analyses) -> None:
    found = analyses.niet_berekend
    assert len(found) > 20 and all(n.onderwerp and n.namen and n.reden for n in found)
    assert "windvermogen" in found[0].namen and found[0].onderwerp == "Brede welvaart"


def test_a_build_without_analyses_gives_none_of_them(tmp_path: Path) -> None:
    path = write_database(tmp_path / "monitor.duckdb")
    with duckdb.connect(str(path)) as db:
        for table in ANALYSES:
            db.execute(f"DELETE FROM {table.replace('monitor.', 'main.')}")
    rapport = read_rapport(path)
    found = read_analyses(path, (rapport.provincie, *rapport.corop))
    assert found == Analyses(niet_berekend=found.niet_berekend)
    chapters = seen(read_document(path).blad("verdienvermogen").blokken)
    assert "arbeidsjaar hier minder" not in chapters


@pytest.mark.parametrize(
    ("blad", "zinnen"),
    [
        ("verdienvermogen", ("Drenthe: 20\xa0euro per arbeidsjaar minder dan Nederland (2023, voorlopig)",)),
        ("arbeidsmarkt", ("Wonen en werken: de pendel",)),
        (
            "vooruitblik",
            ("Drenthe in 2050: 490.000 inwoners verwacht",),
        ),
        (
            "veranderd",
            (
                "Werkloosheidspercentage %|3,5 2023|3,9* 2025|+0,3 %-punt|+0,1 %-punt|0,0 %-punt",
                "|n.b.|+1.000",
            ),
        ),
        (
            "verantwoording",
            (
                "Bij 1 toets viel er iets op:",
                "sprong: geen sprong. 3 regels wijken daarvan af.",
                "Reeksbreuken (1)",
                "Gecorrigeerde cellen (1)",
                "21,1|211|",
            ),
        ),
        ("opgaven", ("Opgave 5: Ontwikkelen van de economische kracht van Drenthe",)),
    ],
)
def test_the_chapters_tell_them(document: Document, blad: str, zinnen: tuple[str, ...]) -> None:
    text = seen(document.blad(blad).blokken)
    for zin in zinnen:
        assert zin in text, zin
