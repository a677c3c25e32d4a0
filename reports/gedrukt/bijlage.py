"""The annex that says how the figures come about: the account of the website, on at most twelve pages."""

from __future__ import annotations

from dataclasses import replace

from reports.document import Alinea, Blad, Blok, Document, Melding, Uitklap
from reports.gedrukt.drukwerk import Drukwerk, zonder_nb
from reports.html import notices
from reports.tabel import Rijgroep, Tabel

# rows of a table on paper; the website has them all
MEESTE_RIJEN = 60


def make_bijlage(druk: Drukwerk) -> Document:
    """The account as a document by itself."""
    r, site = druk.tafel.rapport, druk.site
    blad = site.blad("verantwoording")
    blokken: list[Blok] = []
    if gezegd := notices(site):
        # the line in the margin is not read out
        blokken.append(Melding("let op", (Alinea((" ".join(gezegd),)),)))
    for blok in blad.blokken:
        match blok:
            case Uitklap():
                continue
            case Tabel():
                blokken.append(_kort(blok))
            case _:
                blokken.append(blok)
    return Document(
        titel=f"{r.titel}: verantwoording",
        ondertitel=f"Hoe de cijfers van {r.titel} tot stand komen",
        editie=r.editie,
        datum=r.datum,
        bladen=(Blad("verantwoording-bijlage", "Verantwoording", "Bijlage", tuple(blokken)),),
        voorbeeld=site.voorbeeld,
        melding=site.melding,
        concept=site.concept,
        uitgever=site.uitgever,
    )


def _kort(tabel: Tabel) -> Tabel:
    """The first rows of a table, and how many more the website has."""
    rows = len(tabel.rijen)
    if rows <= MEESTE_RIJEN:
        return zonder_nb(tabel)
    groepen, left = [], MEESTE_RIJEN
    for groep in tabel.groepen:
        if left > 0:
            groepen.append(Rijgroep(groep.rijen[:left], groep.kop))
            left -= len(groepen[-1].rijen)
    noot = f"De eerste {MEESTE_RIJEN} van {rows}; alle {rows} staan op de website."
    return zonder_nb(replace(tabel, groepen=tuple(groepen), noten=(*tabel.noten, noot)))
