"""The texts of an edition in the report of a build, and what its pages say of their state."""

from pathlib import Path

import pytest

from assets.rapport.editie import Editie, Editiemap
from assets.rapport.schrijven import read_uitgave, write_rapport
from assets.rapport.tekst import all_bladen
from assets.vragen.rapport import read_rapport
from reports.document import Alinea, walk
from reports.fout import DocumentError
from reports.inhoud import plain
from reports.tekst.fout import TekstError
from reports.tekst.verwijzingen import FUNCTIES
from tests.rapport.voorbeeldbouw import write_database

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return write_database(tmp_path_factory.mktemp("bouw") / "monitor.duckdb")


def words(blad):
    return " ".join(plain(b.inhoud) for b in walk(blad.blokken) if isinstance(b, Alinea))


def test_a_text_comes_into_its_chapter_with_the_figures_of_the_build(database):
    tekst = 'In {{ jaar("werkloosheid") }} was {{ cijfer("werkloosheid") }} werkloos.'
    editiemap = Editiemap(Editie(jaar=2026), teksten=(("edities/2026/teksten/arbeidsmarkt.md", tekst),))
    uitgave = read_uitgave(database, editiemap)
    assert "In 2025 was naar schatting 3,8%* werkloos." in words(uitgave.document.blad("arbeidsmarkt"))
    assert uitgave.document.concept


def test_a_text_for_a_chapter_without_figures_is_left_out(database):
    editiemap = Editiemap(Editie(jaar=2026), teksten=(("t/milieu.md", "---\nhoofdstuk: thema/milieu\n---\nTekst."),))
    bladen = {b.id for b in read_uitgave(database, editiemap).document.bladen}
    assert "thema/milieu" not in bladen


def test_a_fault_stops_the_report_before_anything_is_written(database, tmp_path):
    editiemap = Editiemap(Editie(jaar=2026), teksten=(("t/arbeidsmarkt.md", "Er is 3,9% werkloos."),))
    with pytest.raises(TekstError, match=r"t/arbeidsmarkt\.md, regel 1"):
        write_rapport(database, tmp_path / "uit", editiemap=editiemap)
    assert not (tmp_path / "uit").exists()


def test_a_word_of_the_machine_stops_the_report_before_anything_is_written(database, tmp_path):
    editiemap = Editiemap(Editie(jaar=2026), teksten=(("t/arbeidsmarkt.md", "De pendel: TODO."),))
    with pytest.raises(DocumentError, match="arbeidsmarkt: 'TODO'"):
        write_rapport(database, tmp_path / "uit", editiemap=editiemap)
    assert not (tmp_path / "uit").exists()


def test_a_refresh_of_a_frozen_edition_says_what_it_is(database):
    editiemap = Editiemap(Editie(jaar=2026, staat="bevroren"))
    document = read_uitgave(database, editiemap, tussenstand="Tussenstand.").document
    assert not document.concept
    assert document.melding.endswith("Tussenstand.")


def test_every_function_and_only_pages_that_there_are_stand_in_the_manual(database):
    text = (DOCS / "teksten.md").read_text(encoding="utf-8")
    assert all(f"{{{{ {naam}(" in text for naam in FUNCTIES)
    listed = text.partition("Hoofdstukken: ")[2].partition("Een hoofdstuk")[0]
    bladen = all_bladen(read_rapport(database))
    for blad in (b for b in bladen if "/" not in b and b != "index"):
        assert f"`{blad}`" in listed, blad
