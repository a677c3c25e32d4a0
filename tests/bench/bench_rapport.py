"""The report of a build of about real size: 144 cards for Drenthe, its areas and its municipalities.

    python tests/bench/bench_rapport.py [--herhaal 3]

Each run is a whole process, imports included. The database is the one of the tests, its indicators repeated; to measure
a real build, give its file with `--database`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIES = 18
RENDER = "import sys; from pathlib import Path; from assets.rapport.rapport import write_rapport; "
RENDER += "write_rapport(Path(sys.argv[1]), Path(sys.argv[2]))"


def measure(database: Path, folder: Path) -> tuple[float, float, int]:
    """Seconds, seconds of CPU and MB of one rendering in its own process."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", RENDER, str(database), str(folder)], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"het rapport maken is mislukt, afsluitcode {status}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def main() -> None:
    """Measure, and print the median of the runs as a line of a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--herhaal", type=int, default=3)
    parser.add_argument("--database", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = arguments.database
        if database is None:
            sys.path.insert(0, str(ROOT))
            from tests.rapport.voorbeeldbouw import write_database

            database = write_database(folder / "monitor.duckdb", copies=COPIES)
        runs = [measure(database, folder / str(n)) for n in range(arguments.herhaal)]
        pages = sum(1 for _ in (folder / "0").rglob("*.html"))
    seconds, cpu, memory = (statistics.median(r[n] for r in runs) for n in range(3))
    print("| pagina's | tijd | rekentijd | geheugen |\n|---|---|---|---|")
    print(f"| {pages} | {seconds:.1f} s | {cpu:.1f} s | {memory:.0f} MB |".replace(".", ","))


if __name__ == "__main__":
    main()
