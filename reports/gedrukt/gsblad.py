"""The edition on two pages for the executive: the verdict and the messages, then the core indicators."""

from __future__ import annotations

from dataclasses import replace

from reports import cellen
from reports.document import Alinea, Blad, Blok, Document, Kop, Lijst, Melding, Naast
from reports.gedrukt.drukwerk import Drukwerk, make_standtabel
from reports.gedrukt.gebieden import kwartnoten
from reports.gedrukt.thema import make_figuren, op_volgorde
from reports.hoofdstukken.antwoorden import gezegd, make_antwoord, make_antwoorden, onder_antwoord, zonder_namen
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.samenvatting import make_kerncijfers
from reports.html import notices
from reports.inhoud import Doel, Nadruk
from reports.stukken.kerncijfers import make_gebiedentabel, ontbreekt_zin, voorlopig_zin, zonder_koppelingen

CIJFERS = "cijfers"
# the core indicators of the edition with the key figures of the policy: more than the main report calls core
KERNCIJFER = ("kerncijfer", "kerncijfers")
# figures on the first page; below so many rows the second has room for two more
BEELDEN, WEINIG_RIJEN = 2, 12


def make_gsblad(druk: Drukwerk, minder: int = 0) -> Document:
    """The sheet as a document of two pages. A paper that is mailed leads nowhere but to its own second page.

    Who signs reads what is better and worse by name; only where nothing has a name is there room for figures.
    `minder`: from how many answers, the last first, the names are left out, where they do not fit.
    """
    r, site = druk.tafel.rapport, druk.site
    document = Document(
        titel=f"Samenvatting van {r.titel}",
        ondertitel="Het oordeel, de boodschappen en de kerncijfers op twee bladzijden",
        editie=r.editie,
        datum=r.datum,
        bladen=(),
        voorbeeld=site.voorbeeld,
        melding=site.melding,
        concept=site.concept,
        uitgever=site.uitgever,
    )
    eerste = Blad(
        "in-het-kort", f"{r.titel} {r.editie} in het kort", "", _verhaal(druk, document, minder), een_pagina=True
    )
    tweede = Blad(CIJFERS, "De kerncijfers, en hoe zeker zij zijn", "", _cijfers(druk), een_pagina=True)
    return replace(document, bladen=(eerste, tweede))


def _verhaal(druk: Drukwerk, document: Document, minder: int) -> tuple[Blok, ...]:
    tafel, r = druk.tafel, druk.tafel.rapport
    blokken: list[Blok] = []
    if meldingen := notices(document):
        # the line in the margin is not read out
        blokken.append(Melding("let op", (Alinea((" ".join(meldingen),)),)))
    if antwoord := make_antwoord(tafel):
        blokken.append(Alinea((antwoord,), "inleiding"))
    if kern := make_kerncijfers(tafel, tuple(dict.fromkeys((*druk.kern, *r.kerncijfers))), r.provincie):
        there = Doel(CIJFERS, "kernindicatoren")
        blokken.append(replace(kern, items=tuple(replace(k, naar=there) for k in kern.items)))
    antwoorden = make_antwoorden(tafel)
    for vraag in zonder_namen(antwoorden, minder):
        blokken.append(Alinea((Nadruk(vraag.kop), f" {vraag.tekst}")))
        blokken += onder_antwoord(vraag, koppelingen=False)
    boodschappen = make_boodschappen(tafel, gezegd(antwoorden))
    items = tuple((Nadruk(b.kop), f" {b.tekst}") for b in boodschappen)
    if items:
        blokken += [Kop(2, "De boodschappen", "boodschappen"), Lijst(items, genummerd=True)]
    beelden = [f for id_ in ("wiel", "gebieden") if (f := druk.figuur(id_))]
    beelden += make_figuren(druk, op_volgorde(druk, r.indicatoren))[: BEELDEN - len(beelden)]
    if beelden and not any(a.namen for a in antwoorden):
        blokken.append(Naast(tuple(replace(f, bijschrift=()) for f in beelden)))
    return tuple(blokken)


def _cijfers(druk: Drukwerk) -> tuple[Blok, ...]:
    tafel, r = druk.tafel, druk.tafel.rapport
    blokken: list[Blok] = []
    gekozen = tafel.gekozen(dict.fromkeys((*druk.kern, *r.kerncijfers)))
    # the sentences under the table are about its rows
    getoond = [i for i in gekozen if i.punt(r.provincie.code)]
    tabel = make_standtabel(
        druk,
        "kernindicatoren",
        f"Kerncijfers van {r.provincie.naam}",
        [("", gekozen)],
        r.provincie,
        naast=True,
    )
    if tabel:
        blokken.append(zonder_koppelingen(tabel))
    else:
        blokken.append(Alinea((f"Van geen van de kerncijfers is er een cijfer voor {r.provincie.wie}.",)))
    if gebieden := make_gebiedentabel(tafel):
        blokken.append(cellen.met_vraag(replace(gebieden, noten=kwartnoten(gebieden))))
    if len(tabel.rijen if tabel else ()) < WEINIG_RIJEN and (
        beelden := make_figuren(druk, op_volgorde(druk, r.indicatoren)[1:])
    ):
        blokken.append(Naast(tuple(beelden)))
    blokken += [
        Alinea(
            (
                " ".join(
                    z
                    for z in (
                        voorlopig_zin(tafel, getoond, KERNCIJFER),
                        ontbreekt_zin(tafel, (*druk.kern, *r.kerncijfers), KERNCIJFER),
                    )
                    if z
                ),
            )
        ),
        Alinea(
            (
                "Gunstig en ongunstig zijn een signaal volgens eigen regels van deze monitor, en geen waardering van "
                "beleid. Het hoofdrapport legt uit hoe u ze leest; de verantwoording zegt hoe elk cijfer tot stand "
                f"komt. Cijfers van het CBS: CC BY 4.0. Tekst en bewerking: {r.gebied.provincie}.",
            ),
            "noot",
        ),
    ]
    return tuple(blokken)
