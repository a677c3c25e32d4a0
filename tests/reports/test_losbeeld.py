"""A figure that a reader takes away says what it is, where it is from and of which edition."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from reports.bladschrijver import figuurbestand
from reports.document import Blad, Kop
from reports.html import write_html
from reports.inhoud import Bestand, Koppeling
from reports.losbeeld import find_losse
from tests.reports.test_pdf import make_document, make_figuur

SVG = "{http://www.w3.org/2000/svg}"


def test_the_file_of_a_figure_says_title_source_edition_and_what_every_page_says(tmp_path: Path) -> None:
    figuur = make_figuur()
    bron = ("Bron: CBS & UWV, tabel 1. Download de cijfers: ", Koppeling("CSV", Bestand("data/x.csv")), ".")
    figuur = replace(figuur, bijschrift=bron)
    blad = Blad("thema/wonen", "Wonen", "", (Kop(2, "Prijs < 1", "prijs"), figuur))
    document = make_document(bladen=(Blad("index", "Stand", "", ()), blad), concept=True, melding="Verzonnen.")
    assert [waarvan for _, waarvan in find_losse(blad)] == ["Wonen: Prijs < 1"]
    write_html(document, tmp_path)
    root = ET.fromstring((tmp_path / figuurbestand(blad, figuur).pad).read_text("utf-8"))
    said = " ".join(t.text or "" for t in root.findall(f"{SVG}text"))
    for text in (
        f"Wonen: Prijs < 1 {figuur.figuur.kop}",
        "Bron: CBS & UWV, tabel 1.",
        f"{document.titel}, editie {document.editie}, {document.uitgever}. Verzonnen. Concept: nog niet vastgesteld.",
    ):
        assert text in said, said
    assert "Download" not in said
    assert root.findtext(f"{SVG}title") == f"Wonen: Prijs < 1: {figuur.figuur.kop}"
    assert (root.findtext(f"{SVG}desc") or "").startswith(figuur.figuur.alt)
    # the picture as the page has it, between the words: nothing of it falls off
    (picture,) = root.findall(f"{SVG}svg")
    texts = [float(t.get("y", "0")) for t in root.findall(f"{SVG}text")]
    top, high = float(picture.get("y", "0")), float(picture.get("height", "0"))
    assert all(y < top or y > top + high for y in texts) and max(texts) < float(root.get("height", "0"))
