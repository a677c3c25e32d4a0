"""The list of postcodes of a tenant: read as it is, or refused with the line of each fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from begrippen.fout import BestandError
from begrippen.gebied import Gebied, gekozen
from begrippen.postcode import BESTAND, GETOOND, HOOGSTENS, Postcodes, choose_postcodes, read_postcodes
from begrippen.regio import read_regios

KOP = "postcode;gemeente;jaar\n"


def gemeenten() -> list[str]:
    """Codes of municipalities that still are there."""
    regios = read_regios()
    return sorted(regios[(regios["soort"] == "gemeente") & regios["geldig_tot"].isna()]["code"])


EEN, ANDER, DERDE = gemeenten()[:3]


def make(folder: Path, text: str | bytes) -> Gebied:
    """A tenant with this list."""
    (folder / BESTAND).write_bytes(text if isinstance(text, bytes) else text.encode())
    return gekozen().model_copy(update={"map": folder})


def test_a_tenant_without_a_list_has_none(tmp_path: Path) -> None:
    assert read_postcodes(gekozen().model_copy(update={"map": tmp_path})) is None
    assert choose_postcodes(None, {EEN}) == {}


def test_four_digits_are_kept_as_they_are_and_a_mark_of_excel_does_no_harm(tmp_path: Path) -> None:
    found = read_postcodes(make(tmp_path, f"\ufeff{KOP}7800;{EEN};2026\r\n7801;{EEN};2026\r\n9400;{ANDER};2026\r\n"))
    assert found == Postcodes(2026, {EEN: ("7800", "7801"), ANDER: ("9400",)})


def test_six_signs_are_shortened_where_four_digits_lie_in_one_municipality(tmp_path: Path) -> None:
    rows = f"7800 AA;{EEN};2026\n7800AB;{EEN};2026\n7801 AA;{EEN};2026\n7801 AB;{ANDER};2026\n"
    found = read_postcodes(make(tmp_path, KOP + rows))
    assert found == Postcodes(2026, {EEN: ("7800", "7801AA"), ANDER: ("7801AB",)})


def test_of_what_the_list_has_a_page_gets_its_own_municipalities() -> None:
    lijst = Postcodes(2026, {EEN: ("7800",), ANDER: ("9400",)})
    assert choose_postcodes(lijst, {ANDER, DERDE}) == {ANDER: ["9400"]}


GOED = f"7800;{EEN};2026\n"
FAULTS = {
    "too few fields": (f"{GOED}7801;{EEN}\n", r"regel 3: 2 velden"),
    "no postcode": (f"{GOED}780;{EEN};2026\n", r"regel 3: '780' is geen postcode"),
    "a nought in front": (f"{GOED}0780;{EEN};2026\n", r"regel 3: '0780' is geen postcode"),
    "lower case": (f"7800 ab;{EEN};2026\n", r"regel 2: '7800 ab' is geen postcode"),
    "two kinds": (f"{GOED}7801 AB;{EEN};2026\n", r"regel 3: '7801 AB' is korter of langer dan de eerste, '7800'"),
    "no year": (f"7800;{EEN};26\n", r"regel 2: '26' is geen jaar"),
    "two years": (f"{GOED}7801;{EEN};2025\n", r"regel 3: het jaar is 2025, en bij de eerste postcode 2026"),
    "an unknown municipality": (f"{GOED}7801;GM9999;2026\n", r"regel 3: 'GM9999' is geen gemeente"),
    "a province": (f"7800;{gekozen().code};2026\n", r"regel 2: .* is geen gemeente"),
    "the same twice": (f"{GOED}{GOED}", r"regel 3: postcode 7800 staat er al"),
    "in two municipalities": (
        f"{GOED}7800;{ANDER};2026\n",
        rf"regel 3: .* volgens regel 2 in {EEN}, en hier in {ANDER}",
    ),
    "nothing": ("", r"er staat geen enkele postcode in"),
}


@pytest.mark.parametrize("what", list(FAULTS))
def test_a_fault_is_told_with_its_line_and_what_would_do(tmp_path: Path, what: str) -> None:
    text, told = FAULTS[what]
    with pytest.raises(BestandError, match=told) as raised:
        read_postcodes(make(tmp_path, KOP + text))
    assert BESTAND in raised.value.waar and "docs/ander-gebied.md" in raised.value.vervolg


def test_a_municipality_that_is_no_more_is_refused_also_in_a_year_when_it_was(tmp_path: Path) -> None:
    regios = read_regios()
    gone = regios[(regios["soort"] == "gemeente") & (regios["geldig_tot"].dt.year > 2005)].iloc[0]
    code, jaar = gone["code"], gone["geldig_tot"].year - 1
    with pytest.raises(BestandError, match=rf"regel 2: gemeente {code} is er na {jaar} niet meer"):
        read_postcodes(make(tmp_path, f"{KOP}7800;{code};{jaar}\n"))
    with pytest.raises(BestandError, match=rf"regel 2: gemeente {code} was er in {jaar + 2} niet"):
        read_postcodes(make(tmp_path, f"{KOP}7800;{code};{jaar + 2}\n"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"postcode,gemeente,jaar\n", "de kop is 'postcode,gemeente,jaar'"),
        (b"", "de kop is 'niets'"),
        (b"postcode;gemeente\n", "het moet 'postcode;gemeente;jaar' zijn"),
        (KOP.encode("utf-16"), "geen tekst in UTF-8"),
        (f'{KOP}"7800"x;{EEN};2026\n'.encode(), "geen CSV"),
    ],
)
def test_what_is_no_such_list_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(BestandError, match=told):
        read_postcodes(make(tmp_path, content))


def test_of_very_many_faults_the_first_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    with pytest.raises(BestandError) as raised:
        read_postcodes(make(tmp_path, KOP + "fout;fout;fout\n" * (GETOOND + 7)))
    assert raised.value.wat.count("regel ") == GETOOND and raised.value.wat.endswith("en nog 7")


def test_a_list_that_would_weigh_too_much_on_a_page_is_refused() -> None:
    codes = tuple(f"{n}AA" for n in range(1000, 1000 + HOOGSTENS // 9))
    with pytest.raises(BestandError, match=r"het mogen er 40000 zijn"):
        choose_postcodes(Postcodes(2026, {EEN: codes}), {EEN})
    # every postcode of four digits of a country fits
    assert choose_postcodes(Postcodes(2026, {EEN: tuple(str(n) for n in range(1000, 5100))}), {EEN})
