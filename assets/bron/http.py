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
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

import requests
import tenacity
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError as TransportError

CONNECTIONS = 4
TIMEOUT = (10.0, 120.0)  # seconds: to connect, and between two parts of the answer
TRIES = 5
MAX_WAIT = 120.0  # seconds: a Retry-After beyond this is tomorrow's run
USER_AGENT = "stand-van-drenthe (monitor achter 'Stand van de Drentse economie')"
# Asking again may help for these; for 400 and 404 it never does.
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
# A host that let down this many requests in a row gets one try a request until it answers again.
PATIENCE = 3
CHUNK = 1 << 18

T = TypeVar("T")
U = TypeVar("U")


class BronError(Exception):
    """A source did not give what was asked for; the message says what, and of which address."""


class AfwezigError(BronError):
    """The source says that it does not have this (404)."""


class GeweigerdError(BronError):
    """The source refuses the question (another 4xx)."""


class _TransientError(BronError):
    """Asking again may help."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class Pagina:
    """A page as it came. `array` is the part of `body` with the rows, `next` the address of the page after it."""

    kept: bytes  # gzip, as it came when the server sent gzip
    body: bytes
    start: int
    stop: int
    next: str | None


# The envelope of a page: small keys, then the rows, then the way to the next page. Finding its edges in the bytes
# leaves the parsing of the rows to DuckDB, whose reader is fast for an array and slow for an array in an object.
_HEAD = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\{(?:\s*"[^"]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-0-9.eE+]+|null)\s*,)*\s*"value"\s*:\s*(?=\[)'
)
_TAIL = re.compile(rb'\]\s*(?:,\s*"@?odata\.nextLink"\s*:\s*(?:("(?:[^"\\]|\\.)*")|null)\s*)?\}\s*\Z')
_TAIL_BYTES = 1 << 16


def split_page(kept: bytes, body: bytes, url: str) -> Pagina:
    """Find the rows and the next page in an answer. Raises BronError when it is not a whole page of rows."""
    head = _HEAD.match(body)
    tail = _TAIL.search(body, max(0, len(body) - _TAIL_BYTES))
    if head and tail and b"nextLink" not in head.group():
        link = json.loads(tail.group(1)) if tail.group(1) else None
        return Pagina(kept, body, head.end(), tail.start() + 1, link)
    # Another order of keys than CBS has today (a link before the rows): slower, never wrong.
    try:
        content = json.loads(body)
        rows = json.dumps(content["value"]).encode()
        link = content.get("odata.nextLink") or content.get("@odata.nextLink")
    except (ValueError, KeyError, TypeError):
        raise _TransientError(f"{url}: het antwoord is geen hele pagina met rijen") from None
    return Pagina(kept, rows, 0, len(rows), link)


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
        self.headers["User-Agent"] = USER_AGENT
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

    def _ask(self, url: str) -> tuple[bytes, bytes | None]:
        """Ask once: the body, and the same as gzip when it came so."""
        try:
            with self._slot() as slot, slot.get(url, stream=True, timeout=self._timeout) as response:
                if response.status_code in TRANSIENT:
                    raise _TransientError(
                        f"{url}: de bron antwoordt met {response.status_code}", _retry_after(response, self._now)
                    )
                if response.status_code == 404:
                    raise AfwezigError(f"{url}: de bron kent dit niet (404)")
                if response.status_code != 200:
                    raise GeweigerdError(f"{url}: de bron weigert de vraag ({response.status_code})")
                came = b"".join(response.raw.stream(CHUNK, decode_content=False))
                coding = response.headers.get("Content-Encoding", "identity").lower()
        except (requests.RequestException, TransportError, ConnectionError, TimeoutError) as error:
            raise _TransientError(f"{url}: de verbinding brak af ({type(error).__name__}: {error})") from error
        if coding != "gzip":
            return came, None
        unzip = zlib.decompressobj(wbits=31)
        try:
            body = unzip.decompress(came)
        except zlib.error as error:
            raise _TransientError(f"{url}: het antwoord is beschadigd ({error})") from None
        if not unzip.eof:
            raise _TransientError(f"{url}: het antwoord is halverwege afgebroken")
        return body, came

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
            times = "1 poging" if tries == 1 else f"{tries} pogingen"
            raise BronError(f"{error}; opgegeven na {times}") from error
        self._failures[host] = 0
        return answer

    def get(self, url: str) -> bytes:
        """Get a small answer as it came, unzipped. Raises BronError; AfwezigError for 404, GeweigerdError for 4xx."""
        return self._patiently(url, lambda: self._ask(url)[0])

    def get_whole_json(self, url: str) -> bytes:
        """Get a JSON object as it came, certain that it is a whole one. Raises BronError as `get` does."""

        def once() -> bytes:
            body, _ = self._ask(url)
            try:
                whole = isinstance(json.loads(body), dict)
            except ValueError:
                whole = False
            if not whole:
                raise _TransientError(f"{url}: het antwoord is geen (heel) JSON-object")
            return body

        return self._patiently(url, once)

    def get_json(self, url: str, keep: Path | None = None) -> dict:
        """Get a JSON object, and keep it as it came in the file `keep` (gzip). Raises BronError as `get` does."""
        body = self.get_whole_json(url)
        if keep is not None:
            write_kept(keep, body)
        content: dict = json.loads(body)
        return content

    def get_count(self, url: str) -> int | None:
        """Get the number of rows of a `$count` address; None where the source does not count."""
        try:
            return int(self.get(url).decode("utf-8-sig").strip())
        except (AfwezigError, GeweigerdError, ValueError):
            return None

    def get_page(self, url: str) -> Pagina:
        """Get a page of rows. Raises BronError as `get` does."""

        def once() -> Pagina:
            body, came = self._ask(url)
            return split_page(came if came is not None else _zip(body), body, url)

        page = self._patiently(url, once)
        if page.next is None:
            return page
        # The server may name itself otherwise than we reach it (http for https, behind a proxy).
        asked, link = urlsplit(url), urlsplit(page.next)
        return replace(page, next=urlunsplit((asked.scheme, asked.netloc, link.path, link.query, "")))


def _zip(body: bytes) -> bytes:
    # Level 1: the pages are kept for reading back, and the fetch should wait for the source, not for itself.
    return gzip.compress(body, compresslevel=1, mtime=0)


def read_kept(path: Path) -> bytes:
    """Read a kept answer as it came. Raises FileNotFoundError."""
    return gzip.decompress(path.read_bytes())


def write_kept(path: Path, body: bytes) -> None:
    """Keep an answer as it came, compressed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_zip(body))
