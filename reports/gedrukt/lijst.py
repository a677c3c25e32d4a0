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
GEBIEDSBLAD = "De uitkomst voor dit gebied, zijn cijfers, en met welke gebieden het te vergelijken is"


def with_lijst(document: Document, rapport: Rapport, pdfs: Mapping[str, bytes]) -> Document:
    """The document with these papers listed before the files with figures; the same where there is nothing printed."""
    stukken = [(pad, *woorden) for pad, woorden in INHOUD.items()]
    bladen = [(pad_van(g), g.naam, GEBIEDSBLAD) for g in gebieden(rapport)]
    groepen = tuple(
        Rijgroep(rijen, kop)
        for kop, found in (((), stukken), (("Gebiedsbladen",), bladen))
        if (rijen := tuple(_rij(pad, naam, wat, pdfs[pad]) for pad, naam, wat in found if pad in pdfs))
    )
    if not groepen:
        return document
    kolommen = (
        *(Kolom(("Stuk",)), Kolom(("Wat erin staat",))),
        *(Kolom(("Bladzijden",), "eind"), Kolom(("Grootte",), "eind")),
    )
    tabel = Tabel("gedrukt", "Stukken om te lezen en te drukken, als PDF", kolommen, groepen)
    blad = document.blad(BLAD)
    n = next(n for n, b in enumerate(blad.blokken) if isinstance(b, Kop) and b.id == ALLES_KOP)
    nieuw: tuple[Blok, ...] = (Kop(2, "Om te lezen en te drukken", "drukken"), tabel)
    blad = replace(blad, blokken=(*blad.blokken[:n], *nieuw, *blad.blokken[n:]))
    return replace(document, bladen=tuple(blad if b.id == BLAD else b for b in document.bladen))


def _rij(pad: str, naam: str, wat: str, inhoud: bytes) -> Rij:
    cellen = (wat, str(count_pages(inhoud)), f"{getallen.format_megabyte(inhoud)} MB")
    return Rij((Koppeling(naam, Bestand(pad), " als PDF"),), tuple(Cel((c,)) for c in cellen))
