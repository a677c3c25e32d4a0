"""The report of a build: a folder of HTML pages, the same as PDF, and the papers that go with an edition."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from assets.kast import Kast
from assets.rapport.editie import Editie, Editiemap, is_concept
from assets.rapport.geo import read_geo
from assets.rapport.gspakket import make_gspakket
from assets.rapport.pdfproces import teken_apart, zet_apart
from assets.rapport.tekst import as_editie, check_teksten, read_cijfers
from assets.vragen.analyses import read_analyses
from assets.vragen.naast import read_naast
from assets.vragen.rapport import read_rapport
from assets.vragen.verken import read_verken
from reports.analyse import Analyses
from reports.bewaren import Neem, maak_zelf
from reports.document import Blok, Document
from reports.gedrukt import vulling
from reports.gedrukt.alle import make_stukken, make_uitgegeven
from reports.gedrukt.drukwerk import Drukwerk
from reports.gedrukt.lijst import with_lijst
from reports.hoofdstukken.editiestukken import Inzage, make_editiestukken
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.html import write_html
from reports.internwoord import check_office, check_woorden, refuse_intern
from reports.model import Rapport
from reports.pdf import druk_alle
from reports.platen import make_platen
from reports.samenstelling import make_document
from reports.tekst.cijfers import Cijfers
from reports.tekst.leesbaarheid import as_csv, measure
from reports.tekst.teksten import insert_teksten, refuse

Report = Callable[[str, int, int], None]
# How easy each page reads: for the editors.
LEESBAARHEID = "leesbaarheid.csv"
# How full each page of each printed paper is: for who makes the edition.
VULLING = "bladvulling.csv"


@dataclass(frozen=True)
class Uitgave:
    """All that is made of a build for readers. `stukken`: what goes with the edition and is not published.

    `analyses`, `cijfers`, `teksten`: what else the printed papers and the pack for GS and PS are made of; the texts of
    the editors by the page that they stand on.
    """

    rapport: Rapport
    document: Document
    stukken: Document
    analyses: Analyses
    cijfers: Cijfers
    editiemap: Editiemap
    teksten: dict[str, tuple[Blok, ...]]


def _read(database: Path, geo: Path | None) -> tuple[Rapport, Analyses]:
    rapport = read_rapport(database)
    if geo is not None:
        rapport = replace(rapport, grenzen=read_geo(geo, {g.code: g.naam for g in rapport.gemeenten}))
    analyses = read_analyses(database, (rapport.provincie, *rapport.corop))
    return rapport, replace(analyses, naast=read_naast(database, rapport), verken=read_verken(database, rapport))


def read_uitgave(
    database: Path,
    editiemap: Editiemap | None = None,
    *,
    geo: Path | None = None,
    tussenstand: str = "",
    report: Report | None = None,
    neem: Neem = maak_zelf,
) -> Uitgave:
    """Make the documents of a built database, which is opened read-only and closed before anything is drawn.

    `geo` is a file or folder with boundaries of municipalities for the maps; `tussenstand`: what every page says of a
    build that is not the edition as it was sealed; `report(what, done, total)` hears how far it is; `neem` may have a
    figure from before. Raises TekstError
    for the texts of the edition, before anything is drawn; VraagError where the database lacks what a report needs,
    GeoError for boundaries that can not be used.
    """
    rapport, analyses = _read(database, geo)
    editiemap = editiemap or Editiemap(Editie(jaar=rapport.editie))
    if tussenstand:
        rapport = replace(rapport, melding=" ".join(n for n in (rapport.melding, tussenstand) if n))
    cijfers = read_cijfers(database, rapport)
    teksten, fouten = check_teksten(editiemap, rapport, cijfers)
    refuse(fouten)
    assert rapport.bouw.gebouwd_op is not None
    concept = is_concept(editiemap.editie, rapport.bouw.gebouwd_op)
    editie = as_editie(rapport, editiemap)
    document = insert_teksten(
        make_document(editie, analyses, concept=concept, vragen=editiemap.editie.vragen, report=report, neem=neem),
        teksten,
    )
    stukken = make_editiestukken(
        editie,
        analyses,
        [Inzage(i.wie, i.wat, i.op, i.waarom) for i in editiemap.inzage],
        editiemap.editie.embargo,
        concept,
    )
    per_blad: dict[str, tuple[Blok, ...]] = {}
    for tekst in teksten:
        per_blad[tekst.hoofdstuk] = (*per_blad.get(tekst.hoofdstuk, ()), *tekst.blokken)
    return Uitgave(editie, document, stukken, analyses, cijfers, editiemap, per_blad)


def read_document(database: Path, geo: Path | None = None, report: Report | None = None) -> Document:
    """Make the document of a built database without an edition: no texts, no embargo. Raises as `read_uitgave` does."""
    return read_uitgave(database, geo=geo, report=report).document


def write_rapport(
    database: Path,
    folder: Path,
    report: Report | None = None,
    geo: Path | None = None,
    *,
    editiemap: Editiemap | None = None,
    tussenstand: str = "",
    kast: Kast | None = None,
) -> Path:
    """Write `folder/rapport`, with what is printed of it, and `folder/stukken`; returns the path of the title page.

    The same database and edition give the same bytes, also where some are taken from `kast`. Raises as `read_uitgave`
    does, DocumentError where a document can not become a PDF that everyone can read or takes more pages than it may,
    where something does not fit on a slide, and where a reader would meet a word of the machine.
    """
    told, kast = [0], kast or Kast()

    def tell(what: str, done: int, total: int) -> None:
        told[0] = total + 1
        if report:
            report(what, done, told[0])

    uitgave = read_uitgave(database, editiemap, geo=geo, tussenstand=tussenstand, report=tell, neem=kast.neem)
    pakket = make_gspakket(
        uitgave.rapport, uitgave.analyses, uitgave.cijfers, uitgave.document, uitgave.editiemap, neem=kast.neem
    )
    refuse_intern(
        {"website": check_woorden(uitgave.document), "stukken": check_woorden(uitgave.stukken)}
        | {naam: check_office(inhoud) for naam, inhoud in pakket.items()}
    )
    # Arrow keeps what reading took for a moment: it would stand beside what the PDFs take
    pa.default_memory_pool().release_unused()
    with ThreadPoolExecutor(1) as ernaast:
        # other processes draw the pictures while this one makes the papers
        tekenen = ernaast.submit(make_platen, uitgave.document, teken_apart, kast.neem_alle)
        druk = Drukwerk(
            Schrijftafel(uitgave.rapport, uitgave.analyses, neem=kast.neem), uitgave.document, uitgave.teksten
        )
        uitgegeven, stukken = make_uitgegeven(druk), make_stukken(druk)
        refuse_intern({naam: check_woorden(o.document) for naam, o in (uitgegeven | stukken).items()})
        platen = tekenen.result()
    gezet = druk_alle(uitgegeven | stukken, zetten=zet_apart, neem=kast.neem_alle)
    pdfs = {naam: stuk.pdf for naam, stuk in gezet.items()}
    if report:
        report("de gedrukte stukken", told[0], told[0])
    pakket[LEESBAARHEID] = as_csv(measure(uitgave.document))
    pakket[VULLING] = vulling.as_csv({naam: stuk.vulling for naam, stuk in gezet.items()})
    pakket |= {naam: pdfs[naam] for naam in stukken}
    write_html(replace(uitgave.stukken, bestanden=pakket), folder / "stukken")
    gedrukt = {pad: pdfs[pad] for pad in uitgegeven}
    return write_html(with_lijst(uitgave.document, uitgave.rapport, gedrukt), folder / "rapport", gedrukt, platen)
