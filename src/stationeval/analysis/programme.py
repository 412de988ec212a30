"""A mixed-integer programme put together piece by piece: variables, linear rows, and piecewise-linear curves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from stationeval.evaluation.curves import Curve

NODES = 50_000
STEP = 1e-5
"""How far beyond an open edge counts as beyond it, as a share of the curve's domain."""


@dataclass(frozen=True)
class Line:
    """constant + Σ coefficient · variable."""

    constant: float = 0.0
    terms: Mapping[int, float] = field(default_factory=dict)

    def plus(self, other: Line, factor: float = 1.0) -> Line:
        """The sum of it and `factor` times another."""
        terms = dict(self.terms)
        for k, value in other.terms.items():
            terms[k] = terms.get(k, 0.0) + factor * value
        return Line(self.constant + factor * other.constant, terms)


Piece: TypeAlias = tuple[float, float, float, float]
"""From, to, slope, and the value that the line has at 0."""


@dataclass
class Programme:
    """Grows row by row; `solve` gives the variables or None."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)

    def variable(self, low: float, high: float, *, whole: bool = False, cost: float = 0.0) -> int:
        """A new variable."""
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        self.cost.append(cost)
        return len(self.low) - 1

    def row(self, line: Line, low: float = -np.inf, high: float = np.inf) -> None:
        """A line between two ends."""
        self.rows.append((line.terms, low - line.constant, high - line.constant))

    def reach(self, line: Line) -> tuple[float, float]:
        """Between what a line lies."""
        ends = [(v * self.low[k], v * self.high[k]) for k, v in line.terms.items()]
        return line.constant + sum(map(min, ends)), line.constant + sum(map(max, ends))

    def curve(self, curve: Curve, argument: Line) -> Line:
        """The points of a curve at a line of variables: one piece is chosen, and the argument lies in it."""
        low, high = self.reach(argument)
        if high - low < 1e-12:
            return Line(float(curve.exact(Fraction(low).limit_denominator(10**9))))
        return self.pieces(list(pieces(curve, low, high)), argument, low, high - low)

    def pieces(self, found: list[Piece], argument: Line, low: float, width: float) -> Line:
        """The value of one of several lines, whichever the argument lies in."""
        chosen, place = Line(-1.0), Line(low).plus(argument, -1.0)
        value = Line()
        for start, end, slope, at_zero in found:
            pick = self.variable(0.0, 1.0, whole=True)
            a, b = (start - low) / width, (end - low) / width
            share = self.variable(0.0, max(b, 0.0))
            self.row(Line(0.0, {share: 1.0, pick: -a}), low=0.0)
            self.row(Line(0.0, {share: 1.0, pick: -b}), high=0.0)
            chosen = chosen.plus(Line(0.0, {pick: 1.0}))
            place = place.plus(Line(0.0, {share: width}))
            value = value.plus(Line(0.0, {share: slope * width, pick: at_zero + slope * low}))
        self.row(chosen, 0.0, 0.0)
        self.row(Line(place.constant / width, {k: v / width for k, v in place.terms.items()}), 0.0, 0.0)
        return value

    def solve(self, *, cost: Line | None = None) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
        """The variables at the least cost; None where no values meet all rows."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_matrix

        goal = np.array(self.cost)
        if cost is not None:
            goal = np.zeros(len(self.low))
            for k, v in cost.terms.items():
                goal[k] = v
        at = [(r, k, v) for r, (terms, _, _) in enumerate(self.rows) for k, v in terms.items()]
        shape = (len(self.rows), len(self.low))
        matrix = csr_matrix(([v for *_, v in at], ([r for r, *_ in at], [k for _, k, _ in at])), shape=shape)
        bounds = [np.array([row[end] for row in self.rows]) for end in (1, 2)]
        found = milp(
            goal,
            constraints=LinearConstraint(matrix, *bounds),
            integrality=np.array(self.whole, dtype=np.int64),
            bounds=Bounds(np.array(self.low), np.array(self.high)),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
        return None if found.x is None else np.asarray(found.x)


def pieces(curve: Curve, low: float, high: float) -> Iterator[Piece]:
    """The straight pieces of a curve between two arguments; what jumps starts a step beyond its edge."""
    first, last = Fraction(low).limit_denominator(10**9), Fraction(high).limit_denominator(10**9)
    edges = [first, *(x for x in curve.edges() if first < x < last), last]
    step = STEP * (high - low)
    lines = []
    for a, b in pairwise(edges):
        third = (b - a) / 3
        y, z = curve.exact(a + third), curve.exact(b - third)
        slope = (z - y) / third
        lines.append((slope, y - slope * (a + third)))
    for k, ((a, b), (slope, at_zero)) in enumerate(zip(pairwise(edges), lines, strict=True)):
        opens = curve.exact(a) != slope * a + at_zero
        closes = curve.exact(b) != slope * b + at_zero
        start, end = float(a) + step * opens, float(b) - step * closes
        if start <= end:
            yield start, end, float(slope), float(at_zero)
        before = lines[k - 1][0] * a + lines[k - 1][1] if k else None
        if opens and curve.exact(a) != before:
            yield float(a), float(a), 0.0, float(curve.exact(a))
        if closes and k == len(lines) - 1:
            yield float(b), float(b), 0.0, float(curve.exact(b))
