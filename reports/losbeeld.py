"""A figure by itself, away from its page: with what it is of, its source and its edition, as SVG and as PNG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap

from begrippen.huisstijl import BLAUW, GRIJS, KOP, WIT
from reports.bladschrijver import size_of
from reports.document import Blad, Document, Figuurblok, walk
from reports.document import Kop as Kopblok
from reports.figuren.stijl import LETTER
from reports.inhoud import Bestand, Koppeling, plain

# Around the picture, in pixels; and how wide a letter is, of its size: enough for every font that LETTER has.
RAND, LETTERBREED = 12, 0.56


def find_losse(blad: Blad) -> Iterator[tuple[Figuurblok, str]]:
    """The figures of a page, each with what it is of: the page and the heading that it stands under."""
    kop = blad.titel
    for blok in walk(blad.blokken):
        if isinstance(blok, Kopblok):
            kop = blok.tekst
        if isinstance(blok, Figuurblok):
            yield blok, kop if kop == blad.titel else f"{blad.titel}: {kop}"


def uitgave(document: Document, meldingen: Sequence[str]) -> str:
    """Of which edition of whom a figure is, and what is said on every page of it."""
    return " ".join((f"{document.titel}, editie {document.editie}, {document.uitgever}.", *meldingen))


def onder_figuur(blok: Figuurblok) -> tuple[str, ...]:
    """The notes of a figure and the line under it, without what leads elsewhere, which a picture can not."""
    kept = [r for r in blok.bijschrift if not (isinstance(r, Koppeling) and isinstance(r.naar, Bestand))]
    text = plain(tuple(kept)).partition("Download de cijfers")[0].strip(" ,.")
    return (*blok.figuur.noten, *((f"{text}.",) if text else ()))


def make_svg(blok: Figuurblok, waarvan: str, uitgave: str) -> str:
    """A figure as SVG with its words above and below it; who can not see it is told its alt text."""
    figuur, (width, height) = blok.figuur, size_of(blok.figuur)
    above, top = _regels([(waarvan, 11, BLAUW, True), (figuur.kop, 14, KOP, True)], width, RAND)
    small = [(text, 10, GRIJS, False) for text in onder_figuur(blok)]
    below, bottom = _regels([*small, (uitgave, 10, GRIJS, True)], width, top + 6 + height)
    picture = figuur.svg.replace("<svg ", f'<svg x="{RAND}" y="{top + 6}" ', 1)
    wide, high = width + 2 * RAND, bottom + RAND
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'font-family="{LETTER}"><title>{escape(f"{waarvan}: {figuur.kop}")}</title>'
        f'<desc>{escape(f"{figuur.alt} {uitgave}")}</desc><rect width="{wide}" height="{high}" fill="{WIT}"/>'
        f"{above}{picture}{below}</svg>"
    )


def _regels(teksten: Sequence[tuple[str, int, str, bool]], width: int, top: int) -> tuple[str, int]:
    """Texts (words, size, colour, bold) as lines of this width under each other, and how far down they come."""
    lines = []
    for text, size, kleur, vet in teksten:
        weight = ' font-weight="600"' if vet else ""
        for line in wrap(text, int(width / (size * LETTERBREED))):
            top += size + 4
            lines.append(f'<text x="{RAND}" y="{top}" font-size="{size}" fill="{kleur}"{weight}>{escape(line)}</text>')
    return "".join(lines), top
