"""The protection against an exact oracle on tiny registers: as safe, and hardly dearer."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.register.bescherming.beschermen import protect
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import PRIMAIR, SECUNDAIR, Cel

from .exact import Orakel

REGELS = Parameters()
# the promise: objective within 2% of the exact solution
GAP = 0.02
GEMEENTEN, SECTIES = ("GM1", "GM2"), ("C", "G", "Q")


def cells() -> list[Cel]:
    areas = {g: (g,) for g in GEMEENTEN} | {"PV": GEMEENTEN}
    return [
        *(Cel(r, "totaal", own, "sector") for r, own in areas.items()),
        *(Cel(r, f"Sectie={s}", own, "sector", (s,)) for r, own in areas.items() for s in SECTIES),
    ]


def register(sizes: dict[tuple[str, str], list[tuple[str, int, int]]]) -> pd.DataFrame:
    """Contributions: gemeente and section -> who, fulltime, parttime."""
    rows = [
        (2020, g, "sector", s, who, 1, full + part, full) for (g, s), own in sizes.items() for who, full, part in own
    ]
    columns = ["jaar", "gemeente", "kant", "atoom", "onderneming", "vestigingen", "banen", "fulltime"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.groupby(columns[:5], as_index=False).sum()


def compare(bijdragen: pd.DataFrame) -> tuple[float, float]:
    """What protection costs and what it could cost; fails where it is not safe while it could be."""
    found = protect(bijdragen, {2020: cells()}, REGELS, Geheugen())
    oracle = Orakel(bijdragen, cells(), REGELS)
    by_pattern = {
        p: frozenset(
            map(tuple, found.cellen[found.cellen["patroon"] == p][["regio", "uitsplitsing"]].to_numpy().tolist())
        )
        for p in (PRIMAIR, SECUNDAIR)
    }
    assert by_pattern[PRIMAIR] == oracle.unsafe
    best = oracle.cheapest()
    safe = oracle.safe(by_pattern[SECUNDAIR])
    if best.cellen is None:
        # nobody can make this safe: then it is not silent about it
        assert not safe and not found.openstaand.empty
        return np.nan, np.nan
    assert safe or not found.openstaand.empty, by_pattern[SECUNDAIR]
    return oracle.cost(by_pattern[SECUNDAIR]), best.kosten


def test_one_secret_among_crowds_costs_as_little_as_it_can():
    sizes = {(g, s): [(f"{g}{s}{n}", 20 + n, 3) for n in range(6)] for g in GEMEENTEN for s in SECTIES}
    sizes["GM1", "Q"] = [("alleen", 500, 20)]
    found, best = compare(register(sizes))
    assert found == pytest.approx(best)


def draw(dice: random.Random) -> pd.DataFrame:
    """A register with something to hide nearly everywhere; some enterprises are in more places than one."""
    sizes: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for place in product(GEMEENTEN, SECTIES):
        for n in range(dice.randint(1, 9)):
            who = f"{place}{n}" if dice.random() < 0.85 else f"keten{dice.randint(0, 3)}"
            size = dice.choice((1, 1, 2, 3, 5, 8, 20, 60, 200))
            sizes.setdefault(place, []).append((who, size, dice.randint(0, 9)))
    return register(sizes)


@pytest.mark.parametrize("amount", [12, pytest.param(200, marks=pytest.mark.lang)])
def test_together_the_patterns_cost_hardly_more_than_the_cheapest(amount):
    """The gap that is promised holds for all of them together: of a tiny register one cell is many percents."""
    dice = random.Random(7)
    costs = np.array([compare(draw(dice)) for _ in range(amount)])
    found, best = np.nansum(costs, axis=0)
    assert best > 0
    assert best <= found <= (1 + GAP) * best


many = st.lists(
    st.tuples(
        st.sampled_from(GEMEENTEN),
        st.sampled_from(SECTIES),
        st.integers(0, 14),
        st.sampled_from((1, 1, 2, 3, 5, 8, 20, 60, 200)),
        st.integers(0, 9),
    ),
    min_size=16,
    max_size=60,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(many)
def test_whatever_the_register_the_protection_is_as_safe_as_the_oracle(rows):
    sizes: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for g, s, who, full, part in rows:
        sizes.setdefault((g, s), []).append((f"o{who}", full, part))
    bijdragen = register(sizes)
    compare(bijdragen)
