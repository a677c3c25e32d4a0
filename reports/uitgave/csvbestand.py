"""The numbers behind a figure as CSV: UTF-8, long, unrounded, as Dutch spreadsheets open it.

Semicolons, decimal comma. A missing value is an empty field with its reason beside it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from reports import getallen
from reports.model import Indicator

KOLOMMEN = (
    *("indicator", "naam", "eenheid", "regiocode", "regio", "regiosoort"),
    *("periode", "periode_naam", "waarde", "status", "leeg_reden", "opmerking"),
)


def getal(waarde: float | None) -> str:
    """A number as it was computed, with a decimal comma; empty where there is none."""
    return "" if waarde is None else format(waarde, ".15g").replace(".", ",")


def write(kolommen: Sequence[str], rijen: Iterable[Sequence[object]]) -> bytes:
    """Columns and rows as the bytes of a file; numbers with decimals are written as `getal` does.

    The mark in front lets Excel see that this is UTF-8.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(kolommen)
    for rij in rijen:
        writer.writerow([getal(v) if isinstance(v, float) else "" if v is None else v for v in rij])
    return text.getvalue().encode("utf-8-sig")


def of_indicator(indicator: Indicator) -> bytes:
    """All values of an indicator: one row a region and period."""
    return write(KOLOMMEN, (rij for code in indicator.reeksen for rij in _rijen(indicator, code)))


def of_regio(indicatoren: Iterable[Indicator], regio: str) -> bytes:
    """All values of a region: one row an indicator and period."""
    return write(KOLOMMEN, (rij for i in indicatoren if regio in i.reeksen for rij in _rijen(i, regio)))


def _rijen(indicator: Indicator, code: str) -> Iterable[Sequence[object]]:
    reeks = indicator.reeksen[code]
    for p in reeks.punten:
        yield (
            indicator.id,
            indicator.naam,
            indicator.eenheid,
            reeks.regio.code,
            reeks.regio.naam,
            reeks.regio.soort,
            p.periode,
            getallen.format_periode(p.periode),
            getal(p.waarde),
            p.status,
            p.leeg_reden or "",
            getallen.benadering_of(p) if p.benadering else "",
        )
