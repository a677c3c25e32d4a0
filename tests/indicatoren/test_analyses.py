"""The analyses on hand-made cells: parts sum to the whole, published figures return, what is empty is never a zero."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from assets.tabel import SQL, read_query
from tests.conftest import lay_rekenregels
from tests.gebieden import lay_rapportregio

DIM = "BedrijfstakkenBranchesSBI2008"
TOTAAL = "T001081"
REKENINGEN, REKENINGEN_2015, BANEN, PENDEL = "85925NED", "84419NED", "83582NED", "85481NED"
FACTOR = {
    "toegevoegde_waarde": 1e6,
    "arbeidsjaren": 1e3,
    "banen_werknemers": 1e3,
    "banen": 1e3,
    "prognose": 1e3,
    "prognose_15_tot_75": 1.0,
    "prognose_75_plus": 1.0,
    "prognose_totaal": 1.0,
}


@cache
def takken(indeling: str) -> tuple[str, ...]:
    with duckdb.connect() as db:
        query = read_query(SQL / "kern" / "bedrijfstak.sql").query
        return tuple(r[0] for r in db.execute(f"SELECT bedrijfstak FROM ({query}) WHERE {indeling}").fetchall())


GROF, FIJN = takken("grof"), takken("fijn")


def cel(tabel: str, onderwerp: str, uitsplitsing: str, plek: tuple[str, int | str], waarde: Any, **extra: Any) -> dict:
    """A cell; a text as value is the reason why it is empty."""
    leeg = waarde if isinstance(waarde, str) else None
    regio, periode = plek
    return {
        "bron": "aanlevering" if tabel == "sjabloon" else "cbs",
        "tabel": tabel,
        "onderwerp": onderwerp,
        "uitsplitsing": uitsplitsing,
        "regio": regio,
        "periode": f"{periode}JJ00" if isinstance(periode, int) else periode,
        "waarde": None if leeg else float(waarde),
        "marge_onder": None,
        "marge_boven": None,
        "leeg_reden": leeg,
        "status": "definitief",
        **extra,
    }


def tak(tabel: str, onderwerp: str, code: str, plek: tuple[str, int], waarde: Any) -> dict:
    return cel(tabel, onderwerp, f"{DIM}={code}", plek, waarde)


TYPES = {"waarde": pa.float64(), "marge_onder": pa.float64(), "marge_boven": pa.float64(), "decimalen": pa.int32()}
TYPES |= {"telt_op": pa.bool_()}


def fill(db: duckdb.DuckDBPyConnection, naam: str, rows: list[dict]) -> None:
    """Create a table of these rows: text, but for the columns of TYPES and what Python says itself."""
    plain = {int: pa.int64(), float: pa.float64()}
    schema = pa.schema([(k, TYPES.get(k) or plain.get(type(v), pa.string())) for k, v in rows[0].items()])
    inhoud = pa.Table.from_pylist(rows, schema=schema)  # noqa: F841 - DuckDB reads it by name
    db.execute(f"CREATE TABLE {naam} AS FROM inhoud")


def make(naam: str, cellen: list[dict], editie: int = 2026, **frames: list[dict]) -> list[dict]:
    """Run the query of `monitor.<naam>` on these cells (and further tables) and give its rows."""
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA invoer; CREATE SCHEMA monitor")
        lay_rekenregels(db)
        read_query(SQL / "kern" / "bedrijfstak.sql").create(db)
        fill(db, "kern.waarneming", cellen)
        topics = [
            {"bron": b, "tabel": t, "onderwerp": o, "factor": FACTOR[o]}
            for b, t, o in sorted({(c["bron"], c["tabel"], c["onderwerp"]) for c in cellen})
        ]
        fill(db, "kern.onderwerp", topics)
        db.execute(f"CREATE TABLE invoer.editie AS SELECT {editie} AS editie")
        for frame, content in frames.items():
            fill(db, frame.replace("__", "."), content)
        if "kern__regio_lid" in frames:
            lay_rapportregio(db)
        for query in (SQL / "reken" / "baancel.sql", SQL / "monitor" / f"{naam}.sql"):
            read_query(query).create(db)
        found = db.execute(f"FROM monitor.{naam}")
        names = [d[0] for d in found.description]
        return [dict(zip(names, r, strict=True)) for r in found.fetchall()]


def only(rows: list[dict], **wanted: Any) -> dict:
    found = [r for r in rows if all(r[k] == v for k, v in wanted.items())]
    assert len(found) == 1, (wanted, len(found))
    return found[0]


# ------------------------------------------------------------------------------------------------ productivity gap


def published(shared_data, jaar: str) -> list[dict]:
    """The published totals of 84432NED as cells."""
    names = {"Toegevoegde waarde (bruto, basisprijzen)": "toegevoegde_waarde", "Arbeidsjaren totaal": "arbeidsjaren"}
    with (shared_data / "referentie" / "gepubliceerde_cijfers.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["tabel_id"] == "84432NED" and r["periode_label"] == jaar]
    return [
        cel(
            "84432NED",
            names[r["onderwerp"]],
            "totaal",
            (r["regiocode"], int(jaar.rstrip("*"))),
            float(r["waarde_zoals_getoond"].replace(".", "").replace(",", ".")),
            status="voorlopig",
        )
        for r in rows
        if r["onderwerp"] in names
    ]


def test_backtest_the_gap_of_2022_is_that_of_the_published_totals(shared_data):
    """84432NED, 2022*, as published: 16.535 / 193,9 and 859.803 / 8.144,2; -20.296 euro with a margin of 1."""
    rows = make("productiviteitskloof", published(shared_data, "2022*"))
    row = only(rows, tabel="84432NED", regio="PV22", periode="2022JJ00", bedrijfstak=TOTAAL)
    assert row["productiviteit"] == pytest.approx(85_276, abs=1)
    assert row["productiviteit_nl"] == pytest.approx(105_572, abs=1)
    assert row["kloof"] == pytest.approx(-20_296, abs=1)
    assert row["status"] == "voorlopig"
    # a table without branches has a gap and no division of it
    assert row["structuur"] is None
    assert (row["indeling"], row["leeg_reden"]) == ("geen", "niet_van_toepassing")


def rekeningen(seed: int, regios: Iterable[str] = ("PV22", "CR07"), jaren: Iterable[int] = (2021, 2022)) -> list[dict]:
    """Random branches of both divisions, whose totals are rounded on their own as those of CBS."""
    draw = random.Random(seed)
    cellen = []
    for regio in ("NL01", *regios):
        size = 40 if regio == "NL01" else 1
        for jaar in jaren:
            for onderwerp, scale, digits in (("toegevoegde_waarde", 900, 0), ("arbeidsjaren", 10, 1)):
                for division in (GROF, FIJN):
                    values = {c: draw.uniform(0, scale * size) for c in division}
                    if division is GROF:
                        total = round(sum(values.values()), digits)
                    cellen += [
                        tak(REKENINGEN, onderwerp, c, (regio, jaar), round(v, digits))
                        for c, v in values.items()
                        if division is GROF or c not in GROF
                    ]
                cellen.append(tak(REKENINGEN, onderwerp, TOTAAL, (regio, jaar), total))
    return cellen


@pytest.mark.parametrize("seed", range(8))
def test_structure_own_and_interaction_sum_to_the_gap(seed):
    rows = make("productiviteitskloof", rekeningen(seed))
    cells = {(r["regio"], r["periode"]) for r in rows}
    assert len(cells) == 4
    for indeling, division in (("grof", GROF), ("fijn", FIJN)):
        for regio, periode in cells:
            here = [r for r in rows if (r["indeling"], r["regio"], r["periode"]) == (indeling, regio, periode)]
            whole = only(here, bedrijfstak=TOTAAL)
            parts = [r for r in here if r["bedrijfstak"] != TOTAAL]
            assert {r["bedrijfstak"] for r in parts} == set(division)
            assert whole["kloof"] == pytest.approx(whole["productiviteit"] - whole["productiviteit_nl"], abs=1e-6)
            for term in ("structuur", "regiospecifiek", "interactie"):
                assert sum(r[term] for r in parts) == pytest.approx(whole[term], abs=1e-6)
            for r in here:
                terms = r["structuur"] + r["regiospecifiek"] + r["interactie"] + r["afronding"]
                assert terms == pytest.approx(r["kloof"], abs=2e-6)
                assert r["leeg_reden"] is None
            assert sum(r["aandeel"] for r in parts) == pytest.approx(100)
            if indeling == "grof":
                # the totals of the cells differ from the sum of the branches by rounding alone
                assert abs(whole["afronding"]) < 0.02 * whole["productiviteit"]


def formula(cellen: list[dict], regio: str, jaar: int) -> dict[str, float]:
    """The three terms as the catalogue writes them, over the coarse division."""

    def value(onderwerp: str, code: str, where: str) -> float:
        (found,) = (
            c["waarde"]
            for c in cellen
            if (c["onderwerp"], c["uitsplitsing"], c["regio"], c["periode"])
            == (onderwerp, f"{DIM}={code}", where, f"{jaar}JJ00")
        )
        return found

    work = {w: {c: value("arbeidsjaren", c, w) for c in GROF} for w in (regio, "NL01")}
    share = {w: {c: v / sum(work[w].values()) for c, v in work[w].items()} for w in work}
    each = {w: {c: 1000 * value("toegevoegde_waarde", c, w) / work[w][c] for c in GROF} for w in work}
    a, an, p, pn = share[regio], share["NL01"], each[regio], each["NL01"]
    return {
        "structuur": sum((a[s] - an[s]) * pn[s] for s in GROF),
        "regiospecifiek": sum(an[s] * (p[s] - pn[s]) for s in GROF),
        "interactie": sum((a[s] - an[s]) * (p[s] - pn[s]) for s in GROF),
    }


def test_the_terms_are_those_of_the_catalogue():
    cellen = rekeningen(42)
    whole = only(
        make("productiviteitskloof", cellen), indeling="grof", regio="PV22", periode="2022JJ00", bedrijfstak=TOTAAL
    )
    assert {k: pytest.approx(v, abs=1e-6) for k, v in formula(cellen, "PV22", 2022).items()} == {
        k: whole[k] for k in ("structuur", "regiospecifiek", "interactie")
    }


@pytest.mark.parametrize("regio", ["PV22", "NL01"])
@pytest.mark.parametrize("onderwerp", ["toegevoegde_waarde", "arbeidsjaren"])
def test_a_secret_branch_empties_the_division_and_leaves_the_gap(regio, onderwerp):
    fine = next(c for c in FIJN if c not in GROF)
    cellen = rekeningen(1)
    for c in cellen:
        if (c["onderwerp"], c["uitsplitsing"], c["regio"]) == (onderwerp, f"{DIM}={fine}", regio):
            c["waarde"], c["leeg_reden"] = None, "onbekend"
    rows = make("productiviteitskloof", cellen)
    for r in rows:
        if r["regio"] != "PV22":
            continue
        if r["indeling"] == "fijn":
            assert r["leeg_reden"] == "onbekend"
            assert r["structuur"] is r["regiospecifiek"] is r["interactie"] is r["afronding"] is None
            assert (r["kloof"] is None) == (r["bedrijfstak"] != TOTAAL)
        else:
            assert r["leeg_reden"] is None
            assert r["kloof"] is not None
    if regio == "PV22":
        assert all(r["leeg_reden"] is None for r in rows if r["regio"] == "CR07")


def test_a_branch_that_was_not_asked_for_is_no_zero():
    cellen = [c for c in rekeningen(1) if not (c["regio"] == "PV22" and c["uitsplitsing"] == f"{DIM}={GROF[3]}")]
    row = only(
        make("productiviteitskloof", cellen), indeling="grof", regio="PV22", periode="2022JJ00", bedrijfstak=TOTAAL
    )
    assert (row["structuur"], row["leeg_reden"]) == (None, "niet_in_selectie")
    assert row["kloof"] is not None


def test_a_branch_without_work_in_the_region_still_sums():
    cellen = rekeningen(3)
    for c in cellen:
        if (c["onderwerp"], c["uitsplitsing"], c["regio"]) == ("arbeidsjaren", f"{DIM}={GROF[0]}", "PV22"):
            c["waarde"] = 0.0
    rows = [r for r in make("productiviteitskloof", cellen) if r["regio"] == "PV22" and r["indeling"] == "grof"]
    for r in rows:
        terms = r["structuur"] + r["regiospecifiek"] + r["interactie"] + r["afronding"]
        assert terms == pytest.approx(r["kloof"], abs=2e-6)
        assert r["leeg_reden"] is None
    empty = [r for r in rows if r["bedrijfstak"] == GROF[0]]
    assert all(r["productiviteit"] is None and r["interactie"] == 0 for r in empty)


def test_two_revisions_never_meet_in_a_row():
    cellen = rekeningen(4)
    old = [{**c, "tabel": REKENINGEN_2015} for c in rekeningen(5)]
    both = make("productiviteitskloof", cellen + old)
    alone = make("productiviteitskloof", cellen)
    assert [r for r in sorted(both, key=str) if r["tabel"] == REKENINGEN] == sorted(alone, key=str)


# ------------------------------------------------------------------------------------------------ jobs by branch


def banen(
    seed: int, regios: Iterable[str] = ("PV22", "GM0114"), jaren: Iterable[int] = (2018, 2019, 2025)
) -> list[dict]:
    draw = random.Random(seed)
    cellen = []
    for regio in ("NL01", *regios):
        size = 50 if regio == "NL01" else 1
        for jaar in jaren:
            for division in (GROF, FIJN):
                values = {
                    c: round(draw.uniform(0.1, 30 * size), 1) for c in division if division is GROF or c not in GROF
                }
                cellen += [tak(BANEN, "banen_werknemers", c, (regio, jaar), v) for c, v in values.items()]
                if division is GROF:
                    cellen.append(tak(BANEN, "banen_werknemers", TOTAAL, (regio, jaar), round(sum(values.values()), 1)))
    return cellen


@pytest.mark.parametrize("seed", range(5))
def test_location_quotients_weigh_up_to_one(seed):
    rows = make("locatiequotient", banen(seed))
    for regio in ("PV22", "GM0114"):
        here = [r for r in rows if (r["regio"], r["periode"]) == (regio, "2025JJ00") and r["bedrijfstak"] in GROF]
        assert len(here) == len(GROF)
        assert sum(r["waarde"] * r["aandeel_nl"] / 100 for r in here) == pytest.approx(1)
        assert sum(r["overschot"] for r in here) == pytest.approx(0, abs=1e-6)
        for r in here:
            assert r["waarde"] == pytest.approx(r["aandeel"] / r["aandeel_nl"])
            assert (r["overschot"] > 0) == (r["waarde"] > 1)


def test_a_secret_branch_has_no_quotient_and_the_others_keep_theirs():
    cellen = banen(1)
    secret = f"{DIM}={GROF[2]}"
    for c in cellen:
        if (c["uitsplitsing"], c["regio"]) == (secret, "PV22"):
            c["waarde"], c["leeg_reden"] = None, "geheim"
    before = {(r["bedrijfstak"], r["periode"]): r for r in make("locatiequotient", banen(1)) if r["regio"] == "PV22"}
    for r in make("locatiequotient", cellen):
        if r["regio"] == "PV22" and r["bedrijfstak"] == GROF[2]:
            assert (r["waarde"], r["overschot"], r["leeg_reden"]) == (None, None, "geheim")
        elif r["regio"] == "PV22":
            assert r == before[r["bedrijfstak"], r["periode"]]


@pytest.mark.parametrize("seed", range(5))
def test_shift_share_sums_to_the_change(seed):
    rows = make("shift_share", banen(seed), editie=2026)
    assert {(r["soort"], r["periode_van"], r["periode"]) for r in rows} == {
        ("jaar", "2018JJ00", "2019JJ00"),
        ("venster", "2018JJ00", "2025JJ00"),
    }
    for r in rows:
        assert r["verandering"] == pytest.approx(r["banen"] - r["banen_van"], abs=1e-6)
        terms = r["nationaal"] + r["sectormix"] + r["regionaal"] + r["afronding"]
        assert terms == pytest.approx(r["verandering"], abs=2e-6)
    for indeling, soort, regio in {(r["indeling"], r["soort"], r["regio"]) for r in rows}:
        here = [r for r in rows if (r["indeling"], r["soort"], r["regio"]) == (indeling, soort, regio)]
        whole = only(here, bedrijfstak=TOTAAL)
        parts = [r for r in here if r["bedrijfstak"] != TOTAAL]
        for term in ("nationaal", "sectormix", "regionaal"):
            assert sum(r[term] for r in parts) == pytest.approx(whole[term], abs=1e-6)
        change = sum(r["verandering"] for r in parts)
        assert change + whole["afronding"] == pytest.approx(whole["verandering"], abs=1e-3)


def test_shift_share_by_hand():
    """Two branches: the country grows 10%, industry stands still there and trade grows 20%."""
    first, second = GROF[0], GROF[1]
    rest = [c for c in GROF if c not in (first, second)]
    cellen = []
    for regio, start, end in (("NL01", (100, 100), (100, 120)), ("PV22", (10, 30), (12, 33))):
        for jaar, values in ((2024, start), (2025, end)):
            cellen += [
                tak(BANEN, "banen_werknemers", c, (regio, jaar), v)
                for c, v in zip((first, second), values, strict=True)
            ]
            cellen += [tak(BANEN, "banen_werknemers", c, (regio, jaar), 0) for c in rest]
            cellen.append(tak(BANEN, "banen_werknemers", TOTAAL, (regio, jaar), sum(values)))
    rows = [r for r in make("shift_share", cellen) if r["indeling"] == "grof" and r["soort"] == "jaar"]
    found = {
        r["bedrijfstak"]: tuple(round(r[k]) for k in ("nationaal", "sectormix", "regionaal", "verandering"))
        for r in rows
    }
    assert found[first] == (1000, -1000, 2000, 2000)
    assert found[second] == (3000, 3000, -3000, 3000)
    assert found[TOTAAL] == (4000, 2000, -1000, 5000)
    assert all(found[c] == (0, 0, 0, 0) for c in rest)


@pytest.mark.parametrize(("jaar", "regio"), [(2018, "PV22"), (2019, "PV22"), (2019, "NL01")])
def test_a_secret_branch_at_either_end_empties_the_shift_share(jaar, regio):
    cellen = banen(2)
    for c in cellen:
        if (c["uitsplitsing"], c["regio"], c["periode"]) == (f"{DIM}={GROF[4]}", regio, f"{jaar}JJ00"):
            c["waarde"], c["leeg_reden"] = None, "geheim"
    here = [
        r for r in make("shift_share", cellen) if (r["indeling"], r["soort"], r["regio"]) == ("grof", "jaar", "PV22")
    ]
    assert len(here) == len(GROF) + 1
    for r in here:
        assert r["nationaal"] is r["sectormix"] is r["regionaal"] is r["afronding"] is None
        assert r["leeg_reden"] == "geheim"
    # the published total is known, and so is its change
    assert only(here, bedrijfstak=TOTAAL)["verandering"] is not None


def test_a_total_that_differs_by_rounding_says_so():
    cellen = banen(3)
    for c in cellen:
        if (c["uitsplitsing"], c["regio"], c["periode"]) == (f"{DIM}={TOTAAL}", "PV22", "2019JJ00"):
            c["waarde"] = round(c["waarde"] + 0.2, 1)
    whole = only(
        make("shift_share", cellen), indeling="grof", soort="jaar", regio="PV22", bedrijfstak=TOTAAL, periode="2019JJ00"
    )
    assert whole["afronding"] == pytest.approx(200, abs=1e-3)


# ------------------------------------------------------------------------------------------------ commuting

LEDEN = [
    {"regio": "PV22", "lid": "GM0114", "geldig_tot": None},
    {"regio": "RD2023", "lid": "GM0114", "geldig_tot": None},
    {"regio": "RD2023", "lid": "GM0160", "geldig_tot": None},
]
REGIOS = [
    {"code": c, "soort": s} for c, s in (("RD2023", "samengesteld"), ("PV22", "provincie"), ("GM0114", "gemeente"))
]


def stroom(woon: str, werk: str, waarde: Any) -> dict:
    return cel(PENDEL, "banen", f"WerkregioS={werk}", (woon, "2024MM12"), waarde)


STROMEN = {
    ("PV22", "NL01"): 200, ("PV22", "PV22"): 140, ("NL01", "PV22"): 190, ("NL01", "NL01"): 9000,
    ("GM0114", "NL01"): 40, ("GM0114", "GM0114"): 22, ("NL01", "GM0114"): 45,
    ("GM0160", "NL01"): 30, ("GM0160", "GM0160"): 18, ("NL01", "GM0160"): 28,
    ("GM0114", "GM0160"): 3, ("GM0160", "GM0114"): 2.5, ("GM0160", "PV22"): 4, ("PV22", "GM0160"): 5,
}  # fmt: skip


def pendel(naam: str, stromen: dict[tuple[str, str], Any]) -> list[dict]:
    cellen = [stroom(woon, werk, v) for (woon, werk), v in stromen.items()]
    return make(naam, cellen, kern__regio=REGIOS, kern__regio_lid=LEDEN)


def test_who_crosses_the_border_of_the_province():
    row = only(pendel("woon_werkbalans", STROMEN), regio="PV22")
    assert (row["banen"], row["banen_van_inwoners"], row["wonen_en_werken"]) == (190_000, 200_000, 140_000)
    assert (row["uitgaand"], row["inkomend"]) == (60_000, 50_000)
    assert row["uitgaand_pct"] == pytest.approx(30)
    assert row["inkomend_pct"] == pytest.approx(100 * 50 / 190)
    assert row["waarde"] == pytest.approx(0.95)


def test_within_a_composite_region_nobody_crosses_its_border():
    row = only(pendel("woon_werkbalans", STROMEN), regio="RD2023")
    assert row["wonen_en_werken"] == pytest.approx(22_000 + 18_000 + 3_000 + 2_500)
    assert row["uitgaand"] == pytest.approx(70_000 - 45_500)
    assert row["inkomend"] == pytest.approx(73_000 - 45_500)


def test_an_unknown_flow_within_a_composite_region_empties_it():
    row = only(pendel("woon_werkbalans", STROMEN | {("GM0114", "GM0160"): "onbekend"}), regio="RD2023")
    assert (row["waarde"], row["wonen_en_werken"], row["leeg_reden"]) == (None, None, "onbekend")
    gone = {k: v for k, v in STROMEN.items() if k != ("GM0160", "GM0114")}
    row = only(pendel("woon_werkbalans", gone), regio="RD2023")
    assert (row["waarde"], row["leeg_reden"]) == (None, "niet_in_selectie")


def test_the_matrix_has_the_pairs_of_drenthe_and_their_shares():
    rows = pendel("pendel", STROMEN | {("GM0160", "PV22"): "onbekend"})
    assert {r["woonregio"] for r in rows} == {"PV22", "GM0114", "GM0160", "NL01"}
    assert not [r for r in rows if {r["woonregio"], r["werkregio"]} <= {"GM0160", "NL01"}]
    own = only(rows, woonregio="PV22", werkregio="PV22")
    assert own["aandeel_woonregio"] == pytest.approx(70)
    assert own["aandeel_werkregio"] == pytest.approx(100 * 140 / 190)
    unknown = only(rows, woonregio="GM0160", werkregio="PV22")
    assert (unknown["waarde"], unknown["aandeel_woonregio"], unknown["leeg_reden"]) == (None, None, "onbekend")


# ------------------------------------------------------------------------------------------------ forecast


def indicatorwaarde(indicator: str, regio: str, jaar: int, waarde: Any) -> dict:
    leeg = waarde if isinstance(waarde, str) else None
    return {
        "indicator": indicator,
        "uitsplitsing": "totaal",
        "regio": regio,
        "periode": f"{jaar}JJ00",
        "waarde": None if leeg else float(waarde),
        "status": "definitief",
        "leeg_reden": leeg,
    }


def prognose(jaar: int, waarde: Any, onder: float | None = None, boven: float | None = None) -> dict:
    return cel("85173NED", "prognose", "Leeftijd=10000", ("PV22", jaar), waarde, marge_onder=onder, marge_boven=boven)


def test_the_forecast_stands_beside_what_came():
    cellen = [
        prognose(2025, 500.0, 497.0, 503.0),
        prognose(2026, 502.0, 498.0, 506.0),
        prognose(2050, 480.1, 452.3, 509.6),
    ]
    came = [indicatorwaarde("bevolking", "PV22", j, v) for j, v in ((2022, 497_743), (2025, 506_500), (2026, 505_000))]
    came.append(indicatorwaarde("bevolking", "PV23", 2026, 1_000_000))
    rows = {r["periode"][:4]: r for r in make("prognose", cellen, monitor__indicatorwaarde=came)}
    assert set(rows) == {"2022", "2025", "2026", "2050"}
    assert (rows["2025"]["afwijking"], rows["2025"]["binnen_interval"]) == (6_500, False)
    assert (rows["2026"]["afwijking"], rows["2026"]["binnen_interval"]) == (3_000, True)
    assert rows["2026"]["afwijking_pct"] == pytest.approx(100 * 3 / 502)
    assert rows["2050"]["waarde"] == pytest.approx(480_100)
    assert (rows["2050"]["werkelijk"], rows["2050"]["binnen_interval"]) == (None, None)
    assert (rows["2022"]["waarde"], rows["2022"]["leeg_reden"]) == (None, "niet_gepubliceerd")
    assert rows["2022"]["werkelijk"] == 497_743


def test_ages_in_the_forecast_are_empty_without_a_delivery():
    assert make("prognose_leeftijd", [prognose(2050, 480.1)]) == []


def test_ages_of_a_delivery_give_shares_in_percentage_points():
    people = {
        "prognose_totaal": (500_000, 480_000),
        "prognose_15_tot_75": (370_000, 320_000),
        "prognose_75_plus": (55_000, 90_000),
    }
    cellen = [
        cel("sjabloon", o, "totaal", ("PV22", jaar), v)
        for o, pair in people.items()
        for jaar, v in zip((2025, 2050), pair, strict=True)
    ]
    cellen.append(cel("sjabloon", "prognose_15_tot_75", "totaal", ("PV22", 2060), "niet_gepubliceerd"))
    rows = make("prognose_leeftijd", cellen)
    working = only(rows, leeftijd="15_tot_75", periode="2050JJ00")
    assert working["verandering"] == -50_000
    assert working["verandering_aandeel"] == pytest.approx(100 * (320 / 480 - 370 / 500))
    assert only(rows, leeftijd="75_plus", periode="2050JJ00")["aandeel"] == pytest.approx(100 * 90 / 480)
    young = only(rows, leeftijd="0_tot_15", periode="2050JJ00")
    assert (young["waarde"], young["verandering"], young["status"]) == (70_000, -5_000, working["status"])
    # what is left of a total is only known where both others are
    assert {r["periode"] for r in rows if r["leeftijd"] == "0_tot_15"} == {"2025JJ00", "2050JJ00"}
    later = only(rows, leeftijd="15_tot_75", periode="2060JJ00")
    assert (later["waarde"], later["verandering"], later["leeg_reden"]) == (None, None, "niet_gepubliceerd")


# ------------------------------------------------------------------------------------------------ ranks and records


def kaart(id: str, **extra: Any) -> dict:
    return {
        "id": id,
        "richting": "hoger",
        "aggregatie": "verhouding",
        "doel": "rapport",
        "decimalen": 1,
        "meting": "telling",
        "prijzen": "nvt",
        "telt_op": False,
        **extra,
    }


def ranks(values: dict[str, Any], **card: Any) -> dict[str, dict]:
    rows = make(
        "rang_provincie",
        [prognose(2025, 1)],
        kern__regio=[{"code": c, "soort": "provincie"} for c in values] + [{"code": "NL01", "soort": "land"}],
        invoer__kaart=[kaart("maat", **card)],
        monitor__indicatorwaarde=[indicatorwaarde("maat", r, 2024, v) for r, v in (*values.items(), ("NL01", 99.0))],
    )
    return {r["regio"]: r for r in rows}


def test_ties_share_a_rank_and_who_is_missing_has_none():
    values = {"PV20": 3.0, "PV21": 5.0, "PV22": 5.0, "PV23": "geheim", "PV24": 1.0}
    high = ranks(values)
    assert {r: v["rang"] for r, v in high.items()} == {"PV21": 1, "PV22": 1, "PV20": 3, "PV24": 4, "PV23": None}
    assert all(v["rang_van"] == 4 for v in high.values())
    assert {r: v["rang_midden"] for r, v in high.items()} == {
        "PV21": 1.5,
        "PV22": 1.5,
        "PV20": 3,
        "PV24": 4,
        "PV23": None,
    }
    assert {r for r, v in high.items() if v["gedeeld"]} == {"PV21", "PV22"}
    assert high["PV23"]["leeg_reden"] == "geheim"
    low = ranks(values, richting="lager")
    assert {r: v["rang"] for r, v in low.items()} == {"PV24": 1, "PV20": 2, "PV21": 3, "PV22": 3, "PV23": None}


def test_a_rank_says_whether_it_is_a_verdict():
    values = {"PV21": 5.0, "PV22": 4.0}
    assert ranks(values)["PV22"]["rang_1_gunstig"]
    assert not ranks(values, richting="neutraal")["PV22"]["rang_1_gunstig"]
    # a total has no rank, and what is equal in ten digits is equal: a small number has as many as a large one
    assert ranks(values, telt_op=True) == {}
    assert not ranks({"PV21": 1e-9, "PV22": 2e-9})["PV22"]["gedeeld"]
    assert ranks({"PV21": 0.0, "PV22": 0.0})["PV22"]["gedeeld"]
    assert ranks({"PV21": 0.1 + 0.2, "PV22": 0.3})["PV22"]["gedeeld"]
    assert ranks({"PV21": "geheim", "PV22": 4.0}) == {}
