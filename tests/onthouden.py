"""What a test run has drawn or set once it does not make again: the same input gives the same bytes.

That it does, tests of their own hold (`zelf_getekend`, tests/rapport/test_pdfproces.py, tests/reports/figuren). Kept on
disk, so that all processes of a test run share it. Half of the processor time of a report is lines in figures, a fifth
is Typst.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

# The kinds that take the time, where they are called, and how many of their arguments say nothing of what comes out.
KINDS = (
    ("reports.hoofdstukken.indicator.draw_lijn", 1),
    ("reports.hoofdstukken.indicator.draw_stippen", 1),
    ("reports.hoofdstukken.veelluiken.draw_veelluik", 1),
    ("reports.gedrukt.drukwerk.draw_lijn", 1),
    ("assets.rapport.pdfproces._apart", 0),
)

AAN = True


@contextmanager
def onthouden(folder: Path) -> Iterator[None]:
    """Within this, figures and PDFs are taken from `folder` where they are there, and else made and left there."""
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        for place, skip in KINDS:
            patch.setattr(place, _remembered(place, skip, folder))
        yield


def _remembered(place: str, skip: int, folder: Path) -> Callable[..., Any]:
    module, _, naam = place.rpartition(".")
    make = getattr(import_module(module), naam)

    def remembered(*given: Any) -> Any:
        if not AAN:
            return make(*given)
        key = hashlib.sha256(pickle.dumps((naam, given[skip:]))).hexdigest()
        kept = folder / key
        if kept.exists():
            return pickle.loads(kept.read_bytes())
        made = make(*given)
        half = folder / f"{key}.{id(given)}"
        half.write_bytes(pickle.dumps(made))
        half.replace(kept)
        return made

    return remembered
