"""The dot plot: regions of one kind in one period, with the lines of the province and the Netherlands."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator

from begrippen.huisstijl import BLAUW, GRIJS, INKT, LICHT, ORANJE
from begrippen.lijsten import REGIOSOORT_MEERVOUD
from reports.document import Figuur
from reports.figuren.beeld import Puntbeeld, Stip
from reports.figuren.doek import Doek, breedte
from reports.figuren.stijl import BREED, HOOG, TEKST
from reports.getallen import format_eenheid, format_leeg, format_periode, format_waarde, join
from reports.model import Indicator, Regio
from reports.zinnen import bedrag, naam_in_zin


def kale_kop(wanneer: str) -> str:
    """The heading of a dot plot of which nothing is claimed. `wanneer`: its period, in words."""
    return f"Per gebied ({wanneer})"


def punt_alt(indicator: Indicator, beeld: Puntbeeld, uitersten: str = "") -> str:
    """What a dot plot shows, in full sentences. `uitersten`: who is claimed to be highest and lowest."""
    known = [s for s in beeld.stippen if s.waarde is not None]
    unknown = [s.regio.naam for s in beeld.stippen if s.waarde is None]
    parts = [
        f"Stippengrafiek van {naam_in_zin(indicator)} in {format_periode(beeld.periode)} "
        f"voor {len(known)} {REGIOSOORT_MEERVOUD[known[0].regio.soort]}.",
        *([uitersten] if uitersten else []),
    ]
    parts += [f"{r.naam}: {bedrag(indicator, p.waarde)}." for r, p in beeld.lijnen if p.waarde is not None]
    if unknown:
        parts.append(f"Geen cijfer: {join(unknown)}.")
    return " ".join(parts)


def draw_stippen(doek: Doek, indicator: Indicator, beeld: Puntbeeld, provincie: Regio) -> Figuur:
    """Draw the municipalities in one period, with the lines of the province and the Netherlands."""
    with doek.vel(BREED, HOOG) as figure:
        known = [s.waarde for s in beeld.stippen if s.waarde is not None]
        values = known + [p.waarde for _, p in beeld.lijnen if p.waarde is not None]
        low, high = min(values), max(values)
        room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
        left = 12 + max(breedte(s.regio.naam) for s in beeld.stippen)
        texts = [_waarde(indicator, s) for s in beeld.stippen]
        right = 14 + max(map(breedte, texts))
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
        axes.plot(edge * count, [n for n in range(count) for _ in edge], color=LICHT, lw=0.8, zorder=0, clip_on=False)
        styles = {True: (BLAUW, "-", 1.6), False: (ORANJE, (0, (4, 2)), 1.6)}
        for regio, punt in beeld.lijnen:
            color, dashes, width = styles[regio == provincie]
            axes.axvline(punt.waarde or 0, color=color, lw=width, ls=dashes, zorder=1, clip_on=False)
        _name_rules(axes, beeld, provincie)
        axes.plot(
            known, range(len(known)), ls="", marker="o", ms=8, mfc=INKT, mec="white", mew=1, zorder=3, clip_on=False
        )
        for n, text in enumerate(texts):
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
        figure.text(2 / BREED, (HOOG - 14) / HOOG, format_eenheid(indicator.eenheid), color=GRIJS, va="baseline")
        svg = doek.save()
    notes = []
    if any(s.punt and s.punt.is_voorlopig for s in beeld.stippen):
        notes.append("* voorlopig cijfer, ** nader voorlopig.")
    return Figuur(svg, kale_kop(format_periode(beeld.periode)), punt_alt(indicator, beeld), tuple(notes))


def _waarde(indicator: Indicator, stip: Stip) -> str:
    """The value at the end of a row, or the sign of why it is not there."""
    if stip.punt is None or stip.waarde is None:
        return format_leeg(stip.punt.leeg_reden if stip.punt else "niet_gepubliceerd")
    return format_waarde(stip.waarde, indicator.decimalen, stip.punt.status)


def _name_rules(axes: Axes, beeld: Puntbeeld, provincie: Regio) -> None:
    """Name the vertical lines above the plot: the lower one to its left, the higher one to its right.

    A name that would run out of the picture is moved inwards, and pushes the other one along.
    """
    rules = sorted(beeld.lijnen, key=lambda r: r[1].waarde or 0)
    places = [float(axes.transData.transform((punt.waarde or 0, 0))[0]) for _, punt in rules]
    widths = [breedte(regio.naam, vet=True) for regio, _ in rules]
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
            color=BLAUW if regio == provincie else ORANJE,
            fontsize=TEKST,
            fontweight="bold",
            annotation_clip=False,
        )
