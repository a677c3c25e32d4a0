"""The figures on a slide of a message: lines, bars or layers, by the kind of the message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from begrippen.taal import telwoord
from reports import getallen
from reports.analyse import PROGNOSE
from reports.analysezinnen import FIJNER, WAAR, interval_zin
from reports.cellen import bron_kop, uitgever_van
from reports.downloads.analysetabellen import LEEFTIJDEN
from reports.figuren.beeld import Lijn, dashed
from reports.figuren.lijn import lijn_alt
from reports.figuurzinnen import reeks_kop, reeksbeeld
from reports.hoofdstukken.boodschappen import tel_plaatsen
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.model import Indicator, Regio
from reports.oordeelzinnen import oordeel_zin
from reports.stukken import dia, grafiek
from reports.stukken.dia import Vak
from reports.stukken.kerncijfers import (
    bron_kort,
    zekerheid_van,
)
from reports.telzinnen import jaren_samen, plaatsen_toeval
from reports.zinnen import gemeenten


@dataclass(frozen=True)
class Plaat:
    """A figure on a slide: its heading, what draws it in a place, a note under it, and what the speaker is told."""

    kop: str
    teken: Callable[[Any, Vak], None]
    noot: str
    notitie: str


def herkomst(tafel: Schrijftafel) -> Callable[[Indicator], str]:
    """What the speaker is told of an indicator: where it comes from, how certain it is, and its judgement."""

    r = tafel.rapport

    def zin(indicator: Indicator) -> str:
        return (
            f"{indicator.naam}. {bron_kop(tafel.rapport, 'Bron')}: {bron_kort(tafel, indicator)}. Zekerheid: "
            f"{zekerheid_van(tafel, indicator)}. {oordeel_zin(indicator, r.provincie, r.beweringen)}".strip()
        )

    return zin


def _indicatorplaten(tafel: Schrijftafel, *ids: str) -> list[Plaat]:
    return [p for i in tafel.gekozen(ids) if (p := _lijnplaat(tafel, i))]


def _lijnplaat(tafel: Schrijftafel, indicator: Indicator) -> Plaat | None:
    """The line of the province beside the Netherlands; None where there are not two moments."""
    r = tafel.rapport
    beeld = reeksbeeld(indicator, r.provincie, r)
    if beeld is None or len({p.x for lijn in beeld.lijnen for p in lijn.plekken}) < 2:
        return None
    reeksen: list[grafiek.Reeksje] = []
    bijschriften: list[grafiek.Bijschrift] = []
    decimalen = 1 if beeld.soort == "index" else indicator.decimalen
    for lijn in beeld.lijnen:
        begin = len(reeksen)
        reeksen += _reeksjes(lijn, lijn.regio == r.provincie)
        first, last = lijn.plekken[0], lijn.plekken[-1]
        text = [getallen.format_waarde(p.y, decimalen, p.punt.status) for p in (first, last)]
        if getallen.is_percentage(indicator.eenheid) and beeld.soort != "index":
            text = [getallen.with_eenheid(t, "%") for t in text]
        # a line that begins later would have its first number on top of the other line
        if first.x == min(x.plekken[0].x for x in beeld.lijnen):
            bijschriften.append(grafiek.Bijschrift(begin, 0, text[0], rechts=False))
        bijschriften.append(
            grafiek.Bijschrift(
                len(reeksen) - 1, len(reeksen[-1].punten) - 1, f"{lijn.regio.naam} {text[1]}", rechts=True
            )
        )
    eenheid = f"Index, {getallen.format_periode(beeld.basis)} = 100." if beeld.basis else f"In {indicator.eenheid}."
    noot = [eenheid if eenheid != "In aantal." else "", "De as begint niet bij nul."]
    if any(p.punt.is_voorlopig for lijn in beeld.lijnen for p in lijn.plekken):
        noot.append("Streepjeslijn, open punten en *: voorlopig.")
    if beeld.breuken:
        noot.append("Onderbroken lijn: reeksbreuk.")
    alt = lijn_alt(indicator, beeld)
    return Plaat(
        f"{indicator.naam}. {reeks_kop(indicator, beeld, r, r.provincie)}",
        lambda slide, vak: grafiek.lijnen(slide, vak, reeksen, bijschriften, alt),
        " ".join(n for n in noot if n),
        herkomst(tafel)(indicator),
    )


def _reeksjes(lijn: Lijn, provincie: bool) -> list[grafiek.Reeksje]:
    """A line cut where it stops or turns provisional; each piece has a name of its own, for who opens the numbers."""
    ink, nummer = (dia.BLAUW if provincie else dia.ORANJE), count(1)
    pieces = []
    for stuk in lijn.stukken:
        runs = dashed(stuk) or [(stuk[0].punt.is_voorlopig, stuk)]
        for voorlopig, plekken in runs:
            n = next(nummer)
            naam = lijn.regio.naam + (", voorlopig" if voorlopig else "") + (f" ({n})" if n > 1 else "")
            punten = tuple((p.x, p.y) for p in plekken)
            pieces.append(grafiek.Reeksje(naam, punten, ink, streep=voorlopig, vierkant=not provincie))
    return pieces


def _verdienvermogen(tafel: Schrijftafel) -> list[Plaat]:
    """The parts of the productivity gap, and what is earned per inhabitant."""
    platen = _indicatorplaten(tafel, "bbp_per_inwoner")
    k = tafel.analyses.kloof
    if k is None:
        return platen
    jaar = getallen.format_periode(k.periode)
    delen = [
        ("Zelfde bedrijfstak, andere opbrengst", k.regiospecifiek),
        ("Andere mix van bedrijfstakken", k.structuur),
        ("Beide tegelijk", k.interactie),
    ]
    rijen = [grafiek.Balk(naam, w, getallen.format_getal(w, 0, teken=True)) for naam, w in delen]
    samen = getallen.format_euro(getallen.afgetrokken(k.productiviteit, k.productiviteit_nl), teken=True)
    status = {"voorlopig": " Voorlopig.", "nader_voorlopig": " Nader voorlopig."}.get(k.status, "")
    alt = (
        f"Staafgrafiek van het verschil met Nederland in toegevoegde waarde per arbeidsjaar, {jaar}, in euro.{status} "
        f"{'; '.join(f'{b.naam}: {b.tekst}' for b in rijen)}. Samen, met de afronding van de bron: "
        f"{samen}. {FIJNER}"
    )
    plaat = Plaat(
        f"{WAAR} Samen {samen} per arbeidsjaar ({jaar})",
        lambda slide, vak: grafiek.balken(slide, vak, rijen, "euro per arbeidsjaar", alt),
        f"Toegevoegde waarde, in euro per arbeidsjaar, lopende prijzen.{status} {FIJNER}",
        f"De kloof is uitgerekend uit tabel {k.tabel} van de regionale rekeningen, {jaar}.{status} Hoe: zie het "
        "hoofdstuk Verdienvermogen.",
    )
    return [plaat, *platen]


def _prognose(tafel: Schrijftafel) -> list[Plaat]:
    """The forecast with its interval, and what it means for those of working age and those above."""
    jaren = tafel.analyses.prognose
    verwacht = tuple((float(j.jaar), j.prognose) for j in jaren if j.prognose is not None)
    if len(verwacht) < 2:
        return _bevolking(tafel)
    werkelijk = tuple((float(j.jaar), j.werkelijk) for j in jaren if j.werkelijk is not None)
    reeksen = [grafiek.Reeksje("Prognose", verwacht, dia.BLAUW, streep=True, merken=False)]
    for naam, kant in (("bovenkant interval", "boven"), ("onderkant interval", "onder")):
        rand = tuple((float(j.jaar), w) for j in jaren if (w := getattr(j, kant)) is not None)
        if len(rand) > 1:
            reeksen.append(grafiek.Reeksje(naam, rand, dia.GRIJS, dun=True, merken=False))
    bijschriften = [
        grafiek.Bijschrift(
            n,
            len(x.punten) - 1,
            f"{'prognose ' if n == 0 else ''}{getallen.format_getal(x.punten[-1][1], 0)}",
            rechts=True,
        )
        for n, x in enumerate(reeksen)
    ]
    if len(werkelijk) > 1:
        reeksen.append(grafiek.Reeksje("Werkelijk", werkelijk, dia.INKT, merken=False))
        tekst = getallen.format_getal(werkelijk[0][1], 0)
        bijschriften.append(grafiek.Bijschrift(len(reeksen) - 1, 0, tekst, rechts=False))
    last = verwacht[-1]
    van = f" van {uitgever}" if (uitgever := uitgever_van(tafel.rapport, PROGNOSE)) else ""
    alt = (
        f"Lijngrafiek van het aantal inwoners van {tafel.rapport.provincie.naam}. De prognose komt in {last[0]:.0f} "
        f"uit op {getallen.format_getal(last[1], 0)}."
    )
    if interval := interval_zin(str(jaren[-1].jaar), jaren[-1].onder, jaren[-1].boven):
        alt += f" {interval.capitalize()}."
    plaat = Plaat(
        f"Inwoners van {tafel.rapport.provincie.naam}: werkelijk en verwacht",
        lambda slide, vak: grafiek.lijnen(slide, vak, reeksen, bijschriften, alt),
        "Doorgetrokken lijn: werkelijk. Streepjeslijn: prognose; met een kans van twee op de "
        "drie komt het tussen de dunne lijnen uit. De as begint niet bij nul.",
        f"Prognose: regionale bevolkingsprognose{van}. In twee van de drie gevallen ligt de werkelijkheid "
        "volgens de makers tussen die lijnen; hoe verder weg, hoe onzekerder.",
    )
    return [plaat, *_leeftijden(tafel)]


def _leeftijden(tafel: Schrijftafel) -> list[Plaat]:
    delen = tafel.analyses.leeftijden
    if not delen:
        return []
    rijen = [
        grafiek.Balk(
            LEEFTIJDEN.get(d.leeftijd, d.leeftijd), d.verandering, getallen.format_getal(d.verandering, 0, teken=True)
        )
        for d in delen
    ]
    tijd = f"van {getallen.format_periode(delen[0].van)} tot {getallen.format_periode(delen[0].tot)}"
    alt = (
        f"Staafgrafiek van de verandering van het aantal inwoners naar leeftijd volgens de prognose, {tijd}. "
        f"{'; '.join(f'{b.naam}: {b.tekst}' for b in rijen)}."
    )
    return [
        Plaat(
            f"Verandering naar leeftijd, {tijd}",
            lambda slide, vak: grafiek.balken(slide, vak, rijen, "inwoners", alt),
            "In aantal inwoners, volgens de prognose.",
            "De prognose naar leeftijd komt uit een aanlevering: het CBS heeft haar van StatLine gehaald.",
        )
    ]


def _arbeidsmarkt(tafel: Schrijftafel) -> list[Plaat]:
    return _indicatorplaten(tafel, "werkloosheid", "netto_arbeidsparticipatie")


def _verschillen(tafel: Schrijftafel) -> list[Plaat]:
    """How often each area and each municipality stands in the upper and lower quarter."""
    r = tafel.rapport
    found = [
        _kwarten(tafel, r.corop, f"De {telwoord(len(r.corop))} gebieden", "alle COROP-gebieden van Nederland"),
        _kwarten(tafel, r.gemeenten, f"De {gemeenten(r)}", "alle gemeenten van Nederland"),
    ]
    return [p for p in found if p]


def _kwarten(tafel: Schrijftafel, regios: Sequence[Regio], wie: str, onder: str) -> Plaat | None:
    geteld = tel_plaatsen(tafel, regios)
    tellingen = [(t["bovenste_kwart"], t["midden"], t["onderste_kwart"], g) for t, g in geteld]
    if not tellingen or not any(t[0] + t[2] for t in tellingen):
        return None
    tellingen.sort(key=lambda t: (t[2] - t[0], t[3].naam))
    delen = [
        grafiek.Laag(naam, tuple(t[n] for t in tellingen), ink, cijfer)  # type: ignore[misc]
        for n, (naam, ink, cijfer) in enumerate(
            (
                ("gunstigste kwart", dia.GUNSTIG, dia.WIT),
                ("in het midden", dia.LICHT, dia.INKT),
                ("ongunstigste kwart", dia.ONGUNSTIG, dia.WIT),
            )
        )
    ]
    wanneer = jaren_samen(*(t for t, _ in geteld))
    kwart = f"per kwart van {onder} ({wanneer})"
    alt = f"Gestapelde staven: van {wie.lower()} het aantal indicatoren {kwart}. " + " ".join(
        f"{g.naam}: {hoog} in het gunstigste kwart, {laag} in het ongunstigste, {midden} in het midden."
        for hoog, midden, laag, g in tellingen
    )
    return Plaat(
        f"{wie}: aantal indicatoren naar plaats onder {onder} ({wanneer})",
        lambda slide, vak: grafiek.lagen(slide, vak, [t[3].naam for t in tellingen], delen, alt),
        plaatsen_toeval(*(t for t, _ in geteld)),
        f"{wie}: alleen indicatoren met een gewenste kant en een plaats tellen mee ({wanneer}). Het meest gunstige "
        "gebied staat bovenaan. Een plaats is een signaal en geen waardering van beleid.",
    )


def _woningmarkt(tafel: Schrijftafel) -> list[Plaat]:
    return _indicatorplaten(tafel, "verkoopprijs_woningen")


def _bevolking(tafel: Schrijftafel) -> list[Plaat]:
    return _indicatorplaten(tafel, "bevolking")


# By the kind of a message.
PLATEN: dict[str, Callable[[Schrijftafel], list[Plaat]]] = {
    "verdienvermogen": _verdienvermogen,
    "arbeidsmarkt": _arbeidsmarkt,
    "toekomst": _prognose,
    "verschillen": _verschillen,
    "bevolking": _bevolking,
    "wonen": _woningmarkt,
}
