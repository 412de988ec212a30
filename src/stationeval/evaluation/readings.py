"""What one row of the data says, and what a node of the framework rests on, ready to be explained."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from stationeval.errors import dotted
from stationeval.evaluation import raters
from stationeval.evaluation.columns import Source
from stationeval.evaluation.eligibility import CANNOT_TELL, MET, NOT_MET, both, condition_states
from stationeval.evaluation.explanation import Clause, Datum
from stationeval.evaluation.phrases import CLAUSES, Joined, Phrase, Saying, figure, quantity, shown
from stationeval.evaluation.plan import known
from stationeval.evaluation.prepare import absent
from stationeval.evaluation.results import Scores
from stationeval.evaluation.totals import take
from stationeval.framework import documents as d
from stationeval.framework.values import Text, Unknown

STATES = {MET: "state-met", NOT_MET: "state-not-met", CANNOT_TELL: "state-cannot-tell"}
DERIVED = {
    "sum": "explain-derived-sum",
    "mean": "explain-derived-mean",
    "difference": "explain-derived-difference",
    "ratio": "explain-derived-ratio",
    "share_true": "explain-derived-share-true",
}
CHANGED = {
    "left-out": "explain-change-left-out",
    "rounding": "explain-change-rounding",
    "cap": "explain-change-cap",
    "floor": "explain-change-floor",
}
BETWEEN = {"difference": {"zh": " − ", "en": " − "}, "ratio": {"zh": " ÷ ", "en": " ÷ "}}
ORDER = ("documented", "inferred", "assumed", "unknown")

OWN = ("points", "weight", "rule", "applies", "missing")
"""The values of a node that decide its points."""


def label_of(document: d.Document, path: Sequence[str]) -> Text:
    """The label of a dimension, an indicator, or an item of bonus or deductions."""
    if path[0] in ("bonus", "deductions"):
        section = document.bonus if path[0] == "bonus" else document.deductions
        return known(known(section).items)[path[-1]].label
    node = known(document.dimensions)[path[1]]
    for name in path[3::2]:
        node = known(node.indicators)[name]
    return node.label


def data_of(scores: Scores, names: Sequence[str], row: int) -> Iterator[Datum]:
    """What a row says of some inputs; a derived one is followed by those it was made from."""
    derive = scores.framework.doc.derive
    for name in names:
        yield datum(scores, name, row)
        if name in derive:
            for part in derive[name].of:
                yield datum(scores, part, row)


def datum(scores: Scores, name: str, row: int) -> Datum:
    """What a row says of one input, with the cell where it stands."""
    document = scores.framework.doc
    source = scores.data.sources.get(name)
    if name in document.derive:
        spec = document.derive[name]
        value = None if source is None or _lacks(source, row) else source.exact(row)
        made = None if value is None else _made(scores, name, value, row)
        return Datum(name, spec.label, value, spec.unit, None, made)
    entry = document.inputs[name]
    value_ = None if source is None or _lacks(source, row) else _typed(source, entry, row)
    if _rated(scores, name):
        return Datum(name, entry.label, value_, entry.unit, None, _from_ratings(scores, name, row))
    place = scores.data.place(row, name) if name in scores.data.table.columns else None
    return Datum(name, entry.label, value_, entry.unit, place)


def _lacks(source: Source, row: int) -> bool:
    return source.missing is not None and bool(source.missing[row])


def _typed(source: Source, entry: d.Input, row: int) -> Fraction | bool | str:
    match entry.type:
        case "boolean":
            return bool(source.exact(row))
        case "choice":
            return entry.choices[int(source.values[row])]
        case "date" | "text":
            return str(source.values[row])
        case _:
            return source.exact(row)


def _made(scores: Scores, name: str, value: Fraction, row: int) -> Phrase:
    spec = scores.framework.doc.derive[name]
    parts: Any = [datum(scores, part, row).shown for part in spec.of]
    if spec.kind in BETWEEN:
        parts = Joined(tuple(parts), BETWEEN[spec.kind])
    return Saying(DERIVED[spec.kind], {"label": spec.label, "parts": parts, "value": quantity(value, spec.unit)})


def _rated(scores: Scores, name: str) -> bool:
    ratings = scores.data.ratings
    return ratings is not None and name in ratings.columns and name in raters.rated_inputs(scores.framework.doc)


def _from_ratings(scores: Scores, name: str, row: int) -> Phrase:
    """The ratings of each group, as they were trimmed and weighed."""
    document, table, ratings = scores.framework.doc, scores.data.table, known(scores.data.ratings)
    code = -1 if ratings.rounds is None or table.rounds is None else int(table.rounds[row])
    station = table.stations[row]
    groups: list[Phrase] = []
    for group, spec in known(document.raters).items():
        names = {group, spec.label.zh, spec.label.en}
        marks = [
            mark
            for k, one in enumerate(ratings.stations)
            if one == station
            and str(ratings.kept[raters.GROUP][k]).strip() in names
            and (ratings.rounds is None or int(ratings.rounds[k]) == code)
            and (mark := ratings.columns[name].exact(k)) is not None
        ]
        left, trimmed = raters.trim(marks, spec.trim)
        values: dict[str, Any] = {
            "group": spec.label,
            "count": len(marks),
            "mean": figure(sum(left, Fraction(0)) / len(left)) if left else shown(None),
            "weight": figure(known(spec.weight)),
        }
        if trimmed and spec.trim is not None:
            values |= {"high": spec.trim.drop_highest, "low": spec.trim.drop_lowest}
        groups.append(Saying("explain-rated-trimmed" if trimmed else "explain-rated-group", values))
    label = document.inputs[name].label
    return Saying("explain-rated", {"label": label, "groups": Joined(tuple(groups), CLAUSES)})


def state_of(scores: Scores, conditions: Sequence[d.Condition], row: int) -> int:
    """Whether all conditions hold in a row: met, not met, or cannot tell."""
    inputs = scores.framework.doc.inputs
    sources = {
        name: absent(1) if source is None else take(source, np.array([row]))
        for name in dict.fromkeys(_asked(conditions))
        for source in (scores.data.sources.get(name),)
    }
    return int(both([condition_states(c, sources, inputs, 1) for c in conditions], 1)[0])


def _asked(conditions: Sequence[d.Condition]) -> Iterator[str]:
    for condition in conditions:
        yield condition.input
        if condition.times is not None:
            yield condition.times
        if condition.when is not None:
            yield from _asked([condition.when])


def conditions_of(scores: Scores, conditions: Sequence[d.Condition] | Unknown, row: int) -> Iterator[Phrase]:
    """Conditions with what the row says of them: those not met and not decided one by one, the others together."""
    if isinstance(conditions, Unknown):
        yield Saying("condition-all-unknown")
        return
    held: list[Phrase] = []
    for condition in conditions:
        state = state_of(scores, [condition], row)
        words = condition_of(scores, condition, row)
        if state != MET:
            yield Saying("condition-state", {"condition": words, "state": Saying(STATES[state])})
        elif words not in held:
            held.append(words)
    if held:
        together = Joined(tuple(held), CLAUSES)
        yield Saying("condition-state", {"condition": together, "state": Saying(STATES[MET])})


def condition_of(scores: Scores, condition: d.Condition, row: int) -> Phrase:
    """A condition in words, with the value it was asked of."""
    read = datum(scores, condition.input, row)
    value = Joined((read.label, " ", read.shown))
    if condition.when is not None:
        opens = datum(scores, condition.when.input, row)
        asked = Joined((opens.label, " ", opens.shown))
        if state_of(scores, [condition.when], row) == NOT_MET:
            return Saying("condition-idle", {"when": asked})
        own = condition_of(scores, condition.model_copy(update={"when": None}), row)
        return Saying("condition-when", {"when": asked, "condition": own})
    if isinstance(condition.equals, bool) and read.value == condition.equals:
        return value
    return Saying("condition", {"value": value, "bounds": list(_bounds(scores, condition, read, row))})


def _bounds(scores: Scores, condition: d.Condition, read: Datum, row: int) -> Iterator[Phrase]:
    if condition.equals is not None:
        wanted = condition.equals
        yield Saying("bound-equals", {"bound": shown(wanted, read.unit)})
    if condition.one_of is not None:
        yield Saying("bound-one-of", {"bound": list(condition.one_of)})
    for code, bound in (
        ("bound-at-least", condition.at_least),
        ("bound-more-than", condition.more_than),
        ("bound-at-most", condition.at_most),
        ("bound-less-than", condition.less_than),
    ):
        if bound is not None:
            yield Saying(code, {"bound": _bound(scores, condition, bound, read, row)})


def _bound(scores: Scores, condition: d.Condition, bound: Fraction | Unknown, read: Datum, row: int) -> Phrase | str:
    if isinstance(bound, Unknown):
        if bound.between is None:
            return Saying("bound-unknown")
        low, high = bound.between
        return Saying("bound-unknown-between", {"low": quantity(low, read.unit), "high": quantity(high, read.unit)})
    if condition.times is None:
        return quantity(bound, read.unit)
    factor = datum(scores, condition.times, row)
    product = ""
    if isinstance(factor.value, Fraction):
        product = f" = {quantity(bound * factor.value, read.unit)}"
    return Joined((figure(bound), " × ", factor.label, " ", factor.shown, product))


def clauses_of(scores: Scores, path: Sequence[str | int], fields: Collection[str]) -> tuple[Clause, ...]:
    """What some of a node's own values rest on, firmest ground first; values on the same ground together."""
    start = f"{dotted(tuple(path))}." if path else ""
    found: dict[Clause, list[str]] = {}
    for value in scores.framework.provenance():
        if not value.path.startswith(start):
            continue
        name = value.path[len(start) :]
        if name.replace("[", ".").split(".")[0] not in fields:
            continue
        ground = Clause((), value.status)
        if value.status != "unknown":
            source = scores.framework.doc.sources.get(value.cite) if value.cite is not None else None
            title: Text | None = None if source is None else source.title
            ground = Clause((), value.status, value.cite, title, value.locator, value.quote, value.facts)
        found.setdefault(ground, []).append(name)
    ordered = sorted(found.items(), key=lambda pair: ORDER.index(pair[0].status))
    return tuple(replace(ground, fields=tuple(names)) for ground, names in ordered)
