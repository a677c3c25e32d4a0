"""Readers of a word, searched by atheris where it can be had (see `geleid`)."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.conftest import ROOT
from tests.vertrouwen.tellen import aantal

pytestmark = pytest.mark.lang


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is er niet; het komt mee met: uv run --with atheris")
def test_a_word_that_is_searched_for_is_read_or_refused(tel):
    runs = aantal(60_000, minstens=1_000)
    with tel("geleid") as telling, telling.proef("atheris", runs):
        done = subprocess.run(
            [sys.executable, "-m", "tests.vertrouwen.geleid", str(runs), "20261130"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2_000:]
        found = re.search(r"Done (\d+) in", done.stderr)
        assert found and int(found[1]) == runs
        # a search that saw no line of ours would be one at random
        seen = re.findall(r"cov: (\d+)", done.stderr)
        assert int(seen[-1]) > int(seen[0]) > 0
