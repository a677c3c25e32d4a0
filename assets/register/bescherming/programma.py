"""The attacker's linear program inside the search: how far can a sum be from its truth, given what is published?

Everything is written as a deviation from the truth, so 0 is always possible and what is possible is convex. An open
cell cannot deviate. When a sum cannot deviate far enough, the dual solution says why. By weak duality it gives an
inequality (`Cut`) that every sufficient pattern meets. The dual itself (`Proof`) follows from the system and not from
the figures, so it serves the next year too, with the figures of that year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from scipy import sparse

from assets.register.bescherming.stelsel import Maten

HAIR = 1e-6
INF = float("inf")
# fulltime persons of an establishment by size class: public, because it is how the class is defined
KLASSEN: Mapping[str, tuple[float, float]] = {
    "0": (0, 0), "1": (1, 1), "2-4": (2, 4), "5-9": (5, 9), "10-19": (10, 19), "20-49": (20, 49), "50-99": (50, 99),
    "100-249": (100, 249), "250+": (250, INF),
}  # fmt: skip


@dataclass(frozen=True)
class Demand:
    """A sum (base variables, base measures) that must be able to deviate `level` up (sign 1) or down (-1).

    `target` names the sum: the number of the cell or derived sum that the search was given.
    """

    target: int
    base: np.ndarray
    weights: tuple[int, ...]
    sign: int
    level: float


@dataclass(frozen=True)
class Insider:
    """What an enterprise knows besides: base variables that are its own alone, and its part (per measure) in others."""

    fixed: np.ndarray
    part: np.ndarray
    own: np.ndarray


@dataclass(frozen=True)
class Proof:
    """A dual solution by place: rows x measures, bands (cell, known measure), rules (base variable, rule)."""

    demand: Demand
    rows: np.ndarray
    bands: np.ndarray
    rules: np.ndarray


@dataclass(frozen=True)
class Cut:
    """Sum of coefficient x suppressed >= 1, over cells of the block."""

    cells: np.ndarray
    coefficients: np.ndarray


@dataclass(frozen=True)
class Block:
    """A part of the system that stands on its own.

    matrix: rows (first `cells` published cells, then sums that are always known) x base variables; values: truth, base
    variables x measures; ceiling: how far each can go up at most. rules: coefficients of rules that tie the measures of
    a base variable, with their lower bounds (-inf where there is none). free: cells that may be suppressed. band_low,
    band_high: cells x known measures, how far a suppressed cell can deviate given other publications.
    """

    maten: Maten
    matrix: sparse.csr_matrix
    cells: int
    values: np.ndarray
    ceiling: np.ndarray
    rules: np.ndarray
    bounds: np.ndarray
    free: np.ndarray
    band_low: np.ndarray
    band_high: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """Known measures (rows) as sums of base measures (columns)."""
        return np.array(list(self.maten.bekend.values()), dtype=float)


def coupling_rules(maten: Maten, atomen: Sequence[str], values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rules that tie the measures of a base variable: coefficients (base, rule, measure), lower bounds (base, rule).

    A job belongs to an establishment, so jobs are at least establishments; a size class bounds fulltime persons. A rule
    that the truth breaks (an empty establishment) has no bound: the attacker who uses it is mistaken.
    """
    n, k = values.shape
    if not maten.gekoppeld:
        return np.zeros((n, 0, k)), np.zeros((n, 0))
    rules = np.zeros((n, 3, k))
    rules[:, 0] = (-1, 1, 1)
    for j, atoom in enumerate(atomen):
        low, high = KLASSEN.get(atoom, (0, INF))
        if low > 0:
            rules[j, 1] = (-low, 1, 0)
        if high < INF:
            rules[j, 2] = (high, -1, 0)
    slack = np.einsum("jrk,jk->jr", rules, values)
    return rules, np.where((slack >= 0) & rules.any(axis=2), -slack, -INF)


