"""The chapters of the economy on paper: jobs and sectors, earning power, the labour market, and what is coming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.analyse import Banengroei
from reports.analysezinnen import (
    LEEFTIJD_BRUG,
    harder_zin,
    kloof_status,
    kloof_zin,
    leeftijd_zin,
    pendel_zin,
    prognose_nu_zin,
    prognose_zin,
    voorlopig,
)
from reports.document import Alinea, Blad, Blok, Figuurblok
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding, make_standtabel
from reports.gedrukt.thema import RIJEN, bevinding, make_figuren, op_volgorde
from reports.getallen import format_getal, format_groei
from reports.hoofdstukken.economie import banen, erbij, heel, meer
from reports.hoofdstukken.schrijftafel import REGISTER
from reports.hoofdstukken.thema import beeld_zin
from reports.inhoud import Doel, Koppeling
from reports.model import Indicator, Thema
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

GROEP = "Economie"
BANEN = "banen_totaal"
TELT_ZELFSTANDIGEN = "‘Banen’ komt uit het werkgelegenheidsregister en telt ook zelfstandigen."
# the figures of an analysis that a chapter has before those of its indicators
FIGUREN = {
    "werkgelegenheid": ("banengroei", "banen-per-bedrijfstak"),
    "verdienvermogen": ("productiviteitskloof", "kloof-per-bedrijfstak"),
    "arbeidsmarkt": ("pendelstromen",),
    "demografie": ("prognose", "leeftijdsopbouw"),
}


def make_economieblad(druk: Drukwerk, thema: Thema) -> Blad:
    """A chapter whose finding is that of its analysis, with the figures of the analysis before those of indicators."""
    r = druk.tafel.rapport
    eigen = op_volgorde(druk, thema.indicatoren)
    zin = _bevinding(druk, thema.id) or (bevinding(druk, eigen[0]) if eigen else "")
    titel = thema.titel or thema.naam
    blokken = make_inleiding(zin or f"Hierover is er voor {r.provincie.wie} geen cijfer.")
    tekst = druk.teksten.get(thema.blad, ())
    # what an editor tells of commuting takes the room of our own sentence and table
    pendel = thema.id == "arbeidsmarkt" and not tekst
    verder = " ".join(
        z
        for z in (
            pendel_zin(r.beweringen, r.provincie) if pendel else "",
            _verwacht(druk) if thema.id == "demografie" else "",
            beeld_zin(druk.tafel, thema),
        )
        if z
    )
    if verder:
        blokken.append(Alinea((verder,)))
    blokken += tekst
    al = [f for id_ in FIGUREN[thema.id] if (f := druk.figuur(id_))]
    if thema.id == "arbeidsmarkt" and (lijn := _werkloosheid(druk)):
        al.insert(0, lijn)
    blokken += make_figuren(druk, eigen or list(thema.indicatoren), al)
    tabel = make_standtabel(
        druk,
        f"rijen-{thema.id}",
        f"{titel}: de laatste cijfers van {r.provincie.naam}",
        [("", eigen[:RIJEN])],
        r.provincie,
    )
    if tabel:
        # the finding above it counts the jobs of employees only
        zelf = thema.id == "werkgelegenheid" and druk.tafel.analyses.banengroei and _heeft_banen(eigen[:RIJEN])
        blokken.append(replace(tabel, noten=(*tabel.noten, TELT_ZELFSTANDIGEN)) if zelf else tabel)
    if pendel and (balans := druk.tabel("balans")):
        blokken.append(replace(balans, id="balans-papier"))
    aantal = len(thema.indicatoren)
    if aantal > len(eigen[:RIJEN]):
        wat = "staat 1 indicator" if aantal == 1 else f"staan alle {aantal} indicatoren"
        naar = Koppeling(f"Op de website {wat} van dit hoofdstuk", Doel(thema.blad))
        blokken.append(Alinea((naar, "."), "noot"))
    return Blad(f"thema-{thema.id}", titel, GROEP, tuple(blokken), een_pagina=True, aansluiten=True)


def _heeft_banen(indicatoren: Sequence[Indicator]) -> bool:
    """Whether the jobs of the register are among these."""
    return any(i.id == BANEN and any(b.bron == REGISTER for b in i.bronnen) for i in indicatoren)


def _werkloosheid(druk: Drukwerk) -> Figuurblok | None:
    indicator = druk.tafel.indicator("werkloosheid")
    return druk.lijn(indicator, druk.tafel.rapport.provincie) if indicator else None


def _bevinding(druk: Drukwerk, thema: str) -> str:
    """The finding of an analysis in one sentence; empty where it was not made."""
    r, a = druk.tafel.rapport, druk.tafel.analyses
    code = r.provincie.code
    match thema:
        case "werkgelegenheid" if a.banengroei:
            g = a.banengroei
            verschil = g.banen - g.banen_van
            return (
                f"In december {g.periode[:4]}{voorlopig(g.status)} telde {r.provincie.wie} {banen(g.banen)} banen van "
                f"werknemers, {banen(abs(verschil))} {meer(verschil)} dan in december {g.periode_van[:4]}. Met de "
                f"groei van heel Nederland waren er {erbij(g.nationaal)}."
            )
        case "verdienvermogen":
            return kloof_zin(r.beweringen, r.provincie) + kloof_status(a.kloof)
        case "arbeidsmarkt":
            indicator = druk.tafel.indicator("werkloosheid")
            return bevinding(druk, indicator) if indicator else ""
        case "demografie":
            b = r.beweringen.find("prognose", "inwoners", code)
            return prognose_zin(b) if b else ""
    return ""


def _verwacht(druk: Drukwerk) -> str:
    """What the forecast gave for now, and what it expects of those who can work."""
    r = druk.tafel.rapport
    nu = r.beweringen.find("prognose_nu", "inwoners", r.provincie.code)
    zinnen = [prognose_nu_zin(nu, r.provincie)] if nu else []
    werk = r.beweringen.find("prognose_leeftijd", "15_tot_75", r.provincie.code)
    zinnen += [leeftijd_zin(werk), LEEFTIJD_BRUG] if werk else []
    return " ".join(zinnen)


def make_sectorblad(druk: Drukwerk) -> Blad | None:
    """Which branches grow, beside the country; None without jobs by branch."""
    g, a, p = druk.tafel.analyses.banengroei, druk.tafel.analyses, druk.tafel.rapport.provincie
    if g is None or not g.delen:
        return None
    groei = sorted(
        ((d, *_groei(d.banen, d.verandering, d.nationaal + d.sectormix)) for d in g.delen), key=lambda x: -x[1]
    )
    quotient = {s.code: s.quotient for s in a.specialisatie}
    rijen = tuple(
        Rij(
            (d.naam,),
            (
                Cel((heel(d.banen),)),
                Cel((format_getal(d.verandering, 0, teken=True),)),
                Cel((format_groei(eigen),)),
                Cel((format_groei(land),)),
                Cel((format_getal(q, 2) if (q := quotient.get(d.code)) is not None else "",)),
            ),
        )
        for d, eigen, land in groei
    )
    zin = harder_zin(druk.tafel.rapport.beweringen, p)
    tabel = Tabel(
        "sectoren",
        f"Banen van werknemers per bedrijfstak, {_jaren(g)}, de hardste groeier eerst",
        (
            Kolom(("Bedrijfstak",)),
            Kolom((f"Banen december {g.periode[:4]}",), "eind", nadruk=True),
            Kolom(("Erbij of eraf",), "eind"),
            Kolom((f"Groei {p.naam}",), "eind"),
            Kolom(("Groei Nederland",), "eind"),
            Kolom(("Aandeel gedeeld door dat van Nederland",), "eind"),
        ),
        (Rijgroep(rijen),),
        (
            "Boven 1 is de bedrijfstak hier sterker aanwezig dan in Nederland. De tabel van de pendel telt de banen "
            "van een gebied anders, en heeft een iets ander totaal.",
        ),
        dicht=True,
    )
    figuur = druk.figuur("bedrijfstakken")
    opening = make_inleiding(zin) if zin else []
    blokken: tuple[Blok, ...] = (*opening, *([figuur] if figuur else []), tabel)
    return Blad("sectoren", "Welke bedrijfstakken groeien", GROEP, blokken, een_pagina=True, aansluiten=True)


def _groei(banen: float, verandering: float, als_land: float) -> tuple[float, float]:
    """Growth of a branch here and in the country, in percent."""
    begin = banen - verandering
    return (100 * verandering / begin, 100 * als_land / begin) if begin else (0.0, 0.0)


def _jaren(g: Banengroei) -> str:
    return f"december {g.periode_van[:4]} tot december {g.periode[:4]}{voorlopig(g.status)}"
