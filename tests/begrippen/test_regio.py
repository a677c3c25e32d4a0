import json
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from assets.tabel import SQL, read_query
from begrippen import regio
from begrippen.fout import BestandError
from begrippen.gebied import GEBIEDEN, gekozen, namen, read_gebied
from begrippen.regio import gemeenten_op
from tests.gebieden import leden_op

VANDAAG = date(2026, 1, 1)


@pytest.fixture(scope="module")
def regios() -> pd.DataFrame:
    return regio.read_regios()


@pytest.fixture(scope="module")
def leden() -> pd.DataFrame:
    return regio.read_leden()


def test_a_code_stands_once_and_every_row_is_complete(regios, leden):
    assert regios["code"].is_unique
    (soorten,) = [k.lijst for k in read_query(SQL / "kern" / "regio.sql").kolommen if k.naam == "soort"]
    assert set(regios["soort"]) == set(soorten or ())
    for frame in (regios, leden):
        text = frame.select_dtypes(["object", "str"])
        assert not text.isna().any().any() and not (text == "").any().any()
        assert (text == text.apply(lambda column: column.str.strip())).all().all()
        assert (frame["geldig_tot"].isna() | (frame["geldig_tot"] > frame["geldig_van"].fillna(pd.Timestamp(0)))).all()
    assert regios["stedelijkheid"].dropna().between(1, 5).all()


def test_a_caller_can_not_spoil_the_list():
    first = regio.read_regios()
    first["code"] = "weg"
    assert "NL01" in set(regio.read_regios()["code"])


def test_counts_of_today(regios):
    now = regios[regios["geldig_tot"].isna()]
    counts = Counter(now["soort"])
    expected = {"land": 1, "landsdeel": 4, "provincie": 12, "corop": 40, "arbeidsmarktregio": 35, "gemeente": 342}
    assert {soort: counts[soort] for soort in expected} == expected


# the numbers that CBS gives for 1 January of these years
@pytest.mark.parametrize(
    ("year", "number"),
    [(2008, 443), (2013, 408), (2019, 355), (2020, 355), (2021, 352), (2022, 345), (2023, 342), (2026, 342)],
)
def test_number_of_municipalities_by_year(year, number):
    gemeenten = gemeenten_op(date(year, 1, 1))
    assert len(gemeenten) == number
    assert gemeenten["provincie"].notna().all()
    assert gemeenten["provincie"].nunique() == 12


def test_every_member_is_a_region_and_no_membership_overlaps(regios, leden):
    codes = set(regios["code"])
    assert set(leden["regio"]) | set(leden["lid"]) <= codes
    leden = leden.sort_values(["regio", "lid", "geldig_van"])
    following = leden.groupby(["regio", "lid"])["geldig_van"].shift(-1)
    assert (following.isna() | (leden["geldig_tot"] <= following)).all()


def test_every_municipality_has_one_corop_area_in_its_province(leden):
    gemeenten = gemeenten_op(VANDAAG)
    in_corop = leden[leden["regio"].str.startswith("CR")]
    assert in_corop["lid"].is_unique
    assert set(in_corop["lid"]) == set(gemeenten["code"])
    province = leden[leden["lid"].str.startswith("CR") & leden["regio"].str.startswith("PV")].set_index("lid")["regio"]
    assert len(province) == 40
    assert (gemeenten["corop"].map(province) == gemeenten["provincie"]).all()


def test_provinces_and_landsdelen_cover_the_country(leden):
    provinces = {f"PV{number}" for number in range(20, 32)}
    assert set(leden_op("NL01", VANDAAG)) == provinces
    in_landsdeel = leden[leden["regio"].str.startswith("LD")]
    assert in_landsdeel["lid"].is_unique and set(in_landsdeel["lid"]) == provinces
    assert leden_op("LD01", VANDAAG) == ["PV20", "PV21", "PV22"]


def test_a_municipality_that_moved_keeps_its_province_of_then():
    of_then = gemeenten_op(date(2001, 1, 1)).set_index("code")["provincie"]
    of_later = gemeenten_op(date(2002, 1, 1)).set_index("code")["provincie"]
    assert (of_then["GM0620"], of_later["GM0620"]) == ("PV28", "PV26")


