"""The polytope of admissible weights: what is linear in them, from where to where; closed form where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from stationeval.analysis.constraints import Constraint
from stationeval.errors import InputError, Problem

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TIE = 1e-6
"""A lead counts from a millionth of full marks; what is nearer is level."""

SHARP: Any = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
SLACK = 1e-9
SUBSETS = 3000
"""How many small subsets are tried for the smallest that contradicts itself."""


@dataclass(frozen=True, eq=False)
class Block:
    """Weights that sum to `total`, each between `lower` and `upper`; with `chain`, from the largest to the smallest."""

    index: Ints
    total: float
    lower: Floats
    upper: Floats
    chain: bool = False

    @cached_property
    def boxed(self) -> bool:
        """Whether bounds cut the simplex."""
        return bool((self.lower > 0).any() or (self.upper < self.total - SLACK).any())

    def least(self, directions: Floats) -> Floats:
        """The least of each direction over the block, shape (m,) from (m, size)."""
        if self.chain:
            mean = np.cumsum(directions, axis=1) / np.arange(1, directions.shape[1] + 1)
            return np.asarray(self.total * mean.min(axis=1))
        if not self.boxed:
            return np.asarray(self.total * directions.min(axis=1))
        order = np.argsort(directions, axis=1, kind="stable")
        room = (self.upper - self.lower)[order]
        before = np.cumsum(room, axis=1) - room
        fill = np.clip(self.total - self.lower.sum() - before, 0.0, room)
        return np.asarray(directions @ self.lower + (np.take_along_axis(directions, order, axis=1) * fill).sum(axis=1))

    def argument(self, direction: Floats) -> Floats:
        """Weights at which one direction is least."""
        weights = np.zeros(len(self.index))
        if self.chain:
            size = int(np.argmin(np.cumsum(direction) / np.arange(1, len(direction) + 1))) + 1
            weights[:size] = self.total / size
            return weights
        weights += self.lower
        left = self.total - float(self.lower.sum())
        for i in np.argsort(direction, kind="stable").tolist():
            given = min(left, float(self.upper[i] - self.lower[i]))
            weights[i] += given
            left -= given
        return weights


@dataclass(frozen=True, eq=False)
class Polytope:
    """Weights of at least 0 that sum to 1 and meet every constraint.

    Attributes
    ----------
    names
        The weights.
    constraints
        In the order given; those of a framework first.
    """

    names: tuple[str, ...]
    constraints: tuple[Constraint, ...] = ()

    def __post_init__(self) -> None:
        blocks = self.blocks
        if blocks is not None:
            for block in blocks:
                low, high = float(block.lower.sum()), float(block.upper.sum())
                crossed = (block.lower > block.upper + SLACK).any()
                if crossed or low > block.total + SLACK or high < block.total - SLACK:
                    raise InputError([self._contradiction()])
        elif self.constraints and not self._feasible(self.constraints):
            raise InputError([self._contradiction()])

    @property
    def size(self) -> int:
        """How many weights there are."""
        return len(self.names)

    # ---- matrices ----------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> tuple[Floats, Floats, Floats]:
        """Coefficients, shape (m, k), with their low and high bounds; the sum of all weights is the first row."""
        return self._rows(self.constraints)

    def _rows(self, constraints: Sequence[Constraint]) -> tuple[Floats, Floats, Floats]:
        rows = np.zeros((len(constraints) + 1, self.size))
        rows[0] = 1.0
        low, high = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
        low[0] = high[0] = 1.0
        for m, one in enumerate(constraints, 1):
            for i, value in one.coefficients.items():
                rows[m, i] = float(value)
            low[m] = -np.inf if one.low is None else float(one.low)
            high[m] = np.inf if one.high is None else float(one.high)
        return rows, low, high

    @cached_property
    def program(self) -> dict[str, Any]:
        """The constraints as `linprog` takes them."""
        return _program(*self.rows)

    # ---- closed form -------------------------------------------------------------------------------------------

    @cached_property
    def blocks(self) -> tuple[Block, ...] | None:
        """The polytope as a product of simplices, each boxed or ordered; None where it is none."""
        return _blocks(self.size, self.constraints)

    @cached_property
    def around(self) -> tuple[Block, ...]:
        """The closed form of as many of the constraints as have one together."""
        kept: list[Constraint] = []
        found = _blocks(self.size, ()) or ()
        for one in self.constraints:
            blocks = _blocks(self.size, [*kept, one])
            if blocks is not None:
                kept.append(one)
                found = blocks
        return found

    @property
    def closed_form(self) -> bool:
        """Whether leads and draws need no linear programme."""
        return self.blocks is not None

    # ---- what is asked of it -----------------------------------------------------------------------------------

    def least(self, directions: Floats) -> Floats:
        """The least value of each linear function over the polytope; shape (m,) from (m, k)."""
        if self.blocks is not None:
            return np.asarray(sum(block.least(directions[:, block.index]) for block in self.blocks))
        return np.array([float(row @ self.argument(row)) for row in directions])

    def argument(self, direction: Floats) -> Floats:
        """Admissible weights at which a linear function is least, shape (k,)."""
        if self.blocks is not None:
            weights = np.zeros(self.size)
            for block in self.blocks:
                weights[block.index] = block.argument(direction[block.index])
            return weights
        from scipy.optimize import linprog

        found: Any = linprog(direction, **self.program, bounds=(0.0, 1.0), method="highs", options=SHARP)
        return np.asarray(np.clip(found.x, 0.0, 1.0), dtype=np.float64)

    @cached_property
    def extremes(self) -> Floats:
        """For each weight the admissible weights with the least and the most of it, shape (2k, k)."""
        unit = np.eye(self.size)
        return np.array([self.argument(sign * row) for row in unit for sign in (1.0, -1.0)])

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """The least and the most that each weight can be, shapes (k,)."""
        diagonal = np.arange(self.size)
        return self.extremes[2 * diagonal, diagonal], self.extremes[2 * diagonal + 1, diagonal]

    @cached_property
    def centre(self) -> Floats:
        """Admissible weights inside: the mean of the extremes, shape (k,)."""
        return np.asarray(self.extremes.mean(axis=0))

    @cached_property
    def fixed(self) -> bool:
        """Whether one set of weights alone is admissible."""
        if self.blocks is not None:
            return all(len(b.index) == 1 or bool((b.upper - b.lower <= SLACK).all()) for b in self.blocks)
        low, high = self.bounds
        return bool((high - low <= SLACK).all())

    def holds(self, weights: Floats, *, slack: float = 1e-7) -> npt.NDArray[np.bool_]:
        """Which rows of weights are admissible, shape (draws,)."""
        rows, low, high = self.rows
        values = weights @ rows.T
        inside = (values >= low - slack).all(axis=1) & (values <= high + slack).all(axis=1)
        return np.asarray(inside & (weights >= -slack).all(axis=1))

    # ---- contradictions ----------------------------------------------------------------------------------------

    def _feasible(self, constraints: Sequence[Constraint]) -> bool:
        from scipy.optimize import linprog

        program = _program(*self._rows(constraints))
        return bool(linprog(np.zeros(self.size), **program, bounds=(0.0, 1.0), method="highs").status == 0)

    def _contradiction(self) -> Problem:
        """A smallest set of constraints that no weights meet; only an irreducible one where the many hide it."""
        kept = list(self.constraints)
        for one in self.constraints:
            rest = [each for each in kept if each is not one]
            if not self._feasible(rest):
                kept = rest
        tried = 0
        for size in range(1, len(kept)):
            for some in combinations(self.constraints, size):
                tried += 1
                if tried > SUBSETS:
                    break
                if not self._feasible(some):
                    kept = list(some)
                    break
            if len(kept) == size or tried > SUBSETS:
                break
        return Problem("weights-infeasible", values={"constraints": list(dict.fromkeys(one.text for one in kept))})


def _program(rows: Floats, low: Floats, high: Floats) -> dict[str, Any]:
    level = low == high
    above, below = ~level & np.isfinite(low), ~level & np.isfinite(high)
    program: dict[str, Any] = {"A_eq": rows[level], "b_eq": low[level]}
    if above.any() or below.any():
        program["A_ub"] = np.vstack([-rows[above], rows[below]])
        program["b_ub"] = np.concatenate([-low[above], high[below]])
    return program


def _blocks(size: int, constraints: Sequence[Constraint]) -> tuple[Block, ...] | None:
    lower, upper = np.zeros(size), np.full(size, np.inf)
    sums: dict[frozenset[int], float] = {frozenset(range(size)): 1.0}
    order: set[tuple[int, int]] = set()
    for one in constraints:
        values = set(one.coefficients.values())
        members = frozenset(one.coefficients)
        if len(members) == 1:
            ((i, factor),) = one.coefficients.items()
            edges = [None if edge is None else float(edge / factor) for edge in (one.low, one.high)]
            low, high = edges if factor > 0 else reversed(edges)
            lower[i] = max(lower[i], -np.inf if low is None else low)
            upper[i] = min(upper[i], np.inf if high is None else high)
        elif len(values) == 1 and one.low is not None and one.low == one.high:
            total = float(one.low / values.pop())
            if abs(sums.setdefault(members, total) - total) > SLACK:
                return None
        elif len(members) == 2 and sum(values) == 0 and one.low == 0 and one.high is None:
            order.add(_pair(one.coefficients))
        elif len(members) == 2 and sum(values) == 0 and one.high == 0 and one.low is None:
            order.add((_pair(one.coefficients)[1], _pair(one.coefficients)[0]))
        else:
            return None
    parts = _partition(sums)
    if parts is None:
        return None
    found: list[Block] = []
    for members, total in parts:
        index = sorted(members)
        inside = {pair for pair in order if pair[0] in members and pair[1] in members}
        order -= inside
        if inside:
            chain = _chain(members, inside)
            if chain is None or lower[index].any() or (upper[index] < total).any():
                return None
            index = chain
        found.append(_block(np.array(index, dtype=np.int64), total, lower, upper, chain=bool(inside)))
    return None if order else tuple(found)


def _block(index: Ints, total: float, lower: Floats, upper: Floats, *, chain: bool) -> Block:
    low, high = lower[index], np.minimum(upper[index], total)
    tight_low = np.maximum(low, total - (high.sum() - high))
    tight_high = np.minimum(high, total - (low.sum() - low))
    if (tight_low > tight_high + SLACK).any():
        return Block(index, total, low, high, chain)
    return Block(index, total, tight_low, np.maximum(tight_high, tight_low), chain)


def _pair(coefficients: Mapping[int, Any]) -> tuple[int, int]:
    first, second = sorted(coefficients, key=lambda i: -coefficients[i])
    return first, second


def _partition(sums: Mapping[frozenset[int], float]) -> list[tuple[frozenset[int], float]] | None:
    """Nested sums as disjoint ones; None where two overlap, or where a difference leaves nothing to hold a rest."""
    found: list[tuple[frozenset[int], float]] = []
    for members, total in sorted(sums.items(), key=lambda one: len(one[0])):
        rest, left = members, total
        for part, inside in found:
            if part <= members:
                rest, left = rest - part, left - inside
            elif part & members:
                return None
        if (not rest and abs(left) > SLACK) or left < -SLACK:
            return None
        if rest:
            found.append((rest, max(left, 0.0)))
    return found


def _chain(members: frozenset[int], pairs: set[tuple[int, int]]) -> list[int] | None:
    """The members from largest to smallest, where the pairs say it of all of them."""
    after = {i: {b for a, b in pairs if a == i} for i in members}
    placed: list[int] = []
    while len(placed) < len(members):
        first = [i for i in members if i not in placed and not any(i in after[j] for j in members if j not in placed)]
        if len(first) != 1:
            return None
        placed += first
    return placed
