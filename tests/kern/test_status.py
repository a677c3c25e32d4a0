import csv
import json

import pytest

from assets.bron.bronlijst import read_tabellen
from assets.kern.status import parse_prose, read_status, status_from_prose

PROZA_2022 = (
    "Uitkomsten zijn voorlopig over:\r\n- leerlingen/studenten naar woongemeente (schooljaar 2022/'23);\r\n"
    "- inkomen en vermogen.\r\n\r\nUitkomsten zijn nader voorlopig over:\r\n- banen van werknemers;\r\n"
    "- uitkeringsontvangers;\r\n- afval van huishoudens.\r\n\r\n"
)
PROZA_2025 = (
    "Uitkomsten zijn voorlopig over:\r\nNabijheid voorzieningen\r\nBedrijfsvestigingen\r\nSociale zekerheid\r\n\r\n"
    "Uitkomsten zijn nader voorlopig over:\r\nWonen - Voorraad woningen\r\n"
)


def test_prose_is_read_with_and_without_bullets():
    assert parse_prose(PROZA_2022) == {
        "leerlingen/studenten naar woongemeente": "voorlopig",
        "inkomen en vermogen": "voorlopig",
        "banen van werknemers": "nader_voorlopig",
        "uitkeringsontvangers": "nader_voorlopig",
        "afval van huishoudens": "nader_voorlopig",
    }
    assert parse_prose(PROZA_2025)["wonen - voorraad woningen"] == "nader_voorlopig"


@pytest.mark.parametrize(
    ("groepen", "status"),
    [
        (["Sociale zekerheid", "uitkeringsontvangers"], "voorlopig"),
        (["Wonen - Voorraad woningen"], "nader_voorlopig"),
        (["Wonen - Gemiddelde WOZ waarde van woningen"], "definitief"),
        (["Wonen"], "definitief"),
        ([], "definitief"),
    ],
)
def test_a_topic_is_found_by_its_groups(groepen, status):
    assert status_from_prose(PROZA_2025, groepen) == status


def test_a_line_holds_for_the_groups_below_it_and_not_for_namesakes():
    prose = "Uitkomsten zijn voorlopig over:\nWonen\n"
    assert status_from_prose(prose, ["Wonen - Voorraad woningen"]) == "voorlopig"
    assert status_from_prose(prose, ["Woningen"]) == "definitief"


def test_of_two_headings_the_least_final_counts():
    prose = "Uitkomsten zijn voorlopig over:\nA\n\nUitkomsten zijn nader voorlopig over:\nA\nB"
    assert parse_prose(prose) == {"a": "voorlopig", "b": "nader_voorlopig"}


def test_text_before_a_heading_says_nothing():
    assert parse_prose("Bedrijfsvestigingen") == {}


@pytest.mark.parametrize(
    ("status", "beschrijving", "read"),
    [
        ("Definitief", "", "definitief"),
        ("Voorlopig", "Voorlopige cijfers", "voorlopig"),
        ("NaderVoorlopig", "", "nader_voorlopig"),
        ("nader_voorlopig", "", "nader_voorlopig"),
        ("**", "", "nader_voorlopig"),
        (None, "Nader voorlopige cijfers", "nader_voorlopig"),
        ("", "Voorlopige cijfers", "voorlopig"),
        ("None", "", "onbekend"),
        ("onbekend", "", "onbekend"),
    ],
)
def test_the_status_of_a_period(status, beschrijving, read):
    assert read_status(status, beschrijving) == read


def test_70072ned_reads_as_people_read_it(shared_data):
    """leesbaar.csv: every measure with the status as read from the notes of 28 September 2026."""
    folder = shared_data / "cbs_v4" / "70072ned"
    prose = {
        r["Identifier"]: r["Description"]
        for r in json.loads((folder / "codes-Perioden.json").read_text(encoding="utf-8"))["value"]
    }
    groepen = {o.v4_code: o.statusgroepen for o in read_tabellen()["70072ned"].onderwerpen.values() if o.v4_code}
    ours = {"Definitief": "definitief", "Voorlopig": "voorlopig", "NaderVoorlopig": "nader_voorlopig"}
    compared = 0
    with (folder / "leesbaar.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["value"]:
                read = status_from_prose(prose[row["period"]], groepen[row["measure"]])
                assert (row, read) == (row, ours[row["status_from_period_note"]])
                compared += 1
            else:
                assert row["status_from_period_note"] == ""
    assert compared == 374
