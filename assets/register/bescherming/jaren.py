"""A run of years under protection: what is withheld in each, what the years tell of each other, and the search.

A year is searched with what is decided of the years beside it as what the attacker knows of it. What was found for one
year (`_Carry`) starts the search of the next.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.getuigen import OUTSIDER
from assets.register.bescherming.opgave import Jaar, Prepared, judge_year, prepare_year
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.programma import INF, Proof, Task
from assets.register.bescherming.secundair import GAP, Pattern, Search
from assets.register.bescherming.stelsel import OPEN, PRIMAIR, SECUNDAIR, Cel, Maten, build_stelsel

# a percent of the jobs weighs this many percents of the cells: the goals are 14% of cells and 3% of jobs
GEWICHT_BANEN = 14 / 3
# a cell that a year beside it withholds costs less: what comes and goes tells the attacker something each time
BLIJVEND = 0.9
WHOLE = 1e-6


@dataclass(frozen=True)
class Found:
    """A part of a year that was searched."""

    prepared: Prepared
    pattern: Pattern


@dataclass(frozen=True)
class Opgelost:
    """A year that was searched, so that another run of years can go on from it: what is withheld, and how found."""

    suppressed: np.ndarray
    found: Mapping[str, Found]


@dataclass(frozen=True)
class Open:
    """A demand that could not be met: `tegen` is buitenstaander, onderneming or eerder gepubliceerd."""

    jaar: int
    regio: str
    uitsplitsing: str
    maat: str
    tegen: str


class Jaren:
    """Years that are protected together. `rounds`: exact choices in the search of each part of a year."""

    def __init__(  # noqa: PLR0917 - what `protect` takes, and how exact
        self,
        bijdragen: pd.DataFrame,
        cellen: Mapping[int, Sequence[Cel]],
        maten: Maten,
        parameters: Parameters,
        geheugen: Geheugen,
        rounds: int,
        gap: float = GAP,
    ) -> None:
        self.maten, self.parameters, self.geheugen = maten, parameters, geheugen
        self.rounds, self.gap = rounds, gap
        self.years: dict[int, Jaar] = {}
        self.values: dict[int, np.ndarray] = {}
        self.earlier: dict[tuple[int, int], np.ndarray] = {}
        self.index: dict[int, dict[tuple[str, str], int]] = {}
        self.decided: set[int] = set()
        self.found: dict[int, dict[str, Found]] = {}
        self.open_: list[Open] = []
        self._prepared: dict[int, dict[str, Prepared]] = {}
        by_year = dict(tuple(bijdragen.groupby("jaar")))
        known = np.array(list(maten.bekend.values()), dtype=float)
        for jaar in sorted(cellen):
            own = by_year.get(jaar, bijdragen.iloc[:0])
            stelsel = build_stelsel(jaar, own, cellen[jaar], maten, check=maten.gekoppeld)
            self.years[jaar] = judge_year(stelsel, parameters)
            self.values[jaar] = (stelsel.matrix @ stelsel.waarden) @ known.T
            self.index[jaar] = {(c.regio, c.uitsplitsing): i for i, c in enumerate(stelsel.cellen)}
        for jaar in self.years:
            for s in (jaar - 1, jaar, jaar + 1):
                self.earlier[jaar, s] = geheugen.known(s, cellen[jaar], maten)
        self._start()

    def _start(self) -> None:
        """What is withheld whatever the search finds: unsafe cells, what was withheld before, and neighbours."""
        self.suppressed = {jaar: year.primair.copy() for jaar, year in self.years.items()}
        # exactly known, cells x measures: whatever is withheld now, the attacker has it
        self.told = {jaar: np.abs(self.earlier[jaar, jaar] - own) < WHOLE for jaar, own in self.values.items()}
        self.known = {jaar: told.all(axis=1) for jaar, told in self.told.items()}
        for jaar, year in self.years.items():
            before = self.geheugen.withheld(jaar, year.stelsel.cellen)
            self.suppressed[jaar] |= before & (self.values[jaar][:, 0] > 0) & ~self.known[jaar]
        forced = {jaar: self._forced(jaar) for jaar in self.years}
        for jaar, cells in forced.items():
            self.suppressed[jaar] |= cells

    def _forced(self, jaar: int) -> np.ndarray:
        """Cells of a year that would give an unsafe cell of a neighbouring year away within the margin."""
        forced = np.zeros(len(self.index[jaar]), dtype=bool)
        for other in (jaar - 1, jaar + 1):
            if other not in self.years:
                continue
            year = self.years[other]
            names = list(self.maten.bekend)
            columns = [names.index(n) for n in self.maten.gevoelig]
            for i in np.flatnonzero(year.primair):
                here = self.index[jaar].get(year.names[i])
                if here is None or self.known[jaar][here] or self.values[jaar][here, 0] == 0:
                    continue
                truth, level = self.values[other][i, columns], year.risico.niveau[i]
                low, high = self.band(self.values[jaar][here, columns], truth)
                asked = (level > 0) & ~self.told[jaar][here, columns]
                forced[here] |= bool((asked & ((truth - level < low) | (truth + level > high))).any())
        return forced

    def band(self, neighbour: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Between what and what the attacker takes a figure to be; nothing where that is wrong or nothing is known."""
        factor = 1 + self.parameters.jaarmarge / 100
        with np.errstate(invalid="ignore"):
            low, high = neighbour / factor, neighbour * factor
            right = (truth >= low - WHOLE) & (truth <= high + WHOLE)
        return np.where(right, low, -INF), np.where(right, high, INF)

    def search(self, jaar: int, start: Mapping[str, Found]) -> None:
        """Decide a year; `start`: what was found for another year, or for this one before more was known."""
        parts = self.prepared(jaar)
        self.found[jaar] = {name: self._search_part(jaar, p, start.get(name)) for name, p in parts.items()}
        self.decided.add(jaar)

    def prepared(self, jaar: int) -> Mapping[str, Prepared]:
        """The parts of a year, ready to be searched."""
        if jaar not in self._prepared:
            self._prepared[jaar] = prepare_year(self.years[jaar], self.suppressed[jaar], self.parameters)
        return self._prepared[jaar]

    def see(self, open_: Mapping[int, np.ndarray]) -> None:
        """Take what was published for what is not withheld, instead of searching."""
        for jaar, shown in open_.items():
            # a figure of 0 is no secret: everybody can see that nothing is there
            self.suppressed[jaar] = ~shown & ~self.known[jaar] & (self.values[jaar][:, 0] > 0)
        self.decided = set(self.years)

    def go_on_from(self, jaar: int, opgelost: Opgelost) -> None:
        """Take over a year that was decided elsewhere."""
        self.suppressed[jaar] = opgelost.suppressed.copy()
        self.found[jaar] = dict(opgelost.found)
        self._prepared[jaar] = {name: found.prepared for name, found in opgelost.found.items()}
        self.decided.add(jaar)

    def opgelost(self, jaar: int) -> Opgelost:
        """Give a decided year to another run of years."""
        return Opgelost(self.suppressed[jaar], self.found[jaar])

    def forget_proofs(self, jaar: int) -> None:
        """Let go of what only the search of a next year asks of a year: nearly all that was found."""
        own = self.found[jaar].items()
        self.found[jaar] = {name: replace(f, pattern=replace(f.pattern, proofs=())) for name, f in own}

    def _search_part(self, jaar: int, prepared: Prepared, start: Found | None) -> Found:
        cells = prepared.part.cells
        while True:
            carried = _Carry(start, prepared) if start else None
            proofs, deviations = (carried.proofs(), carried.deviations()) if carried else ((), None)
            search = Search(self.task(jaar, prepared), self.gap, self.rounds)
            pattern = search.run(prepared.first, proofs, deviations)
            if not self._release(jaar, prepared, pattern):
                break
        number = {(d.target, d.weights, d.sign): n for n, d in enumerate(prepared.demands)}
        for proof, insider in pattern.unattainable:
            asked = proof.demand
            self.note(jaar, prepared, number[asked.target, asked.weights, asked.sign], insider)
        self.suppressed[jaar][cells] |= pattern.suppressed
        return Found(prepared, pattern)

    def task(self, jaar: int, prepared: Prepared, beside: Collection[int] | None = None) -> Task:
        """What a part must withstand.

        `beside`: years of which the attacker knows all, withheld or not, and of the others nothing but what was
        published before. Without it he knows of each year that is decided what is not withheld.
        """
        year, part = self.years[jaar], prepared.part
        cells = part.cells
        truth, known = self.values[jaar][cells], self.known[jaar][cells]
        low, high = part.block.band_low.copy(), part.block.band_high.copy()
        # another vintage of this year is as near as a neighbouring year
        for source in (*self._neighbours(jaar, cells, beside), self.earlier[jaar, jaar][cells]):
            below, above = self.band(source, truth)
            low, high = np.maximum(low, below - truth), np.minimum(high, above - truth)
        # a measure that is what was published does not move; those that were corrected can still be withheld
        told = self.told[jaar][cells]
        low, high = np.where(told, 0, low), np.where(told, 0, high)
        block = replace(part.block, free=part.block.free & ~known, band_low=low, band_high=high)
        if self.maten.gekoppeld:
            # a total ties everything together: it is withheld only when it is unsafe itself
            block = replace(block, free=block.free & ~year.stelsel.totalen[cells])
        costs = self.costs(jaar)[cells]
        return Task(
            block, prepared.demands, prepared.insiders, prepared.levels, self.suppressed[jaar][cells] & ~known, costs
        )

    def _neighbours(self, jaar: int, cells: np.ndarray, beside: Collection[int] | None) -> list[np.ndarray]:
        """What is known of the same cells in the neighbouring years: published now, or earlier."""
        found = []
        names = self.years[jaar].names
        for s in (jaar - 1, jaar + 1):
            values = self.earlier[jaar, s][cells].copy()
            if s in (self.decided if beside is None else self.years.keys() & beside):
                here = np.array([self.index[s].get(names[c], -1) for c in cells], dtype=np.int64)
                is_open = (here >= 0) & ((beside is not None) | ~self.suppressed[s][here])
                values[is_open] = self.values[s][here[is_open]]
            found.append(values)
        return found

    def costs(self, jaar: int) -> np.ndarray:
        """What it costs to withhold each cell: its part of the cells and of the jobs of the year."""
        size = self.values[jaar][:, min(1, self.values[jaar].shape[1] - 1)].astype(float)
        stays = np.zeros(len(size), dtype=bool)
        costs: np.ndarray = 1 / len(size) + GEWICHT_BANEN * size / max(size.sum(), 1)
        names = self.years[jaar].names[: len(size)]
        for s in {jaar - 1, jaar + 1} & self.decided:
            beside = np.array([self.index[s].get(n, -1) for n in names], dtype=np.int64)
            stays |= (beside >= 0) & self.suppressed[s][beside]
        return np.where(stays, BLIJVEND * costs, costs)

    def _release(self, jaar: int, prepared: Prepared, pattern: Pattern) -> bool:
        """Withhold in neighbouring years the cells that make a demand unattainable; False when there are none."""
        released = False
        for proof, _ in pattern.unattainable:
            for c in prepared.part.cells[np.abs(proof.bands).max(axis=1, initial=0) > 0]:
                for s in (jaar - 1, jaar + 1):
                    i = self.index[s].get(self.years[jaar].names[c], -1) if s in self.decided else -1
                    if i >= 0 and not (self.suppressed[s][i] or self.known[s][i] or self.years[s].stelsel.totalen[i]):
                        self.suppressed[s][i] = released = True
        return released

    def note(self, jaar: int, prepared: Prepared, demand: int, insider: int) -> None:
        """List a demand that cannot be met."""
        earlier = np.isfinite(self.earlier[jaar, jaar][prepared.part.cells]).any()
        tegen = "eerder gepubliceerd" if earlier else "buitenstaander" if insider == OUTSIDER else "onderneming"
        self._list(jaar, *self._figure(jaar, prepared, demand), tegen)

    def is_open(self, jaar: int, prepared: Prepared, demand: int) -> bool:
        """Whether the figure of a demand is listed as one that cannot be protected."""
        figure = (jaar, *self._figure(jaar, prepared, demand))
        return any((o.jaar, o.regio, o.uitsplitsing, o.maat) == figure for o in self.open_)

    def _figure(self, jaar: int, prepared: Prepared, demand: int) -> tuple[str, str, str]:
        asked = prepared.demands[demand]
        measures = {weights: name for name, weights in self.maten.gevoelig.items()}
        return (*self.years[jaar].names[asked.target], measures[asked.weights])

    def _list(self, jaar: int, regio: str, uitsplitsing: str, maat: str, tegen: str) -> None:
        found = Open(jaar, regio, uitsplitsing, maat, tegen)
        if found not in self.open_:
            self.open_.append(found)

    def open_of(self, jaren: Sequence[int]) -> tuple[Open, ...]:
        """What could not be protected in these years, with what an earlier publication gave away."""
        for jaar in jaren:
            self._list_conflicts(jaar)
        return tuple(o for o in self.open_ if o.jaar in jaren)

    def _list_conflicts(self, jaar: int) -> None:
        """Unsafe cells of which an earlier publication gave a figure that is too near."""
        year, names = self.years[jaar], list(self.maten.bekend)
        for m, maat in enumerate(self.maten.gevoelig):
            level = year.risico.niveau[: len(self.index[jaar]), m]
            off = np.abs(self.earlier[jaar, jaar] - self.values[jaar])[:, names.index(maat)]
            for i in np.flatnonzero((off < np.maximum(level, WHOLE)) & (level > 0)):
                self._list(jaar, *year.names[i], maat, "eerder gepubliceerd")

    def cost(self, jaar: int) -> float:
        """What a year costs that was decided by itself: of all that is withheld, as the search weighs it."""
        return float(self.costs(jaar)[self.suppressed[jaar]].sum())

    def cells_of(self, jaar: int) -> pd.DataFrame:
        """Give the cells of a year with their true values and patroon."""
        year, withheld = self.years[jaar], self.suppressed[jaar]
        columns = {m: self.values[jaar][:, list(self.maten.bekend).index(m)] for m in self.maten.gepubliceerd}
        frame = pd.DataFrame({"jaar": jaar, **{m: v.astype(np.int64) for m, v in columns.items()}})
        frame.insert(1, "regio", [c.regio for c in year.stelsel.cellen])
        frame.insert(2, "uitsplitsing", [c.uitsplitsing for c in year.stelsel.cellen])
        frame["patroon"] = np.where(year.primair, PRIMAIR, np.where(withheld, SECUNDAIR, OPEN))
        return frame


