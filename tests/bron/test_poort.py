"""The gate: topics by title, path and unit; codes; and the questions that follow from them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bron.bronlijst import Brontabel, Onderwerp
from assets.bron.herkenning import find_exact
from assets.bron.poort import choose, nearest
from assets.bron.structuur import BronOnderwerp, Code, Structuur, describe_selectie, is_periode
from assets.bron.vraag import cover, split_question
from begrippen.redenen import Reden
from begrippen.redenzinnen import zin


def topic(sleutel="T_1", titel="Totaal", pad=("Banen",), eenheid="x 1 000"):
    return BronOnderwerp(sleutel, titel, pad, eenheid)


def expected(**changed):
    return Onderwerp.model_validate({"titel": "Totaal", "eenheid": "x 1 000", "zekerheid": "K"} | changed)


TWO = [topic("T_1"), topic("T_2", pad=("Mannen", "Werknemers"))]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"pad": ["Banen"]}, "T_1"),
        ({"pad": ["Werknemers"]}, "T_2"),
        ({"pad": ["Mannen", "Werknemers"]}, "T_2"),
        ({"pad": ["Mannen"], "titel": " totaal\n"}, "T_2"),
        ({"pad": ["banen"], "eenheid": "x 1000"}, "T_1"),
        ({"v4_code": "T_2"}, "T_2"),
    ],
)
def test_topic_is_found_by_title_path_and_unit(wanted, found):
    vondst = find_exact(expected(**wanted), TWO)
    assert (vondst.onderwerp.sleutel, vondst.reden) == (found, None)


@pytest.mark.parametrize(
    ("wanted", "reden"),
    [
        ({"titel": "Totaal banen"}, "geen onderwerp met de titel 'Totaal banen'"),
        ({"pad": ["Werknemers", "Mannen"]}, "staat niet onder Werknemers > Mannen"),
        ({"pad": ["Banen"], "eenheid": "aantal"}, "de eenheid van 'Totaal' is x 1 000, verwacht is aantal"),
        ({}, "staat er 2 keer"),
    ],
)
def test_what_is_not_found_says_why(wanted, reden):
    vondst = find_exact(expected(**wanted), TWO)
    assert vondst.onderwerp is None and reden in zin((vondst.reden,))


def test_number_in_the_key_plays_no_part():
    renumbered = [replace(t, sleutel=f"{t.sleutel}9") for t in reversed(TWO)]
    assert find_exact(expected(pad=["Banen"]), renumbered).onderwerp.sleutel == "T_19"


def test_namesakes_without_known_groups_are_told_apart_by_their_code_alone():
    bare = [replace(t, pad=None) for t in TWO]
    assert find_exact(expected(pad=["Werknemers"], v4_code="T_2"), bare).onderwerp.sleutel == "T_2"
    assert find_exact(expected(pad=["Werknemers"]), bare).onderwerp is None


def test_a_code_that_stands_under_two_groups_is_one_topic():
    twice = [topic("M1", pad=("A",)), topic("M1", pad=("B",))]
    assert find_exact(expected(), twice).onderwerp.sleutel == "M1"


def test_nearest_candidates_come_best_first():
    topics = [topic("A", "Omzet"), topic("B", "Totaal aantal banen"), topic("C", "Totaal banen")]
    assert nearest(expected(titel="Totaal banen van werknemers", pad=[]), topics)[0].endswith("[C]")
    assert nearest(expected(titel="zzz", pad=[], eenheid="?"), topics) == []


def codes(dim, *values):
    return tuple(Code(dim, v.strip(), f"titel {v.strip()}", v) for v in values)


def tabel(**changed):
    fields = {
        "id": "1NED",
        "titel": "t",
        "api": "v3",
        "zekerheid": "K",
        "dimensies": {
            "RegioS": {"soort": "regio", "regios": ["NL01", "GM*"]},
            "Perioden": {"soort": "periode", "vanaf": 2019, "periodesoorten": ["JJ", "MM"]},
            "Bedrijf": {"soort": "uitsplitsing", "codes": {"A": "titel A", "B": "titel B"}},
        },
        "onderwerpen": {"banen": {"titel": "Totaal", "pad": ["Banen"], "eenheid": "x 1 000", "zekerheid": "K"}},
    }
    return Brontabel.model_validate(fields | changed)


PERIODEN = ("2018JJ00", "2019JJ00", "2019KW01", *(f"2019MM{m:02}" for m in range(1, 13)), "2020MM01")
STRUCTUUR = Structuur(
    tuple(TWO),
    {
        "RegioS": codes("RegioS", "NL01  ", "PV22  ", "GM0106", "GM0114"),
        "Perioden": codes("Perioden", *PERIODEN),
        "Bedrijf": codes("Bedrijf", "A  ", "B  ", "C  "),
    },
)


def anything(question):
    return True


def test_selectie_takes_the_codes_that_are_asked_for():
    keuze, bevinding = choose(tabel(), STRUCTUUR)
    assert bevinding.redenen == bevinding.niet_gevonden == ()
    assert [c.code for c in keuze.codes["RegioS"]] == ["NL01", "GM0106", "GM0114"]
    assert [c.code for c in keuze.codes["Bedrijf"]] == ["A", "B"]
    assert len(keuze.codes["Perioden"]) == 14


def test_question_is_short_and_padded_as_the_source_pads():
    keuze, _ = choose(tabel(), STRUCTUUR)
    (deel,) = split_question(tabel(), keuze, 1, anything)
    assert deel.filter == (
        "(Bedrijf eq 'A  ' or Bedrijf eq 'B  ') and "
        "(Perioden eq '2019JJ00' or startswith(Perioden,'2019MM') or Perioden eq '2020MM01') and "
        "(startswith(RegioS,'GM') or RegioS eq 'NL01  ')"
    )


def test_second_region_dimension_is_asked_by_prefix():
    second = tabel().model_dump()
    second["dimensies"]["Bedrijf"] = {"soort": "uitsplitsing", "codes": {"A": "titel A"}, "ook_regios": ["GM"]}
    structuur = replace(
        STRUCTUUR, codes={**STRUCTUUR.codes, "Bedrijf": codes("Bedrijf", "A  ", "B  ", "GM0106", "GM0114")}
    )
    keuze, _ = choose(Brontabel.model_validate(second), structuur)
    assert [c.code for c in keuze.codes["Bedrijf"]] == ["A", "GM0106", "GM0114"]
    (deel,) = split_question(Brontabel.model_validate(second), keuze, 1, anything)
    assert deel.filter.startswith("(Bedrijf eq 'A  ' or startswith(Bedrijf,'GM')) and ")


def test_dimension_that_the_list_does_not_name_refuses_and_names_both_lists():
    more = replace(STRUCTUUR, codes={**STRUCTUUR.codes, "Geslacht": codes("Geslacht", "1")})
    (reden,) = choose(tabel(), more)[1].redenen
    assert reden == Reden(
        "andere_dimensies",
        {"gevonden": ("Bedrijf", "Geslacht", "Perioden", "RegioS"), "verwacht": ("Bedrijf", "Perioden", "RegioS")},
    )


def test_code_that_is_gone_is_listed_with_candidates_and_a_renamed_one_is_a_warning():
    fewer = replace(
        STRUCTUUR,
        codes={
            **STRUCTUUR.codes,
            "Bedrijf": (Code("Bedrijf", "B", "titel anders", "B"), Code("Bedrijf", "X", "titel A nieuw", "X")),
        },
    )
    keuze, bevinding = choose(tabel(), fewer)
    assert bevinding.redenen == ()
    assert bevinding.niet_gevonden == (
        {
            "onderwerp": "Bedrijf=A",
            "reden": {"code": "code_ontbreekt", "gegevens": {"code": "A", "titel": "titel A"}},
            "kandidaten": ["X titel A nieuw", "B titel anders"],
        },
    )
    assert "Bedrijf=B heet nu 'titel anders'" in zin(bevinding.waarschuwingen)
    assert [c.code for c in keuze.codes["Bedrijf"]] == ["B"]


def test_dimension_of_which_no_code_is_left_refuses():
    none = replace(STRUCTUUR, codes={**STRUCTUUR.codes, "Bedrijf": codes("Bedrijf", "Z")})
    assert Reden("geen_code", {"dimensie": "Bedrijf"}) in choose(tabel(), none)[1].redenen


@pytest.mark.parametrize("odd", ["2025J00", "2025", "2025QQ01", "2025MM13", "Totaal  "])
def test_unknown_notation_of_a_period_refuses_and_names_it(odd):
    more = replace(STRUCTUUR, codes={**STRUCTUUR.codes, "Perioden": codes("Perioden", *PERIODEN, odd)})
    assert Reden("periode_onbekend", {"periodes": (odd.strip(),)}) in choose(tabel(), more)[1].redenen


@pytest.mark.parametrize("code", ["2025JJ00", "2026KW04", "2026MM12", "2024SJ00", "2024HJ02", "2020X000", "2013G400"])
def test_known_notations_of_periods(code):
    assert is_periode(code)


def test_unconfirmed_topics_alone_do_not_make_an_answer():
    nothing = tabel(onderwerpen={"a": {"titel": "weg", "eenheid": "x", "zekerheid": "U"}})
    assert choose(nothing, STRUCTUUR)[1].redenen == (Reden("geen_onderwerp"),)


def test_selectie_is_the_same_text_whatever_the_order_of_the_list():
    swapped = tabel().model_dump()
    swapped["dimensies"] = dict(reversed(swapped["dimensies"].items()))
    assert describe_selectie(Brontabel.model_validate(swapped)) == describe_selectie(tabel())


@settings(deadline=None)
@given(
    years=st.integers(1, 30),
    kinds=st.sets(st.sampled_from(["JJ", "KW", "MM"]), min_size=1),
    parts=st.integers(1, 6),
    topics=st.integers(0, 200),
    limit=st.sampled_from([400, 2000, 5000]),
)
def test_parts_ask_for_each_cell_once_and_stay_within_the_limit(years, kinds, parts, topics, limit):
    all_periods = [
        f"{1995 + y}{k}{n:02}"
        for y in range(years)
        for k, ns in (("JJ", [0]), ("KW", range(1, 5)), ("MM", range(1, 13)))
        for n in ns
    ]
    wide = tabel().model_dump()
    wide["dimensies"]["Perioden"] = {"soort": "periode", "vanaf": 1996, "periodesoorten": sorted(kinds)}
    t = Brontabel.model_validate(wide)
    keuze, _ = choose(t, replace(STRUCTUUR, codes={**STRUCTUUR.codes, "Perioden": codes("Perioden", *all_periods)}))
    if not keuze.codes["Perioden"]:
        return
    terms = [f"Measure eq 'M{i}'" for i in range(topics)]
    delen = split_question(t, keuze, parts, lambda q: len(q) <= limit, terms)

    def asked(question):
        own = re.findall(r"Measure eq '(M\d+)'", question) or [None]
        single = re.findall(r"Perioden eq '(\w+)'", question)
        prefixes = tuple(re.findall(r"startswith\(Perioden,'(\w+)'\)", question))
        return [(m, p) for m in own for p in all_periods if p in single or p.startswith(prefixes)]

    cells = [cell for deel in delen for cell in asked(deel.filter)]
    wanted = {(f"M{i}" if topics else None, c.code) for i in range(topics or 1) for c in keuze.codes["Perioden"]}
    assert len(cells) == len(set(cells)) and set(cells) == wanted
    assert all(len(d.filter) <= limit for d in delen)
    periods_in_terms = len({c.code[:6] for c in keuze.codes["Perioden"]})
    assert len(delen) >= min(parts, periods_in_terms)


@given(
    codes_=st.sets(st.text(alphabet="AB1", min_size=1, max_size=4), min_size=1, max_size=12),
    chosen=st.sets(st.integers(0, 11)),
    shortest=st.integers(1, 4),
)
def test_cover_names_exactly_the_codes_that_are_wanted(codes_, chosen, shortest):
    every = [Code("D", c, c, c.ljust(6)) for c in sorted(codes_)]
    wanted = [c for i, c in enumerate(every) if i in chosen]
    terms = cover(wanted, every, shortest)

    def named(term, code):
        kind, value = re.fullmatch(r"(?:startswith\(D,|D eq )'(.*?)'(\)?)", term).group(2, 1)
        return code.sleutel.startswith(value) if kind else code.sleutel == value

    found = [c for term in terms for c in every if named(term, c)]
    assert sorted(c.code for c in found) == sorted(c.code for c in wanted)
    assert len(terms) <= len(wanted)
    assert all(len(t.split("'")[1].rstrip()) >= shortest for t in terms if t.startswith("startswith"))


def test_question_that_is_too_long_is_split_over_its_longest_list():
    keuze, _ = choose(tabel(), STRUCTUUR)
    delen = split_question(tabel(), keuze, 1, lambda q: len(q) < 150)
    assert len(delen) > 2 and all(len(d.filter) < 150 for d in delen)


@pytest.mark.parametrize("code", ["0000JJ00", "9999JJ00", "２０２５JJ00", "2025W０1", "2101KW01"])
def test_year_out_of_reach_or_in_other_digits_is_no_notation(code):
    assert not is_periode(code)
