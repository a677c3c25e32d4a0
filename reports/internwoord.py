"""Words of our own machinery, which no reader should meet: a closed list, and where a document has one.

A page that shows how a figure came about (`Uitklap`, `Codeblok`, `Code`, tables of cells) names tables and columns on
purpose, for who walks back to the source. Everything else that is read, printed or shown on a slide holds no such word.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from reports.document import Blok, Codeblok, Document, Feiten, Figuurblok, Kerncijfers, Kop, Uitklap, runs
from reports.document import Melding as Meldingblok
from reports.document import Naast as Naastblok
from reports.fout import DocumentError
from reports.inhoud import Code, Koppeling, Run, Voorlees
from reports.tabel import Tabel

# what it is -> what a reader calls it
INTERN: dict[str, str] = {
    r"[Mm]omentopnamen?": "het antwoord van de bron, met de datum",
    r"parquet(?:-?bestand\w*)?(?= (?:gelezen|geladen|geschreven))": "het bestand",
    r"rmbw": "Regionale Monitor Brede Welvaart",
    r"sjabloon(?= |$)": "een lege aanlevering hoort niet in een editie",
    r"n\.t\.b\.": "nog niet bekend, met de reden",
    r"[a-z]{2,}(?:_[a-z0-9]+)+": "de naam van de indicator of kolom in woorden",
    r"(?:kern|reken|invoer)\.[a-z_]+": "de naam van de tabel in woorden",
    r"broncel(?:len)?code\w*": "de cel van de bron",
    r"pipeline\w*|asset|dagster|backfill|commit|branch|traceback|debug\w*|placeholder|dummy": "een Nederlands woord",
    r"[Ss]ignifican\w*": "duidelijk: meer dan toeval",
    r"NULL|NaN|None|True|False|undefined|nan": "het teken voor wat ontbreekt, of ja en nee",
    r"[Gg]een kaart maar|is de kaart|[Dd]eze kaart (?:heeft|is|telt)": "de indicator, of waar het dan staat",
    r"[Gg]emaakt uit bouw": "het kenmerk van de uitgave",
    r"TODO|FIXME|XXX|lorem ipsum": "de tekst die er hoort",
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}": "niets: een nummer van een bouw hoort niet in een zin",
    r"\{\{|\}\}|\{%|%\}": "de verwijzing zelf, ingevuld",
}
# what looks like one and is not: web addresses and names of files to download
_NIET = re.compile(
    r"https?://\S+|www\.\S+|\S+\.(?:csv|parquet|ods|xlsx|zip|docx|pptx|pdf|html|duckdb|md|toml|yaml|json)\b"
)
_WOORD = re.compile("|".join(rf"(?P<w{n}>(?<![\w./-])(?:{p})(?![\w/]))" for n, p in enumerate(INTERN)))
# of a file of office what somebody reads: slides with their notes, and the letter
_GELEZEN = re.compile(r"ppt/(?:slides|notesSlides)/\w+\.xml|word/(?:document|header\d*|footer\d*)\.xml")
_TEKST = re.compile(r"<(?:a|w):t(?: [^>]*)?>([^<]*)</(?:a|w):t>")
_BETER = list(INTERN.values())


def find_woorden(tekst: str) -> list[tuple[str, str]]:
    """The internal words in a text, each with what to say instead."""
    kaal = _NIET.sub(" ", tekst)
    return [(m[0], _BETER[int((m.lastgroup or "w0")[1:])]) for m in _WOORD.finditer(kaal)]


def _woorden(found: Iterable[Run]) -> str:
    parts = []
    for run in found:
        match run:
            case str():
                parts.append(run)
            case Code():
                # a name from a program, set apart as such
                parts.append(" ")
            case Voorlees():
                parts.append(f"{run.zichtbaar}{run.gesproken}")
            case Koppeling():
                parts.append(f"{run.tekst}{run.gesproken}")
            case _:
                parts.append(run.tekst)
    return "".join(parts)


def teksten(blokken: Iterable[Blok]) -> Iterator[str]:
    """All that is read on a page at once: not what a reader opens to walk back to the source."""
    for blok in blokken:
        match blok:
            case Uitklap(drukken=False) | Codeblok():
                continue
            case Naastblok() | Meldingblok() | Uitklap():
                yield from teksten(blok.blokken)
            case Kop():
                yield blok.tekst
            case Kerncijfers():
                for k in blok.items:
                    yield " ".join((k.naam, k.waarde, k.eenheid, *k.toelichting))
            case Figuurblok():
                yield " ".join((blok.figuur.kop, blok.figuur.alt, *blok.figuur.noten))
                yield _woorden(blok.bijschrift)
            case Feiten():
                yield " ".join(naam for naam, _ in blok.paren)
                yield _woorden(runs(blok))
            case Tabel():
                yield " ".join((blok.bijschrift, *blok.noten))
                for run in runs(blok):
                    yield _woorden((run,))
            case _:
                yield _woorden(runs(blok))


def check_woorden(document: Document) -> list[str]:
    """Where a document has an internal word: its page, the word, what to say instead. Empty where it has none."""
    wrong = []
    for blad in document.bladen:
        for tekst in (blad.titel, *teksten(blad.blokken)):
            for woord, beter in find_woorden(tekst):
                at = max(tekst.find(woord) - 40, 0)
                wrong.append(f"{blad.id}: '{woord}' in '{tekst[at : at + 100].strip()}'; zeg: {beter}")
    return wrong


def check_office(inhoud: bytes) -> list[str]:
    """Where slides or a letter have an internal word: the part of the file, the word, what to say instead."""
    wrong = []
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bundle:
        for naam in sorted(n for n in bundle.namelist() if _GELEZEN.match(n)):
            tekst = " ".join(unescape(t) for t in _TEKST.findall(bundle.read(naam).decode("utf-8")))
            wrong += [f"{naam}: '{woord}'; zeg: {beter}" for woord, beter in find_woorden(tekst)]
    return wrong


def refuse_intern(wrong: Mapping[str, Iterable[str]]) -> None:
    """Raise DocumentError where any of these has an internal word. `wrong`: what it is -> what is wrong with it."""
    told = [f"  {naam}: {fout}" for naam, fouten in wrong.items() for fout in fouten]
    if told:
        rest = f"\n  en nog {len(told) - 20}" if len(told) > 20 else ""
        raise DocumentError(
            "hier staan woorden van de machine, die een lezer niets zeggen:\n" + "\n".join(told[:20]) + rest,
            vervolg="Schrijf het woord dat erbij staat. De lijst staat in reports/internwoord.py.",
        )
