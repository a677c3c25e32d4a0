"""Which other cells to withhold, for one block: cutting planes after Fischetti and Salazar, with HiGHS.

A master problem chooses the cheapest cells that meet every inequality found so far. While it may still choose parts of
cells, `Separator` finds what such a choice does not protect: that gives strong inequalities soon. Then the choice is
made whole, and `Attacker` looks for a sum that can not deviate far enough, with everything the attacker knows, first as
an outsider and then as each enterprise. Deviations once found stay of use (`Witnesses`): as long as they leave the open
cells alone they prove without solving anything that a sum is protected.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np
from scipy import sparse

from assets.register.bescherming.programma import (
    HAIR,
    Attacker,
    Block,
    Cut,
    Demand,
    Insider,
    Proof,
    Separator,
    make_cut,
    run,
    silent_solver,
)

# the master problem is solved to this part of its cost; the gap to the exact solution stays below it
GAP = 0.02
# exact choices after rounding
ROUNDS = 3
# of the search for one exact choice
NODES = 30
# rounds of parts of cells stop when the cost grows less than this part in a round
STALL = 0.003
OUTSIDER = -1
STUCK = "De bescherming spreekt zichzelf tegen. Publiceer niet en meld dit."
# how much a cell counts in rounding of which the pattern with parts holds nothing
ROUND_UP = 0.02
# deviations of what an insider knows weigh this much: those without it prove the same against more insiders
AVOID = 10.0


@dataclass(frozen=True)
class Task:
    """What one block must withstand.

    demands: sums that must be able to deviate; insiders: what each enterprise knows that knows more than the rest;
    levels: demands x insiders, the deviation that must remain against that enterprise (0 = none). always: cells that
    are suppressed anyway; costs: of suppressing each cell.
    """

    block: Block
    demands: tuple[Demand, ...]
    insiders: tuple[Insider, ...]
    levels: np.ndarray
    always: np.ndarray
    costs: np.ndarray


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
    deviations: of the base variables that meet a demand, with that demand and against whom.
    """

    suppressed: np.ndarray
    proofs: tuple[tuple[Proof, int], ...]
    cost: float
    bound: float
    unattainable: tuple[tuple[Proof, int], ...]
    deviations: tuple[tuple[np.ndarray, tuple[int, int]], ...]


