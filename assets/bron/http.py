"""The one door to the outside: polite, patient requests that notice half an answer.

Every request of a run goes through one `Client`, so that the whole run keeps at most four connections open.
"""

from __future__ import annotations

import gzip
import json
import queue
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

import requests
import tenacity
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError as TransportError

from assets.bron.momentopname import Rij
from begrippen.fout import MonitorError
from begrippen.gebied import gekozen
from begrippen.redenen import Reden
from begrippen.redenzinnen import regel

CONNECTIONS = 4
TIMEOUT = (10.0, 120.0)  # seconds: to connect, and between two parts of the answer
TRIES = 5
MAX_WAIT = 120.0  # seconds: a Retry-After beyond this is tomorrow's run
# Asking again may help for these; for 400 and 404 it never does.
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
# A host that let down this many requests in a row gets one try a request until it answers again.
PATIENCE = 3
CHUNK = 1 << 16  # bytes
_GZIP = 31  # zlib's name for the format

T = TypeVar("T")
U = TypeVar("U")


class BronError(MonitorError):
    """A source did not give what was asked for; `redenen` says what, and of which address."""

    code = "bron"
    exit_code = 1

    def __init__(self, *redenen: Reden) -> None:
        super().__init__(regel(redenen))
        self.redenen = redenen


class AfwezigError(BronError):
    """The source says that it does not have this (404)."""


class GeweigerdError(BronError):
    """The source refuses the question (another 4xx)."""


class _TransientError(BronError):
    """Asking again may help."""

    def __init__(self, reden: Reden, wait: float | None = None) -> None:
        super().__init__(reden)
        self.wait = wait


# The envelope of a page: small keys, then the rows, then the way to the next page. Finding its edges in the bytes
# leaves the parsing of the rows to DuckDB, whose reader is fast for an array and slow for an array in an object.
_HEAD = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\{(?:\s*"[^"]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-0-9.eE+]+|null)\s*,)*\s*"value"\s*:\s*(?=\[)'
)
_TAIL = re.compile(rb'\]\s*(?:,\s*"@?odata\.nextLink"\s*:\s*(?:("(?:[^"\\]|\\.)*")|null)\s*)?\}\s*\Z')
_EDGE = 1 << 16  # bytes: the envelope is shorter than this on either side


class _Splitter:
    """Writes the rows of a page to `rows` while its bytes come in, and finds the link to the next page behind them.

    `unusual` is set when the envelope is not of the shape that CBS gives today; what was written is then of no use.
    """

    def __init__(self, rows: BinaryIO) -> None:
        self._rows, self._held, self._inside = rows, bytearray(), False
        self.unusual = False

    def feed(self, part: bytes) -> None:
        """Take the next bytes of the page."""
        if self.unusual:
            return
        self._held += part
        if not self._inside and len(self._held) > _EDGE:
            self._enter()
        if self._inside and len(self._held) > 2 * _EDGE:
            self._rows.write(self._held[:-_EDGE])
            del self._held[:-_EDGE]

    def _enter(self) -> None:
        head = _HEAD.match(self._held)
        # A link before the rows is not looked for here, and must not be lost.
        if head is None or b"nextLink" in head.group():
            self.unusual = True
            return
        del self._held[: head.end()]
        self._inside = True

    def finish(self) -> str | None:
        """Write the last rows and give the link to the next page."""
        if not self._inside and not self.unusual:
            self._enter()
        tail = None if self.unusual else _TAIL.search(self._held)
        if tail is None:
            self.unusual = True
            return None
        self._rows.write(self._held[: tail.start() + 1])
        return json.loads(tail.group(1)) if tail.group(1) else None


def _split_whole(body: bytes, url: str) -> tuple[bytes, str | None]:
    """Split a page of another shape: slower than _Splitter, never wrong. Raises _TransientError for half a page."""
    try:
        content = json.loads(body)
        rows = json.dumps(content["value"]).encode()
    except (ValueError, KeyError, TypeError):
        raise _TransientError(Reden("geen_pagina", waar=url)) from None
    return rows, content.get("odata.nextLink") or content.get("@odata.nextLink")


def encode_query(**options: str) -> str:
    """Make a query string of OData options: `encode_query(filter="RegioS eq 'NL01  '")` is `$filter=RegioS%20eq...`."""
    return "&".join(f"${name}=" + quote(value, safe="(),'") for name, value in options.items() if value)


def _retry_after(response: requests.Response, now: Callable[[], datetime]) -> float | None:
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now()).total_seconds())
    except (TypeError, ValueError):
        return None


class _Slot(requests.Session):
    """A place for one connection: a session that keeps one open, and closes it when it turns to another host."""

    def __init__(self) -> None:
        super().__init__()
        self.headers["User-Agent"] = f"{gekozen().slug} (monitor achter '{gekozen().titel}')"
        self.headers["Accept-Encoding"] = "gzip"
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1)
        self.mount("http://", adapter)
        self.mount("https://", adapter)


