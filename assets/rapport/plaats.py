"""A place in a ranking means something only where most of its kind is ranked.

A table of which no more than the municipalities of Drenthe were fetched has ranks too: of those twelve. The report
says 'of all municipalities in the Netherlands', so it leaves such a place out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reports.model import Oordeel

# Of the most regions of its kind that any indicator ranks: there are surveys that leave out small municipalities.
MINSTENS_DEEL = 0.5
TE_WEINIG = "te weinig gebieden met een cijfer voor een plaats"


def most_ranked(oordelen: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    """Kind of region -> of how many regions at most a ranking is, from (kind, number in the ranking)."""
    most: dict[str, int] = {}
    for soort, van in oordelen:
        most[soort] = max(most.get(soort, 0), van or 0)
    return most


def leave_out_small(oordeel: Oordeel, soort: str, most: Mapping[str, int]) -> Oordeel:
    """The judgement without its place, where too few regions of its kind have a figure; says so in its remarks."""
    if oordeel.rang_van is None or oordeel.rang_van >= MINSTENS_DEEL * most.get(soort, 0):
        return oordeel
    said = oordeel.positie == "n.b."
    remarks = "; ".join(part for part in (oordeel.toelichting, "" if said else TE_WEINIG) if part)
    return replace(oordeel, positie="n.b.", rang=None, rang_van=None, toelichting=remarks)
