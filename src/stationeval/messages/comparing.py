"""Words of frameworks laid side by side."""

from __future__ import annotations

from stationeval.messages import Message

_ASPECTS: dict[str, Message] = {
    "aspect-place": Message(("地区", "place")),
    "aspect-answers": Message(("能回答", "answers")),
    "aspect-total": Message(("总分", "full marks")),
    "aspect-dimensions": Message(("一级指标", "dimensions")),
    "aspect-indicators": Message(("二级指标数", "indicators")),
    "aspect-facets": Message(("评价侧面", "looks at")),
    "aspect-share-input": Message(("投入类分值占比", "points for inputs")),
    "aspect-share-process": Message(("过程类分值占比", "points for process")),
    "aspect-share-output": Message(("产出类分值占比", "points for output")),
    "aspect-share-effect": Message(("成效类分值占比", "points for effect")),
    "aspect-gates": Message(("准入条件", "entry conditions")),
    "aspect-staffing": Message(("人员底线", "staffing minima")),
    "aspect-frequencies": Message(("服务频次", "frequencies")),
    "aspect-evaluators": Message(("评价主体", "evaluators")),
    "aspect-rounds": Message(("评价轮次", "rounds")),
    "aspect-grades": Message(("等级", "grades")),
    "aspect-tiers": Message(("服务版本", "tiers")),
    "aspect-money": Message(("补助", "money")),
    "aspect-funding": Message(("列支比例（基数不同，不可直接比较）", "shares of funds (bases differ: not comparable)")),
    "aspect-targets": Message(("覆盖目标", "coverage targets")),
    "aspect-consequences": Message(("结果运用", "consequences")),
    "aspect-unknowns": Message(("未知项数", "unknown values")),
}

_FACETS: dict[str, Message] = {
    "facet-site": Message(("场地", "site")),
    "facet-staff": Message(("人员", "staff")),
    "facet-funds": Message(("经费", "funds")),
    "facet-management": Message(("管理", "management")),
    "facet-service": Message(("服务", "service")),
    "facet-output": Message(("产出", "output")),
    "facet-satisfaction": Message(("满意度", "satisfaction")),
    "facet-effect": Message(("成效", "effect")),
    "facet-innovation": Message(("创新", "innovation")),
}

_PERIODS: dict[str, Message] = {
    "per-week": Message(("周", "week")),
    "per-month": Message(("月", "month")),
    "per-quarter": Message(("季", "quarter")),
    "per-half-year": Message(("半年", "half-year")),
    "per-year": Message(("年", "year")),
    "per-person-month": Message(("人·月", "person and month")),
}

_ERRORS: dict[str, Message] = {
    "no-crosswalk": Message(
        ("{a} 与 {b} 之间没有对照表", "no crosswalk between {a} and {b} is checked in"),
        ("已有：{known}", "there are: {known}"),
    ),
}

MESSAGES: dict[str, Message] = {**_ASPECTS, **_FACETS, **_PERIODS, **_ERRORS}
