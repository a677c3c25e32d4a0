"""The rules of the engine, one by one, on hand-made tables."""

from __future__ import annotations

from itertools import permutations

import pytest

from begrippen.redenen import Reden

SHARE = [{"tabel": "t", "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b"}], "factor": 100}]


def row(db, regio, periode=2022, indicator="maat"):
    """The value of an indicator as a dict, None where there is no row."""
    code = f"{periode}JJ00" if isinstance(periode, int) else periode
    query = db.execute(
        "FROM monitor.indicatorwaarde WHERE indicator = ? AND regio = ? AND periode = ?", [indicator, regio, code]
    )
    names = [d[0] for d in query.description]
    found = query.fetchall()
    assert len(found) <= 1
    return dict(zip(names, found[0], strict=True)) if found else None


def outcome(db, regio, periode=2022, indicator="maat"):
    """The value, or why there is none."""
    found = row(db, regio, periode, indicator)
    assert found is not None, f"geen rij voor {indicator} {regio} {periode}"
    assert (found["waarde"] is None) != (found["leeg_reden"] is None)
    return found["leeg_reden"] if found["waarde"] is None else found["waarde"]


# ---------------------------------------------------------------------------------------------- one cell, or several


def test_a_share_is_factor_times_teller_over_noemer_unrounded(wereld, maak_cel, maak_kaart):
    share = maak_kaart(aggregatie="verhouding", bronnen=SHARE)
    db = wereld([share], [maak_cel("a", "PV22", 2022, 1.0), maak_cel("b", "PV22", 2022, 3.0)])
    value = row(db, "PV22")
    assert (value["waarde"], value["teller"], value["noemer"]) == (100 * 1.0 / 3.0, 1.0, 3.0)
    assert value["benadering"] is False


def test_without_a_noemer_the_value_is_factor_times_teller(wereld, maak_cel, maak_kaart):
    card = maak_kaart(bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}], "factor": 1000}])
    value = row(wereld([card], [maak_cel("a", "PV22", 2022, 2.5)]), "PV22")
    assert (value["waarde"], value["teller"], value["noemer"]) == (2500.0, 2.5, None)


def test_codes_in_a_list_add_up_and_gewicht_minus_one_subtracts(wereld, maak_cel, maak_kaart):
    card = maak_kaart(
        bronnen=[
            {
                "tabel": "t",
                "teller": [
                    {"onderwerp": "a", "uitsplitsing": {"Leeftijd": ["1", "2"]}},
                    {"onderwerp": "a", "uitsplitsing": {"Leeftijd": "3"}, "gewicht": -1},
                ],
            }
        ]
    )
    cells = [maak_cel("a", "PV22", 2022, v, uitsplitsing=f"Leeftijd={c}") for c, v in (("1", 10), ("2", 5), ("3", 4))]
    assert outcome(wereld([card], cells), "PV22") == 11.0
    # one of the three is not in the answer: no sum of the other two
    assert outcome(wereld([card], cells[:2]), "PV22") == "niet_in_selectie"


def test_a_missing_noemer_leaves_the_value_empty_and_keeps_the_teller(wereld, maak_cel, maak_kaart):
    share = maak_kaart(aggregatie="verhouding", bronnen=SHARE)
    cells = [maak_cel("a", r, 2022, 1.0) for r in ("PV22", "NL01")] + [maak_cel("b", "NL01", 2022, 2.0)]
    db = wereld([share], cells)
    assert outcome(db, "PV22") == "niet_in_selectie"
    assert row(db, "PV22")["teller"] == 1.0
    assert row(db, "PV22")["noemer"] is None


def test_a_noemer_that_the_source_does_not_have_yet_is_not_one(wereld, maak_cel, maak_kaart):
    share = maak_kaart(aggregatie="verhouding", bronnen=SHARE)
    cells = [maak_cel("a", "PV22", j, 1.0) for j in (2022, 2023)] + [maak_cel("b", "PV22", 2022, 2.0)]
    db = wereld([share], cells)
    assert outcome(db, "PV22", 2022) == 50.0
    assert outcome(db, "PV22", 2023) == "niet_in_selectie"


def test_dividing_by_zero_gives_no_value(wereld, maak_cel, maak_kaart):
    share = maak_kaart(aggregatie="verhouding", bronnen=SHARE)
    db = wereld([share], [maak_cel("a", "PV22", 2022, 1.0), maak_cel("b", "PV22", 2022, 0.0)])
    assert outcome(db, "PV22") == "niet_van_toepassing"


def test_the_cell_of_a_year_earlier_gives_growth(wereld, maak_cel, maak_kaart):
    growth = maak_kaart(
        aggregatie="niet",
        bronnen=[
            {
                "tabel": "t",
                "teller": [
                    {"onderwerp": "a"},
                    {"onderwerp": "a", "periode_verschuiving": -1, "gewicht": -1},
                ],
                "noemer": [{"onderwerp": "a", "periode_verschuiving": -1}],
                "factor": 100,
            }
        ],
    )
    db = wereld([growth], [maak_cel("a", "PV22", 2021, 50.0), maak_cel("a", "PV22", 2022, 60.0)])
    assert outcome(db, "PV22", 2022) == 20.0
    assert outcome(db, "PV22", 2021) == "niet_in_selectie"
    assert row(db, "PV22", 2023) is None


