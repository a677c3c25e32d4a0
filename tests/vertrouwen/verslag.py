"""Write `docs/betrouwbaarheid.md` from what the tests of trust counted: `python -m tests.vertrouwen.verslag MAP`.

No figure is typed: each row is the sum of what tests wrote. What a run counted takes the place of what the same test
counted before (`tellingen.json`), and the rest stays as it is, with its own day, version and size: so the page can be
made in pieces. A promise of which nothing was counted says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.vertrouwen.storingen import AANVALLEN, STORINGEN
from tests.vertrouwen.tellen import BELOFTEN

BLAD = Path(__file__).parents[2] / "docs" / "betrouwbaarheid.md"
# the last count of each test, from which the page is made
TELLINGEN = Path(__file__).with_name("tellingen.json")
KOP = """# Betrouwbaarheid

Wat de monitor belooft als een bron, een schijf, een bestand of een mens faalt, en hoe vaak dat is geprobeerd. De tabel
schrijft `make vertrouwen`; elk getal komt uit de tellers van de toetsen zelf. Het zaad staat vast: wie de opdracht
herhaalt met dezelfde code en dezelfde maat, spuit hetzelfde in. Alleen waar op tijd wordt afgebroken, hangt het moment
van de machine af.

| belofte | toets in `tests/vertrouwen/` | ingespoten | doorstaan | volle maat | maat | rekentijd | versie | datum |
|---|---|---:|---:|---:|---:|---:|---|---|
"""
VOET = """
Elke regel zegt van zichzelf met welke maat, welke versie en op welke dag hij is gemeten: `make vertrouwen` doet alles,
`make vertrouwen VERTROUWEN_DEEL=test_gestopt.py` een deel, en wat er niet bij is blijft staan zoals het was. De maat is
die van `VERTROUWEN_MAAT`, in procent; zonder is zij 100, en dat is de kolom 'volle maat'. De rekentijd is die van de
processor, in minuten, met die van de processen die een toets begon. Ingespoten is wat er fout werd gemaakt: een
antwoord, een bestand, een tekst, een moment van afbreken. Bij de verversingen telt elke tabel van elke verversing, en
van het jaar elke nacht, ook als er niets mis was. Staat er bij doorstaan minder dan bij ingespoten, dan is er iets
stuk, en eindigt de opdracht met een fout.

## Wat een bron kan doen
Elk van deze gebeurt in een gewone toets (`make test`): het ophalen eindigt binnen zijn grens, het laatste goede
antwoord blijft staan en in gebruik, en er komt een reden met een volgende opdracht.

| wat de bron doet | toets in `tests/` |
|---|---|
{storingen}

## Wat iemand erin kan stoppen
Een bestand, een tekst of een opdracht kan kwaad willen. Ook dit gebeurt in een gewone toets: het wordt geweigerd met
een reden, of het staat er als tekst. De grenzen aan grootte staan op een plek per soort: `assets/bron/vellen/grens.py`
voor leveringen, `assets/bron/grenzen.py` voor antwoorden en `reports/tekst/wordbestand.py` voor Word.

| wat erin zit | toets in `tests/` |
|---|---|
{aanvallen}

## Wat dit niet meet
- De keten in deze toetsen is klein: twee tabellen van het CBS, met de tabellen van de bouw waar `kern.waarneming` en
  `monitor.indicatorwaarde` van worden gemaakt. Er wordt afgebroken tijdens ophalen, bewaren, bouwen, opschrijven en
  publiceren. De keten met register en rapport heeft een gemeente en een paar bladzijden; elke stap is die van het
  product, met de processen die zetten en tekenen en met een run van Dagster.
- Een volle schijf is er een in het geheugen, van een gekozen grootte (`mount -t tmpfs`, als wie dat mag), en een die is
  nagedaan: vanaf een gekozen moment mislukt elke schrijfopdracht van Python. `tests/pipelines/test_opruimen.py` doet
  het met een grens van het systeem, over de hele keten.
- Wat atheris zoekt, draait alleen waar het is (`uv run --with atheris`, met `VERTROUWEN_UIT` om het te tellen). Zonder
  blijft de regel staan van toen het er was.
- Een ander cijfer dat er net zo uitziet als het goede, ziet niemand. Wat daartegen doet, staat in
  [verversen.md](verversen.md), onder 'Als de cijfers van een bron niet kunnen'.
- Het register heeft eigen aanvallers: `make test-lang`, en [bescherming.md](bescherming.md).
"""


def read_tellingen(folder: Path) -> list[dict[str, Any]]:
    """Read what was counted, in the order of the tests."""
    found = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    return sorted(found, key=lambda t: str(t["test"]))


def _of(telling: dict[str, Any]) -> str:
    """The test of a count, its parameters left out."""
    return str(telling["test"]).partition("[")[0]


def merge(kept: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put new counts in the place of all that the same tests counted before, in the order of the tests."""
    again = {_of(t) for t in found}
    return sorted([*(t for t in kept if _of(t) not in again), *found], key=lambda t: str(t["test"]))


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _all(values: Iterable[Any]) -> str:
    """What the counts of a row say of themselves: once when they agree, else all of it."""
    return " en ".join(map(str, sorted(set(values)))) or "-"


def _minutes(own: Sequence[dict[str, Any]]) -> str:
    if not own or any(t["rekentijd"] is None for t in own):
        return "-"
    return f"{sum(t['rekentijd'] for t in own) / 60:.1f}".replace(".", ",")


def make_blad(tellingen: Sequence[dict[str, Any]]) -> str:
    """Give the page of these counts."""
    rows = []
    for code, (belofte, vol) in BELOFTEN.items():
        own = [t for t in tellingen if t["belofte"] == code]
        tests = ", ".join(sorted({f"`{_of(t).replace('::', ' ')}`" for t in own})) or "niet gedraaid"
        figures = [_number(n) for n in (*(sum(t[k] for t in own) for k in ("ingespoten", "doorstaan")), vol)]
        said = (_all(f"{t['maat']:g}%" for t in own), _minutes(own), _all(t["versie"] for t in own))
        days = " en ".join(f"{date.fromisoformat(d):%d-%m-%Y}" for d in sorted({t["dag"] for t in own})) or "-"
        rows.append(f"| {' | '.join((belofte, tests, *figures, *said, days))} |")
    voet = VOET.format(storingen=_named(STORINGEN), aanvallen=_named(AANVALLEN))
    return KOP + "\n".join(rows) + "\n" + voet


def _named(lijst: Mapping[str, Sequence[str]]) -> str:
    return "\n".join(f"| {what} | {', '.join(f'`{t}`' for t in tests)} |" for what, tests in lijst.items())


def main(words: Sequence[str]) -> int:
    """Write the page with the counts in a folder; 1 when something was not survived or never tried."""
    kept = json.loads(TELLINGEN.read_text(encoding="utf-8")) if TELLINGEN.is_file() else []
    tellingen = merge(kept, read_tellingen(Path(words[0])))
    TELLINGEN.write_text(json.dumps(tellingen, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    BLAD.write_text(make_blad(tellingen), encoding="utf-8")
    sys.stdout.write(f"Geschreven: {BLAD}\n")
    tried = {t["belofte"] for t in tellingen}
    return int(tried != set(BELOFTEN) or any(t["doorstaan"] != t["ingespoten"] for t in tellingen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
