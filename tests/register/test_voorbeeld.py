"""The generated register comes near what was published, is the same every time, and says that it is generated."""

import numpy as np
import pandas as pd
import pytest

from assets.register import historie
from assets.register.indeling import read_gemeenten
from assets.register.voorbeeld import MERK_NUMMER, generate
from assets.register.voorbeeld_levering import sample_versies, to_layout
from tests.conftest import ROOT


# Published by the province (PWR) or in the reports that it commissioned, with how near the sample must come.
@pytest.mark.parametrize(
    ("jaar", "maat", "gepubliceerd", "tolerantie"),
    [
        (2023, "vestigingen", 52_400, 0.001),
        (2023, "banen", 239_550, 0.001),
        (2022, "banen", 235_500, 0.001),
        (2022, "vestigingen", 50_200, 0.001),
        (2016, "banen", 214_100, 0.001),
        (2006, "fulltime", 168_300, 0.001),
        (2007, "fulltime", 174_600, 0.001),
        (2008, "fulltime", 180_300, 0.001),
    ],
)
def test_totals_come_near_the_published_ones(vestigingen, jaar, maat, gepubliceerd, tolerantie):
    year = vestigingen[vestigingen["jaar"] == jaar]
    found = len(year) if maat == "vestigingen" else year[maat].sum()
    assert found == pytest.approx(gepubliceerd, rel=tolerantie)


def test_shares_come_near_the_published_ones(vestigingen):
    year = vestigingen[vestigingen["jaar"] == 2023]
    een = year["banen"] == 1
    assert een.mean() == pytest.approx(2 / 3, abs=0.005)  # 'ruim 2/3 met 1 persoon'
    assert een.sum() / year["banen"].sum() == pytest.approx(0.15, abs=0.006)
    assert year.loc[year["sectie"] == "Q", "banen"].sum() / year["banen"].sum() == pytest.approx(0.20, abs=0.002)
    eerder = vestigingen[vestigingen["jaar"] == 2012]
    assert (eerder["banen"] == 1).mean() == pytest.approx(0.51, abs=0.005)
    assert (
        vestigingen[vestigingen["jaar"] == 2006].query("sectie == 'Q'")["fulltime"].sum() / 168_300
    ) == pytest.approx(0.165, abs=0.015)
    groei = year["banen"].sum() - vestigingen.loc[vestigingen["jaar"] == 2019, "banen"].sum()
    assert groei == pytest.approx(16_000, abs=300)


def test_emmen_and_assen_are_the_largest(vestigingen):
    banen = vestigingen[vestigingen["jaar"] == 2023].groupby("gemeente")["banen"].sum().sort_values()
    assert len(banen) == 12
    assert set(banen.index[-2:]) == {"GM0114", "GM0106"}


def test_sizes_have_a_heavy_tail_and_some_employers_dominate(vestigingen):
    year = vestigingen[vestigingen["jaar"] == 2023]
    largest = np.sort(year["banen"])[::-1]
    assert largest[: len(largest) // 100].sum() > 0.3 * largest.sum()
    cells = year.groupby(["gemeente", "sectie", "onderneming"])["banen"].sum().reset_index()
    share = cells.groupby(["gemeente", "sectie"])["banen"].agg(lambda b: b.max() / b.sum())
    assert (share > 0.5).sum() >= 15


def test_enterprises_have_establishments_in_several_municipalities(vestigingen):
    year = vestigingen[vestigingen["jaar"] == 2023]
    per = year.groupby("onderneming").agg(vestigingen=("lisanr", "size"), gemeenten=("gemeente", "nunique"))
    assert (per["vestigingen"] > 1).sum() > 300
    assert (per["gemeenten"] > 3).sum() > 100
    assert year["onderneming"].str.startswith("L").any()


def test_establishments_are_born_grow_shrink_move_and_close(jaren):
    for jaar in range(2007, 2027):
        before, now = jaren[jaar - 1].set_index("nummer"), jaren[jaar].set_index("nummer")
        both = before.index.intersection(now.index)
        size = [f.loc[both, ["manf", "vrouwf", "manp", "vrouwp"]].sum(axis=1) for f in (before, now)]
        assert 0.03 < 1 - len(both) / len(before) < 0.10
        assert 0.03 < 1 - len(both) / len(now) < 0.14
        assert (size[1] > size[0]).mean() > 0.02
        assert (size[1] < size[0]).mean() > 0.02
        assert 0.004 < (before.loc[both, "gemnr"] != now.loc[both, "gemnr"]).mean() < 0.02
    assert jaren[2023]["datumeinde"].notna().any()


def test_the_same_seed_gives_the_same_register_and_another_seed_another():
    first, again, other = (list(generate(seed=s, schaal=0.01)) for s in (1, 1, 2))
    for left, right in zip(first, again, strict=True):
        pd.testing.assert_frame_equal(left, right)
    assert not first[-1].equals(other[-1])


def test_every_record_says_that_it_is_generated(klein):
    for versies in (("2008",), ("2025",), ("2008", "2025")):
        layout = to_layout(klein[2026], versies)
        assert layout["lisanr"].str.startswith(MERK_NUMMER).all()
        assert layout["kvkdosnr"].str.fullmatch(rf"({MERK_NUMMER}\d{{8}})?").all()
        assert layout["naam"].str.startswith("GEGENEREERD").all()
        assert layout["straat"].str.startswith("GEGENEREERD").all()
        assert layout["postcode"].str.startswith("0000").all()


def test_the_last_year_is_coded_in_sbi_2025(vestigingen):
    assert sample_versies(2025) == ("2008",)
    assert sample_versies(2026) == ("2025",)
    last = vestigingen["jaar"] == 2026
    assert vestigingen.loc[~last, "sectie"].notna().all()
    assert vestigingen.loc[~last, "sectie_2025"].isna().all()
    assert vestigingen.loc[last, "sectie"].isna().all()
    assert {"J", "K", "R"} < set(vestigingen.loc[last, "sectie_2025"])


def test_the_table_has_the_columns_that_were_agreed(vestigingen):
    assert list(vestigingen.columns) == list(historie.VESTIGING)
    assert (vestigingen["banen"] == vestigingen["fulltime"] + vestigingen["parttime"]).all()
    assert (vestigingen["banen"] >= 1).all()
    assert not vestigingen.duplicated(["jaar", "lisanr"]).any()
    assert vestigingen["gemeente"].str[2:].isin(list(read_gemeenten())).all()


def test_the_layout_has_every_field_of_lisa(shared_data, klein):
    lisa = pd.read_csv(shared_data / "register" / "lisa_velden.csv")["veld"].tolist()
    assert set(lisa) <= set(to_layout(klein[2025], ("2008",)).columns)


def test_the_municipalities_are_those_of_the_list_of_regions():
    leden = pd.read_csv(ROOT / "begrippen/gegevens/regio_lid.csv", sep=";", dtype=str)
    drenthe = leden[leden["regio"].isin(["CR07", "CR08", "CR09"])]
    own = pd.read_csv(ROOT / "gebied/drenthe/register/gemeenten.csv", sep=";", dtype=str)
    assert set(zip("CR" + own["corop"], "GM" + own["gemnr"], strict=True)) == set(
        zip(drenthe["regio"], drenthe["lid"], strict=True)
    )
