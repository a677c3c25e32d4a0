"""Each kind of check passes on a sound build, and fails on one planted error that it then names."""

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from assets.beleid.tabellen import doorgegeven
from assets.bouw.bouwen import lay_invoer
from assets.bouw.invoer.bouwinvoer import Bouwinvoer
from assets.bouw.uitkomst import describe, read_uitkomsten, write_uitkomsten
from assets.bron.bronlijst import Brontabel
from assets.indicatoren.kaart import Kaart
from assets.kast import Kast
from assets.kwaliteit import toetsen as toetsen_module
from assets.kwaliteit.algemeen import make_suites
from assets.kwaliteit.toets import TOETSEN, Suite, Toets, Verwachting, read_toets
from assets.kwaliteit.toetsen import check_build, hold_suites, planned_checks
from assets.tabel import Tabel, read_queries
from begrippen.fout import MonitorError
from tests.gebieden import leden_op

HERE = Path(__file__).parent
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
            "bronnen": [RATIO],
        }
        | other
    )


DEEL = {"onderwerp": "deel"}
RATIO = {"tabel": "T1", "teller": [DEEL], "noemer": [{"onderwerp": "geheel"}], "factor": 100}
KAARTEN = {
    "participatie": kaart("participatie"),
    "prijs": kaart(
        "prijs",
        eenheid="punten",
        aggregatie="niet",
        bronnen=[{"tabel": "T1", "teller": [{"onderwerp": "deel"}]}],
        bereik={"minimum": 10, "maximum": 100_000, "reden": "toets", "datum": "2026-11-22"},
        familie={"naam": "prijzen", "leidend": True},
    ),
    "gebroken": kaart(
        "gebroken",
        eenheid="punten",
        aggregatie="niet",
        bronnen=[{"tabel": "T1", "teller": [{"onderwerp": "deel"}]}],
        breuken=[{"vanaf": 2025, "reden": "toets"}],
        familie={"naam": "prijzen", "leidend": False, "reden": "dezelfde prijzen"},
    ),
    # in percents and with a denominator, and yet no share: something is taken off, or is of another year
    "groei": kaart("groei", bronnen=[RATIO | {"teller": [DEEL, DEEL | {"gewicht": -1}]}]),
    "eerder": kaart("eerder", bronnen=[RATIO | {"teller": [DEEL | {"periode_verschuiving": -1}]}]),
}
ONDERWERP = {"eenheid": "aantal", "zekerheid": "K"}
TABELLEN = {
    id: Brontabel.model_validate(
        {
            "id": id,
            "titel": "Toetstabel",
            "api": "v4",
            "zekerheid": "K",
            "gestopt": gestopt,
            "dimensies": {"RegioS": {"soort": "regio", "regios": ["GM*"]}, "Perioden": {"soort": "periode"}},
            "onderwerpen": {"deel": ONDERWERP | {"titel": "Deel"}, "geheel": ONDERWERP | {"titel": "Geheel"}},
        }
    )
    for id, gestopt in (("T0", True), ("T1", False))
}


def bewering(soort: str, over: str, /, **other: Any) -> dict[str, Any]:
    """A claim on Drenthe that says what it should; `other` are the columns that are of this one alone."""
    indicator = over if over in KAARTEN else None
    fields = {
        "bewering": f"{soort}/{over}/PV22", "soort": soort, "indicator": indicator, "groep": "" if indicator else over,
        "naam": indicator or f"{soort} van {over}", "regio": "PV22", "laag": "provincie", "periode": "2025JJ00",
        "reeks": "realisatie", "uitgave": over, "tegen": "geen", "oordeel": "geen", "zekerheid": "telling",
        "met_kant": True, "actueel": True, "geteld": [], "gebruikt_in": ["samenvatting"],
    } | other  # fmt: skip
    tegen = {} if fields["tegen"] == "geen" else {"reeks_tegen": fields["reeks"], "uitgave_tegen": fields["uitgave"]}
    return {"periode_oudst": fields["periode"]} | tegen | fields


