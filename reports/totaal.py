"""Whether a figure is a total, which can not be put beside that of the Netherlands."""

from __future__ import annotations

from collections.abc import Iterator

from begrippen.eenheid import telt_op
from begrippen.rekenregels import REKENREGELS
from reports.model import Indicator, Punt, Regio


def is_totaal(indicator: Indicator, provincie: Regio, nederland: Regio) -> bool:
    """Whether an indicator is a total, so that its level can not be compared with that of the Netherlands."""
    if telt_op(indicator.aggregatie, indicator.eenheid):
        return True
    shared = list(shared_values(indicator, provincie, nederland))
    return bool(shared) and abs(shared[-1][1]) > REKENREGELS.totaal_vanaf * abs(shared[-1][0]) > 0


def shared_values(indicator: Indicator, provincie: Regio, nederland: Regio) -> Iterator[tuple[float, float, Punt]]:
    """The values of both in the periods in which both have one, in order of time, with the point of the first."""
    ours = {p.periode: p for p in indicator.points(provincie.code) if p.waarde is not None}
    for theirs in indicator.points(nederland.code):
        mine = ours.get(theirs.periode)
        if theirs.waarde is not None and mine is not None and mine.waarde is not None:
            yield mine.waarde, theirs.waarde, mine
