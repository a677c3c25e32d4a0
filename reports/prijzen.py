"""In whose prices an amount stands, in words."""

from __future__ import annotations

from begrippen.lijsten import PRIJZEN
from reports.model import Indicator
from reports.zinnen import INFLATIE

GEEN_INDEX = (
    "Er is geen prijsindex. Daarom is niet te zeggen of het bedrag meer of minder waard werd, en is er geen oordeel "
    "over de trend."
)

ONBEKEND = "onbekend"
# of amounts of which the source says it not: beside a figure, and on the page of the card
ONZEKER = "niet zeker of de inflatie eraf is"
ALLEEN_STAND = "Daarom staat hier alleen het bedrag per jaar, zonder verandering, trend of oordeel over de trend."


def is_nominaal(indicator: Indicator) -> bool:
    """Whether its amounts of two years say nothing beside each other: inflation is in them, or may be."""
    return indicator.prijzen in ("lopend", ONBEKEND)


def inflatie(indicator: Indicator) -> str:
    """What stands behind amounts of more than one year: 'met inflatie', or that this is not certain; else empty."""
    return {"lopend": INFLATIE, ONBEKEND: ONZEKER}.get(indicator.prijzen, "")


def is_gedefleerd(indicator: Indicator) -> bool:
    """Whether the trend of an indicator is judged on amounts without inflation, as far as there is a price index."""
    return bool(indicator.kaart.get("deflator"))


def prijzen_zin(indicator: Indicator) -> str:
    """In whose prices the amounts stand and in whose they are judged; empty for what has no prices."""
    if indicator.prijzen == ONBEKEND:
        return f"{indicator.kaart.get('prijzen_reden') or ONZEKER.capitalize() + '.'} {ALLEEN_STAND}"
    if indicator.prijzen not in PRIJZEN:
        return ""
    zin = f"Bedragen in {PRIJZEN[indicator.prijzen]}."
    if not is_gedefleerd(indicator):
        return zin
    if indicator.prijspeil is None:
        return f"{zin} {GEEN_INDEX}"
    return f"{zin} Het oordeel over de trend gaat over het bedrag in prijzen van {indicator.prijspeil}."


def in_prijzen(indicator: Indicator) -> str:
    """', in prijzen van 2025' behind what is said of a trend that is judged on such amounts; else empty."""
    return f", in prijzen van {indicator.prijspeil}" if is_gedefleerd(indicator) and indicator.prijspeil else ""
