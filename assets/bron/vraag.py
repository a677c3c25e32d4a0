"""The question to a source: an OData filter, split into parts that can be asked side by side.

Both protocols take `and`, `or`, `eq` and `startswith(Dim,'XX')` on codes (v4 by CBS's own list of functions; v3 by
public client code that runs against ODataFeed: `startswith(RegioS,'GM')`, `substringof('JJ',Perioden)`, and `eq` with
the code padded to its full width, as `RegioS eq 'NL01  '`). `ge` on Perioden also works, and is not used: the codes of
years, quarters and months of one table interleave, so a range of months holds the years among them too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.bron.bronlijst import Brontabel
from assets.bron.structuur import Keuze


@dataclass(frozen=True)
class Deel:
    """A part of the question, as the text of `$filter`."""

    filter: str


def _any(terms: Sequence[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' or '.join(terms)})"


def _terms(keuze: Keuze, dim: str) -> list[str]:
    terms = [f"startswith({dim},'{p}')" for p in keuze.prefixen.get(dim, ())]
    return terms + ["{} eq '{}'".format(dim, c.sleutel.replace("'", "''")) for c in keuze.los.get(dim, ())]


def _chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _spread(items: Sequence[str], parts: int) -> list[Sequence[str]]:
    """Cut a list into `parts` runs of as equal a length as can be; fewer when there are fewer items."""
    parts = max(1, min(parts, len(items)))
    edges = [round(i * len(items) / parts) for i in range(parts + 1)]
    return [items[a:b] for a, b in itertools.pairwise(edges)]


def split_question(
    tabel: Brontabel, keuze: Keuze, parts: int, max_terms: int, topics: Sequence[str] = ()
) -> list[Deel]:
    """Split a question over the periods into at least `parts` parts (when there are that many periods).

    No part has more than `max_terms` comparisons. `topics` are terms that choose the topics (v4); in v3 topics are
    columns. Parts follow each other in time, and together ask for each cell once. A table without periods is not split.
    """
    periode = next((n for n, d in tabel.dimensies.items() if d.soort == "periode"), None)
    fixed = [_terms(keuze, dim) for dim in sorted(tabel.dimensies) if dim != periode]
    periods = sorted(_terms(keuze, periode), key=lambda t: t.split("'")[1]) if periode else []
    used = sum(len(t) for t in fixed)
    # Half of what is left for the topics at most, so that a period always fits in too.
    per_topics = max(1, min(len(topics), (max_terms - used) // 2)) if topics else 0
    topic_sets: list[Sequence[str]] = list(_chunks(topics, per_topics)) if topics else [()]
    room = max(1, max_terms - used - per_topics)
    pieces = max(parts, -(-len(periods) // room))
    return [
        Deel(" and ".join(_any(t) for t in (*([topic_set] if topic_set else []), *fixed, run) if t))
        for topic_set in topic_sets
        for run in _spread(periods, pieces)
    ]
