"""What a station is paid: components, caps, conditions, and a pool shared so that it sums exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from stationeval import exact
from stationeval.evaluation.columns import Source, Sources
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.eligibility import MET, States, both, condition_states, decided
from stationeval.evaluation.exactly import UNIT, Bools, Floats, Ints, Quantity, round_half_up
from stationeval.evaluation.listing import Values
from stationeval.evaluation.plan import known
from stationeval.framework import documents as d
from stationeval.framework.values import Unknown

FEN = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the conditions of a subsidy look at, for every station."""

    grades: Sequence[str]
    grade_codes: Ints | None
    tiers: Sequence[str]
    tier_levels: Ints | None
    tier_states: Mapping[str, States]
    gates: Callable[[str], States]


@dataclass(frozen=True, slots=True)
class Payment:
    """One component for every station: whether it is open, and how many units of money it pays."""

    states: States
    units: Ints
    lacking: Mapping[str, Bools]


def payment(
    component: d.Component,
    standing: Standing,
    sources: Sources,
    inputs: Mapping[str, d.Input],
    unit: Fraction,
    n: int,
) -> Payment:
    """What a component pays, in whole units of money, never above its cap; 0 where it is not open."""
    states = opened(component.when, standing, sources, inputs, n)
    lacking: dict[str, Bools] = {}
    for name in asked(component):
        missing = sources[name].missing
        if missing is not None and (missing & (states == MET)).any():
            lacking[name] = missing & (states == MET)
    if lacking:
        return Payment(states, np.zeros(n, dtype=np.int64), lacking)
    claim = _claim(component, standing, sources, n)
    cap = None if component.cap is None else known(component.cap)
    if cap is not None:
        claim = Quantity(
            np.minimum(claim.values, float(cap)),
            claim.bound + 2 * UNIT * float(cap),
            _at_most(claim, cap),
        )
    units = in_units(_where(states == MET, claim), unit)
    if cap is not None:
        most = cap / unit
        np.minimum(units, most.numerator // most.denominator, out=units)
    return Payment(states, units, lacking)


def _where(open_: Bools, claim: Quantity) -> Quantity:
    """The claim where a component is open, nothing elsewhere."""
    values = np.where(open_, claim.values, 0.0)
    return Quantity(values, claim.bound, lambda i: claim.exact(i) if open_[i] else ZERO)


def in_units(claim: Quantity, unit: Fraction) -> Ints:
    """An amount in whole units of money, half up, shape (n,)."""
    bound = (claim.bound + 2 * UNIT * np.abs(claim.values)) / float(unit)
    return round_half_up(Quantity(claim.values / float(unit), bound, lambda i: claim.exact(i) / unit), 0)


def _at_most(claim: Quantity, cap: Fraction) -> Callable[[int], Fraction]:
    return lambda i: min(claim.exact(i), cap)


def asked(component: d.Component) -> tuple[str, ...]:
    """The inputs that a component multiplies."""
    match component:
        case d.RateComponent():
            return (component.base,) if component.factor is None else (component.base, component.factor)
        case d.PersonMonthComponent():
            return (component.persons, component.months)
        case _:
            return ()


def opened(when: d.When | None, standing: Standing, sources: Sources, inputs: Mapping[str, d.Input], n: int) -> States:
    """Where a component is open: met, not met, or cannot tell."""
    if when is None:
        return np.full(n, MET, dtype=np.int8)
    states: list[States] = []
    if when.grade_at_least is not None and standing.grade_codes is not None:
        line = list(standing.grades).index(known(when.grade_at_least))
        states.append(decided(standing.grade_codes <= line))
    if when.tier_at_least is not None and standing.tier_levels is not None:
        line = list(standing.tiers).index(known(when.tier_at_least))
        states.append(np.maximum(decided(standing.tier_levels >= line), standing.tier_states[standing.tiers[line]]))
    states += [standing.gates(name) for name in when.gates]
    states += [condition_states(c, sources, inputs, n) for c in when.inputs]
    return both(states, n)


def _claim(component: d.Component, standing: Standing, sources: Sources, n: int) -> Quantity:
    """The amount in yuan before cap and rounding."""
    match component:
        case d.RateComponent():
            factors = [sources[name] for name in asked(component)]
            return product(known(component.rate), factors, (None, None), n)
        case d.PersonMonthComponent():
            limit = None if component.max_months is None else known(component.max_months)
            factors = [sources[component.persons], sources[component.months]]
            return product(known(component.rate), factors, (None, limit), n)
        case d.FlatComponent():
            return _constant([known(component.amount)], np.zeros(n, dtype=np.int64))
        case d.GradeComponent():
            table = _by_name(component.amounts, standing.grades)
            return _constant(table, known(standing.grade_codes))
        case d.TierComponent():
            table = [*_by_name(component.amounts, standing.tiers), ZERO]
            return _constant(table, known(standing.tier_levels))


def _by_name(amounts: Mapping[str, Fraction | Unknown], names: Sequence[str]) -> list[Fraction]:
    return [known(amounts[name]) if name in amounts else ZERO for name in names]


def _constant(table: Sequence[Fraction], codes: Ints) -> Quantity:
    values = np.array([float(amount) for amount in table])[codes]
    return Quantity(values, UNIT * np.abs(values), lambda i: table[int(codes[i])])


def product(rate: Fraction, factors: Sequence[Source], limits: Sequence[Fraction | None], n: int) -> Quantity:
    """A rate times some columns, each at most its limit; what is missing counts as 0."""
    values: Floats = np.full(n, float(rate))
    spread: Floats = np.zeros(n)
    for factor, limit in zip(factors, limits, strict=False):
        x = factor.floats(slice(None))
        if factor.missing is not None:
            x = np.where(factor.missing, 0.0, x)
        if limit is not None:
            x = np.minimum(x, float(limit))
        spread = spread * np.abs(x) + np.abs(values) * factor.spread
        values = values * x

    def call(i: int) -> Fraction:
        amount = rate
        for factor, limit in zip(factors, limits, strict=False):
            x = factor.exact(i)
            amount *= x if limit is None else min(x, limit)
        return amount

    return Quantity(values, spread + np.abs(values) * (8 * UNIT), call)


def share_pool(
    pool: Fraction, claims: Sequence[Fraction], how: str, scores: Sequence[int], names: Sequence[str]
) -> list[int]:
    """A fixed sum shared in fen by largest remainder; equal remainders go by station name.

    `pro_rata` pays the claims in full while they fit, else each in proportion; `by_score` and `by_rank` share all of it
    among the stations with a claim, by total, or by places counted from the bottom.
    """
    fen = int(pool / FEN)
    match how:
        case "pro_rata":
            if sum(claims, ZERO) <= pool:
                return [int(claim / FEN) for claim in claims]
            weights = list(claims)
        case "by_score":
            weights = [Fraction(score) if claim else ZERO for score, claim in zip(scores, claims, strict=True)]
        case _:
            open_ = [score for score, claim in zip(scores, claims, strict=True) if claim]
            weights = [
                Fraction(sum(other <= score for other in open_)) if claim else ZERO
                for score, claim in zip(scores, claims, strict=True)
            ]
    return exact.largest_remainder(fen, weights, names)


def amounts(units: Ints, unit: Fraction) -> Values:
    """Whole units of money as yuan, with the digits of the unit."""
    places = exact.finite_places(unit) or 0
    return Values(units * np.int64(int(unit * 10**places)), places=places)
