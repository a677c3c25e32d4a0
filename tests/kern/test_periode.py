import json
from datetime import date

import pytest

from assets.kern.periode import PeriodeError, read_part, read_periode
from assets.tabel import SQL, read_query


@pytest.mark.parametrize(
    ("code", "soort", "begin", "eind", "deel"),
    [
        ("2025JJ00", "JJ", date(2025, 1, 1), date(2025, 12, 31), False),
        ("2024SJ00", "SJ", date(2024, 8, 1), date(2025, 7, 31), False),
        ("2026HJ02", "HJ", date(2026, 7, 1), date(2026, 12, 31), True),
        ("2026KW01", "KW", date(2026, 1, 1), date(2026, 3, 31), True),
        ("2026KW04", "KW", date(2026, 10, 1), date(2026, 12, 31), True),
        ("2024MM02", "MM", date(2024, 2, 1), date(2024, 2, 29), True),
        ("2024MM12", "MM", date(2024, 12, 1), date(2024, 12, 31), True),
    ],
)
def test_a_code_says_kind_and_days(code, soort, begin, eind, deel):
    p = read_periode(f"{code} ")
    assert (p.periode, p.soort, p.begin, p.eind, p.jaar, p.deel_van_jaar) == (
        code,
        soort,
        begin,
        eind,
        int(code[:4]),
        deel,
    )


@pytest.mark.parametrize(
    ("titel", "periode", "eind"),
    [
        ("2026 januari-april", "2026DJ04", date(2026, 4, 30)),
        ("2026 januari - april", "2026DJ04", date(2026, 4, 30)),
        ("2026 januari t/m september", "2026DJ09", date(2026, 9, 30)),
        ("2026 1e t/m 3e kwartaal", "2026DJ09", date(2026, 9, 30)),
        ("2026 eerste drie kwartalen", "2026DJ09", date(2026, 9, 30)),
        ("2026 1e kwartaal", "2026DJ03", date(2026, 3, 31)),
        ("2026 eerste zeven maanden", "2026DJ07", date(2026, 7, 31)),
        ("2026 1e halfjaar", "2026DJ06", date(2026, 6, 30)),
        ("2026 2e halfjaar", "2026DJ00", date(2026, 12, 31)),
    ],
)
def test_the_code_of_a_year_that_is_a_part_of_it_is_no_year(titel, periode, eind):
    p = read_periode("2026JJ00", titel)
    assert (p.periode, p.soort, p.eind, p.jaar, p.deel_van_jaar) == (periode, "DJ", eind, 2026, True)


@pytest.mark.parametrize("titel", ["2018", "2018 december", "2018 januari-december", "2018*"])
def test_a_year_stays_a_year(titel):
    assert read_periode("2018JJ00", titel).periode == "2018JJ00"


@pytest.mark.parametrize("code", ["2026", "2026W101", "2026KW05", "2026MM00", "2026MM13", "2026JJ01", "JJ002026", ""])
def test_a_code_that_we_do_not_know_is_refused(code):
    with pytest.raises(PeriodeError, match=f"'{code}'"):
        read_periode(code)


def test_a_part_is_read_from_text():
    assert read_part("2025 mei-augustus") == (5, 8)
    assert read_part("2025") is None


def test_the_real_code_lists_hold_one_partial_year(shared_data):
    """85429NED (trade) has 2026JJ00 for January through April; in the others every year is a year."""
    soorten = next(k.lijst for k in read_query(SQL / "kern" / "periode.sql").kolommen if k.naam == "soort") or ()
    parts = []
    for path in sorted((shared_data / "cbs_v4").glob("*/codes-Perioden.json")):
        for row in json.loads(path.read_text(encoding="utf-8"))["value"]:
            p = read_periode(row["Identifier"], row["Title"])
            assert p.soort in soorten
            if p.soort == "DJ":
                parts.append((path.parent.name, row["Identifier"], p.periode))
    assert parts == [("85429NED", "2026JJ00", "2026DJ04")]


@pytest.mark.parametrize("code", ["0000JJ00", "9999JJ00", "1899KW01", "2101JJ00", "２０２５JJ00", "2025KW０1"])
def test_year_out_of_reach_or_in_other_digits_is_no_period(code):
    with pytest.raises(PeriodeError, match=code):
        read_periode(code)
