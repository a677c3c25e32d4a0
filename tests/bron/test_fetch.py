"""The fetch against the local server: what comes is what the source has, and trouble costs nothing that was there."""

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from assets.bron.bronlijst import Brontabel
from assets.bron.catalogus import changed_tabellen
from assets.bron.fetch import Adressen, fetch_tabel, fetch_tabellen
from assets.bron.momentopname import Archief, hash_file
from begrippen.redenzinnen import zin

V3, V4 = "v3", "v4"
both = pytest.mark.parametrize("api", [V3, V4])

# What loading the fetch may bring from outside Python itself: a process that asks for one table is as quick as this is
# short. A library that only some need is loaded where they need it; the figures stand in docs/metingen.md.
GELADEN = {
    *("duckdb", "_duckdb", "cbsodata", "requests", "urllib3", "certifi", "idna", "charset_normalizer"),
    *("pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"),
}
# of Python itself: what takes long and is not needed for it
ZWAAR = {"asyncio", "multiprocessing", "sqlite3", "tomllib", "unittest", "xml"}
ASK = """
import sys
before = set(sys.modules)
import assets.bron.fetch
from assets.bron import antwoord, bronlijst, gezienlijst
from begrippen import gebied
print(*{m.partition(".")[0] for m in set(sys.modules) - before})
models = (antwoord.V3Code, antwoord.V4Code, bronlijst.Brontabel, gezienlijst.Vindplek, gebied.Gebied)
print(*(m.__name__ for m in models if m.__pydantic_complete__))
"""


def test_loading_the_fetch_loads_little_and_makes_no_model_before_it_is_used():
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    loaded, made = (set(line.split()) for line in done.stdout.split("\n")[:2])
    ours = {"assets", "begrippen"}
    # names that Python and compilers make up
    named = {m for m in loaded if not m.startswith("_sysconfigdata") and "mypyc" not in m and "cython" not in m}
    assert named - sys.stdlib_module_names - ours <= GELADEN
    assert loaded & ZWAAR == set()
    assert made == set()


@both
def test_cells_are_those_of_the_source(bank, rows, api):
    uitkomst = bank.fetch(bank.tabel(api))
    assert (uitkomst.resultaat, uitkomst.redenen) == ("nieuw", ())
    keys = {"Totaal_1": 1, "Totaal_2": 2, "M000001": 1, "M000002": 2}
    found = {(r["onderwerp"], r["regio"], r["periode"]): (r["waarde"], r["leeg"]) for r in rows(uitkomst)}
    topics = [k for k in keys if k.startswith("T") == (api == V3)]
    years = [p for p in bank.PERIODEN if p.endswith("JJ00")]
    expected = {}
    for topic in topics:
        for regio in bank.REGIOS:
            for year in years:
                v = bank.value(regio, "T001038", year, keys[topic])
                empty = None if v is not None else "." if api == V3 else "Impossible"
                expected[topic, regio, year] = (v, empty)
    assert found == expected
    assert {r["uitsplitsing"] for r in rows(uitkomst)} == {"Geslacht=T001038"}
    assert sorted(r["rij"] for r in rows(uitkomst)) == list(range(1, len(expected) + 1))


