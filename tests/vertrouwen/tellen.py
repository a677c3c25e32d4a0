"""What is promised, and the counting of it: a test says what it injects, and what was survived is counted here.

`VERTROUWEN_MAAT` is the size in percent of the full one; `VERTROUWEN_UIT` the folder in which every count is written as
JSON, for `tests.vertrouwen.verslag`.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
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
    "schijf": ("Een volle schijf of een map zonder schrijfrecht kost niets van wat er stond.", 100),
    "aanlevering": ("Een beschadigde aanlevering wordt gelezen zoals zij is bedoeld, of geweigerd.", 8_000),
    "kruistabel": ("Een beschadigde download van StatLine geeft de cijfers die erin stonden, of geen.", 4_000),
    "register": ("Van een beschadigde levering van het register is elke regel verantwoord.", 1_000),
    "bestand": (
        "Een willekeurig beschadigd bestand wordt gelezen of geweigerd in gewone taal; niets loopt vast.",
        27_000,
    ),
    "woord": ("Een willekeurige tekst als periode, regio, getal of eenheid wordt gelezen of geweigerd.", 8_000),
}


def maat() -> float:
    """The size of this run, in percent of the full one."""
    return float(os.environ.get(MAAT, "100"))


def aantal(vol: int, minstens: int = 1) -> int:
    """How many of `vol` this run does."""
    return max(minstens, round(vol * maat() / 100))


@dataclass
class Telling:
    """What a test injected for a promise and what was survived; `fouten` tells of what was not."""

    belofte: str
    test: str
    ingespoten: int = 0
    doorstaan: int = 0
    seconden: float = 0.0
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
    found, started = Telling(belofte, test), time.monotonic()
    try:
        yield found
    finally:
        found.seconden = round(time.monotonic() - started, 1)
        if folder := os.environ.get(UIT):
            Path(folder).mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(test.encode()).hexdigest()[:16]
            content = asdict(found) | {"maat": maat()}
            (Path(folder) / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    if found.fouten:
        rest = len(found.fouten) - GETOOND
        more = f"\nen nog {rest}" if rest > 0 else ""
        pytest.fail("\n".join(found.fouten[:GETOOND]) + more)
    assert found.ingespoten > 0
