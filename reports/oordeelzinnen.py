"""The verdict on an indicator in a region, in sentences made of its claims: trend, place, how the gap moves.

What is not claimed is not said: who has no place, or no figure beside the Netherlands, gets no sentence about it.
"""

from __future__ import annotations

import math

from begrippen.eenheid import GETELD, read_eenheid
from begrippen.lijsten import GESCHAT, REGIOSOORT_MEERVOUD
from begrippen.oordeellijsten import POSITIE_IN_ZIN, ROBUUST_IN_ZIN
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import procent
from reports.bewering import Bewering, Beweringen
from reports.beweringzinnen import looptijd
from reports.getallen import (
    HARDE_SPATIE,
    format_getal,
    format_periode,
    is_percentage,
    met_eenheid,
    punten,
    round_half_away,
    with_eenheid,
)
from reports.model import Indicator, Regio
from reports.prijzen import ONBEKEND, ONZEKER, in_prijzen, is_gedefleerd
from reports.standzinnen import anders_zin, kloofgang_zin, naast_nul
from reports.zinnen import bedrag, has_gunstige_kant

# Also filled in by the page to explore, for regions without claims.
PLAATS = (
    "In {periode} staat {wie} op {gedeeld}plaats {rang} van de {rang_van} {soort} (plaats 1 is {uiterste}), {positie}."
)
GEDEELD = "de gedeelde "
# of an estimate the next few places are as likely
ONGEVEER = "ongeveer "
# by how certain a place is
PLAATS_TOEVAL = {
    "binnen_marge": "Die plaats kan toeval zijn.",
    "marge_onbekend": "Die plaats kan toeval zijn: de bron geeft geen marge.",
}
# of who would only see a change of this part of the figure or more
GROOT = 0.1
# of who differs from the country by no more than the margin
ALS_NEDERLAND_TOEVAL = "maar het verschil met Nederland kan toeval zijn"
SCHOMMELT = "Alleen een grote verandering hadden wij gezien."
GEEN_KLOOF = "Of het verschil met Nederland groter of kleiner wordt, is niet te zeggen."


def oordeel_zin(indicator: Indicator, regio: Regio, beweringen: Beweringen) -> str:
    """The judgement on a region in short sentences: trend, place, how the gap moves. Empty where nothing is claimed."""
    parts = (
        trend_zin(indicator, regio, beweringen),
        plaats_zin(indicator, regio, beweringen),
        _kloof(indicator, regio, beweringen),
    )
    return " ".join(part for part in parts if part)


def trend_zin(indicator: Indicator, regio: Regio, beweringen: Beweringen) -> str:
    """The trend of a region in one or two sentences, or why there is none; empty where neither is claimed."""
    b = beweringen.find("trend", indicator.id, regio.code)
    if b is None:
        geen = beweringen.find("geen_trend", indicator.id, regio.code)
        return _geen_trend(indicator, regio, geen) if geen else ""
    gemeten = f", gemeten over {_cijfers(b)}{in_prijzen(indicator)}"
    match b.oordeel:
        case "geen_verandering":
            zin = f"Het cijfer van {regio.wie} laat geen duidelijke stijging of daling zien{gemeten}."
            stand = beweringen.find("stand", indicator.id, regio.code)
            if b.grens is not None:
                groot = stand is not None and b.grens >= GROOT * abs(stand.waarde or 0.0)
                zin += f" {SCHOMMELT if groot else _te_zien(indicator, b)}"
        case "nagenoeg_gelijk":
            zin = (
                f"Het cijfer van {regio.wie} blijft nagenoeg gelijk: het verandert wel, maar te weinig om ertoe te "
                f"doen{gemeten}."
            )
        case _:
            helling = b.verschil or 0.0
            gaat = "steeg" if helling > 0 else "daalde"
            # two levels: a mean a year suggests that it goes on so, and times the years it is another number
            niveaus = _niveaus(indicator, regio, b)
            hoe, kaal = niveaus or f"het {gaat}", f"{gaat} {niveaus}".rstrip()
            zin = {
                "gunstig": f"Het cijfer van {regio.wie} gaat de gewenste kant op: {hoe}",
                "ongunstig": f"Het cijfer van {regio.wie} gaat niet de gewenste kant op: {hoe}",
            }.get(b.oordeel, f"Het cijfer van {regio.wie} {kaal}")
            zin += f"{gemeten}."
            if nul := naast_nul(indicator, beweringen, b):
                zin += f" Het is {nul}."
    return f"{zin} {ROBUUST_IN_ZIN[b.zekerheid]} {anders_zin(beweringen, b)}".rstrip()


def _geen_trend(indicator: Indicator, regio: Regio, b: Bewering) -> str:
    if b.oordeel == "reeksbreuk":
        return (
            f"Of het cijfer van {regio.wie} stijgt of daalt, is niet te zeggen: de bron is anders gaan meten "
            "(reeksbreuk)."
        )
    if indicator.prijzen == ONBEKEND and indicator.prijspeil is None:
        return f"Van dit bedrag is {ONZEKER}. Daarom is er voor {regio.wie} geen trend van te geven."
    if is_gedefleerd(indicator) and indicator.prijspeil is None:
        return f"Zonder prijsindex is er voor {regio.wie} geen trend van dit bedrag te geven."
    if b.grens is not None:
        return f"Of het cijfer van {regio.wie} stijgt of daalt, is met deze cijfers niet te zeggen."
    return f"Er zijn te weinig cijfers van {regio.wie} om een trend te toetsen."


