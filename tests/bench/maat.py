"""How large a measurement is, as documented or the smallest that goes through all of it, and of which tree it is."""

import os
import sys
from pathlib import Path
from typing import TypeVar

KLEIN = "BENCH_KLEIN"
_T = TypeVar("_T")


def maat(groot: _T, klein: _T) -> _T:
    """The size of this run."""
    return klein if os.environ.get(KLEIN) else groot


def van(tree: Path | None) -> dict[str, str]:
    """The environment of a process that is to run another tree of this house (`git worktree add MAP COMMIT`).

    As under `make`, what a process compiles is kept for the next one: an environment where nothing may be written would
    measure how long Python compiles what is installed, in the tree whose environment is new.
    """
    return os.environ | {"PYTHONDONTWRITEBYTECODE": ""} | ({"PYTHONPATH": str(tree)} if tree else {})


def python(tree: Path | None) -> str:
    """Python for a tree: that of its own environment where it has one, since an older tree may need other packages."""
    own = tree / ".venv" / "bin" / "python" if tree else None
    return str(own) if own and own.exists() else sys.executable
