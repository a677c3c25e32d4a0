"""The pack for GS and PS from a built database: where it lands, whose template, and that its bytes repeat."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from assets.rapport.bevriezen import changed_since
from assets.rapport.brief import SJABLOON
from assets.rapport.editie import Editie, Editiemap, read_editiemap
from assets.rapport.gspakket import make_gspakket
from assets.rapport.schrijven import read_uitgave, write_rapport
from assets.rapport.tekst import check_teksten
from reports.html import notices
from reports.tekst.fout import TekstError
from tests.rapport.voorbeeldbouw import write_database
from tests.reports import briefkeuring, diakeuring
from tests.toegankelijk.pdfboom import faults

NAMEN = {"presentatie.pptx", "statenbrief.docx"}


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> Path:
    return write_database(tmp_path_factory.mktemp("bouw") / "monitor.duckdb")


@pytest.fixture(scope="module")
def uitgave(database):
    return read_uitgave(database)


def make(uitgave, editiemap=None):
    return make_gspakket(
        uitgave.rapport, uitgave.analyses, uitgave.cijfers, uitgave.document, editiemap or uitgave.editiemap
    )  # fmt: skip


def own_letter(folder: Path, *alineas: str) -> Editiemap:
    """An edition with a template of its own, which has these paragraphs at its end."""
    folder.mkdir()
    (folder / "editie.toml").write_text("jaar = 2026\n", encoding="utf-8")
    document = docx.Document(str(SJABLOON))
    for alinea in alineas:
        document.add_paragraph(alinea)
    document.save(str(folder / "statenbrief.docx"))
    return read_editiemap(folder, 2026)


def test_it_lands_beside_the_questions_and_is_sound_in_all_its_parts(database, uitgave, tmp_path):
    write_rapport(database, tmp_path)
    made = {p.name: p.read_bytes() for p in (tmp_path / "stukken").iterdir()}
    voor_de_makers = {"leesbaarheid.csv", "bladvulling.csv"}
    assert set(made) == NAMEN | voor_de_makers | {"gs-blad.pdf", "toegangslijst.html", "vragen-en-antwoorden.html"}
    said = " ".join(notices(uitgave.document))
    assert "verzonnen" in said and "Concept" in said
    assert faults(tmp_path / "stukken" / "gs-blad.pdf") == []
    assert diakeuring.faults(made["presentatie.pptx"], said) == []
    assert briefkeuring.faults(made["statenbrief.docx"], said) == []
    assert not [p for p in (tmp_path / "rapport").iterdir() if p.name in {*NAMEN, "gs-blad.pdf"}], (
        "het pakket is niet voor publicatie"
    )


def test_the_same_build_gives_the_same_bytes(uitgave):
    een, twee = make(uitgave), make(uitgave)
    assert set(een) == NAMEN
    assert [naam for naam in een if een[naam] != twee[naam]] == []


def test_an_edition_may_have_a_template_of_its_own(uitgave, tmp_path):
    editiemap = own_letter(tmp_path / "2026", 'De werkloosheid is {{ cijfer("werkloosheid") }}.')
    text = briefkeuring.text_of(make(uitgave, editiemap)["statenbrief.docx"])
    assert "De werkloosheid is naar schatting 3,8%*." in text
    assert "De werkloosheid is 3,8%*." not in briefkeuring.text_of(make(uitgave)["statenbrief.docx"])


def test_a_fault_in_the_letter_stops_the_build_before_anything_is_written(database, uitgave, tmp_path):
    editiemap = own_letter(tmp_path / "2026", "De werkloosheid is 3,8%.")
    _, fouten = check_teksten(editiemap, uitgave.rapport, uitgave.cijfers)
    assert [f.wat for f in fouten] == ["een getal zonder verwijzing: '3,8%'"]
    with pytest.raises(TekstError, match=r"edities/2026/statenbrief\.docx, alinea \d+: fout"):
        write_rapport(database, tmp_path / "uit", editiemap=editiemap)
    assert not (tmp_path / "uit").exists()


def test_a_changed_template_is_a_change_of_a_frozen_edition(tmp_path, monkeypatch):
    before = own_letter(tmp_path / "2026")
    sealed = tmp_path / "zegel" / "editie"
    shutil.copytree(tmp_path / "2026", sealed)

    class Zegel:
        pad = None

    from contextlib import contextmanager

    @contextmanager
    def opened(pad, _):
        yield None, tmp_path / "zegel"

    monkeypatch.setattr("assets.rapport.bevriezen.opened_zegel", opened)
    assert changed_since(Zegel(), before) == []
    document = docx.Document(io.BytesIO(SJABLOON.read_bytes()))
    document.add_paragraph("Meer woorden.")
    document.save(str(tmp_path / "2026" / "statenbrief.docx"))
    assert changed_since(Zegel(), before) == ["statenbrief.docx"]


def test_an_edition_that_stands_says_nothing_of_a_draft(database):
    uitgave = read_uitgave(database, Editiemap(Editie(jaar=2026, staat="bevroren")))
    zonder = replace(uitgave, document=replace(uitgave.document, melding=None))
    made = make(zonder)
    assert briefkeuring.faults(made["statenbrief.docx"], "") == []
    assert "Deze editie is vastgesteld." in briefkeuring.text_of(made["statenbrief.docx"])
    assert diakeuring.faults(made["presentatie.pptx"], "Stand van de Drentse economie 2026") == []
