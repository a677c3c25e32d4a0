"""What stands out of a region, by name: where it is high and low, what gets better and what gets worse. All claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reports.bewering import Bewering
from reports.beweringzinnen import verschil_deel
from reports.document import Alinea, Blok, Lijst, Naast, Uitklap
from reports.familie import familie, leidende
from reports.gedrukt.drukwerk import Drukwerk
from reports.getallen import format_periode
from reports.inhoud import Inhoud, Nadruk
from reports.model import Indicator, Regio
from reports.oordeelzinnen import toeval_van
from reports.zinnen import bedrag, haakjes, naam_in_zin, voorbehoud

HOOGSTENS = 3
KAN_TOEVAL = "kan toeval zijn"


def _gevonden(
    druk: Drukwerk, regio: Regio, soort: str, oordeel: str, indicatoren: Iterable[Indicator]
) -> list[tuple[Indicator, Bewering]]:
    b = druk.tafel.rapport.beweringen
    claims = {
        i.id: (i, claim)
        for i in indicatoren
        if (claim := b.find(soort, i.id, regio.code)) is not None and claim.actueel and claim.met_kant
    }
    # of what measures the same one verdict is told: that of the leading one
    leading = (claims[i.id] for i in leidende(i for i, _ in claims.values()))
    return [(i, claim) for i, claim in leading if claim.oordeel == oordeel]


def _once(found: Sequence[tuple[Indicator, Bewering]], aantal: int) -> list[tuple[Indicator, Bewering]]:
    kept: dict[str, tuple[Indicator, Bewering]] = {}
    for indicator, claim in found:
        kept.setdefault(familie(indicator), (indicator, claim))
    return list(kept.values())[:aantal]


def by_plaats(
    druk: Drukwerk, regio: Regio, kwart: str, indicatoren: Iterable[Indicator], aantal: int = HOOGSTENS
) -> list[tuple[Indicator, Bewering]]:
    """The indicators in this quarter: those that may be chance last, and of each the most outspoken first."""
    found = _gevonden(druk, regio, "plaats", kwart, indicatoren)

    def share(pair: tuple[Indicator, Bewering]) -> float:
        deel = (pair[1].rang or 0) / max(pair[1].rang_van or 1, 1)
        return deel if kwart == "bovenste_kwart" else -deel

    return _once(sorted(found, key=lambda p: (bool(toeval_van(p[1])), share(p), p[0].naam)), aantal)


def by_verandering(
    druk: Drukwerk, regio: Regio, oordeel: str, indicatoren: Iterable[Indicator], aantal: int = HOOGSTENS
) -> list[tuple[Indicator, Bewering]]:
    """The indicators that changed this way since two years, the largest first, each in sizes of what matters for it."""
    every = list(indicatoren)
    found = [
        *_gevonden(druk, regio, "verandering", oordeel, every),
        *_gevonden(druk, regio, "verandering_reeel", oordeel, every),
    ]
    return _once(sorted(found, key=lambda p: (-abs(p[1].verschil or 0) / (p[1].grens or 1), p[0].naam)), aantal)


def plaats_item(indicator: Indicator, b: Bewering) -> Inhoud:
    """'Werkloosheid: 3,2% in 2024, plaats 2 van 12.'; that others share it, and may as well be there, stands behind."""
    rest = haakjes(
        *(["gedeeld"] if b.gedeeld else []),
        *([KAN_TOEVAL] if toeval_van(b) else []),
    )
    reeks = indicator.reeksen.get(b.regio)
    punt = reeks.point(b.periode) if reeks else None
    cijfer = f"{bedrag(indicator, punt.waarde)} " if punt and punt.waarde is not None else ""
    wanneer = f"in {format_periode(b.periode)}{haakjes(*voorbehoud(indicator, punt))}"
    return (Nadruk(f"{naam_in_zin(indicator)}:"), f" {cijfer}{wanneer}, plaats {b.rang} van {b.rang_van}{rest}.")


def verandering_item(indicator: Indicator, b: Bewering) -> Inhoud:
    """'Werkloosheid: 3,2% in 2024, 0,4 procentpunt lager dan in 2022.' Of an amount: the one that its source gives."""
    punt = indicator.punt(b.regio)
    assert punt is not None and punt.waarde is not None and b.periode_eerder
    deel = verschil_deel(indicator, b, f"in {format_periode(b.periode_eerder)}")
    zeker = haakjes(*voorbehoud(indicator, punt))
    # the heading of the list says which side it is
    zonder = re.sub(r" \((?:on)?gunstig\)$", "", re.sub(r" \((?:on)?gunstig, ", " (", deel))
    return (
        Nadruk(f"{naam_in_zin(indicator)}:"),
        f" {bedrag(indicator, punt.waarde)} in {format_periode(b.periode)}{zeker}, {zonder}.",
    )


def make_opvallend(
    druk: Drukwerk, regio: Regio, indicatoren: Sequence[Indicator], onder: str, aantal: int = HOOGSTENS
) -> list[Blok]:
    """Where a region stands well and badly, and what gets better and worse: four short lists, two beside two.

    Not 'high' and 'low': under the name of an indicator those are sizes, and a high rank may be a small figure.
    `onder`: among whom it has its place. Empty where nothing stands out.
    """
    beter, slechter = (by_verandering(druk, regio, kant, indicatoren, aantal) for kant in ("gunstig", "ongunstig"))
    hoog, laag = (by_plaats(druk, regio, kwart, indicatoren, aantal) for kwart in ("bovenste_kwart", "onderste_kwart"))
    lists = (
        (f"In het gunstigste kwart van {onder}", [plaats_item(*p) for p in hoog]),
        (f"In het ongunstigste kwart van {onder}", [plaats_item(*p) for p in laag]),
        ("Ging de gewenste kant op sinds twee jaar", [verandering_item(*p) for p in beter]),
        ("Ging de andere kant op sinds twee jaar", [verandering_item(*p) for p in slechter]),
    )
    return [
        Naast(tuple(_lijst(kop, items) for kop, items in pair))
        for pair in (lists[:2], lists[2:])
        if any(items for _, items in pair)
    ]


def _lijst(kop: str, items: Sequence[Inhoud]) -> Blok:
    inhoud: Blok = Lijst(tuple(items)) if items else Alinea(("Geen enkele indicator.",))
    return Uitklap(kop, (inhoud,), drukken=True)
