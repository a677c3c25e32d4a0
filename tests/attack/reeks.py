"""The attacker of these tests with all years before it at once: one program, in which each year tells of the next.

What is withheld in two years beside each other is not known in either, yet it does not move by more than the margin
between them. So what follows of a year, exactly or nearly, counts in the years beside it, and in those beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import Cel

from .aanvaller import FIGUREN, Aanvaller, Doel, Register, Vondst, attack_as, shown_of
from .programma import TOLERANCE, Programma


class Reeks:
    """All years of a register in one program. gepubliceerd: jaar, regio, uitsplitsing, waarde (missing: withheld)."""

    def __init__(
        self,
        bijdragen: pd.DataFrame,
        cellen: Mapping[int, Sequence[Cel]],
        gepubliceerd: pd.DataFrame,
        regels: Parameters,
    ) -> None:
        self.register, self.regels = Register(bijdragen, cellen, regels), regels
        self.jaren = {
            jaar: Aanvaller(gegevens, shown_of(jaar, gepubliceerd), (), regels)
            for jaar, gegevens in self.register.jaren.items()
        }
        widths = [3 * len(a.gegevens.basis) for a in self.jaren.values()]
        self.start = dict(zip(self.jaren, np.cumsum([0, *widths[:-1]]).tolist(), strict=True))
        parts = [a.rows for a in self.jaren.values()]
        between = [self._between(jaar, jaar + 1, sum(widths)) for jaar in self.jaren if jaar + 1 in self.jaren]
        matrix = sparse.vstack([sparse.block_diag([m for m, _, _ in parts]), *(m for m, _ in between)], format="csr")
        self.programma = Programma(
            matrix,
            np.concatenate([*(low for _, low, _ in parts), *(np.full(m.shape[0], -np.inf) for m, _ in between)]),
            np.concatenate([*(high for _, _, high in parts), *(high for _, high in between)]),
            np.concatenate([a.gegevens.waarheid.T.ravel() for a in self.jaren.values()]),
            inside=True,
        )

    def _between(self, one: int, two: int, width: int) -> tuple[sparse.csr_matrix, np.ndarray]:
        """Neither of two years has more of a figure than the other has and the margin, where that is so."""
        factor = 1 + self.regels.jaarmarge / 100
        a, b = self.jaren[one].gegevens, self.jaren[two].gegevens
        place = {(c.regio, c.uitsplitsing): i for i, c in enumerate(b.cellen)}
        pairs = [(n, place[key]) for n, c in enumerate(a.cellen) if (key := (c.regio, c.uitsplitsing)) in place]
        here, there = np.array(pairs, dtype=int).reshape(-1, 2).T
        rows = []
        for maat, weights in FIGUREN.items():
            x, y = a.figuur(maat)[here], b.figuur(maat)[there]
            right = (x <= factor * y + TOLERANCE) & (y <= factor * x + TOLERANCE)
            first, second = (
                sparse.hstack([w * g.inhoud[own[right]] for w in weights]) for g, own in ((a, here), (b, there))
            )
            for mine, other in (((1, first), (-factor, second)), ((-factor, first), (1, second))):
                parts = [(self.start[one], mine), (self.start[two], other)]
                rows.append(sum(_moved(sign * m, at, width) for at, (sign, m) in parts))
        matrix = sparse.vstack(rows, format="csr")
        return matrix, np.zeros(matrix.shape[0])

    def interval(self, jaar: int, doel: Doel, knows: Mapping[int, tuple[float, float]] | None = None):
        """Smallest and largest value of a figure of a year, no further off than is asked of it and as far again."""
        return self.programma.interval(self.start[jaar] + self.jaren[jaar].columns_of(doel), knows, 2.0 * doel.vereist)

    def attack(self, jaren: Sequence[int] | None = None, *, ingewijden: bool = False) -> Iterator[Vondst]:
        """Every unsafe figure of published cells that is known too well: by an outsider, or else by an enterprise.

        Of its own figures an enterprise uses those of the year itself.
        """
        for jaar in jaren or self.jaren:
            yield from attack_as(jaar, _Jaar(self, jaar), self.register.doelen[jaar], ingewijden=ingewijden)


class _Jaar:
    """A year of the series, as `attack_as` takes it."""

    def __init__(self, reeks: Reeks, jaar: int) -> None:
        self.reeks, self.jaar, self.regels = reeks, jaar, reeks.regels
        self.gegevens = reeks.register.jaren[jaar]

    def interval(self, doel: Doel, knows: Mapping[int, tuple[float, float]] | None = None) -> tuple[float, float]:
        start = self.reeks.start[self.jaar]
        own = {start + column: bounds for column, bounds in (knows or {}).items()}
        return self.reeks.interval(self.jaar, doel, own)

    def insiders(self) -> dict[int, dict[int, tuple[float, float]]]:
        start, width = self.reeks.start[self.jaar], 3 * len(self.gegevens.basis)
        return self.reeks.jaren[self.jaar].insiders(self.reeks.programma.free[start : start + width])


def _moved(matrix: sparse.spmatrix, at: int, width: int) -> sparse.csr_matrix:
    """The same columns, further on in a program of this width."""
    coo = matrix.tocoo()
    return sparse.csr_matrix((coo.data, (coo.row, coo.col + at)), shape=(coo.shape[0], width))
