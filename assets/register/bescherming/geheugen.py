"""What was published before. It stays known to everybody, whatever a later build suppresses."""

from dataclasses import dataclass, field

import pandas as pd

COLUMNS = ("jaar", "regio", "uitsplitsing", "maat", "waarde", "bouw")


def _empty() -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series(dtype="Int64" if c in ("jaar", "waarde") else "str") for c in COLUMNS})


@dataclass(frozen=True)
class Geheugen:
    """Published figures, one row per jaar, regio, uitsplitsing, maat and bouw (sortable name of the build); waarde <NA> = suppressed."""

    tabel: pd.DataFrame = field(default_factory=_empty)
