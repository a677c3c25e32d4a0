"""A document as PDF: all that it can hold comes through, and everyone can read it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from reports.document import (
    Alinea,
    Blad,
    Blok,
    Citaat,
    Codeblok,
    Document,
    Feiten,
    Figuur,
    Figuurblok,
    Kerncijfer,
    Kerncijfers,
    Kop,
    Lijst,
    Melding,
    Naast,
    Uitklap,
)
from reports.fout import DocumentError
from reports.inhoud import Bestand, Code, Doel, Klein, Koppeling, Merk, Nadruk, Run, Taal, Voorlees
from reports.pdf import finish, render_pdf
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from tests.toegankelijk.pdfboom import bookmarks, elements, faults

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 100" width="380" height="100" '
    'font-family="system-ui,Arial,sans-serif" font-size="13"><text x="5" y="40">Drenthe 3,4%</text>'
    '<path d="M5 60L375 60" stroke="#0b5394"/></svg>'
)
RUNS: tuple[Run, ...] = (
    "Gewone tekst met #[opmaak] van *Typst* en $een$ som, ",
    Nadruk("nadruk"),
    Klein(" 2025"),
    Code("netto_arbeidsparticipatie"),
    Voorlees("n.b.", "niet beschikbaar"),
    Voorlees("▲", ""),
    Voorlees("", " alleen te horen"),
    Taal("well-being", "en"),
    Merk("+", "gunstig", "gunstig"),
    Merk("−", "ongunstig", "ongunstig"),
    Koppeling("het CBS", "https://www.cbs.nl/"),
    Koppeling("cijfers", Doel("regio/CR08", "tabel"), " van Zuidoost-Drenthe"),
    Koppeling("CSV", Bestand("data/a.csv"), " van werkloosheid"),
)


def make_figuur(id_: str = "figuur") -> Figuurblok:
    figuur = Figuur(SVG, "Werkloosheid daalt", "Lijn van de werkloosheid: van 4,0 naar 3,4 procent.", ("Een noot.",))
    weg = Uitklap("Cijfers", (Tabel("verborgen", "Cijfers", (Kolom(("Jaar",)),), ()),))
    return Figuurblok(id_, figuur, ("Bron: CBS, ", Koppeling("CSV", Bestand("data/a.csv"))), uitklap=(weg,))


def make_tabel(columns: int = 2, id_: str = "tabel") -> Tabel:
    kolommen = (Kolom(("Gemeente",)), *(Kolom((f"Jaar {n}",), "eind", nadruk=n == 1) for n in range(columns)))
    cellen = (
        Cel(("1.234,5",), "gunstig"),
        *(Cel((Voorlees(".", "geheim"),)) for _ in range(columns - 1)),
    )
    rijen = tuple(Rij((Koppeling(naam, Doel("inhoud")),), cellen) for naam in ("Assen", "Emmen"))
    return Tabel(id_, "Banen per gemeente", kolommen, (Rijgroep(rijen), Rijgroep(rijen, ("Kleinere",))), ("Noot.",))


BLOKKEN: tuple[Blok, ...] = (
    Alinea(("Inleiding",), "inleiding"),
    Kop(2, "Een kop", "kop"),
    Alinea(RUNS),
    Lijst((("een",), ("twee",))),
    Lijst((("een",), ("twee",)), genummerd=True),
    make_figuur(),
    Naast((make_figuur("links"), make_figuur("rechts"))),
    make_tabel(),
    Feiten((("Bron", ("CBS",)),)),
    Kerncijfers((Kerncijfer("Werkloosheid", Doel("regio/CR08", "figuur"), "3,4%", "", ("2025",)),)),
    Melding("let op", (Alinea(("Pas op.",)),)),
    Citaat(("Zo is het.",), "Iemand"),
    Codeblok("Vraag", "SELECT *\nFROM monitor.stand;"),
    Uitklap("Niet op papier", (Alinea(("Verborgen",)),)),
    Uitklap("Wel op papier", (Alinea(("Te zien",)),), drukken=True),
)


def make_document(**anders) -> Document:
    bladen = (
        Blad("inhoud", "Inhoud", "", (Feiten((("x", ("y",)),)), Kop(2, "Colofon", "c")), een_pagina=True),
        Blad("samenvatting", "Samenvatting", "", (Alinea(("woorden " * 800,)),), een_pagina=True),
        Blad("regio/CR08", "Zuidoost-Drenthe", "Regio’s", BLOKKEN),
        Blad("breed", "Alles naast elkaar", "Regio’s", (Kop(2, "Alles", "kop"), make_tabel(14)), liggend=True),
    )
    return Document(
        **(
            {"titel": "Stand van Drenthe", "ondertitel": "Proef", "editie": 2026, "datum": date(2026, 11, 22)}
            | {"bladen": bladen, "melding": "Voorbeeldcijfers: verzonnen.", "concept": True}
            | {"bestanden": {"data/a.csv": b""}}
            | anders
        )
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "rapport.pdf"
    path.write_bytes(render_pdf(make_document()))
    return path


@pytest.fixture
def pdf(path: Path):
    with pikepdf.open(path) as opened:
        yield opened


def tree(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(elements(pdf.Root.StructTreeRoot.K))


def test_every_kind_of_block_and_run_is_in_the_document_under_test() -> None:
    assert {type(b) for b in BLOKKEN} == set(Blok.__args__)
    assert {type(r) for r in RUNS} == set(Run.__args__)


def test_nothing_is_wrong_with_it_for_who_can_not_see_it(path: Path) -> None:
    assert faults(path) == []


@pytest.mark.usefixtures("zelf_getekend")
def test_the_same_document_gives_the_same_bytes_and_another_date_others(path: Path) -> None:
    assert render_pdf(make_document()) == path.read_bytes()
    assert render_pdf(make_document(datum=date(2026, 11, 23))) != path.read_bytes()


def test_a_paper_without_a_cover_names_no_day_and_is_the_same_the_next_day(path: Path) -> None:
    paper, later = (
        render_pdf(replace(make_document(), datum=dag), voorblad=False)
        for dag in (date(2026, 11, 24), date(2026, 11, 25))
    )
    assert paper == later
    with pikepdf.open(io.BytesIO(paper)) as opened, pikepdf.open(path) as with_cover:
        assert "/CreationDate" not in opened.docinfo and b"CreateDate" not in opened.Root.Metadata.read_bytes()
        assert "/CreationDate" in with_cover.docinfo


def test_bookmarks_are_the_chapters_and_headings(pdf: pikepdf.Pdf) -> None:
    assert bookmarks(pdf) == [
        (1, "Inhoud"),
        (2, "Colofon"),
        (1, "Samenvatting"),
        (1, "Zuidoost-Drenthe"),
        (2, "Een kop"),
        (1, "Alles naast elkaar"),
        (2, "Alles"),
    ]


def test_what_looks_like_an_order_to_typst_is_printed_as_text() -> None:
    orders = ('#read("/etc/passwd")', '#eval("1 + 1")', '#import "x.typ": *', "$ x^2 $ *vet* _schuin_ `code` @naam")
    # run, this would end the setting
    body = tuple(Alinea((f'{order} #panic("gedraaid") #eval("panic()")',)) for order in orders)
    koppen = tuple(Kop(2, order, f"k{n}") for n, order in enumerate(orders))
    blad = Blad("index", orders[0], "", (*koppen, *body))
    raw = render_pdf(Document(orders[0], orders[1], 2026, date(2026, 11, 22), (blad,), melding=orders[2]))
    with pikepdf.open(io.BytesIO(raw)) as opened:
        found = [text for _, text in bookmarks(opened)]
        assert str(opened.docinfo["/Title"]).startswith(orders[0])
    assert all(any(order in text for text in found) for order in orders), found


def test_what_must_fit_on_one_page_does_and_what_is_wide_lies_on_its_side(pdf: pikepdf.Pdf) -> None:
    # cover, contents, summary on one, the area, the wide table
    sizes = [(float(p.mediabox[2]), float(p.mediabox[3])) for p in pdf.pages]
    assert [w > h for w, h in sizes] == [False] * (len(sizes) - 1) + [True]
    outline = {item.title: item for item in _flat(pdf)}
    page = {title: pdf.pages.index(pikepdf.Page(item.destination[0])) for title, item in outline.items()}
    assert page["Zuidoost-Drenthe"] - page["Samenvatting"] == 1


def _flat(pdf: pikepdf.Pdf) -> list[pikepdf.OutlineItem]:
    with pdf.open_outline() as outline:
        found, todo = [], list(outline.root)
        while todo:
            item = todo.pop(0)
            found.append(item)
            todo = list(item.children) + todo
        return found


def test_a_sign_is_heard_in_words_and_a_sign_without_words_is_decoration(pdf: pikepdf.Pdf) -> None:
    heard = [str(e.E) for e in tree(pdf) if "/E" in e]
    assert heard[:1] == ["niet beschikbaar"]
    assert heard.count("geheim") == 4 + 4 * 13


def test_links_lead_to_a_heading_a_file_beside_it_or_an_address_and_say_so(pdf: pikepdf.Pdf) -> None:
    links = [a for p in pdf.pages for a in p.get("/Annots", ())]
    said = {str(a.Contents): a for a in links}
    assert str(said["het CBS"].A.URI) == "https://www.cbs.nl/"
    assert str(said["CSV van werkloosheid"].A.URI) == "./data/a.csv"
    assert "/A" not in said["cijfers van Zuidoost-Drenthe"]
    assert said["Werkloosheid"].Dest[0] == said["cijfers van Zuidoost-Drenthe"].Dest[0]
    assert not [a for a in links if "koppeling:" in str(a.get("/A", ""))]


def test_the_first_cell_of_a_row_is_its_heading_and_a_group_heads_its_rows(pdf: pikepdf.Pdf) -> None:
    table = next(e for e in tree(pdf) if e.S == "/Table")
    rows = [e for e in elements(table.K) if e.S == "/TR"]
    assert [len(r.K) for r in rows] == [3, 3, 3, 1, 3, 3]
    head, cell = rows[-1].K[0], rows[-1].K[1]
    found = [str(h) for a in cell.A if a.O == "/Table" for h in a.Headers]
    assert found == [str(rows[0].K[1].ID), str(rows[3].K[0].ID), str(head.ID)]


def test_notices_are_read_out_and_stand_in_the_properties(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Stand van Drenthe 2026"
        assert "Voorbeeldcijfers" in metadata["pdf:Keywords"] and "Concept" in metadata["pdf:Keywords"]
    assert str(pdf.Root.Lang) == "nl-NL"


def test_only_the_font_of_the_report_and_that_for_program_text_are_used(pdf: pikepdf.Pdf) -> None:
    names = {
        re.sub(r"^[A-Z]{6}\+", "", str(o.BaseFont).lstrip("/"))
        for o in pdf.objects
        if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font" and "/BaseFont" in o
    }
    assert names and all(n.startswith(("SourceSans3", "DejaVuSansMono")) for n in names), names


def test_a_figure_without_a_text_is_refused_in_dutch() -> None:
    leeg = replace(make_figuur(), figuur=replace(make_figuur().figuur, svg=SVG.replace("width", "breedte")))
    with pytest.raises(ValueError, match="geen breedte"):
        render_pdf(make_document(bladen=(Blad("index", "Stand", "", (leeg,)),)))
    kapot = replace(make_figuur(), figuur=replace(make_figuur().figuur, svg=SVG.replace("</svg>", "")))
    with pytest.raises(DocumentError, match="kan geen PDF worden"):
        render_pdf(make_document(bladen=(Blad("index", "Stand", "", (kapot,)),)))


def test_signs_or_links_that_do_not_match_the_document_are_an_error(path: Path) -> None:
    with pytest.raises(DocumentError, match="0 tekens"):
        finish(_raw(), [], [])


def _raw() -> bytes:
    import typst

    source = '#set document(title: "x")\n#set text(lang: "nl")\n= Kop\n#emph[teken]'
    return typst.compile(source.encode(), ignore_system_fonts=True, pdf_standards=["ua-1"])


def _first(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(e for e in tree(pdf) if kind == e.S)


def _row_heads(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [e for e in tree(pdf) if e.S == "/TH" and str(e.get("/ID", "")).startswith("rij ")]


def _unembed(pdf: pikepdf.Pdf) -> None:
    for o in pdf.objects:
        if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in o:
                    del o[key]


FAULTY = {
    "de taal is": lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String("en")),
    "titelbalk": lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"),
    "alternatieve tekst": lambda pdf: _first(pdf, "/Figure").__setitem__("/Alt", pikepdf.String("figuur1.svg")),
    "heeft geen kop": lambda pdf: _row_heads(pdf)[0].__setitem__("/S", pikepdf.Name.TD),
    "koppen die er niet zijn": lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/IDTree"),
    "slaat een niveau over": lambda pdf: _first(pdf, "/H2").__setitem__("/S", pikepdf.Name.H4),
    "geen bladwijzers": lambda pdf: pdf.Root.__delitem__("/Outlines"),
    "geen omschrijving": lambda pdf: next(p for p in pdf.pages if "/Annots" in p).Annots[0].__delitem__("/Contents"),
    "zit niet in de PDF": _unembed,
    "geen structuurboom": lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"),
    "zegt niet dat hij PDF/UA-1 is": lambda pdf: pdf.Root.__delitem__("/Metadata"),
}


@pytest.mark.parametrize("told", FAULTY)
def test_the_check_of_the_tree_finds_what_is_broken_on_purpose(path: Path, tmp_path: Path, told: str) -> None:
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        FAULTY[told](pdf)
        pdf.save(tmp_path / "fout.pdf")
    assert any(told in w for w in faults(tmp_path / "fout.pdf"))


def cuts(document: Document, letter: str) -> set[float]:
    """How wide this letter is in each cut of the font that a PDF holds: each weight has a width of its own."""
    found = set()
    with pikepdf.open(io.BytesIO(render_pdf(document))) as pdf:
        for font in pdf.objects:
            if not isinstance(font, pikepdf.Dictionary) or "/DescendantFonts" not in font:
                continue
            names = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]{4})>", font.ToUnicode.read_bytes().decode().lower())
            number = {name: int(code, 16) for code, name in names}.get(f"{ord(letter):04x}")
            widths = list(font.DescendantFonts[0].W)
            while widths:
                first, second, *widths = widths
                if isinstance(second, pikepdf.Array):
                    per_number = dict(enumerate(second, start=int(first)))
                else:
                    per_number = dict.fromkeys(range(int(first), int(second) + 1), widths.pop(0))
                if number in per_number:
                    found.add(round(float(per_number[number])))
    return found


def test_a_figure_is_set_in_the_weights_of_the_text_around_it() -> None:
    vet = replace(
        make_figuur(), figuur=replace(make_figuur().figuur, svg=SVG.replace("<text", '<text font-weight="700"'))
    )
    text = Alinea(("Drenthe ", Nadruk("Drenthe")))
    plain = cuts(make_document(bladen=(Blad("index", "Drenthe", "", (text,)),)), "r")
    for figuur in (make_figuur(), vet):
        seen = cuts(make_document(bladen=(Blad("index", "Drenthe", "", (text, figuur)),)), "r")
        assert seen - plain <= {398}, "vet in een figuur is 700, in de tekst 600"
