"""What showed that figures are safe, kept in the confidential store: it is tried first the next time.

They are deviations, and none is believed: each is held against all that is known then. Where the file is not there or
can not be read, they are looked for anew. They follow from records, so they go when a vintage is removed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from assets.register.bescherming.stelsel import Voorraad
from assets.register.kluis import AANGETOOND
from begrippen.prive import write_private


def keep(folder: Path, getuigen: Mapping[str, Voorraad]) -> None:
    """Keep the deviations of each system, in place of those that were there."""
    parts: dict[str, Any] = {}
    for stelsel, voorraad in getuigen.items():
        rijen = voorraad.rijen
        jaren, *names = (np.array(column) for column in zip(*voorraad.sleutels, strict=True))
        columns = {"jaar": jaren, **dict(zip(("gemeente", "kant", "atoom"), names, strict=True))}
        columns |= {"data": rijen.data, "indices": rijen.indices, "indptr": rijen.indptr, "vorm": np.array(rijen.shape)}
        parts |= {f"{stelsel}:{naam}": column for naam, column in columns.items()}
    content = io.BytesIO()
    np.savez_compressed(content, **parts)
    write_private(folder / AANGETOOND, content.getvalue())


def find(folder: Path) -> dict[str, Voorraad]:
    """The deviations that were kept, of each system; of what is not there or not whole, none."""
    found = {}
    try:
        with np.load(folder / AANGETOOND, allow_pickle=False) as parts:
            for stelsel in {naam.partition(":")[0] for naam in parts.files}:
                jaren, *names = (parts[f"{stelsel}:{naam}"].tolist() for naam in ("jaar", "gemeente", "kant", "atoom"))
                *rows, vorm = (parts[f"{stelsel}:{naam}"] for naam in ("data", "indices", "indptr", "vorm"))
                rijen = sparse.csr_matrix(tuple(rows), shape=tuple(vorm.tolist()))
                found[stelsel] = Voorraad(tuple(zip(jaren, *names, strict=True)), rijen)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    return found
