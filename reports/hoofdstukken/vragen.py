"""The questions that readers ask, each with its answer: made of claims, with year, comparison and certainty."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports.analysezinnen import (
    LEEFTIJD_BRUG,
    kloof_status,
    kloof_zin,
    leeftijd_zin,
    pendel_zin,
    prognose_nu_zin,
    prognose_zin,
    takken_zin,
    vorige_editie_zin,
)
from reports.bewering import Telling
from reports.document import Alinea, Blad, Blok, Kop, Lijst
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Doel, Inhoud, Koppeling
from reports.model import Regio
from reports.standzinnen import kloofgang_zin, stand_zin, trendgang_zin
from reports.telzinnen import (
    antwoord_kop,
    naast_telzin,
    onder_soort,
    plaats_telzin,
    plaatsen_toeval,
    toestand_zinnen,
    trend_telzin,
)
from reports.vraag import Vraag, Vraagsoort
from reports.zinnen import naam_in_zin

BLAD = "vragen"
GEEN = "Deze editie heeft geen cijfer dat hierop antwoord geeft."
# there are figures, of too few indicators or too old to count
TE_WEINIG = "Deze editie heeft te weinig recente cijfers om hierop te antwoorden."
# What the answer on the future puts beside the forecast.
GETELD, VERWACHT = "potentiele_beroepsbevolking", "15_tot_75"
# Themes that an answer on an area names on either side.
THEMAS = 3
# of fewer places in a theme, half of them says nothing
MINST = 3

Antwoord = tuple[list[str], Doel]


def anker(nummer: int) -> str:
    """Where the answer to a question stands on its page; numbers start at 1."""
    return f"vraag-{nummer}"


def gesteld(tafel: Schrijftafel) -> tuple[Vraag, ...]:
    """The questions of the edition; without a previous edition not those that are about one."""
    eerste = not tafel.analyses.editieverschillen
    return tuple(v for v in tafel.vragen if not (eerste and v.over == "vorige_editie"))


def make_vragen(tafel: Schrijftafel) -> Blad | None:
    """The page of questions and answers; None where the edition asks nothing."""
    vragen = gesteld(tafel)
    if not vragen:
        return None
    blokken: list[Blok] = []
    antwoorden = [(vraag, *beantwoord(tafel, vraag)) for vraag in vragen]
    beantwoorde = any(_heeft_cijfer(zinnen) for _, zinnen, _ in antwoorden)
    if beantwoorde:
        blokken.append(
            Alinea(
                (
                    "Wat lezers het eerst vragen, met het antwoord van deze editie. Bij elk cijfer staat het jaar, "
                    "waarmee het is vergeleken en hoe zeker het is.",
                ),
                "inleiding",
            )
        )
    for nummer, (vraag, zinnen, naar) in enumerate(antwoorden, start=1):
        lees: Inhoud = (Koppeling("Lees meer", naar, f" bij de vraag: {vraag.vraag.rstrip('?')}"),)
        blokken += [Kop(2, vraag.vraag, anker(nummer)), Alinea((f"{' '.join(zinnen) or GEEN} ", *lees))]
    titel = f"{telwoord(len(vragen)).capitalize()} {'vraag' if len(vragen) == 1 else 'vragen'}"
    titel += ", met het antwoord" if beantwoorde else ""
    return Blad(BLAD, titel, "", tuple(blokken), kort="Vragen")


def make_vragenlijst(tafel: Schrijftafel) -> list[Blok]:
    """The questions on the title page that have an answer, each a link to it; nothing where none has."""
    items = tuple(
        (Koppeling(v.vraag, Doel(BLAD, anker(n))),)
        for n, v in enumerate(gesteld(tafel), start=1)
        if _heeft_cijfer(beantwoord(tafel, v)[0])
    )
    return [Kop(2, "Vragen", "vragen"), Lijst(items)] if items else []


def _heeft_cijfer(zinnen: Sequence[str]) -> bool:
    """Whether an answer has a figure: one that says that there is none is no answer to go to."""
    return any(re.search(r"\d", zin) for zin in zinnen)


def beantwoord(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    """The sentences that answer a question, none where no claim does, and where to read more."""
    zinnen, naar = MAKERS[vraag.over](tafel, vraag)
    return [z for z in zinnen if z], naar


def _bladzijde(tafel: Schrijftafel, regio: Regio) -> Doel:
    """The page of an area; of a region without one, the page with all areas beside each other."""
    return Doel(f"regio/{regio.code}" if regio in tafel.rapport.gebieden else "verschillen")


def _regio(tafel: Schrijftafel, vraag: Vraag) -> Regio:
    r = tafel.rapport
    return next((g for g in (*r.gebieden, *r.samengesteld) if g.code == vraag.regio), r.provincie)


def _toestand(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    r = tafel.rapport
    p, b = r.provincie, r.beweringen
    zinnen = toestand_zinnen(b, p, r.editie)
    if not zinnen and (antwoord := b.antwoord("alles", p.code, p.soort)):
        zinnen.append(antwoord_kop(antwoord, p.wie))
    if (trend := b.telling("trend", "alles", p.code, p.soort)) and trend.van >= REKENREGELS.minste_telling:
        zinnen.append(trend_telzin(trend, b))
    return zinnen, Doel("samenvatting")


def _cijfer(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    r, indicator, regio = tafel.rapport, tafel.indicator(vraag.indicator), _regio(tafel, vraag)
    if indicator is None:
        return [], Doel("niet-beschikbaar")
    naar = tafel.doel(indicator) if regio == r.provincie else _bladzijde(tafel, regio)
    stand = stand_zin(indicator, regio, r)
    if not stand:
        return [], naar
    return [f"{naam_in_zin(indicator)} in {regio.wie}: {stand}", trendgang_zin(r.beweringen, indicator, regio)], naar


def _bedrijfstakken(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    return [takken_zin(tafel.rapport.beweringen, tafel.rapport.provincie)], tafel.hoofdstuk("werkgelegenheid")


def _pendel(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    return [pendel_zin(tafel.rapport.beweringen, tafel.rapport.provincie)], tafel.hoofdstuk("arbeidsmarkt")


def _prognose(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    """What was counted so far, then what is expected: two series, each by its own name."""
    r, geteld = tafel.rapport, tafel.indicator(GETELD)
    b, p = r.beweringen, r.provincie
    zinnen = []
    if geteld is not None and (stand := stand_zin(geteld, p, r)):
        zinnen += [f"Geteld: {_klein(geteld.naam)} was {stand}", trendgang_zin(b, geteld, p)]
    if later := b.find("prognose_leeftijd", VERWACHT, p.code):
        zinnen.append(f"Verwacht: {_klein(leeftijd_zin(later))} {LEEFTIJD_BRUG}")
    elif prognose := b.find("prognose", "inwoners", p.code):
        nu = b.find("prognose_nu", "inwoners", p.code)
        zinnen += [prognose_nu_zin(nu, p) if nu else "", prognose_zin(prognose)]
    return zinnen, tafel.hoofdstuk("vooruitblik")


def _klein(zin: str) -> str:
    return zin[:1].lower() + zin[1:]


def _gebied(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    r, regio = tafel.rapport, _regio(tafel, vraag)
    b = r.beweringen
    zinnen = []
    if (plaats := b.telling("plaats", "alles", regio.code, regio.soort)) and plaats.van >= REKENREGELS.minste_telling:
        zinnen += [plaats_telzin(plaats, regio.naam, onder_soort(regio.soort)), *_per_thema(tafel, regio)]
    zinnen += toestand_zinnen(b, regio, r.editie)
    if not zinnen and any(c.soort == "stand" and c.regio == regio.code for c in b.rijen):
        zinnen.append(TE_WEINIG)
    return zinnen, _bladzijde(tafel, regio)


def _per_thema(tafel: Schrijftafel, regio: Regio) -> list[str]:
    """The themes of well-being in which an area stands on one side at half of its places or more, most first."""
    b = tafel.rapport.beweringen
    tellingen = [
        (thema.naam, t)
        for thema in tafel.rapport.themas
        if thema.is_welvaart and (t := b.telling("plaats", thema.id, regio.code, regio.soort))
    ]
    zinnen = []
    for kwart, hoe in (("onderste_kwart", "ongunstigste"), ("bovenste_kwart", "gunstigste")):
        veel = [(naam, t) for naam, t in tellingen if t.van >= MINST and 2 * t[kwart] >= t.van]
        veel = sorted(veel, key=lambda v: (-v[1][kwart] / v[1].van, -v[1][kwart], v[0]))[:THEMAS]
        if veel:
            (eerste, t), *rest = veel
            wat = f"{_hoeveel(t, kwart)} indicatoren die meetellen"
            zin = f"Bij {eerste.lower()} staat {regio.naam} met {wat} in het {hoe} kwart"
            zinnen.append(", ".join([zin, *(f"bij {naam.lower()} met {_hoeveel(t, kwart)}" for naam, t in rest)]) + ".")
            zinnen.append(plaatsen_toeval(*(t for _, t in veel), kanten=(kwart,), waar="in dat kwart"))
    return zinnen


def _hoeveel(t: Telling, kwart: str) -> str:
    return f"alle {t.van}" if t[kwart] == t.van else f"{t[kwart]} van de {t.van}"


def _kloof(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    r = tafel.rapport
    indicator = tafel.indicator("tw_per_arbeidsjaar")
    gang = kloofgang_zin(r.beweringen, indicator, r.provincie) if indicator else ""
    return [gang, kloof_zin(r.beweringen, r.provincie) + kloof_status(tafel.analyses.kloof)], tafel.hoofdstuk(
        "verdienvermogen"
    )


def _vorige_editie(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    indicator = tafel.indicator(vraag.indicator)
    zin = vorige_editie_zin(tafel.rapport.beweringen, indicator, tafel.rapport.provincie) if indicator else ""
    return [zin], Doel("veranderd")


def _buren(tafel: Schrijftafel, vraag: Vraag) -> Antwoord:
    r = tafel.rapport
    p, b = r.provincie, r.beweringen
    zinnen = []
    if (plaats := b.telling("plaats", "alles", p.code, p.soort)) and plaats.van >= REKENREGELS.minste_telling:
        zinnen.append(plaats_telzin(plaats, p.naam, onder_soort(p.soort)))
    for buur in r.buren:
        t = b.telling("verschil_buur", f"buur_{buur.code}", p.code, p.soort)
        if t and t.van >= REKENREGELS.minste_telling:
            zinnen.append(naast_telzin(t, p.naam, buur.naam))
    if not zinnen and any(c.soort == "verschil_buur" and c.regio == p.code for c in b.rijen):
        zinnen.append(TE_WEINIG)
    return zinnen, Doel("indicatoren")


MAKERS: dict[Vraagsoort, Callable[[Schrijftafel, Vraag], Antwoord]] = {
    "toestand": _toestand,
    "cijfer": _cijfer,
    "bedrijfstakken": _bedrijfstakken,
    "pendel": _pendel,
    "prognose": _prognose,
    "gebied": _gebied,
    "kloof": _kloof,
    "vorige_editie": _vorige_editie,
    "buren": _buren,
}
