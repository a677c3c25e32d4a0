"""A sentence of free text with what it is about, and what is said of a claim in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.getallen import format_periode, met_eenheid, round_half_away
from reports.model import Indicator, Regio
from reports.tekst.cijfers import NEDERLAND, Cijfers, Verwijzing
from reports.tekst.fout import FOUT, Ernst
from reports.tekst.onderwerp import Onderwerp, find_onderwerp
from reports.tekst.zinswoorden import NIET

LIJST = "Welke verwijzingen er zijn: monitor tekst lijst"


@dataclass(frozen=True)
class Bevinding:
    """What the figures say of a claim at a place in a text. `klopt`: they confirm it, so that its number may stay."""

    begin: int
    eind: int
    klopt: bool
    wat: str = ""
    advies: str = ""
    ernst: Ernst = FOUT


@dataclass
class Vrijezin:
    """A sentence of free text with what it is about."""

    tekst: str
    begin: int
    verwijzingen: dict[str, Verwijzing]
    cijfers: Cijfers
    onderwerp: Onderwerp
    namen: tuple[str, ...]

    def __post_init__(self) -> None:
        self.eigen = [self.verwijzingen[c] for c in self.tekst if c in self.verwijzingen]
        self.met_cijfer = any(v.is_cijfer and v.soort != "jaar" for v in self.eigen)

    def _found(self, m: re.Match[str], wat: str = "", advies: str = "", ernst: Ernst = FOUT) -> Bevinding:
        return Bevinding(self.begin + m.start(), self.begin + m.end(), not wat, wat, advies, ernst)

    def _denied(self, plaats: int) -> bool:
        return bool(NIET.search(self.tekst[max(0, plaats - 14) : plaats]))

    def _unknown(self, m: re.Match[str]) -> Bevinding:
        return self._found(
            m,
            f"'{kort(m[0])}' is aan geen cijfer te toetsen",
            f"Noem het cijfer waar het om gaat, of laat het weg. {LIJST}",
        )

    def _clause(self, plaats: int) -> Onderwerp:
        """What the part of the sentence between two semicolons or colons is about."""
        begin = max(self.tekst.rfind(c, 0, plaats) for c in ";:") + 1
        if begin == 0:
            return self.onderwerp
        deel = find_onderwerp(self.tekst[begin:], [], self.cijfers)
        whole = self.onderwerp
        deel.kaarten = deel.kaarten if deel.kaarten and not whole.kaarten else whole.kaarten
        deel.beweringen = whole.beweringen or deel.beweringen
        deel.jaren = deel.jaren or whole.jaren
        if not deel.genoemd:
            deel.hier, deel.daar = whole.hier, whole.daar
        elif not deel.hier or (deel.daar and not any(r in deel.hier for r in whole.hier)):
            deel.hier = deel.hier or whole.hier
        deel.grens = None
        land = self.cijfers.regios.get(NEDERLAND)
        if land is not None and re.match(r"\s*in Nederland\b", self.tekst[begin:]):
            deel.hier = [land]
        return deel


def kort(tekst: str) -> str:
    """Words of a text on one line."""
    return " ".join(tekst.split())


def kleinst(o: Onderwerp) -> Regio:
    """The most precise of the regions that a sentence is about."""
    order = {"gemeente": 0, "corop": 1, "samengesteld": 1, "provincie": 2, "land": 3}
    return min(o.hier, key=lambda r: order.get(r.soort, 2))


def laatste(kaart: Indicator, code: str) -> float | None:
    """The latest value of a region as it is shown; None where it has none."""
    punt = kaart.punt(code)
    if punt is None or punt.waarde is None:
        return None
    return float(round_half_away(punt.waarde, kaart.decimalen))


def bedrag(kaart: Indicator, waarde: float) -> str:
    """A value with its unit."""
    return met_eenheid(waarde, kaart.decimalen, kaart.eenheid)


def stand(kaart: Indicator, regio: Regio, waarde: float, periode: str) -> str:
    """A value with its indicator, region and year."""
    return f"'{kaart.naam}' is in {regio.naam} {bedrag(kaart, waarde)} in {format_periode(periode)}"
