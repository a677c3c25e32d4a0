"""One size, one font and one set of colours for all figures; and where the marks of an axis come.

Never colour alone: the region itself is blue
with round dots, what it is compared with orange with square ones, both named in the picture.
"""

from __future__ import annotations

import math
from typing import Any

from matplotlib.ticker import MaxNLocator

BREED, HOOG = 380, 272
# how wide a figure is that stands by itself on paper, where a pixel is as large as beside another one: one size of type
PAPIER = 520
TEKST = 13
LETTER = "system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif"

# How what is provisional is dashed, as matplotlib says it.
STREEP = (0, (3, 1.6))
# Text stays text, so that it is small, sharp and searchable; ids hang on a fixed salt, so that bytes repeat.
STIJL: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "monitor",
    "font.family": "DejaVu Sans",
    "font.size": TEKST,
    "axes.unicode_minus": True,
    "axes.linewidth": 0.8,
    "lines.solid_capstyle": "butt",
    "path.simplify": False,
    "text.parse_math": False,
}


def tick_marks(low: float, high: float) -> tuple[list[float], int]:
    """Round values for the axis, and how many decimals they need: as few as tell them apart."""
    ticks = [float(t) for t in MaxNLocator(nbins=4, steps=[1, 2, 5, 10]).tick_values(low, high)]
    return ticks, max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9))
