"""The generated register, counted: small for every day, whole for the tests that take long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assets.bron.bronlijst import read_registertabellen
from assets.register import historie
from assets.register.groep import read_groepen
from assets.register.tellen import Geteld, count_register, open_register
from assets.register.voorbeeld import generate, read_doelen
from assets.register.voorbeeld_levering import to_records
from begrippen.regio import registergebieden


def count(jaren: Sequence[int], schaal: float) -> Geteld:
    """Generate some years at a scale and count them, as a delivery would be."""
    goals = {jaar: goal for jaar, goal in read_doelen(schaal).items() if jaar in jaren}
    with open_register() as db:
        parts = []
        for i, frame in enumerate(generate(schaal=schaal, doelen=goals)):
            db.register(f"records_{i}", to_records(frame))
            parts.append(f"({historie.vestiging_sql(f'records_{i}')})")
        db.execute("CREATE TABLE invoer.vestiging AS " + " UNION ALL BY NAME ".join(parts))
        return count_register(db, read_groepen(), read_registertabellen()["pwr"], registergebieden(date(2026, 1, 1)))


@pytest.fixture(scope="session")
def klein() -> Geteld:
    """Two years of a register a third of the size."""
    return count((2018, 2019), 0.3)


@pytest.fixture(scope="session")
def vol() -> Geteld:
    """Three years at full size."""
    return count((2018, 2019, 2020), 1.0)
