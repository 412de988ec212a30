"""How a rule worked out, in a sentence with the numbers it used; one sentence for each of the nine kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.explanation import Datum
from stationeval.evaluation.phrases import Joined, Phrase, Saying, equals, figure, formula, quantity
from stationeval.evaluation.plan import Leaf, known
from stationeval.framework import rules
from stationeval.framework.documents import Input


@dataclass(frozen=True, slots=True)
class Worked:
    """A rule with the numbers of one row.

    Attributes
    ----------
    leaf
        The indicator or item.
    data
        What the rule read, by input id.
    x
        The argument of its curve; None where it divides by zero. A checklist has none.
    points
        What it earned, before rounding.
    inputs
        The data dictionary.
    """

    leaf: Leaf
    data: Mapping[str, Datum]
    x: Fraction | None
    points: Fraction
    inputs: Mapping[str, Input]


def in_words(worked: Worked) -> Phrase:
    """The rule with its numbers, as in `全职社工人数 5 人 ÷ 目标 6 人 × 满分 25/7 分 ≈ 2.98 分`."""
    rule = worked.leaf.rule
    match rule:
        case rules.Ratio():
            return _zero(worked, rule) or _ratio(worked, rule)
        case rules.Bands():
            return _zero(worked, rule) or _scaled(worked, rule.out_of, *_bands(worked, rule))
        case rules.Linear():
            return _zero(worked, rule) or _scaled(worked, rule.out_of, *_linear(worked, rule))
        case rules.Checklist():
            return _scaled(worked, rule.out_of, *_checklist(worked, rule))
        case rules.Lookup():
            return _scaled(worked, rule.out_of, *_lookup(worked, rule))
        case rules.Count():
            return _scaled(worked, rule.out_of, *_count(worked, rule))
        case rules.Deduct():
            return _scaled(worked, rule.out_of, *_deduct(worked, rule))
        case rules.Rating():
            return _rating(worked, rule)
        case rules.Relative():
            return _relative(worked, rule)


def _argument(worked: Worked, rule: rules.Ratio | rules.Bands | rules.Linear, *, solved: bool = False) -> Phrase:
    """The input with its value, or one divided by another; `solved` adds what that comes to."""
    own = _named(worked.data[rule.input])
    if rule.of is None:
        return own
    whole = Joined((own, " ÷ ", _named(worked.data[rule.of])))
    return Joined((whole, f" {equals(_number(worked))}")) if solved else whole


def _named(datum: Datum) -> Phrase:
    return Joined((datum.label, " ", datum.shown))


def _number(worked: Worked) -> Fraction:
    """The number that thresholds are compared with."""
    x = worked.x or ZERO
    inverse = isinstance(worked.leaf.rule, rules.Ratio) and worked.leaf.rule.direction == "lower"
    return 1 / x if inverse and x else x


def _zero(worked: Worked, rule: rules.Ratio | rules.Bands | rules.Linear) -> Phrase | None:
    if worked.x is not None or rule.of is None:
        return None
    of = worked.data[rule.of].label
    if rule.when_zero == "full":
        return Saying("rule-when-zero-full", {"of": of, "full": formula(worked.leaf.points)})
    return Saying("rule-when-zero-none", {"of": of})


def _ratio(worked: Worked, rule: rules.Ratio) -> Phrase:
    value, target, full = worked.data[rule.input].value, known(rule.target), worked.leaf.points
    lower = rule.direction == "lower"
    unit = worked.data[rule.input].unit if rule.of is None else None
    values = {
        "argument": _argument(worked, rule),
        "target": quantity(target, unit),
        "full": formula(full),
        "result": equals(worked.points),
    }
    solved = {**values, "argument": _argument(worked, rule, solved=True)}
    if worked.points == full:
        return Saying("rule-ratio-lower-full" if lower else "rule-ratio-full", solved)
    if isinstance(value, Fraction) and value < 0:
        return Saying("rule-negative", values)
    if rule.floor is not None and worked.points == 0 and value:
        number = _number(worked)
        share = target / number if lower else number / target
        return Saying("rule-ratio-floor", {**solved, "share": figure(share * 100), "floor": figure(rule.floor * 100)})
    if lower:
        return Saying("rule-ratio-lower", values)
    return Saying("rule-ratio-one" if rule.of is not None and target == 1 else "rule-ratio", values)


def _scaled(worked: Worked, out_of: Fraction | None, words: Phrase, points: Fraction) -> Phrase:
    """The words, with how points on the rule's own scale become points of the indicator."""
    if out_of is None or out_of == worked.leaf.points:
        return words
    values = {
        "words": words,
        "points": figure(points),
        "out_of": figure(out_of),
        "full": formula(worked.leaf.points),
        "result": equals(worked.points),
    }
    return Saying("rule-scaled", values)


def _written(worked: Worked, out_of: Fraction | None) -> Fraction:
    """What was earned on the rule's own scale."""
    return worked.points if out_of is None else worked.points * out_of / worked.leaf.points


