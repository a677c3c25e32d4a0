"""Rows of one width that become more."""

import numpy as np


class Rows:
    """Rows that grow without being copied each time."""

    def __init__(self, width: int, type_: type) -> None:
        self._held: np.ndarray = np.zeros((64, width), dtype=type_)
        self._count = 0

    @property
    def rows(self) -> np.ndarray:
        """All rows so far."""
        return self._held[: self._count]

    def add(self, rows: np.ndarray) -> None:
        """Put rows below."""
        end = self._count + len(rows)
        if end > len(self._held):
            more = np.zeros((max(len(self._held), len(rows)), self._held.shape[1]), dtype=self._held.dtype)
            self._held = np.concatenate([self._held, more])
        self._held[self._count : end] = rows
        self._count = end
