"""Pages of a source that come otherwise than they should, and a line that cannot be trusted: by the whole way in."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assets.bron.fetch import Adressen, fetch_tabellen
from assets.bron.http import Client
from assets.bron.momentopname import Archief
from tests.bron import rauw
from tests.stil import KIJK, Stil

both = pytest.mark.parametrize("api", ["v3", "v4"])
# a certificate that nobody signed but itself, and its key: it guards nothing but these tests
ZELF = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2IswFt+aoVslWfa+
18RzQCsj6f2D4v+q2OIvYLXa8rChRANCAAQ9mnFh0ZDxp1Ty8eefWU9QJ2L136Za
/q4icw67+RR40SPR/ujUUwk/Aa7x/9PGGuvGpc0ecDoJAclDEL8Ba0Iu
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIUZycDbKfbMkA1F2G2+lLgTO0x7+owCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMB4XDTI2MTEzMDAzMzc0OVoXDTI2MTIwMTAz
Mzc0OVowFDESMBAGA1UEAwwJMTI3LjAuMC4xMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEPZpxYdGQ8adU8vHnn1lPUCdi9d+mWv6uInMOu/kUeNEj0f7o1FMJPwGu
8f/TxhrrxqXNHnA6CQHJQxC/AWtCLqNTMFEwHQYDVR0OBBYEFF3pAtOovTbkWi9J
wKnmiLa0lraUMB8GA1UdIwQYMBaAFF3pAtOovTbkWi9JwKnmiLa0lraUMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgdxAo20Ne9j//S1njnSZi7iHA
uHXMtJo6+upwYSYtkJwCIQCCKfLGFMudfjvedI3dsu7O9PfR8c6C6gZ7ELYAWH4o
rQ==
-----END CERTIFICATE-----
"""


def split(api, first, second, link="?$skip=1", last=None):
    """The answers of a protocol with the rows in two pages; `last`: where the second page leads to."""
    answers, name = rauw.MAKE[api](), rauw.ROWS[api]
    rows, sign = answers[name]["value"], "" if api == "v3" else "@"
    answers[name] = {"value": rows[first], f"{sign}odata.nextLink": f"{name}{link}"}
    answers[f"{name}-2"] = {"value": rows[second]} | ({f"{sign}odata.nextLink": f"{name}{last}"} if last else {})
    return answers


def fetch(api, answers, opslag):
    (uitkomst,) = rauw.fetch(rauw.Antwoorden(answers), [rauw.make_tabel(api)], opslag)
    return uitkomst


@both
@pytest.mark.parametrize("turned", [False, True])
def test_rows_in_two_pages_are_the_same_in_any_order(api, turned, tmp_path):
    parts = (slice(None, 2), slice(2, None))
    uitkomst = fetch(api, split(api, *(reversed(parts) if turned else parts)), tmp_path)
    assert uitkomst.resultaat == "nieuw", uitkomst.reden
    assert rauw.read_cells(uitkomst) == rauw.cells(api)


@both
@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(slice(None, 3), slice(None, 3), id="the same page again"),
        pytest.param(slice(None, 4), slice(3, None), id="one row on both"),
        pytest.param(slice(None, 2), slice(3, None), id="one row on neither"),
        pytest.param(slice(None, 2), slice(0, 0), id="an empty page at the end"),
    ],
)
def test_a_page_that_comes_twice_or_misses_a_row_is_no_answer(api, first, second, tmp_path):
    uitkomst = fetch(api, split(api, first, second), tmp_path)
    assert uitkomst.resultaat in ("geweigerd", "mislukt"), uitkomst
    assert uitkomst.momentopname is None and "monitor " in uitkomst.reden


@both
def test_pages_that_lead_to_each_other_end(api, tmp_path):
    uitkomst = fetch(api, split(api, slice(None, 2), slice(2, None), last="?$skip=1"), tmp_path)
    assert uitkomst.resultaat in ("geweigerd", "mislukt"), uitkomst
    assert uitkomst.momentopname is None and "monitor " in uitkomst.reden
    assert not list(tmp_path.rglob(".nieuw-*"))


@contextmanager
def https(folder, *, tls):
    """A server that says that it is https: with a certificate of its own, or without any."""
    asked = []

    class Handler(Stil, BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"value":[]}')

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            """The other side hangs up: that is what this is about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls:
            (folder / "zelf.pem").write_text(ZELF, encoding="ascii")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder / "zelf.pem")
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, args=(KIJK,), daemon=True).start()
        yield f"https://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


@both
@pytest.mark.parametrize("tls", [True, False])
def test_a_certificate_that_is_not_trusted_gives_no_answer_and_costs_none(api, tls, tmp_path):
    tabel, archief = rauw.make_tabel(api), Archief(tmp_path / "opslag", "voorbeeld")
    (before,) = rauw.fetch(rauw.Antwoorden(rauw.MAKE[api]()), [tabel], tmp_path / "opslag")
    with (
        https(tmp_path, tls=tls) as (base, asked),
        Client(sleep=lambda _: None, timeout=(2.0, 2.0), tries=2) as client,
    ):
        adressen = Adressen(base, base, base)
        (uitkomst,) = fetch_tabellen([tabel], adressen, archief, rauw.Klok(60), rauw.BEKEND, force=True, client=client)
    assert (uitkomst.resultaat, asked) == ("mislukt", [])
    assert "monitor " in uitkomst.reden and "onverwacht" not in {r.code for r in uitkomst.redenen}
    # the last good answer stands, and is the one to use
    assert uitkomst.momentopname == before.momentopname
