"""Tables and counts beside each other: what the one says of the other, which each by itself does not give away.

The protection takes the tables as one system, and each count as one of its own. Where the one says something of the
other, a count is withheld wherever the other is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from assets.register import cijfers
from assets.register.bescherming import opgave
from assets.register.bescherming.geheugen import Geheugen, remember
from assets.register.bescherming.parameters import Parameters
from assets.register.cijfers import as_attacked, as_remembered, attack_cijfers, protect_register
from assets.register.tellen import Geteld
from tests.register.test_tellen import GEBIEDEN, count, vestiging

from .aanvaller import Register
from .programma import Programma

REGELS = Parameters()
PLAATSEN = ("GM0106", "GM0114")


class Published:
    """What is published of a register: figure of (jaar, regio, onderwerp, uitsplitsing), None where it is withheld."""

    def __init__(self, rows: list[dict[str, Any]], gebieden: dict[str, tuple[str, ...]] = GEBIEDEN) -> None:
        self.geteld: Geteld = count(rows, gebieden=gebieden)
        self.cijfers = protect_register(self.geteld, REGELS, Geheugen()).cijfers
        keys = zip(*(self.cijfers[c] for c in ("jaar", "regio", "onderwerp", "uitsplitsing")), strict=True)
        self.values = dict(zip(keys, [None if pd.isna(w) else int(w) for w in self.cijfers["waarde"]], strict=True))

    def narrow(self) -> set[tuple[str, str]]:
        found = attack_cijfers(self.cijfers, self.geteld, REGELS, Geheugen())
        return set(zip(found["regio"], found["uitsplitsing"], strict=True))


def crowd(jaar: int, gemeente: str, amount: int, banen: int, fulltime: int) -> list[dict[str, Any]]:
    return [
        vestiging(jaar, f"{gemeente}-{banen}-{fulltime}-{n}", banen, fulltime=fulltime, gemeente=gemeente)
        for n in range(amount)
    ]


def test_who_works_alone_says_how_small_a_size_class_can_be():
    """All of size classes 0 and 1 work alone. These cannot have a job less, so what hides behind them not one more."""
    rows = [vestiging(2020, "geheim", 4, gemeente="GM0106")]
    for gemeente in ("GM0106", "GM0114"):
        rows += crowd(2020, gemeente, 7, 1, 0) + crowd(2020, gemeente, 12, 5, 5) + crowd(2020, gemeente, 14, 1, 1)
    rows += crowd(2020, "GM0114", 8, 3, 3)
    found = Published(rows)
    assert found.narrow() == set()

    def value(onderwerp: str, uitsplitsing: str) -> int | None:
        return found.values[2020, "GM0106", onderwerp, uitsplitsing]

    assert value("banen", "Klasse=2-4") is None
    shown = [value("banen", f"Klasse={k}") for k in ("0", "1", "5-9")]
    alone = [value("zzp", u) for u in ("Uren=0-12", "Uren=12+")]
    most = (value("banen", "totaal") or 0) - sum(v or 0 for v in shown)
    # of a class that is withheld, those who work alone have a job each
    most -= sum(a or 0 for v, a in zip(shown, alone, strict=False) if v is None)
    assert most >= 4 + 1


def test_without_that_rule_it_is_found_by_the_attack_of_the_build(monkeypatch):
    """Mutation: the figures as they were protected without the rule, held against it."""
    rows = [vestiging(2020, "geheim", 4, gemeente="GM0106")]
    for gemeente in ("GM0106", "GM0114"):
        rows += crowd(2020, gemeente, 7, 1, 0) + crowd(2020, gemeente, 12, 5, 5) + crowd(2020, gemeente, 14, 1, 1)
    rows += crowd(2020, "GM0114", 8, 3, 3)
    with monkeypatch.context() as patch:
        patch.setattr(cijfers, "ALLEEN", {})
        found = Published(rows)
        assert found.narrow() == set()
    assert {("GM0106", "zzp:Uren=0-12"), ("GM0106", "zzp:Uren=12+"), ("GM0106", "zzp:totaal")} <= found.narrow()


# from where to where, and how many
VERHUISD = {("GM0106", "GM0114"): 1, ("GM0106", "GM0109"): 5, ("GM0114", "GM0109"): 9, ("GM0109", "GM0106"): 8}
DRIE = {"PV22": ("GM0106", "GM0109", "GM0114")} | {g: (g,) for g in ("GM0106", "GM0109", "GM0114")}


def moving() -> list[dict[str, Any]]:
    """Who moves, beside some that stay. Nobody is born or closes, so what came and left is all in the totals."""
    rows = [vestiging(j, f"blijft{g}{n}", 3, gemeente=g) for j in (2019, 2020) for g in DRIE["PV22"] for n in range(6)]
    for (van, naar), amount in VERHUISD.items():
        for n in range(amount):
            rows += [vestiging(j, f"{van}{naar}{n}", 3, gemeente=g) for j, g in ((2019, van), (2020, naar))]
    return rows


def closing() -> list[dict[str, Any]]:
    """One begins in a gemeente where nine end; elsewhere some more begin and end, and nobody moves."""
    rows = [vestiging(j, f"blijft{g}{n}", 3, gemeente=g) for j in (2019, 2020) for g in DRIE["PV22"] for n in range(6)]
    for gemeente, begun, ended in (("GM0106", 5, 6), ("GM0109", 7, 8), ("GM0114", 1, 9)):
        rows += [vestiging(2019, f"stopt{gemeente}{n}", 3, gemeente=gemeente) for n in range(ended)]
        rows += [vestiging(2020, f"begint{gemeente}{n}", 3, gemeente=gemeente) for n in range(begun)]
    return rows


STAND = {"oprichtingen": 1, "opheffingen": -1, "verhuisd_in": 1, "verhuisd_uit": -1}
KANT = {"oprichtingen": "oprichting", "opheffingen": "opheffing"}


def told(found: Published, regio: str, onderwerp: str) -> tuple[float, float]:
    """Between what a count of 2020 lies, by all counts and the stock of two years, in the own program."""
    places = [(g, o) for g in DRIE["PV22"] for o in STAND]
    counted = found.geteld.tellingen.query("jaar == 2020").astype({"kant": str, "gemeente": str})
    per_place = counted.groupby(["gemeente", "kant"])["aantal"].sum()
    truth = np.array([per_place.get((g, KANT.get(o, o)), 0) for g, o in places], dtype=float)
    rows = [
        [float(o == wat and g in own) for g, o in places]
        for r, own in DRIE.items()
        for wat in STAND
        if found.values[2020, r, wat, "totaal"] is not None
    ]
    rows += [[float(STAND[o]) if g == gemeente else 0.0 for g, o in places] for gemeente in DRIE["PV22"]]
    rows.append([float(STAND[o]) if o.startswith("verhuisd") else 0.0 for _, o in places])
    matrix = sparse.csr_matrix(np.array(rows))
    value = matrix @ truth
    return Programma(matrix, value, value, truth).interval(np.array([places.index((regio, onderwerp))]))


@pytest.mark.parametrize(("rows", "secret"), [(moving(), "verhuisd_in"), (closing(), "oprichtingen")])
def test_what_changes_the_stock_does_not_say_what_is_withheld_of_it(rows, secret):
    """The stock of a gemeente in two years says what began and came, less what ended and left."""
    found = Published(rows, DRIE)
    assert found.narrow() == set()
    assert found.values[2020, "GM0114", secret, "totaal"] is None
    low, high = told(found, "GM0114", secret)
    assert low <= 0
    assert high >= 2
    # it takes no more than it must
    assert all(found.values[2020, "PV22", o, "totaal"] is not None for o in STAND)


@pytest.mark.parametrize(("rows", "secret"), [(moving(), "verhuisd_in"), (closing(), "oprichtingen")])
def test_without_the_stock_it_is_found_by_both_attacks(rows, secret, monkeypatch):
    """Mutation: each count by itself, and then held against what the stock says."""
    with monkeypatch.context() as patch:
        patch.setattr(opgave, "_stock", lambda stelsel: [])
        found = Published(rows, DRIE)
        assert found.narrow() == set()
    assert told(found, "GM0114", secret) == (1, 1)
    assert ("GM0114", f"{secret}:totaal") in found.narrow()


def coded_twice() -> list[dict[str, Any]]:
    """Sections B, C and D are the same in SBI 2008 and 2025; J is J and K. One enterprise is alone in B."""
    codes = {"B": ("08120", "B"), "C": ("10110", "C"), "D": ("35111", "D"), "J": ("58110", "J"), "K": ("62010", "K")}
    rows = []
    ours = {"B": [50], "D": [9] * 4, "J": [8] * 5, "K": [7] * 6, "C": [40] * 8}
    theirs = {"B": [9] * 6, "D": [9] * 5, "J": [8] * 6, "K": [7] * 5, "C": [40] * 7}
    for gemeente, sizes in zip(PLAATSEN, (ours, theirs), strict=True):
        for letter, own in sizes.items():
            sbi, sectie_2025 = codes[letter]
            sectie = "J" if letter == "K" else letter
            rows += [
                vestiging(
                    2026, f"{gemeente}{letter}{n}", banen, gemeente=gemeente, sectie=sectie, sbi=sbi,
                    sectie_2025=sectie_2025, sbi_2025=sbi,
                )
                for n, banen in enumerate(own)
            ]  # fmt: skip
    return rows


def test_a_section_is_withheld_in_both_classifications_or_in_none():
    """What hides section B may not stand there by another name."""
    found = Published(coded_twice())
    assert found.narrow() == set()
    assert found.values[2026, "GM0106", "banen", "Sectie=B"] is None
    for regio in (*PLAATSEN, "PV22"):
        old, new = (
            {s: found.values[2026, regio, "banen", f"{name}={s}"] for s in "BCDJK"} for name in ("Sectie", "Sectie2025")
        )
        assert [old[s] for s in "BCD"] == [new[s] for s in "BCD"]
        # the sum of two is not withheld when both stand there
        assert old["J"] is not None or new["J"] is None or new["K"] is None
    for jaar in found.geteld.cellen:
        register = Register(found.geteld.bijdragen, found.geteld.cellen, REGELS)
        assert register.attack(jaar, as_attacked(found.cijfers, found.geteld)[0]) == []


def test_what_was_published_of_a_year_stays_known_when_it_is_coded_anew():
    """First in SBI 2025 only, with the secret in it; then in both, in which the same cell goes by its name of 2008."""
    twice = coded_twice()
    first = Published([row | {"sectie": None, "sbi": None} for row in twice])
    alone = (first.cijfers["onderwerp"] == "banen") & (first.cijfers["uitsplitsing"] == "Sectie2025=B")
    out = first.cijfers.assign(waarde=first.cijfers["waarde"].mask(alone & (first.cijfers["regio"] == "GM0106"), 50))
    geheugen = remember(Geheugen(), as_remembered(out, first.geteld), "eerst")
    found = protect_register(count(twice), REGELS, geheugen).openstaand
    told = found[(found["regio"] == "GM0106") & (found["tegen"] == "eerder gepubliceerd")]
    assert "Sectie=B" in set(told["uitsplitsing"])


def test_a_group_is_the_same_in_the_next_year_in_the_other_classification():
    """In 2025 one enterprise is all of zorg; in 2026 a crowd has a fifth less jobs, at the edge of the margin."""
    rows = []
    for jaar, code in ((2025, ("sectie", "sbi")), (2026, ("sectie_2025", "sbi_2025"))):
        for gemeente in PLAATSEN:
            for letter, sbi, amount, banen in (("C", "10110", 30, 40), ("F", "41000", 30, 30), ("Q", "86101", 8, 40)):
                alone = (jaar, gemeente, letter) == (2025, "GM0106", "Q")
                sectie = "R" if letter == "Q" and jaar == 2026 else letter
                coded = {"sectie": None, "sbi": None} | dict(zip(code, (sectie, sbi), strict=True))
                sizes = [400] if alone else [banen] * amount
                rows += [
                    vestiging(jaar, f"{gemeente}{letter}{n}{banen}", size, gemeente=gemeente, **coded)
                    for n, size in enumerate(sizes)
                ]
    found = Published(rows)
    assert found.narrow() == set()
    assert found.values[2025, "GM0106", "banen", "Groep=zorg"] is None
    assert found.values[2026, "GM0106", "banen", "Groep=zorg"] is None
