"""The attacker against one pattern: what follows from the open cells, and how far a sum can still deviate."""

import weakref
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import highspy
import numpy as np
from scipy import sparse

from assets.register.bescherming.oplosser import Later, make_solver, run
from assets.register.bescherming.programma import HAIR, INF, Block, Demand, Insider, Proof, demand_cost


class Attacker:
    """The attacker against one pattern: linear programs over what the open cells leave free.

    `find` looks for small deviations that meet a demand; `reach` for the largest, with the proof that there is no more.
    """

    def __init__(self, block: Block, suppressed: np.ndarray, weights: np.ndarray) -> None:
        self.block = block
        self.suppressed = suppressed
        # what a deviation of each base variable costs: `find` avoids those that insiders know
        self.weights = weights
        self.columns = block.matrix.tocsc()
        self._small: dict[tuple[int, ...], _Small] = {}
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
        self.links = np.zeros(0, dtype=np.int64)
        if block.links is not None:
            columns = (np.arange(k)[:, None] * block.matrix.shape[1] + self.free).ravel()
            ties = block.links.matrix[:, columns].tocsr()
            told = self.suppressed[block.links.cells].any(axis=1)
            self.links = np.flatnonzero((np.diff(ties.indptr) > 0) & told)
            parts.append(ties[self.links])
            lower.append(block.links.low[self.links])
            upper.append(block.links.high[self.links])
        self.matrix = sparse.vstack(parts, format="csr")
        self.matrix.eliminate_zeros()
        self.row_lower, self.row_upper = np.concatenate(lower), np.concatenate(upper)
        self.lower = -block.values[self.free].T.ravel().astype(float)
        self.upper = block.ceiling[self.free].T.ravel().astype(float)
        self.place = np.full(block.matrix.shape[1], -1)
        self.place[self.free] = np.arange(n)

    def inside(self, demand: Demand) -> np.ndarray:
        """Which free base variables are part of what a demand is about."""
        places: np.ndarray = self.place[demand.base]
        return places[places >= 0]

    def _sum(self, demand: Demand) -> np.ndarray:
        """The columns that add up to what a demand is about."""
        inside = self.inside(demand)
        return np.concatenate([m * len(self.free) + inside for m, w in enumerate(demand.weights) if w]).astype(np.int32)

    def find(self, demand: Demand, insider: Insider | None = None, *, together: bool = True) -> np.ndarray | None:
        """Give deviations (base x measures) that meet a demand and are small, or None when it cannot be met.

        `together`: by several measures at once too; else by one while the others stay, or not at all.
        """
        return next((found for _, found in self.ways(demand, insider, together=together)), None)

    def ways(
        self, demand: Demand, insider: Insider | None = None, *, together: bool = True
    ) -> Iterator[tuple[tuple[int, ...], np.ndarray]]:
        """In which measures a demand can be met, each with a deviation: one by itself, or all when none can."""
        if not len(self.free):
            return
        lower, upper = self.bounds_of(insider)
        every, found = tuple(range(len(demand.weights))), False
        # one measure by itself is mostly enough, and found much sooner
        for measures in dict.fromkeys([*((m,) for m in every if demand.weights[m]), *([every] if together else [])]):
            if found and measures == every:
                return
            if (deviation := self._program(measures).find(demand, lower, upper)) is not None:
                found = True
                yield measures, deviation

    def can_meet(self, demand: Demand, insider: Insider | None = None) -> bool:
        """Whether a demand can be met at all: by all measures together, which is all that can be."""
        if not len(self.free):
            return False
        together = self._program(tuple(range(len(demand.weights))))
        return together.find(demand, *self.bounds_of(insider)) is not None

    def _program(self, measures: tuple[int, ...]) -> "_Small":
        if measures not in self._small:
            self._small[measures] = _Small(self, measures)
        return self._small[measures]

    def nearest(self, demand: Demand, insider: Insider | None = None) -> float:
        """How far a sum can deviate in the wanted direction, at most what the demand asks."""
        if not len(self.inside(demand)):
            return 0.0
        return self._elastic.lack(demand, *self.bounds_of(insider))

    @cached_property
    def short(self) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
        """The rows of `matrix` written as short as they can be, with their bounds: they leave the same free."""
        k, first = len(self.block.maten.basis), len(self.block.maten.basis) * len(self.rows)
        known = shorten(self.block.matrix[:, self.free].tocsr()[self.rows])
        matrix = sparse.vstack([sparse.kron(sparse.eye(k), known), self.matrix[first:]], format="csr")
        zeros = np.zeros(k * known.shape[0])
        return matrix, *(np.concatenate([zeros, ends[first:]]) for ends in (self.row_lower, self.row_upper))

    @cached_property
    def _elastic(self) -> "_Small":
        return _Small(self, tuple(range(len(self.block.maten.basis))))

    @cached_property
    def _large(self) -> highspy.Highs:
        return make_solver(self.matrix, self.lower, self.upper, self.row_lower, self.row_upper)

    def reach(self, demand: Demand, insider: Insider | None = None) -> tuple[float, Proof]:
        """How far a sum can deviate in the wanted direction, and the proof that it is not further: of one year."""
        assert self.block.links is None
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

    def bounds_of(self, insider: Insider | None) -> tuple[np.ndarray, np.ndarray]:
        """How far every column can go down and up, as an insider sees it."""
        columns, *seen = self._known(insider)
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns], upper[columns] = seen
        return lower, upper

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


