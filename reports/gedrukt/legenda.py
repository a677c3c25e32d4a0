"""What the signs on a printed page mean: a page of paper has no other page beside it, and explains what it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reports.cellen import VRAAG_UITLEG
from reports.document import Alinea, Blad, Document, Figuurblok, runs, walk
from reports.inhoud import Merk, Voorlees, plain
from reports.tabel import Tabel

# Of each sign what it means, and words that a page which says so already has.
_UITLEG: dict[str, tuple[str, str]] = {
    "*": ("* voorlopig", "* voorlopig"),
    "**": ("** nader voorlopig", "** nader voorlopig"),
    "≈": ("≈ benadering uit de gemeenten", "≈ benadering"),
    "+": (
        "+ in het gunstigste kwart, \N{MINUS SIGN} in het ongunstigste, ▲ in het hoogste en ▼ in het laagste",
        "+ in het gunstigste kwart",
    ),
    "klein": ("‘klein’ is kleiner dan de afronding of dan wat ertoe doet", "‘klein’"),
    "te grof": ("‘te grof’: de bron rondt te grof af om een verschil te zien", "‘te grof’"),
    "toeval?": ("‘toeval?’ is binnen de marge van de meting", "‘toeval?’"),
    "–": ("– is er niet, of is niet te vergelijken", "– is er niet"),
    "n.b.": ("n.b. is niet beschikbaar", "n.b. niet beschikbaar"),
    "%-punt": ("%-punt is procentpunt", "%-punt"),
    "?": (VRAAG_UITLEG.rstrip("."), "Een vraagteken achter een"),
}


def met_legenda(document: Document) -> Document:
    """The document in which each page says at its end what those of its signs mean that it does not explain itself."""
    return replace(document, bladen=tuple(_met_legenda(blad) for blad in document.bladen))


def _met_legenda(blad: Blad) -> Blad:
    tekst = legenda(blad)
    return replace(blad, blokken=(*blad.blokken, Alinea((tekst,), "noot"))) if tekst else blad


def legenda(blad: Blad) -> str:
    """What the signs of a page mean that it uses and does not explain; empty where there are none."""
    said = "\n".join(_woorden(blad))
    used = set(_tekens(blad))
    parts = [uitleg for teken, (uitleg, al) in _UITLEG.items() if teken in used and al not in said]
    return f"{'; '.join(parts)}." if parts else ""


def _woorden(blad: Blad) -> Iterator[str]:
    """All that a page says outside the cells of its tables."""
    for blok in walk(blad.blokken):
        match blok:
            case Tabel():
                yield from blok.noten
            case Figuurblok():
                yield from blok.figuur.noten
            case _:
                yield plain(tuple(runs(blok)))


def _tekens(blad: Blad) -> Iterator[str]:
    """The signs that the tables and figures of a page use."""
    for blok in walk(blad.blokken):
        match blok:
            case Figuurblok():
                yield from re.findall(r"(?<=\d)\*+|\bn\.b\.", blok.figuur.svg)
            case Tabel():
                for run in runs(blok):
                    match run:
                        case Merk(tekst=tekst):
                            # 'klein?' is 'klein' that may be chance; of 'toeval?' the mark is a part of the word
                            yield from (tekst,) if tekst == "toeval?" else (tekst.rstrip("?"), tekst[-1:])
                        case Voorlees(zichtbaar=zichtbaar):
                            yield from re.findall(r"\*+|[≈–?]|n\.b\.", zichtbaar)
                            yield from "+" if re.match(r" [+\N{MINUS SIGN}▲▼]", zichtbaar) else ""
                        case str() if "%-punt" in run:
                            yield "%-punt"
