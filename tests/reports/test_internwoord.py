"""No word of our machinery reaches a reader: the closed list, on pages, in print, on slides and in the letter."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from html import unescape

import pytest

from reports.document import Alinea, Blad, Codeblok, Document, Figuur, Figuurblok, Kop, Uitklap
from reports.fout import DocumentError
from reports.html import write_html
from reports.inhoud import Code, met_code
from reports.internwoord import INTERN, check_office, check_woorden, find_woorden, refuse_intern
from reports.samenstelling import make_document
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from tests.reports.voorbeeldanalyse import ANALYSES
from tests.reports.voorbeeldrapport import make_rapport

WOORDEN = (
    *("momentopname", "Momentopnamen", "rmbw", "n.t.b.", "tw_per_arbeidsjaar", "reken.toets", "traceback", "NaN"),
    *("None", "TODO", "00c3a9f2-1c1e-4a3b-9a35-1f1e5e6c7d8e", "{{ cijfer }}", "geen sjabloon meer"),
    *("Gemaakt uit bouw 2026", "Geen kaart maar een tabel", "die klasse is de kaart vestigingen"),
)


def blad(*blokken) -> Document:
    return Document("Rapport", "", 2026, date(2026, 11, 29), (Blad("index", "Begin", "", tuple(blokken)),))


@pytest.mark.parametrize("woord", WOORDEN)
def test_a_planted_word_is_found_wherever_it_is_read(woord: str) -> None:
    tabel = Tabel("t", "Cijfers", (Kolom(("Naam",)), Kolom(("Wat",))), (Rijgroep((Rij(("a",), (Cel((woord,)),)),)),))
    figuur = Figuurblok("f", Figuur("<svg/>", "Kop", f"Een lijn van {woord} omhoog."))
    for blok in (Alinea((f"Dit is {woord} hier.",)), Kop(2, f"Over {woord} hier", "k"), figuur, tabel):
        (wrong,) = check_woorden(blad(blok))[:1]
        assert wrong.startswith("index: ")
        with pytest.raises(DocumentError, match="woorden van de machine"):
            refuse_intern({"website": [wrong]})


@pytest.mark.parametrize(
    "zin",
    [
        "Het bestand drenthe-2026.parquet is een download van https://example.nl/a_b/c.",
        "Nederland had in 2024 3,4% werkloosheid; het verschil is 0,5 procentpunt.",
        "Download de cijfers: CSV, Parquet.",
        "n.b. betekent niet beschikbaar.",
    ],
)
def test_what_a_reader_knows_is_let_through(zin: str) -> None:
    assert find_woorden(zin) == []


def test_what_walks_back_to_the_source_may_name_tables_and_columns() -> None:
    terug = Uitklap("Hoe kwam dit tot stand", (Alinea(("cel van netto_participatie",)),))
    naam = Alinea(met_code("Zie `bbp_per_inwoner` en monitor.bewering_klein."))
    assert check_woorden(blad(terug, Codeblok("vraag", "FROM kern.waarneming"), naam)) == []
    assert [r.tekst for r in naam.inhoud if isinstance(r, Code)] == ["bbp_per_inwoner", "monitor.bewering_klein"]


def test_every_word_of_the_list_says_what_to_write_instead() -> None:
    assert all(len(beter.split()) >= 2 for beter in INTERN.values())


def test_a_report_has_none_in_its_model_nor_in_its_rendered_text(tmp_path) -> None:
    document = make_document(make_rapport(), ANALYSES)
    assert check_woorden(document) == []
    write_html(document, tmp_path)
    for path in sorted(tmp_path.rglob("*.html")):
        text = re.sub(r"<(script|style|code|pre)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.S)
        while (less := re.sub(r"<details\b(?:(?!<details).)*?</details>", " ", text, flags=re.S)) != text:
            text = less
        lines = (unescape(re.sub(r"<[^>]+>", "", line)) for line in re.split(r"</(?:p|li|td|th|h\d|dt|dd|text)>", text))
        assert [(path.name, w) for line in lines for w in find_woorden(line)] == []


def test_a_file_of_office_is_read_as_text() -> None:
    # slides and letters are zip files of XML: what stands in them is read as a reader sees it
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("ppt/slides/slide1.xml", "<a:t>De bijstand</a:t><a:t>daalt in momentopname 3</a:t>")
        bundle.writestr("docProps/app.xml", "<x>dagster</x>")
    (wrong,) = check_office(out.getvalue())
    assert "momentopname" in wrong and "slide1" in wrong
