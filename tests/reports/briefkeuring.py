"""What is wrong with a letter of Word for who reads, hears or edits it; proven on letters broken on purpose."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn


def faults(raw: bytes, notice: str) -> list[str]:
    """What is wrong with a letter; empty where nothing is. `notice`: what must stand above every page, or ''."""
    document = docx.Document(io.BytesIO(raw))
    wrong = [*_words(document), *_headings(document)]
    if document.core_properties.language != "nl-NL":
        wrong.append("de eigenschappen noemen geen Nederlands")
    lang = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    if lang is None or lang.get(qn("w:val")) != "nl-NL":
        wrong.append("de taal van de tekst is geen Nederlands")
    if not document.core_properties.title:
        wrong.append("er is geen titel")
    for n, table in enumerate(document.tables, start=1):
        wrong += [f"tabel {n}: {w}" for w in _table(table)]
    for n, section in enumerate(document.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if n and header.is_linked_to_previous:
                continue
            if notice not in "\n".join(p.text for p in header.paragraphs):
                wrong.append(f"boven een bladzijde van deel {n + 1} ontbreekt de melding")
    return wrong


def text_of(raw: bytes) -> str:
    """All words of the body, tables too, a line a paragraph."""
    document = docx.Document(io.BytesIO(raw))
    found = []
    for element in document.element.body.iter(qn("w:p")):
        found.append("".join(t.text or "" for t in element.iter(qn("w:t"))))
    return "\n".join(found).replace("\N{NO-BREAK SPACE}", " ")


def _words(document: Any) -> Iterator[str]:
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        for node in root.iter(qn("w:t")) if root is not None else ():
            if any(sign in (node.text or "") for sign in ("{{", "}}", "{%", "%}")):
                yield f"er staat nog een verwijzing: '{node.text}'"
        for lang in root.iter(qn("w:lang")) if root is not None else ():
            if (lang.get(qn("w:val")) or "nl-NL") != "nl-NL":
                yield f"woorden in een andere taal: {lang.get(qn('w:val'))}"


def _headings(document: Any) -> Iterator[str]:
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "de brief heeft niet precies één hoofdkop, vooraan"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield "een kop slaat een niveau over"


def _table(table: Any) -> Iterator[str]:
    form, rows = table._tbl.tblPr, table._tbl.tr_lst
    for tag in ("w:tblCaption", "w:tblDescription"):
        node = form.find(qn(tag))
        if node is None or not (node.get(qn("w:val")) or "").strip():
            yield f"geen {tag}"
    look = form.find(qn("w:tblLook"))
    if look is None or look.get(qn("w:firstRow")) != "1" or look.get(qn("w:firstColumn")) != "1":
        yield "geen koppen van rijen en kolommen"
    if rows[0].trPr is None or rows[0].trPr.find(qn("w:tblHeader")) is None:
        yield "de kop komt niet terug op de volgende bladzijde"
    if any(True for _ in table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge"))):
        yield "samengevoegde cellen"
