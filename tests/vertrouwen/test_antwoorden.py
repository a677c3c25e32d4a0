"""Answers, deliveries, downloads and the register with something wrong in them, in numbers: by the tests of each."""

from __future__ import annotations

from random import Random

import pytest

from assets.register.voorbeeld import generate
from assets.register.voorbeeld_levering import to_layout
from tests.bron import test_aanlevering_fuzz, test_kruistabel_fuzz, test_storingen
from tests.bron.kruistabel_vormen import CSV
from tests.register.schade import RECORDS, TEKST
from tests.register.test_schade import spoil_and_check
from tests.vertrouwen.tellen import aantal

pytestmark = pytest.mark.lang
# so many at a time: of a batch in which one goes wrong none counts as survived
BATCH = 50


def batches(total: int) -> list[range]:
    """The seeds of a run, by batch."""
    return [range(n, min(n + BATCH, total)) for n in range(0, total, BATCH)]


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_answers_of_a_source(tel, tmp_path, api):
    with tel("antwoord") as telling:
        for seeds in batches(aantal(30_000, minstens=BATCH)):
            with telling.proef(f"{api} {seeds}", len(seeds)):
                test_storingen.check(api, seeds, tmp_path / str(seeds.start))


def test_deliveries(tel, tmp_path):
    became = set()
    with tel("aanlevering") as telling:
        for seed in range(aantal(8_000, minstens=BATCH)):
            with telling.proef(f"levering {seed}"):
                became.add(test_aanlevering_fuzz.run(seed, tmp_path)[1])
    # that it was read as it was meant, or refused, is asserted there; here that both happened
    assert {"gelijk", "geweigerd"} <= became


@pytest.mark.parametrize("vorm", CSV)
def test_downloads_of_statline(tel, tmp_path, vorm):
    ways, made = len(test_kruistabel_fuzz.DAMAGE), 0
    with tel("kruistabel") as telling:
        while made < aantal(4_000 // len(CSV), minstens=ways):
            with telling.proef(f"{vorm} {made}", ways):
                test_kruistabel_fuzz.check(vorm, tmp_path, 1, seed=made)
            made += ways


def test_deliveries_of_the_register(tel):
    jaar = next(frame for frame in generate(schaal=0.01) if int(frame["jaar"].iloc[0]) == 2025)
    records, ways, random = to_layout(jaar, ("2008",)), {**RECORDS, **TEKST}, Random(20261130)
    with tel("register") as telling:
        for n in range(aantal(1_000, minstens=len(ways))):
            naam = sorted(ways)[n % len(ways)]
            with telling.proef(f"{naam} {n}"):
                spoil_and_check(records, [ways[naam]], random.randrange(2**32), "csv")
