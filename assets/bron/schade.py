"""Damage in the archive: a stored answer of which a file changed or is gone is named and set aside, never used."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from assets.bron.momentopname import EIGENSCHAPPEN, WAARNEMINGEN, Archief, hash_file
from begrippen.jsontekst import parse_json
from begrippen.redenen import Reden, Redenen

# Beside its place, where `Archief.list` does not look; a person can still see what is left of it.
STUK = ".stuk-"


def find_damage(folder: Path) -> str | None:
    """Name the first file of a stored answer that is not what was written; None when all are.

    What a build reads is compared with its hash: the cells, and where it was noted the topics and code lists.
    """
    try:
        content = parse_json((folder / EIGENSCHAPPEN).read_text(encoding="utf-8"))
        hashes = {WAARNEMINGEN: content.get("sha256"), **content.get("bestanden", {})}
    except (OSError, ValueError, AttributeError, TypeError):
        return EIGENSCHAPPEN
    for name, expected in hashes.items():
        try:
            if expected is not None and hash_file(folder / name) != expected:
                return str(name)
        except OSError:
            return str(name)
    return None


def _free(folder: Path) -> Path:
    """Where a damaged answer is set aside: what was put back from a copy, and is damaged again, lands beside."""
    first = folder.with_name(f"{STUK}{folder.name}")
    return next(p for n in count(1) if not (p := first.with_name(f"{first.name}-{n}") if n > 1 else first).exists())


def set_aside(archief: Archief, bron: str, tabel: str) -> Redenen:
    """Set the damaged answers of a table aside, and name each with its file. Raises OSError when that cannot be."""
    found = []
    for folder in archief.folders(bron, tabel):
        if damaged := find_damage(folder):
            folder.rename(_free(folder))
            found.append(Reden("archief_stuk", {"momentopname": folder.name, "bestand": damaged}))
    return tuple(found)