def test_the_region_of_the_value_stands_for_regio_in_a_uitsplitsing(wereld, maak_cel, maak_kaart):
    commuting = maak_kaart(
        aggregatie="niet",
        bronnen=[
            {
                "tabel": "t",
                "teller": [
                    {"onderwerp": "a", "uitsplitsing": {"Werk": "{regio}"}, "regio": "NL01"},
                    {"onderwerp": "a", "uitsplitsing": {"Werk": "{regio}"}, "gewicht": -1},
                ],
                "noemer": [{"onderwerp": "a", "uitsplitsing": {"Werk": "{regio}"}, "regio": "NL01"}],
                "factor": 100,
            }
        ],
    )
    cells = [
        maak_cel("a", woon, 2022, v, uitsplitsing=f"Werk={werk}")
        for woon, werk, v in (
            ("NL01", "GM0106", 80.0),
            ("GM0106", "GM0106", 60.0),
            ("GM0114", "GM0106", 9.0),
            ("NL01", "GM0114", 40.0),
            ("GM0114", "GM0114", 10.0),
        )
    ]
    db = wereld([commuting], cells)
    assert outcome(db, "GM0106") == 25.0
    assert outcome(db, "GM0114") == 75.0
    assert outcome(db, "GM0118") == "niet_in_selectie"


def test_a_fixed_region_gives_the_share_in_the_netherlands(wereld, maak_cel, maak_kaart):
    share = maak_kaart(
        bronnen=[
            {
                "tabel": "t",
                "teller": [{"onderwerp": "a"}],
                "noemer": [{"onderwerp": "a", "regio": "NL01"}],
                "factor": 100,
            }
        ]
    )
    cells = [maak_cel("a", r, 2022, v) for r, v in (("NL01", 200.0), ("PV22", 4.0), ("GM0114", 1.0), ("GM0160", 2.0))]
    db = wereld([share], cells)
    assert outcome(db, "PV22") == 2.0
    assert outcome(db, "NL01") == 100.0
    # parts of one whole: the shares of the members add up, the whole is not counted twice
    assert outcome(db, "RD2018") == 1.5
    secret = wereld([share], [maak_cel("a", "NL01", 2022, "geheim"), *cells[1:]])
    assert outcome(secret, "PV22") == "geheim"


# ---------------------------------------------------------------------------------------------------- which source


def two_sources(**extra):
    return [{"tabel": t, "teller": [{"onderwerp": "a"}], **extra.get(t, {})} for t in ("t", "u")]


def test_the_first_source_with_a_value_gives_the_whole_period(wereld, maak_cel, maak_kaart):
    card = maak_kaart(bronnen=two_sources())
    db = wereld(
        [card],
        [
            maak_cel("a", "PV22", 2022, 1.0),
            *(maak_cel("a", r, j, 9.0, tabel="u") for r in ("PV22", "NL01") for j in (2021, 2022)),
        ],
    )
    assert outcome(db, "PV22", 2021) == 9.0
    assert outcome(db, "PV22", 2022) == 1.0
    # the second source has the Netherlands, but a comparison never mixes two sources
    assert outcome(db, "NL01", 2022) == "niet_in_selectie"
    stand = db.execute("SELECT waarde_nl, verschil_nl FROM monitor.stand WHERE regio = 'PV22'").fetchone()
    assert stand == (None, None)


def test_a_source_without_any_value_in_a_period_makes_way(wereld, maak_cel, maak_kaart):
    card = maak_kaart(bronnen=two_sources())
    empty = [maak_cel("a", r, 2022, "niet_gepubliceerd") for r in ("PV22", "NL01")]
    db = wereld([card], [*empty, maak_cel("a", "PV22", 2022, 9.0, tabel="u")])
    assert outcome(db, "PV22") == 9.0
    assert outcome(wereld([card], empty), "PV22") == "niet_gepubliceerd"


def test_a_source_for_some_kinds_of_region_leaves_the_others_to_the_next(wereld, maak_cel, maak_kaart):
    card = maak_kaart(bronnen=two_sources(t={"regiosoorten": ["land", "provincie"]}))
    cells = [maak_cel("a", r, j, 1.0) for r in ("NL01", "PV22", "GM0114") for j in (2022, 2023)]
    cells += [maak_cel("a", r, j, 9.0, tabel="u") for r in ("NL01", "PV22", "GM0114", "GM0160") for j in (2021, 2022)]
    db = wereld([card], cells)
    assert [outcome(db, "PV22", j) for j in (2021, 2022, 2023)] == [9.0, 1.0, 1.0]
    # a value of a municipality in a source that is not for municipalities does not count
    found = [outcome(db, "GM0114", j) for j in (2021, 2022, 2023)]
    assert found == [9.0, 9.0, "niet_in_selectie"]
    # the members of a composite region come from the source for municipalities, each once
    assert outcome(db, "RD2018", 2022) == 18.0


def test_a_source_counts_from_and_up_to_its_years(wereld, maak_cel, maak_kaart):
    card = maak_kaart(bronnen=two_sources(t={"vanaf": 2022}, u={"tot_en_met": 2020}))
    db = wereld(
        [card], [maak_cel("a", "PV22", j, v, tabel=t) for t, v in (("t", 1.0), ("u", 9.0)) for j in range(2019, 2024)]
    )
    found = {j: row(db, "PV22", j) and outcome(db, "PV22", j) for j in range(2019, 2024)}
    assert found == {2019: 9.0, 2020: 9.0, 2021: None, 2022: 1.0, 2023: 1.0}


