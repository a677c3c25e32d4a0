"""What a text may refer to beyond the indicators: branches, and the regions that look like one."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from assets.vragen.analyses import GEHEEL
from assets.vragen.lezen import has_table, read_rows
from reports.analyse import Groeideel
from reports.tekst.cijfers import Soortgenoten


def read_sectoren(db: duckdb.DuckDBPyConnection, regios: list[str]) -> dict[str, tuple[Groeideel, ...]]:
    """How the jobs in each branch changed over the window of the edition, by region."""
    found: dict[str, list[Groeideel]] = defaultdict(list)
    for r in read_rows(
        db,
        """
        SELECT s.regio, b.naam, s.bedrijfstak AS code, s.banen, s.verandering, s.nationaal, s.sectormix, s.regionaal
        FROM monitor.shift_share AS s
        JOIN kern.bedrijfstak AS b ON b.bedrijfstak = s.bedrijfstak
        WHERE s.soort = 'venster' AND s.indeling = 'grof' AND s.bedrijfstak <> ? AND s.verandering IS NOT NULL
            AND list_contains(?, s.regio)
        ORDER BY s.regio, b.letter
        """,
        GEHEEL,
        regios,
    ):
        regio = r.pop("regio")
        found[regio].append(Groeideel(**r))
    return {regio: tuple(delen) for regio, delen in found.items()}


def read_soortgenoten(db: duckdb.DuckDBPyConnection, regios: list[str]) -> dict[tuple[str, str], Soortgenoten]:
    """The middle of the values of the peers of each region in its own latest period, by indicator and region."""
    if not has_table(db, "monitor.soortgenoot"):
        return {}
    return {
        (r["indicator"], r["regio"]): Soortgenoten(r["midden"], r["aantal"], r["periode"])
        for r in read_rows(
            db,
            """
            SELECT s.indicator, s.regio, s.laatste_periode AS periode, median(w.waarde) AS midden,
                count(*)::INTEGER AS aantal
            FROM monitor.stand AS s
            JOIN monitor.soortgenoot AS g ON g.regio = s.regio AND g.opgeheven IS NULL
            JOIN monitor.indicatorwaarde AS w ON w.indicator = s.indicator AND w.uitsplitsing = s.uitsplitsing
                AND w.regio = g.soortgenoot AND w.periode = s.laatste_periode
            WHERE s.uitsplitsing = 'totaal' AND w.waarde IS NOT NULL AND list_contains(?, s.regio)
            GROUP BY ALL
            """,
            regios,
        )
    }
