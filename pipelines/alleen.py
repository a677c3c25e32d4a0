"""One refresh at a time in an `opslag`: a lock that goes with its process, however that ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
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
    try:
        with (opslag / SLOT).open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
