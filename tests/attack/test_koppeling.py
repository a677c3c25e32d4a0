"""Jobs are at least establishments: a figure whose jobs are wide enough by themselves is not so with that.

Two small tables, in which the first and the last section of two gemeenten are withheld and all their sums stand there:
what a section gains in a gemeente, the other loses there, and so on round. Of each table there is one in which the
coupling leaves too little room, and one that has room and is otherwise the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from assets.register.bescherming import opgave
from assets.register.bescherming.aanval import BUITENSTAANDER, attack
from assets.register.bescherming.beschermen import protect
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import OPEN, Cel

from .aanvaller import Aanvaller, Register

REGELS, JAAR = Parameters(), 2020
MATEN = ["vestigingen", "banen", "fulltime"]
GEBIEDEN = {"GM1": ("GM1",), "GM2": ("GM2",), "PV": ("GM1", "GM2")}
CELLEN = [
    *(Cel(regio, "totaal", own, "sector") for regio, own in GEBIEDEN.items()),
    *(Cel(regio, f"Sectie={s}", own, "sector", (s,)) for regio, own in GEBIEDEN.items() for s in "BCD"),
]
ROND = {(g, f"Sectie={s}") for g in ("GM1", "GM2") for s in "BD"}
GEHEIM = ("GM1", "Sectie=B", "banen")


def gifts(place: str, enterprises: list[tuple[int, int]]) -> list[dict]:
    """Enterprises of a section of a gemeente: how many jobs, in how many establishments."""
    gemeente, sectie = place.split()
    return [
        {
            "jaar": JAAR,
            "gemeente": gemeente,
            "kant": "sector",
            "atoom": sectie,
            "onderneming": f"{place}{n}",
            "banen": jobs,
            "fulltime": jobs,
            "vestigingen": establishments,
        }
        for n, (jobs, establishments) in enumerate(enterprises)
    ]


def counts_hold_jobs(establishments: int) -> pd.DataFrame:
    """One enterprise has 50 jobs in this many establishments.

    With as many as it has jobs, each job less is an establishment less, which section D elsewhere must then lose too:
    it has four. So the enterprise has 46 jobs at least, where it must be possible that it has 45.
    """
    return pd.DataFrame(
        [
            *gifts("GM1 B", [(50, establishments)]),
            *gifts("GM2 B", [(8, 1)] * 6),
            *(row for g in ("GM1", "GM2") for row in gifts(f"{g} C", [(90, 1)] * 8)),
            *gifts("GM1 D", [(12, 1)] * 6),
            *gifts("GM2 D", [(12, 1)] * 4),
        ]
    )


def jobs_hold_counts(jobs: int) -> pd.DataFrame:
    """One enterprise has 50 jobs in one establishment; the establishments of section D have this many jobs each.

    With one job in each, section D cannot lose a job without an establishment. What it loses in GM2 section B must lose
    in GM1, which has one to give; what it loses in GM1 it must lose in GM2, which has four. So the enterprise has 49 to
    54 jobs, where it must be possible that it has 45 or 55.
    """
    return pd.DataFrame(
        [
            *gifts("GM1 B", [(50, 1)]),
            *gifts("GM2 B", [(4, 1), (3, 1), (3, 1), (2, 1)]),
            *(row for g in ("GM1", "GM2") for row in gifts(f"{g} C", [(90, 1)] * 8)),
            *(row for g in ("GM1", "GM2") for row in gifts(f"{g} D", [(jobs, 1)] * 10)),
        ]
    )


# what remains of the five jobs either way that the rule asks of an enterprise with fifty
LEFT = {"counts_hold_jobs": 4, "jobs_hold_counts": 1}
NARROW = {"counts_hold_jobs": counts_hold_jobs(50), "jobs_hold_counts": jobs_hold_counts(1)}
WIDE = {"counts_hold_jobs": counts_hold_jobs(25), "jobs_hold_counts": jobs_hold_counts(2)}


def publish(bijdragen: pd.DataFrame, withheld: set[tuple[str, str]]) -> pd.DataFrame:
    """Everything but these cells."""
    rows = []
    for cel in CELLEN:
        part = bijdragen[bijdragen["gemeente"].isin(cel.gemeenten)]
        part = part[part["atoom"].isin(cel.atomen)] if cel.atomen else part
        secret = (cel.regio, cel.uitsplitsing) in withheld
        rows += [(JAAR, cel.regio, cel.uitsplitsing, m, pd.NA if secret else int(part[m].sum())) for m in MATEN]
    frame = pd.DataFrame(rows, columns=["jaar", "regio", "uitsplitsing", "maat", "waarde"])
    return frame.astype({"waarde": "Int64"})


@dataclass(frozen=True)
class Found:
    """How near each attacker of the two came to a figure, of those that came too near."""

    ours: dict[tuple[str, str, str], float]
    theirs: dict[tuple[str, str, str], float]


def attack_both(bijdragen: pd.DataFrame, withheld: set[tuple[str, str]], *, outsider: bool) -> Found:
    out = publish(bijdragen, withheld)
    ours = Register(bijdragen, {JAAR: CELLEN}, REGELS).attack(JAAR, out, ingewijden=not outsider)
    theirs = attack(bijdragen, {JAAR: CELLEN}, out, REGELS, Geheugen()).te_smal
    theirs = theirs[theirs["tegen"] == BUITENSTAANDER] if outsider else theirs
    keys = zip(theirs["regio"], theirs["uitsplitsing"], theirs["maat"], strict=True)
    return Found(
        {(v.regio, v.uitsplitsing, v.maat): v.afstand for v in ours},
        dict(zip(keys, theirs["gevonden"], strict=True)),
    )


def choose(bijdragen: pd.DataFrame) -> set[tuple[str, str]]:
    """What the protection withholds."""
    cellen = protect(bijdragen, {JAAR: CELLEN}, REGELS, Geheugen()).cellen
    own = cellen[cellen["patroon"] != OPEN]
    return set(zip(own["regio"], own["uitsplitsing"], strict=True))


@contextmanager
def uncoupled() -> Iterator[None]:
    """Mutation: neither attacker, nor the protection, knows that a job belongs to an establishment."""

    def no_rules(maten, atomen, values):
        return np.zeros((len(values), 0, values.shape[1])), np.zeros((len(values), 0))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opgave, "coupling_rules", no_rules)
        patch.setattr(Aanvaller, "_coupling", lambda self: sparse.csr_matrix((0, 3 * len(self.gegevens.basis))))
        yield


@pytest.mark.parametrize("table", NARROW)
def test_what_is_wide_enough_by_its_jobs_is_too_narrow_with_its_establishments(table):
    found = attack_both(NARROW[table], ROND, outsider=True)
    assert found.ours[GEHEIM] == pytest.approx(LEFT[table])
    assert found.theirs[GEHEIM] == pytest.approx(LEFT[table])


@pytest.mark.parametrize("table", WIDE)
def test_with_other_establishments_and_all_else_the_same_it_is_wide_enough(table):
    assert attack_both(WIDE[table], ROND, outsider=True) == Found({}, {})


@pytest.mark.parametrize("table", NARROW)
def test_an_attacker_without_the_coupling_misses_it(table):
    with uncoupled():
        assert attack_both(NARROW[table], ROND, outsider=True) == Found({}, {})


@pytest.mark.parametrize("table", NARROW)
def test_the_protection_withholds_what_the_coupling_asks(table):
    assert attack_both(NARROW[table], choose(NARROW[table]), outsider=False) == Found({}, {})


@pytest.mark.parametrize("table", NARROW)
def test_a_protection_without_the_coupling_is_found_out(table):
    with uncoupled():
        pattern = choose(NARROW[table])
    found = attack_both(NARROW[table], pattern, outsider=True)
    assert GEHEIM in found.ours
    assert GEHEIM in found.theirs
