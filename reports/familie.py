"""Indicators that measure the same development: which they are, and which of them is told."""

from __future__ import annotations

from collections.abc import Iterable

from reports.model import Indicator


def familie(indicator: Indicator) -> str:
    """What the indicator measures, by which two that measure the same are known; its own id where it stands alone."""
    return str(indicator.kaart.get("familie") or indicator.id)


def uniek(indicatoren: Iterable[Indicator]) -> list[Indicator]:
    """Of indicators that measure the same the first: who orders them says which matters most."""
    found: dict[str, Indicator] = {}
    for indicator in indicatoren:
        found.setdefault(familie(indicator), indicator)
    return list(found.values())


def leidende(indicatoren: Iterable[Indicator]) -> list[Indicator]:
    """Of indicators that measure the same the one that speaks for all; where that is not among them, the first."""
    given = list(indicatoren)
    leads = {familie(i): i for i in given if i.kaart.get("leidend")}
    return [leads.get(familie(i), i) for i in uniek(given)]
