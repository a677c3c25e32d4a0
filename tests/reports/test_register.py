"""The chapter of the register: in tens, suppressed figures marked, and words that say why."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from reports import getallen
from reports.hoofdstukken.register import procent, tien
from reports.html import render_blad
from reports.inhoud import Voorlees
from reports.model import Gemeentewerk, Register, Werk
from reports.registerwerk import Begrip, Stuwend
from reports.samenstelling import make_document
from tests.reports.voorbeeldrapport import make_indicator, make_rapport, make_thema

TOTAAL = Werk("totaal", "Alle vestigingen", 52_403, 239_557, 201_234, 100, 100, 1.7)


def weg(code: str, naam: str) -> Werk:
    return Werk(code, naam, leeg_reden="onderdrukt")


def register(**anders) -> Register:
    rapport = make_rapport()
    return replace(
        Register(
            periode="2026JJ00",
            periode_sbi="2025JJ00",
            totaal=TOTAAL,
            secties=(
                Werk("Q", "Zorg", 3_004, 47_913, 40_002, 5.7, 20.0, 0.4, quotient=1.31),
                weg("U", "Extraterritoriaal"),
            ),
            klassen=(Werk("1", "1 voltijder", 33_333, 35_555, 33_333, 63.6, 14.8, 1.2), weg("250+", "250 of meer")),
            groepen=(
                Werk("chemie", "Chemie", 3, 12_345, 12_000, 0.1, 5.2, -1.0, bevestigd=False, herkomst="eigen lijst"),
            ),
            gemeenten=(
                Gemeentewerk(rapport.gemeenten[0], TOTAAL, (Werk("Q", "Zorg", banen=999, aandeel_banen=21.2),), 2),
            ),
            stuwend=(Stuwend("a", 100_006, 41.7, None), Stuwend("c", None, None, "onderdrukt")),
            begrippen=(
                Begrip("Banen (PWR)", "PWR", "1 april", "alles", {"PV22": (239_557.0, "definitief", None)}),
                Begrip("Arbeidsjaren", "CBS", "jaar", "voltijd", {"PV22": (193_900.0, "voorlopig", None)}),
            ),
            begrippen_periode="2023JJ00",
            landelijk="banen_werknemers",
        ),
        **anders,
    )


def render(found: Register) -> str:
    thema = make_thema("werkgelegenheid", "Werkgelegenheid", "Economie", (make_indicator(thema="werkgelegenheid"),))
    document = make_document(make_rapport(themas=(thema,), register=found))
    return render_blad(document, document.blad("werkgelegenheid"))


def page(**anders) -> str:
    return render(register(**anders))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main")]))


def test_figures_stand_in_tens_and_never_as_they_were():
    shown = text(page())
    assert "239.560" in shown and "52.400" in shown and "47.910" in shown
    for exact in ("239.557", "52.403", "47.913", "12.345"):
        assert exact not in shown


def test_a_figure_under_five_is_not_written_as_zero():
    assert "minder dan 5" in text(page())
    assert getallen.format_waarde(4.9, -1) == "minder dan 5"
    assert getallen.format_waarde(5, -1) == "10"
    assert getallen.format_waarde(0, -1) == "0"
    assert getallen.format_waarde(1_239_565, -1) == "1.239.570"


def test_what_is_suppressed_says_so_to_who_sees_and_to_who_listens():
    html = page()
    assert html.count("onderdrukt: zou iets over een enkel bedrijf zeggen") >= 4
    assert tien(None, weg("U", "U")) == procent(None, weg("U", "U"))
    assert tien(None, weg("U", "U")) == (Voorlees(".", "onderdrukt: zou iets over een enkel bedrijf zeggen"),)


def test_an_own_list_is_marked_as_one_with_its_origin():
    shown = text(page())
    assert "Chemie eigen lijst" in shown and "niet bevestigd" not in shown


def test_bars_without_what_is_suppressed_say_so_and_name_no_largest_of_all():
    """19 bars of 21 branches read as all of them, and one that is suppressed may be the largest."""
    html = page()
    assert "Grootste van de 1 getoonde secties: zorg" in html and html.count("1 van de 2 secties is onderdrukt.") >= 2
    alle = page(secties=register().secties[:1])
    assert "Grootste sectie: zorg" in alle and "is onderdrukt." not in alle


def test_another_notion_beside_the_netherlands_is_marked():
    assert "een ander begrip" in text(page())
    assert "hetzelfde begrip" in text(page(landelijk="lisa"))


def test_the_notions_of_jobs_say_what_they_count():
    shown = text(page())
    assert "193.900*" in shown
    assert "voltijd" in shown
    assert "Twee manieren om werk te tellen, 2023" in shown and "het bestand banenbegrippen." in shown


def test_the_sample_says_that_its_register_is_made_up():
    assert "Verzonnen register" in text(page())


def test_without_a_register_the_chapter_says_why():
    shown = text(render(Register(reden="Het register is niet meegenomen.")))
    assert "zit niet in dit rapport" in shown and "niet meegenomen" in shown
    assert "239" not in shown


@pytest.mark.parametrize("decimalen", [-1, 0, 1])
def test_an_indicator_in_tens_is_so_in_its_sentence(decimalen):
    assert ("239.560" in getallen.format_getal(239_557, decimalen)) == (decimalen == -1)
