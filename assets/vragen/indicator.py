"""One indicator, with the walk back from its figure to the cells of the stored answers that it was computed from.

Reads a built database (`monitor.duckdb`) and writes nothing. The walk takes two queries: the figure's cells in
`monitor.herkomst`, and those cells as the source gave them in `kern.waarneming`. A third computes the figure anew from
them. All are handed on as text, so that a reader can paste them in any DuckDB client that has the published file open.
`afdruk.py` prints what is found here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

import duckdb

from assets.vragen.lezen import VraagError
from begrippen.gebied import gekozen


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
    the municipality that it counts for in a composite region, otherwise the region itself. `correctie` names the
    correction where `waarde` is not what the source gave.
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
    correctie: str | None = None


@dataclass(frozen=True)
class Correctie:
    """A correction of a known error in a cell: what the source gives, and what is used (None: no value)."""

    correctie: str
    bron_waarde: float | None
    wordt: float | None
    reden: str
    gemeld_aan: str
    datum: date


@dataclass(frozen=True)
class OntbrekendLid:
    """A member without a value that the composite value does without; `dekking` is the part (0-1) that has one."""

    regio: str
    naam: str
    leeg_reden: str
    dekking: float


@dataclass(frozen=True)
class Lid:
    """A member of a region without a value: if it has one in that period, else why not; if it ever has."""

    regio: str
    naam: str
    waarde: bool
    leeg_reden: str | None
    ooit: bool


@dataclass(frozen=True)
class Toeval:
    """How many trends of this kind of region were tested, how many are significant, and how many chance alone gives."""

    toetsen: int
    signalen: int
    verwacht_toeval: float


@dataclass(frozen=True)
class Oordeel:
    """The judgement of `monitor.oordeel` on a series; see there for the closed lists. None: not tested."""

    venster_van: int
    venster_tot: int
    laatste_periode: str | None
    trend: str
    trend_helling: float | None
    trend_p: float | None
    trend_p_bh: float | None
    trend_n: int
    robuust: str
    positie: str
    rang: int | None
    rang_van: int | None
    verschil_nl: float | None
    kloof: str
    toelichting: str | None


@dataclass(frozen=True)
class Soortgenoot:
    """A region that resembles this one, nearest first, with its value in the period of the figure.

    `vastgesteld` is the build in which the peers of this edition were frozen, `opgeheven` the first day on which the
    region is no longer there.
    """

    regio: str
    naam: str
    rang: int
    afstand: float
    reden: str
    waarde: float | None
    status: str | None
    leeg_reden: str | None
    opgeheven: date | None
    vastgesteld: str


@dataclass(frozen=True)
class Antwoord:
    """A stored answer of a source that cells of the figure are from; `verouderd`: why no newer one is used."""

    uitgever: str
    tabel: str
    titel: str
    momentopname: str
    modified: str | None
    fetched_at: datetime
    status: str | None
    verouderd: str | None


@dataclass(frozen=True)
class Indicatorbeeld:
    """An indicator for a region: its card, its series, its judgement, one figure and where that comes from.

    `waarde` is the figure of `periode`; `waarde_nl` that of the Netherlands in the same period and from the same
    source. `cellen` are the source cells of the figure, `antwoorden` what they were read from; `waarde_sql` computes
    the figure from them, `herkomst_sql` and `waarneming_sql` are the two queries of the walk back. `oordeel` is None
    for a region without one, `soortgenoten` empty for one without peers; `beoordeeld` is False for a build that holds
    no judgements at all. `zonder` are the members that the figure of a composite region does without, as the card's
    coverage allows; `leden` are all members where a region that is made of them has no value. `toeval` says how many
    of the trends of this kind of region are significant by chance.
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
    waarde_sql: str
    aggregatie: str
    richting: str
    richting_herkomst: str
    prijzen: str
    zekerheid: str
    opmerking: str
    regio_soort: str
    soort: str
    bouw: str
    editie: int
    breuken: tuple[tuple[int, str], ...] = ()
    antwoorden: tuple[Antwoord, ...] = ()
    oordeel: Oordeel | None = None
    beoordeeld: bool = True
    soortgenoten: tuple[Soortgenoot, ...] = ()
    zonder: tuple[OntbrekendLid, ...] = ()
    dekking_maat: str | None = None
    doel: str = "rapport"
    correcties: tuple[Correctie, ...] = ()
    gewicht: str | None = None
    leden: tuple[Lid, ...] = ()
    toeval: Toeval | None = None


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _where(indicator: str, regio: str, periode: str, of: str = "") -> str:
    parts = {"indicator": indicator, "regio": regio, "periode": periode}
    return " AND ".join(f"{of}{naam} = {_quote(value)}" for naam, value in parts.items())


# `h` is a step of the walk back, `w` the cell that it leads to
_CEL = (
    "h.bron = w.bron AND h.tabel = w.tabel AND h.onderwerp = w.onderwerp\n"
    "    AND h.cel_uitsplitsing = w.uitsplitsing AND h.cel_regio = w.regio AND h.cel_periode = w.periode"
)


