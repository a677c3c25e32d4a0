"""What was published before. It stays known to everybody, whatever a later build withholds.

The memory is one table that grows: a row for each figure of each build that differs from what was said last. It is a
Parquet file in the confidential folder, because it says which figures were withheld, and when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from assets.register.bescherming.stelsel import Cel, Maten, Voorraad

KEY = ["jaar", "regio", "uitsplitsing", "maat"]
COLUMNS = [*KEY, "waarde", "bouw"]


def _empty() -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series(dtype="Int64" if c in ("jaar", "waarde") else "str") for c in COLUMNS})


@dataclass(frozen=True)
class Geheugen:
    """Published figures: jaar, regio, uitsplitsing, maat, waarde (<NA> = withheld), bouw (name of the build).

    Rows stand in the order in which they were published. `getuigen`: name of a system (`Maten`) -> deviations that
    showed that its figures are safe, which may show it again.
    """

    tabel: pd.DataFrame = field(default_factory=_empty)
    getuigen: Mapping[str, Voorraad] = field(default_factory=dict, repr=False)

    def known(self, jaar: int, cellen: Sequence[Cel], maten: Maten) -> np.ndarray:
        """What is known of a year: cells x known measures, the last value that was published, NaN where none was."""
        found = np.full((len(cellen), len(maten.bekend)), np.nan)
        own = self.tabel[(self.tabel["jaar"] == jaar) & self.tabel["waarde"].notna()]
        if own.empty:
            return found
        last = own.drop_duplicates(KEY, keep="last").set_index(["regio", "uitsplitsing", "maat"])["waarde"]
        keys = [(c.regio, c.uitsplitsing) for c in cellen]
        columns = {
            maat: last.reindex(pd.MultiIndex.from_tuples([(*k, maat) for k in keys])).to_numpy(
                dtype=float, na_value=np.nan
            )
            for maat in maten.gepubliceerd
        }
        weights = np.array(list(maten.gepubliceerd.values()), dtype=float)
        for q, name in enumerate(maten.bekend):
            if name in columns:
                found[:, q] = columns[name]
            else:
                # a measure that follows from the published ones: parttime is banen minus fulltime
                combination = np.linalg.lstsq(weights.T, np.array(maten.bekend[name], dtype=float), rcond=None)[0]
                used = np.flatnonzero(np.abs(combination) > 1e-9)
                found[:, q] = sum(combination[i] * list(columns.values())[i] for i in used)
        return found

    def withheld(self, jaar: int, cellen: Sequence[Cel]) -> np.ndarray:
        """Which cells of a year were withheld in every build so far."""
        own = self.tabel[self.tabel["jaar"] == jaar]
        if own.empty:
            return np.zeros(len(cellen), dtype=bool)
        never = own["waarde"].isna().groupby([own["regio"], own["uitsplitsing"]]).all()
        return np.array([bool(never.get((c.regio, c.uitsplitsing), False)) for c in cellen], dtype=bool)


def remember(geheugen: Geheugen, gepubliceerd: pd.DataFrame, bouw: str) -> Geheugen:
    """Add what a build published: jaar, regio, uitsplitsing, maat, waarde (<NA> = withheld)."""
    new = gepubliceerd[[*KEY, "waarde"]].astype({"jaar": "Int64", "waarde": "Int64"}).assign(bouw=bouw)
    new = new.sort_values(KEY, kind="stable", ignore_index=True)
    last = geheugen.tabel.drop_duplicates(KEY, keep="last")
    joined = new.merge(last[[*KEY, "waarde"]], on=KEY, how="left", suffixes=("", "_oud"), indicator=True)
    same = (joined["waarde"] == joined["waarde_oud"]).fillna(False) | (
        joined["waarde"].isna() & joined["waarde_oud"].isna()
    )
    changed = ~(joined["_merge"].eq("both") & same)
    tabel = pd.concat([geheugen.tabel, new[changed.to_numpy()]], ignore_index=True)[COLUMNS]
    return Geheugen(tabel, geheugen.getuigen)
