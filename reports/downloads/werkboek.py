"""A workbook before anyone decides whether it becomes XLSX or ODS: sheets with a title, a few lines and one table.

Made to be read aloud as well as seen: a table has one row of headings, no cell is merged or empty, and what a sign or a
note means is said in words. A number stays a number: that it is provisional or an approximation is in its format.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

INHOUD = "Inhoud"
# What a name of a sheet may not hold, and how long it may be, in the strictest of the programs that open it.
VERBODEN = re.compile(r"[\[\]:*?/\\']")
LANGST = 31
# Characters that neither of the two kinds of file can hold.
ONLEESBAAR = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Getal:
    """A number with how it is shown: decimals, the mark of provisionality behind it, the sign of approximation."""

    waarde: float
    decimalen: int = 0
    teken: str = ""
    benadering: bool = False


@dataclass(frozen=True)
class Sprong:
    """A link: to a sheet of the workbook by its name, or to an address (https://...)."""

    tekst: str
    naar: str

    @property
    def extern(self) -> bool:
        """Whether it leads out of the workbook."""
        return self.naar.startswith("https://")


Cel = str | Getal | Sprong


def as_text(text: str) -> str:
    """A text as a file can hold it: what a source sends by accident and no program can show is left out."""
    return ONLEESBAAR.sub("", text)


@dataclass(frozen=True)
class Kolom:
    """A column: its heading (unique in the table), its width in characters, and whether it holds numbers."""

    kop: str
    breedte: int
    getal: bool = False


@dataclass(frozen=True)
class Werkblad:
    """A sheet. `regels` stand between title and table; the first `vast` columns stay in sight."""

    naam: str
    titel: str
    kolommen: tuple[Kolom, ...]
    rijen: tuple[tuple[Cel, ...], ...]
    regels: tuple[Cel, ...] = ()
    vast: int = 1

    @property
    def kopregel(self) -> int:
        """The number of the row of headings, from 1."""
        return len(self.regels) + 2


@dataclass(frozen=True)
class Werkboek:
    """A whole workbook. `moment`: when it was made, by the build and not by the clock."""

    titel: str
    onderwerp: str
    maker: str
    moment: datetime
    bladen: tuple[Werkblad, ...]


def check(werkboek: Werkboek) -> list[str]:
    """What would make the workbook hard to read, or refused by a program; empty where nothing is."""
    wrong = []
    names = {b.naam for b in werkboek.bladen}
    for blad in werkboek.bladen:
        if len(blad.naam) > LANGST or VERBODEN.search(blad.naam) or blad.naam != blad.naam.strip():
            wrong.append(f"een werkblad mag niet {blad.naam!r} heten")
        twice = [k for k, n in Counter(k.kop.casefold() for k in blad.kolommen).items() if n > 1]
        wrong += [f"{blad.naam}: kolom {kop!r} staat er twee keer" for kop in twice]
        if not blad.rijen:
            wrong.append(f"{blad.naam}: de tabel is leeg")
        for rij in blad.rijen:
            if len(rij) != len(blad.kolommen):
                wrong.append(f"{blad.naam}: de rij van {rij[0]!r} past niet bij de kolommen")
        for cel in (blad.titel, *blad.regels, *(k.kop for k in blad.kolommen), *(c for rij in blad.rijen for c in rij)):
            if cel == "":
                wrong.append(f"{blad.naam}: er is een lege cel")
            if isinstance(cel, Sprong) and not cel.extern and cel.naar not in names:
                wrong.append(f"{blad.naam}: {cel.tekst!r} leidt naar {cel.naar!r}, en dat werkblad is er niet")
    if len(names) < len(werkboek.bladen):
        wrong.append("twee werkbladen hebben dezelfde naam")
    return wrong
