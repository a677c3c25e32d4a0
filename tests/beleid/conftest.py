"""The policy of the first tenant, and a folder with a few rows of it in which one thing can be made wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from assets.beleid.cyclus import Cyclus
from assets.beleid.lezen import Beleidsmap, read_beleidsmap, read_edities
from assets.beleid.projecten import Effect
from assets.beleid.tabellen import Beleidsinvoer, invoertabellen
from assets.bouw.tabellen import all_tabellen
from assets.indicatoren.kaart import read_kaarten
from assets.tabel import arrow_schema
from begrippen.gebied import GEBIEDEN, read_gebied
from begrippen.regio import known_codes
from tests.conftest import lay_rekenregels

DRENTHE = read_gebied(GEBIEDEN / "drenthe")
BRON = DRENTHE.edities / "2026" / "beleid"


def read(folder: Path, jaar: int = 2026) -> Beleidsmap:
    return read_beleidsmap(folder, jaar, DRENTHE, read_kaarten(gebied=DRENTHE), known_codes())


@pytest.fixture(scope="session")
def mappen() -> dict[int, Beleidsmap]:
    """The editions of the first tenant, by year."""
    found = read_edities(DRENTHE.edities, 2026, DRENTHE)
    return {m.editie: m for m in found}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the policy of 2026."""
    return Path(shutil.copytree(BRON, tmp_path / "beleid"))


@pytest.fixture
def regel(folder):
    """Write a file of the folder with its heading and one row, the fields given over what makes it right."""

    goed = {
        "resultaten.csv": {"id": "t1", "opgave": "3", "resultaat": "proef", "soort": "aantal"},
        "bedragen.csv": {
            "opgave": "3",
            "jaar": "2026",
            "soort": "post",
            "post": "proef",
            "begrotingsstand": "primitief",
        },
        "signalen.csv": {"id": "t1", "ontvangen": "2026-05", "kring": "bedrijven", "beeld": "proef"},
        "gedrukt.csv": {
            **{"id": "t1", "soort": "profiel", "maatstaf": "proef", "maat": "stand", "waarde": "1"},
            "niet_naast": "proef",
        },
        "accenten.csv": {"id": "t1", "groep": "proef", "accent": "proef"},
        "kruistabel.csv": {
            **{"van_indeling": "koers_2020", "naar_indeling": "koers_2024", "verband": "geen"},
            **{"van_opgave": "3", "van_post": "Voucherregelingen"},
        },
    }

    def write(file: str, **fields: str) -> Path:
        if file == "bedragen.csv":
            # what points at the posts that are gone
            (folder / "kruistabel.csv").unlink()
            (folder / "instrumenten.yaml").unlink()
        row = {**goed[file], "bron": "001", "plaats": "r. 1", **fields}
        (folder / file).write_text(f"{';'.join(row)}\n{';'.join(row.values())}\n", encoding="utf-8")
        return folder

    return write


NU = datetime(2026, 11, 29)
# indicator, region -> trend, slope, figure, that of the Netherlands
CIJFERS = {
    ("praktisch_opgeleid", "PV22"): ("te weinig gegevens", None, 73.1, 66.7),
    ("beroepsbevolking", "PV22"): ("reeksbreuk", 1.0, 250.0, 9000.0),
    ("zzp_vestigingen", "PV22"): ("stijgend", 12.0, 30.0, 1000.0),
    ("vrijwilligerswerk", "PV22"): ("ongunstig", -0.5, 40.0, 41.0),
    ("spanningsindicator", "PV22"): ("geen significante verandering", 0.1, 3.0, 3.0),
    ("verhuizingen_in", "PV22"): ("gunstig", -3.0, 30.0, None),
    ("overnachtingen", "PV22"): ("geen significante verandering", 2.0, 5.0, 100.0),
    ("armoede", "RD2018"): ("ongunstig", 0.1, 3.0, 3.01),
    ("rd_intensiteit", "PV22"): ("gunstig", 0.1, 0.4, None),
    ("wg_stedelijk_netwerk", "ZDR"): ("te weinig gegevens", None, -0.4, None),
    ("zorgpersoneel_tekort", "PV22"): ("gunstig", 0.1, 2.0, 90.0),
    ("migratiesaldo_jongvolwassenen", "PV22"): ("gunstig", 60.0, -700.0, 0.0),
}
# indicator, region -> year -> value
REEKSEN = {
    ("banen_chemie", "PV22"): {2021: 1000.0, 2023: 1000.0, 2025: 1210.0},
    ("werkloosheid", "PV22"): {2021: 4.0, 2023: 3.0, 2025: 3.5},
    ("werkloosheid", "NL01"): {2023: 3.6, 2025: 3.8},
    ("beroepsbevolking", "PV22"): {2021: 250.0, 2023: 255.0, 2025: 260.0},
}


