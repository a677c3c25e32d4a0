"""What every chapter needs: the figures, the analyses, the tools to draw with, and where things stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.analyse import Analyses
from reports.bewaren import Neem, maak_zelf
from reports.document import Figuur, Figuurblok, Uitklap
from reports.downloads import csvbestand, gegevens, parquetbestand
from reports.downloads.gegevens import Cijfertabel, Rij, Veld
from reports.figuren import Doek, Landkaarttekenaar, make_ondergrond
from reports.inhoud import Bestand, Doel, Inhoud, Koppeling
from reports.model import Indicator, Rapport, Regio
from reports.tabel import Cel
from reports.vraag import Vraag

# The source of figures of the employment register.
REGISTER = "register"

# The same figures as CSV and as Parquet.
Bestanden = tuple[Bestand, Bestand]


class Schrijftafel:
    """A report, its analyses, what to draw with, and the files that the chapters leave beside the pages."""

    def __init__(
        self, rapport: Rapport, analyses: Analyses, vragen: tuple[Vraag, ...] = (), neem: Neem = maak_zelf
    ) -> None:
        self.rapport = rapport
        self.analyses = analyses
        # what the edition has answered for its readers
        self.vragen = vragen
        # who may have a figure from before
        self.neem = neem
        self.doek = Doek(neem)
        ondergrond = make_ondergrond(rapport.grenzen, rapport.gemeenten, rapport.gebied.tegels)
        self.landkaart = Landkaarttekenaar(self.doek, ondergrond) if ondergrond else None
        self.bestanden: dict[str, bytes] = {}
        # the figures behind what was shown so far: of indicators, and of analyses
        self.rijen: dict[str, list[Rij]] = {}
        self.tabellen: dict[str, Cijfertabel] = {}
        self.voorbeeld = rapport.soort == "voorbeeld"
        self._indicatoren = {i.id: i for i in rapport.indicatoren}
        self._themas = {i.id: t for t in rapport.themas for i in t.indicatoren}

    def indicator(self, id_: str) -> Indicator | None:
        """The indicator with this id, or None where the report does not show it."""
        return self._indicatoren.get(id_)

    def gekozen(self, ids: Iterable[str]) -> list[Indicator]:
        """Of these indicators the ones that the report shows, in this order."""
        return [self._indicatoren[i] for i in ids if i in self._indicatoren]

    def doel(self, indicator: Indicator) -> Doel:
        """Where an indicator stands in full."""
        return Doel(self._themas[indicator.id].blad, indicator.id)

    def hoofdstuk(self, blad: str) -> Doel:
        """The chapter of a theme; where the report has none, the page that says what is not there."""
        return Doel(blad if any(t.blad == blad for t in self.rapport.themas) else "niet-beschikbaar")

    def thema(self, indicator: Indicator) -> Koppeling:
        """The name of the theme of an indicator, as a link to its chapter."""
        thema = self._themas[indicator.id]
        return Koppeling(thema.naam, Doel(thema.blad))

    def naam(self, indicator: Indicator) -> Koppeling:
        """The name of an indicator, as a link to where it stands in full."""
        return Koppeling(indicator.naam, self.doel(indicator))

    def namen(self, indicatoren: Iterable[Indicator], geen: str = "") -> Inhoud:
        """The names of indicators as a sentence lists them, each as a link; `geen` where there is none."""
        return opsomming([self.naam(i) for i in indicatoren]) or (geen,)

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

    def bewaar_rijen(self, naam: str, titel: str, velden: Sequence[Veld], rijen: Sequence[Rij]) -> Bestanden:
        """Leave the same rows beside the pages as CSV and as Parquet."""
        r = self.rapport
        over = {
            "titel": titel,
            "publicatie": f"{r.titel} {r.editie}",
            "uitgever": r.gebied.uitgever,
            "datum": r.datum.isoformat(),
            "bouw": r.bouw.id,
            "let op": r.melding or "",
        }
        return (
            self.bewaar(f"{naam}.csv", csvbestand.write(velden, rijen)),
            self.bewaar(f"{naam}.parquet", parquetbestand.write(velden, rijen, over)),
        )

    def cijfers(self, indicator: Indicator) -> Bestanden:
        """All figures of an indicator, beside the pages."""
        naam = f"data/{indicator.id}"
        if indicator.id not in self.rijen:
            self.rijen[indicator.id] = gegevens.of_indicator(indicator, voorbeeld=self.voorbeeld)
            self.bewaar_rijen(naam, indicator.naam, gegevens.CIJFER, self.rijen[indicator.id])
        return Bestand(f"{naam}.csv"), Bestand(f"{naam}.parquet")

    def standen(self) -> Bestanden:
        """The latest figure and judgement of every indicator and region, beside the pages."""
        naam = "data/laatste-stand"
        if f"{naam}.csv" not in self.bestanden:
            titel = "Laatste stand en oordeel van alle indicatoren"
            self.bewaar_rijen(naam, titel, gegevens.STAND, gegevens.of_standen(self.rapport))
        return Bestand(f"{naam}.csv"), Bestand(f"{naam}.parquet")

    def tabel(self, tabel: Cijfertabel) -> Bestanden:
        """The figures of an analysis, beside the pages and as a sheet of the workbook."""
        naam = f"data/analyse/{tabel.id}"
        if tabel.id not in self.tabellen:
            self.tabellen[tabel.id] = tabel
            rijen = gegevens.of_tabel(tabel, voorbeeld=self.voorbeeld)
            self.bewaar_rijen(naam, tabel.titel, gegevens.CIJFER, rijen)
        return Bestand(f"{naam}.csv"), Bestand(f"{naam}.parquet")

    def afgeleid(
        self, id_: str, figuur: Figuur, bron: Inhoud, tabel: Cijfertabel, uitleg: tuple[Uitklap, ...]
    ) -> Figuurblok:
        """A figure of an analysis, with its source, its numbers to download, and how it was made."""
        download = downloads(self.tabel(tabel), f"figuur: {figuur.kop}")
        return Figuurblok(id_, figuur, (*bron, " ", *download), uitklap=uitleg)


def downloads(bestanden: Bestanden, van: str) -> Inhoud:
    """The links to the same figures in two forms. `van`: what they are of, for who hears a link by itself."""
    csv, parquet = bestanden
    return (
        "Download de cijfers: ",
        Koppeling("CSV", csv, f" met de cijfers van {van}"),
        ", ",
        Koppeling("Parquet", parquet, f" met de cijfers van {van}"),
        ".",
    )


def cellen(*inhoud: Inhoud | str) -> tuple[Cel, ...]:
    """Cells from runs or plain texts."""
    return tuple(Cel((i,) if isinstance(i, str) else i) for i in inhoud)


def opsomming(koppelingen: Sequence[Koppeling | str]) -> Inhoud:
    """Links as a sentence lists them: 'Assen, Emmen en Westerveld'."""
    runs: list[str | Koppeling] = []
    for n, koppeling in enumerate(koppelingen):
        if n:
            runs.append(" en " if n == len(koppelingen) - 1 else ", ")
        runs.append(koppeling)
    return tuple(runs)
