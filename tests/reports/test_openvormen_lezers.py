"""JSON-stat and SDMX-CSV, read by programs that others wrote for them: what they find is what we published."""

import io
from collections.abc import Sequence
from math import nan

import pytest
from pyjstat.pyjstat import Dataset
from sdmx.model import v30
from sdmx.reader.csv import Reader

from begrippen.lijsten import LIJSTEN
from reports.downloads import gegevens, openvormen
from reports.downloads.gegevens import Rij
from tests.reports.voorbeeldrapport import make_indicator, punten, with_series

STRUCTUUR = "DRENTHE:CIJFERS(1.0)"
INDICATOR = with_series(make_indicator(naam='Naam, met "tekens"; ë'), GM0106=punten([1.5, None, 2.0, 0.0, -3.25e-7]))


@pytest.fixture(scope="module")
def rijen() -> list[Rij]:
    return list(gegevens.of_indicator(INDICATOR, voorbeeld=True))


def read_sdmx(text: bytes) -> tuple[Sequence[v30.Observation], list[str]]:
    """The observations that sdmx1 finds in an SDMX-CSV, and the columns that it has no place for."""
    structure = v30.DataStructureDefinition(id="CIJFERS")
    for naam in ("FREQ", "INDICATOR", "REF_AREA", "TIME_PERIOD"):
        structure.dimensions.getdefault(id=naam)
    structure.measures.getdefault(id="OBS_VALUE")
    for naam in ("OBS_STATUS", "UNIT_MEASURE", "COMMENT_OBS"):
        structure.attributes.getdefault(id=naam)
    reader = Reader()
    message = reader.convert(io.BytesIO(text), structure=v30.Dataflow(id="CIJFERS", structure=structure))
    (dataset,) = message.data
    return dataset.obs, reader.options.custom_columns


def test_a_reader_of_json_stat_finds_each_figure_under_its_region_and_period(rijen: list[Rij]) -> None:
    dataset = Dataset.read(openvormen.make_jsonstat(rijen, "Titel", "CBS, 1", "2026-11-22").decode())
    table = dataset.write("dataframe")
    assert list(table.columns) == ["Regio", "Periode", "value"] and len(table) >= len(rijen) > 10
    found = table.set_index(["Regio", "Periode"])["value"]
    for rij in rijen:
        value = dataset.get_value([{"regio": rij[5]}, {"periode": rij[8]}])
        assert value == rij[10], rij
        assert found[rij[6], rij[9]] == pytest.approx(nan if rij[10] is None else rij[10], rel=0, nan_ok=True), rij
    assert any(rij[10] is None for rij in rijen) and 0.0 in {rij[10] for rij in rijen}


def test_a_reader_of_sdmx_csv_finds_each_figure_its_key_and_its_status(rijen: list[Rij]) -> None:
    found, unknown = read_sdmx(openvormen.make_sdmxcsv(rijen, STRUCTUUR))
    assert unknown == [] and len(found) == len(rijen)
    for obs, rij in zip(found, rijen, strict=True):
        key = {naam: v.value for naam, v in obs.dimension.values.items()}
        assert key == {"FREQ": "A", "INDICATOR": rij[0], "REF_AREA": rij[5], "TIME_PERIOD": rij[8][:4]}
        assert obs.value == ("" if rij[10] is None else repr(rij[10]))
        said = {naam: v.value for naam, v in obs.attached_attribute.items()}
        assert said["UNIT_MEASURE"] == rij[2] and said["COMMENT_OBS"] == (rij[14] or rij[15])
        assert said["OBS_STATUS"] in ({"Q", "L", "M", "O"} if rij[10] is None else {"A", "P"})


@pytest.mark.parametrize("reden", LIJSTEN["leeg_reden"])
def test_a_reader_finds_what_is_missing_and_no_zero(rijen: list[Rij], reden: str) -> None:
    rij = (*rijen[0][:10], None, *rijen[0][11:14], reden, rijen[0][15])
    (obs,), _ = read_sdmx(openvormen.make_sdmxcsv([rij], STRUCTUUR))
    assert obs.value == "" and obs.attached_attribute["COMMENT_OBS"].value == reden
    dataset = Dataset.read(openvormen.make_jsonstat([rij], "Titel", "CBS, 1", "2026-11-22").decode())
    assert dataset.get_value([{"regio": rij[5]}, {"periode": rij[8]}]) is None and dataset["status"] == [reden]


@pytest.mark.parametrize("wrong", ["DATAFLOW", "STRUCTURES"])
def test_a_file_that_is_no_sdmx_csv_is_refused_by_the_reader(rijen: list[Rij], wrong: str) -> None:
    text = openvormen.make_sdmxcsv(rijen, STRUCTUUR).replace(b"STRUCTURE,", f"{wrong},".encode(), 1)
    with pytest.raises(ValueError, match="Invalid SDMX-CSV"):
        read_sdmx(text)
