"""Numbers, symbols and periods as they stand in print."""

import math
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from begrippen.eenheid import read_eenheid
from reports import getallen
from reports.model import Indicator, Punt
from reports.zinnen import bedrag
from tests.reports.voorbeeldrapport import make_indicator

FINITE = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


def indicator(eenheid: str = "%", decimalen: int = 1, aggregatie: str = "niet") -> Indicator:
    return Indicator("x", "X", "wonen", eenheid, decimalen, "hoger", "", "", aggregatie)


def parse(text: str) -> Decimal:
    """Read a Dutch number back, so that a test does not format with the code under test."""
    return Decimal(text.replace(".", "").replace(",", ".").replace("\u2212", "-").replace("+", ""))


@pytest.mark.parametrize(
    ("waarde", "decimalen", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (-1234.5, 1, "\u22121.234,5"),
        (17407585, 0, "17.407.585"),
        (0.04, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (2.5, 0, "3"),
        (-2.5, 0, "\u22123"),
        (2.675, 2, "2,68"),
        (1.005, 2, "1,01"),
        (999.95, 1, "1.000,0"),
        (7888.2001953125, 1, "7.888,2"),
        # what a computer makes of 0,55, 0,15 and 2,5: a hair under the half
        (62.05 - 61.5, 1, "0,6"),
        (0.1 + 0.05 - 1e-17, 1, "0,2"),
        (1.1 * 1.1 * 100 - 118.5, 0, "3"),
        (61.5 - 62.05, 1, "\u22120,6"),
        (0.549, 1, "0,5"),
        (4999999999999999.0, 0, "4.999.999.999.999.999"),
    ],
)
def test_numbers_are_dutch_and_rounded_half_away_from_zero(waarde: float, decimalen: int, text: str) -> None:
    assert getallen.format_getal(waarde, decimalen) == text


@given(FINITE, st.integers(0, 4))
def test_a_printed_number_is_at_most_half_a_unit_off(waarde: float, decimalen: int) -> None:
    text = getallen.format_getal(waarde, decimalen)
    assert abs(parse(text) - Decimal(repr(waarde))) <= Decimal(1).scaleb(-decimalen) * Decimal("0.500001")
    assert len(text.partition(",")[2]) == decimalen
    assert "-" not in text


@given(FINITE, st.integers(0, 4))
def test_minus_turns_the_number_around_and_nothing_is_minus_zero(waarde: float, decimalen: int) -> None:
    up, down = getallen.format_getal(abs(waarde), decimalen), getallen.format_getal(-abs(waarde), decimalen)
    assert down == (up if parse(up) == 0 else "\u2212" + up)


@given(st.floats(min_value=1000, max_value=1e12), st.integers(0, 2))
def test_thousands_stand_in_groups_of_three(waarde: float, decimalen: int) -> None:
    groups = getallen.format_getal(waarde, decimalen).partition(",")[0].split(".")
    assert all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3


@pytest.mark.parametrize("waarde", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_printed(waarde: float) -> None:
    with pytest.raises(ValueError, match="geen getal"):
        getallen.format_getal(waarde, 1)


@pytest.mark.parametrize(
    ("reden", "teken"),
    [
        ("onbekend", "."),
        ("geheim", "."),
        ("onderdrukt", "."),
        ("niet_gepubliceerd", "n.b."),
        ("niet_in_selectie", "n.b."),
        ("niet_van_toepassing", ""),
        (None, "."),
    ],
)
def test_a_missing_value_is_a_symbol_and_never_a_number(reden, teken: str) -> None:
    punt = Punt("2025JJ00", 2025, None, "definitief", reden)
    assert getallen.format_punt(punt, 1) == teken
    assert getallen.explain_punt(punt)


def test_a_value_that_the_source_has_no_row_for_is_not_available() -> None:
    assert getallen.format_punt(None, 1) == "n.b."


@pytest.mark.parametrize(
    ("status", "text"),
    [("definitief", "3,5"), ("voorlopig", "3,5*"), ("nader_voorlopig", "3,5**"), ("onbekend", "3,5")],
)
def test_a_provisional_value_carries_its_mark(status, text: str) -> None:
    assert getallen.format_punt(Punt("2025JJ00", 2025, 3.49, status), 1) == text


@pytest.mark.parametrize(
    ("card", "waarde", "verschil", "kort", "lang"),
    [
        (indicator("%", 1, "niet"), 62.5, -1.2, "−1,2\xa0%-punt", "−1,2\xa0procentpunt"),
        # of whole percents a difference is whole: 62 and 61
        (indicator("% 18+", 0, "niet"), 62, 1.2, "+1\xa0%-punt", "+1\xa0procentpunt"),
        (indicator("euro", 0, "niet"), 110, 10, "+10,0%", "+10,0%"),
        (indicator("aantal", 0, "som"), 90, -10, "−10,0%", "−10,0%"),
        (indicator("aantal", 0, "som"), 90, 100, "+100", "+100"),
        (indicator("euro", 0, "niet"), 1001, 1000, "+1.000", "+1.000\xa0euro"),
        (indicator("km", 1, "gewogen"), 1.2, 0.5, "+0,5", "+0,5\xa0km"),
        (indicator("EU-27 = 100", 0, "niet"), 89, -45, "−45", "−45\xa0punten"),
        (indicator("EU-27 = 100", 0, "niet"), 89, 1, "+1", "+1\xa0punt"),
    ],
)
def test_differences_keep_percent_and_percentage_points_apart(
    card: Indicator, waarde: float, verschil: float, kort: str, lang: str
) -> None:
    assert getallen.format_verschil(card, waarde, verschil) == kort
    assert getallen.format_verschil(card, waarde, verschil, lang=True) == lang


@pytest.mark.parametrize(
    ("getal", "eenheid", "text"),
    [
        ("62,5*", "%", "62,5%*"),
        ("62,5", "% 18+", "62,5%"),
        ("12", "aantal", "12"),
        ("12", "km", "12\xa0km"),
        ("27", "x 1 000 euro", "27\xa0duizend euro"),
        ("−5,0", "saldo", "−5,0"),
        ("6,5", "schaalscore (0-10)", "6,5"),
        ("9", "per 1 000 inwoners", "9\xa0per 1.000 inwoners"),
        ("191", "inwoners per km2 land", "191\xa0inwoners per km² land"),
        ("89", "EU-27 = 100", "89"),
        ("104,2", "index, 2019 = 100", "104,2"),
    ],
)
def test_a_unit_stands_with_its_number(getal: str, eenheid: str, text: str) -> None:
    assert getallen.with_eenheid(getal, eenheid) == text


@pytest.mark.parametrize(
    ("periode", "text"),
    [
        ("2025JJ00", "2025"),
        ("2025KW02", "2e kwartaal 2025"),
        ("2026MM01", "januari 2026"),
        ("2025HJ01", "1e halfjaar 2025"),
        ("2024SJ00", "2024/’25"),
        ("1999SJ00", "1999/’00"),
        ("2025KW09", "2025KW09"),
        ("iets anders", "iets anders"),
    ],
)
def test_periods_are_words(periode: str, text: str) -> None:
    assert getallen.format_periode(periode) == text


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_a_month_lies_within_its_year(jaar: int, maand: int) -> None:
    punt = Punt(f"{jaar}MM{maand:02d}", jaar, 1.0)
    assert jaar <= punt.moment < jaar + 1
    assert getallen.format_periode(punt.periode).endswith(str(jaar))


def test_dates_are_words() -> None:
    assert getallen.format_datum(date(2026, 7, 2)) == "2 juli 2026"
    assert getallen.format_tijdstip(datetime(2026, 7, 2, 9, 5, tzinfo=UTC)) == "2 juli 2026, 09:05 UTC"
    assert getallen.format_datum(None) == getallen.format_tijdstip(None) == "onbekend"


@pytest.mark.parametrize(
    ("eenheid", "text"),
    [
        ("x 1 000 euro", "x 1.000 euro"),
        ("per 10 000 vestigingen", "per 10.000 vestigingen"),
        ("m2 per inwoner", "m² per inwoner"),
        ("mln m3", "mln m³"),
        ("ton CO2-equivalent per inwoner", "ton CO₂-equivalent per inwoner"),
        ("% van de bevolking van 15 tot 75 jaar", "% van de bevolking van 15 tot 75 jaar"),
    ],
)
def test_a_unit_is_written_as_readers_write_it(eenheid: str, text: str) -> None:
    assert getallen.format_eenheid(eenheid) == text


@pytest.mark.parametrize(
    ("eenheid", "aggregatie", "verschil", "woord"),
    [
        ("km", "gewogen", 0.8, "langer"),
        ("km", "gewogen", -0.8, "korter"),
        ("% van de banen", "verhouding", 1.0, "hoger"),
        ("aantal", "som", -5.0, "minder"),  # also told in percents of what it was
        ("aantal", "niet", -5.0, "minder"),
        ("saldo", "som", 53.0, "hoger"),
        ("euro", "som", 53.0, "hoger"),
        ("ha", "niet", 5.0, "meer"),
        ("per 1 000 inwoners", "gewogen", 2.0, "meer"),
        ("m2 per inwoner", "gewogen", -2.0, "minder"),
        ("euro per uur", "gewogen", 2.0, "hoger"),
        ("schaalscore (0-10)", "niet", 0.2, "hoger"),
        ("index, 2020 = 100", "niet", -2.0, "lager"),
        ("jaren", "niet", 0.4, "hoger"),
    ],
)
def test_a_difference_has_the_comparative_of_its_unit(eenheid, aggregatie, verschil, woord) -> None:
    card = indicator(eenheid, 1, aggregatie)
    assert getallen.trap(card, verschil) == woord
    assert getallen.even(card) in ("even hoog als", "even lang als", "evenveel als")


def test_one_of_a_unit_is_not_many() -> None:
    assert getallen.with_eenheid("1", "inwoners per km2 land") == "1\xa0inwoner per km² land"
    assert getallen.with_eenheid("\N{MINUS SIGN}1", "jaren") == "\N{MINUS SIGN}1\xa0jaar"
    assert getallen.with_eenheid("81,3", "jaren") == "81,3\xa0jaar"
    assert getallen.with_eenheid("1,5", "personen per huishouden") == "1,5\xa0personen per huishouden"


def test_a_balance_is_told_in_its_unit_and_has_a_highest() -> None:
    card = indicator("saldo", 0, "som")
    assert getallen.maatsoort(card) == "eenheid" and getallen.trap(card, -5.0) == "lager"
    assert read_eenheid("saldo").uitersten == ("hoogst", "laagst")


REPORTS = Path(getallen.__file__).parent
# what is no figure: places on paper, steps of a typed number, a rule in percents
MATEN = (
    *("figuren", "html.py", "stukken/dia.py", "stukken/grafiek.py", "tekst/hoeveelheid.py", "tekst/onderwerp.py"),
    *("hoofdstukken/terugtoets.py", "bladschrijver.py", "gedrukt/vulling.py", "verken/lijst.py", "zetten.py"),
)


@pytest.mark.parametrize("path", sorted(str(p.relative_to(REPORTS)) for p in REPORTS.rglob("*.py")))
def test_no_figure_is_rounded_but_by_the_one_that_knows_how(path: str) -> None:
    if path.startswith(MATEN) or path == "getallen.py":
        return
    source = (REPORTS / path).read_text(encoding="utf-8")
    # Python rounds 0.5 to 0 and 2.5 to 2, and formats what lies a hair under a half downwards
    assert not re.search(r"(?<![\w.])round\(", source), path
    assert not [m for m in re.findall(r":,?\.[1-9]f\}", source) if path not in KALE_GETALLEN], path


# files that write numbers for a machine, or a score that is no figure of a source
KALE_GETALLEN = ("downloads/ods.py", "tekst/leesbaarheid.py")


@pytest.mark.parametrize(
    ("waarde", "decimalen", "eenheid", "text"),
    [
        (0.3, 0, "x 1 000", "minder dan 500"),
        # what a source counts in thousands is nought for less than half of one
        (0.0, 0, "x 1 000", "minder dan 500"),
        (0.04, 1, "%", "minder dan 0,05%"),
        (4.0, -1, "aantal", "minder dan 5"),
        (0.5, 0, "x 1 000", "1.000"),
        (0.0, 0, "aantal", "0"),
        (-0.3, 0, "%", "0%"),
    ],
)
def test_what_only_rounds_to_nought_is_not_told_as_none(waarde, decimalen, eenheid, text) -> None:
    assert bedrag(make_indicator(eenheid=eenheid, decimalen=decimalen), waarde) == text


def test_a_percentage_of_figures_in_tens_is_that_of_what_is_printed():
    """1.000 beside 1.800 is 44% less for who computes it; '45,1%' came of 1.001 and 1.824, which nobody may know."""
    kaart = make_indicator(eenheid="aantal", aggregatie="som", decimalen=-1)
    assert getallen.format_verschil(kaart, 1_001.0, -803.0) == f"{getallen.MIN}44%"
    # 366 and 422 are 370 and 420: of so few tens a percentage is one of the rounding
    assert getallen.format_verschil(kaart, 422.0, 56.0) == "+50"
    assert getallen.format_verschil(replace(kaart, decimalen=0), 101.0, -83.0) == f"{getallen.MIN}45,1%"
    # beside what is printed as nothing there is no percentage, in tens or not
    assert getallen.format_verschil(replace(kaart, decimalen=0), 4.4, 4.0) == "+4"
    assert getallen.format_verschil(kaart, 12.0, 8.0) == "+10"


BIJNA = st.floats(0.0, 999.0)


@given(BIJNA, BIJNA, st.integers(0, 2))
def test_a_difference_is_that_of_what_is_printed(waarde: float, andere: float, decimalen: int) -> None:
    """75,5 beside 74,8 is no '0,8 procentpunt hoger', though 75.46 and 74.75 were nearly that far apart."""
    kaart = indicator("%", decimalen, "niet")
    nu, toen = (Decimal(getallen.format_getal(w, decimalen).replace(",", ".")) for w in (waarde, andere))
    told = getallen.format_verschil(kaart, waarde, waarde - andere).split("\xa0")[0]
    assert Decimal(told.replace(",", ".").replace(getallen.MIN, "-")) == nu - toen


def test_a_difference_of_what_is_printed_nowhere_is_that_of_the_figures() -> None:
    kaart = indicator("mln euro", 0, "niet")
    assert getallen.format_verschil(kaart, 10.4, 0.9) == "0,0%"
    assert getallen.format_verschil(kaart, 10.4, 0.9, precies=True) == "+9,5%"
