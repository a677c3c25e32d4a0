"""From establishments to contributions of enterprises: the query of the register in DuckDB, and the same in pandas.

    python tests/bench/bench_register_tellen.py [--herhaal 3] [--landelijk] [--map MAP]

Each side runs as a whole process, imports included: wall time, processor time and most memory of that process. It
reads Parquet (a file a year) and writes, for each year, municipality and part of the economy, the establishments, jobs,
number of enterprises and the largest of them. Both must write the same. Drenthe: 52,400 establishments x 21 years, all
at once. `--landelijk`: a register of 1.8 million establishments x 21 years in 342 municipalities (generated, a gigabyte
on disk), a year at a time on both sides, since pandas would need some 24 GB for all of them; and DuckDB once more for
all years at once.
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
from pathlib import Path

from tests.bench.maat import maat

LANDELIJK = 1_800_000 / 52_400
KOLOMMEN = (
    "jaar",
    "lisanr",
    "onderneming",
    "gemeente",
    "sectie",
    "sbi",
    "sectie_2025",
    "sbi_2025",
    "banen",
    "fulltime",
)


def fill(folder: Path, schaal: float) -> None:
    """Write the generated register, a Parquet a year; a national one is spread over 342 municipalities."""
    import duckdb

    from assets.register import historie
    from assets.register.voorbeeld import generate
    from assets.register.voorbeeld_levering import to_records

    values = {k: k for k in KOLOMMEN}
    if schaal > 1:
        values["gemeente"] = "'GM' || lpad((hash(lisanr) % 342)::VARCHAR, 4, '0')"
    # the types too: a year without a code would have a column without one
    wanted = ", ".join(f"({value})::{historie.VESTIGING[k]} AS {k}" for k, value in values.items())
    for frame in generate(schaal=schaal):
        record = to_records(frame)
        with duckdb.connect() as db:
            db.register("record", record)
            db.execute(
                f"COPY (SELECT {wanted} FROM ({historie.vestiging_sql('record')})) "
                f"TO '{folder}/{record['jaar'].iloc[0]}.parquet'"
            )


def in_duckdb(files: list[Path], target: Path) -> None:
    """Our query, on these files at once."""
    from assets.gesloten import open_gesloten
    from assets.register.groep import read_groepen
    from assets.register.tellen import lay_codes
    from assets.tabel import SQL, read_query

    # the national register is beyond memory as one table, so it may use the disk here: it is no one's
    config = {"memory_limit": "4GB", "temp_directory": str(target.parent / "werk")}
    reach = {target.parent, target.parent / "werk", *(f.parent for f in files)}
    with closing(open_gesloten(*reach, threads=2, config=config)) as db:
        db.execute("CREATE SCHEMA invoer")
        listed = ", ".join(f"'{f}'" for f in files)
        db.execute(f"CREATE VIEW invoer.vestiging AS FROM read_parquet([{listed}])")
        lay_codes(db, read_groepen())
        query = read_query(SQL / "register" / "bijdrage.sql").query
        db.execute(
            f"""
            COPY (
                SELECT jaar, gemeente, kant, atoom, sum(vestigingen)::BIGINT AS vestigingen,
                    sum(banen)::BIGINT AS banen, sum(fulltime)::BIGINT AS fulltime, count(*) AS ondernemingen,
                    max(banen) AS grootste
                FROM ({query}) GROUP BY ALL
            ) TO '{target}' (FORMAT parquet)
            """
        )


def in_pandas(files: list[Path], target: Path) -> None:
    """The same with pandas, on these files at once."""
    import pandas as pd

    from assets.register.groep import read_groepen
    from assets.register.tellen import GECODEERD, make_atomen

    frame = pd.concat([pd.read_parquet(f) for f in files], ignore_index=True)
    edges = [-1, 0, 1, 4, 9, 19, 49, 99, 249, 10**9]
    names = ["0", "1", "2-4", "5-9", "10-19", "20-49", "50-99", "100-249", "250+"]
    frame["klasse"] = pd.cut(frame["fulltime"], edges, labels=names).astype("str")
    for kant, sectie, sbi in (("sector", "sectie", "sbi"), ("sector_2025", "sectie_2025", "sbi_2025")):
        codes = frame[[sectie, sbi]].drop_duplicates().dropna(subset=[sectie])
        codes.columns = ["sectie", "sbi"]
        atomen = make_atomen(codes.assign(kant=kant, sbi=codes["sbi"].fillna("")), read_groepen())
        atomen = atomen.rename(columns={"sectie": sectie, "sbi": sbi, "atoom": kant})[[sectie, sbi, kant]]
        frame = frame.merge(atomen, on=[sectie, sbi], how="left")
        frame[kant] = frame[kant].fillna("onbekend")
    parts = []
    for kant in ("sector", "sector_2025", "klasse"):
        own = frame
        if kant != "klasse":
            known = (frame[kant] != "onbekend").groupby(frame["jaar"]).mean()
            own = frame[frame["jaar"].isin(known[known >= GECODEERD].index)]
        key = ["jaar", "gemeente", kant, "onderneming"]
        bijdrage = own.groupby(key, sort=False).agg(
            vestigingen=("lisanr", "size"), banen=("banen", "sum"), fulltime=("fulltime", "sum")
        )
        cel = bijdrage.groupby(level=[0, 1, 2]).agg(
            vestigingen=("vestigingen", "sum"),
            banen=("banen", "sum"),
            fulltime=("fulltime", "sum"),
            ondernemingen=("banen", "size"),
            grootste=("banen", "max"),
        )
        cel.index.names = ["jaar", "gemeente", "atoom"]
        parts.append(cel.reset_index().assign(kant=kant))
    pd.concat(parts, ignore_index=True).to_parquet(target)


SIDES = {"duckdb": in_duckdb, "pandas": in_pandas}


def side(naam: str, folder: Path, apart: bool) -> None:
    """Run one side in this process, on all years at once or on each apart."""
    files = sorted(folder.glob("*.parquet"))
    out = folder / naam
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for n, part in enumerate([[f] for f in files] if apart else [files]):
        SIDES[naam](part, out / f"{n}.parquet")


def compare(folder: Path) -> int:
    """Raise when the two sides wrote something else; returns the number of cells."""
    import duckdb

    kolommen = "jaar, gemeente, kant, atoom, vestigingen, banen, fulltime, ondernemingen, grootste"
    ours, theirs = (f"(SELECT {kolommen} FROM '{folder / naam}/*.parquet')" for naam in SIDES)
    ((wrong,),) = duckdb.sql(
        f"SELECT count(*) FROM (({ours} EXCEPT {theirs}) UNION ALL ({theirs} EXCEPT {ours}))"
    ).fetchall()
    assert wrong == 0, f"{wrong} cellen verschillen"
    ((cells,),) = duckdb.sql(f"SELECT count(*) FROM {ours}").fetchall()
    return cells


def measure(folder: Path, naam: str, *, apart: bool) -> tuple[float, float, float]:
    """Wall and processor seconds and most memory (MB) of one side as a whole process.

    The peak of a process is at least that of the one that started it, so this one loads and makes nothing large.
    """
    started = time.perf_counter()
    command = [sys.executable, __file__, "--kant", naam, "--map", str(folder), *(["--apart"] if apart else [])]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def show(label: str, runs: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Print the best of the runs by processor time, and return it."""
    best = min(runs, key=lambda r: r[1])
    print(f"  {label:<28} {best[0]:7.1f} s  {best[1]:7.1f} s cpu  {best[2]:8.0f} MB", flush=True)
    return best