# ------------------------------------------------------------------------------------------------------ the year


@pytest.mark.parametrize(("rule", "value"), [("som", 26.0), ("gemiddelde", 6.5), ("ultimo", 11.0)])
def test_quarters_become_a_year_by_the_rule_of_the_card(wereld, maak_cel, maak_kaart, rule, value):
    cells = [maak_cel("a", "PV22", f"2022KW0{q}", v) for q, v in enumerate((3.0, 5.0, 7.0, 11.0), start=1)]
    db = wereld([maak_kaart(jaarregel=rule)], cells)
    assert outcome(db, "PV22") == value


@pytest.mark.parametrize("rule", ["som", "gemiddelde", "ultimo"])
def test_a_part_of_a_year_is_no_year(wereld, maak_cel, maak_kaart, rule):
    cells = [maak_cel("a", "PV22", f"2022KW0{q}", 5.0) for q in (1, 2, 3, 4)]
    cells += [maak_cel("a", "PV22", f"2023KW0{q}", 5.0) for q in (1, 2, 3)]
    db = wereld([maak_kaart(jaarregel=rule)], cells)
    assert row(db, "PV22", 2022)["waarde"] is not None
    assert row(db, "PV22", 2023) is None


def test_the_stand_at_the_end_of_the_year_asks_for_december_alone(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "PV22", "2022MM12", 5.0)]
    assert outcome(wereld([maak_kaart(jaarregel="ultimo")], cells), "PV22") == 5.0
    assert row(wereld([maak_kaart(jaarregel="som")], cells), "PV22") is None


def test_a_year_with_an_empty_quarter_is_empty_for_the_reason_of_that_quarter(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "PV22", f"2022KW0{q}", "geheim" if q == 2 else 5.0) for q in (1, 2, 3, 4)]
    cells += [maak_cel("a", "NL01", f"2022KW0{q}", 50.0) for q in (1, 2, 3, 4)]
    db = wereld([maak_kaart(jaarregel="som")], cells)
    assert outcome(db, "PV22") == "geheim"
    assert outcome(db, "NL01") == 200.0
    # the end of the year does not need the second quarter
    assert outcome(wereld([maak_kaart(jaarregel="ultimo")], cells), "PV22") == 5.0


def test_the_year_of_the_source_itself_goes_before_our_sum(wereld, maak_cel, maak_kaart):
    quarters = [maak_cel("a", "PV22", f"2022KW0{q}", 5.0) for q in (1, 2, 3, 4)]
    db = wereld([maak_kaart(jaarregel="som")], [*quarters, maak_cel("a", "PV22", 2022, 21.0)])
    assert outcome(db, "PV22") == 21.0


def test_a_card_of_years_does_not_add_quarters_up(wereld, maak_cel, maak_kaart):
    quarters = [maak_cel("a", "PV22", f"2022KW0{q}", 5.0) for q in (1, 2, 3, 4)]
    assert row(wereld([maak_kaart()], quarters), "PV22") is None


def test_quarters_over_a_year_give_a_ratio(wereld, maak_cel, maak_kaart):
    share = maak_kaart(aggregatie="verhouding", bronnen=SHARE, jaarregel="som")
    quarters = [maak_cel("a", "PV22", f"2022KW0{q}", 5.0) for q in (1, 2, 3, 4)]
    assert outcome(wereld([share], [*quarters, maak_cel("b", "PV22", 2022, 40.0)]), "PV22") == 50.0


def test_a_school_year_keeps_its_name(wereld, maak_cel, maak_kaart):
    share = maak_kaart(aggregatie="verhouding", bronnen=SHARE)
    db = wereld([share], [maak_cel("a", "PV22", "2022SJ00", 1.0), maak_cel("b", "PV22", 2022, 4.0)])
    assert outcome(db, "PV22", "2022SJ00") == 25.0


# ------------------------------------------------------------------------------------------- status, reason, margins


def test_the_status_is_the_least_final_of_the_cells(wereld, maak_cel, maak_kaart):
    cases = {
        2015: ("definitief", "definitief", "definitief"),
        2016: ("definitief", "voorlopig", "voorlopig"),
        2017: ("nader_voorlopig", "voorlopig", "voorlopig"),
        2018: ("nader_voorlopig", "onbekend", "nader_voorlopig"),
        2019: ("definitief", "onbekend", "onbekend"),
    }
    cells = [
        maak_cel(o, "PV22", year, 1.0, status=status)
        for year, (teller, noemer, _) in cases.items()
        for o, status in (("a", teller), ("b", noemer))
    ]
    db = wereld([maak_kaart(aggregatie="verhouding", bronnen=SHARE)], cells)
    assert {year: row(db, "PV22", year)["status"] for year in cases} == {y: c[2] for y, c in cases.items()}


