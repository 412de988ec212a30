"""How alike two rankings are: Kendall's tau-b, Spearman's rho, weighted tau and WS, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from stationeval.analysis.sampling import generator

Floats: TypeAlias = npt.NDArray[np.float64]

MEASURES = ("kendall_tau_b", "spearman", "weighted_tau", "ws")
FEWEST = 3
"""Two stations can only agree or disagree; below three no measure says anything."""
ROWS, CELLS = 512, 2**20
"""How many rows of pairs, and cells of stations by draws, are worked on at a time."""


@dataclass(frozen=True, slots=True)
class Alike:
    """One measure of likeness with its bootstrap interval.

    Attributes
    ----------
    value
        From -1 to 1 (WS: from 0 to 1).
    low, high
        The percentile interval; None where less than half of the draws had a value.
    usable
        How many draws had a value: one that happens to draw equal totals alone has none.
    """

    value: float
    low: float | None
    high: float | None
    usable: int


def similarity(x: Floats, y: Floats, *, draws: int, seed: int, level: float) -> dict[str, Alike] | None:
    """Every measure between two columns of totals of the same stations, the more the better.

    Bootstrap draws resample the stations. All four measures come from sums over pairs of stations weighted by how often
    each was drawn; the sums are of whole numbers, exact in float32, so that the result is the same for any number of
    threads.

    Parameters
    ----------
    x, y
        Totals, shape (stations,); `x` is the reference of WS, which weighs the top of that ranking most.
    draws, seed
        How many resamples, and the seed of numpy's `Generator`.
    level
        The level of the interval, between 0 and 1.

    Returns
    -------
    dict of str to Alike or None
        By `MEASURES`; None where there are fewer than three stations, or all of one side are equal.

    References
    ----------
    Kendall (1945), The treatment of ties in ranking problems. Vigna (2015), A weighted correlation index for rankings
    with ties (additive hyperbolic weights, mean of both orders). Sałabun & Urbaniak (2020), A new coefficient of
    rankings similarity in decision-making problems, LNCS 12138.

    Examples
    --------
    >>> first, second = np.array([5.0, 4, 3, 2, 1]), np.array([5.0, 3, 4, 2, 1])
    >>> found = similarity(first, second, draws=100, seed=0, level=0.95)
    >>> round(found["spearman"].value, 4), round(found["ws"].value, 4)
    (0.9, 0.8542)
    """
    n = len(x)
    if n < FEWEST or len(np.unique(x)) < 2 or len(np.unique(y)) < 2:
        return None
    picks = generator(seed).integers(0, n, (draws, n))
    counts = np.ones((n, draws + 1), dtype=np.float32)
    for k in range(draws):
        counts[:, k + 1] = np.bincount(picks[k], minlength=n)
    width = max(CELLS // n, 1)
    blocks = [list(_measures(x, y, counts[:, k : k + width])) for k in range(0, draws + 1, width)]
    found = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    return {name: _alike(values, level) for name, values in zip(MEASURES, found, strict=True)}


def _alike(values: Floats, level: float) -> Alike:
    drawn = values[1:]
    usable = drawn[np.isfinite(drawn)]
    if 2 * len(usable) < max(len(drawn), 1):
        return Alike(float(values[0]), None, None, len(usable))
    low, high = np.quantile(usable, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Alike(float(values[0]), low, high, len(usable))


def _measures(x: Floats, y: Floats, counts: npt.NDArray[np.float32]) -> Iterator[Floats]:
    """Each measure for each column of counts (how often each station was drawn), shape (columns,)."""
    n = len(x)
    products = np.empty((5, *counts.shape), dtype=np.float64)
    for start in range(0, n, ROWS):
        part = slice(start, start + ROWS)
        above_x, above_y = (np.sign(v[part, None] - v[None, :]).astype(np.float32) for v in (x, y))
        for k, signs in enumerate((above_x, above_y, above_x * above_y, np.abs(above_x), np.abs(above_y))):
            products[k, part] = signs @ counts
    margin_x, margin_y, both, untied_x, untied_y = (products[k] for k in range(5))
    c = counts.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        yield _ratio(both, untied_x, untied_y, c)
        rank_x, rank_y = (n + 1 - margin_x) / 2, (n + 1 - margin_y) / 2
        middle = (n + 1) / 2
        from_x, from_y = rank_x - middle, rank_y - middle
        yield _ratio(from_x * from_y, from_x * from_x, from_y * from_y, c)
        hyperbolic = [_hyperbolic(np.lexsort(keys), c) for keys in ((-y, -x), (-x, -y))]
        yield sum((_ratio(both, untied_x, untied_y, h) for h in hyperbolic), np.zeros(c.shape[1])) / 2
        furthest = np.maximum(rank_x - 1, n - rank_x)
        yield 1 - (c * np.exp2(-rank_x) * np.abs(rank_x - rank_y) / furthest).sum(axis=0)


def _ratio(both: Floats, one: Floats, other: Floats, weights: Floats) -> Floats:
    """A sum of products over the root of both sums of squares; NaN where one side never differs."""
    top, left, right = ((weights * each).sum(axis=0) for each in (both, one, other))
    return np.asarray(np.clip(top / np.sqrt(left * right), -1.0, 1.0), dtype=np.float64)


def _hyperbolic(order: npt.NDArray[np.intp], counts: Floats) -> Floats:
    """For each station the sum of 1 / place over the places that its copies take in an order."""
    n = len(order)
    harmonic = np.concatenate(([0.0], np.cumsum(1 / np.arange(1, n + 1))))
    ends = np.cumsum(counts[order], axis=0).astype(np.int64)
    starts = ends - counts[order].astype(np.int64)
    weights = np.empty_like(counts)
    weights[order] = harmonic[ends] - harmonic[starts]
    return weights
