"""The slides for GS and PS: the messages, the key figures, a slide a message with its figure, and how certain it is.

What stands on them comes from the model of the report; only headings are words of this module. Notes tell the speaker
where a figure comes from and how certain it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports import getallen
from reports.document import Figuurblok
from reports.figuren import make_lijnbeeld
from reports.figuren.beeld import Lijn, dashed
from reports.figuren.lijn import lijn_alt, lijn_kop
from reports.hoofdstukken.boodschappen import Boodschap, tel_plaatsen
from reports.hoofdstukken.samenvatting import make_gemeentetabel, make_thematabel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.vooruitblik import LEEFTIJDEN
from reports.html import size_of
from reports.inhoud import plain
from reports.model import Indicator, Regio
from reports.stukken import dia, grafiek
from reports.stukken.dia import BODEM, TOP, VOL, Dek, Stuk, Vak, notitie
from reports.stukken.kerncijfers import (
    bron_kop,
    bron_kort,
    kerncijfers,
    make_brontabel,
    make_gebiedentabel,
    make_kerntabel,
    ontbreekt_zin,
    voorlopig_zin,
    zekerheid_van,
    zonder_koppelingen,
)
from reports.stukken.png import render_png
from reports.tabel import Tabel
from reports.zinnen import gemeenten, oordeel_zin, tel

GEVAL = 24.0
# Heights on a slide with figures: the message, the heading of a figure and what stands under it.
BOODSCHAP_HOOG, KOP_HOOG, NOOT_HOOG = 118.0, 40.0, 34.0
NOOTMATEN = (12.0, 11.0, 10.0)
KOPMATEN = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0)


@dataclass(frozen=True)
class Plaat:
    """A figure on a slide: its heading, what draws it in a place, a note under it, and what the speaker is told."""

    kop: str
    teken: Callable[[Any, Vak], None]
    noot: str
    notitie: str


def make_presentatie(
    tafel: Schrijftafel,
    wiel: Figuurblok | None,
    boodschappen: Sequence[Boodschap],
    meldingen: Sequence[str],
    moment: datetime,
) -> bytes:
    """The slides as a file of PowerPoint. `meldingen`: what every slide says. Raises DocumentError if it won't fit."""
    r = tafel.rapport
    titel = f"{r.titel} {r.editie}"
    dek = Dek(titel, "De kerncijfers voor GS en PS", r.gebied.uitgever, " ".join(meldingen) or titel, bool(meldingen))
    slide = dek.titelblad(
        (
            "De boodschappen en de kerncijfers voor Gedeputeerde Staten en Provinciale Staten",
            f"{r.gebied.uitgever}, {getallen.format_datum(r.datum)}",
        )
    )
    notitie(slide, f"{' '.join(meldingen)} {voorlopig_zin(tafel)} {ontbreekt_zin(tafel)}".strip())
    _boodschappen(dek, boodschappen)
    _thema(dek, tafel, wiel, next((b for b in boodschappen if b.naar.blad == "brede-welvaart"), None))
    _kern(dek, tafel)
    for boodschap in boodschappen:
        if boodschap.naar.blad != "brede-welvaart":
            _boodschap(dek, tafel, boodschap)
    _gebieden(dek, tafel)
    _bronnen(dek, tafel)
    _lezen(dek, tafel)
    return dek.bytes(moment)


def _kop(boodschap: Boodschap) -> str:
    return boodschap.kop.rstrip(".")


def _boodschappen(dek: Dek, boodschappen: Sequence[Boodschap]) -> None:
    if not boodschappen:
        return
    slide = dek.dia("De boodschappen in het kort")
    alineas = [
        (Stuk(f"{n}. {_kop(b)}. ", vet=True), Stuk(b.tekst)) for n, b in enumerate(boodschappen, start=1)
    ]  # fmt: skip
    dek.tekst(slide, "Boodschappen", alineas, VOL)
    notitie(
        slide,
        "De boodschappen komen uit de cijfers zelf, in een vaste volgorde. Ontbreken de cijfers voor een boodschap, "
        "dan schuift de volgende op. Op de dia's hierna staat bij elke boodschap waar haar cijfers vandaan komen.",
    )


