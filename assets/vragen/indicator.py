"""One indicator, with the walk back from its figure to the cells of the stored answers that it was computed from.

Reads a built database (`monitor.duckdb`) and writes nothing. The walk takes two queries: the figure's cells in
`monitor.herkomst`, and those cells as the source gave them in `kern.waarneming`. A third computes the figure anew from
them (`herleiding.py`). `afdruk.py` prints what is found here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb

from assets.vragen.herleiding import compute_again, walk_back
from assets.vragen.indicatorbeeld import (
    Antwoord,
    Broncel,
    Correctie,
    Indicatorbeeld,
    Jaarwaarde,
    Lid,
    OntbrekendLid,
    Oordeel,
    Soortgenoot,
    Toeval,
)
from assets.vragen.lezen import VraagError, find, has_table, read_rows
from begrippen.gebied import gekozen


def _read_cellen(db: duckdb.DuckDBPyConnection, indicator: str, regio: str, periode: str) -> tuple[Broncel, ...]:
    rows = read_rows(
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


def _read_correcties(
    db: duckdb.DuckDBPyConnection, cellen: tuple[Broncel, ...]
) -> tuple[tuple[Broncel, ...], tuple[Correctie, ...]]:
    """Name the correction beside each cell that has one, and give those corrections."""
    if not has_table(db, "kern.correctie"):
        return cellen, ()
    rows = read_rows(db, "FROM kern.correctie WHERE uitkomst = 'toegepast' ORDER BY correctie")
    place = ("bron", "tabel", "onderwerp", "uitsplitsing", "regio", "periode")
    of_cell = {tuple(row[k] for k in place): row for row in rows}
    found: dict[str, dict[str, Any]] = {}
    marked = []
    for cel in cellen:
        row = of_cell.get(tuple(getattr(cel, k) for k in place))
        marked.append(cel if row is None else replace(cel, correctie=row["correctie"]))
        if row is not None:
            found[row["correctie"]] = row
    return tuple(marked), tuple(Correctie(**{k: r[k] for k in Correctie.__dataclass_fields__}) for r in found.values())


def _read_antwoorden(db: duckdb.DuckDBPyConnection, cellen: tuple[Broncel, ...]) -> tuple[Antwoord, ...]:
    used = list(dict.fromkeys((c.bron, c.tabel, c.momentopname) for c in cellen))
    rows = [
        row
        for bron, tabel, momentopname in used
        for row in read_rows(
            db,
            "SELECT uitgever, tabel, titel, momentopname, modified, fetched_at, status, verouderd "
            "FROM monitor.momentopname WHERE bron = ? AND tabel = ? AND momentopname = ?",
            bron,
            tabel,
            momentopname,
        )
    ]
    return tuple(Antwoord(**row) for row in rows)


def _read_oordeel(db: duckdb.DuckDBPyConnection, indicator: str, regio: str) -> Oordeel | None:
    columns = ", ".join(Oordeel.__dataclass_fields__)
    rows = read_rows(
        db,
        f"SELECT {columns} FROM monitor.oordeel WHERE indicator = ? AND regio = ? AND uitsplitsing = 'totaal'",
        indicator,
        regio,
    )
    return Oordeel(**rows[0]) if rows else None


def _read_zonder(db: duckdb.DuckDBPyConnection, indicator: str, regio: str, periode: str) -> tuple[OntbrekendLid, ...]:
    if not has_table(db, "monitor.ontbrekend_lid"):
        return ()
    rows = read_rows(
        db,
        """
        SELECT o.lid AS regio, r.naam, o.leeg_reden, o.dekking
        FROM monitor.ontbrekend_lid AS o
        JOIN kern.regio AS r ON r.code = o.lid
        WHERE o.indicator = ? AND o.regio = ? AND o.periode = ?
        ORDER BY r.naam
        """,
        indicator,
        regio,
        periode,
    )
    return tuple(OntbrekendLid(**row) for row in rows)


def _read_leden(db: duckdb.DuckDBPyConnection, indicator: str, regio: str, periode: str) -> tuple[Lid, ...]:
    rows = read_rows(
        db,
        """
        SELECT r.code AS regio, r.naam,
            coalesce(bool_or(w.periode = ? AND w.waarde IS NOT NULL), false) AS waarde,
            any_value(w.leeg_reden) FILTER (w.periode = ?) AS leeg_reden,
            count(w.waarde) > 0 AS ooit
        FROM (SELECT DISTINCT regio, lid FROM kern.regio_lid) AS l
        JOIN kern.regio AS r ON r.code = l.lid AND r.soort = 'gemeente'
        LEFT JOIN monitor.indicatorwaarde AS w
            ON w.indicator = ? AND w.uitsplitsing = 'totaal' AND w.regio = l.lid
        WHERE l.regio = ? AND (r.geldig_tot IS NULL OR year(r.geldig_tot) > left(?, 4)::INTEGER)
        GROUP BY r.code, r.naam
        ORDER BY r.naam
        """,
        periode,
        periode,
        indicator,
        regio,
        periode,
    )
    return tuple(Lid(**row) for row in rows)


def _read_toeval(db: duckdb.DuckDBPyConnection, soort: str) -> Toeval | None:
    if not has_table(db, "monitor.oordeel_regiosoort"):
        return None
    columns = ", ".join(Toeval.__dataclass_fields__)
    where = "WHERE soort = ? AND gebied = 'nederland'"
    rows = read_rows(db, f"SELECT {columns} FROM monitor.oordeel_regiosoort {where}", soort)
    return Toeval(**rows[0]) if rows and rows[0]["toetsen"] else None


def _read_soortgenoten(
    db: duckdb.DuckDBPyConnection, indicator: str, regio: str, periode: str
) -> tuple[Soortgenoot, ...]:
    if not has_table(db, "monitor.soortgenoot"):
        return ()
    rows = read_rows(
        db,
        """
        SELECT s.soortgenoot AS regio, r.naam, s.rang, s.afstand, s.reden, s.vergeleken_op, w.waarde, w.status,
            w.leeg_reden, s.opgeheven, s.vastgesteld
        FROM monitor.soortgenoot AS s
        JOIN kern.regio AS r ON r.code = s.soortgenoot
        LEFT JOIN monitor.indicatorwaarde AS w
            ON w.indicator = ? AND w.uitsplitsing = 'totaal' AND w.regio = s.soortgenoot AND w.periode = ?
        WHERE s.regio = ?
        ORDER BY s.rang, s.soortgenoot
        """,
        indicator,
        periode,
        regio,
    )
    return tuple(Soortgenoot(**row) for row in rows)


def read_kaartnamen(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """All indicators: `code`, `naam`, `thema`, `doel`, and `waarde`, whether the province has any; by theme and id."""
    return read_rows(
        db,
        """
        SELECT i.id AS code, i.naam, i.thema, i.doel, n.indicator IS NULL AS waarde
        FROM monitor.indicator AS i
        LEFT JOIN monitor.niet_beschikbaar AS n ON n.indicator = i.id
        ORDER BY i.thema, i.id
        """,
    )


def describe_indicator(
    db: duckdb.DuckDBPyConnection, indicator: str, regio: str | None = None, periode: str | None = None
) -> Indicatorbeeld:
    """Describe an indicator for a region, with the walk back of one figure.

    `indicator` and `regio` are a code or a name ('GM0114' or 'Emmen'), by default the province; `periode` a year or a
    CBS code, by default the last period of `monitor.stand`. Raises VraagError when one of them is not there.
    """
    kaart = find(
        "Indicator",
        indicator,
        read_rows(db, "SELECT *, id AS code FROM monitor.indicator ORDER BY id"),
        "monitor indicator {}",
        "Zie alle indicatoren met: monitor indicator",
    )
    plek = find(
        "Regio",
        regio or gekozen().code,
        read_rows(
            db, "SELECT code, naam, soort, geldig_tot FROM kern.regio ORDER BY geldig_tot DESC NULLS FIRST, code"
        ),
        f"monitor indicator {kaart['id']} --regio {{}}",
        f"Geef een code of naam, zoals GM0114 of Emmen: monitor indicator {kaart['id']} --regio GM0114",
    )
    rows = read_rows(
        db,
        """
        SELECT periode, waarde, status, leeg_reden, benadering, marge_onder, marge_boven
        FROM monitor.indicatorwaarde WHERE indicator = ? AND regio = ? AND uitsplitsing = 'totaal' ORDER BY periode
        """,
        kaart["id"],
        plek["code"],
    )
    reeks = {row["periode"]: Jaarwaarde(**row) for row in rows}
    if not reeks:
        reden = read_rows(db, "SELECT uitleg FROM monitor.niet_beschikbaar WHERE indicator = ?", kaart["id"])
        why = f" {reden[0]['uitleg']} Wat de bron geeft, toont: monitor bron toets" if reden else ""
        raise VraagError(f"Indicator {kaart['id']} heeft geen cijfers voor {plek['code']} ({plek['naam']}).{why}")
    if periode is None:
        stand = read_rows(
            db,
            "SELECT laatste_periode FROM monitor.stand WHERE indicator = ? AND regio = ? AND uitsplitsing = 'totaal'",
            kaart["id"],
            plek["code"],
        )
        chosen = stand[0]["laatste_periode"] if stand else max(reeks)
    else:
        chosen = next((p for p in reeks if p == periode or p[:4] == periode), None)
        if chosen is None:
            raise VraagError(
                f"Indicator {kaart['id']} heeft voor {plek['code']} geen periode {periode}. "
                f"Wel: {', '.join(p[:4] for p in reeks)}"
            )
    nederland = read_rows(
        db,
        "SELECT waarde FROM monitor.indicatorwaarde "
        "WHERE indicator = ? AND regio = 'NL01' AND periode = ? AND uitsplitsing = 'totaal'",
        kaart["id"],
        chosen,
    )
    cellen, correcties = _read_correcties(db, _read_cellen(db, kaart["id"], plek["code"], chosen))
    composite = any(c.lid != plek["code"] for c in cellen)
    herkomst_sql, waarneming_sql = walk_back(kaart["id"], plek["code"], chosen)
    beoordeeld = has_table(db, "monitor.oordeel")
    (bouw,) = read_rows(db, "SELECT soort, bouw, editie FROM monitor.bouw")
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
        cellen=cellen,
        herkomst_sql=herkomst_sql,
        waarneming_sql=waarneming_sql,
        waarde_sql=compute_again(
            kaart["id"],
            plek["code"],
            chosen,
            roles={c.rol for c in cellen},
            aggregatie=kaart["aggregatie"],
            composite=composite,
        ),
        aggregatie=kaart["aggregatie"],
        richting=kaart["richting"],
        richting_herkomst=kaart["richting_herkomst"],
        prijzen=kaart["prijzen"],
        # a build of before this column has none
        prijzen_reden=kaart.get("prijzen_reden") or "",
        zekerheid=kaart["zekerheid"],
        gezien=tuple(kaart.get("gezien") or ()),
        opmerking=kaart["opmerking"] or "",
        regio_soort=plek["soort"],
        **bouw,
        breuken=tuple(
            (r["vanaf"], r["reden"])
            for r in read_rows(
                db, "SELECT vanaf, reden FROM monitor.breuk WHERE indicator = ? ORDER BY vanaf", kaart["id"]
            )
        ),
        antwoorden=_read_antwoorden(db, cellen),
        oordeel=_read_oordeel(db, kaart["id"], plek["code"]) if beoordeeld else None,
        beoordeeld=beoordeeld,
        soortgenoten=_read_soortgenoten(db, kaart["id"], plek["code"], chosen),
        zonder=_read_zonder(db, kaart["id"], plek["code"], chosen),
        dekking_maat=kaart.get("dekking_maat"),
        doel=kaart.get("doel", "rapport"),
        correcties=correcties,
        gewicht=kaart.get("gewicht"),
        leden=_read_leden(db, kaart["id"], plek["code"], chosen)
        if reeks[chosen].waarde is None and (composite or plek["soort"] == "samengesteld")
        else (),
        toeval=_read_toeval(db, plek["soort"]),
        meting=kaart["meting"],
    )
