"""How a figure is written as SVG: small, and the same bytes for the same figure on every machine.

Places have one decimal. What all members of a group share is written once, on the group.
"""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET

Svg = dict[str, str]
# These pass from a group to what stands in it.
INHERITED = ("fill", "stroke", "stroke-width", "text-anchor", "font-weight")
# An eighth of a circle as a curve: how far its handles lie from its ends, of the radius.
HANDVAT, HALF = 0.2652031, math.sqrt(0.5)


def format_plek(value: float) -> str:
    """A place or size with one decimal.

    By way of six: what a computer makes of 32.05 by another route than paper then still rounds the same way.
    """
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    # + 0.0 turns -0.0 into 0.0
    return f"{round(float(text), 1) + 0.0:g}" if "." in text else "0" if text == "-0" else text


def make_ring(straal: float) -> str:
    """A circle around the origin as a path: eight curves, from its lowest point."""
    schuin = HALF * HANDVAT
    corner = [(HANDVAT, 1.0), (HALF - schuin, HALF + schuin), (HALF, HALF), (HALF + schuin, HALF - schuin)]
    corner += [(1.0, HANDVAT), (1.0, 0.0)]
    points = [*corner]
    for _ in range(3):
        corner = [(y, -x) for x, y in corner]
        points += corner
    texts = [f"{format_plek(x * straal)} {format_plek(y * straal)}" for x, y in points]
    curves = "".join(f"C{a} {b} {c}" for a, b, c in zip(texts[::3], texts[1::3], texts[2::3], strict=True))
    return f"M0 {format_plek(straal)}{curves}z"


def close_group(group: ET.Element) -> list[ET.Element]:
    """The group with what all its members share, or only its members where they share nothing."""
    for key in INHERITED:
        values = {child.get(key) for child in group}
        if len(group) > 1 and len(values) == 1 and None not in values:
            group.set(key, values.pop() or "")
            for child in group:
                del child.attrib[key]
    return [group] if group.attrib else list(group)


def make_svg(whole: ET.Element, maat: tuple[float, float], root: Svg) -> str:
    """A document of this size (pixels) with what stands in `whole`; `root`: attributes for all of it."""
    width, height = (f"{side:f}".rstrip("0").rstrip(".") for side in maat)
    tree = ET.Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}", "width": width}
    )
    tree.attrib |= {"height": height, **root}
    tree.extend(close_group(whole))
    return ET.tostring(tree, encoding="unicode", short_empty_elements=True).replace(" />", "/>")
