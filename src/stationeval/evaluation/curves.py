"""What every rule compiles to: a piecewise-linear curve from one number to points.

    f(x) = start + Σ slope · (clip(x, low, high) - low) + Σ jump · [x ≥ edge]

One formula serves all nine kinds of rule, in floats for a column, in fractions for a cell, and backwards for the
question what input would earn given points.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np

from stationeval.evaluation.exactly import UNIT, Floats

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Ramp:
    """A straight piece: `slope` points for each unit of x between `low` and `high`."""

    low: Fraction
    high: Fraction
    slope: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """A jump of points at `edge`; `inclusive` where x = edge already earns it."""

    edge: Fraction
    jump: Fraction
    inclusive: bool = True


@dataclass(frozen=True)
class Curve:
    """A piecewise-linear function, level outside its ramps and steps."""

    start: Fraction
    ramps: tuple[Ramp, ...] = ()
    steps: tuple[Step, ...] = ()

    def exact(self, x: Fraction) -> Fraction:
        """The points at x, exactly."""
        above, below = self.parts(x.numerator, x.denominator)
        return Fraction(above, below)

    def parts(self, over: int, under: int) -> tuple[int, int]:
        """The points at over / under, as numerator and denominator not in lowest terms: whole numbers only."""
        (above, below), ramps, steps = self._whole
        for low, low_under, high, high_under, slope, slope_under, rise, rise_under in ramps:
            if over * high_under >= high * under:
                above, below = above * rise_under + rise * below, below * rise_under
            elif over * low_under > low * under:
                gain = slope * (over * low_under - low * under)
                gain_under = slope_under * low_under * under
                above, below = above * gain_under + gain * below, below * gain_under
        for edge, edge_under, jump, jump_under, inclusive in steps:
            beyond = over * edge_under - edge * under
            if beyond > 0 or (inclusive and beyond == 0):
                above, below = above * jump_under + jump * below, below * jump_under
        return above, below

    @cached_property
    def floats(self) -> FloatCurve:
        """The curve ready for columns."""
        return compile_floats(self)

    @cached_property
    def _whole(self) -> tuple[tuple[int, int], tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
        ramps = [(r.low, r.high, r.slope, r.slope * (r.high - r.low)) for r in self.ramps]
        steps = [(s.edge, s.jump) for s in self.steps]
        return (
            self.start.as_integer_ratio(),
            tuple(tuple(k for part in ramp for k in part.as_integer_ratio()) for ramp in ramps),
            tuple(
                (*edge.as_integer_ratio(), *jump.as_integer_ratio(), int(step.inclusive))
                for (edge, jump), step in zip(steps, self.steps, strict=True)
            ),
        )

    def scaled(self, factor: Fraction) -> Curve:
        """The curve with all its points multiplied."""
        if factor == 1:
            return self
        return Curve(
            self.start * factor,
            tuple(Ramp(r.low, r.high, r.slope * factor) for r in self.ramps),
            tuple(Step(s.edge, s.jump * factor, s.inclusive) for s in self.steps),
        )

    def edges(self) -> tuple[Fraction, ...]:
        """Every x where the curve bends or jumps, rising."""
        return self._edges

    @cached_property
    def _edges(self) -> tuple[Fraction, ...]:
        return tuple(sorted({x for r in self.ramps for x in (r.low, r.high)} | {s.edge for s in self.steps}))

    def best(self) -> Fraction:
        """The most points it can give."""
        return max(value for _, value in self._extremes())

    def least(self) -> Fraction:
        """The fewest points it can give."""
        return min(value for _, value in self._extremes())

    def _extremes(self) -> list[tuple[Fraction, Fraction]]:
        edges = self.edges()
        if not edges:
            return [(ZERO, self.start)]
        between = [(a + b) / 2 for a, b in pairwise(edges)]
        outside = [edges[0] - 1, *edges, edges[-1] + 1]
        return [(x, self.exact(x)) for x in outside + between]

    def reach(self, points: Fraction, near: Fraction) -> Fraction | None:
        """The x nearest to `near` that earns at least `points`; None where none does.

        An open edge (more than) is answered by the edge itself: any x beyond it will do.
        """
        if self.exact(near) >= points:
            return near
        answers: list[Fraction] = []
        edges = self.edges()
        for edge in edges:
            if self.exact(edge) >= points or self._just_beyond(edge) >= points:
                answers.append(edge)
        for a, b in pairwise(edges):
            middle = (a + b) / 2
            slope = sum((r.slope for r in self.ramps if r.low <= a and b <= r.high), ZERO)
            if slope:
                x = middle + (points - self.exact(middle)) / slope
                if a < x < b:
                    answers.append(x)
        return min(answers, key=lambda x: abs(x - near), default=None)

    def _just_beyond(self, edge: Fraction) -> Fraction:
        opened = sum((s.jump for s in self.steps if s.edge == edge and not s.inclusive), ZERO)
        return self.exact(edge) + opened

    def is_open_at(self, edge: Fraction) -> bool:
        """Whether a jump at this x needs more than it."""
        return any(s.edge == edge and not s.inclusive for s in self.steps)


@dataclass(frozen=True, slots=True)
class FloatCurve:
    """A curve ready for columns: floats, and the bound on what they add to the error."""

    start: float
    ramps: tuple[tuple[float, float, float], ...]
    bound: float
    steepest: float

    def __call__(self, x: Floats, *, low: bool = True, high: bool = True) -> Floats:
        """The ramps' points at x, shape (n,). Steps are decided apart, because they must be exact.

        `low` and `high` say whether x may lie below the first ramp, or above the last: what cannot be is not clipped.
        """
        if not self.ramps:
            return np.full(len(x), self.start)
        last = len(self.ramps) - 1
        first, *others = (
            self._piece(x, ramp, low=low or k > 0, high=high or k < last) for k, ramp in enumerate(self.ramps)
        )
        for piece in others:
            first += piece
        if self.start:
            first += self.start
        return first

    @staticmethod
    def _piece(x: Floats, ramp: tuple[float, float, float], *, low: bool, high: bool) -> Floats:
        start, width, slope = ramp
        piece = np.subtract(x, start) if start else x
        if low:
            piece = np.maximum(piece, 0.0, out=None if piece is x else piece)
        if high:
            piece = np.minimum(piece, width, out=None if piece is x else piece)
        return np.multiply(piece, slope, out=None if piece is x else piece)


def compile_floats(curve: Curve) -> FloatCurve:
    """The float form of a curve with its error bound, for an argument within 4 units of relative error.

    Each ramp: the clipped difference is within 8·u·X of its exact value (X the larger of |low|, |high|), the product
    adds two roundings; the sum adds one rounding a term. All of it doubled.
    """
    ramps = tuple((float(r.low), float(r.high - r.low), float(r.slope)) for r in curve.ramps)
    reach = sum(abs(float(r.slope)) * float(max(abs(r.low), abs(r.high))) for r in curve.ramps)
    rise = sum(abs(float(r.slope)) * float(r.high - r.low) for r in curve.ramps)
    size = abs(float(curve.start)) + rise + sum(abs(float(s.jump)) for s in curve.steps)
    terms = len(curve.ramps) + len(curve.steps) + 2
    return FloatCurve(
        start=float(curve.start),
        ramps=ramps,
        bound=2 * UNIT * (10 * reach + (terms + 4) * size),
        steepest=sum(abs(float(r.slope)) for r in curve.ramps),
    )
