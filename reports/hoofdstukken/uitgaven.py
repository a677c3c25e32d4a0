"""The page of releases: what the feed says, to read."""

from __future__ import annotations

from collections.abc import Sequence

from reports.berichten import Bericht
from reports.document import Alinea, Blad, Blok, Kop, Lijst
from reports.getallen import format_datum
from reports.hoofdstukken.naslag import GROEP
from reports.hoofdstukken.schrijftafel import cellen
from reports.inhoud import Bestand, Koppeling
from reports.tabel import Kolom, Rij, Rijgroep, Tabel

BLAD, FEED = "uitgaven", "feed.atom"
LEES = {
    "uitgave": "Naast de vorige publicatie",
    "edities": "Alle verschillen met de vorige editie",
    "rectificatie": "Wat er stond, en wat het moet zijn",
}
# of a first release nothing shifted
VERSCHOOF = (
    "Wat het meest verschoof, staat voorop: naar verhouding, het verschil als deel van het cijfer van toen. In "
    "bedragen zit ook de inflatie. "
)


def make_uitgaven(berichten: Sequence[Bericht]) -> Blad:
    """All of `berichten` in their order: releases and rectifications at length, sources in a table."""
    verschoof = any(b.vergelijkt for b in berichten)
    blokken: list[Blok] = [
        Alinea(
            (
                "Wat er nieuw is: deze uitgave, wat er is rechtgezet, en wanneer elke bron is opgehaald. ",
                *([VERSCHOOF] if verschoof else []),
                "Hetzelfde staat in ",
                Koppeling("een feed (Atom)", Bestand(FEED)),
                "; een programma dat u die geeft, meldt vanzelf wat erbij komt.",
            ),
            "inleiding",
        )
    ]
    for n, b in enumerate((b for b in berichten if b.soort != "bron"), start=1):
        blokken += [
            Kop(2, b.titel, f"uitgave-{n}"),
            Alinea((f"{format_datum(b.moment.date())}.",)),
            Lijst(tuple((zin,) for zin in b.zinnen)),
            *([Alinea((Koppeling(LEES[b.soort], b.doel), "."))] if b.vergelijkt or b.soort == "rectificatie" else []),
        ]
    if bronnen := [b for b in berichten if b.soort == "bron"]:
        rijen = tuple(Rij((b.titel,), cellen(format_datum(b.moment.date()), " ".join(b.zinnen))) for b in bronnen)
        blokken += [
            Kop(2, "Bronnen", "bronnen"),
            Tabel(
                "bronnen-tabel",
                f"Wanneer elke bron is opgehaald ({len(bronnen)})",
                (Kolom(("Bericht",)), Kolom(("Wanneer",)), Kolom(("Welke cijfers",))),
                (Rijgroep(rijen),),
                dicht=True,
            ),
            Alinea((Koppeling("Alle bronnen, met hun licentie en hun status", bronnen[0].doel), ".")),
        ]
    return Blad(BLAD, "Uitgaven en wijzigingen", GROEP, tuple(blokken), kort="Uitgaven")
