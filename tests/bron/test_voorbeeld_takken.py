"""The sample's tables by branch: parts add up to groups, groups to the total, the total is that of the key figures."""

import duckdb
import numpy as np
import pytest

from assets.bron.gezienlijst import read_gezien
from assets.bron.voorbeeld.profielen import read_profielen
from assets.bron.voorbeeld.voorraad import Voorbeeld
from assets.tabel import SQL, read_query
from begrippen.regio import read_leden, read_regios

DIM = "BedrijfstakkenBranchesSBI2008"
REKENINGEN = ["toegevoegde_waarde", "arbeidsjaren"]
TABELLEN = {"83582NED": ["banen_werknemers"], "85925NED": REKENINGEN, "84419NED": REKENINGEN}


@pytest.fixture(scope="module")
def voorbeeld():
    return Voorbeeld(read_gezien(), read_regios(), read_leden(), vintage=2)


@pytest.fixture(scope="module")
def takken():
    """The branches as the analyses know them: (code, coarse, fine, group)."""
    with duckdb.connect() as db:
        query = read_query(SQL / "kern" / "bedrijfstak.sql").query
        return db.execute(f"SELECT bedrijfstak, grof, fijn, groep FROM ({query})").fetchall()


def places(kubus, dim):
    return {c.code: i for i, c in enumerate(kubus.codes[dim])}


@pytest.mark.parametrize(("tabel", "topic"), [(t, o) for t, topics in TABELLEN.items() for o in topics])
def test_both_divisions_add_up_to_the_total(voorbeeld, takken, tabel, topic):
    kubus = voorbeeld._makers[tabel].kubus
    values, at = kubus.waarden[topic], places(kubus, DIM)
    for chosen in ([c for c, grof, _, _ in takken if grof], [c for c, _, fijn, _ in takken if fijn]):
        total = values[[at[c] for c in chosen]].sum(axis=0)
        assert np.nanmax(np.abs(total - values[at["T001081"]])) < 1e-6
    for code, grof, fijn, _ in takken:
        if grof and not fijn:
            members = [at[c] for c, _, is_fijn, groep in takken if groep == code and is_fijn]
            assert len(members) > 1
            assert np.nanmax(np.abs(values[members].sum(axis=0) - values[at[code]])) < 1e-6


@pytest.mark.parametrize(("takken_tabel", "kerncijfers"), [("85925NED", "85924NED"), ("84419NED", "84432NED")])
def test_the_total_is_that_of_the_key_figures(voorbeeld, takken_tabel, kerncijfers):
    by_branch, whole = voorbeeld._makers[takken_tabel].kubus, voorbeeld._makers[kerncijfers].kubus
    regions, periods = places(whole, "RegioS"), places(whole, "Perioden")
    for topic in ("toegevoegde_waarde", "arbeidsjaren"):
        for region, r in places(by_branch, "RegioS").items():
            for period, p in places(by_branch, "Perioden").items():
                found = by_branch.waarden[topic][0, r, p]
                assert found == whole.waarden[topic][regions[region], periods[period]], (topic, region, period)


def test_drenthe_has_a_structure_of_its_own(voorbeeld):
    kubus = voorbeeld._makers["83582NED"].kubus
    values, at, region = kubus.waarden["banen_werknemers"], places(kubus, DIM), places(kubus, "RegioS")
    shares = values / values[at["T001081"]]
    quotient = shares[:, region["PV22"], -1] / shares[:, region["NL01"], -1]
    assert quotient[at["422400"]] > 1.1
    assert quotient[at["391600"]] < 0.7


def test_the_forecast_is_less_certain_further_ahead(voorbeeld):
    kubus = voorbeeld._makers["85173NED"].kubus
    interval, region = places(kubus, "PrognoseInterval"), places(kubus, "RegioIndeling2021")
    values = kubus.waarden["prognose"][0, :, region["PV22"]]
    width = values[interval["MBG0067"]] - values[interval["MOG0067"]]
    assert (values[interval["MOG0067"]] < values[interval["MW00000"]]).all()
    assert (values[interval["MW00000"]] < values[interval["MBG0067"]]).all()
    assert width[-1] > 5 * width[1]


def test_branches_areas_and_years_differ_as_they_do_in_life(voorbeeld):
    kubus = voorbeeld._makers["83582NED"].kubus
    values, at, region = kubus.waarden["banen_werknemers"], places(kubus, DIM), places(kubus, "RegioS")
    parts = [at[c] for c in read_profielen()["takken"]["banen_werknemers"] if c in at]
    drenthe, country = (values[parts][:, region[r]] for r in ("PV22", "NL01"))
    # over six years: branches grow and shrink, and no two areas in the same way
    grown = 100 * (country[:, -1] / country[:, -7] - 1)
    assert len(parts) > 12 and grown.std() > 5 and (grown < 0).any() and (grown > 10).any()
    large = drenthe[:, -7] > 0.03 * drenthe[:, -7].sum()
    beside = 100 * (drenthe[large, -1] / drenthe[large, -7] - 1) - grown[large]
    assert beside.std() > 2
    # a branch has good years and bad ones
    yearly = 100 * (country[:, 1:] / country[:, :-1] - 1)
    assert np.median(yearly.std(axis=1)) > 1
