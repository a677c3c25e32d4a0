"""What withstood the attack is known again, and anything that differs is not."""

import stat

import pandas as pd
import pytest

from assets.register.doorstaan import find, keep, make_merk

CIJFERS = pd.DataFrame(
    {
        "jaar": [2019, 2019, 2020],
        "regio": ["PV22", "GM0106", "PV22"],
        "onderwerp": "banen",
        "uitsplitsing": "totaal",
        "waarde": pd.array([34, None, 0], dtype="Int64"),
    }
)
MERK = make_merk(CIJFERS, "v", "g")
GEZIEN = pd.DataFrame(
    {"jaar": [2019], "regio": ["PV22"], "uitsplitsing": ["totaal"], "maat": ["banen"], "waarde": [34]}
).astype({"jaar": "Int64", "waarde": "Int64"})


def test_the_order_of_the_figures_does_not_matter():
    assert make_merk(CIJFERS.iloc[[2, 0, 1], ::-1], "v", "g") == MERK


def changed(row: int, column: str, value: object) -> pd.DataFrame:
    frame = CIJFERS.copy()
    frame.loc[row, column] = value
    return frame


@pytest.mark.parametrize(
    ("cijfers", "version", "geheugen"),
    [
        (changed(0, "waarde", 35), "v", "g"),
        (changed(1, "waarde", 0), "v", "g"),
        (changed(2, "waarde", None), "v", "g"),
        (changed(0, "regio", "GM0106"), "v", "g"),
        (CIJFERS.iloc[:2], "v", "g"),
        (pd.concat([CIJFERS, CIJFERS.iloc[:1]]), "v", "g"),
        (CIJFERS, "w", "g"),
        (CIJFERS, "v", "h"),
    ],
    ids=["waarde", "leeg is niet 0", "achtergehouden", "gebied", "minder", "meer", "register", "geheugen"],
)
def test_whatever_differs_is_attacked_anew(tmp_path, cijfers, version, geheugen):
    keep(tmp_path, MERK, GEZIEN)
    assert find(tmp_path, make_merk(cijfers, version, geheugen)) is None


def test_only_the_last_is_kept_for_its_owner_alone(tmp_path):
    keep(tmp_path / "kluis", make_merk(CIJFERS, "w", "g"), GEZIEN)
    keep(tmp_path / "kluis", MERK, GEZIEN)
    pd.testing.assert_frame_equal(find(tmp_path / "kluis", MERK), GEZIEN, check_dtype=False)
    (path,) = (tmp_path / "kluis").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_can_not_be_read_is_attacked_anew(tmp_path):
    keep(tmp_path, MERK, GEZIEN)
    next(tmp_path.iterdir()).write_bytes(b"niets")
    assert find(tmp_path, MERK) is None


def test_a_folder_that_stood_open_is_closed_where_it_is_kept(tmp_path):
    folder = tmp_path / "kluis"
    folder.mkdir()
    folder.chmod(0o755)
    keep(folder, MERK, GEZIEN)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
