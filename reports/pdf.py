"""A document as PDF/UA-1: tagged, with bookmarks, in a font of its own, the same bytes for the same document.

Typst sets the pages (`sjablonen/rapport.typ`, with the blocks of `blokken.typ`). It gets the document as JSON, so that
no text of the report can be read as markup, and no font but the one that comes with the package: what a machine has
installed makes no difference.

Three things are added to what Typst writes. Two it can not say yet: that the first cell of a row is its heading, and
what is to be heard in the place of a sign. And the links: thousands of links to a place cost it half of its time and
memory, for it words each anew when a page number changes.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any

import pikepdf

from reports import getallen
from reports.bladschrijver import size_of
from reports.document import Blad, Blok, Document, Figuur, Figuurblok, Kerncijfer, Kop, Uitklap
from reports.fout import DocumentError
from reports.html import notices
from reports.inhoud import Bestand, Code, Doel, Inhoud, Koppeling, Merk, Voorlees, plain
from reports.tabel import Kolom, Tabel
from reports.zetten import LETTER, Gezet, zet_alle

# The chapter that begins with a list of all chapters and their pages.
INHOUDSOPGAVE = "inhoud"
FONT_FAMILY = re.compile(r'font-family="[^"]*"')
BOLD = re.compile(r'font-weight="700"')
AXIS = "font-variation-settings=\"'wght' %d\""
KOPPELING = "koppeling:"
# After these a line in a name of a program may break.
BREAKS = re.compile(r"([_/.&?=])")


def set_letter(svg: str) -> str:
    """A picture in the font of the report, with its weights said twice.

    Typst 0.15 sets text of a picture that is not bold in the lightest cut of a variable font, unless it is told the
    weight as an axis of that font.
    """
    svg = BOLD.sub(f'font-weight="700" {AXIS % 700}', svg)
    return FONT_FAMILY.sub(f"font-family=\"'{LETTER}'\" {AXIS % 400}", svg, count=1)


@dataclass(frozen=True)
class Link:
    """A link on paper: what is heard of it, and the address or the name of the heading that it leads to."""

    gesproken: str
    adres: str = ""
    kop: str = ""


@dataclass
class Schrijver:
    """Turns a document into what the template reads, and remembers what Typst can not be told.

    `site`: where the pages of the website are, seen from the PDF. `links` are numbered; `gesproken` is what is to be
    heard in the place of signs, in the order of reading.
    """

    document: Document
    voorblad: bool = True
    site: str = "./"
    links: list[Link] = field(default_factory=list)
    gesproken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._here = self.document.bladen[0]
        self._koppen = {(blad.id, ""): blad.id for blad in self.document.bladen}
        for blad in self.document.bladen:
            kop = blad.id
            for blok in _printed(blad.blokken):
                if isinstance(blok, Kop):
                    kop = f"{blad.id}#{blok.id}"
                if (id_ := getattr(blok, "id", None)) is not None:
                    self._koppen[blad.id, id_] = kop

    def data(self) -> dict[str, Any]:
        """The whole document as plain data."""
        d = self.document
        return {
            "titel": d.titel,
            "ondertitel": d.ondertitel,
            "oordeel": d.oordeel,
            "kerncijfers": self._encode(d.kerncijfers) if d.kerncijfers and self.voorblad else None,
            "editie": d.editie,
            "uitgever": d.uitgever,
            "taal": d.taal,
            "datum": [d.datum.year, d.datum.month, d.datum.day],
            "datum_tekst": getallen.format_datum(d.datum),
            "meldingen": notices(d),
            "voorblad": self.voorblad,
            "bladen": [
                self._blad(blad) | {"deel": deel} for blad, deel in zip(d.bladen, _delen(d.bladen), strict=True)
            ],
        }

    def _blad(self, blad: Blad) -> dict[str, Any]:
        """A page of the document is a chapter on paper; its group stands above its title."""
        self._here = blad
        return {
            "id": blad.id,
            "titel": blad.titel,
            "naam": blad.naam,
            "groep": blad.groep,
            "een_pagina": blad.een_pagina,
            "aansluiten": blad.aansluiten,
            "liggend": blad.liggend,
            "inhoudsopgave": blad.id == INHOUDSOPGAVE,
            "blokken": self._encode(blad.blokken),
        }

    def _label(self, anker: str) -> str:
        return f"{self._here.id}#{anker}"

    def _encode(self, value: Any) -> Any:
        match value:
            case tuple():
                return [self._encode(v) for v in value if not (isinstance(v, Uitklap) and not v.drukken)]
            case Figuur():
                width, height = size_of(value)
                svg, size = set_letter(value.svg), {"width": width, "height": height}
                return {"svg": svg, "kop": value.kop, "alt": value.alt, "noten": list(value.noten), **size}
            case Koppeling():
                naar = self._link(value.naar, value.tekst + value.gesproken)
                return {"type": "Koppeling", "tekst": value.tekst, "naar": naar}
            case Kerncijfer():
                naar = self._link(value.naar, value.naam)
                return {f.name: self._encode(getattr(value, f.name)) for f in fields(value)} | {"naar": naar}
            case Doel() | Bestand():
                return None
            case Voorlees(zichtbaar=""):
                # Only heard: it repeats for who follows links one by one what stands beside it.
                return ""
            case Code():
                return {"type": "Code", "tekst": BREAKS.sub("\\1\u200b", value.tekst)}
            case Kolom():
                # The heading of a column comes again on each page, and there it is decoration that holds no links.
                kop = [r.tekst if isinstance(r, Koppeling) else self._encode(r) for r in value.kop]
                return {"kop": kop, "uitlijning": value.uitlijning, "nadruk": value.nadruk}
            case _ if is_dataclass(value):
                if isinstance(value, Voorlees) and value.gesproken:
                    self.gesproken.append(value.gesproken)
                coded = {f.name: self._encode(getattr(value, f.name)) for f in fields(value)}
                if "id" in coded:
                    coded["id"] = self._label(coded["id"])
                if isinstance(value, Tabel):
                    for n, kolom in enumerate(coded["kolommen"]):
                        kolom.update(_extent(value, n))
                return {"type": type(value).__name__, **coded}
        return value

    def _link(self, naar: str | Doel | Bestand, gesproken: str) -> str:
        """Note a link and give its number, written as an address for Typst."""
        match naar:
            case Doel() if naar.blad in {blad.id for blad in self.document.bladen}:
                # A figure or table is found at the heading it stands under; what unfolds is not on paper, its page is.
                link = Link(gesproken, kop=self._koppen.get((naar.blad, naar.anker), naar.blad))
            case Doel():
                # what is not in this document is a page of the website
                anker = f"#{naar.anker}" if naar.anker else ""
                link = Link(gesproken, adres=f"{self.site}{naar.blad}.html{anker}")
            case Bestand():
                link = Link(gesproken, adres=f"{self.site}{naar.pad}")
            case _:
                link = Link(gesproken, adres=naar)
        self.links.append(link)
        return f"{KOPPELING}{len(self.links) - 1}"


def _delen(bladen: tuple[Blad, ...]) -> Iterator[str]:
    """The name of the part that begins with a page, in the order of the pages; empty where none begins."""
    previous = ""
    for blad in bladen:
        yield blad.groep if blad.groep != previous else ""
        previous = blad.groep


def _printed(blokken: tuple[Blok, ...]) -> Iterator[Blok]:
    """All blocks that come on paper, those within others too."""
    for blok in blokken:
        if isinstance(blok, Uitklap) and not blok.drukken:
            continue
        yield blok
        inner: tuple[Blok, ...] = getattr(blok, "blokken", ())
        yield from _printed(inner + (blok.uitklap if isinstance(blok, Figuurblok) else ()))


def _extent(tabel: Tabel, n: int) -> dict[str, list[str]]:
    """The longest words and lines of a column, by which the template finds its width: it measures only these."""
    inhouden = [tabel.kolommen[n].kop, *(r.kop if n == 0 else r.cellen[n - 1].inhoud for r in tabel.rijen)]
    lines = sorted({_as_wide(i) for i in inhouden}, key=lambda s: (-len(s), s))
    words = sorted({w for line in lines for w in line.split()}, key=lambda s: (-len(s), s))
    return {"words": words[:3], "lines": lines[:3]}


def _as_wide(inhoud: Inhoud) -> str:
    """A text as wide as these runs: a mark has room around it, and the letters of a program are wider."""
    parts = []
    for run in inhoud:
        match run:
            case Merk():
                parts.append(f"{run.teken}\u00a0{run.tekst}nn")
            case Code():
                parts.append(BREAKS.sub("\\1n ", run.tekst))
            case _:
                parts.append(plain((run,)))
    return "".join(parts)


# --- what Typst can not say yet ---


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


# How often a document that takes too many pages is set again with less in it.
KRAPPER = 3


@dataclass(frozen=True)
class Drukopdracht:
    """A document to set: with a cover or not, where the website is seen from it, and how many pages it may have.

    `krapper(n)`: the same with n steps less in it, for when it takes more pages than it may; None: there is no less.
    """

    document: Document
    voorblad: bool = False
    site: str = "./"
    minstens: int = 1
    hoogstens: int = 10_000
    krapper: Callable[[int], Document] | None = None


Zetten = Callable[[Sequence[tuple[bytes, date]]], list[Gezet]]


def render_alle(opdrachten: Mapping[str, Drukopdracht], zetten: Zetten = zet_alle) -> dict[str, bytes]:
    """Each document as a PDF, by its name. Raises as `druk_alle` does."""
    return {naam: gezet.pdf for naam, gezet in druk_alle(opdrachten, zetten).items()}


def druk_alle(opdrachten: Mapping[str, Drukopdracht], zetten: Zetten = zet_alle) -> dict[str, Gezet]:
    """Each document as a PDF with the fill of its pages, by its name. `zetten` sets all, here or in other processes.

    Raises DocumentError where a document can not be set, not so that everyone can read it, or on too many or too few
    pages.
    """
    made: dict[str, Gezet] = {}
    documenten = {naam: o.document for naam, o in opdrachten.items()}
    for minder in range(1, KRAPPER + 2):
        schrijvers = {n: Schrijver(d, opdrachten[n].voorblad, opdrachten[n].site) for n, d in documenten.items()}
        inhouden = [
            (json.dumps(s.data(), ensure_ascii=False).encode(), documenten[naam].datum)
            for naam, s in schrijvers.items()
        ]
        for (naam, s), raw in zip(schrijvers.items(), zetten(inhouden), strict=True):
            made[naam] = replace(raw, pdf=finish(raw.pdf, s.links, s.gesproken))
        documenten = {
            naam: krapper(minder)
            for naam in documenten
            if (krapper := opdrachten[naam].krapper) and len(made[naam].vulling) > opdrachten[naam].hoogstens
        }
        if not documenten or minder > KRAPPER:
            break
    for naam, opdracht in opdrachten.items():
        _check_pages(naam, opdracht, len(made[naam].vulling))
    return {naam: made[naam] for naam in opdrachten}


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _check_pages(naam: str, opdracht: Drukopdracht, found: int) -> None:
    least, most = opdracht.minstens, opdracht.hoogstens
    if least <= found <= most:
        return
    mag = f"moeten er {most} zijn" if least == most else f"mogen er hoogstens {most} zijn"
    raise DocumentError(
        f"{naam} heeft {found} bladzijden, en het {mag}",
        vervolg="Kort de teksten van de redactie in (docs/teksten.md)" if found > most else "",
    )


def render_pdf(document: Document, *, voorblad: bool = True, site: str = "./", zetten: Zetten = zet_alle) -> bytes:
    """One document as a PDF, with a cover before it or not. Raises as `render_alle` does."""
    return render_alle({document.titel: Drukopdracht(document, voorblad, site)}, zetten)[document.titel]
