"""The protection of the register: how long it takes, what it costs in figures, and how near the cheapest it comes.

    python tests/bench/bench_bescherming.py [--van 2009] [--tot 2023] [--jaar 2012 2022] [--map MAP] [--oud MAP]

The generated register (52,400 establishments in its largest year), all published tables of jobs. Protection and attack
are whole processes, imports included, with the processes that they start themselves. Generating and counting are not
counted. `--jaar`: years that are also protected by themselves, beside the exact choice: the same inequalities, chosen
until HiGHS proves that no pattern is half a percent cheaper. `--oud`: a folder with another version of the monitor
(`git worktree add MAP VERSIE`), that protects and attacks the same years in turn, and says how many times as long it
takes and whether it withholds the same. The attack gets the deviations that were found, as in a run of the monitor, and
holds each against all that it knows. A figure that it finds too narrow ends the run.
"""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.bench.maat import maat

EXACT = maat(0.005, 0.5)
ROOT = Path(__file__).resolve().parents[2]


def fill(folder: Path, _: list[int]) -> None:
    """Generate the register and count it."""
    import duckdb

    from assets.bron.bronlijst import read_registertabellen
    from assets.gesloten import gegeven
    from assets.register import historie
    from assets.register.assets import PWR
    from assets.register.groep import read_groepen
    from assets.register.tellen import count_register, open_register
    from assets.register.voorbeeld import generate
    from assets.register.voorbeeld_levering import to_records
    from begrippen.regio import registergebieden

    with open_register() as db:
        names = []
        for frame in generate(schaal=maat(1.0, 0.05)):
            names.append(f"jaar_{frame['jaar'].iloc[0]}")
            with gegeven(db, "record", to_records(frame)):
                db.execute(f"CREATE TEMP TABLE {names[-1]} AS {historie.vestiging_sql('record')}")
        assert isinstance(db, duckdb.DuckDBPyConnection)
        db.execute("CREATE TABLE invoer.vestiging AS " + " UNION ALL BY NAME ".join(f"FROM {n}" for n in names))
        geteld = count_register(db, read_groepen(), read_registertabellen()[PWR], registergebieden(date(2026, 1, 1)))
    (folder / "geteld.pickle").write_bytes(pickle.dumps(geteld))


def _read(folder: Path, years: list[int]):  # type: ignore[no-untyped-def]
    geteld = pickle.loads((folder / "geteld.pickle").read_bytes())
    rows = geteld.bijdragen[geteld.bijdragen["jaar"].isin(years)]
    return rows, {j: geteld.cellen[j] for j in years}


def protect_years(folder: Path, years: list[int]) -> None:
    """Choose what is withheld, and print what that costs."""
    from assets.register.bescherming.beschermen import protect
    from assets.register.bescherming.geheugen import Geheugen
    from assets.register.bescherming.parameters import Parameters

    found = protect(*_read(folder, years), Parameters(), Geheugen())
    found.cellen.to_pickle(folder / "cellen.pickle")
    (folder / "getuigen.pickle").write_bytes(pickle.dumps(found.getuigen))
    cellen = found.cellen
    some = cellen[cellen["vestigingen"] > 0]
    for name, frame in (("van alle cellen", cellen), ("van de cellen die niet nul zijn", some)):
        away = frame["patroon"] != "open"
        print(f"{name}: {100 * away.mean():.2f}% onderdrukt, met {100 * _jobs(frame, away):.2f}% van de banen")
    print(f"niet te beschermen: {len(found.openstaand)}; onderdrukt: {int((cellen['patroon'] != 'open').sum())}")


def _jobs(frame, away) -> float:  # type: ignore[no-untyped-def]
    return float(frame.loc[away, "banen"].sum() / frame["banen"].sum())


