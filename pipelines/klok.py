"""What time it is: the one place of this floor that asks, so that a year of nights can be lived in minutes."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The moment that it is, in UTC."""
    return datetime.now(UTC)
