"""What stands over a figure is claimed: noise is no difference, a tie no winner, and the years are those shown."""

from dataclasses import replace
from typing import Any

import pytest

from reports.analyse import Analyses, Prognosejaar
from reports.bewering import Bewering, Beweringen
from reports.document import Figuur
from reports.figuren import make_lijnbeeld, make_puntbeeld, make_veelluik
from reports.figuren.doek import Doek
from reports.figuren.lijn import lijn_alt
from reports.figuren.stippen import draw_stippen
from reports.figuren.veelluik import draw_veelluik
from reports.figuurzinnen import (
    AANTALLEN,
    VOLGORDE_KLEIN,
    VOLGORDE_TOEVAL,
    met_kaartkop,
    met_telling,
    met_uitersten,
    punt_kop,
    reeks_kop,
    reeksbeeld,
)
from reports.model import Indicator, Rapport
from tests.reports.voorbeeldbeweringen import make_beweringen
from tests.reports.voorbeeldrapport import (
    COROP,
    DRENTHE,
    GEMEENTEN,
    NL,
    make_indicator,
    make_rapport,
    punten,
    with_series,
)

DOEK = Doek()


def rapport_met(card: Indicator) -> Rapport:
    return make_rapport(card)


def per_gemeente(card: Indicator, *waarden: float) -> Indicator:
    reeksen = {g.code: punten([w, w]) for g, w in zip(GEMEENTEN, waarden, strict=True)}
    return with_series(replace(card, meting="telling"), **reeksen)


def kop_van(card: Indicator) -> str:
    beeld = make_puntbeeld(card, (GEMEENTEN, COROP), DRENTHE, NL)
    assert beeld is not None
    return punt_kop(card, beeld, rapport_met(card))


def gewoon(eerste: float, laatste: float) -> list[float]:
    return [eerste, *(50.0,) * (len(GEMEENTEN) - 2), laatste]


@pytest.mark.parametrize(
    ("eenheid", "aggregatie", "hoog", "laag"),
    [
        ("%", "gewogen", "Hoogst", "laagst"),
        ("km", "gewogen", "Langste afstand", "kortste afstand"),
        ("ha", "gewogen", "Het meest", "het minst"),
    ],
)
def test_the_most_and_the_least_are_said_as_the_unit_wants(eenheid: str, aggregatie: str, hoog: str, laag: str) -> None:
    card = per_gemeente(make_indicator(eenheid=eenheid, aggregatie=aggregatie), *gewoon(60, 40))
    assert kop_van(card) == f"{hoog} in {GEMEENTEN[0].naam}, {laag} in {GEMEENTEN[-1].naam} (2021)"


def test_of_an_estimate_without_a_margin_nobody_is_highest() -> None:
    card = replace(per_gemeente(make_indicator(), *gewoon(60, 40)), meting="steekproef")
    assert kop_van(card) == "Van 40,0% tot 60,0% in de 12 gemeenten (2021, schattingen)"


def test_a_map_says_where_it_is_high_only_where_somebody_is() -> None:
    telling = per_gemeente(make_indicator(), *gewoon(60, 40))
    met = {g.code: 30.0 for g in GEMEENTEN}
    for card, kop, noot in (
        (telling, "Waar hoog en waar laag (2021)", ""),
        (replace(telling, meting="steekproef"), "Per gemeente (2021, schattingen)", VOLGORDE_TOEVAL),
        (met_marge(replace(telling, meting="steekproef"), **met), "Per gemeente (2021, schattingen)", VOLGORDE_TOEVAL),
        # counted, and hardly apart: small, and not by chance
        (per_gemeente(make_indicator(), *(50.0,) * 11, 49.95), "Per gemeente (2021)", VOLGORDE_KLEIN),
        (replace(telling, aggregatie="som", eenheid="aantal"), "Per gemeente (2021)", AANTALLEN),
    ):
        beeld = make_puntbeeld(card, (GEMEENTEN, COROP), DRENTHE, NL)
        assert beeld is not None
        figuur = met_kaartkop(Figuur("", "", "Kaart.", ("A is hoog.",)), card, beeld, rapport_met(card))
        erbij = (noot,) if noot else ()
        assert (figuur.kop, figuur.noten, figuur.alt) == (kop, ("A is hoog.", *erbij), " ".join(("Kaart.", *erbij)))


