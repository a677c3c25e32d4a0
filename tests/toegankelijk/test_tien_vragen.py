"""The questions of readers, asked in a real browser of a whole report, and compared with its database."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from assets.rapport.editie import read_editie
from begrippen.gebied import gekozen
from tests.tienvragen import Gepubliceerd, missing
from tests.toegankelijk.conftest import HERE, serve

pytestmark = pytest.mark.toegankelijk


def test_each_question_is_answered_in_one_click_by_what_the_database_has(rapport: Path) -> None:
    database = rapport.parent / "monitor.duckdb"
    if not (rapport / "vragen.html").exists():
        pytest.skip(
            "dit kleine rapport stelt geen vragen; een heel rapport geeft men met --rapport, zoals .ci/ander-gebied"
        )
    gebied = gekozen()
    vragen = read_editie(gebied.edities, 2026).editie.vragen
    with serve(rapport) as address:
        done = subprocess.run(
            ["node", "vragen.mjs", address, *(v.vraag for v in vragen)],
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, f"Chromium of Node stopte: {done.stderr[-2000:]}"
    published = Gepubliceerd(database, gebied.code)
    seen = json.loads(done.stdout)
    assert len(seen) == len(vragen)
    for vraag, found in zip(vragen, seen, strict=True):
        assert found["klikken"] <= 2 and found["in_beeld"], found
        assert missing(found["antwoord"], published.expected(vraag, gebied.buren)) == [], found
