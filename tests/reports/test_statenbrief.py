"""The letter to PS: filled from a template that the secretariat edits in Word, as Word leaves it."""

import copy
import io
import itertools
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from begrippen.huisstijl import GUNSTIG_VLAK, office
from reports.hoofdstukken.boodschappen import Boodschap
from reports.inhoud import Doel
from reports.stukken.briefsjabloon import BLOKKEN, WOORDEN, read_statenbrief, vaste_woorden
from reports.stukken.statenbrief import Vulling, write_statenbrief
from reports.tekst.fout import FOUT, TekstError
from reports.tekst.wordbestand import UITGEPAKT
from tests.reports.briefkeuring import faults, text_of
from tests.reports.test_pdf import make_tabel
from tests.reports.voorbeeldcijfers import make_cijfers

SJABLOON = Path(__file__).parents[2] / "reports" / "sjablonen" / "statenbrief.docx"
MOMENT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
MELDINGEN = ("Voorbeeldcijfers: verzonnen.", "Concept: nog niet vastgesteld.")
GEVULD = {n: f"<{n}>" for n in WOORDEN}
BOODSCHAPPEN = (
    Boodschap("Arbeidsmarkt.", "De werkloosheid is 3,2%.", Doel("arbeidsmarkt")),
    Boodschap("Wonen.", "Een woning kost veel.", Doel("thema/wonen")),
)
TABEL = replace(make_tabel(), noten=("Een noot.",))


def read(raw: bytes, woorden=GEVULD):
    cijfers = replace(make_cijfers(), vast=vaste_woorden(woorden))
    return read_statenbrief("brief.docx", raw, cijfers, ("Wet 7",))


def make(raw: bytes, meldingen=MELDINGEN, boodschappen=BOODSCHAPPEN, tabellen=None) -> bytes:
    tabellen = dict.fromkeys(BLOKKEN, TABEL) if tabellen is None else tabellen
    vulling = Vulling(boodschappen, tabellen, meldingen, "Brief aan Provinciale Staten", "Provincie Drenthe")
    return write_statenbrief(read(raw), vulling, MOMENT)


def edited(*alineas, stijl: str = "Normal", edit=None) -> bytes:
    """The template with these paragraphs before its last heading; `edit` may do more to the document.

    A paragraph is a text, or a tuple of the pieces into which Word cut it.
    """
    document = docx.Document(str(SJABLOON))
    last = next(p for p in reversed(document.paragraphs) if p.style.name == "Heading 2")
    for alinea in alineas:
        new = last.insert_paragraph_before("", style=stijl)
        for piece in (alinea,) if isinstance(alinea, str) else alinea:
            new.add_run(piece)
    if edit:
        edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def told(raw: bytes) -> str:
    return "\n".join(str(f) for f in read(raw).fouten if f.ernst == FOUT)


@pytest.fixture(scope="module")
def brief() -> bytes:
    return make(SJABLOON.read_bytes())


def test_the_template_has_no_faults_and_uses_what_a_letter_knows():
    assert read(SJABLOON.read_bytes()).fouten == []
    raw = text_of(SJABLOON.read_bytes())
    used = set(re.findall(r"\{\{ (\w+)\(\) \}\}", raw))
    assert set(BLOKKEN) <= used <= {*BLOKKEN, *WOORDEN}


def test_the_letter_reads_well_for_eye_and_ear(brief):
    assert faults(brief, " ".join(MELDINGEN)) == []
    text = text_of(brief)
    assert "Onderwerp: <titel>" in text and "Datum: <datum>" in text
    assert text.index("Kernboodschap") < text.index("Toelichting") < text.index("Vervolg")
    assert "Arbeidsmarkt. De werkloosheid is 3,2%." in text
    assert text.count("Banen per gemeente") == 3, "elke tabel heeft een bijschrift"


def test_messages_become_a_numbered_list_in_the_form_of_their_paragraph(brief):
    document = docx.Document(io.BytesIO(brief))
    found = [p for p in document.paragraphs if p.style.name == "Boodschap"]
    assert [p.text.split(".")[0] for p in found] == ["Arbeidsmarkt", "Wonen"]
    assert [r.bold for r in found[0].runs] == [True, None]