TWEE_JAAR = {"tegen": "eerder", "waarde": 61.6, "periode_eerder": "2023JJ00"}
BEWERINGEN = (
    bewering("stand", "participatie", waarde=61.6),
    bewering("verandering", "participatie", **TWEE_JAAR, waarde_tegen=61.2, verschil=0.4, grens=0.1, oordeel="gunstig",
             samen_met="trend/participatie/PV22"),
    bewering("verschil_nl", "participatie", tegen="nederland", waarde=61.6, waarde_tegen=61.58, verschil=0.02,
             grens=0.1, oordeel="nagenoeg_gelijk"),
    bewering("trend", "participatie", tegen="eerder", periode_eerder="2018JJ00", verschil=-0.2, oordeel="ongunstig",
             samen_met="verandering/participatie/PV22"),
    bewering("plaats", "participatie", tegen="regiosoort", rang=2, rang_van=12, oordeel="midden"),
    bewering("uiterste", "participatie", tegen="regiosoort", waarde=61.6, waarde_tegen=50.0, verschil=11.6, grens=0.1,
             oordeel="hoger", rang=1, rang_van=12, met_kant=False),
    bewering("reeksgroei", "participatie", tegen="nederland", periode_eerder="2023JJ00", waarde=100 * (61.6 / 61.2 - 1),
             waarde_tegen=0.1, verschil=0.55, grens=0.1, oordeel="hoger", met_kant=False),
    *(
        bewering("telling_trend", "alles", bewering=f"telling_trend/alles/PV22/{oordeel}", oordeel=oordeel,
                 periode_eerder="2018JJ00", aantal=len(geteld), telling_van=1, geteld=geteld)
        for oordeel, geteld in (("gunstig", []), ("ongunstig", ["trend/participatie/PV22"]), ("gelijk", []))
    ),
    bewering("antwoord", "alles", periode_eerder="2023JJ00", aantal=1, telling_van=1, oordeel="geen"),
    bewering("prognose", "inwoners", naam="inwoners volgens de prognose", reeks="prognose", tegen="eerder",
             periode="2050JJ00", periode_eerder="2026JJ00", waarde=506_000.0, waarde_tegen=505_600.0, verschil=400.0,
             marge_onder=474_600.0, marge_boven=537_400.0, oordeel="binnen_interval"),
    *(
        bewering("pendel", groep, periode="2024MM12", waarde=waarde)
        for groep, waarde in (("banen", 100.0), ("banen_van_inwoners", 120.0), ("balans", 0.83))
    ),
)  # fmt: skip


@cache
def koppen() -> list[Tabel]:
    return [t for t in (*read_queries(), *doorgegeven()) if t.naam.split(".")[0] in ("kern", "monitor", "beleid")]


