"""Which figures each chapter of the report shows: its cards, and the analyses before them.

Pages that show something of everything (the summary, a region, the account) are not here: they change with every
source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assets.indicatoren.kaart import Kaart
from begrippen.beleid import REGIO_DEAL, Regiodeal
from begrippen.themas import Thema

# theme -> the tables of what stands before its cards (`reports.samenstelling.BEGIN`)
ANALYSES: Mapping[str, tuple[str, ...]] = {
    "werkgelegenheid": (
        *("monitor.shift_share", "monitor.locatiequotient", "monitor.werkgelegenheid", "monitor.grootste_sector"),
        *("monitor.locatiequotient_register", "monitor.stuwend", "monitor.banenbegrippen"),
    ),
    "verdienvermogen": ("monitor.productiviteitskloof",),
    "arbeidsmarkt": ("monitor.pendel", "monitor.woon_werkbalans"),
    "demografie": ("monitor.prognose", "monitor.prognose_leeftijd"),
}


@dataclass(frozen=True)
class Hoofdstuk:
    """A chapter: its page, what it is called, the cards that it shows and the tables of its analyses."""

    blad: str
    titel: str
    kaarten: tuple[str, ...]
    tabellen: tuple[str, ...]


def find_hoofdstukken(
    kaarten: Mapping[str, Kaart], themas: Mapping[str, Thema], deal: Regiodeal | None
) -> list[Hoofdstuk]:
    """The chapters of themes that have cards for the report, in the order of the report.

    `deal`: that of the tenant; its chapter has a panel of cards of all themes, now and as papers printed them.
    """
    paneel = {id for p in deal.pijlers for id in p.indicatoren} if deal else set()
    found = []
    for thema in themas.values():
        own = tuple(id for id, k in kaarten.items() if k.thema == thema.id and k.doel == "rapport")
        if not own:
            continue
        tabellen = ANALYSES.get(thema.id, ())
        if deal and thema.id == REGIO_DEAL:
            own += tuple(id for id, k in kaarten.items() if id in paneel - set(own) and k.doel == "rapport")
            tabellen = (*tabellen, "beleid.gedrukt")
        found.append(Hoofdstuk(thema.blad, thema.titel or thema.naam, own, tabellen))
    return found