class Witnesses:
    """Deviations found so far, and what each of them proves."""

    def __init__(self, task: Task) -> None:
        block = task.block
        n, k = block.values.shape
        self.task, self.base, self.k = task, n, k
        sums = [np.concatenate([d.base * k + m for m in range(k) if d.weights[m]]) for d in task.demands]
        rows = np.repeat(np.arange(len(sums)), [len(s) for s in sums])
        signs = np.repeat([float(d.sign) for d in task.demands], [len(s) for s in sums])
        place = np.concatenate(sums) if sums else np.zeros(0, dtype=int)
        self.targets = sparse.csr_matrix((signs, (rows, place)), shape=(len(sums), n * k))
        fixed = [(e, j) for e, insider in enumerate(task.insiders) for j in insider.fixed]
        pairs = np.array(fixed, dtype=np.int64).reshape(-1, 2)
        shape = (len(task.insiders), n)
        self.fixed = sparse.csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=shape)
        own = np.concatenate([np.zeros((0, k)), *(i.own for i in task.insiders)])
        self.part = np.concatenate([np.zeros(0, dtype=np.int64), *(i.part for i in task.insiders)])
        self.part_of = np.repeat(np.arange(len(task.insiders)), [len(i.part) for i in task.insiders])
        self.floor = own - block.values[self.part]
        self.found: list[np.ndarray] = []
        self.purpose: list[tuple[int, int]] = []
        self._moved = _Rows(block.cells, bool)
        self._in_band = _Rows(block.cells, bool)
        self._far = _Rows(len(task.demands), float)
        self._holds = _Rows(len(task.insiders), bool)

    @property
    def far(self) -> np.ndarray:
        """How far each deviation moves each demand its way."""
        return self._far.rows

    @property
    def holds(self) -> np.ndarray:
        """Against which insiders each deviation holds."""
        return self._holds.rows

    def add(self, deviation: np.ndarray, purpose: tuple[int, int]) -> None:
        """Remember a deviation (base variables x measures), and the demand and insider for which it was found."""
        block = self.task.block
        cells = block.matrix[: block.cells] @ deviation
        known = cells @ block.known.T
        inside = (known >= block.band_low - HAIR) & (known <= block.band_high + HAIR)
        holds = self.fixed @ (np.abs(deviation) > HAIR).any(axis=1).astype(float) == 0
        low = (deviation[self.part] < self.floor - HAIR).any(axis=1)
        holds[self.part_of[low]] = False
        self.found.append(deviation)
        self.purpose.append(purpose)
        self._moved.add((np.abs(cells) > HAIR).any(axis=1))
        self._in_band.add(inside.all(axis=1))
        self._far.add(self.targets @ deviation.ravel())
        self._holds.add(holds)

    def adopt(self, deviation: np.ndarray, purpose: tuple[int, int]) -> None:
        """Remember a deviation of another year, made as large as is asked here, if it can be one here too."""
        block, (i, e) = self.task.block, purpose
        level = self.task.demands[i].level if e == OUTSIDER else float(self.task.levels[i, e])
        reached = float((self.targets[[i]] @ deviation.ravel())[0])
        if level <= 0 or reached <= HAIR:
            return
        deviation = deviation * (level / reached)
        lowest, highest = -block.values.astype(float), block.ceiling
        if (deviation < lowest - HAIR).any() or (deviation > highest + HAIR).any():
            return
        if (np.abs(block.matrix[block.cells :] @ deviation) > HAIR).any():
            return
        if block.rules.shape[1] and (np.einsum("jrk,jk->jr", block.rules, deviation) < block.bounds - HAIR).any():
            return
        self.add(deviation, purpose)

    def of(self, suppressed: np.ndarray) -> tuple[tuple[np.ndarray, tuple[int, int]], ...]:
        """Give the deviations that prove something of this pattern, with what each was found for."""
        return tuple((self.found[w], self.purpose[w]) for w in np.flatnonzero(self.valid(suppressed)))

    def valid(self, suppressed: np.ndarray) -> np.ndarray:
        """Which deviations leave every open cell alone, and every suppressed cell within its band."""
        moved, in_band = self._moved.rows, self._in_band.rows
        return np.asarray(~moved[:, ~suppressed].any(axis=1) & in_band[:, suppressed].all(axis=1))


class _Rows:
    """Rows that grow without being copied each time."""

    def __init__(self, width: int, type_: type) -> None:
        self._held: np.ndarray = np.zeros((64, width), dtype=type_)
        self._count = 0

    @property
    def rows(self) -> np.ndarray:
        return self._held[: self._count]

    def add(self, row: np.ndarray) -> None:
        if self._count == len(self._held):
            self._held = np.concatenate([self._held, np.zeros_like(self._held)])
        self._held[self._count] = row
        self._count += 1