def insert(db: duckdb.DuckDBPyConnection, into: str, /, **row: Any) -> None:
    db.execute(f"INSERT INTO {into} BY NAME SELECT {', '.join(f'? AS {k}' for k in row)}", list(row.values()))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bouw") / "monitor.duckdb"
    with duckdb.connect(path) as db:
        # at once: each row by itself would wait for the disk
        db.execute("BEGIN; CREATE SCHEMA kern; CREATE SCHEMA beleid")
        for kop in koppen():
            columns = ", ".join(f"{k.naam} {k.type}" for k in kop.kolommen)
            db.execute(f"CREATE TABLE {kop.naam.replace('monitor.', 'main.')} ({columns})")
        for regio in REGIOS:
            insert(db, "kern.regio", code=regio, naam=regio, soort="gemeente")
        for id, card in KAARTEN.items():
            fields = {
                k: getattr(card, k)
                for k in ("eenheid", "naam", "definitie", "aggregatie", "prijzen", "doel", "telt_op")
            }
            insert(db, "indicator", id=id, **fields, richting="hoger", zekerheid="K")
        for onderwerp in ("deel", "geheel"):
            insert(db, "kern.onderwerp", bron="cbs", tabel="T1", onderwerp=onderwerp, eenheid="aantal")
        for i, periode in enumerate(PERIODES):
            insert(db, "kern.periode", periode=periode, soort="JJ", jaar=2018 + i)
            for j, regio in enumerate(REGIOS):
                key = {"uitsplitsing": "totaal", "regio": regio, "periode": periode}
                teller = 600.0 + j + 2 * i + (i % 2)
                for indicator, card in KAARTEN.items():
                    level = card.eenheid == "euro"
                    waarde, boven, onder = (teller, teller, None) if level else (teller / 10, teller, 1000.0)
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
            werk = {"regio": "PV22", "periode": periode}
            for dimensie, code, banen in (("totaal", "totaal", 10.0), ("Sectie", "A", 4.0), ("Sectie", "B", 6.0)):
                maten = dict.fromkeys(("vestigingen", "banen", "fulltime"), banen)
                insert(db, "werkgelegenheid", **werk, dimensie=dimensie, code=code, **maten, status="definitief")
        own = {"editie": EDITIE, "indeling": "koers", "opgave": "3"}
        insert(db, "beleid.opgave", **own, eigen=True)
        insert(db, "beleid.resultaat", **own, id="r1", regel=2)
        geld = own | {"jaar": EDITIE, "kant": "lasten", "begrotingsstand": "primitief"}
        insert(db, "beleid.bedrag", **geld, regel=2, soort="post", bedrag=2_047_500)
        insert(db, "beleid.opgavebedrag", **geld, bedrag=2_047_500)
        sums = {"som": 2_047_500, "stuk": 2_047_500, "verschil": 0, "klopt": True}
        insert(db, "beleid.bedragcontrole", **geld, regel=3, soort="subtotaal", **sums)
        insert(db, "beleid.ketting", editie=EDITIE, opgave="3", resultaten=1)
        insert(db, "kern.correctie", correctie="komma", tabel="T1", regio="GM0114", uitkomst="toegepast")
        insert(db, "momentopname", bron="cbs", tabel="T1", momentopname="m1", modified="2026-06-23T00:00:00+02:00")
        for row in BEWERINGEN:
            insert(db, "bewering", **row)
        insert(db, "bouw", soort="voorbeeld", bouw="b1", editie=EDITIE, built_at=date(2026, 11, 22))
        db.execute("COMMIT")
    return path


def lay(editie: int = EDITIE) -> Callable[[duckdb.DuckDBPyConnection], None]:
    invoer = Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=(),
        tabellen=TABELLEN,
        aanleveringen={},
        register={},
        kaarten=KAARTEN,
        editie=editie,
        built_at=datetime(2026, 11, 22, tzinfo=UTC),
        code_versie="toets",
    )
    return lambda db: lay_invoer(db, invoer)


def check(path: Path, editie: int = EDITIE) -> dict[tuple[str, str], Toets]:
    toetsen = check_build(path, lay(editie), "Drenthe", koppen())
    found = {(t.tabel, t.toets): t for t in toetsen}
    assert len(found) == len(toetsen)
    return found


@cache
def all_suites() -> list[Suite]:
    return make_suites("Drenthe", koppen())


def check_one(path: Path, tabel: str, toets: str, editie: int = EDITIE) -> Toets:
    """Hold only the suites of one check, since all of them take seconds."""
    of_check = [s for s in all_suites() if any((v.tabel, v.toets) == (tabel, toets) for v in s.verwachtingen)]
    return next(t for t in hold_suites(path, of_check, lay(editie)) if (t.tabel, t.toets) == (tabel, toets))


