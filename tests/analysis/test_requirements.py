"""The least change, against every change there is; weight stability against small moves; money at risk."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

import stationeval as se
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.source import read_source
from stationeval.testing import random_stations

SMALL = """
schema: 1
id: small
edition: "1"
revision: 1
label: {zh: 小框架, en: Small}
jurisdiction: {code: "330481", label: {zh: 示例, en: Example}}
issuer: {zh: 示例, en: Nobody}
effective: {from: 2021-01-01}
licence: CC0-1.0
history: [{revision: 1, on: 2021-01-01, why: {zh: 示例, en: An example}}]
sources: {sample: {kind: notice, title: {zh: 示例文件, en: A sample}}}
basis: {status: documented, cite: sample}
inputs:
  visits: {type: integer, min: 0, label: {zh: 探访, en: Visits}}
  planned: {type: integer, min: 1, label: {zh: 计划, en: Planned}}
  groups: {type: integer, min: 0, label: {zh: 小组, en: Groups}}
  plan: {type: boolean, label: {zh: 有计划, en: Plan}}
  level: {type: choice, choices: [一般, 较好, 好], label: {zh: 程度, en: Level}}
  complaints: {type: integer, min: 0, label: {zh: 投诉, en: Complaints}}
total: 100
dimensions:
  work:
    label: {zh: 工作, en: Work}
    points: 60
    indicators:
      done: {label: {zh: 完成, en: Done}, points: 40, rule: {kind: ratio, input: visits, of: planned, target: 1, when_zero: zero}}
      met: {label: {zh: 小组, en: Groups}, points: 20, rule: {kind: bands, input: groups, bands: [{at_least: 6, points: 20}, {at_least: 3, points: 8}, {otherwise: 0}]}}
  care:
    label: {zh: 管理, en: Care}
    points: 40
    indicators:
      planning: {label: {zh: 计划, en: Plan}, points: 10, rule: {kind: checklist, items: {plan: 10}}}
      rules: {label: {zh: 制度, en: Rules}, points: 15, rule: {kind: lookup, input: level, map: {一般: 3, 较好: 9, 好: 15}}}
      calm: {label: {zh: 投诉, en: Calm}, points: 15, rule: {kind: deduct, input: complaints, points_each: 5}}
policies: {rounding: {indicator: 1, dimension: none, total: 1}}
grades: {优秀: {at_least: 90}, 良好: {at_least: 75}, 合格: {at_least: 60}, 不合格: {otherwise: true}}
gates: {}
tiers:
  basic: {label: {zh: 基本, en: Basic}, requires: [{input: visits, at_least: 10}]}
  full: {label: {zh: 完全, en: Full}, includes: basic, requires: [{input: groups, more_than: 4}, {input: plan, equals: true}]}
