"""Every query of `sql/` on Spark, on the sample with fewer regions: cell for cell what DuckDB gives."""

import re
from dataclasses import dataclass, field, replace

import pytest

from assets.bouw.bouwen import build_database
from assets.bouw.tabellen import all_tabellen
from assets.kwaliteit.toets import TOETSEN, read_toets
from assets.motor.spark import MotorError, Spark
from assets.tabel import SQL, Kolom, Tabel
from tests.dunne_wereld import ask_invoer, thin

pytestmark = pytest.mark.lang

# What has no rows in the sample, so that two answers are equal whatever the query says; a check mostly finds nothing.
LEEG = {"monitor.apart_gezet": "in het voorbeeld zondigt geen cijfer tegen een regel"}


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


@dataclass
class Gevonden:
    """Per query the rows that differ on Spark, or why there are none, and how many rows it has."""

    verschil: dict[str, list | str] = field(default_factory=dict)
    rijen: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def gevonden(spark, registerkluis, tmp_path_factory):
    """Every query made twice, as the sample is built."""
    found = Gevonden()
    create, last = Tabel.create, all_tabellen()[-1].naam

    def judge(db, tabel: Tabel, naam: str) -> None:
        ((found.rijen[naam],),) = db.execute(f"SELECT count(*) FROM {tabel.naam}").fetchall()
        try:
            found.verschil[naam] = _differ(db, tabel, spark)
        except (MotorError, AssertionError, KeyError, ValueError) as error:
            found.verschil[naam] = repr(error)[:300]
        if found.verschil[naam]:
            print(naam, str(found.verschil[naam])[:600], flush=True)

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

    whole = ask_invoer(tmp_path_factory.mktemp("keten"), registerkluis)
    fewer = thin(whole, tmp_path_factory.mktemp("wereld"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Tabel, "create", create_twice)
        build_database(fewer, tmp_path_factory.mktemp("bouw"), memory_limit="3GB")
    return found


def test_every_query_was_tried(gevonden):
    there = {f"{p.parent.name}.{p.stem}" for p in SQL.glob("*/*.sql") if p.parent.name != "register"}
    assert set(gevonden.verschil) == there


def test_every_table_has_rows_to_compare_but_for_a_closed_list(gevonden):
    assert {naam for naam, n in gevonden.rijen.items() if n == 0 and not naam.startswith("toets.")} == set(LEEG)


def test_every_query_gives_the_same_cells(gevonden):
    assert {naam: rows for naam, rows in gevonden.verschil.items() if rows} == {}
