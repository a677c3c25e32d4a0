"""The one base of every error that the monitor raises on purpose, so that no edge has to know them by name."""

from __future__ import annotations

import errno
from typing import ClassVar


class MonitorError(Exception):
    """Something that cannot be used or may not be done: what (`wat`), where (`waar`) and the next step (`vervolg`).

    `code` names the kind of error for who reads JSON or logs; `exit_code` is what the command line ends with: 2 wrong
    use or a file that is wrong, 1 refused by a check. The text is Dutch and meant for who runs the command.
    """

    code: ClassVar[str] = "fout"
    exit_code: ClassVar[int] = 2

    def __init__(self, wat: str, *, waar: str = "", vervolg: str = "") -> None:
        super().__init__(wat)
        self.wat, self.waar, self.vervolg = wat, waar, vervolg

    def __str__(self) -> str:
        """The text for who runs the command: place and fault on the first line, the next step below."""
        place = f"{self.waar}: " if self.waar else ""
        return f"{place}{self.wat}" + (f"\n{self.vervolg}" if self.vervolg else "")


class BestandError(MonitorError):
    """A file or folder that is not what it should be; `waar` names it, with the line where that can be had."""

    code = "bestand"


class SchijfError(MonitorError):
    """The disk is full, or a file may not grow: nothing of what stood has changed."""

    code = "schijf"
    exit_code = 1

    def __init__(self, waar: str = "") -> None:
        super().__init__(
            "er kan niet meer op de schijf worden geschreven: de schijf is vol, of stuk; wat er stond, staat er nog",
            waar=waar,
            vervolg="Maak ruimte op de schijf en draai de opdracht dan opnieuw.",
        )


_VOL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# as SQLite, DuckDB and the system say it, where a library made a text of it
_VOL_WOORDEN = ("disk is full", "no space left", "disk quota exceeded", "file too large", "disk i/o error")


def is_vol(error: BaseException | str | None) -> bool:
    """Whether an error, what caused it, or the text of one says that the disk is full."""
    if isinstance(error, str):
        return any(words in error.casefold() for words in _VOL_WOORDEN)
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if (isinstance(error, OSError) and error.errno in _VOL) or is_vol(str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False
