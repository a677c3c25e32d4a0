"""Sentences made of claims about analyses: forecast, productivity, branches, who crosses, the previous edition.

As in `reports.beweringzinnen`: each sentence gives its years, and what is within its interval is no change.
"""

from __future__ import annotations

from collections.abc import Iterable

from begrippen.lijsten import STATUS_UITLEG
from begrippen.rekenregels import REKENREGELS
from reports.analyse import Productiviteitskloof
from reports.bewering import Bewering, Beweringen
from reports.getallen import (
    STATUSTEKENS,
    afgetrokken,
    format_euro,
    format_getal,
    format_periode,
    format_stap,
    join,
    round_half_away,
)
from reports.model import Indicator, Regio
from reports.prijzen import inflatie
from reports.zinnen import bedrag, haakjes, voorbehoud

# How probable the makers of the forecast call its interval (67%); a reader who is not told takes it for certain.
KANS = "kans van twee op de drie"
# Parts of a difference are of a way of counting: the mix of ten branches and that of eighteen may differ in sign.
INDELING = "Met een fijnere indeling in bedrijfstakken is die verdeling anders; het verschil zelf niet."
# the same with a figure, which is taken out of its page
FIJNER = "Met een fijnere indeling is de verdeling anders."
AFGEROND = "Door afronding tellen de delen niet precies op."
# a heading over those parts: where the difference is, and not what made it
WAAR = "Waar zit het verschil met Nederland?"
# Branches that a sentence names on either side.
TAKKEN = 3
PENDEL = ("uitgaand", "uitgaand_pct", "inkomend", "inkomend_pct", "banen", "banen_van_inwoners")


def statuswoord(status: str | None) -> tuple[str, ...]:
    """That what was computed is provisional, as the weakest of its cells is; empty where it is not."""
    return (STATUS_UITLEG[status],) if status in STATUSTEKENS else ()


def voorlopig(status: str | None) -> str:
    """The same between brackets, with the space before it."""
    return haakjes(*statuswoord(status))


def prognose_zin(b: Bewering) -> str:
    """What the forecast expects beside what it gives for its base year; whether that is within its interval."""
    assert b.waarde is not None and b.waarde_tegen is not None and b.periode_eerder
    tot, van = format_periode(b.periode), format_periode(b.periode_eerder)
    zin = f"De prognose verwacht {format_getal(b.waarde, 0)} inwoners in {tot}"
    interval = interval_zin(tot, b.marge_onder, b.marge_boven)
    if b.oordeel == "binnen_interval":
        return (
            f"{zin}. Dat is niet duidelijk anders dan de {format_getal(b.waarde_tegen, 0)} die zij voor {van} geeft: "
            f"{interval}."
        )
    verschil = format_getal(abs(b.waarde - b.waarde_tegen), 0)
    hoe = "meer" if b.waarde > b.waarde_tegen else "minder"
    zin += f", {verschil} {hoe} dan zij voor {van} geeft ({format_getal(b.waarde_tegen, 0)})"
    return f"{zin}; {interval}." if interval else f"{zin}."


def interval_zin(jaar: str, onder: float | None, boven: float | None) -> str:
    """Between which numbers of people a forecast of a year probably ends, to begin with; empty without bounds."""
    if onder is None or boven is None:
        return ""
    return f"met een {KANS} ligt het aantal in {jaar} tussen {format_getal(onder, 0)} en {format_getal(boven, 0)}"


def prognose_nu_zin(b: Bewering, regio: Regio) -> str:
    """How many were counted, and whether that lies within the interval of the forecast for that year."""
    assert b.waarde is not None
    waar = "tussen" if b.oordeel == "binnen_interval" else "buiten"
    return (
        f"Op 1 januari {b.periode[:4]} had {regio.wie} {format_getal(b.waarde, 0)} inwoners. Dat ligt {waar} de "
        f"grenzen die de prognose voor dat jaar gaf (met een {KANS})."
    )


# the same people are counted in another series: its figure of now is not the first of the forecast
_BRUG = (
    "is onzeker, en de bron zegt niet hoe onzeker. Deze prognose is een andere reeks dan het getelde "
    "aantal inwoners naar leeftijd: trek ze niet van elkaar af."
)
# after another forecast, and before it
LEEFTIJD_BRUG, LEEFTIJD_BRUG_LOS = f"Ook dit {_BRUG}", f"Dit {_BRUG}"
LEEFTIJD = {"0_tot_15": "0 tot 15 jaar", "15_tot_75": "15 tot 75 jaar", "75_plus": "75 jaar en ouder"}


