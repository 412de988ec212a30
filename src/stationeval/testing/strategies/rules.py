"""Rules of all nine kinds, each able to give its full marks and never more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from stationeval.testing.strategies.drawing import (
    CHOICES,
    COUNTY,
    DIVISORS,
    FLAGS,
    HUGE,
    NUMBERS,
    RATED,
    Drawing,
    Tree,
    decimals,
)


def rule(make: Drawing, full: Any, *, marked: bool) -> Tree:
    """A rule that gives at most `full`; with `marked`, on a scale of its own, of which `full` is then any."""
    kind = make.of(*make.kinds)
    own = kind in ("bands", "linear", "checklist", "lookup", "count", "deduct")
    tree: Tree = {"kind": kind}
    if own and (marked or make.yes(2)):
        full = tree["out_of"] = make.of(1, 3, 10, 100, Decimal("2.5"))
    written: Tree = RULES[kind](make, full)
    return tree | written


def _x(make: Drawing) -> Tree:
    if make.rising or not make.yes(4):
        return {"input": make.number()}
    of = make.of(*DIVISORS)
    name = make.of(*(each for each in NUMBERS if each != of))
    zero = {} if of == "budget" else {"when_zero": make.of("full", "zero")}
    return {"input": name, "of": of, **zero}


def _ratio(make: Drawing, _full: Any) -> Tree:
    x = _x(make)
    tree = {**x, "target": make.within(x)}
    if not make.rising and make.yes(3):
        tree["direction"] = "lower"
    if make.yes(3):
        tree["floor"] = make.of(Decimal("0.5"), Decimal("0.6"), Decimal("0.333"))
    return tree


def _share(make: Drawing, full: Any) -> Decimal:
    """Part of the points, not on a round number only."""
    part = make.of("0", "0.1", "0.25", "0.5", "0.6", "0.75", "0.999", "1")
    return Decimal(full) * Decimal(part)


def _down(make: Drawing, full: Any, count: int) -> list[Decimal]:
    return sorted((_share(make, full) for _ in range(count)), reverse=True)


def _steps(make: Drawing, x: Tree, count: int) -> list[Any]:
    most = NUMBERS.get(x["input"], {}).get("max", HUGE)
    if "of" in x or x["input"] in ("signed", *make.derived):
        steps = st.one_of(st.integers(-2, 20), decimals(-2, 100, places=3), st.sampled_from([HUGE, 60, 90]))
    else:
        steps = st.one_of(st.integers(1, 20), decimals(1, min(most, 100), places=3), st.sampled_from([25, most]))
    return sorted(make.draw(st.lists(steps, min_size=count, max_size=count, unique_by=Decimal)))


def _bands(make: Drawing, full: Any) -> Tree:
    x = _x(make)
    steps = _steps(make, x, make.of(1, 2, 3))[::-1]
    most = NUMBERS.get(x["input"], {}).get("max")
    points = [full, *_down(make, full, len(steps))]
    written = [
        {"at_least" if step == most else make.of("at_least", "more_than"): step, "points": own}
        for step, own in zip(steps, points, strict=False)
    ]
    if steps[-1] != most and make.yes(2):
        written[-1] = {"at_least": steps[-1], "points": points[len(steps) - 1]}
        written.insert(-1, {"more_than": steps[-1], "points": points[len(steps) - 1]})
    return {**x, "bands": [*written, {"otherwise": points[-1]}]}


def _linear(make: Drawing, full: Any) -> Tree:
    x = _x(make)
    steps = _steps(make, x, make.of(2, 3, 4))
    points = [*_down(make, full, len(steps) - 1)[::-1], full]
    if not make.rising and make.yes(3):
        points.reverse()
    return {**x, "knots": [[at, y] for at, y in zip(steps, points, strict=True)]}


def _checklist(make: Drawing, full: Any) -> Tree:
    flags = FLAGS[: make.of(1, 2, 3)]
    first = [_share(make, full) / 4 for _ in flags[1:]]
    last = full - sum(first)
    tree: Tree = {"items": dict(zip(flags, [*first, last], strict=True))}
    return tree | ({"all_or_nothing": True} if make.yes(3) else {})


def _lookup(make: Drawing, full: Any) -> Tree:
    points = [full, *_down(make, full, 2)]
    return {"input": "degree", "map": dict(zip(CHOICES, points, strict=True))}


def _each(make: Drawing, full: Any) -> Any:
    return make.of(Decimal("0.005"), Decimal("0.5"), 1, Decimal("0.333"), Decimal(full) / 4)


def _count(make: Drawing, full: Any) -> Tree:
    tree = {"input": make.of("whole", "spent", "plain"), "points_each": _each(make, full)}
    return tree | ({"start": _share(make, full) / 4} if make.yes(3) else {})


def _deduct(make: Drawing, full: Any) -> Tree:
    tree = {"input": make.of("whole", "persons", "plain"), "points_each": _each(make, full)}
    return tree | ({"floor": _share(make, full) / 2} if make.yes(3) else {})


def _rating(make: Drawing, _full: Any) -> Tree:
    return {"input": make.of(*RATED)}


def _relative(make: Drawing, _full: Any) -> Tree:
    tree = {"input": make.number(), "method": make.of("minmax", "rank", "percentile", "zscore")}
    if make.yes(3):
        tree["direction"] = "lower"
    return tree | ({"within": COUNTY} if make.yes(3) else {})


RULES: Mapping[str, Callable[[Drawing, Any], Tree]] = {
    "ratio": _ratio,
    "bands": _bands,
    "linear": _linear,
    "checklist": _checklist,
    "lookup": _lookup,
    "count": _count,
    "deduct": _deduct,
    "rating": _rating,
    "relative": _relative,
}
