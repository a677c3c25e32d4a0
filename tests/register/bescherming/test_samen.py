"""What one enterprise knows by itself excuses nothing of what another finds in what is published."""

import numpy as np
import pytest

from assets.register.bescherming.programma import Block, Demand, Insider, Task
from assets.register.bescherming.samen import Proef, pass_private, widen
from assets.register.bescherming.verruimen import Widener

from .test_getuigen import make_block

ONE, TWO = 0, 1


def make_task(block: Block, always: np.ndarray) -> Task:
    """The first base variable must be able to move by one, against nobody in particular and two enterprises.

    Both enterprises know the second one; the first of them has the first variable for itself besides.
    """
    none, own = np.zeros(0, dtype=np.int64), np.zeros((0, 3))
    insiders = Insider(np.array([0, 1]), none, own), Insider(np.array([1]), none, own)
    demand = Demand(0, np.array([0]), (0, 1, 0), 1, 1.0)
    return Task(block, (demand,), insiders, np.ones((1, 2)), always, np.ones(block.cells))


@pytest.fixture
def block():
    return make_block(np.random.default_rng(1))


def is_private(n: int, e: int) -> bool:
    return (n, e) == (0, ONE)


def test_the_next_enterprise_is_told_where_the_first_knows_it_by_itself(block):
    proef = Proef(make_task(block, np.zeros(block.cells, dtype=bool)), np.array([[False, True, True]]))
    unmet = proef.find_unmet(thorough=True)
    assert unmet == {0: ONE}
    assert pass_private(proef, unmet, None) == {0: ONE}
    assert pass_private(proef, unmet, is_private) == {0: TWO}
    # nobody is left where all know it by themselves
    assert pass_private(proef, {0: TWO}, lambda n, e: True) == {}


def test_more_is_withheld_for_the_next_enterprise_where_nothing_helps_against_the_first(block):
    always = np.zeros(block.cells, dtype=bool)
    alone = Proef(make_task(block, always), np.array([[False, True, True]]))
    pattern, given_up = widen(alone, Widener(alone.task, together=True), alone.find_unmet(thorough=True))
    # what cannot be met stops the search for that demand
    assert (given_up, pattern.any()) == ({0: ONE}, False)
    proef = Proef(make_task(block, always), np.array([[False, True, True]]))
    widener = Widener(proef.task, together=True)
    pattern, given_up = widen(proef, widener, proef.find_unmet(thorough=True), is_private)
    assert (given_up, pattern.any()) == ({}, True)
    again = Proef(make_task(block, pattern), np.array([[False, False, True]]))
    assert again.find_unmet(thorough=True) == {}
