"""How a figure was made: what to download, the card, the sources, and the query that gives its numbers.

It unfolds under each figure; on paper a reference to the source and the data is enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports import cellen
from reports.document import Alinea, Codeblok, Feiten, Uitklap
from reports.hoofdstukken.schrijftafel import Bestanden, Schrijftafel, downloads
from reports.inhoud import Code, Doel, Inhoud, Koppeling, Nadruk
from reports.model import Indicator, Regio

TITEL = "Gegevens en herkomst"


def _regios(regios: Sequence[Regio]) -> str:
    return ", ".join(f"'{r.code}'" for r in regios)


def query_of_reeks(indicator: Indicator, regios: Sequence[Regio], periode: str = "") -> str:
    """The query that gives the figures of an indicator: of regions, through time or in one period."""
    when = f"\n  AND periode = '{periode}'" if periode else ""
    return (
        "SELECT regio, periode, waarde, status, leeg_reden\nFROM monitor.indicatorwaarde\n"
        f"WHERE indicator = '{indicator.id}' AND uitsplitsing = 'totaal'\n"
        f"  AND regio IN ({_regios(regios)}){when}\nORDER BY regio, periode;"
    )


def query_of_standen(regio: Regio) -> str:
    """The query that gives the judgements on a region."""
    return (
        "SELECT indicator, trend, positie, rang, rang_van\nFROM monitor.oordeel\n"
        f"WHERE regio = '{regio.code}' AND uitsplitsing = 'totaal'\nORDER BY indicator;"
    )


def of_indicator(
    tafel: Schrijftafel, indicator: Indicator, regios: Sequence[Regio], figuur: str, periode: str = ""
) -> Uitklap:
    """What unfolds under a figure of an indicator. `figuur` tells figures of one indicator apart for who listens."""
    bronnen: list[Inhoud] = [(*((", ",) if n else ()), *cellen.bron_naam(b)) for n, b in enumerate(indicator.bronnen)]
    return Uitklap(
        TITEL,
        (
            Alinea(downloads(tafel.cijfers(indicator), indicator.naam)),
            Feiten(
                (
                    ("Kaart", (Nadruk(indicator.naam), f", {indicator.eenheid} (", Code(indicator.id), ")")),
                    ("Bewerking", (indicator.bewerking,)),
                    ("Tabellen van de bron", tuple(run for b in bronnen for run in b) or ("geen",)),
                    (
                        "Verder terug",
                        (
                            Koppeling("definitie en broncellen", tafel.doel(indicator), f" van {indicator.naam}"),
                            "; ",
                            Koppeling("verantwoording", Doel("verantwoording"), f" bij {indicator.naam}"),
                        ),
                    ),
                )
            ),
            *_vraag(f"{figuur} van {indicator.naam}", query_of_reeks(indicator, regios, periode)),
        ),
        f": {figuur} van {indicator.naam}",
    )


def of_analyse(naam: str, sql: str) -> Uitklap:
    """What unfolds under a figure of an analysis, whose source and downloads stand above it."""
    return Uitklap(
        TITEL,
        (
            *_vraag(naam, sql),
            Alinea(
                (
                    "De regels van de berekening staan in de kop van die tabel; bronnen en definities in de ",
                    Koppeling("verantwoording", Doel("verantwoording"), f" bij {naam}"),
                    ".",
                ),
                "noot",
            ),
        ),
        f": {naam}",
    )


def of_standen(tafel: Schrijftafel, naam: str, regio: Regio) -> Uitklap:
    """What unfolds under a figure of judgements."""
    bestanden: Bestanden = tafel.standen()
    return Uitklap(
        TITEL,
        (
            Alinea(downloads(bestanden, naam)),
            *_vraag(naam, query_of_standen(regio)),
            Alinea(
                (
                    Koppeling("Hoe het oordeel tot stand komt", Doel("verantwoording", "oordeel"), f" in {naam}"),
                    ".",
                ),
                "noot",
            ),
        ),
        f": {naam}",
    )


def _vraag(naam: str, sql: str) -> tuple[Alinea, Codeblok]:
    return (
        Alinea(("Met deze vraag geeft de database (", Nadruk("monitor.duckdb"), ") dezelfde cijfers:"), "noot"),
        Codeblok(f"Zoekvraag voor {naam}", sql),
    )
