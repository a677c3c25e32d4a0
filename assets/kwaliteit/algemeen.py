"""The checks that need no query of their own: they follow from the header of each table and from the rules.

A suite is a query on the built database with the expectations that Great Expectations holds against its rows. There are
few of them and they are wide, since an expectation costs little and a validation costs a copy of its rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assets.gesloten import sql_text
from assets.indicatoren.regel import Regel, read_regels
from assets.kwaliteit.toets import KLOPT, Suite, Verwachting, read_toetsen
from assets.tabel import Tabel
from begrippen.gebied import gekozen
from begrippen.lijsten import LIJSTEN
from begrippen.themas import read_themas

# column -> closed list, for every table that has the column and no `lijst` of its own in the header
_LISTS = {
    naam: LIJSTEN[naam]
    for naam in (
        "status",
        "leeg_reden",
        "richting",
        "prijzen",
        "prijsbasis",
        "jaarregel",
        "aggregatie",
        "zekerheid",
        "doel",
    )
}
# column (or 'table.column') -> the query of the codes that it may hold
_KNOWN = {
    **dict.fromkeys(("regio", "lid", "kern.regio.code"), "SELECT code FROM invoer.regio"),
    **dict.fromkeys(("indicator", "monitor.indicator.id"), "SELECT id FROM invoer.kaart"),
    "periode": "SELECT periode FROM kern.periode",
}


def _structure(koppen: Sequence[Tabel]) -> Suite:
    """Every table has the columns of its header, in that order and of that type."""
    columns = [(k.naam, place, f"{c.naam} {c.type}") for k in koppen for place, c in enumerate(k.kolommen, 1)]
    values = ", ".join(f"({sql_text(tabel)}, {place}, {sql_text(kolom)})" for tabel, place, kolom in columns)
    names = ", ".join(sql_text(k.naam) for k in koppen)
    query = f"""
        SELECT coalesce(kop.tabel, bouw.tabel) AS tabel, coalesce(kop.plaats, bouw.plaats) AS plaats,
               coalesce(kop.kolom, 'geen kolom') AS kop, coalesce(bouw.kolom, 'geen kolom') AS bouw
        FROM (VALUES {values}) AS kop (tabel, plaats, kolom) FULL JOIN (
            SELECT tabel, column_name || ' ' || data_type AS kolom,
                   row_number() OVER (PARTITION BY tabel ORDER BY column_index) AS plaats
            FROM (
                -- the tables of monitor stand in the main schema, since DuckDB names the database after its file
                SELECT *, CASE schema_name WHEN 'main' THEN 'monitor' ELSE schema_name END || '.' || table_name AS tabel
                FROM duckdb_columns() WHERE database_name = current_database()
            ) WHERE tabel IN ({names})
        ) AS bouw ON bouw.tabel = kop.tabel AND bouw.plaats = kop.plaats"""
    return Suite(
        naam="structuur",
        query=query,
        sleutel=("tabel", "plaats"),
        verwachtingen=tuple(
            Verwachting(
                toets="structuur",
                tabel=k.naam,
                zwaarte="blokkeert",
                uitleg="de kolommen zijn die van de kop van de tabel, in die volgorde en van dat type",
                type="ExpectColumnPairValuesToBeEqual",
                kwargs={"column_A": "kop", "column_B": "bouw"},
                alleen=("tabel", k.naam),
                vervolg=f"Maak de kop in {k.source} gelijk aan de query en bouw opnieuw met: monitor run",
            )
            for k in koppen
        ),
    )


def _table(kop: Tabel, known: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> Suite:
    """The key of a table is unique and complete, its closed lists are closed, and what is empty has a reason."""
    columns = [k.naam for k in kop.kolommen]
    key = ", ".join(kop.sleutel)
    whole = " AND ".join(f"{k} IS NOT NULL" for k in kop.sleutel)
    judged = [f"CASE WHEN {whole} THEN hash({key}) END AS _sleutel"]
    shown = [*kop.sleutel]
    verwachtingen: list[Verwachting] = []

    def expect(toets: str, uitleg: str, type: str, vervolg: str = "", **kwargs: Any) -> None:
        vervolg = vervolg or f"Kijk in {kop.source}."
        verwachtingen.append(Verwachting(toets, kop.naam, "blokkeert", uitleg, type, kwargs, vervolg))

    uniek = f"de sleutel ({key}) is overal gevuld en komt nergens twee keer voor"
    expect("sleutel", uniek, "ExpectColumnValuesToNotBeNull", column="_sleutel")
    expect("sleutel", uniek, "ExpectColumnValuesToBeUnique", column="_sleutel")
    for column, lijst in ((k.naam, k.lijst) for k in kop.kolommen):
        values = lists.get(column, ()) if lijst is None else lijst
        codes = known.get(f"{kop.naam}.{column}", known.get(column)) if lijst is None else None
        if not (values or codes):
            continue
        shown.append(column)
        if values:
            check: dict[str, Any] = {"column": column, "value_set": list(values)}
        else:
            # a list of hundreds of codes is held against the column by DuckDB: Great Expectations copies it many times
            judged.append(f"{column} IS NULL OR {column} IN ({codes}) AS _{column}_bekend")
            check = {"column": f"_{column}_bekend", "value_set": [True]}
        expect(
            "gesloten_lijsten",
            f"elke {column} komt uit de gesloten lijst" + (f" ({', '.join(values)})" if values else ""),
            "ExpectColumnValuesToBeInSet",
            "Een nieuwe code hoort eerst in de lijst: de regio's in assets/kern/gegevens, de kaarten of de query.",
            **check,
        )
    if {"waarde", "status"} <= set(columns):
        always = "elke waarde, ook een lege, heeft een status"
        expect("gesloten_lijsten", always, "ExpectColumnValuesToNotBeNull", column="status")
    if {"waarde", "leeg_reden"} <= set(columns):
        reason = "een lege waarde heeft een reden, een waarde heeft er geen en is een eindig getal"
        judged += ["waarde IS NULL AS _leeg", "leeg_reden IS NOT NULL AS _met_reden"]
        judged.append("waarde IS NULL OR isfinite(waarde) AS _eindig")
        shown += ["waarde", "leeg_reden"]
        expect("leeg_met_reden", reason, "ExpectColumnPairValuesToBeEqual", column_A="_leeg", column_B="_met_reden")
        expect("leeg_met_reden", reason, "ExpectColumnValuesToBeInSet", column="_eindig", value_set=[True])
    toon = tuple(dict.fromkeys(shown))
    return Suite(
        naam=kop.naam,
        query=f"SELECT {', '.join((*toon, *judged))} FROM {kop.naam}",
        sleutel=kop.sleutel,
        toon=toon,
        verwachtingen=tuple(verwachtingen),
    )


def _rules(regels: Mapping[str, Regel]) -> Suite:
    """The indicators agree with each other: a check for each rule of `assets/indicatoren/regels`.

    A rule about regions has no check here: `delen_tot_totaal` holds the same sums with the same rounding. The rules
    that ask more of them than it does (no room for what belongs to no province) do have one. A figure that was set
    aside for a rule counts against it no longer.
    """
    tabel = "monitor.regelcontrole"
    own = [r for r in regels.values() if r.gebieden is None or r.indicatoren]
    return Suite(
        naam="regels",
        query=f"""
        SELECT c.* REPLACE ({KLOPT} IS NOT FALSE OR a.toets IS NOT NULL AS {KLOPT}) FROM {tabel} AS c
        LEFT JOIN monitor.apart_gezet AS a ON a.toets = c.regel AND a.indicator = c.indicator AND a.regio = c.regio
            AND a.periode = c.periode AND a.uitsplitsing = 'totaal'
        """,
        sleutel=("regel", "indicator", "regio", "periode"),
        verwachtingen=tuple(
            Verwachting(
                r.id,
                tabel,
                r.zwaarte,
                r.naam[0].lower() + r.naam[1:],
                "ExpectColumnValuesToBeInSet",
                {"column": KLOPT, "value_set": [True]},
                f"Vergelijk met de bron (monitor bron toets); de regel staat in assets/indicatoren/regels/{r.id}.yaml.",
                ("regel", r.id),
            )
            for r in own
        ),
    )


def make_suites(gebied: str, koppen: Sequence[Tabel]) -> list[Suite]:
    """Every suite: from the headers of the tables, from the rules, and the checks of `sql/toets`.

    `gebied`: the name of the province. What is asked of a table that `koppen` does not hold, is left out.
    """
    koppen = [k for k in koppen if k.naam.split(".")[0] in ("kern", "monitor", "beleid")]
    names = {k.naam for k in koppen}
    known = {c: q for c, q in _KNOWN.items() if "kern.periode" in names or "kern.periode" not in q}
    lists = _LISTS | {"thema": tuple(read_themas(gekozen()))}
    suites = [_structure(koppen), *(_table(k, known, lists) for k in koppen), *read_toetsen(gebied, names)]
    if {"monitor.regelcontrole", "monitor.apart_gezet"} <= names:
        suites.append(_rules(read_regels()))
    return suites
