import json
from pathlib import Path

import cbsodata
import pandas as pd
import pytest
import requests

from assets.bron.voorbeeld.opname import read_opname
from assets.bron.voorbeeld.server import replay_server
from begrippen.fout import BestandError

DRENTHE = {
    *("GM1680", "GM0106", "GM1681", "GM0109", "GM0114", "GM0118"),
    *("GM0119", "GM1731", "GM1699", "GM1730", "GM1690", "GM1701"),
}


@pytest.fixture(scope="module")
def opname(shared_data):
    with replay_server(shared_data) as adressen:
        yield adressen


def _observations(adressen, table, text):
    url: str | None = f"{adressen.v4}/{table}/Observations"
    answer = requests.get(url, params={"$filter": text}, timeout=60)
    answer.raise_for_status()
    return answer.json()["value"]


def test_the_twelve_add_up_to_drenthe(opname):
    rows = _observations(opname, "03759ned", "Perioden eq '2026JJ00' and Measure eq 'M000352'")
    people = {r["RegioS"]: r["Value"] for r in rows}
    assert sum(people[code] for code in DRENTHE) == people["PV22"] == 508109


@pytest.mark.parametrize(("regio", "prijs"), [("PV22", 411728), ("NL01", 479527), ("GM0114", 351871)])
def test_house_prices(opname, regio, prijs):
    rows = _observations(opname, "83625NED", f"Perioden eq '2025JJ00' and RegioS eq '{regio}'")
    assert [r["Value"] for r in rows] == [prijs]


def test_all_captured_rows_come_back_as_they_were(opname, shared_data):
    for table in ("70072ned", "82242NED"):
        captured = json.loads((shared_data / "cbs_v4" / table / "observations-page-1.json").read_text())["value"]
        assert requests.get(f"{opname.v4}/{table}/Observations", timeout=60).json()["value"] == captured


def test_a_table_without_rows_is_absent_with_a_reason(opname, shared_data):
    for table in ("85554NED", "85615NED", "83163NED", "84826NED"):
        assert requests.get(f"{opname.v4}/{table}/Properties", timeout=30).status_code == 404
    absent = read_opname(shared_data / "cbs_v4").afwezig
    assert set(absent) == {"85554NED", "85615NED", "83163NED", "84826NED"}
    assert "zonder waarnemingen" in absent["85554NED"]


def test_what_was_not_captured_is_not_made_up(opname):
    assert requests.get(f"{opname.v4}/85224NED/MeasureGroups", timeout=30).status_code == 404
    properties = requests.get(f"{opname.v4}/70072ned/Properties", timeout=30).json()
    assert "Modified" not in properties


def test_the_catalogue_holds_the_captured_and_the_served(opname):
    rows = requests.get(f"{opname.v4}/Datasets", timeout=30).json()["value"]
    names = [r["Identifier"] for r in rows]
    assert {"70072ned", "03759ned", "85937NED"} <= set(names)
    assert len(names) == len(set(names))


def test_v3_answers_are_rebuilt_from_parquet(opname, shared_data, monkeypatch):
    monkeypatch.setattr(cbsodata.options, "use_https", False)
    catalogus = opname.v3.removeprefix("http://")
    assert cbsodata.get_info("84799NED", catalog_url=catalogus)["Title"] == "Kerncijfers wijken en buurten 2020"
    data = cbsodata.download_data("84799NED", catalog_url=catalogus)
    source = pd.read_parquet(shared_data / "cbs_v3" / "84799NED" / "cbs.v3.84799NED_TypedDataSet.parquet")
    rows = data["TypedDataSet"]
    assert len(rows) == len(source) == 17341
    assert list(rows[0]) == list(source.columns)
    assert [r["AantalInwoners_5"] for r in rows] == source["AantalInwoners_5"].tolist()
    emmen = next(r for r in rows if r["WijkenEnBuurten"] == "GM0114    ")
    assert emmen["AantalInwoners_5"] == 107048
    empty = next(r for r in rows if r["GeboorteTotaal_24"] is None)
    untyped = cbsodata.download_data("84799NED", typed=True, catalog_url=catalogus)["UntypedDataSet"]
    assert untyped[empty["ID"]]["GeboorteTotaal_24"].strip() == "."
    keys = {c["Key"] for c in data["WijkenEnBuurten"]}
    assert {r["WijkenEnBuurten"] for r in rows} <= keys


def test_a_folder_without_captured_tables_says_what_it_looked_for(tmp_path: Path):
    with pytest.raises(BestandError, match=r"properties\.json"):
        read_opname(tmp_path)
    broken = tmp_path / "90001NED"
    broken.mkdir()
    (broken / "properties.json").write_text('{"Identifier": "90001NED"}')
    (broken / "observations-page-1.json").write_text("{")
    with pytest.raises(BestandError, match=r"measure-codes\.json is niet te lezen"):
        read_opname(tmp_path)