def leeftijd_zin(b: Bewering) -> str:
    """What the forecast by age expects of one group, from its own first year."""
    assert b.waarde is not None and b.waarde_tegen is not None and b.periode_eerder
    # nobody of an age group that the first year did not have can have been counted
    jong = b.groep == "0_tot_15" and int(b.periode[:4]) - int(b.periode_eerder[:4]) >= 15
    ongeboren = f" Wie dan zo jong is, was in {format_periode(b.periode_eerder)} nog niet geboren." if jong else ""
    gaat = {"hoger": "stijgt", "lager": "daalt"}.get(b.oordeel, "verandert nauwelijks:")
    return (
        f"Het aantal inwoners van {LEEFTIJD.get(b.groep, b.groep)} {gaat} in de prognose naar leeftijd van "
        f"{format_getal(b.waarde_tegen, 0)} in {format_periode(b.periode_eerder)} naar {format_getal(b.waarde, 0)} in "
        f"{format_periode(b.periode)}.{ongeboren}"
    )


def kloof_zin(beweringen: Beweringen, regio: Regio) -> str:
    """The gap in productivity and its parts in sentences; empty where there is none."""
    b = beweringen.find("productiviteit", "geheel", regio.code)
    if b is None or b.waarde is None or b.verschil is None or not b.waarde_tegen:
        return ""
    pct = format_getal(abs(100 * b.verschil / b.waarde_tegen), 1)
    zin = (
        f"Een arbeidsjaar bracht in {regio.wie} {format_euro(b.waarde)} op in {format_periode(b.periode)}: "
        f"{format_euro(abs(afgetrokken(b.waarde, b.waarde_tegen)))} ({pct}%) {_meer(b.verschil)} dan in Nederland."
    )
    delen = {
        d.groep: d.verschil
        for naam in ("regiospecifiek", "structuur", "interactie")
        if (d := beweringen.find("productiviteitsdeel", naam, regio.code)) and d.verschil is not None
    }
    if len(delen) < 3:
        return zin
    eigen, mix, beide = (
        f"{format_euro(abs(delen[d]))} {_meer(delen[d])}" for d in ("regiospecifiek", "structuur", "interactie")
    )
    rond = f" {AFGEROND}" if telt_niet_op(delen.values(), afgetrokken(b.waarde, b.waarde_tegen)) else ""
    return (
        f"{zin} Daarvan zit {eigen} in wat dezelfde bedrijfstakken hier opbrengen, {mix} in de andere mix van "
        f"bedrijfstakken en {beide} in beide samen.{rond} {INDELING}"
    )


def telt_niet_op(delen: Iterable[float], geheel: float) -> bool:
    """Whether parts that are printed in whole euros do not add up to the whole as it is printed."""
    return sum(round_half_away(d, 0) for d in delen) != round_half_away(geheel, 0)


def kloof_status(kloof: Productiviteitskloof | None) -> str:
    """That the figures under the gap may still change; empty where they do not."""
    status = kloof.status if kloof else "definitief"
    return " De cijfers zijn voorlopig." if status in STATUSTEKENS else ""


def _meer(verschil: float) -> str:
    return "meer" if verschil > 0 else "minder"


def takken_zin(beweringen: Beweringen, regio: Regio) -> str:
    """Which branches gained and lost jobs over the window, the most first, each beside the Netherlands."""
    takken = [b for b in beweringen.rijen if b.soort == "banentak" and b.regio == regio.code]
    if not takken:
        return ""
    groei = sorted((b for b in takken if b.oordeel == "hoger"), key=lambda b: -(b.verschil or 0))[:TAKKEN]
    krimp = sorted((b for b in takken if b.oordeel == "lager"), key=lambda b: b.verschil or 0)[:TAKKEN]
    erbij, eraf = (sum(b.oordeel == kant for b in takken) for kant in ("hoger", "lager"))
    van, tot = (format_periode(p) for p in (takken[0].periode_eerder or "", takken[0].periode))
    zinnen = [
        f"Van de {len(takken)} bedrijfstakken {'kregen' if erbij > 1 else 'kreeg'} er tussen "
        f"{van} en {tot}{voorlopig(takken[0].status_cellen)} in {regio.wie} "
        f"{_enkele(erbij)} meer banen van werknemers en {_enkele(eraf)} minder"
        + (f"; bij {rest} is het verschil klein." if (rest := len(takken) - erbij - eraf) else ".")
    ]
    meeste = {True: "De meeste banen", False: "Banen"}
    for naam, deel in (
        (f"{meeste[erbij > 1]} kwamen er bij in", groei),
        (f"{meeste[eraf > 1]} verdwenen er in", krimp),
    ):
        if deel:
            zinnen.append(f"{naam} {join([_tak(beweringen, b) for b in deel])}.")
    return " ".join(zinnen)


def _enkele(aantal: int) -> str:
    """A count before a comparison: 'geen meer' and 'geen harder' read as something else."""
    return str(aantal) if aantal else "geen enkele"


def harder_zin(beweringen: Beweringen, regio: Regio) -> str:
    """How many branches grew faster than in the country, with the years; empty where no branch was counted."""
    takken = [b for b in beweringen.rijen if b.soort == "banentak_nl" and b.regio == regio.code]
    own = next((b for b in beweringen.rijen if b.soort == "banentak" and b.regio == regio.code), None)
    if not takken or own is None or not own.periode_eerder:
        return ""
    aantal = sum(b.oordeel == "hoger" for b in takken)
    return (
        f"Van de {len(takken)} bedrijfstakken {'groeiden' if aantal > 1 else 'groeide'} er {_enkele(aantal)} in "
        f"{regio.wie} duidelijk harder dan in Nederland, van {format_periode(own.periode_eerder)} tot "
        f"{format_periode(own.periode)}{voorlopig(own.status_cellen)}."
    )


