"""The envelope of a page of rows, found in its bytes while they come in."""

from __future__ import annotations

import json
import re
from typing import BinaryIO

# The envelope of a page: small keys, then the rows, then the way to the next page. Finding its edges in the bytes
# leaves the parsing of the rows to DuckDB, whose reader is fast for an array and slow for an array in an object.
_HEAD = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\{(?:\s*"[^"]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-0-9.eE+]+|null)\s*,)*\s*"value"\s*:\s*(?=\[)'
)
_TAIL = re.compile(rb'\]\s*(?:,\s*"@?odata\.nextLink"\s*:\s*(?:("(?:[^"\\]|\\.)*")|null)\s*)?\}\s*\Z')
_EDGE = 1 << 16  # bytes: the envelope is shorter than this on either side


class Splitter:
    """Writes the rows of a page to `rows` while its bytes come in, and finds the link to the next page behind them.

    `unusual` is set when the envelope is not of the shape that CBS gives today; what was written is then of no use.
    """

    def __init__(self, rows: BinaryIO) -> None:
        self._rows, self._held, self._inside = rows, bytearray(), False
        self.unusual = False
        self.size = 0  # bytes of the page so far

    def feed(self, part: bytes) -> None:
        """Take the next bytes of the page."""
        self.size += len(part)
        if self.unusual:
            return
        self._held += part
        if not self._inside and len(self._held) > _EDGE:
            self._enter()
        if self._inside and len(self._held) > 2 * _EDGE:
            self._rows.write(self._held[:-_EDGE])
            del self._held[:-_EDGE]

    def _enter(self) -> None:
        head = _HEAD.match(self._held)
        # A link or an error before the rows is not looked for here, and must not be lost.
        if head is None or b"nextLink" in head.group() or b'error"' in head.group():
            self.unusual = True
            return
        del self._held[: head.end()]
        self._inside = True

    def finish(self) -> object:
        """Write the last rows and give the link to the next page: None where there is none."""
        if not self._inside and not self.unusual:
            self._enter()
        tail = None if self.unusual else _TAIL.search(self._held)
        try:
            link: object = json.loads(tail.group(1) or b"null") if tail else None
        except ValueError:
            tail = None
        if tail is None:
            self.unusual = True
            return None
        self._rows.write(self._held[: tail.start() + 1])
        return link