class _Carry:
    """Writes what was found for one year in the places of another: same cells, base variables, sums, enterprises."""

    def __init__(self, previous: Found, prepared: Prepared) -> None:
        self.old, self.new, self.pattern = previous.prepared, prepared, previous.pattern
        old, new = self.old, self.new
        self.base = _places(old.base_keys, new.base_keys)
        keys = {(new.target_keys[i], d.weights, d.sign): i for i, d in enumerate(new.demands)}
        self.demand = [keys.get((k, d.weights, d.sign)) for k, d in zip(old.target_keys, old.demands, strict=True)]
        self.number = {(d.target, d.weights, d.sign): i for i, d in enumerate(old.demands)}
        insiders = {name: e for e, name in enumerate(new.names)}
        self.insider = {OUTSIDER: OUTSIDER, **{e: insiders.get(name) for e, name in enumerate(old.names)}}

    def proofs(self) -> list[tuple[Proof, int]]:
        """The proofs that say something here too."""
        old, new = self.old, self.new
        rows = _places(old.part.row_keys, new.part.row_keys)
        cells = _places(old.part.row_keys[: old.part.block.cells], new.part.row_keys[: new.part.block.cells])
        carried = []
        for proof, e in self.pattern.proofs:
            d = proof.demand
            i, insider = self.demand[self.number[d.target, d.weights, d.sign]], self.insider[e]
            if i is None or insider is None:
                continue
            block = new.part.block
            moved = (
                _moved(proof.rows, rows, block.matrix.shape[0]),
                _moved(proof.bands, cells, len(block.band_low)),
                _moved(proof.rules, self.base, len(block.bounds)),
            )
            level = new.demands[i].level if insider == OUTSIDER else float(new.levels[i, insider])
            if level > 0:
                carried.append((Proof(replace(new.demands[i], level=level), *moved), insider))
        return carried

    def deviations(self) -> sparse.csr_matrix:
        """The deviations of which every base variable is here too."""
        size = len(self.old.base_keys)
        new = len(self.new.base_keys)
        k = self.pattern.deviations.shape[1] // max(size, 1)
        place = np.arange(k)[:, None] * new + self.base
        return moved_columns(self.pattern.deviations, np.where(self.base < 0, -1, place).ravel(), k * new)


def moved_columns(rows: sparse.csr_matrix, place: np.ndarray, width: int) -> sparse.csr_matrix:
    """Rows with each column where `place` says; without those that have something where it says -1."""
    lost = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))[place[rows.indices] < 0]
    kept = rows[np.setdiff1d(np.arange(rows.shape[0]), lost)]
    return sparse.csr_matrix((kept.data, place[kept.indices], kept.indptr), shape=(kept.shape[0], width))


def _moved(source: np.ndarray, place: np.ndarray, size: int) -> np.ndarray:
    """Put the rows of `source` in their new places; what has none is left out."""
    target = np.zeros((size, *source.shape[1:]))
    target[place[place >= 0]] = source[place >= 0]
    return target


def _places(old: Sequence[object], new: Sequence[object]) -> np.ndarray:
    """Where each old key stands now; -1 where it does not."""
    place = {key: i for i, key in enumerate(new)}
    return np.array([place.get(key, -1) for key in old], dtype=np.int64)