def test_the_status_of_a_fixed_region_counts_too(wereld, maak_cel, maak_kaart):
    share = maak_kaart(
        aggregatie="verhouding",
        bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b", "regio": "NL01"}]}],
    )
    cells = [
        maak_cel(o, regio, year, 1.0, status=status)
        for year, statuses in {2021: ("definitief", "voorlopig"), 2022: ("voorlopig", "definitief")}.items()
        for o, regio, status in zip("ab", ("PV22", "NL01"), statuses, strict=True)
    ]
    db = wereld([share], cells)
    assert [row(db, "PV22", year)["status"] for year in (2021, 2022)] == ["voorlopig", "voorlopig"]


REASONS = ["geheim", "onderdrukt", "onbekend", "niet_gepubliceerd", "niet_in_selectie", "niet_van_toepassing"]


def test_the_reason_that_says_most_is_kept(wereld, maak_cel, maak_kaart):
    cases = dict(enumerate(permutations(REASONS, 2), start=1990))
    cells = [
        maak_cel(o, "PV22", year, reason) for year, pair in cases.items() for o, reason in zip("ab", pair, strict=True)
    ]
    # a cell that is not in the selection is a row that is not there
    cells = [c for c in cells if c["leeg_reden"] != "niet_in_selectie"]
    cells += [maak_cel(o, "NL01", year, 1.0) for year in cases for o in "ab"]
    db = wereld([maak_kaart(aggregatie="verhouding", bronnen=SHARE)], cells)
    found = {pair: outcome(db, "PV22", year) for year, pair in cases.items()}
    assert found == {pair: min(pair, key=REASONS.index) for pair in cases.values()}


def test_a_secret_never_becomes_zero(wereld, maak_cel, maak_kaart):
    cards = [maak_kaart(), maak_kaart("aandeel", aggregatie="verhouding", bronnen=SHARE)]
    cells = [maak_cel("a", r, 2022, v) for r, v in (("GM0114", "geheim"), ("GM0160", 7.0), ("NL01", 9.0))]
    cells += [maak_cel("b", r, 2022, 10.0) for r in ("GM0114", "GM0160", "NL01")]
    db = wereld(cards, cells)
    for regio in ("GM0114", "RD2018"):
        assert outcome(db, regio) == "geheim"
        assert outcome(db, regio, indicator="aandeel") == "geheim"
    zeroes = "SELECT count(*) FROM monitor.indicatorwaarde WHERE waarde = 0 OR (leeg_reden = 'geheim' AND teller = 0)"
    assert db.execute(zeroes).fetchone() == (0,)
    stand = db.execute("SELECT waarde, leeg_reden FROM monitor.stand WHERE indicator = 'maat' AND regio = 'GM0114'")
    assert stand.fetchone() == (None, "geheim")


def test_the_margins_of_a_single_cell_go_along_with_the_factor(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "PV22", 2022, 10.0, marge_onder=9.0, marge_boven=12.0), maak_cel("b", "PV22", 2022, 5.0)]
    times = maak_kaart(bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}], "factor": 10}])
    value = row(wereld([times], cells), "PV22")
    assert (value["marge_onder"], value["marge_boven"]) == (90.0, 120.0)
    minus = maak_kaart(bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a", "gewicht": -1}]}])
    value = row(wereld([minus], cells), "PV22")
    assert (value["marge_onder"], value["marge_boven"]) == (-12.0, -9.0)
    share = maak_kaart(aggregatie="verhouding", bronnen=SHARE)
    value = row(wereld([share], cells), "PV22")
    assert (value["marge_onder"], value["marge_boven"]) == (None, None)


# ----------------------------------------------------------------------------------------------------- which regions


def test_what_the_report_needs_is_a_row_with_its_reason(wereld, maak_cel, maak_kaart):
    db = wereld([maak_kaart()], [maak_cel("a", "NL01", 2022, 1.0)])
    for regio in ("PV22", "PV23", "CR07", "CR08", "CR09", "GM0106", "GM0118", "GM0160", "RD2018"):
        assert outcome(db, regio) == "niet_in_selectie"


def test_a_region_of_another_period_is_a_row_with_its_reason(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "GM0003", 2019, 1.0), *(maak_cel("a", "NL01", j, 9.0) for j in (2019, 2020))]
    assert outcome(wereld([maak_kaart()], cells), "GM0003", 2020) == "niet_in_selectie"


def test_an_abolished_municipality_has_no_rows_after_its_end(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "NL01", j, 9.0) for j in range(2019, 2023)]
    cells += [maak_cel("a", "GM0003", j, 1.0 if j < 2021 else "niet_van_toepassing") for j in range(2019, 2023)]
    cells += [maak_cel("a", "GM1979", j, 2.0 if j > 2020 else "niet_van_toepassing") for j in range(2020, 2023)]
    db = wereld([maak_kaart()], cells)
    assert [row(db, "GM0003", j) is not None for j in range(2019, 2023)] == [True, True, False, False]
    assert [row(db, "GM1979", j) is not None for j in range(2019, 2023)] == [False, False, True, True]


def test_figures_recalculated_to_todays_division_are_kept(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "GM1979", 2015, 2.0), maak_cel("a", "GM0003", 2022, "geheim")]
    db = wereld([maak_kaart()], cells)
    assert outcome(db, "GM1979", 2015) == 2.0
    assert outcome(db, "GM0003", 2022) == "geheim"


# ------------------------------------------------------------------------------------------------- composite regions

