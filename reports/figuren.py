"""The two figures of an indicator, drawn by matplotlib and written as small SVG whose text stays text.

One size, one font, two colours that people with any form of colour blindness tell apart, and never colour alone:
Drenthe is blue with round dots, the Netherlands orange with square ones, both named in the picture. The same input
gives the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator, MaxNLocator

from reports import zinnen
from reports.beeld import Lijn, Lijnbeeld, Puntbeeld, dashed, make_lijnbeeld, make_puntbeeld
from reports.getallen import explain_benadering, format_getal, format_leeg, format_periode, format_waarde, join
from reports.model import Indicator, Rapport, Regio
from reports.svg import compact

BLAUW, ORANJE = "#0b5394", "#b34700"
INKT, GRIJS, LICHT = "#1b2733", "#55626f", "#d9dee3"
BREED, HOOG = 380, 272
TEKST = 13
LETTER = "system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif"

# Text stays text, so that it is small, sharp and searchable; ids hang on a fixed salt, so that bytes repeat.
STIJL: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "stand-van-drenthe",
    "font.family": "DejaVu Sans",
    "font.size": TEKST,
    "axes.unicode_minus": True,
    "axes.linewidth": 0.8,
    "lines.solid_capstyle": "butt",
    "path.simplify": False,
    "text.parse_math": False,
}


@dataclass(frozen=True)
class Figuur:
    """A drawn figure: SVG, its message as heading, the same in full for who can not see it, and reading notes."""

    svg: str
    kop: str
    alt: str
    noten: tuple[str, ...] = ()


class Tekenaar:
    """Draws figures on one canvas that is used again for each; not for use by two threads."""

    def __init__(self) -> None:
        with mpl.rc_context(STIJL):
            self._figure = Figure(figsize=(BREED / 72, HOOG / 72), dpi=72)
            self._figure.patch.set_visible(False)
            self._canvas = FigureCanvasSVG(self._figure)

    def draw(self, indicator: Indicator, rapport: Rapport) -> tuple[Figuur | None, Figuur | None]:
        """The line chart and the dot plot of an indicator; None for one that has no data to draw."""
        lijn = make_lijnbeeld(indicator, rapport.drenthe, rapport.nederland)
        punt = make_puntbeeld(indicator, rapport.lagen, rapport.drenthe, rapport.nederland)
        return (
            self.draw_lijn(indicator, lijn, rapport.drenthe) if lijn else None,
            self.draw_stippen(indicator, punt, rapport.drenthe) if punt else None,
        )

    def _save(self) -> str:
        text = io.StringIO()
        self._canvas.print_svg(text, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        return compact(text.getvalue(), font_family=LETTER, font_size=str(TEKST))

    def draw_lijn(self, indicator: Indicator, beeld: Lijnbeeld, drenthe: Regio) -> Figuur:
        """Draw Drenthe against the Netherlands over time."""
        with mpl.rc_context(STIJL):
            figure = self._figure
            figure.clear()
            plekken = [p for lijn in beeld.lijnen for p in lijn.plekken]
            low, high = min(p.y for p in plekken), max(p.y for p in plekken)
            # at least a unit of the last printed decimal, so that noise below it is not blown up to a wave
            room = max((high - low) * 0.12, 10.0 ** -(1 if beeld.soort == "index" else indicator.decimalen))
            bottom = max(0.0, low - room) if low >= 0 else low - room
            ticks, decimalen = _ticks(bottom, high + room)
            bottom, top = min(bottom, low), high + room
            ticks = [t for t in ticks if bottom <= t <= top]
            labels = [format_getal(t, decimalen) for t in ticks]
            left = 10 + 7.8 * max(map(len, labels))
            names = [_label(lijn, indicator, beeld) for lijn in beeld.lijnen]
            right = 14 + 7.9 * max(len(line) for name in names for line in name)
            axes = figure.add_axes((left / BREED, 30 / HOOG, (BREED - left - right) / BREED, (HOOG - 62) / HOOG))
            first, last = min(p.x for p in plekken), max(p.x for p in plekken)
            pad = max((last - first) * 0.03, 0.15)
            axes.set_xlim(first - pad, last + pad)
            axes.set_ylim(bottom, top)
            _frame(axes, ticks, labels)
            _years(axes, first, last, BREED - left - right)
            unit = f"index, {format_periode(beeld.basis)} = 100" if beeld.basis else indicator.eenheid
            figure.text(2 / BREED, (HOOG - 14) / HOOG, unit, color=GRIJS, va="baseline")
            for jaar in beeld.breuken:
                axes.axvline(jaar - 0.5, color=GRIJS, lw=0.9, ls=(0, (1, 2.5)), zorder=1, clip_on=False)
                axes.text(jaar - 0.5, top, " reeksbreuk", color=GRIJS, fontsize=TEKST, va="bottom", ha="center")
            colors = [BLAUW if lijn.regio == drenthe else ORANJE for lijn in beeld.lijnen]
            for lijn, color in zip(beeld.lijnen, colors, strict=True):
                _line(axes, lijn, color, "o" if lijn.regio == drenthe else "s")
            self._name_lines(axes, beeld, names, colors, (bottom, top))
            svg = self._save()
        notes = []
        rough = [p.punt.benadering for p in beeld.lijnen[0].plekken]
        if any(rough):
            when = "" if all(rough) else " in een deel van de jaren (≈ in de tabel)"
            notes.append(f"Drenthe is{when} een benadering: {explain_benadering(indicator.aggregatie)}.")
            if zonder := sorted({naam for p in beeld.lijnen[0].plekken for naam in p.punt.zonder}):
                notes.append(f"Niet elke gemeente heeft elk jaar een cijfer. Niet meegeteld: {join(zonder)}.")
        if any(p.punt.is_voorlopig for p in plekken):
            notes.append("Streepjeslijn en open punten: voorlopige cijfers.")
        if beeld.soort == "index":
            notes.append("Index: de totalen van Drenthe en Nederland passen niet op één as.")
        return Figuur(svg, zinnen.lijn_kop(indicator, beeld), zinnen.lijn_alt(indicator, beeld), tuple(notes))

    def _name_lines(
        self, axes: Axes, beeld: Lijnbeeld, names: list[list[str]], colors: list[str], limits: tuple[float, float]
    ) -> None:
        """Write each line's name and last value behind its end, moved apart where they would touch."""
        bottom, top = limits
        height = (HOOG - 62) / (top - bottom)
        need = 2 * 15 + 4
        ends = [((lijn.plekken[-1].y - bottom) * height) for lijn in beeld.lijnen]
        if len(ends) == 2 and abs(ends[0] - ends[1]) < need:
            middle = (ends[0] + ends[1]) / 2
            up, down = middle + need / 2, middle - need / 2
            ends = [up, down] if ends[0] >= ends[1] else [down, up]
        shift = max(0.0, 12 - min(ends)) - max(0.0, max(ends) - (HOOG - 62 - 10))
        for end, name, color in zip(ends, names, colors, strict=True):
            y = bottom + (end + shift) / height
            x = max(p.x for lijn in beeld.lijnen for p in lijn.plekken)
            for n, line in enumerate(name):
                axes.annotate(
                    line,
                    (x, y),
                    xytext=(10, 3 - 15 * n),
                    textcoords="offset points",
                    color=color,
                    fontsize=TEKST,
                    fontweight="bold" if n == 0 else "normal",
                    va="baseline",
                    annotation_clip=False,
                )

    def draw_stippen(self, indicator: Indicator, beeld: Puntbeeld, drenthe: Regio) -> Figuur:
        """Draw the municipalities in one period, with the lines of Drenthe and the Netherlands."""
        with mpl.rc_context(STIJL):
            figure = self._figure
            figure.clear()
            known = [s.waarde for s in beeld.stippen if s.waarde is not None]
            values = known + [p.waarde for _, p in beeld.lijnen if p.waarde is not None]
            low, high = min(values), max(values)
            room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
            left = 12 + 7.3 * max(len(s.regio.naam) for s in beeld.stippen)
            texts = [format_waarde(s.waarde, indicator.decimalen, s.punt.status) for s in beeld.stippen if s.punt]
            right = 14 + 7.6 * max(len(t) for t in texts)
            count = len(beeld.stippen)
            height = min(HOOG - 44, 32 * count)
            axes = figure.add_axes(
                (left / BREED, (HOOG - 40 - height) / HOOG, (BREED - left - right) / BREED, height / HOOG)
            )
            axes.set_xlim(low - room, high + room)
            axes.set_ylim(count - 0.4, -0.6)
            for spine in axes.spines.values():
                spine.set_visible(False)
            axes.xaxis.set_visible(False)
            axes.patch.set_visible(False)
            axes.yaxis.set_major_locator(FixedLocator(list(range(count))))
            axes.yaxis.set_major_formatter(FixedFormatter([s.regio.naam for s in beeld.stippen]))
            axes.tick_params(length=0, labelsize=TEKST, labelcolor=INKT, pad=8)
            # one path with jumps in it is a twelfth of the size of twelve lines
            edge = (low - room, high + room, math.nan)
            axes.plot(
                edge * count, [n for n in range(count) for _ in edge], color=LICHT, lw=0.8, zorder=0, clip_on=False
            )
            styles = {True: (BLAUW, "-", 1.6), False: (ORANJE, (0, (4, 2)), 1.6)}
            for regio, punt in beeld.lijnen:
                color, dashes, width = styles[regio == drenthe]
                axes.axvline(punt.waarde or 0, color=color, lw=width, ls=dashes, zorder=1, clip_on=False)
            _name_rules(axes, beeld, drenthe)
            axes.plot(
                known, range(len(known)), ls="", marker="o", ms=8, mfc=INKT, mec="white", mew=1, zorder=3, clip_on=False
            )
            for n, stip in enumerate(beeld.stippen):
                if stip.punt is None or stip.waarde is None:
                    text = format_leeg(stip.punt.leeg_reden if stip.punt else "niet_gepubliceerd")
                else:
                    text = format_waarde(stip.waarde, indicator.decimalen, stip.punt.status)
                axes.annotate(
                    text,
                    (1, n),
                    xycoords=("axes fraction", "data"),
                    xytext=(right - 4, 0),
                    textcoords="offset points",
                    ha="right",
                    va="center_baseline",
                    color=INKT,
                    fontsize=TEKST,
                    annotation_clip=False,
                )
            figure.text(2 / BREED, (HOOG - 14) / HOOG, indicator.eenheid, color=GRIJS, va="baseline")
            svg = self._save()
        notes = []
        if any(s.punt and s.punt.is_voorlopig for s in beeld.stippen):
            notes.append("* voorlopig cijfer, ** nader voorlopig.")
        return Figuur(svg, zinnen.punt_kop(indicator, beeld), zinnen.punt_alt(indicator, beeld), tuple(notes))


