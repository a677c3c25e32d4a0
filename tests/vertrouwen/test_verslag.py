"""The page of trust is what was counted, whole; a count that lacks or that is short cannot pass for a good one."""

import json
import re
from datetime import date

import pytest

from tests.conftest import ROOT
from tests.vertrouwen import verslag
from tests.vertrouwen.storingen import AANVALLEN, STORINGEN
from tests.vertrouwen.tellen import BELOFTEN, UIT, aantal, telling

LIJST = [*STORINGEN.items(), *AANVALLEN.items()]


@pytest.fixture
def uit(tmp_path, monkeypatch):
    monkeypatch.setenv(UIT, str(tmp_path / "uit"))
    monkeypatch.setenv("VERTROUWEN_MAAT", "10")
    return tmp_path / "uit"


def test_what_is_raised_is_counted_as_not_survived_and_fails_the_test(uit):
    with pytest.raises(pytest.fail.Exception, match="twee: ValueError: stuk"), telling("woord", "a.py::b[x]") as t:
        with t.proef("een", 5):
            pass
        with t.proef("twee", 2):
            raise ValueError("stuk")
        with t.proef("drie"):
            pass
    (written,) = verslag.read_tellingen(uit)
    assert (written["ingespoten"], written["doorstaan"], written["maat"]) == (8, 6, 10.0)
    said = f"| 8 | 6 | 8.000 | 10% | 0,0 | {written['versie']} | {date.today():%d-%m-%Y} |"
    assert said in verslag.make_blad([written])


def test_a_test_that_injects_nothing_fails(uit):
    with pytest.raises(AssertionError), telling("woord", "a.py::b"):
        pass


def test_a_promise_that_was_not_tried_says_so_and_fails_the_command(uit, monkeypatch, tmp_path):
    monkeypatch.setattr(verslag, "BLAD", tmp_path / "blad.md")
    monkeypatch.setattr(verslag, "TELLINGEN", tmp_path / "tellingen.json")
    for code in BELOFTEN:
        with telling(code, f"{code}.py::t") as t, t.proef("x"):
            pass
    assert verslag.main([str(uit)]) == 0
    gone = next(p for p in uit.iterdir() if json.loads(p.read_text())["belofte"] == "schijf")
    gone.unlink()
    (tmp_path / "tellingen.json").unlink()
    assert verslag.main([str(uit)]) == 1
    (row,) = [r for r in (tmp_path / "blad.md").read_text().splitlines() if r.startswith(f"| {BELOFTEN['schijf'][0]}")]
    assert "niet gedraaid | 0 | 0 |" in row


def test_the_size_of_a_run_is_a_share_of_the_full_one(uit):
    assert (aantal(200), aantal(5), aantal(5, minstens=3)) == (20, 1, 3)


def test_a_run_of_a_part_leaves_what_other_tests_counted_with_its_own_day_and_size():
    old = {"belofte": "woord", "ingespoten": 1, "doorstaan": 1, "rekentijd": 60.0, "versie": "1", "dag": "2026-01-02"}
    kept = [old | {"maat": 10.0, "test": t} for t in ("a.py::een[x]", "a.py::een[y]", "a.py::twee")]
    new = old | {"maat": 100.0, "test": "a.py::een[z]", "versie": "2", "dag": "2026-02-03"}
    merged = verslag.merge(kept, [new])
    # of a test that is run again nothing of before is left, also not of what it was then tried with
    assert merged == [new, kept[2]]
    row = "`a.py een`, `a.py twee` | 2 | 2 | 8.000 | 10% en 100% | 2,0 | 1 en 2 | 02-01-2026 en 03-02-2026 |"
    assert row in verslag.make_blad(merged)


def test_the_page_is_made_of_the_counts_that_are_kept():
    kept = json.loads(verslag.TELLINGEN.read_text(encoding="utf-8"))
    assert verslag.BLAD.read_text(encoding="utf-8") == verslag.make_blad(kept)
    for one in kept:
        file, name = verslag._of(one).split("::")
        assert f"\ndef {name}(" in (ROOT / "tests" / "vertrouwen" / file).read_text(encoding="utf-8"), one["test"]


def test_the_page_that_is_kept_has_each_promise_tried_and_survived():
    first = verslag.BLAD.read_text(encoding="utf-8").partition("\n## ")[0]
    rows = [r.split(" | ") for r in first.splitlines() if r.startswith("| ")][1:]
    assert verslag.BLAD.parent == ROOT / "docs"
    assert [r[0].removeprefix("| ") for r in rows] == [belofte for belofte, _ in BELOFTEN.values()]
    for row in rows:
        assert row[2] == row[3] and int(row[2].replace(".", "")) > 0, row[0]
        assert re.search(r"`test_\w+\.py test_\w+`", row[1]), row[0]


@pytest.mark.parametrize(("what", "test"), [(what, t) for what, tests in LIJST for t in tests])
def test_every_failure_and_every_malicious_input_has_the_test_that_is_named(what, test):
    file, name = test.split()
    assert f"\ndef {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), what
    assert f"`{test}`" in verslag.BLAD.read_text(encoding="utf-8")
