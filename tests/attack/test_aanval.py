"""The protection against an attacker of its own making: safe as it is, and found out as soon as something gets out."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from assets.register.bescherming import beschermen
from assets.register.bescherming.aanval import attack
from assets.register.bescherming.beschermen import protect
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import OPEN, PRIMAIR, SECUNDAIR, Bescherming, Cel
from assets.register.tellen import Geteld

from .aanvaller import BUITENSTAANDER, Register
from .programma import TOLERANCE
from .reeks import Reeks

REGELS = Parameters()
MATEN = ["vestigingen", "banen", "fulltime"]
KEY = ["regio", "uitsplitsing", "maat"]


def publish(bescherming: Bescherming, opened: set[tuple[int, str, str]] | None = None) -> pd.DataFrame:
    """What goes out, and what gets out by mistake besides."""
    long = bescherming.cellen.melt(["jaar", "regio", "uitsplitsing", "patroon"], MATEN, "maat", "waarde")
    mistake = [k in (opened or ()) for k in zip(long["jaar"], long["regio"], long["uitsplitsing"], strict=True)]
    secret = (long["patroon"] != OPEN) & ~np.array(mistake, dtype=bool)
    return long.assign(waarde=long["waarde"].astype("Int64").mask(secret)).drop(columns="patroon")


def of_pattern(bescherming: Bescherming, patroon: str) -> list[tuple[int, str, str]]:
    own = bescherming.cellen[bescherming.cellen["patroon"] == patroon]
    return [(int(j), r, u) for j, r, u in own[["jaar", "regio", "uitsplitsing"]].itertuples(index=False)]


class Sample:
    """A register, how it is protected, and both attackers."""

    def __init__(self, bijdragen: pd.DataFrame, cellen: dict[int, list[Cel]]) -> None:
        self.bijdragen, self.cellen = bijdragen, cellen
        self.bescherming = protect(bijdragen, cellen, REGELS, Geheugen())
        self.register = Register(bijdragen, cellen, REGELS)

    def both(
        self, out: pd.DataFrame, jaren: tuple[int, ...], *, ingewijden: bool = True
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Narrow figures of published cells by our attacker and by the one of the build: `afstand` per figure.

        `ingewijden`: what enterprises find too, which takes ours a minute instead of seconds.
        """
        reeks = Reeks(self.bijdragen, self.cellen, out, REGELS)
        ours = pd.DataFrame([vars(v) for v in reeks.attack(jaren, ingewijden=ingewijden)])
        theirs = attack(self.bijdragen, self.cellen, out, REGELS, Geheugen()).te_smal
        published = {(c.regio, c.uitsplitsing) for own in self.cellen.values() for c in own}
        inside = [k in published for k in zip(theirs["regio"], theirs["uitsplitsing"], strict=True)]
        theirs = theirs[np.array(inside, dtype=bool) & theirs["jaar"].isin(jaren).to_numpy()]
        return ours, theirs


@pytest.fixture(scope="module")
def sample(klein: Geteld) -> Sample:
    """COROP area Zuidoost-Drenthe: three gemeenten and their total."""
    gebied = {"GM0109", "GM0114", "GM1681"}
    cellen = {j: [c for c in own if set(c.gemeenten) <= gebied] for j, own in klein.cellen.items()}
    return Sample(klein.bijdragen[klein.bijdragen["gemeente"].isin(gebied)], cellen)


