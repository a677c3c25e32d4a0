"""A canvas to draw on in pixels, and the bars, lines and words that figures are made of.

One canvas is used again for each figure: making one costs more than most pictures. Straight on the figure, without
axes, which would take most of the time. Nothing here knows what a figure is about.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Lijnstuk
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from begrippen.huisstijl import INKT
from reports.bewaren import Neem, maak_zelf
from reports.figuren.stijl import BREED, LETTER, STIJL, TEKST
from reports.figuren.svg import compact

Punt2 = tuple[float, float]
# How far letters come above and below their base, of the size of the font: the measures of the font itself.
BOVEN, ONDER = 1556 / 2048, 492 / 2048
# the size at which the font gives its measures without rounding them away
METEN = 100.0


class _Groep(Artist):
    """What is drawn together: behind all else, in its own order, in a group of its own."""

    zorder = 0

    def __init__(self) -> None:
        super().__init__()
        self.leden: list[Artist] = []

    def draw(self, renderer: RendererBase) -> None:
        """Draw the members in a group."""
        renderer.open_group("groep")
        for lid in self.leden:
            lid.draw(renderer)
        renderer.close_group("groep")


class _Woorden(Text):
    """Words on a line. Where they stand is known: laying them out would take as long as all else of a figure."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw the words with their base where they were put."""
        gc, (x, y) = renderer.new_gc(), self.get_position()
        gc.set_foreground(self.get_color())
        renderer.open_group("text")
        hoog = renderer.get_canvas_width_height()[1]
        renderer.draw_text(gc, x, hoog - y, self.get_text(), self.get_fontproperties(), self.get_rotation(), mtext=self)
        renderer.close_group("text")
        gc.restore()


