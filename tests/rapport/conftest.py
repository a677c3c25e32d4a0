"""The reports of these tests are of the same few databases: a figure or PDF of the same input is made once."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def _getekend(getekend: None) -> None:
    """Before what a module makes for its tests."""
