"""Known errors of a source: corrected while the source still says them, and never silently."""

from __future__ import annotations

import pytest
import yaml

from assets.kern.correctie import read_correcties
from begrippen.fout import BestandError

TABELLEN = ("reken.periodecode", "reken.cel", "kern.correctie", "kern.waarneming", "kern.waarneming_versie")
FOUT = {
    "id": "komma",
    "soorten": ["cbs"],
    "bron": "cbs",
    "tabel": "T",
    "onderwerp": "inwoners",
    "regio": "PV22",
    "periode": "2025JJ00",
    "verwacht": 1.8,
    "wordt": 18.4,
    "reden": "een komma te ver",
    "gemeld_aan": "CBS",
    "datum": "2026-11-24",
}


@pytest.fixture
def correct(klein):
    """Give the source a value for PV22 (a text: why it is empty), and correct it; the answer of both tables."""

    def correct(waarde, verwacht=1.8, wordt: float | None = 18.4, there=True):
        leeg = waarde if isinstance(waarde, str) else None
        if there:
            for marge, titel in (("MW00000", "Waarde"), ("MOG0095", "Ondergrens"), ("MBG0095", "Bovengrens")):
                klein.add("code", dimensie="Marges", soort="marges", code=marge, titel=titel)
                value = None if leeg else waarde + {"MW00000": 0, "MOG0095": -0.1, "MBG0095": 0.1}[marge]
                klein.add(
                    "waarneming_alle",
                    onderwerp="M1",
                    regio="PV22",
                    periode="2025JJ00",
                    waarde=value,
                    leeg=leeg,
                    marge=marge,
                )
        klein.add("waarneming_alle", onderwerp="M1", regio="NL01", periode="2025JJ00", waarde=1.8)
        klein.add(
            "correctie",
            correctie="komma",
            onderwerp="inwoners",
            regio="PV22",
            periode="2025JJ00",
            verwacht=verwacht,
            wordt=wordt,
        )
        klein.build(*TABELLEN)
        (uitkomst,) = klein.rows("SELECT uitkomst, bron_waarde, wordt, momentopname FROM kern.correctie")
        columns = "waarde, marge_onder, marge_boven, leeg_reden, status"
        cell = klein.rows(f"SELECT {columns} FROM kern.waarneming WHERE regio = 'PV22'")
        return uitkomst, cell

    return correct


def test_a_known_error_is_replaced_and_its_margins_go_with_it(correct, klein):
    uitkomst, cell = correct(1.8)
    assert uitkomst == ("toegepast", 1.8, 18.4, "20260701T000000000000Z")
    assert cell == [(18.4, None, None, None, "definitief")]
    # another cell with the same number is left alone, and what the source gave is kept
    assert klein.rows("SELECT waarde FROM kern.waarneming WHERE regio = 'NL01'") == [(1.8,)]
    assert klein.rows("SELECT waarde FROM kern.waarneming_versie WHERE regio = 'PV22'") == [(1.8,)]


def test_a_figure_may_be_taken_out(correct):
    uitkomst, cell = correct(1.8, wordt=None)
    assert uitkomst[0] == "toegepast"
    assert cell == [(None, None, None, "onbekend", "definitief")]


@pytest.mark.parametrize(
    ("waarde", "uitkomst"),
    # nearly the same is another figure
    [
        (18.4, "hersteld"),
        (2.0, "anders"),
        ("Impossible", "anders"),
        (1.85, "anders"),
        (1.8001, "anders"),
        (18.4001, "anders"),
    ],
)
def test_a_source_that_says_something_else_is_taken_at_its_word(correct, waarde, uitkomst):
    told, cell = correct(waarde)
    assert told[0] == uitkomst
    if isinstance(waarde, float):
        assert cell[0][0] == pytest.approx(waarde, abs=1e-6)
        assert cell[0][1] is not None
    else:
        assert cell[0][0] is None


def test_a_figure_that_the_source_took_out_itself_is_mended(correct):
    assert correct("Impossible", wordt=None)[0][0] == "hersteld"


def test_a_cell_that_is_not_in_the_answer_is_said(correct):
    told, cell = correct(0.0, there=False)
    assert told == ("niet_gevonden", None, 18.4, None)
    assert cell == []


# --------------------------------------------------------------------------------------------------------- the file


def write(tmp_path, *rows):
    path = tmp_path / "correcties.yaml"
    path.write_text(yaml.safe_dump(list(rows)), encoding="utf-8")
    return path


def test_the_file_is_read_with_reason_and_who_was_told(tmp_path):
    (found,) = read_correcties(write(tmp_path, FOUT))
    assert (found.verwacht, found.wordt, found.gemeld_aan, str(found.datum)) == (1.8, 18.4, "CBS", "2026-11-24")
    assert found.cel == ("cbs", "T", "inwoners", "totaal", "PV22", "2025JJ00")


def test_leeg_takes_the_figure_out(tmp_path):
    assert read_correcties(write(tmp_path, FOUT | {"wordt": "leeg"}))[0].wordt == "leeg"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reden": ""}, "reden"),
        ({"gemeld_aan": None}, "gemeld_aan"),
        ({"periode": "2025"}, "periode"),
        # a cell without a number is not filled: that would be a figure of our own, or a secret one
        ({"verwacht": "geheim"}, "verwacht"),
        ({"verwacht": None}, "verwacht"),
        ({"wordt": "niets"}, "wordt"),
        ({"wordt": 1.8}, "er valt niets te corrigeren"),
        ({"soorten": []}, "soorten"),
        ({"soorten": ["echt"]}, "soorten"),
        ({"gis": 1}, "gis"),
    ],
)
def test_a_wrong_entry_is_named_with_its_field(tmp_path, changes, message):
    with pytest.raises(
        BestandError, match=rf"correcties.yaml: dit klopt niet:\n  regel \d+, \[komma\][\s\S]*{message}"
    ):
        read_correcties(write(tmp_path, FOUT | changes))


def test_no_cell_and_no_name_stands_twice_for_one_kind(tmp_path):
    with pytest.raises(BestandError, match="gaan over hetzelfde"):
        read_correcties(write(tmp_path, FOUT, FOUT | {"id": "nog_een"}))
    with pytest.raises(BestandError, match="gaan over hetzelfde"):
        read_correcties(write(tmp_path, FOUT, FOUT | {"regio": "NL01"}))
    assert len(read_correcties(write(tmp_path, FOUT, FOUT | {"id": "nog_een", "soorten": ["opname"]}))) == 2


@pytest.mark.parametrize("text", ["id: a", "- [", "- tekst"])
def test_a_file_that_is_no_list_of_corrections_is_refused(tmp_path, text):
    path = tmp_path / "correcties.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BestandError, match=r"correcties.yaml"):
        read_correcties(path)


def test_ours_has_one_for_the_sample_and_none_by_accident_for_real_figures():
    found = read_correcties()
    assert [c.id for c in found if "voorbeeld" in c.soorten] == ["voorbeeld_verkoopprijs_coevorden_2016"]
    assert all(c.id.startswith("voorbeeld_") == (c.soorten == ("voorbeeld",)) for c in found)
