"""What cannot be right is set aside where the report shows nothing of it, and blocks where it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb
import pytest

from assets.bouw.tabellen import all_tabellen
from assets.indicatoren import regel as regelmodule
from assets.indicatoren.regel import Regel
from assets.kwaliteit.apart import celfout
from assets.tabel import from_function, read_queries

QUERIES = {t.naam: t for t in read_queries()}
BEREIK = {"minimum": 1, "maximum": 100, "reden": "toets", "datum": "2026-11-29"}
# not of the province and no member of a composite region, unlike GM0160
BUITEN, BINNEN, LID = "GM0003", "GM0106", "GM0160"
OORDEEL = ("reken.reeks", "reken.reekspunt", "reken.te_grof", "reken.toets", "reken.drempel", "monitor.oordeel")


def regel(**other: Any) -> Regel:
    fields = {"id": "som", "naam": "B is twee keer a", "soort": "identiteit", "zwaarte": "blokkeert", "uitleg": "toets"}
    fields |= {"links": "b", "rechts": "2 * a", "tolerantie": {"reden": "toets", "datum": "2026-11-29"}}
    return Regel.model_validate(fields | other)


def judge(db: duckdb.DuckDBPyConnection, regels: Iterable[Regel] = ()) -> duckdb.DuckDBPyConnection:
    """Make the tables of what is set aside on a world that is laid ready, and what rests on them."""
    found = {r.id: r for r in regels}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regelmodule, "read_regels", lambda: found)
        for naam, function in (("reken.regel", regelmodule.regel), ("reken.regel_term", regelmodule.regel_term)):
            from_function(naam, function).create(db)
    from_function("reken.celfout", celfout).create(db)
    for naam in ("monitor.regelcontrole", "monitor.apart_gezet", "monitor.indicatorwaarde", "monitor.stand"):
        QUERIES[naam].create(db)
    return db


def apart(db: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return db.execute(
        "SELECT toets, indicator, regio, left(periode, 4), waarde FROM monitor.apart_gezet ORDER BY ALL"
    ).fetchall()


def waarde(db: duckdb.DuckDBPyConnection, regio: str, indicator: str = "maat") -> tuple[Any, ...]:
    return db.execute(
        "SELECT waarde, teller, leeg_reden FROM monitor.indicatorwaarde WHERE regio = ? AND indicator = ?",
        [regio, indicator],
    ).fetchone()


def test_a_figure_out_of_its_range_is_set_aside_outside_only(wereld, maak_kaart, maak_cel):
    cells = [maak_cel("a", r, 2020, w) for r, w in ((BUITEN, 0.0), (BINNEN, 0.0), (LID, 0.0), ("PV23", 500.0))]
    db = judge(wereld([maak_kaart(bereik=BEREIK)], cells))
    assert apart(db) == [("bereik", "maat", BUITEN, "2020", 0.0)]
    assert waarde(db, BUITEN) == (None, None, "apart_gezet")
    # of these the report shows a figure or rests one on them: they stay, and the check after the build blocks
    assert [waarde(db, r)[0] for r in (BINNEN, LID, "PV23")] == [0.0, 0.0, 500.0]
    assert db.execute("SELECT reden FROM monitor.apart_gezet").fetchone() == (
        "elke waarde ligt binnen het bereik dat op haar kaart staat",
    )


def test_a_share_above_a_hundred_is_set_aside_outside(wereld, maak_kaart, maak_cel):
    card = maak_kaart(
        eenheid="%",
        aggregatie="verhouding",
        bronnen=[{"tabel": "t", "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b"}], "factor": 100}],
    )
    cells = [maak_cel(o, r, 2020, w) for r in (BUITEN, BINNEN) for o, w in (("a", 3.0), ("b", 2.0))]
    db = judge(wereld([card], cells))
    assert apart(db) == [("aandeel", "maat", BUITEN, "2020", 150.0)]
    assert (waarde(db, BUITEN)[2], waarde(db, BINNEN)[0]) == ("apart_gezet", 150.0)


def two(maak_kaart, **extra: Any) -> list[Any]:
    return [maak_kaart(n, bronnen=[{"tabel": "t", "teller": [{"onderwerp": n}]}], **extra) for n in ("a", "b")]


def test_of_a_rule_that_does_not_hold_every_figure_of_that_region_is_set_aside(wereld, maak_kaart, maak_cel):
    values = {BUITEN: (10.0, 30.0), BINNEN: (10.0, 30.0), "NL01": (10.0, 20.0)}
    cells = [
        maak_cel(o, r, j, w) for r, ab in values.items() for o, w in zip("ab", ab, strict=True) for j in (2019, 2020)
    ]
    db = judge(wereld(two(maak_kaart), cells), [regel(vanaf=2020)])
    assert apart(db) == [("som", "a", BUITEN, "2020", 10.0), ("som", "b", BUITEN, "2020", 30.0)]
    wrong = db.execute("SELECT regio FROM monitor.regelcontrole WHERE NOT klopt ORDER BY ALL").fetchall()
    assert wrong == [(BUITEN,), (BINNEN,)]


def test_a_rule_that_only_asks_to_look_sets_nothing_aside(wereld, maak_kaart, maak_cel):
    cells = [maak_cel(o, BUITEN, 2020, w) for o, w in (("a", 10.0), ("b", 30.0))]
    assert apart(judge(wereld(two(maak_kaart), cells), [regel(zwaarte="beoordeelt")])) == []


def test_the_figure_of_the_country_beside_it_is_not_set_aside(wereld, maak_kaart, maak_cel):
    cells = [maak_cel(o, r, 2020, 10.0) for r in (BUITEN, "NL01") for o in "ab"]
    db = judge(wereld(two(maak_kaart), cells), [regel(rechts="2 * a[NL01]", regiosoorten=["gemeente"])])
    assert apart(db) == [("som", "b", BUITEN, "2020", 10.0)]


def test_a_region_of_later_does_not_have_to_fit(wereld, maak_kaart, maak_cel):
    """What a source works back for a municipality of later it works back figure by figure."""
    cells = [maak_cel(o, "GM1979", j, w) for o, w in (("a", 10.0), ("b", 30.0)) for j in (2020, 2021)]
    db = judge(wereld(two(maak_kaart), cells), [regel()])
    rows = db.execute(
        "SELECT left(periode, 4), klopt, toelichting FROM monitor.regelcontrole WHERE regio = 'GM1979' ORDER BY ALL"
    ).fetchall()
    assert [r[:2] for r in rows] == [("2020", None), ("2021", False)]
    assert rows[0][2] == "niet te toetsen: het gebied bestond toen nog niet"


@pytest.mark.parametrize(("jaren", "past"), [(5, True), (4, False)])
def test_a_region_in_whole_numbers_is_held_to_that_rounding(jaren, past, wereld, maak_kaart, maak_cel):
    years = range(2025 - jaren, 2025)
    # a finer source says 10.3 and 20.6; this one gives the region in whole numbers, and another in tenths
    cells = [maak_cel(o, BINNEN, j, w) for j in years for o, w in (("a", 10.0), ("b", 21.0))]
    cells += [maak_cel(o, LID, j, w) for j in years for o, w in (("a", 10.3), ("b", 21.6))]
    db = wereld(two(maak_kaart), cells)
    db.execute("UPDATE kern.onderwerp SET decimalen = 1")
    found = dict(judge(db, [regel()]).execute("SELECT DISTINCT regio, klopt FROM monitor.regelcontrole").fetchall())
    assert found == {BINNEN: past, LID: False}


def test_a_rank_goes_without_and_says_so(wereld, maak_kaart, maak_cel):
    regios = [BINNEN, "GM1680", "GM0114", "GM0109", "GM0118"]
    cells = [maak_cel("a", r, 2025, float(n)) for n, r in enumerate([BUITEN, *regios])]
    db = wereld([maak_kaart(bereik=BEREIK, richting="hoger", aggregatie="niet", eenheid="%")], cells)
    db.execute("UPDATE kern.regio SET geldig_tot = NULL WHERE code = ?", [BUITEN])
    judge(db)
    for tabel in (t for t in all_tabellen() if t.naam in OORDEEL):
        tabel.create(db)
    rows = db.execute(
        "SELECT regio, rang, rang_van, toelichting FROM monitor.oordeel WHERE regio LIKE 'GM%'"
    ).fetchall()
    found = {r: rest for r, *rest in rows}
    assert found[BINNEN][:2] == [5, 5]
    assert "rang zonder 1 regio: het cijfer daarvan kan niet kloppen" in found[BINNEN][2]
    assert found[BUITEN][0] is None


def test_nothing_is_said_of_what_is_not_there(wereld, maak_kaart, maak_cel):
    db = judge(wereld([maak_kaart(bereik=BEREIK)], [maak_cel("a", BUITEN, 2020, 5.0)]))
    assert apart(db) == []
    assert waarde(db, BUITEN) == (5.0, 5.0, None)
