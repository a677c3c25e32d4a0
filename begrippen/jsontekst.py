"""JSON of a file that anybody can have touched: what cannot be read is one kind of error."""

from __future__ import annotations

import json
from typing import Any


def parse_json(text: str | bytes) -> Any:
    """Read JSON. Raises ValueError, also for lists in lists without end, which Python tells as RecursionError."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("te diep: lijsten in lijsten zonder einde") from None


def find_object(body: bytes) -> dict[str, Any] | None:
    """The object that somebody else sent as JSON; None for anything else, also where half a character stands in it."""
    try:
        content = parse_json(body)
        if b"\\u" in body:
            # half a pair of UTF-16 can only be written as an escape, and nothing can store it
            json.dumps(content, ensure_ascii=False).encode()
    except ValueError:
        return None
    return content if isinstance(content, dict) else None