def test_rows_that_look_the_same_are_judged_once_and_all_of_them_counted() -> None:
    def expect(column: str, type: str, **kwargs: Any) -> Verwachting:
        return Verwachting("t", "a", "blokkeert", "u", type, {"column": column, **kwargs})

    suite = Suite(
        "a",
        "SELECT unnest([1, 2, 2, 3]) AS s, unnest(['x', 'x', NULL, 'y']) AS code",
        ("s",),
        (
            expect("code", "ExpectColumnValuesToBeInSet", value_set=["x", "y"]),
            expect("s", "ExpectColumnValuesToBeUnique"),
            expect("code", "ExpectColumnValuesToNotBeNull"),
        ),
    )
    with duckdb.connect() as db:
        groepen = list(toetsen_module._groepen(db, suite))
        outcomes = toetsen_module._hold(db, suite, Kast())
    assert [(len(g.frame), g.places, g.regels) for g in groepen] == [(3, [1], 4), (3, [0, 2], 4)]
    assert [(o.wrong, o.regels) for o in outcomes] == [(0, 4), (2, 4), (1, 4)]


def test_expectations_of_other_rows_are_asked_as_one_and_apart_where_that_does_not_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    suite = Suite(
        "a",
        "SELECT unnest(['een', 'twee', 'drie']) AS regel, unnest([true, false, true]) AS klopt",
        ("regel",),
        tuple(
            Verwachting(
                r,
                "a",
                "blokkeert",
                r,
                "ExpectColumnValuesToBeInSet",
                {"column": "klopt", "value_set": [True]},
                alleen=("regel", r),
            )
            for r in ("een", "twee", "drie", "vier")
        ),
    )
    asked = []
    validator = toetsen_module._validator()

    class Counted:
        def ask(self, suite: Suite, frame: Any, places: Any, **how: Any) -> Any:
            asked.append(len(places))
            return validator.ask(suite, frame, places, **how)

    monkeypatch.setattr(toetsen_module, "_validator", Counted)
    with duckdb.connect() as db:
        outcomes = toetsen_module._hold(db, suite, Kast())
        assert [o.wrong for o in outcomes] == [0, 1, 0, 0]
        assert asked == [1, 4]
        asked.clear()
        right = replace(suite, query=f"SELECT * REPLACE (true AS klopt) FROM ({suite.query})")
        assert [o.wrong for o in toetsen_module._hold(db, right, Kast())] == [0, 0, 0, 0] and asked == [1]


def changed(sound: Path, folder: Path, statements: str) -> Path:
    path = folder / "monitor.duckdb"
    shutil.copy(sound, path)
    if statements:
        with duckdb.connect(path) as db:
            db.execute(statements)
    return path


