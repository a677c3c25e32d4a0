"""What stands out of a region, by name: where it is high and low, what gets better and what gets worse. All claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from begrippen.rekenregels import REKENREGELS
from reports.bewering import Bewering
from reports.beweringzinnen import verschil_deel
from reports.document import Alinea, Blok, Lijst, Naast, Uitklap
from reports.familie import familie, leidende
from reports.gedrukt.drukwerk import Drukwerk
from reports.getallen import format_periode
from reports.inhoud import Inhoud, Nadruk
from reports.model import Indicator, Regio
from reports.oordeelzinnen import toeval_van
from reports.zinnen import SCHATTING, bedrag, haakjes, naam_in_zin, voorbehoud

HOOGSTENS = 3
KAN_TOEVAL = "kan toeval zijn"


Paar = tuple[Indicator, Bewering]


def _geoordeeld(druk: Drukwerk, regio: Regio, soort: str, indicatoren: Iterable[Indicator]) -> list[Paar]:
    """What has a verdict with a wanted side: of what measures the same one is told, that of the leading one."""
    b = druk.tafel.rapport.beweringen
    claims = {
        i.id: (i, claim)
        for i in indicatoren
        if (claim := b.find(soort, i.id, regio.code)) is not None and claim.actueel and claim.met_kant
    }
    return [claims[i.id] for i in leidende(i for i, _ in claims.values())]


def _once(found: Iterable[Paar]) -> list[Paar]:
    kept: dict[str, Paar] = {}
    for indicator, claim in found:
        kept.setdefault(familie(indicator), (indicator, claim))
    return list(kept.values())


def by_plaats(druk: Drukwerk, regio: Regio, indicatoren: Iterable[Indicator]) -> dict[str, list[Paar]]:
    """By verdict the indicators with a place: those that may be chance last, and of each the most outspoken first."""
    found = _once(_geoordeeld(druk, regio, "plaats", indicatoren))

    def share(pair: Paar) -> float:
        deel = (pair[1].rang or 0) / max(pair[1].rang_van or 1, 1)
        return deel if pair[1].oordeel == "bovenste_kwart" else -deel

    return _by_oordeel(sorted(found, key=lambda p: (bool(toeval_van(p[1])), share(p), p[0].naam)))


def by_verandering(druk: Drukwerk, regio: Regio, indicatoren: Iterable[Indicator]) -> dict[str, list[Paar]]:
    """By verdict the changes since two years, the largest first, each in sizes of what matters for it."""
    every = list(indicatoren)
    found = [pair for soort in ("verandering", "verandering_reeel") for pair in _geoordeeld(druk, regio, soort, every)]
    return _by_oordeel(_once(sorted(found, key=lambda p: (-abs(p[1].verschil or 0) / (p[1].grens or 1), p[0].naam))))


def _by_oordeel(found: Iterable[Paar]) -> dict[str, list[Paar]]:
    sorted_out: dict[str, list[Paar]] = {}
    for pair in found:
        sorted_out.setdefault(pair[1].oordeel, []).append(pair)
    return sorted_out


def plaats_item(indicator: Indicator, b: Bewering) -> Inhoud:
    """'Werkloosheid: 3,2% in 2024, plaats 2 van 12.'; the quarter is all of an estimate, or what may be chance."""
    reeks = indicator.reeksen.get(b.regio)
    punt = reeks.point(b.periode) if reeks else None
    cijfer = f"{bedrag(indicator, punt.waarde)} " if punt and punt.waarde is not None else ""
    zeker = voorbehoud(indicator, punt)
    if toeval_van(b):
        plek = f"; {KAN_TOEVAL}"
    elif SCHATTING in zeker:
        plek = ""
    else:
        plek = f", plaats {b.rang} van {b.rang_van}{haakjes('gedeeld') if b.gedeeld else ''}"
    wanneer = f"in {format_periode(b.periode)}{haakjes(*zeker)}"
    return (Nadruk(f"{naam_in_zin(indicator)}:"), f" {cijfer}{wanneer}{plek}.")


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
    `onder`: among whom it has its place. Empty where nothing stands out; of too few changes nothing is said.
    """
    plaatsen, veranderd = by_plaats(druk, regio, indicatoren), by_verandering(druk, regio, indicatoren)
    vergeleken = sum(map(len, veranderd.values()))
    if vergeleken < REKENREGELS.minste_telling:
        veranderd = {}
    lijsten = (
        (f"In het gunstigste kwart van {onder}", plaatsen, "bovenste_kwart"),
        (f"In het ongunstigste kwart van {onder}", plaatsen, "onderste_kwart"),
        ("Ging de gewenste kant op sinds twee jaar", veranderd, "gunstig"),
        ("Ging de andere kant op sinds twee jaar", veranderd, "ongunstig"),
    )
    return [
        Naast(tuple(_lijst(*x, aantal) for x in pair))
        for pair in (lijsten[:2], lijsten[2:])
        if any(waar.get(oordeel) for _, waar, oordeel in pair)
    ]


def _lijst(kop: str, waar: dict[str, list[Paar]], oordeel: str, aantal: int) -> Blok:
    """One list under its heading, which says of how many it gives the first and in which order."""
    found = waar.get(oordeel, [])
    is_plaats = oordeel in ("bovenste_kwart", "onderste_kwart")
    if not found:
        van = sum(map(len, waar.values()))
        welke = "met een plaats" if is_plaats else "vergeleken"
        wie = f"{van} indicatoren {welke}" if is_plaats else f"{van} {welke} indicatoren"
        return Uitklap(kop, (Alinea((f"Geen van de {wie}.",)),), drukken=True)
    item, eerst = (plaats_item, "de zekerste eerst") if is_plaats else (verandering_item, "de grootste eerst")
    if len(found) > aantal:
        kop += f": {aantal} van de {len(found)}, {eerst}"
    return Uitklap(kop, (Lijst(tuple(item(*pair) for pair in found[:aantal])),), drukken=True)
