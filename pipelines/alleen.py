"""One refresh at a time in an `opslag`: a lock that goes with its process, however that ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipelines.instellingen import InstellingError

SLOT = ".bezig"


@contextmanager
def alone(opslag: Path) -> Iterator[None]:
    """One refresh at a time in an `opslag`, whoever starts it. Raises InstellingError when another one is busy."""
    opslag.mkdir(parents=True, exist_ok=True)
    with (opslag / SLOT).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InstellingError(
                f"er loopt al een verversing in {opslag}",
                vervolg="Wacht tot die klaar is en draai dan opnieuw: monitor run",
            ) from None
        yield


def is_busy(opslag: Path) -> bool:
    """Whether a refresh runs in this `opslag` now."""
    return _is_held(opslag / SLOT) is True


def is_left(mark: Path) -> bool:
    """Whether a mark lies there of what was killed."""
    return _is_held(mark) is False


def _is_held(path: Path) -> bool | None:
    """Whether a process holds the lock on a file; None where there is no file."""
    try:
        with path.open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    return False


@contextmanager
def marked(mark: Path) -> Iterator[bool]:
    """Leave a mark for as long as the block lasts; gives whether one still lay there of what did not come to its end.

    However a process ends, its lock on the mark goes with it, and only one that was killed leaves the mark. While
    another one is at it nothing is marked twice. A disk that takes no mark stops nothing.
    """
    with ExitStack() as stack:
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            left = mark.exists()
            fcntl.flock(stack.enter_context(mark.open("a")), fcntl.LOCK_EX | fcntl.LOCK_NB)
            stack.callback(mark.unlink, missing_ok=True)
        except OSError:
            left = False  # another one is at it, or it can not be marked
        yield left
