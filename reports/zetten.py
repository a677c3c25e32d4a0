"""Typst sets the pages of a PDF. Nothing else of ours is needed here, so that a process for this alone stays small."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from begrippen.huisstijl import PAPIER
from reports.fout import DocumentError

HERE = Path(__file__).parent
LETTER = "Source Sans 3"


def fonts() -> Path:
    """The folder of the font that the report is set in, which comes with a package."""
    return Path(str(resources.files("fontpkg_source_sans_3") / "files"))


def bestanden(inhoud: bytes) -> dict[str, bytes]:
    """What Typst reads to set a document: the templates, the document in JSON, the colours of the house."""
    return {
        "main.typ": (HERE / "sjablonen" / "rapport.typ").read_bytes(),
        "blokken.typ": (HERE / "sjablonen" / "blokken.typ").read_bytes(),
        "document.json": inhoud,
        "huisstijl.json": json.dumps(PAPIER).encode(),
    }


def zet(inhoud: bytes, datum: date) -> bytes:
    """The pages of a document, in JSON as `sjablonen/rapport.typ` reads it, dated. Raises DocumentError with why."""
    # Its type does not say that more files than one may be given.
    compile_files: Any = typst.compile
    try:
        pdf: bytes = compile_files(
            bestanden(inhoud),
            font_paths=[str(fonts())],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=datetime(datum.year, datum.month, datum.day, tzinfo=UTC),
        )
    except typst.TypstError as fout:
        raise DocumentError(f"Het rapport kan geen PDF worden: {fout}. {' '.join(fout.hints)}".strip()) from fout
    return pdf


def zet_alle(inhouden: Sequence[tuple[bytes, date]]) -> list[bytes]:
    """The pages of each document, in their order. Raises DocumentError for the first that can not be set."""
    return [zet(inhoud, datum) for inhoud, datum in inhouden]
