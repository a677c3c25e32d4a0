"""A deviation that was found proves something only where it is possible: whoever gives it, and whatever is asked."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from assets.register.bescherming.aanval import attack
from assets.register.bescherming.beschermen import protect
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.getuigen import Witnesses
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.programma import HAIR, INF, Block, Insider, Links
from assets.register.bescherming.stelsel import BANEN, OPEN, Bescherming, Cel, Voorraad

REGELS = Parameters()
GEMEENTEN, SECTIES = ("GM1", "GM2", "GM3"), ("C", "G", "Q")
GEBIEDEN = {g: (g,) for g in GEMEENTEN} | {"PV": GEMEENTEN}
CELLEN = [
    *(Cel(regio, "totaal", own, "sector") for regio, own in GEBIEDEN.items()),
    *(Cel(regio, f"Sectie={s}", own, "sector", (s,)) for regio, own in GEBIEDEN.items() for s in SECTIES),
]


def draw(seed: int) -> pd.DataFrame:
    """Two years of a register with something to hide nearly everywhere."""
    dice = random.Random(seed)
    rows = []
    for g, s in product(GEMEENTEN, SECTIES):
        for who in range(dice.randint(1, 9)):
            size = dice.choice((1, 2, 5, 8, 20, 60))
            for jaar in (2020, 2021):
                fulltime = max(1, round(size * dice.uniform(0.9, 1.1)))
                rows.append((jaar, g, "sector", s, f"{g}{s}{who}", 1, fulltime + dice.randint(0, 3), fulltime))
    columns = ["jaar", "gemeente", "kant", "atoom", "onderneming", "vestigingen", "banen", "fulltime"]
    return pd.DataFrame(rows, columns=columns)


def publish(found: Bescherming, opened: set[int]) -> pd.DataFrame:
    """What goes out, with the figures in these rows besides."""
    shown = (found.cellen["patroon"] == OPEN) | found.cellen.index.isin(opened)
    long = found.cellen.assign(shown=shown).melt(
        ["jaar", "regio", "uitsplitsing", "shown"], ["vestigingen", "banen", "fulltime"], "maat", "waarde"
    )
    return long.assign(waarde=long["waarde"].astype("Int64").where(long["shown"])).drop(columns="shown")


def forge(known: Voorraad, seed: int) -> Voorraad:
    """Deviations that prove anything to who believes them, besides those that are true."""
    dice = np.random.default_rng(seed)
    size = known.rijen.shape[1]
    false = sparse.csr_matrix(dice.choice([-50.0, 0.0, 50.0], (60, size)))
    single = sparse.csr_matrix(np.vstack([np.eye(size), -np.eye(size)]) * 1000.0)
    return Voorraad(known.sleutels, sparse.vstack([false, single, known.rijen], format="csr"))


@pytest.mark.parametrize("seed", range(2))
def test_the_attack_finds_the_same_whatever_deviations_it_is_given(seed):
    """Of a careless publication the true deviations of the careful one are false too: they move what got out."""
    bijdragen, cellen = draw(seed), {2020: CELLEN, 2021: CELLEN}
    found = protect(bijdragen, cellen, REGELS, Geheugen())
    assert found.getuigen is not None
    assert found.getuigen.rijen.shape[0]
    withheld = np.flatnonzero(found.cellen["patroon"] != OPEN).tolist()
    some = random.Random(seed).sample(withheld, 2)
    narrow = 0
    for opened in (set(), set(some), set(withheld)):
        out = publish(found, opened)
        alone = attack(bijdragen, cellen, out, REGELS, Geheugen()).intervallen
        for given in (found.getuigen, forge(found.getuigen, seed)):
            helped = attack(bijdragen, cellen, out, REGELS, Geheugen(), given).intervallen
            pd.testing.assert_frame_equal(helped.drop(columns="gevonden"), alone.drop(columns="gevonden"))
            assert np.allclose(helped["gevonden"].astype(float), alone["gevonden"].astype(float), atol=1e-4)
        narrow += len(alone)
    assert narrow


def make_block(dice: np.random.Generator) -> Block:
    """Two years of three base variables, their sums, one of them always known; everything with its bounds."""
    n, cells = 6, 4
    matrix = sparse.csr_matrix(
        [[1, 1, 0, 0, 0, 0], [0, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 1, 1], [1, 1, 1, 0, 0, 0]]
    ).astype(float)
    values = np.column_stack([dice.integers(1, 9, n), dice.integers(9, 30, n), dice.integers(0, 30, n)])
    rules = np.zeros((n, 3, 3))
    rules[:, 0] = (-1, 1, 1)
    bounds = np.where(rules.any(axis=2), -np.einsum("jrk,jk->jr", rules, values).astype(float), -INF)
    band = dice.uniform(1, 9, (cells, len(BANEN.bekend)))
    links = Links(
        sparse.csr_matrix(dice.choice([-1.25, 0.0, 1.0], (5, 3 * n))), np.full(5, -INF), dice.uniform(0, 9, 5),
        np.zeros((5, 2), dtype=np.int64),
    )  # fmt: skip
    ceiling = dice.uniform(5, 40, (n, 3))
    return Block(BANEN, matrix, cells, values, ceiling, rules, bounds, np.ones(cells, dtype=bool), -band, band, links)


def is_possible(block: Block, deviation: np.ndarray) -> bool:
    """Whether a deviation (base variables x measures) keeps within all that is known, said anew."""
    slack = 1e-5
    moved = block.matrix @ deviation
    known = moved[: block.cells] @ block.known.T
    assert block.links is not None
    return bool(
        (deviation >= -block.values - slack).all()
        and (deviation <= block.ceiling + slack).all()
        and (np.abs(moved[block.cells :]) <= slack).all()
        and (known <= block.band_high + slack).all()
        and (known >= block.band_low - slack).all()
        and (np.einsum("jrk,jk->jr", block.rules, deviation) >= block.bounds - slack).all()
        and (block.links.matrix @ deviation.T.ravel() <= block.links.high + slack).all()
    )


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_possible_as_far_as_it_goes_and_against_whom_it_counts(seed):
    dice = np.random.default_rng(seed)
    block = make_block(dice)
    own = np.minimum(block.values[[4]], 3).astype(float)
    none = np.zeros(0, dtype=np.int64)
    insiders = [Insider(np.array([0]), none, np.zeros((0, 3))), Insider(none, np.array([4]), own)]
    witnesses = Witnesses(block, insiders)
    given = dice.choice([-40.0, -1.0, 0.0, 0.0, 1.0, 40.0], (60, 3, 6))
    # half of them leave what is always known as it is
    given[::2, :, 2] = -given[::2, :, 0] - given[::2, :, 1]
    witnesses.add(sparse.csr_matrix(given.reshape(60, -1)), variants=True)
    assert len(witnesses) > 20
    for row in witnesses.rows.toarray()[::7]:
        deviation = row.reshape(3, 6).T
        assert is_possible(block, deviation)
        # as long as it can be
        assert not is_possible(block, 1.01 * deviation)
        for pattern in ((True,) * 4, (True, True, False, False), (False, True, True, True)):
            suppressed = np.array(pattern)
            still = np.abs((block.matrix[: block.cells] @ deviation)[~suppressed]) <= HAIR
            target = sparse.csr_matrix(np.sign(row).reshape(-1, 1))
            far = float(np.abs(row).sum())
            todo, level = np.ones((1, 3), dtype=bool), np.full((1, 3), far / 2)
            one = Witnesses(block, insiders)
            one.add(sparse.csr_matrix(row))
            one.prove(todo, level, target, suppressed)
            assert (not todo[0, 0]) == still.all()
            if not still.all():
                assert todo.all()
                continue
            # who is alone there, knows; who has a part, knows that no less is left than that
            assert todo[0, 1] == bool(np.abs(deviation[0]).max() > 0)
            assert todo[0, 2] == bool((deviation[4] / 2 < own[0] - block.values[4] - HAIR).any())
