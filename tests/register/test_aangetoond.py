"""What showed that figures are safe is kept for the next time, for its owner alone, and is tried but never believed."""

from __future__ import annotations

import stat
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from assets.register import aangetoond
from assets.register.bescherming.aanval import attack
from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.geheugen import Geheugen, remember
from assets.register.bescherming.stelsel import BANEN, TELLING, Bescherming, Voorraad
from assets.register.kluis import AANGETOOND
from tests.register.bescherming.test_herhaald import NIEUW, OUD, REGELS, cells, publish, register, run, withheld

SLEUTELS = ((2019, "GM1", "sector", "A"), (2020, "GM1", "sector", "Bé"))


def kept() -> dict[str, Voorraad]:
    rows = sparse.csr_matrix(np.array([[1.0, 0, 0, -2.5, 0, 0], [0, 0, 3, 0, 0, 1]]))
    return {BANEN.naam: Voorraad(SLEUTELS, rows), TELLING.naam: Voorraad(SLEUTELS[:1], rows[:, :1])}


def test_what_is_kept_is_found_again(tmp_path):
    aangetoond.keep(tmp_path, kept())
    found = aangetoond.find(tmp_path)
    assert found.keys() == kept().keys()
    for naam, voorraad in kept().items():
        assert found[naam].sleutels == voorraad.sleutels
        assert (found[naam].rijen != voorraad.rijen).nnz == 0 and found[naam].rijen.shape == voorraad.rijen.shape
    assert stat.S_IMODE((tmp_path / AANGETOOND).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"iets anders"])
def test_what_can_not_be_read_is_looked_for_anew(tmp_path, content):
    assert aangetoond.find(tmp_path) == {}
    (tmp_path / AANGETOOND).write_bytes(content)
    assert aangetoond.find(tmp_path) == {}


@pytest.fixture
def vragen(monkeypatch) -> list[int]:
    """Each time that a linear program is asked for a deviation."""
    asked: list[int] = []
    find = Attacker.find
    monkeypatch.setattr(Attacker, "find", lambda self, *a, **k: asked.append(1) or find(self, *a, **k))
    return asked


def protected(years: range, geheugen: Geheugen, vragen: list[int]) -> tuple[Bescherming, int]:
    """What comes of years, which the attack leaves as it is, and how often a program was asked."""
    del vragen[:]
    rows = register()
    found, asked = run(rows, years, geheugen), len(vragen)
    own = rows[rows["jaar"].isin(years)]
    assert attack(own, {j: cells() for j in years}, publish(found), REGELS, geheugen, found.getuigen).te_smal.empty
    return found, asked


def test_a_year_that_comes_asks_less_of_those_that_were_published_and_withholds_the_same(tmp_path, vragen):
    first, _ = protected(OUD, Geheugen(), vragen)
    aangetoond.keep(tmp_path, {BANEN.naam: first.getuigen})
    geheugen = remember(Geheugen(), publish(first), "een")
    anew, many = protected(NIEUW, geheugen, vragen)
    again, few = protected(NIEUW, replace(geheugen, getuigen=aangetoond.find(tmp_path)), vragen)
    assert few < many, (few, many)
    assert withheld(publish(again), NIEUW) == withheld(publish(anew), NIEUW)


def test_deviations_that_are_not_possible_show_nothing(vragen):
    first, _ = protected(OUD, Geheugen(), vragen)
    false = replace(first.getuigen, rijen=1000 * abs(first.getuigen.rijen))
    wrong, _ = protected(OUD, Geheugen(getuigen={BANEN.naam: false}), vragen)
    assert withheld(publish(wrong), OUD) == withheld(publish(first), OUD)
