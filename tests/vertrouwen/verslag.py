"""Write `docs/betrouwbaarheid.md` from what the tests of trust counted: `python -m tests.vertrouwen.verslag MAP`.

No figure is typed: each row is the sum of what tests wrote. A promise of which nothing was counted says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.vertrouwen.storingen import STORINGEN
from tests.vertrouwen.tellen import BELOFTEN

BLAD = Path(__file__).parents[2] / "docs" / "betrouwbaarheid.md"
KOP = """# Betrouwbaarheid

Wat de monitor belooft als een bron, een schijf, een bestand of een mens faalt, en hoe vaak dat is geprobeerd. De tabel
schrijft `make vertrouwen`; elk getal komt uit de tellers van de toetsen zelf. Het zaad staat vast: wie de opdracht
herhaalt met dezelfde code en dezelfde maat, spuit hetzelfde in. Alleen waar op tijd wordt afgebroken, hangt het moment
van de machine af.

| belofte | toets in `tests/vertrouwen/` | ingespoten | doorstaan | volle maat | datum |
|---|---|---:|---:|---:|---|
"""
VOET = """
Gemeten op versie {versie}, met `make vertrouwen VERTROUWEN_MAAT={maat}`; de toetsen duurden samen {minuten} minuten.
Zonder `VERTROUWEN_MAAT` is de maat 100: de kolom 'volle maat'. Ingespoten is wat er fout werd gemaakt: een antwoord,
een bestand, een tekst, een moment van afbreken. Bij de verversingen telt elke tabel van elke verversing, ook die waar
niets mis was. Staat er bij doorstaan minder dan bij ingespoten, dan is er iets stuk, en eindigt de opdracht met een
fout.

## Wat een bron kan doen
Elk van deze gebeurt in een gewone toets (`make test`): het ophalen eindigt binnen zijn grens, het laatste goede
antwoord blijft staan en in gebruik, en er komt een reden met een volgende opdracht.

| wat de bron doet | toets in `tests/` |
|---|---|
{storingen}

## Wat dit niet meet
- De keten in deze toetsen is klein: twee tabellen van het CBS, met de tabellen van de bouw waar `kern.waarneming` en
  `monitor.indicatorwaarde` van worden gemaakt. Er wordt afgebroken tijdens ophalen, bewaren, bouwen, opschrijven en
  publiceren; het rapport en het register doen hier niet mee. Het rapport wordt geschreven in de map van een bouw die
  nog niet is gepubliceerd.
- Een volle schijf is nagedaan: vanaf een gekozen moment mislukt elke schrijfopdracht van Python.
  `tests/pipelines/test_opruimen.py` doet het met een grens van het systeem, over de hele keten.
- Een ander cijfer dat er net zo uitziet als het goede, ziet niemand. Wat daartegen doet, staat in
  [verversen.md](verversen.md), onder 'Als de cijfers van een bron niet kunnen'.
- Het register heeft eigen aanvallers: `make test-lang`, en [bescherming.md](bescherming.md).
"""


def read_tellingen(folder: Path) -> list[dict[str, Any]]:
    """Read what was counted, in the order of the tests."""
    found = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    return sorted(found, key=lambda t: str(t["test"]))


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def make_blad(tellingen: Sequence[dict[str, Any]], versie: str, dag: date) -> str:
    """Give the page of these counts. Raises ValueError for counts of runs of different sizes."""
    maten = {t["maat"] for t in tellingen}
    if len(maten) > 1:
        raise ValueError(f"tellingen van verschillende maten: {sorted(maten)}")
    rows = []
    for code, (belofte, vol) in BELOFTEN.items():
        own = [t for t in tellingen if t["belofte"] == code]
        tests = ", ".join(sorted({f"`{t['test'].split('[')[0].replace('::', ' ')}`" for t in own})) or "niet gedraaid"
        ingespoten, doorstaan = (sum(t[k] for t in own) for k in ("ingespoten", "doorstaan"))
        day = f"{dag:%d-%m-%Y}" if own else "-"
        figures = (_number(n) for n in (ingespoten, doorstaan, vol))
        rows.append(f"| {' | '.join((belofte, tests, *figures, day))} |")
    maat = f"{next(iter(maten)):g}" if maten else "-"
    minuten = f"{sum(t['seconden'] for t in tellingen) / 60:.0f}"
    lijst = [f"| {what} | {', '.join(f'`{t}`' for t in tests)} |" for what, tests in STORINGEN.items()]
    voet = VOET.format(versie=versie, maat=maat, minuten=minuten, storingen="\n".join(lijst))
    return KOP + "\n".join(rows) + "\n" + voet


def main(words: Sequence[str]) -> int:
    """Write the page of the counts in a folder; 1 when something was not survived or never tried."""
    tellingen = read_tellingen(Path(words[0]))
    BLAD.write_text(make_blad(tellingen, version("stand-van-drenthe"), date.today()), encoding="utf-8")
    sys.stdout.write(f"Geschreven: {BLAD}\n")
    tried = {t["belofte"] for t in tellingen}
    return int(tried != set(BELOFTEN) or any(t["doorstaan"] != t["ingespoten"] for t in tellingen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
