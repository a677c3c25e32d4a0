"""How the chapter of the register writes its figures: in tens, with a sign and words for what is suppressed."""

from __future__ import annotations

from typing import Protocol

from markupsafe import Markup

from reports import getallen
from reports.model import Begrip, LeegReden, Register, Werk

STUWEND = {
    "a": "Alles buiten de verzorgende secties D, E, G, I, O, P, Q, R en S",
    "b": "Industrie, groothandel, zakelijke dienstverlening, toerisme, transport en communicatie (KEI)",
    "c": "Banen boven het aandeel dat een sectie in Nederland heeft",
}


class Leeg(Protocol):
    """Something that can be empty, and then says why."""

    @property
    def leeg_reden(self) -> LeegReden | None:
        """Why there is no figure."""


def leegteken(teken: str, uitleg: str) -> Markup:
    """A symbol for a missing figure, in words for who listens."""
    return Markup('<span aria-hidden="true">{}</span><span class="svd-voorlezen">{}</span>').format(teken, uitleg)


def _empty(leeg_reden: LeegReden | None) -> Markup:
    """No figure: suppressed where the cell is, else there is nothing to compare with."""
    reden = leeg_reden or "niet_gepubliceerd"
    return leegteken(getallen.format_leeg(reden), getallen.LEEG_UITLEG[reden])


def tien(waarde: float | None, leeg: Leeg) -> Markup:
    """A figure of the register, in tens."""
    return _empty(leeg.leeg_reden) if waarde is None else Markup(getallen.format_waarde(waarde, -1))


def procent(waarde: float | None, leeg: Leeg | None = None, teken: bool = False) -> Markup:
    """A share or change of the register with one decimal: '12,3%', '+0,4%'."""
    if waarde is None:
        return _empty(leeg.leeg_reden if leeg else None)
    return Markup(getallen.format_getal(waarde, 1, teken=teken) + "%")


def quotient(waarde: float | None, leeg: Leeg) -> Markup:
    """A location quotient with two decimals."""
    return _empty(leeg.leeg_reden) if waarde is None else Markup(getallen.format_getal(waarde, 2))


def begrip_cel(begrip: Begrip, regio: str) -> Markup:
    """The figure of a notion of jobs in a region, in tens like those of the register that it stands beside."""
    waarde, status, leeg_reden = begrip.waarden.get(regio, (None, "onbekend", None))
    return _empty(leeg_reden) if waarde is None else Markup(getallen.format_waarde(waarde, -1, status))


def _since(werk: Werk) -> str:
    return "" if werk.groei is None else f"{getallen.format_getal(werk.groei, 1, teken=True)}% sinds een jaar eerder"


def register_kern(register: Register) -> list[tuple[str, Markup, str]]:
    """The key figures of the chapter: name, figure, explanation."""
    totaal = register.totaal
    if totaal is None:
        return []
    op = f"1 april {getallen.format_periode(register.periode)}"
    found = [
        ("Banen", tien(totaal.banen, totaal), f"{op}. {_since(totaal)}".rstrip(". ")),
        ("Vestigingen", tien(totaal.vestigingen, totaal), op),
        ("Banen van 12 uur of meer", tien(totaal.fulltime, totaal), op),
    ]
    if zorg := next((w for w in register.groepen if w.code == "zorg"), None):
        wanneer = f"1 april {getallen.format_periode(register.periode_sbi)}"
        found.append(("Aandeel van de zorg in de banen", procent(zorg.aandeel_banen, zorg), wanneer))
    return found
