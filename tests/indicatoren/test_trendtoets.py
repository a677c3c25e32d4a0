"""The trend test keeps its promise: where nothing changes it says so in 93 of 100 series, however alike the years are.

The promise holds for an autocorrelation of 0 to 0.8 and five to eight points. `tests/bench/bench_trendtoets.py` prints
all of it; here are the hardest corners.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.indicatoren.simulatie import Wereld, simulate

# percent of series in which nothing changes that may be called a change; the part of those that may be called robust
BELOFTE, ROBUUST = 7.0, 30.0
HARDEST = [
    Wereld(pools=1500, regios=1, n=8, rho=0.8),
    Wereld(pools=150, regios=12, n=8, rho=0.8, schok=0.9),
    Wereld(pools=20, regios=100, n=8, rho=0.8),
]


@pytest.mark.parametrize("wereld", HARDEST, ids=str)
def test_noise_that_lasts_is_seldom_called_a_change(wereld):
    found = simulate(1, wereld)
    assert found.signaal <= BELOFTE
    # plain least squares falls for it, so the noise of this test is the noise meant
    assert found.kleinste_kwadraten > 25
    assert found.robuust <= ROBUUST


def test_a_real_change_is_found():
    # what no test finds, no test calls wrongly: without any power the promise would be cheap
    assert simulate(2, Wereld(pools=10, regios=100, n=8, rho=0.0, verandering=4)).signaal > 75
    assert simulate(3, Wereld(pools=1000, regios=1, n=8, rho=0.8, verandering=4)).signaal > 60


@pytest.mark.lang
@pytest.mark.parametrize("rho", [0.0, 0.4, 0.6, 0.8])
@pytest.mark.parametrize("n", [5, 6, 7, 8])
@pytest.mark.parametrize(
    "wereld",
    [
        Wereld(pools=4000, regios=1, n=8, rho=0),
        Wereld(pools=2000, regios=3, n=8, rho=0, schok=0.5),
        Wereld(pools=500, regios=12, n=8, rho=0),
        Wereld(pools=500, regios=12, n=8, rho=0, schok=0.5),
        Wereld(pools=500, regios=12, n=8, rho=0, marges=True),
        Wereld(pools=400, regios=40, n=8, rho=0, schok=0.9),
        Wereld(pools=300, regios=40, n=8, rho=0, schok=0.3, gaten=0.1),
        Wereld(pools=300, regios=342, n=8, rho=0, schok=0.5),
    ],
    ids=str,
)
def test_the_promise_holds_in_every_pool(wereld, rho, n):
    found = simulate(n, replace(wereld, n=n, rho=rho))
    assert found.signaal <= BELOFTE
    # of twenty false signals a share says nothing
    assert found.robuust <= ROBUUST or found.signaal < 1
