"""The one door to the outside: polite, patient requests that notice half an answer.

Every request of a run goes through one `Client`, so that the whole run keeps at most four connections open.
"""

from __future__ import annotations

import gzip
import json
import queue
import random
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlsplit

import requests

from assets.bron.adres import next_page, redirected
from assets.bron.grenzen import MB, Grenzen, Meter, hold, measure, meters
from assets.bron.momentopname import Rij
from assets.bron.pagina import Splitter
from assets.bron.verbinding import Slot, Waker
from begrippen.fout import MonitorError
from begrippen.jsontekst import find_object
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
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_HOPS = 3
CHUNK = 1 << 16  # bytes
# Bytes that are unpacked at a time. Of larger steps each takes its memory from the system anew: twice the system time.
STEP = 1 << 16
LONGEST = 8_000  # characters of an address of a next page: one that grows with each page is no way to an end
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


class GrensError(BronError):
    """The source took longer or gave more than it may; asking again will not help."""


class _TransientError(BronError):
    """Asking again may help."""

    def __init__(self, reden: Reden, wait: float | None = None) -> None:
        super().__init__(reden)
        self.wait = wait


def read_json(body: bytes, url: str) -> Rij:
    """Read an answer that is a JSON object. Raises _TransientError for anything else, also for an error object."""
    content = find_object(body)
    if content is None:
        raise _TransientError(Reden("geen_json", waar=url))
    for name in ("error", "odata.error"):
        if name in content:
            melding = json.dumps(content[name], ensure_ascii=False)[:200]
            raise _TransientError(Reden("foutobject", {"melding": melding}, waar=url))
    return content


def _split_whole(body: bytes, url: str) -> tuple[bytes, object]:
    """Split a page of another shape: slower than _Splitter, never wrong. Raises _TransientError for half a page."""
    content = read_json(body, url)
    if not isinstance(content.get("value"), list):
        raise _TransientError(Reden("geen_pagina", waar=url))
    return json.dumps(content["value"]).encode(), find_link(content)


def find_link(content: Rij) -> object:
    """Give what stands in a page as the way to the next one; None where there is none."""
    links = [content[name] for name in ("odata.nextLink", "@odata.nextLink") if content.get(name) is not None]
    return links[0] if links else None


def follow(url: str, link: object) -> str | None:
    """Give the address of the next page of `url`; None after the last one. Raises BronError for any other place."""
    if link is None:
        return None
    try:
        if not isinstance(link, str) or len(link) > LONGEST:
            raise ValueError(link)
        return next_page(url, link)
    except ValueError:
        raise BronError(Reden("andere_pagina", {"doel": f"{link!r:.200}"}, waar=url)) from None


def encode_query(**options: str) -> str:
    """Make a query string of OData options: `encode_query(filter="RegioS eq 'NL01  '")` is `$filter=RegioS%20eq...`."""
    return "&".join(f"${name}=" + quote(value, safe="(),'") for name, value in options.items() if value)


def _retry_after(response: requests.Response, now: Callable[[], datetime]) -> float | None:
    text = response.headers.get("Retry-After", "").strip()
    if re.fullmatch("[0-9]{1,9}", text):
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now()).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None


def _check(meters: Iterable[Meter], url: str) -> None:
    """Raise GrensError where one of these is over."""
    if over := next((m.over for m in meters if m.over), None):
        raise GrensError(replace(over, waar=url))


