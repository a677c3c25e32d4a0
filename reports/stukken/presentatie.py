"""The slides for GS and PS: the messages, the key figures, a slide a message with its figure, and how certain it is.

What stands on them comes from the model of the report; only headings are words of this module. Notes tell the speaker
where a figure comes from and how certain it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports import getallen
from reports.bladschrijver import size_of
from reports.document import Figuurblok
from reports.hoofdstukken.antwoorden import make_antwoord
from reports.hoofdstukken.boodschappen import Boodschap
from reports.hoofdstukken.samenvatting import make_gemeentetabel, make_thematabel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import plain
from reports.oordeelzinnen import oordeel_zin
from reports.stukken import dia
from reports.stukken.dia import BODEM, TOP, VOL, Dek, Stuk, Vak, notitie
from reports.stukken.kerncijfers import (
    kerncijfers,
    make_brontabel,
    make_gebiedentabel,
    make_kerntabel,
    marge_van,
    ontbreekt_zin,
    voorlopig_zin,
    zonder_koppelingen,
)
from reports.stukken.platen import PLATEN, herkomst
from reports.stukken.png import render_png
from reports.tabel import Tabel
from reports.zinnen import naam_in_zin, tel

GEVAL = 24.0
# Heights on a slide with figures: the message, the heading of a figure and what stands under it.
BOODSCHAP_HOOG, KOP_HOOG, NOOT_HOOG = 118.0, 40.0, 34.0
NOOTMATEN = (12.0, 11.0, 10.0)
KOPMATEN = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0)


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
    _boodschappen(dek, make_antwoord(tafel), boodschappen)
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


def _boodschappen(dek: Dek, antwoord: str, boodschappen: Sequence[Boodschap]) -> None:
    if not boodschappen:
        return
    slide = dek.dia("De boodschappen in het kort")
    # as the front page: whether it goes better or worse, or that too little is known to say so
    alineas: list[tuple[Stuk, ...]] = [(Stuk(antwoord, vet=True),)] if antwoord else []
    alineas += [
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
        png = render_png(figuur, size_of(figuur)[0], neem=tafel.neem)
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
    namen = ("Trend gunstig", "Trend ongunstig", "Gunstigste kwart", "Ongunstigste kwart")
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
        slide, "\n".join((f"{voorlopig_zin(tafel)} {ontbreekt_zin(tafel)}", *map(herkomst(tafel), kerncijfers(tafel))))
    )


def _noot(dek: Dek, slide: Any, tabel: Tabel, used: float) -> None:
    """What the signs in a table say, below it."""
    top = TOP + used + 8
    vak = Vak(dia.RAND, top, VOL.breed, BODEM - top)
    dek.tekst(slide, "Uitleg van de tabel", [(Stuk(" ".join(tabel.noten)),)], vak, NOOTMATEN, ink=dia.GRIJS)


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
            if zin := oordeel_zin(indicator, regio, tafel.rapport.beweringen):
                zinnen.append(f"{naam_in_zin(indicator)}, {regio.naam}: {zin}")
    notitie(slide, "\n".join((tabel.bijschrift + ".", *zinnen)))


def _bronnen(dek: Dek, tafel: Schrijftafel) -> None:
    tabel = make_brontabel(tafel)
    if tabel is None:
        return
    slide = dek.dia("Waar de cijfers vandaan komen, en hoe zeker zij zijn")
    dek.tabel(slide, tabel, VOL)
    notitie(slide, "\n".join(map(herkomst(tafel), kerncijfers(tafel))))


def _lezen(dek: Dek, tafel: Schrijftafel) -> None:
    r = tafel.rapport
    slide = dek.dia("Wat u moet weten bij deze cijfers")
    punten = (
        ("Voorlopig. ", f"{voorlopig_zin(tafel)} Een ster staat bij elk voorlopig cijfer."),
        ("Marge. ", marge_van(tafel)),
        ("Wat ontbreekt. ", ontbreekt_zin(tafel)),
        (
            "Trend. ",
            "Stijgt of daalt staat er alleen als dat meer is dan toeval, over hoogstens "
            f"{telwoord(REKENREGELS.venster)} jaren. Twee jaren zijn geen trend.",
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
    notitie(slide, f"Kenmerk van deze uitgave: {r.bouw.id}, {r.bouw.code_versie}.")
