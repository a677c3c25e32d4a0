"""One indicator, with the walk back from its figure to the cells of the stored answers that it was computed from.

Reads a built database (`monitor.duckdb`) and writes nothing. The walk takes two queries: the figure's cells in
`monitor.herkomst`, and those cells as the source gave them in `kern.waarneming`. Both are handed on as text, so that a
reader can paste them in any DuckDB client that has the published file open.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import duckdb

from assets.kern.regio import DRENTHE


class ToonError(LookupError):
    """The indicator, region or period is not in the database; the message names the nearest ones."""


@dataclass(frozen=True)
class Jaarwaarde:
    """A value of the series; `waarde` is not rounded and None where `leeg_reden` says why."""

    periode: str
    waarde: float | None
    status: str
    leeg_reden: str | None
    benadering: bool


@dataclass(frozen=True)
class Broncel:
    """A cell that counts in a figure, as the source gave it.

    `rol` is teller, noemer, gewicht or gewicht_noemer, `gewicht` what it counts for in the sum of its role; `lid` is
    the municipality that it counts for in a composite region, otherwise the region itself.
    """

    rol: str
    lid: str
    term: int
    gewicht: float
    factor: float
    bron: str
    tabel: str
    onderwerp: str
    titel: str
    eenheid: str
    uitsplitsing: str
    regio: str
    periode: str
    waarde: float | None
    leeg_reden: str | None
    status: str
    momentopname: str


@dataclass(frozen=True)
class Indicatorbeeld:
    """An indicator for a region: its card, its series, one figure and where that comes from.

    `waarde` is the figure of `periode`; `waarde_nl` that of the Netherlands in the same period and from the same
    source. `cellen` are the source cells of the figure, `herkomst_sql` and `waarneming_sql` the two queries of the
    walk back.
    """

    indicator: str
    naam: str
    eenheid: str
    decimalen: int
    definitie: str
    bewerking: str
    bronvermelding: str
    regio: str
    regio_naam: str
    periode: str
    waarde: Jaarwaarde
    waarde_nl: float | None
    reeks: tuple[Jaarwaarde, ...]
    cellen: tuple[Broncel, ...]
    herkomst_sql: str
    waarneming_sql: str


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def walk_back(indicator: str, regio: str, periode: str) -> tuple[str, str]:
    """Write the two queries that lead from a figure to its source cells."""
    figure = f"indicator = {_quote(indicator)} AND regio = {_quote(regio)} AND periode = {_quote(periode)}"
    herkomst = (
        "SELECT rol, lid, term, gewicht, factor, bron, tabel, onderwerp, cel_uitsplitsing, cel_regio, cel_periode,\n"
        "       momentopname\n"
        "FROM monitor.herkomst\n"
        f"WHERE {figure}\n"
        "ORDER BY rol DESC, lid, term, cel_periode;"
    )
    waarneming = (
        "SELECT w.*\n"
        "FROM kern.waarneming AS w\n"
        "SEMI JOIN (\n"
        "    FROM monitor.herkomst\n"
        f"    WHERE {figure}\n"
        ") AS h\n"
        "    ON h.bron = w.bron AND h.tabel = w.tabel AND h.onderwerp = w.onderwerp\n"
        "    AND h.cel_uitsplitsing = w.uitsplitsing AND h.cel_regio = w.regio AND h.cel_periode = w.periode\n"
        "ORDER BY ALL;"
    )
    return herkomst, waarneming


def _rows(db: duckdb.DuckDBPyConnection, query: str, *parameters: Any) -> list[dict[str, Any]]:
    answer = db.execute(query, parameters)
    names = [d[0] for d in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _find(what: str, code: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the row of `code`; the name counts as well as the code. Raises ToonError naming the nearest."""
    wanted = code.casefold()
    for row in rows:
        if wanted in (row["code"].casefold(), row["naam"].casefold()):
            return row
    names = {n.casefold(): r for r in rows for n in (r["code"], r["naam"])}
    near = [names[n] for n in get_close_matches(wanted, names, n=3, cutoff=0.4)]
    listed = ", ".join(dict.fromkeys(f"{r['code']} ({r['naam']})" for r in near))
    hint = f"Bedoelde u {listed}?" if listed else "Zie de lijst met: monitor status"
    raise ToonError(f"{what} {code} is er niet. {hint}")


