"""The page that goes with a decision on a proposal: how it came out in words, as HTML and as a document of Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

import docx
from docx.oxml import OxmlElement

from reports.document import Alinea, Blad, Blok, Document, Kop, Lijst
from reports.inhoud import plain
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

# name of a criterion, what people think of it, why
Profiel = Sequence[tuple[str, str, str]]


def make_voorstelblad(
    naam: str,
    uitkomst: str,
    oordelen: Mapping[str, Profiel],
    meldingen: Sequence[str],
    *,
    banen: int | None,
    voorlopig: bool,
) -> Blad:
    """The page: the outcome first, then the three knock-outs, the criteria and what there is to notice.

    `oordelen`: the rows of `knock_outs`, `meetlat` and `acquisitie`.
    """

    def tabel(id_: str, bijschrift: str, rijen: Profiel) -> Tabel:
        rows = tuple(Rij((n,), (Cel((o or "niet ingevuld",)), Cel((w or "geen motivering",)))) for n, o, w in rijen)
        return Tabel(
            id_, bijschrift, (Kolom(("Criterium",)), Kolom(("Oordeel",)), Kolom(("Waarom",))), (Rijgroep(rows),)
        )

    blokken: list[Blok] = [
        Alinea((f"Uitkomst: {uitkomst}.",), "inleiding"),
        Alinea(("Er is geen score en geen volgorde: die legt het bestuur vast, met de reden.",), "noot"),
        Kop(2, "Knock-outs", "knock-outs"),
        tabel("knock-out-tabel", "De drie knock-outs", oordelen["knock_outs"]),
        Kop(2, "Meetlat", "meetlat"),
        tabel("meetlat-tabel", "De criteria, in woorden", oordelen["meetlat"]),
    ]
    if oordelen["acquisitie"]:
        status = " Deze criteria zijn voorlopig." if voorlopig else ""
        aantal = f"Banen volgens het voorstel: {banen}." if banen is not None else "Het voorstel noemt geen banen."
        blokken += [
            Kop(2, "Acquisitie", "acquisitie"),
            Alinea((f"{aantal} Banen tellen in geen oordeel mee.{status}",)),
            tabel("acquisitie-tabel", "De criteria voor acquisitie", oordelen["acquisitie"]),
        ]
    if meldingen:
        blokken += [Kop(2, "Let op", "let-op"), Lijst(tuple((m[0].upper() + m[1:] + ".",) for m in meldingen))]
    return Blad("index", f"Voorstel: {naam}", "", tuple(blokken))


def make_document(blad: Blad, titel: str, jaar: int, dag: date) -> Document:
    """The page as a document of its own."""
    return Document(titel, "Afweging van een voorstel", jaar, dag, (blad,), concept=True)


def make_docx(blad: Blad) -> bytes:
    """The page as a document of Word: headings, paragraphs, and tables with a head."""
    doc = docx.Document()
    doc.core_properties.title = blad.titel
    doc.core_properties.language = "nl-NL"
    doc.add_heading(blad.titel, level=1)
    for blok in blad.blokken:
        match blok:
            case Kop():
                doc.add_heading(blok.tekst, level=blok.niveau)
            case Alinea():
                doc.add_paragraph(plain(blok.inhoud))
            case Lijst():
                for item in blok.items:
                    doc.add_paragraph(plain(item), style="List Bullet")
            case Tabel():
                doc.add_paragraph(blok.bijschrift, style="Caption")
                table = doc.add_table(rows=1, cols=len(blok.kolommen), style="Table Grid")
                for cell, kolom in zip(table.rows[0].cells, blok.kolommen, strict=True):
                    cell.text = plain(kolom.kop)
                table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
                for rij in blok.rijen:
                    texts = (plain(rij.kop), *(plain(c.inhoud) for c in rij.cellen))
                    for cell, text in zip(table.add_row().cells, texts, strict=True):
                        cell.text = text
    file = BytesIO()
    doc.save(file)
    return file.getvalue()
