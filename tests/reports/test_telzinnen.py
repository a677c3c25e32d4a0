"""Sentences that count claims."""

import pytest

from reports.bewering import Bewering
from reports.telzinnen import oud_zin


@pytest.mark.parametrize(("geteld", "begin"), [(5, "Nog 21 indicatoren met"), (4, "21 indicatoren met")])
def test_what_is_too_old_is_more_only_behind_a_count(geteld: int, begin: str) -> None:
    """Of four nothing was counted: 'Nog 21' would be the first words on the page of an area."""
    b = Bewering(
        "telling_verandering/alles/PV22/gunstig", "telling_verandering", "indicatoren", "PV22", "provincie",
        "2025JJ00", "2024JJ00", "gunstig", "telling", telling_van=geteld, verouderd=21,
    )  # fmt: skip
    assert oud_zin(b, 2026).startswith(begin)
