"""What the tests of explanations share: simulated stations of Haining, and one framework with every kind of rule."""

from __future__ import annotations

from typing import Any

import stationeval as se
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.source import read_source
from stationeval.testing import full_marks

ORDINARY: dict[str, Any] = {
    "full_time_staff": 7, "certified_staff": 5, "volunteers": 28, "floor_area": 270, "zone_errands": False,
    "room_multipurpose": False, "unified_logo": False, "staff_changes": 3, "filed_in_time": 2, "vacancies": 2,
    "refilled_in_time": 1, "months_supervised": 11, "staff_on_scale": 7, "turnover_rate": 16, "needs_charity": False,
    "contest_q1": 92, "contest_q2": "88.5", "contest_q3": 90, "contest_q4": "95.5", "milestones_due": 20,
    "milestones_delivered": 19, "workers_several_projects": 1, "key_visit_rate": 96, "high_risk_reported": 8,
    "high_risk_visited": 7, "department_satisfaction": 88, "user_satisfaction": "93.6", "visits_planned": 480,
    "visits_done": 456, "cases_planned": 12, "cases_done": 15, "groups_planned": 8, "groups_done": 6,
    "activities_planned": 24, "activities_done": 30, "actual_input": "687501.25", "operator_external": False,
}  # fmt: skip
"""A made-up station like many."""


def haining(**changes: Any) -> se.Scores:
    """Two made-up stations in two rounds; `changes` are to the ordinary one's last round."""
    fw = se.load("haining-sppe@2021+reading")
    full = {name: value for name, value in full_marks(fw).items() if name not in ("station", "round")}
    rows = [{"station": "盐官镇", "round": name, **full} for name in ("midterm", "final")]
    rows.append(
        {"station": "斜桥镇", "round": "midterm", **full, **ORDINARY, "full_time_staff": 5, "certified_staff": 3}
    )
    rows.append({"station": "斜桥镇", "round": "final", **full, **ORDINARY, **changes})
    return se.score(rows, fw)


