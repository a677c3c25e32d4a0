"""`from monitor import reeks`: a tidy table of what is published, and own regions by the rule of the card."""

import importlib.util
import sys
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import duckdb
import numpy as np
import pytest

from assets.vragen.lezen import VraagError
from tests.rapport.voorbeeldbouw import write_database
from tests.stil import KIJK, StilleMap

PLEK = Path(__file__).parents[2] / "notebooks" / "monitor.py"
# some of each way of adding up, with margins and without
OPGETELD = ("bevolking", "werkloosheid", "aandeel_75plus", "woz_waarde", "sociaal_contact", "wekelijkse_sporters")


@pytest.fixture(scope="module")
def monitor():
    spec = importlib.util.spec_from_file_location("monitor", PLEK)
    assert spec is not None and spec.loader is not None
    sys.modules["monitor"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def klein(monitor, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bouw")
    write_database(folder / "monitor.duckdb")
    monitor.open_uitgave(folder)
    return folder


def test_a_series_is_tidy_and_says_what_is_missing_and_why(monitor, klein) -> None:
    table = monitor.reeks("werkloosheid", regio=["CR08", "Nederland"], van=2015)
    assert tuple(table.columns) == monitor.KOLOMMEN
    assert set(table["regio"]) == {"CR08", "NL01"} and table["jaar"].min() == 2015
    assert set(table["eenheid"]) == {"%"} and "voorlopig" in set(table["status"])
    leeg = table[table["jaar"] == 2016]
    assert leeg["waarde"].isna().all() and set(leeg["leeg_reden"]) == {"niet_gepubliceerd"}


def test_names_count_as_well_as_codes_and_the_nearest_is_named(monitor, klein) -> None:
    assert monitor.kaart("Werkloosheidspercentage")["id"] == "werkloosheid"
    with pytest.raises(VraagError, match="werkloosheid"):
        monitor.kaart("werkloosheit")
    with pytest.raises(VraagError, match="Emmen"):
        monitor.reeks("bevolking", regio="Emen")


def test_an_own_region_is_a_sum_and_one_member_without_a_figure_leaves_none(monitor, klein) -> None:
    leden = ["Emmen", "GM0109"]
    som = monitor.reeks("bevolking", regio=[*leden, monitor.eigen_regio(leden, "Samen")])
    per_jaar = som.pivot(index="jaar", columns="regionaam", values="waarde")
    assert np.allclose(per_jaar["Samen"], per_jaar["Emmen"] + per_jaar["Coevorden"])
    zonder = monitor.reeks("bevolking", regio=monitor.eigen_regio(["Westerveld", "Emmen"]))
    laatste = zonder[zonder["jaar"] == 2025].iloc[0]
    assert np.isnan(laatste["waarde"]) and laatste["leeg_reden"] == "geheim"


@pytest.mark.parametrize("regio", [[], (), iter(())], ids=["list", "tuple", "iterator"])
def test_no_region_at_all_is_refused_with_what_to_do(monitor, klein, regio) -> None:
    with pytest.raises(VraagError, match="geen regio genoemd"):
        monitor.reeks("bevolking", regio)


@pytest.mark.parametrize("leden", [[], ["Emmen", "Emmen"], ["Emmen", "CR08"]])
def test_what_is_no_selection_of_municipalities_is_refused(monitor, klein, leden: list[str]) -> None:
    with pytest.raises(VraagError, match="gemeente"):
        monitor.eigen_regio(leden)


@pytest.mark.parametrize("jaar", ["2015", 2015.5, True])
def test_what_is_no_year_is_refused_in_words(monitor, klein, jaar) -> None:
    with pytest.raises(VraagError, match="is geen jaar") as raised:
        monitor.reeks("werkloosheid", "NL01", van=jaar)
    assert "van=2015" in raised.value.vervolg
    assert len(monitor.reeks("werkloosheid", "NL01", van=np.int32(2015))) > 1


def test_one_municipality_is_a_selection_too_and_a_name_of_more_kinds_is_the_municipality(monitor, klein) -> None:
    assert monitor.eigen_regio("Emmen").leden == monitor.eigen_regio(["Emmen"]).leden == ("GM0114",)
    dubbel = [n for n in monitor.regios("gemeente")["naam"] if n in set(monitor.regios("provincie")["naam"])]
    for naam in dubbel:
        assert monitor.eigen_regio([naam, "Emmen"]).leden[0].startswith("GM")


def test_judgements_are_of_one_region_of_some_or_of_all(monitor, klein) -> None:
    een, ander = (monitor.oordeel("werkloosheid", r) for r in ("GM0114", "NL01"))
    assert len(monitor.oordeel("werkloosheid", ["Emmen", "Nederland"])) == len(een) + len(ander) > 0
    assert len(monitor.oordeel("werkloosheid")) > len(een) and len(monitor.oordeel("werkloosheid", [])) == 0


def test_indicators_are_found_by_a_word(monitor, klein) -> None:
    found = monitor.indicatoren("WERKLOOS")
    assert "werkloosheid" in set(found["id"]) and 0 < len(found) < len(monitor.indicatoren())


def test_of_names_that_look_alike_the_most_alike_is_proposed(monitor, klein) -> None:
    with pytest.raises(VraagError, match=r"(?s)Emen is er niet.*Probeer: GM0114"):
        monitor.reeks("werkloosheid", "Emen")


def test_a_median_is_not_added_up(monitor, klein) -> None:
    with pytest.raises(VraagError, match="niet uit gemeenten samen te stellen"):
        monitor.reeks("bbp_per_inwoner", regio=monitor.eigen_regio(["Emmen", "Assen"]))


def test_judgements_regions_and_source_cells(monitor, klein) -> None:
    assert set(monitor.oordeel("werkloosheid")["indicator"]) <= {"werkloosheid"}
    assert len(monitor.regios("gemeente")) == 12 and "bevolking" in set(monitor.indicatoren()["id"])
    cellen = monitor.herkomst("bbp_per_inwoner", "PV22")
    assert {"tabel", "onderwerp", "cel_regio", "cel_periode", "waarde"} <= set(cellen.columns)


def test_an_address_gives_the_same_and_one_that_is_not_there_says_so(monitor, klein) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StilleMap, directory=str(klein)))
    Thread(target=server.serve_forever, args=(KIJK,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    before = monitor.reeks("bevolking", "PV22")
    try:
        kept = monitor.open_uitgave(address)
        assert monitor.reeks("bevolking", "PV22").equals(before)
        kept.unlink()
        with pytest.raises(VraagError, match="niet op te halen"):
            monitor.open_uitgave(f"{address}/weg")
    finally:
        server.shutdown()
        server.server_close()
        monitor.open_uitgave(klein)


def test_a_folder_without_a_publication_is_told(monitor, tmp_path) -> None:
    with pytest.raises(VraagError, match=r"monitor\.duckdb"):
        monitor.open_uitgave(tmp_path)


def test_an_own_region_of_the_members_of_a_composite_one_is_that_region(monitor, voorbeeld) -> None:
    monitor.open_uitgave(voorbeeld.actueel)
    leden: dict[str, set[str]] = {}
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        for regio, lid in db.execute(
            "SELECT l.regio, l.lid FROM kern.regio_lid AS l JOIN kern.regio AS r ON r.code = l.regio "
            "WHERE r.soort = 'samengesteld'"
        ).fetchall():
            leden.setdefault(regio, set()).add(lid)
    # once for all indicators: each member is looked up by itself
    eigen_regios = {regio: monitor.eigen_regio(sorted(codes)) for regio, codes in sorted(leden.items())}
    compared, met_marge = 0, 0
    for indicator in OPGETELD:
        for regio, eigen_regio in eigen_regios.items():
            bouw = monitor.reeks(indicator, regio)
            eigen = monitor.reeks(indicator, eigen_regio).set_index("periode")
            eigen = eigen.reindex(bouw["periode"])
            assert np.allclose(bouw["waarde"], eigen["waarde"], rtol=1e-9, equal_nan=True), (indicator, regio)
            has = bouw["waarde"].notna().to_numpy()
            assert list(bouw["status"][has]) == list(eigen["status"].to_numpy()[has])
            assert list(bouw["benadering"][has]) == list(eigen["benadering"].to_numpy()[has])
            for grens in ("marge_onder", "marge_boven"):
                assert np.allclose(bouw[grens], eigen[grens], rtol=1e-9, equal_nan=True), (indicator, regio, grens)
            assert list(bouw["leeg_reden"][~has]) == list(eigen["leeg_reden"].to_numpy()[~has])
            compared += int(has.sum())
            met_marge += int(bouw["marge_onder"].notna().sum())
    assert compared > 100 and met_marge > 10
