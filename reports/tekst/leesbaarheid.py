"""How easy the texts of a report read: the measure of Flesch, with the weights of Douma for Dutch.

Higher is easier: about 60 is what most adults read without effort, under 40 asks for higher education. It sees long
sentences and long words, not whether a text is clear: a reason to read a page again, never to refuse it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pyphen

from begrippen.formule import ontscherp
from reports.document import Alinea, Blad, Document, Lijst, walk
from reports.inhoud import Inhoud, Koppeling, Taal, plain

# Douma (1960): a text of sentences of 11 words with 1,5 syllables scores 81.
_BEGIN, _ZINSLENGTE, _LETTERGREPEN = 206.84, 0.93, 77.0
# Level B1 begins about here; of fewer words the measure says nothing.
DREMPEL, WOORDEN = 55.0, 40
_WOORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ZIN = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class Meting:
    """The texts of one page: how easy, in how many words and sentences."""

    blad: str
    naam: str
    score: float
    woorden: int
    zinnen: int


@cache
def _woordenboek() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL", left=1, right=1)


@cache
def _lettergrepen(woord: str) -> int:
    return 1 + len(_woordenboek().positions(woord))


def score(zinnen: Sequence[str]) -> tuple[float, int, int]:
    """How easy sentences read, with the words and sentences that were counted. Numbers are no words.

    Raises ValueError where there is no word.
    """
    parts = [words for zin in zinnen for part in _ZIN.split(zin) if (words := _WOORD.findall(part))]
    woorden = [w for words in parts for w in words]
    if not woorden:
        raise ValueError("zonder woorden is er niets te meten")
    lengte = len(woorden) / len(parts)
    grepen = sum(_lettergrepen(w.lower()) for w in woorden) / len(woorden)
    return _BEGIN - _ZINSLENGTE * lengte - _LETTERGREPEN * grepen, len(woorden), len(parts)


def measure(document: Document) -> list[Meting]:
    """The running Dutch text of each page that has enough of it, hardest first; no notes, sources, tables or code."""
    found = []
    for blad in document.bladen:
        teksten = _teksten(blad)
        if sum(len(_WOORD.findall(t)) for t in teksten) >= WOORDEN:
            found.append(Meting(blad.id, blad.naam, *score(teksten)))
    return sorted(found, key=lambda m: (m.score, m.blad))


def as_csv(metingen: Sequence[Meting]) -> bytes:
    """The measurements as CSV: page, its name, score, words and sentences."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("blad", "naam", "leesbaarheid", "woorden", "zinnen"))
    writer.writerows((ontscherp(m.blad), ontscherp(m.naam), f"{m.score:.1f}", m.woorden, m.zinnen) for m in metingen)
    return text.getvalue().encode()


def moeilijk(csv_bytes: bytes) -> list[str]:
    """Of such a CSV the pages that score below the limit, hardest first: 'Werkgelegenheid (51)'."""
    rows = csv.DictReader(io.StringIO(csv_bytes.decode()))
    return [f"{r['naam']} ({float(r['leesbaarheid']):.0f})" for r in rows if float(r["leesbaarheid"]) < DREMPEL]


def _is_link(item: Inhoud) -> bool:
    return len(item) == 1 and isinstance(item[0], Koppeling)


def _dutch(item: Inhoud) -> str:
    """Without words in another language: the weights are those of Dutch."""
    return plain(tuple(run for run in item if not isinstance(run, Taal)))


def _teksten(blad: Blad) -> list[str]:
    teksten = []
    for blok in walk(blad.blokken):
        match blok:
            case Alinea(rol="gewoon" | "inleiding"):
                teksten.append(_dutch(blok.inhoud))
            case Lijst():
                # a list of links is a list of names: nobody wrote a sentence there
                teksten += [_dutch(item) for item in blok.items if not _is_link(item)]
    return teksten
