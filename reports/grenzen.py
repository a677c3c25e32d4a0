"""The boundaries of municipalities, as maps are drawn from them."""

from __future__ import annotations

from dataclasses import dataclass

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Grenzen:
    """Boundaries of municipalities: code -> outer rings of (longitude, latitude) in degrees.

    `jaar`: of the division of municipalities, None where the file does not say; `bestand`: its name.
    """

    jaar: int | None
    bestand: str
    vlakken: dict[str, tuple[Ring, ...]]
