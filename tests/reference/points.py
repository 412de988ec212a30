"""The reference's points: rules, places among the stations, rounding, what is left out."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.reference.conditions import NOT_MET, Row, verdict

from stationeval.framework.documents import Document, Extra, Node
from stationeval.framework.rules import Rule


def full_points(
    nodes: dict[str, Node], parent: Fraction | None, into: dict[tuple[str, ...], Fraction], path: Any = ()
) -> Fraction:
    """The points of every node by its path; the sum of those given."""
    weights = sum((node.weight for node in nodes.values() if node.weight is not None), Fraction(0))
    whole = Fraction(0)
    for name, node in nodes.items():
        own = node.points
        if node.weight is not None:
            own = parent * node.weight / weights
        if node.indicators is not None:
            below = full_points(node.indicators, own, into, (*path, name))
            own = below if own is None else own
        into[(*path, name)] = own
        whole += own
    return whole


def earned(rule: Rule, full: Fraction | None, row: Row, place: Fraction | None) -> Fraction:
    """What a rule gives, nothing being missing; `full` is None where an item of a bonus has no points."""
    kind = rule.kind
    mark = getattr(rule, "out_of", None)
    scale = Fraction(1) if mark is None else full / mark
    top = full if mark is None else mark
    if kind == "checklist":
        ticked = [points for name, points in rule.items.items() if row[name]]
        if rule.all_or_nothing and len(ticked) < len(rule.items):
            return Fraction(0)
        return sum(ticked, Fraction(0)) * scale
    if kind == "relative":
        return full * place
    x = row[rule.input]
    if kind == "lookup":
        return rule.map[x] * scale
    if kind == "count":
        points = rule.start + rule.points_each * x
        return (points if top is None else min(top, points)) * scale
    if kind == "deduct":
        return max(rule.floor, top - rule.points_each * x) * scale
    of = Fraction(1)
    if getattr(rule, "of", None) is not None:
        of = row[rule.of]
        if of == 0:
            return full if rule.when_zero == "full" else Fraction(0)
    if kind == "ratio":
        return full * share(rule, x, of)
    if kind == "bands":
        return band(rule, x / of) * scale
    return line(rule.knots, x / of) * scale


def share(rule: Any, x: Fraction, of: Fraction) -> Fraction:
    if rule.direction == "lower":
        part = Fraction(1) if x <= 0 else min(Fraction(1), rule.target * of / x)
    else:
        part = min(Fraction(1), max(Fraction(0), x / of) / rule.target)
    return Fraction(0) if rule.floor is not None and part < rule.floor else part


def band(rule: Any, x: Fraction) -> Fraction:
    for step in rule.bands:
        if step.at_least is not None and x >= step.at_least:
            return step.points
        if step.more_than is not None and x > step.more_than:
            return step.points
        if step.otherwise is not None:
            return step.otherwise
    raise AssertionError("the last band says otherwise")


def line(knots: list[list[Fraction]], x: Fraction) -> Fraction:
    if x <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in pairwise(knots):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return knots[-1][1]


def rating(document: Document, name: str, x: Fraction, full: Fraction) -> Fraction:
    asked = document.inputs[name]
    return full * (x - asked.min) / (asked.max - asked.min)


def place_among(rule: Any, x: Fraction, others: list[Fraction]) -> Fraction:
    """Where a value stands among all values, its own included, from 0 to 1."""
    if rule.direction == "lower":
        x, others = -x, [-other for other in others]
    n = len(others)
    below = sum(other < x for other in others)
    equal = sum(other == x for other in others)
    if equal == n:
        return Fraction(1)
    if rule.method == "minmax":
        return (x - min(others)) / (max(others) - min(others))
    if rule.method == "rank":
        return Fraction(2 * below + equal - 1, 2 * (n - 1))
    if rule.method == "percentile":
        return Fraction(below + equal - 1, n - 1)
    mean = sum(others, Fraction(0)) / n
    variance = sum(((other - mean) ** 2 for other in others), Fraction(0)) / n
    forty = Context(prec=40)
    deviation = Fraction(forty.sqrt(forty.divide(Decimal(variance.numerator), Decimal(variance.denominator))))
    return min(Fraction(1), max(Fraction(0), ((x - mean) / deviation + 2) / 4))


def half_up(value: Fraction, places: int | str) -> Fraction:
    if places == "none":
        return value
    unit = Fraction(1, 10 ** int(places))
    whole = (abs(value) / unit + Fraction(1, 2)).__floor__() * unit
    return whole if value >= 0 else -whole


class Scorer:
    """One round of rows, leaf by leaf."""

    def __init__(self, document: Document, rows: list[Row]) -> None:
        self.document = document
        self.rows = rows
        self.rounding = document.policies.rounding
        self.full: dict[tuple[str, ...], Fraction] = {}
        self.total = full_points(document.dimensions, document.total, self.full)
        self.leaves: dict[str, dict[str, Fraction | None]] = {row["station"]: {} for row in rows}

    def rule_points(self, rule: Rule, full: Fraction | None, row: Row) -> Fraction | None:
        """Rounded points; None where an input is missing."""
        names = list(rule.items) if rule.kind == "checklist" else [rule.input]
        if getattr(rule, "of", None) is not None:
            names.append(rule.of)
        if any(row.get(name) is None for name in names):
            return None
        place = None
        if rule.kind == "rating":
            points = rating(self.document, rule.input, row[rule.input], full)
        else:
            if rule.kind == "relative":
                group = [
                    other[rule.input]
                    for other in self.rows
                    if other.get(rule.input) is not None
                    and (rule.within is None or other[rule.within] == row[rule.within])
                ]
                place = place_among(rule, row[rule.input], group)
            points = earned(rule, full, row, place)
        return half_up(points, self.rounding.indicator)

    def node(self, node: Node, path: tuple[str, ...], row: Row, missing: str) -> Fraction | None:
        """Points of a node; None where it is left out."""
        missing = node.missing or missing
        if node.applies is not None and verdict(node.applies, row) == NOT_MET:
            value = None
        elif node.indicators is not None:
            value = self.branch(node.indicators, path, row, missing, self.full[path])
        else:
            value = self.rule_points(node.rule, self.full[path], row)
            if value is None and missing == "zero":
                value = Fraction(0)
        if node.indicators is None:
            self.leaves[row["station"]][path[-1]] = value
        return value

    def branch(
        self, nodes: dict[str, Node], path: tuple[str, ...], row: Row, missing: str, full: Fraction
    ) -> Fraction | None:
        values = {name: self.node(node, (*path, name), row, missing) for name, node in nodes.items()}
        return self.gathered(values, path, full)

    def gathered(self, values: dict[str, Fraction | None], path: tuple[str, ...], full: Fraction) -> Fraction | None:
        present = {name: value for name, value in values.items() if value is not None}
        if not present:
            return None
        points = sum(present.values(), Fraction(0))
        if len(present) < len(values):
            points = points * full / sum((self.full[(*path, name)] for name in present), Fraction(0))
        return points

    def dimensions(self, row: Row) -> dict[str, Fraction | None]:
        found: dict[str, Fraction | None] = {}
        for name, node in self.document.dimensions.items():
            value = self.node(node, (name,), row, self.document.policies.missing)
            found[name] = None if value is None else half_up(value, self.rounding.dimension)
        return found

    def extra(self, extra: Extra | None, row: Row) -> Fraction:
        if extra is None:
            return Fraction(0)
        whole = Fraction(0)
        for name, item in extra.items.items():
            points = self.rule_points(item.rule, item.points, row)
            self.leaves[row["station"]][name] = Fraction(0) if points is None else points
            whole += points or Fraction(0)
        return whole if extra.cap is None else min(extra.cap, whole)