RATIO_CELLS = [("GM0114", 10.0, 40.0), ("GM0160", 20.0, 40.0)]


def test_counts_of_members_add_up(wereld, maak_cel, maak_kaart):
    db = wereld([maak_kaart()], [maak_cel("a", r, 2012, v) for r, v, _ in RATIO_CELLS])
    # RD2018 is of 2018, its series goes back: always the same area
    assert outcome(db, "RD2018", 2012) == 30.0
    assert row(db, "RD2018", 2012)["benadering"] is False


def test_a_ratio_of_members_is_the_sum_of_tellers_over_the_sum_of_noemers(wereld, maak_cel, maak_kaart):
    card = maak_kaart(aggregatie="verhouding", bronnen=SHARE)
    cells = [maak_cel(o, r, 2022, v) for r, a, b in RATIO_CELLS for o, v in (("a", a), ("b", b))]
    value = row(wereld([card], cells), "RD2018")
    assert (value["waarde"], value["teller"], value["noemer"]) == (37.5, 30.0, 80.0)
    assert value["benadering"] is False


def test_a_weighted_mean_of_members_is_marked_as_an_approximation(wereld, maak_cel, maak_kaart):
    weight = maak_kaart("inwoners", bronnen=[{"tabel": "t", "teller": [{"onderwerp": "b"}]}])
    card = maak_kaart(aggregatie="gewogen", gewicht="inwoners")
    cells = [
        maak_cel(o, r, 2022, v)
        for r, a, b in (("GM0114", 10.0, 30.0), ("GM0160", 20.0, 10.0))
        for o, v in (("a", a), ("b", b))
    ]
    cells[0]["status"] = "voorlopig"
    last_year = [maak_cel("b", r, 2021, 1000.0) for r in ("GM0114", "GM0160")]
    db = wereld([weight, card], [*cells, *last_year])
    value = row(db, "RD2018")
    assert (value["waarde"], value["teller"], value["noemer"]) == (12.5, 500.0, 40.0)
    assert value["benadering"] is True
    assert value["status"] == "voorlopig"
    assert row(db, "GM0114")["benadering"] is False
    # no weight for one member in that year, nor one of another year instead
    without = [c for c in cells if (c["onderwerp"], c["regio"]) != ("b", "GM0160")]
    db = wereld([weight, card], [*without, *last_year])
    assert outcome(db, "RD2018") == "niet_in_selectie"


def test_a_median_is_not_added_up(wereld, maak_cel, maak_kaart):
    card = maak_kaart(aggregatie="niet")
    db = wereld([card], [maak_cel("a", r, 2022, v) for r, v, _ in RATIO_CELLS])
    assert outcome(db, "RD2018") == "niet_van_toepassing"
    assert outcome(db, "PV22") == "niet_in_selectie"
    assert db.execute("SELECT count(*) FROM monitor.herkomst WHERE regio = 'RD2018'").fetchone() == (0,)


@pytest.mark.parametrize("aggregatie", ["som", "verhouding"])
def test_a_missing_member_empties_the_composite(wereld, maak_cel, maak_kaart, aggregatie):
    card = maak_kaart(aggregatie=aggregatie, bronnen=SHARE)
    cells = [maak_cel(o, "GM0114", 2022, 1.0) for o in "ab"]
    assert outcome(wereld([card], cells), "RD2018") == "niet_in_selectie"
    secret = [maak_cel("a", "GM0160", 2022, "geheim"), maak_cel("b", "GM0160", 2022, 1.0)]
    assert outcome(wereld([card], [*cells, *secret]), "RD2018") == "geheim"


def test_a_member_that_did_not_exist_yet_empties_the_composite(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "GM0106", j, 1.0) for j in (2020, 2022)] + [maak_cel("a", "GM1979", 2022, 2.0)]
    db = wereld([maak_kaart()], cells)
    assert outcome(db, "RGA", 2022) == 3.0
    assert outcome(db, "RGA", 2020) == "niet_van_toepassing"


TWAALF = ("GM0106", "GM1680", "GM0114", "GM0109", "GM0118")


