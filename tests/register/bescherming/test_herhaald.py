"""A year that was published keeps the pattern that it had: nothing is left to choose in it, and it is only tested."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from assets.register.bescherming.aanval import attack
from assets.register.bescherming.beschermen import protect
from assets.register.bescherming.geheugen import Geheugen, remember
from assets.register.bescherming.hoofdprobleem import Master
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import OPEN, Bescherming, Cel

GEMEENTEN, SECTOREN = ("GM1", "GM2", "GM3", "GM4"), ("A", "B", "C", "D", "E")
OUD, NIEUW = range(2017, 2020), range(2017, 2021)
REGELS = Parameters()


def register(seed: int = 1) -> pd.DataFrame:
    """Years in which some sectors of some gemeenten have one enterprise, or a large one; all move a little."""
    dice = np.random.default_rng(seed)
    rows = []
    for g in GEMEENTEN:
        for s in SECTOREN:
            for n in range(int(dice.integers(1, 7))):
                size = float(dice.integers(4, 400))
                for jaar in NIEUW:
                    size = max(2.0, size * dice.uniform(0.93, 1.08))
                    rows.append((jaar, g, "sector", s, f"{g}{s}{n}", int(size), int(size * 0.7), 1))
    names = ["jaar", "gemeente", "kant", "atoom", "onderneming", "banen", "fulltime", "vestigingen"]
    return pd.DataFrame(rows, columns=names)


def cells() -> list[Cel]:
    """Totals and sectors of each gemeente and of all together, and of two beside each other."""
    areas = {g: (g,) for g in GEMEENTEN} | {"PV": GEMEENTEN, "CR": GEMEENTEN[:2]}
    sectors = [Cel(r, f"Sectie={s}", own, "sector", (s,)) for r, own in areas.items() for s in SECTOREN]
    return [*(Cel(r, "totaal", own, "sector") for r, own in areas.items()), *sectors]


def publish(found: Bescherming) -> pd.DataFrame:
    """What goes out."""
    measures = ["vestigingen", "banen", "fulltime"]
    long = found.cellen.melt(["jaar", "regio", "uitsplitsing", "patroon"], measures, "maat", "waarde")
    return long.assign(waarde=long["waarde"].astype("Int64").mask(long["patroon"] != OPEN)).drop(columns="patroon")


def run(rows: pd.DataFrame, years: range, geheugen: Geheugen, regels: Parameters = REGELS) -> Bescherming:
    return protect(rows[rows["jaar"].isin(years)], {j: cells() for j in years}, regels, geheugen)


@pytest.fixture(scope="module")
def eerder() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The register, and what was published of its first years."""
    rows = register()
    found = run(rows, OUD, Geheugen())
    assert 0 < (found.cellen["patroon"] != OPEN).mean() < 1
    return rows, publish(found)


def withheld(out: pd.DataFrame, years: range) -> set[tuple[int, str, str]]:
    gone = out[out["waarde"].isna() & out["jaar"].isin(years)]
    return set(zip(gone["jaar"], gone["regio"], gone["uitsplitsing"], strict=True))


@pytest.fixture
def keuzes(monkeypatch) -> list[int]:
    """Each time that cells are chosen."""
    asked: list[int] = []
    relax = Master.relax
    monkeypatch.setattr(Master, "relax", lambda self: asked.append(1) or relax(self))
    return asked


def test_a_year_that_was_published_keeps_its_pattern_without_a_choice(eerder, keuzes):
    rows, out = eerder
    again = publish(run(rows, OUD, remember(Geheugen(), out, "een")))
    assert withheld(again, OUD) == withheld(out, OUD)
    assert not keuzes
    # and without what was published there is something to choose
    run(rows, OUD, Geheugen())
    assert keuzes


def test_rules_that_became_stricter_hold_for_a_year_that_was_published(eerder):
    rows, out = eerder
    found = run(rows, OUD, remember(Geheugen(), out, "een"), Parameters(minimum=4, p=15))
    assert withheld(publish(found), OUD) > withheld(out, OUD)
    # what they would have withheld is out already, and that is said
    assert "eerder gepubliceerd" in set(found.openstaand["tegen"])


def test_a_year_that_comes_is_chosen_and_those_before_it_keep_their_pattern(eerder, keuzes):
    rows, out = eerder
    geheugen = remember(Geheugen(), out, "een")
    again = publish(run(rows, NIEUW, geheugen))
    assert withheld(again, OUD) == withheld(out, OUD)
    assert keuzes and withheld(again, NIEUW) > withheld(out, OUD)
    assert attack(rows, {j: cells() for j in NIEUW}, again, REGELS, geheugen).te_smal.empty


@pytest.mark.parametrize("vestigingen", [1, 0], ids=["with establishments", "of jobs alone"])
def test_a_year_that_is_corrected_is_chosen_anew(eerder, keuzes, vestigingen):
    rows, out = eerder
    there = (rows["jaar"] == 2018) & (rows["gemeente"] == "GM2")
    more = {"banen": 3, "fulltime": 2, "vestigingen": vestigingen}
    corrected = rows.assign(**{m: rows[m].mask(there, rows[m] + n) for m, n in more.items()})
    again = publish(run(corrected, OUD, remember(Geheugen(), out, "een")))
    assert keuzes
    assert withheld(again, OUD) >= withheld(out, OUD)


def test_jobs_that_a_correction_makes_unsafe_are_protected_though_no_establishment_changed(eerder):
    """One measure that is what was published tells nothing of the others."""
    rows, out = eerder
    figure, geheugen = (2018, "GM2", "Sectie=D"), remember(Geheugen(), out, "een")
    assert figure not in withheld(out, OUD)
    year, one = rows["jaar"] == 2018, (rows["jaar"] == 2018) & (rows["onderneming"] == "GM2D0")
    corrected = rows.assign(banen=rows["banen"] + 3 * year, fulltime=rows["fulltime"] + 2 * year)
    corrected = corrected.assign(
        banen=corrected["banen"].mask(one, 1500), fulltime=corrected["fulltime"].mask(one, 1050)
    )
    found = run(corrected, OUD, geheugen)
    # another is withheld for it: before, the figure counted as known, and was given up
    assert withheld(publish(found), OUD) > withheld(out, OUD) | {figure}
    assert found.openstaand.empty
    assert attack(corrected, {j: cells() for j in OUD}, publish(found), REGELS, geheugen).intervallen.empty
