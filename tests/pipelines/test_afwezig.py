"""What did not come is not shown as made, says why, and keeps nothing else from being made."""

from contextlib import nullcontext
from pathlib import Path

import dagster as dg
import pandas as pd
import pytest

from assets.bron.bronlijst import read_aanleveringen
from assets.register.doorgeven import Doorgegeven
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


def test_a_chapter_has_a_link_to_its_page(gezien, kleine_publicatie):
    made, _ = gezien("blad", "thema", "wonen")
    link = made.asset_materialization.metadata["open de bladzijde"].value
    _, _, soort, bouw, path = link.split("/", 4)
    assert (soort, path) == ("opname", "thema/wonen.html")
    assert (kleine_publicatie.opslag / "bouw" / soort / bouw / "rapport" / path).is_file()


def test_an_attack_on_the_register_that_succeeds_stops_the_refresh_before_the_build(
    klein_antwoord, tmp_path, run_keten, monkeypatch
):
    narrow = pd.DataFrame({"maat": ["banen"], "regio": ["GM0106"]})
    found = Doorgegeven("geweigerd", None, te_smal=narrow)
    monkeypatch.setattr("assets.register.vooruit.begin", lambda *_: nullcontext(lambda report: found))
    made = run_keten(tmp_path, bron=f"opname:{klein_antwoord}", met_register=True)
    said = " ".join(made.text.split())
    assert made.code == 1
    assert "toets aanval op register.pwr: 1 onderdrukte cijfers zijn te nauw terug te rekenen" in said
    # told once, as a check, and without the figures
    assert said.count("aanval op register") == 1 and "GM0106" not in said
    assert not any((made.opslag / "bouw").glob("*/*"))