def test_what_the_source_publishes_is_taken_and_never_our_sum(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", r, 2022, 10.0) for r in TWAALF]
    published = [maak_cel("a", "PV22", 2022, 52.0), maak_cel("a", "CR07", 2022, "geheim")]
    db = wereld([maak_kaart()], [*cells, *published])
    assert outcome(db, "PV22") == 52.0
    assert outcome(db, "CR07") == "geheim"
    # a table of StatLine whose province is not in our selection
    db = wereld([maak_kaart()], cells, bron="cbs")
    assert outcome(db, "PV22") == "niet_in_selectie"


def test_a_delivery_of_municipalities_gives_drenthe_and_its_corop_areas_by_their_members(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", r, 2022, 10.0) for r in TWAALF]
    db = wereld([maak_kaart()], cells)
    assert outcome(db, "PV22") == 50.0
    assert outcome(db, "CR07") == 20.0
    assert outcome(db, "NL01") == "niet_in_selectie"
    assert outcome(db, "PV23") == "niet_in_selectie"
    assert outcome(wereld([maak_kaart()], cells[1:]), "PV22") == "niet_in_selectie"


# ------------------------------------------------------------------------------------------------- state and checks


def stand(db, regio, indicator="maat"):
    query = db.execute("FROM monitor.stand WHERE indicator = ? AND regio = ?", [indicator, regio])
    return dict(zip([d[0] for d in query.description], query.fetchone(), strict=True))


def test_the_state_compares_with_the_netherlands_a_year_ago_and_the_previous_edition(wereld, maak_cel, maak_kaart):
    card = maak_kaart(aggregatie="niet", eenheid="%")
    cells = [maak_cel("a", "PV22", j, v) for j, v in ((2022, 1.0), (2023, 3.0), (2024, 8.0), (2027, 99.0))]
    db = wereld([card], [*cells, maak_cel("a", "NL01", 2024, 10.0)])
    found = stand(db, "PV22")
    assert (found["laatste_periode"], found["waarde"]) == ("2024JJ00", 8.0)
    assert (found["waarde_nl"], found["verschil_nl"], found["verschil_nl_pct"]) == (10.0, -2.0, -20.0)
    assert (found["vorige_periode"], found["verandering_jaar"]) == ("2023JJ00", 5.0)
    assert (found["editie_periode"], found["verandering_editie"]) == ("2022JJ00", 7.0)


def test_a_count_is_compared_as_a_share_of_the_netherlands(wereld, maak_cel, maak_kaart):
    db = wereld([maak_kaart()], [maak_cel("a", "PV22", 2024, 3.0), maak_cel("a", "NL01", 2024, 100.0)])
    found = stand(db, "PV22")
    assert (found["waarde_nl"], found["verschil_nl"], found["aandeel_nl_pct"]) == (100.0, None, 3.0)
    # a balance can be below zero, and then has no share
    db = wereld([maak_kaart()], [maak_cel("a", "PV22", 2024, -3.0), maak_cel("a", "NL01", 2024, 100.0)])
    assert stand(db, "PV22")["aandeel_nl_pct"] is None


def test_the_sources_stand_under_an_indicator_with_their_date(wereld, maak_cel, maak_kaart):
    card = maak_kaart(bronnen=two_sources())
    db = wereld([card], [maak_cel("a", "PV22", 2024, 1.0)], ontbreekt={"u": "niet gegeven"})
    assert db.execute("SELECT id, bronvermelding FROM monitor.indicator").fetchall() == [
        ("maat", "CBS, t Tabel t, stand 23-06-2026; CBS, u Tabel u, niet beschikbaar")
    ]


def test_a_delivery_of_several_publishers_is_named_by_the_topics_that_a_card_uses(wereld, maak_cel, maak_kaart):
    cards = [
        maak_kaart(id="banen", bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}]}]),
        maak_kaart(
            id="deel",
            aggregatie="verhouding",
            bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b"}]}],
        ),
    ]
    cells = [maak_cel("a", "PV22", 2024, 1.0), maak_cel("b", "PV22", 2024, 2.0)]
    db = wereld(cards, cells, uitgevers={("t", "a"): "UWV", ("t", "b"): "LISA", ("t", "c"): "KvK"})
    assert db.execute("SELECT id, bronvermelding FROM monitor.indicator ORDER BY id").fetchall() == [
        ("banen", "UWV, t Tabel t, stand 23-06-2026"),
        ("deel", "LISA en UWV, t Tabel t, stand 23-06-2026"),
    ]


def test_regions_of_one_kind_share_their_last_period(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "GM0106", j, 1.0) for j in (2023, 2024)]
    cells += [maak_cel("a", "GM0114", 2023, 2.0), maak_cel("a", "GM0114", 2024, "geheim")]
    # a municipality elsewhere that is earlier than those of the report does not set the period
    cells += [maak_cel("a", "PV22", 2022, 5.0), maak_cel("a", "GM1979", 2025, 3.0)]
    db = wereld([maak_kaart(aggregatie="niet")], cells)
    assert stand(db, "PV22")["laatste_periode"] == "2022JJ00"
    found = stand(db, "GM0114")
    assert (found["laatste_periode"], found["waarde"], found["leeg_reden"]) == ("2024JJ00", None, "geheim")


def test_no_change_is_given_across_a_series_break(wereld, maak_cel, maak_kaart):
    card = maak_kaart(breuken=[{"vanaf": 2023, "reden": "nieuwe methode"}])
    db = wereld([card], [maak_cel("a", "PV22", j, float(j)) for j in (2022, 2023, 2024)])
    found = stand(db, "PV22")
    assert (found["verandering_jaar"], found["verandering_editie"]) == (1.0, None)
    assert db.execute("FROM monitor.breuk").fetchall() == [("maat", 2023, "nieuwe methode")]


