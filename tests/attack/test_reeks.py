"""Years beside each other: what is withheld and follows all the same tells of the year before and after it.

The attacker has all years in one program (`reeks`), and shares no code with the protection.
"""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pandas as pd
import pytest

from assets.register.bescherming import beschermen
from assets.register.bescherming.aanval import attack, attack_measures
from assets.register.bescherming.beschermen import protect, protect_measures
from assets.register.bescherming.geheel import Geheel
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.jaren import Jaren
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import BANEN, OPEN, Cel
from assets.register.bescherming.venster import FIRST, Venster, is_whole, next_radius
from assets.register.tellen import Geteld

from .conftest import count
from .reeks import Reeks
from .test_aanval import publish

REGELS = Parameters()
GEMEENTEN, SECTIES = ("GM1", "GM2", "GM3"), ("C", "G", "Q")
GEBIEDEN = {g: (g,) for g in GEMEENTEN} | {"CR": ("GM1", "GM2"), "PV": GEMEENTEN}
CELLEN = [
    *(Cel(regio, "totaal", own, "sector") for regio, own in GEBIEDEN.items()),
    *(Cel(regio, f"Sectie={s}", own, "sector", (s,)) for regio, own in GEBIEDEN.items() for s in SECTIES),
]
# jaar, gemeente, sectie, onderneming, fulltime, parttime
Rij = tuple[int, str, str, str, int, int]


def add_up(rows: list[Rij]) -> pd.DataFrame:
    columns = ["jaar", "gemeente", "kant", "atoom", "onderneming", "vestigingen", "banen", "fulltime"]
    frame = pd.DataFrame([(j, g, "sector", s, who, 1, f + p, f) for j, g, s, who, f, p in rows], columns=columns)
    return frame.groupby(columns[:5], as_index=False).sum()


def as_measured(bijdragen: pd.DataFrame) -> pd.DataFrame:
    return bijdragen.assign(parttime=bijdragen["banen"] - bijdragen["fulltime"])


def found_by_both(bijdragen: pd.DataFrame, cellen: dict[int, list[Cel]], out: pd.DataFrame) -> tuple[set, set]:
    """What an outsider finds by the attacker of these tests, and what is found by that of the build."""
    ours = {(v.jaar, v.regio, v.uitsplitsing, v.maat) for v in Reeks(bijdragen, cellen, out, REGELS).attack()}
    narrow = attack(bijdragen, cellen, out, REGELS, Geheugen()).te_smal
    return ours, set(map(tuple, narrow[["jaar", "regio", "uitsplitsing", "maat"]].to_numpy().tolist()))


