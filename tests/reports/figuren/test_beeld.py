"""What a figure shows and says, before it is drawn."""

from dataclasses import replace

import pytest

from reports.figuren import lijn_kop, make_lijnbeeld, make_puntbeeld
from reports.figuren.beeld import dashed
from reports.figuren.lijn import lijn_alt
from reports.figuren.stippen import punt_alt
from tests.reports.voorbeeldrapport import BREUK, COROP, DRENTHE, GEMEENTEN, NL, make_indicator, punten, with_series

LAGEN = (GEMEENTEN, COROP)


def pieces(beeld, n: int = 0) -> list[list[int]]:
    return [[p.punt.jaar for p in stuk] for stuk in beeld.lijnen[n].stukken]


def test_a_line_stops_at_a_missing_value() -> None:
    beeld = make_lijnbeeld(with_series(make_indicator(), PV22=punten([61, 62, None, 64, 65])), DRENTHE, NL)
    assert pieces(beeld) == [[2020, 2021], [2023, 2024]]
    assert pieces(beeld, 1) == [[2020, 2021, 2022, 2023, 2024]]


def test_a_line_stops_at_a_series_break() -> None:
    beeld = make_lijnbeeld(make_indicator(breuken=(BREUK,)), DRENTHE, NL)
    assert pieces(beeld) == [[2020, 2021], [2022, 2023, 2024]]
    assert beeld.breuken == (2022,)
    assert "onderbroken in 2022" in lijn_alt(make_indicator(breuken=(BREUK,)), beeld)
    assert "Drenthe: 61,5% in 2022 (schatting) en" in lijn_alt(make_indicator(breuken=(BREUK,)), beeld)


def test_a_break_before_the_first_year_is_not_shown() -> None:
    assert make_lijnbeeld(make_indicator(breuken=(replace(BREUK, vanaf=2020),)), DRENTHE, NL).breuken == ()


def test_a_measure_of_every_few_years_is_one_line() -> None:
    sparse = tuple(p for p in punten([1, 2, 3, 4, 5]) if p.jaar % 2 == 0)
    assert pieces(make_lijnbeeld(with_series(make_indicator(), PV22=sparse), DRENTHE, NL)) == [[2020, 2022, 2024]]


def test_one_value_makes_no_line() -> None:
    assert (
        make_lijnbeeld(with_series(make_indicator(), PV22=punten([None, None, 63]), NL01=punten([62])), DRENTHE, NL)
        is None
    )


def test_totals_are_drawn_as_an_index() -> None:
    total = with_series(
        make_indicator(aggregatie="som", eenheid="aantal", decimalen=0),
        PV22=punten([500_000, 505_000]),
        NL01=punten([17_000_000, 17_340_000]),
    )
    beeld = make_lijnbeeld(total, DRENTHE, NL)
    assert (beeld.soort, beeld.basis) == ("index", "2020JJ00")
    assert [round(lijn.plekken[-1].y, 6) for lijn in beeld.lijnen] == [101, 102]


def test_an_index_starts_after_the_last_break() -> None:
    total = with_series(
        make_indicator(aggregatie="som", eenheid="aantal", breuken=(BREUK,)),
        PV22=punten([9, 9, 10, 11]),
        NL01=punten([99, 99, 100, 120]),
    )
    assert make_lijnbeeld(total, DRENTHE, NL).basis == "2022JJ00"


def test_a_total_is_recognised_by_its_size_where_it_does_not_add_up() -> None:
    bbp = with_series(make_indicator(eenheid="mln euro"), PV22=punten([18_000, 19_000]), NL01=punten([9e5, 1e6]))
    assert make_lijnbeeld(bbp, DRENTHE, NL).soort == "index"


def test_a_balance_around_zero_is_drawn_alone() -> None:
    saldo = with_series(
        make_indicator(aggregatie="som", eenheid="aantal"), PV22=punten([-800, -700]), NL01=punten([5000, -200])
    )
    beeld = make_lijnbeeld(saldo, DRENTHE, NL)
    assert beeld.soort == "alleen" and len(beeld.lijnen) == 1


def test_a_step_to_a_provisional_value_is_dashed() -> None:
    beeld = make_lijnbeeld(make_indicator(), DRENTHE, NL)
    runs = dashed(beeld.lijnen[0].stukken[0])
    assert [(v, [p.punt.jaar for p in r]) for v, r in runs] == [
        (False, [2020, 2021, 2022, 2023]),
        (True, [2023, 2024]),
    ]