def test_a_table_has_headings_a_caption_and_its_tint(brief):
    table = docx.Document(io.BytesIO(brief)).tables[0]
    assert [c.text for c in table.rows[0].cells] == ["Gemeente", "Jaar 0", "Jaar 1"]
    assert table._tbl.find(f".//{qn('w:shd')}").get(qn("w:fill")) == office(GUNSTIG_VLAK)
    assert table.style.name == "Cijfertabel"


def test_without_figures_the_letter_says_so_and_announces_no_table():
    raw = make(SJABLOON.read_bytes(), boodschappen=(), tabellen=dict.fromkeys(BLOKKEN))
    text = text_of(raw)
    assert "De cijfers geven in deze editie geen boodschap." in text
    assert "tabel hieronder" not in text.lower() and not docx.Document(io.BytesIO(raw)).tables


def test_the_letter_leads_with_the_answer_of_the_front_page_also_where_too_little_is_known():
    kop = "Deze editie heeft te weinig recente cijfers om te zeggen of het in Drenthe beter of slechter gaat."
    vulling = Vulling(BOODSCHAPPEN, dict.fromkeys(BLOKKEN), MELDINGEN, "Brief", "Provincie Drenthe", kop)
    text = text_of(write_statenbrief(read(SJABLOON.read_bytes()), vulling, MOMENT))
    assert text.index("Kernboodschap") < text.index(kop) < text.index(BOODSCHAPPEN[0].tekst)
    text = text_of(write_statenbrief(read(SJABLOON.read_bytes()), replace(vulling, boodschappen=()), MOMENT))
    assert kop in text and "geen boodschap" not in text


def test_references_are_filled_however_word_cuts_them():
    raw = edited(
        ("De werkloosheid is {", "{ cij", "fer(“werk", "loosheid”) }", "} van alles."),
        'In {{ jaar("werkloosheid") }} was dat {{ verschil_nl("werkloosheid") }} Nederland.',
        ("Wij danken ", "{{ editie() }}", " keer."),
    )
    text = text_of(make(raw))
    assert "De werkloosheid is naar schatting 3,2% van alles." in text
    assert "In 2024 was dat 0,5 procentpunt lager, als het geen toeval is, dan Nederland." in text
    assert "Wij danken <editie> keer." in text


def test_words_keep_the_form_of_the_piece_in_which_they_begin():
    def bold(document):
        paragraph = next(p for p in document.paragraphs if p.text.startswith("Het is "))
        paragraph.runs[1].bold = True

    raw = edited(("Het is ", '{{ cijfer("werk', 'loosheid") }}', " nu."), edit=bold)
    paragraph = next(p for p in docx.Document(io.BytesIO(make(raw))).paragraphs if p.text.startswith("Het is "))
    assert [(r.text, r.bold) for r in paragraph.runs if r.text] == [
        ("Het is ", None),
        ("naar schatting 3,2%", True),
        (" nu.", None),
    ]


def test_what_an_if_leaves_out_is_gone_with_its_table():
    def table(document):
        end = next(p for p in document.paragraphs if "endif" in p.text)
        grid = document.add_table(1, 1)
        grid.cell(0, 0).text = "Alleen met bbp"
        end._p.addprevious(grid._tbl)

    raw = edited(
        '{% if aanwezig("bbp") %}', "Met bbp.", "{% else %}", "Zonder bbp.", "{% endif %}",
        '{% if not aanwezig("bbp") %}', "Er is geen bbp.", "{% endif %}",
    )  # fmt: skip
    text = text_of(make(raw))
    assert "Zonder bbp." in text and "Met bbp." not in text and "Er is geen bbp." in text
    raw = edited('{% if aanwezig("bbp") %}', "Met bbp.", "{% endif %}", edit=table)
    assert "Alleen met bbp" not in text_of(make(raw))


