"""A figure as pixels, for what can not hold SVG: drawn by Typst, in the font of the report."""

from __future__ import annotations

import json
from typing import Any

import typst

from reports.bewaren import Neem, maak_zelf
from reports.document import Figuur
from reports.pdf import set_letter
from reports.zetten import LETTER, fonts

BLAD = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: "%s")
#image(bytes(json("figuur.json")), format: "svg", width: %dpt)
"""


def render_png(figuur: Figuur, breed: int, per_duim: int = 200, neem: Neem = maak_zelf) -> bytes:
    """The picture of a figure, `breed` points wide, on white. The same figure gives the same bytes.

    `neem` may have it from before.
    """
    files = {"main.typ": (BLAD % (LETTER, breed)).encode(), "figuur.json": json.dumps(set_letter(figuur.svg)).encode()}

    def draw() -> bytes:
        # Its type does not say that more files than one may be given.
        compile_files: Any = typst.compile
        drawn: bytes = compile_files(
            files,
            format="png",
            ppi=per_duim,
            font_paths=[str(fonts())],
            ignore_system_fonts=True,
        )
        return drawn

    return neem("beeld", b"\n".join((str(per_duim).encode(), *files.values())), draw)