def chain(years: int) -> pd.DataFrame:
    """One enterprise has 400 jobs; later, a crowd in its place has a fifth less each year: the very margin.

    In the years between there are crowds too, of which nothing needs to be hid for its own sake.
    """
    rows: list[Rij] = []
    for n in range(years):
        for g, s in product(GEMEENTEN, SECTIES):
            if (g, s) != ("GM1", "Q"):
                rows += [(2020 + n, g, s, f"{g}{s}{i}", 30 + i, 0) for i in range(8)]
            elif n == 0:
                rows.append((2020, g, s, "alleen", 400, 0))
            else:
                size = round(400 * 0.8**n)
                rows += [(2020 + n, g, s, f"q{i}", size // 8 + (i < size % 8), 0) for i in range(8)]
    return add_up(rows)


@pytest.mark.parametrize("years", [2, 3])
def test_a_cell_that_is_withheld_and_follows_all_the_same_gives_the_year_beside_it_away(years):
    bijdragen, cellen = chain(years), {2020 + n: CELLEN for n in range(years)}
    secret = (2020, "GM1", "Sectie=Q", "banen")
    found = protect(bijdragen, cellen, REGELS, Geheugen())
    assert found.openstaand.empty
    assert found_by_both(bijdragen, cellen, publish(found)) == (set(), set())
    # withheld by itself in the year beside it, it follows from what is beside it in that year
    later = found.cellen["jaar"] > 2020
    only = later & (found.cellen["regio"] == "GM1") & (found.cellen["uitsplitsing"] == "Sectie=Q")
    careless = found.cellen.assign(patroon=found.cellen["patroon"].mask(later & ~only, OPEN))
    careless.loc[only, "patroon"] = "secundair"
    ours, theirs = found_by_both(bijdragen, cellen, publish(type(found)(careless, found.openstaand)))
    assert secret in ours
    assert ours <= theirs


def test_a_protection_of_each_year_by_itself_is_found_out(monkeypatch):
    """Mutation: without the years together the attack refuses what was chosen."""
    monkeypatch.setattr(beschermen, "mend", lambda jaren, years: None)
    bijdragen, cellen = chain(2), {2020: CELLEN, 2021: CELLEN}
    ours, theirs = found_by_both(bijdragen, cellen, publish(protect(bijdragen, cellen, REGELS, Geheugen())))
    assert (2020, "GM1", "Sectie=Q", "banen") in ours
    assert ours <= theirs


@pytest.mark.parametrize("gone", [(), (2014, 2017), (2011,), (2012, 2013, 2019)])
def test_the_search_for_a_wider_window_ends_whatever_years_are_missing(gone):
    years = [j for j in range(2010, 2021) if j not in gone]
    for jaar in years:
        radius, looked = FIRST, 1
        while not is_whole(jaar, radius, years):
            radius, looked = next_radius(radius, years), looked + 1
            assert looked <= 4, (jaar, radius)


def test_two_processes_find_what_one_finds():
    bijdragen, cellen = chain(3), {2020 + n: CELLEN for n in range(3)}
    frame = as_measured(bijdragen)
    alone, together = (protect_measures(frame, cellen, BANEN, REGELS, Geheugen(), samen) for samen in (99, 1))
    pd.testing.assert_frame_equal(alone.cellen, together.cellen)
    pd.testing.assert_frame_equal(alone.openstaand, together.openstaand)
    # and of what is not safe both say the same
    out = publish(type(alone)(alone.cellen.assign(patroon=OPEN), alone.openstaand))
    alone, together = (attack_measures(frame, cellen, out, BANEN, REGELS, Geheugen(), samen) for samen in (99, 1))
    assert len(alone.te_smal)
    pd.testing.assert_frame_equal(alone.intervallen, together.intervallen)


def draw(seed: int, years: int) -> pd.DataFrame:
    """A register with something to hide nearly everywhere, whose enterprises grow, shrink, come and go."""
    dice = random.Random(seed)
    rows: list[Rij] = []
    for g, s in product(GEMEENTEN, SECTIES):
        sizes = {f"{g}{s}{n}": dice.choice((1, 1, 2, 5, 8, 20, 60, 200)) for n in range(dice.randint(1, 9))}
        for n in range(years):
            for who, size in sizes.items():
                if dice.random() < 0.95:
                    rows.append((2020 + n, g, s, who, size, dice.randint(0, 1 + size // 4)))
                sizes[who] = max(1, round(size * dice.uniform(0.8, 1.25)))
    return add_up(rows)


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.lang) for n in range(3, 20))])
def test_over_all_years_nothing_is_found_narrower_than_the_rules_but_what_is_listed(seed):
    bijdragen, cellen = draw(seed, 4), {2020 + n: CELLEN for n in range(4)}
    found = protect(bijdragen, cellen, REGELS, Geheugen())
    listed = set(map(tuple, found.openstaand[["jaar", "regio", "uitsplitsing", "maat"]].to_numpy().tolist()))
    ours, theirs = found_by_both(bijdragen, cellen, publish(found))
    assert ours <= listed
    assert theirs <= listed


@pytest.mark.parametrize("seed", range(2))
def test_what_an_enterprise_knows_by_itself_in_a_few_years_it_knows_by_itself_in_all(seed):
    """A window of a few years may overlook it, and never says it where all years together do not."""
    years, drawn = range(2020, 2027), draw(seed, 7)
    # alone but for two years, in which the other is nearly as large as the margin lets it be
    own: list[Rij] = [(j, "GM1", "C", "eigen", 100, 0) for j in years]
    own += [(j, "GM1", "C", "ander", 24, 0) for j in (2021, 2023)]
    rest = drawn[(drawn["gemeente"] != "GM1") | (drawn["atoom"] != "C")]
    bijdragen = as_measured(pd.concat([rest, add_up(own)], ignore_index=True))
    jaren = Jaren(bijdragen, dict.fromkeys(years, CELLEN), BANEN, REGELS, Geheugen(), rounds=0)
    jaren.see({j: np.array([c.uitsplitsing == "totaal" for c in CELLEN]) for j in years})
    geheel, told = Geheel(jaren), [0, 0]
    for jaar in (2021, 2023):
        for naam, prepared in jaren.prepared(jaar).items():
            which, levels = np.arange(len(prepared.demands)), geheel.levels(jaar, naam)[:, 1:]
            private = []
            for radius in (FIRST, 6):
                venster = Venster(jaren, jaar, naam, radius)
                task, known = venster.task(which, levels, geheel.names)
                pairs = [(n, e) for n in which for e in range(len(known)) if task.levels[n, e] > 0]
                private.append({(n, int(known[e])) for n, e in pairs if venster.is_private(task, n, e)})
            assert private[0] <= private[1]
            told = [told[0] + len(private[0]), told[1] + len(private[1])]
    assert 0 < told[0] <= told[1]


ZUIDOOST = {"GM0109", "GM0114", "GM1681"}


@pytest.fixture(scope="module")
def reeks() -> Geteld:
    """Five years of a register a third of the size."""
    return count(range(2016, 2021), 0.3)


@pytest.mark.lang
def test_years_of_the_sample_withstand_the_attack_over_all_years(reeks):
    cellen = {j: [c for c in own if set(c.gemeenten) <= ZUIDOOST] for j, own in reeks.cellen.items()}
    bijdragen = reeks.bijdragen[reeks.bijdragen["gemeente"].isin(ZUIDOOST)]
    found = protect(bijdragen, cellen, REGELS, Geheugen())
    assert found.openstaand.empty
    assert found_by_both(bijdragen, cellen, publish(found)) == (set(), set())
