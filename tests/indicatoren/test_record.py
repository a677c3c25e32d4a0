"""When a latest value may be called the highest or the lowest: of an uninterrupted series, and of real amounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from tests.indicatoren.test_analyses import LEDEN, indicatorwaarde, kaart, make, only, prognose


def record(
    series: dict[int, Any],
    breuken: Iterable[int] = (),
    others: dict[int, Any] | None = None,
    reeel: dict[int, Any] | None = None,
    tabellen: Iterable[str] = ("85924NED", "03759ned", "85924NED"),
    **card: Any,
) -> dict:
    values = [indicatorwaarde("maat", "PV22", j, v) for j, v in series.items()]
    values += [indicatorwaarde("maat", "PV23", j, v) for j, v in (others or {}).items()]
    breuk = [{"indicator": "maat", "vanaf": b} for b in breuken] or [{"indicator": "andere", "vanaf": 2000}]
    rows = make(
        "record",
        [prognose(2025, 1)],
        kern__regio=[{"code": r, "soort": "provincie"} for r in ("PV22", "PV23")],
        kern__regio_lid=LEDEN,
        invoer__kaart=[kaart("maat", **card)],
        invoer__kaart_term=[{"indicator": "maat", "tabel": t} for t in tabellen],
        invoer__brontabel=[
            {"tabel": "85924NED", "api": "v4", "titel": "Regionale kerncijfers"},
            {"tabel": "rmbw", "api": "bestand", "titel": "Regionale Monitor Brede Welvaart"},
        ],
        invoer__breuk=breuk,
        monitor__indicatorwaarde=values,
        monitor__reele_waarde=[
            {"indicator": "maat", "uitsplitsing": "totaal", "regio": "PV22", "periode": f"{j}JJ00", "waarde": v}
            | {"prijspeil": 2025, "prijsbasis": "lopend", "bronpeil": j}
            for j, v in (reeel or {2000: 1.0}).items()
        ],
    )
    return only(rows, regio="PV22")


RISING = {j: float(j - 2000) for j in range(2014, 2026)}


def test_a_record_names_its_uninterrupted_series():
    row = record(RISING)
    assert (row["record"], row["mag"], row["reeks_van"], row["metingen"]) == ("hoogste", True, "2014JJ00", 12)
    assert (row["hoogste"], row["hoogste_periode"], row["laagste_periode"]) == (24.0, "2024JJ00", "2014JJ00")
    assert row["uitleg"] == "de hoogste waarde in de ononderbroken reeks 2014-2025 (12 metingen; 03759ned, 85924NED)"
    assert record({j: -v for j, v in RISING.items()})["record"] == "laagste"


def test_a_delivered_file_is_named_as_its_reader_knows_it():
    row = record(RISING, tabellen=["rmbw", "85924NED"])
    assert row["uitleg"].endswith("(12 metingen; 85924NED, Regionale Monitor Brede Welvaart)")


def test_a_gap_or_a_break_ends_the_series():
    for row in (
        record({j: v for j, v in RISING.items() if j != 2019}),
        record(RISING | {2019: "geheim"}),
        record(RISING, breuken=[2020]),
    ):
        assert (row["record"], row["reeks_van"], row["mag"]) == ("hoogste", "2020JJ00", False)
        assert "te kort" in row["uitleg"]
    row = record(RISING, breuken=[2025])
    assert (row["record"], row["hoogste"], row["mag"]) == ("geen", None, False)


def test_equal_to_an_earlier_value_is_no_record():
    row = record(RISING | {2025: 24.04})
    assert (row["record"], row["mag"], row["hoogste_periode"]) == ("gelijk_aan_hoogste", False, "2024JJ00")
    assert record(dict.fromkeys(RISING, 3.0))["record"] == "geen"


def test_a_record_of_an_amount_is_one_apart_from_inflation():
    # prices rise by a tenth a year: an amount that rises by 1 a year buys less every year
    real = {j: v / 1.1 ** (j - 2025) for j, v in RISING.items()}
    row = record(RISING, prijzen="lopend", reeel=real)
    assert (row["record"], row["mag"], row["waarde"]) == ("laagste", True, 25.0)
    assert row["uitleg"].endswith("(12 metingen; 03759ned, 85924NED), in prijzen van 2025")
    steady = record(RISING, prijzen="lopend", reeel=RISING)
    assert (steady["record"], steady["mag"]) == ("hoogste", True)


@pytest.mark.parametrize("missing", [[2025], list(RISING)], ids=["last", "all"])
def test_without_price_index_of_the_last_year_there_is_no_record_and_a_reason(missing):
    row = record(RISING, prijzen="lopend", reeel={j: None if j in missing else v for j, v in RISING.items()})
    assert (row["record"], row["mag"], row["waarde"], row["periode"]) == ("geen", False, None, "2025JJ00")
    assert row["uitleg"].startswith("er is geen prijsindex van 2025")


def test_a_year_without_price_index_ends_the_series():
    row = record(RISING, prijzen="lopend", reeel={j: None if j == 2019 else v for j, v in RISING.items()})
    assert (row["record"], row["reeks_van"], row["mag"]) == ("hoogste", "2020JJ00", False)


def test_a_measurement_every_few_years_is_uninterrupted_unless_one_is_missed():
    years = (2012, 2016, 2020, 2024)
    series = {j: float(j) for j in years}
    assert record(series, meting="om_de_paar_jaar")["mag"]
    assert not record(series)["mag"]
    missed = record({j: v for j, v in series.items() if j != 2020}, meting="om_de_paar_jaar", others=series)
    assert (missed["record"], missed["mag"]) == ("geen", False)


def test_years_after_the_edition_do_not_count():
    row = record(RISING | {2030: 1.0})
    assert (row["periode"], row["record"]) == ("2025JJ00", "hoogste")