def make_tabellen(
    mappen: Iterable[Beleidsmap], nu: datetime = NU, effecten: Iterable[Effect] = (), cyclus: Cyclus | None = None
) -> duckdb.DuckDBPyConnection:
    """The tables of policy, made by the queries of the build on figures that are laid beside them by hand."""
    db = duckdb.connect()
    db.execute("CREATE SCHEMA invoer; CREATE SCHEMA monitor; CREATE SCHEMA kern")
    lay_rekenregels(db)
    invoer = Beleidsinvoer(2026, tuple(mappen), nu, cyclus or Cyclus(), effecten=tuple(effecten))
    for naam, (tabel, rows_of) in invoertabellen().items():
        rows = pa.Table.from_pylist(list(rows_of(invoer)), schema=arrow_schema(tabel))  # noqa: F841
        db.execute(f"CREATE TABLE invoer.{naam} AS FROM rows")
    db.execute("CREATE TABLE invoer.editie AS SELECT 2026 AS editie")
    db.execute("CREATE TABLE invoer.gebied AS SELECT 'PV22' AS code")
    db.execute(
        "CREATE TABLE invoer.kaart "
        "(id VARCHAR, opgave INTEGER[], doel VARCHAR, merkbaar DOUBLE, merkbaar_maat VARCHAR, eenheid VARCHAR)"
    )
    for kaart in read_kaarten(gebied=DRENTHE).values():
        m = kaart.merkbaar
        row = [kaart.id, list(kaart.opgave), kaart.doel, m and m.waarde, m and m.maat, kaart.eenheid]
        db.execute("INSERT INTO invoer.kaart VALUES (?, ?, ?, ?, ?, ?)", row)
    db.execute(
        "CREATE TABLE monitor.oordeel (indicator VARCHAR, regio VARCHAR, uitsplitsing VARCHAR, "
        "laatste_periode VARCHAR, trend VARCHAR, trend_helling DOUBLE, venster_tot INTEGER)"
    )
    db.execute(
        "CREATE TABLE monitor.stand (indicator VARCHAR, regio VARCHAR, uitsplitsing VARCHAR, laatste_periode VARCHAR, "
        "waarde DOUBLE, waarde_nl DOUBLE)"
    )
    db.execute(
        "CREATE TABLE monitor.bewering (soort VARCHAR, indicator VARCHAR, regio VARCHAR, periode VARCHAR, "
        "periode_eerder VARCHAR, oordeel VARCHAR)"
    )
    db.execute(
        "CREATE TABLE monitor.indicatorwaarde (indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, "
        "periode VARCHAR, waarde DOUBLE); CREATE TABLE monitor.breuk (indicator VARCHAR, vanaf INTEGER)"
    )
    for (indicator, regio), waarden in REEKSEN.items():
        for jaar, waarde in waarden.items():
            db.execute(
                "INSERT INTO monitor.indicatorwaarde VALUES (?, 'totaal', ?, ?, ?)",
                [indicator, regio, f"{jaar}JJ00", waarde],
            )
    db.execute("INSERT INTO monitor.breuk VALUES ('beroepsbevolking', 2022)")
    db.execute(
        "CREATE TABLE kern.regio AS SELECT * FROM (VALUES ('PV22', 'Drenthe', DATE '1970-01-01'), "
        "('ZDR', 'Zuid-Drenthe', DATE '2011-01-01'), ('RD2018', 'Regio Deal 2018', DATE '2018-01-01')) "
        "AS r(code, naam, geldig_van)"
    )
    for (indicator, regio), (trend, helling, waarde, nl) in CIJFERS.items():
        where = [indicator, regio, "totaal", "2025JJ00"]
        db.execute("INSERT INTO monitor.oordeel VALUES (?, ?, ?, ?, ?, ?, 2026)", [*where, trend, helling])
        db.execute("INSERT INTO monitor.stand VALUES (?, ?, ?, ?, ?, ?)", [*where, waarde, nl])
        # as the claims have it: of a total there is none
        if nl is not None and indicator != "zorgpersoneel_tekort":
            naast = "nagenoeg_gelijk" if indicator == "armoede" else "hoger" if waarde > nl else "lager"
            claim = ["verschil_nl", indicator, regio, "2025JJ00", None, naast]
            db.execute("INSERT INTO monitor.bewering VALUES (?, ?, ?, ?, ?, ?)", claim)
        if helling is not None and trend != "reeksbreuk":
            claim = ["trend", indicator, regio, "2025JJ00", "2018JJ00", trend]
            db.execute("INSERT INTO monitor.bewering VALUES (?, ?, ?, ?, ?, ?)", claim)
    for tabel in all_tabellen():
        if tabel.naam.startswith("beleid."):
            tabel.create(db)
    return db


@pytest.fixture(scope="session")
def tabellen(mappen) -> duckdb.DuckDBPyConnection:
    """The tables of policy of the first tenant."""
    return make_tabellen(mappen.values())
