"""Chance without a state: a number follows from its keys alone, so a table is the same whichever is asked for first."""

from __future__ import annotations

import hashlib
import math

import numpy as np
import numpy.typing as npt

Veld = npt.NDArray[np.float64]  # municipality x time


def key(*parts: object) -> np.uint64:
    """Give a number that depends on the parts alone, in every process and version of Python."""
    digest = hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def _mix(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    # the finaliser of splitmix64: every bit of the key changes half of the bits of the result
    with np.errstate(over="ignore"):
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


def uniform(seed: np.uint64, *keys: npt.NDArray[np.uint64]) -> Veld:
    """Give numbers in [0, 1), one for each combination of the keys (which broadcast)."""
    state = np.asarray(seed)
    for k in keys:
        with np.errstate(over="ignore"):
            state = _mix(state + k * np.uint64(0x9E3779B97F4A7C15) + np.uint64(1))
    return (state >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def normal(name: str, *keys: npt.NDArray[np.uint64]) -> Veld:
    """Give numbers around 0 with deviation 1, within three and a half."""
    total = sum(uniform(key(name, i), *keys) for i in range(4))
    return (np.asarray(total) - 2) * math.sqrt(3)
