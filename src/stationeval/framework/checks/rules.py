"""Rules: every point can be earned, none beyond full marks, every value of the input has its points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from stationeval.errors import Path, Problem
from stationeval.exact import decimal_text
from stationeval.framework.checks.context import NUMERIC, Context
from stationeval.framework.documents import Derived, Input
from stationeval.framework.points import number
from stationeval.framework.rules import (
    Band,
    Bands,
    Checklist,
    Count,
    Deduct,
    Linear,
    Lookup,
    Rating,
    Ratio,
    Relative,
    Rule,
)
from stationeval.framework.validate import nearest

_WRITES_POINTS = (Bands, Linear, Checklist, Lookup, Count, Deduct)
_BOOLEAN = frozenset({"boolean"})
_CHOICE = frozenset({"choice"})
ZERO = Fraction(0)


def check(context: Context) -> Iterator[Problem]:
    """All that can be wrong with a rule, wherever it stands."""
    for path, rule in context.rules:
        owner = path[:-1]
        item = context.items.get(owner)
        full = context.points.get(owner) if item is None else number(item.points)
        yield from _inputs(context, rule, path)
        if not context.whole(path):
            continue
        unscaled = item is None and list(_on_weight(context, rule, path))
        if unscaled:
            yield from unscaled
        elif item is not None and item.points is None and isinstance(rule, Ratio | Rating | Relative | Deduct):
            yield context.say("item-without-points", owner, of_key=True, value=owner[-1])
        written = number(getattr(rule, "out_of", None))
        yield from _shape(context, rule, path)
        scale = full if written is None else written
        if written is not None and written <= 0:
            yield context.say("not-positive", (*path, "out_of"))
        elif scale is not None and not unscaled:
            yield from _full_marks(context, rule, path, scale, reached=item is None)


def _inputs(context: Context, rule: Rule, path: Path) -> Iterator[Problem]:
    if isinstance(rule, Checklist):
        for name in rule.items:
            yield from context.refer_input(name, (*path, "items", name), types=_BOOLEAN, of_key=True)
        return
    yield from context.refer_input(rule.input, (*path, "input"), types=_CHOICE if isinstance(rule, Lookup) else NUMERIC)
    if isinstance(rule, Ratio | Bands | Linear):
        yield from _divisor(context, rule, path)
    if isinstance(rule, Rating):
        spec = context.document.inputs.get(rule.input)
        if spec is not None and (spec.min is None or spec.max is None):
            yield context.say("rating-without-range", ("inputs", rule.input), of_key=True, value=rule.input)


def _divisor(context: Context, rule: Ratio | Bands | Linear, path: Path) -> Iterator[Problem]:
    if rule.of is None:
        if rule.when_zero is not None:
            yield context.say("when-zero-without-of", (*path, "when_zero"))
        return
    yield from context.refer_input(rule.of, (*path, "of"), types=NUMERIC)
    spec = context.document.inputs.get(rule.of)
    if rule.when_zero is None and (spec is not None or rule.of in context.document.derive):
        least = None if spec is None else (number(spec.more_than), number(spec.min))
        above = least is not None and ((least[0] is not None and least[0] >= 0) or (least[1] or 0) > 0)
        if not above:
            yield context.say("when-zero-missing", (*path, "of"), value=rule.of, of=rule.of)


def _on_weight(context: Context, rule: Rule, path: Path) -> Iterator[Problem]:
    """Points written in a rule need a scale; where a weight sets the points, that is `out_of`."""
    weighted = context.nodes[path[:-1]].weight is not None
    if weighted and isinstance(rule, _WRITES_POINTS) and rule.out_of is None:
        yield context.say("out-of-missing", path, of_key=True, value=rule.kind)


def _shape(context: Context, rule: Rule, path: Path) -> Iterator[Problem]:
    match rule:
        case Ratio():
            target = number(rule.target)
            if target is not None and target <= 0:
                yield context.say("not-positive", (*path, "target"))
            if rule.floor is not None and not 0 <= rule.floor < 1:
                yield context.say("not-a-share", (*path, "floor"))
            most = _limit(context.document.inputs, context.document.derive, rule.input, "max")
            plain = rule.of is None and rule.direction == "higher"
            if plain and target is not None and most is not None and target > most:
                yield context.say("target-out-of-reach", (*path, "target"), most=decimal_text(most))
        case Bands():
            yield from _bands(context, rule, path)
        case Linear():
            for index, (left, right) in enumerate(pairwise(rule.knots)):
                a, b = number(left[0]), number(right[0])
                if a is not None and b is not None and a >= b:
                    yield context.say("knots-not-rising", (*path, "knots", index + 1, 0), before=decimal_text(a))
        case Lookup():
            yield from _lookup(context, rule, path)
        case Count() | Deduct():
            each = number(rule.points_each)
            if each is not None and each <= 0:
                yield context.say("not-positive", (*path, "points_each"))
        case _:
            pass


def _bands(context: Context, rule: Bands, path: Path) -> Iterator[Problem]:
    last = len(rule.bands) - 1
    before: tuple[Fraction, bool] | None = None
    for index, band in enumerate(rule.bands):
        place = (*path, "bands", index)
        if band.otherwise is not None:
            if index != last:
                yield context.say("otherwise-not-last", (*place, "otherwise"), of_key=True, value="otherwise")
            if band.at_least is not None or band.more_than is not None or band.points is not None:
                yield context.say("band-malformed", place)
            continue
        if (band.at_least is None) == (band.more_than is None) or band.points is None:
            yield context.say("band-malformed", place)
            continue
        step = _threshold(band)
        if step is None:
            continue
        key = "at_least" if band.at_least is not None else "more_than"
        if before is not None and step >= before:
            yield context.say("unreachable-band", (*place, key), above=decimal_text(before[0]))
        before = step
        if rule.of is None and _beyond(context, rule.input, step):
            yield context.say("band-beyond-input", (*place, key), name=rule.input)
    if rule.bands[-1].otherwise is None:
        yield context.say("otherwise-missing", (*path, "bands"), of_key=True)
    elif rule.of is None and before is not None and context.whole(("inputs", rule.input)):
        least = _limit(context.document.inputs, context.document.derive, rule.input, "min")
        if least is not None and (before[0] < least or (before[0] == least and not before[1])):
            where = (*path, "bands", last, "otherwise")
            yield context.say("otherwise-unreachable", where, of_key=True, name=rule.input)


def _threshold(band: Band) -> tuple[Fraction, bool] | None:
    """A lower bound and whether it is exclusive: in this order a band is above another."""
    value = number(band.at_least if band.at_least is not None else band.more_than)
    return None if value is None else (value, band.more_than is not None)


def _beyond(context: Context, name: str, step: tuple[Fraction, bool]) -> bool:
    most = _limit(context.document.inputs, context.document.derive, name, "max")
    return most is not None and (step[0] > most or (step[0] == most and step[1]))


def _limit(inputs: Mapping[str, Input], derive: Mapping[str, Derived], name: str, end: str) -> Fraction | None:
    return None if name in derive or name not in inputs else number(getattr(inputs[name], end))


def _lookup(context: Context, rule: Lookup, path: Path) -> Iterator[Problem]:
    spec = context.document.inputs.get(rule.input)
    if spec is None or spec.type != "choice" or not context.whole(("inputs", rule.input)):
        return
    known = set(spec.choices)
    left = [choice for choice in spec.choices if choice not in rule.map]
    if left:
        yield context.say("choice-without-points", (*path, "map"), of_key=True, choices=left)
    for name in rule.map:
        if name not in known:
            near = nearest(name, spec.choices)
            yield context.say("not-a-choice", (*path, "map", name), of_key=True, value=name, near=near)


def _full_marks(context: Context, rule: Rule, path: Path, scale: Fraction, *, reached: bool) -> Iterator[Problem]:
    """The best that a rule can give is full marks (a bonus need not reach its own); the least is not below nothing."""
    for place, points in _written(rule, path):
        if points < 0:
            yield context.say("points-below-zero", place)
        elif points > scale:
            yield context.say("more-than-full-marks", place, full=decimal_text(scale))
    best, where = _best(context, rule, path)
    if best is None or where is None:
        return
    text, full = decimal_text(best), decimal_text(scale)
    if best < scale and reached:
        yield context.say("full-marks-out-of-reach", where, of_key=True, value=text, best=text, full=full)
    elif best > scale and isinstance(rule, Checklist):
        yield context.say("more-than-full-marks", where, of_key=True, value=text, full=full)


def _written(rule: Rule, path: Path) -> Iterator[tuple[Path, Fraction]]:
    """The points a rule writes, with their places."""
    match rule:
        case Bands():
            for index, band in enumerate(rule.bands):
                for key in ("points", "otherwise"):
                    points = number(getattr(band, key))
                    if points is not None:
                        yield (*path, "bands", index, key), points
        case Linear():
            for index, knot in enumerate(rule.knots):
                if (points := number(knot[1])) is not None:
                    yield (*path, "knots", index, 1), points
        case Checklist() | Lookup():
            key = "items" if isinstance(rule, Checklist) else "map"
            for name, value in (rule.items if isinstance(rule, Checklist) else rule.map).items():
                if (points := number(value)) is not None:
                    yield (*path, key, name), points
        case Count():
            yield (*path, "start"), rule.start
        case Deduct():
            yield (*path, "floor"), rule.floor
        case _:
            pass


def _best(context: Context, rule: Rule, path: Path) -> tuple[Fraction | None, Path | None]:
    """The most points that can be earned, and where that is written; `None` where it is unknown or always full."""
    match rule:
        case Bands():
            steps = [number(b.otherwise if b.points is None else b.points) for b in rule.bands]
            return _most(steps), (*path, "bands")
        case Linear():
            return _best_of_line(context, rule), (*path, "knots")
        case Lookup():
            return _most([number(value) for value in rule.map.values()]), (*path, "map")
        case Checklist():
            ticks = [number(value) for value in rule.items.values()]
            known = [tick for tick in ticks if tick is not None]
            return (sum(known, ZERO) if len(known) == len(ticks) else None), (*path, "items")
        case Count():
            each = number(rule.points_each)
            most = _limit(context.document.inputs, context.document.derive, rule.input, "max")
            whole = context.whole(("inputs", rule.input))
            best = rule.start + each * most if each is not None and most is not None and whole else None
            return best, (*path, "points_each")
        case _:
            return None, None


def _best_of_line(context: Context, rule: Linear) -> Fraction | None:
    """The most points between the least and the greatest that the input may be."""
    knots = [(x, y) for a, b in rule.knots if (x := number(a)) is not None and (y := number(b)) is not None]
    if len(knots) < len(rule.knots) or any(left[0] >= right[0] for left, right in pairwise(knots)):
        return None
    whole = rule.of is None and context.whole(("inputs", rule.input))
    inputs, derive = (context.document.inputs, context.document.derive) if whole else ({}, {})
    low = _limit(inputs, derive, rule.input, "min")
    high = _limit(inputs, derive, rule.input, "max")
    ends = [end for end in (low, high) if end is not None]
    inside = [x for x, _ in knots if (low is None or x >= low) and (high is None or x <= high)]
    return max((_on_line(knots, x) for x in (*inside, *ends)), default=None)


def _on_line(knots: list[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
    if x <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in pairwise(knots):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return knots[-1][1]


def _most(points: list[Fraction | None]) -> Fraction | None:
    known = [each for each in points if each is not None]
    return max(known) if known and len(known) == len(points) else None
