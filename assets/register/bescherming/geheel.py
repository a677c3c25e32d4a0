"""Every year and every part as one block, with the deviations that were found anywhere in it.

A deviation that is possible in some years while the others stay, is possible in all years together. So what is found
for one demand is held against those of every year, and what was possible in one year is tried in the next. That proves
most of what is asked without a linear program. Each deviation is held against all that is known.
"""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from assets.register.bescherming.getuigen import Witnesses, asked_of, targets_of
from assets.register.bescherming.jaren import Jaren, moved_columns
from assets.register.bescherming.opgave import Prepared
from assets.register.bescherming.stelsel import Sleutel, Voorraad
from assets.register.bescherming.venster import Deel, join_blocks, join_insiders, levels_against


class Geheel:
    """All years of a run as one block. `voorraad`: deviations to begin with, besides those of the search."""

    def __init__(self, jaren: Jaren, voorraad: Voorraad | None = None) -> None:
        self.jaren = jaren
        self.delen = [
            Deel(jaar, prepared, jaren.task(jaar, prepared, ()))
            for jaar in sorted(jaren.years)
            for prepared in jaren.prepared(jaar).values()
        ]
        insiders, self.names = join_insiders(self.delen)
        self.witnesses = Witnesses(join_blocks(self.delen, jaren.parameters), insiders)
        sizes = [len(d.prepared.base_keys) for d in self.delen]
        self._start = dict(zip((id(d.prepared) for d in self.delen), np.cumsum([0, *sizes[:-1]]).tolist(), strict=True))
        self.sleutels: tuple[Sleutel, ...] = tuple((d.jaar, *key) for d in self.delen for key in d.prepared.base_keys)
        self._place = {key: i for i, key in enumerate(self.sleutels)}
        self._levels: dict[tuple[int, str], np.ndarray] = {}
        if voorraad is not None:
            self._add(voorraad.rijen, np.array([self._place.get(key, -1) for key in voorraad.sleutels], dtype=np.int64))
        for deel in self.delen:
            for found in jaren.found.get(deel.jaar, {}).values():
                if found.prepared is deel.prepared:
                    self.take([deel], found.pattern.deviations)

    def take(self, delen: Sequence[Deel], rows: sparse.csr_matrix) -> None:
        """Keep deviations of these parts together."""
        starts = [(self._start[id(d.prepared)], len(d.prepared.base_keys)) for d in delen]
        self._add(rows, np.concatenate([start + np.arange(size) for start, size in starts]))

    def _add(self, rows: sparse.csr_matrix, place: np.ndarray) -> None:
        """Keep deviations of which each base variable stands at `place` here; -1: it does not."""
        n, k = self.witnesses.size, self.witnesses.k
        columns = np.where(place < 0, -1, np.arange(k)[:, None] * n + place).ravel()
        self.witnesses.add(moved_columns(rows, columns, k * n))

    def levels(self, jaar: int, naam: str) -> np.ndarray:
        """What each demand of a part asks against nobody, and against each enterprise of `names`."""
        if (jaar, naam) not in self._levels:
            prepared = self.jaren.prepared(jaar)[naam]
            against = levels_against(self.jaren, jaar, prepared, self.names)
            self._levels[jaar, naam] = asked_of(prepared.demands, against)
        return self._levels[jaar, naam]

    def unproven(self, jaar: int, naam: str) -> np.ndarray:
        """What is not proven of a part by what was found so far: demands x (nobody, then each of `names`)."""
        prepared = self.jaren.prepared(jaar)[naam]
        todo: np.ndarray = self.levels(jaar, naam) > 0
        self._prove(todo, jaar, naam)
        for step in (1, -1):
            if todo.any():
                start = len(self.witnesses)
                self._borrow(prepared, jaar, step)
                self.witnesses.keep(start, self._prove(todo, jaar, naam, start))
        return todo

    def _prove(self, todo: np.ndarray, jaar: int, naam: str, start: int = 0) -> np.ndarray:
        """Take off `todo` of a part what was found from number `start` on proves; which deviations did."""
        prepared = self.jaren.prepared(jaar)[naam]
        here = self._start[id(prepared)] + np.arange(len(prepared.base_keys))
        targets = targets_of(prepared.demands, (self.witnesses.size, self.witnesses.k), here)
        return self.witnesses.prove(todo, self.levels(jaar, naam), targets, self._suppressed(), start)

    def _suppressed(self) -> np.ndarray:
        cells = [(d.jaar, d.prepared.part.cells) for d in self.delen]
        return np.concatenate([self.jaren.suppressed[j][own] & ~self.jaren.known[j][own] for j, own in cells])

    def _borrow(self, prepared: Prepared, jaar: int, step: int) -> None:
        """Try in a part of a year what was possible in it a year before (step 1) or after it (-1)."""
        rows, kanten = self.witnesses.rows, {kant for _, kant, _ in prepared.base_keys}
        there = np.tile([j == jaar - step and kant in kanten for j, _, kant, _ in self.sleutels], self.witnesses.k)
        moved = rows[np.flatnonzero(np.abs(rows) @ there.astype(float))]
        place = np.array([self._place.get((j + step, g, k, a), -1) for j, g, k, a in self.sleutels], dtype=np.int64)
        self._add(moved, place)

    def voorraad(self, years: Sequence[int]) -> Voorraad:
        """What shows that the demands of these years are met, for another who has the same years: a third of it all."""
        useful = [
            self._prove(self.levels(jaar, naam) > 0, jaar, naam) for jaar in years for naam in self.jaren.prepared(jaar)
        ]
        return Voorraad(self.sleutels, self.witnesses.rows[np.unique(np.concatenate(useful))])
