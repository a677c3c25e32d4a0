"""Any province is a tenant: each of the twelve publishes from the folder that it begins with, and names itself only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from begrippen.nieuw_gebied import Provincie, make_gebied, read_provincies
from tests.gebied.vreemd import find_vreemd

PROVINCIES = read_provincies()


@pytest.mark.lang
@pytest.mark.parametrize("provincie", PROVINCIES.values(), ids=lambda p: p.id)
def test_a_province_publishes_and_names_itself_only(provincie: Provincie, tmp_path: Path) -> None:
    gebied, _ = make_gebied(tmp_path / "gebied", provincie.id, provincie.code, 2026)
    settings = {
        "MONITOR_GEBIED": str(gebied.map),
        "MONITOR_OPSLAG": str(tmp_path / "opslag"),
        "MONITOR_UITVOER": str(tmp_path / "uitvoer"),
        "MONITOR_REGISTER": "0",
    }
    command = [str(Path(sys.executable).with_name("monitor")), "run", "--bron", "voorbeeld"]
    run = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    own = tmp_path / "uitvoer" if provincie.id == "drenthe" else tmp_path / "uitvoer" / provincie.id
    actueel = own / "voorbeeld" / "actueel"
    assert gebied.titel in (actueel / "rapport" / "index.html").read_text(encoding="utf-8")
    others = [p for p in PROVINCIES.values() if p.code != provincie.code]
    # a name alone may stand beside that of other provinces; what only a tenant says of itself may not
    words = [f"{p.bijvoeglijk} economie" for p in others] + [f"provincie {p.naam}." for p in others]
    assert find_vreemd(actueel, words) == []
