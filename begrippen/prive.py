"""Writing what only its owner may read."""

from __future__ import annotations

import os
from pathlib import Path

MAP, BESTAND = 0o700, 0o600


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter, or close one that is there."""
    folder.mkdir(mode=MAP, parents=True, exist_ok=True)
    folder.chmod(MAP)


def write_private(path: Path, content: bytes) -> None:
    """Write a file beside its place, closed to others from its first moment, and put it there at one moment.

    Its folder is made, or closed where it is there (`make_private`).
    """
    make_private(path.parent)
    beside = path.with_name(f".nieuw-{path.name}")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, BESTAND), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
