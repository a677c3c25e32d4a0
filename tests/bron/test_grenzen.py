"""A source that never ends: each way of it is cut off at its limit, at that source alone, and named."""

import contextlib
import gzip
import itertools
import json
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assets.bron.catalogus import changed_tabellen
from assets.bron.fetch import fetch_tabellen
from assets.bron.grenzen import MB, Grens, Grenzen, Meter
from assets.bron.http import BronError, Client, GrensError
from assets.bron.momentopname import Archief
from assets.bron.voorstellen import read_catalogi
from begrippen.redenen import Reden
from begrippen.redenzinnen import zin
from tests.bron import rauw

RUIM = Grens(30, 100 * MB, 1000)
# short, so that a fault costs part of a second
KORT = Grenzen(aanvraag=Grens(0.3, MB, 10), tabel=Grens(0.6, 2 * MB, 40), run=RUIM, geheugen=MB)
KOP = b"HTTP/1.1 200 OK\r\n"
Fout = Callable[[socket.socket], None]


@contextlib.contextmanager
def raw(fault: Fout, *, hoort: bool = True) -> Iterator[str]:
    """A server that reads a question (`hoort`) and then does what `fault` does with the connection."""
    server = socket.create_server(("127.0.0.1", 0))
    open_: list[socket.socket] = [server]

    def answer(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            while hoort and b"\r\n\r\n" not in connection.recv(65536):
                pass
            fault(connection)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                open_.append(connection)
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/lijst"
    for connection in open_:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()


def drip(before: bytes, byte: bytes = b" ") -> Fout:
    def fault(connection: socket.socket) -> None:
        connection.sendall(before)
        while True:
            connection.sendall(byte)
            time.sleep(0.02)

    return fault


def flood(before: bytes, part: bytes) -> Fout:
    def fault(connection: socket.socket) -> None:
        connection.sendall(before)
        while True:
            connection.sendall(part)

    return fault


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(MB)) for _ in range(size)) + packer.flush()


BOM = _bomb(50)
_EMPTY_BLOCKS = b"\x00\x00\x00\xff\xff" * 10_000  # deflate: stored blocks that hold nothing
_GZIP_HEAD = gzip.compress(b"")[:10]

TRAAG = {
    "no answer at all": lambda connection: time.sleep(10),
    "a byte at a time of the first line": drip(b"HTTP/1.1 "),
    "a byte at a time of a header": drip(KOP + b"X: ", b"x"),
    "header after header": drip(KOP, b"X: x\r\n"),
    "100 Continue without end": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a byte at a time of the size of a chunk": drip(KOP + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "a byte at a time of a body": drip(KOP + b"Content-Length: 100000\r\n\r\n"),
    "a byte at a time of a body without length": drip(KOP + b'\r\n{"value":[]}'),
    "a byte at a time of a gzip": drip(KOP + b"Content-Encoding: gzip\r\n\r\n" + _GZIP_HEAD, _EMPTY_BLOCKS[:5]),
}
GROOT = {
    "a body without end": flood(KOP + b"\r\n", b" " * 65536),
    "chunks without end": flood(KOP + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b" " * 4096 + b"\r\n"),
    "a body of 500 MB": flood(KOP + b"Content-Length: 500000000\r\n\r\n", b" " * 65536),
    "a small gzip of 50 MB": lambda connection: connection.sendall(KOP + b"Content-Encoding: gzip\r\n\r\n" + _bomb(50)),
    "a gzip of nothing without end": flood(KOP + b"Content-Encoding: gzip\r\n\r\n" + _GZIP_HEAD, _EMPTY_BLOCKS),
}


def ask(url: str, kind: str, tmp_path, grenzen: Grenzen = KORT) -> None:
    with Client(tries=3, timeout=(5.0, 5.0), sleep=lambda _: None, grenzen=grenzen) as client:
        if kind == "page":
            client.get_page(url, tmp_path / "p.gz", tmp_path / "p")
        else:
            client.get_whole_json(url)


@pytest.mark.parametrize("kind", ["page", "small"])
@pytest.mark.parametrize("fault", list(TRAAG))
def test_what_takes_too_long_is_cut_off(fault, kind, tmp_path):
    start = time.monotonic()
    with raw(TRAAG[fault]) as url, pytest.raises(GrensError) as error:
        ask(url, kind, tmp_path)
    assert error.value.redenen[0].code == "duurt_te_lang" and error.value.redenen[0].waar == url
    assert time.monotonic() - start < 5  # before the time-out of one read


