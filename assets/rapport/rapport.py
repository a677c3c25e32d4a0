"""The report of a build: one page of HTML with its data beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assets.rapport.geo import read_geo
from assets.rapport.model import read_rapport
from reports.pagina import write_page


def write_rapport(
    database: Path, folder: Path, report: Callable[[str, int, int], None] | None = None, geo: Path | None = None
) -> Path:
    """Write `folder/rapport/index.html` and `folder/rapport/data/*.csv` from a built database; returns the page's path.

    `geo` is a file or folder with boundaries of municipalities for the maps. The database is opened read-only and
    closed before anything is drawn. `report(what, done, total)` hears how far it is. The same database gives the same
    bytes. Raises RapportError where the database lacks what a report needs, GeoError for boundaries that can not be
    used.
    """
    grenzen = read_geo(geo) if geo is not None else None
    return write_page(read_rapport(database, grenzen), folder / "rapport", report)