def attack_years(folder: Path, years: list[int]) -> None:
    """Attack what would be published."""
    import pandas as pd

    from assets.register.bescherming.aanval import attack
    from assets.register.bescherming.geheugen import Geheugen
    from assets.register.bescherming.parameters import Parameters

    cellen = pd.read_pickle(folder / "cellen.pickle")
    long = cellen.melt(["jaar", "regio", "uitsplitsing", "patroon"], var_name="maat", value_name="waarde")
    long["waarde"] = long["waarde"].where(long["patroon"] == "open").astype("Int64")
    shown = pickle.loads((folder / "getuigen.pickle").read_bytes())
    narrow = attack(*_read(folder, years), long, Parameters(), Geheugen(), shown).te_smal
    assert narrow.empty, f"{len(narrow)} cellen zijn te smal"
    print("te smalle intervallen: 0")


def exact(folder: Path, years: list[int]) -> None:
    """Hold the pattern of single years against the exact choice."""
    from assets.register.bescherming.beschermen import KEUZES
    from assets.register.bescherming.geheugen import Geheugen
    from assets.register.bescherming.jaren import Jaren
    from assets.register.bescherming.parameters import Parameters
    from assets.register.bescherming.stelsel import BANEN

    for jaar in years:
        rows, cellen = _read(folder, [jaar])
        rows = rows.assign(parttime=rows["banen"] - rows["fulltime"])
        cost = []
        for rounds, gap in ((KEUZES, None), (maat(10_000, 2 * KEUZES), EXACT)):
            jaren = Jaren(rows, cellen, BANEN, Parameters(), Geheugen(), rounds, *([gap] if gap else []))
            jaren.search(jaar, {})
            cost.append(jaren.cost(jaar))
        ours, best = cost
        print(f"{jaar}: {100 * (ours / best - 1):.2f}% duurder dan de exacte keuze (die zelf tot op {100 * EXACT}%)")


STEPS = {"vul": fill, "beschermen": protect_years, "aanval": attack_years, "exact": exact}


def run(step: str, folder: Path, years: list[int], root: Path = ROOT) -> tuple[float, float, float]:
    """Run a step as a process of its own: seconds, seconds of computing (its own processes too), MB of the largest."""
    begin = time.perf_counter()
    command = [sys.executable, __file__, step, "--map", str(folder), "--jaar", *map(str, years)]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(root)})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{step} mislukte; draai: {' '.join(command)}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Measure, or be one of the steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wie", nargs="?", choices=["meet", *STEPS], default="meet")
    parser.add_argument("--van", type=int, default=2009)
    parser.add_argument("--tot", type=int, default=2023)
    parser.add_argument("--jaar", type=int, nargs="*", default=[2012, 2022])
    parser.add_argument("--map", type=Path)
    parser.add_argument("--oud", type=Path)
    arguments = parser.parse_args()
    if arguments.wie != "meet":
        STEPS[arguments.wie](arguments.map, arguments.jaar)
        return
    years = list(range(arguments.van, arguments.tot + 1))
    with tempfile.TemporaryDirectory(dir=arguments.map) as folder:
        run("vul", Path(folder), [])
        rows, kept = [], Path(folder) / "cellen.pickle"
        for root in filter(None, (arguments.oud, ROOT)):
            before = kept.read_bytes() if kept.exists() else b""
            rows += [(name, run(name, Path(folder), years, root)) for name in ("beschermen", "aanval")]
        if arguments.oud:
            print(f"dezelfde cellen onderdrukt: {'ja' if before == kept.read_bytes() else 'nee'}")
            for (name, old), (_, new) in zip(rows[:2], rows[2:], strict=True):
                print(f"{name}: {old[1] / new[1]:.2f} keer zoveel rekentijd in {arguments.oud}")
        run("exact", Path(folder), arguments.jaar)
    print(f"\nload {os.getloadavg()[0]:.1f}; {len(years)} jaren\n")
    print("| wat | tijd | rekentijd | geheugen |\n|---|---|---|---|")
    for name, (seconds, cpu, memory) in rows:
        print(f"| {name} | {seconds:.1f} s | {cpu:.1f} s | {memory:.0f} MB |".replace(".", ","))


if __name__ == "__main__":
    main()
