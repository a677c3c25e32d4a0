"""What withstood the attack, so that the same figures are not attacked twice: when they were made, and when published.

The attack is a function of the figures, the register with its rules and code, and what was published before. Figures
of which all of that is the same as when they withstood it, withstand it again. Whatever is not exactly the same is
attacked anew. `doorstaan-<hash>.parquet` in the confidential folder is named after all of it; it holds what is to be
remembered once it is published.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from begrippen.prive import write_private

NAAM = "doorstaan"
TYPES = {"jaar": "Int64", "regio": "str", "uitsplitsing": "str", "maat": "str", "waarde": "Int64"}


def make_merk(cijfers: pd.DataFrame, version: str, geheugen_sha256: str) -> str:
    """A hash of all that the attack is a function of: figures (jaar, regio, onderwerp, uitsplitsing, waarde) in any
    order, `version` of the register and the hash of what was published before."""
    columns = sorted(cijfers.columns)
    rows = cijfers[columns].sort_values(columns, kind="stable").to_csv(index=False, na_rep="-")
    return hashlib.sha256("\n".join((version, geheugen_sha256, rows)).encode()).hexdigest()


def _file(folder: Path, merk: str) -> Path:
    return folder / f"{NAAM}-{merk[:32]}.parquet"


def keep(folder: Path, merk: str, gezien: pd.DataFrame) -> None:
    """Keep that figures withstood the attack, with what an attacker sees of them; only of the last ones."""
    write_private(_file(folder, merk), gezien[list(TYPES)].to_parquet(index=False))
    for path in folder.glob(f"{NAAM}-*.parquet"):
        if path != _file(folder, merk):
            path.unlink()


def find(folder: Path, merk: str) -> pd.DataFrame | None:
    """What an attacker sees of figures that withstood the attack; None where these did not, or it can not be read."""
    try:
        return pd.read_parquet(_file(folder, merk)).astype(TYPES)
    except (OSError, ValueError, KeyError):
        return None
