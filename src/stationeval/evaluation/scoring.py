"""From inputs to totals: rule points, rounding, missing policy, dimension sums, rounds, bonus, deductions.

Floats go through in blocks that fit the cache; what decides anything is decided exactly (see `exactly`).
`Engine.exact_*` is the same arithmetic in fractions for one cell: the fallback of every decision and the ground of
every explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from stationeval import exact
from stationeval.evaluation.columns import Source, Sources, argument
from stationeval.evaluation.curves import ZERO, Curve, FloatCurve
from stationeval.evaluation.eligibility import MET, both, condition_states
from stationeval.evaluation.exactly import UNIT, Bools, Floats, Ints, Quantity, round_half_up
from stationeval.evaluation.plan import Argument, Branch, Leaf, Plan, Term
from stationeval.framework.documents import Input, Rounding

BLOCK = 16384
Path: TypeAlias = tuple[str, ...]
Bounds: TypeAlias = dict[Path, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """One number a station or row: a quantity, and the decimal places it is known to be a multiple of."""

    quantity: Quantity
    grid: int | None = None

    def units(self, places: int) -> Ints:
        """In whole units of its last place, half up."""
        if self.grid is None:
            return round_half_up(self.quantity, places)
        ints: Ints = np.rint(self.quantity.values * 10.0**self.grid).astype(np.int64)
        if places < self.grid:
            unit = 10 ** (self.grid - places)
            ints = np.sign(ints) * ((2 * np.abs(ints) + unit) // (2 * unit))
            return ints  # noqa: RET504  (the type checker asks for the name)
        return ints * np.int64(10 ** (places - self.grid))


@dataclass(frozen=True, slots=True)
class _Column:
    """What a block of a leaf's term needs, made once."""

    source: Source
    divisor: Source | None
    inverse: bool
    when_zero: Fraction | None
    curve: Curve
    floats: FloatCurve
    steps: tuple[tuple[Fraction, float, float, bool, bool], ...]
    tick: bool
    below: bool
    above: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """The values of one node over a block: points, what was available (None: all of it)."""

    points: Floats
    available: Floats | None


