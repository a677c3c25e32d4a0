"""A year that nobody saw: other zeros, other secret cells and a merger elsewhere, and the build passes as before."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.bouw.assets import collect_invoer
from assets.bouw.bouwen import Bouwinvoer, build_database, lay_invoer
from assets.bron.aanlevering import read_deliveries
from assets.bron.bronlijst import read_aanleveringen, read_bronlijst
from assets.kast import Kast
from assets.keten import Editiekeuze, Maker, Plek
from assets.kwaliteit.toets import Toets
from assets.kwaliteit.toetsen import check_build
from begrippen.gebied import gekozen
from begrippen.regio import gemeenten_op
from pipelines.status import read_status, show_status
from tests.gebieden import leden_op

GEBIED = gekozen().code
# elsewhere: two that stay, three that merge into a fourth on 1 January 2023
BLIJFT, AMSTERDAM = "GM0439", "GM0363"
OUD, NIEUW = ("GM0501", "GM0530", "GM0614"), "GM1992"
BINNEN = sorted(r for r in leden_op(GEBIED, date(2026, 1, 1)) if r.startswith("GM"))
# with the rest of the country: of an answer hardly anything may be gone, and a merger is a small part of it
REST = sorted(set(gemeenten_op(date(2019, 7, 1))["code"]) & set(gemeenten_op(date(2024, 7, 1))["code"]) - set(BINNEN))
NETTO, WERKLOOS, BRUTO, LEVEN, TEVREDEN = "09_E_V_12", "09_E_V_13", "R_HN_AV_01", "01_GZ_20", "01_KL_H_01"
Cellen = dict[tuple[str, str, int], float]


def year(jaar: int, regios: list[str]) -> Cellen:
    """Figures that can be, in the shape of the delivery: an empty box is a zero."""
    cells: Cellen = {}
    for n, regio in enumerate(regios):
        werkloos, bruto = 3.0 + n % 3, 70.0 + n % 5 + (jaar - 2019) / 10
        cells |= {
            (WERKLOOS, regio, jaar): werkloos,
            (BRUTO, regio, jaar): round(bruto, 1),
            (NETTO, regio, jaar): round(bruto * (1 - werkloos / 100), 1),
            (LEVEN, regio, jaar): 80.0 + n % 4,
            # a model gives small municipalities no estimate; which ones differs by year
            (TEVREDEN, regio, jaar): 0.0 if (n + jaar) % 4 == 0 else 85.0 + n % 5,
        }
    return cells


def write(folder: Path, cells: Cellen) -> None:
    years = [j for _, _, j in cells]
    for old in folder.glob("rmbw_*.csv"):
        old.unlink()
    with (folder / f"rmbw_gemeenten_{min(years)}_{max(years)}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["indicator_code", "regiocode", "regionaam", "jaar", "waarde"])
        out.writerows([code, regio, regio, jaar, waarde] for (code, regio, jaar), waarde in sorted(cells.items()))


class Monitor:
    """Deliver, build and check, as a run does, without the report."""

    def __init__(self, folder: Path) -> None:
        self.plek = Plek("cbs", folder / "opslag", folder / "uit")
        self.levering = folder / "aanlevering"
        self.levering.mkdir()
        # a figure of the province itself: without one there is nothing to publish
        (self.levering / "sjabloon_a.csv").write_text(
            "indicator;regiocode;periode;waarde;status;bron;peildatum\n"
            f"spanningsindicator;{GEBIED};2022;2,5;definitief;UWV;2023-01-01\n",
            encoding="utf-8",
        )
        self.moment = datetime(2026, 11, 29, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(hours=1)
        return self.moment

    def make(self, cells: Cellen) -> tuple[Path, Bouwinvoer]:
        """Deliver and build."""
        write(self.levering, cells)
        uitkomsten = read_deliveries(self.levering, read_aanleveringen(), self.plek.archief, self.now)
        found = {u.tabel: u for u in uitkomsten}
        assert found["rmbw"].resultaat == "nieuw", found["rmbw"].reden
        invoer = collect_invoer(self.plek, Editiekeuze(2026), read_bronlijst(), Maker(self.now, "toets"))
        folder = self.plek.bouw_folder(invoer.bouw)
        build_database(invoer, folder)
        return folder, invoer

    def check(self, folder: Path, invoer: Bouwinvoer, kast: Kast | None = None) -> list[Toets]:
        return check_build(
            folder / "monitor.duckdb",
            lambda db: lay_invoer(db, invoer),
            invoer.gebied.naam,
            mappen=invoer.folders,
            kast=kast,
        )

    def build(self, cells: Cellen) -> tuple[Path, list[Toets]]:
        folder, invoer = self.make(cells)
        toetsen = self.check(folder, invoer)
        self.plek.uitvoer.mkdir(exist_ok=True)
        link = self.plek.uitvoer / "actueel"
        link.unlink(missing_ok=True)
        link.symlink_to(folder, target_is_directory=True)
        return folder / "monitor.duckdb", [t for t in toetsen if not t.geslaagd and t.zwaarte == "blokkeert"]


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Monitor:
    return Monitor(tmp_path_factory.mktemp("jaar_erbij"))


def seen() -> Cellen:
    """The years that the rules were made with: 2019 to 2022, in the division of then."""
    cells: Cellen = {}
    for jaar in range(2019, 2023):
        cells |= year(jaar, [*BINNEN, *REST, *OUD])
    return cells


def unseen() -> Cellen:
    """A year more, with what is new in it; the source worked the merged municipality back over the years before."""
    cells = {k: w for k, w in seen().items() if k[1] not in OUD}
    cells |= year(2023, [*BINNEN, *REST, NIEUW])
    for jaar in range(2019, 2023):
        # three averages of municipalities, each taken by itself: they fit nowhere
        cells |= {(BRUTO, NIEUW, jaar): 73.0, (NETTO, NIEUW, jaar): 60.0, (WERKLOOS, NIEUW, jaar): 2.0}
    # a topic without a zero until now, a rule that does not hold, and a share that cannot be
    cells[LEVEN, BLIJFT, 2023] = 0.0
    cells[BRUTO, AMSTERDAM, 2023] = 95.0
    cells[WERKLOOS, BLIJFT, 2022] = 0.0
    cells[TEVREDEN, BLIJFT, 2022] = 101.5
    return cells


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as db:
        return db.execute(query).fetchall()


APART = "SELECT toets, indicator, regio, left(periode, 4), waarde FROM monitor.apart_gezet ORDER BY ALL"


def test_the_years_that_were_seen_pass_with_nothing_set_aside(monitor: Monitor):
    database, wrong = monitor.build(seen())
    assert wrong == []
    assert rows(database, APART) == []
    assert "Apart gezet" not in show_status(read_status(monitor.plek.opslag, "cbs", monitor.plek.uitvoer))


def test_a_year_that_nobody_saw_passes_and_names_what_it_set_aside(monitor: Monitor):
    database, wrong = monitor.build(unseen())
    assert wrong == []
    apart = rows(database, APART)
    rule = [a for a in apart if a[0] == "participatie_klopt"]
    assert {(a[1], a[2], a[3]) for a in rule} == {
        (i, AMSTERDAM, "2023") for i in ("bruto_arbeidsparticipatie", "netto_arbeidsparticipatie", "werkloosheid")
    }
    share = [a for a in apart if a[0] != "participatie_klopt"]
    assert {a[1:] for a in share} == {("tevredenheid_leven", BLIJFT, "2022", 101.5)}
    kept = dict(
        rows(
            database,
            "SELECT indicator || regio || left(periode, 4), coalesce(waarde::VARCHAR, leeg_reden) "
            "FROM monitor.indicatorwaarde",
        )
    )
    for a in apart:
        assert kept[f"{a[1]}{a[2]}{a[3]}"] == "apart_gezet"
    # a zero that cannot be is a blank, of whatever year and municipality
    assert kept[f"werkloosheid{BLIJFT}2022"] == kept[f"levensverwachting{BLIJFT}2023"] == "niet_gepubliceerd"
    # no figure that the report shows was touched
    shown = {k: w for k, w in kept.items() if any(r in k for r in BINNEN)}
    assert len(shown) > 100 and "apart_gezet" not in shown.values()
    text = show_status(read_status(monitor.plek.opslag, "cbs", monitor.plek.uitvoer))
    assert f"Apart gezet, buiten wat het rapport toont: {len(apart)}" in text
    assert "bruto_arbeidsparticipatie, Amsterdam (GM0363), 2023" in text


def test_the_same_faults_in_regions_of_the_report_block(monitor: Monitor):
    een, ander = BINNEN[:2]
    _, wrong = monitor.build(unseen() | {(TEVREDEN, een, 2023): 101.5, (BRUTO, ander, 2023): 95.0})
    named = {t.toets: {r["regio"] for r in t.rijen} for t in wrong}
    assert (named["bereik"], named["participatie_klopt"]) == ({een}, {ander})
    assert set().union(*named.values()) == {een, ander}
