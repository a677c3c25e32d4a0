"""The line chart: a region against the Netherlands over time."""

from __future__ import annotations

import math
from collections.abc import Iterable
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator

from begrippen.huisstijl import BLAUW, GRIJS, LICHT, ORANJE
from begrippen.lijsten import PRIJZEN
from reports.document import Figuur
from reports.figuren.beeld import MINSTENS, Lijn, Lijnbeeld, Plek, dashed
from reports.figuren.doek import Doek, breedte
from reports.figuren.stijl import BREED, HOOG, TEKST, tick_marks
from reports.getallen import (
    explain_benadering,
    format_eenheid,
    format_getal,
    format_periode,
    format_waarde,
    join,
)
from reports.model import Indicator, Regio
from reports.zinnen import bedrag, naam_in_zin

# letters of a name behind its line, before the rest goes below it: the longest of a COROP area
NAAM = 26


def _voorlopig(plek: Plek) -> str:
    return " (voorlopig)" if plek.punt.is_voorlopig else ""


def lijn_kop(indicator: Indicator, beeld: Lijnbeeld) -> str:
    """The heading of a line chart of which nothing is claimed: the last value, with its period."""
    naam, laatste = beeld.lijnen[0].regio.naam, beeld.lijnen[0].plekken[-1]
    begin = f"{naam} in {format_periode(laatste.punt.periode)}"
    return f"{begin}: {bedrag(indicator, laatste.punt.waarde or 0.0)}"


def lijn_alt(indicator: Indicator, beeld: Lijnbeeld) -> str:
    """What a line chart shows, in full sentences."""
    naam, stuk = beeld.lijnen[0].regio.naam, beeld.lijnen[0].stukken[-1]
    eerste, laatste = stuk[0], stuk[-1]
    van, tot = format_periode(eerste.punt.periode), format_periode(laatste.punt.periode)
    parts = []
    if beeld.soort == "index":
        parts.append(f"Lijngrafiek van {naam_in_zin(indicator)} als index, {van} is 100.")
        for lijn in beeld.lijnen:
            p = lijn.plekken[-1]
            parts.append(
                f"{lijn.regio.naam} komt in {format_periode(p.punt.periode)} uit op "
                f"{format_getal(p.y, 1)}{_voorlopig(p)}."
            )
        return " ".join(parts)
    parts.append(f"Lijngrafiek van {naam_in_zin(indicator)}.")
    prijzen = f", in {PRIJZEN[indicator.prijzen]}" if indicator.prijzen == "lopend" else ""
    # the ends as they are: whether what lies between is a rise is not for a figure to say
    begin = f"{bedrag(indicator, eerste.y)} in {van} en " if eerste is not laatste else ""
    parts.append(f"{naam}: {begin}{bedrag(indicator, laatste.y)} in {tot}{_voorlopig(laatste)}{prijzen}.")
    if len(beeld.lijnen) == 2:
        p = beeld.lijnen[1].plekken[-1]
        parts.append(
            f"{beeld.lijnen[1].regio.naam} staat in {format_periode(p.punt.periode)} op "
            f"{bedrag(indicator, p.y)}{_voorlopig(p)}."
        )
    if beeld.breuken:
        jaren = join([str(j) for j in beeld.breuken])
        parts.append(f"De reeks is onderbroken in {jaren}: cijfers ervoor en erna zijn niet te vergelijken.")
    return " ".join(parts)


