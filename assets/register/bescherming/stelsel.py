"""The joint system of one year: which figures are published, of which base variables each is a sum.

A base variable is what one gemeente has of one atom of one kant (`sector`, `klasse`, ...). Every published cell is a
sum of base variables, and each kant of a gemeente sums to the same total. All tables of a year stand in one system,
because an attacker adds and subtracts across tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from assets.register.fout import BeschermingError

OPEN, PRIMAIR, SECUNDAIR = "open", "primair", "secundair"
TOTAAL = "totaal"


@dataclass(frozen=True)
class Cel:
    """A published figure: the sum over `gemeenten` of `atomen` of one kant; no atomen means all of them, the total."""

    regio: str
    uitsplitsing: str
    gemeenten: tuple[str, ...]
    kant: str
    atomen: tuple[str, ...] = ()


# a base variable of a year: jaar, gemeente, kant, atoom
Sleutel = tuple[int, str, str, str]


@dataclass(frozen=True)
class Voorraad:
    """Deviations by name, a row each: measure by measure, of each the base variables `sleutels`. Confidential."""

    sleutels: tuple[Sleutel, ...]
    rijen: sparse.csr_matrix = field(repr=False)


@dataclass(frozen=True)
class Bescherming:
    """What may be published, with true values: confidential until the suppressed ones are removed.

    cellen: jaar, regio, uitsplitsing, the measures, patroon (open, primair, secundair).
    openstaand: what could not be protected, for the data team only: jaar, regio, uitsplitsing, maat, tegen
        (buitenstaander, onderneming, eerder gepubliceerd), advies. It holds no values and no enterprise.
    getuigen: deviations that show what is not to be estimated, which the attack holds against what goes out.
    """

    cellen: pd.DataFrame
    openstaand: pd.DataFrame
    getuigen: Voorraad | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Maten:
    """The measures of a system. `basis`: the columns of the contributions that are base variables.

    `gepubliceerd`, `bekend` and `gevoelig` give for each measure which base measures add up to it: what is published,
    what follows from that, and what must not be estimated. `gekoppeld`: the measures bound each other, because a job
    belongs to an establishment, and all kanten of a gemeente have the same total. `stand`: kanten that add up, with
    these signs, to how many establishments a gemeente has more than a year before, which everybody knows.
    """

    basis: tuple[str, ...]
    gepubliceerd: Mapping[str, tuple[int, ...]]
    bekend: Mapping[str, tuple[int, ...]]
    gevoelig: Mapping[str, tuple[int, ...]]
    gekoppeld: bool
    stand: Mapping[str, int] = field(default_factory=dict)

    @property
    def naam(self) -> str:
        """What tells this system from another one."""
        return "+".join(self.basis)


BANEN = Maten(
    ("vestigingen", "fulltime", "parttime"),
    {"vestigingen": (1, 0, 0), "banen": (0, 1, 1), "fulltime": (0, 1, 0)},
    {"vestigingen": (1, 0, 0), "banen": (0, 1, 1), "fulltime": (0, 1, 0), "parttime": (0, 0, 1)},
    {"banen": (0, 1, 1), "fulltime": (0, 1, 0), "parttime": (0, 0, 1)},
    gekoppeld=True,
)
IN, UIT = "verhuisd_in", "verhuisd_uit"
TELLING = Maten(
    ("aantal",), {"aantal": (1,)}, {"aantal": (1,)}, {"aantal": (1,)}, gekoppeld=False,
    stand={"oprichting": 1, "opheffing": -1, IN: 1, UIT: -1},
)  # fmt: skip


@dataclass(frozen=True)
class Bijdragen:
    """What each enterprise (a number; `namen` says which) contributes: one row per base variable and enterprise."""

    basis: np.ndarray
    onderneming: np.ndarray
    waarden: np.ndarray
    namen: np.ndarray = field(repr=False)


@dataclass(frozen=True)
class Stelsel:
    """One year. Base variables without establishments are left out: everybody can see that nothing is there.

    sleutels: gemeente, kant, atoom of each base variable; waarden: their truth, base variables x measures.
    matrix: cells x base variables, 1 where the cell holds it.
    """

    jaar: int
    maten: Maten
    sleutels: tuple[tuple[str, str, str], ...]
    waarden: np.ndarray
    cellen: tuple[Cel, ...]
    matrix: sparse.csr_matrix
    bijdragen: Bijdragen

    @property
    def kanten(self) -> np.ndarray:
        """The kant of each base variable."""
        return np.array([k for _, k, _ in self.sleutels], dtype=object)

    @property
    def totalen(self) -> np.ndarray:
        """Which cells are totals of a region."""
        return np.array([not c.atomen for c in self.cellen], dtype=bool)


def set_matrix(sets: Sequence[Iterable[int]], width: int) -> sparse.csr_matrix:
    """Turn sets of base variables into rows of ones."""
    rows = [sorted(s) for s in sets]
    indptr = np.concatenate([[0], np.cumsum([len(r) for r in rows])]).astype(np.int64)
    indices = np.array([i for r in rows for i in r], dtype=np.int64)
    return sparse.csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(rows), width))


def _check_totals(jaar: int, sleutels: Sequence[tuple[str, str, str]], waarden: np.ndarray) -> None:
    """Each kant of a gemeente is a partition of the same establishments."""
    found = pd.DataFrame(waarden).groupby([[g for g, _, _ in sleutels], [k for _, k, _ in sleutels]]).sum()
    for gemeente, sums in found.groupby(level=0):
        if sums.nunique().gt(1).any():
            kanten = ", ".join(str(k) for k in sums.index.get_level_values(1))
            raise BeschermingError(
                f"de verdelingen ({kanten}) van {gemeente} tellen in {jaar} niet op tot hetzelfde totaal; elke "
                "vestiging hoort in elke verdeling precies een keer voor te komen",
                vervolg="Controleer de telling met: monitor register status",
            )


def build_stelsel(
    jaar: int, bijdragen: pd.DataFrame, cellen: Sequence[Cel], maten: Maten, *, check: bool = True
) -> Stelsel:
    """Build the system of one year from the contributions of that year.

    `check`: each kant of a gemeente must sum to the same total (event tables have kanten that do not).
    """
    frame = bijdragen.loc[(bijdragen[maten.basis[0]] > 0)]
    keys = frame[["gemeente", "kant", "atoom"]]
    codes = keys.groupby(list(keys), observed=True).ngroup().to_numpy()
    first = np.unique(codes, return_index=True)[1]
    sleutels = tuple((str(g), str(k), str(a)) for g, k, a in keys.iloc[first].itertuples(index=False))
    waarden = frame[list(maten.basis)].to_numpy(dtype=np.int64)
    if (waarden < 0).any():
        raise BeschermingError(
            f"een bijdrage in {jaar} is negatief", vervolg="Keur de levering opnieuw met: monitor register status"
        )
    onderneming, namen = pd.factorize(frame["onderneming"], sort=True)
    truth = np.zeros((len(sleutels), len(maten.basis)), dtype=np.int64)
    np.add.at(truth, codes, waarden)
    if check:
        _check_totals(jaar, sleutels, truth)
    places: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for i, (g, k, a) in enumerate(sleutels):
        places.setdefault((g, k), []).append((a, i))
    sets = []
    for cel in cellen:
        atomen = set(cel.atomen)
        sets.append([i for g in cel.gemeenten for a, i in places.get((g, cel.kant), ()) if not atomen or a in atomen])
    return Stelsel(
        jaar, maten, sleutels, truth, tuple(cellen), set_matrix(sets, len(sleutels)),
        Bijdragen(codes.astype(np.int64), onderneming.astype(np.int64), waarden, np.asarray(namen, dtype=object)),
    )  # fmt: skip
