"""The one base of every error that the monitor raises on purpose, so that no edge has to know them by name."""

from __future__ import annotations

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
