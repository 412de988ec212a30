"""One station's total taken apart, exactly: every part, what it weighs, and what rounding, caps and limits change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.plan import Branch, Leaf, Term
from stationeval.evaluation.results import Scores

ONE = Fraction(1)

PartKind: TypeAlias = Literal[
    "total", "dimension", "indicator", "round", "bonus", "deductions", "item", "left-out", "rounding", "cap", "floor"
]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a total; its points are the sum of `weight` × points over the parts inside it, exactly.

    Attributes
    ----------
    kind
        What it is. `left-out`, `rounding`, `cap` and `floor` are what those rules add to a sum (or take away).
    path
        The node of the framework that it belongs to; of a round, the round's id is the last step.
    points, full
        What it earned, and what it could earn; a change by a rule has no full marks.
    weight
        What a point of it counts in the part above: 1, a round's weight, -1 for deductions.
    row
        The row of the table that it was computed from, where it is one row alone.
    left_out
        Whether it does not count here: not applicable, or missing under the policy `exclude`.
    """

    kind: PartKind
    path: tuple[str, ...]
    points: Fraction
    full: Fraction | None = None
    weight: Fraction = ONE
    parts: tuple[Part, ...] = ()
    row: int | None = None
    left_out: bool = False

    def shares(self, weight: Fraction = ONE) -> Iterator[tuple[Part, Fraction]]:
        """The parts down to indicators, items and changes by a rule, each with what it puts into this one."""
        if not self.parts or all(part.kind == "round" for part in self.parts):
            yield self, weight * self.points
            return
        for part in self.parts:
            yield from part.shares(weight * part.weight)


def breakdown(scores: Scores, s: int) -> Part:
    """The total of the station at place `s`, before it is rounded, as a tree of exact parts.

    Returns
    -------
    Part
        Dimensions, indicators and rounds; then bonus, deductions, and the limit at 0.
    """
    return _Station(scores, s).total()


def terms(scores: Scores, leaf: Leaf, row: int) -> Iterator[tuple[Term, Fraction | None, Fraction]]:
    """Each term of a leaf in one row: its argument (None where it divides by zero) and its points before rounding."""
    engine = scores.engine
    for term, column in zip(leaf.terms, engine._columns[leaf.path], strict=True):
        ratio = engine._exact_argument(column, row)
        x = None if ratio is None else Fraction(*ratio)
        yield term, x, (term.argument.when_zero or ZERO) if x is None else term.curve.exact(x)


class _Station:
    def __init__(self, scores: Scores, s: int) -> None:
        self.scores, self.s = scores, s
        self.engine, self.plan = scores.engine, scores.plan
        standing = scores.data.standing
        self.rows = [int(rows[s]) for rows in standing.rows]
        self.weights = standing.weights
        plain = len(self.rows) == 1 and self.weights[0] == 1
        self.rounds = () if plain else tuple(scores.data._rounds)

    def total(self) -> Part:
        root = self.plan.root
        levels = self.scores.levels
        inside = list(self.inside(root))
        if levels.bonus is not None:
            inside.append(self.extra("bonus", self.plan.bonus, levels.bonus.quantity.exact(self.s), ONE))
        if levels.deductions is not None:
            taken = levels.deductions.quantity.exact(self.s)
            inside.append(self.extra("deductions", self.plan.deductions, taken, -ONE))
        points = levels.total.quantity.exact(self.s)
        full = root.points * sum(self.weights, ZERO)
        full += sum((part.full or ZERO for part in inside if part.kind == "bonus"), ZERO)
        return Part("total", (), points, full, parts=self.made_up(inside, points, "floor", ()))

    def node(self, node: Branch | Leaf) -> Part:
        values = [self.engine.exact_node(node, row) for row in self.rows]
        points = self.over_rounds(values)
        kind: PartKind = "dimension" if node.path[:-1] == ("dimensions",) else "indicator"
        full = node.points * sum(self.weights, ZERO)
        gone = all(value is None for value in values)
        if isinstance(node, Leaf):
            row = None if self.rounds else self.rows[0]
            return Part(kind, node.path, points, full, parts=self.by_round(node, values), row=row, left_out=gone)
        return Part(kind, node.path, points, full, parts=tuple(self.inside(node)), left_out=gone)

    def by_round(self, leaf: Leaf, values: list[Fraction | None]) -> tuple[Part, ...]:
        return tuple(
            Part("round", (*leaf.path, name), value or ZERO, leaf.points, weight, (), row, value is None)
            for name, value, weight, row in zip(self.rounds, values, self.weights, self.rows, strict=False)
        )

    def inside(self, node: Branch) -> Iterator[Part]:
        """The children, then what standing in for those left out adds, then what rounding does."""
        yield from map(self.node, node.children)
        before, scaled, after = [], [], []
        for row in self.rows:
            each = [(child, self.engine.exact_node(child, row)) for child in node.children]
            points = sum((value for _, value in each if value is not None), ZERO)
            available = sum((child.points for child, value in each if value is not None), ZERO)
            before.append(points)
            scaled.append(points * node.points / available if available else ZERO)
            after.append(self.engine.exact_node(node, row) or ZERO)
        if scaled != before:
            yield Part("left-out", node.path, self.over_rounds(scaled) - self.over_rounds(before))
        if after != scaled:
            yield Part("rounding", node.path, self.over_rounds(after) - self.over_rounds(scaled))

    def extra(
        self, kind: Literal["bonus", "deductions"], leaves: tuple[Leaf, ...], points: Fraction, w: Fraction
    ) -> Part:
        row = self.rows[-1]
        items = [
            Part("item", leaf.path, value or ZERO, leaf.points, row=row, left_out=value is None)
            for leaf, value in ((leaf, self.engine.exact_leaf(leaf, row)) for leaf in leaves)
        ]
        cap = self.plan.bonus_cap if kind == "bonus" else self.plan.deductions_cap
        full = sum((leaf.points for leaf in leaves), ZERO)
        full = full if cap is None else min(full, cap)
        return Part(kind, (kind,), points, full, w, self.made_up(items, points, "cap", (kind,)))

    def made_up(
        self, parts: list[Part], points: Fraction, kind: Literal["cap", "floor"], path: tuple[str, ...]
    ) -> tuple[Part, ...]:
        """The parts, with what a limit changes where their sum is not the points."""
        lacking = points - sum((part.weight * part.points for part in parts), ZERO)
        return (*parts, Part(kind, path, lacking)) if lacking else tuple(parts)

    def over_rounds(self, values: list[Fraction] | list[Fraction | None]) -> Fraction:
        return sum((weight * (value or ZERO) for weight, value in zip(self.weights, values, strict=True)), ZERO)