def test_regio_deal_members_change_with_the_deal():
    assert "GM1680" in leden_op("RD2018", date(2022, 12, 31))
    assert leden_op("RD2018", date(2023, 1, 1)) == []
    assert leden_op("RD2023", VANDAAG) == ["GM0109", "GM0114", "GM0118", "GM0160", "GM1681"]
    assert len(leden_op("ZOD4", VANDAAG)) == 4


def test_special_codes_are_known_and_neighbourhoods_are_not():
    assert {"NL00", "NL98", "PV99", "AM99", "GM0997", "GM0998", "GM0999"} <= regio.known_codes()
    assert not {"WK168000", "BU16800000", "XX01", ""} & regio.known_codes()
    assert regio.is_wijk_of_buurt("WK168000") and not regio.is_wijk_of_buurt("GM1680")
    assert regio.read_aliassen().to_dict("records") == [{"alias": "NL00", "code": "NL01"}]


def test_the_twelve_have_the_corop_areas_that_were_given(shared_data: Path):
    given = pd.read_csv(shared_data / "regio" / "gemeente_corop_drenthe.csv", dtype=str)
    twelve = gemeenten_op(VANDAAG).query("provincie == 'PV22'").set_index("code")
    assert len(twelve) == 12
    assert twelve["corop"].to_dict() == given.set_index("gemeente")["corop"].to_dict()
    assert twelve["naam"].to_dict() == given.set_index("gemeente")["naam"].to_dict()


def test_every_code_of_the_real_data_is_known(shared_data: Path):
    seen: set[str] = set()
    for path in shared_data.glob("cbs_v4/*/codes-RegioS.json"):
        seen |= {row["Identifier"].strip() for row in json.loads(path.read_text("utf-8"))["value"]}
    for path in shared_data.glob("cbs_v4/*/observations-page-*.json"):
        seen |= {row["RegioS"].strip() for row in json.loads(path.read_text("utf-8"))["value"] if "RegioS" in row}
    assert len(seen) > 900
    delivery = shared_data / "brede_welvaart" / "rmbw_gemeenten_2013_2020.csv"
    seen |= set(pd.read_csv(delivery, dtype=str)["regiocode"].str.strip())
    v3 = pd.read_parquet(shared_data / "cbs_v3" / "84799NED" / "cbs.v3.84799NED_WijkenEnBuurten.parquet")["Key"]
    seen |= {code for code in v3.str.strip() if not regio.is_wijk_of_buurt(code)}
    assert "NL00" in seen
    assert seen <= regio.known_codes(), sorted(seen - regio.known_codes())


def test_the_municipalities_with_inhabitants_are_those_of_the_list(shared_data: Path):
    """In 03759ned an abolished municipality stays as a row without a value; so population tells who existed."""
    rows = json.loads((shared_data / "cbs_v4/03759ned/observations-page-1.json").read_text("utf-8"))["value"]
    observed = pd.DataFrame(rows)
    observed = observed[observed["Value"].notna() & observed["RegioS"].str.startswith("GM")]
    for period in ("2019JJ00", "2022JJ00", "2026JJ00"):
        living = set(observed.loc[observed["Perioden"] == period, "RegioS"])
        assert living == set(gemeenten_op(date(int(period[:4]), 1, 1))["code"])


HOOFD = "code;naam;kort;soort;geldig_van;geldig_tot;herkomst"


@pytest.fixture()
def met_regios(tmp_path, monkeypatch):
    """The tenant with these composite regions instead of its own."""

    def make(*rows: str):
        (tmp_path / "regio.csv").write_text("\n".join([HOOFD, *rows]) + "\n", encoding="utf-8")
        return gekozen().model_copy(update={"map": tmp_path})

    yield make
    regio._read.cache_clear()


