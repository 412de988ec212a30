"""The reference's subsidy: components, caps, rounding, a shared pool."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.reference.conditions import MET, Row, verdict_of
from tests.reference.points import half_up

from stationeval.framework.documents import Component, Document, When


def pay(document: Document, last: dict[str, Row], found: dict[str, Any], pool: Fraction | None) -> None:
    subsidy = document.subsidy
    unit = subsidy.rounding.unit
    stations = found["stations"]
    found["components"] = {
        s: {
            name: to_unit(document, component, s, last[s], found, unit)
            for name, component in subsidy.components.items()
        }
        for s in stations
    }
    found["amount"] = {s: sum(found["components"][s].values(), Fraction(0)) for s in stations}
    if pool is None and subsidy.pool is not None:
        pool = subsidy.pool.amount
    if pool is not None:
        found["paid"] = shared(subsidy.pool.share, pool, found["amount"], found.get("total", {}))


def to_unit(
    document: Document, component: Component, s: str, row: Row, found: dict[str, Any], unit: Fraction
) -> Fraction:
    if not opened(document, component.when, s, row, found):
        return Fraction(0)
    amount = due(component, s, row, found)
    if component.cap is None:
        return half_up(amount / unit, 0) * unit
    rounded = half_up(min(amount, component.cap) / unit, 0) * unit
    return min(rounded, (component.cap / unit).__floor__() * unit)


def due(component: Component, s: str, row: Row, found: dict[str, Any]) -> Fraction:
    if component.kind == "rate":
        factor = Fraction(1) if component.factor is None else row[component.factor]
        return row[component.base] * component.rate * factor
    if component.kind == "flat":
        return component.amount
    if component.kind == "by_grade":
        return component.amounts.get(found["grade"][s], Fraction(0))
    if component.kind == "by_tier":
        return component.amounts.get(found["tier"][s], Fraction(0))
    months = row[component.months]
    if component.max_months is not None:
        months = min(months, component.max_months)
    return component.rate * row[component.persons] * months


def opened(document: Document, when: When | None, s: str, row: Row, found: dict[str, Any]) -> bool:
    if when is None:
        return True
    grade, tiers = list(document.grades), list(document.tiers)
    if when.grade_at_least is not None and grade.index(found["grade"][s]) > grade.index(when.grade_at_least):
        return False
    if when.tier_at_least is not None:
        has = found["tier"][s]
        if has is None or tiers.index(has) < tiers.index(when.tier_at_least):
            return False
    return all(found["gates"][s][gate] == MET for gate in when.gates) and verdict_of(when.inputs, row) == MET


def shared(way: str, pool: Fraction, claims: dict[str, Fraction], totals: dict[str, Fraction]) -> dict[str, Fraction]:
    """A pool to the fen by largest remainder; equal remainders in the order of names."""
    if way == "pro_rata" and sum(claims.values()) <= pool:
        return dict(claims)
    claiming = [s for s in claims if claims[s] > 0]
    if way == "pro_rata":
        weights = {s: claims[s] for s in claiming}
    elif way == "by_score":
        weights = {s: totals[s] for s in claiming}
    else:
        weights = {s: Fraction(sum(totals[o] <= totals[s] for o in claiming)) for s in claiming}
    whole = sum(weights.values(), Fraction(0))
    fen = pool * 100
    exact = {s: fen * weights[s] / whole if whole else Fraction(0) for s in claiming}
    paid = {s: exact[s].__floor__() for s in claiming}
    over = (fen - sum(paid.values())).__floor__() if whole else 0
    for s in sorted(claiming, key=lambda s: (paid[s] - exact[s], s))[:over]:
        paid[s] += 1
    return {s: Fraction(paid.get(s, 0), 100) for s in claims}
