"""The ground of a map: the shapes of the municipalities, by their boundaries or as tiles, and where a name has room."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path as Lijnstuk
from numpy.typing import NDArray

from reports.grenzen import Grenzen, Ring
from reports.model import Regio

# About 140 to 220 metres: less than a pixel in a map of 250.
VEREENVOUDIGING = 0.002
MINSTENS = 4
Punten = NDArray[np.float64]


@dataclass(frozen=True)
class Vorm:
    """A municipality in a map: its closed outlines, the largest first, in the units of the map, y upwards."""

    ringen: tuple[Punten, ...]


@dataclass(frozen=True)
class Ondergrond:
    """The map without figures: a shape by municipality code, and its width and height in its own units."""

    vormen: dict[str, Vorm]
    breed: float
    hoog: float
    tegels: bool


def make_ondergrond(
    grenzen: Grenzen | None, gemeenten: Sequence[Regio], tegels: Sequence[Sequence[str]] = ()
) -> Ondergrond | None:
    """The shapes of the municipalities; None where one of them has neither a boundary nor a tile.

    `tegels`: rows of codes from north to south, so that neighbours and the areas of COROP stay together.
    """
    codes = [g.code for g in gemeenten]
    if grenzen is not None and codes and set(codes) <= set(grenzen.vlakken):
        return _from_grenzen({code: grenzen.vlakken[code] for code in codes})
    plaatsen = {code: (x, y) for y, row in enumerate(reversed(tegels)) for x, code in enumerate(row)}
    if not codes or not set(codes) <= set(plaatsen):
        return None
    corners = np.array([(0.03, 0.03), (0.97, 0.03), (0.97, 0.97), (0.03, 0.97), (0.03, 0.03)])
    vormen = {code: Vorm((corners + np.array(plaatsen[code]),)) for code in codes}
    return Ondergrond(vormen, float(max(map(len, tegels))), float(len(tegels)), tegels=True)


def _from_grenzen(vlakken: dict[str, tuple[Ring, ...]]) -> Ondergrond:
    """Degrees to a flat map: a degree of longitude is shorter than one of latitude, by the cosine of the latitude."""
    everything = np.concatenate([np.array(r) for rings in vlakken.values() for r in rings])
    low, high = everything.min(axis=0), everything.max(axis=0)
    scale = np.array([math.cos(math.radians(float(low[1] + high[1]) / 2)), 1.0])
    vormen = {}
    for code, rings in vlakken.items():
        flat = [(simplify(np.array(r), VEREENVOUDIGING) - low) * scale for r in rings]
        flat.sort(key=area, reverse=True)
        vormen[code] = Vorm(tuple(flat))
    breed, hoog = (high - low) * scale
    return Ondergrond(vormen, float(breed), float(hoog), tegels=False)


def area(ring: Punten) -> float:
    """The area within a closed ring."""
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def simplify(ring: Punten, tolerance: float) -> Punten:
    """Leave out points of a closed ring that lie within `tolerance` of the line without them (Douglas-Peucker).

    At least a triangle stays. Starts at the lowest leftmost point, so that the same ring gives the same points.
    """
    points = ring[:-1] if np.array_equal(ring[0], ring[-1]) else ring
    points = np.roll(points, -int(np.lexsort(points.T[::-1])[0]), axis=0)
    closed = np.vstack([points, points[:1]])
    far = int(np.argmax(np.hypot(*(points - points[0]).T)))
    keep = np.zeros(len(closed), dtype=bool)
    keep[[0, far, -1]] = True
    todo = [(0, far), (far, len(closed) - 1)]
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        along = closed[b] - closed[a]
        aside = closed[a + 1 : b] - closed[a]
        distance = np.abs(along[0] * aside[:, 1] - along[1] * aside[:, 0]) / max(float(np.hypot(*along)), 1e-12)
        n = int(np.argmax(distance))
        if distance[n] > tolerance:
            keep[a + 1 + n] = True
            todo += [(a, a + 1 + n), (a + 1 + n, b)]
    return closed[keep] if keep.sum() >= MINSTENS else closed


def find_plek(
    ring: Punten, squeeze: float, free: Callable[[tuple[float, float]], bool] = lambda _: True
) -> tuple[float, float]:
    """The place in a ring with most room for a label, whose height is `squeeze` times its width.

    Of the places with room, the best that is `free`; where none is, the best.
    """
    low, high = ring.min(axis=0), ring.max(axis=0)
    steps = (np.arange(31) + 0.5) / 31
    grid = np.array([(x, y) for y in low[1] + steps * (high[1] - low[1]) for x in low[0] + steps * (high[0] - low[0])])
    inside = grid[Lijnstuk(ring).contains_points(grid)]
    if not len(inside):
        x, y = ring[:-1].mean(axis=0)
        return float(x), float(y)
    shape = np.array([squeeze, 1.0])
    begin, along = ring[:-1] * shape, np.diff(ring, axis=0) * shape
    aside = inside[:, None, :] * shape - begin[None, :, :]
    share = np.clip((aside * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-18), 0, 1)
    room = np.hypot(*np.moveaxis(aside - share[:, :, None] * along, 2, 0)).min(axis=1)
    best = np.argsort(-np.round(room, 9), kind="stable")
    places = [(float(x), float(y)) for x, y in inside[best]]
    return next((p for p, r in zip(places, room[best], strict=True) if r > room.max() / 3 and free(p)), places[0])
