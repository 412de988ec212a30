"""Weights drawn evenly from their polytope, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stationeval.analysis.polytope import SLACK, Block, Floats, Polytope
from stationeval.errors import InputError, Problem

REJECT = 0.02
"""Where fewer trials than this fall inside, draws come from a walk instead."""

WALKERS = 512
TRIES = 4096


@dataclass(frozen=True, eq=False)
class Draws:
    """Weights, shape (draws, k), and how they were drawn."""

    weights: Floats
    method: str


def sample(polytope: Polytope, draws: int, *, seed: int) -> Draws:
    """Weights drawn evenly from a polytope.

    Simplices by exponential spacings; an order by sorting; bounds by shifting the lower ones away and rejecting; what
    is left, and bounds that reject nearly all, by a hit-and-run walk of many walkers at once.

    Parameters
    ----------
    polytope
        The admissible weights.
    draws
        How many, at least 1.
    seed
        Of a numpy `Generator`; 0 is a seed.

    References
    ----------
    Devroye, L. (1986). Non-Uniform Random Variate Generation, ch. V (spacings). Smith, R. L. (1984). Efficient Monte
    Carlo procedures for generating points uniformly distributed over bounded regions. Operations Research 32.

    Examples
    --------
    >>> found = sample(Polytope(("a", "b")), 4, seed=0)
    >>> found.weights.shape, found.method
    ((4, 2), 'exponential spacings')
    """
    random = generator(seed)
    if polytope.fixed:
        return Draws(np.tile(polytope.centre, (draws, 1)), "fixed")
    if polytope.blocks is None:
        return _inside(polytope, draws, random) or _walk(polytope, draws, random)
    return _from_blocks(polytope.blocks, draws, polytope.size, random)


def _inside(polytope: Polytope, draws: int, random: np.random.Generator) -> Draws | None:
    """Draws from the closed form around a polytope, those outside it rejected; None where that rejects nearly all."""
    blocks = polytope.around
    trial = _from_blocks(blocks, TRIES, polytope.size, random)
    kept = [trial.weights[polytope.holds(trial.weights, slack=SLACK)]]
    if len(kept[0]) < REJECT * TRIES:
        return None
    while sum(map(len, kept)) < draws:
        more = _from_blocks(blocks, TRIES, polytope.size, random).weights
        kept.append(more[polytope.holds(more, slack=SLACK)])
    method = trial.method if trial.method.endswith("rejection") else f"{trial.method}, rejection"
    return Draws(np.concatenate(kept)[:draws], method)


def _from_blocks(blocks: Sequence[Block], draws: int, size: int, random: np.random.Generator) -> Draws:
    if len(blocks) == 1 and not blocks[0].boxed and not blocks[0].chain:
        return Draws(_spacings(draws, size, blocks[0].total, random), "exponential spacings")
    weights = np.empty((draws, size))
    methods: list[str] = []
    for block in blocks:
        drawn, method = _from_block(block, draws, random)
        weights[:, block.index] = drawn
        methods.append(method)
    return Draws(weights, ", ".join(dict.fromkeys(method for method in methods if method)))


def generator(seed: Any, *more: int) -> np.random.Generator:
    """A numpy generator from a seed, which must be a whole number from 0.

    Raises
    ------
    InputError
        If it is none; there is no default, so that a result can be had again.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise InputError([Problem("seed-needed", value=seed)])
    return np.random.default_rng([int(seed), *more] if more else int(seed))


def _from_block(block: Block, draws: int, random: np.random.Generator) -> tuple[Floats, str]:
    size = len(block.index)
    free = block.upper - block.lower > SLACK
    if not block.boxed:
        drawn = _spacings(draws, size, block.total, random)
        if block.chain:
            drawn.sort(axis=1)
            return drawn[:, ::-1], "exponential spacings, sorted"
        return drawn, "" if size == 1 else "exponential spacings"
    weights = np.tile(block.lower, (draws, 1))
    left, count = block.total - float(block.lower.sum()), int(free.sum())
    if count == 0:
        return weights, ""
    room = (block.upper - block.lower)[free]
    if (room >= left - SLACK).all():
        weights[:, free] += _spacings(draws, count, left, random)
        return weights, "exponential spacings, shifted"
    trial = _spacings(TRIES, count, left, random)
    if float((trial <= room).all(axis=1).mean()) < REJECT:
        weights[:, free] += _walk_box(room, left, draws, random)
        return weights, _steps(count - 1)
    kept: list[Floats] = [trial[(trial <= room).all(axis=1)]]
    while sum(map(len, kept)) < draws:
        trial = _spacings(max(draws, TRIES), count, left, random)
        kept.append(trial[(trial <= room).all(axis=1)])
    weights[:, free] += np.concatenate(kept)[:draws]
    return weights, "exponential spacings, shifted, rejection"


