"""From establishments to cells and counts, on small tables that can be counted by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bron.bronlijst import read_registertabellen
from assets.register.groep import Groep, read_groepen
from assets.register.tellen import PER_NAAM, Geteld, count_register, open_register

TABEL = read_registertabellen()["pwr"]
GEBIEDEN = {"PV22": ("GM0106", "GM0114"), "GM0106": ("GM0106",), "GM0114": ("GM0114",)}
TYPES = {
    "jaar": "INTEGER",
    **dict.fromkeys(("lisanr", "onderneming", "gemeente", "sectie", "sbi", "sectie_2025", "sbi_2025"), "VARCHAR"),
    **dict.fromkeys(("banen", "fulltime", "parttime"), "INTEGER"),
}


def vestiging(jaar: int, lisanr: str, banen: int = 1, **extra: Any) -> dict[str, Any]:
    row = {"jaar": jaar, "lisanr": lisanr, "onderneming": f"k{lisanr}", "gemeente": "GM0106", "sectie": "Q"}
    row |= {"sbi": "86101", "sectie_2025": None, "sbi_2025": None, "banen": banen, "fulltime": banen, **extra}
    return row | {"parttime": row["banen"] - row["fulltime"]}


def count(
    rows: list[dict[str, Any]],
    groepen: dict[str, Groep] | None = None,
    gebieden: dict[str, tuple[str, ...]] = GEBIEDEN,
) -> Geteld:
    frame = pd.DataFrame(rows, columns=list(TYPES))
    with open_register() as db:
        db.register("frame", frame)
        columns = ", ".join(f"{k}::{t} AS {k}" for k, t in TYPES.items())
        db.execute(f"CREATE TABLE invoer.vestiging AS SELECT {columns} FROM frame")
        return count_register(db, read_groepen() if groepen is None else groepen, TABEL, gebieden)


def value(geteld: Geteld, jaar: int, regio: str, uitsplitsing: str, maat: str = "banen") -> int:
    """Add up a cell from its contributions, as the protection does."""
    (naam,) = [n for n, own in geteld.namen[jaar].items() if uitsplitsing in own]
    (cel,) = [c for c in geteld.cellen[jaar] if (c.regio, c.uitsplitsing) == (regio, naam)]
    return _add(geteld.bijdragen, jaar, cel, maat)


def number(geteld: Geteld, jaar: int, regio: str, naam: str) -> int | None:
    """Add up a count; None where it is not given in that year."""
    found = [c for c in geteld.telcellen[jaar] if (c.regio, c.uitsplitsing) == (regio, naam)]
    return _add(geteld.tellingen, jaar, found[0], "aantal") if found else None


def _add(frame: pd.DataFrame, jaar: int, cel: Any, maat: str) -> int:
    own = frame[(frame["jaar"] == jaar) & (frame["kant"] == cel.kant) & frame["gemeente"].isin(cel.gemeenten)]
    return int((own[own["atoom"].isin(cel.atomen)] if cel.atomen else own)[maat].sum())


def test_a_cell_adds_up_its_establishments():
    rows = [
        vestiging(2023, "1", 10, fulltime=8),
        vestiging(2023, "2", 5, gemeente="GM0114"),
        vestiging(2023, "3", 3, sectie="C", sbi="10110"),
        vestiging(2023, "4", 2, sectie=None, sbi=None),
    ]
    geteld = count(rows)
    assert value(geteld, 2023, "PV22", "totaal") == 20
    assert value(geteld, 2023, "PV22", "Sectie=Q") == 15
    assert value(geteld, 2023, "GM0114", "Sectie=Q") == 5
    assert value(geteld, 2023, "GM0106", "Sectie=C", "vestigingen") == 1
    assert value(geteld, 2023, "GM0106", "Sectie=onbekend") == 2
    assert value(geteld, 2023, "GM0106", "Sectie=T") == 0
    assert value(geteld, 2023, "PV22", "Klasse=5-9", "fulltime") == 13


def test_a_group_that_is_a_section_is_the_same_cell():
    geteld = count([vestiging(2023, "1"), vestiging(2023, "2", sectie="C", sbi="10110")])
    assert ("Groep=zorg", "Sectie=Q") in geteld.namen[2023].values()
    names = [(c.regio, c.uitsplitsing) for c in geteld.cellen[2023]]
    assert len(names) == len(set(names))
    atoms = [(c.regio, c.kant, c.atomen) for c in geteld.cellen[2023]]
    assert len(atoms) == len(set(atoms))


def test_a_group_cuts_through_sections():
    rows = [
        vestiging(2023, "1", 4, sectie="A", sbi="01500"),
        vestiging(2023, "2", 3, sectie="C", sbi="10110"),
        vestiging(2023, "3", 2, sectie="C", sbi="24101"),
        vestiging(2023, "4", 1, sectie="G", sbi="46210"),
        vestiging(2023, "5", 7, sectie="G", sbi="47110"),
    ]
    geteld = count(rows)
    assert value(geteld, 2023, "PV22", "Groep=agribusiness") == 8
    assert value(geteld, 2023, "PV22", "Sectie=C") == 5
    assert value(geteld, 2023, "PV22", "Groep=stuwend_a") == 9
    assert value(geteld, 2023, "PV22", "Groep=stuwend_b") == 6


def test_a_year_in_sbi_2025_has_its_own_sections_and_the_groups_that_can_be_said_in_it():
    rows = [
        vestiging(2025, "1", 4),
        vestiging(2026, "1", 5, sectie=None, sbi=None, sectie_2025="R", sbi_2025="86101"),
    ]
    geteld = count(rows)
    names = {n for own in geteld.namen[2026].values() for n in own}
    assert value(geteld, 2026, "PV22", "Sectie2025=R") == value(geteld, 2026, "PV22", "Groep=zorg") == 5
    assert not any(n.startswith("Sectie=") for n in names)
    assert "Groep=vrijetijd" not in names
    assert not any(n.startswith("Sectie2025") for own in geteld.namen[2025].values() for n in own)


def test_over_the_break_a_section_that_stayed_goes_by_one_name_so_that_the_years_tell_of_each_other():
    new = {"sectie": None, "sbi": None}
    rows = [
        vestiging(2025, "1", 4, sectie="I", sbi="55101"),
        vestiging(2025, "2", 4, sectie="P", sbi="85201"),
        vestiging(2025, "3", 4, sectie="J", sbi="58110"),
        vestiging(2026, "1", 5, sectie_2025="I", sbi_2025="55101", **new),
        vestiging(2026, "2", 5, sectie_2025="Q", sbi_2025="85201", **new),
        vestiging(2026, "3", 5, sectie_2025="J", sbi_2025="58110", **new),
    ]
    geteld = count(rows, {})
    before, after = ({c.uitsplitsing for c in geteld.cellen[jaar]} for jaar in (2025, 2026))
    assert {"Sectie=I", "Sectie=P"} <= before & after
    # the letter is the same, what is in it is not
    assert "Sectie=J" in before - after and "Sectie2025=J" in after - before
    # and it is published as what it is
    assert geteld.namen[2026]["Sectie=P"] == ("Sectie2025=Q",)


def test_a_year_that_is_coded_twice_keeps_its_groups_in_sbi_2008():
    geteld = count([vestiging(2026, "1", 5, sectie_2025="R", sbi_2025="86101")])
    names = [n for own in geteld.namen[2026].values() for n in own]
    assert names.count("Groep=zorg") == 1
    assert {"Sectie=Q", "Sectie2025=R"} <= set(names)


def test_of_a_year_that_is_coded_twice_the_same_establishments_are_the_same_cell():
    """What is withheld in the one classification would otherwise stand there in the other."""
    rows = [
        vestiging(2026, "1", 4, sectie="B", sbi="08120", sectie_2025="B", sbi_2025="08120"),
        vestiging(2026, "2", 3, sectie="J", sbi="58110", sectie_2025="J", sbi_2025="58110"),
        vestiging(2026, "3", 2, sectie="J", sbi="62010", sectie_2025="K", sbi_2025="62100"),
        vestiging(2026, "4", 1, sectie="J", sbi="62010"),
    ]
    geteld = count(rows)
    own = [set(names) for names in geteld.namen[2026].values()]
    assert {"Sectie=B", "Sectie2025=B"} in own
    assert {"Sectie2025=J"} in own and {"Sectie2025=K"} in own
    assert [value(geteld, 2026, "PV22", f"Sectie{n}") for n in ("=J", "2025=J", "2025=K", "2025=onbekend")] == [
        6,
        3,
        2,
        1,
    ]
    atoms = [(c.regio, c.kant, c.atomen) for c in geteld.cellen[2026]]
    assert len(atoms) == len(set(atoms))


def test_births_and_deaths_lie_between_two_delivered_years():
    rows = [
        *(vestiging(j, "blijft") for j in (2020, 2021, 2022)),
        vestiging(2021, "nieuw", 3),
        vestiging(2020, "weg"),
        *(vestiging(j, "terug") for j in (2020, 2022)),
    ]
    geteld = count(rows)
    assert number(geteld, 2020, "PV22", "oprichtingen:totaal") is None
    assert number(geteld, 2021, "PV22", "oprichtingen:totaal") == 1
    assert number(geteld, 2021, "PV22", "oprichtingen:Grootte=2+") == 1
    assert number(geteld, 2021, "PV22", "oprichtingen:Grootte=1") == 0
    assert number(geteld, 2021, "PV22", "opheffingen:totaal") == 2
    # who returns is not born again
    assert number(geteld, 2022, "PV22", "oprichtingen:totaal") == 0


def test_a_gap_in_the_deliveries_gives_no_events():
    geteld = count([vestiging(2020, "1"), vestiging(2022, "1"), vestiging(2022, "2"), vestiging(2023, "1")])
    assert number(geteld, 2022, "PV22", "oprichtingen:totaal") is None
    assert number(geteld, 2022, "PV22", "opheffingen:totaal") is None
    assert number(geteld, 2023, "PV22", "opheffingen:totaal") == 1


def test_a_move_counts_where_it_left_and_where_it_came():
    rows = [vestiging(2020, "1", gemeente="GM0114"), vestiging(2021, "1", gemeente="GM0106")]
    geteld = count(rows)
    assert number(geteld, 2021, "GM0106", "verhuisd_in:totaal") == 1
    assert number(geteld, 2021, "GM0114", "verhuisd_uit:totaal") == 1
    assert number(geteld, 2021, "GM0106", "verhuisd_uit:totaal") == 0
    assert number(geteld, 2021, "PV22", "verhuisd_in:totaal") == 1
    assert number(geteld, 2021, "PV22", "opheffingen:totaal") == 0


def test_survival_is_that_of_the_year_of_founding_where_it_was_founded():
    rows = [vestiging(2019, "oud"), *(vestiging(j, "oud") for j in range(2020, 2026))]
    rows += [vestiging(j, "sterk", gemeente="GM0114" if j < 2022 else "GM0106") for j in range(2020, 2026)]
    rows += [vestiging(j, "zwak") for j in (2020, 2021)]
    geteld = count(rows)
    assert number(geteld, 2020, "PV22", "oprichtingen:totaal") == 2
    assert number(geteld, 2020, "PV22", "oprichtingen:Na1=ja") == 2
    assert number(geteld, 2020, "PV22", "oprichtingen:Na3=ja") == 1
    assert number(geteld, 2020, "PV22", "oprichtingen:Na3=nee") == 1
    assert number(geteld, 2020, "GM0114", "oprichtingen:Na5=ja") == 1
    assert number(geteld, 2021, "PV22", "oprichtingen:Na5=ja") is None


def test_fast_growers_had_ten_and_grew_by_a_tenth_a_year():
    rows = []
    for lisanr, before, after in (("snel", 10, 14), ("net niet", 10, 13), ("klein", 9, 90), ("grens", 1000, 1331)):
        rows += [vestiging(j, lisanr, before if j < 2023 else after) for j in range(2020, 2024)]
    geteld = count(rows)
    assert number(geteld, 2023, "PV22", "groei:totaal") == 3
    assert number(geteld, 2023, "PV22", "groei:Groei=snel") == 2
    assert number(geteld, 2022, "PV22", "groei:totaal") is None


def test_self_employed_with_and_without_a_limit_of_hours():
    rows = [vestiging(2023, "1"), vestiging(2023, "2", fulltime=0), vestiging(2023, "3", 2)]
    geteld = count(rows)
    assert number(geteld, 2023, "PV22", "zzp:totaal") == 2
    assert number(geteld, 2023, "PV22", "zzp:Uren=12+") == 1


SBI = {"A": "01500", "C": "10110", "G": "46210", "I": "56101", "N": "79120", "Q": "86101"}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([2020, 2021]),
            st.integers(0, 8),
            st.sampled_from(["GM0106", "GM0114"]),
            st.sampled_from([*SBI, None]),
            st.integers(1, 300),
            st.integers(0, 300),
        ),
        min_size=1,
        max_size=25,
        unique_by=lambda r: (r[0], r[1]),
    )
)
def test_every_side_divides_the_same_total(drawn):
    rows = [
        vestiging(j, str(n), banen, gemeente=g, sectie=s, sbi=SBI.get(s), fulltime=min(ft, banen))
        for j, n, g, s, banen, ft in drawn
    ]
    geteld = count(rows)
    totals = geteld.bijdragen.groupby(["jaar", "gemeente", "kant"])[["vestigingen", "banen", "fulltime"]].sum()
    for (jaar, gemeente), own in totals.groupby(level=["jaar", "gemeente"]):
        exact = [r for r in rows if (r["jaar"], r["gemeente"]) == (jaar, gemeente)]
        assert (own["vestigingen"] == len(exact)).all()
        assert (own["banen"] == sum(r["banen"] for r in exact)).all()
        assert (own["fulltime"] == sum(r["fulltime"] for r in exact)).all()


@pytest.mark.parametrize("naam", PER_NAAM)
def test_every_count_is_in_the_source_list(naam):
    telling = PER_NAAM[naam]
    assert telling.onderwerp in TABEL.onderwerpen
    if telling.uitsplitsing != "totaal":
        dimensie, code = telling.uitsplitsing.split("=")
        assert code in TABEL.dimensies[dimensie]


def test_the_source_list_has_the_groups_that_there_are():
    assert set(TABEL.dimensies["Groep"]) == set(read_groepen())
    assert all(TABEL.dimensies["Groep"][g.id] == g.naam for g in read_groepen().values())
    assert any(not g.bevestigd for g in read_groepen().values())
