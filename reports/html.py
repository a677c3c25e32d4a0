"""A document as a folder of HTML pages that each stand by themselves.

A page holds its own style and figures, loads nothing from elsewhere and runs no script, so it can be mailed, archived
and read offline; only the links between pages need the folder. Each figure also stands beside the pages, by itself. A
page with a `programma` runs scripts that stand beside it, and says all it has to say without them too.
Files beside the pages are written as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from begrippen import huisstijl
from reports import getallen
from reports.bladschrijver import Bladschrijver, css_text, figuurbestand, stapelregels
from reports.document import Alinea, Blad, Document, Figuurblok, Kop, walk
from reports.inhoud import Bestand, Doel, plain
from reports.losbeeld import find_losse, make_svg, uitgave
from reports.tabel import Tabel

HERE = Path(__file__).parent
# A page with fewer headings needs no list of them.
MINSTENS_KOPPEN = 3
CONCEPT = "Concept: nog niet vastgesteld."
# Characters that an announcement of a page shows.
KERN = 200


def figuren(blad: Blad) -> Iterator[Figuurblok]:
    """The figures of a page, in the order of reading."""
    return (b for b in walk(blad.blokken) if isinstance(b, Figuurblok))


def _columns(blad: Blad) -> int:
    """How many columns the widest table of a page has."""
    return max((len(b.kolommen) for b in walk(blad.blokken) if isinstance(b, Tabel)), default=0)


def _plaat(document: Document, blad: Blad, platen: Collection[str]) -> tuple[str, str] | None:
    """The picture that announces a page elsewhere, its path and what it shows: its first, else the first of all."""
    for one in (blad, *document.bladen):
        for blok in figuren(one):
            if (pad := figuurbestand(one, blok, "png").pad) in platen:
                return pad, blok.figuur.alt
    return None


def kern_van(blad: Blad) -> str:
    """What a page says first, in a sentence or two, for who sees it announced elsewhere; empty where it says none."""
    first = next((plain(b.inhoud) for b in walk(blad.blokken) if isinstance(b, Alinea) and b.rol == "inleiding"), "")
    zinnen = re.split(r"(?<=[.?!])\s+", " ".join(first.split()))
    kern = ""
    for zin in zinnen:
        if kern and len(kern) + len(zin) > KERN:
            break
        kern = f"{kern} {zin}".strip()
    return kern


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "sjablonen"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["datum"] = getallen.format_datum
    return environment


@cache
def _stijl() -> Markup:
    return Markup(huisstijl.css() + (HERE / "stijl.css").read_text(encoding="utf-8"))


def notices(document: Document) -> tuple[str, ...]:
    """What stands on every page: the notice of a sample, the mark of a draft."""
    return tuple(n for n in (document.melding, CONCEPT if document.concept else None) if n)


def render_blad(
    document: Document, blad: Blad, pdfs: Mapping[str, bytes] | None = None, platen: Collection[str] = ()
) -> str:
    """One page as HTML text. `pdfs`: what is printed of the report, by its path: the page leads to its own.

    `platen`: the paths of the figures that are there as PNG: links and announcements of the page show those.
    """
    n = document.bladen.index(blad)
    koppen = [b for b in blad.blokken if isinstance(b, Kop) and b.niveau == 2]
    schrijver = Bladschrijver(blad, platen)
    meldingen = notices(document)
    eigen = _printed(blad, pdfs or {})
    return (
        _environment()
        .get_template("blad.html.j2")
        .render(
            d=document,
            blad=blad,
            voorkant=n == 0,
            vorige=document.bladen[n - 1] if n else None,
            volgende=document.bladen[n + 1] if n + 1 < len(document.bladen) else None,
            koppen=koppen if len(koppen) >= MINSTENS_KOPPEN and n else [],
            inhoud=schrijver.blokken(blad.blokken),
            href=lambda id_: schrijver.href(Doel(id_)),
            href_bestand=schrijver.href,
            meldingen=meldingen,
            kern=kern_van(blad),
            plaat=_plaat(document, blad, platen),
            in_marge=css_text(" ".join(meldingen)) if meldingen else "",
            stijl=_stijl() + Markup(stapelregels(_columns(blad))),
            pdfs=[
                (naam, schrijver.href(Bestand(pad)), getallen.format_megabyte(inhoud)) for naam, pad, inhoud in eigen
            ],
        )
    )


def _printed(blad: Blad, pdfs: Mapping[str, bytes]) -> list[tuple[str, str, bytes]]:
    """What is printed that belongs to a page: (what it is called, path, content); the main report belongs to all."""
    eigen = {
        "Dit gebied op twee bladzijden": f"gebied/{blad.id.removeprefix('regio/')}.pdf",
        "De verantwoording": f"{blad.id}.pdf",
        "Het hoofdrapport": "hoofdrapport.pdf",
    }
    return [(naam, pad, pdfs[pad]) for naam, pad in eigen.items() if pad in pdfs]


def write_html(
    document: Document,
    folder: Path,
    pdfs: Mapping[str, bytes] | None = None,
    platen: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a page for each `Blad`, and the files beside them, into `folder`, which may exist.

    `pdfs`: what is printed of the same edition, by its path, to which the pages lead; `platen`: its figures as PNG.

    Returns the path of the title page. The same document gives the same bytes.
    """
    gezegd = uitgave(document, notices(document))
    for blad in document.bladen:
        path = folder / f"{blad.id}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_blad(document, blad, pdfs, platen or ()), encoding="utf-8", newline="\n")
        for blok, waarvan in find_losse(blad):
            path = folder / figuurbestand(blad, blok).pad
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(make_svg(blok, waarvan, gezegd), encoding="utf-8", newline="\n")
    for pad, content in (document.bestanden | dict(pdfs or {}) | dict(platen or {})).items():
        path = folder / pad
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / f"{document.bladen[0].id}.html"
