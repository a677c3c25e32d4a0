"""The midterm in three parts that are never added up: the surroundings, what was counted of projects, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from begrippen.regio import NEDERLAND
from reports import cellen
from reports.document import Alinea, Uitklap
from reports.getallen import round_half_away
from reports.hoofdstukken import beleidsblad as blad
from reports.hoofdstukken.beleidsblad import Delen, Regel, deel
from reports.hoofdstukken.gedrukt import gedrukt_tabel, gedrukt_van, per_jaar
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Doel, Inhoud, Koppeling
from reports.model import Indicator
from reports.patroon import Vak, met, tabel, vak
from reports.uitvoering import Uitvoering

NOTEN = (
    "Een aandeel verandert in procentpunten, de rest in procenten. Over een reeksbreuk heen is er geen cijfer. Welke "
    "indicatoren bij een thema horen, is onze keuze. Hier is niet getoetst of een verandering meer is dan toeval. "
    "Groei vanaf 2020 of 2021 is soms herstel na de coronatijd.",
)
# an indicator under the heading of its part, with its change by region and period
_Groeirij = tuple[str, Indicator, Mapping[tuple[str, str], Regel]]


@blad.beleidsblad(blad.MIDTERM, "Tussenstand in drie delen (midterm)", "Midterm")
def make_midterm(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """The three parts, each by itself."""
    yield (
        "Drie delen naast elkaar: hoe de omgeving veranderde, wat van projecten is geteld en wat is verantwoord. Geen "
        f"cijfer van het ene deel telt mee in het andere. {blad.GEEN_EFFECT}"
    )
    yield from deel("Deel 1: de omgeving", "omgeving", *_omgeving(tafel, u))
    yield from deel("Deel 2: projecten", "projecten", *_projecten(tafel, u))
    zin = "Wat de provincie zich voornam, en waarvan is gezegd wat ervan kwam. Of het hielp, staat hier niet."
    ketting = tabel(
        "verantwoording-tabel",
        "Per opgave wat is beloofd, verantwoord en begroot",
        u.rijen("ketting"),
        {
            "Opgave": "{opgave}. {naam}",
            "Beoogde resultaten": "{resultaten}",
            "Verantwoord": "{resultaten_verantwoord}",
            "Instrumenten": "{instrumenten}",
            "Evaluaties": "{evaluaties}",
            "Geld": vak(
                "{geld:euro} || {geld_van:mits}niet op te tellen | {geld:mits}{geld_van}-{geld_tot}",
                "niet aangeleverd",
            ),
        },
    )
    yield from deel("Deel 3: verantwoording", "verantwoording", zin, ketting)


def _omgeving(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """Of each theme with indicators: their change per year in two periods, the province beside the country."""
    groei: dict[str, dict[tuple[str, str], Regel]] = {}
    for g in u.tabellen.get("groei", ()):
        groei.setdefault(g["indicator"], {})[g["regio"], g["wanneer"]] = g
    eigen, wie = tafel.rapport.provincie.code, tafel.rapport.provincie.naam
    delen = [o for o in u.tabellen.get("opgave", ()) if o["kaarten"]]
    rijen: list[_Groeirij] = [
        (f"{o['woord'].capitalize()} {o['opgave']}: {o['naam']}", i, groei[i.id])
        for o in delen
        for i in tafel.gekozen(o["kaarten"])
        if (eigen, "nu") in groei.get(i.id, {})
    ]
    if not rijen:
        yield "Bij geen thema is opgegeven aan welke indicatoren de omgeving is af te lezen."
    else:
        namen = " en ".join(dict.fromkeys(o["indeling_naam"] for o in delen))
        yield f"Per thema van het {namen}: hoeveel een indicator gemiddeld per jaar veranderde, in twee perioden."
        yield tabel(
            "omgeving-tabel",
            f"Gemiddelde verandering per jaar in {wie} en Nederland, in de periode ervoor en de laatste",
            rijen,
            {
                "Indicator": lambda r: met(
                    (tafel.naam(r[1]),), "inflatie zit erin" if r[1].prijzen == "lopend" else ""
                ),
                f"{wie} ervoor": partial(_groei, (eigen, "vorige")),
                "Nederland ervoor": partial(_groei, (NEDERLAND, "vorige")),
                f"{wie} laatst": partial(_groei, (eigen, "nu")),
                "Nederland laatst": partial(_groei, (NEDERLAND, "nu")),
                "Verschil laatst": partial(_verschil, eigen),
            },
            NOTEN,
            groep=lambda r: r[0],
        )
    if toen := gedrukt_van(u, soort="omgeving"):
        kop = "Cijfers uit de omgevingsmonitor van toen, naast die van nu"
        thema = partial(u.deelnaam, anders="Het geheel")
        cijfers = gedrukt_tabel(tafel, "omgeving-gedrukt", kop, toen, waar=True, groep=thema)
        yield Uitklap("Wat de omgevingsmonitor van toen noemde", (cijfers,))


def _groei(waar: tuple[str, str], rij: _Groeirij) -> Inhoud:
    g = rij[2].get(waar)
    if g is None or g["per_jaar"] is None:
        return cellen.nb(g["reden"] if g else "geen cijfer")
    return met(per_jaar(g["per_jaar"], punten=g["punten"]), f"{g['van']}-{g['tot']}")


def _verschil(eigen: str, rij: _Groeirij) -> Vak:
    hier, daar = (rij[2][regio, "nu"]["per_jaar"] if (regio, "nu") in rij[2] else None for regio in (eigen, NEDERLAND))
    if hier is None or daar is None:
        return cellen.nb("een van de twee mist")
    return per_jaar(float(round_half_away(hier, 1) - round_half_away(daar, 1)), punten=True)


def _projecten(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    if u.rijen("effect"):
        naar = Koppeling("projecten samen", Doel(blad.UITVOERING, "projecten"))
        yield Alinea(("Wat van de projecten van deze editie is geteld, staat per thema bij ", naar, "."))
    else:
        yield "Bij deze editie zijn geen projecten aangeleverd. Daarover is er dus geen cijfer."
    if toen := gedrukt_van(u, soort="effect"):
        yield "Wat een eerder stuk van projecten telde. Elke rij heeft haar eigen eenheid; zij zijn niet op te tellen."
        yield gedrukt_tabel(tafel, "effect-gedrukt", "Wat een eerder stuk van projecten telde", toen)
