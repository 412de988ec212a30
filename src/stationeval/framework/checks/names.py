"""Names that lead nowhere, conditions that cannot hold, data-dictionary entries at odds with themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from stationeval.errors import Path, Problem
from stationeval.exact import decimal_text
from stationeval.framework.checks.context import NUMERIC, Context
from stationeval.framework.documents import Condition, Derived, Input, When
from stationeval.framework.points import number
from stationeval.framework.rules import Relative, rule_inputs
from stationeval.framework.validate import nearest
from stationeval.framework.values import Unknown

_BOUNDS = ("at_least", "more_than", "at_most", "less_than")
_BOOLEAN = frozenset({"boolean"})


RESERVED = frozenset(
    {"station", "round", "rater_group", "base", "bonus", "deductions", "total", "grade", "rank", "vetoes", "tier"}
    | {"state", "claim", "amount"}
)
"""Headers of tables and of results, which ids that stand beside them as headers may not take."""


def check(context: Context) -> Iterator[Problem]:
    """All that can be wrong with inputs, derived inputs and conditions."""
    document = context.document
    for name, spec in document.inputs.items():
        yield from _input(context, spec, ("inputs", name))
    yield from _labels(context)
    for name, derived in document.derive.items():
        yield from _derived(context, name, derived, ("derive", name))
    for path, condition in conditions(context):
        yield from _condition(context, condition, path)
    yield from _unused(context)
    yield from _reserved(context)


def conditions(context: Context) -> Iterator[tuple[Path, Condition]]:
    """Every condition, those inside conditions too."""
    for outer, condition in _outer_conditions(context):
        path, inner = outer, condition
        yield path, inner
        while inner.when is not None:
            path, inner = (*path, "when"), inner.when
            yield path, inner


def _outer_conditions(context: Context) -> Iterator[tuple[Path, Condition]]:
    document = context.document
    for path, node in context.nodes.items():
        if node.applies is not None:
            yield (*path, "applies"), node.applies
    for section, entries in (("gates", document.gates), ("tiers", document.tiers)):
        for name, entry in entries.items():
            if not isinstance(entry.requires, Unknown):
                for index, each in enumerate(entry.requires):
                    yield (section, name, "requires", index), each
    for name, veto in _known(document.vetoes).items():
        yield ("vetoes", name, "when"), veto.when
    for path, when in component_whens(context):
        for index, each in enumerate(when.inputs):
            yield (*path, "inputs", index), each


def component_whens(context: Context) -> Iterator[tuple[Path, When]]:
    """What opens each component of the subsidy."""
    subsidy = context.document.subsidy
    components = subsidy.components if subsidy is not None else {}
    for name, component in _known(components).items():
        if component.when is not None:
            yield ("subsidy", "components", name, "when"), component.when


def _known(section: Any) -> Mapping[str, Any]:
    return section if isinstance(section, dict) else {}


def _input(context: Context, spec: Input, path: Path) -> Iterator[Problem]:
    low, high, above = number(spec.min), number(spec.max), number(spec.more_than)
    if spec.type == "choice":
        if len(set(spec.choices)) < 2 and context.whole(path):
            yield context.say("choice-without-choices", path, of_key=True, value=path[-1])
    elif spec.choices:
        yield context.say("choices-of-non-choice", (*path, "choices"), of_key=True, type=spec.type)
    if len(set(spec.choices)) < len(spec.choices):
        twice = next(word for word, count in Counter(spec.choices).items() if count > 1)
        yield context.say("choice-twice", (*path, "choices"), of_key=True, value=twice)
    if spec.type not in NUMERIC:
        for key in ("min", "max", "more_than", "places"):
            if getattr(spec, key) is not None:
                yield context.say("range-of-non-number", (*path, key), of_key=True, type=spec.type)
    if high is not None and low is not None and low > high:
        yield context.say("range-crossed", (*path, "max"), least=decimal_text(low))
    if high is not None and above is not None and above >= high:
        yield context.say("range-crossed", (*path, "max"), least=decimal_text(above))
    if spec.type == "rating" and low is not None and low == high:
        yield context.say("range-crossed", (*path, "max"), least=decimal_text(low))
    if spec.places is not None and not 0 <= spec.places <= 6:
        yield context.say("places-out-of-range", (*path, "places"))


def _labels(context: Context) -> Iterator[Problem]:
    """A header may be an id or a label: no two inputs may be meant by one."""
    seen: dict[str, tuple[str, Path]] = {}
    for name, spec in context.document.inputs.items():
        path: Path = ("inputs", name)
        words = [(name, path, True)]
        words += [(word, (*path, "label", lang), False) for lang in ("zh", "en") if (word := getattr(spec.label, lang))]
        words += [(word, (*path, "aliases", index), False) for index, word in enumerate(spec.aliases)]
        for word, place, of_key in words:
            other, _ = seen.setdefault(word, (name, place))
            if other != name:
                yield context.say("same-label", place, of_key=of_key, value=word, other=other)


def _derived(context: Context, name: str, derived: Derived, path: Path) -> Iterator[Problem]:
    if name in (context.names("inputs") or ()):
        yield context.say("derived-is-input", path, of_key=True, value=name)
    wanted = _BOOLEAN if derived.kind == "share_true" else NUMERIC
    for index, part in enumerate(derived.of):
        place = (*path, "of", index)
        if part in context.document.derive:
            yield context.say("derived-from-derived", place, value=part)
        else:
            yield from context.refer_input(part, place, types=wanted)
    if derived.kind in ("difference", "ratio") and len(derived.of) != 2:
        yield context.say("derived-needs-two", (*path, "of"), of_key=True, value=derived.kind, kind=derived.kind)
    elif derived.kind == "ratio" and derived.when_zero is None:
        spec = context.document.inputs.get(derived.of[1])
        if spec is not None and not _above_zero(spec):
            yield context.say("when-zero-missing", (*path, "of", 1), of=derived.of[1])


def _above_zero(spec: Input) -> bool:
    above, low = number(spec.more_than), number(spec.min)
    return (above is not None and above >= 0) or (low is not None and low > 0)


def _condition(context: Context, condition: Condition, path: Path) -> Iterator[Problem]:
    document = context.document
    bounds = {key: getattr(condition, key) for key in _BOUNDS if getattr(condition, key) is not None}
    yield from context.refer_input(condition.input, (*path, "input"), types=NUMERIC if bounds else None)
    if condition.times is not None:
        yield from context.refer_input(condition.times, (*path, "times"), types=NUMERIC)
        if not bounds:
            yield context.say("times-without-bound", (*path, "times"))
    if not bounds and condition.equals is None and condition.one_of is None and context.whole(path):
        yield context.say("condition-empty", path)
    spec = document.inputs.get(condition.input)
    if spec is not None:
        if condition.equals is not None:
            yield from _one_value(context, spec, condition.equals, (*path, "equals"))
        for index, word in enumerate(condition.one_of or ()):
            yield from _one_value(context, spec, word, (*path, "one_of", index))
        if condition.times is None:
            yield from _bounds_of(context, spec, condition, path)


def _bounds_of(context: Context, spec: Input, condition: Condition, path: Path) -> Iterator[Problem]:
    lows = [(number(condition.at_least), False, "at_least"), (number(condition.more_than), True, "more_than")]
    highs = [(number(condition.at_most), False, "at_most"), (number(condition.less_than), True, "less_than")]
    limit_high = [(number(spec.max), False, "max")]
    limit_low = [(number(spec.min), False, "min"), (number(spec.more_than), True, "more_than")]
    for low, low_open, key in lows:
        for high, high_open, other in (*highs, *limit_high):
            if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
                yield context.say("condition-impossible", (*path, key), other=other, limit=decimal_text(high))
    for high, high_open, key in highs:
        for low, low_open, other in limit_low:
            if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
                yield context.say("condition-impossible", (*path, key), other=other, limit=decimal_text(low))


def _one_value(context: Context, spec: Input, value: bool | Fraction | str, path: Path) -> Iterator[Problem]:
    found = "boolean" if isinstance(value, bool) else "number" if isinstance(value, Fraction) else "text"
    wanted = {"boolean": "boolean", "choice": "text", "text": "text", "date": "text"}.get(spec.type, "number")
    if found != wanted:
        yield context.say("value-of-wrong-type", path, type=spec.type)
    elif spec.type == "choice" and value not in spec.choices:
        yield context.say("not-a-choice", path, near=nearest(str(value), spec.choices))


def _reserved(context: Context) -> Iterator[Problem]:
    document = context.document
    subsidy = () if document.subsidy is None else _known(document.subsidy.components)
    for path, ids in (
        (("inputs",), document.inputs),
        (("derive",), document.derive),
        (("dimensions",), _known(document.dimensions)),
        (("gates",), document.gates),
        (("tiers",), document.tiers),
        (("subsidy", "components"), subsidy),
    ):
        for name in ids:
            if name in RESERVED:
                yield context.say("reserved-name", (*path, name), of_key=True, value=name)


def _unused(context: Context) -> Iterator[Problem]:
    """Inputs that nothing reads: asked of every station for nothing, so worth a note."""
    document = context.document
    used = {name for _, rule in context.rules for name in rule_inputs(rule)}
    used |= {rule.within for _, rule in context.rules if isinstance(rule, Relative) and rule.within}
    for _, condition in conditions(context):
        used |= {condition.input, condition.times or condition.input}
    used |= {name for derived in document.derive.values() for name in derived.of}
    used |= {name for each in document.funding.values() for name in (each.input, each.actual) if name}
    used |= {name for each in document.targets.values() for name in (each.achieved, each.whole) if name}
    if document.subsidy is not None:
        for component in _known(document.subsidy.components).values():
            used |= {getattr(component, key, None) or "" for key in ("base", "factor", "persons", "months")}
    if document.catalogue is not None:
        for domain in _known(document.catalogue.domains).values():
            used |= {item.for_each or "" for item in _known(domain.items).values()}
    if context.holes:
        return
    for name in document.inputs:
        if name not in used:
            yield context.say("unused-input", ("inputs", name), of_key=True, severity="note", name=name)
