"""A claim of the edition, as `monitor.bewering` has it, and all of them together: what sentences are rendered from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Bewering:
    """One claim. A field is the column of that name; numbers as computed, in the unit of the card or the analysis."""

    bewering: str
    soort: str
    naam: str
    regio: str
    laag: str
    periode: str
    periode_oudst: str
    oordeel: str
    zekerheid: str
    indicator: str | None = None
    groep: str = ""
    periode_eerder: str | None = None
    reeks: str = "realisatie"
    uitgave: str = ""
    tegen: str = "geen"
    waarde: float | None = None
    waarde_tegen: float | None = None
    verschil: float | None = None
    marge_onder: float | None = None
    marge_boven: float | None = None
    grens: float | None = None
    status_cellen: str | None = None
    aantal: int | None = None
    telling_van: int | None = None
    onzeker: int | None = None
    afstanden: int | None = None
    verouderd: int | None = None
    rang: int | None = None
    rang_van: int | None = None
    gedeeld: bool = False
    met_kant: bool = False
    actueel: bool = True
    samen_met: str | None = None
    geteld: tuple[str, ...] = ()
    gebruikt_in: tuple[str, ...] = ()

    @property
    def kan_toeval(self) -> bool:
        """Whether a count holds it for one that may be chance (`onzeker`): of a place also within its margin."""
        return self.zekerheid == "marge_onbekend" or (self.soort == "plaats" and self.zekerheid == "binnen_marge")


@dataclass(frozen=True)
class Telling:
    """The claims of one count, by verdict: of `van` judged, how many have which. `van` is never zero."""

    per_oordeel: dict[str, Bewering]

    @property
    def eerste(self) -> Bewering:
        """Any of them, for what they share: periods, how many were judged, how many were too old."""
        return next(iter(self.per_oordeel.values()))

    @property
    def van(self) -> int:
        """Out of how many."""
        return self.eerste.telling_van or 0

    def __getitem__(self, oordeel: str) -> int:
        return self.per_oordeel[oordeel].aantal or 0


def count_onzeker(tellingen: Iterable[Telling], kanten: Collection[str]) -> tuple[int, int]:
    """Of these verdicts in these counts how many may be chance, and how many there are."""
    found = [t.per_oordeel[kant] for t in tellingen for kant in kanten if kant in t.per_oordeel]
    return sum(b.onzeker or 0 for b in found), sum(b.aantal or 0 for b in found)


class Beweringen:
    """All claims of an edition, found by what they are about.

    `families`: of indicators that measure one development in different ways, the name of what they share.
    """

    def __init__(self, rijen: Iterable[Bewering] = (), families: Mapping[str, str] | None = None) -> None:
        self._rijen = tuple(rijen)
        self._families = families or {}

    @property
    def rijen(self) -> tuple[Bewering, ...]:
        """All of them, in the order in which they were read."""
        return self._rijen

    @cached_property
    def _per_plek(self) -> dict[tuple[str, str, str], Bewering]:
        single = (b for b in self.rijen if b.telling_van is None)
        return {(b.soort, "/".join(p for p in (b.indicator, b.groep) if p), b.regio): b for b in single}

    @cached_property
    def _verwant(self) -> dict[tuple[str, str, str], Bewering]:
        """Of each family, region and verdict a trend."""
        trends = [b for b in self.rijen if b.soort == "trend" and b.indicator in self._families]
        return {(self._families[b.indicator or ""], b.regio, b.oordeel): b for b in reversed(trends)}

    @cached_property
    def _per_naam(self) -> dict[str, Bewering]:
        return {b.bewering: b for b in self.rijen}

    @cached_property
    def _tellingen(self) -> dict[tuple[str, str, str, str], dict[str, Bewering]]:
        found: dict[tuple[str, str, str, str], dict[str, Bewering]] = {}
        for b in self.rijen:
            if b.telling_van is not None and b.soort != "antwoord":
                found.setdefault((b.soort, b.groep, b.regio, b.laag), {})[b.oordeel] = b
        return found

    @cached_property
    def _antwoorden(self) -> dict[tuple[str, str, str], Bewering]:
        return {(b.groep, b.regio, b.laag): b for b in self.rijen if b.soort == "antwoord"}

    def find(self, soort: str, over: str, regio: str) -> Bewering | None:
        """What is claimed of an indicator, or a part of an analysis, in a region; None where nothing is.

        Beside a neighbour, `over` is the indicator and the neighbour: 'werkloosheid/PV20'.
        """
        return self._per_plek.get((soort, over, regio))

    def met_naam(self, naam: str) -> Bewering | None:
        """The claim with this name; None where there is none."""
        return self._per_naam.get(naam)

    def tegenspraak(self, bewering: Bewering) -> Bewering | None:
        """The claim that contradicts this one, and is to be told with it."""
        return self._per_naam.get(bewering.samen_met or "")

    def anders_gemeten(self, trend: Bewering) -> Bewering | None:
        """The trend the other way of another indicator that measures the same: to be told with it."""
        ander = {"gunstig": "ongunstig", "ongunstig": "gunstig"}.get(trend.oordeel, "")
        return self._verwant.get((self._families.get(trend.indicator or "", ""), trend.regio, ander))

    def telling(self, soort: str, groep: str, regio: str, laag: str) -> Telling | None:
        """A count over a set; None where nothing in it was judged."""
        found = self._tellingen.get((f"telling_{soort}", groep, regio, laag))
        return Telling(found) if found else None

    def antwoord(self, groep: str, regio: str, laag: str) -> Bewering | None:
        """Whether it went better or worse on the whole, since two years."""
        return self._antwoorden.get((groep, regio, laag))
