"""The page to explore: lists of links for who runs no script, and the scripts that make choosing and drawing of it."""

from __future__ import annotations

from pathlib import Path

from reports.document import Alinea, Blad, Blok, Kop, Lijst
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Bestand, Doel, Inhoud, Koppeling
from reports.verken.gegevens import make_indicatorscript
from reports.verken.lijst import BLAD, make_lijstscript

HERE = Path(__file__).parent
# In this order: each uses what the ones before it gave.
PROGRAMMA = ("rekenen.js", "zoeken.js", "staat.js", "tekenen.js", "tonen.js", "bedienen.js", "verken.js")
STIJL = "verken.css"


def make_verken(tafel: Schrijftafel) -> Blad | None:
    """The page, with its scripts left beside it; None where nothing was read for it."""
    verkenner = tafel.analyses.verken
    if verkenner is None or not tafel.rapport.indicatoren:
        return None
    tafel.bewaar("verken/lijst.js", make_lijstscript(tafel, verkenner))
    for naam in (*PROGRAMMA, STIJL):
        tafel.bewaar(f"verken/{naam}", (HERE / naam).read_bytes())
    for indicator in tafel.rapport.indicatoren:
        tafel.bewaar(f"verken/data/{indicator.id}.js", make_indicatorscript(tafel.rapport, verkenner, indicator))
    return Blad(
        BLAD,
        "Verken de cijfers",
        "",
        tuple(_blokken(tafel)),
        programma=tuple(Bestand(f"verken/{naam}") for naam in (PROGRAMMA[0], "lijst.js", *PROGRAMMA[1:])),
        stijl=Bestand(f"verken/{STIJL}"),
    )


def _blokken(tafel: Schrijftafel) -> list[Blok]:
    r = tafel.rapport
    blokken: list[Blok] = [
        Alinea(
            (
                "Zoek een cijfer, kies gebieden en leg ze naast elkaar. Wat u kiest staat in het adres van de "
                "bladzijde: zo kunt u het delen.",
            ),
            "inleiding",
        ),
        Kop(2, "Alle gebieden", "gebieden"),
        Lijst(tuple(_items([tafel.regio(g) for g in r.gebieden]))),
        Kop(2, "Alle indicatoren", "indicatoren"),
        Alinea(("Per thema. De naam leidt naar de cijfers, de uitleg en de bron.",)),
    ]
    for thema in r.themas:
        blokken += [
            Kop(3, thema.naam, f"thema-{thema.id}"),
            Lijst(tuple(_items([Koppeling(i.naam, tafel.doel(i)) for i in thema.indicatoren]))),
        ]
    blokken.append(Alinea(("Alle bestanden staan op ", Koppeling("Gegevens downloaden", Doel("downloads")), ".")))
    return blokken


def _items(koppelingen: list[Koppeling]) -> list[Inhoud]:
    return [(k,) for k in koppelingen]
