"""What the canvas writes is what matplotlib would: for any drawing, and for every kind of figure."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from begrippen.huisstijl import BLAUW, GRIJS, INKT, LICHT, ORANJE, WIT
from reports.analyse import Prognosejaar
from reports.document import Figuur
from reports.figuren import (
    Doek,
    Landkaarttekenaar,
    Leeftijdsgroep,
    Paar,
    Spaak,
    Staaf,
    Trap,
    draw_lijn,
    draw_paren,
    draw_piramide,
    draw_staven,
    draw_stippen,
    draw_veelluik,
    draw_waaier,
    draw_waterval,
    draw_wiel,
    make_landkaartbeeld,
    make_lijnbeeld,
    make_ondergrond,
    make_puntbeeld,
    make_veelluik,
)
from reports.figuren.doek import BOVEN, stijging
from reports.figuren.stijl import STREEP, TEKST
from reports.figuren.svg import format_plek
from reports.model import Indicator
from tests.reports.figuren.matplotlibdoek import MatplotlibDoek
from tests.reports.voorbeeldrapport import (
    BREUK,
    COROP,
    DRENTHE,
    GEBIED,
    GEMEENTEN,
    NL,
    make_indicator,
    make_rapport,
    punten,
    with_series,
)

BREED, HOOG = 200, 120
PLEK = st.tuples(st.floats(0, BREED), st.floats(0, HOOG))
KLEUR = st.sampled_from([BLAUW, GRIJS, INKT, LICHT, ORANJE, WIT])
DIKTE = st.sampled_from([0.6, 0.8, 1, 1.3, 1.4, 2.0])
STUK = st.one_of(
    st.tuples(st.just("vlak"), st.lists(PLEK, min_size=3, max_size=5), KLEUR, st.sampled_from(["none", INKT]), DIKTE),
    st.tuples(st.just("lijn"), st.lists(PLEK, min_size=2, max_size=5), KLEUR, DIKTE, st.sampled_from([(), STREEP])),
    st.tuples(st.just("lijnen"), st.lists(st.tuples(PLEK, PLEK), min_size=1, max_size=4), KLEUR, DIKTE),
    st.tuples(st.just("stippen"), st.lists(PLEK, min_size=1, max_size=4), KLEUR, st.sampled_from([5, 5.5, 8])),
    st.tuples(
        st.just("tekst"), st.floats(0, BREED), st.floats(0, HOOG), st.sampled_from(["a < b", " Één &", ""]), KLEUR
    ),
)


@contextmanager
def _los() -> Iterator[None]:
    yield


def draw(doek: Doek, stukken: list[tuple[bool, list[tuple[Any, ...]]]]) -> str:
    """Draw what hypothesis thought of: in groups or not, as each says."""
    with doek.vel(BREED, HOOG):
        for samen, inhoud in stukken:
            with doek.groep() if samen else _los():
                for naam, *given in inhoud:
                    getattr(doek, naam)(*given)
        return doek.save()


@given(st.lists(st.tuples(st.booleans(), st.lists(STUK, max_size=4)), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_drawing_is_written_as_matplotlib_writes_it(stukken: list[tuple[bool, list[tuple[Any, ...]]]]) -> None:
    stukken.sort(key=lambda stuk: not stuk[0])
    assert draw(Doek(), stukken) == draw(MatplotlibDoek(), stukken)


def test_every_way_to_draw_is_written_as_matplotlib_writes_it() -> None:
    def all_ways(doek: Doek) -> str:
        with doek.vel(BREED, HOOG):
            doek.lijn([(1, 2), (50, 2)], GRIJS, 0.8, eind="square")
            doek.balk(10, 20, -5, 30, kleur=LICHT, rand=INKT)
            for n in range(2):
                doek.stippen([(n, 5.25), (20, 30)], BLAUW, 5, vol=n > 0, vierkant=True)
                doek.stippen([(n, 5.05)], ORANJE, 8, rand=WIT, dikte=1)
            for plaats in ("left", "center", "right"):
                doek.tekst(-0.04, 0, plaats, plaats=plaats, vet=plaats == "center")
            return doek.save()

    assert all_ways(Doek()) == all_ways(MatplotlibDoek())


def _lijn(card: Indicator) -> Callable[[Doek], Figuur]:
    beeld = make_lijnbeeld(card, DRENTHE, NL)
    assert beeld is not None
    return lambda doek: draw_lijn(doek, card, beeld, DRENTHE)


def _kaart(how: str) -> Callable[[Doek], Figuur]:
    card, ground = make_indicator(), make_ondergrond(None, GEMEENTEN, GEBIED.tegels)
    beeld = make_landkaartbeeld(card, make_puntbeeld(card, (GEMEENTEN, COROP), DRENTHE, NL))
    assert ground is not None and beeld is not None
    given = {
        "landkaart": (card, beeld),
        "overzicht": (make_rapport(),),
        "ligging": (make_rapport(), COROP[0], [g.code for g in GEMEENTEN[:3]]),
    }[how]
    return lambda doek: getattr(Landkaarttekenaar(doek, ground), f"draw_{how}")(*given)


def _figuren() -> dict[str, Callable[[Doek], Figuur]]:
    card = make_indicator()
    stippen = make_puntbeeld(card, (GEMEENTEN, COROP), DRENTHE, NL)
    veelluik = make_veelluik(card, GEMEENTEN, DRENTHE, NL)
    assert stippen is not None and veelluik is not None
    totaal = with_series(make_indicator(eenheid="aantal"), PV22=punten([10, 11, 12]), NL01=punten([900, 950, 990]))
    staven = [Staaf("Zorg", 20.0, "+20"), Staaf("Handel", -10.0, "-10"), Staaf("Bouw", None, ".")]
    trappen = [Trap("Nederland", 100.0, "100", geheel=True), Trap("Mix", -30.0, "-30"), Trap("Eigen", 10.0, "+10")]
    spaken = [Spaak("Wonen", (("gunstig", "ongunstig"), ("neutraal", "geen"))), Spaak("Milieu", (("geen", "geen"),))]
    jaren = [
        Prognosejaar("2020JJ00", 2020, None, None, None, 490000.0),
        Prognosejaar("2025JJ00", 2025, 500000.0, 498000.0, 502000.0, 501000.0),
        Prognosejaar("2050JJ00", 2050, 480000.0, 450000.0, 510000.0, None),
    ]
    groepen = [Leeftijdsgroep("0 tot 15 jaar", 10, 20, "10 (25%)", "20 (40%)")]
    return {
        "lijn": _lijn(card),
        "lijn met breuk": _lijn(make_indicator(breuken=(BREUK,))),
        "lijn als index": _lijn(totaal),
        "stippen": lambda doek: draw_stippen(doek, card, stippen, DRENTHE),
        "veelluik": lambda doek: draw_veelluik(doek, card, veelluik),
        "landkaart": _kaart("landkaart"),
        "overzicht": _kaart("overzicht"),
        "ligging": _kaart("ligging"),
        "staven": lambda doek: draw_staven(doek, staven, "Kop", "Alt."),
        "paren": lambda doek: draw_paren(
            doek, [Paar("Zorg", staven[0], staven[1])], ("Hier", "Daar"), kop="Kop", alt="Alt."
        ),
        "waterval": lambda doek: draw_waterval(doek, trappen, "Kop", "Alt."),
        "wiel": lambda doek: draw_wiel(doek, spaken, "Kop", "Alt."),
        "waaier": lambda doek: draw_waaier(doek, jaren, "Kop", "Alt."),
        "piramide": lambda doek: draw_piramide(doek, groepen, ("2025", "2050"), kop="Kop", alt="Alt."),
    }


@pytest.mark.parametrize(("naam", "teken"), _figuren().items())
def test_every_kind_of_figure_is_written_as_matplotlib_writes_it(naam: str, teken: Callable[[Doek], Figuur]) -> None:
    assert teken(Doek()) == teken(MatplotlibDoek()), naam


def test_a_place_is_rounded_the_same_by_whichever_way_a_computer_comes_to_it() -> None:
    assert [format_plek(p) for p in (-0.04, -1e-9, 0.0, 3.0, 32.05, 32.05 + 1e-9, 0.1 + 0.2)] == (
        ["0", "0", "0", "3", "32", "32", "0.3"]
    )


def test_a_line_of_words_is_as_high_as_its_font_and_higher_with_what_stands_out() -> None:
    assert stijging("axo") == BOVEN * TEKST < stijging("Á")
