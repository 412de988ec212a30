"""准入, 问题, 依据: entry conditions, what is worth saying of the data, and what every value rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stationeval.evaluation.eligibility import both
from stationeval.evaluation.explanation import FIELDS
from stationeval.evaluation.results import states_in_words
from stationeval.exact import decimal_text
from stationeval.framework.provenance import DESCRIBING, Value
from stationeval.framework.values import is_unknown
from stationeval.report.contents import STATES, Contents
from stationeval.report.layout import Cell, Column, Sheet

STATUSES = {
    "documented": "status-documented",
    "inferred": "status-inferred",
    "assumed": "status-assumed",
    "unknown": "status-unknown",
}
WHYS = {
    "not-published": "unknown-not-published",
    "not-found": "unknown-not-found",
    "lost-in-source": "unknown-lost-in-source",
    "ambiguous": "unknown-ambiguous",
}
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
        quote = gate.basis.quote.say(lang) if gate.basis is not None and gate.basis.quote is not None else ""
        remarks.append(contents.say("remark-gate", gate=gate.label.say(lang), quote=quote))
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
    """依据: every value that decides a result, with its status, its source and the words it rests on."""
    fw, lang = contents.scores.framework, contents.lang
    sources = {name: source.title.say(lang) for name, source in fw.doc.sources.items()}
    columns = [
        Column(contents.say("head-node"), "long"),
        Column(contents.say("head-field")),
        Column(contents.say("head-value"), "long"),
        Column(contents.say("head-status"), "text"),
        Column(contents.say("head-source"), "long"),
        Column(contents.say("head-quote"), "long"),
        Column(contents.say("head-facts")),
        Column(contents.say("head-path"), "code"),
    ]
    rows: list[Sequence[Cell]] = [
        (
            " › ".join(_chain(contents, value.path)) or None,
            _field(contents, value.path),
            _value(contents, value.value),
            contents.say(STATUSES[value.status]),
            sources.get(value.cite or "", value.cite),
            value.quote,
            ", ".join(value.facts) or None,
            value.path,
        )
        for value in fw.provenance()
        if decides(value)
    ]
    shares = {status: decimal_text(share * 100, 0) for status, share in fw.shares().items()}
    return Sheet(contents.say("sheet-provenance"), columns, rows, [contents.say("remark-provenance", **shares)])


def decides(value: Value) -> bool:
    """Whether a value can change a result: neither head, nor data dictionary, nor a label."""
    first, *_, last = (value.path.split(".")[0], value.path.split(".")[-1])
    return first not in DESCRIBING and last not in DESCRIPTIVE


def _chain(contents: Contents, path: str) -> Iterator[str]:
    """The labels of the nodes that a value lies in, outermost first."""
    node: Any = contents.tree
    for step in path.replace("[", ".").replace("]", "").split("."):
        node = node[int(step)] if isinstance(node, list) else node.get(step) if isinstance(node, dict) else None
        label = node.get("label") if isinstance(node, dict) else None
        if label is not None:
            yield label.get(contents.lang) or next(iter(label.values()))


def _field(contents: Contents, path: str) -> str:
    steps = [step for step in path.replace("[", ".").replace("]", "").split(".") if step in FIELDS]
    return contents.say(FIELDS[steps[-1]]) if steps else path.rsplit(".", 1)[-1]


def _value(contents: Contents, value: Any) -> Cell:
    if is_unknown(value):
        return contents.say(WHYS[value["unknown"]])
    if isinstance(value, bool):
        return contents.say("word-yes" if value else "word-no")
    if isinstance(value, int | Decimal | Fraction):
        return decimal_text(Fraction(value))
    if isinstance(value, dict):
        return str(value.get(contents.lang) or next(iter(value.values()), ""))
    if isinstance(value, list):
        return contents.say("list-of", items=[_value(contents, one) for one in value])
    return str(value)
