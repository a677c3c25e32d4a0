"""What a source says is data: whatever it says, it ends at its own table, with a name and a next command."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.bron import fetch as fetch_module
from assets.bron.bewaard import read_structuur
from assets.bron.bronlijst import Brontabel
from assets.bron.catalogus import changed_tabellen
from assets.bron.fetch import Adressen, open_bron
from assets.bron.http import BronError, Client
from assets.bron.momentopname import Archief
from assets.bron.poging import read_poging, write_poging
from tests.bron import rauw

APIS = ("v3", "v4")
both = pytest.mark.parametrize("api", APIS)


def serve_and_fetch(api, tmp_path, change=None, **options):
    antwoorden = rauw.Antwoorden(rauw.MAKE[api](), **options)
    if change:
        change(antwoorden.inhoud)
    (uitkomst,) = rauw.fetch(antwoorden, [rauw.make_tabel(api)], tmp_path)
    return uitkomst


def assert_ended_well(uitkomst, *results):
    assert uitkomst.resultaat in (results or ("mislukt", "geweigerd"))
    assert uitkomst.tabel in ("10000NED", "20000NED")
    assert "monitor " in uitkomst.reden
    assert uitkomst.momentopname is None


@both
def test_the_answers_as_they_should_be(api, tmp_path):
    uitkomst = serve_and_fetch(api, tmp_path)
    assert uitkomst.resultaat == "nieuw", uitkomst.reden
    assert rauw.read_cells(uitkomst) == rauw.cells(api)


INFO = {"v3": lambda a: a["TableInfos"]["value"][0], "v4": lambda a: a["Properties"]}


@both
@pytest.mark.parametrize("id", ["99999NED", "", "../10000NED"])
def test_an_answer_that_is_of_another_table_is_not_taken(api, id, tmp_path):
    uitkomst = serve_and_fetch(api, tmp_path, lambda a: INFO[api](a).update(Identifier=id))
    assert_ended_well(uitkomst, "mislukt")
    assert f"dit is het antwoord van tabel '{id}'" in uitkomst.reden


@both
@pytest.mark.parametrize("id", [None, str.lower, lambda id: f"{id} "])
def test_the_name_of_a_table_may_be_spelt_otherwise_or_not_be_there(api, id, tmp_path):
    def change(answers):
        info = INFO[api](answers)
        info["Identifier"] = id and id(info["Identifier"])

    assert serve_and_fetch(api, tmp_path, change).resultaat == "nieuw"


@both
@pytest.mark.parametrize("deel", ["info", "codes", "rijen"])
def test_half_a_character_is_no_text(api, deel, tmp_path):
    def change(answers):
        if deel == "info":
            INFO[api](answers)["Title"] = "\ud800"
        elif deel == "codes":
            answers["RegioS" if api == "v3" else "RegioSCodes"]["value"][0]["Title"] = "Emmen \udfff"
        else:
            answers[rauw.ROWS[api]]["value"][0]["Perioden"] = "2023\ud83dJJ00"

    uitkomst = serve_and_fetch(api, tmp_path, change)
    assert_ended_well(uitkomst)
    assert "onverwacht" not in {r.code for r in uitkomst.redenen}


DECIMALEN = {"v3": ("DataProperties", 4, "Decimals"), "v4": ("MeasureCodes", 0, "Decimals")}


@both
@pytest.mark.parametrize("odd", ["1", True, 1.5, -1, 400, [1], {"a": 1}, "SQL"])
def test_decimals_are_a_small_whole_number(api, tmp_path, odd):
    secret, loot = tmp_path / "geheim.csv", tmp_path / "buit.csv"
    secret.write_text("geheim\n")
    if odd == "SQL":
        odd = f"1) - (SELECT count(*) FROM read_csv('{secret}')), (SELECT 1 FROM (COPY (SELECT 1) TO '{loot}'))"

    def change(answers):
        name, place, field = DECIMALEN[api]
        answers[name]["value"][place][field] = odd

    uitkomst = serve_and_fetch(api, tmp_path / "opslag", change)
    assert_ended_well(uitkomst, "mislukt")
    assert "Decimals" in uitkomst.reden and not loot.exists()


@both
@pytest.mark.parametrize(
    "name", ["../../x", "a/b", "..", "", " ", "a b", "a'b", 'a"b', "a\u0000b", "C:\\x", "a" * 400, 5, None]
)
def test_a_name_leads_nowhere_else(api, tmp_path, name):
    def change(answers):
        deel, field = {"v3": ("DataProperties", "Key"), "v4": ("Dimensions", "Identifier")}[api]
        answers[deel]["value"][0][field] = name

    antwoorden = rauw.Antwoorden(rauw.MAKE[api]())
    change(antwoorden.inhoud)
    before = sorted(p for p in tmp_path.rglob("*"))
    (uitkomst,) = rauw.fetch(antwoorden, [rauw.make_tabel(api)], tmp_path / "a" / "b" / "opslag")
    assert_ended_well(uitkomst, "mislukt")
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and "opslag" not in p.parts]
    assert outside == before == []
    assert not any(".." in path or "Geheim" in path for path in antwoorden.gevraagd)


@both
def test_a_group_below_itself(api, tmp_path):
    def change(answers):
        deel, place, field, own = {
            "v3": ("DataProperties", 3, "ParentID", 3),
            "v4": ("MeasureGroups", 0, "ParentId", "2"),
        }[api]
        answers[deel]["value"][place][field] = own

    uitkomst = serve_and_fetch(api, tmp_path, change)
    assert_ended_well(uitkomst, "mislukt")
    assert "onder zichzelf" in uitkomst.reden


FOUTOBJECT = {"v3": {"odata.error": {"message": {"value": "onderhoud"}}}, "v4": {"error": {"message": "onderhoud"}}}
DEEP = b'{"value":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@both
@pytest.mark.parametrize("what", ["foutobject", "diep", "leeg object", "getal", "html"])
def test_every_answer_of_another_kind_ends_at_its_table(api, tmp_path, what):
    wrong = {"foutobject": FOUTOBJECT[api], "diep": DEEP, "leeg object": {}, "getal": b"5", "html": b"<html></html>"}
    for place, name in enumerate(rauw.MAKE[api]()):
        uitkomst = serve_and_fetch(api, tmp_path / str(place), lambda a, name=name: a.update({name: wrong[what]}))
        if (api, name, what) == ("v4", "Properties", "leeg object"):
            assert uitkomst.resultaat == "nieuw"  # it says nothing, and nothing wrong
            continue
        assert_ended_well(uitkomst)


@both
def test_a_row_that_says_less_than_it_should(api, tmp_path):
    number = "Banen_1" if api == "v3" else "Value"
    for place, field in enumerate((number, "RegioS", "Perioden", "Geslacht", *(("Measure",) if api == "v4" else ()))):

        def change(answers, field=field):
            del answers[rauw.ROWS[api]]["value"][3][field]

        uitkomst = serve_and_fetch(api, tmp_path / str(place), change)
        assert_ended_well(uitkomst, "geweigerd")
        assert field in uitkomst.reden


GETALLEN = [b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e400", b'"NaN"', b'"Infinity"', b'"-inf"', b'"1e400"']
GETALLEN += [b"true", b"false", b'"1e5"', b'"1_000"', b'"hoog"', b"[1]", b'{"a":1}', b'"0x10"', b'"1,5"', b"1" * 400]


@both
@pytest.mark.parametrize("text", GETALLEN)
def test_a_number_is_a_number(api, tmp_path, text):
    mark = 111.5  # the value of one cell
    found = json.dumps(mark if api == "v4" else str(mark).rjust(10)).encode()

    def change(answers):
        name = rauw.ROWS[api]
        body = json.dumps(answers[name]).encode()
        assert body.count(found) == 1
        answers[name] = body.replace(found, text)

    uitkomst = serve_and_fetch(api, tmp_path, change)
    assert_ended_well(uitkomst, "geweigerd")
    assert {r.code for r in uitkomst.redenen} <= {"pagina_getal", "pagina_stuk"}


def test_a_number_with_an_exponent_is_one_in_v4(tmp_path):
    def change(answers):
        answers["Observations"] = json.dumps(answers["Observations"]).encode().replace(b"111.5", b"1.115E+2")

    uitkomst = serve_and_fetch("v4", tmp_path, change)
    assert rauw.read_cells(uitkomst) == rauw.cells("v4")


@pytest.mark.parametrize("attribute", ["None", None])
def test_an_empty_cell_says_why(tmp_path, attribute):
    def change(answers):
        answers["Observations"]["value"][0] |= {"Value": None, "ValueAttribute": attribute, "StringValue": "hoog"}

    uitkomst = serve_and_fetch("v4", tmp_path, change)
    assert_ended_well(uitkomst, "geweigerd")
    assert "zegt niet waarom" in uitkomst.reden


@both
@pytest.mark.parametrize("header", ["Retry-After: \u00b2", "Location: http://[::1", "Location: https://example.org/"])
def test_odd_headers_end_at_their_table(api, tmp_path, header):
    name, _, text = header.partition(": ")
    deel = rauw.ROWS[api]
    status = 503 if name == "Retry-After" else 302
    uitkomst = serve_and_fetch(api, tmp_path, headers={deel: {name: text}}, status={deel: status})
    assert_ended_well(uitkomst, "mislukt")


@both
def test_what_nobody_thought_of_ends_at_its_table(api, tmp_path, monkeypatch):
    good = rauw.make_tabel("v3" if api == "v4" else "v4")

    def fall(*_, **__):
        raise LookupError("iets onbekends")

    monkeypatch.setattr(f"assets.bron.cbs_{api}.Cbs{api.upper()}.read_structuur", fall)
    antwoorden = rauw.Antwoorden(rauw.make_v3() | rauw.make_v4())
    bad, other = rauw.fetch(antwoorden, [rauw.make_tabel(api), good], tmp_path)
    assert_ended_well(bad, "mislukt")
    assert bad.redenen[0].gegevens == {"soort": "LookupError", "melding": "iets onbekends"}
    assert other.resultaat == "nieuw"


def _t1(api: str) -> Brontabel:
    """The table of ../shared/gevallen, as the list of sources would have it."""
    topic = {"titel": "Saldo", "eenheid": "x 1 000", "zekerheid": "K"}
    dimensies = {
        "RegioS": {"soort": "regio", "regios": ["NL01", "PV22"]},
        "Perioden": {"soort": "periode", "vanaf": 2018},
    }
    return Brontabel.model_validate(
        {
            "id": "T1NED",
            "titel": "Proef",
            "api": api,
            "zekerheid": "K",
            "dimensies": dimensies,
            "onderwerpen": {"saldo": topic},
        }
    )


@pytest.mark.parametrize(
    ("naam", "resultaat"),
    [
        ("a21_v3_foutobject_in_metadata", "mislukt"),
        ("a31_v4_tekst_in_getalonderwerp", "geweigerd"),
        ("a34_v4_foutobject_in_codelijst", "mislukt"),
    ],
)
def test_the_answers_of_gevallen(shared_data: Path, tmp_path, naam, resultaat):
    path = shared_data.parent / "gevallen" / f"{naam}.json"
    if not path.is_file():
        pytest.skip("../shared/gevallen is er niet")
    antwoorden = rauw.Antwoorden(json.loads(path.read_text(encoding="utf-8")))
    (uitkomst,) = rauw.fetch(antwoorden, [_t1(naam[4:6])], tmp_path)
    assert uitkomst.resultaat == resultaat, uitkomst.reden
    assert "monitor " in uitkomst.reden and uitkomst.momentopname is None


def test_a_previous_answer_stays_when_the_next_is_wrong(tmp_path):
    antwoorden = rauw.Antwoorden(rauw.make_v4())
    tabel = rauw.make_tabel("v4")
    (first,) = rauw.fetch(antwoorden, [tabel], tmp_path)
    antwoorden.inhoud = copy.deepcopy(antwoorden.inhoud)
    antwoorden.inhoud["Observations"]["value"][0]["Value"] = True
    (second,) = rauw.fetch(antwoorden, [tabel], tmp_path, force=True)
    assert (second.resultaat, second.momentopname) == ("geweigerd", first.momentopname)
    assert fetch_module.SCRATCH not in {p.name for p in tmp_path.rglob("*")}


SCHADE = {
    "half eigenschappen": ("eigenschappen.json", lambda b: b[: len(b) // 2]),
    "eigenschappen is a list": ("eigenschappen.json", lambda b: b"[]"),
    "no eigenschappen": ("eigenschappen.json", None),
    "a changed cell": ("waarnemingen.parquet", lambda b: b[:40] + bytes([b[40] ^ 1]) + b[41:]),
    "no cells": ("waarnemingen.parquet", None),
    "cut topics": ("onderwerpen.parquet", lambda b: b[:-10]),
    "no code lists": ("codelijsten.parquet", None),
}


@pytest.mark.parametrize("kind", SCHADE)
def test_a_damaged_answer_is_named_and_the_one_before_it_is_used(tmp_path, kind):
    antwoorden, tabellen = rauw.Antwoorden(rauw.make_v3() | rauw.make_v4()), [rauw.make_tabel(a) for a in APIS]
    first, _ = rauw.fetch(antwoorden, tabellen, tmp_path)
    second, other = rauw.fetch(antwoorden, tabellen, tmp_path, force=True, later=60)
    name, change = SCHADE[kind]
    path = second.momentopname.folder / name
    damaged = change(path.read_bytes()) if change else None
    path.unlink()
    if damaged is not None:
        path.write_bytes(damaged)
    antwoorden.status = {"TableInfos": 503}  # v3 does not answer
    third, still = rauw.fetch(antwoorden, tabellen, tmp_path, later=120)
    assert (third.resultaat, third.momentopname) == ("mislukt", first.momentopname)
    assert still.resultaat == "ongewijzigd" and still.momentopname == other.momentopname
    assert third.redenen[0].gegevens == {"momentopname": second.momentopname.id, "bestand": name}
    assert "monitor run" in third.reden
    antwoorden.status = {}
    fourth, _ = rauw.fetch(antwoorden, tabellen, tmp_path, later=180)
    assert rauw.read_cells(fourth) == rauw.cells("v3") and fourth.redenen == ()


def test_a_damaged_note_of_an_attempt_is_as_none(tmp_path):
    archief = Archief(tmp_path, "voorbeeld")
    (uitkomst,) = rauw.fetch(rauw.Antwoorden(rauw.make_v4()), [rauw.make_tabel("v4")], tmp_path)
    written = write_poging(archief, uitkomst, datetime(2026, 1, 1, tzinfo=UTC))
    assert read_poging(archief, "cbs", "20000NED") == written
    (path,) = (tmp_path / "pogingen").rglob("*.json")
    for text in ("{", "[]", '{"x": 1}', ""):
        path.write_text(text)
        assert read_poging(archief, "cbs", "20000NED") is None


@both
def test_a_list_of_two_pages_is_read_whole_now_and_later(api, tmp_path):
    answers = rauw.MAKE[api]()
    name, sign = ("RegioS", "") if api == "v3" else ("RegioSCodes", "@")
    rows = answers[name]["value"]
    answers |= {f"{name}-2": {"value": rows[1:]}, name: {"value": rows[:1], f"{sign}odata.nextLink": f"{name}?$skip=1"}}
    tabel = rauw.make_tabel(api)
    (uitkomst,) = rauw.fetch(rauw.Antwoorden(answers), [tabel], tmp_path)
    assert rauw.read_cells(uitkomst) == rauw.cells(api)
    kept = read_structuur(open_bron(tabel, Adressen(), Client()), tabel, uitkomst.momentopname)
    assert [c.code for c in kept.codes["RegioS"]] == list(rauw.REGIOS)


@both
def test_damaged_metadata_of_the_answer_before_holds_nothing_up(api, tmp_path):
    antwoorden, tabel = rauw.Antwoorden(rauw.MAKE[api]()), rauw.make_tabel(api)
    (first,) = rauw.fetch(antwoorden, [tabel], tmp_path)
    for path in (first.momentopname.folder / "meta").iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    (second,) = rauw.fetch(antwoorden, [tabel], tmp_path, force=True, later=60)
    assert (second.resultaat, second.redenen) == ("nieuw", ())
    with pytest.raises(BronError, match="beschadigd"):
        read_structuur(open_bron(tabel, Adressen(), Client()), tabel, first.momentopname)


@both
def test_a_catalogue_of_another_kind_is_a_message(api, tmp_path, monkeypatch):
    name = {"v3": "Tables", "v4": "Datasets"}[api]
    tabellen = [rauw.make_tabel(api)]
    wrong = [DEEP, {"value": [{"Identifier": 5}]}, {"value": [None]}, FOUTOBJECT[api], {}, b"x"]
    for answer in wrong:
        with rauw.serve(rauw.Antwoorden({name: answer})) as adressen, Client(tries=1) as client:
            changed, messages = changed_tabellen(tabellen, adressen, Archief(tmp_path, "voorbeeld"), client)
        assert (changed, len(messages)) == ({}, 1) and "onbekends" not in messages[0], answer
    monkeypatch.setattr(f"assets.bron.cbs_{api}.Cbs{api.upper()}.read_catalogus", lambda *_: 1 / 0)
    with Client(tries=1) as client:
        changed, messages = changed_tabellen(tabellen, Adressen(), Archief(tmp_path, "voorbeeld"), client)
    assert changed == {} and "ZeroDivisionError" in messages[0]


@pytest.mark.parametrize("index", [-1, 10**10, 10**30, 1.5, True])
def test_a_place_in_a_list_is_a_small_whole_number(index, tmp_path):
    uitkomst = serve_and_fetch("v4", tmp_path, lambda a: a["PeriodenCodes"]["value"][0].update(Index=index))
    assert_ended_well(uitkomst, "mislukt")
    assert "Index" in uitkomst.reden and "onverwacht" not in {r.code for r in uitkomst.redenen}
