"""Whether words fit: how much room they take, and the largest letter in which they do.

What opens a file of Office sets it in Arial. Its letters are as wide as those of Helvetica, whose widths come with
matplotlib; a sign that they do not know counts as wide as it is high.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import matplotlib as mpl

# Height of a line, in sizes of its letter.
REGEL = 1.2
# For what differs a hair between programs.
SPELING = 1.02
_TEKEN = re.compile(r"^C (\d+) ; WX (\d+) ;", re.M)
# A space that does not break is none here.
_WOORD = re.compile(r"[ \n]")
_GELIJK = {"\N{NO-BREAK SPACE}": " ", "\N{MINUS SIGN}": "+", "’": "'", "‘": "'", "…": "M", "≈": "+"}


@cache
def _breedtes(vet: bool) -> dict[str, int]:
    """Width of each letter in thousandths of its size."""
    naam = "Helvetica-Bold.afm" if vet else "Helvetica.afm"
    text = (Path(mpl.get_data_path()) / "fonts" / "pdfcorefonts" / naam).read_text(encoding="ascii")
    return {chr(int(code)): int(wide) for code, wide in _TEKEN.findall(text) if 32 <= int(code) < 127}


@cache
def breedte(tekst: str, punten: float, vet: bool = False) -> float:
    """How wide a text is on one line, in points."""
    known = _breedtes(vet)
    letters = (_GELIJK.get(c) or unicodedata.normalize("NFD", c)[0] for c in tekst)
    return sum(known.get(c, 1000) for c in letters) * punten * SPELING / 1000


def regels(tekst: str, ruimte: float, punten: float, vet: bool = False) -> int:
    """Over how many lines a text runs in a column of `ruimte` points; a word that is wider is broken."""
    count = 0
    space = breedte(" ", punten, vet)
    for alinea in tekst.split("\n"):
        count += 1
        used = 0.0
        for woord in alinea.split(" "):
            wide = breedte(woord, punten, vet)
            if used and used + space + wide > ruimte:
                count, used = count + 1, 0.0
            used += (space if used else 0.0) + wide
            while used > ruimte:
                count, used = count + 1, used - ruimte
    return count


def hoogte(alineas: Sequence[str], ruimte: float, punten: float, *, tussen: float = 0.0, vet: bool = False) -> float:
    """How high paragraphs are in a column, in points; `tussen` stands between two of them, in sizes of the letter."""
    lines = sum(regels(a, ruimte, punten, vet) for a in alineas)
    return punten * (REGEL * lines + tussen * max(len(alineas) - 1, 0))


def grootste(
    alineas: Sequence[str], vak: tuple[float, float], maten: Sequence[float], *, tussen: float = 0.0, vet: bool = False
) -> float | None:
    """The first of these sizes, largest first, in which the paragraphs fit in a box (width, height); None: in none."""
    ruimte, hoog = vak
    return next((m for m in maten if hoogte(alineas, ruimte, m, tussen=tussen, vet=vet) <= hoog), None)


def kolommen(rijen: Sequence[Sequence[str]], ruimte: float, punten: float, rand: float) -> list[float] | None:
    """Widths of the columns of a table that fill `ruimte`; None where a word does not fit. `rand`: beside the words.

    The first row and the first column are bold. A column gets what its longest word needs, and of what is left as
    much as it wants to have its longest line whole; a heading may run over more lines.
    """
    least = [0.0] * len(rijen[0])
    most = [0.0] * len(rijen[0])
    for n, rij in enumerate(rijen):
        for m, tekst in enumerate(rij):
            vet = n == 0 or m == 0
            words = [breedte(w, punten, vet) + 2 * rand for w in _WOORD.split(tekst)]
            lines = [breedte(r, punten, vet) + 2 * rand for r in tekst.split("\n")]
            least[m] = max(least[m], *words)
            most[m] = max(most[m], *(lines if n else words))
    left = ruimte - sum(least)
    if left < 0:
        return None
    wants = [b - a for a, b in zip(least, most, strict=True)]
    if sum(wants) <= left:
        return [m + (left - sum(wants)) / len(most) for m in most]
    return [a + left * w / sum(wants) for a, w in zip(least, wants, strict=True)]
