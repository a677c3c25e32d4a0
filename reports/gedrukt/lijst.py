"""What is printed of an edition, on the page of downloads: what each paper is, how long, how large."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reports import getallen
from reports.document import Blok, Document, Kop
from reports.gedrukt.alle import HOOFDRAPPORT, VERANTWOORDING, gebieden, pad_van
from reports.hoofdstukken.downloads import ALLES_KOP, BLAD
from reports.inhoud import Bestand, Koppeling
from reports.model import Rapport
from reports.pdf import count_pages
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

INHOUD = {
    HOOFDRAPPORT: ("Hoofdrapport", "De uitkomst, de kernindicatoren, elk thema op een bladzijde, en het beleid"),
    VERANTWOORDING: ("Verantwoording", "De bronnen, en hoe cijfer en oordeel tot stand kwamen"),
}
GEBIEDSBLADEN = (
    "Gebiedsbladen, als PDF: van elk gebied de uitkomst, zijn cijfers, en met welke gebieden het te vergelijken is"
)
MATEN = (Kolom(("Bladzijden",), "eind"), Kolom(("Grootte",), "eind"))


def with_lijst(document: Document, rapport: Rapport, pdfs: Mapping[str, bytes]) -> Document:
    """The document with these papers listed before the files with figures; the same where there is nothing printed."""
    stukken = [(pad, naam, (wat,)) for pad, (naam, wat) in INHOUD.items()]
    bladen: list[tuple[str, str, tuple[str, ...]]] = [(pad_van(g), g.titel, ()) for g in gebieden(rapport)]
    tabellen = [
        Tabel(id_, kop, (*(Kolom((k,)) for k in kolommen), *MATEN), (Rijgroep(rijen),))
        for id_, kop, kolommen, found in (
            ("gedrukt", "Stukken om te lezen en te drukken, als PDF", ("Stuk", "Wat erin staat"), stukken),
            ("gebiedsbladen", GEBIEDSBLADEN, ("Gebied",), bladen),
        )
        if (rijen := tuple(_rij(pad, naam, wat, pdfs[pad]) for pad, naam, wat in found if pad in pdfs))
    ]
    if not tabellen:
        return document
    blad = document.blad(BLAD)
    n = next(n for n, b in enumerate(blad.blokken) if isinstance(b, Kop) and b.id == ALLES_KOP)
    nieuw: tuple[Blok, ...] = (Kop(2, "Om te lezen en te drukken", "drukken"), *tabellen)
    blad = replace(blad, blokken=(*blad.blokken[:n], *nieuw, *blad.blokken[n:]))
    return replace(document, bladen=tuple(blad if b.id == BLAD else b for b in document.bladen))


def _rij(pad: str, naam: str, wat: tuple[str, ...], inhoud: bytes) -> Rij:
    cellen = (*wat, str(count_pages(inhoud)), f"{getallen.format_megabyte(inhoud)} MB")
    return Rij((Koppeling(naam, Bestand(pad), " als PDF"),), tuple(Cel((c,)) for c in cellen))