@pytest.mark.parametrize("kind", ["page", "small"])
@pytest.mark.parametrize("fault", list(GROOT))
def test_what_is_too_much_is_cut_off(fault, kind, tmp_path):
    with raw(GROOT[fault]) as url, pytest.raises(GrensError) as error:
        ask(url, kind, tmp_path, replace(KORT, aanvraag=Grens(30, MB, 10), tabel=RUIM))
    assert error.value.redenen[0].code == "te_groot"
    assert not (tmp_path / "p").exists() or (tmp_path / "p").stat().st_size <= 2 * MB


def test_bytes_behind_a_gzip_are_no_answer(tmp_path):
    page = json.dumps({"value": [{"a": 1}]}).encode()
    whole = gzip.compress(page) + gzip.compress(page)
    head = KOP + b"Content-Encoding: gzip\r\nConnection: close\r\nContent-Length: " + str(len(whole)).encode()
    with raw(lambda c: c.sendall(head + b"\r\n\r\n" + whole)) as url, pytest.raises(BronError) as error:
        ask(url, "page", tmp_path, replace(KORT, aanvraag=RUIM))
    assert error.value.redenen[0].code == "beschadigd"


def test_a_tail_of_a_gzip_that_is_left_in_the_unpacker_is_not_lost(tmp_path):
    rows = [{"a": "x" * 1000, "n": n} for n in range(900)]
    body = gzip.compress(json.dumps({"value": rows}).encode(), 9)
    head = KOP + b"Content-Encoding: gzip\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    with raw(lambda c: c.sendall(head + body)) as url:
        ask(url, "page", tmp_path, replace(KORT, aanvraag=RUIM))
    assert json.loads((tmp_path / "p").read_text()) == rows


# --- whole tables ---


def fetch(answers: dict, api: str, tmp_path, grenzen: Grenzen = KORT):
    """Fetch a table that never ends beside one that is well: the outcome of both."""
    other = {"v3": "v4", "v4": "v3"}[api]
    ours, well = rauw.make_tabel(api), rauw.make_tabel(other)
    with (
        rauw.serve(rauw.Antwoorden(rauw.MAKE[other]() | rauw.MAKE[api]() | answers)) as adressen,
        Client(tries=2, sleep=lambda _: None, timeout=(2.0, 2.0), grenzen=grenzen) as client,
    ):
        found = fetch_tabellen(
            [ours, well], adressen, Archief(tmp_path, "voorbeeld"), rauw.Klok(), rauw.BEKEND, client=client
        )
    return found


def endless(content: dict, link: Callable[[int], str]) -> Callable[[], dict]:
    number = itertools.count(1)
    return lambda: content | {"odata.nextLink": link(next(number))}


LIJSTEN = {"v3": ["TableInfos", "DataProperties", "RegioS", "UntypedDataSet"]}
LIJSTEN["v4"] = ["Dimensions", "MeasureCodes", "RegioSGroups", "PeriodenCodes", "Observations"]


@pytest.mark.parametrize(("api", "name"), [(a, n) for a, names in LIJSTEN.items() for n in names])
def test_pages_without_end_are_cut_off_and_others_go_on(api, name, tmp_path):
    ruim = replace(KORT, aanvraag=RUIM, tabel=Grens(30, 100 * MB, 40))
    answers = {name: endless(rauw.MAKE[api]()[name], lambda n: f"{name}?$skiptoken={n}")}
    bad, well = fetch(answers, api, tmp_path, ruim)
    assert bad.resultaat == "mislukt" and bad.momentopname is None
    assert bad.redenen[0].code == "te_veel_antwoorden" and "monitor run" in bad.reden
    assert well.resultaat == "nieuw" and rauw.read_cells(well)
    assert not list(tmp_path.rglob(".nieuw-*"))


