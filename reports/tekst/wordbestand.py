"""A document of Word from outside, opened with limits: nothing in it is run, followed, or unpacked without end.

A .docx is a zip of XML, and it comes from anywhere. What it may hold is words with a few forms; a document with macros,
objects, a DTD, or parts that lie elsewhere is refused by name, and so is one that unpacks to more than a text can be.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx

from reports.tekst.fout import TekstError

# Bytes of the file, bytes of all that is in it, and how many parts. A chapter of text is a few hundred kilobytes.
GROOTSTE = 10_000_000
UITGEPAKT = 50_000_000
DELEN = 1_000
_STUK = 1 << 16
_OPNIEUW = "Plak de tekst zonder opmaak in een nieuw document, en sla dat op als Word-document (.docx)."

# Part of a name within the zip (lower case) -> what it is called.
_GEWEIGERD = {
    "vbaproject": "een macro",
    "vbadata": "een macro",
    "/embeddings/": "een ingesloten bestand",
    "/activex/": "een besturingselement",
    "customui": "een eigen menu",
    "afchunk": "een ander document",
}
_RELATIE = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_BUITEN = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']")
_KOPPELING = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")


def open_word(bestand: str, raw: bytes, vervolg: str = _OPNIEUW) -> Any:
    """The document, as `python-docx` has it. Raises TekstError with all that is in it and may not be.

    `bestand`: its name, for messages; `vervolg`: what to do about it.
    """
    if redenen := list(dict.fromkeys(_refusals(raw))):
        raise TekstError(f"{bestand} is geweigerd: {'; '.join(redenen)}", vervolg=vervolg)
    try:
        return docx.Document(io.BytesIO(raw))
    except Exception as error:  # XML and the library each have their own errors for what is no document
        raise TekstError(f"{bestand} is geen document van Word: {type(error).__name__}", vervolg=vervolg) from None


def _refusals(raw: bytes) -> Iterator[str]:
    if len(raw) > GROOTSTE:
        yield f"het bestand is groter dan {GROOTSTE // 1_000_000} MB"
        return
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        yield "het is een oud Word-bestand (.doc), of er staat een wachtwoord op"
        return
    try:
        archief = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError):
        yield "het is geen Word-document (.docx)"
        return
    with archief:
        delen = archief.infolist()
        if len(delen) > DELEN:
            yield f"er zitten meer dan {DELEN} delen in"
            return
        ruimte = UITGEPAKT
        for deel in delen:
            naam = "/" + deel.filename.lower()
            yield from (f"er zit {wat} in" for teken, wat in _GEWEIGERD.items() if teken in naam)
            if deel.flag_bits & 1:
                yield "er staat een wachtwoord op"
                return
            inhoud = _unpack(archief, deel, ruimte)
            if inhoud is None:
                yield "het is beschadigd"
                return
            ruimte -= len(inhoud)
            if ruimte < 0:
                yield f"uitgepakt is het groter dan {UITGEPAKT // 1_000_000} MB"
                return
            yield from _inhoud(naam, inhoud)


def _unpack(archief: zipfile.ZipFile, deel: zipfile.ZipInfo, ruimte: int) -> bytes | None:
    """A part, and no more than a byte over what there is room for: what its header says of its size is not believed."""
    out = bytearray()
    try:
        with archief.open(deel) as stroom:
            while len(out) <= ruimte and (stuk := stroom.read(min(_STUK, ruimte + 1 - len(out)))):
                out += stuk
    except Exception:  # zip, zlib, lzma and bz2 each have their own
        return None
    return bytes(out)


def _inhoud(naam: str, inhoud: bytes) -> Iterator[str]:
    if not naam.endswith((".xml", ".rels")):
        return
    # UTF-16 hides a name between zeros
    kaal = inhoud.replace(b"\0", b"")
    if b"<!DOCTYPE" in kaal or b"<!ENTITY" in kaal:
        yield "er staan eigen definities van tekens in (DTD)"
    if naam == "/[content_types].xml" and b"macroenabled" in kaal.lower():
        yield "het is een document met macro's (.docm)"
    if b"altChunk" in kaal:
        yield "er zit een ander document in"
    if naam.endswith(".rels"):
        for relatie in _RELATIE.findall(kaal):
            if _BUITEN.search(relatie) and not _KOPPELING.search(relatie):
                yield "het haalt iets op van buiten het document (een sjabloon, plaatje of bestand)"
