"""What an editor may fill in stands on a page: a field that is read and shown nowhere is work for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assets.beleid.vormen import VORMEN

ROOT = Path(__file__).parents[2]
BLADEN = "\n".join(
    p.read_text(encoding="utf-8")
    for map_ in ("reports/hoofdstukken", "reports/gedrukt")
    for p in sorted((ROOT / map_).glob("*.py"))
)
VRAGEN = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "sql/beleid").glob("*.sql")))
# what only tells rows apart, or is said by what follows from it
ANDERS = {
    "id": "tells rows apart",
    "soort": "decides how a row is told",
    "volgnummer": "where it stands",
    "peildatum": "by which the state follows",
    "bijgewerkt": "by which the state follows",
    "stand": "by which the state follows",
    "vergelijking": "told with the norm",
}


@pytest.mark.parametrize(
    ("tabel", "veld"),
    [(t, v) for t, vorm in VORMEN.items() for v in vorm.model_fields if v not in ANDERS],
)
def test_every_field_is_shown_or_asked_for(tabel: str, veld: str) -> None:
    # by its name, or in a pattern (`reports.patroon`)
    shown = re.search(rf"""[\["']{veld}["'\]]|\{{{veld}[}}:!]""", BLADEN)
    assert shown or re.search(rf"\b{veld}\b", VRAGEN), f"{tabel}.{veld} is read and shown nowhere"
