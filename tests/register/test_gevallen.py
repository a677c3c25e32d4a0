"""Files of the register as people send them: taken in as they are meant, or refused; never read as something else.

The real ones stand in ../shared/gevallen; what guards a rule is made here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from assets.register import historie
from assets.register.fout import LeesError
from assets.register.kluis import Kluis
from assets.register.levering import Uitkomst, import_delivery
from assets.register.voorbeeld_levering import to_layout

NU = datetime(2026, 6, 1, 12, tzinfo=UTC)
GEVALLEN = Path(__file__).parents[3] / "shared" / "gevallen"
AANTALLEN = ["banen", "wpft", "wppt", "manf", "vrouwf", "manp", "vrouwp", "mannen", "vrouwen"]
CODES = ["gemnr", "grtklas", "enqtype", "bronjaar", "afdeling", "sbi08", "provcode", "wijzein"]


@pytest.fixture(scope="module")
def records(klein) -> pd.DataFrame:
    """Some records, among them farms, whose code of the SBI begins with a zero; with numbers of the KvK."""
    found = to_layout(klein[2025], ("2008",))
    farms, others = found[found["sbi08"].str.startswith("0")].head(8), found[~found["sbi08"].str.startswith("0")]
    made = pd.concat([farms, others.head(32)], ignore_index=True)
    assert len(farms) > 2
    # the mark of what is generated stands in the name, so that a number can have the digits that a real one has
    return made.assign(kvkdosnr=[f"0400{n:04d}" for n in range(len(made))])


def take_in(path: Path) -> Uitkomst:
    return import_delivery(path, "2025-04-01", Kluis(path.parent / "opslag", "voorbeeld"), NU)


def kept(uitkomst: Uitkomst) -> pd.DataFrame:
    return duckdb.sql(f"FROM '{uitkomst.lichting.folder}/vestigingen.parquet' ORDER BY lisanr").df()


@pytest.fixture(scope="module")
def bedoeld(records, tmp_path_factory) -> pd.DataFrame:
    """What is kept of the records as they are meant."""
    uitkomst = take_in(write_csv(records, tmp_path_factory.mktemp("bedoeld")))
    assert uitkomst.verslag.geweigerd == 0
    assert kept(uitkomst)["kvkdosnr"].str.fullmatch(r"04\d{6}").all()
    return kept(uitkomst)


def write_csv(frame: pd.DataFrame, folder: Path, sep: str = ";", suffix: str = "csv") -> Path:
    path = folder / f"levering.{suffix}"
    frame.to_csv(path, sep=sep, index=False)
    return path


def as_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """What a sheet makes of columns of digits when nobody says that they are text."""
    whole = frame.copy()
    for name in frame.columns:
        if frame[name].str.fullmatch(r"\d{1,15}").all():
            whole[name] = frame[name].astype("int64")
    return whole


def write_xlsx(frame: pd.DataFrame, folder: Path) -> Path:
    frame.to_excel(folder / "levering.xlsx", index=False)
    return folder / "levering.xlsx"


def write_ods(frame: pd.DataFrame, folder: Path) -> Path:
    frame.to_excel(folder / "levering.ods", index=False, engine="odf")
    return folder / "levering.ods"


def write_sav(frame: pd.DataFrame, folder: Path) -> Path:
    import pyreadstat

    pyreadstat.write_sav(frame, str(folder / "levering.sav"))
    return folder / "levering.sav"


def _sep_line(frame: pd.DataFrame, folder: Path) -> Path:
    path = write_csv(frame, folder, sep="|")
    path.write_text("sep=|\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def _cr(frame: pd.DataFrame, folder: Path) -> Path:
    path = write_csv(frame, folder)
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r"))
    return path


VORMEN: dict[str, Callable[[pd.DataFrame, Path], Path]] = {
    "csv met komma": lambda f, m: write_csv(f, m, ","),
    "csv met tab": lambda f, m: write_csv(f, m, "\t"),
    "txt met tab": lambda f, m: write_csv(f, m, "\t", "txt"),
    "tsv": lambda f, m: write_csv(f, m, "\t", "tsv"),
    "csv met streep": lambda f, m: write_csv(f, m, "|"),
    "csv met sep=": _sep_line,
    "csv met CR": _cr,
    "csv zonder nullen": lambda f, m: write_csv(as_numbers(f), m),
    "csv met decimalen": lambda f, m: write_csv(as_numbers(f).astype(dict.fromkeys(AANTALLEN, float)), m),
    "csv met decimalen, ook in codes": lambda f, m: write_csv(
        as_numbers(f).astype(dict.fromkeys([*AANTALLEN, *CODES, "kvkdosnr"], float)), m
    ),
    "csv met vaste spaties": lambda f, m: write_csv(f.map(lambda v: f"\u00a0{v}\u200b " if v else v), m),
    "xlsx met tekst": write_xlsx,
    "xlsx met getallen": lambda f, m: write_xlsx(as_numbers(f), m),
    "ods met tekst": write_ods,
    "ods met getallen": lambda f, m: write_ods(as_numbers(f), m),
    "sav met tekst": write_sav,
    "sav met getallen": lambda f, m: write_sav(as_numbers(f), m),
}


@pytest.mark.parametrize("vorm", VORMEN)
def test_every_form_is_read_as_the_same_records(tmp_path, records, bedoeld, vorm):
    uitkomst = take_in(VORMEN[vorm](records, tmp_path))
    assert uitkomst.verslag.geweigerd == 0
    lines = 1 if vorm == "csv met sep=" else 0
    pd.testing.assert_frame_equal(kept(uitkomst), bedoeld.assign(regel=bedoeld["regel"] + lines))


# --- one value in another spelling ---


@pytest.mark.parametrize(
    "spelling", ["4000062", "04000062", "4000062.0", "4000062,00", "4.000.062", "04 000 062", "\u00a04000062 "]
)
def test_a_kvk_number_keeps_eight_digits(tmp_path, records, spelling):
    uitkomst = take_in(write_csv(records.assign(kvkdosnr=spelling), tmp_path))
    assert uitkomst.verslag.geweigerd == 0
    assert uitkomst.verslag.nakijken == {}
    assert set(kept(uitkomst)["kvkdosnr"]) == {"04000062"}
    found = historie.read_historie(Kluis(tmp_path / "opslag", "voorbeeld"), leeg=True).df()
    assert set(found["onderneming"]) == {"04000062"}


def one_value(folder: Path, records: pd.DataFrame, **values: str) -> Uitkomst:
    """Take in records of which the first differs."""
    changed = records.copy()
    for name, value in values.items():
        changed.loc[0, name] = value
    return take_in(write_csv(changed, folder))


@pytest.mark.parametrize("spelling", ["1250", "1 250", "1\u00a0250", "1250.0", "1250,00", " 1250"])
def test_a_count_of_one_reading_is_read(tmp_path, records, spelling):
    counts = dict.fromkeys(["banen", "wpft", "manf", "mannen"], spelling)
    zeros = dict.fromkeys(["wppt", "manp", "vrouwp", "vrouwf", "vrouwen"], "0")
    uitkomst = one_value(tmp_path, records, **counts, **zeros, grtklas="12")
    assert uitkomst.verslag.geweigerd == 0
    assert kept(uitkomst)["banen"].max() == 1250


@pytest.mark.parametrize(
    "spelling", ["1.250", "1,250", "8.400", "1,5", "1.25E+03", "1-", "(1)", "-1", "+1", "1%", "x", "WAAR"]
)
def test_a_count_of_two_readings_or_none_is_refused_with_its_line(tmp_path, records, spelling):
    uitkomst = one_value(tmp_path, records, banen=spelling)
    (row,) = duckdb.sql(f"FROM '{uitkomst.lichting.folder}/geweigerd.parquet'").fetchall()
    assert row[0] == 2
    assert row[1] == ["getal:banen"]


@pytest.mark.parametrize(
    ("code", "uitkomst"),
    [
        (("01410", "A", "01"), "01410"),
        (("1410", "A", "01"), "01410"),
        (("1410", "", "1"), "01410"),
        (("1410", "A", ""), "01410"),
        (("1410.0", "A", "01"), "01410"),
        (("1410,0", "A", "01.0"), "01410"),
        (("01.41", "A", "01"), "0141"),
        (("01.41.0", "A", "01"), "01410"),
        (("1410", "C", "14"), "1410"),
        (("1410", "", ""), "sbi_nullen"),  # a farm, or a maker of clothes
        (("1410.0", "", ""), "sbi_nullen"),
        (("1410", "C", "01"), "sbi_verschil"),
        (("1410", "A", "14"), "sbi_verschil"),
        (("1.41", "", ""), "sbi_onbekend"),  # 01.41 or 1.41 or 14.1
        (("1,41E+03", "A", "01"), "sbi_onbekend"),
        (("6201", "J", "62"), "6201"),
        (("62.0", "J", "62"), "620"),
    ],
)
def test_a_zero_of_the_sbi_comes_back_where_the_record_tells_that_it_was_lost(tmp_path, records, code, uitkomst):
    found = one_value(tmp_path, records, **dict(zip(("sbi08", "sectie", "afdeling"), code, strict=True)))
    if uitkomst.startswith("sbi_"):
        assert uitkomst in found.verslag.redenen
        assert found.verslag.geweigerd == 1
    else:
        assert found.verslag.geweigerd == 0
        assert kept(found).set_index("regel")["sbi08"][2] == uitkomst


def test_a_division_that_lost_its_zero_is_that_division(tmp_path, records, bedoeld):
    few = records.drop(columns=["sectie", "sbi08", "sbi08_3", "sbi08_4"])
    few = few.assign(afdeling=few["afdeling"].str.lstrip("0") + ".0")
    uitkomst = take_in(write_csv(few, tmp_path))
    assert uitkomst.verslag.geweigerd == 0
    assert kept(uitkomst)["sbi08"].tolist() == bedoeld["sbi08"].str[:2].tolist()


@pytest.mark.parametrize("kolom", ["lisanr", "kvkdosnr"])
@pytest.mark.parametrize(
    ("value", "reden"), [("1,05E+11", "wetenschappelijk"), ("1.05e11", "wetenschappelijk"), ("#N/B", "foutcode")]
)
def test_a_key_that_lost_its_digits_is_refused(tmp_path, records, kolom, value, reden):
    found = one_value(tmp_path, records, **{kolom: value})
    assert found.verslag.redenen == {reden: 1}


# --- sheets that show something else than they hold, and files that are something else ---


def _edit(frame: pd.DataFrame, folder: Path, change: Callable) -> Path:
    import openpyxl

    path = write_xlsx(as_numbers(frame), folder)
    book = openpyxl.load_workbook(path)
    change(book, book.active)
    book.save(path)
    return path


BANEN = "P5"


def _formula(book, sheet) -> None:
    sheet[BANEN].value = "=1+1"


def _percent(book, sheet) -> None:
    sheet[BANEN].number_format = "0%"


def _hide_row(book, sheet) -> None:
    sheet.row_dimensions[4].hidden = True


@pytest.mark.parametrize(
    ("change", "melding"),
    [
        (_formula, "regel 5, kolom P: een formule zonder uitkomst"),
        (_percent, "regel 5, kolom P: een opmaak die iets anders toont"),
        (lambda book, sheet: book.create_sheet().append(["GEHEIM"]), "2 zichtbare bladen"),
        (_hide_row, "regel 4: 1 regels zijn"),
        (lambda book, sheet: sheet.merge_cells("A3:A4"), "A3:A4 zijn samengevoegd"),
        (lambda book, sheet: sheet.insert_rows(1), "de eerste regel is leeg"),
    ],
)
def test_a_sheet_that_is_not_what_it_shows_is_refused_with_its_line(tmp_path, records, change, melding):
    with pytest.raises(LeesError, match=melding) as error:
        take_in(_edit(records, tmp_path, change))
    assert "GE" not in str(error.value)


def test_a_hidden_sheet_is_left_alone(tmp_path, records, bedoeld):
    def hide(book, sheet) -> None:
        old = book.create_sheet("oud")
        old.append(["GEHEIM"])
        old.sheet_state = "hidden"

    pd.testing.assert_frame_equal(kept(take_in(_edit(records, tmp_path, hide))), bedoeld)


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("levering.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Opslaan als"),
        ("levering.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bewaar het zonder wachtwoord"),
        ("levering.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bewaar het zonder wachtwoord"),
        ("levering.csv", b"PK\x03\x04", "dit is een werkboek en geen tekstbestand"),
        ("levering.csv", "lisanr;GEHEIM\n".encode("utf-16"), "dit is UTF-16"),
        ("levering.csv", "lisanr;GEHEIM\n".encode("utf-16-le"), "lijkt UTF-16 zonder merkteken"),
        ("levering.xlsx", b"GEHEIM", "geen leesbaar XLSX-bestand"),
        ("levering.ods", b"GEHEIM", "geen leesbaar ODS-bestand"),
    ],
)
def test_what_is_no_delivery_is_refused_with_what_to_do(tmp_path, naam, inhoud, melding):
    (tmp_path / naam).write_bytes(inhoud)
    with pytest.raises(LeesError, match=melding) as error:
        take_in(tmp_path / naam)
    assert "GEHEIM" not in str(error.value)


# --- the real ones ---


@pytest.mark.parametrize(
    ("naam", "soort", "aangenomen", "records"),
    [
        ("r01_spss_gebruikersmissing/levering.sav", "voorbeeld", True, 540),
        ("r02_csv_nullen_weg/levering.csv", "voorbeeld", True, 19),
        ("r03_csv_punt_nul/levering.csv", "voorbeeld", True, 19),
        ("r04_csv_tab/levering.txt", "voorbeeld", True, 19),
        ("r05_wetenschappelijk/levering.csv", "voorbeeld", False, 0),
        ("r06_kvk_nul_weg/levering_2025.csv", "cbs", True, 540),
    ],
)
def test_the_real_files_come_out_the_same(tmp_path, naam, soort, aangenomen, records):
    if not GEVALLEN.is_dir():
        pytest.skip("../shared/gevallen is er niet: deze toets leest bestanden zoals mensen ze sturen")
    kluis = Kluis(tmp_path, soort)
    uitkomst = import_delivery(GEVALLEN / naam, "2025-04-01", kluis, NU)
    assert (uitkomst.bezwaren == ()) == aangenomen
    assert uitkomst.verslag.aangenomen == records
    if soort == "cbs":
        numbers = historie.read_historie(kluis, leeg=True).df()["onderneming"]
        assert numbers.str.fullmatch(r"\d{8}|L\d+").all()
        assert (numbers == "04000062").sum() > 1
