"""What the tests of the report share: a figure or a PDF that was made once in a test run is not made again."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def _getekend(getekend: None) -> None:
    """In every module; a test that compares bytes asks for `zelf_getekend`."""
