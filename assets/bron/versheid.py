"""How long a source may go without a good answer: as long as it takes to come out again, and some days.

A table of months that was not had for two of them misses a month; of a table of years that is nothing yet. The page of
Dagster and `monitor status` tell what is past it by this one rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from assets.bron.bronlijst import Aanlevering, Brontabel, Registertabel
from begrippen.lijsten import Bronperiodesoort


@dataclass(frozen=True)
class Frequentie:
    """How often a source comes out: in words, and the time from one to the next."""

    woord: str
    tussen: timedelta


JAARLIJKS = Frequentie("elk jaar", timedelta(days=366))
FREQUENTIES: dict[Bronperiodesoort, Frequentie] = {
    "JJ": JAARLIJKS,
    "SJ": JAARLIJKS,
    "HJ": Frequentie("elk halfjaar", timedelta(days=184)),
    "KW": Frequentie("elk kwartaal", timedelta(days=92)),
    "MM": Frequentie("elke maand", timedelta(days=31)),
}
# So much later than its turn a source is late, and so much later it is stale. A release moves by weeks more often than
# by months, and a refresh asks for every table at least once in 30 days (`fetch.NAGAAN`): with less, quiet nights would
# make a table of months stale that nothing is wrong with. 30 November 2026.
LAAT, OUD = timedelta(days=15), timedelta(days=60)


def find_frequentie(bron: Brontabel | Aanlevering | Registertabel) -> Frequentie | None:
    """How often a source comes out, by the shortest period that is asked of it; None where it stopped.

    A delivery and the register come once a year.
    """
    if not isinstance(bron, Brontabel):
        return JAARLIJKS
    if bron.gestopt:
        return None
    asked = {soort for d in bron.dimensies.values() if d.soort == "periode" for soort in d.periodesoorten}
    return min((FREQUENTIES[s] for s in asked), key=lambda f: f.tussen, default=JAARLIJKS)


def is_oud(bron: Brontabel | Aanlevering | Registertabel, goed: datetime, now: datetime) -> bool:
    """Whether a source that last gave a good answer at `goed` is stale."""
    frequentie = find_frequentie(bron)
    return frequentie is not None and now - goed >= frequentie.tussen + OUD
