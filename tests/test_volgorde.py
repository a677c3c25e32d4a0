"""Which of several rows a query takes never hangs on the order in which they are read.

An aggregate that picks a row (`arg_max`, `any_value`, a first row) is only sure of its answer where the rows to pick
from are the same, or where what it orders by is different in each. Each use stands here with which of the two it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from assets.tabel import SQL, Tabel
from tests.conftest import Publicatie
from tests.indicatoren.conftest import cel
from tests.indicatoren.test_gebeurtenissen import judged, share

KIEST = re.compile(r"\b(?:any_value|arg_(?:min|max)(?:_null)?|(?:min|max)_by|first|last|mode|list|string_agg)\(")
NUMMER = re.compile(r"\b(?:row_number|first_value|last_value|nth_value)\(\w*\)|\bLIMIT \d+")
# what a query does itself to be sure: ordered by what comes with it, or sorted afterwards
ZEKER = re.compile(r"\bORDER BY\b")
GESORTEERD = re.compile(r"list_sort\($")

GELIJK, UNIEK, ALS_GEHEEL = "the same in every row", "what it orders by is different in every row", "asked as a set"
MAG: dict[str, dict[str, str]] = {
    "beleid/instrument.sql": {"any_value(o.bereik)": GELIJK, "LIMIT 1": UNIEK},
    "beleid/opgavebedrag.sql": {"any_value(o.eigen)": GELIJK},
    "kern/periode.sql": {f"any_value({naam})": GELIJK for naam in ("deel_van_jaar", "jaar", "soort")},
    "kern/waarneming_versie.sql": {
        f"any_value({naam})": GELIJK for naam in ("leeg_reden", "marge_boven", "marge_onder", "status", "waarde")
    },
    "monitor/controle.sql": {f"any_value({naam})": GELIJK for naam in ("o.decimalen", "t.speling", "t.waarde")},
    "monitor/editieverschil.sql": {
        f"any_value({naam})": GELIJK for naam in ("aggregatie", "factor", "h.factor", "lid", "waarde")
    },
    "monitor/grootste_sector.sql": {"row_number()": UNIEK},
    "monitor/niet_beschikbaar.sql": {
        "any_value(naam)": GELIJK,
        "arg_max(leeg_reden, periode)": UNIEK,
        "arg_min(stap, volgorde)": UNIEK,
        "arg_min(tabel, bron_volgorde)": UNIEK,
        "arg_min(tabel, volgorde)": UNIEK,
        "arg_min(zin, bron_volgorde)": UNIEK,
        "arg_min_null(oorzaak, bron_volgorde)": UNIEK,
        "arg_min_null(oorzaak, volgorde)": UNIEK,
        "row_number()": UNIEK,
    },
    "monitor/ontbrekend_lid.sql": {"any_value(genoeg)": GELIJK},
    "monitor/oordeel.sql": {"any_value(v.prijspeil)": GELIJK, "row_number()": UNIEK},
    "monitor/oordeel_regiosoort.sql": {"any_value(alfa)": GELIJK},
    "monitor/productiviteitskloof.sql": {
        f"any_value({naam})": GELIJK for naam in ("compleet", "som_reden", "som_status")
    },
    "monitor/prognose_leeftijd.sql": {"arg_min(aandeel, periode)": UNIEK, "arg_min(waarde, periode)": UNIEK},
    "monitor/record.sql": {
        "any_value(p.prijspeil)": GELIJK,
        "arg_max(p.getoond, p.jaar)": UNIEK,
        "arg_max(p.periode, (p.getoond, -p.jaar))": UNIEK,
        "arg_max(p.status, p.jaar)": UNIEK,
        "arg_max(p.waarde, p.jaar)": UNIEK,
        "arg_max(onbekend, jaar)": UNIEK,
        "arg_max(status, jaar)": UNIEK,
        "arg_max(stuk, jaar)": UNIEK,
        "arg_max(waarde IS NULL, jaar)": UNIEK,
        "arg_max(zijde, jaar)": UNIEK,
        "arg_min(p.periode, (p.getoond, p.jaar))": UNIEK,
        "row_number()": UNIEK,
    },
    "monitor/regelcontrole.sql": {"any_value(factor)": GELIJK, "any_value(t.getal)": GELIJK},
    "monitor/shift_share_register.sql": {"LIMIT 1": UNIEK},
    "monitor/stuwend.sql": {"any_value(landelijk_begrip)": GELIJK},
    "monitor/werkgelegenheid.sql": {"any_value(c.titel)": GELIJK},
    "register/telling.sql": {"list(jaar)": ALS_GEHEEL},
    "reken/berekend.sql": {"any_value(factor)": GELIJK},
    "reken/bewering_analyse.sql": {
        "arg_max(waarde, periode)": UNIEK,
        "arg_min(waarde, periode)": UNIEK,
        "row_number()": UNIEK,
    },
    "reken/bewering_figuur.sql": {
        f"any_value({naam})": GELIJK for naam in ("laag", "naam", "onzeker", "telt_op", "totaal_vanaf")
    }
    | {
        f"arg_{kant}({naam}, periode)": UNIEK
        for kant in ("max", "min")
        for naam in ("afgerond", "afgerond_nl", "deel", "deel_nl", "waarde", "waarde_nl")
    },
    "reken/jaardeel.sql": {"row_number()": UNIEK},
    "reken/prijsindex.sql": {"arg_max(waarde, jaar)": UNIEK},
    "reken/reeks.sql": {"list(DISTINCT b.regio_vast)": ALS_GEHEEL, "row_number()": UNIEK},
    "reken/registerbaan.sql": {"any_value(l.banen)": GELIJK, "any_value(l.delen)": GELIJK},
    "reken/rooster.sql": {"any_value(b.factor)": GELIJK, "arg_min(d.jaarperiode, b.term)": UNIEK},
    "toets/register_telt_op.sql": {f"any_value(t.{naam})": GELIJK for naam in ("banen", "fulltime", "vestigingen")},
}


def body(text: str) -> str:
    """A query without its header and its comments."""
    return re.sub(r"--[^\n]*", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def closing(text: str, start: int) -> int:
    """Where the bracket that opens just before `start` closes."""
    depth = 1
    for i in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if not depth:
            return i
    raise AssertionError(text[start:])


def picks(text: str) -> Iterator[str]:
    """Every call that picks a row without an order of its own, every numbering, and every limit."""
    for found in KIEST.finditer(text):
        inside = text[found.end() : closing(text, found.end())]
        if not ZEKER.search(inside) and not GESORTEERD.search(text[: found.start()]):
            yield f"{found[0]}{' '.join(inside.split())})"
    for found in NUMMER.finditer(text):
        yield found[0]


def _same(inside: str, where: str) -> tuple[str, str]:
    """The least and the most of what an `any_value` may pick."""
    return f"min({inside}) FILTER ({where})", f"max({inside}) FILTER ({where})"


def _first(name: str, inside: str, where: str) -> tuple[str, str]:
    """The least and the most of what an `arg_min` or `arg_max` may pick: of the rows that come first by its order."""
    what, by = (part.strip() for part in inside.split(",", 1))
    way = "DESC" if name == "arg_max" else "ASC"
    there = f"{where} AND {what} IS NOT NULL AND {by} IS NOT NULL"
    found = [f"(list({what} ORDER BY {by} {way}, {what} {side}) FILTER ({there}))[1]" for side in ("ASC", "DESC")]
    return found[0], found[1]


def strict(query: str) -> str:
    """The same query, which stops where it would pick one of two rows that are not the same."""
    text, at = query, 0
    while found := re.compile(r"\b(any_value|arg_min|arg_max)\(").search(text, at):
        end = closing(text, found.end())
        inside, name, at = text[found.end() : end], found[1], found.end()
        if ZEKER.search(inside):
            continue
        behind = re.match(r"\)\s*FILTER\s*\(", text[end:])
        last = closing(text, end + behind.end()) if behind else end
        where = text[end + behind.end() : last] if behind else "true"
        one, other = _same(inside, where) if name == "any_value" else _first(name, inside, where)
        made = f"if({one} IS DISTINCT FROM {other}, error('{name}'), {one})"
        text = text[: found.start()] + made + text[last + 1 :]
        at = found.start() + len(made)
    # of rows that share a place, the second has another number than its place
    numbered = re.compile(r"row_number\(\) OVER (\w+|\((?:[^()]|\([^()]*\))*\))")
    return numbered.sub(r"if(row_number() OVER \1 = rank() OVER \1, row_number() OVER \1, error('row_number'))", text)


@pytest.mark.parametrize(
    ("pick", "sure"),
    [
        ("any_value(a)", "any_value(b)"),
        ("any_value(a) FILTER (b > 0)", "any_value(a) FILTER (a > 1)"),
        ("arg_max(a, b)", "arg_max(b, a)"),
        ("arg_min(a, b)", "arg_min(a, a)"),
    ],
)
def test_a_pick_that_is_not_sure_stops(pick: str, sure: str) -> None:
    rows = "(VALUES (1, 5), (2, 5)) AS t(a, b)"
    with pytest.raises(duckdb.Error, match=pick.partition("(")[0]):
        duckdb.execute(strict(f"SELECT {pick} FROM {rows}")).fetchall()
    assert duckdb.execute(strict(f"SELECT {sure} FROM {rows}")).fetchall()
    with pytest.raises(duckdb.Error, match="row_number"):
        duckdb.execute(strict(f"SELECT row_number() OVER (PARTITION BY b ORDER BY b) FROM {rows}")).fetchall()


@pytest.mark.lang
def test_no_query_picks_one_of_two_on_a_whole_answer(
    klein_antwoord: Path, run_keten: Callable[..., Publicatie], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, held = Tabel.create, set[str]()

    def create_strict(self: Tabel, db: duckdb.DuckDBPyConnection) -> int:
        query = strict(body(self.query))
        if "error(" in query and self.source.startswith("sql/"):
            db.execute(f"CREATE OR REPLACE TEMP TABLE proef AS {query}").fetchall()
            held.add(self.naam)
        return create(self, db)

    monkeypatch.setattr(Tabel, "create", create_strict)
    made = run_keten(tmp_path, bron=f"opname:{klein_antwoord}")
    assert made.code in (0, 3), made.text
    assert {"reken.bewering_figuur", "monitor.record", "reken.rooster"} <= held


def test_of_regions_with_the_same_figure_the_least_certain_counts_whoever_is_read_first() -> None:
    # half of sixty and half of six hundred: the same highest figure, of which the one says much less
    part = {"GM0106": (30, 60), "GM1680": (300, 600), "GM0114": (40, 100), "GM0109": (240, 600)}
    cells = [
        cel(onderwerp, regio, 2025, float(n))
        for regio, counted in part.items()
        for onderwerp, n in zip("an", counted, strict=True)
    ]
    asked = "SELECT groep, regio, grens, oordeel, zekerheid FROM reken.bewering_figuur WHERE laag = 'gemeente'"
    found = [
        sorted(judged([share()], order, "reken.bewering_figuur").execute(asked).fetchall())
        for order in (cells, cells[::-1])
    ]
    assert found[0] == found[1]
    assert {(oordeel, zekerheid) for _, _, _, oordeel, zekerheid in found[0]} == {("binnen_marge", "binnen_marge")}


def test_every_pick_of_a_row_is_sure_of_its_row() -> None:
    found = {
        str(path.relative_to(SQL)): there
        for path in sorted(SQL.rglob("*.sql"))
        if (there := sorted(set(picks(body(path.read_text(encoding="utf-8"))))))
    }
    assert found == {file: sorted(calls) for file, calls in MAG.items()}