def _niveaus(indicator: Indicator, regio: Regio, b: Bewering) -> str:
    """The first and the last figure of a trend: 'van 12,0% in 2018 naar 11,5% in 2025'.

    Empty where the two do not show which way it went.
    """
    reeks, periodes = indicator.reeksen.get(regio.code), (b.periode_eerder or "", b.periode)
    punten = [reeks.point(p) if reeks else None for p in periodes]
    van, tot = ((p.reeel if is_gedefleerd(indicator) else p.waarde) if p else None for p in punten)
    if van is None or tot is None:
        return ""
    gedrukt = round_half_away(tot, indicator.decimalen) - round_half_away(van, indicator.decimalen)
    if gedrukt == 0 or (gedrukt > 0) != ((b.verschil or 0.0) > 0):
        return ""
    eerst, laatst = (
        f"{bedrag(indicator, w)} in {format_periode(p)}" for w, p in zip((van, tot), periodes, strict=True)
    )
    return f"van {eerst} naar {laatst}"


def _te_zien(indicator: Indicator, b: Bewering) -> str:
    """How large a change had to be over those years for us to see it."""
    kans = procent(REKENREGELS.onderscheidend)
    return (
        f"Een verandering van {_omvang(indicator, b.grens or 0.0)} of meer over {looptijd(b)} hadden wij "
        f"waarschijnlijk gezien (kans {kans}); een kleinere kunnen wij missen."
    )


def _omvang(indicator: Indicator, helling: float) -> str:
    """The size of a change, with as many decimals as it takes to see that it is not zero."""
    if read_eenheid(indicator.eenheid).klasse:
        return with_eenheid(format_getal(max(1, math.ceil(abs(helling))), 0, teken=True), indicator.eenheid).lstrip("+")
    decimalen = indicator.decimalen
    while decimalen < indicator.decimalen + 4 and round_half_away(helling, decimalen) == 0:
        decimalen += 1
    getal = format_getal(abs(helling), decimalen)
    if indicator.eenheid in GETELD:
        return met_eenheid(abs(helling), decimalen, indicator.eenheid)
    if is_percentage(indicator.eenheid):
        return f"{getal}{HARDE_SPATIE}procentpunt"
    if read_eenheid(indicator.eenheid).honderd:
        return f"{getal}{HARDE_SPATIE}{punten(getal)}"
    return with_eenheid(getal, indicator.eenheid)


def _cijfers(b: Bewering) -> str:
    aantal = "een cijfer" if b.aantal == 1 else f"{b.aantal} cijfers" if b.aantal else "de cijfers"
    return f"{aantal} uit de jaren {looptijd(b)}"


def plaats_zin(indicator: Indicator, regio: Regio, beweringen: Beweringen) -> str:
    """The place of a region among its kind in one sentence; empty where it has none."""
    b = beweringen.find("plaats", indicator.id, regio.code)
    if b is None or b.rang is None or b.oordeel not in POSITIE_IN_ZIN:
        return ""
    nl = beweringen.find("verschil_nl", indicator.id, regio.code)
    toeval = b.oordeel == "als_nederland" and nl is not None and "binnen_marge" in (nl.oordeel, nl.zekerheid)
    zin = PLAATS.format(
        periode=format_periode(b.periode),
        wie=regio.wie,
        gedeeld=GEDEELD if b.gedeeld else ongeveer(indicator),
        rang=b.rang,
        rang_van=b.rang_van,
        soort=REGIOSOORT_MEERVOUD[regio.soort],
        uiterste=uiterste(indicator),
        positie=ALS_NEDERLAND_TOEVAL if toeval else POSITIE_IN_ZIN[b.oordeel],
    )
    return f"{zin} {toeval_van(b)}".rstrip()


def ongeveer(indicator: Indicator) -> str:
    """What stands before a place: that it is about that one, of what was estimated and of events, that chance moves."""
    return ONGEVEER if indicator.meting in GESCHAT or indicator.kaart.get("gebeurtenissen") else ""


def toeval_van(plaats: Bewering) -> str:
    """That a place may be chance; empty where it is none, and of who hardly differs from the country: in no quarter."""
    return "" if plaats.oordeel == "als_nederland" else PLAATS_TOEVAL.get(plaats.zekerheid, "")


def uiterste(indicator: Indicator) -> str:
    """What place 1 is: 'het gunstigst', 'het hoogst', 'de langste afstand', 'de meeste'."""
    if has_gunstige_kant(indicator):
        return "het gunstigst"
    hoogst = read_eenheid(indicator.eenheid).uitersten[0]
    return {"langste afstand": "de langste afstand", "hoogst": "het hoogst"}.get(hoogst, hoogst)


def _kloof(indicator: Indicator, regio: Regio, beweringen: Beweringen) -> str:
    if zin := kloofgang_zin(beweringen, indicator, regio):
        return zin
    return GEEN_KLOOF if beweringen.find("verschil_nl", indicator.id, regio.code) else ""
