"""What a sentence adds to a difference that may be less than it seems: chance, rounding, a loss that is still one."""

from __future__ import annotations

from dataclasses import replace

from reports import cellen
from reports.beweringzinnen import buur_telzin, nederland_telzin, verandering_telzin, verschil_deel
from reports.hoofdstukken.thema import beeld_zin
from reports.inhoud import plain
from reports.oordeelzinnen import oordeel_zin
from tests.reports.test_beweringzinnen import HARD, kort, many, moved, tafel, welvaart
from tests.reports.voorbeeldrapport import DRENTHE, OORDEEL, make_indicator, make_rapport


def test_a_balance_below_zero_that_rises_is_told_as_still_below() -> None:
    for waarde, nog in ((-60.0, True), (60.0, False)):
        card = moved(waarde - 20, waarde, naam="Saldo", eenheid="aantal", decimalen=0, thema="arbeidsmarkt")
        desk = tafel(replace(card, oordelen={"PV22": replace(OORDEEL, trend="gunstig", helling=4.0)}))
        told = (
            beeld_zin(desk, desk.rapport.themas[0]),
            oordeel_zin(desk.rapport.indicatoren[0], DRENTHE, desk.rapport.beweringen),
        )
        assert [("nog onder nul" in zin) for zin in told] == [nog, nog]


def test_a_difference_of_which_no_margin_is_given_may_be_chance_and_says_so() -> None:
    """A verdict on a survey of a municipality without its margin is what a newspaper would quote."""
    card = replace(moved(5.0, 6.0, richting="hoger"), meting="steekproef")
    assert f"1,0{HARD}procentpunt hoger dan in 2022 (gunstig, als het geen toeval is)" in kort(card)
    assert f"1,0{HARD}procentpunt hoger dan in 2022 (als het geen toeval is)" in kort(
        replace(card, richting="neutraal")
    )
    # in a table the verdict has a question mark, and the table says what it is
    rapport = make_rapport(card)
    assert plain(cellen.sinds(rapport, card, DRENTHE)).endswith("+ gunstig?")
    # what is about the same is no difference, by chance or not
    assert "toeval" not in kort(replace(moved(5.0, 5.02), meting="steekproef"))
    assert "toeval" not in kort(moved(5.0, 6.0))


def test_what_only_rounding_makes_the_same_is_not_called_about_the_same() -> None:
    """7,3% beside 8,5% is no clear difference where the source counts in thousands, and the sentence says why."""
    card = make_indicator(kaart={"merkbaar": 0.5, "merkbaar_maat": "eenheid"})
    b = next(b for b in make_rapport(card).beweringen.rijen if b.soort == "verschil_nl")
    for waarde, grens, zin in (
        (7.3, 1.5, "niet duidelijk anders dan in Nederland (de bron rondt te grof af)"),
        (8.1, 1.5, "ongeveer even hoog als in Nederland"),
        (8.1, 0.5, "ongeveer even hoog als in Nederland"),
    ):
        claim = replace(
            b, waarde=waarde, waarde_tegen=8.5, verschil=waarde - 8.5, grens=grens, oordeel="nagenoeg_gelijk",
            zekerheid="telling",
        )  # fmt: skip
        assert verschil_deel(card, claim, "in Nederland") == zin


def test_a_count_of_changes_says_how_many_of_them_may_be_chance() -> None:
    geteld = [replace(moved(5.0, 6.0, id=f"t{n}", naam=f"T {n}", thema="wonen"), richting="hoger") for n in range(3)]
    geschat = [replace(c, id=f"s{n}", naam=f"S {n}", meting="steekproef") for n, c in enumerate(geteld)]
    for cards, zin in (
        ([*geteld, *geschat], "Bij 3 van die 6 kan het toeval zijn: de bron geeft er geen marge bij."),
        ([*geteld, *(replace(c, id=f"u{n}", naam=f"U {n}") for n, c in enumerate(geteld))], ""),
    ):
        desk = welvaart(*cards)
        telling = desk.rapport.beweringen.telling("verandering", "alles", "PV22", "provincie")
        assert telling is not None and (telling.van, telling["gunstig"]) == (6, 6)
        assert verandering_telzin(telling, "van Drenthe").partition("Het laatste cijfer is van 2024.")[2].strip() == zin


def test_a_count_beside_the_netherlands_says_so_too() -> None:
    for meting, zin in (
        ("steekproef", "kan het toeval zijn: de bron geeft er geen marge bij."),
        ("telling", "duidelijk."),
    ):
        telling = welvaart(*many(6, meting=meting)).rapport.beweringen.telling(
            "verschil_nl", "alles", "PV22", "provincie"
        )
        assert telling is not None and telling["gunstig"] == 6
        assert nederland_telzin(telling, "Drenthe").endswith(zin) and buur_telzin(telling, "A", "B").endswith(zin)