def make_solver(
    matrix: sparse.csr_matrix, lower: np.ndarray, upper: np.ndarray, row_lower: np.ndarray, row_upper: np.ndarray
) -> highspy.Highs:
    """Give a silent solver of one thread for this program; costs are 0 and come later."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.zeros(matrix.shape[1])
    program.col_lower_, program.col_upper_ = lower, upper
    program.row_lower_, program.row_upper_ = row_lower, row_upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    solver = silent_solver()
    # the costs change, the feasible region does not: the primal method goes on where it was
    for option, value in (("presolve", "off"), ("solver", "simplex"), ("simplex_strategy", 4)):
        solver.setOptionValue(option, value)
    solver.passModel(program)
    return solver


def silent_solver() -> highspy.Highs:
    """Give a solver that prints nothing and uses one thread, so that it always finds the same."""
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off")):
        solver.setOptionValue(option, value)
    return solver


def run(solver: highspy.Highs) -> None:
    """Solve, from scratch when going on from the last basis fails."""
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        solver.clearSolver()
        solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError("De oplosser (HiGHS) vond geen uitkomst bij de bescherming. Publiceer niet en meld dit.")


class Attacker:
    """The attacker against one pattern: linear programs over what the open cells leave free.

    `find` looks for small deviations that meet a demand; `reach` for the largest, with the proof that there is no more.
    """

    def __init__(self, block: Block, suppressed: np.ndarray, demands: Sequence[Demand], weights: np.ndarray) -> None:
        self.block = block
        self.suppressed = suppressed
        self.demands = demands
        # what a deviation of each base variable costs: `find` avoids those that insiders know
        self.weights = weights
        self.columns = block.matrix.tocsc()
        known = np.ones(block.matrix.shape[0], dtype=bool)
        known[: block.cells] = ~suppressed
        self._eliminate(known)
        self._build(known)

    def _eliminate(self, known: np.ndarray) -> None:
        """Fix base variables that follow from an open row whose other variables are fixed, until nothing changes."""
        matrix, columns = self.block.matrix, self.columns
        count = np.diff(matrix.indptr).copy()
        free = np.ones(matrix.shape[1], dtype=bool)
        self.eliminated: list[tuple[int, int]] = []
        queue = [int(r) for r in np.flatnonzero(known & (count == 1))]
        while queue:
            r = queue.pop()
            if count[r] != 1:
                continue
            members = matrix.indices[matrix.indptr[r] : matrix.indptr[r + 1]]
            j = int(members[free[members]][0])
            free[j] = False
            self.eliminated.append((j, r))
            for other in columns.indices[columns.indptr[j] : columns.indptr[j + 1]]:
                count[other] -= 1
                if count[other] == 1 and known[other]:
                    queue.append(int(other))
        self.free = np.flatnonzero(free)
        self.left = count

    def _build(self, known: np.ndarray) -> None:
        block, k, n = self.block, len(self.block.maten.basis), len(self.free)
        sub = block.matrix[:, self.free].tocsr()
        sub.sort_indices()
        seen: set[bytes] = set()
        rows: list[int] = []
        for r in np.flatnonzero(known & (self.left > 0)):
            part = slice(sub.indptr[r], sub.indptr[r + 1])
            mark = sub.indices[part].tobytes() + sub.data[part].tobytes()
            if mark not in seen:
                seen.add(mark)
                rows.append(int(r))
        self.rows = np.array(rows, dtype=np.int64)
        parts = [sparse.kron(sparse.eye(k), sub[self.rows], format="csr")]
        lower, upper = [np.zeros(k * len(rows))], [np.zeros(k * len(rows))]
        finite = np.isfinite(block.band_low) | np.isfinite(block.band_high)
        self.bands = np.argwhere(finite & (self.suppressed & (self.left[: block.cells] > 0))[:, None])
        if len(self.bands):
            weights, cells = block.known[self.bands[:, 1]], sub[self.bands[:, 0]]
            parts.append(sparse.hstack([sparse.diags(weights[:, m]) @ cells for m in range(k)], format="csr"))
            lower.append(block.band_low[tuple(self.bands.T)])
            upper.append(block.band_high[tuple(self.bands.T)])
        self.rules = np.argwhere(np.isfinite(block.bounds[self.free]))
        if len(self.rules):
            j, rule = self.rules.T
            coefficients = block.rules[self.free[j], rule]
            place = (np.repeat(np.arange(len(j)), k), (np.arange(k)[None, :] * n + j[:, None]).ravel())
            parts.append(sparse.csr_matrix((coefficients.ravel(), place), shape=(len(j), k * n)))
            lower.append(block.bounds[self.free[j], rule])
            upper.append(np.full(len(j), INF))
        self.matrix = sparse.vstack(parts, format="csr")
        self.matrix.eliminate_zeros()
        self.row_lower, self.row_upper = np.concatenate(lower), np.concatenate(upper)
        self.lower = -block.values[self.free].T.ravel().astype(float)
        self.upper = block.ceiling[self.free].T.ravel().astype(float)
        self.place = np.full(block.matrix.shape[1], -1)
        self.place[self.free] = np.arange(n)

    def _sum(self, demand: Demand) -> np.ndarray:
        """The columns that add up to what a demand is about."""
        inside = self.place[demand.base]
        inside = inside[inside >= 0]
        return np.concatenate([m * len(self.free) + inside for m, w in enumerate(demand.weights) if w]).astype(np.int32)

    @cached_property
    def _small(self) -> tuple[highspy.Highs, dict[tuple[int, tuple[int, ...]], int]]:
        """Program of deviations up and deviations down, both from 0: it starts at the truth and moves little."""
        names: dict[tuple[int, tuple[int, ...]], int] = {}
        sums: list[np.ndarray] = []
        for demand in self.demands:
            if (demand.target, demand.weights) not in names:
                names[demand.target, demand.weights] = self.matrix.shape[0] + len(sums)
                sums.append(self._sum(demand))
        rows = np.repeat(np.arange(len(sums)), [len(s) for s in sums])
        place = np.concatenate(sums) if sums else np.zeros(0, dtype=int)
        extra = sparse.csr_matrix((np.ones(len(place)), (rows, place)), shape=(len(sums), self.matrix.shape[1]))
        both = sparse.vstack([self.matrix, extra], format="csr")
        both = sparse.hstack([both, -both], format="csr")
        size, ends = 2 * self.matrix.shape[1], np.full(len(sums), INF)
        solver = make_solver(
            both, np.zeros(size), np.concatenate([self.upper, -self.lower]),
            np.concatenate([self.row_lower, -ends]), np.concatenate([self.row_upper, ends]),
        )  # fmt: skip
        cost = np.tile(np.tile(self.weights[self.free], len(self.block.maten.basis)), 2)
        if size:
            solver.changeColsCost(size, np.arange(size, dtype=np.int32), cost)
        # every start is the truth, at which no cost can be saved: the dual method needs a few steps only
        solver.setOptionValue("simplex_strategy", 1)
        return solver, names

    def find(self, demand: Demand, insider: Insider | None = None) -> np.ndarray | None:
        """Give deviations (base x measures) that meet a demand and are small, or None when it cannot be met."""
        n, k = len(self.free), len(self.block.maten.basis)
        if not n:
            return None
        solver, names = self._small
        row = names[demand.target, demand.weights]
        low, high = (demand.level, INF) if demand.sign > 0 else (-INF, -demand.level)
        columns, lower, upper = self._known(insider)
        size = len(columns)
        both = np.concatenate([columns, columns + k * n]).astype(np.int32)
        if size:
            solver.changeColsBounds(2 * size, both, np.zeros(2 * size), np.concatenate([upper, -lower]))
        solver.changeRowBounds(row, low, high)
        solver.setBasis()
        solver.run()
        status, values = solver.getModelStatus(), np.array(solver.getSolution().col_value)
        solver.changeRowBounds(row, -INF, INF)
        if size:
            original = np.concatenate([self.upper[columns], -self.lower[columns]])
            solver.changeColsBounds(2 * size, both, np.zeros(2 * size), original)
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        deviation = np.zeros((self.block.matrix.shape[1], k))
        deviation[self.free] = (values[: k * n] - values[k * n :]).reshape(k, n).T
        deviation[np.abs(deviation) < HAIR] = 0
        return deviation

    @cached_property
    def _large(self) -> highspy.Highs:
        return make_solver(self.matrix, self.lower, self.upper, self.row_lower, self.row_upper)

    def reach(self, demand: Demand, insider: Insider | None = None) -> tuple[float, Proof]:
        """How far a sum can deviate in the wanted direction, and the proof that it is not further."""
        columns = self._sum(demand)
        if not len(columns):
            # every part of the sum follows from open cells
            return 0.0, self._prove(demand, np.zeros(0))
        solver = self._large
        changed, lower, upper = self._known(insider)
        if len(changed):
            solver.changeColsBounds(len(changed), changed, lower, upper)
        solver.changeColsCost(len(columns), columns, np.full(len(columns), -float(demand.sign)))
        run(solver)
        solution = solver.getSolution()
        solver.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        if len(changed):
            solver.changeColsBounds(len(changed), changed, self.lower[changed], self.upper[changed])
        far = float(np.array(solution.col_value)[columns].sum() * demand.sign)
        return far, self._prove(demand, np.array(solution.row_dual))

    def _known(self, insider: Insider | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Columns of which an insider knows more, with the bounds that it sees."""
        if insider is None:
            return np.zeros(0, dtype=np.int32), np.zeros(0), np.zeros(0)
        n, k = len(self.free), len(self.block.maten.basis)
        fixed, part = self.place[insider.fixed], self.place[insider.part]
        fixed, own, part = fixed[fixed >= 0], insider.own[part >= 0], part[part >= 0]
        columns = np.concatenate([m * n + place for place in (fixed, part) for m in range(k)]).astype(np.int32)
        size = k * len(fixed)
        lower = np.concatenate([np.zeros(size), self.lower[columns[size:]] + own.T.ravel()])
        return columns, lower, np.concatenate([np.zeros(size), self.upper[columns[size:]]])

    def _prove(self, demand: Demand, duals: np.ndarray) -> Proof:
        """Turn a dual into a proof over all rows of the block."""
        block, k, rows = self.block, len(self.block.maten.basis), len(self.rows)
        y = np.zeros((block.matrix.shape[0], k))
        bands, rules = np.zeros(block.band_low.shape), np.zeros(block.bounds.shape)
        if len(duals):
            duals = np.where(np.abs(duals) < HAIR, 0, duals)
            y[self.rows] = duals[: k * rows].reshape(k, rows).T
            bands[tuple(self.bands.T)] = duals[k * rows : k * rows + len(self.bands)]
            rules[self.free[self.rules[:, 0]], self.rules[:, 1]] = duals[k * rows + len(self.bands) :]
        cost = demand_cost(block, demand)
        columns = self.columns
        total = y.copy()
        total[: block.cells] += bands @ block.known
        # what was fixed by an open row has that row to answer for it, last fixed first
        for j, r in reversed(self.eliminated):
            part = slice(columns.indptr[j], columns.indptr[j + 1])
            rest = cost[j] - columns.data[part] @ total[columns.indices[part]]
            if np.abs(rest).max() > HAIR:
                own = columns.data[part][columns.indices[part] == r][0]
                y[r] += rest / own
                total[r] += rest / own
        return Proof(demand, y, bands, rules)


