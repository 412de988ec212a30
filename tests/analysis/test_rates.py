"""Which weights a framework leaves open: documented points hold, bounds hold, assumed ones are free."""

from __future__ import annotations

import numpy as np
import pytest

import stationeval as se
from stationeval.analysis.rates import rates_of
from stationeval.framework.framework import assemble
from stationeval.framework.source import read_source
from stationeval.testing import random_stations

OPEN = """
schema: 1
id: open
edition: "1"
revision: 1
label: {zh: 未公布分值, en: Points not published}
jurisdiction: {code: "330481", label: {zh: 示例, en: Example}}
issuer: {zh: 示例, en: Nobody}
effective: {from: 2021-01-01}
licence: CC0-1.0
history: [{revision: 1, on: 2021-01-01, why: {zh: 示例, en: An example}}]
sources: {sample: {kind: notice, title: {zh: 示例文件, en: A sample}}}
basis: {status: documented, cite: sample}
inputs:
  a: {type: number, min: 0, max: 100, label: {zh: 甲, en: A}}
  b: {type: number, min: 0, max: 100, label: {zh: 乙, en: B}}
  c: {type: number, min: 0, max: 100, label: {zh: 丙, en: C}}
  d: {type: number, min: 0, max: 100, label: {zh: 丁, en: D}}
total: 100
dimensions:
  known:
    label: {zh: 已知, en: Known}
    points: 60
    indicators:
      one: {label: {zh: 一, en: One}, points: {unknown: not-published, between: [20, 45]}, rule: {kind: ratio, input: a, target: 100}}
      two: {label: {zh: 二, en: Two}, points: {unknown: not-published}, rule: {kind: ratio, input: b, target: 100}}
  weighed:
    label: {zh: 有权重, en: Weighed}
    points: 40
    indicators:
      three: {label: {zh: 三, en: Three}, weight: 3, rule: {kind: ratio, input: c, target: 100}}
      four: {label: {zh: 四, en: Four}, weight: 1, rule: {kind: ratio, input: d, target: 100}}
"""

ROWS = [{"station": name, **dict(zip("abcd", cells, strict=True))} for name, cells in
        (("甲", (90, 20, 50, 50)), ("乙", (30, 95, 50, 50)), ("丙", (60, 60, 10, 90)))]  # fmt: skip


def scores() -> se.Scores:
    whole = assemble((read_source(OPEN, name="open.yaml"),))
    paths = "dimensions.known.indicators.{}.points"
    return se.score(ROWS, whole.complete({paths.format("one"): 30, paths.format("two"): 30}))


def test_documented_points_hold_and_unknown_ones_are_free_within_their_bounds() -> None:
    rates = rates_of(scores())
    low, high = rates.polytope.bounds
    assert rates.names == ("one", "two", "three", "four")
    assert low == pytest.approx([0.2, 0.15, 0.3, 0.1])
    assert high == pytest.approx([0.45, 0.4, 0.3, 0.1])
    assert rates.polytope.closed_form


def test_all_weights_or_none_can_be_released() -> None:
    low, high = rates_of(scores(), release="all").polytope.bounds
    assert (low.tolist(), high.tolist()) == ([0.0] * 4, [1.0] * 4)
    still = rates_of(scores(), release="none").polytope
    assert still.fixed
    assert still.centre == pytest.approx([0.3, 0.3, 0.3, 0.1])


def test_documented_dimensions_are_one_point_at_their_own_level() -> None:
    rates = rates_of(scores(), level="dimension")
    assert rates.polytope.fixed
    assert rates.weights == pytest.approx([0.6, 0.4])


def test_ranges_follow_the_bounds_by_hand() -> None:
    # one = w, two = 0.6 - w, 0.2 <= w <= 0.45: 甲 0.9w + 0.2(0.6 - w), 乙 0.3w + 0.95(0.6 - w), both + 0.2; 丙 0.36 + 0.12
    found = se.rank_ranges(scores())
    assert found.exact.all()
    w = np.linspace(0.2, 0.45, 2001)
    totals = np.stack([0.12 + 0.7 * w + 0.2, 0.57 - 0.65 * w + 0.2, np.full_like(w, 0.36 + 0.12)])
    ranks = 1 + (totals[None] > totals[:, None] + 1e-9).sum(axis=1)
    assert found.best.tolist() == ranks.min(axis=1).tolist()
    assert found.worst.tolist() == ranks.max(axis=1).tolist()


def test_a_constraint_may_name_a_dimension_and_contradict_the_document() -> None:
    with pytest.raises(se.InputError) as caught:
        rates_of(scores(), where="known <= 0.5")
    (problem,) = caught.value.problems
    assert problem.code == "weights-infeasible"
    assert problem.values["constraints"] == ["dimensions.known.points", "known <= 0.5"]


@pytest.mark.parametrize("level", ["dimension", "indicator"])
def test_rates_times_weights_are_the_totals(level: str) -> None:
    for name in ("haining-sppe@2021+reading", "mof-self-evaluation", "guangzhou-stations@2019+reading"):
        fw = se.load(name)
        one = se.score(random_stations(fw, 20, seed=5), fw)
        rates = rates_of(one, level="dimension" if level == "dimension" else "indicator", release="none")
        totals = rates.whole @ rates.weights * rates.scale
        vetoed = np.any(list(one.standings.vetoed.values()), axis=0) if one.standings.vetoed else np.zeros(20, bool)
        exact = np.array([float(total) for total in one.totals])
        assert np.maximum(totals, 0)[~vetoed] == pytest.approx(exact[~vetoed], abs=0.006)


def test_levels_and_releases_are_closed_lists() -> None:
    for asked in ({"level": "item"}, {"release": "some"}):
        with pytest.raises(se.InputError) as caught:
            rates_of(scores(), **asked)
        assert caught.value.report.codes() == ("analysis-choice",)
