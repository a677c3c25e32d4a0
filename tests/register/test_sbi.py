"""The two classifications, and how a delivery shows which of them it is in."""

import pandas as pd
import pytest

from assets.register.fout import LeesError
from assets.register.sbi import read_afdelingen, read_concordantie, read_secties, recognise
from assets.register.voorbeeld import read_activiteiten


def counts(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["afdeling", "sectie", "aantal"])


def test_the_versions_have_21_and_22_sections():
    assert "".join(read_secties("2008")["sectie"]) == "ABCDEFGHIJKLMNOPQRSTU"
    assert "".join(read_secties("2025")["sectie"]) == "ABCDEFGHIJKLMNOPQRSTUV"
    assert len(read_afdelingen("2008")) == 88
    assert len(read_afdelingen("2025")) == 87
    assert set(read_afdelingen("2008")) - set(read_afdelingen("2025")) == {"45"}


@pytest.mark.parametrize(
    ("afdeling", "oud", "nieuw"),
    [
        ("01", "A", "A"),
        ("58", "J", "J"),
        ("62", "J", "K"),
        ("64", "K", "L"),
        ("84", "O", "P"),
        ("86", "Q", "R"),
        ("96", "S", "T"),
    ],
)
def test_letters_moved_up_after_the_split_of_section_j(afdeling, oud, nieuw):
    assert (read_afdelingen("2008")[afdeling], read_afdelingen("2025")[afdeling]) == (oud, nieuw)


def test_every_code_of_the_sample_is_of_its_version():
    codes = read_activiteiten()
    assert codes["sectie"].notna().all()
    assert codes["sbi25"].str[:2].isin(read_afdelingen("2025")).all()
    assert (codes["sbi25"].str.len() == 5).all()


def test_the_version_shows_in_letters_and_in_division_45():
    assert recognise(2026, counts(("86", "Q", 90), ("01", "A", 50)), False) == "2008"
    assert recognise(2026, counts(("86", "R", 90), ("01", "A", 50)), False) == "2025"
    assert recognise(2026, counts(("45", "", 9), ("86", "", 90)), False) == "2008"
    assert recognise(2024, counts(("86", "", 90)), False) == "2008"
    assert recognise(2026, counts(("86", "", 90)), True) == "2008"
    assert recognise(2026, counts(("86", "Q", 999), ("62", "K", 1)), False) == "2008"  # one slip is a fault of a record


def test_what_can_not_be_told_is_asked():
    with pytest.raises(LeesError, match="--sbi"):
        recognise(2026, counts(("86", "", 90)), False)
    with pytest.raises(LeesError, match="door elkaar"):
        recognise(2026, counts(("86", "Q", 50), ("62", "K", 50)), False)
    with pytest.raises(LeesError, match="allebei"):
        recognise(2026, counts(("86", "R", 90)), True)


def test_a_concordance_gives_what_the_codes_have_in_common(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("SBI08;sbi25\n45112;47810\n47.11;47110\n45203;95310\n45204;95310\n86101;86100\n01110;86100\n")
    found = read_concordantie(path).set_index("sbi25")["sbi08"]
    assert found["47810"] == "45112"
    assert found["47110"] == "4711"
    assert found["95310"] == "4520"
    assert found["86100"] is None or pd.isna(found["86100"])


@pytest.mark.parametrize(
    "text",
    [
        *("", "a;b\n1;2\n", "sbi25;sbi08\n", "sbi25;sbi08\n45100;45112\n", "sbi25;sbi08\n47810;GEHEIM\n"),
        # a line with more fields than the heading: pandas would move every column up
        *("sbi25;sbi08\nx;47810;45112\n", "sbi25;sbi08\nx;y;47810;45112\n"),
    ],
)
def test_a_bad_concordance_is_refused(tmp_path, text):
    path = tmp_path / "c.csv"
    path.write_text(text)
    with pytest.raises(LeesError) as error:
        read_concordantie(path)
    assert "GEHEIM" not in str(error.value)