class Search:
    """The search of a pattern for one block."""

    def __init__(self, task: Task, gap: float = GAP, rounds: int = ROUNDS) -> None:
        self.task, self.rounds = task, rounds
        self.demands = list(task.demands)
        self.levels = task.levels.copy()
        self.witnesses = Witnesses(task)
        known = np.asarray(self.witnesses.fixed.sum(axis=0)).ravel()
        self.weights = np.where(known > 0, AVOID, 1.0)
        self.separator = Separator(task.block)
        self.gap = gap
        self.active: dict[tuple[int, int], None] = {}
        self.master = _Master(task, gap)
        self.unattainable: list[tuple[Proof, int]] = []
        self.proofs: list[tuple[Proof, int]] = []

    def run(
        self,
        first: Iterable[int],
        proofs: Sequence[tuple[Proof, int]] = (),
        deviations: Sequence[tuple[np.ndarray, tuple[int, int]]] = (),
    ) -> Pattern:
        """Find a pattern. `first`: the demands to begin with.

        `proofs` and `deviations`: of another year, or of this one before more was known, written for this block.
        """
        for proof, insider in proofs:
            self._add(proof, insider)
        for deviation, purpose in deviations:
            self.witnesses.adopt(deviation, purpose)
        self.active = dict.fromkeys((i, OUTSIDER) for i in first)
        self._separate()
        best = self._mend(self.task.always, parts=True)
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
        return Pattern(
            best, kept, cost, min(cost, self.master.bound), tuple(self.unattainable), self.witnesses.of(best)
        )

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
                raise ArithmeticError(STUCK)
            if parts:
                self._separate()

    def _take(self, shortfalls: Sequence[Shortfall]) -> bool:
        """Add what the shortfalls teach; False when that is nothing new."""
        new = False
        for s in shortfalls:
            new |= self._add(s.proof, s.insider)
            self.active[s.demand, s.insider] = None
        return new

    def _separate(self) -> None:
        """Add inequalities against parts of cells until the cost hardly grows."""
        everything, todo = list(self.active), list(self.active)
        last = {True: -1.0, False: -1.0}
        while True:
            pattern, cost = self.master.relax()
            complete = len(todo) == len(everything)
            stalled = cost <= last[complete] * (1 + STALL)
            last[complete] = cost
            # what was short a moment ago is most likely short again: the others wait until those are met
            short = [] if stalled else [pair for pair in todo if self._is_short(pattern, *pair)]
            if not short and complete:
                return
            todo = short or everything
            if not short:
                last[False] = -1.0

    def _is_short(self, pattern: np.ndarray, i: int, e: int) -> bool:
        """Whether a pattern with parts of cells does not meet a demand; adds the inequality that says so."""
        if (level := self._level(i, e)) <= 0:
            return False
        insider = self.task.insiders[e] if e != OUTSIDER else None
        proof = self.separator.separate(pattern, replace(self.demands[i], level=level), insider)
        return proof is not None and self._add(proof, e, pattern)

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
        widest = Attacker(task.block, task.always | task.block.free, self.demands, self.weights)
        far, proof = widest.reach(self.demands[i], task.insiders[insider] if insider != OUTSIDER else None)
        if far >= self._level(i, insider) - HAIR:
            raise ArithmeticError(STUCK)
        self.unattainable.append((proof, insider))
        if insider == OUTSIDER:
            self.demands[i] = replace(self.demands[i], level=max(far - 10 * HAIR, 0))
            # an insider knows at least as much
            self.levels[i] = np.minimum(self.levels[i], self.demands[i].level)
        else:
            self.levels[i, insider] = max(far - 10 * HAIR, 0)

    def shortfalls(self, suppressed: np.ndarray) -> list[Shortfall]:
        """Every demand that this pattern does not meet; against insiders once outsiders get nowhere."""
        attacker, w = Attacker(self.task.block, suppressed, self.demands, self.weights), self.witnesses
        level = np.array([d.level for d in self.demands])
        met = (level <= 0) | (w.far[w.valid(suppressed)] >= level - HAIR).any(axis=0)
        found: list[Shortfall] = []
        for i in range(len(self.demands)):
            if met[i]:
                continue
            if (shortfall := self._attack(attacker, i, OUTSIDER)) is not None:
                found.append(shortfall)
            else:
                met |= w.far[-1] >= level - HAIR
        return found or self._insider_shortfalls(attacker, suppressed)

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
            self.witnesses.add(deviation, (i, e))
            return None
        far, proof = attacker.reach(demand, insider)
        if far >= demand.level - HAIR:
            raise ArithmeticError(STUCK)
        return Shortfall(i, e, proof)

    def _is_broken(self, proof: Proof, e: int, suppressed: np.ndarray) -> bool:
        """Whether the inequality of a proof is broken: the separator lets no cell go further than the demand asks."""
        task = self.task
        cut = make_cut(task.block, proof, task.always, task.insiders[e] if e != OUTSIDER else None)
        return cut is not None and float(suppressed[cut.cells] @ cut.coefficients) < 1 - HAIR

    def _insider_shortfalls(self, attacker: Attacker, suppressed: np.ndarray) -> list[Shortfall]:
        w, levels = self.witnesses, self.levels
        todo = levels > 0
        valid = w.valid(suppressed)
        far, holds = w.far[valid], w.holds[valid].astype(np.float32)
        for level in np.unique(levels[todo]):
            same = todo & (levels == level)
            rows = np.flatnonzero(same.any(axis=1))
            proven = (far[:, rows] >= level - HAIR).astype(np.float32).T @ holds > 0
            todo[rows] &= ~(same[rows] & proven)
        found: list[Shortfall] = []
        for i, e in np.argwhere(todo):
            if not todo[i, e]:
                continue
            if (shortfall := self._attack(attacker, int(i), int(e))) is not None:
                found.append(shortfall)
            else:
                todo &= ~((w.far[-1][:, None] >= levels - HAIR) & w.holds[-1][None, :])
        return found