"""


def small() -> Framework:
    return assemble((read_source(SMALL, name="small.yaml"),))


ROWS = [
    {"station": "甲", "visits": 13, "planned": 30, "groups": 2, "plan": False, "level": "一般", "complaints": 2},
    {"station": "乙", "visits": 27, "planned": 30, "groups": 5, "plan": True, "level": "较好", "complaints": 0},
    {"station": "丙", "visits": 20, "planned": 30, "groups": 6, "plan": False, "level": "好", "complaints": 1},
]
COSTS = {"visits": 1, "groups": 3, "plan": 4, "level": 5, "complaints": 2}
CHOICES = ["一般", "较好", "好"]


def cheapest(scores: se.Scores, station: str, reached: Any) -> float:
    """The least cost among all changes there are."""
    row = next(dict(each) for each in ROWS if each["station"] == station)
    others = [each for each in ROWS if each["station"] != station]
    rows = []
    for visits, groups, plan, level, complaints in product(range(31), range(9), (False, True), range(3), range(4)):
        cost = (
            COSTS["visits"] * abs(visits - row["visits"]) + COSTS["groups"] * abs(groups - row["groups"])
            + COSTS["plan"] * (plan != row["plan"]) + COSTS["level"] * abs(level - CHOICES.index(row["level"]))
            + COSTS["complaints"] * abs(complaints - row["complaints"])
        )  # fmt: skip
        rows.append((cost, visits, groups, plan, level, complaints))
    points = {"groups": lambda g: 20 if g >= 6 else 8 if g >= 3 else 0}
    best = float("inf")
    for cost, visits, groups, plan, level, complaints in rows:
        if cost >= best:
            continue
        done = Fraction(int(Fraction(400 * visits, 30) + Fraction(1, 2)), 10)
        total = done + points["groups"](groups) + 10 * plan + (3, 9, 15)[level] + max(0, 15 - 5 * complaints)
        if reached(total):
            best = cost
    assert others
    return best


@pytest.mark.parametrize("station", ["甲", "乙", "丙"])
@pytest.mark.parametrize(("grade", "line"), [("优秀", 90), ("良好", 75), ("合格", 60)])
def test_a_grade_is_reached_at_the_least_cost_of_all_changes(station: str, grade: str, line: int) -> None:
    scores = se.score(ROWS, small())
    found = se.what_would_it_take(scores, station, grade=grade, costs=COSTS)
    assert found.reached
    assert found.cost == pytest.approx(cheapest(scores, station, lambda total: total >= line))
    after = found.scores
    names = list(small().doc.grades)
    assert names.index((after.grades or ())[after.index(station)]) <= names.index(grade)
    assert found.held["planned"] == "divisor"


@pytest.mark.parametrize(("station", "rank"), [("甲", 1), ("甲", 2), ("丙", 1)])
def test_a_rank_is_reached_at_the_least_cost(station: str, rank: int) -> None:
    scores = se.score(ROWS, small())
    others = sorted((t for s, t in zip(scores.stations, scores.totals, strict=True) if s != station), reverse=True)
    found = se.what_would_it_take(scores, station, rank=rank, costs=COSTS)
    assert found.reached
    assert found.scores.ranks[found.scores.index(station)] <= rank
    assert found.cost == pytest.approx(cheapest(scores, station, lambda total: total >= Fraction(others[rank - 1])))


def test_a_tier_is_reached_by_what_it_lacks_and_no_more() -> None:
    scores = se.score([{**ROWS[0], "visits": 4}], small())
    found = se.what_would_it_take(scores, "甲", tier="full", costs=COSTS)
    assert found.reached
    assert dict(found.changes) == {"visits": (4, 10), "groups": (2, 5), "plan": (False, True)}
    assert found.cost == 6 + 3 * 3 + 4
    assert not se.what_would_it_take(scores, "甲", tier="full", costs={"visits": 1}).reached


def test_limits_are_kept_and_what_is_out_of_reach_is_said() -> None:
    scores = se.score(ROWS, small())
    found = se.what_would_it_take(scores, "甲", grade="良好", limits={"visits": (13, 20), "groups": None})
    assert found.held["groups"] == "asked"
    assert found.changes.get("visits", (13, 13))[1] <= 20
    none = se.what_would_it_take(scores, "甲", grade="优秀", limits={"visits": (13, 20), "groups": None})
    assert (none.reached, none.why, dict(none.changes)) == (False, "out-of-reach", {})
    assert none.most == pytest.approx(26.7 + 10 + 15 + 15, abs=0.06)


def test_what_holds_already_takes_nothing() -> None:
    scores = se.score(ROWS, small())
    found = se.what_would_it_take(scores, "乙", grade="合格")
    assert (found.reached, found.cost, dict(found.changes)) == (True, 0.0, {})


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ({}, "target-needed"),
        ({"grade": "优秀", "rank": 1}, "target-needed"),
        ({"grade": "极好"}, "target-unknown"),
        ({"rank": 0}, "target-unknown"),
        ({"rank": 4}, "target-unknown"),
        ({"tier": "none"}, "target-unknown"),
        ({"grade": "优秀", "limits": {"nobody": None}}, "what-if-unknown"),
        ({"grade": "优秀", "limits": {"visits": ("many", 3)}}, "limit-unreadable"),
        ({"grade": "优秀", "round": "spring"}, "round-unknown"),
    ],
)
def test_targets_that_do_not_exist_are_refused(target: dict[str, Any], code: str) -> None:
    with pytest.raises(se.InputError) as caught:
        se.what_would_it_take(se.score(ROWS, small()), "甲", **target)
    assert caught.value.report.codes() == (code,)


def test_the_answer_for_haining_is_exact_and_divisors_are_held() -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 6, seed=1), fw)
    found = se.what_would_it_take(scores, "模拟0001", rank=1)
    assert found.reached
    assert found.scores.ranks[0] == 1
    assert found.held["full_time_staff"] == "divisor"
    for name, (_, then) in found.changes.items():
        again = se.what_would_it_take(scores, "模拟0001", rank=1, limits={name: None})
        assert not again.reached or again.cost >= found.cost - 1e-6
        assert then is not None
        break
    assert json.loads(json.dumps(found.to_dict()))["reached"] is True
    assert len(found.to_frame()) == len(found.changes)


# ---- stability --------------------------------------------------------------------------------------------------


def totals_at(scores: se.Scores, weights: Any, i: int, by: float, level: str) -> Any:
    nodes = [node for one in scores.plan.root.children for node in ((one,) if level == "dimension" else one.children)]  # type: ignore[union-attr]
    rates = np.stack([scores.points(node.id) / float(node.points) for node in nodes], axis=1)
    moved = weights * (1 - weights[i] - by) / (1 - weights[i])
    moved[i] = weights[i] + by
    return rates @ moved * 100


@pytest.mark.parametrize("level", ["dimension", "indicator"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_nothing_changes_short_of_the_margin_and_something_just_beyond_it(level: Any, seed: int) -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 9, seed=seed), fw)
    found = se.stability(scores, level=level)
    lines = [89.995, 79.995, 59.995]

    def ranks(totals: Any) -> Any:
        return (1 + (totals[None] > totals[:, None] + 1e-9).sum(axis=1)).tolist()

    def grades(totals: Any) -> Any:
        return (totals[:, None] >= np.array(lines) - 1e-10).sum(axis=1).tolist()

    for i, name in enumerate(found.names):
        for k, change in enumerate(found.changes[name]):
            look = ranks if k < 2 else grades
            base = look(totals_at(scores, found.weights, i, 0.0, level))
            end = -found.weights[i] if k % 2 == 0 else 1 - found.weights[i]
            if change is None:
                assert look(totals_at(scores, found.weights, i, end * (1 - 1e-6), level)) == base
                continue
            assert look(totals_at(scores, found.weights, i, change.by * (1 - 1e-4), level)) == base
            if abs(change.by) < abs(end) - 1e-4:
                assert look(totals_at(scores, found.weights, i, change.by + 1e-5 * np.sign(end), level)) != base


def test_margins_to_cut_offs_are_those_of_the_totals() -> None:
    scores = se.score(ROWS, small())
    found = se.stability(scores).cutoffs
    for row in found:
        total = float(row["total"])
        lines = [90, 75, 60]
        above = [line for line in lines if line > total]
        assert row["points_to_gain"] == (pytest.approx(min(above) - total) if above else None)
        below = [line for line in lines if line <= total]
        assert row["points_to_lose"] == (pytest.approx(total - max(below) + 0.1) if below else None)
    assert se.stability(scores).near(1000) == found["station"]


def test_level_stations_and_a_single_one_are_stated() -> None:
    level = se.stability([[0.5, 0.2], [0.2, 0.5], [0.2, 0.5]])
    assert level.tied == (("station1", "station2"), ("station2", "station3"))
    assert level.table["rank_rise"][0] == 0.0
    alone = se.stability([[0.5, 0.2]])
    assert alone.table["rank_rise"] == (None, None)
    assert [note.code for note in alone.made.notes] == ["analysis-one-station"]


# ---- money ------------------------------------------------------------------------------------------------------


def test_money_at_the_frameworks_own_weights_is_the_subsidy() -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 10, seed=4), fw)
    found = se.subsidy_at_risk(scores, draws=3, seed=0, release="none")
    paid = [int(amount * 100) for amount in se.subsidy(scores)["amount"]]
    assert found.now.tolist() == paid
    assert (found.paid == np.array(paid)).all()
    assert (found.kept == 1.0).all()


@pytest.mark.parametrize("pool", [None, 500_000])
def test_every_drawn_amount_is_one_that_some_grade_pays_and_a_pool_is_never_exceeded(pool: int | None) -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 8, seed=1), fw)
    found = se.subsidy_at_risk(scores, draws=400, seed=0, pool=pool)
    assert found.paid.shape == (400, 8)
    if pool is None:
        assert all(len(np.unique(found.paid[:, s])) <= 4 for s in range(8))
    else:
        assert found.budget.max() <= pool * 100
    rows = [row for row in found.amounts if row["station"] == scores.stations[0]]
    assert sum(row["share"] for row in rows) == pytest.approx(1.0)
    assert found.table["station"][-1] is None
    assert json.loads(json.dumps(found.to_dict()))["made"]["draws"] == 400
