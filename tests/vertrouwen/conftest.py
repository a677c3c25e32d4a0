"""The count of a test of trust."""

import pytest

from tests.vertrouwen.tellen import telling


@pytest.fixture
def tel(request):
    """Give a count for a promise by this test: `with tel("gestopt") as telling: ...`."""
    return lambda belofte: telling(belofte, request.node.nodeid.removeprefix("tests/vertrouwen/"))
