"""How full the pages of the printed papers are: a page that ends high looks unfinished."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

# A page is full enough from here (2026-11-29: by issue of readers; under it a third of a page was white).
VOL = 0.85
KOP = ("stuk", "bladzijde", "vulling_procent")


def as_csv(vullingen: Mapping[str, Sequence[float]]) -> bytes:
    """The fill of each page of each paper as CSV with semicolons, in whole percents rounded down."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    rows.writerow(KOP)
    for stuk, pages in vullingen.items():
        rows.writerows((stuk, n, int(100 * share)) for n, share in enumerate(pages, start=1))
    return out.getvalue().encode()


def schraal(raw: bytes) -> list[str]:
    """The pages in such a CSV that are not full, without the last of each paper: 'gs-blad.pdf bladzijde 1 (79%)'."""
    rows = list(csv.reader(io.StringIO(raw.decode()), delimiter=";"))[1:]
    last = {stuk: n for stuk, n, _ in rows}
    return [
        f"{stuk} bladzijde {n} ({share}%)"
        for stuk, n, share in rows
        if n != last[stuk] and int(share) < round(100 * VOL)
    ]