class _Master:
    """The cheapest cells that meet the inequalities found so far: whole cells, or parts."""

    def __init__(self, task: Task, gap: float) -> None:
        self.task = task
        self.candidates = np.flatnonzero(task.block.free & ~task.always)
        self.place = np.full(task.block.cells, -1)
        self.place[self.candidates] = np.arange(len(self.candidates))
        n = len(self.candidates)
        self.whole, self.parts = silent_solver(), silent_solver()
        self.whole.setOptionValue("mip_rel_gap", gap)
        self.whole.setOptionValue("mip_max_nodes", NODES)
        # measured: starting again costs three times as much here
        self.whole.setOptionValue("mip_allow_restart", False)
        for solver in (self.whole, self.parts):
            if n:
                solver.addVars(n, np.zeros(n), np.ones(n))
                solver.changeColsCost(n, np.arange(n, dtype=np.int32), task.costs[self.candidates])
        if n:
            self.whole.changeColsIntegrality(n, np.arange(n, dtype=np.int32), np.ones(n, dtype=np.uint8))
        self.seen: set[bytes] = set()
        self._rows = _Rows(n, float)
        self.pattern = np.zeros(n)
        self.bound = 0.0

    @property
    def rows(self) -> np.ndarray:
        """The inequalities: a row each, the coefficients of the candidates."""
        return self._rows.rows

    def add(self, cut: Cut) -> bool:
        """Add an inequality; False when it is there already."""
        mark = cut.cells.tobytes() + np.round(cut.coefficients, 6).tobytes()
        if mark in self.seen:
            return False
        self.seen.add(mark)
        place = self.place[cut.cells].astype(np.int32)
        row = np.zeros(len(self.candidates))
        row[place] = cut.coefficients
        self._rows.add(row)
        for solver in (self.whole, self.parts):
            solver.addRow(1.0, np.inf, len(place), place, cut.coefficients)
        return True

    def relax(self) -> tuple[np.ndarray, float]:
        """Give the pattern with parts of cells (0 to 1), and its cost."""
        pattern = self.task.always.astype(float)
        if not self.seen:
            return pattern, 0.0
        run(self.parts)
        self.pattern = np.clip(np.array(self.parts.getSolution().col_value), 0, 1)
        pattern[self.candidates] = self.pattern
        cost = float(self.parts.getInfo().objective_function_value)
        self.bound = max(self.bound, cost)
        return pattern, cost

    def round(self, start: np.ndarray, *, parts: bool) -> np.ndarray:
        """Add whole cells to `start`: what does most per cost, without what is not needed.

        `parts`: begin with the cells that the last pattern holds whole.
        """
        suppressed = self.task.always.copy()
        if not self.seen:
            return suppressed
        rows, costs = self.rows, self.task.costs[self.candidates]
        chosen = start[self.candidates].copy()
        if parts:
            chosen |= self.pattern > 1 - HAIR
        have = rows @ chosen
        while (short := 1 - have).max() > HAIR:
            open_rows = short > HAIR
            gain = np.minimum(rows[open_rows], short[open_rows, None]).sum(axis=0)
            # a cell of which the pattern holds a part goes first
            worth = np.where(chosen, -1, gain * (self.pattern + ROUND_UP) / costs)
            best = int(np.argmax(worth))
            chosen[best] = True
            have += rows[:, best]
        for i in np.flatnonzero(chosen)[np.argsort(-costs[chosen], kind="stable")]:
            if (have - rows[:, i] >= 1 - HAIR).all():
                chosen[i] = False
                have -= rows[:, i]
        suppressed[self.candidates] = chosen
        return suppressed

    def solve(self, best: np.ndarray) -> np.ndarray:
        """Give the pattern of whole cells that HiGHS finds within its limits, going on from `best`."""
        suppressed = self.task.always.copy()
        if not self.seen:
            return suppressed
        solution = highspy.HighsSolution()
        solution.col_value = best[self.candidates].astype(float)
        self.whole.setSolution(solution)
        self.whole.run()
        self.bound = max(self.bound, float(self.whole.getInfo().mip_dual_bound))
        suppressed[self.candidates] = np.array(self.whole.getSolution().col_value) > 0.5
        return suppressed

    def tight(self) -> np.ndarray:
        """Which inequalities shape the cheapest pattern of parts of cells."""
        if not self.seen:
            return np.zeros(0, dtype=bool)
        self.relax()
        return np.array(self.parts.getSolution().row_value) < 1 + HAIR
