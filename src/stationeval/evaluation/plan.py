"""A framework made ready to score: the tree of exact points and, at its leaves, curves on named arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from stationeval.evaluation.curves import ZERO, Curve, Ramp, Step
from stationeval.framework import rules
from stationeval.framework.documents import Condition, Document, Extra, Item, Missing, Node
from stationeval.framework.framework import Framework
from stationeval.framework.rules import Rule
from stationeval.framework.values import Unknown

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Argument:
    """What a curve is a function of.

    An input, input / of, of / input (`inverse`), the least of several, or the place among the stations scored together
    (`relative`). `when_zero` is what a divisor of 0 earns.
    """

    inputs: tuple[str, ...]
    of: str | None = None
    inverse: bool = False
    when_zero: Fraction | None = None
    relative: str | None = None
    lower: bool = False
    within: str | None = None

    def scaled(self, factor: Fraction) -> Argument:
        """The same argument where the points of its curve are multiplied."""
        return replace(self, when_zero=self.when_zero * factor) if self.when_zero and factor != 1 else self


@dataclass(frozen=True, slots=True)
class Term:
    """A curve on its argument; a leaf's points are the sum of its terms."""

    argument: Argument
    curve: Curve


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator that is scored by a rule, or a bonus or deduction item."""

    id: str
    path: tuple[str, ...]
    points: Fraction
    rule: Rule
    terms: tuple[Term, ...]
    missing: Missing
    applies: tuple[Condition, ...] = ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """The inputs its rule reads."""
        return rules.rule_inputs(self.rule)


@dataclass(frozen=True, slots=True)
class Branch:
    """A dimension, or an indicator with indicators inside."""

    id: str
    path: tuple[str, ...]
    points: Fraction
    children: tuple[Branch | Leaf, ...]

    def leaves(self) -> Iterator[Leaf]:
        """The scored indicators below, in order."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()

    def nodes(self) -> Iterator[Branch | Leaf]:
        """Every node below, parents first."""
        for child in self.children:
            yield child
            if isinstance(child, Branch):
                yield from child.nodes()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that scoring needs, in exact numbers."""

    root: Branch
    bonus: tuple[Leaf, ...]
    bonus_cap: Fraction | None
    deductions: tuple[Leaf, ...]
    deductions_cap: Fraction | None
    rounds: Mapping[str, Fraction]

    def leaves(self) -> Iterator[Leaf]:
        """Every scored leaf: indicators, then bonus, then deductions."""
        yield from self.root.leaves()
        yield from self.bonus
        yield from self.deductions

    @property
    def groups(self) -> tuple[str, ...]:
        """The columns within which relative rules compare stations."""
        within = (term.argument.within for leaf in self.leaves() for term in leaf.terms)
        return tuple(dict.fromkeys(name for name in within if name is not None))

    @property
    def greatest(self) -> Fraction:
        """The most a total can be."""
        bonus = _sum(item.points for item in self.bonus)
        if self.bonus_cap is not None:
            bonus = min(bonus, self.bonus_cap)
        return self.root.points * (_sum(self.rounds.values()) or 1) + bonus


def known(value: T | Unknown | None) -> T:
    """A value that the caller has made sure is known."""
    if value is None or isinstance(value, Unknown):
        raise TypeError("an unknown value reached the evaluation")
    return value


def known_rule(rule: Rule | Unknown | None) -> Rule:
    """`known`, for a rule: a union that the type checker would widen."""
    if rule is None or isinstance(rule, Unknown):
        raise TypeError("an unknown rule reached the evaluation")
    return rule


@lru_cache(maxsize=64)
def plan_of(framework: Framework) -> Plan:
    """The plan of a framework; all that scoring needs must be known in it."""
    return _Builder(framework.doc).plan()


class _Builder:
    """Walks one document; holds what every rule needs of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.inputs = document.inputs
        self.policy: Missing = document.policies.missing

    def plan(self) -> Plan:
        document = self.document
        total = document.total if isinstance(document.total, Fraction) else None
        children = self.children(known(document.dimensions), ("dimensions",), total, self.policy, ())
        points = total if total is not None else _sum(c.points for c in children)
        contest = document.contest is not None
        rounds = {
            name: Fraction(1) if contest and one.weight is None else known(one.weight)
            for name, one in known(document.rounds).items()
        }
        return Plan(
            root=Branch("total", (), points, children),
            bonus=self.items(document.bonus, "bonus"),
            bonus_cap=_cap(document.bonus),
            deductions=self.items(document.deductions, "deductions"),
            deductions_cap=_cap(document.deductions),
            rounds=rounds,
        )

    def children(
        self,
        nodes: Mapping[str, Node],
        path: tuple[str, ...],
        parent: Fraction | None,
        missing: Missing,
        applies: tuple[Condition, ...],
    ) -> tuple[Branch | Leaf, ...]:
        weights = {name: known(node.weight) for name, node in nodes.items() if node.weight is not None}
        whole = _sum(weights.values())
        made: list[Branch | Leaf] = []
        for name, node in nodes.items():
            points = known(parent) * weights[name] / whole if name in weights else node.points
            own = points if isinstance(points, Fraction) else None
            holds = applies if node.applies is None else (*applies, node.applies)
            made.append(self.node(name, node, (*path, name), own, node.missing or missing, holds))
        return tuple(made)

    def node(
        self,
        name: str,
        node: Node,
        path: tuple[str, ...],
        points: Fraction | None,
        missing: Missing,
        applies: tuple[Condition, ...],
    ) -> Branch | Leaf:
        if node.indicators is None:
            rule = known_rule(node.rule)
            full = known(points)
            return Leaf(name, path, full, rule, self.terms(rule, full), missing, applies)
        children = self.children(known(node.indicators), (*path, "indicators"), points, missing, applies)
        return Branch(name, path, _sum(c.points for c in children) if points is None else points, children)

    def items(self, extra: Extra | None, section: str) -> tuple[Leaf, ...]:
        items = {} if extra is None else known(extra.items)
        return tuple(self.item(name, item, section) for name, item in items.items())

    def item(self, name: str, item: Item, section: str) -> Leaf:
        rule = known_rule(item.rule)
        limit = None if item.points is None else known(item.points)
        terms = self.terms(rule, limit)
        full = _sum(term.curve.best() for term in terms) if limit is None else limit
        missing: Missing = "zero" if self.policy == "zero" else "error"
        return Leaf(name, (section, "items", name), full, rule, terms, missing)

    def terms(self, rule: Rule, points: Fraction | None) -> tuple[Term, ...]:
        """The terms of a rule on the indicator's points; None is a bonus item without a limit of its own."""
        written: Fraction | None = getattr(rule, "out_of", None)
        full = points if written is None else written
        factor = Fraction(1) if written is None or points is None else points / written
        made = self.checklist(rule) if isinstance(rule, rules.Checklist) else (self.term(rule, full),)
        return tuple(Term(t.argument.scaled(factor), t.curve.scaled(factor)) for t in made)

    def term(self, rule: Rule, full: Fraction | None) -> Term:
        match rule:
            case rules.Ratio():
                return _ratio(rule, known(full))
            case rules.Bands():
                return Term(_argument(rule, full), _bands(rule))
            case rules.Linear():
                return Term(_argument(rule, full), _linear(rule))
            case rules.Lookup():
                choices = self.inputs[rule.input].choices
                values = [known(rule.map[choice]) for choice in choices]
                steps = tuple(Step(Fraction(k), b - a) for k, (a, b) in enumerate(pairwise(values), 1))
                return Term(Argument((rule.input,)), Curve(values[0], (), steps))
            case rules.Count():
                return Term(Argument((rule.input,)), _count(rule, full))
            case rules.Deduct():
                each, top = known(rule.points_each), known(full)
                down = (Ramp(ZERO, (top - rule.floor) / each, -each),) if each else ()
                return Term(Argument((rule.input,)), Curve(top, down))
            case rules.Rating():
                spec = self.inputs[rule.input]
                low, high = known(spec.min), known(spec.max)
                return Term(Argument((rule.input,)), Curve(ZERO, (Ramp(low, high, known(full) / (high - low)),)))
            case rules.Relative():
                place = Argument(
                    (rule.input,), relative=rule.method, lower=rule.direction == "lower", within=rule.within
                )
                return Term(place, Curve(ZERO, (Ramp(ZERO, Fraction(1), known(full)),)))
            case rules.Checklist():
                raise TypeError("a checklist has a term for each item")

    def checklist(self, rule: rules.Checklist) -> tuple[Term, ...]:
        items = {name: known(value) for name, value in rule.items.items()}
        if rule.all_or_nothing:
            return (Term(Argument(tuple(items)), _tick(_sum(items.values()))),)
        return tuple(Term(Argument((name,)), _tick(value)) for name, value in items.items())


