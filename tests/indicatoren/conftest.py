"""A small world for the engine: a few regions, hand-made cells, cards, and the tables that the queries make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from assets.bouw.invoer.bouwinvoer import Bouwinvoer
from assets.bouw.invoer.bronnen import bron_onderwerp, brontabel, gebied
from assets.bouw.invoer.kaarten import breuk, kaart_term
from assets.bouw.invoer.kaarten import kaart as kaarten_rows
from assets.bouw.invoer.kop import types
from assets.bouw.invoer.maak import tabellen
from assets.bouw.invoer.vorige import bouw as bouw_row
from assets.bouw.invoer.vorige import editie as editie_row
from assets.bouw.tabellen import all_tabellen, in_build_order
from assets.bron.bronlijst import Aanlevering, Onderwerp
from assets.indicatoren.kaart import Kaart
from assets.tabel import Tabel, read_queries
from begrippen.redenen import Redenen, from_json
from begrippen.redenzinnen import zin
from tests.conftest import lay_rekenregels

TWAALF = {"CR07": ("GM0106", "GM1680"), "CR08": ("GM0114", "GM0109"), "CR09": ("GM0118",)}
REGIOS = [
    ("NL01", "land", date(1970, 1, 1), None),
    ("PV22", "provincie", date(1970, 1, 1), None),
    ("PV23", "provincie", date(1970, 1, 1), None),
    *((c, "corop", date(1970, 1, 1), None) for c in TWAALF),
    *((g, "gemeente", date(1970, 1, 1), None) for leden in TWAALF.values() for g in leden),
    ("GM0160", "gemeente", date(1970, 1, 1), None),
    ("GM0003", "gemeente", date(1970, 1, 1), date(2021, 1, 1)),
    ("GM1979", "gemeente", date(2021, 1, 1), None),
    ("RD2018", "samengesteld", date(2018, 1, 1), date(2023, 1, 1)),
    ("RGA", "samengesteld", date(2021, 1, 1), None),
]
LEDEN = [
    ("NL01", "PV22"),
    ("NL01", "PV23"),
    *(("PV22", c) for c in TWAALF),
    *(("PV22", g) for leden in TWAALF.values() for g in leden),
    *((c, g) for c, leden in TWAALF.items() for g in leden),
    ("PV23", "GM0160"),
    ("RD2018", "GM0114"),
    ("RD2018", "GM0160"),
    ("RGA", "GM0106"),
    ("RGA", "GM1979"),
]
ENGINE = {
    *(
        f"reken.{t}"
        for t in (
            "jaardeel",
            "kaartcel",
            "rapportregio",
            "getoond",
            "rooster",
            "waarde",
            "lid",
            "berekend",
            "prijsbasis",
            "prijsindex",
        )
    ),
    *(
        f"monitor.{t}"
        for t in ("indicator", "indicatorwaarde", "herkomst", "stand", "breuk", "controle", "niet_beschikbaar")
    ),
    "monitor.gecorrigeerd",
    "monitor.ontbrekend_lid",
    "monitor.reele_waarde",
}
# of what is an amount of money, and of what is not
PRIJZEN = {True: "lopend", False: None}
MOMENTOPNAME = "20260701T000000000000Z"


def cel(onderwerp: str, regio: str, periode: str | int, waarde: float | str | None, **extra: Any) -> dict[str, Any]:
    """One cell of table `t`; a text as value is the reason why it is empty."""
    leeg = waarde if isinstance(waarde, str) else None
    return {
        "bron": "aanlevering",
        "tabel": "t",
        "onderwerp": onderwerp,
        "uitsplitsing": "totaal",
        "regio": regio,
        "periode": f"{periode}JJ00" if isinstance(periode, int) else periode,
        "waarde": None if leeg else waarde,
        "marge_onder": None,
        "marge_boven": None,
        "leeg_reden": leeg,
        "status": "definitief",
        "momentopname": MOMENTOPNAME,
        **extra,
    }


def kaart(id: str = "maat", **extra: Any) -> Kaart:
    """A card with one source: topic `a` of table `t`, unless told otherwise; an amount is in current prices."""
    in_euro = "euro" in extra.get("eenheid", "")
    bron = {"tabel": "t", "teller": [{"onderwerp": "a"}], "prijzen": extra.pop("prijzen", PRIJZEN[in_euro])}
    return Kaart.model_validate(
        {
            "id": id,
            "naam": id.capitalize(),
            "thema": "demografie",
            "groep": "D",
            "eenheid": "aantal",
            "decimalen": 1,
            "richting": "neutraal",
            "richting_herkomst": "eigen keuze",
            "definitie": "wat de bron telt",
            "bewerking": "geen",
            "aggregatie": "som",
            "bronnen": [bron],
            **extra,
        }
    )


def periode(code: str) -> dict[str, Any]:
    """The row of `kern.periode` of a CBS code."""
    jaar, soort, deel = int(code[:4]), code[4:6], int(code[6:])
    maanden = {"JJ": 12, "SJ": 12, "HJ": 6, "KW": 3, "MM": 1}[soort]
    begin = date(jaar, 8 if soort == "SJ" else max(deel - 1, 0) * maanden + 1, 1)
    return {"periode": code, "soort": soort, "begin": begin, "jaar": jaar, "deel_van_jaar": False}


@cache
def columns(naam: str) -> dict[str, str]:
    """The columns of a table, name -> type, as its header documents them."""
    queries = {t.naam: t for t in read_queries()} | {f"invoer.{n}": t for n, t in tabellen().items()}
    return types(queries[naam])


def _fill(db: duckdb.DuckDBPyConnection, naam: str, rows: Iterable[dict[str, Any]]) -> None:
    db.execute(f"CREATE TABLE {naam} ({', '.join(f'{k} {t}' for k, t in columns(naam).items())})")
    if rows := [{k: r.get(k) for k in columns(naam)} for r in rows]:
        inhoud = pa.Table.from_pylist(rows)  # noqa: F841 - DuckDB reads it by name
        db.execute(f"INSERT INTO {naam} FROM inhoud")


@cache
def engine(onder: frozenset[str] = frozenset()) -> list[Tabel]:
    """The tables of the engine in build order; kern is laid ready by hand, so only the order among ours counts.

    `onder`: only what these tables, of the engine or made of it, rest on and themselves; empty: every table.
    """
    queries = {t.naam: t for t in all_tabellen()}
    asked = set(onder or ENGINE)
    while more := {u for naam in asked & queries.keys() for u in queries[naam].uit} - asked:
        asked |= more
    ours = [queries[naam] for naam in sorted(asked & ENGINE)]
    return in_build_order([replace(t, uit=tuple(u for u in t.uit if u in ENGINE)) for t in ours])


def build(
    kaarten: Iterable[Kaart],
    cellen: list[dict[str, Any]],
    *,
    bron: str = "aanlevering",
    editie: int = 2026,
    ontbreekt: dict[str, str | Redenen] | None = None,
    niet_gevonden: Iterable[tuple[str, str]] = (),
    uitgevers: dict[tuple[str, str], str] | None = None,
    correcties: Iterable[dict[str, Any]] = (),
    apart: Iterable[dict[str, Any]] = (),
    onder: Iterable[str] = (),
) -> duckdb.DuckDBPyConnection:
    """Run all queries of `reken` and `monitor` on hand-made tables and give the connection.

    `uitgevers` names whose the topics are of a table that has no publisher of its own: (tabel, onderwerp) -> name.
    `correcties` are rows of `kern.correctie`; their cells hold the corrected value already. `apart` are rows of
    `monitor.apart_gezet`.

    Every (tabel, onderwerp) that cards or cells name is in the source list, as of `bron`; tables in `ontbreekt` have no
    momentopname. The code list of a table holds the regions of its cells. `onder`: as of `engine`, for who goes on from
    there with tables of its own.
    """
    ontbreekt = ontbreekt or {}
    onderwerpen: dict[str, set[str]] = {}
    for c in cellen:
        onderwerpen.setdefault(c["tabel"], set()).add(c["onderwerp"])
    for k in kaarten:
        for b in k.bronnen:
            for term in (*b.teller, *b.noemer):
                onderwerpen.setdefault(term.tabel or b.tabel, set()).add(term.onderwerp)
    bronnen = {
        tabel: Aanlevering(
            id=tabel,
            titel=f"Tabel {tabel}",
            uitgever="" if tabel in {t for t, _ in uitgevers or {}} else "CBS",
            licentie="CC BY 4.0",
            bestanden=("*.csv",),
            onderwerpen={o: Onderwerp(titel=o, eenheid="aantal", zekerheid="K") for o in sorted(namen)},
        )
        for tabel, namen in onderwerpen.items()
    }
    bouw = Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=(),
        tabellen={},
        aanleveringen=bronnen,
        kaarten={k.id: k for k in kaarten},
        editie=editie,
        built_at=datetime(2026, 7, 2, tzinfo=UTC),
        code_versie="toets",
    )
    # so few rows are one thread's work, and dividing it takes an eighth of the time
    db = duckdb.connect(config={"threads": 1})
    db.execute("CREATE SCHEMA invoer; CREATE SCHEMA kern; CREATE SCHEMA monitor")
    for function in (brontabel, bron_onderwerp, gebied, kaarten_rows, kaart_term, breuk, bouw_row, editie_row):
        _fill(db, f"invoer.{function.__name__}", function(bouw))
    lay_rekenregels(db)
    there = [t for t in bronnen if t not in ontbreekt]
    rows: dict[str, list[dict[str, Any]]] = {
        "ontbreekt": [
            {"bron": "aanlevering", "tabel": t, "reden": r[0].code, "uitleg": zin(r)}
            for t, r in ((t, from_json(r) if isinstance(r, str) else r) for t, r in ontbreekt.items())
        ],
        "uitgever": [
            {"bron": "aanlevering", "tabel": t, "onderwerp": o, "uitgever": wie}
            for (t, o), wie in (uitgevers or {}).items()
        ],
        "niet_gevonden": [
            {"bron": "aanlevering", "tabel": t, "onderwerp": o, "reden": "titel_ontbreekt"} for t, o in niet_gevonden
        ],
        "momentopname": [
            {
                "bron": "aanlevering",
                "tabel": t,
                "momentopname": MOMENTOPNAME,
                "soort": "voorbeeld",
                "gebruikt": True,
                "titel": f"Tabel {t}",
                "modified": "2026-06-23T00:00:00+02:00",
                "fetched_at": datetime(2026, 7, 1),
            }
            for t in there
        ],
        "code": [
            {
                "bron": "aanlevering",
                "tabel": t,
                "momentopname": MOMENTOPNAME,
                "dimensie": "RegioS",
                "soort": "regio",
                "code": code,
            }
            for t in there
            for code in sorted({c["regio"] for c in cellen if c["tabel"] == t})
        ],
    }
    rows = {f"invoer.{naam}": inhoud for naam, inhoud in rows.items()} | {
        "kern.regio": [{"code": c, "naam": c, "soort": s, "geldig_van": v, "geldig_tot": t} for c, s, v, t in REGIOS],
        "kern.regio_lid": [{"regio": r, "lid": lid} for r, lid in LEDEN],
        "kern.periode": [periode(code) for code in sorted({c["periode"] for c in cellen})],
        "kern.onderwerp": [
            {"bron": "aanlevering", "tabel": t, "onderwerp": o, "titel": o, "eenheid": "aantal", "decimalen": 0}
            for t in there
            for o in sorted(onderwerpen[t])
        ],
        "kern.waarneming": cellen,
        "kern.correctie": list(correcties),
        "monitor.apart_gezet": apart,
    }
    for naam, inhoud in rows.items():
        _fill(db, naam, inhoud)
    if bron != "aanlevering":
        db.execute("UPDATE invoer.brontabel SET api = 'v4'")
        found = db.execute("SELECT schema_name, table_name FROM duckdb_columns() WHERE column_name = 'bron'").fetchall()
        for schema, naam in found:
            db.execute(f"UPDATE {schema}.{naam} SET bron = ?", [bron])
    for tabel in engine(frozenset(onder)):
        tabel.create(db)
    return db


@pytest.fixture(scope="session")
def wereld() -> Callable[..., duckdb.DuckDBPyConnection]:
    return build


@pytest.fixture(scope="session")
def maak_cel() -> Callable[..., dict[str, Any]]:
    return cel


@pytest.fixture(scope="session")
def maak_kaart() -> Callable[..., Kaart]:
    return kaart


@pytest.fixture(scope="session")
def motor() -> Callable[[], list[Tabel]]:
    return engine
