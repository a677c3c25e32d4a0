"""The midterm in three parts that are never added up: the surroundings, what was counted of projects, what was done."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.regio import NEDERLAND
from reports import cellen
from reports.document import Alinea, Blad, Blok, Kop, Uitklap
from reports.getallen import format_euro, round_half_away
from reports.hoofdstukken.beleidsblad import (
    GEEN_EFFECT,
    GROEP,
    MIDTERM,
    UITVOERING,
    Regel,
    Vak,
    inleiding,
    met,
    tabel,
    uitvoering_van,
)
from reports.hoofdstukken.gedrukt import gedrukt_tabel, gedrukt_van, per_jaar
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Doel, Inhoud, Koppeling
from reports.model import Indicator
from reports.uitvoering import Uitvoering


def make_midterm(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The three parts; None where nothing was delivered."""
    u = uitvoering_van(tafel)
    if u is None:
        return None
    blokken: list[Blok] = [
        inleiding(
            "Drie delen naast elkaar: hoe de omgeving veranderde, wat van projecten is geteld en wat is verantwoord. "
            f"Geen cijfer van het ene deel telt mee in het andere. {GEEN_EFFECT}"
        ),
        *teksten,
        Kop(2, "Deel 1: de omgeving", "omgeving"),
        *_omgeving(tafel, u),
        Kop(2, "Deel 2: projecten", "projecten"),
        *_projecten(tafel, u),
        Kop(2, "Deel 3: verantwoording", "verantwoording"),
        *_verantwoording(u),
    ]
    return Blad(MIDTERM, "Tussenstand in drie delen (midterm)", GROEP, tuple(blokken), kort="Midterm")


def _omgeving(tafel: Schrijftafel, u: Uitvoering) -> list[Blok]:
    """Of each theme with indicators: their change per year in two periods, the province beside the country."""
    groei = {(g["indicator"], g["regio"], g["wanneer"]): g for g in u.tabellen.get("groei", ())}
    delen = [o for o in u.tabellen.get("opgave", ()) if o["kaarten"]]
    groepen: dict[Vak, list[Sequence[Vak]]] = {}
    for o in delen:
        shown = [i for i in tafel.gekozen(o["kaarten"]) if (i.id, tafel.rapport.provincie.code, "nu") in groei]
        rows: list[Sequence[Vak]] = [(_naam(tafel, i), *_vier(tafel, groei, i.id)) for i in shown]
        if rows:
            groepen[f"{o['woord'].capitalize()} {o['opgave']}: {o['naam']}"] = rows
    wie = tafel.rapport.provincie.naam
    blokken: list[Blok] = []
    if groepen:
        namen = " en ".join(dict.fromkeys(o["indeling_naam"] for o in delen))
        blokken += [
            Alinea((f"Per thema van het {namen}: hoe veel een indicator per jaar veranderde, in twee perioden.",)),
            tabel(
                "omgeving-tabel",
                f"Verandering per jaar in {wie} en Nederland, in de periode ervoor en de laatste",
                (
                    "Indicator",
                    f"{wie} ervoor",
                    "Nederland ervoor",
                    f"{wie} laatst",
                    "Nederland laatst",
                    "Verschil laatst",
                ),
                groepen,
                (
                    "Een aandeel verandert in procentpunten, de rest in procenten. Over een reeksbreuk heen is er geen "
                    "cijfer. Welke indicatoren bij een thema horen, is onze keuze.",
                ),
            ),
        ]
    else:
        blokken.append(Alinea(("Bij geen thema is opgegeven aan welke indicatoren de omgeving is af te lezen.",)))
    if toen := gedrukt_van(u, soort="omgeving"):
        namen_van = {(o["editie"], o["indeling"], o["opgave"]): o["naam"] for o in u.tabellen["opgave"]}
        rijen = [{**r, "thema": namen_van.get((r["editie"], r["indeling"], r["opgave"]), "Het geheel")} for r in toen]
        bijschrift = "Cijfers uit de omgevingsmonitor van toen, naast die van nu"
        toen_tabel = gedrukt_tabel(tafel, "omgeving-gedrukt", bijschrift, rijen, "thema", waar=True)
        blokken.append(Uitklap("Wat de omgevingsmonitor van toen noemde", (toen_tabel,)))
    return blokken


def _naam(tafel: Schrijftafel, indicator: Indicator) -> Inhoud:
    naam: Inhoud = (tafel.naam(indicator),)
    return met(naam, "inflatie zit erin" if indicator.prijzen == "lopend" else "")


def _vier(tafel: Schrijftafel, groei: dict[tuple[str, str, str], Regel], indicator: str) -> list[Vak]:
    """The province and the country in both periods, and what they differ in the last."""
    eigen = tafel.rapport.provincie.code
    vier = [groei.get((indicator, regio, w)) for w in ("vorige", "nu") for regio in (eigen, NEDERLAND)]
    hier, daar = (g["per_jaar"] if g else None for g in vier[2:])
    naast: Vak = cellen.nb("een van de twee mist")
    if hier is not None and daar is not None:
        naast = per_jaar(float(round_half_away(hier, 1) - round_half_away(daar, 1)), punten=True)
    return [*(_groei(g) for g in vier), naast]


def _groei(g: Regel | None) -> Vak:
    if g is None or g["per_jaar"] is None:
        return cellen.nb(g["reden"] if g else "geen cijfer")
    return met(per_jaar(g["per_jaar"], punten=g["punten"]), f"{g['van']}-{g['tot']}")


def _projecten(tafel: Schrijftafel, u: Uitvoering) -> list[Blok]:
    blokken: list[Blok] = []
    if u.rijen("effect"):
        naar = Koppeling("projecten samen", Doel(UITVOERING, "projecten"))
        blokken.append(Alinea(("Wat van de projecten van deze editie is geteld, staat per thema bij ", naar, ".")))
    else:
        blokken.append(Alinea(("Bij deze editie zijn geen projecten aangeleverd. Daarover is er dus geen cijfer.",)))
    if toen := gedrukt_van(u, soort="effect"):
        zin = "Wat een eerder stuk van projecten telde. Elke rij heeft haar eigen eenheid; zij zijn niet op te tellen."
        kop = "Wat een eerder stuk van projecten telde"
        blokken += [Alinea((zin,)), gedrukt_tabel(tafel, "effect-gedrukt", kop, toen)]
    return blokken


def _verantwoording(u: Uitvoering) -> list[Blok]:
    def row(k: Regel) -> Sequence[Vak]:
        geld = (
            "niet op te tellen"
            if k["geld"] is None
            else met(format_euro(k["geld"]), f"{k['geld_van']}-{k['geld_tot']}")
        )
        aantallen = (str(k[w]) for w in ("resultaten", "resultaten_verantwoord", "instrumenten", "evaluaties"))
        return f"{k['opgave']}. {k['naam']}", *aantallen, geld if k["geld_van"] else cellen.nb("niet aangeleverd")

    return [
        Alinea(("Wat de provincie zich voornam, en waarvan is gezegd wat ervan kwam. Of het hielp, staat hier niet.",)),
        tabel(
            "verantwoording-tabel",
            "Per opgave wat is beloofd, verantwoord en begroot",
            ("Opgave", "Beoogde resultaten", "Verantwoord", "Instrumenten", "Evaluaties", "Geld"),
            map(row, u.rijen("ketting")),
        ),
    ]