@both
def test_momentopname_keeps_pages_metadata_and_eigenschappen(bank, api):
    folder = bank.fetch(bank.tabel(api)).momentopname.folder
    page = json.loads(gzip.decompress((folder / "paginas" / "0001.json.gz").read_bytes()))
    assert len(page["value"]) == (35 if api == V3 else 70)
    meta = {p.name.removesuffix(".json.gz") for p in (folder / "meta").iterdir()}
    assert {"Geslacht", "RegioS", "Perioden", "TableInfos"} <= meta or {"GeslachtCodes", "Properties"} <= meta
    e = json.loads((folder / "eigenschappen.json").read_text())
    assert e["sha256"] == hash_file(folder / "waarnemingen.parquet")
    assert e["selectie"] == (
        "Geslacht: T001038; Perioden: JJ vanaf 2018; RegioS: GM*,NL01,PV22; "
        "banen: Banen > Totaal (x 1 000); werknemers: Werknemers > Totaal (x 1000)"
    )
    assert (e["api"], e["rijen"], e["oordeel"], e["niet_gevonden"]) == (api, 70, "aangenomen", [])
    codes = duckdb.sql(f"SELECT code, status FROM '{folder}/codelijsten.parquet' WHERE soort = 'periode'").fetchall()
    assert dict(codes)["2024JJ00"] == "Voorlopig"
    topics = duckdb.sql(f"SELECT naam, groeppad, eenheid, decimalen FROM '{folder}/onderwerpen.parquet'").fetchall()
    assert ("werknemers", "Werknemers", "x 1 000", 1) in topics


