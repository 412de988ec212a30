"""The cases beside a framework as a table: what is given, what is changed, what must come out."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stationeval.errors import FrameworkNotFound
from stationeval.evaluation.phrases import COLON
from stationeval.framework.documents import Case, CasesDocument
from stationeval.framework.files import read
from stationeval.framework.framework import Framework
from stationeval.framework.reference import parse_reference
from stationeval.framework.validate import validate
from stationeval.report.contents import STATES
from stationeval.report.describing import measured
from stationeval.report.markdown import text
from stationeval.report.sections import View

MOST_FILES = 1_000
FEW = 6
"""So many values stand in the cell; more are folded away."""

WHOLE = {"total": "head-total", "grade": "head-grade", "rank": "head-rank", "tier": "show-tiers"}


def cases_of(folder: pathlib.Path, framework: Framework) -> Iterator[Case]:
    """The cases in a folder that are for a framework with just its completions; files that say nothing are passed over."""
    for path in sorted(folder.glob("*.cases.yaml"))[:MOST_FILES]:
        file = read(path)
        document = None if file.syntax else validate(file.tree, CasesDocument, file.source.place).part
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
            "<br>".join(text(f"{_asked(view, key)} {_came(view, key, value)}") for key, value in case.expect.items()),
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
    labels: Mapping[str, Any] = {
        "gates": document.gates,
        "targets": document.targets,
        "funding": document.funding,
        "dimensions": document.dimensions,
    }.get(section) or {}
    one = labels.get(name) if isinstance(labels, dict) else None
    return name if one is None else one.label.say(view.lang)


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
