"""The page that an editor looks at: the published one, with the text in its place and nothing else changed."""

import re
import shutil
from dataclasses import replace

import docx
import pytest

from assets.rapport.tekstvoorbeeld import VoorbeeldError, make_voorbeeld
from pipelines import instellingen
from pipelines.cli import cli
from reports.document import Alinea, Kop
from reports.tekst.teksten import Tekst
from tests.rapport.voorbeeldbouw import write_database

NIEUW = Tekst(
    "nieuw.docx", "arbeidsmarkt", "begin", (Kop(2, "Nieuw", "tekst-nieuw"), Alinea(("<b>Nieuwe</b> woorden.",)))
)
OUD = '<h2 id="tekst-oud" tabindex="-1">Oud</h2>\n<p class="svd-tekst">Oude woorden.</p>\n'


def make_pagina(map_, inhoud, naam="arbeidsmarkt"):
    pad = map_ / "actueel" / "rapport" / f"{naam}.html"
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(
        '<html><head></head><body><a href="index.html">Voor</a><main id="inhoud" tabindex="-1">\n<h1>Blad</h1>\n'
        f'<p>Inleiding.</p>\n{inhoud}</main><a href="thema/milieu.html#x">M</a><a href="#inhoud">I</a></body></html>',
        encoding="utf-8",
    )
    return map_ / "actueel"


def parts(pagina):
    """What stands on the page, in order."""
    return re.findall(r"Inleiding|Oude|Eigen kop|Slotwoord|&lt;b&gt;Nieuwe&lt;/b&gt;|Laatste", pagina)


EIGEN = '<h2 id="cijfers" tabindex="-1">Eigen kop</h2>\n<p>Laatste.</p>\n'
SLOT = '<h2 id="tekst-slot-x" tabindex="-1">S</h2>\n<p>Slotwoord.</p>\n'
N = "&lt;b&gt;Nieuwe&lt;/b&gt;"


@pytest.mark.parametrize(
    ("inhoud", "plaats", "expected"),
    [
        (EIGEN, "begin", ["Inleiding", N, "Eigen kop", "Laatste"]),
        (OUD + EIGEN, "begin", ["Inleiding", N, "Eigen kop", "Laatste"]),
        (OUD + EIGEN, "slot", ["Inleiding", "Oude", "Eigen kop", "Laatste", N]),
        (EIGEN + SLOT, "slot", ["Inleiding", "Eigen kop", "Laatste", N]),
        (OUD + EIGEN + SLOT, "begin", ["Inleiding", N, "Eigen kop", "Laatste", "Slotwoord"]),
        ("", "begin", ["Inleiding", N]),
    ],
)
def test_the_text_stands_where_a_build_puts_it(tmp_path, inhoud, plaats, expected):
    actueel = make_pagina(tmp_path, inhoud)
    pagina = make_voorbeeld(actueel, replace(NIEUW, plaats=plaats), tmp_path / "tekstvoorbeeld" / "arbeidsmarkt.html")
    assert parts(pagina) == expected


def test_links_lead_to_what_was_published(tmp_path):
    actueel = make_pagina(tmp_path, EIGEN, "regio/GM0114")
    pagina = make_voorbeeld(actueel, replace(NIEUW, hoofdstuk="regio/GM0114"), tmp_path / "tekstvoorbeeld" / "x.html")
    assert 'href="../actueel/rapport/regio/index.html"' in pagina
    assert 'href="../actueel/rapport/regio/thema/milieu.html#x"' in pagina
    assert 'href="#inhoud"' in pagina


def test_a_chapter_that_was_not_published_is_named(tmp_path):
    with pytest.raises(VoorbeeldError, match="arbeidsmarkt"):
        make_voorbeeld(tmp_path / "actueel", NIEUW, tmp_path / "x.html")


# --- the commands ---


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return write_database(tmp_path_factory.mktemp("bouw") / "monitor.duckdb")


@pytest.fixture
def uitvoer(tmp_path, monkeypatch, database):
    make_pagina(tmp_path, EIGEN)
    shutil.copy(database, tmp_path / "actueel" / "monitor.duckdb")
    (tmp_path / "edities" / "2026").mkdir(parents=True)
    (tmp_path / "edities" / "2026" / "editie.toml").write_text("jaar = 2026\n", encoding="utf-8")
    monkeypatch.setattr(instellingen, "edities", lambda: tmp_path / "edities")
    return tmp_path


def run(capsys, *args):
    with pytest.raises(SystemExit) as end:
        cli.main([*map(str, args)])
    out = capsys.readouterr()
    return end.value.code, out.out + out.err


def write_word(pad, *alineas):
    document = docx.Document()
    for a in alineas:
        document.add_paragraph(a)
    document.save(pad)
    return pad


def test_a_chapter_goes_from_word_into_the_edition(uitvoer, capsys):
    pad = write_word(uitvoer / "10-arbeidsmarkt.docx", "In [jaar werkloosheid] was [werkloosheid] werkloos. {{ x }}")
    code, out = run(capsys, "tekst", "voorbeeld", pad, "--uit", uitvoer)
    assert code == 0, out
    pagina = (uitvoer / "tekstvoorbeeld" / "arbeidsmarkt.html").read_text(encoding="utf-8")
    assert "Voorbeeld van 10-arbeidsmarkt.docx:" in pagina
    assert "#nieuwe-tekst" in out and 'id="nieuwe-tekst"' in pagina
    assert "In 2025 was " in pagina and "{{ x }}" in pagina and "Eigen kop" in pagina
    code, out = run(capsys, "tekst", "uit-word", pad, "--uit", uitvoer)
    assert code == 0 and "monitor tekst voorbeeld" in out
    doel = uitvoer / "edities" / "2026" / "teksten" / "10-arbeidsmarkt.md"
    assert '{{ cijfer("werkloosheid") }}' in doel.read_text(encoding="utf-8")
    assert run(capsys, "tekst", "controleer", "--uit", uitvoer)[0] == 0
    write_word(pad, "Iets anders.")
    code, out = run(capsys, "tekst", "uit-word", pad, "--uit", uitvoer)
    assert code == 2 and "--vervang" in out and "cijfer" in doel.read_text(encoding="utf-8")
    assert run(capsys, "tekst", "uit-word", pad, "--vervang", "--uit", uitvoer)[0] == 0
    assert "Iets anders" in doel.read_text(encoding="utf-8")


def test_a_chapter_with_faults_is_not_taken_over(uitvoer, capsys):
    pad = write_word(uitvoer / "arbeidsmarkt.docx", "Er zijn 4.711 banen.", "En [werkloosheit].")
    code, out = run(capsys, "tekst", "uit-word", pad, "--uit", uitvoer)
    assert code == 1
    assert "alinea 1" in out and "alinea 2" in out and "monitor tekst uit-word" in out
    assert not (uitvoer / "edities" / "2026" / "teksten").exists()
    code, out = run(capsys, "tekst", "voorbeeld", pad, "--uit", uitvoer)
    assert code == 1 and "Open in uw browser" in out


def test_the_list_shows_what_is_printed_today(uitvoer, capsys):
    code, out = run(capsys, "tekst", "lijst", "werkloosheid", "--uit", uitvoer)
    assert code == 0 and "[werkloosheid]" in out
    assert run(capsys, "tekst", "lijst", "bestaatniet", "--uit", uitvoer)[0] == 2
