"""How often each station holds each rank: one packed sort a draw, in blocks that fit the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from stationeval.analysis.polytope import Floats, Ints, Polytope

LEVEL = 1 << 13
"""Values between 1 and 2 that are nearer than so many steps of 2⁻⁵² are level: about 2e-12 of the whole range."""

CELLS = 1 << 20
"""How many values of stations by draws are worked on at a time."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Stations that no admissible weights tell apart, as one: `first` of each group, `group` of each station, sizes."""

    first: Ints
    group: Ints
    sizes: Ints


def groups_of(whole: Floats, polytope: Polytope) -> Groups:
    """The groups of level stations; `whole` has shape (stations, k)."""
    seen = whole
    if polytope.constraints:
        ways = polytope.extremes - polytope.centre
        _, values, right = np.linalg.svd(ways, full_matrices=False)
        basis = right[values > 1e-9]
        seen = whole @ np.vstack([polytope.centre, basis]).T
    seen = np.round(seen / max(float(np.abs(seen).max(initial=0.0)), 1e-300), 12) + 0.0
    if len(np.unique(seen[:, 0])) == len(seen):
        every = np.arange(len(seen))
        return Groups(every, every, np.ones(len(seen), dtype=np.int64))
    _, first, group, sizes = np.unique(seen, axis=0, return_index=True, return_inverse=True, return_counts=True)
    return Groups(first, group.reshape(-1), sizes)


def blocks(draws: int, stations: int) -> Iterator[slice]:
    """Blocks of draws."""
    size = max(1, CELLS // max(stations, 1))
    for start in range(0, draws, size):
        yield slice(start, min(start + size, draws))


def bits(stations: int) -> int:
    """How many of the last bits of a value name its station."""
    return max(1, (stations - 1).bit_length())


class Counter:
    """Counts ranks of groups of level stations over blocks of draws."""

    def __init__(self, sizes: Ints) -> None:
        self.sizes = sizes
        self.alone = bool((sizes == 1).all())
        self.n = int(sizes.sum())
        self.bits = bits(len(sizes))
        self.counts: Ints = np.zeros(len(sizes) * self.n, dtype=np.int64)
        self._gaps: Ints = np.empty(0, dtype=np.int64)

    def add(self, values: Floats) -> Ints:
        """Count a block of values in [1, 2], least first, shape (draws, groups); returns who is first in each draw.

        The values are overwritten: the last bits of each name its group, and one sort of whole numbers ranks them.
        What is level shares the better rank.
        """
        keys = values.view(np.int64)
        mask = (1 << self.bits) - 1
        keys &= ~mask
        keys |= np.arange(keys.shape[1])
        keys.sort(axis=1)
        level = self._level(keys)
        keys &= mask
        first: Ints = keys[:, 0].copy()
        if self.alone:
            places: Ints = np.broadcast_to(np.arange(self.n), keys.shape)
        else:
            sizes = self.sizes[keys]
            places = np.cumsum(sizes, axis=1) - sizes
        if level is not None:
            rows, same = level
            shared = np.where(same, 0, places[rows])
            places = places.copy()
            places[rows] = np.maximum.accumulate(shared, axis=1)
        keys *= self.n
        keys += places
        self.counts += np.bincount(keys.ravel(), minlength=len(self.counts))
        return first

    def _level(self, keys: Ints) -> tuple[Ints, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]] | None:
        """The draws in which neighbours are level, and where they are."""
        if keys.shape[1] == 1:
            return None
        near = max(LEVEL, 3 << self.bits)
        flat = keys.reshape(-1)
        if len(self._gaps) < len(flat):
            self._gaps = np.empty(len(flat), dtype=np.int64)
        np.subtract(flat[1:], flat[:-1], out=self._gaps[: len(flat) - 1])
        gaps = self._gaps[: len(flat)].reshape(keys.shape)
        gaps[:, -1] = near
        if int(gaps.min()) >= near:
            return None
        close = gaps[:, :-1] < near
        rows = np.flatnonzero(close.any(axis=1))
        same = np.zeros((len(rows), keys.shape[1]), dtype=np.bool_)
        same[:, 1:] = close[rows]
        return rows, same

    @property
    def table(self) -> Ints:
        """How often each group held each rank, shape (groups, stations)."""
        return self.counts.reshape(len(self.sizes), self.n)


def scaled(low: float, high: float) -> tuple[float, float]:
    """The line that takes the best value to 1 and the worst to 2: value · slope + start."""
    width = high - low
    return (0.0, 1.0) if width <= 0.0 else (-1.0 / width, 1.0 + high / width)


def count_ranks(
    weights: Floats, whole: Floats, sizes: Ints, each: Callable[[slice, Ints], None] | None = None
) -> Counter:
    """Rank counts over draws of weights, shape (draws, k), for `whole`, shape (groups, k).

    `each` is called with every block and who was first in it.
    """
    counter = Counter(sizes)
    slope, start = scaled(float(whole.min()), float(whole.max()))
    columns = np.ascontiguousarray((whole * slope + start).T)
    values = np.empty((0, len(whole)))
    for part in blocks(len(weights), len(whole)):
        count = part.stop - part.start
        values = values if count <= len(values) else np.empty((count, len(whole)))
        first = counter.add(np.matmul(weights[part], columns, out=values[:count]))
        if each is not None:
            each(part, first)
    return counter
