"""Draws sentences with a figure from a finished build by seed, to be read one by one.

    python -m tests.reports.trekzinnen BOUW ZAAD

What a reader reads outside tables: pages, captions, texts beside figures, tiles, papers, slides, letter and answers.
Each comes with what stands before it, to judge it by.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from xml.etree import ElementTree

_VOID = {"br", "img", "input", "meta", "link", "hr", "col", "wbr", "source"}
# the title of a page stands in its heading too
_BLOK = {"p", "li", "figcaption", "caption", "dd", "h1", "h2", "h3", "div"}
_NIET = {"nav", "footer", "script", "style", "svg", "pre", "code", "header", "tbody", "thead", "details"}
_EINDE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9‘'\"(])")
# no sentence: a source, a link, the name of a figure, and the classes of a map in its alternative text
_APART = re.compile(
    r"Download de cijfers|SELECT |^Bron|Bronnen?:|Voorbeeldcijfers: verzonnen|^Lees meer|^Zie ook|^Lees de |"
    r"^Figuur als |^Kaart van .* klassen|^[A-F], [-\N{MINUS SIGN}\d]|nder embargo tot|^(Lijn|Stippen|Staaf)\w* van "
)
_MIN_WOORDEN = 6
_HERHAALD = 10


class _Lezer(HTMLParser):
    """The text of each block of a page, without what lies in a nested block."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, bool]] = []
        self._buf: list[list[str]] = []
        self._dicht = 0
        self.uit: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        alt = dict(attrs).get("alt") or ""
        if tag == "img" and not self._dicht:
            self.uit.append(alt)
        if tag in _VOID:
            for buf in self._buf[-1:]:
                buf.append(" ")
            return
        self._open.append((tag, tag in _NIET))
        self._dicht += tag in _NIET
        if tag in _BLOK:
            self._buf.append([])

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag not in _VOID:
            name, dicht = self._open.pop()
            if name in _BLOK:
                text = " ".join("".join(self._buf.pop()).split())
                if text and not self._dicht:
                    self.uit.append(text)
            self._dicht -= dicht
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._buf and not self._dicht:
            self._buf[-1].append(data)


def _van_html(pad: Path) -> list[str]:
    lezer = _Lezer()
    lezer.feed(pad.read_text(encoding="utf-8"))
    return lezer.uit


def _van_ooxml(pad: Path) -> list[str]:
    found = []
    with zipfile.ZipFile(pad) as pak:
        for naam in sorted(
            n for n in pak.namelist() if re.fullmatch(r"(word/document|ppt/(slides|notesSlides)/\w+)\.xml", n)
        ):
            boom = ElementTree.fromstring(pak.read(naam))
            for alinea in (e for e in boom.iter() if e.tag.endswith("}p")):
                found.append("".join(t.text or "" for t in alinea.iter() if t.tag.endswith("}t")))
            found += [e.get("descr") or "" for e in boom.iter() if e.tag.endswith(("}cNvPr", "}docPr"))]
    return found


def _van_pdf(pad: Path) -> list[str]:
    text = subprocess.run(["pdftotext", str(pad), "-"], check=True, capture_output=True, text=True).stdout
    # cells of a table have no full stop
    return [blok for blok in (" ".join(b.split()) for b in re.split(r"\n\s*\n|\f", text)) if blok.endswith(".")]


def zinnen(bouw: Path) -> list[tuple[str, str, str]]:
    """File, what stands before it and sentence: each with a figure once, in the first file that has it."""
    van = {".html": _van_html, ".pdf": _van_pdf, ".docx": _van_ooxml, ".pptx": _van_ooxml}
    waar: dict[str, dict[str, str]] = defaultdict(dict)
    for pad in sorted(p for p in bouw.rglob("*") if p.suffix in van):
        vorige = ""
        for blok in van[pad.suffix](pad):
            for zin in _EINDE.split(blok.strip()):
                if len(zin.split()) >= _MIN_WOORDEN and re.search(r"\d", zin) and not _APART.search(zin):
                    waar[zin.strip()].setdefault(str(pad.relative_to(bouw)), vorige)
                vorige = zin
    return [(*next(iter(files.items())), zin) for zin, files in waar.items() if len(files) < _HERHAALD]


if __name__ == "__main__":
    alle = zinnen(Path(sys.argv[1]))
    print(len(alle), "zinnen; getrokken met zaad", sys.argv[2])
    for nummer, rij in enumerate(Random(int(sys.argv[2])).sample(alle, 200), 1):
        print(nummer, *rij, sep="\t")
