"""The verdict of the edition in one sentence, and its three questions with their answers: made of claims, with names.

A count says how much goes well; whoever reads it asks what. So the core indicators are named first, and the rest
counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from begrippen.rekenregels import REKENREGELS
from reports.bewering import Bewering, Telling
from reports.document import Alinea, Blok, Feiten
from reports.hoofdstukken.boodschappen import verschillen
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Doel, Inhoud, Koppeling, Run, Voorlees, zonder
from reports.model import Indicator
from reports.telzinnen import (
    antwoord_kop,
    antwoord_uitleg,
    een_keer,
    naast_telzin,
    oud_zin,
    trend_telzin,
    verandering_telzin,
)

# so many are named on a side, the others counted
GENOEMD = 6
# behind a name, and what is said of it where such a name stands
VRAAG = Voorlees("\N{NO-BREAK SPACE}?", ", kan toeval zijn")
VRAAG_UITLEG = "Een vraagteken achter een naam: dat kan toeval zijn."


@dataclass(frozen=True)
class Antwoord:
    """A question, what there is to answer, which indicators those are, what must be known with it, where to read more.

    `namen`: what they have in common, and their names.
    """

    kop: str
    tekst: str
    naar: Doel
    namen: tuple[tuple[str, Inhoud], ...] = ()
    verder: str = ""


def make_antwoord(tafel: Schrijftafel) -> str:
    """The verdict of the edition in one sentence; empty where nothing can be put beside two years earlier."""
    p = tafel.rapport.provincie
    antwoord = tafel.rapport.beweringen.antwoord("alles", p.code, p.soort)
    return antwoord_kop(antwoord, p.wie) if antwoord else ""


def make_antwoorden(tafel: Schrijftafel) -> list[Antwoord]:
    """The three questions of the report, each answered as far as the claims go."""
    wie = tafel.rapport.provincie.wie
    found = [a for a in (_gewenste_kant(tafel, wie), _gebieden(tafel), _naast_nederland(tafel, wie)) if a]
    teksten = een_keer([t for a in found for t in (a.tekst, a.verder)])
    return [
        replace(a, tekst=tekst, verder=verder)
        for a, tekst, verder in zip(found, teksten[::2], teksten[1::2], strict=True)
    ]


def gezegd(antwoorden: Iterable[Antwoord]) -> list[str]:
    """What the answers say, for who must not say it again."""
    return [a.tekst for a in antwoorden]


def onder_antwoord(antwoord: Antwoord, *, koppelingen: bool = True) -> list[Blok]:
    """What stands under the words of an answer: the names, and what must be known with it. A paper has no links."""
    blokken: list[Blok] = []
    if antwoord.namen:
        paren = antwoord.namen if koppelingen else tuple((kop, zonder(inhoud)) for kop, inhoud in antwoord.namen)
        blokken.append(Feiten(paren))
    vraag = vraag_uitleg(inhoud for _, inhoud in antwoord.namen)
    if noot := " ".join(z for z in (vraag, antwoord.verder) if z):
        blokken.append(Alinea((noot,), "noot"))
    return blokken


def vraag_uitleg(namen: Iterable[Inhoud]) -> str:
    """What the question mark behind a name says, where one of these names has it; else empty."""
    return VRAAG_UITLEG if any(run is VRAAG for inhoud in namen for run in inhoud) else ""


def zonder_namen(antwoorden: Sequence[Antwoord], aantal: int) -> list[Antwoord]:
    """The answers, of which the last so many that have names are without them."""
    met = [n for n, a in enumerate(antwoorden) if a.namen]
    weg = met[len(met) - min(aantal, len(met)) :]
    return [replace(a, namen=()) if n in weg else a for n, a in enumerate(antwoorden)]


def _gewenste_kant(tafel: Schrijftafel, wie: str) -> Antwoord | None:
    r = tafel.rapport
    p, b = r.provincie, r.beweringen
    sinds = b.telling("verandering", "alles", p.code, p.soort)
    antwoord = b.antwoord("alles", p.code, p.soort)
    trend = b.telling("trend", "alles", p.code, p.soort)
    found = Antwoord(f"Gaat het met {wie} de gewenste kant op?", "", Doel("samenvatting"))
    if sinds and antwoord and sinds.van >= REKENREGELS.minste_telling:
        found = replace(
            found,
            tekst=verandering_telzin(sinds, f"van {wie}"),
            namen=_namen(tafel, sinds, {"gunstig": "Beter", "ongunstig": "Slechter"}),
            verder=antwoord_uitleg(antwoord, r.editie),
        )
    if trend and trend.van >= REKENREGELS.minste_telling:
        zin = trend_telzin(trend, b)
        found = replace(found, verder=f"{found.verder} {zin}".strip()) if found.tekst else replace(found, tekst=zin)
    return found if found.tekst else None


def _gebieden(tafel: Schrijftafel) -> Antwoord | None:
    found = verschillen(tafel)
    return Antwoord("Hoe verschillen de gebieden binnen de provincie?", found.tekst, found.naar) if found else None


def _naast_nederland(tafel: Schrijftafel, wie: str) -> Antwoord | None:
    r = tafel.rapport
    naast = r.beweringen.telling("verschil_nl", "alles", r.provincie.code, r.provincie.soort)
    if not naast or naast.van < REKENREGELS.minste_telling:
        return None
    nederland = r.nederland.naam
    return Antwoord(
        f"Hoe staat {wie} ervoor naast {nederland}?",
        naast_telzin(naast, r.provincie.naam, nederland),
        Doel("indicatoren"),
        _namen(tafel, naast, {"gunstig": f"Beter dan {nederland}", "ongunstig": f"Slechter dan {nederland}"}),
        oud_zin(naast.eerste, r.editie),
    )


def _namen(tafel: Schrijftafel, telling: Telling, kanten: dict[str, str]) -> tuple[tuple[str, Inhoud], ...]:
    """Per side which indicators are counted there, the core ones first; a side without any is not there."""
    r = tafel.rapport
    rang = {id_: n for n, id_ in enumerate(dict.fromkeys((*r.kern, *r.kerncijfers, *(i.id for i in r.indicatoren))))}
    found = []
    for kant, kop in kanten.items():
        geteld = [b for naam in telling.per_oordeel[kant].geteld if (b := r.beweringen.met_naam(naam))]
        cards = sorted(
            ((i, b) for b in geteld if (i := tafel.indicator(b.indicator or ""))), key=lambda p: rang[p[0].id]
        )
        if cards:
            found.append((f"{kop} ({telling[kant]})", _noem(tafel, cards, telling[kant])))
    return tuple(found)


def _noem(tafel: Schrijftafel, cards: list[tuple[Indicator, Bewering]], alle: int) -> Inhoud:
    runs: list[Run] = []
    # 'and one more' is no shorter than its name
    aantal = GENOEMD if alle > GENOEMD + 1 else alle
    for indicator, b in cards[:aantal]:
        if runs:
            runs.append(", ")
        runs.append(Koppeling(indicator.naam, tafel.doel(indicator)))
        if b.kan_toeval:
            runs.append(VRAAG)
    if rest := alle - min(aantal, len(cards)):
        runs.append(f" en nog {rest}")
    return tuple(runs)