def draw_lijn(doek: Doek, indicator: Indicator, beeld: Lijnbeeld, provincie: Regio) -> Figuur:
    """Draw a region against the Netherlands over time."""
    with doek.vel(BREED, HOOG) as figure:
        plekken = [p for lijn in beeld.lijnen for p in lijn.plekken]
        low, high = min(p.y for p in plekken), max(p.y for p in plekken)
        # at least a unit of the last printed decimal, so that noise below it is not blown up to a wave
        room = max((high - low) * 0.12, 10.0 ** -(1 if beeld.soort == "index" else indicator.decimalen))
        bottom = max(0.0, low - room) if low >= 0 else low - room
        ticks, decimalen = tick_marks(bottom, high + room)
        bottom, top = min(bottom, low), high + room
        ticks = [t for t in ticks if bottom <= t <= top]
        labels = [format_getal(t, decimalen) for t in ticks]
        left = 8 + max(map(breedte, labels))
        names = [_label(lijn, indicator, beeld) for lijn in beeld.lijnen]
        right = 12 + max(breedte(line, vet=n < len(name) - 1) for name in names for n, line in enumerate(name))
        axes = figure.add_axes((left / BREED, 30 / HOOG, (BREED - left - right) / BREED, (HOOG - 62) / HOOG))
        first, last = min(p.x for p in plekken), max(p.x for p in plekken)
        # some pixels: what lies behind the last point is for the names
        pad = (last - first) * 0.03 or 0.15
        axes.set_xlim(first - pad, last + pad)
        axes.set_ylim(bottom, top)
        _frame(axes, ticks, labels)
        _years(axes, first, last, BREED - left - right)
        unit = f"index, {format_periode(beeld.basis)} = 100" if beeld.basis else format_eenheid(indicator.eenheid)
        figure.text(2 / BREED, (HOOG - 14) / HOOG, unit, color=GRIJS, va="baseline")
        for jaar in beeld.breuken:
            axes.axvline(jaar - 0.5, color=GRIJS, lw=0.9, ls=(0, (1, 2.5)), zorder=1, clip_on=False)
            axes.text(jaar - 0.5, top, " reeksbreuk", color=GRIJS, fontsize=TEKST, va="bottom", ha="center")
        colors = [BLAUW if lijn.regio == provincie else ORANJE for lijn in beeld.lijnen]
        for lijn, color in zip(beeld.lijnen, colors, strict=True):
            _line(axes, lijn, color, "o" if lijn.regio == provincie else "s")
        _name_lines(axes, beeld, names, colors, (bottom, top))
        svg = doek.save()
    notes = []
    rough = [p.punt.benadering for p in beeld.lijnen[0].plekken]
    if any(rough):
        when = "" if all(rough) else " in een deel van de jaren (≈ in de tabel)"
        notes.append(
            f"{beeld.lijnen[0].regio.naam} is{when} een benadering: {explain_benadering(indicator.aggregatie)}."
        )
        if zonder := sorted({naam for p in beeld.lijnen[0].plekken for naam in p.punt.zonder}):
            notes.append(f"Niet elke gemeente heeft elk jaar een cijfer. Niet meegeteld: {join(zonder)}.")
    if any(p.punt.is_voorlopig for p in plekken):
        notes.append("Streepjeslijn en open punten: voorlopige cijfers.")
    if bottom > 0:
        notes.append("De as begint niet bij nul.")
    if beeld.soort == "index":
        notes.append(f"Index: de totalen van {beeld.lijnen[0].regio.naam} en Nederland passen niet op één as.")
    return Figuur(svg, lijn_kop(indicator, beeld), lijn_alt(indicator, beeld), tuple(notes))


def _name_lines(
    axes: Axes, beeld: Lijnbeeld, names: list[list[str]], colors: list[str], limits: tuple[float, float]
) -> None:
    """Write each line's name and last value behind its end, moved apart where they would touch."""
    bottom, top = limits
    height = (HOOG - 62) / (top - bottom)
    lines = max(map(len, names))
    need = lines * 15 + 4
    ends = [((lijn.plekken[-1].y - bottom) * height) for lijn in beeld.lijnen]
    if len(ends) == 2 and abs(ends[0] - ends[1]) < need:
        middle = (ends[0] + ends[1]) / 2
        up, down = middle + need / 2, middle - need / 2
        ends = [up, down] if ends[0] >= ends[1] else [down, up]
    shift = max(0.0, 12 + 15 * (lines - 2) - min(ends)) - max(0.0, max(ends) - (HOOG - 62 - 10))
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
                fontweight="bold" if n < len(name) - 1 else "normal",
                va="baseline",
                annotation_clip=False,
            )


def _label(lijn: Lijn, indicator: Indicator, beeld: Lijnbeeld) -> list[str]:
    last = lijn.plekken[-1]
    decimalen = 1 if beeld.soort == "index" else indicator.decimalen
    # the name of a composite region can be longer than there is room for
    return [*wrap(lijn.regio.naam, NAAM), format_waarde(last.y, decimalen, last.punt.status)]


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
    # two points are two dots: between them nothing is known of the course
    for stuk in lijn.stukken if len(lijn.plekken) > MINSTENS else ():
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
