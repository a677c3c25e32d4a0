"""Every query of `sql/` on Spark, on the sample: cell for cell what DuckDB gives."""

import math
import re
import time
from dataclasses import replace

import pytest

from assets.bouw import assets as bouwstap
from assets.bouw.tabellen import all_tabellen
from assets.kwaliteit.toets import TOETSEN, read_toets
from assets.motor.spark import MotorError, Spark
from assets.tabel import SQL, Kolom, Tabel
from tests.conftest import run_keten

pytestmark = pytest.mark.lang

# What is not the same in every cell, and why. What gets better or worse than this shows.
AFWIJKEND = {
    "monitor.regelcontrole": "een macht -1 in C is soms een laatste bit anders dan 1 gedeeld door het getal",
}


class KlaarError(Exception):
    """Enough was built."""


def _plain(tabel: Tabel, naam: str, query: str) -> Tabel:
    return replace(
        tabel,
        naam=naam,
        query=query,
        kolommen=tuple(replace(k, code=False) for k in tabel.kolommen),
        codes="",
        velden="",
    )


def _differ(db, tabel: Tabel, spark: Spark) -> list:
    """The rows that are different on Spark from those of the table as it stands on `db`, in pairs by its key."""
    there = {r[0]: r[1] for r in db.execute(f"DESCRIBE FROM {tabel.naam}").fetchall()}
    columns = ", ".join(f"CAST({k} AS {'VARCHAR' if t.startswith('ENUM') else t}) AS {k}" for k, t in there.items())
    # Spark has no number as large as that of a sum; one that needs it would stop there
    plain = {"ENUM": "VARCHAR", "HUGEINT": "BIGINT"}
    kolommen = tuple(Kolom(k, plain.get(t.partition("(")[0], t), "") for k, t in there.items())
    proef = _plain(replace(tabel, kolommen=kolommen), "proef.tabel", tabel.query)
    spark.create(proef, db)
    ours, theirs = f"(SELECT {columns} FROM {tabel.naam})", f"(SELECT {columns} FROM {proef.naam})"
    sides = []
    for a, b in ((ours, theirs), (theirs, ours)):
        query = f"FROM {a} EXCEPT ALL FROM {b} ORDER BY {', '.join(tabel.sleutel)}"
        sides.append(db.execute(query).fetchall())
    db.execute(f"DROP TABLE {proef.naam}")
    assert len(sides[0]) == len(sides[1]), "een ander aantal rijen"
    return list(zip(*sides, strict=True))


def _as_tabel(db, path) -> Tabel:
    """A check as a table: it judges rows of the build, with its thresholds filled in."""
    suite, uit = read_toets(path, "")
    query = suite.query
    for naam, value in suite.parameters.items():
        query = re.sub(rf"\${naam}\b", str(value), query)
    kolommen = tuple(Kolom(r[0], r[1], "") for r in db.execute(f"DESCRIBE {query}").fetchall())
    tabel = Tabel(f"proef.toets_{path.stem}", "", tuple(uit), suite.sleutel, kolommen, query)
    db.execute("CREATE SCHEMA IF NOT EXISTS proef")
    db.execute(f"CREATE OR REPLACE TABLE {tabel.naam} AS {query}")
    return replace(tabel, source=f"toets.{path.stem}")


@pytest.fixture(scope="module")
def verschil(spark, registerkluis, tmp_path_factory):
    """Per query the rows that differ on Spark, or why there are none; built as the sample is."""
    found: dict[str, list | str] = {}
    build, create, last = bouwstap.build_database, Tabel.create, all_tabellen()[-1].naam

    def judge(db, tabel: Tabel, naam: str) -> None:
        started = time.process_time()
        try:
            found[naam] = _differ(db, tabel, spark)
        except (MotorError, AssertionError, KeyError, ValueError) as error:
            found[naam] = repr(error)[:300]
        if found[naam]:
            print(naam, str(found[naam])[:600], round(time.process_time() - started, 1), flush=True)

    def create_twice(self: Tabel, db) -> int:
        rows = create(self, db)
        if self.query and not self.naam.startswith("proef.") and self.source.startswith("sql/"):
            judge(db, self, self.naam)
        if self.naam == last:
            for path in sorted(TOETSEN.glob("*.sql")):
                tabel = _as_tabel(db, path)
                judge(db, tabel, tabel.source)
                db.execute(f"DROP TABLE {tabel.naam}")
        return rows

    def build_once(invoer, folder, **_):
        with pytest.MonkeyPatch.context() as inside:
            inside.setattr(Tabel, "create", create_twice)
            build(invoer, folder, memory_limit="3GB")
        raise KlaarError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bouwstap, "build_database", build_once)
        run_keten(tmp_path_factory.mktemp("keten"), bron="voorbeeld", registerkluis=registerkluis)
    return found


def test_every_query_was_tried(verschil):
    there = {f"{p.parent.name}.{p.stem}" for p in SQL.glob("*/*.sql") if p.parent.name != "register"}
    assert set(verschil) == there


def test_a_query_gives_the_same_cells_but_for_a_closed_list(verschil):
    assert {naam for naam, rows in verschil.items() if rows} == set(AFWIJKEND)


@pytest.mark.parametrize("naam", sorted(AFWIJKEND))
def test_what_differs_differs_in_the_last_bits_alone(verschil, naam):
    assert isinstance(verschil[naam], list)
    for ours, theirs in verschil[naam]:
        for a, b in zip(ours, theirs, strict=True):
            assert a == b or (isinstance(a, float) and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)), (ours, theirs)
