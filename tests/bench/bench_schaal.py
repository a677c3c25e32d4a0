"""The national register counted on DuckDB and on Spark, by size: from which size does which win, and what does it cost?

    python tests/bench/bench_schaal.py [--delen 16 8 4 2 1] [--map MAP] [--spark ADRES] [--geheugen 6g]

1/1 is 1.8 million establishments x 21 years in 342 municipalities, all years at once: 38 million rows. Both sides run
the queries of `sql/register/` on the same Parquet, each as a whole process with all that it starts (Java too): wall
time, processor time and the most memory of one process. Both must count the same. What is smaller is a part of the
establishments of the largest size that is asked for. Without Java or Spark only DuckDB is measured.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.bench_register_tellen import LANDELIJK, fill
from tests.bench.maat import maat

VRAGEN = ("bijdrage", "telling")
SLEUTEL = "jaar, gemeente, kant, atoom"
# what is held against each other: the cells, and not the millions of contributions under them
CELLEN = {
    "bijdrage": f"SELECT {SLEUTEL}, sum(banen) AS banen, max(banen) AS grootste, count(*) AS ondernemingen "
    f"FROM {{bron}} GROUP BY {SLEUTEL}",
    "telling": f"SELECT {SLEUTEL}, sum(aantal) AS aantal, count(*) AS ondernemingen FROM {{bron}} GROUP BY {SLEUTEL}",
}


def _open(folder: Path, geheugen: str):  # type: ignore[no-untyped-def]
    """DuckDB with the establishments as a view on their files, and the codes that the queries read beside them."""
    from assets.gesloten import open_gesloten
    from assets.register.groep import read_groepen
    from assets.register.tellen import lay_codes

    (folder / "werk").mkdir(exist_ok=True)
    config = {"memory_limit": geheugen.upper() + "B", "temp_directory": str(folder / "werk")}
    db = open_gesloten(folder, folder / "werk", threads=2, config=config)
    db.execute("CREATE SCHEMA invoer")
    db.execute(f"CREATE VIEW invoer.vestiging AS FROM read_parquet('{folder}/bron/*.parquet')")
    lay_codes(db, read_groepen())
    return db


def in_duckdb(folder: Path, adres: str, geheugen: str) -> None:
    """The queries on DuckDB, their cells as Parquet."""
    from assets.tabel import SQL, read_query

    with closing(_open(folder, geheugen)) as db:
        for naam in VRAGEN:
            query = CELLEN[naam].format(bron=f"({read_query(SQL / 'register' / f'{naam}.sql').query})")
            db.execute(f"COPY ({query}) TO '{folder}/duckdb-{naam}.parquet' (FORMAT parquet)")


def in_spark(folder: Path, adres: str, geheugen: str) -> None:
    """The same on Spark."""
    from assets.motor.spark import open_spark
    from assets.motor.vertalen import view_name
    from assets.register.historie import VESTIGING
    from assets.tabel import SQL, read_query

    with open_spark(folder / "werk", adres, geheugen) as spark:
        with closing(_open(folder, geheugen)) as db:
            for naam in ("invoer.atoom", "invoer.kant"):
                spark.hand_over(naam, db)
        spark.read("invoer.vestiging", sorted((folder / "bron").glob("*.parquet")), VESTIGING)
        for naam in VRAGEN:
            tabel = read_query(SQL / "register" / f"{naam}.sql")
            made = spark.write(tabel, CELLEN[naam].format(bron=view_name(tabel.naam)))
            shutil.move(made, folder / f"spark-{naam}.parquet")


SIDES = {"duckdb": in_duckdb, "spark": in_spark}


def take_part(whole: Path, folder: Path, deel: int, grootste: int) -> int:
    """Link or copy a part of the establishments to `folder`; returns the number of rows."""
    import duckdb

    (folder / "bron").mkdir(parents=True)
    (folder / "werk").mkdir(mode=0o700)
    with duckdb.connect(config={"threads": 2}) as db:
        for path in sorted(whole.glob("*.parquet")):
            target = folder / "bron" / path.name
            if deel == grootste:
                os.link(path, target)
            else:
                chosen = f"FROM '{path}' WHERE hash(onderneming) % {deel} < {grootste}"
                db.execute(f"COPY ({chosen}) TO '{target}' (FORMAT parquet)")
        ((rows,),) = db.execute(f"SELECT count(*) FROM '{folder}/bron/*.parquet'").fetchall()
    return int(rows)


def compare(folder: Path) -> int:
    """Raise when the two sides counted something else; returns the number of cells."""
    import duckdb

    cells = 0
    for naam in VRAGEN:
        ours, theirs = f"'{folder}/duckdb-{naam}.parquet'", f"'{folder}/spark-{naam}.parquet/*.parquet'"
        columns = ", ".join(r[0] for r in duckdb.sql(f"DESCRIBE FROM {ours}").fetchall())
        a, b = (f"(SELECT {columns} FROM {side})" for side in (ours, theirs))
        ((wrong,),) = duckdb.sql(
            f"SELECT count(*) FROM (({a} EXCEPT ALL {b}) UNION ALL ({b} EXCEPT ALL {a}))"
        ).fetchall()
        assert wrong == 0, f"{naam}: {wrong} cellen verschillen"
        cells += duckdb.sql(f"SELECT count(*) FROM {ours}").fetchall()[0][0]
    return cells


def measure(naam: str, folder: Path, adres: str, geheugen: str) -> tuple[float, float, float]:
    """Wall and processor seconds and most memory (MB) of one side, with the processes that it started."""
    started = time.perf_counter()
    command = [sys.executable, __file__, "--kant", naam, "--map", str(folder), "--spark", adres, "--geheugen", geheugen]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, naam
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main() -> None:
    """Fill a folder, measure each size on both sides, compare what they counted, and print a row a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--delen", type=int, nargs="+", default=[16, 8, 4, 2, 1])
    parser.add_argument("--map", type=Path)
    parser.add_argument("--spark", default="", help="adres van een cluster; leeg: deze machine")
    parser.add_argument("--geheugen", default="6g")
    parser.add_argument("--kant", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--vul", type=float, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.vul:
        fill(args.map, args.vul)
        return
    if args.kant:
        SIDES[args.kant](args.map, args.spark, args.geheugen)
        return
    sides = ["duckdb"]
    if find_spec("pyspark") and find_spec("sqlglot") and shutil.which("java"):
        sides.append("spark")
    else:
        print("Spark of Java is niet geïnstalleerd (docs/schaal.md): alleen DuckDB")
    top = args.map or Path(tempfile.mkdtemp(prefix="schaal-"))
    whole, grootste = top / "heel", min(args.delen)
    try:
        if not whole.exists():
            whole.mkdir(parents=True)
            schaal = maat(LANDELIJK, 0.1) / grootste
            subprocess.run([sys.executable, __file__, "--vul", str(schaal), "--map", str(whole)], check=True)
        print("| deel | regels | motor | tijd | rekentijd | geheugen |\n|---|---:|---|---:|---:|---:|")
        for deel in sorted(args.delen, reverse=True):
            folder = top / str(deel)
            rows = take_part(whole, folder, deel, grootste)
            for naam in sides:
                wall, cpu, memory = measure(naam, folder, args.spark, args.geheugen)
                row = f"| 1/{deel} | {rows} | {naam} | {wall:.0f} s | {cpu:.0f} s | {memory:.0f} MB |"
                print(row, flush=True)
            if len(sides) > 1:
                print(f"  {compare(folder)} cellen gelijk", file=sys.stderr, flush=True)
            shutil.rmtree(folder)
    finally:
        if args.map is None:
            shutil.rmtree(top)


if __name__ == "__main__":
    main()