@pytest.mark.parametrize(("api", "name"), [("v3", "RegioS"), ("v4", "PeriodenCodes")])
def test_pages_that_are_each_held_in_memory_are_cut_off_together(api, name, tmp_path):
    ruim = replace(KORT, aanvraag=RUIM, tabel=RUIM, samen=MB)
    page = rauw.MAKE[api]()[name] | {"x": "y" * 50_000}
    bad, well = fetch({name: endless(page, lambda n: f"{name}?$skiptoken={n}")}, api, tmp_path, ruim)
    assert bad.resultaat == "mislukt" and bad.redenen[0].code == "te_groot"
    assert well.resultaat == "nieuw"


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_a_catalogue_ends_where_a_table_would(api, tmp_path):
    antwoorden = rauw.Antwoorden({naam: {"value": [], "x": "y" * 2 * MB} for naam in ("Tables", "Datasets")})
    grenzen = replace(KORT, aanvraag=RUIM, tabel=Grens(30, MB, 40), geheugen=10 * MB)
    with (
        rauw.serve(antwoorden) as adressen,
        Client(tries=2, sleep=lambda _: None, timeout=(2.0, 2.0), grenzen=grenzen) as client,
    ):
        tabel, archief = rauw.make_tabel(api), Archief(tmp_path, "voorbeeld")
        changed, messages = changed_tabellen([tabel], adressen, archief, client)
        assert changed == {} and "de grens voor een tabel" in messages[0]
        assert read_catalogi([tabel], adressen, client)[0] == {}


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_a_link_that_grows_with_each_page_is_refused(api, tmp_path):
    name = rauw.ROWS[api]
    answers = {name: endless(rauw.MAKE[api]()[name], lambda n: f"{name}?$skiptoken=" + "x" * 2_500 * n)}
    bad, well = fetch(answers, api, tmp_path, replace(KORT, aanvraag=RUIM, tabel=RUIM))
    assert bad.resultaat == "mislukt" and bad.redenen[0].code == "andere_pagina"
    assert well.resultaat == "nieuw"


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_many_slow_pages_pass_the_limit_of_a_table(api, tmp_path):
    name, page = rauw.ROWS[api], rauw.MAKE[api]()[rauw.ROWS[api]]
    number = itertools.count(1)

    def slow() -> dict:
        time.sleep(0.1)
        return page | {"odata.nextLink": f"{name}?$skiptoken={next(number)}"}

    bad, _ = fetch({name: slow}, api, tmp_path)
    assert bad.resultaat == "mislukt"
    assert (bad.redenen[0].code, bad.redenen[0].gegevens["van"]) == ("duurt_te_lang", "tabel")


def test_a_run_ends_whatever_its_tables_do(tmp_path):
    grenzen = Grenzen(run=Grens(30, 100 * MB, 12))
    bad, well = fetch({}, "v3", tmp_path, grenzen)
    assert {u.resultaat for u in (bad, well)} == {"mislukt"}
    assert {(u.redenen[0].code, u.redenen[0].gegevens["van"]) for u in (bad, well)} == {("te_veel_antwoorden", "run")}


def test_a_pause_does_not_lead_past_the_end():
    slept: list[float] = []
    busy = KOP.replace(b"200 OK", b"503 Busy") + b"Retry-After: 100\r\nContent-Length: 0\r\n\r\n"
    with (
        raw(lambda c: c.sendall(busy)) as url,
        Client(tries=2, sleep=slept.append, grenzen=Grenzen(run=Grens(5, MB, 100))) as client,
        pytest.raises(BronError),
    ):
        client.get(url)
    assert len(slept) == 1 and slept[0] <= 5


def test_the_connection_of_a_proxy_is_cut_off_too(tmp_path, monkeypatch):
    with raw(TRAAG["a byte at a time of a body"]) as url, pytest.raises(GrensError):
        monkeypatch.setenv("http_proxy", url.removesuffix("/lijst"))
        monkeypatch.setenv("no_proxy", "")
        ask("http://bron.invalid/lijst", "page", tmp_path)


def test_a_meter_says_which_limit():
    clock = [0.0]
    meter = Meter("tabel", Grens(10, 5, 2), now=lambda: clock[0])
    assert meter.over is None
    meter.add(bytes=6)
    assert meter.over == Reden("te_groot", {"van": "tabel", "mb": 5 / MB})
    meter.bytes, meter.antwoorden = 0, 3
    assert meter.over == Reden("te_veel_antwoorden", {"van": "tabel", "aantal": 2})
    clock[0] = 10.0
    assert meter.over == Reden("duurt_te_lang", {"van": "tabel", "seconden": 10})
    assert zin([meter.over or Reden("leeg")])