class _Small:
    """Small deviations of some of the measures, while the others stay: up and down apart, both from 0.

    It starts at the truth and moves little. The sum that a demand is about is the last row.
    """

    def __init__(self, attacker: Attacker, measures: tuple[int, ...]) -> None:
        # it does not keep who keeps it: each holds a program of HiGHS, that must go as soon as nobody asks anything
        self.attacker, self.measures = weakref.proxy(attacker), measures
        n = len(attacker.free)
        self.columns = np.concatenate([m * n + np.arange(n) for m in measures])
        matrix, row_lower, row_upper = attacker.short
        matrix = matrix[:, self.columns]
        size = np.diff(matrix.indptr)
        # a row of one variable bounds that variable
        single = np.flatnonzero(size == 1)
        self.place = matrix.indices[matrix.indptr[single]]
        ends = np.stack([row_lower[single], row_upper[single]]) / matrix.data[matrix.indptr[single]]
        self.ends = np.sort(ends, axis=0)
        # what is open stays; what only bounds comes later
        stays = row_lower == row_upper
        rows, later = np.flatnonzero((size > 1) & stays), np.flatnonzero((size > 1) & ~stays)
        self.later = Later(matrix[later], row_lower[later], row_upper[later])
        both = sparse.hstack([matrix[rows], -matrix[rows]], format="csr")
        self.rows, self.width = len(rows), 2 * len(self.columns)
        zeros = np.zeros(self.width)
        self.solver = make_solver(both, zeros, zeros, row_lower[rows], row_upper[rows])
        self.numbers = np.arange(self.width, dtype=np.int32)
        cost = np.tile(attacker.weights[attacker.free], 2 * len(measures))
        self.solver.changeColsCost(self.width, self.numbers, cost)
        # every start is the truth, at which no cost can be saved: the dual method needs a few steps only
        self.solver.setOptionValue("simplex_strategy", 1)

    def find(self, demand: Demand, lower: np.ndarray, upper: np.ndarray) -> np.ndarray | None:
        """Meet a demand while every base variable (all measures) stays within its bounds; None when that cannot be."""
        attacker, solver, n = self.attacker, self.solver, len(self.attacker.free)
        self._ask(demand, lower, upper)
        more = 0
        while True:
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                moved = None
                break
            moved = self._moved()
            if not (added := self.later.add_broken(solver, moved)):
                break
            more += added
        self._forget(more)
        if moved is None:
            return None
        deviation = np.zeros((attacker.block.matrix.shape[1], len(attacker.block.maten.basis)))
        deviation[np.ix_(attacker.free, np.array(self.measures))] = moved.reshape(len(self.measures), n).T
        deviation[np.abs(deviation) < HAIR] = 0
        return deviation

    def _ask(self, demand: Demand, lower: np.ndarray, upper: np.ndarray) -> None:
        """Start at the truth, with the sum of the demand as the last row."""
        attacker, solver = self.attacker, self.solver
        low, high = lower[self.columns], upper[self.columns]
        np.maximum.at(low, self.place, self.ends[0])
        np.minimum.at(high, self.place, self.ends[1])
        solver.changeColsBounds(self.width, self.numbers, np.zeros(self.width), np.concatenate([high, -low]))
        n, inside = len(attacker.free), attacker.inside(demand)
        sums = np.concatenate([i * n + inside for i, m in enumerate(self.measures) if demand.weights[m]])
        place = np.concatenate([sums, sums + len(self.columns)]).astype(np.int32)
        ends = (demand.level, INF) if demand.sign > 0 else (-INF, -demand.level)
        solver.addRow(*ends, len(place), place, np.repeat([1.0, -1.0], len(sums)))
        solver.setBasis()

    def lack(self, demand: Demand, lower: np.ndarray, upper: np.ndarray) -> float:
        """How far the sum comes when it is allowed to fall short, and nothing else counts."""
        solver = self.solver
        solver.changeColsCost(self.width, self.numbers, np.zeros(self.width))
        self._ask(demand, lower, upper)
        solver.addCol(1.0, 0.0, INF, 1, np.array([self.rows], dtype=np.int32), np.array([float(demand.sign)]))
        run(solver)
        more = 0
        while added := self.later.add_broken(solver, self._moved()):
            more += added
            run(solver)
        short = float(solver.getInfo().objective_function_value)
        solver.deleteCols(1, np.array([self.width], dtype=np.int32))
        self._forget(more)
        return demand.level - short

    def _moved(self) -> np.ndarray:
        """How far each column moves in what was found."""
        values, size = np.array(self.solver.getSolution().col_value), len(self.columns)
        moved: np.ndarray = values[:size] - values[size : 2 * size]
        return moved

    def _forget(self, more: int) -> None:
        """Take off the row of the demand; `more`: rows that came after it, and stay."""
        self.solver.deleteRows(1, np.array([self.rows], dtype=np.int32))
        self.rows += more