@pytest.mark.parametrize(
    ("alinea", "wat"),
    [
        ("De werkloosheid is 3,2%.", "een getal zonder verwijzing: '3,2%'"),
        ("Dat is tien procent minder.", "een getal in woorden"),
        ('De werkloosheid stijgt naar {{ cijfer("werkloosheid") }}.', "stijgt"),
        ("{{ boodschapen() }}", "'boodschapen' bestaat niet"),
        ('{{ cijfer("werkeloosheid") }}', "indicator 'werkeloosheid' bestaat niet"),
        ('{{ cijfer("bbp") }}', "heeft geen cijfers"),
        ("Tabel: {{ kerncijfers() }}", "kerncijfers staat niet alleen in een alinea"),
        ("{{ datum(2026) }}", "tussen de haakjes van datum staat niets"),
        ('Wel {% if aanwezig("bbp") %} en niet {% endif %}.', "een if midden in een alinea"),
        ("{# 3,2% #} en verder", "mag niet in een brief"),
        ("{{ cijfer('werkloosheid' }}", "niet te lezen"),
        ("{{ 3 }}", "losse tekst of een los getal"),
    ],
)
def test_a_typed_figure_or_a_wrong_reference_is_told_with_its_place_and_the_next_command(alinea, wat):
    found = told(edited(alinea))
    assert wat in found and "monitor tekst controleer" in found
    assert re.search(r"brief\.docx, alinea \d+: fout", found)
    with pytest.raises(TekstError, match="fout"):
        make(edited(alinea))


def test_an_unknown_reference_names_the_nearest():
    assert "Bedoelt u {{ boodschappen() }}?" in told(edited("{{ boodschapen() }}"))
    assert "De alinea begint met: ‘De werkloosheid is 3,2%.’" in told(edited("De werkloosheid is 3,2%."))


def test_addresses_may_have_digits_but_not_below_the_first_heading():
    assert told(edited("Postbus 122, 9400 AC Assen")) != ""
    assert "boven de eerste kop" in told(edited("Postbus 122, 9400 AC Assen", stijl="Briefgegevens"))

    def above(document):
        document.paragraphs[0].insert_paragraph_before("Postbus 122, 9400 AC Assen", style="Briefgegevens")
        document.sections[0].footer.paragraphs[0].insert_paragraph_before("Westerbrink 1, telefoon 0592 36 55 55")

    assert told(edited("Volgens Wet 7 mag dat.", edit=above)) == ""


def _track(document):
    inserted = OxmlElement("w:ins")
    inserted.append(copy.deepcopy(document.paragraphs[8]._p.r_lst[0]))
    document.paragraphs[8]._p.append(inserted)


def _comment(document):
    document.add_comment(document.paragraphs[8].runs[0], "Klopt dit?", "Iemand")


@pytest.mark.parametrize(("edit", "wat"), [(_track, "bijgehouden wijzigingen"), (_comment, "opmerkingen")])
def test_what_must_not_reach_a_reader_stops_the_letter(edit, wat):
    assert wat in told(edited(edit=edit))


def test_what_a_field_of_word_shows_is_no_typed_figure():
    def number(document):
        paragraph = next(p for p in document.paragraphs if p.text.startswith("Bladzijde"))
        for soort in ("begin", "separate", None, "end"):
            run = paragraph.add_run("7" if soort is None else "")
            if soort:
                char = OxmlElement("w:fldChar")
                char.set(qn("w:fldCharType"), soort)
                run._r.append(char)

    assert told(edited("Bladzijde ", edit=number)) == ""


def test_every_kind_of_header_says_what_every_page_must():
    def headers(document):
        document.sections[0].different_first_page_header_footer = True
        document.settings.odd_and_even_pages_header_footer = True
        section = document.add_section()
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Een eigen kop"

    assert faults(make(edited(edit=headers)), " ".join(MELDINGEN)) == []
    final = make(SJABLOON.read_bytes(), meldingen=())
    assert faults(final, "") == [] and "oncept" not in text_of(final)


