"""What is published of the register adds up to the unit, wherever a whole and all its parts are published."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.parameters import Parameters
from assets.register.cijfers import protect_register
from assets.register.tellen import DIMENSIES
from tests.register.test_tellen import GEBIEDEN, count, vestiging

JAREN = (2018, 2019, 2020, 2021)
SBI = {"C": "10110", "G": "47110", "Q": "86101"}
# topic -> its parts that are all there is
DELEN = {
    "zzp": [("Uren=12+", "Uren=0-12")],
    "oprichtingen": [("Grootte=1", "Grootte=2+"), *((f"Na{n}=ja", f"Na{n}=nee") for n in (1, 3, 5))],
    "groei": [("Groei=snel", "Groei=anders")],
}
# (jaar, regio, onderwerp, uitsplitsing) -> figure, None where it is withheld
Cijfers = dict[tuple[int, str, str, str], int | None]


def publish(rows: list[dict]) -> Cijfers:
    cijfers = protect_register(count(rows), Parameters(), Geheugen()).cijfers
    keys = zip(cijfers["jaar"], cijfers["regio"], cijfers["onderwerp"], cijfers["uitsplitsing"], strict=True)
    return dict(zip(keys, [None if pd.isna(w) else int(w) for w in cijfers["waarde"]], strict=True))


def identities(cijfers: Cijfers) -> list[tuple[int, list[int]]]:
    """Every whole with its parts, where all of them are published."""
    found = []
    for jaar, regio, onderwerp, uitsplitsing in cijfers:
        divisions = []
        if regio == "PV22":
            divisions.append([(jaar, gemeente, onderwerp, uitsplitsing) for gemeente in GEBIEDEN["PV22"]])
        if uitsplitsing == "totaal":
            names = {u for j, _, o, u in cijfers if (j, o) == (jaar, onderwerp)}
            for dimensie in DIMENSIES.values():
                parts = sorted(n for n in names if n.startswith(f"{dimensie}="))
                divisions.append([(jaar, regio, onderwerp, part) for part in parts])
            for pair in DELEN.get(onderwerp, ()):
                divisions.append([(jaar, regio, onderwerp, part) for part in pair if part in names])
        whole = cijfers[jaar, regio, onderwerp, uitsplitsing]
        for parts in divisions:
            values = [cijfers[part] for part in parts]
            if parts and whole is not None and None not in values:
                found.append((whole, values))
    return found


def check(cijfers: Cijfers) -> int:
    """How many identities hold; fails when one does not."""
    found = identities(cijfers)
    for whole, parts in found:
        assert whole == sum(parts)
    return len(found)


def establishments(rows: list[tuple]) -> list[dict]:
    """Each in the years from its first to its last, and from its second year on elsewhere if it moves."""
    made = []
    for n, (first, years, moves, gemeente, sectie, who, fulltime, parttime) in enumerate(rows):
        for jaar in range(first, min(first + years, JAREN[-1] + 1)):
            here = GEBIEDEN["PV22"][gemeente ^ (moves and jaar > first)]
            extra = {"gemeente": here, "sectie": sectie, "sbi": SBI[sectie], "onderneming": f"k{who}"}
            made.append(vestiging(jaar, str(n), fulltime + parttime, fulltime=fulltime, **extra))
    return made


def crowd() -> list[tuple]:
    """Enough of everything, so that most is published."""
    dice, sizes = Random(1), ((1, 0), (0, 1), (1, 3), (4, 2), (12, 1))
    return [
        (
            *(dice.choice((2018, 2019)), dice.randint(1, 4), dice.random() < 0.1),
            *(dice.randint(0, 1), dice.choice(sorted(SBI)), 100 + n, *dice.choice(sizes)),
        )
        for n in range(240)
    ]


def test_a_register_with_enough_of_everything_adds_up():
    cijfers = publish(establishments(crowd()))
    assert check(cijfers) > 300
    counts = {(o, u) for (_, _, o, u), value in cijfers.items() if o in DELEN and value}
    # all but fast growth and what has no year after it
    assert len(counts) >= 10


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(JAREN),
            st.integers(1, 4),
            st.booleans(),
            st.integers(0, 1),
            st.sampled_from(sorted(SBI)),
            st.integers(0, 40),
            st.sampled_from((0, 1, 1, 2, 7, 30, 400)),
            st.integers(1, 5),
        ),
        max_size=60,
    )
)
def test_whatever_is_added_to_it_what_is_published_adds_up(rows):
    assert check(publish(establishments([*crowd(), *rows]))) > 100


def test_a_figure_that_is_one_off_is_found():
    cijfers = publish(establishments(crowd()))
    key = (2020, "PV22", "banen", "totaal")
    with pytest.raises(AssertionError):
        check(cijfers | {key: (cijfers[key] or 0) + 1})
