"""A canvas to draw on in pixels, and the bars, lines and words that figures are made of.

It writes the SVG itself: matplotlib, whose files these were until 30-11-2026, took 91% of the time of a report to lay
out axes and to write what was then thrown away. What it knew stays here: what covers what, how a place is rounded, and
how high letters are. Nothing here knows what a figure is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.ft2font import FT2Font, LoadFlags

from begrippen.huisstijl import INKT, WIT
from reports.figuren.stijl import LETTER, TEKST
from reports.figuren.svg import Svg, close_group, format_plek, make_ring, make_svg

Punt2 = tuple[float, float]
# What is drawn without a group is put in this order, whenever it was drawn: words stay readable.
VORMEN, LIJNEN, WOORDEN = 1, 2, 3
# How far letters come above and below their base, of the size of the font: the measures of the font itself.
BOVEN, ONDER = 1556 / 2048, 492 / 2048
# the size at which a font gives its measures without rounding them away
METEN = 100.0


class Doek:
    """Draws figures one after another; not for use by two threads. Origin left below, y upwards, unit a pixel."""

    @contextmanager
    def vel(self, breed: float, hoog: float) -> Iterator[None]:
        """An empty sheet of this size; draw and `save` within."""
        self._breed, self._hoog = breed, hoog
        self._stukken: list[tuple[int, ET.Element]] = []
        self._groepen: list[ET.Element] = []
        self._vormen: dict[tuple[str, ...], str] = {}
        yield

    @contextmanager
    def groep(self) -> Iterator[None]:
        """What is drawn within stays together, in that order and behind what has no group; so it comes first."""
        self._groepen.append(ET.Element("g"))
        yield
        for stuk in close_group(self._groepen.pop()):
            self._put(0, stuk)

    def save(self) -> str:
        """What stands on the sheet, as small SVG."""
        whole = ET.Element("g")
        whole.extend([stuk for _, stuk in sorted(self._stukken, key=lambda s: s[0])])
        return make_svg(whole, (self._breed, self._hoog), {"font-family": LETTER, "font-size": str(TEKST)})

    def _put(self, orde: int, stuk: ET.Element) -> None:
        if self._groepen:
            self._groepen[-1].append(stuk)
        else:
            self._stukken.append((orde, stuk))

    def _plek(self, x: float, y: float) -> Svg:
        return {"x": format_plek(x), "y": format_plek(self._hoog - y)}

    def _path(self, punten: Sequence[Punt2]) -> str:
        return "M" + "L".join(f"{format_plek(x)} {format_plek(self._hoog - y)}" for x, y in punten)

    def vlak(self, punten: Sequence[Punt2], kleur: str, rand: str = "none", dikte: float = 0.8) -> None:
        """A filled shape with these corners."""
        how = {"fill": kleur} | ({} if rand == "none" else _stroke(rand, dikte))
        self._put(VORMEN, ET.Element("path", {"d": f"{self._path(punten)}z"} | how))

    def balk(self, x: float, y: float, breed: float, hoog: float, *, kleur: str, rand: str = "none") -> None:
        """A rectangle from its corner left below; a negative width goes to the left."""
        self.vlak([(x, y), (x + breed, y), (x + breed, y + hoog), (x, y + hoog)], kleur, rand)

    def lijn(
        self,
        punten: Sequence[Punt2],
        kleur: str,
        dikte: float = 1.0,
        streep: Sequence[float] = (),
        *,
        eind: str = "",
    ) -> None:
        """A line through these points. `streep`: how long its dashes and what is between are, in widths of the line."""
        self._draw_lijn([punten], kleur, dikte, streep, eind)

    def lijnen(self, lijnen: Sequence[Sequence[Punt2]], kleur: str, dikte: float = 1.0) -> None:
        """Lines that look the same, as one: a twelfth of the size of twelve."""
        self._draw_lijn(lijnen, kleur, dikte, (), "")

    def _draw_lijn(
        self, lijnen: Sequence[Sequence[Punt2]], kleur: str, dikte: float, streep: Sequence[float], eind: str
    ) -> None:
        path = "".join(map(self._path, lijnen))
        dash = {"stroke-dasharray": ",".join(format_plek(s * dikte) for s in streep)} if streep else {}
        end = {"stroke-linecap": eind} if eind else {}
        how = {"fill": "none"} | dash | _stroke(kleur, dikte) | end
        self._put(LIJNEN, ET.Element("path", {"d": path} | how))

    def stippen(
        self,
        punten: Sequence[Punt2],
        kleur: str,
        maat: float = 6,
        *,
        vol: bool = True,
        vierkant: bool = False,
        rand: str = "",
        dikte: float = 1.4,
    ) -> None:
        """Dots at these points, round or square; `vol`: filled, in `kleur`; `rand`: another colour for their edge."""
        fill, stroke = kleur if vol else WIT, _stroke(rand or kleur, dikte)
        half = maat / 2
        # what may be told apart by its filling alone is a shape of its own
        shape = (str(vierkant), str(maat), fill, *stroke.values())
        if shape not in self._vormen:
            self._vormen[shape] = f"m{len(self._vormen)}"
            square = [(-half, half), (half, half), (half, -half), (-half, -half)]
            path = (
                "M" + "L".join(f"{format_plek(x)} {format_plek(y)}" for x, y in square) + "z"
                if vierkant
                else make_ring(half)
            )
            defs = ET.Element("defs")
            ET.SubElement(defs, "path", {"id": self._vormen[shape], "d": path, **stroke})
            self._put(LIJNEN, defs)
        use = ET.Element("g")
        for x, y in punten:
            ET.SubElement(use, "use", self._plek(x, y) | {"fill": fill} | stroke | {"href": f"#{self._vormen[shape]}"})
        for stuk in close_group(use):
            self._put(LIJNEN, stuk)

    def tekst(
        self, x: float, y: float, tekst: str, kleur: str = INKT, *, plaats: str = "left", vet: bool = False
    ) -> None:
        """Words on a line with its base at y; `plaats`: what of the words is at x (left, center, right)."""
        if not tekst:
            return
        how = {"font-weight": "700"} if vet else {}
        anchor = {"center": {"text-anchor": "middle"}, "right": {"text-anchor": "end"}}.get(plaats, {})
        woorden = ET.Element("text", self._plek(x, y) | how | anchor | {"fill": kleur})
        woorden.text = tekst
        self._put(WOORDEN, woorden)


def _stroke(kleur: str, dikte: float) -> Svg:
    return {"stroke": kleur} | ({} if dikte == 1.0 else {"stroke-width": format_plek(dikte)})


@lru_cache(4)
def _font(vet: bool, maat: float = TEKST) -> FT2Font:
    # by its file: which font a name finds is another one on another machine
    naam = f"DejaVuSans{'-Bold' if vet else ''}.ttf"
    font = FT2Font(Path(mpl.get_data_path()) / "fonts" / "ttf" / naam)
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
