"""Which other cells to withhold, for one block: cutting planes after Fischetti and Salazar, with HiGHS.

A master problem chooses the cheapest cells that meet every inequality found so far. While it may still choose parts of
cells, `Separator` finds what such a choice does not protect: that gives strong inequalities soon. Then the choice is
made whole, and `Attacker` looks for a sum that can not deviate far enough, with everything the attacker knows, first as
an outsider and then as each enterprise. Deviations once found stay of use (`Witnesses`): as long as they leave the open
cells alone they prove without solving anything that a sum is protected.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from assets.register.bescherming.aanvaller import Attacker
from assets.register.bescherming.getuigen import OUTSIDER, Witnesses, as_row, asked_of, targets_of
from assets.register.bescherming.hoofdprobleem import Master
from assets.register.bescherming.programma import HAIR, Demand, Proof, Task, make_cut
from assets.register.bescherming.scheider import Separator
from assets.register.fout import BeschermingError

# the master problem is solved to this part of its cost; the gap to the exact solution stays below it
GAP = 0.02
# exact choices after rounding
ROUNDS = 3
# choices near the one that rounding gives, each with what was wrong with the last
CHOICES = 4
# rounds of parts of cells stop when the cost grows less than this part in a round
STALL = 0.01
STUCK, MELD = "de bescherming spreekt zichzelf tegen", "Publiceer niet en meld dit"


@dataclass(frozen=True)
class Shortfall:
    """A demand that a pattern does not meet: against whom, and why."""

    demand: int
    insider: int
    proof: Proof


@dataclass(frozen=True)
class Pattern:
    """A pattern that meets all demands but the unattainable; `proofs` (with insider) that matter, and its cost.

    cost: of what is suppressed beyond `always`; bound: no pattern costs less. unattainable: why not, and against whom.
    deviations: of the base variables that meet the demands, a row each (`Witnesses`).
    """

    suppressed: np.ndarray
    proofs: tuple[tuple[Proof, int], ...]
    cost: float
    bound: float
    unattainable: tuple[tuple[Proof, int], ...]
    deviations: sparse.csr_matrix


class Search:
    """The search of a pattern for one block."""

    def __init__(self, task: Task, gap: float = GAP, rounds: int = ROUNDS) -> None:
        self.task, self.rounds = task, rounds
        self.demands = list(task.demands)
        self.levels = task.levels.copy()
        self.witnesses = Witnesses(task.block, task.insiders)
        self.targets = targets_of(task.demands, task.block.values.shape)
        self.weights = self.witnesses.weights
        self.separator = Separator(task.block)
        self.gap = gap
        # the demands of each figure
        self.figures: dict[int, list[int]] = {}
        for i, demand in enumerate(task.demands):
            self.figures.setdefault(demand.target, []).append(i)
        self.active: dict[tuple[int, int], None] = {}
        self.master = Master(task, gap)
        self.unattainable: list[tuple[Proof, int]] = []
        self.proofs: list[tuple[Proof, int]] = []
        # what the last pattern with parts of cells was found to meet
        self.looked: np.ndarray | None = None
        self.met: set[tuple[int, int]] = set()
        # the cost when every demand was looked at last
        self.seen = -1.0

    def run(
        self,
        first: Iterable[int],
        proofs: Sequence[tuple[Proof, int]] = (),
        deviations: sparse.csr_matrix | None = None,
    ) -> Pattern:
        """Find a pattern. `first`: the demands to begin with.

        `proofs` and `deviations`: of another year, or of this one before more was known, written for this block.
        """
        for proof, insider in proofs:
            self._add(proof, insider)
        if deviations is not None:
            self.witnesses.add(deviations)
        self.active = dict.fromkeys((i, OUTSIDER) for i in first)
        self._separate()
        best = self._mend(self.task.always, parts=True)
        for _ in range(CHOICES):
            chosen = self.master.better(best)
            tried = self._mend(chosen, parts=False)
            if self._cost(tried) < self._cost(best):
                best = tried
            if (tried == chosen).all():
                break
        for _ in range(self.rounds):
            if self._cost(best) <= self.master.bound * (1 + self.gap) + HAIR:
                break
            # rounding came near; the exact choice comes nearer, until nothing is short of it
            chosen = self.master.solve(best)
            mended = self._mend(chosen, parts=False)
            if self._cost(mended) < self._cost(best):
                best = mended
            if (mended == chosen).all():
                break
            self._separate()
        cost = self._cost(best)
        tight = self.master.tight()
        kept = tuple(p for p, t in zip(self.proofs, tight, strict=True) if t)
        useful = self._prove(asked_of(self.demands, self.levels) > 0, best)
        deviations = self.witnesses.rows[useful]
        return Pattern(best, kept, cost, min(cost, self.master.bound), tuple(self.unattainable), deviations)

    def _prove(self, todo: np.ndarray, suppressed: np.ndarray, start: int = 0) -> np.ndarray:
        return self.witnesses.prove(todo, asked_of(self.demands, self.levels), self.targets, suppressed, start)

    def _cost(self, suppressed: np.ndarray) -> float:
        return float(self.task.costs[suppressed & ~self.task.always].sum())

    def _mend(self, suppressed: np.ndarray, *, parts: bool) -> np.ndarray:
        """Withhold more until nothing is short; `parts`: look at parts of cells again each time, and start anew."""
        start = suppressed
        while True:
            suppressed = self.master.round(start if parts else suppressed, parts=parts)
            shortfalls = self.shortfalls(suppressed)
            if not shortfalls:
                return suppressed
            if not self._take(shortfalls):
                raise BeschermingError(STUCK, vervolg=MELD)
            if parts:
                self._separate((s.demand, s.insider) for s in shortfalls)

    def _take(self, shortfalls: Sequence[Shortfall]) -> bool:
        """Add what the shortfalls teach; False when that is nothing new."""
        new = False
        for s in shortfalls:
            new |= self._add(s.proof, s.insider)
            self.active[s.demand, s.insider] = None
        return new

    def _separate(self, todo: Iterable[tuple[int, int]] = ()) -> None:
        """Add inequalities against parts of cells, until the cost hardly grows: of `todo`, and then of all."""
        if not len(self.master.candidates):
            # nothing is left to choose, as in a year that was published before: it is only looked at whether it is safe
            return
        todo, last = list(todo), -1.0
        while True:
            pattern, cost = self.master.relax()
            if self.looked is None or np.abs(pattern - self.looked).max(initial=0) > HAIR:
                self.looked, self.met = pattern, set()
            # what was short a moment ago is most likely short again: the others wait until those are met
            stalled = cost <= last * (1 + STALL)
            todo = [] if stalled else self._short_of(pattern, todo)
            last = cost
            if not todo:
                if cost <= self.seen * (1 + STALL):
                    return
                todo, last, self.seen = list(self.active), -1.0, cost

    def _short_of(self, pattern: np.ndarray, todo: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Which demands may not be met by a pattern with parts of cells: one of each figure is asked, until it is not.

        What the others of that figure ask is mostly the same inequality: the other way, of another measure.
        """
        short = dict[int, None]()
        return [
            (i, e) for i, e in todo
            if self.demands[i].target in short
            or (self._is_short(pattern, i, e) and short.setdefault(self.demands[i].target) is None)
        ]  # fmt: skip

    def _is_short(self, pattern: np.ndarray, i: int, e: int) -> bool:
        """Whether a pattern with parts of cells does not meet a demand; adds the inequality that says so."""
        if (level := self._level(i, e)) <= 0 or (i, e) in self.met:
            return False
        insider = self.task.insiders[e] if e != OUTSIDER else None
        proof = self.separator.separate(pattern, replace(self.demands[i], level=level), insider)
        if proof is None:
            self.met.add((i, e))
        if proof is None or not self._add(proof, e, pattern):
            return False
        for _, like in self._alike(proof, i, e):
            self._add(like, e, pattern)
        return True

    def _alike(self, proof: Proof, i: int, e: int) -> Iterator[tuple[int, Proof]]:
        """A proof of one demand as it is for each other of that figure: the other way round, or of other measures.

        Nothing is solved for it: any dual gives an inequality, be it a weak one.
        """
        column = proof.demand.sign * proof.rows[:, int(np.argmax(self.demands[i].weights))]
        for j in self.figures[self.demands[i].target]:
            other, level = self.demands[j], self._level(j, e)
            if j != i and level > 0:
                rows = np.outer(other.sign * column, other.weights)
                yield j, replace(proof, demand=replace(other, level=level), rows=rows)

    def _level(self, demand: int, insider: int) -> float:
        return self.demands[demand].level if insider == OUTSIDER else float(self.levels[demand, insider])

    def _add(self, proof: Proof, insider: int, pattern: np.ndarray | None = None) -> bool:
        """Add the inequality of a proof; with a pattern only if that does not meet it."""
        task = self.task
        cut = make_cut(task.block, proof, task.always, task.insiders[insider] if insider != OUTSIDER else None)
        if cut is None or (pattern is not None and pattern[cut.cells] @ cut.coefficients > 1 - HAIR):
            return False
        if cut.coefficients.sum() < 1 - HAIR:
            self._give_up(proof.demand, insider)
            return True
        if not self.master.add(cut):
            return False
        self.proofs.append((proof, insider))
        return True

    def _give_up(self, demand: Demand, insider: int) -> None:
        """No pattern meets this demand: ask what is attainable when every cell is suppressed that may be."""
        task = self.task
        i = next(
            i for i, d in enumerate(self.demands)
            if (d.target, d.weights, d.sign) == (demand.target, demand.weights, demand.sign)
        )  # fmt: skip
        widest = Attacker(task.block, task.always | task.block.free, self.weights)
        far, proof = widest.reach(self.demands[i], task.insiders[insider] if insider != OUTSIDER else None)
        if far >= self._level(i, insider) - HAIR:
            raise BeschermingError(STUCK, vervolg=MELD)
        self.unattainable.append((proof, insider))
        if insider == OUTSIDER:
            self.demands[i] = replace(self.demands[i], level=max(far - 10 * HAIR, 0))
            # an insider knows at least as much
            self.levels[i] = np.minimum(self.levels[i], self.demands[i].level)
        else:
            self.levels[i, insider] = max(far - 10 * HAIR, 0)

    def shortfalls(self, suppressed: np.ndarray) -> list[Shortfall]:
        """Every demand that this pattern does not meet; against insiders once outsiders get nowhere."""
        attacker, todo = Attacker(self.task.block, suppressed, self.weights), asked_of(self.demands, self.levels) > 0
        self._prove(todo, suppressed)
        outsider = np.arange(todo.shape[1]) == 0
        for columns in (outsider, ~outsider):
            found: list[Shortfall] = []
            for i, c in np.argwhere(todo & columns):
                if not todo[i, c]:
                    continue
                start = len(self.witnesses)
                # after nobody (`OUTSIDER`) comes each insider
                if (shortfall := self._attack(attacker, int(i), int(c) + OUTSIDER)) is not None:
                    for s in (shortfall, *self._beside(shortfall, suppressed)):
                        found.append(s)
                        todo[s.demand, c] = False
                else:
                    self._prove(todo, suppressed, start)
            if found:
                return found
        return []

    def _beside(self, shortfall: Shortfall, suppressed: np.ndarray) -> Iterator[Shortfall]:
        """What else of that figure is short for the same reason."""
        proof, e = shortfall.proof, shortfall.insider
        if not (proof.bands.any() or proof.rules.any()):
            for j, like in self._alike(proof, shortfall.demand, e):
                if self._is_broken(like, e, suppressed):
                    yield Shortfall(j, e, like)

    def _attack(self, attacker: Attacker, i: int, e: int) -> Shortfall | None:
        """Attack one demand: remember the deviations that meet it, or give the proof that there are none."""
        insider = self.task.insiders[e] if e != OUTSIDER else None
        demand = replace(self.demands[i], level=self._level(i, e))
        # mostly a measure by itself tells already, and that is found sooner
        simple = self.separator.separate(attacker.suppressed.astype(float), demand, insider)
        if simple is not None and self._is_broken(simple, e, attacker.suppressed):
            return Shortfall(i, e, simple)
        deviation = attacker.find(demand, insider)
        if deviation is not None:
            self.witnesses.add(as_row(deviation), variants=True)
            return None
        far, proof = attacker.reach(demand, insider)
        if far >= demand.level - HAIR:
            raise BeschermingError(STUCK, vervolg=MELD)
        return Shortfall(i, e, proof)

    def _is_broken(self, proof: Proof, e: int, suppressed: np.ndarray) -> bool:
        """Whether the inequality of a proof is broken: the separator lets no cell go further than the demand asks."""
        task = self.task
        cut = make_cut(task.block, proof, task.always, task.insiders[e] if e != OUTSIDER else None)
        return cut is not None and float(suppressed[cut.cells] @ cut.coefficients) < 1 - HAIR
