"""Where the sources answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Adressen:
    """Base addresses, without a slash at the end: CBS v3, CBS v4, and the v3 catalogue of third parties."""

    v3: str = "https://opendata.cbs.nl"
    v4: str = "https://datasets.cbs.nl/odata/v1/CBS"
    derden: str = "https://dataderden.cbs.nl"
