"""A canvas to draw on in pixels, and the bars, lines and words that figures are made of.

One canvas is used again for each figure: making one costs more than most pictures. Straight on the figure, without
axes, which would take most of the time; two kinds of figure have axes and pay for them. Nothing here knows what a
figure is about.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Lijnstuk
from matplotlib.transforms import IdentityTransform

from begrippen.huisstijl import INKT
from reports.figuren.stijl import LETTER, STIJL, TEKST
from reports.figuren.svg import compact

Punt2 = tuple[float, float]


class Doek:
    """Draws figures one after another; not for use by two threads. Origin left below, y upwards, unit a pixel."""

    def __init__(self) -> None:
        with mpl.rc_context(STIJL):
            self._figure = Figure(dpi=72)
            self._figure.patch.set_visible(False)
            self._canvas = FigureCanvasSVG(self._figure)

    @contextmanager
    def vel(self, breed: float, hoog: float) -> Iterator[Figure]:
        """An empty sheet of this size; draw and `save` within. What comes back is for who can not do without axes."""
        with mpl.rc_context(STIJL):
            # axes that are thrown away need not be made empty first
            for axes in self._figure.axes:
                self._figure.delaxes(axes)
            self._figure.clear()
            self._figure.set_size_inches(breed / 72, hoog / 72)
            yield self._figure

    def save(self) -> str:
        """What stands on the sheet, as small SVG."""
        text = io.StringIO()
        self._canvas.print_svg(text, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        return compact(text.getvalue(), font_family=LETTER, font_size=str(TEKST))

    def vlak(
        self, punten: Sequence[Punt2], kleur: str, rand: str = "none", dikte: float = 0.8, *, rond: bool = False
    ) -> None:
        """A filled shape with these corners; `rond`: its edge turns them softly, as that of a map should."""
        path = Lijnstuk([*punten, punten[0]], closed=True)
        patch = PathPatch(path, fc=kleur, ec=rand, lw=dikte, transform=IdentityTransform())
        if rond:
            patch.set_joinstyle("round")
        self._figure.add_artist(patch)

    def balk(self, x: float, y: float, breed: float, hoog: float, *, kleur: str, rand: str = "none") -> None:
        """A rectangle from its corner left below; a negative width goes to the left."""
        self.vlak([(x, y), (x + breed, y), (x + breed, y + hoog), (x, y + hoog)], kleur, rand)

    def lijn(self, punten: Sequence[Punt2], kleur: str, dikte: float = 1.0, stijl: Any = "-") -> None:
        """A line through these points."""
        x, y = zip(*punten, strict=True)
        self._figure.add_artist(Line2D(x, y, color=kleur, lw=dikte, ls=stijl, transform=IdentityTransform()))

    def stippen(self, punten: Sequence[Punt2], kleur: str, vorm: str = "o", maat: float = 6, vol: bool = True) -> None:
        """Dots at these points; `vorm` as matplotlib names markers."""
        x, y = zip(*punten, strict=True)
        self._figure.add_artist(
            Line2D(
                x,
                y,
                ls="",
                marker=vorm,
                ms=maat,
                mfc=kleur if vol else "white",
                mec=kleur,
                mew=1.4,
                transform=IdentityTransform(),
            )
        )

    def tekst(
        self, x: float, y: float, tekst: str, kleur: str = INKT, *, plaats: str = "left", vet: bool = False
    ) -> None:
        """Words on a line with its base at y; `plaats`: what of the words is at x (left, center, right)."""
        self._figure.text(
            x,
            y,
            tekst,
            transform=IdentityTransform(),
            color=kleur,
            ha=plaats,
            va="baseline",
            fontweight="bold" if vet else "normal",
        )


@lru_cache(2)
def _font(vet: bool) -> FT2Font:
    font = FT2Font(findfont(FontProperties(family=STIJL["font.family"], weight="bold" if vet else "normal")))
    font.set_size(TEKST, 72)
    return font


@lru_cache(4096)
def breedte(tekst: str, vet: bool = False) -> float:
    """How many pixels a text takes in the widest of the fonts that a reader may have; in most it takes less."""
    font = _font(vet)
    font.set_text(tekst, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64
