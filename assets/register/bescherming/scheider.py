"""Against a pattern of parts of cells: why it is not enough, measure by measure."""

from collections.abc import Mapping

import numpy as np

from assets.register.bescherming.oplosser import make_solver, run
from assets.register.bescherming.programma import HAIR, Block, Demand, Insider, Proof


class Separator:
    """Finds proofs against a fractional pattern: a cell that is suppressed for a half deviates half as far.

    Each base measure is a system of its own here, without the rules that tie them: a proof holds without them too, and
    what they add is found by `Attacker`, against a whole pattern.

    A cell that holds one base variable bounds that variable and needs no row. That leaves two thirds of the rows, in
    programs that take a few steps each.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        matrix, size = block.matrix, np.diff(block.matrix.indptr)
        single = np.flatnonzero(size[: block.cells] == 1)
        self.columns, first = np.unique(matrix.indices[matrix.indptr[single]], return_index=True)
        self.single = single[first]
        self.kept = np.setdiff1d(np.flatnonzero(size), self.single)
        self.cells = self.kept[self.kept < block.cells]
        self.rows, self.numbers = np.arange(len(self.cells), dtype=np.int32), np.arange(matrix.shape[1], dtype=np.int32)
        zeros = np.zeros(len(self.kept))
        self.solvers = {
            m: make_solver(matrix[self.kept], block.lower[:, m], block.ceiling[:, m], zeros, zeros)
            for m in range(len(block.maten.basis))
            if any(w[m] for w in block.maten.gevoelig.values())
        }
        # measured: a tenth sooner, for these programs of a few steps each
        for solver in self.solvers.values():
            solver.setOptionValue("simplex_scale_strategy", 0)
            solver.setOptionValue("simplex_primal_edge_weight_strategy", 1)

    def separate(self, pattern: np.ndarray, demand: Demand, insider: Insider | None = None) -> Proof | None:
        """Give a proof that this (fractional) pattern is not enough, if there is one."""
        columns = demand.base.astype(np.int32)
        cost, nothing = np.full(len(columns), -float(demand.sign)), np.zeros(len(columns))
        tied: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        far = 0.0
        for m, solver in self.solvers.items():
            if not demand.weights[m]:
                continue
            tied[m] = self._bind(m, pattern, demand.level, insider)
            solver.changeColsCost(len(columns), columns, cost)
            run(solver)
            far -= solver.getInfo().objective_function_value
        proof = self._prove(demand, tied) if far < demand.level - HAIR else None
        for m in tied:
            self.solvers[m].changeColsCost(len(columns), columns, nothing)
        return proof

    def _bind(
        self, m: int, pattern: np.ndarray, level: float, insider: Insider | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Set how far everything can go. Which base variables a cell of their own holds: below, above."""
        solver = self.solvers[m]
        down, up = (np.minimum(room[:, m], level) * pattern for room in self.block.room)
        solver.changeRowsBounds(len(self.cells), self.rows, -down[self.cells], up[self.cells])  # type: ignore[attr-defined]
        lower, upper = self.block.lower[:, m].copy(), self.block.ceiling[:, m].copy()
        if insider is not None:
            lower[insider.fixed] = upper[insider.fixed] = 0
            lower[insider.part] += insider.own[:, m]
        low, high = -down[self.single], up[self.single]
        below, above = low >= lower[self.columns], high <= upper[self.columns]
        lower[self.columns[below]], upper[self.columns[above]] = low[below], high[above]
        solver.changeColsBounds(len(lower), self.numbers, lower, upper)
        return below, above

    def _prove(self, demand: Demand, tied: Mapping[int, tuple[np.ndarray, np.ndarray]]) -> Proof:
        """Turn the duals into a proof; where a cell is what holds its base variable, the dual is that of the cell."""
        block = self.block
        proven = np.zeros((block.matrix.shape[0], len(block.maten.basis)))
        for m, (below, above) in tied.items():
            solution = self.solvers[m].getSolution()
            proven[self.kept, m] = solution.row_dual
            own = np.array(solution.col_dual)[self.columns]
            proven[self.single, m] = np.where((own > 0) & below | (own < 0) & above, own, 0)
        proven[np.abs(proven) < HAIR] = 0
        return Proof(demand, proven, np.zeros(block.band_low.shape), np.zeros(block.bounds.shape))
