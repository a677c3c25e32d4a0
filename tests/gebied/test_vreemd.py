"""The search for the name of another tenant finds it wherever it stands, and lets a list of all regions be."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.gebied.vreemd import find_vreemd, is_label

WOORDEN = ("Drenthe", "Drentse", "PV22")


@pytest.fixture
def actueel(tmp_path: Path) -> Path:
    with duckdb.connect(str(tmp_path / "monitor.duckdb")) as db:
        db.execute("CREATE SCHEMA kern")
        db.execute("CREATE TABLE kern.regio AS SELECT 'PV22' AS code, 'Drenthe' AS naam")
        db.execute("CREATE TABLE kaart AS SELECT 'PV29' AS regio, 'in Zeeland' AS tekst")
    (tmp_path / "rapport").mkdir()
    (tmp_path / "rapport" / "index.html").write_text("<p>Zeeland</p><td>Drenthe</td><td>PV22</td>", encoding="utf-8")
    return tmp_path


def test_a_label_in_a_list_of_regions_may_stand(actueel: Path) -> None:
    assert find_vreemd(actueel, WOORDEN) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("rapport/a.html", "<p>Zeeland ligt niet in Drenthe</p>"),
        ("rapport/a.html", '<img alt="de Drentse economie">'),
        ("rapport/a.html", "<p>zoek op pv22.</p>"),
        ("rapport/a.csv", "jaar;regio\n2024;Noord-Drenthe (eigen)\n"),
        ("rapport/a.jsonld", '{"naam": "Provincie Drenthe"}'),
        ("rapport/stand-van-drenthe.txt", ""),
    ],
)
def test_a_word_of_another_is_found_in_a_file_and_in_its_name(actueel: Path, file: str, text: str) -> None:
    (actueel / file).write_text(text, encoding="utf-8")
    assert len(find_vreemd(actueel, WOORDEN)) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kaart SET tekst = 'in Drenthe'",
        "UPDATE kaart SET regio = 'PV22'",
        "COMMENT ON TABLE kaart IS 'alleen Drenthe'",
        "COMMENT ON COLUMN kaart.tekst IS 'de Drentse tekst'",
    ],
)
def test_a_word_of_another_is_found_in_a_table(actueel: Path, change: str) -> None:
    with duckdb.connect(str(actueel / "monitor.duckdb")) as db:
        db.execute(change)
    assert len(find_vreemd(actueel, WOORDEN)) == 1
    with duckdb.connect(str(actueel / "monitor.duckdb")) as db:
        db.execute(f"COPY kaart TO '{actueel / 'monitor.kaart.parquet'}'")
    assert len(find_vreemd(actueel, WOORDEN)) == (1 if change.startswith("COMMENT") else 2)


def test_regions_put_beside_each_other_are_labels_and_a_sentence_about_them_is_not():
    labels = frozenset({"Overig Zeeland", "Zuidwest-Drenthe", "Noord-Friesland"})
    assert is_label("Overig Zeeland naast Zuidwest-Drenthe en Noord-Friesland", labels)
    assert not is_label("Overig Zeeland lijkt op Zuidwest-Drenthe", labels)
    assert not is_label("Stand van Drenthe", labels)