def test_parts_are_held_against_the_published_total(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", r, 2022, 10.0) for r in TWAALF]
    cells += [
        maak_cel("a", r, 2022, v) for r, v in (("CR07", 20.0), ("PV22", 57.0), ("PV23", "geheim"), ("NL01", 90.0))
    ]
    db = wereld([maak_kaart()], cells)
    found = {
        (r, s): (som, totaal, verschil, tolerantie)
        for r, s, som, totaal, verschil, tolerantie in db.execute(
            "SELECT regio, delen_soort, som_delen, totaal, verschil, tolerantie FROM monitor.controle"
        ).fetchall()
    }
    assert found[("CR07", "gemeente")] == (20.0, 20.0, 0.0, 1.5)
    # five municipalities and the total, half a unit each
    assert found[("PV22", "gemeente")] == (50.0, 57.0, -7.0, 3.0)
    # an empty part: no sum, and nothing that fails
    assert found[("NL01", "provincie")][0] is None
    assert set(found) == {("CR07", "gemeente"), ("PV22", "gemeente"), ("PV22", "corop"), ("NL01", "provincie")}


def test_a_source_that_rounds_to_five_gets_the_tolerance_of_five(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", r, j, 5.0 * (j - 1980)) for j in range(1990, 2023) for r in TWAALF]
    cells += [maak_cel("a", "PV22", j, 25.0 * (j - 1980) + 15) for j in range(1990, 2023)]
    db = wereld([maak_kaart()], cells)
    found = db.execute("SELECT DISTINCT verschil, tolerantie FROM monitor.controle WHERE regio = 'PV22'").fetchall()
    assert found == [(-15.0, 15.0)]


def test_every_card_without_a_value_for_drenthe_says_why(wereld, maak_cel, maak_kaart):
    def of(tabel, onderwerp="a", **extra):
        return maak_kaart(
            f"{tabel}_{onderwerp}",
            aggregatie="niet",
            bronnen=[{"tabel": tabel, "teller": [{"onderwerp": onderwerp}]}],
            **extra,
        )

    cards = [
        of("weg"),
        of("t", "zoek"),
        of("t", "maand"),
        of("deel"),
        of("gemeenten"),
        of("t", "geheim"),
        of("t", "goed"),
    ]
    cells = [
        maak_cel("maand", "PV22", "2022MM01", 1.0),
        maak_cel("a", "NL01", 2022, 1.0, tabel="deel"),
        maak_cel("a", "GM0106", 2022, 1.0, tabel="gemeenten"),
        maak_cel("geheim", "PV22", 2022, "geheim"),
        maak_cel("goed", "PV22", 2022, 1.0),
        maak_cel("kent", "PV22", 2022, 1.0, tabel="deel"),
    ]
    db = wereld(cards, cells, ontbreekt={"weg": "niet gegeven"}, niet_gevonden=[("t", "zoek")])
    found = {
        i: (r, u) for i, r, u in db.execute("SELECT indicator, reden, uitleg FROM monitor.niet_beschikbaar").fetchall()
    }
    assert {i: r for i, (r, _) in found.items()} == {
        "weg_a": "aanlevering_ontbreekt",
        "t_zoek": "onderwerp_niet_gevonden",
        "t_maand": "geen_heel_jaar",
        "deel_a": "niet_in_selectie",
        "gemeenten_a": "niveau",
        "t_geheim": "leeg",
    }
    assert found["weg_a"][1] == "De aanlevering ‘Tabel weg’ is niet aangeleverd: niet gegeven."
    assert found["gemeenten_a"][1] == "Aanlevering ‘Tabel gemeenten’ geeft dit cijfer alleen voor gemeenten."
    assert found["t_geheim"][1].endswith("geeft voor de provincie geen waarde: geheim.")
    # the page of every area without a figure has this sentence
    assert not [u for _, u in found.values() if "Drenthe" in u]


@pytest.mark.parametrize(
    ("reden", "uitleg"),
    [
        (Reden("niet_aangeleverd"), "is niet aangeleverd."),
        (Reden("afwezig"), "is niet aangeleverd: staat niet bij de bron."),
        (Reden("register_niet_mee"), "aangeleverd: het werkgelegenheidsregister is niet meegenomen."),
        (
            Reden("vraag_geweigerd", {"http": 400}, waar="http://127.0.0.1:1/t"),
            "aangeleverd: de bron weigert de vraag.",
        ),
    ],
)
def test_a_reason_for_readers_has_no_command(wereld, maak_cel, maak_kaart, reden, uitleg):
    db = wereld(
        [maak_kaart(bronnen=[{"tabel": "weg", "teller": [{"onderwerp": "a"}]}])], [], ontbreekt={"weg": (reden,)}
    )
    ((found,),) = db.execute("SELECT uitleg FROM monitor.niet_beschikbaar").fetchall()
    assert found.startswith("De aanlevering ‘Tabel weg’ ") and found.endswith(uitleg)


def test_the_kinds_of_region_that_do_have_a_figure_are_named_as_a_sentence(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", r, 2022, 1.0) for r in ("NL01", "GM0106", "CR07")]
    db = wereld([maak_kaart(bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}]}])], cells)
    ((found,),) = db.execute("SELECT uitleg FROM monitor.niet_beschikbaar").fetchall()
    assert "dit cijfer alleen voor COROP-gebieden, Nederland en gemeenten" in found


def test_what_a_card_gives_per_municipality_alone_has_no_total_and_says_so(wereld, maak_cel, maak_kaart):
    """Who leaves one municipality of the province comes to another: of the whole both are the same number."""
    bron = {"tabel": "t", "teller": [{"onderwerp": "a"}], "regiosoorten": ["gemeente"]}
    cells = [maak_cel("a", r, 2022, 1.0) for r in ("PV22", "CR07", "GM0106", "GM1680", "GM1979")]
    db = wereld([maak_kaart(aggregatie="niet", bronnen=[bron])], cells)
    found = db.execute("SELECT regio FROM monitor.indicatorwaarde WHERE waarde IS NOT NULL ORDER BY regio").fetchall()
    assert found == [("GM0106",), ("GM1680",), ("GM1979",)]
    ((reden, uitleg),) = db.execute("SELECT reden, uitleg FROM monitor.niet_beschikbaar").fetchall()
    assert (reden, uitleg) == ("niveau", "Dit cijfer is er alleen per gemeente.")


