"""A CBS on 127.0.0.1: two listening addresses (CBS itself, and the third parties) over one stock of tables."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from assets.bron.fetch import Adressen
from assets.bron.gezienlijst import GezieneTabel
from assets.bron.voorbeeld.kubus import HERZIEN, VORIGE_EDITIE
from assets.bron.voorbeeld.opname import Opname, read_opname
from assets.bron.voorbeeld.protocol import Antwoord, Protocol
from assets.bron.voorbeeld.tabel import Catalogus, Voorraad
from assets.bron.voorbeeld.voorraad import Voorbeeld

if TYPE_CHECKING:
    import pandas as pd

    from assets.bron.voorbeeld.storing import Storing

__all__ = ["HERZIEN", "VORIGE_EDITIE", "replay_server", "sample_server", "serve"]

V4_BASE = "/odata/v1/CBS"
# below this a compressed answer is not smaller
GZIP_FROM = 1_000


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True
    request_queue_size = 64

    def __init__(self, protocol: Protocol, catalogus: Catalogus, storing: Storing | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.protocol, self.catalogus, self.storing = protocol, catalogus, storing
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        if self.storing:
            self.storing.opened()
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        if self.storing:
            self.storing.closed()
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is not our fault; anything else is, and must be seen."""
        import sys

        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Stop listening and end the connections that clients kept open."""
        self.shutdown()
        with self._lock:
            for connection in self._open:
                # a connection may be gone by now
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "VoorbeeldCBS"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    server: _Server

    def do_GET(self) -> None:
        """Answer as CBS does; a fault, when one is asked for, comes between answer and client."""
        storing = self.server.storing
        if storing is None:
            self._send(self._answer())
            return
        with storing.during(self.path):
            fault = storing.before(self.path)
            if fault == "verbreek":
                self._reset()
            elif fault is not None:
                self._send(Antwoord(*fault[:2]), {"Retry-After": fault[2]} if fault[2] else {})
            else:
                answer = self._answer()
                self._send(answer, half=storing.after(self.path, answer.rijen))

    def _answer(self) -> Antwoord:
        address = urlsplit(self.path)
        # an empty last segment is how cbsodata asks for the service document
        path = [unquote(s) for s in address.path.split("/") if s]
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        absolute = f"http://{self.headers.get('Host', 'localhost')}{address.path}"
        below = V4_BASE.strip("/").split("/")
        if [s.lower() for s in path[: len(below)]] == [s.lower() for s in below]:
            return self.server.protocol.answer("v4", self.server.catalogus, absolute, path[len(below) :], query)
        return self.server.protocol.answer("v3", self.server.catalogus, absolute, path, query)

    def _send(self, answer: Antwoord, headers: dict[str, str] | None = None, half: bool = False) -> None:
        body = answer.body.encode()
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and len(body) >= GZIP_FROM
        if packed:
            body = gzip.compress(body, compresslevel=1, mtime=0)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.soort)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if half else body)
        self.wfile.flush()
        if half:
            self.close_connection = True

    def _reset(self) -> None:
        # lingering for no time makes close send a reset in place of a goodbye
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the client tells what it did."""


@contextmanager
def serve(voorraad: Voorraad, faults: Storing | None = None) -> Iterator[Adressen]:
    """Serve a stock of tables on 127.0.0.1 until the block ends; gives the addresses of v3, v4 and third parties."""
    protocol = Protocol(faults.disturb(voorraad) if faults else voorraad)
    with ExitStack() as stack:
        servers = []
        catalogi: tuple[Catalogus, ...] = ("cbs", "derden")
        for catalogus in catalogi:
            server = _Server(protocol, catalogus, faults)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.stop)
            servers.append(server)
        yield Adressen(v3=servers[0].base, v4=servers[0].base + V4_BASE, derden=servers[1].base)


@contextmanager
def sample_server(
    tabellen: Mapping[str, GezieneTabel],
    regios: pd.DataFrame,
    leden: pd.DataFrame,
    vintage: int = 2,
    faults: Storing | None = None,
) -> Iterator[Adressen]:
    """Serve `tabellen` in the shape in which they were seen (`read_gezien`); no figure in them is one of CBS.

    `regios` [code, naam, soort, geldig_van, geldig_tot] and `leden` [regio, lid, geldig_van, geldig_tot] are those of
    `begrippen.regio`; they come in as arguments because this stage comes before that one. Vintage 1 is the sample
    before the one revision that is in it, vintage 2 the one after; vintage 0 is two years older.
    """
    with serve(Voorbeeld(tabellen, regios, leden, vintage), faults) as adressen:
        yield adressen


@contextmanager
def replay_server(folder: Path, faults: Storing | None = None) -> Iterator[Adressen]:
    """Serve captured answers (v4 answers, or v3 tables as Parquet) from `folder` or its folders `cbs_v3` and `cbs_v4`.

    A table without captured rows is absent (404); `read_opname(folder).afwezig` says which and why.
    """
    opname: Opname = read_opname(folder)
    with serve(opname, faults) as adressen:
        yield adressen
