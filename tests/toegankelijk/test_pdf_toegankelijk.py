"""The PDFs by veraPDF, and by what veraPDF does not judge; both proven on a PDF that is wrong.

There are five kinds: the main report, the account, a sheet of an area, the sheet that goes with it to GS, and the page
in English. Of the small report, which is too small for the last, one of each is judged, of a report that is named
(RAPPORT) every paper.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.toegankelijk.pdfboom import faults
from tests.toegankelijk.verapdf import validate

pytestmark = pytest.mark.toegankelijk


# of each kind one, and of how many assertions at least it was tried
HOOFDRAPPORT = ("rapport/hoofdrapport.pdf", 5_000)
KLEIN = (
    HOOFDRAPPORT,
    *(("rapport/verantwoording.pdf", 1_000), ("rapport/gebied/GM0114.pdf", 1_000), ("stukken/gs-blad.pdf", 1_000)),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every paper of the report that is named; without one those of each kind."""
    if "pad" not in metafunc.fixturenames:
        return
    papers = KLEIN
    if named := metafunc.config.getoption("--rapport"):
        root = Path(named).resolve().parent
        found = sorted(p.relative_to(root).as_posix() for p in root.glob("*/**/*.pdf"))
        least = dict(KLEIN)
        papers = tuple((pad, least.get(pad, 1_000)) for pad in found)
        missing = set(least) - set(found) - {"rapport/gebied/GM0114.pdf"}
        assert not missing, f"bij {named} ontbreken {sorted(missing)}"
    names = ("pad", "least") if "least" in metafunc.fixturenames else ("pad",)
    metafunc.parametrize(names, [paper[: len(names)] for paper in papers], ids=[pad for pad, _ in papers])


def test_verapdf_finds_nothing_against_pdf_ua_1(rapport: Path, pad: str, least: int) -> None:
    tried, wrong = validate(rapport.parent / pad)
    assert not wrong, "\n".join(wrong)
    assert tried > least


def test_what_verapdf_does_not_judge_is_right_too(rapport: Path, pad: str) -> None:
    assert faults(rapport.parent / pad, "en" if pad.endswith("-en.pdf") else "nl-NL") == []


def test_verapdf_refuses_a_pdf_without_tags_and_one_whose_figure_says_nothing(rapport: Path, tmp_path: Path) -> None:
    with pikepdf.open(rapport / "hoofdrapport.pdf") as pdf:
        figure = next(e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Figure")
        del figure.Alt
        pdf.save(tmp_path / "alt.pdf")
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo
        pdf.save(tmp_path / "tags.pdf")
    assert any("7.3-1" in w for w in validate(tmp_path / "alt.pdf")[1])
    assert any("7.1-" in w or "6.2-1" in w for w in validate(tmp_path / "tags.pdf")[1])
    assert "er is geen structuurboom" in faults(tmp_path / "tags.pdf")
