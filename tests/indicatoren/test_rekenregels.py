"""What the rules in force decide, close to where they decide it: figures just on either side of a rule."""

import duckdb
import numpy as np
import pytest

from assets.bouw.tabellen import all_tabellen
from assets.indicatoren.oordeel import Reeksen, judge
from assets.indicatoren.toetsen_reeks import noise
from assets.tabel import SQL, read_query
from tests.conftest import lay_rekenregels

YEARS = np.arange(2017, 2026, dtype=float)
# what is added by turns to a line of one a year: the more, the higher its p
WAVE = np.array([0, 1, 1, -1, -1, 1, 1, -1, -1], dtype=float)
# waves that give p = 0.03 and p = 0.07 over the eight years of the window
BELOW, ABOVE = 0.8, 0.95


def judged(*values, voorlopig=()):
    """Judge series of 2017-2025 (NaN: no point) without margins."""
    waarde = np.array(values, dtype=float)
    shape = waarde.shape
    return judge(
        Reeksen(
            jaren=YEARS,
            waarde=waarde,
            se=np.full(shape, np.nan),
            zijde=np.zeros(shape, dtype=np.int64),
            voorlopig=np.isin(np.tile(YEARS, (shape[0], 1)), voorlopig),
            ruis=noise(waarde),
            om_de_paar_jaar=np.zeros(shape[0], dtype=bool),
            voortschrijdend=np.zeros(shape[0], dtype=bool),
            groep=np.zeros(shape[0], dtype=np.int64),
            # each a family of its own: nothing to correct
            familie=np.arange(shape[0]),
        )
    )


def line(wave):
    return list(YEARS - 2017 + wave * WAVE)


def test_one_in_twenty_decides_what_is_significant():
    p = judged(line(BELOW), line(ABOVE)).uitkomst.p
    assert 0.03 < p[0] < 0.05 < p[1] < 0.09


def test_the_words_of_trend_gap_and_count_follow_the_same_alpha(wereld, maak_kaart, maak_cel):
    cells = [
        maak_cel("a", regio, int(year), value)
        for regio, wave in (("PV22", BELOW), ("PV23", ABOVE))
        for year, value in zip(YEARS[1:], line(wave)[1:], strict=True)
    ] + [maak_cel("a", "NL01", int(year), -100.0) for year in YEARS[1:]]
    db = wereld([maak_kaart(richting="hoger", aggregatie="niet", eenheid="%")], cells)
    for tabel in all_tabellen():
        near = {"reken.reeks", "reken.reekspunt", "reken.te_grof", "reken.toets", "reken.drempel"}
        if tabel.naam in near or tabel.naam.startswith("monitor.oordeel"):
            tabel.create(db)
    found = db.execute("SELECT trend, kloof FROM monitor.oordeel WHERE regio LIKE 'PV%' ORDER BY regio").fetchall()
    assert found == [("gunstig", "groter"), ("geen significante verandering", "gelijk")]
    counted = db.execute(
        "SELECT toetsen, signalen, verwacht_toeval FROM monitor.oordeel_regiosoort "
        "WHERE soort = 'provincie' AND gebied = 'nederland'"
    ).fetchall()
    assert counted == [(2, 1, pytest.approx(0.1))]


def test_a_line_asks_for_four_points_and_mann_kendall_for_five():
    four = [*[np.nan] * 5, 1.0, 2.0, 3.1, 4.0]
    three = [*[np.nan] * 6, 1.0, 2.0, 3.1]
    five = [*[np.nan] * 4, 0.1, 1.0, 2.0, 3.1, 4.0]
    found = judged(four, three, five)
    assert list(np.isfinite(found.uitkomst.p)) == [True, False, True]
    assert list(found.robuust) == ["niet_toetsbaar", "niet_toetsbaar", "robuust"]


def test_the_window_is_eight_years_long():
    # a fall before the window does not count; 2018 does
    values = [100.0, 50.0, 2.0, 2.1, 2.0, 2.1, 2.0, 2.1, 2.0]
    found = judged(values)
    assert (int(found.uitkomst.n[0]), int(found.van[0]), int(found.tot[0])) == (8, 2018, 2025)


@pytest.mark.parametrize(("nu", "soort"), [(100.0 + 1e-9, []), (100.0 + 1e-7, ["herzien"]), (None, ["vervallen"])])
def test_a_value_is_revised_when_it_differs_by_more_than_rounding_in_the_computer(nu, soort):
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA invoer; CREATE SCHEMA monitor")
        lay_rekenregels(db)
        db.execute("CREATE TABLE invoer.vorige AS SELECT 'vorige_publicatie' AS tegenover")
        keys = "'a' AS indicator, 'totaal' AS uitsplitsing, 'PV22' AS regio, '2025JJ00' AS periode"
        db.execute(
            f"CREATE TABLE invoer.vorige_indicatorwaarde AS SELECT 'vorige_publicatie' AS tegenover, {keys}, "
            "100.0::DOUBLE AS waarde"
        )
        db.execute(f"CREATE TABLE monitor.indicatorwaarde AS SELECT {keys}, ?::DOUBLE AS waarde", [nu])
        db.execute("CREATE TABLE monitor.kaartherziening (tegenover VARCHAR, indicator VARCHAR, soort VARCHAR)")
        read_query(SQL / "monitor" / "herziening.sql").create(db)
        assert [s for (s,) in db.execute("SELECT soort FROM monitor.herziening").fetchall()] == soort


def test_the_provinces_may_miss_a_twentieth_of_the_netherlands(wereld, maak_kaart, maak_cel):
    cells = [maak_cel("a", regio, 2025, value) for regio, value in (("NL01", 1000.0), ("PV22", 500.0), ("PV23", 480.0))]
    db = wereld([maak_kaart()], cells)
    query = "SELECT verschil, tolerantie - afronding FROM monitor.controle WHERE regio = 'NL01'"
    assert db.execute(query).fetchall() == [(-20.0, 50.0)]