class Doek:
    """Draws figures one after another; not for use by two threads. Origin left below, y upwards, unit a pixel.

    What is drawn is written down first, in full, and drawn from what was written when it is saved. So a figure depends
    on nothing else, and `neem`, which may have it from before, needs nothing else to know it by. `breed`: how wide
    a figure on it is.
    """

    def __init__(self, neem: Neem = maak_zelf, breed: float = BREED) -> None:
        self._neem = neem
        self.breed = breed
        with mpl.rc_context(STIJL):
            self._figure = Figure(dpi=72)
            self._figure.patch.set_visible(False)
            self._canvas = FigureCanvasSVG(self._figure)
            # a machine may have settings of its own; asking for the backend would load one
            settings = [f"{naam}: {mpl.rcParams[naam]}" for naam in mpl.rcParams if naam != "backend"]
            self._settings = hashlib.sha256("\n".join(settings).encode()).hexdigest()
        self._groepen: list[_Groep] = []
        self._stappen: list[tuple[str, dict[str, Any]]] = []

    @contextmanager
    def vel(self, breed: float, hoog: float) -> Iterator[None]:
        """An empty sheet of this size; draw and `save` within."""
        self._stappen = []
        self._write("vel", breed=breed, hoog=hoog)
        yield

    @contextmanager
    def groep(self) -> Iterator[None]:
        """What is drawn within stays together, in that order and behind what has no group."""
        self._write("begin")
        try:
            yield
        finally:
            self._write("eind")

    def _write(self, wat: str, **gegeven: Any) -> None:
        self._stappen.append((wat, gegeven))

    def save(self) -> str:
        """What stands on the sheet, as small SVG."""
        written = json.dumps([self._settings, self._stappen], default=_plain)
        return self._neem("figuur", written.encode(), lambda: self._draw(json.loads(written)[1]).encode()).decode()

    def vlak(self, punten: Sequence[Punt2], kleur: str, rand: str = "none", dikte: float = 0.8) -> None:
        """A filled shape with these corners."""
        self._write("vlak", punten=list(punten), kleur=kleur, rand=rand, dikte=dikte)

    def balk(self, x: float, y: float, breed: float, hoog: float, *, kleur: str, rand: str = "none") -> None:
        """A rectangle from its corner left below; a negative width goes to the left."""
        self.vlak([(x, y), (x + breed, y), (x + breed, y + hoog), (x, y + hoog)], kleur, rand)

    def lijn(
        self,
        punten: Sequence[Punt2],
        kleur: str,
        dikte: float = 1.0,
        stijl: Any = "-",
        *,
        eind: Literal["butt", "projecting"] = "butt",
    ) -> None:
        """A line through these points; `stijl` and `eind` as matplotlib names how it is dashed and how it ends."""
        self._write("lijn", punten=list(punten), kleur=kleur, dikte=dikte, stijl=stijl, eind=eind)

    def lijnen(self, lijnen: Sequence[Sequence[Punt2]], kleur: str, dikte: float = 1.0) -> None:
        """Lines that look the same, as one with jumps in it: a twelfth of the size of twelve."""
        self.lijn([p for lijn in lijnen for p in (*lijn, (math.nan, math.nan))], kleur, dikte)

    def stippen(
        self,
        punten: Sequence[Punt2],
        kleur: str,
        vorm: str = "o",
        maat: float = 6,
        vol: bool = True,
        *,
        rand: str = "",
        dikte: float = 1.4,
    ) -> None:
        """Dots at these points; `vorm` as matplotlib names markers; `rand`: another colour for their edge."""
        self._write("stippen", punten=list(punten), kleur=kleur, vorm=vorm, maat=maat, vol=vol, rand=rand, dikte=dikte)

    def tekst(
        self, x: float, y: float, tekst: str, kleur: str = INKT, *, plaats: str = "left", vet: bool = False
    ) -> None:
        """Words on a line with its base at y; `plaats`: what of the words is at x (left, center, right)."""
        if tekst:
            self._write("tekst", x=x, y=y, tekst=tekst, kleur=kleur, plaats=plaats, vet=vet)

    # --- from what was written to a picture ---

    def _draw(self, stappen: Sequence[tuple[str, dict[str, Any]]]) -> str:
        steps: dict[str, Callable[..., None]] = {
            "begin": self._begin,
            "eind": self._end,
            "vlak": self._draw_vlak,
            "lijn": self._draw_lijn,
            "stippen": self._draw_stippen,
            "tekst": self._draw_tekst,
        }
        (_, vel), *rest = stappen
        with mpl.rc_context(STIJL):
            self._figure.clear()
            self._figure.set_size_inches(vel["breed"] / 72, vel["hoog"] / 72)
            for wat, gegeven in rest:
                steps[wat](**gegeven)
            text = io.StringIO()
            self._canvas.print_svg(text, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        return compact(text.getvalue(), font_family=LETTER, font_size=str(TEKST))

    def _begin(self) -> None:
        groep = _Groep()
        self._add(groep)
        self._groepen.append(groep)

    def _end(self) -> None:
        self._groepen.pop()

    def _add(self, artist: Artist) -> None:
        if self._groepen:
            artist.set_figure(self._figure)
            self._groepen[-1].leden.append(artist)
        else:
            self._figure.add_artist(artist)

    def _draw_vlak(self, *, punten: list[list[float]], kleur: str, rand: str, dikte: float) -> None:
        path = Lijnstuk([*punten, punten[0]], closed=True)
        self._add(PathPatch(path, fc=kleur, ec=rand, lw=dikte, transform=IdentityTransform()))

    def _draw_lijn(
        self, *, punten: list[list[float]], kleur: str, dikte: float, stijl: Any, eind: Literal["butt", "projecting"]
    ) -> None:
        x, y = zip(*punten, strict=True)
        # matplotlib tells a dashing from a name by its type
        ls = stijl if isinstance(stijl, str) else (stijl[0], tuple(stijl[1]))
        self._add(Line2D(x, y, color=kleur, lw=dikte, ls=ls, solid_capstyle=eind, transform=IdentityTransform()))

    def _draw_stippen(
        self, *, punten: list[list[float]], kleur: str, vorm: str, maat: float, vol: bool, rand: str, dikte: float
    ) -> None:
        x, y = zip(*punten, strict=True)
        self._add(
            Line2D(
                x,
                y,
                ls="",
                marker=vorm,
                ms=maat,
                mfc=kleur if vol else "white",
                mec=rand or kleur,
                mew=dikte,
                transform=IdentityTransform(),
            )
        )

    def _draw_tekst(self, *, x: float, y: float, tekst: str, kleur: str, plaats: str, vet: bool) -> None:
        self._add(
            _Woorden(x, y, tekst, color=kleur, ha=plaats, fontproperties=_letter(vet), transform=IdentityTransform())
        )


def _plain(value: Any) -> list[Any]:
    """Points that stand in an array, as JSON writes them. Raises TypeError for anything else."""
    if isinstance(value, np.ndarray):
        plain: list[Any] = value.tolist()
        return plain
    raise TypeError(f"een figuur kan niet worden beschreven met {type(value).__name__}")


@lru_cache(2)
def _letter(vet: bool) -> FontProperties:
    return FontProperties(family=STIJL["font.family"], size=TEKST, weight="bold" if vet else "normal")


@lru_cache(4)
def _font(vet: bool, maat: float = TEKST) -> FT2Font:
    font = FT2Font(findfont(_letter(vet)))
    font.set_size(maat, 72)
    return font


@lru_cache(4096)
def breedte(tekst: str, vet: bool = False) -> float:
    """How many pixels a text takes in the widest of the fonts that a reader may have; in most it takes less."""
    font = _font(vet)
    font.set_text(tekst, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


@lru_cache(4096)
def stijging(tekst: str) -> float:
    """How many pixels a text comes above its base: at least what the font keeps for its letters."""
    font = _font(False, METEN)
    font.set_text(tekst, flags=LoadFlags.NO_HINTING)
    scale = TEKST / METEN
    height, below = float(font.get_width_height()[1]) / 64 * scale, float(font.get_descent()) / 64 * scale
    return max(height - below, BOVEN * TEKST)