def met_marge(card: Indicator, **marges: float) -> Indicator:
    """The card with a margin of so much to either side for these regions, and of 0.1 for the others."""
    reeksen = {}
    for g in GEMEENTEN:
        punt = card.points(g.code)[-1]
        assert punt.waarde is not None
        m = marges.get(g.code, 0.1)
        reeksen[g.code] = (replace(punt, marge_onder=punt.waarde - m, marge_boven=punt.waarde + m),)
    return with_series(card, **reeksen)


def test_the_highest_is_named_where_the_margins_keep_it_apart_from_the_second() -> None:
    card = replace(per_gemeente(make_indicator(), 60, 58, *(50.0,) * 9, 40), meting="steekproef")
    assert kop_van(met_marge(card)) == (
        f"Hoogst in {GEMEENTEN[0].naam}, laagst in {GEMEENTEN[-1].naam} (2021, schattingen)"
    )
    # 60 and 58 may be the other way around; 40 is apart from all others
    twee = met_marge(card, **{g.code: 1.5 for g in GEMEENTEN[:2]})
    assert (
        kop_van(twee) == f"Laagst in {GEMEENTEN[-1].naam}, van 40,0% tot 60,0% in de 12 gemeenten (2021, schattingen)"
    )
    # a wide margin further down keeps the highest from being the highest too
    ver = met_marge(card, **{GEMEENTEN[5].code: 20.0})
    assert kop_van(ver) == "Van 40,0% tot 60,0% in de 12 gemeenten (2021, schattingen)"
    beeld = make_puntbeeld(twee, (GEMEENTEN, COROP), DRENTHE, NL)
    assert beeld is not None
    alt = met_uitersten(draw_stippen(DOEK, twee, beeld, DRENTHE), twee, beeld, rapport_met(twee)).alt
    assert (
        f"Laagst: {GEMEENTEN[-1].naam} (40,0%, schatting). De cijfers lopen van 40,0% tot 60,0% (schattingen)." in alt
    )
    assert "Hoogst" not in alt


def test_a_count_whose_flows_are_not_known_is_no_estimate() -> None:
    card = make_indicator(aggregatie="gewogen", kaart={"gebeurtenissen": True}, meting="telling")
    kop = kop_van(per_gemeente(card, *gewoon(60, 40)))
    # 'van 0,0% tot 5,6%' was 0 of 87 in one place
    assert "schatting" not in kop and kop.endswith("; kan toeval zijn")


def test_who_is_printed_the_same_shares_a_place() -> None:
    card = per_gemeente(make_indicator(), 60, *(50.0,) * 9, 40.01, 39.99)
    assert kop_van(card).endswith(f"laagst in {GEMEENTEN[10].naam} en {GEMEENTEN[11].naam} (2021)")
    card = per_gemeente(make_indicator(), 60, *(50.0,) * 11)
    assert kop_van(card).endswith("laagst in 11 gemeenten (2021)")


def test_a_difference_of_rounding_has_no_highest() -> None:
    card = per_gemeente(make_indicator(), *gewoon(50.1, 50.0))
    assert kop_van(card) == "Geen duidelijk verschil tussen gemeenten (2021)"


def test_nobody_is_highest_or_lowest_while_a_figure_is_missing() -> None:
    """Who is suppressed has few: the lowest that is known is not the lowest."""
    card = per_gemeente(make_indicator(), *gewoon(60, 40))
    card = with_series(card, **{GEMEENTEN[3].code: punten([50, None])})
    assert kop_van(card) == "Van 40,0% tot 60,0% in 11 van de 12 gemeenten (2021)"


@pytest.mark.parametrize(("eenheid", "kop"), [("aantal", "Aantal per gemeente (2021)"), ("ha", "Per gemeente (2021)")])
def test_of_a_total_nobody_has_the_most_and_a_large_area_has_more(eenheid: str, kop: str) -> None:
    card = per_gemeente(make_indicator(eenheid=eenheid, aggregatie="som"), *gewoon(60, 40))
    beeld = make_puntbeeld(card, (GEMEENTEN, COROP), DRENTHE, NL)
    assert beeld is not None
    figuur = met_uitersten(draw_stippen(DOEK, card, beeld, DRENTHE), card, beeld, rapport_met(card))
    assert figuur.kop == kop
    assert AANTALLEN in figuur.noten
    assert GEMEENTEN[0].naam not in figuur.alt and "De cijfers lopen van 40,0 tot 60,0" in figuur.alt
    card = with_series(card, **{GEMEENTEN[3].code: punten([50, None])})
    assert kop_van(card) == kop.replace("2021", "2021, 11 van de 12 gemeenten")


