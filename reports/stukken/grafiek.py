"""Figures as charts of Office itself, so that who makes a presentation can restyle them and see the numbers behind.

They show what the figures of the report show, by the same rules (`reports.figuren.beeld`): a line never runs over a
break or a missing value, what is provisional is dashed with open marks, the province is blue with round marks and the
Netherlands orange with square ones, and both are named at their line. Numbers are words, written in Dutch as
everywhere: a chart would write them in the language of whoever opens it. The numbers behind a chart stand in a workbook
within it, in which a name that begins as a formula would run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from begrippen.formule import ontscherp
from reports.stukken import passen
from reports.stukken.dia import BLAUW, GRIJS, INKT, WIT, Vak, beschrijf, kleur
from reports.stukken.ooxml import TAAL

MAAT = 13.0
# Room under the axis and above the highest point, in points.
ONDER, BOVEN = 26.0, 14.0
STRAAL = 5


@dataclass(frozen=True)
class Reeksje:
    """A piece of a line without a break in it: (place in time, value); `streep`: dashed, with open
    marks; `merken`: whether its points have marks."""

    naam: str
    punten: tuple[tuple[float, float], ...]
    ink: str
    streep: bool = False
    vierkant: bool = False
    dun: bool = False
    merken: bool = True


@dataclass(frozen=True)
class Bijschrift:
    """Words at an end of a piece: number of the piece, of the point in it, the words, and at which side of it."""

    reeks: int
    punt: int
    tekst: str
    rechts: bool


def _frame(slide: Any, soort: Any, data: Any, vak: Vak, alt: str) -> Any:
    frame = slide.shapes.add_chart(soort, *vak.emu(), data)
    beschrijf(frame, "Grafiek", alt)
    chart = frame.chart
    chart.has_title, chart.has_legend = False, False
    chart.font.size, chart.font.color.rgb = Pt(MAAT), kleur(INKT)
    space = chart._chartSpace
    for lang in space.findall(qn("c:lang")):
        space.remove(lang)
    after_date = 0 if space.find(qn("c:date1904")) is None else 1
    space.insert(after_date, parse_xml(f'<c:lang {nsdecls("c")} val="{TAAL}"/>'))
    return chart


def _inner(chart: Any, links: float, boven: float, breed: float, hoog: float) -> None:
    """Where in the chart the axes stand, in shares of it."""
    plot = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    plot.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/><c:x val="{links:.4f}"/><c:y val="{boven:.4f}"/><c:w val="{breed:.4f}"/>'
            f'<c:h val="{hoog:.4f}"/></c:manualLayout></c:layout>'
        ),
    )


def lijnen(slide: Any, vak: Vak, reeksen: Sequence[Reeksje], bijschriften: Sequence[Bijschrift], alt: str) -> None:
    """A line chart over years. Needs two points at different moments."""
    data = XyChartData()
    for reeks in reeksen:
        series = data.add_series(ontscherp(reeks.naam))
        for x, y in reeks.punten:
            series.add_data_point(x, y)
    chart = _frame(slide, XL_CHART_TYPE.XY_SCATTER_LINES, data, vak, alt)
    xs = [x for r in reeksen for x, _ in r.punten]
    ys = [y for r in reeksen for _, y in r.punten]
    room = (max(ys) - min(ys)) * 0.12 or abs(max(ys)) * 0.1 or 1.0
    low, high = min(ys) - room, max(ys) + room
    wide = {rechts: max((passen.breedte(b.tekst, MAAT, True) for b in bijschriften if b.rechts == rechts), default=0.0)
            for rechts in (True, False)}  # fmt: skip
    links, rechts = wide[False] + 12, wide[True] + 16
    hoog = vak.hoog - ONDER - BOVEN
    _inner(chart, links / vak.breed, BOVEN / vak.hoog, (vak.breed - links - rechts) / vak.breed, hoog / vak.hoog)
    _as_jaren(chart.category_axis, min(xs), max(xs), vak.breed - links - rechts)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.has_major_gridlines, axis.visible = False, False
    for reeks, series in zip(reeksen, chart.plots[0].series, strict=True):
        _lijn(series, reeks)
    _schrijf(chart, reeksen, bijschriften, vak, hoog / (high - low))


def _as_jaren(axis: Any, first: float, last: float, ruimte: float) -> None:
    """Whole years under the axis, always the last one, with room between them."""
    begin, end = math.floor(first), math.floor(last)
    step = next(s for s in (1, 2, 3, 4, 5, 10, 20, 50, 100) if (end - begin) / s <= max(1.0, ruimte / 42))
    # marks are counted from the begin of the axis
    axis.minimum_scale = end - step * math.ceil((end - begin) / step)
    axis.maximum_scale = max(last, end + (last - first) * 0.02)
    axis.major_unit = step
    axis.has_major_gridlines = False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.tick_labels.font.size, axis.tick_labels.font.color.rgb = Pt(MAAT), kleur(GRIJS)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = kleur(GRIJS)


def _lijn(series: Any, reeks: Reeksje) -> None:
    series.smooth = False
    line = series.format.line
    line.width, line.color.rgb = Pt(1 if reeks.dun else 2.25), kleur(reeks.ink)
    if reeks.streep:
        line.dash_style = MSO_LINE_DASH_STYLE.DASH
    marker = series.marker
    if not reeks.merken:
        marker.style = XL_MARKER_STYLE.NONE
        return
    marker.style = XL_MARKER_STYLE.SQUARE if reeks.vierkant else XL_MARKER_STYLE.CIRCLE
    marker.size = STRAAL
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = kleur(WIT if reeks.streep else reeks.ink)
    marker.format.line.color.rgb = kleur(reeks.ink)


def _schrijf(chart: Any, reeksen: Sequence[Reeksje], bijschriften: Sequence[Bijschrift], vak: Vak, per: float) -> None:
    """Write words at the ends of lines, those that would touch moved apart. `per`: points of height a unit."""
    need = MAAT * passen.REGEL + 1
    for rechts in (True, False):
        here = sorted((b for b in bijschriften if b.rechts == rechts), key=lambda b: -_y(reeksen, b))
        wish = [-_y(reeksen, b) * per for b in here]
        given = spread(wish, need)
        for b, at, to in zip(here, wish, given, strict=True):
            label = chart.plots[0].series[b.reeks].points[b.punt].data_label
            label.position = XL_LABEL_POSITION.RIGHT if rechts else XL_LABEL_POSITION.LEFT
            frame = label.text_frame
            frame.text = b.tekst
            run = frame.paragraphs[0].runs[0]
            run.font.size, run.font.bold = Pt(MAAT), rechts
            run.font.color.rgb = kleur(reeksen[b.reeks].ink)
            frame.word_wrap = False
            if abs(to - at) > 0.5:
                _shift(label, (to - at) / vak.hoog)


def _y(reeksen: Sequence[Reeksje], b: Bijschrift) -> float:
    return reeksen[b.reeks].punten[b.punt][1]


def spread(wish: Sequence[float], need: float) -> list[float]:
    """Places as near as can be to those wished for, in their order, at least `need` apart."""
    groups: list[list[float]] = []
    for place in wish:
        groups.append([place])
        while len(groups) > 1 and _begin(groups[-1], need) < _begin(groups[-2], need) + need * len(groups[-2]):
            last = groups.pop()
            groups[-1] += last
    return [_begin(g, need) + need * n for g in groups for n in range(len(g))]


def _begin(group: Sequence[float], need: float) -> float:
    return sum(group) / len(group) - need * (len(group) - 1) / 2


def _shift(label: Any, share: float) -> None:
    """Move a label up (negative) or down, by a share of the height of the chart."""
    element = label._dLbl
    index = element.find(qn("c:idx"))
    index.addnext(
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="0"/><c:y val="{share:.4f}"/></c:manualLayout>'
            "</c:layout>"
        )
    )


@dataclass(frozen=True)
class Balk:
    """A bar: its name, its value and that value as text."""

    naam: str
    waarde: float
    tekst: str


def balken(slide: Any, vak: Vak, rijen: Sequence[Balk], naam: str, alt: str) -> None:
    """Bars from a common zero, the first on top; blue above zero and orange below, and the number has its sign."""
    data = CategoryChartData()
    data.categories = [ontscherp(r.naam) for r in rijen]
    data.add_series(ontscherp(naam), [r.waarde for r in rijen])
    chart = _frame(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, vak, alt)
    _as_namen(chart)
    axis = chart.value_axis
    low, high = min(0.0, *(r.waarde for r in rijen)), max(0.0, *(r.waarde for r in rijen))
    words = max(passen.breedte(r.tekst, MAAT, True) for r in rijen)
    span = (high - low) or 1.0
    # the number stands at the end of its bar and needs room there
    links = _namenruimte(chart, vak, [r.naam for r in rijen])
    room = span * (words + 8) / max(vak.breed - links - 2 * words, 60)
    axis.minimum_scale = low - room if low < 0 else 0
    axis.maximum_scale = high + room if high > 0 else 0
    axis.visible, axis.has_major_gridlines = False, False
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 60, False
    series = plot.series[0]
    series.invert_if_negative = False
    for n, rij in enumerate(rijen):
        point = series.points[n]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = kleur(BLAUW if rij.waarde >= 0 else GRIJS)
        label = point.data_label
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        label.text_frame.text = rij.tekst
        run = label.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold, run.font.color.rgb = Pt(MAAT), True, kleur(INKT)


def _as_namen(chart: Any) -> None:
    axis = chart.category_axis
    axis.reverse_order = True
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.font.size, axis.tick_labels.font.color.rgb = Pt(MAAT), kleur(INKT)
    axis.format.line.color.rgb = kleur(GRIJS)
    axis.major_tick_mark = XL_TICK_MARK.NONE


def _namenruimte(chart: Any, vak: Vak, namen: Sequence[str], onder: float = 4.0) -> float:
    """Give the names beside the bars the room that they need, up to six tenths of it; returns it in points."""
    wide = min(max(passen.breedte(n, MAAT) for n in namen) + 12, vak.breed * 0.6)
    _inner(chart, wide / vak.breed, 4 / vak.hoog, (vak.breed - wide - 6) / vak.breed, (vak.hoog - 4 - onder) / vak.hoog)
    return wide


@dataclass(frozen=True)
class Laag:
    """A part of stacked bars: its name, a count for each bar, its colour and that of the number in it."""

    naam: str
    aantallen: tuple[int, ...]
    ink: str
    cijfer: str


def lagen(slide: Any, vak: Vak, namen: Sequence[str], delen: Sequence[Laag], alt: str) -> None:
    """Stacked bars of counts, the first on top, with what the colours mean below; the count stands in its part."""
    data = CategoryChartData(number_format="0")
    data.categories = [ontscherp(n) for n in namen]
    for deel in delen:
        data.add_series(ontscherp(deel.naam), deel.aantallen)
    chart = _frame(slide, XL_CHART_TYPE.BAR_STACKED, data, vak, alt)
    _as_namen(chart)
    _namenruimte(chart, vak, namen, onder=34.0)
    axis = chart.value_axis
    axis.visible, axis.has_major_gridlines = False, False
    axis.minimum_scale = 0
    axis.maximum_scale = max(sum(d.aantallen[n] for d in delen) for n in range(len(namen)))
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(MAAT)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for deel, series in zip(delen, plot.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = kleur(deel.ink)
        for n, aantal in enumerate(deel.aantallen):
            if aantal:
                label = series.points[n].data_label
                label.position = XL_LABEL_POSITION.CENTER
                label.text_frame.text = str(aantal)
                run = label.text_frame.paragraphs[0].runs[0]
                run.font.size, run.font.bold, run.font.color.rgb = Pt(MAAT), True, kleur(deel.cijfer)
