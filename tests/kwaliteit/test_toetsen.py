"""Each kind of check passes on a sound build, and fails on one planted error that it then names."""

import json
import shutil
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.bron.bronlijst import Brontabel, read_tabellen
from assets.indicatoren.kaart import Kaart, read_kaarten
from assets.kwaliteit.suites import is_aandeel, make_suites
from assets.kwaliteit.toetsen import Toets, check_build, hold_suites, planned_checks
from assets.tabel import Tabel, read_queries
from begrippen.regio import leden_op

EDITIE = 2026
REGIOS = ["NL01", "PV22", *leden_op("PV22", date(EDITIE, 1, 1))]
PERIODES = [f"{year}JJ00" for year in range(2018, 2026)]


def kaart(id: str, **other: Any) -> Kaart:
    return Kaart.model_validate(
        {
            "id": id,
            "naam": id,
            "thema": "arbeidsmarkt",
            "groep": "B2",
            "eenheid": "%",
            "decimalen": 1,
            "richting": "hoger",
            "richting_herkomst": "toets",
            "definitie": "toets",
            "bewerking": "geen",
            "aggregatie": "verhouding",
            "zekerheid": "K",
            "bronnen": [
                {
                    "tabel": "T1",
                    "teller": [{"onderwerp": "deel"}],
                    "noemer": [{"onderwerp": "geheel"}],
                    "factor": 100,
                }
            ],
        }
        | other
    )


KAARTEN = {
    "participatie": kaart("participatie"),
    "prijs": kaart(
        "prijs",
        eenheid="euro",
        aggregatie="niet",
        bronnen=[{"tabel": "T1", "teller": [{"onderwerp": "deel"}]}],
        bereik={"minimum": 10, "maximum": 100_000, "reden": "toets", "datum": "2026-11-22"},
    ),
}
TABELLEN = {
    "T1": Brontabel.model_validate(
        {
            "id": "T1",
            "titel": "Toetstabel",
            "api": "v4",
            "zekerheid": "K",
            "dimensies": {"RegioS": {"soort": "regio", "regios": ["GM*"]}, "Perioden": {"soort": "periode"}},
            "onderwerpen": {
                "deel": {"titel": "Deel", "eenheid": "aantal", "zekerheid": "K"},
                "geheel": {"titel": "Geheel", "eenheid": "aantal", "zekerheid": "K"},
            },
        }
    )
}


def koppen() -> list[Tabel]:
    return [t for t in read_queries() if t.naam.split(".")[0] in ("kern", "monitor")]


def insert(db: duckdb.DuckDBPyConnection, into: str, /, **row: Any) -> None:
    db.execute(f"INSERT INTO {into} BY NAME SELECT {', '.join(f'? AS {k}' for k in row)}", list(row.values()))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bouw") / "monitor.duckdb"
    with duckdb.connect(path) as db:
        db.execute("CREATE SCHEMA kern")
        for kop in koppen():
            columns = ", ".join(f"{k.naam} {k.type}" for k in kop.kolommen)
            db.execute(f"CREATE TABLE {kop.naam.replace('monitor.', 'main.')} ({columns})")
        for regio in REGIOS:
            insert(db, "kern.regio", code=regio, naam=regio, soort="gemeente")
        for id, card in KAARTEN.items():
            insert(db, "indicator", id=id, eenheid=card.eenheid, richting="hoger", zekerheid="K")
        for onderwerp in ("deel", "geheel"):
            insert(db, "kern.onderwerp", bron="cbs", tabel="T1", onderwerp=onderwerp, eenheid="aantal")
        for i, periode in enumerate(PERIODES):
            insert(db, "kern.periode", periode=periode, soort="JJ", jaar=2018 + i)
            for j, regio in enumerate(REGIOS):
                key = {"uitsplitsing": "totaal", "regio": regio, "periode": periode}
                teller = 600.0 + j + 2 * i + (i % 2)
                values = {"participatie": (teller / 10, teller, 1000.0), "prijs": (teller, teller, None)}
                for indicator, (waarde, boven, onder) in values.items():
                    insert(
                        db,
                        "indicatorwaarde",
                        indicator=indicator,
                        **key,
                        waarde=waarde,
                        teller=boven,
                        noemer=onder,
                        status="definitief",
                        benadering=False,
                    )
                    cel = {"bron": "cbs", "tabel": "T1", "onderwerp": "deel", "momentopname": "m1"}
                    origin = {"rol": "teller", "lid": regio, "term": 1, "cel_periode": periode}
                    insert(db, "herkomst", indicator=indicator, **key, **cel, **origin)
                insert(db, "kern.waarneming", **cel, **key, waarde=teller, status="definitief")
            insert(
                db,
                "controle",
                indicator="prijs",
                uitsplitsing="totaal",
                regio="PV22",
                periode=periode,
                delen_soort="gemeente",
                som_delen=1.0,
                totaal=1.0,
                verschil=0.0,
                tolerantie=0.5,
            )
        insert(db, "kern.correctie", correctie="komma", tabel="T1", regio="GM0114", uitkomst="toegepast")
        insert(db, "momentopname", bron="cbs", tabel="T1", momentopname="m1", modified="2026-06-23T00:00:00+02:00")
        insert(db, "bouw", soort="voorbeeld", bouw="b1", editie=EDITIE, built_at=date(2026, 11, 22))
    return path


