"""准入, 问题, 依据: entry conditions, what is worth saying of the data, and what every value rests on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stationeval.errors import dotted
from stationeval.evaluation.eligibility import both
from stationeval.evaluation.phrases import CLAUSES, COLON
from stationeval.evaluation.results import states_in_words
from stationeval.evaluation.telling import FIELDS
from stationeval.exact import decimal_text
from stationeval.framework.paths import find
from stationeval.framework.provenance import DESCRIBING, Value
from stationeval.framework.values import is_unknown
from stationeval.report.contents import STATES, STATUSES, Contents
from stationeval.report.layout import Cell, Column, Sheet

WHYS = {
    "not-published": "unknown-not-published",
    "not-found": "unknown-not-found",
    "lost-in-source": "unknown-lost-in-source",
    "ambiguous": "unknown-ambiguous",
}
NAMES = {
    **FIELDS,
    "rate": "head-rate",
    "base": "field-base",
    "factor": "field-factor",
    "out_of": "field-out-of",
    "otherwise": "field-otherwise",
    "min": "field-min",
    "per": "field-per",
    "for_each": "field-for-each",
    "complete": "field-complete",
    "currency": "field-currency",
    "mode": "field-mode",
    "unit": "field-unit",
    "indicator": "head-indicator",
    "dimension": "head-dimension",
    "total": "head-total",
    "method": "field-method",
    "quota": "field-quota",
    "gates": "sheet-gates",
    "amount": "head-amount",
    "drop_highest": "ground-drop-highest",
    "drop_lowest": "ground-drop-lowest",
    "needs": "ground-needs",
    "persons": "ground-persons",
    "months": "ground-months",
    "max_months": "ground-max-months",
    "includes": "ground-includes",
}
"""What fields are called, the innermost known one of a path."""

WORDS = {
    "ratio": "kind-ratio",
    "bands": "kind-bands",
    "linear": "kind-linear",
    "checklist": "kind-checklist",
    "lookup": "kind-lookup",
    "count": "kind-count",
    "deduct": "kind-deduct",
    "rating": "kind-rating",
    "relative": "kind-relative",
    "full": "head-full-marks",
    "zero": "word-no-points",
    "rate": "kind-rate",
    "flat": "kind-flat",
    "by_grade": "kind-by-grade",
    "by_tier": "kind-by-tier",
    "per_person_month": "kind-per-person-month",
    "error": "word-error",
    "exclude": "word-exclude",
    "none": "word-none",
    "half_up": "word-half-up",
    "competition": "word-competition",
    "dense": "word-dense",
    "ordinal": "word-ordinal",
    "week": "word-week",
    "month": "word-month",
    "quarter": "word-quarter",
    "half_year": "word-half-year",
    "year": "word-year",
    "CNY": "word-cny",
}
"""What words of the format are called."""

BOUNDS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equals": "=", "times": "×", "of": "÷"}
NAMED = frozenset({"grades", "tiers", "components", "gates", "vetoes", "rounds", "raters"})
"""Sections whose parts go by their ids where they have no label."""

INPUTS = frozenset({"input", "kind"})
DESCRIPTIVE = ("label", "unit", "facet", "written")
"""Fields that describe and decide nothing."""


def gates(contents: Contents) -> Sheet:
    """准入: whether each station meets each entry condition, and all of them."""
    scores, lang = contents.scores, contents.lang
    declared = scores.framework.doc.gates
    columns = [Column(contents.say("head-station"))]
    columns += [Column(gate.label.say(lang), "state") for gate in declared.values()]
    columns.append(Column(contents.say("head-all-gates"), "state"))
    states = [*scores.gates.values(), both(list(scores.gates.values()), len(scores))]
    words = [[contents.say(STATES[word]) for word in states_in_words(state)] for state in states]
    remarks = [contents.say("remark-gates")]
    for gate in declared.values():
        if gate.basis is None or gate.basis.quote is None:
            continue
        quote = gate.basis.quote.say(lang)
        remarks.append(f"{gate.label.say(lang)}{COLON[lang]}“{quote}”")
    return Sheet(contents.say("sheet-gates"), columns, list(zip(scores.stations, *words, strict=True)), remarks)


def problems(contents: Contents) -> Sheet:
    """问题: everything worth saying of the data, with the cell it stands in."""
    inputs = contents.scores.framework.doc.inputs
    columns = [
        Column(contents.say("head-sheet")),
        Column(contents.say("head-cell")),
        Column(contents.say("head-station")),
        Column(contents.say("head-input")),
        Column(contents.say("head-value"), "long"),
        Column(contents.say("head-why"), "long"),
        Column(contents.say("head-hint"), "long"),
        Column(contents.say("head-code"), "code"),
    ]
    rows: list[Sequence[Cell]] = []
    for problem in contents.problems:
        place = problem.place
        spec = inputs.get(place.input or "")
        rows.append(
            (
                place.sheet or place.file,
                place.cell or (None if place.row is None else str(place.row)),
                place.station,
                place.input if spec is None else spec.label.say(contents.lang),
                None if problem.value is None else str(problem.value),
                problem.why(contents.lang),
                problem.hint(contents.lang) or None,
                problem.code,
            )
        )
    return Sheet(contents.say("sheet-problems"), columns, rows, [contents.say("remark-problems", count=len(rows))])


def provenance(contents: Contents) -> Sheet:
    """依据: every value that decides a result, with its status, its source and the words it rests on.

    The values of one node that rest on the same ground stand in one row.
    """
    fw, lang = contents.scores.framework, contents.lang
    sources = {name: source.title.say(lang) for name, source in fw.doc.sources.items()}
    columns = [
        Column(contents.say("head-node"), "long"),
        Column(contents.say("head-value"), "long"),
        Column(contents.say("head-status"), "state"),
        Column(contents.say("head-source"), "long"),
        Column(contents.say("head-quote"), "long"),
        Column(contents.say("head-facts"), "long"),
        Column(contents.say("head-path"), "code"),
    ]
    grounds: dict[Any, list[tuple[Value, tuple[str, ...]]]] = {}
    for value in fw.provenance():
        if decides(value):
            labels, node, rest = _owner(contents, value.path)
            ground = (labels, node, value.status, value.cite, value.quote, value.facts)
            grounds.setdefault(ground, []).append((value, rest))
    rows: list[Sequence[Cell]] = [
        (
            " › ".join(labels) or None,
            _said(contents, values),
            contents.say(STATUSES[status]),
            sources.get(cite or "", cite),
            quote,
            ", ".join(facts) or None,
            node,
        )
        for (labels, node, status, cite, quote, facts), values in grounds.items()
    ]
    shares = {status: decimal_text(share * 100, 0) for status, share in fw.shares().items()}
    return Sheet(contents.say("sheet-provenance"), columns, rows, [contents.say("remark-provenance", **shares)])


def decides(value: Value) -> bool:
    """Whether a value can change a result: neither head, nor data dictionary, nor a label."""
    steps = value.path.split(".")
    return steps[0] not in DESCRIBING and steps[-1] not in DESCRIPTIVE


def _owner(contents: Contents, path: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The labels of the nodes that a value lies in, the path of the innermost, and the steps inside it."""
    steps = find(contents.tree, path).path or ()
    node: Any = contents.tree
    labels: list[str] = []
    inside = 1
    for k, step in enumerate(steps, 1):
        node = node[step]
        label = node.get("label") if isinstance(node, dict) else None
        if label is not None:
            labels.append(label.get(contents.lang) or next(iter(label.values())))
            inside = k
        elif isinstance(node, dict) and k > 1 and steps[k - 2] in NAMED:
            labels.append(str(step))
            inside = k
    return tuple(labels), dotted(steps[:inside]), tuple(map(str, steps[inside:] or steps[-1:]))