def test_reasons_of_one_kind_are_one_sentence(wereld, maak_cel, maak_kaart):
    card = maak_kaart(bronnen=[{"tabel": t, "teller": [{"onderwerp": "a"}]} for t in ("v", "t", "w")])
    cells = [maak_cel("a", "GM0106", 2022, 1.0)]
    db = wereld([card], cells, ontbreekt={"v": "de bron kent dit niet.", "w": "de bron kent dit niet."})
    assert db.execute("SELECT reden, tabel, uitleg FROM monitor.niet_beschikbaar").fetchall() == [
        (
            "aanlevering_ontbreekt",
            "v",
            "De aanlevering ‘Tabel v’ is niet aangeleverd: de bron kent dit niet. Dat geldt ook voor w. "
            "Aanlevering ‘Tabel t’ geeft dit cijfer alleen voor gemeenten; "
            "dat van de provincie is er niet uit te berekenen: wij weten niet van elke gemeente het cijfer en hoe "
            "zwaar zij weegt.",
        )
    ]


def test_a_table_that_we_did_not_fetch_is_not_called_gone_and_a_row_of_codes_is_a_number(wereld, maak_kaart):
    """'Tabel t is er niet: wij hebben deze tabel niet opgehaald', and seven codes behind it."""
    tabellen = ("80001ned", "80002ned", "80003ned", "80004ned")
    for reden, andere, zin in (
        ("niet_opgenomen", tabellen[1:3], "hebben wij niet opgehaald. Dat geldt ook voor 80002ned en 80003ned."),
        ("niet_opgenomen", tabellen[1:], "hebben wij niet opgehaald. Dat geldt ook voor 3 andere tabellen."),
        ("half_antwoord", (), "is er niet: het antwoord is halverwege afgebroken."),
    ):
        card = maak_kaart(bronnen=[{"tabel": t, "teller": [{"onderwerp": "a"}]} for t in (tabellen[0], *andere)])
        db = wereld([card], [], bron="cbs", ontbreekt=dict.fromkeys((tabellen[0], *andere), (Reden(reden),)))
        ((uitleg,),) = db.execute("SELECT uitleg FROM monitor.niet_beschikbaar").fetchall()
        assert uitleg.endswith(zin)


def test_the_same_cells_in_another_order_give_the_same_bits(wereld, maak_cel, maak_kaart):
    card = maak_kaart(
        bronnen=[{"tabel": "t", "teller": [{"onderwerp": o} for o in "abcde"], "factor": 0.1}], jaarregel="gemiddelde"
    )
    cells = [
        maak_cel(o, r, f"2022MM{m:02}", 0.1 * m + n / 7)
        for n, o in enumerate("abcde")
        for r in ("PV22", "GM0114", "GM0160")
        for m in range(1, 13)
    ]
    query = "SELECT regio, waarde FROM monitor.indicatorwaarde WHERE waarde IS NOT NULL ORDER BY regio"
    found = [wereld([card], c).execute(query).fetchall() for c in (cells, cells[::-1])]
    assert len(found[0]) == 4
    assert found[0] == found[1]


def test_a_composite_that_the_source_gives_itself_is_never_our_sum(wereld, maak_cel, maak_kaart):
    members = [maak_cel("a", r, 2022, v) for r, v, _ in RATIO_CELLS]
    db = wereld([maak_kaart()], [*members, maak_cel("a", "RD2018", 2022, 31.0)])
    assert outcome(db, "RD2018") == 31.0
    lid = "SELECT DISTINCT lid FROM monitor.herkomst WHERE regio = 'RD2018'"
    assert db.execute(lid).fetchall() == [("RD2018",)]


def test_a_composite_that_the_source_suppresses_is_not_made_of_its_members(wereld, maak_cel, maak_kaart):
    members = [maak_cel("a", r, 2022, v) for r, v, _ in RATIO_CELLS]
    db = wereld([maak_kaart()], [*members, maak_cel("a", "RD2018", 2022, "onderdrukt")])
    assert outcome(db, "RD2018") == "onderdrukt"


def test_a_composite_with_a_suppressed_member_has_no_value_and_says_so(wereld, maak_cel, maak_kaart):
    cells = [maak_cel("a", "GM0114", 2022, 10.0), maak_cel("a", "GM0160", 2022, "onderdrukt")]
    assert outcome(wereld([maak_kaart()], cells), "RD2018") == "onderdrukt"


def test_a_share_of_a_suppressed_cell_is_suppressed(wereld, maak_cel, maak_kaart):
    card = maak_kaart(aggregatie="verhouding", bronnen=SHARE)
    cells = [maak_cel("a", "GM0114", 2022, "onderdrukt"), maak_cel("b", "GM0114", 2022, 40.0)]
    value = row(wereld([card], cells), "GM0114")
    assert (value["waarde"], value["teller"], value["leeg_reden"]) == (None, None, "onderdrukt")
