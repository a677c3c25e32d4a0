"""The summary on two sheets of paper: the whole story on the first, the figures with their certainty on the second."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf

from reports.document import Alinea, Blad, Blok, Document, Figuurblok, Lijst, Melding, Naast
from reports.fout import DocumentError
from reports.hoofdstukken.boodschappen import Boodschap
from reports.hoofdstukken.samenvatting import make_gemeentetabel, make_kerncijfers, make_thematabel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.html import notices
from reports.inhoud import Doel, Nadruk, Run
from reports.pdf import render_pdf
from reports.stukken.kerncijfers import (
    make_brontabel,
    make_gebiedentabel,
    make_kerntabel,
    marge_van,
    ontbreekt_zin,
    voorlopig_zin,
    zonder_koppelingen,
)

BLADZIJDEN = 2
CIJFERS = "cijfers"


def make_tweeblad(
    tafel: Schrijftafel, wiel: Figuurblok | None, boodschappen: Sequence[Boodschap], melding: str | None, concept: bool
) -> Document:
    """The summary as a document of two pages. `melding`, `concept`: what every page of the edition says."""
    r = tafel.rapport
    document = Document(
        titel=f"Samenvatting van {r.titel}",
        ondertitel="De vijf boodschappen en de kerncijfers op twee bladzijden",
        editie=r.editie,
        datum=r.datum,
        bladen=(),
        voorbeeld=r.soort == "voorbeeld",
        melding=melding,
        concept=concept,
        uitgever=r.gebied.uitgever,
    )
    eerste = Blad("in-het-kort", f"{r.titel} {r.editie} in het kort", "", _verhaal(tafel, wiel, boodschappen, document))
    tweede = Blad(CIJFERS, "De kerncijfers, en hoe zeker zij zijn", "", _cijfers(tafel))
    return replace(document, bladen=tuple(replace(b, een_pagina=True) for b in (eerste, tweede)))


def _verhaal(
    tafel: Schrijftafel, wiel: Figuurblok | None, boodschappen: Sequence[Boodschap], document: Document
) -> tuple[Blok, ...]:
    blokken: list[Blok] = []
    if gezegd := notices(document):
        # the line in the margin is not read out
        blokken.append(Melding("let op", (Alinea((" ".join(gezegd),)),)))
    if kern := make_kerncijfers(tafel, tafel.rapport.kerncijfers, tafel.rapport.provincie):
        there = Doel(CIJFERS, "kerncijfers")
        blokken.append(replace(kern, items=tuple(replace(k, naar=there) for k in kern.items)))
    items: tuple[tuple[Run, ...], ...] = tuple((Nadruk(b.kop), f" {b.tekst}") for b in boodschappen)
    lijst: list[Blok] = [Lijst(items, genummerd=True)] if items else []
    # on a paper that is mailed there is nothing to unfold or download
    wiel = replace(wiel, uitklap=()) if wiel else None
    blokken += [Naast((wiel, *lijst))] if wiel and lijst else [b for b in (wiel, *lijst) if b]
    tabel = make_thematabel(tafel) if wiel else make_gemeentetabel(tafel)
    if tabel.rijen:
        blokken.append(zonder_koppelingen(tabel))
    return tuple(blokken)


def _cijfers(tafel: Schrijftafel) -> tuple[Blok, ...]:
    r = tafel.rapport
    blokken: list[Blok] = []
    kern, gebieden, bronnen = make_kerntabel(tafel), make_gebiedentabel(tafel), make_brontabel(tafel)
    blokken.append(kern or Alinea((f"Geen van de kerncijfers heeft een waarde voor {r.provincie.wie}.",)))
    blokken += [t for t in (gebieden, bronnen) if t]
    blokken.append(Alinea((" ".join(z for z in (voorlopig_zin(tafel), marge_van(tafel), ontbreekt_zin(tafel)) if z),)))
    blokken.append(
        Alinea(
            (
                "Trend en plaats zijn een signaal volgens eigen regels van deze monitor, en geen waardering van "
                "beleid. Het hele rapport legt de regels uit, en geeft van elk cijfer de bron, de bewerking en de "
                "geschiedenis. "
                f"Cijfers van het CBS: CC BY 4.0. Tekst en bewerking: {r.gebied.provincie}.",
            ),
            "noot",
        )
    )
    return tuple(blokken)


def render_tweeblad(document: Document) -> bytes:
    """The summary as PDF/UA-1. Raises DocumentError where it can not be set, or takes more pages than two."""
    pdf = render_pdf(document, voorblad=False)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if (found := len(opened.pages)) != BLADZIJDEN:
            raise DocumentError(
                f"De samenvatting is {found} bladzijden en moet er {BLADZIJDEN} zijn: er staat meer in dan er "
                "ruimte is. Kort de kerncijfers in (kerncijfers in beleid.yaml)"
            )
    return pdf
