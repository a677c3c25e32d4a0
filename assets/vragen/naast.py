"""From a built database to the regions that a report lays beside its own: neighbours and nearest peers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import duckdb

from assets.vragen.lezen import has_table, open_monitor, read_rows, strip_soort
from reports.analyse import Naast
from reports.model import Punt, Rapport, Regio

# of ten peers the nearest: a reader compares with names, not with a middle of ten
SOORTGENOTEN = 3


def read_naast(database: Path, rapport: Rapport) -> dict[str, tuple[Naast, ...]]:
    """Of the province its neighbours and of each area its nearest peers, with figures where they have any.

    A figure is of the period in which the region beside it has its latest: two years are never laid beside each other.
    """
    gebieden = (*rapport.corop, *rapport.gemeenten)
    with open_monitor(database) as db:
        paren = [(rapport.provincie.code, buur.code) for buur in rapport.buren]
        paren += _read_paren(db, [g.code for g in gebieden])
        codes = sorted({naast for _, naast in paren})
        namen = {
            r["code"]: Regio(r["code"], strip_soort(r["naam"]), r["soort"])
            for r in read_rows(db, "SELECT code, naam, soort FROM kern.regio WHERE list_contains(?, code)", codes)
        }
        punten: dict[tuple[str, str], dict[str, Punt]] = defaultdict(dict)
        for r in read_rows(
            db,
            """
            SELECT p.regio, p.naast, w.indicator, w.periode, w.waarde, w.status
            FROM (SELECT unnest(?) AS regio, unnest(?) AS naast) AS p
            JOIN monitor.stand AS s ON s.regio = p.regio AND s.uitsplitsing = 'totaal' AND s.waarde IS NOT NULL
            JOIN monitor.indicatorwaarde AS w ON w.indicator = s.indicator AND w.uitsplitsing = s.uitsplitsing
                AND w.regio = p.naast AND w.periode = s.laatste_periode
            WHERE list_contains(?, w.indicator) AND w.waarde IS NOT NULL
            ORDER BY p.regio, p.naast, w.indicator
            """,
            [regio for regio, _ in paren],
            [naast for _, naast in paren],
            [i.id for i in rapport.indicatoren],
        ):
            punt = Punt(r["periode"], int(r["periode"][:4]), r["waarde"], r["status"])
            punten[r["regio"], r["naast"]][r["indicator"]] = punt
    return {
        g.code: _naast(g.code, [n for regio, n in paren if regio == g.code], namen, punten)
        for g in (rapport.provincie, *gebieden)
    }


def _read_paren(db: duckdb.DuckDBPyConnection, codes: list[str]) -> list[tuple[str, str]]:
    """Of each area its nearest peers, the nearest first; none where the build froze none."""
    if not has_table(db, "monitor.soortgenoot"):
        return []
    rows = read_rows(
        db,
        "SELECT regio, soortgenoot FROM monitor.soortgenoot WHERE list_contains(?, regio) AND rang <= ? "
        "AND opgeheven IS NULL ORDER BY regio, rang, soortgenoot",
        codes,
        SOORTGENOTEN,
    )
    return [(r["regio"], r["soortgenoot"]) for r in rows]


def _naast(
    regio: str, codes: Sequence[str], namen: dict[str, Regio], punten: dict[tuple[str, str], dict[str, Punt]]
) -> tuple[Naast, ...]:
    return tuple(Naast(namen[code], punten.get((regio, code), {})) for code in codes if code in namen)
