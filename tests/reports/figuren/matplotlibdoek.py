"""The same canvas, drawn and written by matplotlib: a second opinion on every byte that ours writes.

What matplotlib writes is made small as ours is: plain attributes, one decimal, no ids but those that are referred to.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Lijnstuk
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from begrippen.huisstijl import INKT
from reports.figuren.doek import Doek, Punt2
from reports.figuren.stijl import LETTER, TEKST

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
# what SVG takes when nothing is said
DEFAULTS = {
    "stroke-dashoffset": "0",
    "stroke-linejoin": "miter",
    "text-anchor": "start",
    "font-weight": "400",
    "stroke-width": "1",
}
INHERITED = ("fill", "stroke", "stroke-width", "stroke-linejoin", "text-anchor", "font-weight")
# ids hang on a fixed salt, so that bytes repeat
STIJL: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "monitor",
    "font.family": "DejaVu Sans",
    "font.size": TEKST,
    "lines.solid_capstyle": "butt",
    "path.simplify": False,
    "text.parse_math": False,
}


class _Groep(Artist):
    """What is drawn together, in its own order."""

    zorder = 0

    def __init__(self) -> None:
        super().__init__()
        self.leden: list[Artist] = []

    def draw(self, renderer: Any) -> None:
        """Draw the members as a group."""
        renderer.open_group("groep")
        for lid in self.leden:
            lid.draw(renderer)
        renderer.close_group("groep")


class MatplotlibDoek(Doek):
    """A `Doek` of which matplotlib makes the SVG."""

    @contextmanager
    def vel(self, breed: float, hoog: float) -> Iterator[None]:
        with mpl.rc_context(STIJL):
            self._figure = Figure(dpi=72, figsize=(breed / 72, hoog / 72))
            self._figure.patch.set_visible(False)
            self._open: list[_Groep] = []
            yield

    @contextmanager
    def groep(self) -> Iterator[None]:
        groep = _Groep()
        self._add(groep)
        self._open.append(groep)
        yield
        self._open.pop()

    def save(self) -> str:
        text = io.StringIO()
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        FigureCanvasSVG(self._figure).print_svg(text, metadata=nothing)
        return compact(text.getvalue(), {"font-family": LETTER, "font-size": str(TEKST)})

    def _add(self, artist: Artist) -> None:
        artist.set_figure(self._figure)
        if self._open:
            self._open[-1].leden.append(artist)
        else:
            self._figure.add_artist(artist)

    def vlak(self, punten: Sequence[Punt2], kleur: str, rand: str = "none", dikte: float = 0.8) -> None:
        path = Lijnstuk([*punten, punten[0]], closed=True)
        self._add(PathPatch(path, fc=kleur, ec=rand, lw=dikte, transform=IdentityTransform()))

    def _draw_lijn(
        self, lijnen: Sequence[Sequence[Punt2]], kleur: str, dikte: float, streep: Sequence[float], eind: str
    ) -> None:
        points = [p for lijn in lijnen for p in (*lijn, (float("nan"), float("nan")))]
        x, y = zip(*points, strict=True)
        line = Line2D(x, y, color=kleur, lw=dikte, ls=(0, tuple(streep)) if streep else "-")
        line.set_transform(IdentityTransform())
        if eind:
            line.set_solid_capstyle("projecting")
        self._add(line)

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
        x, y = zip(*punten, strict=True)
        line = Line2D(x, y, ls="", marker="s" if vierkant else "o", ms=maat, mec=rand or kleur, mew=dikte)
        line.set_markerfacecolor(kleur if vol else "white")
        line.set_transform(IdentityTransform())
        self._add(line)

    def tekst(
        self, x: float, y: float, tekst: str, kleur: str = INKT, *, plaats: str = "left", vet: bool = False
    ) -> None:
        weight = "bold" if vet else "normal"
        text = Text(x, y, tekst, color=kleur, ha=plaats, va="baseline", fontweight=weight)
        text.set_transform(IdentityTransform())
        self._add(text)


def _round(text: str) -> str:
    return NUMBER.sub(lambda m: f"{round(float(m[0]), 1) + 0.0:g}", text)


def _styles(element: ET.Element, root: dict[str, str]) -> None:
    for part in element.attrib.pop("style", "").split(";"):
        key, _, value = (s.strip() for s in part.partition(":"))
        if key and DEFAULTS.get(key) != value and key not in root:
            element.set(key, value)


def _tidy(element: ET.Element, root: dict[str, str], used: set[str]) -> None:
    element.tag = element.tag.removeprefix(SVG)
    element.tail = None
    if element.tag != "text":
        element.text = None
    _styles(element, root)
    if HREF in element.attrib:
        element.set("href", element.attrib.pop(HREF))
    if element.get("id") not in used:
        element.attrib.pop("id", None)
    if element.get("transform", "").startswith("rotate(-0"):
        del element.attrib["transform"]
    for key in ("d", "x", "y", "width", "height", "stroke-dasharray", "stroke-width"):
        if key in element.attrib:
            element.set(key, _round(element.attrib[key]))
    if "d" in element.attrib:
        element.set("d", re.sub(r"\s*([MLCz])\s*", r"\1", element.attrib["d"]).strip())
    children: list[ET.Element] = []
    for child in element:
        if child.tag in (SVG + "metadata", SVG + "style"):
            continue
        _tidy(child, root, used)
        if child.tag == "g" and not child.attrib:
            children.extend(child)
        elif len(child) or child.tag not in ("g", "defs"):
            children.append(child)
    element[:] = children
    if element.tag == "g":
        _lift(element)


def _lift(group: ET.Element) -> None:
    for key in INHERITED:
        values = {child.get(key) for child in group}
        if len(group) > 1 and len(values) == 1 and None not in values:
            group.set(key, values.pop() or "")
            for child in group:
                del child.attrib[key]


def compact(svg: str, root: dict[str, str]) -> str:
    """Rewrite an SVG of matplotlib to a small one. `root` are attributes for the whole."""
    tree = ET.fromstring(svg[svg.index("<svg") :])
    used = {a or b for e in tree.iter() for v in e.attrib.values() for a, b in REFERENCE.findall(v)}
    _tidy(tree, root, used)
    names = {old: f"m{n}" for n, old in enumerate(sorted(used, key=svg.index))}
    for element in tree.iter():
        if "id" in element.attrib:
            element.set("id", names[element.attrib["id"]])
        if element.get("href", "").startswith("#"):
            element.set("href", "#" + names[element.attrib["href"][1:]])
    view = tree.get("viewBox", "")
    _, _, width, height = view.split()
    tree.attrib.clear()
    tree.attrib.update({"xmlns": SVG[1:-1], "viewBox": view, "width": width, "height": height, **root})
    return ET.tostring(tree, encoding="unicode", short_empty_elements=True).replace(" />", "/>")
