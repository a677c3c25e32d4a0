"""Any province is a tenant: each of the twelve publishes from the folder that it begins with, and names itself only.

Each records some tables of the sample for its own regions and replays them, with a few cards of each theme: a whole
sample for each would take half an hour.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from assets.indicatoren.kaart import read_kaarten
from begrippen.nieuw_gebied import Provincie, make_gebied, read_provincies
from tests.gebied.vreemd import find_vreemd

PROVINCIES = read_provincies()
# With these every theme of the shared cards has a figure, but for what only a delivery has; the last two make the
# analyses of jobs and of commuters.
TABELLEN = (
    *("70072ned", "85924NED", "70262ned", "85146NED", "86137NED", "82538NED", "82522NED", "86160NED", "82059NED"),
    *("83582NED", "85481NED"),
)
ZONDER_TABEL = {"subjectief_welzijn", "regio_deal"}
PER_THEMA = 2
# Nine periods, so that series are long enough for a verdict; a recording to send to somebody has three.
RECORD = """
import sys
from pathlib import Path
from assets.bron import opnemen
from pipelines.opnemen import record_answers
opnemen.LAATSTE = 9
sys.exit(0 if record_answers("voorbeeld", Path(sys.argv[1]), tuple(sys.argv[2:])) else 1)
"""


def choose_kaarten() -> dict[str, list[str]]:
    """A few shared cards of each theme whose first source is one of these tables: theme -> ids."""
    chosen: dict[str, list[str]] = defaultdict(list)
    for kaart in read_kaarten().values():
        bron = kaart.bronnen[0]
        if {t.tabel or bron.tabel for t in (*bron.teller, *bron.noemer)} <= {*TABELLEN} and kaart.doel == "rapport":
            chosen[kaart.thema].append(kaart.id)
    return {thema: ids[:PER_THEMA] for thema, ids in chosen.items()}


def test_the_tables_have_a_card_of_every_theme() -> None:
    themas = {k.thema for k in read_kaarten().values() if k.doel == "rapport"}
    assert themas - choose_kaarten().keys() <= ZONDER_TABEL


def test_there_are_twelve() -> None:
    assert len(PROVINCIES) == 12


@pytest.mark.lang
@pytest.mark.parametrize("provincie", PROVINCIES.values(), ids=lambda p: p.id)
def test_a_province_publishes_and_names_itself_only(provincie: Provincie, tmp_path: Path) -> None:
    gebied, _ = make_gebied(tmp_path / "gebied", provincie.id, provincie.code, 2026)
    editie = gebied.map / "edities" / "2026" / "editie.toml"
    ids = [f'"{id}"' for thema, ids in choose_kaarten().items() if thema != "regio_deal" for id in ids]
    empty, text = "indicatoren = []  ", editie.read_text(encoding="utf-8")
    assert empty in text
    editie.write_text(text.replace(empty, f"indicatoren = [{', '.join(ids)}]  "), encoding="utf-8")
    env = os.environ | {
        "MONITOR_GEBIED": str(gebied.map),
        "MONITOR_OPSLAG": str(tmp_path / "opslag"),
        "MONITOR_UITVOER": str(tmp_path / "uitvoer"),
        "MONITOR_REGISTER": "0",
    }
    opname = tmp_path / "opname"
    for command in (
        [sys.executable, "-c", RECORD, str(opname), *TABELLEN],
        [str(Path(sys.executable).with_name("monitor")), "run", "--bron", f"opname:{opname}"],
    ):
        run = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
    own = tmp_path / "uitvoer" if provincie.id == "drenthe" else tmp_path / "uitvoer" / provincie.id
    actueel = own / "opname" / "actueel"
    assert gebied.titel in (actueel / "rapport" / "index.html").read_text(encoding="utf-8")
    others = [p for p in PROVINCIES.values() if p.code != provincie.code]
    # a name alone may stand beside that of other provinces; what only a tenant says of itself may not
    words = [f"{p.bijvoeglijk} economie" for p in others] + [f"provincie {p.naam}." for p in others]
    assert find_vreemd(actueel, words) == []
