"""Why a region that is made of its members has no figure: what is the matter with those, each with its own reason."""

from __future__ import annotations

from begrippen.lijsten import LEEG_UITLEG, NIET_BESCHIKBAAR
from reports.getallen import join
from reports.model import Indicator, Rapport, Regio

NIET_SAMEN = "Dit cijfer is niet uit dat van gemeenten samen te stellen"
GEEN_GEMEENTE = "Er is geen cijfer van deze gemeenten"
GEEN_GEWICHT = "Van een of meer gemeenten is niet bekend hoe zwaar zij hierin wegen"
GEEN_RIJ = "niet in de bron"
WAAROM = LEEG_UITLEG | NIET_BESCHIKBAAR


def leden_zin(rapport: Rapport, indicator: Indicator, regio: Regio) -> str:
    """Why this composite region has no figure, as a sentence without its full stop.

    Members without a figure are named with their reasons, those with the same one together.
    """
    if indicator.aggregatie == "niet":
        return NIET_SAMEN
    per: dict[str, list[str]] = {}
    for naam, reden in rapport.zonder.get((indicator.id, regio.code), ()):
        per.setdefault(WAAROM[reden] if reden else GEEN_RIJ, []).append(naam)
    if per:
        return "Zonder cijfer: " + "; ".join(f"{join(namen)} ({waarom})" for waarom, namen in per.items())
    leden = [g for g in rapport.leden.get(regio.code, ()) if indicator.punt(g.code)]
    return GEEN_GEWICHT if leden else GEEN_GEMEENTE
