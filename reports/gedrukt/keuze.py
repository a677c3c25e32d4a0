"""What stands out of a region, by name: where it is high and low, what gets better and what gets worse. All claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from begrippen.rekenregels import REKENREGELS
from reports.bewering import Bewering
from reports.beweringzinnen import verschil_deel
from reports.document import Alinea, Blok, Lijst, Naast, Uitklap
from reports.gedrukt.drukwerk import Drukwerk
from reports.getallen import format_periode
from reports.inhoud import Inhoud, Nadruk
from reports.model import Indicator, Regio
from reports.oordeelzinnen import toeval_van
from reports.zinnen import SCHATTING, bedrag_naast, haakjes, naam_in_zin, voorbehoud_los

HOOGSTENS = 3
KAN_TOEVAL = "kan toeval zijn"
# so large a part of a figure is what it is rounded to that a difference of two of them says nothing
GROF = 0.2
TIENTALLEN = {10.0: "tientallen", 100.0: "honderdtallen", 1000.0: "duizendtallen"}


Paar = tuple[Indicator, Bewering]


def _geteld(druk: Drukwerk, regio: Regio, soort: str, indicatoren: Iterable[Indicator]) -> dict[str, list[Paar]]:
    """By verdict what the count of a region counted, as far as it is about these indicators: no list has more."""
    b, per_id = druk.tafel.rapport.beweringen, {i.id: i for i in indicatoren}
    telling = b.telling(soort, "alles", regio.code, regio.soort)
    claims = {
        oordeel: [claim for naam in geteld.geteld if (claim := b.met_naam(naam)) is not None]
        for oordeel, geteld in (telling.per_oordeel if telling else {}).items()
    }
    return {o: [(per_id[c.indicator], c) for c in found if c.indicator in per_id] for o, found in claims.items()}


def by_plaats(druk: Drukwerk, regio: Regio, indicatoren: Iterable[Indicator]) -> dict[str, list[Paar]]:
    """By verdict the indicators with a place: those that may be chance last, and of each the most outspoken first."""

    def order(pair: Paar) -> tuple[bool, float, str]:
        deel = (pair[1].rang or 0) / max(pair[1].rang_van or 1, 1)
        hoog = pair[1].oordeel == "bovenste_kwart"
        return bool(toeval_van(pair[1])), deel if hoog else -deel, pair[0].naam

    return {o: sorted(found, key=order) for o, found in _geteld(druk, regio, "plaats", indicatoren).items()}


def by_verandering(druk: Drukwerk, regio: Regio, indicatoren: Iterable[Indicator]) -> dict[str, list[Paar]]:
    """By verdict the changes since two years, the largest first, each in sizes of what matters for it."""

    def order(pair: Paar) -> tuple[float, str]:
        return -abs(pair[1].verschil or 0) / (pair[1].grens or 1), pair[0].naam

    return {o: sorted(found, key=order) for o, found in _geteld(druk, regio, "verandering", indicatoren).items()}


def plaats_item(indicator: Indicator, b: Bewering) -> Inhoud:
    """'Werkloosheid: 3,2% in 2024, plaats 2 van 12.'; the quarter is all of an estimate, of events, or of chance."""
    reeks = indicator.reeksen.get(b.regio)
    punt = reeks.point(b.periode) if reeks else None
    cijfer = f"{bedrag_naast(indicator, punt.waarde)} " if punt and punt.waarde is not None else ""
    zeker = voorbehoud_los(indicator, punt)
    if toeval_van(b):
        plek = f"; {KAN_TOEVAL}"
    elif SCHATTING in zeker or indicator.kaart.get("gebeurtenissen"):
        # of what was estimated, and of events that chance makes a few more or less, the quarter is known and no rank
        plek = ""
    else:
        plek = f", plaats {b.rang} van {b.rang_van}{haakjes('gedeeld') if b.gedeeld else ''}"
    wanneer = f"in {format_periode(b.periode)}{haakjes(*zeker)}"
    return (Nadruk(f"{naam_in_zin(indicator)}:"), f" {cijfer}{wanneer}{plek}.")


def verandering_item(indicator: Indicator, b: Bewering) -> Inhoud:
    """'Werkloosheid: 3,2% in 2024, 0,4 procentpunt lager dan in 2022.' Of an amount: the one that its source gives.

    Where we round to more than a part of the figure, its change in those steps would be another one.
    """
    punt = indicator.punt(b.regio)
    assert punt is not None and punt.waarde is not None and b.periode_eerder
    zeker = haakjes(*voorbehoud_los(indicator, punt))
    if (stap := 10.0**-indicator.decimalen) > 1 and stap > GROF * abs(punt.waarde):
        wat = f" ongeveer {bedrag_naast(indicator, punt.waarde)} in {format_periode(b.periode)}{zeker}"
        return (Nadruk(f"{naam_in_zin(indicator)}:"), f"{wat}, afgerond op {TIENTALLEN[stap]}.")
    deel = verschil_deel(indicator, b, f"in {format_periode(b.periode_eerder)}")
    # the heading of the list says which side it is
    zonder = re.sub(r" \((?:on)?gunstig\)$", "", re.sub(r" \((?:on)?gunstig, ", " (", deel))
    return (
        Nadruk(f"{naam_in_zin(indicator)}:"),
        f" {bedrag_naast(indicator, punt.waarde)} in {format_periode(b.periode)}{zeker}, {zonder}.",
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
    item, eerst = (plaats_item, "de uiterste eerst") if is_plaats else (verandering_item, "de grootste eerst")
    if len(found) > aantal:
        kop += f": {aantal} van de {len(found)}, {eerst}"
    return Uitklap(kop, (Lijst(tuple(item(*pair) for pair in found[:aantal])),), drukken=True)