def _thema(dek: Dek, tafel: Schrijftafel, wiel: Figuurblok | None, boodschap: Boodschap | None) -> None:
    """All themes at a glance: the wheel with its legend, or the table where there is no wheel."""
    tabel = zonder_koppelingen(make_thematabel(tafel) if wiel else make_gemeentetabel(tafel))
    if not tabel.rijen:
        return
    slide = dek.dia("Brede welvaart in beeld")
    notes = [boodschap.tekst] if boodschap else []
    if wiel:
        figuur = wiel.figuur
        kop = Vak(dia.RAND, TOP, 400, 24)
        dek.tekst(slide, "Kop van de figuur", [(Stuk(figuur.kop, vet=True),)], kop, KOPMATEN, ink=dia.KOP)
        noot = Vak(dia.RAND, BODEM - 62, 400, 62)
        png = render_png(figuur, size_of(figuur)[0])
        dek.beeld(slide, "Wiel", png, figuur.alt, Vak(dia.RAND, TOP + 26, 400, BODEM - TOP - 26 - 66))
        dek.tekst(slide, "Uitleg van de figuur", [(Stuk(" ".join(figuur.noten)),)], noot, NOOTMATEN, ink=dia.GRIJS)
        tabel = _alleen_wiel(tabel)
        dek.tabel(slide, tabel, Vak(460, TOP, dia.BREED - dia.RAND - 460, BODEM - TOP))
        notes.append(figuur.alt)
    else:
        dek.tabel(slide, tabel, VOL)
        notes += [tabel.bijschrift, *tabel.noten]
    notes.append(
        "Trend en plaats zijn een signaal volgens eigen regels van deze monitor, en geen waardering van beleid. De "
        "verantwoording in het rapport legt ze uit."
    )
    notitie(slide, "\n".join(notes))


def _alleen_wiel(tabel: Tabel) -> Tabel:
    """Of the table of all themes what belongs to the wheel: the numbered themes, with what is good and what is not."""
    keep = (2, 3, 5, 7)
    namen = ("Trend gunstig", "Trend ongunstig", "Bovenste kwart", "Onderste kwart")
    groepen = tuple(
        replace(g, kop=(), rijen=tuple(replace(r, cellen=tuple(r.cellen[n - 1] for n in keep)) for r in g.rijen))
        for g in tabel.groepen
        if any(plain(r.kop)[:1].isdigit() for r in g.rijen)
    )
    kolommen = (
        tabel.kolommen[0],
        *(replace(tabel.kolommen[n], kop=(naam,)) for n, naam in zip(keep, namen, strict=True)),
    )
    return replace(
        tabel, bijschrift=f"Aantal indicatoren per thema. {tabel.bijschrift}", kolommen=kolommen, groepen=groepen
    )


def _kern(dek: Dek, tafel: Schrijftafel) -> None:
    tabel = make_kerntabel(tafel)
    slide = dek.dia("De kerncijfers")
    if tabel is None:
        zin = f"Geen van de kerncijfers heeft een waarde voor {tafel.rapport.provincie.wie}."
        dek.tekst(slide, "Tekst", [(Stuk(zin),)], VOL)
        notitie(slide, ontbreekt_zin(tafel))
        return
    used = dek.tabel(slide, tabel, Vak(dia.RAND, TOP, VOL.breed, BODEM - TOP - 54))
    _noot(dek, slide, tabel, used)
    notitie(
        slide, "\n".join((f"{voorlopig_zin(tafel)} {ontbreekt_zin(tafel)}", *map(_herkomst(tafel), kerncijfers(tafel))))
    )


def _noot(dek: Dek, slide: Any, tabel: Tabel, used: float) -> None:
    """What the signs in a table say, below it."""
    top = TOP + used + 8
    vak = Vak(dia.RAND, top, VOL.breed, BODEM - top)
    dek.tekst(slide, "Uitleg van de tabel", [(Stuk(" ".join(tabel.noten)),)], vak, NOOTMATEN, ink=dia.GRIJS)


def _herkomst(tafel: Schrijftafel) -> Callable[[Indicator], str]:
    def zin(indicator: Indicator) -> str:
        return (
            f"{indicator.naam}. {bron_kop(tafel)}: {bron_kort(tafel, indicator)}. Zekerheid: "
            f"{zekerheid_van(tafel, indicator)}. {oordeel_zin(indicator, tafel.rapport.provincie)}".strip()
        )

    return zin


