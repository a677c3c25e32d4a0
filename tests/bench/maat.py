"""How large a measurement is, as documented or the smallest that goes through all of it, and of which tree it is."""

import os
from pathlib import Path
from typing import TypeVar

KLEIN = "BENCH_KLEIN"
_T = TypeVar("_T")


def maat(groot: _T, klein: _T) -> _T:
    """The size of this run."""
    return klein if os.environ.get(KLEIN) else groot


def van(tree: Path | None) -> dict[str, str]:
    """The environment of a process that is to run another tree of this house (`git worktree add MAP COMMIT`)."""
    return os.environ | ({"PYTHONPATH": str(tree)} if tree else {})
