"""Where something changes: the values of each input at which a rule, a condition or a payment turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeGuard

from stationeval.framework.documents import Condition, Document, Node, PersonMonthComponent, RateComponent
from stationeval.framework.points import full_marks as full_points
from stationeval.framework.rules import Bands, Checklist, Count, Deduct, Linear, Ratio, Rule
from stationeval.framework.values import Unknown


@dataclass(frozen=True, slots=True)
class Edges:
    """Turning points of a framework's inputs.

    Attributes
    ----------
    values
        By input: the numbers at which something turns.
    multiples
        By input: pairs of another input and a factor; something turns where this is that many times the other.
    """

    values: dict[str, list[Fraction]] = field(default_factory=dict)
    multiples: dict[str, list[tuple[str, Fraction]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scored:
    """A rule with the points it can give (None for an item of a bonus without a limit) and where it stands."""

    id: str
    rule: Rule
    full: Fraction | None
    path: tuple[str, ...]


def leaves(document: Document) -> Iterator[Scored]:
    """Every indicator that has a known rule and known points, in order."""
    points = full_points(document)

    def below(nodes: Any, path: tuple[str, ...]) -> Iterator[Scored]:
        for name, node in nodes.items() if isinstance(nodes, dict) else ():
            here = (*path, name)
            if isinstance(node, Node) and node.indicators is not None:
                yield from below(node.indicators, (*here, "indicators"))
            elif node.rule is not None and not isinstance(node.rule, Unknown) and here in points:
                yield Scored(name, node.rule, points[here], here)

    yield from below(document.dimensions, ("dimensions",))


def items(document: Document, section: str) -> Iterator[Scored]:
    """Every item of `bonus` or `deductions` with a known rule."""
    extra = getattr(document, section)
    if extra is None or isinstance(extra.items, Unknown):
        return
    for name, item in extra.items.items():
        if not isinstance(item.rule, Unknown):
            full = item.points if isinstance(item.points, Fraction) else None
            yield Scored(name, item.rule, full, (section, "items", name))


def edges(document: Document) -> Edges:
    """All turning points of a document, each input's in ascending order."""
    found = Edges()
    for scored in (*leaves(document), *items(document, "bonus"), *items(document, "deductions")):
        _of_rule(scored, found)
    for condition in conditions(document):
        _of_condition(condition, found)
    subsidy = document.subsidy
    components = {} if subsidy is None or isinstance(subsidy.components, Unknown) else subsidy.components
    for component in components.values():
        if isinstance(component, RateComponent) and known(component.cap) and known(component.rate):
            _add(found, component.base, _ratio(component.cap, component.rate))
        if isinstance(component, PersonMonthComponent) and known(component.max_months):
            _add(found, component.months, component.max_months)
    for values in found.values.values():
        values[:] = sorted(set(values))
    return found


def conditions(document: Document) -> Iterator[Condition]:
    """Every condition of a document, those inside others too."""
    yield from (one for node in _nodes(document.dimensions) for one in _chain(node.applies))
    required = [gate.requires for gate in document.gates.values()]
    required += [tier.requires for tier in document.tiers.values()]
    for requires in required:
        if not isinstance(requires, Unknown):
            yield from (one for condition in requires for one in _chain(condition))
    if not isinstance(document.vetoes, Unknown):
        yield from (one for veto in document.vetoes.values() for one in _chain(veto.when))
    subsidy = document.subsidy
    if subsidy is not None and not isinstance(subsidy.components, Unknown):
        for component in subsidy.components.values():
            if component.when is not None:
                yield from (one for condition in component.when.inputs for one in _chain(condition))


def asked_by(condition: Condition | None) -> Iterator[str]:
    """Every input that a condition looks at."""
    for one in _chain(condition):
        yield from (one.input,) if one.times is None else (one.input, one.times)


def known(value: object) -> TypeGuard[Fraction]:
    """Whether a value is a number that is there."""
    return isinstance(value, Fraction)


def _nodes(nodes: Any) -> Iterator[Node]:
    for node in nodes.values() if isinstance(nodes, dict) else ():
        yield node
        yield from _nodes(node.indicators)


def _chain(condition: Condition | None) -> Iterator[Condition]:
    while condition is not None:
        yield condition
        condition = condition.when


def _ratio(one: Any, other: Any) -> Fraction | None:
    return Fraction(one) / other if other else None


def _add(found: Edges, name: str, value: Any, of: str | None = None) -> None:
    if not known(value):
        return
    if of is None:
        found.values.setdefault(name, []).append(value)
    else:
        found.multiples.setdefault(name, []).append((of, value))


def _of_rule(scored: Scored, found: Edges) -> None:
    rule, full = scored.rule, scored.full
    if isinstance(rule, Checklist):
        return
    of = getattr(rule, "of", None)
    if isinstance(rule, Ratio):
        _add(found, rule.input, rule.target, of)
        if rule.floor and known(rule.target):
            turn = rule.target * rule.floor if rule.direction == "higher" else rule.target / rule.floor
            _add(found, rule.input, turn, of)
    elif isinstance(rule, Bands):
        for band in rule.bands:
            _add(found, rule.input, band.at_least if band.at_least is not None else band.more_than, of)
    elif isinstance(rule, Linear):
        for x, _ in rule.knots:
            _add(found, rule.input, x, of)
    elif isinstance(rule, Count | Deduct):
        top = full if rule.out_of is None else rule.out_of
        if top is not None and known(rule.points_each):
            way = top - (rule.start if isinstance(rule, Count) else rule.floor)
            _add(found, rule.input, _ratio(way, rule.points_each))


def _of_condition(condition: Condition, found: Edges) -> None:
    for bound in (condition.at_least, condition.more_than, condition.at_most, condition.less_than):
        ends = bound.between or () if isinstance(bound, Unknown) else (bound,)
        for end in ends:
            _add(found, condition.input, end, condition.times)
    if not isinstance(condition.equals, bool):
        _add(found, condition.input, condition.equals)
