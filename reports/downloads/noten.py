"""The notes and the signs of the workbook: what a cell without a number says, and what stands beside one with it."""

from __future__ import annotations

from begrippen.lijsten import LEEGWOORDEN, LeegReden, Status
from reports import getallen
from reports.downloads.werkboek import Cel, Getal
from reports.model import Punt

NB = "n.b."
ALGEMEEN = (
    ("*", "Voorlopig cijfer: de bron kan het nog veranderen."),
    ("**", "Nader voorlopig cijfer: al een keer bijgesteld, en nog niet definitief."),
    ("≈", "Benadering: uit de gemeenten berekend, waar de bron zelf geen cijfer voor het gebied geeft."),
    (NB, "Niet beschikbaar: de bron heeft dit cijfer niet gepubliceerd, of er is voor deze periode geen cijfer."),
    ("geheim", "De bron houdt het cijfer geheim."),
    ("onbekend", "De bron geeft een punt: het cijfer is onbekend, niet betrouwbaar genoeg of geheim."),
    ("onderdrukt", "Weggelaten, omdat het iets over een enkel bedrijf zou zeggen."),
    ("n.v.t.", "Niet van toepassing: dit cijfer kan er niet zijn."),
    (
        getallen.MINDER_DAN_5,
        "Cijfers uit het werkgelegenheidsregister staan in tientallen; wat meer dan 0 en minder dan 5 is, heet zo.",
    ),
)


class Noten:
    """The notes of a workbook, numbered in the order in which they are first needed."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        for sign, text in ALGEMEEN:
            self.noot(sign, text)

    def noot(self, waarbij: str, tekst: str) -> str:
        """The reference to a note, which is made where it is not there yet."""
        number = self._numbers.setdefault((waarbij, tekst), len(self._numbers) + 1)
        return f"[noot {number}]"

    def rijen(self) -> tuple[tuple[Cel, ...], ...]:
        """All notes, by number."""
        return tuple((f"[noot {n}]", waarbij, tekst) for (waarbij, tekst), n in self._numbers.items())


def getalcel(waarde: float, decimalen: int, status: Status = "definitief", benadering: bool = False) -> Cel:
    """A number as a cell. `decimalen` below 0: of the register, in tens."""
    teken = getallen.STATUSTEKENS.get(status, "")
    if decimalen >= 0:
        return Getal(float(waarde), decimalen, teken, benadering)
    tens = float(getallen.round_half_away(waarde, decimalen))
    return getallen.MINDER_DAN_5 + teken if tens == 0 < waarde else Getal(tens, 0, teken, benadering)


def leegcel(reden: LeegReden | None) -> str:
    """Why there is no number, in words: a spreadsheet has no room for a legend beside each sign."""
    return LEEGWOORDEN[reden or "onbekend"]


def cel_van(punt: Punt | None, decimalen: int) -> Cel:
    """A point as a cell: the number, or the reason why there is none. Of the register the tens, as in the report."""
    if punt is None:
        return NB
    if punt.waarde is None:
        return leegcel(punt.leeg_reden)
    return getalcel(punt.waarde, decimalen, punt.status, punt.benadering)


def of_anders(waarde: float | None, decimalen: int, anders: str = NB) -> Cel:
    """A number as a cell, or what stands there without one."""
    return anders if waarde is None else getalcel(waarde, decimalen)