# --- a slide a message ---


def _boodschap(dek: Dek, tafel: Schrijftafel, boodschap: Boodschap) -> None:
    platen = PLATEN[boodschap.soort](tafel) if boodschap.soort in PLATEN else []
    if not platen:
        # it stands among the messages; a slide without a figure would say no more
        return
    slide = dek.dia(_kop(boodschap))
    used = dek.tekst(slide, "Boodschap", [(Stuk(boodschap.tekst),)], Vak(dia.RAND, TOP, VOL.breed, BOODSCHAP_HOOG))
    top = TOP + used + 14
    breed = VOL.breed if len(platen) == 1 else (VOL.breed - GEVAL) / 2
    for n, plaat in enumerate(platen[:2]):
        x = dia.RAND + n * (breed + GEVAL)
        kop = Vak(x, top, breed, KOP_HOOG)
        dek.tekst(slide, "Kop van de figuur", [(Stuk(plaat.kop, vet=True),)], kop, KOPMATEN, ink=dia.KOP)
        noot = NOOT_HOOG if plaat.noot else 0.0
        plaat.teken(slide, Vak(x, top + KOP_HOOG, breed, BODEM - top - KOP_HOOG - noot))
        if plaat.noot:
            vak = Vak(x, BODEM - NOOT_HOOG + 2, breed, NOOT_HOOG - 2)
            dek.tekst(slide, "Uitleg van de figuur", [(Stuk(plaat.noot),)], vak, NOOTMATEN, ink=dia.GRIJS)
    notitie(slide, "\n".join((boodschap.tekst, *(p.notitie for p in platen[:2]))))


def _indicatorplaten(tafel: Schrijftafel, *ids: str) -> list[Plaat]:
    return [p for i in tafel.gekozen(ids) if (p := _lijnplaat(tafel, i))]


