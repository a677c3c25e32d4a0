"""Work beside each other: in processes of their own where that pays. What comes out does not depend on it."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, Protocol

from assets.register.fout import BeschermingError
from begrippen.kind import Kind

# from so many years on, two processes win more than starting them takes
SAMEN = 6
# work so small that no number of years makes it worth two
NOOIT_SAMEN = sys.maxsize


class Werker(Protocol):
    """Who works on what it loaded."""

    def ask(self, work: Callable[..., Any], *arguments: Any) -> None:
        """Give it something to do: a function of what it loaded and of these."""

    def answer(self) -> Any:
        """Wait for what came of what it was asked first. Raises what went wrong there."""


@contextmanager
def employ(loads: Sequence[Callable[[], Any]], *, together: bool, haast: bool = True) -> Iterator[Sequence[Werker]]:
    """Give one worker a load, which is the first argument of all it is asked: `together`, in processes of their own.

    Without `haast` these take what others leave of the processors.
    """
    if not together:
        yield [_SameProcess(load) for load in loads]
        return
    workers = [_OwnProcess(load, haast=haast) for load in loads]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.stop()


class _SameProcess:
    """Does what it is asked in this process."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self.load = load
        self.loaded: list[Any] = []
        self.asked: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []

    def ask(self, work: Callable[..., Any], *arguments: Any) -> None:
        self.asked.append((work, arguments))

    def answer(self) -> Any:
        self.loaded = self.loaded or [self.load()]
        work, arguments = self.asked.pop(0)
        return work(self.loaded[0], *arguments)


class _OwnProcess:
    """Does what it is asked in a process of its own, which loads while others still work."""

    def __init__(self, load: Callable[[], Any], *, haast: bool) -> None:
        self.kind = Kind(_answer, haast)
        # not with what it is started with: who ends before it has read all of that, leaves who started it waiting
        self._say(load)

    def ask(self, work: Callable[..., Any], *arguments: Any) -> None:
        self._say((work, arguments))

    def _say(self, what: Any) -> None:
        # one that is gone is told of when it is asked for its answer
        with suppress(BrokenPipeError, ConnectionResetError):
            self.kind.line.send(what)

    def answer(self) -> Any:
        return hear(self.kind)

    def stop(self) -> None:
        self.kind.stop()


def hear(kind: Kind) -> Any:
    """Wait for what a process says next. Raises what went wrong there, or BeschermingError where it broke off."""
    try:
        said = kind.line.recv()
    except (EOFError, ConnectionResetError):
        raise BeschermingError(
            "de bescherming brak af voordat zij klaar was, waarschijnlijk door te weinig geheugen; er is niets "
            "gepubliceerd",
            vervolg="Maak geheugen vrij en draai opnieuw: monitor run",
        ) from None
    if isinstance(said, BaseException):
        raise said
    return said


def _answer(line: Connection, haast: bool) -> None:
    """Work in a process of its own. Nothing is printed: what goes wrong goes back to who asked."""
    if not haast and hasattr(os, "nice"):
        os.nice(10)
    try:
        loaded = line.recv()()
        while True:
            work, arguments = line.recv()
            line.send(work(loaded, *arguments))
    except (EOFError, BrokenPipeError):
        return
    except Exception as error:
        line.send(error)
