"""The chapters of the economy on paper: jobs and sectors, earning power, the labour market, and what is coming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.analyse import Groeideel, Specialisatie
from reports.analysezinnen import (
    LEEFTIJD_BRUG,
    LEEFTIJD_BRUG_LOS,
    duidelijk_zin,
    harder_zin,
    kloof_status,
    kloof_zin,
    leeftijd_zin,
    pendel_zin,
    prognose_nu_zin,
    prognose_zin,
    voorlopig,
)
from reports.cellen import nb
from reports.document import Alinea, Blad, Blok, Figuurblok
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding, make_standtabel, zonder_nb
from reports.gedrukt.thema import RIJEN, bevinding, make_figuren, op_volgorde
from reports.getallen import format_getal
from reports.hoofdstukken.economie import banen, erbij, heel, meer
from reports.hoofdstukken.schrijftafel import REGISTER
from reports.hoofdstukken.thema import beeld_zin
from reports.inhoud import Doel, Koppeling
from reports.model import Indicator, Thema
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

GROEP = "Economie"
BANEN = "banen_totaal"
# the claim about those who can work
WERKLEEFTIJD = ("prognose_leeftijd", "15_tot_75")
TELT_ZELFSTANDIGEN = "‘Banen’ komt uit het werkgelegenheidsregister en telt ook zelfstandigen."
# the figures of an analysis that a chapter has before those of its indicators
FIGUREN = {
    "werkgelegenheid": ("banengroei", "banen-per-bedrijfstak"),
    "verdienvermogen": ("productiviteitskloof", "kloof-per-bedrijfstak"),
    "arbeidsmarkt": ("pendelstromen",),
    "demografie": ("leeftijdsopbouw", "prognose"),
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
            beeld_zin(druk.tafel, thema),
        )
        if z
    )
    verwacht = _verwacht(druk, eigen=not tekst) if thema.id == "demografie" else ""
    blokken += [Alinea((z,)) for z in (verwacht, verder) if z]
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
            werk = r.beweringen.find(*WERKLEEFTIJD, code)
            b = r.beweringen.find("prognose", "inwoners", code)
            # a shift between ages tells more than a total that stays within its interval
            if werk and werk.oordeel != "nagenoeg_gelijk" and b and b.oordeel == "binnen_interval":
                return f"{leeftijd_zin(werk)} {LEEFTIJD_BRUG_LOS} {prognose_zin(b)}"
            return prognose_zin(b) if b else ""
    return ""


def _verwacht(druk: Drukwerk, *, eigen: bool) -> str:
    """What the forecast gave for now, and what it expects of those who can work, as far as that was not told yet.

    `eigen`: no editor tells on this page how many inhabitants there are.
    """
    r = druk.tafel.rapport
    nu = r.beweringen.find("prognose_nu", "inwoners", r.provincie.code) if eigen else None
    zinnen = [prognose_nu_zin(nu, r.provincie)] if nu else []
    werk = r.beweringen.find(*WERKLEEFTIJD, r.provincie.code)
    if werk and (zin := leeftijd_zin(werk)) not in _bevinding(druk, "demografie"):
        zinnen += [zin, LEEFTIJD_BRUG]
    return " ".join(zinnen)


def make_sectorblad(druk: Drukwerk) -> Blad | None:
    """Which branches grow, beside the country, and how large they are; None without jobs by branch."""
    r, a = druk.tafel.rapport, druk.tafel.analyses
    g, p = a.banengroei, r.provincie
    if g is None or not g.delen:
        return None
    # shares of another year do not stand beside jobs of this one
    delen = {s.code: s for s in a.specialisatie} if a.specialisatie_periode == g.periode else {}
    wanneer = f"december {g.periode[:4]}{voorlopig(g.status)}"
    tabel = Tabel(
        "sectoren",
        f"Banen van werknemers per bedrijfstak, {wanneer}, de grootste eerst",
        (
            Kolom(("Bedrijfstak",)),
            Kolom(("Banen",), "eind", nadruk=True),
            Kolom((f"Aandeel {p.naam}",), "eind"),
            Kolom((f"Aandeel {r.nederland.naam}",), "eind"),
            Kolom((f"{p.naam} gedeeld door {r.nederland.naam}",), "eind"),
        ),
        (Rijgroep(tuple(_takrij(d, delen.get(d.code)) for d in sorted(g.delen, key=lambda d: -d.banen))),),
        (
            "Boven 1 is de bedrijfstak hier sterker aanwezig dan in Nederland. De tabel van de pendel telt de banen "
            "van een gebied anders, en heeft een iets ander totaal.",
        ),
        dicht=True,
    )
    figuur, zin = druk.figuur("groei-per-bedrijfstak"), harder_zin(r.beweringen, p)
    opening = make_inleiding(f"{zin} {duidelijk_zin(g.periode_van)}") if zin else []
    blokken: tuple[Blok, ...] = (*opening, *([figuur] if figuur else []), zonder_nb(tabel))
    return Blad("sectoren", "Welke bedrijfstakken groeien", GROEP, blokken, een_pagina=True, aansluiten=True)


def _takrij(deel: Groeideel, tak: Specialisatie | None) -> Rij:
    """The jobs of a branch, its share here and in the country, and the quotient of those."""
    aandelen = ((tak.aandeel, 1, "%"), (tak.aandeel_nl, 1, "%"), (tak.quotient, 2, "")) if tak else ((None, 0, ""),) * 3
    return Rij(
        (deel.naam,),
        (
            Cel((heel(deel.banen),)),
            *(Cel(nb() if w is None else (f"{format_getal(w, n)}{achter}",)) for w, n, achter in aandelen),
        ),
    )
