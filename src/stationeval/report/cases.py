"""The cases beside a framework as a table: what is given, what is changed, what must come out."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stationeval.errors import FrameworkNotFound, Place
from stationeval.evaluation.phrases import COLON
from stationeval.framework.documents import Case, CasesDocument, Node
from stationeval.framework.files import read
from stationeval.framework.framework import Framework
from stationeval.framework.reference import parse_reference
from stationeval.framework.validate import validate
from stationeval.framework.values import Unknown
from stationeval.messages import Language
from stationeval.report.contents import STATES
from stationeval.report.describing import measured
from stationeval.report.markdown import text
from stationeval.report.view import View

MOST_FILES = 1_000
FEW = 6
"""So many values stand in the cell; more are folded away."""

WHOLE = {"total": "head-total", "grade": "head-grade", "rank": "head-rank", "tier": "show-tiers"}


def cases_of(folder: pathlib.Path, framework: Framework) -> Iterator[Case]:
    """The cases in a folder that are for a framework with just its completions; faulty files are passed over."""
    for path in sorted(folder.glob("*.cases.yaml"))[:MOST_FILES]:
        file = read(path)
        checked = validate(file.tree, CasesDocument, lambda at, of_key: Place())
        document = None if file.syntax else checked.part
        if document is not None and _is_for(document.framework, framework):
            yield from document.cases


def _is_for(reference: str, framework: Framework) -> bool:
    try:
        wanted = parse_reference(reference)
    except FrameworkNotFound:
        return False
    mine = (framework.id, framework.edition, framework.completions)
    return (wanted.id, wanted.edition or framework.edition, wanted.completions) == mine


def cases_table(view: View, cases: Iterator[Case]) -> list[str]:
    """One row a case; its inputs by their labels."""
    rows = (
        (
            text(case.name),
            _folded(view, [*_like(view, case), *_inputs(view, {**case.given, **case.change})]),
            "<br>".join(
                text(f"{_asked(view, key)}{COLON[view.lang]}{_came(view, key, value)}")
                for key, value in case.expect.items()
            ),
        )
        for case in cases
    )
    return view.table(("page-case", "page-given", "page-expected"), rows)


def _folded(view: View, items: list[str]) -> str:
    said = "<br>".join(items)
    if len(items) <= FEW:
        return said
    return f"<details><summary>{view.say('page-items', count=len(items))}</summary>{said}</details>"


def _like(view: View, case: Case) -> Iterator[str]:
    if case.like is not None:
        yield view.say("page-like", name=case.like)


def _inputs(view: View, inputs: Mapping[str, Any]) -> Iterator[str]:
    words, rounds = view.words, view.document.rounds
    for name, value in inputs.items():
        if name != "rounds" or not isinstance(value, Mapping):
            yield text(f"{words.label(name)} {_value(view, value, words.unit(name))}")
            continue
        for key, inside in value.items():
            one = rounds.get(key) if isinstance(rounds, dict) else None
            label = key if one is None else one.label.say(view.lang)
            for inner in _inputs(view, inside):
                yield f"{text(label)}{COLON[view.lang]}{inner}"


def _asked(view: View, key: str) -> str:
    """What a key of the expectations asks for."""
    section, _, name = key.partition(".")
    words, document = view.words, view.document
    if not name:
        return words.say("page-subsidy") if key == "subsidy" else words.say(WHOLE[key]) if key in WHOLE else key
    if section in ("points", "dimensions"):
        label = _labels(document.dimensions, view.lang).get(name)
        return name if label is None else f"{name} {label}"
    labels: Mapping[str, Any] = getattr(document, section, {})
    return labels[name].label.say(view.lang) if name in labels else name


def _labels(nodes: Mapping[str, Node] | Unknown | None, lang: Language) -> dict[str, str]:
    """The label of every node of the tree of points, by its id."""
    found: dict[str, str] = {}
    for name, node in nodes.items() if isinstance(nodes, dict) else ():
        found |= {name: node.label.say(lang), **_labels(node.indicators, lang)}
    return found


def _came(view: View, key: str, value: Any) -> str:
    if key == "grade" and isinstance(value, str):
        return view.words.grade(value)
    if key == "tier" and isinstance(value, str):
        return view.words.tier(value)
    return view.words.say(STATES[value]) if value in STATES else _value(view, value, None)


def _value(view: View, value: Any, unit: str | None) -> str:
    if value is None:
        return view.words.say("explain-empty")
    if isinstance(value, bool):
        return view.words.say("word-yes" if value else "word-no")
    if isinstance(value, int | Decimal | Fraction):
        return measured(Fraction(value), unit)
    return str(value)