def test_a_sound_build_passes_every_planned_check_without_network_or_files(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    def refuse(*_: object) -> None:
        raise AssertionError("de toets zoekt het netwerk op")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.chdir(tmp_path)
    # made anew, so that making it is judged too
    toetsen_module._validator.cache_clear()
    before = sound.read_bytes()
    found = check(sound)
    assert [describe(t) for t in found.values() if not t.geslaagd] == []
    planned = planned_checks("Drenthe", koppen())
    assert [(tabel, naam) for naam, tabel, _, _ in planned] == list(found)
    assert {(naam, zwaarte) for naam, _, zwaarte, _ in planned} == {(t.toets, t.zwaarte) for t in found.values()}
    assert sound.read_bytes() == before
    assert list(tmp_path.iterdir()) == []
    assert [p.name for p in sound.parent.iterdir()] == [sound.name]
    assert capfd.readouterr() == ("", "")


# Of each file of sql/toets what it must catch and what it must let go; of the checks that follow from the headers too.
GEVALLEN = {p.stem: yaml.safe_load(p.read_text(encoding="utf-8")) for p in HERE.glob("gevallen/*.yaml")}
FILES = {p.stem: read_toets(p, "Drenthe")[0].verwachtingen[0] for p in TOETSEN.glob("*.sql")}


def cases(kind: str) -> list[Any]:
    found = [(naam, g) for naam, of in sorted(GEVALLEN.items()) for g in of.get(kind, ())]
    return [pytest.param(naam, g, id=f"{naam}: {g['wat']}") for naam, g in found]


@pytest.mark.parametrize("naam", FILES)
def test_every_check_has_a_planted_fault_and_a_sound_case(naam: str):
    of = GEVALLEN.get(naam, {})
    assert of.get("fout") and of.get("goed"), "maak haar gevallen: docs/toets-toevoegen.md, stap 4"
    assert of["zwaarte"] == FILES[naam].zwaarte


def test_no_case_is_of_a_check_that_is_gone():
    assert set(GEVALLEN) - {"algemeen"} == set(FILES)


@pytest.mark.parametrize(("naam", "geval"), cases("fout"))
def test_a_planted_fault_fails_its_check_and_is_named(naam: str, geval: dict[str, Any], sound: Path, tmp_path: Path):
    tabel, toets = (geval["tabel"], geval["toets"]) if naam == "algemeen" else (FILES[naam].tabel, naam)
    found = check_one(changed(sound, tmp_path, geval["zet"]), tabel, toets)
    assert not found.geslaagd and not found.fout, describe(found)
    assert [text for text in [*geval["noemt"], tabel] if text not in describe(found)] == [], describe(found)
    assert found.aantal >= len(found.rijen) > 0
    assert all(found.rijen) and "klopt" not in found.rijen[0]
    json.dumps(found.rijen)


@pytest.mark.parametrize(("naam", "geval"), cases("goed"))
def test_what_is_right_passes(naam: str, geval: dict[str, Any], sound: Path, tmp_path: Path):
    found = check_one(changed(sound, tmp_path, geval["zet"]), FILES[naam].tabel, naam)
    assert found.geslaagd, describe(found)
    assert found.regels > 0


HEADER = """/*
omschrijving: Een toets.
tabel: monitor.bouw
zwaarte: blokkeert
reden: toets
datum: 2026-11-29
uit: [monitor.bouw]
uitleg: er is een bouw
vervolg: Bouw opnieuw.
sleutel: [bouw]
*/
SELECT bouw, true AS klopt FROM monitor.bouw
"""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("/*", "--", "begint niet met een kop"),
        ("zwaarte: blokkeert", "zwaarte: streng", "zwaarte"),
        ("reden: toets\n", "", "reden"),
        ("reden: toets\n", "reden: toets\nbuiten_rapport: apart_gezet\n", "alleen bij een toets die blokkeert"),
        ("sleutel: [bouw]", "sleutel: []", "sleutel"),
        ("sleutel: [bouw]", "sleutel: [bouw]\nsoort: x", "soort"),
        ("er is een bouw", "er zijn {meer} bouwen", "meer"),
        (
            "sleutel: [bouw]",
            "sleutel: [bouw]\ndrempels: {grens: {waarde: 1, reden: x, datum: 2026-11-29}}",
            "gebruikt drempel grens niet",
        ),
    ],
)
def test_a_wrong_header_names_the_file_and_what_is_wrong(old: str, new: str, named: str, tmp_path: Path):
    path = tmp_path / "nieuw.sql"
    path.write_text(HEADER, encoding="utf-8")
    assert read_toets(path, "Drenthe")[0].naam == "nieuw"
    path.write_text(HEADER.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MonitorError, match=named) as error:
        read_toets(path, "Drenthe")
    assert "nieuw.sql" in str(error.value)


def test_a_row_that_a_check_can_not_judge_is_wrong(sound: Path, tmp_path: Path):
    path = tmp_path / "nieuw.sql"
    path.write_text(HEADER.replace("true AS klopt", "NULL AS klopt"), encoding="utf-8")
    (found,) = hold_suites(sound, [read_toets(path, "Drenthe")[0]], lay())
    assert not found.geslaagd and found.aantal == 1


