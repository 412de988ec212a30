"""The format's order of work in plain fractions, slow and obvious: what the engine must equal, value for value.

Written from the description of the format alone, so that the same mistake has to be made twice to go unseen.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from stationeval.framework.documents import Component, Condition, Derived, Document, Extra, Node, When
from stationeval.framework.rules import Rule
from stationeval.framework.values import Unknown

MET, NOT_MET, CANNOT_TELL = "met", "not met", "cannot tell"
Row = dict[str, Any]


def reference(document: Document, rows: list[Row], *, pool: Fraction | None = None) -> dict[str, Any]:
    """Evaluate stations.

    Parameters
    ----------
    document : Document
        With everything known that is computed from.
    rows : list of dict
        `station`, `round` where there are rounds, and input ids with Fraction, bool, str or None.
    pool : Fraction, optional
        A sum to share, instead of the framework's own.

    Returns
    -------
    dict
        `stations` in order, and by station: `points` by round and leaf (None, or not there, where left out), `dimensions`, `base`,
        `bonus`, `deductions`, `total`, `vetoes`, `grade`, `rank`, `gates`, `tier`, `components`, `amount`, `paid`.
    """
    rows = [with_derived(document, row) for row in rows]
    stations = list(dict.fromkeys(row["station"] for row in rows))
    rounds = list(document.rounds) if isinstance(document.rounds, dict) and document.rounds else [None]
    last = {row["station"]: row for row in rows if row.get("round") == rounds[-1]}
    found: dict[str, Any] = {"stations": stations}
    found["gates"] = {
        s: {g: verdict_of(gate.requires, last[s]) for g, gate in document.gates.items()} for s in stations
    }
    found["tier"] = {s: tier(document, last[s]) for s in stations}
    if isinstance(document.dimensions, dict):
        score(document, rows, last, found)
    if document.subsidy is not None and isinstance(document.subsidy.components, dict):
        pay(document, last, found, pool)
    return found


def with_derived(document: Document, row: Row) -> Row:
    return {**row, **{name: derived(each, row) for name, each in document.derive.items()}}


def derived(made: Derived, row: Row) -> Fraction | None:
    if any(row.get(name) is None for name in made.of):
        return None
    values = [Fraction(row[name]) for name in made.of]
    if made.kind == "sum":
        return sum(values, Fraction(0))
    if made.kind == "difference":
        return values[0] - values[1]
    if made.kind == "ratio":
        return made.when_zero if values[1] == 0 else values[0] / values[1]
    return sum(values, Fraction(0)) / len(values)


# Conditions


def together(verdicts: list[str]) -> str:
    if NOT_MET in verdicts:
        return NOT_MET
    return CANNOT_TELL if CANNOT_TELL in verdicts else MET


def verdict_of(requires: list[Condition] | Unknown, row: Row) -> str:
    if isinstance(requires, Unknown):
        return CANNOT_TELL
    return together([verdict(condition, row) for condition in requires])


def verdict(condition: Condition, row: Row) -> str:
    itself = together(bounds(condition, row))
    if condition.when is None:
        return itself
    opens = verdict(condition.when, row)
    if opens == NOT_MET:
        return MET
    if opens == MET:
        return itself
    return MET if itself == MET else CANNOT_TELL


def bounds(condition: Condition, row: Row) -> list[str]:
    value = row.get(condition.input)
    found = []
    if condition.equals is not None:
        found.append(CANNOT_TELL if value is None else MET if value == condition.equals else NOT_MET)
    if condition.one_of is not None:
        found.append(CANNOT_TELL if value is None else MET if value in condition.one_of else NOT_MET)
    times = Fraction(1) if condition.times is None else row.get(condition.times)
    for kind in ("at_least", "more_than", "at_most", "less_than"):
        bound = getattr(condition, kind)
        if bound is None:
            continue
        if value is None or times is None or (isinstance(bound, Unknown) and bound.between is None):
            found.append(CANNOT_TELL)
            continue
        ends = bound.between if isinstance(bound, Unknown) else (bound, bound)
        answers = {holds(kind, value, end * times) for end in ends}
        found.append(CANNOT_TELL if len(answers) == 2 else MET if answers == {True} else NOT_MET)
    return found


def holds(kind: str, value: Fraction, bound: Fraction) -> bool:
    return {
        "at_least": value >= bound,
        "more_than": value > bound,
        "at_most": value <= bound,
        "less_than": value < bound,
    }[kind]


def tier(document: Document, row: Row) -> str | None:
    reached = None
    for name in document.tiers:
        asked: list[str] = []
        level: str | None = name
        while level is not None:
            asked.append(verdict_of(document.tiers[level].requires, row))
            level = document.tiers[level].includes
        if together(asked) == MET:
            reached = name
    return reached


# Points


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
    for (x0, y0), (x1, y1) in zip(knots, knots[1:], strict=False):
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


def score(document: Document, rows: list[Row], last: dict[str, Row], found: dict[str, Any]) -> None:
    rounds = document.rounds or {None: None}
    stations = found["stations"]
    points: dict[Any, dict[str, Any]] = {}
    dimensions = {s: dict.fromkeys(document.dimensions, Fraction(0)) for s in stations}
    base = dict.fromkeys(stations, Fraction(0))
    for name, each in rounds.items():
        weight = Fraction(1) if each is None or each.weight is None else each.weight
        scorer = Scorer(document, [row for row in rows if row.get("round") == name])
        for row in scorer.rows:
            station = row["station"]
            values = scorer.dimensions(row)
            base[station] += weight * (scorer.gathered(values, (), scorer.total) or Fraction(0))
            for dimension, value in values.items():
                dimensions[station][dimension] += weight * (value or Fraction(0))
        points[name] = scorer.leaves
    found["points"] = points
    found["dimensions"] = dimensions
    found["base"] = base
    found["bonus"] = {s: scorer.extra(document.bonus, last[s]) for s in stations}
    found["deductions"] = {s: scorer.extra(document.deductions, last[s]) for s in stations}
    found["total"] = {
        s: half_up(
            max(Fraction(0), base[s] + found["bonus"][s] - found["deductions"][s]), document.policies.rounding.total
        )
        for s in stations
    }
    found["vetoes"] = {
        s: [name for name, veto in document.vetoes.items() if verdict(veto.when, last[s]) == MET] for s in stations
    }
    for s in stations:
        limits = [document.vetoes[name].effect.total for name in found["vetoes"][s]]
        found["total"][s] = min([found["total"][s], *(limit for limit in limits if limit is not None)])
    if document.grades:
        found["grade"] = grades(document, found)
    found["rank"] = ranks(document, found)


def nothing_applies(document: Document, rows: list[Row]) -> bool:
    """Whether some row has nothing that counts: such a table cannot be scored."""
    rows = [with_derived(document, row) for row in rows]
    scorer = Scorer(document, rows)
    return any(all(value is None for value in scorer.dimensions(row).values()) for row in rows)


def grades(document: Document, found: dict[str, Any]) -> dict[str, str]:
    names = list(document.grades)
    given: dict[str, int] = {}
    for s in found["stations"]:
        total = found["total"][s]
        at = next(i for i, g in enumerate(document.grades.values()) if g.at_least is None or total >= g.at_least)
        for veto in found["vetoes"][s]:
            effect = document.vetoes[veto].effect
            worst = effect.grade or effect.grade_at_most
            if worst is not None:
                at = max(at, names.index(worst))
        given[s] = at
    for i, grade in enumerate(document.grades.values()):
        members = [s for s in given if given[s] == i]
        if grade.quota is None or i == len(names) - 1:
            continue
        allowed = (grade.quota * len(given)).__floor__()
        if len(members) > allowed:
            line_out = sorted((found["total"][s] for s in members), reverse=True)[allowed]
            for s in members:
                if found["total"][s] <= line_out:
                    given[s] = i + 1
    return {s: names[at] for s, at in given.items()}


def ranks(document: Document, found: dict[str, Any]) -> dict[str, int]:
    ties = document.policies.ties
    key = {s: (found["total"][s], *(found["dimensions"][s][d] for d in ties.break_by)) for s in found["stations"]}
    if ties.method == "ordinal":
        by_name = sorted(found["stations"])
        order = sorted(by_name, key=lambda s: key[s], reverse=True)  # stable in reverse too
        return {s: order.index(s) + 1 for s in found["stations"]}
    better = {s: [key[other] for other in key if key[other] > key[s]] for s in key}
    return {s: 1 + len(better[s] if ties.method == "competition" else set(better[s])) for s in key}


# Money


def pay(document: Document, last: dict[str, Row], found: dict[str, Any], pool: Fraction | None) -> None:
    subsidy = document.subsidy
    unit = subsidy.rounding.unit
    stations = found["stations"]
    found["components"] = {
        s: {
            name: to_unit(document, component, s, last[s], found, unit)
            for name, component in subsidy.components.items()
        }
        for s in stations
    }
    found["amount"] = {s: sum(found["components"][s].values(), Fraction(0)) for s in stations}
    if pool is None and subsidy.pool is not None:
        pool = subsidy.pool.amount
    if pool is not None:
        found["paid"] = shared(subsidy.pool.share, pool, found["amount"], found.get("total", {}))


def to_unit(
    document: Document, component: Component, s: str, row: Row, found: dict[str, Any], unit: Fraction
) -> Fraction:
    if not opened(document, component.when, s, row, found):
        return Fraction(0)
    amount = due(component, s, row, found)
    if component.cap is None:
        return half_up(amount / unit, 0) * unit
    rounded = half_up(min(amount, component.cap) / unit, 0) * unit
    return min(rounded, (component.cap / unit).__floor__() * unit)


def due(component: Component, s: str, row: Row, found: dict[str, Any]) -> Fraction:
    if component.kind == "rate":
        factor = Fraction(1) if component.factor is None else row[component.factor]
        return row[component.base] * component.rate * factor
    if component.kind == "flat":
        return component.amount
    if component.kind == "by_grade":
        return component.amounts.get(found["grade"][s], Fraction(0))
    if component.kind == "by_tier":
        return component.amounts.get(found["tier"][s], Fraction(0))
    months = row[component.months]
    if component.max_months is not None:
        months = min(months, component.max_months)
    return component.rate * row[component.persons] * months


def opened(document: Document, when: When | None, s: str, row: Row, found: dict[str, Any]) -> bool:
    if when is None:
        return True
    grade, tiers = list(document.grades), list(document.tiers)
    if when.grade_at_least is not None and grade.index(found["grade"][s]) > grade.index(when.grade_at_least):
        return False
    if when.tier_at_least is not None:
        has = found["tier"][s]
        if has is None or tiers.index(has) < tiers.index(when.tier_at_least):
            return False
    return all(found["gates"][s][gate] == MET for gate in when.gates) and verdict_of(when.inputs, row) == MET


def shared(way: str, pool: Fraction, claims: dict[str, Fraction], totals: dict[str, Fraction]) -> dict[str, Fraction]:
    """A pool to the fen by largest remainder; equal remainders in the order of names."""
    if way == "pro_rata" and sum(claims.values()) <= pool:
        return dict(claims)
    claiming = [s for s in claims if claims[s] > 0]
    if way == "pro_rata":
        weights = {s: claims[s] for s in claiming}
    elif way == "by_score":
        weights = {s: totals[s] for s in claiming}
    else:
        weights = {s: Fraction(sum(totals[o] <= totals[s] for o in claiming)) for s in claiming}
    whole = sum(weights.values(), Fraction(0))
    fen = pool * 100
    exact = {s: fen * weights[s] / whole if whole else Fraction(0) for s in claiming}
    paid = {s: exact[s].__floor__() for s in claiming}
    over = (fen - sum(paid.values())).__floor__() if whole else 0
    for s in sorted(claiming, key=lambda s: (paid[s] - exact[s], s))[:over]:
        paid[s] += 1
    return {s: Fraction(paid.get(s, 0), 100) for s in claims}
