"""Amounts in current prices: beside them the same amount in the prices of one year, and the trend is of that one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from pydantic import ValidationError

from assets.bouw.tabellen import all_tabellen
from assets.indicatoren.kaart import Kaart, read_kaarten
from begrippen.fout import BestandError
from begrippen.gebied import gekozen
from tests.indicatoren.conftest import build, cel
from tests.indicatoren.conftest import kaart as maak_kaart
from tests.indicatoren.test_oordeel import OURS, WINDOW

PRIJZEN = {2022: 80.0, 2023: 90.0, 2024: 96.0, 2025: 100.0, 2026: 104.0}


def cpi(**extra: Any) -> Kaart:
    bron = {"tabel": "p", "teller": [{"onderwerp": "cpi"}]}
    return maak_kaart("cpi", bronnen=[bron], aggregatie="niet", doel="deflator", **extra)


def inkomen(**extra: Any) -> Kaart:
    return maak_kaart(
        "inkomen", **{"eenheid": "euro", "aggregatie": "niet", "prijzen": "lopend", "deflator": "cpi"} | extra
    )


def bron(tabel: str, prijzen: str, **extra: Any) -> dict[str, Any]:
    return {"tabel": tabel, "teller": [{"onderwerp": "a"}], "prijzen": prijzen, **extra}


ONBEKEND = bron("rmbw", "onbekend", prijzen_reden="het bestand zegt het niet")
CONSTANT = bron("vast", "constant", prijspeil=2022)


def world(prijzen: dict[int, float | str] | dict[int, float], **extra: Any) -> duckdb.DuckDBPyConnection:
    cells = [cel("cpi", "NL01", jaar, waarde, tabel="p") for jaar, waarde in prijzen.items()]
    cells += [cel("a", "PV22", jaar, 1000.0 * jaar) for jaar in (2021, 2022, 2025)]
    return build([cpi(), inkomen()], cells, editie=2026, **extra)


def read(db: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return db.execute("""
        SELECT left(periode, 4)::INTEGER, waarde, nominaal, prijspeil, leeg_reden
        FROM monitor.reele_waarde WHERE regio = 'PV22' ORDER BY periode
    """).fetchall()


def test_an_amount_is_put_in_the_prices_of_the_last_year_before_the_edition() -> None:
    # 2021 has no index; 2026 is the year of the edition itself, and would move every figure of an edition in force
    assert read(world(PRIJZEN)) == [
        (2021, None, 2021000.0, 2025, "niet_in_selectie"),
        (2022, 2022000.0 * 100 / 80, 2022000.0, 2025, None),
        (2025, 2025000.0, 2025000.0, 2025, None),
    ]


@pytest.mark.parametrize("prijzen", [{}, {2022: "geheim"}], ids=["geen", "geheim"])
def test_without_index_there_is_no_real_amount_and_a_reason(prijzen: dict[int, float | str]) -> None:
    rows = read(world(prijzen, ontbreekt={} if prijzen else {"p": "niet opgehaald"}))
    assert [(r[1], r[3]) for r in rows] == [(None, None)] * 3
    assert rows[1][4] == ("geheim" if prijzen else "niet_in_selectie")
    assert [r[2] for r in rows] == [2021000.0, 2022000.0, 2025000.0]


def test_the_amount_itself_stays_as_published() -> None:
    rows = (
        world(PRIJZEN)
        .execute("FROM monitor.indicatorwaarde WHERE indicator = 'inkomen' AND regio = 'PV22' ORDER BY periode")
        .df()
    )
    assert list(rows.waarde) == [2021000.0, 2022000.0, 2025000.0]


def test_a_real_amount_walks_back_to_its_cells() -> None:
    db = world(PRIJZEN)
    found = db.execute("""
        SELECT left(h.periode, 4)::INTEGER, rol, cel_periode, w.waarde
        FROM monitor.herkomst AS h
        JOIN kern.waarneming AS w ON w.tabel = h.tabel AND w.regio = h.cel_regio AND w.periode = h.cel_periode
        WHERE h.indicator = 'inkomen' AND h.regio = 'PV22' ORDER BY ALL
    """).fetchall()
    assert found == [
        (2021, "teller", "2021JJ00", 2021000.0),
        (2022, "prijsindex", "2022JJ00", 80.0),
        (2022, "prijsindex_peil", "2025JJ00", 100.0),
        (2022, "teller", "2022JJ00", 2022000.0),
        (2025, "prijsindex", "2025JJ00", 100.0),
        (2025, "prijsindex_peil", "2025JJ00", 100.0),
        (2025, "teller", "2025JJ00", 2025000.0),
    ]


def judge(
    prijzen: dict[int, float], groei: float, tabellen: dict[int, str] | None = None, **extra: Any
) -> dict[str, Any]:
    """The judgement on an amount that grows by `groei` a year, two regions beside the Netherlands.

    `tabellen`: the table of a year, where it is not `t`.
    """
    cells = [cel("cpi", "NL01", jaar, waarde, tabel="p") for jaar, waarde in prijzen.items()]
    cells += [
        cel("a", regio, jaar, base * (1 + groei + 0.001 * (jaar % 2)) ** k, tabel=(tabellen or {}).get(jaar, "t"))
        for regio, base in (("PV22", 900.0), ("PV23", 1000.0), ("NL01", 1000.0))
        for k, jaar in enumerate(WINDOW)
    ]
    db = build([cpi(), inkomen(richting="hoger", **extra)], cells, editie=2026)
    for tabel in all_tabellen():
        if tabel.naam in OURS:
            tabel.create(db)
    found = db.execute("FROM monitor.oordeel WHERE indicator = 'inkomen' AND regio = 'PV22'")
    return dict(zip([d[0] for d in found.description], found.fetchall()[0], strict=True))


STEEP = {jaar: 100.0 * 1.08 ** (jaar - 2025) for jaar in (2017, *WINDOW)}


@pytest.mark.parametrize(("groei", "trend"), [(0.03, "ongunstig"), (0.2, "gunstig")])
def test_the_verdict_is_on_what_the_amount_buys(groei: float, trend: str) -> None:
    found = judge(STEEP, groei)
    assert found["trend"] == trend
    assert "trend in prijzen van 2025" in found["toelichting"]
    # in one year prices are everywhere the same: the value compared is the published one
    assert found["verschil_nl"] == pytest.approx(-100.0 * (1 + groei + 0.001) ** 7)


def test_without_index_there_is_no_trend_and_the_gap_stays() -> None:
    found = judge({}, 0.03)
    assert (found["trend"], found["trend_n"], found["trend_p"]) == ("te weinig gegevens", 0, None)
    assert "geen prijsindex" in found["toelichting"]
    assert found["kloof"] != "n.b."


def test_a_year_without_index_is_left_out_and_named() -> None:
    found = judge({j: v for j, v in STEEP.items() if j != 2020}, 0.03)
    assert found["trend_n"] == 7
    assert "zonder 2020: daarvan is er geen prijsindex" in found["toelichting"]


def test_a_deflator_is_for_amounts_in_current_prices_and_is_a_card_of_an_index(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="hoort bij prijzen: lopend"):
        maak_kaart(deflator="cpi")
    cards = tmp_path / "kaarten" / "demografie"
    cards.mkdir(parents=True)
    for kaart in (maak_kaart("cpi"), inkomen()):
        told = kaart.model_dump_json(exclude_none=True, exclude_defaults=True)
        (cards / f"{kaart.id}.yaml").write_text(told, encoding="utf-8")
    leeg = gekozen().model_copy(update={"map": tmp_path / "proefland"})
    with pytest.raises(BestandError, match="'cpi' is geen kaart van een prijsindex"):
        read_kaarten(cards.parent, leeg)


def test_each_source_says_in_which_prices_its_amounts_stand() -> None:
    """One in current prices, one in those of 2022, one that says nothing: only of the last is there no real amount."""
    card = inkomen(bronnen=[bron("t", "lopend"), CONSTANT, ONBEKEND])
    cells = [cel("cpi", "NL01", jaar, waarde, tabel="p") for jaar, waarde in PRIJZEN.items()]
    tabellen = {2022: "rmbw", 2023: "vast", 2024: "t", 2025: "t"}
    cells += [cel("a", "PV22", jaar, 1000.0, tabel=tabel) for jaar, tabel in tabellen.items()]
    db = build([cpi(), card], cells, editie=2026)
    assert read(db) == [
        (2022, None, 1000.0, None, "niet_van_toepassing"),
        (2023, 1000.0 * 100 / 80, 1000.0, 2025, None),
        (2024, 1000.0 * 100 / 96, 1000.0, 2025, None),
        (2025, 1000.0, 1000.0, 2025, None),
    ]
    found = db.execute("""
        SELECT left(periode, 4)::INTEGER, left(cel_periode, 4)::INTEGER FROM monitor.herkomst
        WHERE indicator = 'inkomen' AND rol = 'prijsindex' ORDER BY ALL
    """).fetchall()
    assert found == [(2023, 2022), (2024, 2024), (2025, 2025)]


def test_members_of_several_bases_make_no_amount_of_one() -> None:
    card = inkomen(aggregatie="som", bronnen=[bron("t", "lopend"), ONBEKEND])
    cells = [cel("cpi", "NL01", 2025, 100.0, tabel="p")]
    cells += [cel("a", g, 2025, 1.0, tabel="rmbw") for g in ("GM0106", "GM1979")]
    db = build([cpi(), card], cells, editie=2026)
    found = db.execute("SELECT waarde, nominaal, prijsbasis FROM monitor.reele_waarde WHERE regio = 'RGA'").fetchall()
    assert found == [(None, 2.0, "onbekend")]


def test_amounts_of_which_nothing_says_that_inflation_is_out_get_no_trend_and_keep_their_place() -> None:
    found = judge(STEEP, 0.2, dict.fromkeys(WINDOW, "rmbw"), bronnen=[ONBEKEND])
    assert (found["trend"], found["trend_n"]) == ("te weinig gegevens", 0)
    assert "de bron zegt niet of de inflatie van dit bedrag af is" in found["toelichting"]
    assert found["verschil_nl"] is not None and found["kloof"] != "n.b."


def test_years_of_which_that_is_not_certain_are_left_out_and_named() -> None:
    tabellen = dict.fromkeys(list(WINDOW)[:2], "rmbw")
    found = judge(STEEP, 0.03, tabellen, bronnen=[bron("t", "lopend"), ONBEKEND])
    assert (found["trend"], found["trend_n"]) == ("ongunstig", 6)
    assert f"zonder {', '.join(map(str, tabellen))}: daarvan zegt de bron niet of" in found["toelichting"]


@pytest.mark.parametrize(
    ("bronnen", "wat"),
    [
        ([bron("t", "lopend"), {"tabel": "rmbw", "teller": [{"onderwerp": "a"}]}], "rmbw zegt niet of de inflatie"),
        ([bron("t", "constant")], "noemt het jaar daarvan"),
        ([bron("t", "onbekend")], "prijzen_reden hoort bij"),
        ([bron("t", "lopend", prijspeil=2020)], "prijspeil hoort bij"),
    ],
)
def test_an_amount_in_euro_of_which_a_source_states_no_prices_is_refused(bronnen: list[Any], wat: str) -> None:
    with pytest.raises(ValidationError, match=wat):
        inkomen(bronnen=bronnen)
    # what is no amount need not say
    maak_kaart(eenheid="% van de huishoudens")


def test_a_delivery_that_says_not_in_which_prices_is_not_deflated_twice() -> None:
    """Its income falls in 152 of 342 municipalities in 2018: CBS took inflation out of it, and the file says it not."""
    amounts = {k.id: b for k in read_kaarten().values() for b in k.bronnen if b.tabel == "rmbw" and b.prijzen}
    assert set(amounts) == {"gemiddelde_schuld", "mediaan_besteedbaar_inkomen", "mediaan_vermogen"}
    assert {b.prijzen for b in amounts.values()} == {"onbekend"}


LOPEND = [k for k in read_kaarten().values() if k.prijzen == "lopend" and k.doel == "rapport"]


@pytest.mark.parametrize("kaart", LOPEND, ids=lambda k: k.id)
def test_every_amount_of_the_report_names_its_index(kaart: Kaart) -> None:
    assert kaart.deflator is not None, "een bedrag in lopende prijzen noemt zijn prijsindex (deflator)"
    assert read_kaarten()[kaart.deflator].bronnen[0].tabel == "86141NED"
