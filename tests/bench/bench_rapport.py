"""The report of a build of about real size: 144 cards for Drenthe, its areas and its municipalities.

    python tests/bench/bench_rapport.py [--herhaal 3] [--database BESTAND] [--oud BOOM [--oude-database BESTAND]]

Each run is a whole process, imports included, with the process that sets the PDF below it. The database is the one of
the tests, its indicators repeated; to measure a real build, give its file with `--database`. Says too whether all runs
gave the same bytes. With `--oud` an older tree of this house (`git worktree add BOOM COMMIT`) is measured beside it, in
turn, on its own database.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import runpy
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.maat import maat, python, van

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


def measure(database: Path, folder: Path, tree: Path) -> Run:
    """Make the report once in its own process, as this tree does."""
    start = time.perf_counter()
    # the older tree makes it from a module of another name, and its own script says which
    render = RENDER if tree == ROOT else runpy.run_path(str(tree / "tests" / "bench" / Path(__file__).name))["RENDER"]
    asked = [python(tree), "-c", render, str(database), str(folder)]
    process = subprocess.Popen(asked, cwd=tree, env=van(tree), stdout=subprocess.PIPE, text=True)
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


def made_by(tree: Path, path: Path) -> Path:
    """Write the database of the tests of this tree, its indicators repeated, under the name that a build gives it."""
    path.parent.mkdir()
    write = "import sys; from pathlib import Path; from tests.rapport.voorbeeldbouw import write_database"
    write += f"; write_database(Path(sys.argv[1]), copies={COPIES})"
    subprocess.run([python(tree), "-c", write, str(path)], cwd=tree, env=van(tree), check=True)
    return path


def main() -> None:
    """Measure, and print the median of the runs as a line of a table. The exit code is 1 where the bytes differ."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--herhaal", type=int, default=3)
    parser.add_argument("--database", type=Path)
    parser.add_argument("--oud", type=Path, metavar="BOOM")
    parser.add_argument("--oude-database", type=Path)
    arguments = parser.parse_args()
    trees = {"nu": (ROOT, arguments.database)}
    if arguments.oud:
        trees["oud"] = (arguments.oud.resolve(), arguments.oude_database)
    runs: dict[str, list[Run]] = {name: [] for name in trees}
    pages = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        databases = {n: given or made_by(tree, folder / n / "monitor.duckdb") for n, (tree, given) in trees.items()}
        for n in range(arguments.herhaal):
            for name, (tree, _) in trees.items():
                (folder / name).mkdir(exist_ok=True)
                runs[name].append(measure(databases[name].resolve(), folder / name / str(n), tree))
        pages = {name: sum(1 for _ in (folder / name / "0").rglob("*.html")) for name in trees}
    print("| stand | pagina's | tijd | rekentijd | geheugen: proces | PDF ernaast | samen op één moment |")
    print("|---|---|---|---|---|---|---|")
    for name in trees:
        middle = [
            statistics.median(getattr(r, f) for r in runs[name]) for f in ("seconds", "cpu", "own", "below", "together")
        ]
        times = f"| {name} | {pages[name]} | {middle[0]:.1f} s | {middle[1]:.1f} s | ".replace(".", ",")
        print(times + " | ".join(f"{m:.0f} MB" for m in middle[2:]) + " |")
    if arguments.herhaal < 2:
        return
    same = len({r.digest for r in runs["nu"]}) == 1
    print(f"{len(runs['nu'])} keer gemaakt: {'dezelfde bytes' if same else 'NIET dezelfde bytes'}")
    if not same:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
