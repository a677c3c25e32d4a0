"""The attack: can every withheld figure still be far enough from its truth, given what is published and nothing else?

It takes what goes out, not the pattern that was chosen: a figure that got out by mistake counts as known. What may not
be estimated follows from the rules (`primair`); what an attacker can do follows from `programma`. The attacker also
knows what was published before, and each figure within a margin from the years beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.getuigen import AVOID, OUTSIDER, Witnesses
from assets.register.bescherming.opgave import Jaar, Part, judge_year, make_demands, make_insiders, split_year
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.primair import HAIR
from assets.register.bescherming.programma import INF, Demand, Task
from assets.register.bescherming.stelsel import BANEN, Cel, Maten, build_stelsel

KEY = ["jaar", "regio", "uitsplitsing", "maat", "tegen"]
COLUMNS = [*KEY, "gevonden", "vereist", "eerder"]
BUITENSTAANDER, ONDERNEMING = "buitenstaander", "onderneming"
# figures are whole numbers: nearer than this is the same
WHOLE = 0.5
SLACK = 1e-6


@dataclass(frozen=True)
class Aanval:
    """Outcome of the attack; confidential.

    intervallen: jaar, regio, uitsplitsing, maat, tegen, gevonden (how far the attacker must leave the figure, in the
    worst direction), vereist, eerder (nothing that is withheld now can mend it: earlier publications tell).
    te_smal: the rows that what is published now makes too narrow; empty means safe.
    """

    intervallen: pd.DataFrame
    te_smal: pd.DataFrame


def attack(
    bijdragen: pd.DataFrame,
    cellen: Mapping[int, Sequence[Cel]],
    gepubliceerd: pd.DataFrame,
    parameters: Parameters,
    geheugen: Geheugen,
) -> Aanval:
    """Attack `gepubliceerd`: jaar, regio, uitsplitsing, maat (vestigingen, banen, fulltime), waarde (NA: withheld)."""
    frame = bijdragen.assign(parttime=bijdragen["banen"] - bijdragen["fulltime"])
    return attack_measures(frame, cellen, gepubliceerd, BANEN, parameters, geheugen)


def attack_measures(  # noqa: PLR0917 - as `attack`, and of which measures
    bijdragen: pd.DataFrame,
    cellen: Mapping[int, Sequence[Cel]],
    gepubliceerd: pd.DataFrame,
    maten: Maten,
    parameters: Parameters,
    geheugen: Geheugen,
) -> Aanval:
    """Attack any system of measures; `bijdragen` holds its base measures."""
    shown = gepubliceerd[gepubliceerd["waarde"].notna()]
    seen = set(zip(shown["jaar"].astype(int), shown["regio"], shown["uitsplitsing"], strict=True))
    by_year = dict(tuple(bijdragen.groupby("jaar")))
    years = {
        jaar: judge_year(
            build_stelsel(jaar, by_year.get(jaar, bijdragen.iloc[:0]), cellen[jaar], maten, check=maten.gekoppeld),
            parameters,
        )
        for jaar in sorted(cellen)
    }
    known = np.array(list(maten.bekend.values()), dtype=float)
    values = {j: (y.stelsel.matrix @ y.stelsel.waarden) @ known.T for j, y in years.items()}
    open_ = {
        # one measure of a figure that got out is a figure that got out
        j: np.array([(j, c.regio, c.uitsplitsing) in seen for c in y.stelsel.cellen], dtype=bool)
        for j, y in years.items()
    }
    view = _View(maten, parameters, geheugen, years, values, open_)
    rows = [row for jaar in years for row in view.attack_year(jaar)]
    intervallen = pd.DataFrame(rows, columns=COLUMNS).sort_values(KEY, ignore_index=True)
    return Aanval(intervallen, intervallen[~intervallen["eerder"].astype(bool)].reset_index(drop=True))


@dataclass(frozen=True)
class _View:
    """What the attacker sees of every year."""

    maten: Maten
    parameters: Parameters
    geheugen: Geheugen
    years: Mapping[int, Jaar]
    values: Mapping[int, np.ndarray]
    open: Mapping[int, np.ndarray]

    def attack_year(self, jaar: int) -> list[tuple[object, ...]]:
        """The demands of a year that are not met."""
        year, values = self.years[jaar], self.values[jaar]
        earlier = self.geheugen.known(jaar, year.stelsel.cellen, self.maten)
        remembered = (np.abs(earlier - values) < WHOLE).any(axis=1)
        # a figure of 0 is no secret: everybody can see that nothing is there
        suppressed = ~self.open[jaar] & ~remembered & (values[:, 0] > 0)
        rows: list[tuple[object, ...]] = []
        for part in split_year(year, suppressed).values():
            rows += self._attack_part(jaar, part, suppressed, earlier, remembered)
        return rows

    def _bands(self, jaar: int, part: Part, earlier: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far each figure can be from its truth by the years beside it and by another vintage of this year."""
        truth = self.values[jaar][part.cells]
        low, high = np.full(truth.shape, -INF), np.full(truth.shape, INF)
        for near in (*self._beside(jaar, part), earlier[part.cells]):
            factor = 1 + self.parameters.jaarmarge / 100
            with np.errstate(invalid="ignore"):
                # where the margin is wrong the attacker is mistaken, and learns nothing
                right = (truth >= near / factor - SLACK) & (truth <= near * factor + SLACK)
                low = np.where(right, np.maximum(low, near / factor - truth), low)
                high = np.where(right, np.minimum(high, near * factor - truth), high)
        return np.minimum(low, 0), np.maximum(high, 0)

    def _beside(self, jaar: int, part: Part) -> list[np.ndarray]:
        found = []
        cells = [self.years[jaar].stelsel.cellen[c] for c in part.cells]
        for other in (jaar - 1, jaar + 1):
            near = self.geheugen.known(other, cells, self.maten)
            if other in self.years:
                place = {
                    (c.regio, c.uitsplitsing): i
                    for i, c in enumerate(self.years[other].stelsel.cellen)
                    if self.open[other][i]
                }
                for n, cel in enumerate(cells):
                    if (i := place.get((cel.regio, cel.uitsplitsing))) is not None:
                        near[n] = self.values[other][i]
            found.append(near)
        return found

    def _attack_part(
        self, jaar: int, part: Part, suppressed: np.ndarray, earlier: np.ndarray, remembered: np.ndarray
    ) -> list[tuple[object, ...]]:
        year = self.years[jaar]
        demands, _ = make_demands(year, part)
        if not demands:
            return []
        insiders, levels, _ = make_insiders(year, part, demands, self.parameters)
        low, high = self._bands(jaar, part, earlier)
        block = replace(part.block, band_low=low, band_high=high, free=part.block.free & ~remembered[part.cells])
        pattern = suppressed[part.cells]
        task = Task(block, demands, insiders, levels.copy(), pattern, np.zeros(len(part.cells)))
        measures = {weights: name for name, weights in self.maten.gevoelig.items()}
        told = bool(np.isfinite(earlier[part.cells]).any())
        rows: list[tuple[object, ...]] = []
        for n, tegen, far, level in _narrow(task, pattern):
            demand = demands[n]
            regio, uitsplitsing = year.names[demand.target]
            by_memory = told and not _attainable(task, demand)
            rows.append((jaar, regio, uitsplitsing, measures[demand.weights], tegen, far, level, by_memory))
        return rows


