"""The two classifications of activities: sections and divisions, and which of the two a delivery is coded in.

Source of the facts: SBI 2008 and SBI 2025 of Statistics Netherlands, which follow NACE Rev. 2 and Rev. 2.1 down to the
division. What changed at this level: division 45 (motor trade) went, its parts are in 46, 47 and 95; section J was
split into J (publishing, broadcasting) and K (telecommunications, programming), so each letter after it moved up one:
health care is Q in SBI 2008 and R in SBI 2025.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

GEGEVENS = Path(__file__).parent / "gegevens"
VERSIES = ("2008", "2025")
# Series in SBI 2008 run to this year; from then on the trade register codes in SBI 2025 alone.
LAATSTE_JAAR_2008 = 2025


@cache
def read_secties(versie: str) -> pd.DataFrame:
    """Give the sections of a version: sectie, afdelingen (text such as `10-33`), naam."""
    return pd.read_csv(GEGEVENS / f"sbi{versie}.csv", sep=";", dtype=str, encoding="utf-8")


@cache
def read_afdelingen(versie: str) -> dict[str, str]:
    """Give the section of each division of a version: {'01': 'A', ...}. It is closed: another division is unknown."""
    found = {}
    for sectie, text in read_secties(versie)[["sectie", "afdelingen"]].itertuples(index=False):
        first, _, last = text.partition("-")
        for number in range(int(first), int(last or first) + 1):
            found[f"{number:02d}"] = sectie
    # Numbers that neither version gives out.
    return {a: s for a, s in found.items() if a not in ("04", "34", "40", "44", "48", "54", "57")}