def compare(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """An outsider finds the same figures and comes as near by the one as by the other; by ours no more is found.

    In the build an enterprise knows its own figures of the years beside it too, so that can find more.
    """
    keys = ["jaar", *KEY]
    if ours.empty or theirs.empty:
        assert ours.empty, len(ours)
        assert theirs.empty or BUITENSTAANDER not in set(theirs["tegen"])
        return
    assert set(map(tuple, ours[keys].to_numpy().tolist())) <= set(map(tuple, theirs[keys].to_numpy().tolist()))
    outsider = [
        f[f["tegen"] == BUITENSTAANDER].groupby(keys)[column].min()
        for f, column in ((ours, "afstand"), (theirs, "gevonden"))
    ]
    pd.testing.assert_series_equal(*outsider, check_names=False, check_dtype=False, atol=1e-3, rtol=0)


def test_the_sample_has_something_to_hide(sample):
    assert len(of_pattern(sample.bescherming, PRIMAIR)) > 20
    assert len(of_pattern(sample.bescherming, SECUNDAIR)) > 20


def test_both_find_the_same_cells_unsafe(sample):
    for jaar in sample.cellen:
        primary = {(r, u) for j, r, u in of_pattern(sample.bescherming, PRIMAIR) if j == jaar}
        assert sample.register.unsafe(jaar) == primary


def test_no_unsafe_figure_can_be_found_narrower_than_the_rule(sample):
    out = publish(sample.bescherming)
    for jaar in sample.cellen:
        assert sample.register.attack(jaar, out) == []


def test_over_the_years_together_no_unsafe_figure_can_be_found_narrower_than_the_rule(sample):
    reeks = Reeks(sample.bijdragen, sample.cellen, publish(sample.bescherming), REGELS)
    assert list(reeks.attack()) == []


def test_without_secondary_suppression_the_attack_finds_figures(sample):
    out = publish(sample.bescherming, set(of_pattern(sample.bescherming, SECUNDAIR)))
    ours, theirs = sample.both(out, (2018, 2019))
    assert len(ours) > 20
    compare(ours, theirs)


def test_a_figure_that_gets_out_is_found_by_both_attackers_alike(sample):
    """Opened a few at a time: whatever the own attacker finds, that of the build finds, as near."""
    secret, found = of_pattern(sample.bescherming, SECUNDAIR), 0
    for seed in range(3):
        opened = random.Random(seed).sample(secret, 1 + seed % 3)
        ours, theirs = sample.both(publish(sample.bescherming, set(opened)), (2018, 2019), ingewijden=False)
        compare(ours, theirs)
        found += not ours.empty
    assert found


def test_single_secondary_cells_that_get_out_are_found(sample):
    """A mutation test of the own attacker: some secondary cells are needed for one year, some for the next."""
    dice = random.Random(1)
    secret = dice.sample([c for c in of_pattern(sample.bescherming, SECUNDAIR) if c[0] == 2019], 8)
    found = [bool(sample.register.attack(2019, publish(sample.bescherming, {cel}), ingewijden=False)) for cel in secret]
    assert sum(found) >= 2


def test_a_region_that_gets_out_gives_a_gemeente_away(sample):
    """The same part of the whole area and of the other gemeenten: what lacks is one subtraction away."""
    jaar, regio, part = next(
        c for c in of_pattern(sample.bescherming, PRIMAIR) if c[1].startswith("GM") and c[0] == 2019
    )
    others = {c.regio for c in sample.cellen[jaar]} - {regio}
    out = publish(sample.bescherming, {(jaar, other, part) for other in others})
    ours, theirs = sample.both(out, (jaar,))
    assert (regio, part) in set(zip(ours["regio"], ours["uitsplitsing"], strict=True))
    assert ours[(ours["regio"] == regio) & (ours["uitsplitsing"] == part)]["afstand"].max() < TOLERANCE
    compare(ours, theirs)


def test_the_year_beside_it_gives_a_figure_away(sample):
    """What gets out of 2018 says nearly what 2019 withholds when figures move by a percent at most."""
    near = Register(sample.bijdragen, sample.cellen, Parameters(jaarmarge=1.0))
    earlier = {c for p in (PRIMAIR, SECUNDAIR) for c in of_pattern(sample.bescherming, p) if c[0] == 2018}
    apart = near.attack(2019, publish(sample.bescherming), ingewijden=False)
    beside = near.attack(2019, publish(sample.bescherming, earlier), ingewijden=False)
    assert len(beside) > len(apart)
    out = publish(sample.bescherming, earlier)
    theirs = attack(sample.bijdragen, sample.cellen, out, near.regels, Geheugen()).te_smal
    assert {(v.regio, v.uitsplitsing) for v in beside} <= set(zip(theirs["regio"], theirs["uitsplitsing"], strict=True))


@pytest.fixture(scope="module")
def full(vol: Geteld) -> Sample:
    """Three neighbouring years at full size."""
    return Sample(vol.bijdragen, {j: list(own) for j, own in vol.cellen.items()})


@pytest.mark.lang
def test_years_at_full_size_withstand_the_attack(full):
    out = publish(full.bescherming)
    assert full.bescherming.openstaand.empty
    for jaar in full.cellen:
        primary = {(r, u) for j, r, u in of_pattern(full.bescherming, PRIMAIR) if j == jaar}
        assert full.register.unsafe(jaar) == primary
        assert len(primary) > 20
        assert full.register.attack(jaar, out) == []


@pytest.mark.lang
def test_years_at_full_size_that_are_protected_one_by_one_tell_of_each_other(full, monkeypatch):
    """Mutation: what is withheld in mining and in what hides beside it was too narrow; together it is not."""

    def found(bescherming: Bescherming) -> set[tuple[int, str, str]]:
        own = {j: [c for c in cellen if c.kant == "sector"] for j, cellen in full.cellen.items()}
        reeks = Reeks(full.bijdragen[full.bijdragen["kant"] == "sector"], own, publish(bescherming), REGELS)
        for jaar, doelen in reeks.register.doelen.items():
            reeks.register.doelen[jaar] = [d for d in doelen if own[jaar][d.cel].uitsplitsing == "Sectie=B"]
        return {(v.jaar, v.regio, v.maat) for v in reeks.attack()}

    assert found(full.bescherming) == set()
    monkeypatch.setattr(beschermen, "mend", lambda jaren, years: None)
    assert found(protect(full.bijdragen, full.cellen, REGELS, Geheugen())) != set()


@pytest.mark.lang
def test_a_secondary_cell_of_a_full_year_that_is_opened_again_is_found(full):
    """Not each by itself is needed, but most are; what one attacker finds, the other finds as near."""
    secret, found = of_pattern(full.bescherming, SECUNDAIR), 0
    opened = random.Random(4).sample(secret, 8)
    for cel in opened:
        ours, theirs = full.both(publish(full.bescherming, {cel}), (cel[0],), ingewijden=False)
        compare(ours, theirs)
        found += not ours.empty
    assert found > len(opened) / 2
