"""Fetching the rows of a table: in parts side by side, page after page, and certain that they are of one answer."""

from __future__ import annotations

from pathlib import Path

from assets.bron.bronlijst import Brontabel
from assets.bron.cbs_v3 import CbsV3
from assets.bron.cbs_v4 import CbsV4
from assets.bron.http import CONNECTIONS, BronError
from assets.bron.momentopname import Rij
from assets.bron.structuur import Keuze
from assets.bron.vraag import Deel
from begrippen.redenen import Reden

Bron = CbsV3 | CbsV4
# What tells whether a table changed since it was fetched.
KENMERKEN = ("Modified", "MetaDataModified", "Version")

# Where pages wait to be read, inside the folder that is being written.
SCRATCH = ".werk"


def _count(bron: Bron, tabel: Brontabel, delen: list[Deel]) -> list[int | None]:
    return bron.client.map(lambda deel: bron.count(tabel.id, deel.filter), delen)


def fetch_rows(bron: Bron, tabel: Brontabel, keuze: Keuze, folder: Path, info: Rij) -> tuple[list[Path], int | None]:
    """Fetch every page: kept as it came in `paginas`, its rows alone in SCRATCH for reading.

    Returns the files with rows, in the order of the source, and what the source itself counts. Raises BronError, also
    for a table that changed while it was read: its pages are then of two answers.
    """
    whole = bron.plan(tabel, keuze, 1)
    counts = _count(bron, tabel, whole)
    known = [c for c in counts if c is not None]
    verwacht = sum(known) if len(known) == len(counts) else None
    small = verwacht is not None and verwacht <= bron.split_from
    delen = whole if small else bron.plan(tabel, keuze, CONNECTIONS)
    kept, scratch = folder / "paginas", folder / SCRATCH
    kept.mkdir()
    scratch.mkdir()

    def follow(numbered: tuple[int, Deel]) -> list[str]:
        number, deel = numbered
        url: str | None = bron.first_page(tabel.id, keuze, deel)
        seen: set[str] = set()
        names: list[str] = []
        while url:
            if url in seen:
                raise BronError(Reden("kring", waar=url))
            seen.add(url)
            names.append(f"{number:04d}-{len(names) + 1:06d}.json")
            url = bron.client.get_page(url, kept / f"{names[-1]}.gz", scratch / names[-1])
        return names

    files = []
    for number, name in enumerate((n for part in bron.client.map(follow, enumerate(delen)) for n in part), start=1):
        final = f"{number:04d}.json"
        (kept / f"{name}.gz").rename(kept / f"{final}.gz")
        files.append((scratch / name).rename(scratch / final))
    now, _ = bron.read_info(tabel.id)
    marks = [tuple(i.get(k) for k in KENMERKEN) for i in (info, now)]
    again = _count(bron, tabel, whole)
    if marks[0] != marks[1] or again != counts:
        shown = [
            ", ".join(str(v) for v in (*m, *c) if v is not None) for m, c in zip(marks, (counts, again), strict=True)
        ]
        raise BronError(Reden("bewoog", {"eerst": shown[0], "daarna": shown[1]}))
    return files, verwacht
