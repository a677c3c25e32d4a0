"""Small SVG from what matplotlib writes: a third of the size, the same picture.

matplotlib gives every element an id, a style and a group of its own. What a reader's program needs of that is little:
plain attributes, and only the ids that something refers to.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
# What SVG takes when nothing is said; and what stands once on the root.
DEFAULTS = {
    "stroke-dashoffset": "0",
    "stroke-linejoin": "miter",
    "text-anchor": "start",
    "font-weight": "400",
    "stroke-width": "1",
}
# these pass from a group to what stands in it
INHERITED = ("fill", "stroke", "stroke-width", "stroke-linejoin", "text-anchor", "font-weight")


def _round(text: str) -> str:
    # + 0.0 turns -0.0 into 0.0
    return NUMBER.sub(lambda m: f"{round(float(m[0]), 1) + 0.0:g}", text)


def _styles(element: ET.Element, root: dict[str, str]) -> None:
    """Turn `style` into attributes, leaving out what is the default or stands on the root."""
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
    """Write what all members of a group share on the group itself."""
    for key in INHERITED:
        values = {child.get(key) for child in group}
        if len(group) > 1 and len(values) == 1 and None not in values:
            group.set(key, values.pop() or "")
            for child in group:
                del child.attrib[key]


def compact(svg: str, **root: str) -> str:
    """Rewrite an SVG of matplotlib to a small one. `root` are attributes for the whole (`font_size="12"`)."""
    tree = ET.fromstring(svg[svg.index("<svg") :])
    used = {a or b for e in tree.iter() for v in e.attrib.values() for a, b in REFERENCE.findall(v)}
    attributes = {k.replace("_", "-"): v for k, v in root.items()}
    _tidy(tree, attributes, used)
    names = {old: f"m{n}" for n, old in enumerate(sorted(used, key=svg.index))}
    for element in tree.iter():
        if "id" in element.attrib:
            element.set("id", names[element.attrib["id"]])
        if element.get("href", "").startswith("#"):
            element.set("href", "#" + names[element.attrib["href"][1:]])
    view = tree.get("viewBox", "")
    _, _, width, height = view.split()
    tree.attrib.clear()
    tree.attrib.update({"xmlns": SVG[1:-1], "viewBox": view, "width": width, "height": height, **attributes})
    return ET.tostring(tree, encoding="unicode", short_empty_elements=True).replace(" />", "/>")
