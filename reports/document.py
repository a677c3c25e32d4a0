"""The document: what a reader sees, before anyone decides whether it becomes HTML or PDF.

A `Document` is a row of `Blad`: one page of HTML, one chapter of the PDF. A page holds blocks (a `Tabel` is one), a
block holds runs of text (`reports.inhoud`). There are no other kinds: what a renderer does not know it must refuse.
Nothing here is rounded, translated or escaped any more: text is Dutch text, and whoever renders it escapes it for its
own format.

Links are either an address (`https://...`), a `Doel` (a page of this document, and a place on it) or a `Bestand` (a
file that is published beside the pages). An `id` is unique within its page; page and id together are unique in the
document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from reports.inhoud import Bestand, Doel, Inhoud, Koppeling, Run, plain
from reports.tabel import Tabel

# --- blocks ---


@dataclass(frozen=True)
class Kop:
    """A heading. A page has its own title (level 1); headings on it are 2, 3 or 4 and never skip a level."""

    niveau: Literal[2, 3, 4]
    tekst: str
    id: str


@dataclass(frozen=True)
class Alinea:
    """A paragraph. `rol`: an introduction stands larger, a note and a source smaller."""

    inhoud: Inhoud
    rol: Literal["gewoon", "inleiding", "noot", "bron"] = "gewoon"


@dataclass(frozen=True)
class Lijst:
    """A list; numbered where the order says something."""

    items: tuple[Inhoud, ...]
    genummerd: bool = False


@dataclass(frozen=True)
class Figuur:
    """A drawn figure: SVG with text as text, and its message as heading.

    `alt` says the same in full for who can not see it, `noten` how to read it. Width and height of the picture are
    those of the SVG, in pixels. `hertekend` draws it again on another canvas; None: it has one width only.
    """

    svg: str
    kop: str
    alt: str
    noten: tuple[str, ...] = ()
    hertekend: Callable[[Any], Figuur] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Figuurblok:
    """A figure in its place. `breed`: it takes the whole measure, where others may stand beside each other.

    `bijschrift` stands under it: source and download. `uitklap`: the numbers behind it and how they were made.
    """

    id: str
    figuur: Figuur
    bijschrift: Inhoud = ()
    breed: bool = False
    uitklap: tuple[Uitklap, ...] = ()


@dataclass(frozen=True)
class Naast:
    """Blocks beside each other where there is room, below each other where there is not, read in this order."""

    blokken: tuple[Blok, ...]


@dataclass(frozen=True)
class Feiten:
    """Names with what they mean or hold."""

    paren: tuple[tuple[str, Inhoud], ...]


@dataclass(frozen=True)
class Kerncijfer:
    """A figure that stands out: its name, where to read more, value with unit, and a line of explanation."""

    naam: str
    naar: Doel
    waarde: str
    eenheid: str
    toelichting: tuple[str, ...]


@dataclass(frozen=True)
class Kerncijfers:
    """A few figures that stand out."""

    items: tuple[Kerncijfer, ...]


@dataclass(frozen=True)
class Melding:
    """Something the reader must not miss."""

    soort: Literal["let op", "rectificatie"]
    blokken: tuple[Blok, ...]


@dataclass(frozen=True)
class Citaat:
    """Words of another, and whose they are."""

    inhoud: Inhoud
    van: str


@dataclass(frozen=True)
class Codeblok:
    """Program text, with a name for who can not see it."""

    naam: str
    tekst: str


@dataclass(frozen=True)
class Uitklap:
    """What a reader opens who wants to know more. `gesproken` is added to the title out of its context.

    Not in print and not in the PDF, unless `drukken`.
    """

    titel: str
    blokken: tuple[Blok, ...]
    gesproken: str = ""
    drukken: bool = False


Blok = Kop | Alinea | Lijst | Figuurblok | Naast | Tabel | Feiten | Kerncijfers | Melding | Citaat | Codeblok | Uitklap


# --- the whole ---


@dataclass(frozen=True)
class Blad:
    """A page of HTML, a chapter of the PDF. `id` is its path without suffix: 'index', 'regio/GM0114'.

    `groep` gathers pages in the contents; empty: it stands by itself. `kort`: the title in the contents and in links,
    where the title itself is long. In print, `een_pagina` must fit on one page, `liggend` is wider than it is high,
    and what is `aansluiten` shares the page of the one before it where both fit. `programma`: scripts beside the pages
    that the page runs, in order, once it stands there without them; `stijl`: what they look like.
    """

    id: str
    titel: str
    groep: str
    blokken: tuple[Blok, ...]
    kort: str = ""
    een_pagina: bool = False
    liggend: bool = False
    aansluiten: bool = False
    programma: tuple[Bestand, ...] = ()
    stijl: Bestand | None = None

    @property
    def naam(self) -> str:
        """The name in the contents and in links."""
        return self.kort or self.titel


@dataclass(frozen=True)
class Document:
    """A whole report. The first page is the title page.

    `oordeel`, `kerncijfers`: what a cover says: the verdict, and figures that stand out.
    `voorbeeld`: its figures are invented; `melding`: the notice that stands on every page, or None; `concept`: whether
    every page says that it is a draft;
    `adres`: of the folder where it is published, or empty;
    `bestanden`: what is published beside the pages, path -> content.
    """

    titel: str
    ondertitel: str
    editie: int
    datum: date
    bladen: tuple[Blad, ...]
    voorbeeld: bool = False
    melding: str | None = None
    concept: bool = False
    taal: str = "nl"
    uitgever: str = ""
    adres: str = ""
    oordeel: str = ""
    kerncijfers: Kerncijfers | None = None
    bestanden: dict[str, bytes] = field(default_factory=dict)

    def blad(self, id_: str) -> Blad:
        """The page with this id. Raises KeyError where there is none."""
        for blad in self.bladen:
            if blad.id == id_:
                return blad
        raise KeyError(id_)

    @property
    def groepen(self) -> tuple[tuple[str, tuple[Blad, ...]], ...]:
        """The pages in their order, gathered where neighbours share a group."""
        gathered: list[tuple[str, list[Blad]]] = []
        for blad in self.bladen:
            if gathered and gathered[-1][0] == blad.groep:
                gathered[-1][1].append(blad)
            else:
                gathered.append((blad.groep, [blad]))
        return tuple((groep, tuple(bladen)) for groep, bladen in gathered)


def blokken(delen: Iterable[Blok | str]) -> Iterator[Blok]:
    """The parts of a page in their order, where a text by itself is a paragraph."""
    return (Alinea((d,)) if isinstance(d, str) else d for d in delen)


def deel(kop: str, id_: str, *delen: Blok | str, niveau: Literal[2, 3] = 2) -> Iterator[Blok]:
    """A part of a page under its heading (`blokken`)."""
    yield from (Kop(niveau, kop, id_), *blokken(delen))


def walk(blokken: tuple[Blok, ...]) -> Iterator[Blok]:
    """All blocks, those within others too, in the order of reading."""
    for blok in blokken:
        yield blok
        match blok:
            case Naast() | Melding() | Uitklap():
                yield from walk(blok.blokken)
            case Figuurblok():
                yield from walk(blok.uitklap)


def runs(blok: Blok) -> Iterator[Run]:
    """The runs of text that stand in a block itself, not in blocks within it."""
    match blok:
        case Alinea() | Citaat():
            yield from blok.inhoud
        case Lijst():
            for item in blok.items:
                yield from item
        case Figuurblok():
            yield from blok.bijschrift
        case Feiten():
            for _, inhoud in blok.paren:
                yield from inhoud
        case Tabel():
            for kolom in blok.kolommen:
                yield from kolom.kop
            for groep in blok.groepen:
                yield from groep.kop
                for rij in groep.rijen:
                    yield from rij.kop
                    for cel in rij.cellen:
                        yield from cel.inhoud


def check(document: Document) -> list[str]:
    """What is wrong with a document that any renderer would stumble over; empty where nothing is.

    Ids that stand twice on a page, links to a page, a place or a file that is not there, headings that skip a level,
    tables whose rows do not fit their columns, figures without a text for who can not see them, and paragraphs without
    words.
    """
    wrong = []
    ids: dict[str, set[str]] = {}
    for blad in document.bladen:
        if blad.id in ids:
            wrong.append(f"blad {blad.id} staat er twee keer")
        ids[blad.id] = set()
        level = 1
        for blok in walk(blad.blokken):
            match blok:
                case Kop(niveau=niveau):
                    if niveau > level + 1:
                        wrong.append(f"{blad.id}: kop '{blok.tekst}' slaat een niveau over")
                    level = niveau
                case Alinea(inhoud=inhoud) if not plain(inhoud).strip():
                    wrong.append(f"{blad.id}: een alinea zonder woorden")
                case Figuurblok(figuur=figuur) if not figuur.alt.strip():
                    wrong.append(f"{blad.id}: figuur {blok.id} heeft geen tekst voor wie haar niet ziet")
                case Tabel():
                    short = [plain(r.kop) for r in blok.rijen if len(r.cellen) + 1 != len(blok.kolommen)]
                    wrong += [f"{blad.id}: tabel {blok.id}, rij '{r}' past niet bij de kolommen" for r in short]
            if (own := getattr(blok, "id", None)) is not None:
                if own in ids[blad.id]:
                    wrong.append(f"{blad.id}: id {own} staat er twee keer")
                ids[blad.id].add(own)
    for blad in document.bladen:
        for blok in walk(blad.blokken):
            targets = [r.naar for r in runs(blok) if isinstance(r, Koppeling)]
            if isinstance(blok, Kerncijfers):
                targets += [k.naar for k in blok.items]
            for naar in targets:
                match naar:
                    case Doel() if naar.blad not in ids or (naar.anker and naar.anker not in ids[naar.blad]):
                        wrong.append(f"{blad.id}: koppeling naar {naar.blad}#{naar.anker} gaat nergens heen")
                    case Bestand() if naar.pad not in document.bestanden:
                        wrong.append(f"{blad.id}: bestand {naar.pad} is er niet")
    return wrong
