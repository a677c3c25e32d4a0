"""The question to a source: an OData filter, as short as it can be, split into parts that can be asked side by side.

Both protocols take `and`, `or`, `eq` and `startswith(Dim,'XX')` on codes (v4 by CBS's own list of functions; v3 by
public client code that runs against ODataFeed: `startswith(RegioS,'GM')`, `substringof('JJ',Perioden)`, and `eq` with
the code padded to its full width, as `RegioS eq 'NL01  '`). `ge` on Perioden also works, and is not used: the codes of
years, quarters and months of one table interleave, so a range of months holds the years among them too.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assets.bron.bronlijst import Brontabel
from assets.bron.structuur import Code, Keuze


@dataclass(frozen=True)
class Deel:
    """A part of the question, as the text of `$filter`."""

    filter: str


def cover(wanted: Sequence[Code], codes: Sequence[Code], shortest: int = 2) -> list[str]:
    """Name codes in as few terms as can be: `startswith` where every code with that beginning is wanted, else `eq`.

    codes: the whole code list that `wanted` is taken from. shortest: the shortest beginning that may stand for codes.
    """
    dim = codes[0].dimensie if codes else ""
    keys = {c.code: c.sleutel for c in codes}
    asked = {c.code for c in wanted}

    def terms(beginning: str, below: list[str]) -> list[str]:
        here = [c for c in below if c in asked]
        if not here:
            return []
        if len(here) == 1 or len(beginning) > max(map(len, here)):
            return ["{} eq '{}'".format(dim, keys[c].replace("'", "''")) for c in here]
        if len(here) == len(below) and len(beginning) >= shortest:
            return [f"startswith({dim},'{beginning}')"]
        size = len(beginning) + 1
        found = []
        for longer in sorted({c[:size] for c in below}):
            # a code that ends here comes back as its own beginning
            found += terms(longer.ljust(size), [c for c in below if c[:size] == longer])
        return found

    return terms("", list(keys))


def _any(terms: Sequence[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' or '.join(terms)})"


def _spread(items: Sequence[str], parts: int) -> list[Sequence[str]]:
    """Cut a list into `parts` runs of as equal a length as can be; fewer when there are fewer items."""
    parts = max(1, min(parts, len(items)))
    edges = [round(i * len(items) / parts) for i in range(parts + 1)]
    return [items[a:b] for a, b in itertools.pairwise(edges)]


def split_question(
    tabel: Brontabel, keuze: Keuze, parts: int, fits: Callable[[str], bool], topics: Sequence[str] = ()
) -> list[Deel]:
    """Split a question over the periods into at least `parts` parts (when there are that many years).

    A part that does not fit (`fits` says whether the source takes a filter) is split on, over its longest list of
    codes. `topics` are terms that choose the topics (v4); in v3 topics are columns. Together the parts ask for each
    cell once. A table without periods is not split beforehand.
    """
    lists: dict[str, Sequence[str]] = {"": topics} if topics else {}
    for dim in sorted(tabel.dimensies):
        # Periods by year and kind, so that there is something to split over.
        shortest = 6 if tabel.dimensies[dim].soort == "periode" else 2
        lists[dim] = cover(keuze.codes[dim], keuze.lijsten[dim], shortest)
    periode = next((n for n, d in tabel.dimensies.items() if d.soort == "periode"), None)
    runs = _spread(sorted(lists[periode], key=lambda t: t.split("'")[1]), parts) if periode else [()]

    def fit(lists: dict[str, Sequence[str]]) -> list[Deel]:
        question = " and ".join(_any(terms) for terms in lists.values())
        longest = max(lists, key=lambda d: len(" ".join(lists[d])) if len(lists[d]) > 1 else 0)
        if fits(question) or len(lists[longest]) < 2:
            return [Deel(question)]
        return [deel for half in _spread(lists[longest], 2) for deel in fit({**lists, longest: half})]

    return [deel for run in runs for deel in fit({**lists, periode: run} if periode else lists)]


def split_ids(ids: Sequence[str], fits: Callable[[str], bool]) -> list[str]:
    """Ask for rows of a catalogue by Identifier, in as many filters as it takes."""
    question = " or ".join(f"Identifier eq '{i}'" for i in ids)
    if len(ids) < 2 or fits(question):
        return [question]
    return [part for half in _spread(ids, 2) for part in split_ids(half, fits)]
