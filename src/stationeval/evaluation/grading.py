"""From totals to standing: vetoes, grades, quotas, ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from stationeval.evaluation.columns import Sources
from stationeval.evaluation.eligibility import MET, condition_states
from stationeval.evaluation.exactly import Bools, Ints
from stationeval.evaluation.listing import Values
from stationeval.evaluation.plan import known
from stationeval.evaluation.scoring import Measure
from stationeval.framework.documents import Document, Effect, Grade

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standings:
    """What follows from the totals, for every station.

    `earned` is the grade by points alone, `grades` the one after vetoes and quotas (places in the list of grades, best
    first). `vetoed` says where each veto holds, `crowded` which stations a quota moved down, and from which grade.
    """

    units: Ints
    earned: Codes
    grades: Codes
    vetoed: Mapping[str, Bools]
    crowded: Mapping[int, str]

    def vetoes(self) -> Values:
        """The ids of the vetoes that hold, for every station."""
        mask = np.zeros(len(self.units), dtype=np.int64)
        for k, where in enumerate(self.vetoed.values()):
            mask += where.astype(np.int64) << k
        found, codes = np.unique(mask, return_inverse=True)
        held = tuple(tuple(name for k, name in enumerate(self.vetoed) if bits >> k & 1) for bits in found.tolist())
        return Values(codes, names=held)


def standings(document: Document, units: Ints, places: int, sources: Sources) -> Standings:
    """Vetoes, then grades, then quotas, on rounded totals."""
    n = len(units)
    grades = known(document.grades)
    names = list(grades)
    vetoed = {
        name: condition_states(veto.when, sources, document.inputs, n) == MET
        for name, veto in known(document.vetoes).items()
    }
    effects = {name: known(veto.effect) for name, veto in known(document.vetoes).items()}
    final = _vetoed_totals(units, places, vetoed, effects)
    earned = grade_codes(grades, final, places)
    codes = earned.copy()
    for name, where in vetoed.items():
        effect = effects[name]
        if effect.grade is not None:
            codes[where] = np.maximum(codes[where], names.index(effect.grade))
        if effect.grade_at_most is not None:
            codes[where] = np.maximum(codes[where], names.index(effect.grade_at_most))
    crowded = _quotas(grades, codes, final)
    return Standings(final, earned, codes, vetoed, crowded)


def _vetoed_totals(units: Ints, places: int, vetoed: Mapping[str, Bools], effects: Mapping[str, Effect]) -> Ints:
    final = units.copy()
    for name, where in vetoed.items():
        total = effects[name].total
        if total is not None:
            final[where] = np.minimum(final[where], int(total * 10**places))
    return final


def grade_codes(grades: Mapping[str, Grade], units: Ints, places: int) -> Codes:
    """The place of each total's grade in the list of grades, best first; shape (n,)."""
    bounds = [_ceiling(known(g.at_least) * 10**places) for g in grades.values() if g.at_least is not None]
    rising = np.array(bounds[::-1], dtype=np.int64)
    return len(bounds) - np.searchsorted(rising, units, side="right")


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _quotas(grades: Mapping[str, Grade], codes: Codes, units: Ints) -> dict[int, str]:
    """Keep each grade within its share of all stations, best totals first; who ties across the line moves down."""
    moved: dict[int, str] = {}
    for code, (name, grade) in enumerate(grades.items()):
        if grade.quota is None or code == len(grades) - 1:
            continue
        share = known(grade.quota) * len(codes)
        allowed = share.numerator // share.denominator
        members = np.flatnonzero(codes == code)
        if len(members) <= allowed:
            continue
        ordered = np.sort(units[members])[::-1]
        out = members[units[members] <= ordered[allowed]]
        codes[out] = code + 1
        moved |= {int(i): name for i in out}
    return moved


def ranks(
    units: Ints,
    *,
    method: str,
    breakers: Sequence[Measure] = (),
    groups: npt.NDArray[np.int64] | None = None,
    names: Sequence[str] = (),
) -> Codes:
    """Places from 1, highest total first, within groups where given; shape (n,).

    `competition` 1, 2, 2, 4; `dense` 1, 2, 2, 3; `ordinal` parts what is still equal by station name.
    """
    n = len(units)
    if groups is None and not breakers and method != "ordinal" and n and int(units.max() - units.min()) <= 2**20:
        return _counted(units, dense=method == "dense")
    groups = np.zeros(n, dtype=np.int64) if groups is None else groups
    keys = [groups, -units, *(-_dense_values(b) for b in breakers)]
    if method == "ordinal":
        keys.append(np.argsort(np.argsort(np.array(names, dtype=object), kind="stable"), kind="stable"))
    order = np.lexsort(keys[::-1])
    fresh = np.zeros(n, dtype=np.bool_)
    fresh[:1] = True
    start = fresh.copy()
    for k, key in enumerate(keys):
        changed: Bools = np.diff(key[order]) != 0
        fresh[1:] |= changed
        if k == 0:
            start[1:] |= changed
    position = np.arange(n)
    first_of_group = np.maximum.accumulate(np.where(start, position, 0))
    count = np.cumsum(fresh) if method == "dense" else np.maximum.accumulate(np.where(fresh, position, 0))
    places = np.empty(n, dtype=np.int64)
    places[order] = count - count[first_of_group] + 1
    return places


def _counted(units: Ints, *, dense: bool) -> Codes:
    """Places by counting instead of sorting: 1 + how many stations (or different totals) lie above."""
    steps = units - units.min()
    counts = np.bincount(steps)
    if dense:
        counts = (counts > 0).astype(np.int64)
    above = counts.sum() - np.cumsum(counts)
    places: Codes = above[steps] + 1
    return places


def _dense_values(measure: Measure) -> Codes:
    """Whole numbers in the order of a measure, exact where its floats are too near each other to tell."""
    values = measure.quantity.values
    order = np.argsort(values, kind="stable")
    gap = np.diff(values[order])
    bound = 2 * float(np.max(measure.quantity.bound, initial=0.0)) + 4 * np.spacing(np.abs(values).max(initial=1.0))
    codes = np.zeros(len(values), dtype=np.int64)
    level = 0
    cluster = [int(order[0])] if len(order) else []
    for k, i in enumerate(order[1:].tolist()):
        if gap[k] > bound:
            level = _settle(measure, cluster, codes, level)
            cluster = []
        cluster.append(i)
    _settle(measure, cluster, codes, level)
    return codes


def _settle(measure: Measure, cluster: Sequence[int], codes: Codes, level: int) -> int:
    if len(cluster) == 1:
        codes[cluster[0]] = level
        return level + 1
    exact = {i: measure.quantity.exact(i) for i in cluster}
    for value in sorted(set(exact.values())):
        for i in cluster:
            if exact[i] == value:
                codes[i] = level
        level += 1
    return level