EVERY_RULE = """
schema: 1
id: every-rule
edition: "1"
revision: 1
label: {zh: 九种规则示例, en: Nine kinds of rule}
jurisdiction: {code: "330481", label: {zh: 示例, en: Example}}
issuer: {zh: 示例, en: Nobody}
effective: {from: 2021-01-01}
licence: CC0-1.0
history: [{revision: 1, on: 2021-01-01, why: {zh: 示例, en: An example}}]
sources: {sample: {kind: notice, title: {zh: 示例文件, en: A sample}}}
basis: {status: documented, cite: sample, locator: 第二条, quote: {zh: 每名社工服务不少于二十户}}
inputs:
  staff: {type: integer, unit: 人, min: 0, label: {zh: 社工, en: Workers}}
  households: {type: integer, unit: 户, min: 0, label: {zh: 服务户数, en: Households}}
  response: {type: number, unit: 小时, min: 0, label: {zh: 响应时间, en: Response time}}
  rate: {type: number, unit: "%", min: 0, max: 100, label: {zh: 建档率, en: Filing rate}}
  plan: {type: boolean, label: {zh: 有年度计划, en: Yearly plan}}
  budget: {type: boolean, label: {zh: 有预算, en: Budget}}
  level: {type: choice, choices: [一般, 较好, 好], label: {zh: 制度健全程度, en: Rules}}
  articles: {type: integer, unit: 篇, min: 0, label: {zh: 宣传稿件, en: Articles}}
  complaints: {type: integer, unit: 件, min: 0, label: {zh: 有效投诉, en: Complaints}}
  expert: {type: rating, min: 0, max: 10, label: {zh: 专家评分, en: Expert mark}}
  visits: {type: integer, unit: 次, min: 0, label: {zh: 走访次数, en: Visits}}
  training: {type: number, unit: 小时, min: 0, label: {zh: 培训时数, en: Training}}
  rural: {type: boolean, label: {zh: 农村站点, en: Rural}}
  award: {type: boolean, label: {zh: 获省级表彰, en: Provincial award}}
  late: {type: integer, unit: 次, min: 0, label: {zh: 迟报次数, en: Late reports}}
  accident: {type: boolean, label: {zh: 发生安全责任事故, en: Accident}}
  fraud: {type: boolean, label: {zh: 弄虚作假, en: Fraud}}
raters:
  all: {label: {zh: 专家, en: Experts}, weight: 1}
total: 100
dimensions:
  basics:
    label: {zh: 基础, en: Base}
    points: 60
    indicators:
      a: {label: {zh: 户均服务, en: Households each}, points: 10, rule: {kind: ratio, input: households, of: staff, target: 20, when_zero: zero}}
      b: {label: {zh: 响应速度, en: Speed}, points: 10, rule: {kind: ratio, input: response, target: 24, direction: lower}}
      c:
        label: {zh: 建档, en: Filing}
        points: 10
        rule: {kind: bands, input: rate, bands: [{at_least: 95, points: 10}, {more_than: 80, points: 6}, {otherwise: 0}]}
      d: {label: {zh: 培训, en: Training}, points: 10, rule: {kind: linear, input: training, knots: [[0, 0], [20, 4], [60, 10]]}}
      e: {label: {zh: 管理, en: Management}, points: 10, rule: {kind: checklist, items: {plan: 6, budget: 4}}}
      f: {label: {zh: 制度, en: Rules}, points: 10, rule: {kind: lookup, input: level, map: {一般: 2, 较好: 6, 好: 10}}}
  work:
    label: {zh: 工作, en: Work}
    points: 40
    indicators:
      g: {label: {zh: 宣传, en: Publicity}, points: 10, rule: {kind: count, input: articles, points_each: 1.5, start: 1}}
      h: {label: {zh: 投诉, en: Complaints}, points: 10, rule: {kind: deduct, input: complaints, points_each: 4}}
      i: {label: {zh: 专家意见, en: Expert view}, points: 10, rule: {kind: rating, input: expert}}
      j:
        label: {zh: 走访, en: Visits}
        points: 5
        rule: {kind: relative, input: visits, method: minmax}
      k:
        label: {zh: 下乡, en: Countryside}
        points: 5
        applies: {input: rural, equals: true}
        rule: {kind: ratio, input: visits, target: 300, floor: 0.5}
bonus:
  cap: 3
  items:
    award: {label: {zh: 省级表彰, en: Provincial award}, rule: {kind: checklist, items: {award: 5}}}
deductions:
  cap: 4
  items:
    late: {label: {zh: 迟报, en: Late reports}, rule: {kind: count, input: late, points_each: 1}}
vetoes:
  accident: {label: {zh: 安全责任事故, en: Accident}, when: {input: accident, equals: true}, effect: {grade_at_most: 合格}}
  fraud: {label: {zh: 弄虚作假, en: Fraud}, when: {input: fraud, equals: true}, effect: {total: 59}}
policies: {rounding: {indicator: 1, total: 1}}
grades:
  优秀: {at_least: 90, quota: 0.5}
  合格: {at_least: 60}
  不合格: {otherwise: true}
consequences:
  - {when: {grade: 不合格}, label: {zh: 限期整改, en: To be put right}, lasts: P6M}
"""


def every_rule() -> Framework:
    """A framework with all nine kinds of rule, a cap on either side, vetoes and a quota."""
    return assemble((read_source(EVERY_RULE, name="every-rule.yaml"),))


STATION: dict[str, Any] = {
    "station": "甲镇", "staff": 6, "households": 96, "response": 30, "rate": 95, "plan": True, "budget": False,
    "level": "较好", "articles": 4, "complaints": 1, "expert": 8, "visits": 120, "training": 30, "rural": False,
    "award": True, "late": 7, "accident": True, "fraud": False,
}  # fmt: skip


def nine_rules() -> se.Scores:
    """Three made-up stations: an ordinary one, a good one and a poor one."""
    good = {
        "station": "乙镇",
        "households": 120,
        "response": 20,
        "plan": True,
        "budget": True,
        "level": "好",
        "rural": True,
    }
    good |= {"articles": 9, "complaints": 0, "expert": 10, "visits": 400, "training": 60, "late": 0, "accident": False}
    poor = {"station": "丙镇", "staff": 0, "rate": 80, "plan": False, "visits": 100, "training": 0, "rural": True}
    poor |= {"complaints": 5, "award": False, "accident": True, "fraud": True, "level": "一般"}
    return se.score([STATION, {**STATION, **good}, {**STATION, **poor}], every_rule())
