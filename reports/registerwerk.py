"""What the chapter of the register puts beside its own counts: other notions of work, and propulsive employment."""

from __future__ import annotations

from dataclasses import dataclass

from begrippen.lijsten import LeegReden, Status


@dataclass(frozen=True)
class Begrip:
    """One notion of how much work there is, with its figure a region: code -> (value, status, reason)."""

    naam: str
    bron: str
    moment: str
    telt: str
    waarden: dict[str, tuple[float | None, Status, LeegReden | None]]


@dataclass(frozen=True)
class Stuwend:
    """Propulsive employment by one of the three definitions."""

    definitie: str
    banen: float | None
    aandeel: float | None
    leeg_reden: LeegReden | None
