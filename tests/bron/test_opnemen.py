"""What a source answers can be recorded, and replays as the same cells."""

import json
from datetime import UTC, datetime

import pytest

from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import fetch_tabel
from assets.bron.http import Client
from assets.bron.momentopname import Archief
from assets.bron.opnemen import LAATSTE, VERSLAG, record
from assets.bron.voorbeeld.opname import read_opname
from assets.bron.voorbeeld.server import replay_server
from tests.bron import rauw

MOMENT = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)
REGIOS = frozenset({"PV22", "GM0106", "GM0114"})
both = pytest.mark.parametrize("api", ["v3", "v4"])


def opname(adressen, tabellen, naar, regios=REGIOS):
    return record(tabellen, adressen, naar, regios, MOMENT, sleep=lambda _: None, timeout=(2.0, 5.0), tries=2)


def fetch_replay(tabel, folder, opslag):
    with replay_server(folder) as adressen, Client(sleep=lambda _: None) as client:
        return fetch_tabel(tabel, adressen, Archief(opslag, "opname"), rauw.Klok(), client=client)


@both
@pytest.mark.parametrize("catalogus", ["cbs", "derden"])
def test_a_recording_replays_as_the_same_cells(bank, rows, tmp_path, api, catalogus):
    if (api, catalogus) == ("v4", "derden"):
        pytest.skip("third parties publish in v3 only")
    tabel = bank.tabel(api, catalogus=catalogus, uitgever="CBS" if catalogus == "cbs" else "RIVM")
    (found,) = opname(bank.adressen, [tabel], tmp_path / "opname")
    assert found.gelukt and found.paginas == 1

    def key(row):
        return tuple(row[n] for n in ("onderwerp", "regio", "periode", "uitsplitsing", "waarde", "leeg"))

    direct = {key(r) for r in rows(bank.fetch(tabel))}
    periods = sorted({k[2] for k in direct})[-LAATSTE:]
    slim = {k for k in direct if k[1] in {*REGIOS, "NL01"} and k[2] in periods}
    replayed = fetch_replay(tabel, tmp_path / "opname", tmp_path / "opslag")
    assert replayed.resultaat == "nieuw", replayed.reden
    assert {key(r) for r in rows(replayed)} == slim
    assert len(slim) == 2 * len(periods) * 4


@both
def test_metadata_comes_whole_and_as_it_was(tmp_path, api):
    answers = rauw.MAKE[api]()
    with rauw.serve(rauw.Antwoorden(answers)) as adressen:
        (found,) = opname(adressen, [rauw.make_tabel(api)], tmp_path)
    assert found.gelukt
    (folder,) = (tmp_path / f"cbs_{api}").iterdir()
    kept = {p.stem: json.loads(p.read_text()) for p in folder.glob("*.json")}
    assert [a for a in answers.values() if a not in kept.values()] == []
    verslag = json.loads((tmp_path / VERSLAG).read_text())
    assert verslag["moment"] == "2026-11-30T09:15:00+00:00"
    assert verslag["tabellen"] == {found.tabel: {"paginas": 1, "reden": ""}}
    uitkomst = fetch_replay(rauw.make_tabel(api), tmp_path, tmp_path / "opslag")
    assert rauw.read_cells(uitkomst) == rauw.cells(api)


@both
def test_a_table_that_is_not_as_the_list_says_is_recorded_too(tmp_path, api):
    other = rauw.make_tabel(api).model_dump()
    other["dimensies"]["Leeftijd"] = {"soort": "uitsplitsing", "codes": {"1": "Jong"}}
    del other["dimensies"]["Geslacht"]
    other["onderwerpen"] = {"x": {"titel": "Bestaat niet", "eenheid": "%", "zekerheid": "K"}}
    with rauw.serve(rauw.Antwoorden(rauw.MAKE[api]())) as adressen:
        (found,) = opname(adressen, [Brontabel.model_validate(other)], tmp_path)
    assert found.gelukt
    uitkomst = fetch_replay(rauw.make_tabel(api), tmp_path, tmp_path / "opslag")
    assert rauw.read_cells(uitkomst) == rauw.cells(api)


@both
def test_a_wrong_answer_is_kept_and_holds_no_other_table_up(tmp_path, api):
    wrong = {"v3": "DataProperties", "v4": "MeasureCodes"}[api]
    answers = rauw.make_v3() | rauw.make_v4() | {wrong: {"error": {"message": "onderhoud"}}}
    tabellen = [rauw.make_tabel("v3"), rauw.make_tabel("v4")]
    with rauw.serve(rauw.Antwoorden(answers)) as adressen:
        found = {o.tabel: o for o in opname(adressen, tabellen, tmp_path)}
    bad, good = (found["10000NED"], found["20000NED"])[:: 1 if api == "v3" else -1]
    assert good.gelukt and not bad.gelukt and "foutmelding" in bad.regel
    name = "DataProperties" if api == "v3" else "measure-codes"
    kept = tmp_path / f"cbs_{api}" / bad.tabel / f"{name}.json"
    assert json.loads(kept.read_text()) == answers[wrong]
    assert set(read_opname(tmp_path).afwezig) == {bad.tabel}


def test_an_answer_that_cannot_be_replayed_is_absent_and_the_others_are_served(tmp_path):
    with rauw.serve(rauw.Antwoorden(rauw.make_v3() | rauw.make_v4())) as adressen:
        opname(adressen, [rauw.make_tabel("v3"), rauw.make_tabel("v4")], tmp_path)
    path = tmp_path / "cbs_v4" / "20000NED" / "codes-RegioS.json"
    for text in ("{", "[]", '{"error": {}}', '{"value": 5}', '{"value": [5]}', "\x00", '{"value":' + "[" * 100_000):
        path.write_text(text)
        assert set(read_opname(tmp_path).afwezig) == {"20000NED"}
        uitkomst = fetch_replay(rauw.make_tabel("v3"), tmp_path, tmp_path / "opslag")
        assert uitkomst.resultaat in ("nieuw", "ongewijzigd")


@both
def test_a_topic_that_was_not_recorded_does_not_refuse_the_others(tmp_path, api):
    with rauw.serve(rauw.Antwoorden(rauw.MAKE[api]())) as adressen:
        opname(adressen, [rauw.make_tabel(api)], tmp_path)
    wider = rauw.make_tabel(api).model_dump()
    wider["onderwerpen"]["x"] = {"titel": "Niet opgenomen", "eenheid": "%", "zekerheid": "K"}
    uitkomst = fetch_replay(Brontabel.model_validate(wider), tmp_path, tmp_path / "opslag")
    assert uitkomst.resultaat == "nieuw", uitkomst.reden
    assert rauw.read_cells(uitkomst) == rauw.cells(api)
    assert [naam for naam, _, _ in uitkomst.momentopname.niet_gevonden] == ["x"]
    with rauw.serve(rauw.Antwoorden(rauw.MAKE[api]())) as adressen, Client(tries=1) as client:
        archief = Archief(tmp_path / "cbs", "cbs")
        live = fetch_tabel(Brontabel.model_validate(wider), adressen, archief, rauw.Klok(), client=client)
    assert live.resultaat == "geweigerd"
