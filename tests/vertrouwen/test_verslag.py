"""The page of trust is what was counted, whole; a count that lacks or that is short cannot pass for a good one."""

import json
import re
from datetime import date

import pytest

from tests.conftest import ROOT
from tests.vertrouwen import verslag
from tests.vertrouwen.storingen import STORINGEN
from tests.vertrouwen.tellen import BELOFTEN, UIT, aantal, telling


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
    assert "| 8 | 6 | 8.000 | 30-11-2026 |" in verslag.make_blad([written], "v", date(2026, 11, 30))


def test_a_test_that_injects_nothing_fails(uit):
    with pytest.raises(AssertionError), telling("woord", "a.py::b"):
        pass


def test_a_promise_that_was_not_tried_says_so_and_fails_the_command(uit, monkeypatch, tmp_path):
    monkeypatch.setattr(verslag, "BLAD", tmp_path / "blad.md")
    for code in BELOFTEN:
        with telling(code, f"{code}.py::t") as t, t.proef("x"):
            pass
    assert verslag.main([str(uit)]) == 0
    gone = next(p for p in uit.iterdir() if json.loads(p.read_text())["belofte"] == "schijf")
    gone.unlink()
    assert verslag.main([str(uit)]) == 1
    (row,) = [r for r in (tmp_path / "blad.md").read_text().splitlines() if r.startswith(f"| {BELOFTEN['schijf'][0]}")]
    assert "niet gedraaid | 0 | 0 |" in row


def test_the_size_of_a_run_is_a_share_of_the_full_one(uit):
    assert (aantal(200), aantal(5), aantal(5, minstens=3)) == (20, 1, 3)


def test_counts_of_different_sizes_do_not_add_up():
    with pytest.raises(ValueError, match="verschillende maten"):
        verslag.make_blad([{"maat": 1.0}, {"maat": 2.0}], "v", date(2026, 11, 30))


def test_the_page_that_is_kept_has_each_promise_tried_and_survived():
    first = verslag.BLAD.read_text(encoding="utf-8").partition("\n## ")[0]
    rows = [r.split(" | ") for r in first.splitlines() if r.startswith("| ")][1:]
    assert verslag.BLAD.parent == ROOT / "docs"
    assert [r[0].removeprefix("| ") for r in rows] == [belofte for belofte, _ in BELOFTEN.values()]
    for row in rows:
        assert row[2] == row[3] and int(row[2].replace(".", "")) > 0, row[0]
        assert re.search(r"`test_\w+\.py test_\w+`", row[1]), row[0]


@pytest.mark.parametrize(("what", "test"), [(what, t) for what, tests in STORINGEN.items() for t in tests])
def test_every_failure_of_a_source_has_the_test_that_is_named(what, test):
    file, name = test.split()
    assert f"\ndef {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), what
    assert f"`{test}`" in verslag.BLAD.read_text(encoding="utf-8")