def lijnkop(card: Indicator) -> str:
    beeld = make_lijnbeeld(card, DRENTHE, NL)
    assert beeld is not None
    return reeks_kop(card, beeld, rapport_met(card), DRENTHE)


def test_an_index_is_told_over_the_years_that_both_have() -> None:
    total = make_indicator(aggregatie="som", eenheid="aantal", decimalen=0, meting="telling")
    total = with_series(total, PV22=punten([500_000, 505_000]), NL01=punten([17_000_000, 17_340_000, 34_000_000]))
    assert lijnkop(total) == "Van 2020 tot 2021: Drenthe +1,0%, Nederland +2,0%"
    euro = with_series(
        make_indicator(aggregatie="som", eenheid="mln euro", decimalen=0, prijzen="lopend"),
        PV22=punten([500, 505]),
        NL01=punten([17_000, 17_340]),
    )
    # growth with inflation in it is no news: an amount has its level above it
    assert lijnkop(euro) == "Drenthe in 2021 (schatting): 505\xa0mln euro"


def totaal(ours: list[float], theirs: list[float], **more: Any) -> Indicator:
    """A counted total of Drenthe and the Netherlands that ends in 2025."""
    card = make_indicator(aggregatie="som", eenheid="aantal", decimalen=0, meting="telling", **more)
    van = 2026 - len(ours)
    return with_series(card, PV22=punten(ours, van=van), NL01=punten(theirs, van=van))


def test_growth_is_told_over_the_years_that_are_judged_and_drawn_over_all() -> None:
    """Of a series that began small, growth since its first year is large whatever happened lately."""
    card = totaal([100, 300, *(500,) * 7, 550], [1_000, 2_000, *(4_000,) * 7, 4_200])
    beeld = reeksbeeld(card, DRENTHE, rapport_met(card))
    assert beeld is not None and beeld.basis == "2018JJ00" and beeld.lijnen[0].plekken[0].punt.jaar == 2016
    assert "2018 is 100" in lijn_alt(card, beeld)
    assert reeks_kop(card, beeld, rapport_met(card), DRENTHE).startswith("Van 2018 tot 2025: Drenthe +10,0%, Nederland")


@pytest.mark.parametrize(
    ("oordeel", "slot"),
    [
        ("geen_verandering", "; geen duidelijke trend"),
        ("te_onzeker", "; of er een trend is, is niet te zeggen"),
        ("gunstig", ""),
    ],
)
def test_a_growth_that_is_no_trend_says_so(oordeel: str, slot: str) -> None:
    card = totaal([500] * 7 + [550], [4_000] * 7 + [4_200])
    rapport = rapport_met(card)
    soort = "geen_trend" if oordeel == "te_onzeker" else "trend"
    trend = Bewering(
        f"{soort}/{card.id}/PV22", soort, card.naam, "PV22", "provincie", "2025JJ00", "2025JJ00", oordeel, "robuust",
        indicator=card.id,
    )  # fmt: skip
    rijen = (*(b for b in rapport.beweringen.rijen if b.soort not in ("trend", "geen_trend")), trend)
    rapport = replace(rapport, beweringen=Beweringen(rijen))
    beeld = reeksbeeld(card, DRENTHE, rapport)
    assert beeld is not None
    assert reeks_kop(card, beeld, rapport, DRENTHE) == f"Van 2018 tot 2025: Drenthe +10,0%, Nederland +5,0%{slot}"


def test_of_what_more_than_doubled_from_unlike_starts_neither_side_is_said_to_grow_faster() -> None:
    """+252% beside +296%, of a province that had twice as many per inhabitant."""
    card = totaal([100, *(200,) * 6, 352], [1_000, *(2_000,) * 6, 3_960])
    assert lijnkop(card).endswith("in 2025: 352")


@pytest.mark.parametrize(
    ("ours", "theirs", "kop"),
    [
        # 100 to 120 beside a tenth more: chance may be all of it
        ([100, 120], [10_000, 11_000], None),
        ([1_000, 1_500], [10_000, 11_000], "Van 2024 tot 2025: Drenthe +50%, Nederland +10%"),
    ],
)
def test_a_growth_of_events_that_may_be_chance_is_no_heading(
    ours: list[float], theirs: list[float], kop: str | None
) -> None:
    card = totaal(ours, theirs, kaart={"gebeurtenissen": True})
    told = lijnkop(card)
    assert told == kop if kop else told.endswith("in 2025: 120")


