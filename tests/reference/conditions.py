"""The reference's derived inputs and three-valued conditions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from stationeval.framework.documents import Condition, Derived, Document
from stationeval.framework.values import Unknown

MET, NOT_MET, CANNOT_TELL = "met", "not met", "cannot tell"
Row = dict[str, Any]


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
