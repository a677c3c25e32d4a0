"""The figures that were set aside: they cannot be right, and the report shows nothing of their regions."""

from __future__ import annotations

import duckdb

from assets.vragen.lezen import has_table, read_rows, strip_soort
from reports.analyse import Apart


def read_apart(db: duckdb.DuckDBPyConnection) -> tuple[Apart, ...]:
    """Every figure that was set aside, in a fixed order; none from a build of before there was a table of them."""
    if not has_table(db, "monitor.apart_gezet"):
        return ()
    rows = read_rows(
        db,
        """
        SELECT a.indicator, coalesce(i.naam, a.indicator) AS naam, coalesce(i.eenheid, '') AS eenheid, a.regio,
            coalesce(r.naam, a.regio) AS regionaam, a.periode, a.toets, a.waarde, a.reden
        FROM monitor.apart_gezet AS a
        LEFT JOIN monitor.indicator AS i ON i.id = a.indicator
        LEFT JOIN kern.regio AS r ON r.code = a.regio
        ORDER BY a.toets, a.indicator, a.regio, a.periode, a.uitsplitsing
        """,
    )
    return tuple(Apart(**{**r, "regionaam": strip_soort(r["regionaam"])}) for r in rows)
