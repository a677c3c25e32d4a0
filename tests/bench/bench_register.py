"""The import of the register: 52,400 establishments in each of 21 years, every record checked and kept.

    python tests/bench/bench_register.py [--herhaal 3] [--map MAP]

The import is one whole process, Python and libraries included, that takes in all 21 deliveries one after the other, as
CSV in the full LISA layout. Writing the deliveries is not counted. An account that does not add up, or a history that
is not what was delivered, ends the run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.maat import maat

VESTIGINGEN = maat(52_400, 2_000)


def make(folder: Path) -> None:
    """Write the deliveries: every year as large as the largest that was published."""
    from dataclasses import replace

    from assets.register.voorbeeld import generate, read_doelen
    from assets.register.voorbeeld_levering import write_delivery

    doelen = {jaar: replace(doel, vestigingen=VESTIGINGEN) for jaar, doel in read_doelen().items()}
    for frame in generate(doelen=doelen):
        write_delivery(frame, folder / f"pwr_{frame['jaar'].iloc[0]}.csv")


def take_in(folder: Path) -> None:
    """Take in all deliveries."""
    from assets.register.kluis import Kluis
    from assets.register.levering import import_delivery

    kluis = Kluis(folder / "opslag", "voorbeeld")
    for path in sorted(folder.glob("pwr_*.csv")):
        uitkomst = import_delivery(path, f"{path.stem[-4:]}-04-01", kluis, datetime.now(UTC))
        assert uitkomst.lichting.aangenomen, uitkomst.bezwaren
        assert uitkomst.verslag.regels == uitkomst.verslag.aangenomen >= VESTIGINGEN


def read(folder: Path) -> None:
    """Read the whole history, as the protection does."""
    from assets.register.historie import read_historie
    from assets.register.kluis import Kluis

    found = read_historie(Kluis(folder / "opslag", "voorbeeld")).aggregate("count(*), sum(banen)").fetchall()
    assert found[0][0] == VESTIGINGEN * 21, found


STEPS = {"make": make, "take_in": take_in, "read": read}


def measure(step: str, folder: Path) -> tuple[float, float, float]:
    """Run a step as a process of its own: seconds, seconds of computing, MB at most."""
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, "--stap", step, "--map", str(folder)])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{step} is mislukt")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main() -> None:
    """Measure, and print a table for docs/metingen.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--herhaal", type=int, default=3)
    parser.add_argument("--map", type=Path)
    parser.add_argument("--stap", choices=STEPS)
    options = parser.parse_args()
    if options.stap:
        STEPS[options.stap](options.map)
        return
    folder = Path(tempfile.mkdtemp(dir=options.map))
    try:
        measure("make", folder)
        size = sum(p.stat().st_size for p in folder.glob("*.csv")) / 1e6
        print(f"21 leveringen van {VESTIGINGEN} vestigingen, samen {size:.0f} MB; middelste van {options.herhaal}\n")
        found: dict[str, list[tuple[float, float, float]]] = {"take_in": [], "read": []}
        for _ in range(options.herhaal):
            shutil.rmtree(folder / "opslag", ignore_errors=True)
            for step, times in found.items():
                times.append(measure(step, folder))
        print("| wat | tijd | rekentijd | geheugen |\n|---|---|---|---|")
        for step, name in (("take_in", "innemen, 21 jaren"), ("read", "geschiedenis lezen")):
            seconds, cpu, memory = (statistics.median(column) for column in zip(*found[step], strict=True))
            print(f"| {name} | {seconds:.2f} s | {cpu:.2f} s | {memory:.0f} MB |".replace(".", ","))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
