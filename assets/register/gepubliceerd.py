"""What of the register was published before, kept in the confidential store: a later build is checked against it.

`geheugen-<hash>.parquet` holds the figures as `Geheugen` has them. `geheugen.json` names it, the momentopname they were
last taken from and what the memory was before that. So a run that publishes the same momentopname again changes
nothing, and a process that is killed at any point leaves either the old memory or the new one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from assets.bron.momentopname import Momentopname, hash_file
from assets.register.bescherming.geheugen import COLUMNS, Geheugen
from assets.register.bescherming.geheugen import remember as add
from begrippen.fout import BestandError
from begrippen.jsontekst import parse_json
from begrippen.prive import write_private

STAND = "geheugen.json"
LEEG = "leeg"


@dataclass(frozen=True)
class Gepubliceerd:
    """The memory and its hash. `laatste`: id of the momentopname published last, `voor`: the hash before that."""

    geheugen: Geheugen
    sha256: str = LEEG
    laatste: str = ""
    voor: str = LEEG

    def is_current(self, momentopname: Momentopname) -> bool:
        """Whether nothing was published since this momentopname was made, but for itself."""
        made_with = momentopname.eigenschappen.get("geheugen")
        return self.sha256 == made_with or (self.laatste == momentopname.id and self.voor == made_with)


def _file(folder: Path, sha256: str) -> Path:
    return folder / f"geheugen-{sha256[:16]}.parquet"


def read_gepubliceerd(folder: Path) -> Gepubliceerd:
    """Read what was published from the confidential folder of a kind. Raises BestandError when it is not whole."""
    stand = folder / STAND
    if not stand.exists() and not any(folder.glob("geheugen-*.parquet")):
        return Gepubliceerd(Geheugen())
    try:
        told = parse_json(stand.read_text(encoding="utf-8"))
        path = _file(folder, told["sha256"])
        if hash_file(path) != told["sha256"]:
            raise ValueError(told["sha256"])
        tabel = pd.read_parquet(path)
    except (OSError, ValueError, KeyError):
        raise BestandError(
            f"{stand} of het bestand dat daar in staat is beschadigd: zo is niet te toetsen wat eerder is gepubliceerd",
            vervolg="Zet de bestanden geheugen* terug uit een reservekopie (docs/register.md)",
        ) from None
    types = {k: "Int64" if k in ("jaar", "waarde") else "str" for k in COLUMNS}
    geheugen = Geheugen(tabel[list(COLUMNS)].astype(types))
    return Gepubliceerd(geheugen, told["sha256"], told["momentopname"], told["voor"])


def remember(folder: Path, before: Gepubliceerd, momentopname: str, bouw: str, cijfers: pd.DataFrame) -> Gepubliceerd:
    """Add what build `bouw` publishes (jaar, regio, uitsplitsing, maat, waarde) to the memory in `folder`.

    Publishing the same momentopname again adds nothing.
    """
    if before.laatste == momentopname:
        return before
    geheugen = add(before.geheugen, cijfers, bouw)
    content = geheugen.tabel.to_parquet(index=False)
    sha256 = hashlib.sha256(content).hexdigest()
    write_private(_file(folder, sha256), content)
    told = {"momentopname": momentopname, "voor": before.sha256, "sha256": sha256}
    write_private(folder / STAND, (json.dumps(told, indent=1, sort_keys=True) + "\n").encode())
    for path in folder.glob("geheugen-*.parquet"):
        if path != _file(folder, sha256):
            path.unlink()
    return Gepubliceerd(geheugen, sha256, momentopname, before.sha256)
