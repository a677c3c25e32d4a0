"""How full the pages of a printed paper are: each is drawn as a picture, and its lowest ink measured.

By hand, on what was built: python -m tests.reports.vulling MAP (the folder of a build; says the fill of every page).
"""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import typst
from matplotlib import image

from reports.pdf import Drukopdracht, Schrijver
from reports.zetten import bestanden, fonts

PPI = 40
# of the template: what lies between the header and the footer, in mm of the page
HOOG, BOVEN, ONDER = 297.0, 25.0, 19.0
# darker than this is ink
INKT = 0.92


def pages(opdracht: Drukopdracht) -> list[np.ndarray]:
    """Every page as grey values from 0 (black) to 1, rows from above."""
    schrijver = Schrijver(opdracht.document, opdracht.voorblad, opdracht.site)
    inhoud = json.dumps(schrijver.data(), ensure_ascii=False).encode()
    compile_files: Any = typst.compile
    made = compile_files(bestanden(inhoud), font_paths=[str(fonts())], ignore_system_fonts=True, format="png", ppi=PPI)
    return [image.imread(io.BytesIO(p))[..., :3].min(axis=2) for p in ([made] if isinstance(made, bytes) else made)]


def fill(page: np.ndarray) -> float:
    """How far down the ink comes, as a share of the room between header and footer."""
    rows = len(page)
    top, bottom = round(rows * BOVEN / HOOG), round(rows * (HOOG - ONDER) / HOOG)
    inked = np.nonzero((page[top:bottom] < INKT).any(axis=1))[0]
    return float(inked[-1] + 1) / (bottom - top) if len(inked) else 0.0


def fills(opdracht: Drukopdracht) -> list[float]:
    """The fill of every page."""
    return [fill(page) for page in pages(opdracht)]