def test_a_growth_to_a_provisional_figure_is_provisional() -> None:
    card = totaal([500] * 7 + [550], [4_000] * 7 + [4_200])
    laatste = replace(card.points("NL01")[-1], status="voorlopig")
    card = with_series(card, NL01=(*card.points("NL01")[:-1], laatste))
    assert lijnkop(card).startswith("Van 2018 tot 2025: Drenthe +10,0%, Nederland +5,0% (voorlopig)")


@pytest.mark.parametrize(
    ("grens", "kop"),
    [
        (0.2, "Van 2020 tot 2021: Drenthe +9,1%, Nederland +4,7%"),
        (0.6, "Van 2020 tot 2021: Drenthe +9%, Nederland +5%"),
        (8.0, None),
    ],
)
def test_a_growth_is_told_as_fine_as_the_rounding_of_its_source_allows(grens: float, kop: str | None) -> None:
    """Of 11 and 12 thousand the rounding may be all of the growth: then the last figure is told."""
    card = make_indicator(aggregatie="som", eenheid="x 1 000", decimalen=0, meting="telling")
    card = with_series(card, PV22=punten([11, 12]), NL01=punten([8_500, 8_900]))
    beeld, rapport = make_lijnbeeld(card, DRENTHE, NL), rapport_met(card)
    assert beeld is not None
    rijen = tuple(replace(b, grens=grens) if b.soort == "reeksgroei" else b for b in rapport.beweringen.rijen)
    told = reeks_kop(card, beeld, replace(rapport, beweringen=Beweringen(rijen)), DRENTHE)
    assert told == kop if kop else "%" not in told and "12" in told


def test_what_is_expected_is_no_growth_within_its_interval() -> None:
    """1,2% more in 2050 of a forecast whose interval runs from 5% less to 7% more."""
    card = make_indicator(id="bevolkingsprognose", aggregatie="som", eenheid="aantal", decimalen=0)
    card = with_series(card, PV22=punten([500_000, 506_000], van=2049), NL01=punten([17_000_000, 18_700_000], van=2049))
    beeld = reeksbeeld(card, DRENTHE, rapport_met(card))
    assert beeld is not None
    b = make_rapport(replace(card, meting="verwachting")).beweringen
    # and nothing of it is as certain as a count
    assert {(r.reeks, r.zekerheid) for r in b.rijen if r.soort in ("stand", "spreiding", "reeksgroei")} == {
        ("prognose", "interval")
    }
    b = make_rapport(card).beweringen
    prognose = Bewering(
        "prognose/inwoners/PV22", "prognose", "inwoners", "PV22", "provincie", "2050JJ00", "2050JJ00",
        "binnen_interval", "interval", groep="inwoners", periode_eerder="2026JJ00", waarde=506_000.0,
        waarde_tegen=505_600.0,
    )  # fmt: skip
    for claims, drenthe in ((b.rijen, "+1,2%"), ((*b.rijen, prognose), "niet duidelijk anders (+1,2%)")):
        rapport = replace(make_rapport(card), beweringen=Beweringen(claims))
        assert (
            reeks_kop(card, beeld, rapport, DRENTHE)
            == f"Verwacht van 2049 tot 2050: Drenthe {drenthe}, Nederland +10,0%"
        )


def test_a_forecast_begins_in_its_figure_in_the_year_that_the_text_begins_with() -> None:
    """The series begins in 2023; what is told of it, in words and in the figure, begins in the year counted last."""
    card = make_indicator(id="bevolkingsprognose", aggregatie="som", eenheid="aantal", decimalen=0)
    reeks = {"PV22": [500_000, 501_000, 502_000, 503_000, 506_000], "NL01": [17_000_000, *[17_500_000] * 3, 18_700_000]}
    card = with_series(card, **{code: punten(waarden, van=2023) for code, waarden in reeks.items()})
    jaren = tuple(
        Prognosejaar(f"{j}JJ00", j, w, w - 9_000, w + 9_000, w if j < 2026 else None)
        for j, w in zip(range(2023, 2028), reeks["PV22"], strict=True)
    )
    rapport = make_rapport(card)
    rapport = replace(rapport, beweringen=Beweringen(make_beweringen(rapport, Analyses(prognose=jaren))))
    verwacht = rapport.beweringen.find("prognose", "inwoners", "PV22")
    beeld = reeksbeeld(card, DRENTHE, rapport)
    assert verwacht is not None and verwacht.periode_eerder == "2025JJ00"
    assert beeld is not None and beeld.basis == "2025JJ00" and beeld.lijnen[0].plekken[0].punt.jaar == 2025
    assert reeks_kop(card, beeld, rapport, DRENTHE).startswith("Verwacht van 2025 tot 2027: ")