def main() -> None:
    """Fill a folder, run both sides, compare what they wrote and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--herhaal", type=int, default=3)
    parser.add_argument("--landelijk", action="store_true")
    parser.add_argument("--map", type=Path)
    parser.add_argument("--vul", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--kant", choices=SIDES)
    parser.add_argument("--apart", action="store_true")
    args = parser.parse_args()
    if args.vul:
        fill(args.map, LANDELIJK if args.landelijk else maat(1.0, 0.05))
        return
    if args.kant:
        side(args.kant, args.map, args.apart)
        return
    folder = args.map or Path(tempfile.mkdtemp(prefix="register-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if not any(folder.glob("*.parquet")):
            command = [sys.executable, __file__, "--vul", "--map", str(folder)]
            subprocess.run([*command, *(["--landelijk"] if args.landelijk else [])], check=True)
        # the first of each warms the disk
        found = {}
        for naam in SIDES:
            found[naam] = show(naam, [measure(folder, naam, apart=args.landelijk) for _ in range(args.herhaal)])
        cells = compare(folder)
        wall, cpu, memory = (theirs / ours for ours, theirs in zip(found["duckdb"], found["pandas"], strict=True))
        print(f"  {cells} cellen gelijk; pandas is {cpu:.1f} keer de rekentijd van DuckDB, {wall:.1f} keer de tijd")
        print(f"  en {memory:.1f} keer het geheugen")
        if args.landelijk:
            show("duckdb, alle jaren ineens", [measure(folder, "duckdb", apart=False)])
    finally:
        if args.map is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