class Client:
    """Asks politely: four connections, time-outs, another try after a pause where that can help.

    `wait` is the first pause in seconds; each next one doubles, with jitter. `sleep` and `now` are arguments for tests.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        tries: int = TRIES,
        wait: float = 1.0,
        timeout: tuple[float, float] = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._slots: queue.LifoQueue[_Slot] = queue.LifoQueue()
        for _ in range(connections):
            self._slots.put(_Slot())
        self._timeout = timeout
        self._now = now
        self._tries = tries
        self._failures: dict[str, int] = {}
        self._jitter = tenacity.wait_exponential_jitter(initial=wait, max=30 * wait, jitter=wait)
        self._sleep = sleep

    def close(self) -> None:
        """Close the connections that are open."""
        while not self._slots.empty():
            self._slots.get().close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def map(self, function: Callable[[T], U], items: Iterable[T]) -> list[U]:
        """Do this for each item side by side, and give the results in order. Raises the first error."""
        items = list(items)
        if len(items) < 2:
            return [function(i) for i in items]
        with ThreadPoolExecutor(min(CONNECTIONS, len(items))) as pool:
            futures = [pool.submit(copy_context().run, function, i) for i in items]
            try:
                return [f.result() for f in futures]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    @contextmanager
    def _slot(self) -> Iterator[_Slot]:
        slot = self._slots.get()
        try:
            yield slot
        finally:
            self._slots.put(slot)

    def _pause(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        wait = error.wait if isinstance(error, _TransientError) else None
        return min(MAX_WAIT, wait) if wait is not None else float(self._jitter(state))

    def _ask(self, url: str) -> Iterator[tuple[bytes, bytes]]:
        """Ask once: the answer part by part, each as gzip (as it came, when it came so) and plain."""
        try:
            with self._slot() as slot, slot.get(url, stream=True, timeout=self._timeout) as response:
                if response.status_code in TRANSIENT:
                    raise _TransientError(
                        Reden("antwoord_met_code", {"http": response.status_code}, waar=url),
                        _retry_after(response, self._now),
                    )
                if response.status_code == 404:
                    raise AfwezigError(Reden("adres_onbekend", {"http": 404}, waar=url))
                if response.status_code != 200:
                    raise GeweigerdError(Reden("vraag_geweigerd", {"http": response.status_code}, waar=url))
                parts = response.raw.stream(CHUNK, decode_content=False)
                if response.headers.get("Content-Encoding", "identity").lower() != "gzip":
                    # Level 1: what is kept is for reading back; the fetch should wait for the source, not for itself.
                    zipper = zlib.compressobj(1, wbits=_GZIP)
                    yield from ((zipper.compress(part), part) for part in parts)
                    yield zipper.flush(), b""
                    return
                unzip = zlib.decompressobj(wbits=_GZIP)
                yield from ((part, unzip.decompress(part)) for part in parts)
                if not unzip.eof:
                    raise _TransientError(Reden("half_antwoord", waar=url))
        except (requests.RequestException, TransportError, ConnectionError, TimeoutError) as error:
            lost = Reden("verbinding", {"soort": type(error).__name__, "melding": str(error)}, waar=url)
            raise _TransientError(lost) from error
        except zlib.error as error:
            raise _TransientError(Reden("beschadigd", {"melding": str(error)}, waar=url)) from None

    def _body(self, url: str) -> bytes:
        return b"".join(plain for _, plain in self._ask(url))

    def _patiently(self, url: str, once: Callable[[], T]) -> T:
        host = urlsplit(url).netloc
        tries = self._tries if self._failures.get(host, 0) < PATIENCE else 1
        retry = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(tries),
            wait=self._pause,
            retry=tenacity.retry_if_exception_type(_TransientError),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            answer = retry(once)
        except _TransientError as error:
            self._failures[host] = self._failures.get(host, 0) + 1
            raise BronError(*error.redenen, Reden("opgegeven", {"pogingen": tries})) from error
        self._failures[host] = 0
        return answer

    def get(self, url: str) -> bytes:
        """Get a small answer as it came, unzipped. Raises BronError; AfwezigError for 404, GeweigerdError for 4xx."""
        return self._patiently(url, lambda: self._body(url))

    def get_whole_json(self, url: str) -> bytes:
        """Get a JSON object as it came, certain that it is a whole one. Raises BronError as `get` does."""

        def once() -> bytes:
            body = self._body(url)
            try:
                whole = isinstance(json.loads(body), dict)
            except ValueError:
                whole = False
            if not whole:
                raise _TransientError(Reden("geen_json", waar=url))
            return body

        return self._patiently(url, once)

    def get_json(self, url: str, keep: Path | None = None) -> Rij:
        """Get a JSON object, and keep it as it came in the file `keep` (gzip). Raises BronError as `get` does."""
        body = self.get_whole_json(url)
        if keep is not None:
            write_kept(keep, body)
        content: Rij = json.loads(body)
        return content

    def get_count(self, url: str) -> int | None:
        """Get the number of rows of a `$count` address; None where the source does not count."""
        try:
            return int(self.get(url).decode("utf-8-sig").strip())
        except (AfwezigError, GeweigerdError, ValueError):
            return None

    def get_page(self, url: str, kept: Path, rows: Path) -> str | None:
        """Get a page of rows: `kept` becomes the answer as it came (gzip), `rows` its rows alone, as a JSON array.

        The bytes go to the files while they come in: a page of any size takes little memory. Returns the address of
        the next page. Raises BronError as `get` does.
        """

        def once() -> str | None:
            with kept.open("wb") as whole, rows.open("wb") as part:
                splitter = _Splitter(part)
                for zipped, plain in self._ask(url):
                    whole.write(zipped)
                    splitter.feed(plain)
                link = splitter.finish()
            if splitter.unusual:
                array, link = _split_whole(read_kept(kept), url)
                rows.write_bytes(array)
            return link

        link = self._patiently(url, once)
        if link is None:
            return None
        # The server may name itself otherwise than we reach it (http for https, behind a proxy).
        asked, following = urlsplit(url), urlsplit(link)
        return urlunsplit((asked.scheme, asked.netloc, following.path, following.query, ""))


def read_kept(path: Path) -> bytes:
    """Read a kept answer as it came. Raises FileNotFoundError."""
    return gzip.decompress(path.read_bytes())


def write_kept(path: Path, body: bytes) -> None:
    """Keep an answer as it came, compressed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(body, compresslevel=1, mtime=0))
