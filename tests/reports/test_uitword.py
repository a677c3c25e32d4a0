"""A chapter from Word: what comes of it, what is refused, and that nothing in it is more than text."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from reports.document import Alinea, Citaat, Kop, Lijst, runs
from reports.inhoud import Koppeling, Nadruk, plain
from reports.tekst import wordbestand
from reports.tekst.cijfers import VerwijzingError
from reports.tekst.fout import TekstError
from reports.tekst.haakjes import as_haakjes, read_haakjes
from reports.tekst.uitword import check_word
from reports.tekst.verwijzingenlijst import list_verwijzingen
from tests.reports.voorbeeldcijfers import make_cijfers

CIJFERS = make_cijfers()


def bytes_of(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_word(*alineas):
    """A document of paragraphs: a text, or (text, style)."""
    document = docx.Document()
    for a in alineas:
        document.add_paragraph(*((a,) if isinstance(a, str) else a))
    return document


def check(document, **velden):
    raw = document if isinstance(document, bytes) else bytes_of(document)
    velden = {"hoofdstuk": "arbeidsmarkt"} | velden
    return check_word("arbeidsmarkt.docx", raw, CIJFERS, ["arbeidsmarkt"], velden=velden)


def faults(document):
    return [f for f in check(document)[2] if f.ernst == "fout"]


def printed(*alineas):
    _, tekst, fouten = check(make_word(*alineas))
    assert not [f for f in fouten if f.ernst == "fout"], [str(f) for f in fouten]
    return " ".join(plain(tuple(runs(b))) for b in tekst.blokken)


# --- references ---


@pytest.mark.parametrize(
    ("haakjes", "call"),
    [
        ("werkloosheid", 'cijfer("werkloosheid")'),
        ("werkloosheid, Emmen", 'cijfer("werkloosheid", regio="GM0114")'),
        ("Werkloosheidspercentage, emmen, 2022", 'cijfer("werkloosheid", regio="GM0114", periode="2022")'),
        ("werkloosheid, 2022, Emmen", 'cijfer("werkloosheid", periode="2022", regio="GM0114")'),
        ("jaar werkloosheid", 'jaar("werkloosheid")'),
        ("jaar: werkloosheid, Emmen", 'jaar("werkloosheid", regio="GM0114")'),
        ("verschil werkloosheid", 'verschil_nl("werkloosheid")'),
        ("verschil nl werkloosheid", 'verschil_nl("werkloosheid")'),
        ("verandering werkloosheid, sinds 2020", 'verandering("werkloosheid", sinds="2020")'),
        ("trend bevolking, meervoud", 'trend("bevolking", meervoud=true)'),
        ("plaats werkloosheid", 'rang("werkloosheid")'),
        ("hoogste werkloosheid", 'hoogste("werkloosheid")'),
        ("Als er is: bbp", 'cijfer("bbp")'),
        ("citaat ruim 265.000, of meer, Koers 2024", 'citaat("ruim 265.000, of meer", "Koers 2024")'),
    ],
)
def test_a_reference_in_brackets_is_a_call(haakjes, call):
    assert read_haakjes(haakjes, CIJFERS).call == call


@pytest.mark.parametrize(
    ("haakjes", "wat", "advies"),
    [
        ("werkloosheit", "bestaat niet", "werkloosheid"),
        ("werkloosheid, Emen", "bestaat niet", "Emmen"),
        ("", "tussen vierkante haken", "[werkloosheid, Emmen]"),
        ("trend werkloosheid, 2020", "kent geen jaar", "weg"),
        ("hoogste werkloosheid, Emmen", "kent geen 'Emmen'", "weg"),
        ("werkloosheid, Emmen, Assen", "twee waarden voor regio", "weg"),
        ("werkloosheid,, 2020", "een komma te veel", "[werkloosheid, Emmen, 2022]"),
        ("trend", "geen cijfer", "[werkloosheid, Emmen]"),
        ('x") }} {{ cijfer("werkloosheid', "tussen vierkante haken", "monitor tekst lijst"),
    ],
)
def test_a_wrong_reference_says_what_is_allowed(haakjes, wat, advies):
    with pytest.raises(VerwijzingError) as error:
        read_haakjes(haakjes, CIJFERS)
    assert wat in error.value.wat
    assert advies in error.value.vervolg


def test_a_name_of_two_cards_is_refused():
    from dataclasses import replace

    twee = replace(CIJFERS.indicatoren["participatie"], id="p2")
    cijfers = replace(CIJFERS, indicatoren=CIJFERS.indicatoren | {"p2": twee})
    with pytest.raises(VerwijzingError, match="meer dan één"):
        read_haakjes("netto participatie", cijfers)


def test_the_list_holds_only_references_that_can_be_typed():
    rijen = list_verwijzingen(CIJFERS)
    assert ("[werkloosheid]", "naar schatting 3,2% (Werkloosheidspercentage)") in rijen
    for verwijzing, wat in rijen:
        call = read_haakjes(verwijzing.strip("[]"), CIJFERS).call
        assert printed(f"Het is {verwijzing}.").startswith("Het is "), (verwijzing, call, wat)
    assert ("[werkloosheid, Emmen]", "naar schatting 4,2% (Werkloosheidspercentage)") in list_verwijzingen(
        CIJFERS, "werkl", "Emmen"
    )


def test_advice_is_told_in_the_form_of_word():
    assert as_haakjes('Schrijf: {{ verandering("bbp", "PV22", sinds=2020) }}.') == (
        "Schrijf: [verandering bbp, PV22, sinds 2020]."
    )


# --- form ---


def test_styles_of_word_become_blocks():
    document = make_word(
        ("Een titel", "Heading 1"),
        "In [jaar werkloosheid] was [werkloosheid] werkloos.",
        ("Tussenkop", "Heading 2"),
        ("een", "List Bullet"),
        ("twee", "List Bullet"),
        ("eerst", "List Number"),
        ("Woorden.", "Quote"),
        ("— bron: Koers, paragraaf 1.1", "Quote"),
    )
    p = document.add_paragraph("Een ")
    p.add_run("sterk ").bold = True
    p.add_run("woord.")
    woord, tekst, fouten = check(document)
    assert not fouten, [str(f) for f in fouten]
    titel, alinea, kop, punten, nummers, citaat, laatste = tekst.blokken
    assert isinstance(titel, Kop) and titel.tekst == "Een titel" and isinstance(kop, Kop)
    assert plain(alinea.inhoud) == "In 2024 was naar schatting 3,2% werkloos."
    assert punten == Lijst((("een",), ("twee",))) and nummers == Lijst((("eerst",),), genummerd=True)
    assert citaat == Citaat(("Woorden.",), "Koers, paragraaf 1.1")
    assert laatste == Alinea(("Een ", Nadruk("sterk"), " woord."))
    assert woord.bron.startswith("---\nhoofdstuk: arbeidsmarkt\ntitel: Een titel\n---\n")


def test_a_reference_survives_that_word_cut_it_into_pieces():
    document = docx.Document()
    p = document.add_paragraph("Er is ")
    for n, stuk in enumerate(("[werk", "loosheid, ", "Emmen]")):
        p.add_run(stuk).bold = n == 1
    p.add_run(" werkloos in [jaar werkloosheid, Emmen].")
    _, tekst, fouten = check(document)
    assert not fouten, [str(f) for f in fouten]
    assert plain(tekst.blokken[0].inhoud) == "Er is naar schatting 4,2% werkloos in 2024."


def test_a_paragraph_can_wait_for_a_figure():
    assert printed("[als er is: bbp] Het bbp is [bbp].", "Dit staat er.") == "Dit staat er."
    assert printed("[als er is: werkloosheid] Dit ook.") == "Dit ook."


def test_a_link_of_word_is_a_link():
    document = docx.Document()
    p = document.add_paragraph("Zie ")
    id_ = document.part.relate_to("https://voorbeeld.nl/2024", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, True)
    link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{id_}"><w:r><w:t>de site</w:t></w:r></w:hyperlink>')
    p._p.append(link)
    assert Koppeling("de site", "https://voorbeeld.nl/2024") in check(document)[1].blokken[0].inhoud


def test_all_faults_come_at_once_with_their_paragraphs():
    document = make_word(
        "Goed.", "Er zijn 4.711 banen.", "Het is [werkloosheit].", "De werkloosheid stijgt: [werkloosheid]."
    )
    found = faults(document)
    assert [f.regel for f in found] == [2, 3, 4]
    assert all(f.eenheid == "alinea" and "De alinea begint met" in f.advies for f in found)
    assert "[trend werkloosheid, PV22]" in found[2].advies


# --- what is typed is text ---


@pytest.mark.parametrize(
    "woorden",
    [
        '{{ cijfer("werkloosheid") }}', "{% if x %}", "{# weg #}", "<script>alert()</script>", "<b>x</b>", "&lt;",
        "#let x = read(\"/etc/passwd\")", "*ster* en _streep_", "`code`", "!(y)", "# Kop", "## Kop", "> citaat",
        "- streepje", "+ plus", "$ e = mc $", "\\ schuin", "a | b", "~~weg~~", "---", "===", "@naam", "&amp; &hellip;",
    ],
)  # fmt: skip
def test_signs_come_out_as_they_were_typed(woorden):
    assert printed(f"Voor {woorden} na.") == f"Voor {woorden} na."
    assert printed(woorden) == woorden


@pytest.mark.parametrize(
    ("alinea", "wat"),
    [("Er zijn 12 dingen.", "zonder verwijzing"), ("1. een", "zonder verwijzing"), ("&#50; banen", "zonder verwijzing"),
     ("Los [haakje", "zonder de andere"), ("[x](javascript:alert)", "bestaat niet"), ("een\u200bvlek", "onzichtbaar")],
)  # fmt: skip
def test_what_a_text_may_not_hold_is_refused_from_word_too(alinea, wat):
    assert any(wat in f.wat for f in faults(make_word(alinea))), [str(f) for f in faults(make_word(alinea))]


@pytest.mark.parametrize(
    ("element", "wat"),
    [
        ("w:drawing", "een plaatje"), ("w:object", "een ingesloten object"), ("w:ins", "een bijgehouden wijziging"),
        ("w:footnoteReference", "een voetnoot"), ("w:commentReference", "een opmerking"), ("w:fldSimple", "een veld"),
        ("w:vanish", "verborgen tekst"), ("w:sym", "een teken uit"), ("w:pict", "een plaatje"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_named(element, wat):
    document = make_word("Eerst.", "Hier.")
    document.paragraphs[1].runs[0]._r.append(OxmlElement(element))
    (fout,) = faults(document)
    assert wat in fout.wat
    assert fout.regel == 2


def test_a_table_a_deep_list_and_an_empty_document_are_refused():
    document = make_word("x")
    document.add_table(1, 1)
    assert "tabel" in faults(document)[0].wat
    assert any("geen woorden" in f.wat for f in faults(docx.Document()))


# --- an attack ---


def with_part(naam, inhoud, document=None):
    raw = io.BytesIO(bytes_of(document or make_word("Tekst.")))
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr(naam, inhoud)
    return raw.getvalue()


def replaced(naam, old, new):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes_of(make_word("Tekst.")))) as van, zipfile.ZipFile(out, "w") as naar:
        for deel in van.namelist():
            inhoud = van.read(deel)
            naar.writestr(deel, inhoud.replace(old, new) if deel == naam else inhoud)
    return out.getvalue()


BOM = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
)
EXTERN = (
    b'<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://127.0.0.1/x" TargetMode="External"/>'
)


@pytest.mark.parametrize(
    ("raw", "wat"),
    [
        (b"geen zip", "geen Word-document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Word-bestand"),
        (b"PK\x03\x04" + b"\0" * 40, "geen Word-document"),
        (with_part("word/vbaProject.bin", b"x"), "een macro"),
        (with_part("word/embeddings/oleObject1.bin", b"x"), "een ingesloten bestand"),
        (with_part("word/activeX/activeX1.xml", b"<x/>"), "een besturingselement"),
        (with_part("word/afchunk.htm", b"<html>"), "een ander document"),
        (with_part("word/extra.xml", b"0" * (wordbestand.UITGEPAKT + 1)), "uitgepakt is het groter"),
        (replaced("word/styles.xml", b"<w:styles ", b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><w:styles "), "DTD"),
        (with_part("word/extra.xml", BOM), "DTD"),
        (with_part("word/extra.xml", BOM.decode().encode("utf-16")), "DTD"),
        (with_part("word/_rels/settings.xml.rels", b"<Relationships>" + EXTERN + b"</Relationships>"), "van buiten"),
        (replaced("[Content_Types].xml", b"wordprocessingml.document.main", b"x.macroEnabled.main"), "macro"),
        (replaced("word/document.xml", b"<w:body>", b"<w:body><w:p>"), "geen document van Word"),
        (b"PK" + b"0" * wordbestand.GROOTSTE, "groter dan"),
    ],
    ids=["tekst", "doc", "stuk", "macro", "ole", "activex", "chunk", "zipbom", "dtd", "entiteiten", "utf16", "extern",
         "docm", "xml", "groot"],
)  # fmt: skip
def test_a_document_that_may_not_be_opened_is_refused_by_name(raw, wat):
    with pytest.raises(TekstError) as error:
        check(raw)
    assert wat in error.value.wat
    assert error.value.vervolg


def test_many_parts_are_refused_before_they_are_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archief:
        for n in range(wordbestand.DELEN + 1):
            archief.writestr(f"word/{n}.xml", b"")
    with pytest.raises(TekstError, match="delen"):
        check(out.getvalue())


def test_what_a_part_says_of_its_size_is_not_believed():
    raw = with_part("word/extra.xml", b"0" * (wordbestand.UITGEPAKT + 1))
    with zipfile.ZipFile(io.BytesIO(raw)) as archief:
        groot = archief.getinfo("word/extra.xml").file_size
    klein = raw.replace(groot.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(TekstError):
        check(klein)
