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
