"""What a reader of a PDF depends on and veraPDF does not judge: that names, texts and headings say something.

veraPDF finds a figure without alt text. It does not find that the alt is a file name, that the rows of a table have no
headings, or that there are no bookmarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

LEAST_ALT = 20


def elements(node: Any) -> Iterator[pikepdf.Object]:
    """The elements below a node of a structure tree, in the order of reading."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def attributes(element: pikepdf.Object) -> list[pikepdf.Object]:
    """What is said of an element: dictionaries, one or a row of them, with revision numbers between."""
    said = element.get("/A", ())
    return [a for a in ([said] if isinstance(said, pikepdf.Dictionary) else said) if isinstance(a, pikepdf.Dictionary)]


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """The bookmarks, each with its level (1 is the highest)."""

    def below(items: Any, level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, item.title
            yield from below(item.children, level + 1)

    with pdf.open_outline() as outline:
        return list(below(outline.root, 1))


def faults(path: Path, taal: str = "nl-NL") -> list[str]:
    """What is wrong with a PDF in this language (as PDF names it); empty where nothing is."""
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        wrong = [*_document(pdf, taal), *_fonts(pdf), *_links(pdf)]
        if "/StructTreeRoot" not in root:
            return [*wrong, "er is geen structuurboom"]
        tree = list(elements(root.StructTreeRoot.K))
        ids = dict(pikepdf.NameTree(root.StructTreeRoot.IDTree)) if "/IDTree" in root.StructTreeRoot else {}
        wrong += _headings(tree)
        wrong += [
            f"figuur {n} heeft geen alternatieve tekst die iets zegt: '{alt}'"
            for n, figure in enumerate((e for e in tree if e.S == "/Figure"), start=1)
            if len(alt := str(figure.get("/Alt", ""))) < LEAST_ALT or re.search(r"\.(svg|png)$", alt)
        ]
        wrong += _places(pdf, tree)
        for n, table in enumerate((e for e in tree if e.S == "/Table"), start=1):
            wrong += [f"tabel {n}: {w}" for w in _table(table, ids)]
    return wrong


def _document(pdf: pikepdf.Pdf, taal: str) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "de PDF is niet gecodeerd (geen tags)"
    if str(root.get("/Lang", "")) != taal:
        yield f"de taal is '{root.get('/Lang', '')}', en niet '{taal}'"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "de titelbalk toont de bestandsnaam in plaats van de titel"
    with pdf.open_metadata() as metadata:
        if not metadata.get("dc:title"):
            yield "er is geen titel"
        if metadata.get("pdfuaid:part") != "1":
            yield "de PDF zegt niet dat hij PDF/UA-1 is"
    if not bookmarks(pdf):
        yield "er zijn geen bladwijzers"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Each font in the file, those within figures too."""
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font" and font.get("/Subtype") != "/Type0":
            descriptor = font.get("/FontDescriptor", {})
            if font.get("/Subtype") != "/Type3" and not any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
                yield f"lettertype {font.get('/BaseFont', '')} zit niet in de PDF"


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for n, page in enumerate(pdf.pages, start=1):
        for annotation in page.get("/Annots", ()):
            if annotation.Subtype == "/Link":
                if not str(annotation.get("/Contents", "")).strip():
                    yield f"een koppeling op bladzijde {n} heeft geen omschrijving"
                if "/Dest" not in annotation and "/A" not in annotation:
                    yield f"een koppeling op bladzijde {n} gaat nergens heen"


def _headings(tree: list[pikepdf.Object]) -> Iterator[str]:
    level = 0
    for element in tree:
        if found := re.fullmatch(r"/H([1-6])", str(element.S)):
            if int(found[1]) > level + 1:
                yield f"kop '{element.get('/T', '')}' slaat een niveau over"
            level = int(found[1])
    if level == 0:
        yield "er zijn geen koppen"


def _places(pdf: pikepdf.Pdf, tree: list[pikepdf.Object]) -> Iterator[str]:
    """What sticks out of its page, as far as the tree says where it stands."""
    width = max(float(page.mediabox[2]) for page in pdf.pages)
    for element in tree:
        for box in (a.BBox for a in attributes(element) if "/BBox" in a):
            if float(box[0]) < 0 or float(box[2]) > width:
                yield f"{str(element.S).lstrip('/')} steekt buiten de bladzijde: {[round(float(v)) for v in box]}"


def _table(table: pikepdf.Object, ids: dict[str, Any]) -> Iterator[str]:
    if not any(e.S == "/Caption" for e in elements(table.K)):
        yield "geen bijschrift"
    rows = [e for e in elements(table.K) if e.S == "/TR"]
    for n, row in enumerate(rows):
        cells = [c for c in elements(row.K) if c.S in ("/TH", "/TD")]
        scopes = [next((str(a.Scope) for a in attributes(c) if "/Scope" in a), "") for c in cells]
        heads = [c.S == "/TH" for c in cells]
        if n == 0:
            if not all(heads) or set(scopes) != {"/Column"}:
                yield "de eerste rij bestaat niet uit koppen van kolommen"
        elif len(cells) == 1:
            if not heads[0]:
                yield f"rij {n} is een cel over de hele breedte, maar geen kop"
        elif not heads[0] or scopes[0] != "/Row":
            yield f"rij {n} heeft geen kop"
        for cell in cells if n else ():
            named = next((list(a.Headers) for a in attributes(cell) if "/Headers" in a), [])
            lost = [str(h) for h in named if str(h) not in ids]
            if cell.S == "/TD" and not named:
                yield f"een cel in rij {n} noemt geen koppen"
            if lost:
                yield f"een cel in rij {n} noemt koppen die er niet zijn: {', '.join(lost)}"
