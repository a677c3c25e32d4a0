"""The letter to Provinciale Staten: a template that the secretariat edits in Word, filled with figures and sentences.

`reports.stukken.briefsjabloon` reads the template; here its references become words, lists and tables.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from begrippen.huisstijl import TINT, office
from reports.hoofdstukken.boodschappen import Boodschap
from reports.stukken import ooxml, passen
from reports.stukken.briefsjabloon import BLOKKEN, OPDRACHT, VERWIJZING, Regel, Sjabloon
from reports.stukken.kerncijfers import alle_teksten
from reports.stukken.ooxml import TAAL
from reports.tabel import Tabel
from reports.tekst.teksten import refuse

# Styles of the template; what is not there is set without.
MELDING, BIJSCHRIFT, TABELTEKST, CIJFERTABEL = "Melding", "Caption", "Tabeltekst", "Cijfertabel"
# Where no style says how large letters in a table are; and room beside the words of a cell, in points.
TABELMAAT, CEL_X = 10.0, 4.0
_LOOK = ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand")
_TINT = {soort: office(tint) for soort, tint in TINT.items()}


@dataclass(frozen=True)
class Vulling:
    """What the blocks of a letter become, and what stands above every page."""

    boodschappen: Sequence[Boodschap]
    tabellen: Mapping[str, Tabel | None]
    meldingen: Sequence[str]
    titel: str
    uitgever: str
    # what the front page says first: whether it goes better or worse, or that too little is known to say so
    antwoord: str = ""


def write_statenbrief(brief: Sjabloon, vulling: Vulling, moment: datetime) -> bytes:
    """The letter, filled. Raises TekstError where the template has faults; the same input gives the same bytes."""
    refuse(brief.fouten)
    document = brief.document
    tabellen = list(document.element.body.iter(qn("w:tbl")))
    bewaard = brief.bewaard
    gone = []
    for n, regel in enumerate(brief.regels, start=1):
        found = brief.verwijzingen(n)
        words = VERWIJZING.sub("", regel.bron).strip() or "".join(v.tekst for v in found)
        block = bool(found) and found[0].functie in BLOKKEN
        # a paragraph of words that are empty in this report goes, as one that an `if` leaves out
        if OPDRACHT.search(regel.bron) or n not in bewaard or (found and not words and not block):
            gone.append(regel.element)
        elif block:
            _blok(document, regel, found[0].functie, vulling)
        elif found:
            _schrijf(regel, [v.tekst for v in found])
    _verwijder(gone, tabellen)
    _boven_elke_bladzijde(document, vulling.meldingen)
    eigen = document.core_properties
    eigen.title, eigen.author, eigen.last_modified_by = vulling.titel, vulling.uitgever, vulling.uitgever
    eigen.language, eigen.keywords, eigen.comments = TAAL, ooxml.kort(" ".join(vulling.meldingen)), ""
    eigen.created = eigen.modified = moment.replace(tzinfo=None)
    eigen.revision = 1
    out = io.BytesIO()
    document.save(out)
    return ooxml.fix(out.getvalue(), moment)


def _schrijf(regel: Regel, woorden: Sequence[str]) -> None:
    """Put words in the place of the references, in the form of the piece in which each begins."""
    spans = [m.span() for m in VERWIJZING.finditer(regel.bron)]
    texts = [s for _, s in regel.stukken]
    starts = [sum(map(len, texts[:n])) for n in range(len(texts))]
    for (begin, end), woord in reversed(list(zip(spans, woorden, strict=True))):
        first = True
        for n, (start, text) in enumerate(zip(starts, list(texts), strict=True)):
            low, high = max(begin - start, 0), min(end - start, len(text))
            if low < high:
                texts[n] = text[:low] + (woord if first else "") + text[high:]
                first = False
    for (node, old), new in zip(regel.stukken, texts, strict=True):
        if new == old:
            continue
        if node.tag != qn("w:t"):
            # a line that broke within a reference
            node.getparent().remove(node)
            continue
        node.text = new
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _verwijder(gone: Sequence[Any], tabellen: Sequence[Any]) -> None:
    """Remove paragraphs; a table of which nothing is left goes with them, a cell keeps an empty paragraph."""
    out = {id(e) for e in gone}
    for tabel in tabellen:
        paragraphs = list(tabel.iter(qn("w:p")))
        if paragraphs and all(id(p) in out for p in paragraphs):
            tabel.getparent().remove(tabel)
    for element in gone:
        holder = element.getparent()
        if holder.tag == qn("w:tc") and len(holder.findall(qn("w:p"))) == 1:
            for run in element.findall(qn("w:r")):
                element.remove(run)
        else:
            holder.remove(element)


def _blok(document: Any, regel: Regel, naam: str, vulling: Vulling) -> None:
    """Put a list or a table in the place of the paragraph that asks for it."""
    element = regel.element
    if naam == "boodschappen":
        if vulling.antwoord:
            element.addprevious(_alinea_als(element, ((vulling.antwoord, True),)))
        for b in vulling.boodschappen:
            element.addprevious(_alinea_als(element, ((b.kop, True), (f" {b.tekst}", False))))
        if not (vulling.boodschappen or vulling.antwoord):
            element.addprevious(_alinea_als(element, (("De cijfers geven in deze editie geen boodschap.", False),)))
    elif (tabel := vulling.tabellen.get(naam)) is not None:
        bijschrift = Paragraph(OxmlElement("w:p"), document._body)
        _set_style(document, bijschrift, BIJSCHRIFT)
        bijschrift.add_run(tabel.bijschrift)
        bijschrift.paragraph_format.keep_with_next = True
        element.addprevious(bijschrift._p)
        element.addprevious(_tabel(document, tabel))
        # between a table and what follows, and as its end: Word joins tables that touch
        element.addprevious(_alinea_als(element, ((" ".join(tabel.noten), False),)))
    else:
        _zwijg(element)
    element.getparent().remove(element)


# how a letter announces the table that follows
_AANKONDIGING = re.compile(r"[^.]*\btabel hieronder\b[^.]*\.\s*", re.IGNORECASE)


def _zwijg(element: Any) -> None:
    """Take out the sentence that announces a table which is not there, from the paragraph closest before its place."""
    before = element.getprevious()
    while before is not None and before.tag == qn("w:p"):
        nodes = list(before.iter(qn("w:t")))
        if found := _AANKONDIGING.search("".join(n.text or "" for n in nodes)):
            at = 0
            for node in nodes:
                text = node.text or ""
                low, high = (min(max(cut - at, 0), len(text)) for cut in found.span())
                node.text, at = text[:low] + text[high:], at + len(text)
            return
        before = before.getprevious()


def _alinea_als(element: Any, stukken: Sequence[tuple[str, bool]]) -> Any:
    """A paragraph in the form of another one, with these words; True: bold."""
    new = copy.deepcopy(element)
    letter = next((copy.deepcopy(r) for r in element.iter(qn("w:rPr")) if r.getparent().tag == qn("w:r")), None)
    for child in list(new):
        if child.tag != qn("w:pPr"):
            new.remove(child)
    paragraph = Paragraph(new, None)  # type: ignore[arg-type]
    for tekst, vet in stukken:
        run = paragraph.add_run(tekst)
        if letter is not None:
            run._r.insert(0, copy.deepcopy(letter))
        if vet:
            run.bold = True
    return new


def _set_style(document: Any, thing: Any, naam: str) -> None:
    if naam in [s.name for s in document.styles]:
        thing.style = document.styles[naam]


def _tabel(document: Any, tabel: Tabel) -> Any:
    """A table with marked headings of columns and rows, and what it shows for who can not see it."""
    rijen = list(alle_teksten(tabel))
    grid = document.add_table(len(rijen), len(tabel.kolommen))
    _set_style(document, grid, CIJFERTABEL)
    grid.autofit = False
    # of the first page: a letter has one width
    section = document.sections[0]
    ruimte = (section.page_width - section.left_margin - section.right_margin) / 12700
    breedtes = passen.kolommen(rijen, ruimte, _maat(document), CEL_X) or [ruimte / len(rijen[0])] * len(rijen[0])
    for column, wide in zip(grid.columns, breedtes, strict=True):
        column.width = Pt(wide)
    eigen = grid._tbl.tblPr
    look = eigen.find(qn("w:tblLook"))
    if look is not None:
        eigen.remove(look)
    for tag, waarden in (
        ("w:tblLook", {naam: "01"[naam in ("firstRow", "firstColumn", "noHBand", "noVBand")] for naam in _LOOK}),
        ("w:tblCaption", {"val": tabel.bijschrift}),
        ("w:tblDescription", {"val": f"{tabel.bijschrift}. {' '.join(tabel.noten)}".strip()}),
    ):
        part = OxmlElement(tag)
        for naam, waarde in waarden.items():
            part.set(qn(f"w:{naam}"), waarde)
        eigen.append(part)
    for n, (rij, inhoud) in enumerate(zip(grid.rows, rijen, strict=True)):
        vorm = rij._tr.get_or_add_trPr()
        vorm.append(OxmlElement("w:cantSplit"))
        if n == 0:
            vorm.append(OxmlElement("w:tblHeader"))
        vlakken = tabel.rijen[n - 1].cellen if n else ()
        for m, (cel, tekst) in enumerate(zip(rij.cells, inhoud, strict=True)):
            cel.width = Pt(breedtes[m])
            _cel(document, cel, tekst, vet=n == 0 or m == 0, eind=tabel.kolommen[m].uitlijning == "eind")
            if n and m and (tint := _TINT.get(vlakken[m - 1].vlak or "")):
                kleur = OxmlElement("w:shd")
                for naam, waarde in (("val", "clear"), ("color", "auto"), ("fill", tint)):
                    kleur.set(qn(f"w:{naam}"), waarde)
                cel._tc.get_or_add_tcPr().append(kleur)
    element = grid._tbl
    element.getparent().remove(element)
    return element


def _maat(document: Any) -> float:
    """The size of the letter in tables, in points: that of its style, else of the letter itself."""
    for naam in (TABELTEKST, "Normal"):
        found = next((s for s in document.styles if s.name == naam), None)
        if found is not None and found.font.size is not None:
            return float(found.font.size.pt)
    return TABELMAAT


def _cel(document: Any, cel: Any, tekst: str, *, vet: bool, eind: bool) -> None:
    paragraph = cel.paragraphs[0]
    _set_style(document, paragraph, TABELTEKST)
    if eind:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(tekst)
    run.bold = vet or None


def _boven_elke_bladzijde(document: Any, meldingen: Sequence[str]) -> None:
    """Put what every page says first in every header, whatever headers the template has."""
    if not meldingen:
        return
    for n, section in enumerate(document.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if header.is_linked_to_previous:
                if n:
                    continue
                header.is_linked_to_previous = False
            melding = header.paragraphs[0].insert_paragraph_before(" ".join(meldingen))
            _set_style(document, melding, MELDING)
