"""The messages of the summary: made of claims, in a fixed order.

A message without a claim falls away and the next one moves up, so that there are five where the claims allow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from begrippen.eenheid import read_eenheid
from begrippen.rekenregels import REKENREGELS
from reports.analysezinnen import LEEFTIJD_BRUG, kloof_status, leeftijd_zin, prognose_zin
from reports.bewering import Bewering, Telling
from reports.beweringzinnen import cijfer_delen, jaren
from reports.getallen import format_getal, format_periode, join, met_eenheid
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Doel
from reports.model import Regio
from reports.standzinnen import VERKOOPPRIJS, tegenspraak_zin, volume_zin, woningen_zin
from reports.telzinnen import (
    INDICATOREN_MET_KANT,
    MET_KANT,
    afstanden_zin,
    antwoord_uitleg,
    een_keer,
    geen,
    jaren_samen,
    namen,
    onder_soort,
    plaats_telzin,
    plaats_toeval,
    trend_telzin,
    verandering_telzin,
    zonder_reden,
)
from reports.zinnen import corop, gemeenten, haakjes, tel, voorbehoud_los

# of so few areas a message tells all; of more only those that stand out
ALLE_GEBIEDEN = 4


@dataclass(frozen=True)
class Boodschap:
    """What it is about, what there is to say, and where to read more. `soort`: by which slides choose its figures."""

    kop: str
    tekst: str
    naar: Doel
    soort: str = ""


def make_boodschappen(tafel: Schrijftafel, gezegd: Sequence[str] = ()) -> list[Boodschap]:
    """The first messages that the claims allow, without those that say what was said already (`gezegd`)."""
    found = [b for make in MAKERS if (b := make(tafel)) is not None]
    # the answers are told once: what they left out of a reason is left out of none by itself
    known = {zonder_reden(tekst) for tekst in gezegd}
    kept = [b for b in found if zonder_reden(b.tekst) not in known][: REKENREGELS.boodschappen]
    teksten = een_keer([b.tekst for b in kept], gezegd)
    return [replace(b, tekst=tekst) for b, tekst in zip(kept, teksten, strict=True)]


def _brede_welvaart(tafel: Schrijftafel) -> Boodschap | None:
    r = tafel.rapport
    groep, p = "brede_welvaart", r.provincie
    trend = r.beweringen.telling("trend", groep, p.code, p.soort)
    plaats = r.beweringen.telling("plaats", groep, p.code, p.soort)
    parts = []
    if trend and trend.van >= REKENREGELS.minste_telling:
        parts.append(trend_telzin(trend, r.beweringen))
    if plaats and plaats.van >= REKENREGELS.minste_telling:
        parts.append(plaats_telzin(plaats, p.naam, onder_soort(p.soort)))
    if not parts:
        return _gemeenten_welvaart(tafel, groep)
    return Boodschap("Brede welvaart.", " ".join(parts), Doel("brede-welvaart"))


def _gemeenten_welvaart(tafel: Schrijftafel, groep: str) -> Boodschap | None:
    """Where the province itself has hardly any judgement: how often its municipalities stand high and low."""
    r = tafel.rapport
    plaats = r.beweringen.telling("plaats", groep, r.provincie.code, "gemeente")
    if plaats is None or plaats.van < REKENREGELS.minste_telling:
        return None
    zin = (
        f"De {gemeenten(r)} hebben samen {plaats.van} plaatsen onder {onder_soort('gemeente')}, bij indicatoren "
        f"{MET_KANT} ({jaren(plaats.eerste)}): {plaats['bovenste_kwart']} in het gunstigste kwart en "
        f"{plaats['onderste_kwart']} in het ongunstigste.{afstanden_zin(plaats)}{plaats_toeval(plaats)}"
    )
    return Boodschap("Brede welvaart.", zin, Doel("brede-welvaart"))


def _voor(tafel: Schrijftafel, id_: str, naam: str) -> str | None:
    """'De werkloosheid is 3,2% in 2024: even hoog als in 2022.'; None where the province has no value."""
    indicator, r = tafel.indicator(id_), tafel.rapport
    stand = r.beweringen.find("stand", id_, r.provincie.code)
    if indicator is None or stand is None or stand.waarde is None:
        return None
    # the sentence says itself what it is a share of, or per what
    getal = met_eenheid(stand.waarde, indicator.decimalen, read_eenheid(indicator.eenheid).maat)
    zeker = haakjes(*voorbehoud_los(indicator, indicator.punt(r.provincie.code)))
    zin = f"{naam} is {getal} in {format_periode(stand.periode)}{zeker}"
    if parts := cijfer_delen(indicator, r.beweringen, r.provincie, r.nederland):
        zin += f": {' en '.join(parts)}"
    verder = (volume_zin(r, indicator, r.provincie), tegenspraak_zin(r.beweringen, indicator, r.provincie))
    return " ".join([f"{zin}.", *(z for z in verder if z)])


def _verdienvermogen(tafel: Schrijftafel) -> Boodschap | None:
    r = tafel.rapport
    kloof = r.beweringen.find("productiviteit", "geheel", r.provincie.code)
    if kloof is None or kloof.waarde is None or kloof.verschil is None or not kloof.waarde_tegen:
        bbp = _voor(tafel, "bbp_per_inwoner", "Het bruto binnenlands product per inwoner")
        return (
            Boodschap("Verdienvermogen.", bbp, tafel.hoofdstuk("verdienvermogen"), "verdienvermogen") if bbp else None
        )
    hoeveel = format_getal(abs(100 * kloof.verschil / kloof.waarde_tegen), 1)
    zin = (
        f"Een arbeidsjaar bracht in {r.provincie.wie} {met_eenheid(kloof.waarde, 0, 'euro')} op in "
        f"{format_periode(kloof.periode)}, {hoeveel}% {'minder' if kloof.verschil < 0 else 'meer'} dan in Nederland."
    )
    delen = [
        d
        for naam in ("regiospecifiek", "structuur")
        if (d := r.beweringen.find("productiviteitsdeel", naam, r.provincie.code)) and d.verschil is not None
    ]
    if delen and (grootste := max(delen, key=_omvang)).verschil and grootste.verschil * kloof.verschil > 0:
        zin += f" {_grootste_deel(grootste, grootste.verschil)}"
    zin += kloof_status(tafel.analyses.kloof)
    return Boodschap("Verdienvermogen.", zin, tafel.hoofdstuk("verdienvermogen"), "verdienvermogen")


def _omvang(b: Bewering) -> float:
    return abs(b.verschil or 0)


def _grootste_deel(b: Bewering, deel: float) -> str:
    if b.groep == "regiospecifiek":
        waar = f"dat dezelfde bedrijfstakken hier {'minder' if deel < 0 else 'meer'} opbrengen"
    else:
        waar = f"dat de mix van bedrijfstakken hier {'ongunstig' if deel < 0 else 'gunstig'} is"
    # a way of counting, which says where the difference is and not what made it: of so many euro it would seem exact
    return f"Uitgesplitst naar bedrijfstak zit het grootste deel van dat verschil erin {waar}."


def _arbeidsmarkt(tafel: Schrijftafel) -> Boodschap | None:
    zinnen = (
        _voor(tafel, "werkloosheid", "De werkloosheid"),
        _voor(tafel, "netto_arbeidsparticipatie", "De netto arbeidsparticipatie"),
    )
    tekst = " ".join(z for z in zinnen if z)
    return Boodschap("Arbeidsmarkt.", tekst, tafel.hoofdstuk("arbeidsmarkt"), "arbeidsmarkt") if tekst else None


def _toekomst(tafel: Schrijftafel) -> Boodschap | None:
    r = tafel.rapport
    prognose = r.beweringen.find("prognose", "inwoners", r.provincie.code)
    if prognose is None:
        return None
    werkenden = r.beweringen.find("prognose_leeftijd", "15_tot_75", r.provincie.code)
    zinnen = [prognose_zin(prognose), *([leeftijd_zin(werkenden), LEEFTIJD_BRUG] if werkenden else [])]
    return Boodschap("Wat komt er op ons af.", " ".join(zinnen), tafel.hoofdstuk("vooruitblik"), "toekomst")


def tel_plaatsen(tafel: Schrijftafel, regios: Sequence[Regio]) -> list[tuple[Telling, Regio]]:
    """How often each region stands high, low and between among its kind; who was judged nowhere is not there."""
    b = tafel.rapport.beweringen
    return [(t, regio) for regio in regios if (t := b.telling("plaats", "alles", regio.code, regio.soort))]


def verschillen(tafel: Schrijftafel) -> Boodschap | None:
    """How often the areas stand in the best and the worst quarter; None where one has no place, or none stands out."""
    r = tafel.rapport
    for regios, soort in ((r.corop, corop(r)), (r.gemeenten, gemeenten(r))):
        tellingen = tel_plaatsen(tafel, regios)
        hoog = max((t["bovenste_kwart"] for t, _ in tellingen), default=0)
        laag = max((t["onderste_kwart"] for t, _ in tellingen), default=0)
        if not hoog or not laag or len(tellingen) < len(regios):
            continue
        beste = [g for t, g in tellingen if t["bovenste_kwart"] == hoog]
        laagste = [g for t, g in tellingen if t["onderste_kwart"] == laag]
        wanneer = jaren_samen(*(t for t, _ in tellingen))
        genoemd = [(t, g) for t, g in tellingen if len(regios) <= ALLE_GEBIEDEN or g in (*beste, *laagste)]
        onder = f"onder {onder_soort(regios[0].soort)} "
        eerst, *rest = [_beide_kanten(t, g, "" if n else onder) for n, (t, g) in enumerate(genoemd)]
        zinnen = [f"{eerst}{'; ' if rest else ''}{join(rest)}."]
        if len(regios) > ALLE_GEBIEDEN:
            zinnen.insert(
                0,
                f"Van de {soort} {_staan(beste)} {namen(beste)} het vaakst in het gunstigste kwart en {namen(laagste)} "
                "het vaakst in het ongunstigste.",
            )
        zin = f"{' '.join(zinnen)}{afstanden_zin(*(t for t, _ in genoemd))} De cijfers zijn van {wanneer}."
        zin += plaats_toeval(*(t for t, _ in genoemd))
        return Boodschap(f"Verschillen binnen {r.provincie.wie}.", zin, Doel("verschillen"), "verschillen")
    return None


def _beide_kanten(t: Telling, regio: Regio, onder: str) -> str:
    """How often a region is among the best and among the worst, out of how many: one side alone flatters or shames.

    `onder`: among whom, where that was not told before.
    """
    hoog, laag = geen(t["bovenste_kwart"]), geen(t["onderste_kwart"])
    if not onder:
        return f"{regio.naam} bij {hoog} en {laag} van de {t.van}"
    wat = tel(t.van, *INDICATOREN_MET_KANT)
    return (
        f"{regio.naam} staat {onder}bij {hoog} van de {wat} in het gunstigste kwart en bij {laag} in het ongunstigste"
    )


def _staan(regios: Sequence[Regio]) -> str:
    return "staat" if len(regios) == 1 else "staan"


def _bevolking(tafel: Schrijftafel) -> Boodschap | None:
    zin = _voor(tafel, "bevolking", f"Het aantal inwoners van {tafel.rapport.provincie.wie}")
    return Boodschap("Bevolking.", zin, tafel.hoofdstuk("vooruitblik"), "bevolking") if zin else None


def _woningmarkt(tafel: Schrijftafel) -> Boodschap | None:
    zin = _voor(tafel, VERKOOPPRIJS, "De gemiddelde verkoopprijs van een bestaande koopwoning")
    indicator = tafel.indicator(VERKOOPPRIJS)
    if not zin or indicator is None:
        return None
    zin = f"{zin} {woningen_zin(tafel.rapport, indicator, tafel.rapport.provincie)}".rstrip()
    return Boodschap("Wonen.", zin, tafel.doel(indicator), "wonen")


def _gemeenten(tafel: Schrijftafel) -> Boodschap | None:
    """The two-year changes on the wanted and the unwanted side, counted over the municipalities."""
    r = tafel.rapport
    sinds = r.beweringen.telling("verandering", "alles", r.provincie.code, "gemeente")
    if sinds is None:
        return None
    zin = verandering_telzin(sinds, f"van de {gemeenten(r)} samen", wat=("cijfer", "cijfers"))
    if antwoord := r.beweringen.antwoord("alles", r.provincie.code, "gemeente"):
        zin = f"{zin} {antwoord_uitleg(antwoord, r.editie)}".rstrip()
    return Boodschap("De gemeenten.", zin, Doel("verschillen"))


MAKERS: tuple[Callable[[Schrijftafel], Boodschap | None], ...] = (
    _brede_welvaart,
    _verdienvermogen,
    _arbeidsmarkt,
    _toekomst,
    verschillen,
    _bevolking,
    _woningmarkt,
    _gemeenten,
)
