"""How long a source may take and how much it may give: of one question, of one table, of one run.

A source can answer without end: a byte a second, page after page, a small zip that unpacks to more than the disk holds.
Each ends here, at a limit that an honest answer does not come near, and at that source alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock

from begrippen.redenen import Reden

MB = 1_000_000


@dataclass(frozen=True)
class Grens:
    """At most so many seconds, bytes (unpacked, and as they came) and answers, redirects included."""

    seconden: float
    bytes: int
    antwoorden: int


@dataclass(frozen=True)
class Grenzen:
    """The limits of one try of a question, of a table and of a run.

    `geheugen`: bytes of an answer that is held in memory as a whole; `samen`: of all of these for one table, or for one
    look at a catalogue.

    Chosen on 29 November 2026, each some ten times what was seen: a page of 100,000 rows is 25 MB, the largest table
    300 MB in 30 pages and three minutes, a whole first run an hour.
    """

    aanvraag: Grens = Grens(300, 250 * MB, 10)
    tabel: Grens = Grens(1_800, 3_000 * MB, 3_000)
    run: Grens = Grens(14_400, 30_000 * MB, 300_000)
    geheugen: int = 64 * MB
    samen: int = 250 * MB


@dataclass
class Meter:
    """What one question, table or run has used. `van`: which of the three, for the reason that it gives."""

    van: str
    grens: Grens
    now: Callable[[], float] = time.monotonic
    bytes: int = 0
    antwoorden: int = 0
    gehouden: int = 0
    _start: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._start = self.now()

    @property
    def left(self) -> float:
        """Seconds that are left; 0 or less when it is over."""
        return self._start + self.grens.seconden - self.now()

    def add(self, bytes: int = 0, antwoorden: int = 0, gehouden: int = 0) -> None:
        """Count what came, and what of it is held in memory, from any thread."""
        with self._lock:
            self.bytes += bytes
            self.antwoorden += antwoorden
            self.gehouden += gehouden

    @property
    def over(self) -> Reden | None:
        """Which limit was passed; None while all is well."""
        if self.left <= 0:
            return Reden("duurt_te_lang", {"van": self.van, "seconden": round(self.grens.seconden)})
        if self.bytes > self.grens.bytes:
            return Reden("te_groot", {"van": self.van, "mb": self.grens.bytes / MB})
        if self.antwoorden > self.grens.antwoorden:
            return Reden("te_veel_antwoorden", {"van": self.van, "aantal": self.grens.antwoorden})
        return None


# The meter of the table that this thread, and those that it started through `Client.map`, are busy with.
_tabel: ContextVar[Meter | None] = ContextVar("meter_tabel", default=None)


@contextmanager
def measure(grens: Grens) -> Iterator[None]:
    """Count what is asked in this block as of one table, against its limit."""
    token = _tabel.set(Meter("tabel", grens))
    try:
        yield
    finally:
        _tabel.reset(token)


def meters(run: Meter) -> tuple[Meter, ...]:
    """The meters that count for what is asked here and now: that of the run, and of the table where there is one."""
    tabel = _tabel.get()
    return (run,) if tabel is None else (tabel, run)


def hold(size: int, most: int) -> bool:
    """Count what is held in memory for the table that is being fetched, if any; whether it is not too much together.

    Page after page, each of a size that is allowed, fills the memory too. Of a run the tables are over by turns.
    """
    tabel = _tabel.get()
    if tabel is None:
        return True
    tabel.add(gehouden=size)
    return tabel.gehouden <= most
