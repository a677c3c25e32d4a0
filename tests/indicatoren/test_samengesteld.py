"""Every composite region, computed a second time in plain Python from the published values of its members."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import duckdb
import pytest

# what no register of Drenthe can hold: members that lie in Overijssel and Groningen
BUITEN_DRENTHE = {"RD2018": {"GM0160"}, "RD2023": {"GM0160"}, "RGA": {"GM0014", "GM1952", "GM1966", "GM1969"}}
REGIOS = ("RD2018", "RD2023", "ZOD4", "ZDR", "RGA")


class Getal(NamedTuple):
    """What is published of a region in a period."""

    waarde: float | None
    teller: float | None
    noemer: float | None
    benadering: bool
    leeg_reden: str | None


@pytest.fixture(scope="module")
def published(voorbeeld):
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:

        def read(query):
            return db.execute(query).fetchall()

        rows = read(
            "SELECT indicator, regio, periode, waarde, teller, noemer, benadering, leeg_reden "
            "FROM monitor.indicatorwaarde "
            "WHERE regio IN (SELECT regio FROM kern.regio_lid UNION SELECT lid FROM kern.regio_lid)"
        )
        factor = "SELECT indicator, periode, any_value(factor) FROM monitor.herkomst GROUP BY ALL"
        return {
            "waarde": {tuple(r[:3]): Getal(*r[3:]) for r in rows},
            # the weight of a card in that year, whatever its kind of period
            "jaar": {(r[0], r[1], r[2][:4]): r[3] for r in rows},
            "kaart": {r[0]: r[1:] for r in read("SELECT id, aggregatie, gewicht FROM monitor.indicator")},
            # the register protects each region by itself: a composite there is never our sum
            "register": {i for (i,) in read("SELECT DISTINCT indicator FROM monitor.herkomst WHERE bron = 'register'")},
            "factor": {tuple(r[:2]): r[2] for r in read(factor)},
            "lid": {r: {lid for g, lid in read("SELECT regio, lid FROM kern.regio_lid") if g == r} for r in REGIOS},
            "zonder": set(read("SELECT indicator, regio, periode, lid FROM monitor.ontbrekend_lid")),
            "provincie": dict(
                read("SELECT lid, regio FROM kern.regio_lid WHERE regio LIKE 'PV%' AND geldig_tot IS NULL")
            ),
        }


def compute(rows: list[Getal], weights: list[float | None], aggregatie: str, factor: float) -> float | None:
    """The value of a region from those of its members, by the rule of the card; None where one is missing."""
    if any(r.waarde is None for r in rows):
        return None
    if aggregatie == "som":
        return sum(r.waarde for r in rows)
    if aggregatie == "verhouding":
        return factor * sum(r.teller for r in rows) / sum(r.noemer for r in rows)
    if None in weights:
        return None
    return sum(r.waarde * w for r, w in zip(rows, weights, strict=True)) / sum(weights)


@pytest.mark.parametrize("regio", REGIOS)
def test_a_composite_is_what_its_members_make_of_it(published, regio):
    values, nothing = published["waarde"], Getal(None, None, None, False, None)
    seen: Counter[str] = Counter()
    for (indicator, of, periode), own in values.items():
        if of != regio or indicator in published["register"]:
            continue
        aggregatie, gewicht = published["kaart"][indicator]
        if aggregatie == "niet":
            assert (own.waarde, own.leeg_reden) == (None, "niet_van_toepassing")
            seen["niet"] += 1
            continue
        members = [m for m in published["lid"][regio] if (indicator, regio, periode, m) not in published["zonder"]]
        rows = [values.get((indicator, m, periode), nothing) for m in members]
        weights = [published["jaar"].get((gewicht, m, periode[:4])) for m in members]
        expected = compute(rows, weights, aggregatie, published["factor"].get((indicator, periode), 1.0))
        if expected is None:
            assert own.waarde is None, (indicator, periode)
            assert own.leeg_reden, (indicator, periode)
        else:
            assert own.waarde == pytest.approx(expected, rel=1e-9), (indicator, periode)
            assert own.benadering == (aggregatie == "gewogen" or len(members) < len(published["lid"][regio]))
            seen[aggregatie] += 1
    assert min(seen[a] for a in ("som", "verhouding", "gewogen", "niet")) > 50, seen


def test_the_members_outside_drenthe_are_known(published):
    for regio in REGIOS:
        outside = {m for m in published["lid"][regio] if published["provincie"][m] != "PV22"}
        assert outside == BUITEN_DRENTHE.get(regio, set())