def _lijnplaat(tafel: Schrijftafel, indicator: Indicator) -> Plaat | None:
    """The line of the province beside the Netherlands; None where there are not two moments."""
    r = tafel.rapport
    beeld = make_lijnbeeld(indicator, r.provincie, r.nederland)
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
        f"{indicator.naam}. {lijn_kop(indicator, beeld)}",
        lambda slide, vak: grafiek.lijnen(slide, vak, reeksen, bijschriften, alt),
        " ".join(n for n in noot if n),
        _herkomst(tafel)(indicator),
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
    samen = getallen.format_euro(k.kloof, teken=True)
    alt = (
        f"Staafgrafiek van het verschil met Nederland in toegevoegde waarde per arbeidsjaar, {jaar}, in euro. "
        f"{'; '.join(f'{b.naam}: {b.tekst}' for b in rijen)}. Samen, met de afronding van de bron: "
        f"{samen}."
    )
    status = {"voorlopig": " Voorlopig.", "nader_voorlopig": " Nader voorlopig."}.get(k.status, "")
    plaat = Plaat(
        f"Waar komt het verschil met Nederland vandaan? Samen {samen} per arbeidsjaar ({jaar})",
        lambda slide, vak: grafiek.balken(slide, vak, rijen, "euro per arbeidsjaar", alt),
        f"Toegevoegde waarde, in euro per arbeidsjaar, lopende prijzen.{status}",
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
    alt = (
        f"Lijngrafiek van het aantal inwoners van {tafel.rapport.provincie.naam}. De prognose komt in {last[0]:.0f} "
        f"uit op {getallen.format_getal(last[1], 0)}."
    )
    if jaren[-1].onder is not None and jaren[-1].boven is not None:
        alt += (
            f" Het interval loopt dan van {getallen.format_getal(jaren[-1].onder, 0)} tot "
            f"{getallen.format_getal(jaren[-1].boven, 0)}."
        )
    plaat = Plaat(
        f"Inwoners van {tafel.rapport.provincie.naam}: werkelijk en verwacht",
        lambda slide, vak: grafiek.lijnen(slide, vak, reeksen, bijschriften, alt),
        "Doorgetrokken lijn: werkelijk. Streepjeslijn: prognose, met haar interval van 67%. De as begint niet bij nul.",
        "Prognose: regionale bevolkingsprognose van CBS en PBL. In twee van de drie gevallen ligt de werkelijkheid "
        "volgens de makers binnen het interval; hoe verder weg, hoe onzekerder.",
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
    tellingen = [
        (hoog, totaal - hoog - laag, laag, g) for hoog, laag, totaal, g in tel_plaatsen(tafel, regios) if totaal
    ]
    if not tellingen or not any(t[0] + t[2] for t in tellingen):
        return None
    tellingen.sort(key=lambda t: (t[2] - t[0], t[3].naam))
    delen = [
        grafiek.Laag(naam, tuple(t[n] for t in tellingen), ink, cijfer)  # type: ignore[misc]
        for n, (naam, ink, cijfer) in enumerate(
            (
                ("bovenste kwart", dia.BLAUW, dia.WIT),
                ("geen van beide", dia.LICHT, dia.INKT),
                ("onderste kwart", dia.ORANJE, dia.WIT),
            )
        )
    ]
    alt = f"Gestapelde staven: van {wie.lower()} het aantal indicatoren per kwart van {onder}. " + " ".join(
        f"{g.naam}: {hoog} in het bovenste kwart, {laag} in het onderste, {midden} geen van beide."
        for hoog, midden, laag, g in tellingen
    )
    return Plaat(
        f"{wie}: aantal indicatoren naar plaats onder {onder}",
        lambda slide, vak: grafiek.lagen(slide, vak, [t[3].naam for t in tellingen], delen, alt),
        "",
        f"{wie}: geteld zijn indicatoren met een gewenste kant; het meest gunstige gebied staat bovenaan. Een plaats "
        "is een signaal en geen waardering van beleid.",
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


# --- after the messages ---


def _gebieden(dek: Dek, tafel: Schrijftafel) -> None:
    tabel = make_gebiedentabel(tafel)
    if tabel is None:
        return
    slide = dek.dia(f"De {telwoord(len(tafel.rapport.corop))} gebieden naast elkaar")
    used = dek.tabel(slide, tabel, Vak(dia.RAND, TOP, VOL.breed, BODEM - TOP - 54))
    _noot(dek, slide, tabel, used)
    zinnen = []
    for indicator in tafel.gekozen(tafel.rapport.kerncijfers):
        for regio in tafel.rapport.corop:
            if zin := oordeel_zin(indicator, regio):
                zinnen.append(f"{indicator.naam}, {regio.naam}: {zin}")
    notitie(slide, "\n".join((tabel.bijschrift + ".", *zinnen)))


def _bronnen(dek: Dek, tafel: Schrijftafel) -> None:
    tabel = make_brontabel(tafel)
    if tabel is None:
        return
    slide = dek.dia("Waar de cijfers vandaan komen, en hoe zeker zij zijn")
    dek.tabel(slide, tabel, VOL)
    notitie(slide, "\n".join(map(_herkomst(tafel), kerncijfers(tafel))))


def _lezen(dek: Dek, tafel: Schrijftafel) -> None:
    r = tafel.rapport
    slide = dek.dia("Wat u moet weten bij deze cijfers")
    punten = (
        ("Voorlopig. ", f"{voorlopig_zin(tafel)} Een ster staat bij elk voorlopig cijfer."),
        ("Wat ontbreekt. ", ontbreekt_zin(tafel)),
        (
            "Trend. ",
            f"Stijgt of daalt staat er alleen als dat over {telwoord(REKENREGELS.venster)} jaren statistisch "
            "vaststaat. Twee jaren zijn geen trend.",
        ),
        ("Signaal. ", "Trend en plaats volgen vaste regels en zijn geen waardering van beleid."),
        (
            "Meer weten. ",
            f"Het rapport heeft {tel(len(r.indicatoren), 'indicator', 'indicatoren')}, een bladzijde voor elke "
            "gemeente en elk gebied, en van elk cijfer de weg terug naar de bron.",
        ),
    )
    alineas = [(Stuk(kop, vet=True), Stuk(tekst.strip())) for kop, tekst in punten if tekst.strip()]
    dek.tekst(slide, "Tekst", alineas, VOL)
    notitie(slide, f"Gemaakt uit bouw {r.bouw.id}, met versie {r.bouw.code_versie} van de monitor.")
