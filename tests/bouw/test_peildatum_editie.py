"""Which answers count in an edition that names a day for its sources."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assets.bouw.assets import _before
from assets.bron.momentopname import Momentopname, make_id

DAGEN = (date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1))
ANTWOORDEN = [
    Momentopname("cbs", "cbs", "x", make_id(datetime(d.year, d.month, d.day, 12, tzinfo=UTC)), Path(), {})
    for d in DAGEN
]


@pytest.mark.parametrize(
    ("peildatum", "aantal"), [(None, 3), (date(2026, 12, 1), 3), (date(2026, 11, 30), 2), (date(2026, 11, 29), 1)]
)
def test_answers_of_the_day_and_before_count(peildatum, aantal):
    assert _before(ANTWOORDEN, peildatum) == ANTWOORDEN[:aantal]


def test_where_there_is_none_before_the_first_one_after_it_counts():
    assert _before(ANTWOORDEN, date(2026, 10, 1)) == ANTWOORDEN[:1]
