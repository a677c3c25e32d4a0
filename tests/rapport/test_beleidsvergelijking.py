"""Two editions beside each other: a result line that says something else now is told, field by field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assets.beleid.vormen import VORMEN
from assets.rapport.beleidsvergelijking import compare_beleid, show_beleid
from tests.beleid.conftest import BRON, make_tabellen, read


def write(db, folder, editie=2026):
    """The tables of policy as a build of this edition leaves them."""
    folder.mkdir()
    for tabel in VORMEN:
        path = folder / f"beleid.{tabel}.parquet"
        db.execute(f"COPY beleid.{tabel} TO '{path}' (FORMAT parquet, KV_METADATA {{editie: '{editie}'}})")
    return folder


@pytest.fixture(scope="module")
def toen(tmp_path_factory):
    return write(make_tabellen([read(BRON)]), tmp_path_factory.mktemp("toen") / "parquet")


def change(where, file, old, new):
    path = where / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_same_policy_has_no_difference(toen, tmp_path):
    assert compare_beleid(toen, toen) == ()
    assert show_beleid(()) == []


def test_a_changed_result_line_is_told_with_what_it_was(toen, tmp_path):
    folder = Path(shutil.copytree(BRON, tmp_path / "beleid"))
    head, first, *_ = (folder / "resultaten.csv").read_text("utf-8").splitlines()
    fields = dict(zip(head.split(";"), first.split(";"), strict=True))
    change(folder, "resultaten.csv", fields["resultaat"], "iets anders dan eerst")
    # and a row that was not there
    change(
        folder,
        "resultaten.csv",
        first.split(";")[0] + ";",
        "nieuw1;" + first.partition(";")[2] + "\n" + fields["id"] + ";",
    )
    found = compare_beleid(toen, write(make_tabellen([read(folder)]), tmp_path / "nu"))
    told = "\n".join(show_beleid(found))
    assert f"{fields['id']}: resultaat van {fields['resultaat']} naar iets anders dan eerst" in told
    assert "  nieuw (1): nieuw1" in told
    assert "Beleid, resultaat (2)" in told
    assert {v.tabel for v in found} == {"resultaat"}


def test_another_amount_is_the_same_row_and_a_post_in_another_year_is_not(toen, tmp_path):
    folder = Path(shutil.copytree(BRON, tmp_path / "beleid"))
    change(folder, "bedragen.csv", "2171540", "2171541")
    change(folder, "bedragen.csv", ";2027;", ";2028;")
    found = compare_beleid(toen, write(make_tabellen([read(folder)]), tmp_path / "nu"))
    assert {v.tabel for v in found} == {"bedrag"}
    assert sorted(v.soort for v in found) == ["nieuw", "veranderd", "vervallen"]


def test_rows_of_an_earlier_edition_are_not_those_of_one_that_has_none(toen, tmp_path):
    found = compare_beleid(toen, write(make_tabellen([read(BRON)]), tmp_path / "nu", editie=2028))
    assert found and {v.soort for v in found} == {"vervallen"}


def test_of_another_version_without_a_table_everything_is_new_and_nothing_breaks(toen, tmp_path):
    (tmp_path / "leeg").mkdir()
    found = compare_beleid(tmp_path / "leeg", toen)
    assert found and {v.soort for v in found} == {"nieuw"}
    assert "en nog " in "\n".join(show_beleid(found))
