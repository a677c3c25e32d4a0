"""The figures in the forms of statistical offices, the catalogue, the feed, and the page for who works in R."""

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from begrippen.lijsten import LIJSTEN
from reports.downloads import csvbestand, gegevens, openvormen
from reports.downloads.catalogus import vormen_van
from reports.samenstelling import make_document
from tests.reports.voorbeeldrapport import make_indicator, make_rapport, punten, with_series

INDICATOR = with_series(make_indicator(), GM0106=punten([1.5, None, 2.0, 0.0, 3.25]))


@pytest.fixture(scope="module")
def rijen():
    return gegevens.of_indicator(INDICATOR, voorbeeld=True)


def test_jsonstat_holds_every_figure_and_tells_why_one_is_missing(rijen) -> None:
    made = json.loads(openvormen.make_jsonstat(rijen, "Titel", "CBS, 1", "2026-11-22"))
    assert (made["version"], made["class"], made["id"]) == ("2.0", "dataset", ["regio", "periode"])
    regios, perioden = (made["dimension"][d]["category"]["index"] for d in made["id"])
    assert made["size"] == [len(regios), len(perioden)] and len(made["value"]) == len(regios) * len(perioden)
    for rij in rijen:
        plek = regios.index(rij[5]) * len(perioden) + perioden.index(rij[8])
        assert made["value"][plek] == rij[10]
        assert made["status"][plek] == (rij[14] or rij[13])
    weg = regios.index("GM0106") * len(perioden) + perioden.index("2021JJ00")
    assert made["value"][weg] is None and made["status"][weg] == "geheim"


def test_sdmx_csv_has_a_row_a_figure_and_no_zero_for_what_is_missing(rijen) -> None:
    rows = list(csv.DictReader(io.StringIO(openvormen.make_sdmxcsv(rijen, "X:CIJFERS(1.0)").decode())))
    assert len(rows) == len(rijen)
    for row, rij in zip(rows, rijen, strict=True):
        assert (row["REF_AREA"], row["TIME_PERIOD"]) == (rij[5], rij[8][:4])
        assert (float(row["OBS_VALUE"]) if row["OBS_VALUE"] else None) == rij[10]
        assert row["OBS_STATUS"] == ("Q" if rij[14] == "geheim" else "P" if rij[13] == "voorlopig" else "A")


# What is missing by CL_OBS_STATUS of SDMX itself: M data cannot exist, L data exist but were not collected,
# Q suppressed, O any other. 'Unknown or secret' is not known to be secret; without a reason it is unknown.
ONTBREEKT = {
    "": "O",
    "onbekend": "O",
    "geheim": "Q",
    "niet_van_toepassing": "M",
    "niet_gepubliceerd": "O",
    "niet_in_selectie": "L",
    "apart_gezet": "O",
    "onderdrukt": "Q",
}


@pytest.mark.parametrize("reden", ["", *LIJSTEN["leeg_reden"]])
def test_what_is_missing_has_the_code_of_its_reason_and_cannot_exist_only_where_that_is_so(rijen, reden: str) -> None:
    rij = (*rijen[0][:10], None, *rijen[0][11:14], reden, rijen[0][15])
    (row,) = csv.DictReader(io.StringIO(openvormen.make_sdmxcsv([rij], "X:Y(1.0)").decode()))
    assert (row["OBS_VALUE"], row["OBS_STATUS"]) == ("", ONTBREEKT[reden])


@pytest.mark.parametrize(
    ("code", "sdmx", "freq"),
    [
        ("2025JJ00", "2025", "A"),
        ("2025KW03", "2025-Q3", "Q"),
        ("2026MM01", "2026-01", "M"),
        ("2025HJ02", "2025-S2", "S"),
    ],
)
def test_a_period_is_written_as_sdmx_knows_it(rijen, code: str, sdmx: str, freq: str) -> None:
    rij = (*rijen[0][:8], code, *rijen[0][9:])
    (row,) = csv.DictReader(io.StringIO(openvormen.make_sdmxcsv([rij], "X:Y(1.0)").decode()))
    assert (row["TIME_PERIOD"], row["FREQ"]) == (sdmx, freq)


def test_csvw_describes_the_columns_of_the_csv_beside_it(rijen) -> None:
    made = json.loads(openvormen.make_csvw("x.csv", "Titel", gegevens.CIJFER))
    text = csvbestand.write(gegevens.CIJFER, rijen).decode("utf-8-sig")
    kop, *rest = csv.reader(io.StringIO(text), delimiter=made["dialect"]["delimiter"])
    columns = made["tableSchema"]["columns"]
    assert [c["titles"] for c in columns] == kop and all(c["dc:description"] for c in columns)
    for column, cells in zip(columns, zip(*rest, strict=True), strict=True):
        if column["datatype"] != "string":
            komma = column["datatype"]["format"]["decimalChar"]
            assert all(float(c.replace(komma, ".")) is not None for c in cells if c)


def test_the_catalogue_names_files_that_are_there_and_every_form_of_every_indicator() -> None:
    rapport = make_rapport(INDICATOR)
    bestanden = make_document(rapport).bestanden
    catalogus = json.loads(bestanden["data/index.json"])
    assert [i["id"] for i in catalogus["indicatoren"]] == [i.id for i in rapport.indicatoren]
    assert {p for i in catalogus["indicatoren"] for p in i["bestanden"].values()} <= set(bestanden)
    assert set(catalogus["alles"].values()) <= set(bestanden)
    assert catalogus["indicatoren"][0]["bestanden"] == vormen_van(INDICATOR)
    assert (catalogus["editie"], catalogus["versie"], catalogus["wijzigingen"]) == (2026, 1, None)
    assert catalogus["melding"], "een voorbeeld zegt dat het een voorbeeld is"


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is er niet: apt-get install r-base-core")
def test_the_code_of_the_page_for_r_runs_and_gives_the_figures(rijen, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "r.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```r\n(.*?)```", page, re.S))
    (tmp_path / "rapport" / "data").mkdir(parents=True)
    named = [("werkloosheid", *r[1:]) for r in rijen]
    (tmp_path / "rapport/data/werkloosheid.csv").write_bytes(csvbestand.write(gegevens.CIJFER, named))
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    # the last figure of the Netherlands, unrounded, and how many figures are missing
    assert "62.4" in done.stdout and "geheim" in done.stdout
