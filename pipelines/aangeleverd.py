"""Which files came into the folders that others deliver in, and whether they are whole: by two looks in a row.

A file that is still being written has another size or time at the next look. It is left alone until it has not, and so
is all that came with it: what is copied in at once is read at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assets.bron.vellen.lezen import is_left_over
from begrippen.jsontekst import parse_json

# What programs call a file that they are still fetching or copying.
TIJDELIJK = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".download")
# so many files are named
BIJ_NAAM = 5
# name -> size in bytes, time of change in ns
Lijst = dict[str, list[int]]


@dataclass(frozen=True)
class Kijk:
    """What came of a look: `sleutel` of the files to refresh for, empty where there is nothing to do or not yet."""

    gezegd: str
    cursor: str
    sleutel: str = ""


def list_bestanden(folders: Mapping[str, Path]) -> Lijst:
    """The files in these folders now, as `folder/name`; without what is not whole by its name. Raises OSError."""
    found = {}
    for naam, folder in folders.items():
        for path in sorted(folder.iterdir()):
            name = path.name
            if name.startswith(".") or name.endswith(TIJDELIJK) or is_left_over(name) or not path.is_file():
                continue
            status = path.stat()
            found[f"{naam}/{name}"] = [status.st_size, status.st_mtime_ns]
    return found


def look(cursor: str | None, nu: Lijst) -> Kijk:
    """Hold what lies there now against the last look (`gezien`) and the last time that it was refreshed for (`gemeld`).

    The first look notes what lies there and asks for nothing: the night reads it. A file that is taken away asks for
    nothing either.
    """
    if cursor is None:
        return Kijk(f"voor het eerst gekeken: er liggen {len(nu)} bestanden", _write(nu, nu))
    last = parse_json(cursor)
    gezien, gemeld = last["gezien"], last["gemeld"]
    nieuw = sorted(naam for naam, wat in nu.items() if gemeld.get(naam) != wat)
    if not nieuw:
        return Kijk("er is niets nieuws aangeleverd", _write(nu, gemeld))
    if bezig := [naam for naam in nieuw if gezien.get(naam) != nu[naam]]:
        return Kijk(f"nieuw, en misschien nog niet helemaal geschreven: {_name(bezig)}", _write(nu, gemeld))
    key = hashlib.sha256(json.dumps([[naam, nu[naam]] for naam in nieuw]).encode()).hexdigest()[:16]
    return Kijk(f"nieuw aangeleverd: {_name(nieuw)}", _write(nu, nu), key)


def _name(namen: list[str]) -> str:
    more = f" en nog {len(namen) - BIJ_NAAM}" if len(namen) > BIJ_NAAM else ""
    return ", ".join(namen[:BIJ_NAAM]) + more


def _write(gezien: Lijst, gemeld: Lijst) -> str:
    return json.dumps({"gezien": gezien, "gemeld": gemeld})
