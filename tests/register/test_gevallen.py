"""Files of the register as people send them: taken in as they are meant, or refused; never read as something else.

The real ones stand in ../shared/gevallen; what guards a rule is made here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from assets.register.fout import LeesError
from assets.register.kluis import Kluis
from assets.register.levering import Uitkomst, import_delivery
from assets.register.voorbeeld_levering import to_layout

NU = datetime(2026, 6, 1, 12, tzinfo=UTC)
GEVALLEN = Path(__file__).parents[3] / "shared" / "gevallen"
AANTALLEN = ["banen", "wpft", "wppt", "manf", "vrouwf", "manp", "vrouwp", "mannen", "vrouwen"]


@pytest.fixture(scope="module")
def records(klein) -> pd.DataFrame:
    return to_layout(klein[2025], ("2008",)).head(40)


def take_in(folder: Path, records: pd.DataFrame, sep: str = ";") -> Uitkomst:
    path = folder / "levering.csv"
    records.to_csv(path, sep=sep, index=False)
    return import_delivery(path, "2025-04-01", Kluis(folder / "opslag", "voorbeeld"), NU)


def test_r02_a_code_that_lost_its_zero_is_refused(tmp_path, records):
    short = records.assign(sbi08=records["sbi08"].str.lstrip("0"))
    assert (short["sbi08"] != records["sbi08"]).any()
    assert take_in(tmp_path, short).verslag.geweigerd > 0


def test_r03_a_count_with_a_decimal_point_is_refused(tmp_path, records):
    uitkomst = take_in(tmp_path, records.assign(**{c: records[c].astype(str) + ".0" for c in AANTALLEN}))
    assert uitkomst.verslag.geweigerd == len(records)


def test_r04_columns_between_tabs_are_refused_with_what_to_send(tmp_path, records):
    with pytest.raises(LeesError, match="gescheiden door ; of ,"):
        take_in(tmp_path, records, sep="\t")


def test_r05_keys_in_powers_of_ten_are_refused(tmp_path, records):
    uitkomst = take_in(tmp_path, records.assign(lisanr="1,05E+11"))
    assert uitkomst.verslag.geweigerd == len(records)
    assert uitkomst.bezwaren


@pytest.mark.parametrize(
    ("naam", "aangenomen", "records"),
    [
        ("r01_spss_gebruikersmissing/levering.sav", True, 540),
        ("r02_csv_nullen_weg/levering.csv", False, 18),
        ("r03_csv_punt_nul/levering.csv", False, 0),
        ("r05_wetenschappelijk/levering.csv", False, 0),
    ],
)
def test_the_real_files_come_out_the_same(tmp_path, naam, aangenomen, records):
    if not GEVALLEN.is_dir():
        pytest.skip("../shared/gevallen is er niet: deze toets leest bestanden zoals mensen ze sturen")
    uitkomst = import_delivery(GEVALLEN / naam, "2025-04-01", Kluis(tmp_path, "voorbeeld"), NU)
    assert (uitkomst.bezwaren == ()) == aangenomen
    assert uitkomst.verslag.aangenomen == records
