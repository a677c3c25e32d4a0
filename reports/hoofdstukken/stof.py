"""What every chapter needs: the figures, the analyses, the tools to draw with, and where things stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.analyse import Analyses
from reports.document import Bestand, Cel, Doel, Figuur, Figuurblok, Inhoud, Koppeling, Uitklap
from reports.figuren import Doek, Kaarttekenaar, make_ondergrond
from reports.model import Indicator, Rapport, Regio
from reports.uitgave import csvbestand

# Theme of a card -> page on which its indicators stand in full.
BLADEN = {
    "werkgelegenheid": "werkgelegenheid",
    "verdienvermogen": "verdienvermogen",
    "ondernemerschap": "bedrijvendynamiek",
    "arbeidsmarkt": "arbeidsmarkt",
    "demografie": "vooruitblik",
    "vestigingsklimaat": "vestigingsklimaat",
    "vrijetijdseconomie": "vrijetijdseconomie",
    "regio_deal": "regiodeal",
}
BREDE_WELVAART = "Brede welvaart"
# The source of figures of the employment register.
REGISTER = "register"


def blad_van(thema: str) -> str:
    """The page on which the indicators of a theme stand in full."""
    return BLADEN.get(thema, f"thema/{thema}")


class Stof:
    """A report, its analyses, what to draw with, and the files that the chapters leave beside the pages."""

    def __init__(self, rapport: Rapport, analyses: Analyses) -> None:
        self.rapport = rapport
        self.analyses = analyses
        self.doek = Doek()
        ondergrond = make_ondergrond(rapport.grenzen, rapport.gemeenten)
        self.kaart = Kaarttekenaar(self.doek, ondergrond) if ondergrond else None
        self.bestanden: dict[str, bytes] = {}
        self._indicatoren = {i.id: i for i in rapport.indicatoren}

    def indicator(self, id_: str) -> Indicator | None:
        """The indicator with this id, or None where the report does not show it."""
        return self._indicatoren.get(id_)

    def gekozen(self, ids: Iterable[str]) -> list[Indicator]:
        """Of these indicators the ones that the report shows, in this order."""
        return [self._indicatoren[i] for i in ids if i in self._indicatoren]

    def doel(self, indicator: Indicator) -> Doel:
        """Where an indicator stands in full."""
        return Doel(blad_van(indicator.thema), indicator.id)

    def naam(self, indicator: Indicator) -> Koppeling:
        """The name of an indicator, as a link to where it stands in full."""
        return Koppeling(indicator.naam, self.doel(indicator))

    def naam_van(self, id_: str, anders: str) -> str | Koppeling:
        """The name of an indicator by its id, as a link where the report shows it, else `anders`."""
        found = self.indicator(id_)
        return self.naam(found) if found else anders

    def regio(self, regio: Regio) -> Koppeling:
        """The name of a region, as a link to its page."""
        return Koppeling(regio.naam, Doel(f"regio/{regio.code}"))

    def bewaar(self, pad: str, inhoud: bytes) -> Bestand:
        """Leave a file beside the pages."""
        self.bestanden[pad] = inhoud
        return Bestand(pad)

    def csv(self, indicator: Indicator) -> Bestand:
        """All values of an indicator, beside the pages."""
        pad = f"data/{indicator.id}.csv"
        return Bestand(pad) if pad in self.bestanden else self.bewaar(pad, csvbestand.of_indicator(indicator))

    def afgeleid(
        self,
        id_: str,
        figuur: Figuur,
        bron: Inhoud,
        cijfers: tuple[Sequence[str], Iterable[Sequence[object]]],
        uitleg: tuple[Uitklap, ...] = (),
    ) -> Figuurblok:
        """A figure of an analysis, with its source, its numbers to download (columns, rows), and how it was made."""
        bestand = self.bewaar(f"data/{id_}.csv", csvbestand.write(*cijfers))
        download = Koppeling("Download de cijfers (CSV)", bestand, f" van figuur: {figuur.kop}")
        return Figuurblok(id_, figuur, (*bron, " ", download), uitklap=uitleg)


def cellen(*inhoud: Inhoud | str) -> tuple[Cel, ...]:
    """Cells from runs or plain texts."""
    return tuple(Cel((i,) if isinstance(i, str) else i) for i in inhoud)