def _said(contents: Contents, values: Sequence[tuple[Value, tuple[str, ...]]]) -> str:
    """Values in words: `目标值 300`, `全职社工人数 ≥ 6`."""
    said: list[str] = []
    before: tuple[str, ...] = ()
    for value, steps in values:
        text, last = _value(contents, value.value), steps[-1]
        if last in ("zh", "en") and last != contents.lang and len(values) > 1:
            continue
        if last in BOUNDS:
            text = f"{BOUNDS[last]} {text}"
            if said and before == steps[:-1]:
                said[-1] += f" {text}"
                continue
        elif last not in INPUTS:
            text = f"{_field(contents, steps)} {text}"
        said.append(text)
        before = steps[:-1]
    return CLAUSES[contents.lang].join(said)


def _field(contents: Contents, steps: Sequence[str]) -> str:
    for before, step in zip(("", *steps), steps, strict=False):
        if before in ("items", "map", "amounts"):
            spec = contents.scores.framework.doc.inputs.get(step)
            return step if spec is None else spec.label.say(contents.lang)
    known = [NAMES[step] for step in steps if step in NAMES]
    return contents.say(known[-1]) if known else steps[-1]


def _value(contents: Contents, value: Any) -> str:
    if is_unknown(value):
        return contents.say(WHYS[value["unknown"]])
    if isinstance(value, bool):
        return contents.say("word-yes" if value else "word-no")
    if isinstance(value, int | Decimal | Fraction):
        return decimal_text(Fraction(value))
    if isinstance(value, dict):
        return str(value.get(contents.lang) or next(iter(value.values()), ""))
    if isinstance(value, list):
        return contents.listed(_value(contents, one) for one in value)
    if value in WORDS:
        return contents.say(WORDS[value])
    document = contents.scores.framework.doc
    spec = document.inputs.get(value) or document.derive.get(value)
    return str(value) if spec is None else spec.label.say(contents.lang)
