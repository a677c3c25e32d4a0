"""A place for one connection, that can be cut from outside: no time-out of a library covers a whole question.

A time-out is of one read. A source that gives a byte a second, header after header or `100 Continue` without end stays
within each, and a thread that waits for it can only be helped by another one that closes its connection.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter

from begrippen.gebied import gekozen


class _Adapter(HTTPAdapter):
    """Knows the sockets that it opened, also those to a proxy."""

    def __init__(self) -> None:
        self.made: WeakSet[Any] = WeakSet()
        super().__init__(pool_connections=1, pool_maxsize=1)

    def _follow(self, manager: Any) -> None:
        made = self.made

        def followed(base: type[Any]) -> type[Any]:
            class Connection(base.ConnectionCls):  # type: ignore[name-defined,misc]
                def connect(self) -> None:
                    super().connect()
                    # kept here: an answer without a length takes it away from its connection
                    made.add(self.sock)

            return type("Pool", (base,), {"ConnectionCls": Connection})

        manager.pool_classes_by_scheme = {s: followed(p) for s, p in manager.pool_classes_by_scheme.items()}

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self._follow(self.poolmanager)

    def proxy_manager_for(self, proxy: Any, **options: Any) -> Any:
        new = proxy not in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **options)
        if new:
            self._follow(manager)
        return manager


class Slot(requests.Session):
    """A session that keeps one connection open, and closes it when it turns to another host."""

    def __init__(self) -> None:
        super().__init__()
        self.headers["User-Agent"] = f"{gekozen().slug} (monitor achter '{gekozen().titel}')"
        self.headers["Accept-Encoding"] = "gzip"
        self._adapter = _Adapter()
        self.until = float("inf")  # of time.monotonic
        self.cut_off = False
        self.mount("http://", self._adapter)
        self.mount("https://", self._adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Follow nothing by itself: the client looks first where it would lead."""

    def cut(self) -> None:
        """End what is being read, from any thread: the reader gets an error or an end."""
        self.cut_off = True
        for sock in list(self._adapter.made):
            # not its own `shutdown`: of TLS that takes the state away under the hands of the reader
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


class Waker:
    """Cuts off the slots whose time is over, from a thread of its own that lives as long as something is asked."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._busy: set[Slot] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    @contextmanager
    def watch(self, slot: Slot, seconds: float) -> Iterator[None]:
        """Cut this slot off when the block takes longer than this."""
        slot.until, slot.cut_off = time.monotonic() + seconds, False
        with self._lock:
            self._busy.add(slot)
            if self._thread is None:
                self._thread = threading.Thread(target=self._wake, name="grenzen", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(slot)

    def _wake(self) -> None:
        while not self._stop.wait(self._every):
            with self._lock:
                # within the lock: afterwards a slot can be busy with another question
                for slot in (s for s in self._busy if time.monotonic() > s.until):
                    slot.cut()

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()
