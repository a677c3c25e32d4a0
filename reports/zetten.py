"""Typst sets the pages of a PDF and draws figures as pictures.

Nothing else of ours is needed here, so that a process for this alone stays small.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from PIL import Image, ImageChops

from begrippen.huisstijl import PAPIER
from reports.fout import DocumentError

HERE = Path(__file__).parent
LETTER = "Source Sans 3"
# Of a page between the header and the footer, in mm from above: the margins of rapport.typ. Drawn at so few pixels an
# inch that it costs nothing beside the setting; darker than this, of 255, is ink.
HOOG, BOVEN, ONDER = 297.0, 25.0, 19.0
FIJN, INKT = 24, 235
# Pixels an inch of a figure, and its colours: a drawing of lines and letters has few.
SCHERP, KLEUREN = 120, 32


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


@dataclass(frozen=True)
class Gezet:
    """A document as it was set: the PDF, and of each page how far down the ink comes (1: to the footer)."""

    pdf: bytes
    vulling: tuple[float, ...]


def _compile(files: dict[str, bytes], **how: Any) -> Any:
    # Its type does not say that more files than one may be given.
    compile_files: Any = typst.compile
    try:
        return compile_files(files, font_paths=[str(fonts())], ignore_system_fonts=True, **how)
    except typst.TypstError as fout:
        raise DocumentError(f"Het rapport kan geen PDF worden: {fout}. {' '.join(fout.hints)}".strip()) from fout


def _pictures(files: dict[str, bytes], ppi: int) -> list[bytes]:
    made = _compile(files, format="png", ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made)


def zet(inhoud: bytes) -> Gezet:
    """The pages of a document, in JSON as `sjablonen/rapport.typ` reads it. Raises DocumentError with why."""
    files = bestanden(inhoud)
    pdf: bytes = _compile(files, pdf_standards=["ua-1"])
    # Typst remembers how it set them: the pages as pictures cost a tenth of the PDF
    return Gezet(pdf, tuple(fill(page) for page in _pictures(files, FIJN)))


def fill(page: bytes) -> float:
    """How far down the ink of a page (PNG) comes, as a share of the room between header and footer."""
    red, green, blue = Image.open(io.BytesIO(page)).convert("RGB").split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    top, bottom = (round(darkest.height * mm / HOOG) for mm in (BOVEN, HOOG - ONDER))
    box = darkest.crop((0, top, darkest.width, bottom)).point([255 * (n < INKT) for n in range(256)]).getbbox()
    return box[3] / (bottom - top) if box else 0.0


def zet_alle(inhouden: Sequence[bytes]) -> list[Gezet]:
    """The pages of each document, in their order. Raises DocumentError for the first that can not be set."""
    return [zet(inhoud) for inhoud in inhouden]


def teken_alle(inhoud: bytes) -> list[bytes]:
    """The figures in JSON as `sjablonen/figuur.typ` reads it, each as a small PNG. Raises DocumentError with why."""
    files = {
        "main.typ": (HERE / "sjablonen" / "figuur.typ").read_bytes(),
        "figuren.json": inhoud,
        "huisstijl.json": json.dumps(PAPIER).encode(),
    }
    return [_small(picture) for picture in _pictures(files, SCHERP)]


def _small(picture: bytes) -> bytes:
    """The same picture in few colours."""
    few = (
        Image.open(io.BytesIO(picture))
        .convert("RGB")
        .quantize(KLEUREN, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    )
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=6)
    return out.getvalue()
