"""The PDF from another process is the one from this process, and so is the reason why it can not be made."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assets.rapport.pdfproces import zet_apart
from reports.document import Blad
from reports.fout import DocumentError
from reports.pdf import render_pdf
from tests.reports.test_pdf import SVG, make_document, make_figuur


def test_the_other_process_makes_the_same_bytes_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a folder of that name that is not ours
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "__init__.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    assert render_pdf(make_document(), zetten=zet_apart) == render_pdf(make_document())


def test_a_document_that_can_not_be_set_is_refused_with_its_reason() -> None:
    figuur = make_figuur()
    broken = replace(figuur, figuur=replace(figuur.figuur, svg=SVG.replace("</svg>", "")))
    document = make_document(bladen=(Blad("index", "Stand", "", (broken,)),))
    with pytest.raises(DocumentError, match="kan geen PDF worden") as apart:
        render_pdf(document, zetten=zet_apart)
    with pytest.raises(DocumentError) as here:
        render_pdf(document)
    assert str(apart.value) == str(here.value)


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("echo 'ValueError: boom.' >&2; exit 1", r"stopte met code 1: ValueError: boom\nDaar is .*monitor run"),
        ("kill -9 $$", r"afgebroken door het systeem \(SIGKILL\): het gaf geen melding\n.*geheugen"),
    ],
)
def test_a_process_that_comes_to_grief_is_told_with_the_next_step(
    script: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(DocumentError, match=text):
        render_pdf(make_document(), zetten=zet_apart)


def test_a_process_that_stops_before_it_has_read_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'ImportError: weg.' >&2; exit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    figuur = make_figuur()
    # more than fits between the two
    large = replace(figuur, figuur=replace(figuur.figuur, svg=SVG + "<!-- " + "x" * 2**20 + " -->"))
    with pytest.raises(DocumentError, match="stopte met code 1: ImportError: weg"):
        render_pdf(make_document(bladen=(Blad("index", "Stand", "", (large,)),)), zetten=zet_apart)