def _name_rules(axes: Axes, beeld: Puntbeeld, drenthe: Regio) -> None:
    """Name the vertical lines above the plot: the lower one to its left, the higher one to its right.

    A name that would run out of the picture is moved inwards, and pushes the other one along.
    """
    rules = sorted(beeld.lijnen, key=lambda r: r[1].waarde or 0)
    places = [float(axes.transData.transform((punt.waarde or 0, 0))[0]) for _, punt in rules]
    widths = [8.7 * len(regio.naam) for regio, _ in rules]
    match places:
        case [one]:
            begins = [min(max(one - widths[0] / 2, 0), BREED - widths[0])]
        case [lower, higher]:
            begin = min(higher - 3, BREED - widths[1])
            end = max(min(lower + 3, begin - 8), widths[0])
            begins = [end - widths[0], max(begin, end + 8)]
        case _:
            begins = []
    for (regio, _), begin in zip(rules, begins, strict=True):
        axes.annotate(
            regio.naam,
            (begin / BREED, (HOOG - 34) / HOOG),
            xycoords="figure fraction",
            va="baseline",
            color=BLAUW if regio == drenthe else ORANJE,
            fontsize=TEKST,
            fontweight="bold",
            annotation_clip=False,
        )


def _label(lijn: Lijn, indicator: Indicator, beeld: Lijnbeeld) -> list[str]:
    last = lijn.plekken[-1]
    decimalen = 1 if beeld.soort == "index" else indicator.decimalen
    return [lijn.regio.naam, format_waarde(last.y, decimalen, last.punt.status)]


