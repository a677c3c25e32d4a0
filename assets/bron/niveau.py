"""The level of a new answer against the one before: figures that all became another size are not a revision.

A source that puts its figures in another unit without saying so, or exchanges the codes of its regions, gives an answer
of the right shape. Of the cells that both answers have, most hardly change: a revision is a matter of percents. So the
middle one of their ratios says whether a topic still is what it was, and that of a region whether it is still its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from assets.bron.bronlijst import Niveau
from begrippen.redenen import Gegeven, Reden

# A revision of a whole table is a matter of percents; a quarter in the middle of all cells is another unit or another
# concept. Chosen on 29 November 2026; no revision of CBS was measured for it.
SPRONG = 1.25
# of so few cells the middle one says little, and only another order of size counts
WEINIG, ORDE = 10, 10.0
# of exchanged codes the middle ratio stays one, and the cells spread: more than this share changed by SPRONG
VERSPREID, VEEL = 0.2, 20
# one region: at least so many cells, and its middle ratio
CELLEN, REGIO = 5, 1.5
# in units of the last decimal: smaller figures change by a quarter when they are rounded otherwise
KLEINSTE = 10
# a signed line covers what lies this near to its factor
RUIMTE = 1.1
GENOEMD = 5
# of a figure that is delivered; what has more is a fraction with no end
MEESTE_DECIMALEN = 4


def _same_size(ratio: float, most: float) -> bool:
    return 1 / most <= ratio <= most


def _signed(naam: str, ratio: float, niveaus: Sequence[Niveau], sinds: date) -> bool:
    """Whether somebody signed for this change: of this topic, by this factor, after the answer before came."""
    return any(
        n.onderwerp == naam and n.datum >= sinds and ratio > 0 and abs(math.log(ratio / n.factor)) <= math.log(RUIMTE)
        for n in niveaus
    )


def _query(db: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return db.execute(query).fetchall()


def compare_delivery(
    db: duckdb.DuckDBPyConnection, nieuw: Path, oud: Path, *, niveaus: Sequence[Niveau], sinds: date
) -> list[Reden]:
    """As `compare`, of a delivery: its topics have our names, and as many decimals as they are given with."""
    steps = " ".join(f"WHEN round(waarde, {n}) = waarde THEN {n}" for n in range(MEESTE_DECIMALEN))
    named = db.execute(
        f"SELECT onderwerp, max(CASE {steps} ELSE {MEESTE_DECIMALEN} END) FROM read_parquet(?) "
        "WHERE waarde IS NOT NULL GROUP BY ALL ORDER BY ALL",
        [str(nieuw)],
    ).fetchall()
    return compare(
        db,
        nieuw,
        oud,
        namen={naam: (naam, decimals) for naam, decimals in named},
        oude_namen={naam: naam for naam, _ in named},
        niveaus=niveaus,
        sinds=sinds,
    )


def compare(
    db: duckdb.DuckDBPyConnection,
    nieuw: Path,
    oud: Path,
    *,
    namen: Mapping[str, tuple[str, int]],
    oude_namen: Mapping[str, str],
    niveaus: Sequence[Niveau],
    sinds: date,
) -> list[Reden]:
    """Compare the level of each topic and of each region with the answer before; the reasons to refuse.

    nieuw, oud: the Parquet of both. namen: topic key -> (our name, decimals); oude_namen: the same for the one before,
    without decimals. niveaus: what was signed for. sinds: the day on which the answer before came.
    """
    db.execute("CREATE OR REPLACE TEMP TABLE naam_n (onderwerp VARCHAR, naam VARCHAR, klein DOUBLE)")
    db.execute("CREATE OR REPLACE TEMP TABLE naam_o (onderwerp VARCHAR, naam VARCHAR)")
    if not namen or not oude_namen:
        return []
    small = [(key, naam, KLEINSTE * 10.0**-decimals) for key, (naam, decimals) in namen.items()]
    db.executemany("INSERT INTO naam_n VALUES (?, ?, ?)", small)
    db.executemany("INSERT INTO naam_o VALUES (?, ?)", list(oude_namen.items()))
    db.execute(
        "CREATE OR REPLACE TEMP TABLE paar AS SELECT a.naam, n.regio, n.waarde / o.waarde AS verhouding "
        "FROM read_parquet(?) n JOIN naam_n a USING (onderwerp) "
        "JOIN (read_parquet(?) o JOIN naam_o b USING (onderwerp)) ON a.naam = b.naam AND n.periode = o.periode "
        "AND n.uitsplitsing = o.uitsplitsing AND n.regio IS NOT DISTINCT FROM o.regio "
        "AND n.marge IS NOT DISTINCT FROM o.marge "
        "WHERE n.waarde IS NOT NULL AND o.waarde != 0 AND sqrt(abs(n.waarde * o.waarde)) >= a.klein",
        [str(nieuw), str(oud)],
    )
    by_topic: dict[str, list[str]] = {}
    for naam, regio in _query(
        db,
        "SELECT naam, regio FROM paar WHERE regio IS NOT NULL GROUP BY ALL "
        f"HAVING count(*) >= {CELLEN} AND median(verhouding) NOT BETWEEN {1 / REGIO} AND {REGIO} ORDER BY ALL",
    ):
        by_topic.setdefault(naam, []).append(regio)
    found: list[Reden] = []
    for naam, cells, middle, spread in _query(
        db,
        "SELECT naam, count(*), median(verhouding), "
        f"count(*) FILTER (verhouding NOT BETWEEN {1 / SPRONG} AND {SPRONG}) / count(*) "
        "FROM paar GROUP BY ALL ORDER BY ALL",
    ):
        if _signed(naam, middle, niveaus, sinds):
            continue
        if not _same_size(middle, SPRONG if cells >= WEINIG else ORDE):
            found.append(Reden("niveau", {"factor": middle, "cellen": cells}, wat=naam))
        elif regios := by_topic.get(naam):
            named: dict[str, Gegeven] = {"regios": tuple(regios[:GENOEMD]), "aantal": len(regios)}
            found.append(Reden("niveau_regio", named, wat=naam))
        elif cells >= VEEL and spread > VERSPREID:
            found.append(Reden("verspreid", {"deel": 100 * spread, "cellen": cells}, wat=naam))
    return found
