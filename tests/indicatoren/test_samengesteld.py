"""Every composite region, computed a second time with pandas from the published values of its members."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

# what no register of Drenthe can hold: members that lie in Overijssel and Groningen
BUITEN_DRENTHE = {"RD2018": {"GM0160"}, "RD2023": {"GM0160"}, "RGA": {"GM0014", "GM1952", "GM1966", "GM1969"}}
REGIOS = ("RD2018", "RD2023", "ZOD4", "ZDR", "RGA")


@pytest.fixture(scope="module")
def published(voorbeeld):
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        return {
            "waarde": db.execute("FROM monitor.indicatorwaarde WHERE uitsplitsing = 'totaal'").df(),
            "kaart": db.execute("SELECT id, aggregatie, gewicht FROM monitor.indicator").df().set_index("id"),
            "factor": db.execute(
                "SELECT DISTINCT indicator, regio, periode, factor FROM monitor.herkomst WHERE lid = regio"
            ).df(),
            "lid": db.execute("SELECT DISTINCT regio, lid FROM kern.regio_lid").df(),
            "zonder": db.execute("FROM monitor.ontbrekend_lid").df(),
            "provincie": db.execute(
                "SELECT lid, regio FROM kern.regio_lid WHERE regio LIKE 'PV%' AND geldig_tot IS NULL"
            ).df(),
        }


def compute(rows: pd.DataFrame, weights: pd.Series, aggregatie: str, factor: float) -> float | None:
    """The value of a region from those of its members, by the rule of the card; None where one is missing."""
    if rows["waarde"].isna().any():
        return None
    if aggregatie == "som":
        return rows["waarde"].sum()
    if aggregatie == "verhouding":
        return factor * rows["teller"].sum() / rows["noemer"].sum()
    own = weights.reindex(rows.index)
    return None if own.isna().any() else (rows["waarde"] * own).sum() / own.sum()


@pytest.mark.parametrize("regio", REGIOS)
def test_a_composite_is_what_its_members_make_of_it(published, regio):
    members = sorted(published["lid"].query("regio == @regio")["lid"])
    values, cards = published["waarde"], published["kaart"]
    of_members = values[values["regio"].isin(members)]
    by_card = dict(list(of_members.groupby("indicator")))
    weight = {k: f.assign(jaar=f["periode"].str[:4]).set_index(["jaar", "regio"])["waarde"] for k, f in by_card.items()}
    factors = (
        published["factor"].drop_duplicates(["indicator", "periode"]).set_index(["indicator", "periode"])["factor"]
    )
    zonder = published["zonder"].query("regio == @regio").groupby(["indicator", "periode"])["lid"].agg(set).to_dict()
    own = values[values["regio"] == regio]
    seen = dict.fromkeys(("som", "verhouding", "gewogen", "niet"), 0)
    for row in own.itertuples():
        aggregatie = cards.loc[row.indicator, "aggregatie"]
        if aggregatie == "niet":
            assert pd.isna(row.waarde)
            assert row.leeg_reden == "niet_van_toepassing"
            seen["niet"] += 1
            continue
        there = [m for m in members if m not in zonder.get((row.indicator, row.periode), set())]
        rows = by_card[row.indicator] if row.indicator in by_card else of_members.iloc[:0]
        rows = rows[rows["periode"] == row.periode].set_index("regio").reindex(there)
        mine = weight.get(cards.loc[row.indicator, "gewicht"])
        jaar = row.periode[:4]
        mine = mine.xs(jaar) if mine is not None and jaar in mine.index.get_level_values(0) else pd.Series(dtype=float)
        expected = compute(rows, mine, aggregatie, factors.get((row.indicator, row.periode), 1.0))
        if expected is None:
            assert pd.isna(row.waarde), (row.indicator, row.periode)
        else:
            assert row.waarde == pytest.approx(expected, rel=1e-9), (row.indicator, row.periode)
            assert row.benadering == (aggregatie == "gewogen")
            seen[aggregatie] += 1
    assert min(seen.values()) > 50, seen


def test_the_members_outside_drenthe_are_known(published):
    province = published["provincie"].set_index("lid")["regio"]
    for regio in REGIOS:
        members = set(published["lid"].query("regio == @regio")["lid"])
        outside = {m for m in members if province[m] != "PV22"}
        assert outside == BUITEN_DRENTHE.get(regio, set())