@both
def test_the_same_answer_gives_the_same_bytes(bank, api, tmp_path):
    tabel = bank.tabel(api)
    first = bank.fetch(tabel).momentopname.folder
    second = bank.fetch(tabel, force=True).momentopname.folder
    assert first != second
    for name in ("waarnemingen.parquet", "onderwerpen.parquet", "codelijsten.parquet", "paginas/0001.json.gz"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


@both
def test_unchanged_table_is_not_fetched_again(bank, api):
    tabel = bank.tabel(api)
    first = bank.fetch(tabel)
    asked = len(bank.storing.verzoeken)
    again = bank.fetch(tabel)
    assert (again.resultaat, again.momentopname.id) == ("ongewijzigd", first.momentopname.id)
    assert len(bank.storing.verzoeken) == asked + 1
    assert bank.fetch(tabel, force=True).resultaat == "nieuw"


@both
@pytest.mark.parametrize("changed", [{"Modified": None}, {"Modified": "2026-02-01"}])
def test_changed_or_undated_table_is_fetched(bank, api, changed):
    tabel = bank.tabel(api)
    for _ in range(2):
        source = bank.stock.find(api, "cbs", tabel.id)
        bank.restock(replace(source, eigenschappen={**source.eigenschappen, **changed}))
        last = bank.fetch(tabel)
        if changed["Modified"]:
            changed = {"Modified": "2026-02-02"}
    assert last.resultaat == "nieuw"
    assert len(bank.archief.list("cbs", tabel.id)) == 2


STOPPED = {"v3": {"ReasonDelivery": "Stopgezet"}, "v4": {"Status": "Gediscontinueerd"}}


@both
@pytest.mark.parametrize("more", [{}, {"MetaDataModified": "2026-03-01T02:00:00"}], ids=["niets", "metadata"])
def test_a_stopped_table_is_noticed_whatever_stays_the_same(bank, api, more):
    tabel = bank.tabel(api)
    bank.fetch(tabel)
    source = bank.stock.find(api, "cbs", tabel.id)
    bank.restock(replace(source, eigenschappen={**source.eigenschappen, **STOPPED[api], **more}))
    with bank.client() as client:
        told, _ = changed_tabellen([tabel], bank.adressen, bank.archief, client)
        uitkomst = bank.fetch(tabel)
        again, _ = changed_tabellen([tabel], bank.adressen, bank.archief, client)
    assert list(told) == [tabel.id] and "gestopt" in told[tabel.id] and again == {}
    assert uitkomst.resultaat == "nieuw" and bank.fetch(tabel).resultaat == "ongewijzigd"
    assert uitkomst.momentopname.eigenschappen["status"] in STOPPED[api].values()
    # it goes on after all, and says so with nothing else
    bank.restock(replace(source, eigenschappen={**source.eigenschappen, **more}))
    assert bank.fetch(tabel).momentopname.eigenschappen["status"] == "Regulier"


@both
def test_another_selectie_is_fetched_though_nothing_changed_at_the_source(bank, api):
    bank.fetch(bank.tabel(api))
    wider = bank.tabel(api).model_dump()
    wider["dimensies"]["Geslacht"]["codes"]["3000"] = "Mannen"
    uitkomst = bank.fetch(Brontabel.model_validate(wider))
    assert (uitkomst.resultaat, uitkomst.momentopname.eigenschappen["rijen"]) == ("nieuw", 140)


@both
def test_unknown_table_is_absent(bank, api):
    uitkomst = bank.fetch(bank.tabel(api, id="99999NED"))
    assert (uitkomst.resultaat, uitkomst.momentopname) == ("afwezig", None)
    assert [r.code for r in uitkomst.redenen] == ["afwezig"]


@both
def test_what_a_recording_does_not_hold_is_not_said_to_be_gone_at_the_source(bank, api, tmp_path):
    """'Staat niet bij de bron' of a table that was only not recorded makes a reader doubt CBS."""
    tabel = bank.tabel(api, id="99999NED")
    uitkomst = fetch_tabel(tabel, bank.adressen, Archief(tmp_path / "elders", "opname"), bank.now)
    assert (uitkomst.resultaat, [r.code for r in uitkomst.redenen]) == ("afwezig", ["niet_opgenomen"])
    assert zin(uitkomst.redenen) == "wij hebben deze tabel niet opgehaald"


@both
def test_quarters_and_years_are_asked_by_kind(bank, rows, api):
    tabel = bank.tabel(api).model_dump()
    tabel["dimensies"]["Perioden"] = {"soort": "periode", "vanaf": 2020, "periodesoorten": ("KW",)}
    found = {r["periode"] for r in rows(bank.fetch(Brontabel.model_validate(tabel)))}
    assert found == {p for p in bank.PERIODEN if p >= "2020" and "KW" in p}


def _refused(bank, tabel, *words):
    """The refusal names what it is about, is kept, and leaves the previous answer in use."""
    before = bank.archief.latest("cbs", tabel.id)
    uitkomst = bank.fetch(tabel, force=True)
    assert uitkomst.resultaat == "geweigerd", uitkomst
    step = "gemeenten" if "GM9999" in words else "toets"
    for word in (*words, f"monitor bron {step}"):
        assert word in uitkomst.reden
    last = bank.archief.list("cbs", tabel.id)[-1]
    assert not last.aangenomen and last.redenen == uitkomst.redenen[: len(last.redenen)]
    assert uitkomst.momentopname == before


FAULTS = {
    "renamed topic": ({"hernoem": {"Totaal": "Totaal aantal"}}, ("banen", "Totaal")),
    "changed unit": ({"eenheid": {"Totaal": "aantal"}}, ("banen", "eenheid", "aantal", "x 1 000")),
    "unknown region": ({"onbekende_regio": {"GM0114": "GM9999"}}, ("GM9999",)),
    "empty table": ({"leeg": True}, ("leeg",)),
    "duplicate cell": ({"dubbele_cel": True}, ("meer dan een keer", "NL01")),
    "text in a number": ({"tekst_in_getal": True}, ("tekst in een getal", "n.v.t.", "NL01")),
}


@both
@pytest.mark.parametrize("fault", FAULTS)
def test_bad_content_is_refused_and_the_previous_answer_stays(bank, api, fault):
    tabel = bank.tabel(api)
    wider = tabel.model_dump()
    wider["dimensies"]["Perioden"]["periodesoorten"] = ("JJ", "KW")
    wider["dimensies"]["Geslacht"]["codes"]["3000"] = "Mannen"
    tabel = Brontabel.model_validate(wider)
    assert bank.fetch(tabel).resultaat == "nieuw"
    content, words = FAULTS[fault]
    for name, what in content.items():
        setattr(bank.storing, name, {tabel.id: what} if isinstance(what, dict) else frozenset({tabel.id}))
    bank.restock()
    _refused(bank, tabel, *words)


def test_the_same_refusal_is_kept_once(bank):
    tabel = bank.tabel(V4)
    bank.storing.hernoem = {tabel.id: {"Totaal": "Anders"}}
    bank.restock()
    assert [bank.fetch(tabel).resultaat for _ in range(3)] == ["geweigerd"] * 3
    assert len(bank.archief.list("cbs", tabel.id)) == 1


@both
def test_unconfirmed_topic_that_is_not_there_is_listed_with_candidates(bank, rows, api):
    topics = bank.tabel(api).model_dump()["onderwerpen"]
    topics["zzp"] = {"titel": "Totaal banen", "eenheid": "x 1 000", "zekerheid": "U"}
    uitkomst = bank.fetch(bank.tabel(api, onderwerpen=topics))
    assert uitkomst.resultaat == "nieuw"
    (missed,) = uitkomst.momentopname.eigenschappen["niet_gevonden"]
    assert missed["onderwerp"] == "zzp" and missed["reden"]["gegevens"] == {"titel": "Totaal banen"}
    assert missed["kandidaten"][0].startswith("Banen > Totaal (x 1 000)")


def test_answer_that_lost_rows_is_refused_and_names_a_lost_cell(bank):
    tabel = bank.tabel(V4)
    bank.fetch(tabel)
    source = bank.make_v4()
    kept = source.rijen("Observations")
    years = list(kept["Perioden"].teksten)
    whole = [i for i, p in enumerate(kept["Perioden"].index) if years[p] != "2024JJ00"]
    fewer = {name: kolom.take(np.array(whole)) for name, kolom in kept.items()}
    bank.restock(replace(source, rijen=lambda _: fewer))
    _refused(bank, tabel, "2024JJ00", "85,", "98%")


@both
def test_connection_that_resets_is_tried_again(bank, api):
    bank.storing.verbreek = 3
    assert bank.fetch(bank.tabel(api)).resultaat == "nieuw"
    assert len(bank.waits) == 3


@both
def test_host_that_keeps_resetting_fails_and_leaves_the_previous_answer(bank, api):
    first = bank.fetch(bank.tabel(api))
    bank.storing.verbreek = 1000
    uitkomst = bank.fetch(bank.tabel(api), force=True)
    assert uitkomst.resultaat == "mislukt"
    assert uitkomst.momentopname == first.momentopname
    assert uitkomst.redenen[-1].gegevens == {"pogingen": 5}
    assert bank.archief.list("cbs", bank.tabel(api).id) == [first.momentopname]


@both
def test_half_a_body_is_asked_for_again(bank, rows, api):
    bank.storing.halve_body = 2
    uitkomst = bank.fetch(bank.tabel(api))
    assert (uitkomst.resultaat, len(rows(uitkomst)), len(bank.waits)) == ("nieuw", 70, 2)


@both
def test_source_that_only_gives_half_bodies_leaves_nothing_behind(bank, api):
    bank.storing.halve_body = 1000
    tabel = bank.tabel(api)
    uitkomst = bank.fetch(tabel)
    assert (uitkomst.resultaat, uitkomst.momentopname) == ("mislukt", None)
    place = bank.archief.opslag / "momentopnamen" / "voorbeeld" / "cbs" / tabel.id
    assert list(place.iterdir()) == []


def test_retry_after_is_honoured(bank):
    bank.storing.weiger, bank.storing.weiger_status, bank.storing.retry_after = 2, 429, "7"
    assert bank.fetch(bank.tabel(V4)).resultaat == "nieuw"
    assert bank.waits == [7.0, 7.0]


def test_large_table_comes_in_parts_over_at_most_four_connections(bank, monkeypatch):
    monkeypatch.setattr("assets.bron.cbs_v3.CbsV3.split_from", 10)
    monkeypatch.setattr("assets.bron.voorbeeld.protocol.V3_PAGE", 4)
    bank.storing.seconden_per_pagina = 0.02
    tabel = bank.tabel(V3)
    with bank.client() as client:
        other = bank.tabel(V3, id="10001NED"), bank.tabel(V4)
        bank.restock(bank.make_v3("10001NED"))
        outcomes = fetch_tabellen([tabel, *other], bank.adressen, bank.archief, bank.now, bank.BEKEND, client=client)
    assert [u.resultaat for u in outcomes] == ["nieuw"] * 3
    assert [u.tabel for u in outcomes] == [tabel.id, "10001NED", other[1].id]
    assert 2 <= bank.storing.hoogst_open <= 4
    assert bank.storing.hoogst_gelijktijdig <= 4
    pages = sorted((outcomes[0].momentopname.folder / "paginas").iterdir())
    assert len(pages) >= 9  # 35 rows, at most 4 a page
    assert outcomes[0].momentopname.eigenschappen["rijen"] == 70


def test_a_small_table_takes_one_page(bank):
    bank.fetch(bank.tabel(V3))
    assert sum("UntypedDataSet?" in path for path in bank.storing.verzoeken) == 1


def test_report_hears_each_outcome(bank):
    heard = []
    with bank.client() as client:
        fetch_tabellen(
            [bank.tabel(V3), bank.tabel(V4)], bank.adressen, bank.archief, bank.now, report=heard.append, client=client
        )
    assert {u.tabel for u in heard} == {"10000NED", "20000NED"}


def test_float_noise_is_rounded_to_the_decimals_of_the_topic(bank, rows):
    source = bank.make_v4()
    kolommen = dict(source.rijen("Observations"))
    noisy = np.float64(np.float32(7888.2))
    assert noisy != 7888.2
    kolommen["Value"] = replace(kolommen["Value"], waarden=kolommen["Value"].waarden * 0 + noisy)
    bank.restock(replace(source, rijen=lambda _: kolommen))
    assert {r["waarde"] for r in rows(bank.fetch(bank.tabel(V4))) if r["waarde"] is not None} == {7888.2}


def test_wijken_en_buurten_2020_through_v3(shared_data: Path, tmp_path: Path):
    """84799NED as CBS published it: padded codes, wide rows, no period dimension."""
    from datetime import UTC, datetime

    from assets.bron.voorbeeld.server import replay_server

    tabel = Brontabel.model_validate(
        {
            "id": "84799NED",
            "titel": "Kerncijfers wijken en buurten 2020",
            "api": "v3",
            "zekerheid": "K",
            "periode_vast": "2020JJ00",
            "dimensies": {"WijkenEnBuurten": {"soort": "regio", "regios": ["NL00", "GM*"]}},
            "onderwerpen": {
                "inwoners": {"titel": "Aantal inwoners", "pad": ["Bevolking"], "eenheid": "aantal", "zekerheid": "K"}
            },
        }
    )
    with replay_server(shared_data / "cbs_v3") as adressen:
        uitkomst = fetch_tabel(tabel, adressen, Archief(tmp_path, "opname"), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert uitkomst.resultaat == "nieuw", uitkomst.reden
    folder = uitkomst.momentopname.folder
    values = dict(duckdb.sql(f"SELECT regio, waarde FROM '{folder}/waarnemingen.parquet'").fetchall())
    assert (values["NL00"], values["GM1680"]) == (17407585, 25445)
    assert sum(v for r, v in values.items() if r.startswith("GM")) == values["NL00"]
    assert len(values) == 356  # 355 municipalities in 2020
    assert uitkomst.momentopname.eigenschappen["Modified"] == "2021-03-26T02:00:00"


def test_default_addresses_are_those_of_cbs():
    assert Adressen() == Adressen(
        "https://opendata.cbs.nl", "https://datasets.cbs.nl/odata/v1/CBS", "https://dataderden.cbs.nl"
    )
