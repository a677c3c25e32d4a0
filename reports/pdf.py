"""A document as PDF/UA-1: tagged, with bookmarks, in a font of its own, the same bytes for the same document.

Typst sets the pages (`sjablonen/rapport.typ`, with the blocks of `blokken.typ`). It gets the document as JSON, so that
no text of the report can be read as markup, and no font but the one that comes with the package: what a machine has
installed makes no difference.

Three things are added to what Typst writes (`nazetten.py`). Two it can not say yet: that the first cell of a row is
its heading, and what is to be heard in the place of a sign. And the links: thousands of links to a place cost it half
of its time and memory, for it words each anew when a page number changes.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import pikepdf

from reports import getallen
from reports.bewaren import NeemAlle, maak_alle
from reports.bladschrijver import size_of
from reports.document import Blad, Blok, Document, Figuur, Figuurblok, Kerncijfer, Kop, Uitklap
from reports.fout import DocumentError
from reports.html import notices
from reports.inhoud import Bestand, Code, Doel, Inhoud, Koppeling, Merk, Voorlees, plain
from reports.nazetten import KOPPELING, Link, finish
from reports.tabel import Kolom, Tabel
from reports.zetten import LETTER, Gezet, zet_alle

# The chapter that begins with a list of all chapters and their pages.
INHOUDSOPGAVE = "inhoud"
FONT_FAMILY = re.compile(r'font-family="[^"]*"')
BOLD = re.compile(r'font-weight="700"')
AXIS = "font-variation-settings=\"'wght' %d\""
# After these a line in a name of a program may break.
BREAKS = re.compile(r"([_/.&?=])")


def set_letter(svg: str) -> str:
    """A picture in the font of the report, with its weights said twice.

    Typst 0.15 sets text of a picture that is not bold in the lightest cut of a variable font, unless it is told the
    weight as an axis of that font.
    """
    svg = BOLD.sub(f'font-weight="700" {AXIS % 700}', svg)
    return FONT_FAMILY.sub(f"font-family=\"'{LETTER}'\" {AXIS % 400}", svg, count=1)


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
            # a day that no reader sees would make another paper of the same figures, night after night
            "datum": [d.datum.year, d.datum.month, d.datum.day] if self.voorblad else None,
            "datum_tekst": getallen.format_datum(d.datum) if self.voorblad else "",
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


Zetten = Callable[[Sequence[bytes]], list[Gezet]]


def render_alle(opdrachten: Mapping[str, Drukopdracht], zetten: Zetten = zet_alle) -> dict[str, bytes]:
    """Each document as a PDF, by its name. Raises as `druk_alle` does."""
    return {naam: gezet.pdf for naam, gezet in druk_alle(opdrachten, zetten).items()}


def druk_alle(
    opdrachten: Mapping[str, Drukopdracht], zetten: Zetten = zet_alle, neem: NeemAlle = maak_alle
) -> dict[str, Gezet]:
    """Each document as a PDF with the fill of its pages, by its name. `zetten` sets all, here or in other processes.

    `neem` may have one from before.

    Raises DocumentError where a document can not be set, not so that everyone can read it, or on too many or too few
    pages.
    """
    made: dict[str, Gezet] = {}
    documenten = {naam: o.document for naam, o in opdrachten.items()}
    for minder in range(1, KRAPPER + 2):
        invoeren = [_write(d, opdrachten[naam]) for naam, d in documenten.items()]
        gedrukt = neem("stuk", invoeren, lambda missing: _print(missing, zetten))
        made |= {naam: _as_gezet(one) for naam, one in zip(documenten, gedrukt, strict=True)}
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


def _write(document: Document, opdracht: Drukopdracht) -> bytes:
    """All that a PDF is made of: on a line what Typst can not be told, then what Typst reads."""
    schrijver = Schrijver(document, opdracht.voorblad, opdracht.site)
    inhoud = json.dumps(schrijver.data(), ensure_ascii=False).encode()
    links = [(link.gesproken, link.adres, link.kop) for link in schrijver.links]
    return json.dumps((links, schrijver.gesproken)).encode() + b"\n" + inhoud


def _print(invoeren: Sequence[bytes], zetten: Zetten) -> list[bytes]:
    """Of each a line with the fill of its pages, then the PDF."""
    parts = [invoer.partition(b"\n") for invoer in invoeren]
    beside = [json.loads(first) for first, _, _ in parts]
    raws = zetten([inhoud for _, _, inhoud in parts])
    return [
        json.dumps(raw.vulling).encode() + b"\n" + finish(raw.pdf, [Link(*link) for link in links], gesproken)
        for (links, gesproken), raw in zip(beside, raws, strict=True)
    ]


def _as_gezet(gedrukt: bytes) -> Gezet:
    vulling, _, pdf = gedrukt.partition(b"\n")
    return Gezet(pdf, tuple(json.loads(vulling)))


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