def walk_back(indicator: str, regio: str, periode: str) -> tuple[str, str]:
    """Write the two queries that lead from a figure to its source cells."""
    figure = _where(indicator, regio, periode)
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
        f") AS h\n    ON {_CEL}\n"
        "ORDER BY ALL;"
    )
    return herkomst, waarneming


# how the members of a composite region become one value
_SAMEN = {
    "som": "sum(factor * teller / coalesce(noemer, 1))",
    "verhouding": "any_value(factor) * sum(teller) / sum(noemer)",
    "gewogen": "sum(weging * factor * teller / coalesce(noemer, 1)) / sum(weging)",
}


def compute_again(
    indicator: str, regio: str, periode: str, *, roles: set[str], aggregatie: str, composite: bool
) -> str:
    """Write the query that computes a figure from its source cells.

    `roles` are those of the cells; `composite` is whether they belong to members of the region. A cell without a value
    makes no figure: the query gives what the other cells would have added up to, so ask it of a figure that is there.
    """

    def total(role: str) -> str:
        return f"sum(h.gewicht * w.waarde) FILTER (h.rol = '{role}')"

    join = f"FROM monitor.herkomst AS h\nJOIN kern.waarneming AS w\n    ON {_CEL}\n"
    where = f"WHERE {_where(indicator, regio, periode, of='h.')}"
    factor = "any_value(h.factor) FILTER (h.rol = 'teller')"
    if not composite:
        noemer = f"\n    / {total('noemer')}" if "noemer" in roles else ""
        return f"SELECT {factor}\n    * {total('teller')}{noemer} AS waarde\n{join}{where};"
    columns = [f"{factor} AS factor", f"{total('teller')} AS teller", f"{total('noemer')} AS noemer"]
    if "gewicht" in roles:
        per = f" / {total('gewicht_noemer')}" if "gewicht_noemer" in roles else ""
        columns.append(f"{total('gewicht')}{per} AS weging")
    listed = ",\n    ".join(["SELECT h.lid", *columns])
    inner = f"{listed}\n{join}{where}\nGROUP BY h.lid".replace("\n", "\n    ")
    return f"SELECT {_SAMEN[aggregatie]} AS waarde\nFROM (\n    {inner}\n);"


def read_rows(db: duckdb.DuckDBPyConnection, query: str, *parameters: Any) -> list[dict[str, Any]]:
    """Ask a query and give its rows, each as column -> value."""
    answer = db.execute(query, parameters)
    names = [d[0] for d in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _near(wanted: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most three rows whose code or name holds the text, or looks like it."""
    holds = [r for r in rows if len(wanted) >= 3 and (wanted in r["code"].casefold() or wanted in r["naam"].casefold())]
    names = {n.casefold(): r for r in rows for n in (r["code"], r["naam"])}
    alike = [names[n] for n in get_close_matches(wanted, names, n=3, cutoff=0.5)]
    return list({r["code"]: r for r in [*holds, *alike]}.values())[:3]


def find(what: str, code: str, rows: list[dict[str, Any]], command: str, listing: str) -> dict[str, Any]:
    """Give the row of `code`; the name counts as well as the code.

    `rows` hold `code` and `naam`, and `geldig_tot` where one can lie in the past. Raises VraagError with the nearest
    ones: `command` shows one of them (`{}` stands for its code), `listing` all of them.
    """
    wanted = code.casefold()
    for row in rows:
        if wanted == row["code"].casefold():
            return row
    named = [r for r in rows if wanted == r["naam"].casefold()]
    named = [r for r in named if r.get("geldig_tot") is None] or named[:1]
    if len(named) == 1:
        return named[0]
    near = named or _near(wanted, rows)
    if not near:
        raise VraagError(f"{what} {code} is er niet. {listing}")
    listed = ", ".join(f"{r['code']} ({r['naam']})" for r in near)
    said = f"{what} {code} is niet eenduidig" if named else f"{what} {code} is er niet"
    raise VraagError(f"{said}. Bedoelde u {listed}?\nProbeer: {command.format(near[0]['code'])}")


def has_table(db: duckdb.DuckDBPyConnection, naam: str) -> bool:
    """Whether a table is in the database: a file of an older version may lack one."""
    schema, tabel = naam.split(".")
    # in a published file the tables of `monitor` stand in the main schema of the database of that name
    query = "FROM information_schema.tables WHERE table_name = ? AND ? IN (table_schema, table_catalog)"
    return db.execute(query, [tabel, schema]).fetchone() is not None


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
        SELECT s.soortgenoot AS regio, r.naam, s.rang, s.afstand, s.reden, w.waarde, w.status, w.leeg_reden,
            s.opgeheven, s.vastgesteld
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
        SELECT periode, waarde, status, leeg_reden, benadering
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
        zekerheid=kaart["zekerheid"],
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
    )