def test_a_rule_no_longer_fails_on_what_was_set_aside_for_it(sound: Path, tmp_path: Path):
    rows = "INSERT INTO regelcontrole BY NAME SELECT 'participatie_klopt' AS regel, 'participatie' AS indicator, "
    rows += "regio, '2020JJ00' AS periode, false AS klopt FROM (VALUES ('GM0114'), ('GM0363')) AS t(regio);"
    apart = "INSERT INTO apart_gezet BY NAME SELECT 'participatie_klopt' AS toets, 'participatie' AS indicator, "
    apart += "'totaal' AS uitsplitsing, 'GM0363' AS regio, '2020JJ00' AS periode, 1.0 AS waarde, 'x' AS reden;"
    toets = check_one(changed(sound, tmp_path, rows + apart), "monitor.regelcontrole", "participatie_klopt")
    assert (toets.aantal, toets.rijen[0]["regio"]) == (1, "GM0114")


def test_a_message_names_ten_rows_and_counts_the_rest(sound: Path, tmp_path: Path):
    path = changed(sound, tmp_path, "UPDATE indicatorwaarde SET waarde = 1 WHERE indicator = 'prijs'")
    toets = check_one(path, "monitor.indicatorwaarde", "bereik")
    total = len(REGIOS) * len(PERIODES)
    assert (len(toets.rijen), toets.aantal) == (10, total)
    assert f"{total} regels" in describe(toets)
    assert f"en nog {total - 10}" in describe(toets)
    assert f"en nog {total - 2}" in describe(toets, 2)
    file = tmp_path / "toetsen.json"
    write_uitkomsten(file, [toets])
    assert read_uitkomsten(file) == [toets]
    assert {"toets", "tabel", "zwaarte", "geslaagd", "aantal", "rijen", "uitleg", "vervolg"} <= set(
        json.loads(file.read_text(encoding="utf-8"))[0]
    )


def test_the_outcomes_of_an_earlier_build_still_read(tmp_path: Path):
    file = tmp_path / "toetsen.json"
    old = {"naam": "sprong", "tabel": "monitor.stand", "zwaarte": "beoordeelt", "geslaagd": False, "uitleg": "Drie."}
    file.write_text(json.dumps([old | {"voorbeelden": [{"regio": "GM0114"}]}]), encoding="utf-8")
    (toets,) = read_uitkomsten(file)
    assert (toets.toets, toets.rijen, describe(toets)) == ("sprong", ({"regio": "GM0114"},), "Drie.")


def test_a_table_that_is_missing_fails_its_checks_and_no_other(sound: Path, tmp_path: Path):
    path = changed(sound, tmp_path, "DROP TABLE controle")
    failed = {key for key, toets in check(path).items() if not toets.geslaagd}
    of_table = {
        (tabel, naam) for naam, tabel, _, _ in planned_checks("Drenthe", koppen()) if tabel == "monitor.controle"
    }
    assert failed == of_table
    assert len(failed) >= 4


def test_another_edition_is_refused(sound: Path):
    assert "gevraagd 2028" in describe(check_one(sound, "monitor.bouw", "editie", 2028))


def test_the_checks_follow_the_tables():
    tables = koppen()
    planned = planned_checks("Drenthe", tables)
    for always in ("structuur", "sleutel"):
        assert [tabel for naam, tabel, _, _ in planned if naam == always] == [t.naam for t in tables]
    assert len({(naam, tabel) for naam, tabel, _, _ in planned}) == len(planned)
    assert all(naam.isidentifier() for naam, *_ in planned)
    assert set(FILES) <= {naam for naam, *_ in planned}
    # without a table nothing is asked of it
    fewer = planned_checks("Drenthe", [t for t in tables if t.naam != "monitor.controle"])
    assert {tabel for _, tabel, _, _ in planned} - {tabel for _, tabel, _, _ in fewer} == {"monitor.controle"}


def test_planning_does_not_import_great_expectations():
    code = (
        "import sys; from assets.kwaliteit.toetsen import planned_checks; planned_checks('Drenthe');"
        "sys.exit('great_expectations' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0