def _bands(worked: Worked, rule: rules.Bands) -> tuple[Phrase, Fraction]:
    x = worked.x or ZERO
    unit = worked.data[rule.input].unit if rule.of is None else None
    bounds: list[Phrase] = []
    points = ZERO
    for band in rule.bands:
        inclusive = band.more_than is None
        edge = band.at_least if inclusive else band.more_than
        points = known(band.otherwise if edge is None else band.points)
        if edge is None:
            break
        bound = {"bound": quantity(known(edge), unit)}
        if x >= known(edge) if inclusive else x > known(edge):
            bounds.insert(0, Saying("bound-at-least" if inclusive else "bound-more-than", bound))
            break
        bounds = [Saying("bound-less-than" if inclusive else "bound-at-most", bound)]
    words = {"argument": _argument(worked, rule, solved=True), "band": bounds, "points": figure(points)}
    return Saying("rule-bands", words), points


def _linear(worked: Worked, rule: rules.Linear) -> tuple[Phrase, Fraction]:
    x = worked.x or ZERO
    unit = worked.data[rule.input].unit if rule.of is None else None
    knots = [(known(at), known(points)) for at, points in rule.knots]
    argument = _argument(worked, rule, solved=True)
    points = _written(worked, rule.out_of)
    if x <= knots[0][0] or x >= knots[-1][0]:
        code, edge = ("bound-at-most", knots[0][0]) if x <= knots[0][0] else ("bound-at-least", knots[-1][0])
        band = Saying(code, {"bound": quantity(edge, unit)})
        return Saying("rule-bands", {"argument": argument, "band": band, "points": figure(points)}), points
    (x0, y0), (x1, y1) = next(pair for pair in pairwise(knots) if pair[0][0] <= x <= pair[1][0])
    numbers = {"x": x, "x0": x0, "x1": x1, "y0": y0, "y1": y1}
    texts = {name: figure(value) for name, value in numbers.items()}
    return Saying("rule-linear", {"argument": argument, **texts, "result": equals(points)}), points


def _checklist(worked: Worked, rule: rules.Checklist) -> tuple[Phrase, Fraction]:
    points = _written(worked, rule.out_of)
    each = {name: known(value) for name, value in rule.items.items()}
    alike = len(set(each.values())) == 1
    have = [name for name in each if worked.data[name].value]
    lack = [name for name in each if not worked.data[name].value]

    def listed(names: Sequence[str]) -> list[object]:
        labels = [(worked.data[name].label, name) for name in names]
        return [
            label if alike else Saying("rule-item-points", {"label": label, "points": figure(each[name])})
            for label, name in labels
        ]

    words = {
        "all": len(each),
        "got": len(have),
        "have": listed(have),
        "lack": listed(lack),
        "points": figure(points),
    }
    if not lack:
        return Saying("rule-checklist-full", words), points
    if rule.all_or_nothing:
        return Saying("rule-checklist-needs-all", words), points
    return Saying("rule-checklist" if have else "rule-checklist-none", words), points


def _lookup(worked: Worked, rule: rules.Lookup) -> tuple[Phrase, Fraction]:
    datum = worked.data[rule.input]
    points = known(rule.map[str(datum.value)])
    return Saying("rule-lookup", {"label": datum.label, "choice": datum.value, "points": figure(points)}), points


def _count(worked: Worked, rule: rules.Count) -> tuple[Phrase, Fraction]:
    each, points = known(rule.points_each), _written(worked, rule.out_of)
    x = max(ZERO, worked.x or ZERO)
    plain = rule.start + each * x
    values = {
        "start": figure(rule.start),
        "argument": _named(worked.data[rule.input]),
        "each": figure(each),
        "result": equals(plain),
    }
    words: Phrase = Saying("rule-count-start" if rule.start else "rule-count", values)
    return (words if plain == points else Saying("rule-at-most", {"words": words, "most": figure(points)})), points


def _deduct(worked: Worked, rule: rules.Deduct) -> tuple[Phrase, Fraction]:
    each, points = known(rule.points_each), _written(worked, rule.out_of)
    top = worked.leaf.points if rule.out_of is None else rule.out_of
    plain = top - each * max(ZERO, worked.x or ZERO)
    values = {
        "full": formula(top),
        "argument": _named(worked.data[rule.input]),
        "each": figure(each),
        "result": equals(plain),
    }
    words: Phrase = Saying("rule-deduct", values)
    return (words if plain == points else Saying("rule-at-least", {"words": words, "least": figure(points)})), points


def _rating(worked: Worked, rule: rules.Rating) -> Phrase:
    spec = worked.inputs[rule.input]
    values = {
        "argument": _named(worked.data[rule.input]),
        "x": figure(worked.x or ZERO),
        "low": figure(known(spec.min)),
        "high": figure(known(spec.max)),
        "full": formula(worked.leaf.points),
        "result": equals(worked.points),
    }
    return Saying("rule-rating", values)


METHODS = {
    "minmax": "rule-method-minmax",
    "rank": "rule-method-rank",
    "percentile": "rule-method-percentile",
    "zscore": "rule-method-zscore",
}


def _relative(worked: Worked, rule: rules.Relative) -> Phrase:
    method: Phrase = Saying(METHODS[rule.method])
    if rule.within is not None:
        method = Saying("rule-relative-within", {"method": method, "group": rule.within})
    values = {
        "argument": _named(worked.data[rule.input]),
        "method": method,
        "place": figure(worked.x or ZERO),
        "full": formula(worked.leaf.points),
        "result": equals(worked.points),
    }
    return Saying("rule-relative", values)
