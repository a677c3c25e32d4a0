import threading
import time

import pytest
import requests

from assets.bron.voorbeeld.server import sample_server
from assets.bron.voorbeeld.storing import Storing
from tests.gezien import as_seen

ROWS = "/ODataFeed/odata/90002NED/UntypedDataSet?$format=json&$filter=RegioS eq 'NL01  '"


@pytest.fixture
def serve(tabellen, regios):
    stack = []

    def start(storing):
        server = sample_server(as_seen(tabellen), *regios, faults=storing)
        stack.append(server)
        return server.__enter__()

    yield start
    for server in stack:
        server.__exit__(None, None, None)


def test_a_connection_is_reset_as_often_as_asked(serve):
    adressen = serve(Storing(verbreek=2))
    for _ in range(2):
        with pytest.raises(requests.ConnectionError):
            requests.get(adressen.v3 + ROWS, timeout=10)
    assert requests.get(adressen.v3 + ROWS, timeout=10).status_code == 200


def test_half_a_body_is_noticed(serve):
    adressen = serve(Storing(halve_body=1))
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        requests.get(adressen.v3 + ROWS, timeout=10)
    assert requests.get(adressen.v3 + ROWS, timeout=10).json()["value"]


def test_a_busy_server_says_when_to_come_back(serve):
    adressen = serve(Storing(weiger=1, retry_after="7"))
    answer = requests.get(adressen.v3 + ROWS, timeout=10)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    assert requests.get(adressen.v3 + ROWS, timeout=10).status_code == 200


def test_a_fault_keeps_to_its_address(serve):
    adressen = serve(Storing(weiger=99, alleen="UntypedDataSet"))
    assert requests.get(adressen.v3 + ROWS, timeout=10).status_code == 503
    assert requests.get(f"{adressen.v3}/ODataCatalog/Tables?$format=json", timeout=10).status_code == 200


def test_pages_wait_and_connections_are_counted(serve):
    storing = Storing(seconden_per_pagina=0.3)
    adressen = serve(storing)
    start = time.monotonic()
    threads = [threading.Thread(target=requests.get, args=(adressen.v3 + ROWS,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - start >= 0.3
    assert storing.hoogst_open == storing.hoogst_gelijktijdig == 3
    assert len(storing.verzoeken) == 3


def test_content_faults(serve):
    table = "90002NED"
    storing = Storing(
        hernoem={table: {"Uitval": "Uitval nieuwe stijl"}},
        eenheid={table: {"Armoede, relatief": "x 1 000"}},
        onbekende_regio={table: {"PV22": "PV77"}},
        dubbele_cel=frozenset([table]),
        tekst_in_getal=frozenset([table]),
        afwezig=frozenset(["90001NED"]),
    )
    adressen = serve(storing)
    base = f"{adressen.v3}/ODataFeed/odata/{table}"

    def get(path):
        return requests.get(f"{base}/{path}", timeout=30).json()["value"]

    topics = {p["Title"]: p.get("Unit") for p in get("DataProperties?$format=json")}
    assert topics["Uitval nieuwe stijl"] == "aantal"
    assert topics["Armoede, relatief"] == "x 1 000"
    assert "PV77  " in {c["Key"] for c in get("RegioS?$format=json")}
    assert get("UntypedDataSet?$format=json&$filter=RegioS eq 'PV77  '&$top=1")
    rows = get("UntypedDataSet?$format=json&$filter=RegioS eq 'NL01  '")
    cells = [(r["RegioS"], r["Perioden"], r["Marges"]) for r in rows]
    assert len(cells) == len(set(cells)) + 1
    assert sum(r["ArmoedeRelatief_1"] == "n.v.t." for r in rows) == 1
    assert requests.get(f"{adressen.v4}/90001NED/Properties", timeout=10).status_code == 404


def test_an_empty_table_keeps_its_description(serve):
    adressen = serve(Storing(leeg=frozenset(["90001NED"])))
    assert requests.get(f"{adressen.v4}/90001NED/Observations", timeout=30).json()["value"] == []
    assert requests.get(f"{adressen.v4}/90001NED/MeasureCodes", timeout=30).json()["value"]


def test_the_server_stops_with_a_client_still_connected(tabellen, regios):
    session = requests.Session()
    with sample_server(as_seen(tabellen), *regios) as adressen:
        session.get(f"{adressen.v3}/ODataCatalog/Tables?$format=json", timeout=10)
        start = time.monotonic()
    assert time.monotonic() - start < 5
    with pytest.raises(requests.ConnectionError):
        session.get(f"{adressen.v3}/ODataCatalog/Tables?$format=json", timeout=5)
    session.close()
