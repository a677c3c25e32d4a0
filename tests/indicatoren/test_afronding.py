"""What rounding at the source can make of a figure, and that such a figure gets no place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import hypot
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from assets.bouw.tabellen import all_tabellen
from assets.bron.bronlijst import read_aanleveringen, read_registertabellen, read_tabellen
from assets.indicatoren.kaart import KAARTEN, Kaart, read_kaarten
from begrippen.rekenregels import REKENREGELS
from tests.indicatoren.conftest import TWAALF, build, cel
from tests.indicatoren.conftest import kaart as maak_kaart
from tests.indicatoren.test_gebeurtenissen import judged
from tests.indicatoren.test_oordeel import OURS

GEMEENTEN = [g for leden in TWAALF.values() for g in leden]


def share(**extra: Any) -> Kaart:
    bron = {"tabel": "t", "factor": 100, "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b"}]}
    return maak_kaart(**{"aggregatie": "verhouding", "richting": "hoger", "eenheid": "%", "bronnen": [bron]} | extra)


def world(kaarten: Iterable[Kaart], cells: list[dict[str, Any]], eenheid: str = "x 1 000") -> duckdb.DuckDBPyConnection:
    """The engine on cells whose topics are printed in this unit, without decimals."""
    db = build(kaarten, cells)
    db.execute("UPDATE kern.onderwerp SET eenheid = ?", [eenheid])
    again = {"reken.waarde", "reken.lid", "reken.berekend", "monitor.indicatorwaarde", "monitor.stand", *OURS}
    for tabel in all_tabellen():
        if tabel.naam in again:
            tabel.create(db)
    return db


def value(db: duckdb.DuckDBPyConnection, regio: str) -> tuple[float, float | None]:
    asked = "SELECT waarde, afronding FROM monitor.indicatorwaarde WHERE regio = ? AND waarde IS NOT NULL"
    ((waarde, afronding),) = db.execute(asked, [regio]).fetchall()
    return waarde, afronding


def test_the_share_of_the_published_example_can_be_two_thirds_of_a_point_off() -> None:
    # 83 of 126 thousand is 65.9; published is 65.4
    db = world([share()], [cel("a", "PV22", 2016, 83.0), cel("b", "PV22", 2016, 126.0)])
    waarde, afronding = value(db, "PV22")
    assert waarde == pytest.approx(65.873, abs=0.001)
    assert afronding == pytest.approx(100 * (0.5 + 0.65873 * 0.5) / 126, abs=1e-4)
    assert waarde - afronding < 65.4 < waarde + afronding
    # the bound holds for each pair of numbers that are printed so, and is reached
    a, b = np.meshgrid(np.linspace(82.5, 83.5, 21), np.linspace(125.5, 126.5, 21))
    worst = np.abs(100 * a / b - waarde).max()
    assert worst == pytest.approx(afronding, rel=0.01)


@pytest.mark.parametrize(("eenheid", "trend"), [("x 1 000", "nagenoeg gelijk"), ("aantal", "gunstig")])
def test_a_change_that_rounding_at_the_source_can_make_is_none(eenheid: str, trend: str) -> None:
    # 62 of 100 up to 63 of 100 in halves: a line, and each figure can be 0.8 off if its cells are in whole thousands
    steps = (62.0, 62.1, 62.3, 62.4, 62.6, 62.7, 62.9, 63.0)
    cells = [cel("b", "PV22", jaar, 100.0) for jaar in range(2018, 2026)]
    cells += [cel("a", "PV22", jaar, step) for jaar, step in enumerate(steps, start=2018)]
    db = world([share(decimalen=1)], cells, eenheid)
    ((found, p),) = db.execute("SELECT trend, trend_p_bh FROM monitor.oordeel WHERE regio = 'PV22'").fetchall()
    assert (found, p < 0.05) == (trend, True)


@pytest.mark.parametrize(("eenheid", "kloof"), [("x 1 000", "nagenoeg gelijk"), ("aantal", "groter")])
def test_a_gap_that_rounding_at_the_source_can_make_does_not_widen(eenheid: str, kloof: str) -> None:
    steps = (62.0, 62.1, 62.3, 62.4, 62.6, 62.7, 62.9, 63.0)
    cells = [cel("b", regio, jaar, 100.0) for jaar in range(2018, 2026) for regio in ("PV22", "NL01")]
    cells += [cel("a", "PV22", jaar, step) for jaar, step in enumerate(steps, start=2018)]
    cells += [cel("a", "NL01", jaar, 60.0) for jaar in range(2018, 2026)]
    db = world([share(decimalen=1)], cells, eenheid)
    assert db.execute("SELECT kloof FROM monitor.oordeel WHERE regio = 'PV22'").fetchall() == [(kloof,)]


def test_choices_name_every_quotient_of_rounded_counts() -> None:
    bronnen = {**read_tabellen(), **read_aanleveringen(), **read_registertabellen()}
    found = set()
    for kaart in read_kaarten().values():
        for bron in (b for b in kaart.bronnen if b.noemer and kaart.doel == "rapport"):
            topics = [bronnen[t.tabel or bron.tabel].onderwerpen[t.onderwerp] for t in (*bron.teller, *bron.noemer)]
            if any(o.eenheid not in ("aantal", "%") for o in topics):
                found.add(kaart.id)
    text = (Path(__file__).parents[2] / "docs" / "keuzes.md").read_text(encoding="utf-8")
    (row,) = [r for r in text.splitlines() if "Delingen van afgeronde aantallen" in r]
    assert found == set(re.findall(r"`([a-z_0-9]+)`", row))


def test_what_was_counted_is_not_rounded() -> None:
    cells = [cel("a", "PV22", 2016, 83.0), cel("b", "PV22", 2016, 126.0)]
    assert value(world([share()], cells, "aantal"), "PV22")[1] == 0


def test_gross_participation_comes_from_published_percentages() -> None:
    card = read_kaarten()["bruto_arbeidsparticipatie"]
    own = next(b for b in card.bronnen if b.tabel == "84703NED")
    card = card.model_copy(update={"bronnen": (own,), "breuken": ()})
    cells = [
        cel("netto_arbeidsparticipatie", "CR08", 2019, 61.0, tabel="84703NED"),
        cel("werkloosheidspercentage", "CR08", 2019, 6.8, tabel="84703NED"),
    ]
    db = build([card], cells)
    waarde, _ = value(db, "CR08")
    # these two are of 2016, with 65.4 published beside them, where the counts in thousands give 83/126 = 65.9
    assert waarde == pytest.approx(61.0 / (1 - 0.068))
    assert waarde == pytest.approx(65.4, abs=0.1)
    rol = db.execute("SELECT rol, gewicht, nulpunt FROM monitor.herkomst ORDER BY rol").fetchall()
    assert rol == [("noemer", -1.0, 100.0), ("teller", 1.0, 0.0)]


@pytest.mark.parametrize(("noemer", "reden"), [(4.0, "afronding"), (400.0, None)])
def test_a_quotient_too_coarse_gets_no_place(noemer: float, reden: str | None) -> None:
    # shares of 50 to 75 in five regions: half a thousand of four is a tenth, of four hundred nothing
    cells = []
    for k, regio in enumerate(GEMEENTEN):
        cells += [cel("b", regio, 2025, noemer), cel("a", regio, 2025, noemer * (0.5 + 0.0625 * k))]
    db = world([share()], cells)
    found = dict(db.execute("SELECT regio, plaats_reden FROM monitor.oordeel").fetchall())
    assert {found[g] for g in GEMEENTEN} == {reden}
    positie = dict(db.execute("SELECT regio, positie FROM monitor.oordeel").fetchall())
    assert (positie[GEMEENTEN[-1]] == "n.b.") == (reden is not None)


def test_a_published_percentage_keeps_its_place_however_coarse() -> None:
    cells = [cel("a", g, 2025, 50.0 + k) for k, g in enumerate(GEMEENTEN)]
    db = world([maak_kaart(aggregatie="niet", richting="hoger", eenheid="%")], cells, "%")
    found = dict(db.execute("SELECT regio, plaats_reden FROM monitor.oordeel").fetchall())
    assert {found[g] for g in GEMEENTEN} == {None}


def test_the_part_of_the_spread_is_where_one_label_in_ten_changes() -> None:
    rng = np.random.default_rng(20261129)
    true = rng.normal(size=(200, 400))
    reach = REKENREGELS.grofste_deel * (np.quantile(true, 0.75) - np.quantile(true, 0.25))
    seen = true + rng.uniform(-reach, reach, size=true.shape)

    def quarter(x: np.ndarray) -> np.ndarray:
        rang = x.argsort(axis=1).argsort(axis=1)
        return (rang >= 300).astype(int) - (rang < 100).astype(int)

    assert (quarter(true) != quarter(seen)).mean() == pytest.approx(0.1, abs=0.02)


def test_margins_of_members_make_the_margin_of_the_whole() -> None:
    def edge(v: float, half: float) -> dict[str, Any]:
        return {"marge_onder": v - half, "marge_boven": v + half}

    weight = maak_kaart("mensen", bronnen=[{"tabel": "t", "teller": [{"onderwerp": "n"}]}])
    rate = maak_kaart("maat", aggregatie="gewogen", gewicht="mensen", eenheid="%")
    sizes = {"GM0114": 100.0, "GM0160": 300.0}
    cells = [cel("n", g, 2020, n) for g, n in sizes.items()]
    rates = [cel("a", "GM0114", 2020, 10.0, **edge(10.0, 2.0)), cel("a", "GM0160", 2020, 20.0, **edge(20.0, 1.0))]
    asked = """
        SELECT waarde, marge_onder, marge_boven FROM monitor.indicatorwaarde
        WHERE regio = 'RD2018' AND indicator = 'maat'
    """
    ((waarde, onder, boven),) = build([weight, rate], cells + rates).execute(asked).fetchall()
    half = hypot(100 * 2.0, 300 * 1.0) / 400
    assert (waarde, onder, boven) == pytest.approx((17.5, 17.5 - half, 17.5 + half))
    # one member without a margin leaves none
    rates[0] = cel("a", "GM0114", 2020, 10.0)
    ((waarde, onder, boven),) = build([weight, rate], cells + rates).execute(asked).fetchall()
    assert (waarde, onder, boven) == (17.5, None, None)


def test_a_sum_of_cells_with_margins_has_one_and_a_cell_without_leaves_none() -> None:
    both = maak_kaart(bronnen=[{"tabel": "t", "factor": 10, "teller": [{"onderwerp": "a"}, {"onderwerp": "b"}]}])
    a = cel("a", "PV22", 2020, 10.0, marge_onder=7.0, marge_boven=13.0)
    b = cel("b", "PV22", 2020, 20.0, marge_onder=16.0, marge_boven=24.0)
    asked = "SELECT marge_onder, marge_boven FROM monitor.indicatorwaarde WHERE regio = 'PV22'"
    assert build([both], [a, b]).execute(asked).fetchall() == [(250.0, 350.0)]
    assert build([both], [a, cel("b", "PV22", 2020, 20.0)]).execute(asked).fetchall() == [(None, None)]


def test_every_card_says_how_its_figure_was_measured() -> None:
    # the share of figures with a margin is told per kind of measurement
    cards = KAARTEN.glob("*/*.yaml")
    assert [p.stem for p in cards if not re.search(r"(?m)^meting: ", p.read_text(encoding="utf-8"))] == []


def test_months_of_a_year_are_wrong_the_same_way_and_their_margins_do_not_shrink() -> None:
    # each month 41 to either side; as if the months were apart it would be 12 (the enquiry asks the same people)
    year = maak_kaart(jaarregel="gemiddelde")
    months = [f"2024MM{m:02}" for m in range(1, 13)]
    cells = [cel("a", "PV22", m, 4500.0, marge_onder=4459.0, marge_boven=4541.0) for m in months]
    asked = "SELECT marge_onder, marge_boven FROM monitor.indicatorwaarde WHERE regio = 'PV22'"
    assert build([year], cells).execute(asked).fetchall() == [pytest.approx((4459.0, 4541.0))]
    # a total of the year is as wrong as its months together; another cell of the same card is measured apart
    total = maak_kaart(jaarregel="som", bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}, {"onderwerp": "b"}]}])
    cells += [cel("b", "PV22", m, 10.0, marge_onder=10.0 - 30, marge_boven=10.0 + 30) for m in months]
    ((onder, boven),) = build([total], cells).execute(asked).fetchall()
    assert (boven - onder) / 2 == pytest.approx(hypot(12 * 41, 12 * 30))


@pytest.mark.parametrize(
    ("eenheid", "zegt"),
    [
        # printed in whole thousands: the margin is at most half of one
        ("x 1 000", "het verschil tussen 2020 en 2024 is getoetst met de marges van beide jaren"),
        # decimals that say nothing of rounding
        ("aantal", "marge afgerond op nul: het verschil tussen 2020 en 2024 is niet te toetsen"),
    ],
)
def test_a_margin_that_was_rounded_to_nothing_is_published_and_small(eenheid: str, zegt: str) -> None:
    two = maak_kaart(meting="om_de_paar_jaar", richting="hoger", aggregatie="niet", eenheid="punten")
    cells = [cel("a", "PV22", y, v, marge_onder=v, marge_boven=v) for y, v in ((2020, 10.0), (2024, 14.0))]
    db = world([two], cells, eenheid)
    ((trend, toelichting),) = db.execute(
        "SELECT trend, toelichting FROM monitor.oordeel WHERE regio = 'PV22'"
    ).fetchall()
    assert zegt in toelichting and "niet gepubliceerd" not in toelichting
    assert trend == ("gunstig" if eenheid == "x 1 000" else "te weinig gegevens")


@pytest.mark.parametrize(
    ("delen", "op_een_na", "verwacht"),
    [
        (2, 1.0, {"hoogst": "GM0106"}),
        (2, 2.0, {"hoogst": "GM0106", "laagst": "GM0114"}),
        (1, 1.0, {"hoogst": "GM0106", "laagst": "GM0114"}),
    ],
)
def test_nobody_is_lowest_where_the_rounding_of_the_parts_can_put_another_there(
    delen: int, op_een_na: float, verwacht: dict[str, str]
) -> None:
    # each part in whole thousands: of a sum of two, 0 and 1 can be the other way around; of one they can not
    topics = "ab"[:delen]
    kaart = maak_kaart(
        aggregatie="niet", eenheid="punten", bronnen=[{"tabel": "t", "teller": [{"onderwerp": t} for t in topics]}]
    )
    totals = dict.fromkeys(GEMEENTEN, 10.0) | {"GM0106": 20.0, "GM1680": op_een_na, "GM0114": 0.0}
    cells = [cel(t, g, 2025, v if t == "a" else 0.0) for g, v in totals.items() for t in topics]
    db = judged([kaart], cells, "reken.bewering_figuur", "x 1 000")
    asked = "SELECT groep, regio FROM reken.bewering_figuur WHERE soort = 'uiterste' AND laag = 'gemeente'"
    assert dict(db.execute(asked).fetchall()) == verwacht


def test_a_class_is_known_without_rounding_and_an_amount_is_not() -> None:
    card = maak_kaart(eenheid="klasse 1-4", decimalen=0, aggregatie="niet")
    for eenheid, off in (("klasse 1-4", 0.0), ("schaalscore", 0.5)):
        assert value(world([card], [cel("a", "GM0106", 2024, 3.0)], eenheid), "GM0106") == (3.0, off)
