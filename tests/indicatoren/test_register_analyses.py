"""The analyses of the register on hand-made cells: what is suppressed stays suppressed, parts make the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.tabel import SQL, read_query
from tests.conftest import lay_rekenregels
from tests.gebieden import lay_rapportregio

MOMENT = "20260701T000000000000Z"
TABELLEN = (
    *("kern.bedrijfstak", "monitor.werkgelegenheid", "monitor.grootste_sector", "reken.baancel"),
    *("reken.landelijke_baan", "reken.registerbaan", "monitor.locatiequotient_register"),
    *("monitor.shift_share_register", "monitor.stuwend", "monitor.banenbegrippen"),
)
SECTIES = "ABCDEFGHIJKLMNOPQRSTU"


def cel(onderwerp: str, uitsplitsing: str, regio: str, jaar: int, waarde: float | None, **extra: Any) -> dict[str, Any]:
    """A cell of the register; None is suppressed."""
    return {
        "bron": "register",
        "tabel": "pwr",
        "onderwerp": onderwerp,
        "uitsplitsing": uitsplitsing,
        "regio": regio,
        "periode": f"{jaar}JJ00",
        "waarde": waarde,
        "marge_onder": None,
        "marge_boven": None,
        "leeg_reden": "onderdrukt" if waarde is None else None,
        "status": "definitief",
        "momentopname": MOMENT,
    } | extra


def werk(uitsplitsing: str, regio: str, jaar: int, banen: float | None) -> list[dict[str, Any]]:
    """The three measures of a cell."""
    return [
        cel(o, uitsplitsing, regio, jaar, None if banen is None else banen * deel)
        for o, deel in (("vestigingen", 0.5), ("banen", 1), ("fulltime", 0.75))
    ]


def verdeeld(regio: str, jaar: int, **secties: float | None) -> list[dict[str, Any]]:
    """A region with these sections, all others 0. The total is known, also where a section is suppressed (10 then)."""
    rows = [r for s in SECTIES for r in werk(f"Sectie={s}", regio, jaar, secties.get(s, 0))]
    total = sum(10 if v is None else v for v in secties.values())
    return rows + werk("totaal", regio, jaar, total)


def lisa(jaar: int, **secties: float) -> list[dict[str, Any]]:
    landelijk = {s: secties.get(s, 0.0) for s in SECTIES}
    values = {f"banen_{s.lower()}": v for s, v in landelijk.items()} | {"banen_totaal": sum(landelijk.values())}
    return [cel(o, "totaal", "NL01", jaar, v, bron="aanlevering", tabel="lisa") for o, v in values.items()]


@pytest.fixture
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as db:
        yield db


def build(db: duckdb.DuckDBPyConnection, cellen: list[dict[str, Any]], editie: int = 2026) -> None:
    for schema in ("invoer", "kern", "monitor", "reken"):
        db.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")
    query = read_query(SQL / "kern" / "waarneming.sql")
    db.execute(f"CREATE TABLE kern.waarneming ({', '.join(f'{k.naam} {k.type}' for k in query.kolommen)})")
    frame = pd.DataFrame(cellen)
    db.register("frame", frame)
    db.execute("INSERT INTO kern.waarneming BY NAME FROM frame")
    db.execute(
        "CREATE TABLE kern.onderwerp AS SELECT DISTINCT bron, tabel, onderwerp, 1.0::DOUBLE AS factor FROM frame"
    )
    db.execute("UPDATE kern.onderwerp SET factor = 1000 WHERE bron = 'cbs'")
    db.execute("CREATE TABLE kern.regio (code VARCHAR, soort VARCHAR)")
    db.execute("CREATE TABLE kern.regio_lid (regio VARCHAR, lid VARCHAR, geldig_tot DATE)")
    db.execute("INSERT INTO kern.regio VALUES ('PV22', 'provincie'), ('GM0106', 'gemeente')")
    db.execute("INSERT INTO kern.regio_lid VALUES ('PV22', 'GM0106', NULL)")
    lay_rapportregio(db)
    db.execute(f"CREATE TABLE invoer.editie AS SELECT {editie} AS editie")
    lay_rekenregels(db)
    db.execute(
        f"CREATE TABLE invoer.momentopname AS SELECT 'register' AS bron, 'pwr' AS tabel, '{MOMENT}' AS momentopname, "
        "true AS gebruikt"
    )
    db.execute(
        f"CREATE TABLE invoer.code AS SELECT 'register' AS bron, 'pwr' AS tabel, '{MOMENT}' AS momentopname, "
        "'Sectie' AS dimensie, 'uitsplitsing' AS soort, 'Q' AS code, 'Gezondheids- en welzijnszorg' AS titel"
    )
    for naam in TABELLEN:
        schema, table = naam.split(".")
        read_query(SQL / schema / f"{table}.sql").create(db)


def one(db: duckdb.DuckDBPyConnection, query: str) -> Any:
    (row,) = db.execute(query).fetchall()
    return row[0] if len(row) == 1 else row


def test_shares_growth_and_index_are_those_of_the_cells(db):
    build(db, [*verdeeld("PV22", 2019, Q=50, C=50), *verdeeld("PV22", 2020, Q=66, C=54)])
    found = one(
        db,
        "SELECT (naam, banen, aandeel_banen, groei_banen, banen_erbij, index_2019) FROM monitor.werkgelegenheid "
        "WHERE periode = '2020JJ00' AND code = 'Q'",
    )
    naam, *values = found.values() if isinstance(found, dict) else found
    assert naam == "Gezondheids- en welzijnszorg"
    assert values == pytest.approx([66, 55, 32, 16, 132])


def test_what_is_suppressed_gives_no_share_no_growth_and_no_index(db):
    build(
        db,
        [
            *verdeeld("GM0106", 2019, Q=50, C=50),
            *verdeeld("GM0106", 2020, Q=None, C=50),
            *verdeeld("GM0106", 2021, Q=50, C=50),
        ],
    )
    rows = db.execute(
        "SELECT periode, banen, aandeel_banen, groei_banen, index_2019, leeg_reden FROM monitor.werkgelegenheid "
        "WHERE code = 'Q' ORDER BY periode"
    ).fetchall()
    assert rows[1] == ("2020JJ00", None, None, None, None, "onderdrukt")
    # a growth from a suppressed figure would give that figure away
    assert rows[2][3] is None and rows[2][4] == 100


def test_a_section_is_not_compared_over_the_change_of_classification(db):
    both = [*verdeeld("PV22", 2025, Q=50), *werk("Groep=zorg", "PV22", 2025, 50)]
    later = [*werk("Sectie2025=Q", "PV22", 2026, 60), *werk("Groep=zorg", "PV22", 2026, 60)]
    build(db, [*both, *later, *werk("totaal", "PV22", 2026, 60)])
    rows = dict(
        db.execute("SELECT dimensie, groei_banen FROM monitor.werkgelegenheid WHERE periode = '2026JJ00'").fetchall()
    )
    assert rows == {"Sectie2025": None, "Groep": None, "totaal": 20}


def test_the_largest_sections_are_of_those_that_may_be_shown(db):
    build(db, verdeeld("GM0106", 2020, Q=None, C=50, G=80, A=50, F=1, H=2, J=3))
    rows = db.execute("SELECT rang, sectie, onderdrukt FROM monitor.grootste_sector ORDER BY rang").fetchall()
    assert rows == [(1, "G", 1), (2, "A", 1), (3, "C", 1), (4, "J", 1), (5, "H", 1)]


def test_a_quotient_stands_beside_lisa_where_it_was_delivered(db):
    build(db, [*verdeeld("PV22", 2020, Q=30, C=70), *lisa(2020, Q=200, C=800)])
    q = one(db, "SELECT (landelijk_begrip, waarde, overschot) FROM monitor.locatiequotient_register WHERE sectie = 'Q'")
    begrip, waarde, overschot = q.values() if isinstance(q, dict) else q
    assert (begrip, waarde, overschot) == ("lisa", pytest.approx(1.5), pytest.approx(10))


def cbs(jaar: int, **takken: float) -> list[dict[str, Any]]:
    codes = {"C": "307500", "Q": "422400", "R-U": "300014", "A-U": "T001081", "B-E": "300002"}
    dim = "BedrijfstakkenBranchesSBI2008"
    return [
        cel("banen_werknemers", f"{dim}={codes[k.replace('_', '-')]}", "NL01", jaar, v, bron="cbs", tabel="83582NED")
        for k, v in takken.items()
    ]


def test_without_lisa_it_stands_beside_employees_of_the_december_before_and_says_so(db):
    nederland = cbs(2019, C=0.5, Q=0.3, R_U=0.2, A_U=1.0, B_E=0.6)
    build(db, [*verdeeld("PV22", 2020, Q=30, R=20, S=20, C=30), *nederland])
    rows = db.execute(
        "SELECT sectie, landelijk_begrip, banen, waarde, leeg_reden "
        "FROM monitor.locatiequotient_register ORDER BY sectie"
    ).fetchall()
    by_section = {r[0]: r[1:] for r in rows}
    assert set(by_section) == {"C", "Q", "R-U"}
    assert by_section["R-U"] == ("banen_werknemers", 40, pytest.approx(2.0), None)


def test_a_suppressed_section_suppresses_what_it_is_part_of(db):
    build(db, [*verdeeld("PV22", 2020, R=None, S=20, C=30), *cbs(2019, C=0.5, R_U=0.5, A_U=1.0)])
    assert one(db, "SELECT (banen, leeg_reden) FROM monitor.locatiequotient_register WHERE sectie = 'R-U'") in (
        (None, "onderdrukt"),
        {"banen": None, "leeg_reden": "onderdrukt"},
    )
    assert one(db, "SELECT leeg_reden FROM monitor.stuwend WHERE definitie = 'c'") == "onderdrukt"


def test_the_third_definition_adds_up_what_is_above_the_national_share(db):
    build(db, [*verdeeld("PV22", 2020, Q=30, C=70), *lisa(2020, Q=500, C=500)])
    assert one(db, "SELECT banen FROM monitor.stuwend WHERE definitie = 'c'") == pytest.approx(20)
    assert one(db, "SELECT aandeel FROM monitor.stuwend WHERE definitie = 'c'") == pytest.approx(20)


BANEN = st.dictionaries(st.sampled_from(list(SECTIES)), st.integers(0, 5_000), min_size=2, max_size=8)


@settings(max_examples=8, deadline=None)
@given(van=BANEN, tot=BANEN, nl_van=BANEN, nl_tot=BANEN, onbekend=st.tuples(st.integers(0, 50), st.integers(0, 50)))
def test_the_parts_of_a_change_make_the_change_to_the_unit(van, tot, nl_van, nl_tot, onbekend):
    cellen = [
        *lisa(2020, **{s: float(nl_van.get(s, 0) + 1) for s in SECTIES}),
        *lisa(2021, **{s: float(nl_tot.get(s, 0) + 1) for s in SECTIES}),
    ]
    for jaar, secties, extra in ((2020, van, onbekend[0]), (2021, tot, onbekend[1])):
        rows = [r for r in verdeeld("PV22", jaar, **secties) if r["uitsplitsing"] != "totaal"]
        cellen += [*rows, *werk("totaal", "PV22", jaar, sum(secties.values()) + extra)]
    with duckdb.connect() as db:
        build(db, cellen)
        rows = db.execute(
            "SELECT sectie, nationaal, sectormix, regionaal, overig, verandering FROM monitor.shift_share_register "
            "WHERE soort = 'jaar'"
        ).fetchall()
    assert len(rows) == len(SECTIES) + 1
    for sectie, nationaal, sectormix, regionaal, overig, verandering in rows:
        assert nationaal + sectormix + regionaal + overig == pytest.approx(verandering, abs=1e-6)
        if sectie == "totaal":
            assert verandering == sum(tot.values()) + onbekend[1] - sum(van.values()) - onbekend[0]
            assert overig == pytest.approx(onbekend[1] - onbekend[0], abs=1e-6)


def test_one_suppressed_section_empties_the_whole_division_of_its_region(db):
    build(
        db,
        [
            *verdeeld("GM0106", 2020, Q=None, C=70),
            *verdeeld("GM0106", 2021, Q=30, C=70),
            *lisa(2020, Q=1, C=1),
            *lisa(2021, Q=1, C=1),
        ],
    )
    rows = db.execute("SELECT DISTINCT nationaal, leeg_reden FROM monitor.shift_share_register").fetchall()
    assert rows == [(None, "onderdrukt")]
    # the total itself may be shown
    assert (
        one(db, "SELECT verandering FROM monitor.shift_share_register WHERE soort = 'jaar' AND sectie = 'totaal'") == 20
    )


def test_the_window_never_runs_from_one_notion_to_another(db):
    jaren = {j: verdeeld("PV22", j, Q=30, C=70) for j in (2019, 2020, 2021)}
    build(
        db,
        [
            *jaren[2019],
            *jaren[2020],
            *jaren[2021],
            *lisa(2020, Q=1, C=1),
            *lisa(2021, Q=1, C=1),
            *cbs(2018, C=1, Q=1, A_U=2),
        ],
    )
    rows = db.execute(
        "SELECT DISTINCT periode_van, periode, landelijk_begrip "
        "FROM monitor.shift_share_register WHERE soort = 'venster'"
    ).fetchall()
    assert rows == [("2020JJ00", "2021JJ00", "lisa")]


def test_notions_of_jobs_stand_side_by_side_with_why_they_differ(db):
    rekeningen = [
        cel(o, "totaal", "PV22", 2022, v, bron="cbs", tabel="85924NED")
        for o, v in (("werknemers", 201.9), ("zelfstandigen", 48.5), ("arbeidsjaren", 193.9))
    ]
    december = cel(
        "banen_werknemers", "BedrijfstakkenBranchesSBI2008=T001081", "PV22", 2022, 206.0, bron="cbs", tabel="83582NED"
    )
    build(db, [*verdeeld("PV22", 2022, Q=235_500), *rekeningen, december])
    rows = db.execute(
        "SELECT begrip, waarde, leeg_reden FROM monitor.banenbegrippen WHERE regio = 'PV22' ORDER BY volgorde"
    ).fetchall()
    assert [r[0] for r in rows] == [
        *("pwr_banen", "pwr_fulltime", "banen_werknemers", "werkzame_personen", "werknemers", "arbeidsjaren")
    ]
    assert [r[1] for r in rows] == pytest.approx([235_500, 0.75 * 235_500, 206_000, 250_400, 201_900, 193_900])
    gemeente = db.execute(
        "SELECT begrip, leeg_reden FROM monitor.banenbegrippen WHERE regio = 'GM0106' AND waarde IS NULL"
    ).fetchall()
    assert ("arbeidsjaren", "niet_in_selectie") in gemeente
    assert all(t for (t,) in db.execute("SELECT telt FROM monitor.banenbegrippen").fetchall())


# every table that is made of cells of the register, with the key of a row
AFGELEID = {
    "werkgelegenheid": ("regio", "periode", "dimensie", "code"),
    "locatiequotient_register": ("regio", "periode", "sectie"),
    "shift_share_register": ("soort", "regio", "periode_van", "periode", "sectie"),
    "stuwend": ("regio", "periode", "definitie"),
    "banenbegrippen": ("regio", "periode", "begrip"),
}


def figures(cellen: list[dict[str, Any]]) -> dict[tuple, float]:
    """Every number in those tables: (table, key of the row, column) -> figure."""
    found = {}
    with duckdb.connect() as db:
        build(db, cellen)
        for naam, key in AFGELEID.items():
            frame = db.execute(f"FROM monitor.{naam} ORDER BY ALL").df()
            numbers = frame.select_dtypes("number").columns
            for row, values in zip(frame[list(key)].itertuples(index=False), frame[numbers].to_numpy(), strict=True):
                found |= {(naam, tuple(row), c): v for c, v in zip(numbers, values, strict=True) if pd.notna(v)}
    return found


def rekeningen() -> list[dict[str, Any]]:
    """What stands beside the register: the Netherlands, and another notion of jobs in the same regions."""
    return [
        *(row for jaar in (2019, 2020, 2021) for row in lisa(jaar, Q=300 + jaar % 7, C=500, R=200)),
        *(
            cel(o, "totaal", regio, jaar, 1.0, bron="cbs", tabel="85924NED")
            for o in ("werknemers", "zelfstandigen", "arbeidsjaren")
            for regio in ("PV22", "GM0106")
            for jaar in (2019, 2020, 2021)
        ),
    ]


@pytest.mark.parametrize(
    ("weg", "jaar", "gone"),
    [
        ("Sectie=Q", 2020, {"banen", "aandeel_banen", "index_2019", "waarde", "overschot", "nationaal", "regionaal"}),
        ("Sectie=Q", 2019, {"index_2019", "groei_banen", "banen_erbij", "sectormix"}),
        ("totaal", 2020, {"aandeel_banen", "aandeel_vestigingen", "aandeel", "verschil_pct", "overschot", "overig"}),
        ("Groep=stuwend_a", 2020, {"banen", "aandeel", "aandeel_banen", "index_2019"}),
        ("Sectie=R", 2021, {"banen", "waarde", "nationaal"}),
    ],
)
def test_a_withheld_cell_takes_along_what_is_made_of_it_and_changes_no_figure(weg, jaar, gone):
    """No sum leaves it out in silence: whatever figure is still there is the same as when it was published."""
    cellen = [*rekeningen()]
    for j in (2019, 2020, 2021):
        for regio, extra in (("GM0106", 0), ("PV22", 900)):
            cellen += verdeeld(regio, j, Q=50 + j % 5 + extra, C=70 + extra, R=30 + j % 3 + extra, G=20 + extra)
            cellen += werk("Groep=stuwend_a", regio, j, 110 + extra)
    hidden = [
        c | {"waarde": None, "leeg_reden": "onderdrukt"}
        if (c["bron"], c["uitsplitsing"], c["regio"], c["periode"]) == ("register", weg, "GM0106", f"{jaar}JJ00")
        else c
        for c in cellen
    ]
    assert hidden != cellen
    before, after = figures(cellen), figures(hidden)
    assert after.items() <= before.items()
    lost = {column for _, _, column in before.keys() - after.keys()}
    assert gone <= lost
    # nothing that is left is a ratio or a difference with the cell that is gone
    places = [key for key in after if key[1][0] == "GM0106" and key[1][-1] == weg.split("=")[-1]]
    assert not [k for k in places if k[0] == "werkgelegenheid" and k[1][1] == f"{jaar}JJ00"]