class Engine:
    """One plan over one table of rows (a row is a station, or a station in a round)."""

    def __init__(
        self,
        plan: Plan,
        sources: Sources,
        n: int,
        *,
        rounding: Rounding,
        inputs: Mapping[str, Input],
        groups: Mapping[str | None, Sequence[object]],
    ) -> None:
        self.plan, self.sources, self.n, self.rounding = plan, sources, n, rounding
        self._inputs, self._groups = inputs, groups
        self._columns = {leaf.path: tuple(self._column(t) for t in leaf.terms) for leaf in plan.leaves()}
        self._absent = {leaf.path: self._absence(leaf) for leaf in plan.leaves()}

    def _column(self, term: Term) -> _Column:
        spec = term.argument
        source = argument(spec, self.sources, self._groups)
        alone = spec.of is None and not spec.inverse
        steps = []
        for step in term.curve.steps:
            edge = float(step.edge)
            crisp = alone and source.crisp and exact.exact(edge) == step.edge
            steps.append((step.edge, edge, float(step.jump), step.inclusive, crisp))
        divisor = None if spec.of is None else self.sources[spec.of]
        floats = term.curve.floats
        tick = alone and source.values.dtype == np.bool_ and floats.ramps[0][:2] == (0.0, 1.0) and not floats.start
        low, high = self._range(spec)
        edges = term.curve.edges() or (ZERO,)
        return _Column(
            source,
            divisor,
            spec.inverse,
            spec.when_zero,
            term.curve,
            floats,
            tuple(steps),
            tick,
            below=low is None or low < edges[0],
            above=high is None or high > edges[-1],
        )

    def _range(self, spec: Argument) -> tuple[Fraction | None, Fraction | None]:
        """Between what an argument lies, because its cells were checked; None where nothing says so."""
        if spec.relative is not None:
            return ZERO, Fraction(1)
        names = spec.inputs if spec.of is None else (*spec.inputs, spec.of)
        limits = [self._inputs[name] for name in names if name in self._inputs]
        if len(limits) != len(names) or len(spec.inputs) > 1:
            return None, None
        lows = [limit.min if isinstance(limit.min, Fraction) else None for limit in limits]
        if spec.of is None and not spec.inverse:
            high = limits[0].max
            return lows[0], high if isinstance(high, Fraction) else None
        return (ZERO if all(low is not None and low >= 0 for low in lows) else None), None

    def _absence(self, leaf: Leaf) -> tuple[Bools | None, bool]:
        """Where a leaf has no value of its own, and whether that leaves it out (else it earns nothing)."""
        absent: Bools | None = None
        for name in leaf.inputs:
            mask = self.sources[name].missing
            if mask is not None:
                absent = mask if absent is None else absent | mask
        return absent, leaf.missing == "exclude"

    @cached_property
    def _inapplicable(self) -> Mapping[tuple[str, ...], Bools]:
        found: dict[tuple[str, ...], Bools] = {}
        for leaf in self.plan.leaves():
            if leaf.applies:
                states = [condition_states(one, self.sources, self._inputs, self.n) for one in leaf.applies]
                found[leaf.path] = both(states, self.n) != MET
        return found

    # ---- floats, in blocks ------------------------------------------------------------------------------------

    def dimensions(self) -> Mapping[Path, Measure]:
        """Points of each dimension for every row, by path; `()` is their sum."""
        root = self.plan.root
        nodes = (*root.children, root)
        out = {node.path: np.empty(self.n) for node in nodes}
        bounds: Bounds = {}
        for start in range(0, self.n, BLOCK):
            part = slice(start, min(start + BLOCK, self.n))
            rows = [self._node(child, part, bounds) for child in root.children]
            for node, row in zip(nodes, (*rows, self._join(root, rows, bounds)), strict=True):
                out[node.path][part] = row.points
        return {
            node.path: Measure(
                Quantity(out[node.path], bounds.get(node.path, 0.0), self._exact_of(node)), self._grid(node)
            )
            for node in nodes
        }

    def leaf(self, leaf: Leaf) -> Measure:
        """Points of one leaf for every row; what is left out stands as 0 (see `left_out`)."""
        out = np.empty(self.n)
        bounds: Bounds = {}
        for start in range(0, self.n, BLOCK):
            part = slice(start, min(start + BLOCK, self.n))
            out[part] = self._leaf(leaf, part, bounds).points
        places = self.rounding.indicator
        grid = None if places == "none" else places
        quantity = Quantity(out, bounds.get(leaf.path, 0.0), lambda i: self.exact_leaf(leaf, i) or ZERO)
        return Measure(quantity, grid)

    def node(self, node: Branch | Leaf) -> Floats:
        """Points of any node for every row, shape (n,)."""
        out = np.empty(self.n)
        for start in range(0, self.n, BLOCK):
            part = slice(start, min(start + BLOCK, self.n))
            out[part] = self._node(node, part, {}).points
        return out

    def left_out(self, leaf: Leaf) -> Bools:
        """Where a leaf is left out: not applicable, or missing under the policy `exclude`; shape (n,)."""
        mask = np.zeros(self.n, dtype=np.bool_)
        absent, excluded = self._absent[leaf.path]
        if absent is not None and excluded:
            mask |= absent
        if leaf.path in self._inapplicable:
            mask |= self._inapplicable[leaf.path]
        return mask

    def _grid(self, node: Branch | Leaf) -> int | None:
        """The decimal places that the points of a dimension, or their sum, are whole units of."""
        places = self.rounding.dimension
        if places == "none":
            places = self.rounding.indicator
        elif node is not self.plan.root:
            return places
        return None if places == "none" or not self._complete else places

    @cached_property
    def _complete(self) -> bool:
        """Whether nothing is left out anywhere."""
        return not any(self.left_out(leaf).any() for leaf in self.plan.root.leaves())

    def _node(self, node: Branch | Leaf, part: slice, bounds: Bounds) -> _Row:
        if isinstance(node, Leaf):
            row = self._leaf(node, part, bounds)
        else:
            row = self._join(node, [self._node(child, part, bounds) for child in node.children], bounds)
        if node.path[:-1] == ("dimensions",) and self.rounding.dimension != "none":
            places = self.rounding.dimension
            points = self._rounded(node, row.points, bounds, part, places, self._exact_of(node, rounded=False))
            return _Row(points, row.available)
        return row

    def _join(self, node: Branch, rows: Sequence[_Row], bounds: Bounds) -> _Row:
        """Children summed; where some are left out, the rest stand for the whole."""
        whole = float(node.points)
        points = rows[0].points.copy() if len(rows) == 1 else rows[0].points + rows[1].points
        for row in rows[2:]:
            points += row.points
        bound = sum(bounds[child.path] for child in node.children) + (len(rows) + 1) * UNIT * whole
        available: Floats | None = None
        if any(row.available is not None for row in rows):
            full = [float(child.points) for child in node.children]
            available = np.zeros(len(points))
            for row, most in zip(rows, full, strict=True):
                available += most if row.available is None else row.available
            with np.errstate(divide="ignore", invalid="ignore"):
                factor = np.where(available > 0.0, whole / available, 0.0)
            points *= factor
            largest = float(factor.max(initial=1.0))
            bound = (bound + 8 * UNIT * whole) * max(largest, 1.0) * (len(rows) + 2)
            available = np.where(available > 0.0, whole, 0.0)
        bounds[node.path] = max(bounds.get(node.path, 0.0), bound)
        return _Row(points, available)

    def _leaf(self, leaf: Leaf, part: slice, bounds: Bounds) -> _Row:
        columns = self._columns[leaf.path]
        bound = len(columns) * UNIT * float(leaf.points)
        slope = columns[0].floats.ramps[0][2] if columns[0].tick else 0.0
        alike = all(column.tick and column.floats.ramps[0][2] == slope for column in columns)
        if alike and len(columns) < 2**7:
            ticked = columns[0].source.values[part].view(np.int8).copy()
            for column in columns[1:]:
                ticked += column.source.values[part].view(np.int8)
            points = np.multiply(ticked, slope)
            bound += sum(column.floats.bound for column in columns)
        else:
            terms = [self._term(column, part) for column in columns]
            points = terms[0][0]
            for more, _ in terms[1:]:
                points += more
            bound += sum(wider for _, wider in terms)
        bounds[leaf.path] = max(bounds.get(leaf.path, 0.0), bound)
        absent, excluded = self._absent[leaf.path]
        gone: Bools | None = None
        if absent is not None:
            points[absent[part]] = 0.0
            gone = absent[part] if excluded else None
        inapplicable = self._inapplicable.get(leaf.path)
        if inapplicable is not None:
            points[inapplicable[part]] = 0.0
            gone = inapplicable[part] if gone is None else gone | inapplicable[part]
        if self.rounding.indicator != "none":
            places = self.rounding.indicator
            points = self._rounded(
                leaf, points, bounds, part, places, lambda i: self.exact_leaf(leaf, i, rounded=False) or ZERO
            )
        if gone is None or not gone.any():
            return _Row(points, None)
        return _Row(points, np.where(gone, 0.0, float(leaf.points)))

    @staticmethod
    def _rounded(
        node: Branch | Leaf,
        points: Floats,
        bounds: Bounds,
        part: slice,
        places: int,
        call: Callable[[int], Fraction],
    ) -> Floats:
        quantity = Quantity(points, bounds[node.path], lambda i: call(part.start + i))
        bounds[node.path] = max(float(node.points), 1.0) * 4 * UNIT
        return round_half_up(quantity, places) / 10.0**places

    def _term(self, column: _Column, part: slice) -> tuple[Floats, float]:
        """The points of a term over a block, and the bound on their error."""
        x = column.source.floats(part)
        zero: Bools | None = None
        spread: float | Floats = column.source.spread
        if column.divisor is not None or column.inverse:
            x, spread, zero = _quotient(column, x, part)
        points = column.floats(x, low=column.below, high=column.above)
        for edge, near, jump, inclusive, crisp in column.steps:
            hit = x >= near if inclusive else x > near
            if not crisp:
                slack = abs(near) * (16 * UNIT) + 2 * spread
                for i in np.flatnonzero(np.abs(x - near) <= slack).tolist():
                    value = self._exact_argument(column, part.start + i)
                    if value is not None:
                        hit[i] = Fraction(*value) >= edge if inclusive else Fraction(*value) > edge
            points += hit * jump
        if zero is not None and column.when_zero is not None:
            points[zero] = float(column.when_zero)
        return points, column.floats.bound + 2 * column.floats.steepest * float(np.max(spread, initial=0.0))

    # ---- fractions, for one cell ------------------------------------------------------------------------------

    def _exact_argument(self, column: _Column, i: int) -> tuple[int, int] | None:
        """The argument of a curve as numerator and positive denominator; None where its divisor is zero."""
        over, under = column.source.exact(i).as_integer_ratio()
        if column.divisor is not None:
            of, of_under = column.divisor.exact(i).as_integer_ratio()
            if of == 0:
                return None
            over, under = over * of_under, under * of
        if column.inverse:
            if over * under <= 0:
                return max(column.curve.edges()).as_integer_ratio()
            over, under = under, over
        return (over, under) if under > 0 else (-over, -under)

    def terms(self, leaf: Leaf, i: int) -> Iterator[tuple[Term, Fraction | None, Fraction]]:
        """Each term of a leaf in row i: its argument (None where it divides by zero) and its points before rounding."""
        for term, column in zip(leaf.terms, self._columns[leaf.path], strict=True):
            ratio = self._exact_argument(column, i)
            x = None if ratio is None else Fraction(*ratio)
            yield term, x, (term.argument.when_zero or ZERO) if x is None else term.curve.exact(x)

    def exact_leaf(self, leaf: Leaf, i: int, *, rounded: bool = True) -> Fraction | None:
        """The points of a leaf in row i; None where it is left out."""
        absent, excluded = self._absent[leaf.path]
        inapplicable = self._inapplicable.get(leaf.path)
        if inapplicable is not None and inapplicable[i]:
            return None
        if absent is not None and absent[i]:
            return None if excluded else ZERO
        above, below = 0, 1
        for column in self._columns[leaf.path]:
            x = self._exact_argument(column, i)
            more, under = (column.when_zero or ZERO).as_integer_ratio() if x is None else column.curve.parts(*x)
            above, below = above * under + more * below, below * under
        return self._exactly_rounded(Fraction(above, below), self.rounding.indicator if rounded else "none")

    def exact_node(self, node: Branch | Leaf, i: int, *, rounded: bool = True) -> Fraction | None:
        """The points of a node in row i (of a dimension, before its own rounding too); None where all is left out."""
        top = node.path[:-1] == ("dimensions",)
        places = self.rounding.dimension if rounded and top else "none"
        if isinstance(node, Leaf):
            own = self.exact_leaf(node, i)
            return None if own is None else self._exactly_rounded(own, places)
        values = [self.exact_node(child, i) for child in node.children]
        present = [value for value in values if value is not None]
        if not present:
            return None
        points = sum(present, ZERO)
        if len(present) < len(values):
            pairs = zip(values, node.children, strict=True)
            points *= node.points / sum((child.points for value, child in pairs if value is not None), ZERO)
        return self._exactly_rounded(points, places)

    def exact_base(self, i: int) -> Fraction:
        """The base total of row i."""
        return self.exact_node(self.plan.root, i) or ZERO

    @staticmethod
    def _exactly_rounded(points: Fraction, places: int | Literal["none"]) -> Fraction:
        return points if places == "none" else Fraction(exact.round_half_up(points, places), 10**places)

    def _exact_of(self, node: Branch | Leaf, *, rounded: bool = True) -> Callable[[int], Fraction]:
        return lambda i: self.exact_node(node, i, rounded=rounded) or ZERO


def _quotient(column: _Column, x: Floats, part: slice) -> tuple[Floats, float | Floats, Bools | None]:
    """A ratio over a block, its error beyond rounding (from computed inputs), and where its divisor is zero."""
    of = np.ones(1) if column.divisor is None else column.divisor.floats(part)
    above, below = (of, x) if column.inverse else (x, of)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = above / below
        spread: float | Floats = 0.0
        widths = (column.source.spread, 0.0 if column.divisor is None else column.divisor.spread)
        if any(widths):
            wide_above, wide_below = widths[::-1] if column.inverse else widths
            spread = (wide_above + np.abs(ratio) * wide_below) / np.abs(below)
            spread[~np.isfinite(spread)] = np.inf if wide_below else 0.0
            spread[np.isnan(above) | np.isnan(below)] = 0.0
        if column.inverse:
            ratio[ratio < 0.0] = np.inf
    if column.divisor is None:
        return ratio, spread, None
    zero = of == 0.0
    if column.divisor.spread:
        for i in np.flatnonzero(np.abs(of) <= column.divisor.spread).tolist():
            zero[i] = column.divisor.exact(part.start + i) == 0
    return ratio, spread, zero if zero.any() else None
