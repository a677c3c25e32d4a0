"""What changed since the previous publication and the previous edition, read from a built database.

The comparison itself is made in the build (`sql/monitor/herziening.sql`); here it is counted and put in the order in
which a reader wants it. `afdruk_herziening.py` prints it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from assets.vragen.lezen import VraagError, find, has_table, read_rows
from begrippen.gebied import gekozen
from begrippen.lijsten import LIJSTEN
from begrippen.regio import NEDERLAND

SOORTEN = LIJSTEN["herzieningsoort"]


@dataclass(frozen=True)
class Herziening:
    """A value that changed, in the unit of its card; `oud` or `nieuw` is None where there was or is none."""

    indicator: str
    decimalen: int
    regio: str
    regio_naam: str
    periode: str
    oud: float | None
    nieuw: float | None
    soort: str


@dataclass(frozen=True)
class Telling:
    """How many values of an indicator changed, by kind, and the greatest change, relatively, of one that stayed."""

    indicator: str
    aantallen: dict[str, int]
    grootste: Herziening | None


@dataclass(frozen=True)
class Kaartherziening:
    """A card that came, went or changed; `velden` are the fields that changed."""

    indicator: str
    soort: str
    velden: tuple[str, ...]


@dataclass(frozen=True)
class Vergelijking:
    """What changed since one earlier build (`vorige`).

    `regels` are the values themselves, given for one indicator only: the province first, then the country.
    """

    tegenover: str
    vorige: str
    kaarten: tuple[Kaartherziening, ...]
    tellingen: tuple[Telling, ...]
    regels: tuple[Herziening, ...] = ()


@dataclass(frozen=True)
class Herzieningbeeld:
    """What changed in a build. `herziene_cellen`: (table, title, number) of what sources revised while we kept them."""

    soort: str
    bouw: str
    vergeleken: tuple[Vergelijking, ...]
    herziene_cellen: tuple[tuple[str, str, int], ...]


# a change with the name of its region and the decimals of its card, which may be gone
_REGEL = """
    SELECT h.tegenover, h.indicator, coalesce(i.decimalen, 1) AS decimalen, h.regio,
        coalesce(r.naam, h.regio) AS regio_naam, h.periode, h.oud, h.nieuw, h.soort
    FROM monitor.herziening AS h
    LEFT JOIN monitor.indicator AS i ON i.id = h.indicator
    LEFT JOIN kern.regio AS r ON r.code = h.regio
    WHERE h.tegenover = ? AND h.uitsplitsing = 'totaal'
"""


def _regel(row: dict[str, Any]) -> Herziening:
    return Herziening(**{k: v for k, v in row.items() if k != "tegenover"})


def _regels(db: duckdb.DuckDBPyConnection, tegenover: str, indicator: str) -> tuple[Herziening, ...]:
    gebied = gekozen()
    first = [gebied.code, *gebied.corop]
    rows = read_rows(
        db,
        f"""
        WITH regel AS ({_REGEL} AND h.indicator = ?)
        SELECT * FROM regel
        ORDER BY
            coalesce(list_position(?, regio), 99),
            regio NOT IN (SELECT lid FROM kern.regio_lid WHERE regio = ? AND geldig_tot IS NULL),
            regio <> ?, regio, periode DESC
        """,
        tegenover,
        indicator,
        first,
        gebied.code,
        NEDERLAND,
    )
    return tuple(_regel(row) for row in rows)


def _tellingen(db: duckdb.DuckDBPyConnection, tegenover: str, indicator: str | None) -> tuple[Telling, ...]:
    counts = read_rows(
        db,
        """
        SELECT indicator, soort, count(*) AS aantal FROM monitor.herziening
        WHERE tegenover = $1 AND ($2 IS NULL OR indicator = $2) GROUP BY ALL ORDER BY ALL
        """,
        tegenover,
        indicator,
    )
    greatest = {
        row["indicator"]: _regel(row)
        for row in read_rows(
            db,
            f"""
            {_REGEL} AND h.soort IN ('herzien', 'definitie')
            QUALIFY row_number() OVER (
                PARTITION BY h.indicator
                ORDER BY abs(h.nieuw - h.oud) / nullif(abs(h.oud), 0) DESC NULLS LAST, h.regio, h.periode
            ) = 1
            """,
            tegenover,
        )
    }
    by_indicator: dict[str, dict[str, int]] = {}
    for row in counts:
        by_indicator.setdefault(row["indicator"], {})[row["soort"]] = row["aantal"]
    tellingen = [Telling(naam, aantallen, greatest.get(naam)) for naam, aantallen in by_indicator.items()]
    # what readers must know first: figures that were said before and are other now
    return tuple(sorted(tellingen, key=lambda t: (-sum(t.aantallen.get(s, 0) for s in SOORTEN[1:]), t.indicator)))


def describe_herziening(db: duckdb.DuckDBPyConnection, indicator: str | None = None) -> Herzieningbeeld:
    """Describe what changed, of all indicators or, value by value, of one (also one that is gone).

    Raises VraagError for an unknown indicator and for a file that was built before comparisons were made.
    """
    if not has_table(db, "monitor.herziening"):
        raise VraagError(
            "deze publicatie is van een oudere versie en kent geen herzieningen",
            vervolg="Vernieuw haar: monitor run",
        )
    if indicator is not None:
        known = read_rows(
            db,
            """
            SELECT id AS code, naam FROM monitor.indicator
            UNION ALL
            SELECT DISTINCT indicator, indicator FROM monitor.herziening
            WHERE indicator NOT IN (SELECT id FROM monitor.indicator)
            ORDER BY code
            """,
        )
        command = "monitor herziening --indicator {}"
        indicator = find("Indicator", indicator, known, command, "Zie wat veranderde met: monitor herziening")["code"]
    (bouw,) = read_rows(db, "SELECT soort, bouw, vorige AS vorige_publicatie, vorige_editie FROM monitor.bouw")
    kaarten = read_rows(
        db,
        """
        SELECT tegenover, indicator, soort, velden FROM monitor.kaartherziening
        WHERE $1 IS NULL OR indicator = $1 ORDER BY indicator
        """,
        indicator,
    )
    cellen = read_rows(
        db,
        """
        SELECT v.tabel, m.titel, count(*) AS aantal
        FROM kern.waarneming_versie AS v
        JOIN monitor.momentopname AS m USING (bron, tabel)
        JOIN kern.waarneming AS w USING (bron, tabel, onderwerp, uitsplitsing, regio, periode)
        WHERE v.geldig_tot IS NOT NULL
        GROUP BY ALL ORDER BY ALL
        """,
    )
    return Herzieningbeeld(
        soort=bouw["soort"],
        bouw=bouw["bouw"],
        vergeleken=tuple(
            Vergelijking(
                tegenover=tegenover,
                vorige=bouw[tegenover],
                kaarten=tuple(
                    Kaartherziening(k["indicator"], k["soort"], tuple(k["velden"]))
                    for k in kaarten
                    if k["tegenover"] == tegenover
                ),
                tellingen=_tellingen(db, tegenover, indicator),
                regels=_regels(db, tegenover, indicator) if indicator is not None else (),
            )
            for tegenover in ("vorige_publicatie", "vorige_editie")
            if bouw[tegenover] is not None
        ),
        herziene_cellen=tuple((r["tabel"], r["titel"], r["aantal"]) for r in cellen),
    )