def duidelijk_zin(periode_van: str) -> str:
    """What 'clearly faster' of a branch rests on; `periode_van`: from when it is counted."""
    return (
        f"Duidelijk harder is: meer dan {format_getal(REKENREGELS.tak_banen, 0)} banen en meer dan "
        f"{format_getal(100 * REKENREGELS.tak_deel, 1)}% van de banen in {format_periode(periode_van)} boven wat de "
        "groei van de bedrijfstak in Nederland had gegeven."
    )


def _tak(beweringen: Beweringen, b: Bewering) -> str:
    banen = format_getal(abs(b.verschil or 0), 0)
    nl = beweringen.find("banentak_nl", b.groep, b.regio)
    if nl is None or nl.waarde is None or nl.waarde_tegen is None:
        return f"{b.naam.lower()} ({banen})"
    hier, daar = (f"{format_getal(v, 1)}%" for v in (nl.waarde, nl.waarde_tegen))
    hoe = {"hoger": "harder dan", "lager": "minder hard dan"}.get(nl.oordeel, "ongeveer als")
    return f"{b.naam.lower()} ({banen}, {hier}: {hoe} in Nederland, {daar})"


def pendel_zin(beweringen: Beweringen, regio: Regio) -> str:
    """How many jobs of who lives here are elsewhere, and the other way round; empty where that is not known."""
    found = {g: beweringen.find("pendel", g, regio.code) for g in PENDEL}
    if any(b is None or b.waarde is None for b in found.values()):
        return ""
    w = {g: b.waarde for g, b in found.items() if b is not None and b.waarde is not None}
    wanneer = next(f"{format_periode(b.periode)}{voorlopig(b.status_cellen)}" for b in found.values() if b is not None)
    return (
        f"In {wanneer} hadden inwoners van {regio.wie} {format_getal(w['banen_van_inwoners'], 0)} banen als werknemer. "
        f"Daarvan waren er {format_getal(w['uitgaand'], 0)} buiten {regio.wie}: {format_getal(w['uitgaand_pct'], 1)}%. "
        f"Andersom werden {format_getal(w['inkomend'], 0)} van de {format_getal(w['banen'], 0)} banen in {regio.wie} "
        f"vervuld door iemand van buiten: {format_getal(w['inkomend_pct'], 1)}%. Wie twee banen heeft, telt twee keer."
    )


def balans_zin(beweringen: Beweringen, regio: Regio) -> str:
    """Whether there are more jobs in a region than its inhabitants have; empty where that is not known."""
    b = beweringen.find("pendel", "balans", regio.code)
    if b is None or b.waarde is None:
        return ""
    getal = format_getal(b.waarde, 2)
    if getal == format_getal(1.0, 2):
        evenveel = f"Er zijn in {regio.wie} ongeveer evenveel banen van werknemers als inwoners er hebben"
        return f"{evenveel}{voorlopig(b.status_cellen)}."
    return (
        f"Er zijn in {regio.wie} {_meer(b.waarde - 1)} banen van werknemers dan inwoners er hebben: {getal} baan in "
        f"{regio.wie} per baan van een inwoner{voorlopig(b.status_cellen)}."
    )


def vorige_editie_zin(beweringen: Beweringen, indicator: Indicator, regio: Regio) -> str:
    """Why this edition gives another figure than the previous one, in its three parts; empty without a previous one."""
    b = beweringen.find("vorige_editie", indicator.id, regio.code)
    if b is None or b.waarde is None or b.waarde_tegen is None or not b.periode_eerder:
        return ""
    delen = [
        f"{_met_teken(indicator, d.waarde)} {waardoor}"
        for deel, waardoor in DELEN.items()
        if (d := beweringen.find("vorige_editie_deel", f"{indicator.id}:{deel}", regio.code)) and d.waarde is not None
    ]
    zeker = haakjes(*voorbehoud(indicator, indicator.punt(regio.code)))
    zin = (
        f"De vorige editie gaf {bedrag(indicator, b.waarde_tegen)} voor {format_periode(b.periode_eerder)}; deze geeft "
        f"{bedrag(indicator, b.waarde)} voor {format_periode(b.periode)}{zeker}."
    )
    if not delen:
        return zin
    met = haakjes(inflatie(indicator)) if inflatie(indicator) else ""
    return f"{zin} Dat verschil van {_met_teken(indicator, b.verschil or 0.0)}{met} bestaat uit {join(delen)}."


DELEN = {
    "verandering": "doordat er een nieuwer jaar is",
    "herziening": "doordat de bron haar cijfers herzag",
    "definitie": "doordat wij het anders meten",
}


def _met_teken(indicator: Indicator, waarde: float) -> str:
    return format_stap(waarde, indicator.decimalen, indicator.eenheid)
