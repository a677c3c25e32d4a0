"""Which sums give an enterprise away, and how wide the attacker's interval of each must stay.

A sum X with largest contributors x1 and x2 is unsafe when X - x1 - x2 < p% of x1: the second largest, who knows itself,
would then know the largest within p%. Contributors are enterprises, not establishments. The interval of an unsafe sum
must reach p% of x1 minus the rest, up and down. With fewer enterprises than the minimum the rest does not count: the
level is then p% of x1. Figures are whole numbers, so a level is rounded up and at least 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_

import numpy as np
from scipy import sparse

from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import Stelsel

HAIR = 1e-9


@dataclass(frozen=True)
class Risico:
    """Of each sum (rows) and sensitive measure (columns): total, and the level to protect (0 = safe)."""

    totaal: np.ndarray
    niveau: np.ndarray

    @property
    def onveilig(self) -> np.ndarray:
        """Which sums are unsafe in any measure."""
        return np.asarray((self.niveau > 0).any(axis=1))


def _relevant(stelsel: Stelsel, sensitive: np.ndarray, keep: int) -> np.ndarray:
    """Rows that can be among the largest of any sum, or decide that it has enough enterprises.

    Of enterprises in one base variable of a kant only the first few per measure can; all others stay. A sum never
    crosses kanten.
    """
    basis, onderneming = stelsel.bijdragen.basis, stelsel.bijdragen.onderneming
    kant = np.unique(stelsel.kanten, return_inverse=True)[1][basis]
    per_kant = onderneming * (int(kant.max(initial=0)) + 1) + kant
    single = np.bincount(per_kant)[per_kant] == 1
    chosen = ~single
    alone = np.flatnonzero(single)
    alone = alone[np.argsort(basis[alone] * (int(onderneming.max(initial=0)) + 1) + onderneming[alone], kind="stable")]
    start = np.flatnonzero(np.diff(basis[alone], prepend=-1))
    if not len(start):
        return np.flatnonzero(chosen)
    group = np.cumsum(np.diff(basis[alone], prepend=-1) != 0) - 1
    for column in sensitive.T:
        left = column[alone].astype(float)
        for _ in range(keep):
            # the largest of each that is left; of as large ones the first
            largest = np.flatnonzero(left == np.maximum.reduceat(left, start)[group])
            largest = largest[np.unique(group[largest], return_index=True)[1]]
            chosen[alone[largest]] = True
            left[largest] = -1
    return np.flatnonzero(chosen)


def find_risks(stelsel: Stelsel, sets: sparse.csr_matrix, parameters: Parameters) -> Risico:
    """Judge sums (rows of `sets` over the base variables) by minimum and p%-rule, for every sensitive measure."""
    weights = np.array(list(stelsel.maten.gevoelig.values())).T
    totals = sets @ (stelsel.waarden @ weights)
    sensitive = stelsel.bijdragen.waarden @ weights
    rows = _relevant(stelsel, sensitive, max(parameters.minimum, 2))
    basis, onderneming = stelsel.bijdragen.basis[rows], stelsel.bijdragen.onderneming[rows]
    who, column = np.unique(onderneming, return_inverse=True)
    shape = (sets.shape[1], len(who))

    def per_set(values: np.ndarray) -> sparse.csr_matrix:
        """What each enterprise has of each sum."""
        return (sets @ sparse.csr_matrix((values.astype(float), (basis, column)), shape=shape)).tocsr()

    enterprises = np.diff(per_set(np.ones(len(rows))).indptr)
    levels = np.zeros(totals.shape, dtype=np.int64)
    for m in range(weights.shape[1]):
        largest, second = _two_largest(per_set(sensitive[rows, m]))
        part = parameters.p / 100 * largest
        few = enterprises < parameters.minimum
        level = np.where(few, part, part - (totals[:, m] - largest - second))
        levels[:, m] = round_level(largest, level)
    return Risico(totals.astype(np.int64), levels)


def _two_largest(parts: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """The largest and the second of each row, 0 where there is none."""
    parts.eliminate_zeros()
    some = np.flatnonzero(np.diff(parts.indptr))
    largest, second = np.zeros(parts.shape[0]), np.zeros(parts.shape[0])
    if not len(some):
        return largest, second
    start = parts.indptr[some]
    largest[some] = np.maximum.reduceat(parts.data, start)
    row = np.repeat(np.arange(parts.shape[0]), np.diff(parts.indptr))
    at = np.flatnonzero(parts.data == largest[row])
    rest = parts.data.copy()
    # one of them: who is as large is the second
    rest[at[np.unique(row[at], return_index=True)[1]]] = 0
    second[some] = np.maximum.reduceat(rest, start)
    return largest, second


def round_level(largest: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Round levels up to whole numbers, at least 1; 0 where nothing is to be protected."""
    # a hair's breadth of rounding must not become a whole job
    return np.where((largest > 0) & (level > HAIR), np.maximum(1, np.ceil(level - HAIR)), 0)


