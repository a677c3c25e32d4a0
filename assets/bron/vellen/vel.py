"""A file of rows as it was sent: sheets of typed cells, each with its place, and nothing decided about what they mean.

One shape for CSV, XLSX and ODS (`lezen.read_vellen`), for deliveries and for the register. Only lines that hold
something are kept, each with the number that the sender sees before it, so a million empty rows cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from begrippen.fout import MonitorError

# leeg: nothing in it. formule: a formula whose outcome is not in the file. fout: an error of the sheet (#N/A).
Vaksoort = Literal["leeg", "tekst", "getal", "datum", "waar", "fout", "formule"]

# Signs that take no room and say nothing: zero width spaces and joiners, soft hyphen, byte order mark.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff"))


class VelError(MonitorError):
    """A file can not be read as sheets of cells; the message names the file, the place, and what to do."""

    code = "vel"


def clean(text: str) -> str:
    """Give a text without signs that nobody sees, and without blanks (NBSP too) at its ends."""
    return text.translate(_UNSEEN).strip()


class Vak(NamedTuple):
    """One cell. `tekst` is what is in it, cleaned; of a number all its digits, of a date jjjj-mm-dd.

    `getal` and `datum` are there for those kinds. `opmaak` is the number format, where the sheet has one that is not
    general: it tells when what is shown is not what is held (`0.0%`).
    """

    tekst: str
    soort: Vaksoort
    getal: float | None = None
    datum: date | None = None
    opmaak: str = ""


LEEG = Vak("", "leeg")


class Regel(NamedTuple):
    """A line that holds something: its number in the file, from 1, and its cells up to the last filled one."""

    nummer: int
    vakken: tuple[Vak, ...]

    def vak(self, place: int) -> Vak:
        """Give the cell at a place, from 0; a blank beyond the last."""
        return self.vakken[place] if place < len(self.vakken) else LEEG


@dataclass(frozen=True)
class Vlak:
    """A rectangle of merged cells, all from 1 and including both ends."""

    rij: int
    kolom: int
    tot_rij: int
    tot_kolom: int

    def __str__(self) -> str:
        return f"{kolomletter(self.kolom - 1)}{self.rij}:{kolomletter(self.tot_kolom - 1)}{self.tot_rij}"


@dataclass
class Vel:
    """One sheet, or a text file as one.

    `verborgen_rijen` holds line numbers from 1, `verborgen_kolommen` places from 0; both only where something stands.
    `breedtes` is of a text file only: line number -> how many fields there are, blanks at the end included.
    """

    bestand: str
    naam: str = ""
    regels: list[Regel] = field(default_factory=list)
    verborgen: bool = False
    verborgen_rijen: frozenset[int] = frozenset()
    verborgen_kolommen: frozenset[int] = frozenset()
    samengevoegd: tuple[Vlak, ...] = ()
    # how many cells have a comment; it is read by nobody, and never part of the cell
    opmerkingen: int = 0
    breedtes: dict[int, int] = field(default_factory=dict)
    # of a text file: the encoding that it is in, and the sign between the fields
    codering: str = ""
    scheiding: str = ""
    # the last line of a text file has its line end; without, the file may have been cut
    afgesloten: bool = True

    def plek(self, regel: int, kolom: int | None = None) -> str:
        """Say where something is: file, sheet where there is one, line, and column from 0."""
        return f"{self.bestand}, {self.plaats(regel, kolom)}"

    def plaats(self, regel: int, kolom: int | None = None) -> str:
        """Say where in the file something is, without the name of the file."""
        sheet = f"blad '{self.naam}', " if self.naam else ""
        column = "" if kolom is None else f", kolom {kolomletter(kolom)}"
        return f"{sheet}regel {regel}{column}"

    def rijen(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Give every line as number and texts."""
        for regel in self.regels:
            yield regel.nummer, tuple(v.tekst for v in regel.vakken)


def kolomletter(place: int) -> str:
    """Give the letter that a sheet writes above the column at a place, from 0: A, B, ..., Z, AA."""
    letters, n = "", place + 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def trim(vakken: Sequence[Vak]) -> tuple[Vak, ...]:
    """Give the cells up to the last that holds something."""
    end = len(vakken)
    while end and vakken[end - 1].soort == "leeg":
        end -= 1
    return tuple(vakken[:end])


def visible_vel(vellen: Sequence[Vel], bestand: str) -> Vel:
    """Give the one visible sheet that holds something. Raises VelError naming the sheets when it is not one."""
    filled = [v for v in vellen if v.regels and not v.verborgen]
    if len(filled) == 1:
        return filled[0]
    if filled:
        names = ", ".join(f"'{v.naam}'" for v in filled)
        raise VelError(
            f"{bestand}: er zijn {len(filled)} bladen met gegevens ({names}), en niet te zien is welk blad de levering "
            "is. Bewaar elk blad als eigen bestand, of haal weg wat geen levering is"
        )
    hidden = [v.naam for v in vellen if v.regels]
    if hidden:
        names = ", ".join(f"'{n}'" for n in hidden)
        raise VelError(
            f"{bestand}: alleen op een verborgen blad ({names}) staat iets; maak het zichtbaar en bewaar opnieuw"
        )
    raise VelError(f"{bestand}: het bestand is leeg")
