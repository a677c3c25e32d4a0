"""On paper a figure that stands by itself fills its column, with letters as large as those of all others.

There a pixel has one size (`sjablonen/blokken.typ`): such a figure is drawn again on a wider canvas, not blown up.
Beside another one it is the figure of the website.
"""

from __future__ import annotations

from dataclasses import replace

from reports.document import Blad, Blok, Document, Figuurblok
from reports.figuren import Doek


def op_papier(document: Document, doek: Doek) -> Document:
    """The document with each figure that stands by itself as wide as this canvas; its words stay as they are."""
    return replace(document, bladen=tuple(_breder(blad, doek) for blad in document.bladen))


def _breder(blad: Blad, doek: Doek) -> Blad:
    return replace(blad, blokken=tuple(_blok(blok, doek) for blok in blad.blokken))


def _blok(blok: Blok, doek: Doek) -> Blok:
    if not isinstance(blok, Figuurblok) or blok.figuur.hertekend is None:
        return blok
    return replace(blok, figuur=replace(blok.figuur, svg=blok.figuur.hertekend(doek).svg))
