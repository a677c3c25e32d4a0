from datetime import UTC, datetime

import pandas as pd
import pytest

from assets.bron.aanlevering import read_deliveries
from assets.bron.bronlijst import read_aanleveringen
from assets.bron.momentopname import Archief
from assets.bron.voorbeeld.aanleveringen import write_sample_deliveries
from begrippen.regio import known_codes, read_leden, read_regios


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("aanlevering")
    write_sample_deliveries(folder, read_regios(), read_leden())
    return folder


def test_the_same_files_each_time(folder, tmp_path):
    write_sample_deliveries(tmp_path, read_regios(), read_leden())
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_the_shape_of_the_brede_welvaart_delivery(folder):
    frame = pd.read_csv(folder / "rmbw_gemeenten_2013_2024.csv")
    assert list(frame.columns) == ["indicator_code", "regiocode", "regionaam", "jaar", "waarde"]
    assert frame["regiocode"].nunique() == 342
    assert frame["regiocode"].str.startswith("GM").all()
    zero = [n for n, o in read_aanleveringen()["rmbw"].onderwerpen.items() if o.nul_is_leeg]
    assert (frame["waarde"] == 0).groupby(frame["indicator_code"]).any().loc[lambda s: s].index.isin(zero).all()
    assert (frame["waarde"] == 0).any()


def test_only_places_at_the_sea_have_water_of_the_sea(folder):
    frame = pd.read_csv(folder / "rmbw_gemeenten_2013_2024.csv")
    kust = frame[(frame["indicator_code"] == "02_HB_NK_30") & (frame["waarde"] > 0)]
    leden = read_leden()
    own = set(leden.loc[leden["regio"].isin(["PV22", "PV25", "PV26"]), "lid"])
    assert len(own) > 50 and kust["regiocode"].nunique() > 10 and not own & set(kust["regiocode"])


def test_the_deliveries_are_accepted_whole(folder, tmp_path):
    outcomes = read_deliveries(
        folder,
        read_aanleveringen(),
        Archief(tmp_path, "voorbeeld"),
        lambda: datetime(2026, 9, 1, tzinfo=UTC),
        known_codes(),
    )
    assert {(u.tabel, u.resultaat) for u in outcomes} == {(a, "nieuw") for a in read_aanleveringen()}
    for outcome in outcomes:
        assert outcome.momentopname.eigenschappen["niet_gevonden"] == []
