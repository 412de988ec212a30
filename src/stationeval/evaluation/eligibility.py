"""Conditions on inputs, with three answers: met, not met, cannot tell. Gates and tiers are made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from stationeval.evaluation.columns import Source, Sources
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.exactly import UNIT, Bools, Quantity, reaches
from stationeval.exact import exact
from stationeval.framework.documents import Condition, Gate, Input, Tier
from stationeval.framework.values import Unknown

States = npt.NDArray[np.int8]
"""2 met, 1 cannot tell, 0 not met, so that the least of several is what they are together; shape (n,)."""

NOT_MET, CANNOT_TELL, MET = range(3)
WORDS = ("not met", "cannot tell", "met")


def both(states: Sequence[States], n: int) -> States:
    """All must hold: not met where any is not met, else cannot tell where any cannot."""
    result = np.full(n, MET, dtype=np.int8)
    for state in states:
        np.minimum(result, state, out=result)
    return result


def decided(holds: Bools) -> States:
    """Met where it holds, not met where it does not."""
    return holds.view(np.int8) * np.int8(MET)


def gate_states(gate: Gate, sources: Sources, inputs: Mapping[str, Input], n: int) -> States:
    """The state of one gate for every station, shape (n,)."""
    if isinstance(gate.requires, Unknown):
        return np.full(n, CANNOT_TELL, dtype=np.int8)
    return both([condition_states(c, sources, inputs, n) for c in gate.requires], n)


def tier_levels(
    tiers: Mapping[str, Tier], sources: Sources, inputs: Mapping[str, Input], n: int
) -> tuple[npt.NDArray[np.int64], Mapping[str, States]]:
    """The highest tier whose conditions all hold (its place from 0, -1 for none), and the states of every tier."""
    states: dict[str, States] = {}
    for name, tier in tiers.items():
        if isinstance(tier.requires, Unknown):
            own = np.full(n, CANNOT_TELL, dtype=np.int8)
        else:
            own = both([condition_states(c, sources, inputs, n) for c in tier.requires], n)
        states[name] = own if tier.includes is None else both([states[tier.includes], own], n)
    level = np.full(n, -1, dtype=np.int64)
    for place, state in enumerate(states.values()):
        level[state == MET] = place
    return level, states


def condition_states(condition: Condition, sources: Sources, inputs: Mapping[str, Input], n: int) -> States:
    """The state of one condition for every station, shape (n,)."""
    source = sources.get(condition.input)
    if source is None:
        state = np.full(n, CANNOT_TELL, dtype=np.int8)
    else:
        state = both(_checks(condition, source, sources, inputs, n), n)
        if source.missing is not None:
            state[source.missing] = CANNOT_TELL
    if condition.when is None:
        return state
    asked = condition_states(condition.when, sources, inputs, n)
    lenient: States = np.maximum(state, np.int8(MET) - asked)
    return lenient


def _checks(
    condition: Condition, source: Source, sources: Sources, inputs: Mapping[str, Input], n: int
) -> list[States]:
    found: list[States] = []
    wanted = condition.one_of if condition.one_of is not None else None
    if condition.equals is not None:
        wanted = [condition.equals]  # type: ignore[list-item]
    if wanted is not None:
        found.append(decided(_one_of(source, wanted, inputs.get(condition.input))))
    times = None
    if condition.times is not None:
        times = sources.get(condition.times)
        if times is None:
            return [np.full(n, CANNOT_TELL, dtype=np.int8)]
    for bound, inclusive, upper in (
        (condition.at_least, True, False),
        (condition.more_than, False, False),
        (condition.at_most, True, True),
        (condition.less_than, False, True),
    ):
        if bound is not None:
            found.append(_bounded(source, times, bound, inclusive=inclusive, upper=upper))
    return found


def _one_of(source: Source, wanted: Sequence[Any], spec: Input | None) -> Bools:
    if spec is not None and spec.type == "choice":
        codes = [spec.choices.index(name) for name in wanted if name in spec.choices]
        return np.isin(source.values, codes)
    if spec is not None and spec.type in ("text", "date"):
        return np.isin(source.values, list(wanted))
    hit = np.zeros(len(source.values), dtype=np.bool_)
    for value in wanted:
        number = exact(value)
        near = np.abs(source.floats(slice(None)) - float(number)) <= source.spread + 4 * UNIT * abs(float(number))
        for i in np.flatnonzero(near).tolist() if not source.crisp else ():
            near[i] = source.exact(i) == number
        hit |= near
    return hit


def _bounded(
    source: Source, times: Source | None, bound: Fraction | Unknown, *, inclusive: bool, upper: bool
) -> States:
    """Three-valued comparison; an unknown bound within known limits still decides what lies outside them."""
    n = len(source.values)
    if isinstance(bound, Unknown):
        if bound.between is None:
            return np.full(n, CANNOT_TELL, dtype=np.int8)
        low, high = bound.between
        easy, hard = (high, low) if upper else (low, high)
        possible = _compare(source, times, easy, inclusive=inclusive, upper=upper)
        certain = _compare(source, times, hard, inclusive=inclusive, upper=upper)
        state = certain.view(np.int8) + possible.view(np.int8)
    else:
        state = decided(_compare(source, times, bound, inclusive=inclusive, upper=upper))
    if times is not None and times.missing is not None:
        state[times.missing] = CANNOT_TELL
    return state


def _compare(source: Source, times: Source | None, bound: Fraction, *, inclusive: bool, upper: bool) -> Bools:
    x = source.floats(slice(None))
    if times is None and source.crisp and exact(float(bound)) == bound:
        edge = float(bound)
        if upper:
            return x <= edge if inclusive else x < edge
        return x >= edge if inclusive else x > edge
    if times is None:
        quantity = Quantity(x, source.spread + np.abs(np.nan_to_num(x)) * (4 * UNIT), source.exact)
        edge_at = bound
    else:
        y = times.floats(slice(None))
        limit = float(bound) * y
        size = np.abs(np.nan_to_num(x)) + np.abs(np.nan_to_num(limit))
        quantity = Quantity(
            x - limit,
            source.spread + abs(float(bound)) * times.spread + size * (8 * UNIT),
            lambda i: ZERO if _absent(source, i) or _absent(times, i) else source.exact(i) - bound * times.exact(i),
        )
        edge_at = ZERO
    return (
        ~reaches(quantity, edge_at, inclusive=not inclusive)
        if upper
        else reaches(quantity, edge_at, inclusive=inclusive)
    )


def _absent(source: Source, i: int) -> bool:
    return source.missing is not None and bool(source.missing[i])