def _attainable(task: Task, demand: Demand) -> bool:
    """Whether the demand would be met if everything were withheld that still can be."""
    widest = Attacker(task.block, task.always | task.block.free, np.ones(task.block.values.shape[0]))
    return widest.reach(demand)[0] >= demand.level - SLACK


def _narrow(task: Task, pattern: np.ndarray) -> list[tuple[int, str, float, float]]:
    """The demands that an outsider, or else some enterprise, comes too near: number, who, how far, and the level."""
    witnesses = Witnesses(task)
    weights = np.where(np.asarray(witnesses.fixed.sum(axis=0)).ravel() > 0, AVOID, 1.0)
    attacker = Attacker(task.block, pattern, weights)
    found = []
    levels = task.levels
    for n, demand in enumerate(task.demands):
        if (witnesses.far[:, n] >= demand.level - SLACK).any():
            continue
        deviation = attacker.find(demand)
        if deviation is not None:
            witnesses.add(deviation, (n, OUTSIDER))
            continue
        far, _ = attacker.reach(demand)
        if far < demand.level - SLACK:
            found.append((n, BUITENSTAANDER, far, demand.level))
            # an enterprise knows at least as much: saying it again helps nobody
            levels[n] = 0
    todo = levels > HAIR
    for reached, holds in zip(witnesses.far, witnesses.holds, strict=True):
        todo &= ~((reached[:, None] >= levels - SLACK) & holds[None, :])
    for n, e in np.argwhere(todo):
        if not todo[n, e]:
            continue
        demand = replace(task.demands[n], level=float(levels[n, e]))
        deviation = attacker.find(demand, task.insiders[e])
        if deviation is not None:
            witnesses.add(deviation, (int(n), int(e)))
            todo &= ~((witnesses.far[-1][:, None] >= levels - SLACK) & witnesses.holds[-1][None, :])
            continue
        far, _ = attacker.reach(demand, task.insiders[e])
        if far < demand.level - SLACK:
            found.append((int(n), ONDERNEMING, far, demand.level))
            # one enterprise that can is enough to refuse
            todo[n] = False
    return found