def _spacings(draws: int, size: int, total: float, random: np.random.Generator) -> Floats:
    """Even draws from the simplex of a total: exponentials divided by their sum."""
    drawn = random.standard_exponential((draws, size))
    drawn *= total / drawn.sum(axis=1, keepdims=True)
    return drawn


# ---- hit and run ------------------------------------------------------------------------------------------------


def thinning(dimensions: int) -> tuple[int, int]:
    """How many steps a walker makes before its first draw, and between two of them."""
    return 30 * dimensions + 200, 3 * dimensions + 10


def _steps(dimensions: int) -> str:
    burn, thin = thinning(dimensions)
    return f"hit-and-run, {WALKERS} walkers, burn-in 2 × {burn}, thinning {thin}"


def _walk_box(room: Floats, left: float, draws: int, random: np.random.Generator) -> Floats:
    size = len(room)
    rows = np.vstack([-np.eye(size), np.eye(size)])
    start = room * (left / room.sum())
    return _walkers(start, rows, np.concatenate([np.zeros(size), room]), np.ones((1, size)), draws, random)


def _walk(polytope: Polytope, draws: int, random: np.random.Generator) -> Draws:
    rows, low, high = polytope.rows
    level = low == high
    above, below = ~level & np.isfinite(low), ~level & np.isfinite(high)
    inner = np.vstack([-np.eye(polytope.size), -rows[above], rows[below]])
    edge = np.concatenate([np.zeros(polytope.size), -low[above], high[below]])
    least = polytope.least(inner)
    narrow = edge - least <= SLACK
    equal = np.vstack([rows[level], inner[narrow]])
    start = np.mean([polytope.centre, *(polytope.argument(row) for row in inner[~narrow])], axis=0)
    weights = _walkers(start, inner[~narrow], edge[~narrow], equal, draws, random)
    return Draws(weights, _steps(polytope.size - int(np.linalg.matrix_rank(equal))))


def _walkers(
    start: Floats, rows: Floats, edge: Floats, equal: Floats, draws: int, random: np.random.Generator
) -> Floats:
    """Even draws from {start + B u: rows · w ≤ edge}, B spanning what `equal` leaves free."""
    _, values, right = np.linalg.svd(equal)
    rank = int((values > 1e-10 * values[0]).sum())
    basis = right[rank:].T
    count = basis.shape[1]
    burn, thin = thinning(count)
    inside, slack = rows @ basis, edge - rows @ start
    place = np.zeros((WALKERS, count))
    shape = np.eye(count)
    for _ in range(2):
        for _ in range(burn):
            _step(place, shape, inside, slack, random)
        spread = np.cov(place, rowvar=False).reshape(count, count)
        shape = np.linalg.cholesky(spread + np.eye(count) * (1e-12 + 1e-6 * float(np.trace(spread)) / count))
    found: list[Floats] = []
    while len(found) * WALKERS < draws:
        for _ in range(thin):
            _step(place, shape, inside, slack, random)
        found.append(np.clip(start + place @ basis.T, 0.0, None))
    return np.concatenate(found)[:draws]


def _step(place: Floats, shape: Floats, inside: Floats, slack: Floats, random: np.random.Generator) -> None:
    """One step of every walker: to an even place on a random line through it."""
    way = random.standard_normal(place.shape) @ shape.T
    speed = way @ inside.T
    room = np.maximum(slack - place @ inside.T, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = room / speed
    far = np.where(speed > 1e-14, reach, np.inf).min(axis=1)
    near = np.where(speed < -1e-14, reach, -np.inf).max(axis=1)
    place += way * (near + (far - near) * random.random(len(place)))[:, None]
