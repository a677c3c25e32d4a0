"""The verdicts a third time, in R: docs/narekenen/narekenen.R rebuilds them from the tables that are published.

Without R (Debian: apt-get install r-base-core) these are skipped; nothing else asks for it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from assets.bouw.tabellen import all_tabellen

SCRIPT = Path(__file__).parents[2] / "docs" / "narekenen" / "narekenen.R"
TABELLEN = ("monitor.oordeel", "monitor.indicatorwaarde", "monitor.indicator", "monitor.breuk", "kern.regio")
MADE = (
    "reken.reeks",
    "reken.reekspunt",
    "reken.te_grof",
    "reken.toets",
    "reken.drempel",
    "monitor.oordeel",
    "monitor.record",
)
REGIOS = ("NL01", "PV22", "PV23", "CR07", "CR08", "CR09", "GM0106", "GM1680", "GM0114", "GM0109", "GM0118", "GM0160")

pytestmark = pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is er niet: apt-get install r-base-core")


def recompute(db, folder):
    """Lay the published tables in a folder as CSV and have R judge them."""
    for naam in (*TABELLEN, "monitor.reele_waarde", "monitor.record"):
        db.execute(f"COPY (FROM {naam}) TO '{folder / naam}.csv'")
    command = ["Rscript", str(SCRIPT), str(folder)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def gemaakt(wereld, maak_kaart, maak_cel):
    """Four cards, one of each kind of test: a plain one, one with margins and a break, a moving one, two points."""
    rng = np.random.default_rng(7)
    kaarten = [
        maak_kaart(id="a", richting="hoger", aggregatie="niet", eenheid="%"),
        maak_kaart(id="b", richting="lager", aggregatie="niet", eenheid="%", meting="steekproef"),
        maak_kaart(
            id="c",
            richting="neutraal",
            aggregatie="niet",
            eenheid="%",
            breuken=[{"vanaf": 2021, "reden": "anders geteld"}],
        ),
        maak_kaart(id="d", richting="hoger", aggregatie="niet", eenheid="%", meting="om_de_paar_jaar"),
    ]
    cells = []
    for nummer, regio in enumerate(REGIOS):
        shared = rng.normal(size=8)
        for k, year in enumerate(range(2018, 2026)):
            drift = 0.4 * k * (nummer % 3)
            if (nummer, year) != (4, 2020):
                status = "voorlopig" if year == 2025 else "definitief"
                cells.append(maak_cel("a", regio, year, round(10 + drift + shared[k], 1), status=status))
            width = float(rng.uniform(0.3, 1.5))
            value = 20 - drift + float(rng.normal()) * width
            cells.append(maak_cel("b", regio, year, value, marge_onder=value - width, marge_boven=value + width))
            cells.append(maak_cel("c", regio, year, round(5 + drift + float(rng.normal()), 1)))
            if year in (2018, 2022):
                value = 50 + drift * 3
                cells.append(maak_cel("d", regio, year, value, marge_onder=value - 1.5, marge_boven=value + 1.5))
    db = wereld(kaarten, cells)
    for tabel in all_tabellen():
        if tabel.naam in MADE:
            tabel.create(db)
    return db


@pytest.fixture
def beoordeeld(gemaakt):
    """The same verdicts for each test, which takes back what it changed."""
    gemaakt.execute("BEGIN")
    yield gemaakt
    gemaakt.execute("ROLLBACK")


def test_r_finds_every_verdict_again(beoordeeld, tmp_path):
    (rows,) = beoordeeld.execute("SELECT count(*) FROM monitor.oordeel").fetchone()
    (tested, weighted, alone) = beoordeeld.execute(
        "SELECT count(trend_p), count(*) FILTER (indicator = 'b' AND trend_p < 0.05), "
        "count(*) FILTER (indicator = 'd' AND trend_p IS NOT NULL) FROM monitor.oordeel"
    ).fetchone()
    assert (tested, alone) == (48, 12)
    found = {found for (found,) in beoordeeld.execute("SELECT DISTINCT robuust FROM monitor.oordeel").fetchall()}
    assert found == {"robuust", "niet_robuust", "niet_toetsbaar"}
    assert weighted > 0
    done = recompute(beoordeeld, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = [line.split() for line in done.stdout.splitlines()]
    assert {(found, of) for _, found, _, of, _ in counts} == {(str(rows), str(rows))}
    assert {naam for naam, *_ in counts} >= {
        "trend",
        "trend_p_bh",
        "aantoonbaar",
        "trend_p",
        "trend_helling",
        "trend_rho",
        "p_ols",
        "rang",
        "positie",
        "robuust",
    }


@pytest.mark.parametrize(
    ("kolom", "anders"),
    [
        ("trend_p", "trend_p / 2"),
        ("rang", "rang + 1"),
        ("positie", "if(positie = 'midden', 'onderste_kwart', 'midden')"),
        ("trend_n", "trend_n + 1"),
        ("trend_p_bh", "trend_p_bh * 2"),
        ("trend", "if(trend = 'gunstig', 'ongunstig', 'gunstig')"),
        ("aantoonbaar", "coalesce(aantoonbaar, 0) + 1"),
        ("robuust", "if(robuust = 'robuust', 'niet_robuust', 'robuust')"),
    ],
)
def test_r_notices_a_verdict_that_does_not_follow(beoordeeld, tmp_path, kolom, anders):
    beoordeeld.execute(f"UPDATE monitor.oordeel SET {kolom} = {anders} WHERE indicator = 'a' AND regio = 'GM0114'")
    done = recompute(beoordeeld, tmp_path)
    assert done.returncode == 1
    assert "anders: a|totaal|GM0114" in done.stdout
    assert f"{kolom} " in done.stdout
