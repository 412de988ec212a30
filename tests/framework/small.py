"""A small framework that uses every section, to be changed at one place a test."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from stationeval.errors import Problem, dotted
from stationeval.framework.build import build
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.merge import Given
from stationeval.framework.paths import find
from stationeval.framework.source import read_source

GONE = object()

SMALL = """
schema: 1
id: small
edition: "2021"
revision: 1
label: {zh: 小框架, en: Small}
jurisdiction: {code: "330481", label: {zh: 某市}}
issuer: {zh: 某局}
effective: {from: 2021-01-01}
licence: CC0-1.0
maturity: reviewed
sources:
  notice: {kind: notice, title: {zh: 通知}}
basis: {status: documented, cite: notice, quote: {zh: 原文}, fields: {edition: inferred}}
facts:
  - {claim: dimensions, equals: 2}
inputs:
  staff: {type: integer, min: 0, max: 40, label: {zh: 人数}}
  area: {type: number, more_than: 0, label: {zh: 面积}}
  spent: {type: money, min: 0, label: {zh: 支出}}
  shown: {type: boolean, label: {zh: 公开}}
  shared: {type: boolean, label: {zh: 共享}}
  survey: {type: choice, choices: [好, 中, 差], label: {zh: 调查}}
  mark: {type: rating, min: 0, max: 10, label: {zh: 评分}}
derive:
  each: {kind: ratio, of: [spent, area], label: {zh: 单位支出}}
total: 100
dimensions:
  site:
    label: {zh: 场地}
    points: 60
    indicators:
      S1: {label: {zh: 面积}, points: 20, rule: {kind: ratio, input: staff, of: area, target: 2}}
      S2:
        label: {zh: 支出}
        points: 20
        basis: {status: inferred, cite: notice, facts: [fact-01], fields: {points: assumed}}
        rule: {kind: bands, input: staff, bands: [{at_least: 20, points: 20}, {more_than: 5, points: 8}, {otherwise: 0}]}
      S3: {label: {zh: 公开}, points: 20, rule: {kind: checklist, items: {shown: 10, shared: 10}}}
  work:
    label: {zh: 工作}
    points: 40
    indicators:
      W1: {label: {zh: 调查}, points: 10, rule: {kind: lookup, input: survey, map: {好: 10, 中: 5, 差: 0}}}
      W2: {label: {zh: 评分}, points: 10, rule: {kind: rating, input: mark}}
      W3: {label: {zh: 线性}, points: 10, rule: {kind: linear, input: each, knots: [[0, 10], [50, 0]]}}
      W4: {label: {zh: 计数}, points: 5, rule: {kind: count, input: staff, points_each: 0.5}}
      W5: {label: {zh: 扣分}, points: 5, rule: {kind: deduct, input: staff, points_each: 1}}
bonus: {cap: 10, items: {B1: {label: {zh: 表彰}, rule: {kind: count, input: staff, points_each: 1}}}}
gates:
  staffing: {label: {zh: 人员}, requires: [{input: staff, at_least: 6}, {input: shown, equals: true}]}
vetoes:
  fraud: {label: {zh: 造假}, when: {input: shown, equals: false}, effect: {grade_at_most: 合格}}
rounds:
  midterm: {label: {zh: 中期}, weight: 0.4}
  final: {label: {zh: 末期}, weight: 0.6}
raters:
  self: {label: {zh: 自评}, weight: 0.3}
  expert: {label: {zh: 专家}, weight: 0.7, trim: {drop_highest: 1, drop_lowest: 1, needs: 5}}
policies: {ties: {break_by: [work, S1]}}
grades:
  优秀: {at_least: 90, quota: 0.3}
  合格: {at_least: 60}
  不合格: {otherwise: true}
tiers:
  "1.0": {label: {zh: 初级}, requires: [{input: staff, at_least: 2}]}
  "2.0": {label: {zh: 高级}, requires: [{input: staff, at_least: 8}], includes: "1.0"}
subsidy:
  components:
    operating: {kind: rate, base: spent, rate: 0.40, cap: 300000, when: {grade_at_least: 合格, gates: [staffing]}}
    reward: {kind: by_grade, amounts: {优秀: 50000}}
    level: {kind: by_tier, amounts: {"1.0": 1000, "2.0": 2000}, monotone: increasing}
    posts: {kind: per_person_month, rate: 3000, persons: staff, months: area, max_months: 12}
  pool: {share: by_score, amount: 1000000}
funding:
  levy: {label: {zh: 福彩}, share: 0.1, kind: at_most, base: {zh: 公益金}, input: spent}
targets:
  cover: {label: {zh: 覆盖}, by: "2025", share: 1}
catalogue:
  complete: true
  domains:
    elderly: {label: {zh: 养老}, items: {visit: {label: {zh: 探访}, unit: 次, min: 2, per: month, for_each: staff}}}
  declared: {domains: 1, items: 1}
consequences:
  - {when: {grade: 不合格}, label: {zh: 约谈}}
  - {when: {gate_not_met: staffing}, label: {zh: 整改}, share: 0.2, lasts: P1Y}
"""

TREE = read_source(SMALL, name="small.yaml").tree


def edited(*changes: tuple[str, Any]) -> dict[str, Any]:
    """The tree with other values at dotted paths; `GONE` takes one away."""
    tree = deepcopy(TREE)
    for text, value in changes:
        found = find(tree, text)
        assert found.path is not None, text
        owner: Any = tree
        for step in found.path[:-1]:
            owner = owner[step]
        if value is GONE:
            del owner[found.path[-1]]
        else:
            owner[found.path[-1]] = value
    return tree


def report(*changes: tuple[str, Any], fills: dict[str, Any] | None = None) -> list[Problem]:
    """The problems of the changed tree, alone or completed."""
    completion = {
        "schema": 1,
        "completes": "small@2021#1",
        "name": "test",
        "author": "",
        "rationale": {"zh": "试"},
        "basis": {"status": "assumed"},
    }
    layers = [] if fills is None else [Given("test", {**completion, "fills": fills})]
    return list(build([Given("small", edited(*changes))], layers).report)


def faults(*changes: tuple[str, Any], fills: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """The errors, each as code and path."""
    return [(p.code, dotted(p.place.path)) for p in report(*changes, fills=fills) if p.severity == "error"]


def framework(*changes: tuple[str, Any]) -> Framework:
    """The changed tree as a framework."""
    return assemble((Given("small", edited(*changes)),))