UNCAPPED = Fraction(10**15)
"""Where a counted bonus has no limit of its own, its curve ends beyond any number that a cell may hold."""


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, ZERO)


def _cap(extra: Extra | None) -> Fraction | None:
    return None if extra is None or extra.cap is None else known(extra.cap)


def _tick(points: Fraction) -> Curve:
    return Curve(ZERO, (Ramp(ZERO, Fraction(1), points),))


def _argument(rule: rules.Ratio | rules.Bands | rules.Linear, full: Fraction | None) -> Argument:
    earned = None if rule.when_zero is None else ZERO if rule.when_zero == "zero" else known(full)
    inverse = isinstance(rule, rules.Ratio) and rule.direction == "lower"
    return Argument((rule.input,), rule.of, inverse=inverse, when_zero=earned)


def _ratio(rule: rules.Ratio, full: Fraction) -> Term:
    target = known(rule.target)
    end = 1 / target if rule.direction == "lower" else target
    floor = ZERO if rule.floor is None else rule.floor * end
    steps = (Step(floor, full / end * floor),) if floor else ()
    return Term(_argument(rule, full), Curve(ZERO, (Ramp(floor, end, full / end),), steps))


def _bands(rule: rules.Bands) -> Curve:
    *bands, last = rule.bands
    below = start = known(last.otherwise)
    steps: list[Step] = []
    for band in reversed(bands):
        inclusive = band.at_least is not None
        points = known(band.points)
        steps.append(Step(known(band.at_least if inclusive else band.more_than), points - below, inclusive))
        below = points
    return Curve(start, (), tuple(steps))


def _linear(rule: rules.Linear) -> Curve:
    knots = [(known(x), known(points)) for x, points in rule.knots]
    pieces = ((a, b) for a, b in pairwise(knots) if a[1] != b[1])
    return Curve(knots[0][1], tuple(Ramp(x0, x1, (y1 - y0) / (x1 - x0)) for (x0, y0), (x1, y1) in pieces))


def _count(rule: rules.Count, full: Fraction | None) -> Curve:
    each = known(rule.points_each)
    if each == 0:
        return Curve(rule.start)
    end = UNCAPPED if full is None else (full - rule.start) / each
    return Curve(rule.start, (Ramp(ZERO, end, each),))
