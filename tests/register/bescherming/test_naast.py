"""Who works beside this process: the same answers, and no waiting for one that is gone."""

import os
import signal
from functools import partial

import pytest

from assets.register.bescherming.naast import employ
from assets.register.fout import BeschermingError

GROOT = b"x" * 10_000_000


class Breaks:
    """What ends the process that reads it."""

    def __reduce__(self):
        return os._exit, (1,)


def kept(what):
    return what


def sum_of(loaded, *more):
    return loaded + sum(more)


def refuse(loaded):
    raise ValueError(loaded)


@pytest.fixture(autouse=True)
def _not_for_ever():
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("haast", [False, True])
def test_what_is_asked_is_answered_in_turn(together, haast):
    with employ([partial(kept, 1), partial(kept, 2)], together=together, haast=haast) as (one, two):
        for worker in (one, two):
            worker.ask(sum_of, 10)
            worker.ask(sum_of, 20, 30)
        assert [one.answer(), two.answer(), one.answer(), two.answer()] == [11, 12, 51, 52]


@pytest.mark.parametrize("together", [False, True])
def test_what_goes_wrong_is_raised_where_the_answer_is_asked(together):
    with employ([partial(kept, 7)], together=together) as [worker]:
        worker.ask(refuse)
        with pytest.raises(ValueError, match="7"):
            worker.answer()


def test_one_that_breaks_off_while_it_is_given_its_load_is_not_waited_for():
    with employ([partial(kept, (Breaks(), GROOT))], together=True) as [worker]:
        worker.ask(refuse)
        with pytest.raises(BeschermingError, match="brak af"):
            worker.answer()


def test_one_that_breaks_off_while_it_is_asked_something_is_not_waited_for():
    with employ([partial(kept, 1)], together=True) as [worker]:
        worker.ask(sum_of, Breaks(), GROOT)
        with pytest.raises(BeschermingError, match="brak af"):
            worker.answer()
