"""The report of a build of about real size: 144 cards for Drenthe, its areas and its municipalities.

    python tests/bench/bench_rapport.py [--herhaal 3] [--database BESTAND]

Each run is a whole process, imports included, with the process that sets the PDF below it. The database is the one of
the tests, its indicators repeated; to measure a real build, give its file with `--database`. Says too whether all runs
gave the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.maat import maat

ROOT = Path(__file__).parents[2]
COPIES = maat(18, 1)
RENDER = """
import resource, sys
from pathlib import Path
from assets.rapport.schrijven import write_rapport
write_rapport(Path(sys.argv[1]), Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@dataclass(frozen=True)
class Run:
    """Seconds, seconds of CPU, and MB: at most in the process itself, in one below it, and in all at one moment."""

    seconds: float
    cpu: float
    own: float
    below: float
    together: float
    digest: str


def watch(pid: int, peak: list[int], done: threading.Event) -> None:
    """Keep the most memory that a process and those below it held at one moment, looking ten times a second."""
    while not done.wait(0.1):
        total = 0
        try:
            process = psutil.Process(pid)
            for member in (process, *process.children(recursive=True)):
                total += member.memory_info().rss
        except psutil.Error:
            continue
        peak[0] = max(peak[0], total)


def digest(folder: Path) -> str:
    """One number for the names and the bytes of all files in a folder."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(str(path.relative_to(folder)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def measure(database: Path, folder: Path) -> Run:
    """Make the report once in its own process."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", RENDER, str(database), str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    peak, done = [0], threading.Event()
    watcher = threading.Thread(target=watch, args=(process.pid, peak, done))
    watcher.start()
    assert process.stdout is not None
    printed = process.stdout.read().split()
    # the time of the processes below is in that of the process that waited for them
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    if status:
        raise SystemExit(f"het rapport maken is mislukt, afsluitcode {status}")
    own, below = (int(part) / 1024 for part in printed)
    return Run(seconds, usage.ru_utime + usage.ru_stime, own, below, peak[0] / 2**20, digest(folder))


def main() -> None:
    """Measure, and print the median of the runs as a line of a table. The exit code is 1 where the bytes differ."""
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
    middle = [statistics.median(getattr(r, f) for r in runs) for f in ("seconds", "cpu", "own", "below", "together")]
    print("| pagina's | tijd | rekentijd | geheugen: proces | PDF ernaast | samen op één moment |")
    print("|---|---|---|---|---|---|")
    print(
        f"| {pages} | {middle[0]:.1f} s | {middle[1]:.1f} s | ".replace(".", ",")
        + " | ".join(f"{m:.0f} MB" for m in middle[2:])
        + " |"
    )
    if len(runs) < 2:
        return
    same = len({r.digest for r in runs}) == 1
    print(f"{len(runs)} keer gemaakt: {'dezelfde bytes' if same else 'NIET dezelfde bytes'}")
    if not same:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
