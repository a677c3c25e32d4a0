"""What was asked of a source, in its own words: which dimension plays which part, which topics and codes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

# Above this, the combinations of codes are not listed beforehand.
MANY_SPLITS = 5_000


@dataclass(frozen=True)
class Kolomrollen:
    """Which dimension of the source plays which part; `uitsplitsingen` sorted by our name for them.

    `periode_vast` is the period of every cell where no dimension is the period.
    """

    periode: str | None
    regio: str | None
    marge: str | None
    uitsplitsingen: tuple[str, ...]
    periode_vast: str | None = None

    @property
    def alle(self) -> tuple[str, ...]:
        """Every dimension of the table."""
        return (*(d for d in (self.regio, self.periode, self.marge) if d), *self.uitsplitsingen)


@dataclass(frozen=True)
class Leesvraag:
    """What was asked for, as the source names it. onderwerpen: topic key -> decimals; codes: dimension -> codes.

    Codes are trimmed. A cell is kept under our names. namen: dimension of the source -> ours; eigen: dimension of the
    source -> its code -> ours; both only where they differ.
    """

    api: str
    rollen: Kolomrollen
    onderwerpen: dict[str, int | None]
    codes: dict[str, frozenset[str]]
    namen: Mapping[str, str] = field(default_factory=dict)
    eigen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def named(self, dim: str) -> str:
        """Our name for a dimension of the source."""
        return self.namen.get(dim, dim)

    def own_codes(self, dim: str) -> list[str]:
        """Our names for the codes that were asked for in a dimension of the source, sorted."""
        return sorted(self.eigen.get(dim, {}).get(c, c) for c in self.codes[dim])

    @property
    def splits(self) -> tuple[str, ...]:
        """Every uitsplitsing that can occur; none when these are too many to list."""
        dims = self.rollen.uitsplitsingen
        if not dims:
            return ("totaal",)
        if math.prod(len(self.codes[d]) for d in dims) > MANY_SPLITS:
            return ()
        return tuple(
            "|".join(f"{self.named(d)}={c}" for d, c in zip(dims, combination, strict=True))
            for combination in itertools.product(*(self.own_codes(d) for d in dims))
        )
