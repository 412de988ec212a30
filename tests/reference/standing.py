"""The reference's totals, vetoes, grades, quotas and ranks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.reference.conditions import MET, Row, verdict, with_derived
from tests.reference.points import Scorer, half_up

from stationeval.framework.documents import Document


def score(document: Document, rows: list[Row], last: dict[str, Row], found: dict[str, Any]) -> None:
    rounds = document.rounds or {None: None}
    stations = found["stations"]
    points: dict[Any, dict[str, Any]] = {}
    dimensions = {s: dict.fromkeys(document.dimensions, Fraction(0)) for s in stations}
    base = dict.fromkeys(stations, Fraction(0))
    for name, each in rounds.items():
        weight = Fraction(1) if each is None or each.weight is None else each.weight
        scorer = Scorer(document, [row for row in rows if row.get("round") == name])
        for row in scorer.rows:
            station = row["station"]
            values = scorer.dimensions(row)
            base[station] += weight * (scorer.gathered(values, (), scorer.total) or Fraction(0))
            for dimension, value in values.items():
                dimensions[station][dimension] += weight * (value or Fraction(0))
        points[name] = scorer.leaves
    found["points"] = points
    found["dimensions"] = dimensions
    found["base"] = base
    found["bonus"] = {s: scorer.extra(document.bonus, last[s]) for s in stations}
    found["deductions"] = {s: scorer.extra(document.deductions, last[s]) for s in stations}
    found["total"] = {
        s: half_up(
            max(Fraction(0), base[s] + found["bonus"][s] - found["deductions"][s]), document.policies.rounding.total
        )
        for s in stations
    }
    found["vetoes"] = {
        s: [name for name, veto in document.vetoes.items() if verdict(veto.when, last[s]) == MET] for s in stations
    }
    for s in stations:
        limits = [document.vetoes[name].effect.total for name in found["vetoes"][s]]
        found["total"][s] = min([found["total"][s], *(limit for limit in limits if limit is not None)])
    if document.grades:
        found["grade"] = grades(document, found)
    found["rank"] = ranks(document, found)


def nothing_applies(document: Document, rows: list[Row]) -> bool:
    """Whether some row has nothing that counts: such a table cannot be scored."""
    rows = [with_derived(document, row) for row in rows]
    scorer = Scorer(document, rows)
    return any(all(value is None for value in scorer.dimensions(row).values()) for row in rows)


def grades(document: Document, found: dict[str, Any]) -> dict[str, str]:
    names = list(document.grades)
    given: dict[str, int] = {}
    for s in found["stations"]:
        total = found["total"][s]
        at = next(i for i, g in enumerate(document.grades.values()) if g.at_least is None or total >= g.at_least)
        for veto in found["vetoes"][s]:
            effect = document.vetoes[veto].effect
            worst = effect.grade or effect.grade_at_most
            if worst is not None:
                at = max(at, names.index(worst))
        given[s] = at
    for i, grade in enumerate(document.grades.values()):
        members = [s for s in given if given[s] == i]
        if grade.quota is None or i == len(names) - 1:
            continue
        allowed = (grade.quota * len(given)).__floor__()
        if len(members) > allowed:
            line_out = sorted((found["total"][s] for s in members), reverse=True)[allowed]
            for s in members:
                if found["total"][s] <= line_out:
                    given[s] = i + 1
    return {s: names[at] for s, at in given.items()}


def ranks(document: Document, found: dict[str, Any]) -> dict[str, int]:
    ties = document.policies.ties
    key = {s: (found["total"][s], *(found["dimensions"][s][d] for d in ties.break_by)) for s in found["stations"]}
    if ties.method == "ordinal":
        by_name = sorted(found["stations"])
        order = sorted(by_name, key=lambda s: key[s], reverse=True)  # stable in reverse too
        return {s: order.index(s) + 1 for s in found["stations"]}
    better = {s: [key[other] for other in key if key[other] > key[s]] for s in key}
    return {s: 1 + len(better[s] if ties.method == "competition" else set(better[s])) for s in key}