def derive_sets(stelsel: Stelsel) -> tuple[sparse.csr_matrix, list[tuple[str, str]]]:
    """Sums that are not published but could be derived: atoms, and differences and intersections, in every region.

    Region differences (a composite minus the COROP area that lies in it) are taken of published splits only.
    Returns the sets and for each its (regio, uitsplitsing), in which '\\' reads minus and '&' both.
    """
    # a set of base variables is a number here, with a bit for each: what is in both is one step for all of them
    of_gemeente: dict[str, int] = {}
    of_atom: dict[tuple[str, str], int] = {}
    atoms_of: dict[str, set[str]] = {}
    for i, (gemeente, kant, atoom) in enumerate(stelsel.sleutels):
        atoms_of.setdefault(kant, set()).add(atoom)
        of_gemeente[gemeente] = of_gemeente.get(gemeente, 0) | 1 << i
        of_atom[kant, atoom] = of_atom.get((kant, atoom), 0) | 1 << i
    regions: dict[frozenset[str], str] = {}
    splits: dict[str, dict[frozenset[str], str]] = {}
    for cel in stelsel.cellen:
        regions.setdefault(frozenset(cel.gemeenten), cel.regio)
        if cel.atomen:
            splits.setdefault(cel.kant, {}).setdefault(frozenset(cel.atomen), cel.uitsplitsing)
    indices, start = stelsel.matrix.indices.tolist(), stelsel.matrix.indptr.tolist()
    published = {sum(1 << i for i in indices[a:b]) for a, b in pairwise(start)}
    found: dict[int, tuple[str, str]] = {}

    def add(where: Mapping[int, str], what: Mapping[int, str]) -> None:
        for place, regio in where.items():
            for part, naam in what.items():
                if (members := place & part) and members not in published:
                    found.setdefault(members, (regio, naam))

    def named(kant: str, parts: Mapping[frozenset[str], str]) -> dict[int, str]:
        """The base variables of each of these parts of a kant, of those that have any."""
        return _first((_together(of_atom.get((kant, a), 0) for a in atoms), naam) for atoms, naam in parts.items())

    places, smaller = (
        _first((_together(of_gemeente.get(g, 0) for g in members), regio) for members, regio in parts.items())
        for parts in (regions, _region_differences(regions))
    )
    for kant in sorted(atoms_of):
        own = splits.get(kant, {})
        finer = {frozenset([a]): f"{kant}:{a}" for a in sorted(atoms_of[kant])} | _split_differences(own)
        add(places, named(kant, finer))
        add(smaller, named(kant, own))
    return _as_rows(list(found), len(stelsel.sleutels)), list(found.values())


def _together(parts: Iterable[int]) -> int:
    """The bits of any of these."""
    return reduce(or_, parts, 0)


def _first(named: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Each set under the name that it has first; a set that holds nothing is left out."""
    found: dict[int, str] = {}
    for members, naam in named:
        if members:
            found.setdefault(members, naam)
    return found


def _as_rows(sets: Sequence[int], width: int) -> sparse.csr_matrix:
    """Turn numbers into rows of ones, a one for each bit."""
    if not sets:
        return sparse.csr_matrix((0, width))
    size = (width + 7) // 8
    packed = np.frombuffer(b"".join(s.to_bytes(size, "little") for s in sets), dtype=np.uint8).reshape(-1, size)
    return sparse.csr_matrix(np.unpackbits(packed, axis=1, count=width, bitorder="little").astype(float))


def _region_differences(regions: dict[frozenset[str], str]) -> dict[frozenset[str], str]:
    pairs = [(a, b) for a in regions for b in regions if b < a]
    return {a - b: f"{regions[a]}\\{regions[b]}" for a, b in pairs if a - b not in regions}


def _split_differences(splits: dict[frozenset[str], str]) -> dict[frozenset[str], str]:
    found: dict[frozenset[str], str] = {}
    names: Sequence[tuple[frozenset[str], str]] = list(splits.items())
    for a, first in names:
        for b, second in names:
            if a is not b and a & b:
                found.setdefault(a - b, f"{first}\\{second}")
                found.setdefault(a & b, f"{first}&{second}")
    return {s: n for s, n in found.items() if s and s not in splits}