def _ticks(low: float, high: float) -> tuple[list[float], int]:
    """Round values for the axis, and how many decimals they need: as few as tell them apart."""
    ticks = [float(t) for t in MaxNLocator(nbins=4, steps=[1, 2, 5, 10]).tick_values(low, high)]
    return ticks, max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9))


def _frame(axes: Axes, ticks: Iterable[float], labels: list[str]) -> None:
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(GRIJS)
    axes.yaxis.set_major_locator(FixedLocator(list(ticks)))
    axes.yaxis.set_major_formatter(FixedFormatter(labels))
    axes.tick_params(length=0, labelsize=TEKST, labelcolor=GRIJS, pad=6)
    axes.grid(axis="y", color=LICHT, lw=0.8, clip_on=False)
    axes.patch.set_visible(False)
    axes.set_axisbelow(True)


def _years(axes: Axes, first: float, last: float, width: float) -> None:
    """Whole years under the axis, always the first and the last, with room between them."""
    begin, end = math.ceil(first - 1e-9), math.floor(last + 1e-9)
    room = max(2, int(width // 50))
    span = max(end - begin, 1)
    step = next(s for s in (1, 2, 3, 4, 5, 10, 20, 50) if span / s <= room - 1 or s == 50)
    years = list(range(end, begin - 1, -step))
    axes.xaxis.set_major_locator(FixedLocator(years))
    axes.xaxis.set_major_formatter(FixedFormatter([str(y) for y in years]))


def _line(axes: Axes, lijn: Lijn, color: str, marker: str) -> None:
    size = 5.5 if marker == "o" else 5
    for stuk in lijn.stukken:
        for voorlopig, run in dashed(stuk):
            style = (0, (3, 1.6)) if voorlopig else "-"
            axes.plot([p.x for p in run], [p.y for p in run], color=color, lw=2, ls=style, zorder=2, clip_on=False)
    for voorlopig in (False, True):
        chosen = [p for p in lijn.plekken if p.punt.is_voorlopig == voorlopig]
        if chosen:
            axes.plot(
                [p.x for p in chosen],
                [p.y for p in chosen],
                ls="",
                marker=marker,
                ms=size,
                mfc="white" if voorlopig else color,
                mec=color,
                mew=1.4,
                zorder=3,
                clip_on=False,
            )
