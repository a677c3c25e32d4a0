"""What is promised, and the counting of it: a test says what it injects, and what was survived is counted here.

`VERTROUWEN_MAAT` is the size in percent of the full one; `VERTROUWEN_UIT` the folder in which every count is written as
JSON, for `tests.vertrouwen.verslag`. A count says of itself on which day, at what size and of which version it is, so
that a page can be put together of runs on different days.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from multiprocessing.forkserver import _forkserver  # type: ignore[attr-defined]  # it alone knows its pid
from pathlib import Path

import pytest

MAAT, UIT = "VERTROUWEN_MAAT", "VERTROUWEN_UIT"
# a test tells so many of what failed
GETOOND = 5

# The promises, in the order of the page: code -> what a reader is promised, how many are injected at full size.
BELOFTEN: dict[str, tuple[str, int]] = {
    "verversing": ("Geen fout van een bron komt als fout of ontbrekend cijfer in wat is gepubliceerd.", 100),
    "antwoord": ("Een antwoord dat op een plek niet klopt, geeft geen fout cijfer en geen onverwachte fout.", 60_000),
    "gestopt": ("Waar een verversing ook wordt afgebroken: er staat een hele bouw, de vorige of de nieuwe.", 200),
    "rapport": (
        "Ook bij het beveiligen van het register en het maken van het rapport: niets half, niets ernaast, geen merk.",
        50,
    ),
    "schijf": ("Een volle schijf of een map zonder schrijfrecht kost niets van wat er stond.", 150),
    "naast": (
        "Een klok die verspringt, twee verversingen tegelijk, een lezer die vasthoudt: het laatste goede staat er.",
        100,
    ),
    "jaar": (
        "In een jaar van nachten waarin van alles misgaat: van elke oorzaak een bericht, geen vals, een heel rapport.",
        365,
    ),
    "aanlevering": ("Een beschadigde aanlevering wordt gelezen zoals zij is bedoeld, of geweigerd.", 8_000),
    "kruistabel": ("Een beschadigde download van StatLine geeft de cijfers die erin stonden, of geen.", 4_000),
    "register": ("Van een beschadigde levering van het register is elke regel verantwoord.", 1_000),
    "bestand": (
        "Een willekeurig beschadigd bestand wordt gelezen of geweigerd in gewone taal; niets loopt vast.",
        27_000,
    ),
    "woord": ("Een willekeurige tekst als periode, regio, getal of eenheid wordt gelezen of geweigerd.", 8_000),
    "geleid": (
        "Een tekst die wordt gezocht tot elke regel van een lezer is geraakt (atheris), wordt gelezen of geweigerd.",
        60_000,
    ),
}


def maat() -> float:
    """The size of this run, in percent of the full one."""
    return float(os.environ.get(MAAT, "100"))


def aantal(vol: int, minstens: int = 1) -> int:
    """How many of `vol` this run does."""
    return max(minstens, round(vol * maat() / 100))


def rekentijd() -> float:
    """Seconds of processor that this process used, with those that it waited for: also what a forkserver started."""
    own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    stat = Path(f"/proc/{_forkserver._forkserver_pid}/stat")
    if not stat.is_file():
        return own
    # proc(5): the name may hold anything and ends at the last parenthesis; 14 to 17 are own and waited-for ticks
    ticks = stat.read_text().rpartition(")")[2].split()[11:15]
    return own + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


@dataclass
class Telling:
    """What a test injected for a promise and what was survived; `fouten` tells of what was not.

    `rekentijd` is in seconds of processor; `maat` in percent of the full size.
    """

    belofte: str
    test: str
    dag: str = field(default_factory=lambda: date.today().isoformat())
    versie: str = field(default_factory=lambda: version("stand-van-drenthe"))
    maat: float = field(default_factory=maat)
    ingespoten: int = 0
    doorstaan: int = 0
    rekentijd: float = 0.0
    fouten: list[str] = field(default_factory=list)

    @contextmanager
    def proef(self, wat: str, n: int = 1) -> Iterator[None]:
        """Inject `n` things: survived when nothing is raised. The count goes on after what was not."""
        self.ingespoten += n
        try:
            yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self.fouten.append(f"{wat}: {type(error).__name__}: {error}"[:600])
        else:
            self.doorstaan += n


@contextmanager
def telling(belofte: str, test: str) -> Iterator[Telling]:
    """Count for a promise, write what came of it, and fail when not everything was survived or nothing was injected."""
    assert belofte in BELOFTEN, belofte
    found, started = Telling(belofte, test), rekentijd()
    try:
        yield found
    finally:
        found.rekentijd = round(rekentijd() - started, 1)
        if folder := os.environ.get(UIT):
            Path(folder).mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(test.encode()).hexdigest()[:16]
            (Path(folder) / f"{name}.json").write_text(json.dumps(asdict(found), ensure_ascii=False), encoding="utf-8")
    if found.fouten:
        rest = len(found.fouten) - GETOOND
        more = f"\nen nog {rest}" if rest > 0 else ""
        pytest.fail("\n".join(found.fouten[:GETOOND]) + more)
    assert found.ingespoten > 0