def test_a_template_without_our_styles_still_becomes_a_letter():
    def strip(document):
        for naam in ("Caption", "Melding", "Tabeltekst", "Cijfertabel"):
            style = document.styles[naam]
            style.element.getparent().remove(style.element)

    assert faults(make(edited(edit=strip)), " ".join(MELDINGEN)) == []


def test_a_damaged_document_of_word_is_refused_whatever_finds_it():
    raw = SJABLOON.read_bytes()
    for place in range(200, len(raw), len(raw) // 150):
        damaged = raw[:place] + bytes([raw[place] ^ 0x10]) + raw[place + 1 :]
        try:
            read(damaged)
        except TekstError as error:
            assert "brief.docx" in str(error)


def test_what_is_no_document_of_word_is_refused():
    with pytest.raises(TekstError, match=r"(?s)brief\.docx is geweigerd: .*geen Word.*monitor tekst controleer"):
        read(b"geen zip")
    with pytest.raises(TekstError, match="geen document van Word"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as zip_:
            zip_.writestr("iets.txt", "x")
        read(out.getvalue())


@pytest.mark.parametrize(
    ("naam", "inhoud", "wat"),
    [
        ("word/extra.xml", b"0" * (UITGEPAKT + 1), "uitgepakt is het groter"),
        ("word/extra.xml", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>', "DTD"),
        ("word/vbaProject.bin", b"x", "een macro"),
    ],
)
def test_a_template_that_may_not_be_opened_is_refused_by_name(naam, inhoud, wat):
    """Whoever writes the letter gets it from others, as a text of an edition: the same limits hold."""
    out = io.BytesIO(SJABLOON.read_bytes())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr(naam, inhoud)
    with pytest.raises(TekstError, match=f"(?s)brief.docx is geweigerd: .*{wat}.*monitor tekst controleer"):
        read(out.getvalue())


def test_the_same_letter_is_the_same_bytes_with_the_date_of_the_build(brief):
    assert make(SJABLOON.read_bytes()) == brief
    with zipfile.ZipFile(io.BytesIO(brief)) as zip_:
        assert {i.date_time for i in zip_.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert zip_.read("docProps/core.xml").count(b"2026-11-22T02:30:00Z") == 2


def _lost_alt(document):
    node = document.tables[0]._tbl.tblPr.find(qn("w:tblCaption"))
    node.getparent().remove(node)


def _lost_head(document):
    node = document.tables[0]._tbl.tr_lst[0].trPr.find(qn("w:tblHeader"))
    node.getparent().remove(node)


def _left_over(document):
    document.paragraphs[5].add_run("{{ cijfer }}")


def _skip(document):
    next(p for p in document.paragraphs if p.style.name == "Heading 2").style = document.styles["Heading 3"]


def _no_notice(document):
    document.sections[0].header.paragraphs[0].text = ""


@pytest.mark.parametrize(
    ("broken", "wat"),
    [(_lost_alt, "tblCaption"), (_lost_head, "kop komt niet terug"), (_left_over, "nog een verwijzing"),
     (_skip, "slaat een niveau over"), (_no_notice, "ontbreekt de melding")],
)  # fmt: skip
def test_the_check_finds_what_is_broken_on_purpose(brief, broken, wat):
    document = docx.Document(io.BytesIO(brief))
    broken(document)
    out = io.BytesIO()
    document.save(out)
    assert any(wat in w for w in faults(out.getvalue(), MELDINGEN[0]))


ZIN = 'In {{ jaar("werkloosheid") }} was de werkloosheid {{ cijfer("werkloosheid") }}, {{ editie() }}.'


@given(st.lists(st.integers(1, len(ZIN) - 1), max_size=12, unique=True))
@settings(max_examples=25, deadline=None)
def test_any_cut_of_a_sentence_gives_the_same_sentence(cuts):
    edges = [0, *sorted(cuts), len(ZIN)]
    pieces = tuple(ZIN[a:b] for a, b in itertools.pairwise(edges))
    assert "In 2024 was de werkloosheid naar schatting 3,2%, <editie>." in text_of(make(edited(pieces)))