def _read_cellen(db: duckdb.DuckDBPyConnection, indicator: str, regio: str, periode: str) -> tuple[Broncel, ...]:
    rows = _rows(
        db,
        """
        SELECT h.rol, h.lid, h.term, h.gewicht, h.factor, h.bron, h.tabel, h.onderwerp,
            coalesce(o.titel, h.onderwerp) AS titel, coalesce(o.eenheid, '') AS eenheid,
            h.cel_uitsplitsing AS uitsplitsing, h.cel_regio AS regio, h.cel_periode AS periode,
            w.waarde, w.leeg_reden, w.status, h.momentopname
        FROM monitor.herkomst AS h
        JOIN kern.waarneming AS w
            ON w.bron = h.bron AND w.tabel = h.tabel AND w.onderwerp = h.onderwerp
            AND w.uitsplitsing = h.cel_uitsplitsing AND w.regio = h.cel_regio AND w.periode = h.cel_periode
        LEFT JOIN kern.onderwerp AS o ON o.bron = h.bron AND o.tabel = h.tabel AND o.onderwerp = h.onderwerp
        WHERE h.indicator = ? AND h.regio = ? AND h.periode = ?
        ORDER BY h.rol DESC, h.lid, h.term, h.cel_periode
        """,
        indicator,
        regio,
        periode,
    )
    return tuple(Broncel(**row) for row in rows)


def describe_indicator(
    db: duckdb.DuckDBPyConnection, indicator: str, regio: str = DRENTHE, periode: str | None = None
) -> Indicatorbeeld:
    """Describe an indicator for a region, with the walk back of one figure.

    `indicator` and `regio` are a code or a name ('PV22' or 'Drenthe (PV)'); `periode` a year or a CBS code, by default
    the last period of `monitor.stand`. Raises ToonError when one of them is not there.
    """
    kaart = _find("Indicator", indicator, _rows(db, "SELECT *, id AS code FROM monitor.indicator ORDER BY id"))
    plek = _find(
        "Regio", regio, _rows(db, "SELECT code, naam FROM kern.regio ORDER BY geldig_tot DESC NULLS FIRST, code")
    )
    rows = _rows(
        db,
        """
        SELECT periode, waarde, status, leeg_reden, benadering
        FROM monitor.indicatorwaarde WHERE indicator = ? AND regio = ? AND uitsplitsing = 'totaal' ORDER BY periode
        """,
        kaart["id"],
        plek["code"],
    )
    reeks = {row["periode"]: Jaarwaarde(**row) for row in rows}
    if not reeks:
        reden = _rows(db, "SELECT uitleg FROM monitor.niet_beschikbaar WHERE indicator = ?", kaart["id"])
        why = f" {reden[0]['uitleg']}" if reden else ""
        raise ToonError(f"Indicator {kaart['id']} heeft geen cijfers voor {plek['code']} ({plek['naam']}).{why}")
    if periode is None:
        stand = _rows(
            db,
            "SELECT laatste_periode FROM monitor.stand WHERE indicator = ? AND regio = ? AND uitsplitsing = 'totaal'",
            kaart["id"],
            plek["code"],
        )
        chosen = stand[0]["laatste_periode"] if stand else max(reeks)
    else:
        chosen = next((p for p in reeks if p == periode or p[:4] == periode), None)
        if chosen is None:
            raise ToonError(
                f"Indicator {kaart['id']} heeft voor {plek['code']} geen periode {periode}. "
                f"Wel: {', '.join(p[:4] for p in reeks)}"
            )
    nederland = _rows(
        db,
        "SELECT waarde FROM monitor.indicatorwaarde WHERE indicator = ? AND regio = 'NL01' AND periode = ?",
        kaart["id"],
        chosen,
    )
    herkomst_sql, waarneming_sql = walk_back(kaart["id"], plek["code"], chosen)
    return Indicatorbeeld(
        indicator=kaart["id"],
        naam=kaart["naam"],
        eenheid=kaart["eenheid"],
        decimalen=kaart["decimalen"],
        definitie=kaart["definitie"],
        bewerking=kaart["bewerking"],
        bronvermelding=kaart["bronvermelding"] or "",
        regio=plek["code"],
        regio_naam=plek["naam"],
        periode=chosen,
        waarde=reeks[chosen],
        waarde_nl=nederland[0]["waarde"] if nederland else None,
        reeks=tuple(reeks.values()),
        cellen=_read_cellen(db, kaart["id"], plek["code"], chosen),
        herkomst_sql=herkomst_sql,
        waarneming_sql=waarneming_sql,
    )
