"""Every measurement still runs, at its smallest size: nobody runs them often, and what is not run falls behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.maat import KLEIN

pytestmark = pytest.mark.lang

HERE = Path(__file__).parent
SMALLEST = {
    "bench_bescherming": ["--van", "2022", "--tot", "2022", "--jaar", "2022"],
    "bench_bouw": ["--herhaal", "1", "--kaarten", "1"],
    "bench_fetch": ["--herhaal", "1"],
    "bench_rapport": ["--herhaal", "1"],
    "bench_register": ["--herhaal", "1"],
    "bench_register_tellen": ["--herhaal", "1"],
    "bench_schaal": ["--delen", "2", "1", "--geheugen", "1g"],
    "bench_trendtoets": ["--reeksen", "20"],
    "bench_veel_toetsen": ["--families", "2"],
}


def test_there_is_a_smallest_size_of_each():
    assert {p.stem for p in HERE.glob("bench_*.py")} == set(SMALLEST)


@pytest.mark.parametrize("naam", sorted(SMALLEST))
def test_it_runs_and_prints_what_it_measured(naam, tmp_path):
    done = subprocess.run(
        [sys.executable, str(HERE / f"{naam}.py"), *SMALLEST[naam]],
        cwd=HERE.parents[1],
        env=os.environ | {KLEIN: "1", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    # figures, and no folder left behind
    assert any(c.isdigit() for c in done.stdout)
    assert list(tmp_path.iterdir()) == []
