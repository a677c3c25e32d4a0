"""From a built database to the sources of a report: which answers of which tables its figures are from."""

from __future__ import annotations

import duckdb

from assets.vragen.lezen import as_utc, read_day, read_rows
from reports.model import Bron

# How v4 names a licence -> as people know it.
LICENTIES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
}


def _page(bron: str, tabel: str, url: str | None) -> str:
    """Where people read a table: the StatLine page for a table of CBS, else what the source list says."""
    match bron:
        case "cbs":
            return f"https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{tabel}/table"
        case "derden":
            return f"https://dataderden.cbs.nl/statline/#/CBS/nl/dataset/{tabel}/table"
    return url or ""


def read_bronnen(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], Bron]:
    """The answers that the figures are from: (bron, tabel) -> source."""
    return {
        (r["bron"], r["tabel"]): Bron(
            bron=r["bron"],
            tabel=r["tabel"],
            titel=(r["titel"] or r["tabel"]).strip(),
            uitgever=r["uitgever"] or "",
            momentopname=r["momentopname"],
            opgehaald=as_utc(r["fetched_at"]),
            gewijzigd=read_day(r["modified"]),
            status=r["status"] or "",
            licentie=LICENTIES.get(r["licentie"], r["licentie"] or ""),
            url=_page(r["bron"], r["tabel"], r["url"]),
            verouderd=r["verouderd"] or "",
        )
        for r in read_rows(db, "FROM monitor.momentopname ORDER BY bron, tabel")
    }
