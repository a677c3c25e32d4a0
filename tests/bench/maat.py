"""How large a measurement is: as documented, or the smallest that still goes through all of it (`test_benches.py`)."""

import os
from typing import TypeVar

KLEIN = "BENCH_KLEIN"
_T = TypeVar("_T")


def maat(groot: _T, klein: _T) -> _T:
    """The size of this run."""
    return klein if os.environ.get(KLEIN) else groot
