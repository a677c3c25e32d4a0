"""The door to the outside, against servers that misbehave in ways the sample server does not."""

import gzip
import json
import socketserver
import tempfile
import threading
import tracemalloc
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bron.adres import redirected
from assets.bron.http import AfwezigError, BronError, Client, GeweigerdError, encode_query
from tests.stil import KIJK, Stil

PAGE = b'{"odata.metadata":"x","value":[{"a":1}],"odata.nextLink":"http://opendata.cbs.nl/?$skip=1"}'
LAST = b'{"value":[{"a":1}]}'


@contextmanager
def answering(*answers):
    """Serve raw answers one after the other (the last one again and again); yields the address and what was asked."""
    asked: list[dict] = []

    class Handler(Stil, BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append({"path": self.path, **self.headers})
            self.wfile.write(answers[min(len(asked), len(answers)) - 1])
            self.close_connection = True

    class Server(socketserver.ThreadingMixIn, HTTPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(KIJK,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def reply(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None, keep: bool = False) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    if not keep:
        lines.append("Connection: close")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
PACKED = gzip.compress(PAGE)
HALVES = {
    "fewer bytes than promised": reply(PAGE[:30], length=len(PAGE)),
    "a chunk that breaks off": CHUNKED + b"400\r\n" + PAGE[:30],
    "no last chunk": CHUNKED + f"{len(PAGE):x}\r\n".encode() + PAGE + b"\r\n",
    "no length, and half the text": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + PAGE[:40],
    "half a gzip of the promised length": reply(PACKED[:-20], "Content-Encoding: gzip"),
    "a gzip that is damaged": reply(PACKED[:20] + b"xxxx" + PACKED[24:], "Content-Encoding: gzip"),
    "a page in HTML": reply(b"<html>Onderhoud</html>"),
    "nothing": reply(b""),
    "a status line and silence": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
    "not HTTP at all": b"ja?\r\n\r\n",
}


class Page:
    """A page that was fetched: what is kept of it, its rows, and the address of the next one."""

    def __init__(self, client: Client, url: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            kept, rows = Path(folder, "kept"), Path(folder, "rows")
            self.next = client.get_page(url, kept, rows)
            self.kept, self.rows = kept.read_bytes(), rows.read_bytes()


def patient(waits=None, **options):
    return Client(sleep=(waits if waits is not None else []).append, timeout=(2.0, 2.0), **options)


@pytest.mark.parametrize("half", HALVES)
def test_half_an_answer_is_asked_for_again(half):
    waits: list[float] = []
    with answering(HALVES[half], reply(PAGE)) as (url, asked), patient(waits) as client:
        page = Page(client, url)
    assert page.rows == b'[{"a":1}]'
    assert (len(asked), len(waits)) == (2, 1)


@pytest.mark.parametrize("half", HALVES)
def test_half_an_answer_every_time_is_an_error_that_names_the_address(half):
    with answering(HALVES[half]) as (url, asked), patient() as client, pytest.raises(BronError) as error:
        Page(client, url)
    assert url in str(error.value) and "5 pogingen" in str(error.value)
    assert len(asked) == 5


@pytest.mark.parametrize("packed", [True, False])
def test_page_is_kept_as_it_came(packed):
    answer = reply(PACKED, "Content-Encoding: gzip") if packed else reply(PAGE)
    with answering(answer) as (url, asked), patient() as client:
        page = Page(client, url)
        # the server names itself as CBS does; the next page is asked where this one was
        assert page.next == f"{url}?$skip=1"
    assert gzip.decompress(page.kept) == PAGE
    assert (page.kept == PACKED) is packed
    assert "stand-van-drenthe" in asked[0]["User-Agent"]


@pytest.mark.parametrize(("status", "kind"), [("404 Not Found", AfwezigError), ("400 Bad Request", GeweigerdError)])
def test_a_refusal_is_not_asked_again(status, kind):
    with answering(reply(b"", status=status)) as (url, asked), patient() as client, pytest.raises(kind):
        Page(client, url)
    assert len(asked) == 1


@pytest.mark.parametrize("status", ["429 Too Many Requests", "500 Internal Server Error", "502 x", "503 x", "504 x"])
def test_a_busy_server_is_asked_again_with_growing_pauses(status):
    waits: list[float] = []
    busy = reply(b"", status=status)
    with answering(busy, busy, busy, reply(PAGE)) as (url, _), patient(waits) as client:
        Page(client, url)
    assert [1 <= waits[0] <= 2, 2 <= waits[1] <= 3, 4 <= waits[2] <= 5] == [True] * 3


@pytest.mark.parametrize(
    ("header", "seconds"), [("12", 12), ("Mon, 05 Jan 2026 03:00:30 GMT", 30), ("100000", 120), ("morgen", None)]
)
def test_retry_after_in_seconds_and_as_a_date(header, seconds):
    waits: list[float] = []
    busy = reply(b"", f"Retry-After: {header}", status="503 x")
    with (
        answering(busy, reply(PAGE)) as (url, _),
        patient(waits, now=lambda: datetime(2026, 1, 5, 3, 0, tzinfo=UTC)) as client,
    ):
        Page(client, url)
    assert waits == [seconds] if seconds is not None else 1 <= waits[0] <= 2


def test_a_dead_host_is_not_waited_for_at_every_table():
    waits: list[float] = []
    with answering(reply(b"", status="503 x")) as (url, asked), patient(waits) as client:
        for _ in range(6):
            with pytest.raises(BronError):
                Page(client, url)
    assert len(asked) == 3 * 5 + 3


def test_proxy_of_the_environment_is_used(monkeypatch):
    with answering(reply(LAST)) as (proxy, asked), patient() as client:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        Page(client, "http://opendata.cbs.nl/ODataFeed/odata/1/UntypedDataSet")
    assert asked[0]["path"] == "http://opendata.cbs.nl/ODataFeed/odata/1/UntypedDataSet"


def test_client_keeps_four_connections_at_most():
    from concurrent.futures import ThreadPoolExecutor

    lock, now, most = threading.Lock(), [0], [0]

    class Handler(Stil, BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            super().setup()
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])

        def finish(self):
            super().finish()
            with lock:
                now[0] -= 1

        def do_GET(self):
            threading.Event().wait(0.01)
            self.wfile.write(reply(LAST, keep=True))

    class Server(socketserver.ThreadingMixIn, HTTPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server, patient() as client:
        threading.Thread(target=server.serve_forever, args=(KIJK,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda u: Page(client, u), [url + str(i) for i in range(40)]))
        server.shutdown()
    assert most[0] == 4


text = st.text(alphabet=st.sampled_from('ab]}"\\,:[{ é\n'), max_size=12)
row = st.fixed_dictionaries(
    {"tekst": text, "getal": st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))}
)


class Parts(Client):
    """A client whose server sends this body in parts of `size` bytes."""

    def __init__(self, body: bytes, size: int) -> None:
        super().__init__(tries=1)
        self._parts = [body[i : i + size] for i in range(0, len(body), size)]

    def _ask(self, url):
        zipped = gzip.compress(b"".join(self._parts))
        return iter([(zipped, b""), *((b"", part) for part in self._parts)])


@settings(deadline=None, max_examples=300)
@given(
    rows=st.lists(row, max_size=5),
    link=st.none() | text.map("http://x/?{}".format),
    sign=st.sampled_from(["", "@"]),
    shape=st.sampled_from([(None, True), (1, True), (None, False)]),
    sizes=st.tuples(st.sampled_from([1, 7, 1 << 20]), st.sampled_from([16, 64, 1 << 16])),
)
def test_rows_and_link_are_found_whatever_is_in_the_text(rows, link, sign, shape, sizes):
    indent, last = shape
    envelope: dict = {f"{sign}odata.metadata": 'a"b]', f"{sign}odata.count": 3}
    tail = {f"{sign}odata.nextLink": link} if link else {}
    content = envelope | ({"value": rows} | tail if last else tail | {"value": rows})
    with mock.patch("assets.bron.pagina._EDGE", sizes[1]):
        page = Page(Parts(json.dumps(content, indent=indent).encode(), sizes[0]), "http://x/?")
    assert json.loads(page.rows) == rows
    # the address is put together again, which drops a bare question mark and a fragment
    assert page.next == (None if link is None else urlunsplit((*urlsplit(link)[:4], "")))


@pytest.mark.parametrize("cut", range(1, len(PAGE)))
def test_a_cut_page_is_never_taken_for_a_whole_one(cut):
    with pytest.raises(BronError):
        Page(Parts(PAGE[:cut], 10), "http://x/")


@pytest.mark.parametrize("packed", [True, False])
def test_a_large_page_takes_little_memory(tmp_path, packed):
    rows = b",".join(b'{"a":"%d"}' % (i * 7919) for i in range(1_000_000))
    body = b'{"value":[' + rows + b"]}"
    answer = reply(gzip.compress(body, 1), "Content-Encoding: gzip") if packed else reply(body)
    with answering(answer) as (url, _), patient() as client:
        tracemalloc.start()
        client.get_page(url, tmp_path / "kept", tmp_path / "rows")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (tmp_path / "rows").read_bytes() == b"[" + rows + b"]"
    assert peak < len(body) / 5


def test_query_leaves_no_blank_or_ampersand():
    assert (
        encode_query(format="json", filter="A eq 'x & y  '", select="")
        == "$format=json&$filter=A%20eq%20'x%20%26%20y%20%20'"
    )


REDIRECTS = {
    "another host": ("https://example.org/x", False),
    "another host on http": ("http://example.org/x", False),
    "another port": ("http://127.0.0.1:1/x", False),
    "a file": ("file:///etc/passwd", False),
    "a name with a password": ("http://a:b@127.0.0.1/x", False),
    "broken": ("http://[::1", False),
    "no text": ("\x80\xff", False),
    "the same place": ("/verder", True),
}


@pytest.mark.parametrize("kind", REDIRECTS)
def test_a_redirect_stays_with_its_host(kind):
    location, allowed = REDIRECTS[kind]
    moved = reply(b"", "Location: {}", status="302 Found").replace(b"{}", location.encode("latin-1"))
    with answering(moved, reply(LAST)) as (url, asked), patient() as client:
        if allowed:
            assert Page(client, url).rows == b'[{"a":1}]'
            assert asked[1]["path"] == "/verder"
        elif kind == "no text":  # a part of an address of the same host: asked as it stands
            Page(client, url)
        else:
            with pytest.raises(GeweigerdError, match="stuurt door naar een ander adres"):
                Page(client, url)
            assert len(asked) == 1


def test_a_redirect_without_end_is_refused():
    moved = reply(b"", "Location: /x", status="301 Moved")
    with answering(moved) as (url, asked), patient() as client, pytest.raises(GeweigerdError):
        Page(client, url)
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("url", "location", "expected"),
    [
        ("http://opendata.cbs.nl/a?b", "https://opendata.cbs.nl/a?b", "https://opendata.cbs.nl/a?b"),
        ("https://opendata.cbs.nl/a", "/c", "https://opendata.cbs.nl/c"),
        ("https://opendata.cbs.nl/a", "http://opendata.cbs.nl/a", None),
        ("https://opendata.cbs.nl/a", "https://datasets.cbs.nl/a", None),
        ("https://opendata.cbs.nl/a", "https://opendata.cbs.nl:8443/a", None),
        ("http://opendata.cbs.nl/a", "http://opendata.cbs.nl/b", None),
        ("https://opendata.cbs.nl/a", "https://opendata.cbs.nl@elders.nl/a", None),
    ],
)
def test_where_a_redirect_may_lead(url, location, expected):
    if expected is None:
        with pytest.raises(ValueError):
            redirected(url, location)
    else:
        assert redirected(url, location) == expected


LINKS = {
    "another host": '"https://example.org/?$skip=1"',
    "a file": '"file:///etc/passwd"',
    "another list": '"http://opendata.cbs.nl/Geheim?$skip=1"',
    "a number": "5",
    "true": "true",
    "a broken address": '"http://[x/?a"',
}


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize("where", ["before", "after"])
def test_a_link_to_another_place_is_refused(kind, where):
    link, rows = f'"@odata.nextLink":{LINKS[kind]}', '"value":[{"a":1}]'
    body = "{" + ",".join((link, rows) if where == "before" else (rows, link)) + "}"
    refused = pytest.raises(BronError, match="volgende pagina")
    with answering(reply(body.encode())) as (url, _), patient() as client, refused:
        Page(client, url)


ODD = {
    "an error object of v3": b'{"odata.error":{"code":"","message":{"value":"in onderhoud"}}}',
    "an error object of v4": b'{"error":{"code":"503","message":"tijdelijk niet beschikbaar"}}',
    "an error behind the rows": b'{"value":[{"a":1}],"error":{"message":"halverwege"}}',
    "a list": b"[1]",
    "deep": b'{"x":' * 100_000 + b"1" + b"}" * 100_000,
    "rows that are an object": b'{"value":{"a":1}}',
    "a link that ends in half a sign": b'{"value":[],"odata.nextLink":"\\x"}',
    "no UTF-8": b'{"a":"\xff\xfe","value":[]',
}


@pytest.mark.parametrize("kind", ODD)
def test_an_answer_of_another_shape_is_no_page(kind):
    with answering(reply(ODD[kind])) as (url, asked), patient(tries=2) as client, pytest.raises(BronError):
        Page(client, url)
    assert len(asked) == 2


@pytest.mark.parametrize("kind", [*(k for k in ODD if k != "rows that are an object"), "deep rows"])
def test_an_answer_of_another_shape_is_no_metadata(kind):
    body = ODD.get(kind) or b'{"value":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    with answering(reply(body)) as (url, _), patient(tries=1) as client, pytest.raises(BronError):
        client.get_json(url)


HEADERS = [
    "Retry-After: \u00b2",
    "Retry-After: -5",
    "Retry-After: 99999999999999999999",
    "Retry-After: Mon, 99 Jan 99999 99:99:99 GMT",
    "Retry-After: NaN",
]


@pytest.mark.parametrize("header", HEADERS)
def test_a_pause_that_cannot_be_read_is_one_of_our_own(header):
    waits: list[float] = []
    busy = reply(b"", status="503 x").replace(b"Connection", f"{header}\r\nConnection".encode("latin-1"), 1)
    with answering(busy, reply(LAST)) as (url, _), patient(waits) as client:
        Page(client, url)
    assert 1 <= waits[0] <= 2


@pytest.mark.parametrize("size", [b"-5", b"zz", b"\xb2", b"FFFFFFFFFFFFFFFFFFFF"])
def test_a_chunk_of_an_odd_size_is_half_an_answer(size):
    broken = CHUNKED + size + b"\r\n" + LAST + b"\r\n0\r\n\r\n"
    with answering(broken, reply(LAST)) as (url, asked), patient() as client:
        assert Page(client, url).rows == b'[{"a":1}]'
    assert len(asked) == 2


@pytest.mark.parametrize("text", [b"12", b"\xef\xbb\xbf12", b" 12\n"])
def test_a_count_is_a_number(text):
    with answering(reply(text)) as (url, _), patient() as client:
        assert client.get_count(url) == 12


@pytest.mark.parametrize("text", [b"\xc2\xb2", b"1_0", b"-3", b"true", b"NaN", b"9" * 5000, b"{}", b"", b"\xff"])
def test_what_is_no_count_is_none(text):
    with answering(reply(text)) as (url, _), patient(tries=1) as client:
        assert client.get_count(url) is None