def check(path: Path, editie: int = EDITIE) -> dict[tuple[str, str], Toets]:
    toetsen = check_build(path, KAARTEN, TABELLEN, editie, koppen())
    found = {(t.tabel, t.naam): t for t in toetsen}
    assert len(found) == len(toetsen)
    return found


def check_one(path: Path, tabel: str, toets: str) -> Toets:
    """Hold only the suites of one check, since all of them take a second."""
    suites = make_suites(KAARTEN, TABELLEN, EDITIE, koppen())
    of_check = [s for s in suites if any((v.tabel, v.toets) == (tabel, toets) for v in s.verwachtingen)]
    return next(t for t in hold_suites(path, of_check) if (t.tabel, t.naam) == (tabel, toets))


def test_a_sound_build_passes_every_planned_check(sound: Path):
    found = check(sound)
    assert [t.uitleg for t in found.values() if not t.geslaagd] == []
    planned = planned_checks(KAARTEN, TABELLEN, koppen())
    assert [(tabel, naam) for naam, tabel, _, _ in planned] == list(found)
    assert {(naam, zwaarte) for naam, _, zwaarte, _ in planned} == {(t.naam, t.zwaarte) for t in found.values()}


# the planted error, the check that must fail, whether it blocks, and what its message must name
PLANTED = {
    "two rows of one key": (
        "INSERT INTO indicatorwaarde FROM indicatorwaarde WHERE indicator = 'prijs' AND regio = 'GM0114' "
        "AND periode = '2020JJ00'",
        ("monitor.indicatorwaarde", "sleutel"),
        "blokkeert",
        ["prijs", "GM0114", "2020JJ00", "2 regels"],
    ),
    "a key with a hole": (
        "UPDATE kern.waarneming SET regio = NULL WHERE regio = 'GM0114' AND periode = '2020JJ00'",
        ("kern.waarneming", "sleutel"),
        "blokkeert",
        ["T1", "deel", "2020JJ00", "regio leeg"],
    ),
    "a status of its own": (
        "UPDATE indicatorwaarde SET status = 'gokje' WHERE regio = 'GM0114' AND periode = '2020JJ00'",
        ("monitor.indicatorwaarde", "gesloten_lijsten"),
        "blokkeert",
        ["gokje", "GM0114", "2020JJ00"],
    ),
    "a direction of its own": (
        "UPDATE indicator SET richting = 'omhoog' WHERE id = 'prijs'",
        ("monitor.indicator", "gesloten_lijsten"),
        "blokkeert",
        ["prijs", "omhoog"],
    ),
    "a kind of region of its own": (
        "UPDATE kern.regio SET soort = 'stad' WHERE code = 'GM0114'",
        ("kern.regio", "gesloten_lijsten"),
        "blokkeert",
        ["GM0114", "stad"],
    ),
    "an alias where a region belongs": (
        "UPDATE kern.waarneming SET regio = 'NL00' WHERE regio = 'NL01' AND periode = '2020JJ00'",
        ("kern.waarneming", "gesloten_lijsten"),
        "blokkeert",
        ["NL00", "2020JJ00"],
    ),
    "a period that is not in the list": (
        "UPDATE herkomst SET periode = '2099JJ00' WHERE regio = 'GM0114' AND periode = '2020JJ00'",
        ("monitor.herkomst", "gesloten_lijsten"),
        "blokkeert",
        ["GM0114", "2099JJ00"],
    ),
    "an indicator without a card": (
        "UPDATE herkomst SET indicator = 'onzin' WHERE regio = 'GM0114' AND periode = '2020JJ00'",
        ("monitor.herkomst", "gesloten_lijsten"),
        "blokkeert",
        ["onzin", "GM0114"],
    ),
    "empty without a reason": (
        "UPDATE indicatorwaarde SET waarde = NULL WHERE indicator = 'prijs' AND regio = 'GM0114' "
        "AND periode = '2020JJ00'",
        ("monitor.indicatorwaarde", "leeg_met_reden"),
        "blokkeert",
        ["prijs", "GM0114", "2020JJ00", "waarde leeg"],
    ),
    "a value with a reason to be empty": (
        "UPDATE kern.waarneming SET leeg_reden = 'geheim' WHERE regio = 'GM0114' AND periode = '2020JJ00'",
        ("kern.waarneming", "leeg_met_reden"),
        "blokkeert",
        ["GM0114", "2020JJ00", "geheim"],
    ),
    "a value that is no number": (
        "UPDATE kern.waarneming SET waarde = 'nan' WHERE regio = 'GM0114' AND periode = '2020JJ00'",
        ("kern.waarneming", "leeg_met_reden"),
        "blokkeert",
        ["GM0114", "2020JJ00", "nan"],
    ),
    "a value above the range of its card": (
        "UPDATE indicatorwaarde SET waarde = 123456.5 WHERE indicator = 'prijs' AND regio = 'GM0114' "
        "AND periode = '2020JJ00'",
        ("monitor.indicatorwaarde", "bereik"),
        "blokkeert",
        ["indicator prijs, regio GM0114 Emmen, periode 2020JJ00, waarde 123.456,5", "maximum 100.000"],
    ),
    "a share above a hundred": (
        "UPDATE indicatorwaarde SET waarde = 101, teller = 1010 WHERE indicator = 'participatie' "
        "AND regio = 'GM0114' AND periode = '2020JJ00'",
        ("monitor.indicatorwaarde", "aandeel"),
        "blokkeert",
        ["participatie", "GM0114", "2020JJ00", "waarde 101"],
    ),
    "a share and a level that do not agree": (
        "UPDATE indicatorwaarde SET teller = teller + 1 WHERE indicator = 'participatie' "
        "AND regio = 'GM0114' AND periode = '2020JJ00'",
        ("monitor.indicatorwaarde", "verhouding"),
        "blokkeert",
        ["participatie", "GM0114", "2020JJ00"],
    ),
    "a municipality that is not there": (
        "DELETE FROM indicatorwaarde WHERE indicator = 'prijs' AND regio = 'GM0114' AND periode = '2025JJ00'",
        ("monitor.indicatorwaarde", "dekking"),
        "blokkeert",
        ["prijs", "GM0114", "2025JJ00"],
    ),
    "a value from nowhere": (
        "DELETE FROM herkomst WHERE indicator = 'prijs' AND regio = 'GM0114' AND periode = '2020JJ00'",
        ("monitor.indicatorwaarde", "herleidbaar"),
        "blokkeert",
        ["prijs", "GM0114", "2020JJ00"],
    ),
    "no value at all for Drenthe": (
        "UPDATE indicatorwaarde SET waarde = NULL, leeg_reden = 'onbekend' WHERE regio = 'PV22'",
        ("monitor.indicatorwaarde", "gevuld"),
        "blokkeert",
        ["PV22"],
    ),
    "parts that do not add up": (
        "UPDATE controle SET som_delen = 4, verschil = 3 WHERE periode = '2020JJ00'",
        ("monitor.controle", "delen_tot_totaal"),
        "blokkeert",
        ["prijs", "PV22", "2020JJ00", "verschil 3"],
    ),
    "a card that was not built": (
        "DELETE FROM indicator WHERE id = 'prijs'",
        ("monitor.indicator", "kaarten"),
        "blokkeert",
        ["prijs", "niet in de bouw"],
    ),
    "another unit than the card": (
        "UPDATE indicator SET eenheid = 'dollar' WHERE id = 'prijs'",
        ("monitor.indicator", "kaarten"),
        "blokkeert",
        ["prijs", "dollar"],
    ),
    "another unit than the source list": (
        "UPDATE kern.onderwerp SET eenheid = 'x 1 000' WHERE onderwerp = 'deel'",
        ("kern.onderwerp", "eenheid"),
        "blokkeert",
        ["T1", "deel", "x 1 000"],
    ),
    "an indicator that is absent without a word": (
        "UPDATE indicatorwaarde SET waarde = NULL, leeg_reden = 'onbekend' WHERE regio = 'PV22' "
        "AND indicator = 'prijs'",
        ("monitor.niet_beschikbaar", "uitgelegd"),
        "blokkeert",
        ["prijs", "zonder_waarde ja", "met_uitleg nee"],
    ),
    "a value that is said to be absent": (
        "INSERT INTO niet_beschikbaar BY NAME SELECT 'prijs' AS indicator, 'leeg' AS reden",
        ("monitor.niet_beschikbaar", "uitgelegd"),
        "blokkeert",
        ["prijs", "zonder_waarde nee", "met_uitleg ja"],
    ),
    "a confirmed source without its topic": (
        "INSERT INTO niet_beschikbaar BY NAME SELECT 'prijs' AS indicator, 'onderwerp_niet_gevonden' AS reden, "
        "'T1' AS tabel",
        ("monitor.niet_beschikbaar", "bevestigd"),
        "beoordeelt",
        ["prijs", "onderwerp_niet_gevonden", "T1"],
    ),
    "a value without a status": (
        "UPDATE indicatorwaarde SET status = NULL WHERE regio = 'GM0114' AND periode = '2020JJ00'",
        ("monitor.indicatorwaarde", "gesloten_lijsten"),
        "blokkeert",
        ["GM0114", "2020JJ00", "status leeg"],
    ),
    "two builds in one file": (
        "INSERT INTO bouw FROM bouw",
        ("monitor.bouw", "editie"),
        "blokkeert",
        ["2"],
    ),
    "a column of another type": (
        "ALTER TABLE controle ALTER totaal TYPE BIGINT",
        ("monitor.controle", "structuur"),
        "blokkeert",
        ["totaal DOUBLE", "totaal BIGINT"],
    ),
    "a column too many": (
        "ALTER TABLE bouw ADD COLUMN extra INTEGER",
        ("monitor.bouw", "structuur"),
        "blokkeert",
        ["geen kolom", "extra INTEGER"],
    ),
    "a jump in the last year": (
        "UPDATE indicatorwaarde SET waarde = 900, teller = 900 WHERE indicator = 'prijs' AND regio = 'GM0114' "
        "AND periode = '2025JJ00'",
        ("monitor.indicatorwaarde", "sprong"),
        "beoordeelt",
        ["prijs", "GM0114", "2025JJ00", "waarde 900"],
    ),
    "a last year with few municipalities": (
        "UPDATE indicatorwaarde SET waarde = NULL, leeg_reden = 'niet_gepubliceerd' WHERE indicator = 'prijs' "
        "AND regio IN ('GM0114', 'GM0106') AND periode = '2025JJ00'",
        ("monitor.indicatorwaarde", "krimp"),
        "beoordeelt",
        ["prijs", "2025JJ00", "gemeenten 10", "vorige_gemeenten 12"],
    ),
    "a correction that the source no longer needs": (
        "UPDATE kern.correctie SET uitkomst = 'hersteld', bron_waarde = 18.4",
        ("kern.correctie", "correcties"),
        "beoordeelt",
        ["komma", "hersteld", "18,4", "correcties.yaml"],
    ),
    "an older answer": (
        "UPDATE momentopname SET verouderd = 'verbinding verbroken'",
        ("monitor.momentopname", "verouderd"),
        "beoordeelt",
        ["T1", "verbinding verbroken"],
    ),
    "a source that fell silent": (
        "UPDATE momentopname SET modified = '2024-01-01T02:00:00'",
        ("monitor.momentopname", "stil"),
        "beoordeelt",
        ["T1", "2024-01-01"],
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_error_fails_its_check_and_is_named(planted: str, sound: Path, tmp_path: Path):
    statement, failing, zwaarte, named = PLANTED[planted]
    path = tmp_path / "monitor.duckdb"
    shutil.copy(sound, path)
    with duckdb.connect(path) as db:
        db.execute(statement)
    assert check_one(sound, *failing).geslaagd
    toets = check_one(path, *failing)
    assert not toets.geslaagd
    assert toets.zwaarte == zwaarte
    assert [text for text in [*named, failing[0]] if text not in toets.uitleg] == [], toets.uitleg
    assert toets.voorbeelden
    json.dumps(toets.voorbeelden)


def test_a_message_names_ten_rows_and_counts_the_rest(sound: Path, tmp_path: Path):
    path = tmp_path / "monitor.duckdb"
    shutil.copy(sound, path)
    with duckdb.connect(path) as db:
        db.execute("UPDATE indicatorwaarde SET waarde = 1 WHERE indicator = 'prijs'")
    toets = check_one(path, "monitor.indicatorwaarde", "bereik")
    total = len(REGIOS) * len(PERIODES)
    assert len(toets.voorbeelden) == 10
    assert f"{total} regels" in toets.uitleg
    assert f"en nog {total - 10}" in toets.uitleg


def test_a_table_that_is_missing_fails_its_checks_and_no_other(sound: Path, tmp_path: Path):
    path = tmp_path / "monitor.duckdb"
    shutil.copy(sound, path)
    with duckdb.connect(path) as db:
        db.execute("DROP TABLE controle")
    failed = {key for key, toets in check(path).items() if not toets.geslaagd}
    of_table = {key for key in check(sound) if key[0] == "monitor.controle"}
    assert failed == of_table
    assert len(failed) >= 4


def test_another_edition_is_refused(sound: Path):
    assert "editie 2028" in check(sound, 2028)["monitor.bouw", "editie"].uitleg


def test_the_checks_follow_the_tables_and_the_cards():
    tables = koppen()
    planned = planned_checks(KAARTEN, TABELLEN, tables)
    for always in ("structuur", "sleutel"):
        assert [tabel for naam, tabel, _, _ in planned if naam == always] == [t.naam for t in tables]
    assert len({(naam, tabel) for naam, tabel, _, _ in planned}) == len(planned)
    assert all(naam.isidentifier() for naam, *_ in planned)
    # without a table nothing is asked of it
    fewer = planned_checks(KAARTEN, TABELLEN, [t for t in tables if t.naam != "monitor.controle"])
    assert {tabel for _, tabel, _, _ in planned} - {tabel for _, tabel, _, _ in fewer} == {"monitor.controle"}
    suites = {s.naam: s for s in make_suites(KAARTEN, TABELLEN, EDITIE, tables)}
    assert suites["bereik"].invoer["toets_bereik"]["indicator"].to_list() == ["prijs"]
    assert suites["aandeel"].invoer["toets_aandeel"]["indicator"].to_list() == ["participatie"]
    assert suites["kaarten"].invoer["toets_kaart"]["id"].to_list() == list(KAARTEN)
    assert suites["eenheid"].invoer["toets_onderwerp"]["onderwerp"].to_list() == ["deel", "geheel"]


def test_the_suites_of_the_house_hold_every_card_and_every_topic():
    kaarten, tabellen = read_kaarten(), read_tabellen()
    suites = {s.naam: s for s in make_suites(kaarten, tabellen, EDITIE, koppen())}
    with_range = [id for id, card in kaarten.items() if card.bereik is not None]
    assert suites["bereik"].invoer["toets_bereik"]["indicator"].to_list() == with_range
    assert suites["kaarten"].invoer["toets_kaart"]["id"].to_list() == list(kaarten)
    topics = sum(len(t.onderwerpen) for t in tabellen.values())
    assert len(suites["eenheid"].invoer["toets_onderwerp"]) == topics
    assert {t.naam for t in koppen()} <= suites.keys()


def test_growth_and_balances_are_no_shares():
    noemer = [{"onderwerp": "geheel"}]
    growth = {"tabel": "T1", "teller": [{"onderwerp": "deel"}, {"onderwerp": "deel", "gewicht": -1}], "noemer": noemer}
    earlier = {"tabel": "T1", "teller": [{"onderwerp": "deel", "periode_verschuiving": -1}], "noemer": noemer}
    assert is_aandeel(KAARTEN["participatie"])
    assert not is_aandeel(KAARTEN["prijs"])
    assert not is_aandeel(kaart("groei", bronnen=[growth | {"factor": 100}]))
    assert not is_aandeel(kaart("eerder", bronnen=[earlier | {"factor": 100}]))


def test_checking_needs_no_network_and_writes_nothing(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    def refuse(*_: object) -> None:
        raise AssertionError("de toets zoekt het netwerk op")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.chdir(tmp_path)
    before = sound.read_bytes()
    check(sound)
    assert sound.read_bytes() == before
    assert list(tmp_path.iterdir()) == []
    assert [p.name for p in sound.parent.iterdir()] == [sound.name]
    assert capfd.readouterr() == ("", "")


def test_planning_does_not_import_great_expectations():
    code = (
        "import sys; from assets.kwaliteit.toetsen import planned_checks; planned_checks({}, {});"
        "sys.exit('great_expectations' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0
