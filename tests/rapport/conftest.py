"""Figures of the reports that these tests make: the same figure of the same data is drawn once."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from reports.figuren.doek import Doek
from reports.hoofdstukken import indicator, veelluiken

# the kinds that take the time, where they are drawn
KINDS = ((indicator, "draw_lijn"), (indicator, "draw_stippen"), (veelluiken, "draw_veelluik"))
DRAWN: dict[tuple[str, bytes], Any] = {}


def once(naam: str, draw: Callable[..., Any]) -> Callable[..., Any]:
    def remembered(doek: Doek, *given: Any) -> Any:
        key = naam, pickle.dumps(given)
        if key not in DRAWN:
            DRAWN[key] = draw(doek, *given)
        return DRAWN[key]

    return remembered


@pytest.fixture
def zelf_getekend() -> None:
    """For a test that compares bytes: every figure is drawn each time."""


@pytest.fixture(autouse=True)
def _drawn_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "zelf_getekend" not in request.fixturenames:
        for module, naam in KINDS:
            monkeypatch.setattr(module, naam, once(naam, getattr(module, naam)))