def test_what_is_not_claimed_is_a_bare_figure() -> None:
    card = make_indicator()
    old = replace(card.standen["PV22"], punt=replace(card.standen["PV22"].punt, periode="2019JJ00", jaar=2019))
    # the claim is of another year than the line ends in
    zonder = replace(card, standen={**card.standen, "PV22": old})
    assert lijnkop(zonder) == "Drenthe in 2024 (schatting, voorlopig): 63,4%"


def veelluik(card: Indicator) -> Figuur:
    beeld = make_veelluik(card, GEMEENTEN, DRENTHE, NL)
    assert beeld is not None
    return met_telling(draw_veelluik(DOEK, card, beeld), card, beeld, rapport_met(card))


def test_small_multiples_count_what_is_clearly_above_the_netherlands() -> None:
    card = make_indicator()
    standen = dict(card.standen)
    for code, waarde in (("GM0106", 50.0), ("GM0114", 62.45)):
        standen[code] = replace(standen[code], punt=replace(standen[code].punt, waarde=waarde))
    card = with_series(card, GM0106=punten([60, 60, 60, 60, 50]), GM0114=punten([60, 60, 60, 60, 62.45]))
    figuur = veelluik(replace(card, standen=standen))
    slot = "dan in Nederland, in 1 niet duidelijk anders (2024, schattingen, voorlopig); kan toeval zijn"
    # of one side alone the rest reads as the other
    assert figuur.kop == f"Netto arbeidsparticipatie: in 10 van de 12 gemeenten hoger en in 1 lager {slot}"
    hoger, toeval = (
        "van de 12 gemeenten is het hoger dan in Nederland (62,4%, schatting, voorlopig)",
        "Dat kan toeval zijn: de bron geeft er geen marge bij.",
    )
    assert f"In 10 {hoger}, in 1 lager en in 1 niet duidelijk anders. {toeval}" in figuur.alt
    # what is nowhere so is not told: 'hoger in geen'
    assert f"In 12 {hoger}. {toeval}" in veelluik(make_indicator()).alt
    # a name with a colon or a comma of its own is set apart from what follows
    anders = veelluik(replace(card, standen=standen, naam="Vergrijzing: 75 jaar en ouder"))
    assert anders.kop == f"‘Vergrijzing: 75 jaar en ouder’: in 10 van de 12 gemeenten hoger en in 1 lager {slot}"
    assert "lijngrafieken van ‘Vergrijzing: 75 jaar en ouder’, een per gebied" in anders.alt
    assert "De cijfers lopen van 50,0% tot 78,4% (schattingen, voorlopig)." in figuur.alt
    # of a count it is no chance
    geteld = veelluik(replace(card, standen=standen, meting="telling"))
    assert "toeval" not in geteld.kop + geteld.alt
    assert "Hoogst: Westerveld (78,4%, voorlopig). Laagst: Assen (50,0%)." in geteld.alt


@pytest.mark.parametrize(
    ("meting", "eenheid", "waarden", "getal"),
    [
        ("telling", "aantal", [5_000, 5_250], "105,0"),
        # an estimate, and a small number in thousands, of which rounding is a point
        ("steekproef", "aantal", [5_000, 5_250], "105"),
        ("telling", "x 1 000", [40, 42], "105"),
    ],
)
def test_an_index_is_no_finer_than_its_figures(meting: str, eenheid: str, waarden: list[float], getal: str) -> None:
    card = make_indicator(aggregatie="som", eenheid=eenheid, decimalen=0, meting=meting)
    card = with_series(card, PV22=punten(waarden), NL01=punten([100_000, 110_000]))
    beeld = make_lijnbeeld(card, DRENTHE, NL)
    assert beeld is not None
    assert f"Drenthe komt in 2021 uit op {getal}" in lijn_alt(card, beeld)
    # the country may be told finer than the region
    if meting == "telling":
        assert "Nederland komt in 2021 uit op 110,0" in lijn_alt(card, beeld)
