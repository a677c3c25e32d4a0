"""An attacker of its own, written from what the register's protection promises and not from how it is made.

It shares only the interface with `assets.register.bescherming` (`Cel`, `Parameters`). Per year it writes down all
that is known as one linear program over what each gemeente has of each atom (establishments, fulltime, parttime), in
figures and not in deviations, and asks of every unsafe published figure how small and how large it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import ceil, inf
from typing import Protocol

import numpy as np
import pandas as pd
from scipy import sparse

from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import Cel

from .programma import TOLERANCE, Programma

# the columns of a base variable, and the figures that follow from them
VESTIGINGEN, FULLTIME, PARTTIME = range(3)
FIGUREN: Mapping[str, tuple[int, int, int]] = {
    "vestigingen": (1, 0, 0), "banen": (0, 1, 1), "fulltime": (0, 1, 0), "parttime": (0, 0, 1),
}  # fmt: skip
GEHEIM = ("banen", "fulltime", "parttime")
# fewest and most fulltime persons of an establishment in a size class
KLASSE = {
    "0": (0, 0), "1": (1, 1), "2-4": (2, 4), "5-9": (5, 9), "10-19": (10, 19), "20-49": (20, 49), "50-99": (50, 99),
    "100-249": (100, 249), "250+": (250, inf),
}  # fmt: skip
# who has this part of a base variable is nearly alone there
BIJNA_ALLEEN = 0.5
BUITENSTAANDER = "buitenstaander"


@dataclass(frozen=True)
class Gegevens:
    """The truth of one year, as arrays. `gift`: enterprise x base variable, of each column."""

    cellen: tuple[Cel, ...]
    basis: tuple[tuple[str, str, str], ...]
    ondernemingen: tuple[str, ...]
    gift: tuple[sparse.csr_matrix, ...]
    inhoud: sparse.csr_matrix

    @cached_property
    def waarheid(self) -> np.ndarray:
        """Base variables x columns."""
        return np.array([np.asarray(g.sum(axis=0)).ravel() for g in self.gift]).T

    def figuur(self, maat: str) -> np.ndarray:
        """The true figure of every cell."""
        return self.inhoud @ (self.waarheid @ np.array(FIGUREN[maat], dtype=float))


def read_year(jaar: int, bijdragen: pd.DataFrame, cellen: Sequence[Cel]) -> Gegevens:
    """Put the contributions of a year in arrays."""
    frame = bijdragen[(bijdragen["jaar"] == jaar) & (bijdragen["vestigingen"] > 0)]
    basis = sorted(set(zip(frame["gemeente"], frame["kant"], frame["atoom"], strict=True)))
    place = {key: i for i, key in enumerate(basis)}
    ondernemingen = sorted(set(frame["onderneming"]))
    number = {naam: i for i, naam in enumerate(ondernemingen)}
    column = [place[key] for key in zip(frame["gemeente"], frame["kant"], frame["atoom"], strict=True)]
    row = [number[naam] for naam in frame["onderneming"]]
    shape = (len(ondernemingen), len(basis))
    values = (frame["vestigingen"], frame["fulltime"], frame["banen"] - frame["fulltime"])
    gift = tuple(sparse.csr_matrix((v.to_numpy(dtype=float), (row, column)), shape=shape) for v in values)
    inside = [
        (n, i)
        for n, cel in enumerate(cellen)
        for i, (gemeente, kant, atoom) in enumerate(basis)
        if kant == cel.kant and gemeente in cel.gemeenten and (not cel.atomen or atoom in cel.atomen)
    ]
    rows, columns = np.array(inside, dtype=int).reshape(-1, 2).T
    inhoud = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(cellen), len(basis)))
    return Gegevens(tuple(cellen), tuple(basis), tuple(ondernemingen), gift, inhoud)


def level_of(gifts: np.ndarray, enterprises: int, regels: Parameters) -> int:
    """How far a figure must stay from its truth, from what each enterprise has in it; 0 when the rules let it pass.

    The second largest knows itself: the rest and how far the figure moves must hide the largest for p percent. Behind
    too few enterprises nobody else hides anything.
    """
    sizes = sorted((float(x) for x in gifts if x > 0), reverse=True)
    if not sizes:
        return 0
    hide = regels.p / 100 * sizes[0] - (sum(sizes[2:]) if enterprises >= regels.minimum else 0)
    return max(1, ceil(hide - 1e-9)) if hide > 1e-9 else 0


def insider_level(gifts: np.ndarray, own: int, enterprises: int, regels: Parameters) -> int:
    """The same against an enterprise that is one of them, and subtracts itself: it wants the largest of the others."""
    others = sorted((float(x) for n, x in enumerate(gifts) if n != own and x > 0), reverse=True)
    if not others:
        return 0
    hide = regels.p / 100 * others[0] - (sum(others[1:]) if enterprises >= regels.minimum else 0)
    return max(1, ceil(hide - 1e-9)) if hide > 1e-9 else 0


@dataclass(frozen=True)
class Doel:
    """A figure that must not be estimated: of which cell and measure, its base variables, and who has what in it."""

    cel: int
    maat: str
    waarde: float
    vereist: int
    gifts: Mapping[int, float] = field(repr=False)
    enterprises: int


def find_doelen(gegevens: Gegevens, regels: Parameters) -> list[Doel]:
    """Every unsafe figure of a published cell."""
    doelen = []
    per_cel = [(gegevens.inhoud @ g.T).tocsr() for g in gegevens.gift]
    for n in range(len(gegevens.cellen)):
        counts, fulltime, parttime = (dict(zip(m[n].indices, m[n].data, strict=True)) for m in per_cel)
        present = sorted(k for k, v in counts.items() if v > 0)
        if len(present) > 400:
            # nobody is large enough among so many, unless it has nearly everything
            largest = max(fulltime.get(k, 0) + parttime.get(k, 0) for k in present)
            if largest < 0.5 * sum((*fulltime.values(), *parttime.values())):
                continue
        for maat in GEHEIM:
            _, f, p = FIGUREN[maat]
            gifts = {k: f * fulltime.get(k, 0) + p * parttime.get(k, 0) for k in present}
            vereist = level_of(np.array(list(gifts.values())), len(present), regels)
            if vereist:
                doelen.append(Doel(n, maat, sum(gifts.values()), vereist, gifts, len(present)))
    return doelen


def shown_of(jaar: int, gepubliceerd: pd.DataFrame) -> set[tuple[str, str]]:
    """Which figures of a year stand there: (regio, uitsplitsing)."""
    own = gepubliceerd[(gepubliceerd["jaar"] == jaar) & gepubliceerd["waarde"].notna()]
    return set(zip(own["regio"], own["uitsplitsing"], strict=True))


class Aanvaller:
    """What can be known of one year, as a linear program."""

    def __init__(
        self,
        gegevens: Gegevens,
        shown: set[tuple[str, str]],
        beside: Iterable[tuple[Gegevens, set[tuple[str, str]]]],
        regels: Parameters,
    ) -> None:
        self.gegevens, self.regels = gegevens, regels
        self.open = np.array([(c.regio, c.uitsplitsing) in shown for c in gegevens.cellen], dtype=bool)
        # 0 stands there as 0
        self.open |= gegevens.figuur("vestigingen") == 0
        truth = gegevens.waarheid
        rows: list[sparse.spmatrix] = []
        lower: list[np.ndarray] = []
        upper: list[np.ndarray] = []

        def know(matrix: sparse.spmatrix, weights: Sequence[float], low: np.ndarray, high: np.ndarray) -> None:
            """Rows over base variables, of columns in these weights."""
            rows.append(sparse.hstack([w * matrix for w in weights]))
            lower.append(low)
            upper.append(high)

        known = sparse.vstack([gegevens.inhoud[np.flatnonzero(self.open)], self._kanten()])
        for column in np.eye(3):
            value = known @ (truth @ column)
            know(known, column, value, value)
        for other, seen in beside:
            self._know_beside(other, seen, know)
        coupling = self._coupling()
        rows.append(coupling)
        lower.append(np.zeros(coupling.shape[0]))
        upper.append(np.full(coupling.shape[0], inf))
        self.rows = (sparse.vstack(rows).tocsr(), np.concatenate(lower), np.concatenate(upper))

    @cached_property
    def programma(self) -> Programma:
        """The year by itself, as a linear program."""
        return Programma(*self.rows, self.gegevens.waarheid.T.ravel())

    def _coupling(self) -> sparse.csr_matrix:
        """What ties jobs to establishments, as rows that are at least 0, where that is so.

        A job belongs to an establishment, and a size class says how many fulltime persons one has.
        """
        basis, truth = self.gegevens.basis, self.gegevens.waarheid
        n = len(basis)
        bounds = [KLASSE.get(atoom, (0, inf)) if kant == "klasse" else (0, inf) for _, kant, atoom in basis]
        low, high = np.array(bounds, dtype=float).reshape(-1, 2).T
        bounded = high < inf
        high = np.where(bounded, high, 0)
        rows = [
            sparse.hstack([sparse.diags(w) for w in weights]).tocsr()[np.flatnonzero(holds)]
            for weights, holds in (
                ((-np.ones(n), np.ones(n), np.ones(n)), truth[:, 1] + truth[:, 2] >= truth[:, 0]),
                ((-low, np.ones(n), np.zeros(n)), (low > 0) & (truth[:, 1] >= low * truth[:, 0])),
                ((high, -np.ones(n), np.zeros(n)), bounded & (truth[:, 1] <= high * truth[:, 0])),
            )
        ]
        return sparse.vstack(rows, format="csr")

    def _kanten(self) -> sparse.csr_matrix:
        """All ways to divide a gemeente have the same total: their difference is 0."""
        per: dict[str, dict[str, list[int]]] = {}
        for i, (gemeente, kant, _) in enumerate(self.gegevens.basis):
            per.setdefault(gemeente, {}).setdefault(kant, []).append(i)
        found = []
        for kanten in per.values():
            names = sorted(kanten)
            for a, b in pairwise(names):
                row = np.zeros(len(self.gegevens.basis))
                row[kanten[a]], row[kanten[b]] = 1, -1
                found.append(row)
        return sparse.csr_matrix(np.array(found).reshape(-1, len(self.gegevens.basis)))

    def _know_beside(self, other, seen, know) -> None:
        """A withheld figure lies within the margin of the same figure a year before or after, if that stands there."""
        factor = 1 + self.regels.jaarmarge / 100
        place = {(c.regio, c.uitsplitsing): i for i, c in enumerate(other.cellen)}
        nothing = other.figuur("vestigingen") == 0
        pairs = [
            (n, place[key])
            for n, c in enumerate(self.gegevens.cellen)
            if not self.open[n] and (key := (c.regio, c.uitsplitsing)) in place
            if key in seen or nothing[place[key]]
        ]
        if not pairs:
            return
        own, there = np.array(pairs).T
        for maat, weights in FIGUREN.items():
            near, value = other.figuur(maat)[there], self.gegevens.figuur(maat)[own]
            right = (value >= near / factor - TOLERANCE) & (value <= near * factor + TOLERANCE)
            know(self.gegevens.inhoud[own[right]], weights, (near / factor)[right], (near * factor)[right])

    def columns_of(self, doel: Doel) -> np.ndarray:
        """The columns of the program whose sum the figure is."""
        n = len(self.gegevens.basis)
        members = self.gegevens.inhoud[doel.cel].indices
        return np.concatenate([m * n + members for m, w in enumerate(FIGUREN[doel.maat]) if w])

    def interval(self, doel: Doel, knows: Mapping[int, tuple[float, float]] | None = None) -> tuple[float, float]:
        """Smallest and largest value of a figure; `knows`: column -> bounds that an enterprise knows besides."""
        return self.programma.interval(self.columns_of(doel), knows)

    def insiders(self, free: np.ndarray | None = None) -> dict[int, dict[int, tuple[float, float]]]:
        """Enterprises that are alone or nearly alone in something that is not fixed: what they know of columns.

        `free`: which columns are not fixed; those of the year by itself where it is not given.
        """
        free = self.programma.free if free is None else free
        n = len(self.gegevens.basis)
        truth = self.gegevens.waarheid
        counts = np.diff(self.gegevens.gift[0].tocsc().indptr)
        found: dict[int, dict[int, tuple[float, float]]] = {}
        gifts = [g.tocsc() for g in self.gegevens.gift]
        for j in range(n):
            if not free[[j, n + j, 2 * n + j]].any():
                continue
            for e in gifts[0][:, j].indices:
                own = np.array([g[e, j] for g in gifts])
                if counts[j] > 1 and not (own >= BIJNA_ALLEEN * truth[j])[truth[j] > 0].any():
                    continue
                for m in range(3):
                    bounds = (own[m], own[m]) if counts[j] == 1 else (own[m], inf)
                    found.setdefault(int(e), {})[m * n + j] = bounds
        return found


@dataclass(frozen=True)
class Vondst:
    """A figure that can be estimated too well: how far it can be from its truth, in the worst direction."""

    jaar: int
    regio: str
    uitsplitsing: str
    maat: str
    tegen: str
    afstand: float
    vereist: int


def narrowest(doel: Doel, interval: tuple[float, float], vereist: int) -> float:
    """How far a figure can be from its truth in the worst direction, at most what is asked."""
    low, high = interval
    return max(0.0, min(doel.waarde - low, high - doel.waarde, vereist))


class Register:
    """The truth of some years, and what of it must not be estimated."""

    def __init__(self, bijdragen: pd.DataFrame, cellen: Mapping[int, Sequence[Cel]], regels: Parameters) -> None:
        self.regels = regels
        self.jaren = {jaar: read_year(jaar, bijdragen, own) for jaar, own in cellen.items()}
        self.doelen = {jaar: find_doelen(gegevens, regels) for jaar, gegevens in self.jaren.items()}

    def unsafe(self, jaar: int) -> set[tuple[str, str]]:
        """Which published cells of a year the rules do not let pass: (regio, uitsplitsing)."""
        cellen = self.jaren[jaar].cellen
        return {(cellen[d.cel].regio, cellen[d.cel].uitsplitsing) for d in self.doelen[jaar]}

    def attack(self, jaar: int, gepubliceerd: pd.DataFrame, *, ingewijden: bool = True) -> list[Vondst]:
        """Find every unsafe figure of a year that is known too well, by an outsider or else by an enterprise.

        gepubliceerd: jaar, regio, uitsplitsing, waarde (missing: withheld).
        """
        shown = {j: shown_of(j, gepubliceerd) for j in (jaar - 1, jaar, jaar + 1) if j in self.jaren}
        return self.attack_shown(jaar, shown, ingewijden=ingewijden)

    def attack_shown(
        self, jaar: int, shown: Mapping[int, set[tuple[str, str]]], *, ingewijden: bool = True
    ) -> list[Vondst]:
        """The same; `shown`: of this year and those beside it, which figures stand there."""
        beside = [(self.jaren[j], seen) for j, seen in shown.items() if j != jaar]
        attacker = Aanvaller(self.jaren[jaar], shown[jaar], beside, self.regels)
        return attack_as(jaar, attacker, self.doelen[jaar], ingewijden=ingewijden)


class Kenner(Protocol):
    """Who knows figures of a year: by that year alone, or by those beside it too."""

    gegevens: Gegevens
    regels: Parameters

    def interval(self, doel: Doel, knows: Mapping[int, tuple[float, float]] | None = None) -> tuple[float, float]: ...

    def insiders(self) -> dict[int, dict[int, tuple[float, float]]]: ...


def attack_as(jaar: int, attacker: Kenner, doelen: Sequence[Doel], *, ingewijden: bool) -> list[Vondst]:
    """Find what `attacker` knows too well of these figures."""
    gegevens, regels = attacker.gegevens, attacker.regels
    found: list[Vondst] = []
    left = []

    def note(doel: Doel, tegen: str, afstand: float, vereist: int) -> None:
        cel = gegevens.cellen[doel.cel]
        found.append(Vondst(jaar, cel.regio, cel.uitsplitsing, doel.maat, tegen, afstand, vereist))

    for doel in doelen:
        afstand = narrowest(doel, attacker.interval(doel), doel.vereist)
        if afstand < doel.vereist - TOLERANCE:
            note(doel, BUITENSTAANDER, afstand, doel.vereist)
        else:
            left.append(doel)
    if ingewijden:
        insiders = attacker.insiders()
        for doel in left:
            levels = {e: _level_against(doel, e, regels) for e in insiders}
            asked = [e for e in insiders if levels[e] > 0]
            if (worst := _first_insider(attacker, doel, insiders, levels, asked)) is not None:
                note(doel, gegevens.ondernemingen[worst[0]], worst[1], levels[worst[0]])
    return found


def _level_against(doel: Doel, e: int, regels: Parameters) -> int:
    """What must remain against an enterprise: all that is asked, or what hides the others when it is one of them."""
    if e not in doel.gifts:
        return doel.vereist
    gifts = np.array(list(doel.gifts.values()))
    return insider_level(gifts, list(doel.gifts).index(e), doel.enterprises, regels)


def _first_insider(
    attacker: Kenner,
    doel: Doel,
    insiders: Mapping[int, Mapping[int, tuple[float, float]]],
    levels: Mapping[int, int],
    asked: Sequence[int],
) -> tuple[int, float] | None:
    """An enterprise that comes too near, and how near. What a group does not find together, nobody in it finds."""
    if not asked:
        return None
    together: dict[int, tuple[float, float]] = {}
    for e in asked:
        for column, (low, high) in insiders[e].items():
            other = together.get(column, (0.0, inf))
            together[column] = (max(low, other[0]), min(high, other[1]))
    vereist = max(levels[e] for e in asked)
    afstand = narrowest(doel, attacker.interval(doel, together), vereist)
    if afstand >= vereist - TOLERANCE:
        return None
    if len(asked) == 1:
        return asked[0], afstand
    middle = len(asked) // 2
    return _first_insider(attacker, doel, insiders, levels, asked[:middle]) or _first_insider(
        attacker, doel, insiders, levels, asked[middle:]
    )
