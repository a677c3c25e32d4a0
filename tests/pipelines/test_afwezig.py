"""What did not come is not shown as made, says why, and keeps nothing else from being made."""

from pathlib import Path

import dagster as dg
import pytest

from assets.bron.bronlijst import read_aanleveringen
from pipelines.home import open_instance
from tests.klein_antwoord import TABEL


@pytest.fixture(scope="module")
def gezien(kleine_publicatie):
    """Asset -> what Dagster knows of its last materialization and its last observation."""
    assert kleine_publicatie.code == 0, kleine_publicatie.text
    with open_instance(Path(kleine_publicatie.opslag)) as instance:

        def look(*path):
            key = dg.AssetKey(list(path))
            seen = instance.fetch_observations(key, limit=1).records
            return instance.get_latest_materialization_event(key), seen[0].asset_observation if seen else None

        yield look


def test_a_delivery_that_did_not_come_is_seen_and_not_made(gezien):
    for naam in read_aanleveringen():
        made, seen = gezien("bron", "aanlevering", naam)
        assert made is None
        assert "aangeleverd" in seen.description


def test_a_table_without_an_answer_is_seen_and_not_made(gezien):
    made, seen = gezien("bron", "cbs", "85924NED")
    assert made is None and seen.description
    assert gezien("bron", "cbs", TABEL)[0] is not None


def test_the_register_that_does_not_go_along_is_seen_and_not_made(gezien):
    made, seen = gezien("register", "pwr")
    assert made is None
    assert seen.description == "het register is niet meegenomen"


def test_all_that_comes_after_is_made_all_the_same(gezien):
    for path in (("kern", "waarneming"), ("indicator", "verkoopprijs_woningen"), ("publicatie", "actueel")):
        made, seen = gezien(*path)
        assert made is not None and seen is None
