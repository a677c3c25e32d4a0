"""Figures as CSV: UTF-8, unrounded, as Dutch spreadsheets open it: semicolons, decimal comma.

A missing value is an empty field with its reason beside it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from begrippen.formule import ontscherp
from reports.downloads.gegevens import Rij, Veld, namen

PUNTKOMMA = ";"
# Digits of a number in a file: as many as a sum of floats is sure of.
CIJFERS = 15


def getal(waarde: float | int | None) -> str:
    """A number as it was computed, with a decimal comma; empty where there is none."""
    return "" if waarde is None else format(waarde, f".{CIJFERS}g").replace(".", ",")


def write(velden: Sequence[Veld], rijen: Iterable[Rij]) -> bytes:
    """Columns and rows as the bytes of a file.

    The mark in front lets Excel see that this is UTF-8.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=PUNTKOMMA, lineterminator="\n")
    writer.writerow(namen(velden))
    for rij in rijen:
        writer.writerow([ontscherp(v) if isinstance(v, str) else getal(v) for v in rij])
    return text.getvalue().encode("utf-8-sig")


def join(bestanden: Iterable[bytes]) -> bytes:
    """Files of the same columns as one."""
    joined = bytearray()
    for bestand in bestanden:
        joined += bestand[bestand.index(b"\n") + 1 :] if joined else bestand
    return bytes(joined)
