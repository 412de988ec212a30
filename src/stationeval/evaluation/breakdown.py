"""One station's total taken apart, exactly: every part, what it weighs, and what rounding, caps and limits change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from stationeval import exact
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.plan import UNCAPPED, Branch, Leaf
from stationeval.evaluation.results import Scores

ONE = Fraction(1)
RoundPoints: TypeAlias = list[Fraction | None]
"""The points of a node in each round; None where it is left out."""
ExtraKind: TypeAlias = Literal["bonus", "deductions"]

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
        What it earned, and what it could earn; None of a change by a rule, and of what counts without end.
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

    def all(self) -> Iterator[Part]:
        """It and every part inside it, outer first."""
        yield self
        for part in self.parts:
            yield from part.all()

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


def limit_of(leaf: Leaf) -> Fraction | None:
    """The most a leaf can earn; None of an item that counts without end."""
    endless = any(ramp.high >= UNCAPPED for term in leaf.terms for ramp in term.curve.ramps)
    return None if endless else leaf.points


class _Station:
    def __init__(self, scores: Scores, s: int) -> None:
        self.plan = scores.plan
        self.rounding = scores.framework.doc.policies.rounding
        self.leaf = scores.engine.exact_leaf
        standing = scores.data.standing
        self.rows = [int(rows[s]) for rows in standing.rows]
        self.weights = standing.weights
        plain = len(self.rows) == 1 and self.weights[0] == 1
        self.rounds = () if plain else tuple(scores.data.rounds)

    def total(self) -> Part:
        root = self.plan.root
        parts = [part for part, _ in self.inside(root)[0]]
        if self.plan.bonus:
            parts.append(self.extra("bonus", self.plan.bonus, self.plan.bonus_cap, ONE))
        if self.plan.deductions:
            parts.append(self.extra("deductions", self.plan.deductions, self.plan.deductions_cap, -ONE))
        full = root.points * sum(self.weights, ZERO)
        full += sum((part.full or ZERO for part in parts if part.kind == "bonus"), ZERO)
        points = _sum(parts)
        if points < 0:
            parts.append(Part("floor", (), -points))
        return Part("total", (), max(points, ZERO), full, parts=tuple(parts))

    def node(self, node: Branch | Leaf) -> tuple[Part, RoundPoints]:
        """A node's part, and its points in each round; None where it is left out."""
        top = node.path[:-1] == ("dimensions",)
        kind: PartKind = "dimension" if top else "indicator"
        full = node.points * sum(self.weights, ZERO)
        if isinstance(node, Leaf):
            values = [self.leaf(node, row) for row in self.rows]
            if top:
                values = [None if value is None else self.rounded(value) for value in values]
            parts = self.by_round(node, values)
            row = None if self.rounds else self.rows[0]
        else:
            pairs, values = self.inside(node, rounded=top)
            parts, row = tuple(part for part, _ in pairs), None
        gone = all(value is None for value in values)
        return Part(kind, node.path, self.over_rounds(values), full, ONE, parts, row, gone), values

    def by_round(self, leaf: Leaf, values: RoundPoints) -> tuple[Part, ...]:
        return tuple(
            Part("round", (*leaf.path, name), value or ZERO, leaf.points, weight, (), row, value is None)
            for name, value, weight, row in zip(self.rounds, values, self.weights, self.rows, strict=False)
        )

    def inside(self, node: Branch, *, rounded: bool = False) -> tuple[list[tuple[Part, RoundPoints]], RoundPoints]:
        """The children, then what standing in for those left out adds, then what rounding does; and the points."""
        pairs = [self.node(child) for child in node.children]
        before, scaled, after = [], [], []
        for r in range(len(self.rows)):
            each = [(child.points, values[r]) for child, (_, values) in zip(node.children, pairs, strict=True)]
            there = [(full, value) for full, value in each if value is not None]
            before.append(sum((value for _, value in there), ZERO))
            scaled.append(before[-1])
            if 0 < len(there) < len(each):
                scaled[-1] *= node.points / sum((full for full, _ in there), ZERO)
            points = self.rounded(scaled[-1]) if rounded else scaled[-1]
            after.append(points if there else None)
        if scaled != before:
            change = self.over_rounds(scaled) - self.over_rounds(before)
            pairs.append((Part("left-out", node.path, change), []))
        if change := self.over_rounds(after) - self.over_rounds(scaled):
            pairs.append((Part("rounding", node.path, change), []))
        return pairs, after

    def rounded(self, points: Fraction) -> Fraction:
        """A dimension's points as the framework rounds them."""
        places = self.rounding.dimension
        return points if places == "none" else Fraction(exact.round_half_up(points, places), 10**places)

    def extra(self, kind: ExtraKind, leaves: tuple[Leaf, ...], cap: Fraction | None, weight: Fraction) -> Part:
        row = self.rows[-1]
        items = [
            Part("item", leaf.path, value or ZERO, limit_of(leaf), row=row, left_out=value is None)
            for leaf, value in ((leaf, self.leaf(leaf, row)) for leaf in leaves)
        ]
        limits = [item.full for item in items if item.full is not None]
        full = sum(limits, ZERO) if len(limits) == len(items) else None
        points = _sum(items)
        if cap is not None:
            full = cap if full is None else min(full, cap)
            if points > cap:
                items.append(Part("cap", (kind,), cap - points))
        return Part(kind, (kind,), _sum(items), full, weight, tuple(items))

    def over_rounds(self, values: Sequence[Fraction | None]) -> Fraction:
        return sum((weight * (value or ZERO) for weight, value in zip(self.weights, values, strict=True)), ZERO)


def _sum(parts: Sequence[Part]) -> Fraction:
    return sum((part.weight * part.points for part in parts), ZERO)