def demand_cost(block: Block, demand: Demand) -> np.ndarray:
    """Cost of each base variable and measure that makes a minimum of what the demand wants largest."""
    cost = np.zeros((block.matrix.shape[1], len(block.maten.basis)))
    cost[demand.base] = -demand.sign * np.array(demand.weights, dtype=float)
    return cost


class Separator:
    """Finds proofs against a fractional pattern: a cell that is suppressed for a half deviates half as far.

    Each base measure is a system of its own here, without the rules that tie them: a proof holds without them too, and
    what they add is found by `Attacker`, against a whole pattern.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        k = len(block.maten.basis)
        rows = np.zeros(block.matrix.shape[0])
        self.lower, self.upper = -block.values.astype(float), block.ceiling.astype(float)
        self.solvers = {
            m: make_solver(block.matrix, self.lower[:, m], self.upper[:, m], rows, rows)
            for m in range(k)
            if any(w[m] for w in block.maten.gevoelig.values())
        }
        # measured: a tenth sooner, for these programs of a few steps each
        for solver in self.solvers.values():
            solver.setOptionValue("simplex_scale_strategy", 0)
            solver.setOptionValue("simplex_primal_edge_weight_strategy", 1)
        self.down, self.up = cell_room(block)

    def separate(self, pattern: np.ndarray, demand: Demand, insider: Insider | None = None) -> Proof | None:
        """Give a proof that this (fractional) pattern is not enough, if there is one."""
        block, cells = self.block, self.block.cells
        rows = np.zeros((block.matrix.shape[0], len(block.maten.basis)))
        far = 0.0
        all_cells, columns = np.arange(cells, dtype=np.int32), demand.base.astype(np.int32)
        for m, solver in self.solvers.items():
            if not demand.weights[m]:
                continue
            down, up = np.minimum(self.down[:, m], demand.level), np.minimum(self.up[:, m], demand.level)
            solver.changeRowsBounds(cells, all_cells, -down * pattern, up * pattern)  # type: ignore[attr-defined]
            solver.changeColsCost(len(columns), columns, np.full(len(columns), -float(demand.sign)))
            changed = self._know(solver, m, insider) if insider else np.zeros(0, dtype=np.int32)
            run(solver)
            far -= solver.getInfo().objective_function_value
            duals = np.array(solver.getSolution().row_dual)
            rows[:, m] = np.where(np.abs(duals) < HAIR, 0, duals)
            solver.changeColsCost(len(columns), columns, np.zeros(len(columns)))
            if len(changed):
                solver.changeColsBounds(len(changed), changed, self.lower[changed, m], self.upper[changed, m])
        if far >= demand.level - HAIR:
            return None
        return Proof(demand, rows, np.zeros(block.band_low.shape), np.zeros(block.bounds.shape))

    def _know(self, solver: highspy.Highs, m: int, insider: Insider) -> np.ndarray:
        columns = np.concatenate([insider.fixed, insider.part]).astype(np.int32)
        lower, upper = self.lower[columns, m].copy(), self.upper[columns, m].copy()
        size = len(insider.fixed)
        lower[:size] = upper[:size] = 0
        lower[size:] += insider.own[:, m]
        solver.changeColsBounds(len(columns), columns, lower, upper)
        return columns


def cell_room(block: Block) -> tuple[np.ndarray, np.ndarray]:
    """How far each suppressed cell can go down and up, per base measure: not below 0, and within its band."""
    down = (block.matrix[: block.cells] @ block.values).astype(float)
    up = np.full(down.shape, INF)
    for q, weights in enumerate(block.known):
        if weights.sum() == 1:
            m = int(np.argmax(weights))
            down[:, m] = np.minimum(down[:, m], -block.band_low[:, q])
            up[:, m] = np.minimum(up[:, m], block.band_high[:, q])
    return down, up


def make_cut(block: Block, proof: Proof, always: np.ndarray, insider: Insider | None = None) -> Cut | None:
    """Work out a proof with the figures of this block; None when it demands nothing (any more).

    `always`: cells that are suppressed in every pattern.
    """
    demand = proof.demand
    total = proof.rows.copy()
    total[: block.cells] += proof.bands @ block.known
    reduced = demand_cost(block, demand) - block.matrix.T @ total
    if block.rules.shape[1]:
        reduced -= np.einsum("jr,jrk->jk", proof.rules, block.rules)
    reduced[np.abs(reduced) < HAIR] = 0
    lower, upper = -block.values.astype(float), block.ceiling.astype(float)
    if insider is not None:
        lower[insider.part] += insider.own
        lower[insider.fixed] = upper[insider.fixed] = 0
    constant = float(np.where(reduced > 0, -reduced * lower, -reduced * upper).sum())
    used = proof.rules > 0
    if not np.isfinite(block.bounds[used]).all():
        return None
    constant -= float((proof.rules[used] * block.bounds[used]).sum())
    y, (down, up) = proof.rows[: block.cells], cell_room(block)
    with np.errstate(invalid="ignore"):
        room = np.where(y > 0, y * down, np.where(y < 0, -y * up, 0)).sum(axis=1)
        low, high = -proof.bands * block.band_low, -proof.bands * block.band_high
        room += np.where(proof.bands > 0, low, np.where(proof.bands < 0, high, 0)).sum(axis=1)
    need = demand.level - constant - float(room[always].sum())
    if not need > HAIR:
        return None
    chosen = np.flatnonzero((room > HAIR) & ~always & block.free)
    return Cut(chosen, np.minimum(1.0, room[chosen] / need))
