"""A build of a part: the tables that some published ones are made from. The rest costs time and is tested elsewhere."""

from collections.abc import Iterable

from assets.bouw.tabellen import all_tabellen
from assets.tabel import Tabel


def tables_for(gevraagd: Iterable[str]) -> list[Tabel]:
    """The tables with these names and all that they are made from, in the order of a build."""
    all_of = {t.naam: t for t in all_tabellen()}
    want, seen = list(gevraagd), set[str]()
    while want:
        naam = want.pop()
        if naam in all_of and naam not in seen:
            seen.add(naam)
            want += all_of[naam].uit
    return [t for t in all_of.values() if t.naam in seen]