class Client:
    """Asks politely: four connections, time-outs, another try after a pause where that can help.

    `wait` is the first pause in seconds; each next one doubles, with jitter. `sleep` and `now` are arguments for tests.
    `grenzen`: what a question, a table and all questions of this client together may take.
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
        grenzen: Grenzen | None = None,
    ) -> None:
        self.grenzen = grenzen or Grenzen()
        self._run = Meter("run", self.grenzen.run)
        self._waker = Waker(min(1.0, self.grenzen.aanvraag.seconden / 4))
        self._slots: queue.LifoQueue[Slot] = queue.LifoQueue()
        for _ in range(connections):
            self._slots.put(Slot())
        self._timeout = timeout
        self._now = now
        self._tries = tries
        self._failures: dict[str, int] = {}
        self._wait = wait
        self._sleep = sleep

    def close(self) -> None:
        """Close the connections that are open."""
        self._waker.close()
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
    def _slot(self) -> Iterator[Slot]:
        slot = self._slots.get()
        try:
            yield slot
        finally:
            self._slots.put(slot)

    def _pause(self, asked: float | None, tried: int) -> float:
        # ours doubles each time, and chance keeps many that failed together from asking again together
        ours = min(30 * self._wait, self._wait * (2 ** (tried - 1) + random.random()))
        pause = ours if asked is None else min(MAX_WAIT, asked)
        # a pause that leads past the end is not waited for to the end
        return max(0.0, min(pause, *(m.left for m in meters(self._run))))

    def measure(self) -> AbstractContextManager[None]:
        """Count what is asked in this block as of one table."""
        return measure(self.grenzen.tabel)

    def _ask(self, url: str) -> Iterator[tuple[bytes, bytes]]:
        """Ask once: the answer part by part, each as gzip (as it came, when it came so) and plain.

        Raises GrensError where it takes longer, or gives more, than a question, its table or this run may.
        """
        counted = (Meter("aanvraag", self.grenzen.aanvraag), *meters(self._run))
        elsewhere: str | None = url
        for hops in range(MAX_HOPS, -1, -1):
            for meter in counted:
                meter.add(antwoorden=1)
            _check(counted, url)
            asked: str = elsewhere or url
            elsewhere = None
            with self._slot() as slot, self._waker.watch(slot, min(m.left for m in counted)):
                try:
                    with slot.get(asked, stream=True, timeout=self._timeout) as response:
                        elsewhere = self._judge(response, asked, hops)
                        if elsewhere is None:
                            for zipped, plain in self._read(response, asked):
                                for meter in counted:
                                    meter.add(max(len(zipped), len(plain)))
                                _check(counted, asked)
                                yield zipped, plain
                except MonitorError:
                    if slot.cut_off:
                        _check(counted, asked)
                    raise
                except zlib.error as error:
                    raise _TransientError(Reden("beschadigd", {"melding": str(error)}, waar=asked)) from None
                except Exception as error:
                    if slot.cut_off:
                        _check(counted, asked)
                    # Whatever the libraries below make of a broken answer: not every error of theirs is of their kind.
                    lost = Reden(
                        "verbinding", {"soort": type(error).__name__, "melding": f"{error!s:.300}"}, waar=asked
                    )
                    raise _TransientError(lost) from error
                if slot.cut_off:  # an answer without a length looks whole wherever it ends
                    _check(counted, asked)
                    raise _TransientError(Reden("verbinding", {"soort": "afgebroken", "melding": ""}, waar=asked))
            if elsewhere is None:
                return

    def _judge(self, response: requests.Response, url: str, hops: int) -> str | None:
        """Raise for a status that is no answer; give the address of a redirect, None for an answer."""
        status = response.status_code
        if status in TRANSIENT:
            raise _TransientError(
                Reden("antwoord_met_code", {"http": status}, waar=url), _retry_after(response, self._now)
            )
        if status == 404:
            raise AfwezigError(Reden("adres_onbekend", {"http": status}, waar=url))
        if status in REDIRECTS and "Location" in response.headers:
            location = response.headers["Location"]
            try:
                if hops == 0:
                    raise ValueError(location)
                return redirected(url, location)
            except ValueError:
                raise GeweigerdError(Reden("omleiding", {"doel": f"{location:.200}"}, waar=url)) from None
        if status != 200:
            raise GeweigerdError(Reden("vraag_geweigerd", {"http": status}, waar=url))
        return None

    @staticmethod
    def _read(response: requests.Response, url: str) -> Iterator[tuple[bytes, bytes]]:
        parts = response.raw.stream(CHUNK, decode_content=False)
        if response.headers.get("Content-Encoding", "identity").lower() != "gzip":
            # Level 1: what is kept is for reading back; the fetch should wait for the source, not for itself.
            zipper = zlib.compressobj(1, wbits=_GZIP)
            yield from ((zipper.compress(part), part) for part in parts)
            yield zipper.flush(), b""
            return
        unzip = zlib.decompressobj(wbits=_GZIP)
        for part in parts:
            zipped, rest = part, part
            # a step at a time: a small part can unpack to a thousand times its size
            full = True
            while full:
                plain = unzip.decompress(rest, STEP)
                yield zipped, plain
                zipped, rest, full = b"", unzip.unconsumed_tail, len(plain) == STEP
            if unzip.unused_data:
                raise _TransientError(Reden("beschadigd", {"melding": "bytes achter het einde"}, waar=url))
        if not unzip.eof:
            raise _TransientError(Reden("half_antwoord", waar=url))

    def _body(self, url: str) -> bytes:
        parts, size = [], 0
        for _, plain in self._ask(url):
            size += len(plain)
            if size > self.grenzen.geheugen:
                raise GrensError(Reden("te_groot", {"van": "aanvraag", "mb": self.grenzen.geheugen / MB}, waar=url))
            parts.append(plain)
        if not hold(size, self.grenzen.samen):
            raise GrensError(Reden("te_groot", {"van": "tabel", "mb": self.grenzen.samen / MB}, waar=url))
        return b"".join(parts)

    def _patiently(self, url: str, once: Callable[[], T]) -> T:
        host = urlsplit(url).netloc
        tries = self._tries if self._failures.get(host, 0) < PATIENCE else 1
        for tried in range(1, tries + 1):
            try:
                answer = once()
            except _TransientError as error:
                if tried == tries:
                    self._failures[host] = self._failures.get(host, 0) + 1
                    raise BronError(*error.redenen, Reden("opgegeven", {"pogingen": tries})) from error
                self._sleep(self._pause(error.wait, tried))
            else:
                break
        self._failures[host] = 0
        return answer

    def get(self, url: str) -> bytes:
        """Get a small answer as it came, unzipped. Raises BronError; AfwezigError for 404, GeweigerdError for 4xx."""
        return self._patiently(url, lambda: self._body(url))

    def get_whole_json(self, url: str) -> bytes:
        """Get a JSON object as it came, certain that it is a whole one and no error. Raises BronError as `get` does."""

        def once() -> bytes:
            body = self._body(url)
            read_json(body, url)
            return body

        return self._patiently(url, once)

    def get_json(self, url: str, keep: Path | None = None) -> Rij:
        """Get a JSON object, and keep it as it came in the file `keep` (gzip). Raises BronError as `get` does."""
        body = self.get_whole_json(url)
        if keep is not None:
            write_kept(keep, body)
        return read_json(body, url)

    def get_count(self, url: str) -> int | None:
        """Get the number of rows of a `$count` address; None where the source does not count."""
        try:
            text = self.get(url).decode("utf-8-sig").strip()
        except (AfwezigError, GeweigerdError, UnicodeDecodeError):
            return None
        return int(text) if re.fullmatch("[0-9]{1,12}", text) else None

    def get_page(self, url: str, kept: Path, rows: Path) -> str | None:
        """Get a page of rows: `kept` becomes the answer as it came (gzip), `rows` its rows alone, as a JSON array.

        The bytes go to the files while they come in: a page of any size takes little memory. Returns the address of
        the next page. Raises BronError as `get` does.
        """

        def once() -> object:
            with kept.open("wb") as whole, rows.open("wb") as part:
                splitter = Splitter(part)
                for zipped, plain in self._ask(url):
                    whole.write(zipped)
                    splitter.feed(plain)
                link = splitter.finish()
            if splitter.unusual:
                if splitter.size > self.grenzen.geheugen:
                    raise GrensError(Reden("te_groot", {"van": "aanvraag", "mb": self.grenzen.geheugen / MB}, waar=url))
                array, link = _split_whole(read_kept(kept), url)
                rows.write_bytes(array)
            return link

        return follow(url, self._patiently(url, once))


def read_kept(path: Path) -> bytes:
    """Read a kept answer as it came. Raises FileNotFoundError."""
    return gzip.decompress(path.read_bytes())


def write_kept(path: Path, body: bytes) -> None:
    """Keep an answer as it came, compressed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(body, compresslevel=1, mtime=0))