def test_municipalities_stand_highest_first_and_none_is_dropped() -> None:
    secret = GEMEENTEN[3]
    beeld = make_puntbeeld(
        with_series(make_indicator(), **{secret.code: punten([1, 2, 3, 4, None])}), LAGEN, DRENTHE, NL
    )
    values = [s.waarde for s in beeld.stippen]
    assert len(values) == 12 and values[-1] is None
    assert values[:-1] == sorted(values[:-1], reverse=True)
    assert beeld.stippen[-1].regio == secret
    assert [r for r, _ in beeld.lijnen] == [DRENTHE, NL]
    assert "Geen cijfer: Coevorden." in punt_alt(make_indicator(), beeld)


def test_one_early_municipality_does_not_empty_the_picture() -> None:
    early = GEMEENTEN[0]
    beeld = make_puntbeeld(
        with_series(make_indicator(), **{early.code: punten([1, 2, 3, 4, 5, 6])}), LAGEN, DRENTHE, NL
    )
    assert beeld.periode == "2024JJ00"


def test_totals_of_municipalities_stand_without_the_lines_of_larger_areas() -> None:
    assert make_puntbeeld(make_indicator(aggregatie="som"), LAGEN, DRENTHE, NL).lijnen == ()


def test_alt_text_gives_the_ends_and_calls_nothing_a_rise() -> None:
    card = make_indicator()
    assert lijn_alt(card, make_lijnbeeld(card, DRENTHE, NL)) == (
        "Lijngrafiek van Netto arbeidsparticipatie. Drenthe: 61,0% in 2020 (schatting) en 63,4% in 2024 "
        "(schatting, voorlopig). Nederland staat in 2024 op 62,4% (schatting, voorlopig)."
    )
    euro = make_indicator(eenheid="euro per uur", prijzen="lopend")
    assert "in 2024 (schatting, voorlopig), met inflatie." in lijn_alt(euro, make_lijnbeeld(euro, DRENTHE, NL))


def test_where_no_municipality_has_a_value_the_corop_areas_stand_in() -> None:
    card = make_indicator()
    card = replace(card, reeksen={c: r for c, r in card.reeksen.items() if not c.startswith("GM")})
    beeld = make_puntbeeld(card, LAGEN, DRENTHE, NL)
    assert {s.regio for s in beeld.stippen} == set(COROP)
    assert "voor 3 COROP-gebieden" in punt_alt(card, beeld)


def test_a_figure_of_the_country_only_is_drawn_as_such() -> None:
    card = with_series(make_indicator(), PV22=punten([None, None, None]))
    beeld = make_lijnbeeld(card, DRENTHE, NL)
    assert (beeld.soort, [x.regio for x in beeld.lijnen]) == ("alleen", [NL])
    assert lijn_kop(card, beeld) == "Nederland in 2024 (schatting, voorlopig): 62,4%"
    assert lijn_alt(card, beeld).startswith("Lijngrafiek van Netto arbeidsparticipatie. Nederland: ")


def test_a_share_of_the_netherlands_is_drawn_without_the_netherlands() -> None:
    card = with_series(make_indicator(aggregatie="som"), PV22=punten([1.9, 1.8]), NL01=punten([100, 100]))
    beeld = make_lijnbeeld(card, DRENTHE, NL)
    assert (beeld.soort, [x.regio for x in beeld.lijnen]) == ("alleen", [DRENTHE])


def test_a_single_value_of_drenthe_stands_beside_the_line_of_the_country() -> None:
    beeld = make_lijnbeeld(with_series(make_indicator(), PV22=punten([None, None, 63])), DRENTHE, NL)
    assert pieces(beeld) == [[2022]] and len(beeld.lijnen) == 2


def test_a_total_that_began_near_nothing_is_not_drawn_as_an_index() -> None:
    total = make_indicator(aggregatie="som", eenheid="MWp")
    grown = with_series(total, PV22=punten([1, 1480]), NL01=punten([90, 28500]))
    assert make_lijnbeeld(grown, DRENTHE, NL).soort == "alleen"


@pytest.mark.parametrize(("known", "filled"), [(12, True), (4, True), (3, False), (1, False)])
def test_a_plot_of_a_few_municipalities_is_not_worth_drawing(known: int, filled: bool) -> None:
    series = {g.code: punten([5.0 if n < known else None]) for n, g in enumerate(GEMEENTEN)}
    beeld = make_puntbeeld(with_series(make_indicator(), **series), LAGEN, DRENTHE, NL)
    assert beeld is not None and beeld.is_gevuld == filled
