"""What is wrong with slides for who reads, hears or edits them; proven on slides that are broken on purpose."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn

from reports.stukken.passen import breedte

EMU = 12700
# Shapes that touch do not overlap.
SPELING = 1.0
LEAST_ALT = 20


def lines(text: str, room: float, points: float, bold: bool) -> int:
    """How many lines a paragraph takes: words are added as long as the whole line fits."""
    count, line = 1, ""
    for word in re.split(r"[ ]", text):
        tried = f"{line} {word}" if line else word
        if line and breedte(tried, points, bold) > room:
            count, line = count + 1, word
        else:
            line = tried
    return count


def frame_height(frame: Any, room: float) -> tuple[float, float]:
    """The height that the text of a frame takes, and the width of its widest word, in points."""
    total = widest = 0.0
    for paragraph in frame.paragraphs:
        runs = [r for r in paragraph.runs if r.text]
        if not runs:
            continue
        points = max(r.font.size.pt for r in runs)
        bold = all(r.font.bold for r in runs)
        text = "".join(r.text for r in runs)
        total += 1.2 * points * lines(text, room, points, bold)
        total += paragraph.space_before.pt if paragraph.space_before else 0
        widest = max(widest, *(breedte(w, points, bold) for w in text.split(" ")))
    return total, widest


def faults(raw: bytes, notice: str) -> list[str]:
    """What is wrong with a set of slides; empty where nothing is. `notice`: what every slide must say."""
    prs = Presentation(io.BytesIO(raw))
    titles = [s.shapes.title.text_frame.text.strip() if s.shapes.title is not None else "" for s in prs.slides]
    wrong = [f"titel '{t}' komt twee keer voor" for t in set(titles) if titles.count(t) > 1]
    if prs.slide_width * 9 != prs.slide_height * 16:
        wrong.append("de dia's zijn niet 16:9")
    if prs.core_properties.language != "nl-NL":
        wrong.append("de eigenschappen noemen geen Nederlands")
    for n, (slide, title) in enumerate(zip(prs.slides, titles, strict=True), start=1):
        wrong += [f"dia {n}: {w}" for w in _slide(slide, title, notice, prs.slide_width, prs.slide_height)]
    for part in prs.part.package.iter_parts():
        root = getattr(part, "_element", None)
        if root is None:
            continue
        for run in root.iter(qn("a:r")):
            letter = run.find(qn("a:rPr"))
            if letter is None or letter.get("lang") != "nl-NL":
                wrong.append(f"{part.partname}: '{run.findtext(qn('a:t'))}' is niet als Nederlands gemerkt")
    return wrong


def _slide(slide: Any, title: str, notice: str, wide: int, high: int) -> Iterator[str]:
    shapes = list(slide.shapes)
    if not title:
        yield "geen titel"
    elif shapes[0].shape_id != slide.shapes.title.shape_id:
        yield "de titel wordt niet als eerste gelezen"
    if not slide.has_notes_slide or len(slide.notes_slide.notes_text_frame.text) < LEAST_ALT:
        yield "geen notities"
    if notice not in " ".join(s.text_frame.text for s in shapes if s.has_text_frame):
        yield "de melding ontbreekt"
    for shape in shapes:
        if shape.left < 0 or shape.top < 0 or shape.left + shape.width > wide or shape.top + shape.height > high:
            yield f"{shape.name} steekt buiten de dia"
        if not shape.has_text_frame and len(shape._element.xpath(".//p:cNvPr")[0].get("descr", "")) < LEAST_ALT:
            yield f"{shape.name} heeft geen tekst voor wie het niet ziet"
        if shape.has_text_frame and shape.name not in ("Titel", "Dianummer"):
            yield from _fits(shape.name, shape.text_frame, shape.width / EMU, shape.height / EMU)
        if shape.has_table:
            yield from _table(shape.table)
    for one, other in combinations(shapes, 2):
        dx = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
        dy = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
        if dx > SPELING * EMU and dy > SPELING * EMU:
            yield f"{one.name} en {other.name} liggen over elkaar"


def _fits(name: str, box: Any, wide: float, high: float) -> Iterator[str]:
    """Whether the words of a cell or a frame fit; both say what room is left free at their sides."""
    insets = [m / EMU for m in (box.margin_left, box.margin_right, box.margin_top, box.margin_bottom)]
    room = wide - insets[0] - insets[1]
    used, widest = frame_height(getattr(box, "text_frame", box), room)
    if used > high - insets[2] - insets[3] + SPELING or widest > room + SPELING:
        yield f"{name}: de tekst past niet in zijn vak ({used:.0f} in {high:.0f} punten hoog)"


def _table(table: Any) -> Iterator[str]:
    if not table.first_row or not table.first_col:
        yield "een tabel heeft geen koppen van rijen en kolommen"
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.is_merge_origin or cell.is_spanned:
                yield "een tabel heeft samengevoegde cellen"
            yield from _fits(f"cel '{cell.text_frame.text}'", cell, column.width / EMU, row.height / EMU)
