"""What is worked out beside matplotlib, so that it need not: where words stand, and the axes of lines and dots."""

import hashlib
import io
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

from reports.document import Figuur
from reports.figuren import (
    Doek,
    draw_lijn,
    draw_stippen,
    draw_veelluik,
    make_lijnbeeld,
    make_puntbeeld,
    make_veelluik,
)
from reports.figuren.doek import ONDER, stijging
from reports.figuren.stijl import STIJL, TEKST
from reports.figuren.svg import SVG
from reports.model import Indicator
from tests.reports.voorbeeldrapport import (
    BREUK,
    COROP,
    DRENTHE,
    GEMEENTEN,
    NL,
    make_indicator,
    punten,
    with_series,
)


def _lijn(card: Indicator) -> Callable[[Doek], Figuur]:
    beeld = make_lijnbeeld(card, DRENTHE, NL)
    assert beeld is not None
    return lambda doek: draw_lijn(doek, card, beeld, DRENTHE)


def _stippen(card: Indicator) -> Callable[[Doek], Figuur]:
    beeld = make_puntbeeld(card, (GEMEENTEN, COROP), DRENTHE, NL)
    assert beeld is not None
    return lambda doek: draw_stippen(doek, card, beeld, DRENTHE)


def _veelluik(card: Indicator) -> Callable[[Doek], Figuur]:
    beeld = make_veelluik(card, GEMEENTEN, DRENTHE, NL)
    assert beeld is not None
    return lambda doek: draw_veelluik(doek, card, beeld)


def totaal() -> Indicator:
    card = make_indicator(eenheid="aantal", meting="telling", decimalen=2)
    return with_series(card, PV22=punten([10, 11, 12]), NL01=punten([900, 950, 990]))


# What axes of matplotlib gave before they were worked out here (30-11-2026).
MET_ASSEN = {
    "lijn": (_lijn(make_indicator()), "3d33238bf5ee4ccd"),
    "lijn met een breuk": (_lijn(make_indicator(breuken=(BREUK,))), "7b1b35c3acd07df9"),
    "lijn als index": (_lijn(totaal()), "943fe27baae50528"),
    "stippen": (_stippen(make_indicator()), "ffb0803c114acc4d"),
}


@pytest.mark.parametrize(("teken", "toen"), MET_ASSEN.values(), ids=MET_ASSEN)
def test_axes_that_are_worked_out_give_the_bytes_of_axes_of_matplotlib(
    teken: Callable[[Doek], Figuur], toen: str
) -> None:
    assert hashlib.sha256(teken(Doek()).svg.encode()).hexdigest()[:16] == toen


@pytest.mark.parametrize("make", [_lijn, _stippen, _veelluik])
def test_words_that_are_not_laid_out_stand_where_matplotlib_lays_them(
    make: Callable[[Indicator], Callable[[Doek], Figuur]], monkeypatch: pytest.MonkeyPatch
) -> None:
    teken = make(make_indicator())
    ours = teken(Doek())
    monkeypatch.setattr("reports.figuren.doek._Woorden.draw", Text.draw)
    assert teken(Doek()) == ours


def base(tekst: str, va: str) -> float:
    """How far above its place matplotlib puts the base of a text that hangs from it, stands on it or is around it."""
    with mpl.rc_context(STIJL):
        figure, text = Figure(dpi=72, figsize=(10, 10)), io.StringIO()
        figure.text(0.5, 0.5, tekst, va=va)
        FigureCanvasSVG(figure).print_svg(text)
    (found,) = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text.getvalue())).iter(f"{SVG}text")
    return 360 - float(found.get("y", ""))


@given(st.text(st.characters(categories=("L", "Nd", "P"), max_codepoint=0x17F), min_size=1, max_size=12))
@example("12,5")
@example("Één")
@settings(max_examples=30, deadline=None)
def test_a_word_rises_as_far_as_matplotlib_finds(tekst: str) -> None:
    assert base(tekst, "top") == pytest.approx(-stijging(tekst), abs=1e-5)
    assert base(tekst, "center_baseline") == pytest.approx(-stijging(tekst) / 2, abs=1e-5)


def test_a_word_that_stands_on_a_line_leaves_room_for_its_tails() -> None:
    assert base(" reeksbreuk", "bottom") == pytest.approx(ONDER * TEKST, abs=1e-5)