def shorten(known: sparse.csr_matrix) -> sparse.csr_matrix:
    """Rows of which each is 0, with what a row of theirs says already left out: a province less its gemeenten.

    What is left is a fifth of it, and says the same: each row is written as itself less rows that stay.
    """
    size = np.diff(known.indptr)
    plain = known.copy()
    # a row with a minus is a difference, which holds no other
    plain.data = np.where(np.repeat(np.minimum.reduceat(known.data, known.indptr[:-1]), size) > 0, known.data, 0.0)
    shared = (plain @ plain.T).tocoo()
    inside = (shared.data == size[shared.col]) & (size[shared.col] < size[shared.row])
    holder, held = shared.row[inside], shared.col[inside]
    # the largest that it holds first; of as large ones always the same
    order = np.lexsort((held, -size[held], holder))
    holder, held = holder[order], held[order]
    start = np.searchsorted(holder, np.arange(len(size) + 1))
    members = [known.indices[a:b] for a, b in pairwise(known.indptr)]
    data, indices, indptr = [], [], [0]
    for r, (a, b) in enumerate(pairwise(start)):
        here, values = members[r], known.data[known.indptr[r] : known.indptr[r + 1]]
        if a < b:
            left = set(here.tolist())
            for h in held[a:b]:
                if size[h] <= len(left) and left.issuperset(own := members[h].tolist()):
                    left.difference_update(own)
            here = np.array(sorted(left), dtype=here.dtype)
            values = np.ones(len(here))
        if len(here):
            indices.append(here)
            data.append(values)
            indptr.append(indptr[-1] + len(here))
    flat = (np.concatenate([np.zeros(0), *data]), np.concatenate([np.zeros(0, dtype=known.indices.dtype), *indices]))
    return sparse.csr_matrix((*flat, indptr), shape=(len(indptr) - 1, known.shape[1]))
