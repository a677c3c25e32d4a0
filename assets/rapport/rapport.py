"""The report of a build: a folder of HTML pages, the same as PDF, and the data beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assets.rapport.analyses import read_analyses
from assets.rapport.geo import read_geo
from assets.rapport.model import read_rapport
from reports.document import Document
from reports.html import write_html
from reports.pdf import render_pdf
from reports.samenstelling import make_document


def read_document(
    database: Path, geo: Path | None = None, report: Callable[[str, int, int], None] | None = None
) -> Document:
    """Make the document of a built database, which is opened read-only and closed before anything is drawn.

    `geo` is a file or folder with boundaries of municipalities for the maps. `report(what, done, total)` hears how far
    it is. Raises RapportError where the database lacks what a report needs, GeoError for boundaries that can not be
    used.
    """
    grenzen = read_geo(geo) if geo is not None else None
    rapport = read_rapport(database, grenzen)
    analyses = read_analyses(database, (rapport.drenthe, *rapport.corop))
    return make_document(rapport, analyses, report=report)


def write_rapport(
    database: Path, folder: Path, report: Callable[[str, int, int], None] | None = None, geo: Path | None = None
) -> Path:
    """Write `folder/rapport/index.html`, its neighbours and `rapport.pdf`; returns the path of the title page.

    The same database gives the same bytes. Raises as `read_document` does, and PdfError where the document can not
    become a PDF that everyone can read.
    """
    told = [0]

    def tell(what: str, done: int, total: int) -> None:
        told[0] = total + 1
        if report:
            report(what, done, told[0])

    document = read_document(database, geo, tell)
    pdf = render_pdf(document)
    if report:
        report("rapport.pdf", told[0], told[0])
    return write_html(document, folder / "rapport", pdf)