def test_every_tenant_has_a_name_for_its_regions_that_fits_behind_a_line():
    for gebied in (read_gebied(GEBIEDEN / naam) for naam in namen()):
        regios = regio.read_regios(gebied)
        eigen = regios[regios["soort"] == "samengesteld"]
        kort = regio.korte_namen(gebied)
        assert set(kort) <= set(eigen["code"]) and not set(kort.values()) & set(regios["naam"])
        assert all(len(kort.get(c, n)) <= regio.LANGSTE_NAAM for c, n in zip(eigen["code"], eigen["naam"], strict=True))
    assert "kort" not in regio.read_regios()


def test_a_long_name_asks_for_a_short_one_that_nobody_else_has(met_regios):
    lang, dag = "Een streek met een naam die niet past", "samengesteld;2020-01-01;;x"
    assert regio.korte_namen(met_regios(f"XX1;{lang};De streek;{dag}", f"XX2;Streek;;{dag}")) == {"XX1": "De streek"}


@pytest.mark.parametrize(
    ("kort", "wat"),
    [("", "is langer dan 24 tekens"), ("ook een naam die niet past", "is langer dan"), ("Emmen", "heet ook een ander")],
)
def test_a_name_that_does_not_fit_or_is_taken_is_refused_with_its_file(met_regios, kort, wat):
    gebied = met_regios(f"XX1;Een streek met een naam die niet past;{kort};samengesteld;2020-01-01;;x")
    with pytest.raises(BestandError, match=wat) as raised:
        regio.korte_namen(gebied)
    assert "regio.csv" in str(raised.value) and "'kort'" in raised.value.vervolg


def _merged(frame: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """A list in which Assen becomes GM9001 on 1 January 2027."""
    until, since = pd.Timestamp(2027, 1, 1), columns
    old = frame.assign(geldig_tot=frame["geldig_tot"].mask((frame[since["op"]] == "GM0106").to_numpy(), until))
    new = frame[frame[since["op"]] == "GM0106"].assign(**{since["op"]: "GM9001"}, geldig_van=until)
    return pd.concat([old, new], ignore_index=True)


@pytest.mark.parametrize(("jaar", "own"), [(2026, "GM0106"), (2027, "GM9001"), (2028, "GM9001")])
def test_a_list_as_of_a_day_has_the_municipalities_of_that_day_and_knows_the_later_ones(regios, leden, jaar, own):
    dag = date(jaar, 1, 1)
    # of a composite region its own rows say who is in it
    leden = leden[leden["regio"].str.match("PV|CR")]
    lists = _merged(regios, op="code"), _merged(leden, op="lid")
    for found in (tuple(regio.as_of(f, dag) for f in lists), regio.of_edition(*lists, "PV22", dag)):
        for stood, op in zip(found, ("code", "lid"), strict=True):
            assert {"GM0106", "GM9001"} <= set(stood[op]), "a code that an answer has is known"
            assert set(stood.loc[stood["geldig_tot"].isna(), op]) & {"GM0106", "GM9001"} == {own}
            assert regio.valid_on(stood, dag)[op].isin([own]).any()
    assert set(regio.valid_on(lists[0], dag)["code"]) & {"GM0106", "GM9001"} == {own}


def test_elsewhere_an_edition_has_the_division_of_today(regios, leden):
    for dag in (date(2021, 1, 1), date(2026, 1, 1)):
        for found, frame in zip(regio.of_edition(regios, leden, "PV22", dag), (regios, leden), strict=True):
            pd.testing.assert_frame_equal(found, frame)


def test_what_a_municipality_was_before_is_asked_too_and_the_register_counts_those_of_the_day(
    leden, regios, monkeypatch
):
    lists = {"regio.csv": _merged(regios, op="code"), "regio_lid.csv": _merged(leden, op="lid")}
    monkeypatch.setattr(regio, "_read", lambda name, _: lists[name])
    assert {"GM0106", "GM9001"} <= set(regio.vraag(gekozen())["{gemeenten}"])
    for jaar, own, other in ((2026, "GM0106", "GM9001"), (2027, "GM9001", "GM0106")):
        found = regio.registergebieden(date(jaar, 1, 1))
        assert own in found and other not in found
        assert own in found["PV22"] and other not in found["PV22"] and len(found["PV22"]) == 12
