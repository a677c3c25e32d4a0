"""What Typst can not say yet in a PDF: where its links lead, what its signs sound like, which cells head a row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from reports.fout import DocumentError

KOPPELING = "koppeling:"


@dataclass(frozen=True)
class Link:
    """A link on paper: what is heard of it, and the address or the name of the heading that it leads to."""

    gesproken: str
    adres: str = ""
    kop: str = ""


def _elements(node: Any) -> Iterator[pikepdf.Object]:
    """The elements of a structure tree in the order of reading."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K"))


def _attributes(cell: pikepdf.Object) -> pikepdf.Object:
    """What is said of a cell as a part of its table."""
    return next(a for a in cell.A if a.O == "/Table")


def finish(raw: bytes, links: list[Link], gesproken: list[str]) -> bytes:
    """Add to a PDF of Typst where its links lead, what its signs sound like, and which cells are headings of a row.

    Raises DocumentError where the links or signs in the PDF are not those of the document.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _set_links(pdf, links)
        elements = list(_elements(pdf.Root.StructTreeRoot.K))
        _set_heard([e for e in elements if e.S == "/Em"], gesproken)
        ids = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)) if "/IDTree" in pdf.Root.StructTreeRoot else {}
        for n, table in enumerate(e for e in elements if e.S == "/Table"):
            ids |= _set_headers(table, n)
        tree = pikepdf.NameTree.new(pdf)
        for name in sorted(ids):
            tree[name] = ids[name]
        pdf.Root.StructTreeRoot.IDTree = tree.obj
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _set_links(pdf: pikepdf.Pdf, links: list[Link]) -> None:
    places = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root else {}
    found = set()
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            uri = str(annotation.A.URI) if "/A" in annotation else ""
            if not uri.startswith(KOPPELING):
                continue
            number = int(uri.removeprefix(KOPPELING))
            link = links[number]
            found.add(number)
            annotation.Contents = pikepdf.String(link.gesproken)
            if link.kop:
                del annotation.A
                annotation.Dest = places[link.kop]
            else:
                annotation.A.URI = pikepdf.String(link.adres)
    if found != set(range(len(links))):
        raise DocumentError(f"Het document heeft {len(links)} koppelingen, de PDF {len(found)}.")


def _set_heard(signs: list[pikepdf.Object], gesproken: list[str]) -> None:
    if len(signs) != len(gesproken):
        raise DocumentError(
            f"Het document heeft {len(gesproken)} tekens die anders klinken dan zij er uitzien, de PDF {len(signs)}. "
            "In reports/sjablonen/rapport.typ mag 'emph' nergens anders voor dienen."
        )
    for sign, heard in zip(signs, gesproken, strict=True):
        sign.S = pikepdf.Name.Span
        sign.E = pikepdf.String(heard.strip())


def _set_headers(table: pikepdf.Object, n: int) -> dict[str, pikepdf.Object]:
    """Name for each cell of a table the headings of its column, its group and its row; returns the new ids."""
    rows = [e for e in _elements(table.K) if e.S == "/TR"]
    columns = [cell.ID for cell in rows[0].K]
    groep: list[pikepdf.Object] = []
    ids = {}
    for number, row in enumerate(rows[1:]):
        head, *cells = row.K
        if not cells:
            groep = [head.ID]
            _attributes(head).Headers = pikepdf.Array()
            continue
        head.S = pikepdf.Name.TH
        head.ID = pikepdf.String(f"rij {n} {number}")
        ids[str(head.ID)] = head
        attributes = _attributes(head)
        attributes.Scope = pikepdf.Name.Row
        attributes.Headers = pikepdf.Array([*columns[:1], *groep])
        for column, cell in zip(columns[1:], cells, strict=True):
            _attributes(cell).Headers = pikepdf.Array([column, *groep, head.ID])
    return ids
