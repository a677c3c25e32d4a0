"""`monitor tekst ...` and `monitor editie ...`, asked as an editor and the data team ask them."""

import shutil

import pytest
from click.testing import CliRunner

from pipelines import instellingen
from pipelines.cli import cli


@pytest.fixture
def ask(voorbeeld, monkeypatch):
    """Ask `monitor ...`, with what the sample keeps and published; gives exit code and text."""
    monkeypatch.setenv("MONITOR_OPSLAG", str(voorbeeld.opslag))
    monkeypatch.setenv("MONITOR_UITVOER", str(voorbeeld.uitvoer.parent))

    def ask(*arguments: object) -> tuple[int, str]:
        result = CliRunner().invoke(cli, [str(a) for a in arguments])
        return result.exit_code, result.output

    return ask


@pytest.fixture
def edities(tmp_path, monkeypatch):
    shutil.copytree(instellingen.edities(), tmp_path / "edities")
    monkeypatch.setattr(instellingen, "edities", lambda: tmp_path / "edities")
    return tmp_path / "edities"


def test_the_texts_of_the_repository_hold_on_the_sample(ask):
    code, text = ask("tekst", "controleer")
    assert code == 0, text
    assert "teksten en de Statenbrief tegen de cijfers van voorbeeld" in text
    assert ": 0 fout" in text


def test_the_texts_of_the_repository_hold_on_the_replay(opname, monkeypatch):
    monkeypatch.setenv("MONITOR_UITVOER", str(opname.uitvoer.parent))
    result = CliRunner().invoke(cli, ["tekst", "controleer", "--bron", "opname"])
    assert result.exit_code == 0, result.output


def test_an_editor_hears_all_faults_at_once(ask, edities):
    (edities / "2026" / "teksten" / "50-arbeidsmarkt.md").write_text(
        "De werkloosheid is 3,9%.\n\nHet bbp krimpt tot {{ cijfer('bbp') }} {{ cijfer('bpp') }}.\n", encoding="utf-8"
    )
    code, text = ask("tekst", "controleer")
    assert code == 1
    assert "edities/2026/teksten/50-arbeidsmarkt.md, regel 1: fout: een getal zonder verwijzing: '3,9%'" in text
    assert "regel 3: fout: 'krimpt'" in text
    assert "'bpp' bestaat niet" in text
    assert "3 fout" in text


def test_an_edition_without_texts_says_where_they_go(ask, edities):
    shutil.rmtree(edities / "2026" / "teksten")
    code, text = ask("tekst", "controleer")
    assert code == 0
    assert "edities/2026/teksten/*.md" in text


def test_the_sample_has_an_edition_to_compare_with(ask):
    code, text = ask("editie", "lijst")
    assert code == 0
    assert "2024, versie 1" in text
    assert "2026: concept" in text
    code, text = ask("editie", "vergelijk", 2024, 2026)
    assert code == 0, text
    assert "Bruto binnenlands product (bbp)" in text
    assert "verandering in de tijd" in text
    assert "anders dan toen: de kaart" in text


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (("vergelijk", 2026, 2024), "Noem eerst de oudere editie"),
        (("vergelijk", 2020, 2026), "editie 2020 is niet verzegeld en niet gepubliceerd"),
        (("bevries", 2024), "gepubliceerd is editie 2026 en niet 2024"),
        (("bevries", 1900), "1900 is geen jaar van een editie"),
        (("herbouw", "weg.zip"), "weg.zip is er niet"),
    ],
)
def test_what_can_not_be_done_is_said(ask, arguments, match):
    code, text = ask("editie", *arguments)
    assert code != 0
    assert match in text


def test_a_run_for_an_edition_of_another_kind_is_wrong_use(tmp_path):
    result = CliRunner().invoke(cli, ["run", "--bron", f"opname:{tmp_path}", "--editie", "2024"])
    assert result.exit_code == 2
    assert "editie 2024 is alleen voor voorbeeld, niet voor opname" in result.output


def test_a_damaged_archive_is_refused_by_name(ask, voorbeeld, tmp_path):
    archief = tmp_path / "2024-v1.zip"
    shutil.copyfile(voorbeeld.opslag / "edities" / "voorbeeld" / "2024-v1.zip", archief)
    content = bytearray(archief.read_bytes())
    content[len(content) // 2] ^= 1
    archief.write_bytes(bytes(content))
    code, text = ask("editie", "herbouw", archief)
    assert code == 1
    assert "2024-v1.zip" in text


def test_the_published_sample_is_a_draft_with_texts_papers_and_a_comparison(voorbeeld):
    rapport = voorbeeld.actueel / "rapport"
    for page in ("index", "arbeidsmarkt", "regio/GM0114"):
        text = (rapport / f"{page}.html").read_text(encoding="utf-8")
        assert "Concept" in text
        assert "Onder embargo tot 15 december 2026" in text
    assert "Wie werkt er, en waar?" in (rapport / "arbeidsmarkt.html").read_text(encoding="utf-8")
    assert "Herziening door de bron" in (rapport / "veranderd.html").read_text(encoding="utf-8")
    papers = voorbeeld.actueel / "stukken"
    assert "Waar komt het cijfer vandaan?" in (papers / "vragen-en-antwoorden.html").read_text(encoding="utf-8")
    assert "Er is nog niemand die iets zag." in (papers / "toegangslijst.html").read_text(encoding="utf-8")
