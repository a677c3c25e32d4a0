"""What stands in a line of text: words, marks, and links to a page, a place on it or a file beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Doel:
    """A page of the document and, where `anker` is not empty, the block on it with that id."""

    blad: str
    anker: str = ""


@dataclass(frozen=True)
class Bestand:
    """A file published beside the pages, by its path from the folder of the report: 'data/bbp.csv'."""

    pad: str


@dataclass(frozen=True)
class Nadruk:
    """Words with stress."""

    tekst: str


@dataclass(frozen=True)
class Klein:
    """What belongs to the words before it but may stand smaller: a unit, a year. In a cell it may take its own line."""

    tekst: str


@dataclass(frozen=True)
class Code:
    """A name from a program or a database, to be set in a fixed width."""

    tekst: str


@dataclass(frozen=True)
class Voorlees:
    """Something to see, and what is said in its place: ('n.b.', 'niet beschikbaar'), ('', ' van Assen').

    An empty `zichtbaar` is only heard; an empty `gesproken` is only seen.
    """

    zichtbaar: str
    gesproken: str


@dataclass(frozen=True)
class Taal:
    """Words in another language than the document: `taal` as in BCP 47, such as 'en'."""

    tekst: str
    taal: str


@dataclass(frozen=True)
class Merk:
    """A judgement as a mark: a sign, a word, and its kind, by which a renderer gives it shape and colour.

    `teken` and shape say the same as the word, for who sees no colour; only the word is read out.
    """

    teken: str
    tekst: str
    soort: Literal["gunstig", "ongunstig", "neutraal", "geen"]


@dataclass(frozen=True)
class Koppeling:
    """A link. `gesproken` is added for who hears it out of its context: ('CSV', ..., ' van werkloosheid')."""

    tekst: str
    naar: str | Doel | Bestand
    gesproken: str = ""


Run = str | Nadruk | Klein | Code | Voorlees | Taal | Merk | Koppeling
Inhoud = tuple[Run, ...]


def plain(inhoud: Inhoud) -> str:
    """What is seen of a run of text, without any form."""
    parts = []
    for run in inhoud:
        match run:
            case str():
                parts.append(run)
            case Voorlees():
                parts.append(run.zichtbaar)
            case Merk():
                parts.append(f"{run.teken} {run.tekst}")
            case _:
                parts.append(run.tekst)
    return "".join(parts)


def zonder(inhoud: Inhoud) -> Inhoud:
    """The run of text with the words of its links in the place of the links."""
    return tuple(run.tekst if isinstance(run, Koppeling) else run for run in inhoud)


# a name as programs and databases write it: words joined by an underscore, or what stands between backticks
_CODENAAM = re.compile(r"`([^`]+)`|\b((?:[a-z]+\.)?[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+)\b")


def met_code(tekst: str) -> Inhoud:
    """A text of ours in which names of tables, cards and topics are set apart as such."""
    found: list[Run] = []
    end = 0
    for m in _CODENAAM.finditer(tekst):
        found += [tekst[end : m.start()], Code(m[1] or m[2])]
        end = m.end()
    return tuple(run for run in (*found, tekst[end:]) if run != "")
