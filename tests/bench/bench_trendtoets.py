"""How often the trend test calls noise a change, and how often it finds a real one: ours beside plain least squares.

    python tests/bench/bench_trendtoets.py [--reeksen 4000] [--zaad 1]

Series are drawn anew for every line, with a seed. A pool is an indicator in one kind of region: one (the country), 12
provinces, 40 COROP areas, 342 municipalities. A candidate is another way to give a pool its autocorrelation. In percent
of the series; power is for a change of four standard deviations of the noise over the years that are there.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from unittest import mock

import numpy as np

from assets.indicatoren import autocorrelatie
from begrippen.rekenregels import REKENREGELS
from tests.indicatoren.simulatie import Wereld, simulate

POOLS = (1, 12, 40, 342)
RHO = (0.0, 0.4, 0.6, 0.8)


def line(cells: list[str]) -> None:
    """A row of a table in Markdown."""
    print(f"| {' | '.join(cells)} |", flush=True)


def head(cells: list[str]) -> None:
    """The first two rows of it."""
    line(cells)
    line(["---"] * len(cells))


def pools_of(regios: int, series: int) -> int:
    """So many pools that their number, too, is not small: series of a pool share its autocorrelation."""
    return max(series // regios, 60)


def promise(seed: int, series: int) -> None:
    """Size and power of both tests over everything that is promised."""
    head(["punten", "rho", *(f"vals, {m}: was / is" for m in POOLS), *(f"gevonden, {m}" for m in POOLS)])
    worst = 0.0
    for n in (5, 6, 7, 8):
        for rho in RHO:
            still = [simulate(seed, Wereld(pools_of(m, series), m, n, rho)) for m in POOLS]
            moves = [simulate(seed, Wereld(pools_of(m, series), m, n, rho, verandering=4)) for m in POOLS]
            line(
                [
                    str(n),
                    str(rho),
                    *(f"{s.kleinste_kwadraten:.1f} / {s.signaal:.1f}" for s in still),
                    *(f"{m.kleinste_kwadraten:.0f} / {m.signaal:.0f}" for m in moves),
                ]
            )
            worst = max(worst, *(s.signaal for s in still))
    print(f"\nHoogste aandeel valse signalen: {worst:.1f}%\n")


def corners(seed: int, series: int) -> None:
    """Where the model does not hold, or holds no longer than was promised."""
    base = Wereld(pools=1, regios=12, n=8, rho=0.8)
    cases = {
        "helft van de ruis gedeeld, 12 regio's": replace(base, schok=0.5),
        "negen tiende gedeeld, 12 regio's": replace(base, schok=0.9),
        "negen tiende gedeeld, 40 regio's": replace(base, regios=40, schok=0.9),
        "helft gedeeld, 342 regio's": replace(base, regios=342, schok=0.5),
        "een tiende van de jaren ontbreekt": replace(base, gaten=0.1),
        "met marges": replace(base, marges=True),
        "vier punten": replace(base, n=4),
        "rho 0,9, een reeks": replace(base, regios=1, rho=0.9),
        "rho 0,95, een reeks": replace(base, regios=1, rho=0.95),
        "dwaalt (rho 1), een reeks": replace(base, regios=1, rho=1.0),
        "dwaalt (rho 1), 342 reeksen": replace(base, regios=342, rho=1.0),
    }
    head(["acht punten, rho 0,8, tenzij anders", "vals: was", "vals: is", "waarvan robuust"])
    for naam, w in cases.items():
        found = simulate(seed, replace(w, pools=pools_of(w.regios, 2 * series)))
        line([naam, f"{found.kleinste_kwadraten:.1f}", f"{found.signaal:.1f}", f"{found.robuust:.0f}"])
    print()


def candidates(seed: int, series: int) -> None:
    """Other ways to choose the autocorrelation, on the same series: false at rho 0.8, found at rho 0 and 0.8."""
    ours = autocorrelatie.choose

    def sure(level: float) -> Callable[..., autocorrelatie.Getallen]:
        return lambda total, steps, _: ours(total, steps, level)

    def best(total: autocorrelatie.Getallen, steps: autocorrelatie.Getallen, _: float) -> autocorrelatie.Getallen:
        return np.asarray(steps[total.argmax(axis=0)])

    def shrunk(total: autocorrelatie.Getallen, steps: autocorrelatie.Getallen, _: float) -> autocorrelatie.Getallen:
        """Hierarchical, where the other indicators have 0.4 with a spread of 0.25: held for like them beforehand."""
        return ours(total - ((steps - 0.4) ** 2 / (2 * 0.25**2))[:, None], steps, 0.5)

    ways: dict[str, Callable[..., autocorrelatie.Getallen]] = {
        "beste schatting (REML)": best,
        "midden van wat kan (0,5)": sure(0.5),
        "hierarchisch: rond 0,4": shrunk,
        "0,7": sure(0.7),
        f"{REKENREGELS.rho_zekerheid} (in gebruik)": ours,
        "0,9": sure(0.9),
    }
    head(["keuze van rho; acht punten", *(f"vals, {m}" for m in POOLS), *(f"gevonden, {m}" for m in POOLS)])
    for naam, way in ways.items():
        with mock.patch.object(autocorrelatie, "choose", way):
            false = [simulate(seed, Wereld(pools_of(m, series), m, 8, 0.8)).signaal for m in POOLS]
            found = [
                [simulate(seed, Wereld(pools_of(m, series), m, 8, rho, verandering=4)).signaal for rho in (0.0, 0.8)]
                for m in POOLS
            ]
        line([naam, *(f"{f:.1f}" for f in false), *(f"{a:.0f} / {b:.0f}" for a, b in found)])
    print()


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reeksen", type=int, default=4000)
    parser.add_argument("--zaad", type=int, default=1)
    given = parser.parse_args()
    for table in (promise, corners, candidates):
        table(given.zaad, given.reeksen)


if __name__ == "__main__":
    main()
