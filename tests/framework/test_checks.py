"""Whatever is at odds with itself is found where it stands, and nothing else is."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.framework.small import GONE, faults, report

from stationeval.framework import checks

UNKNOWN = {"unknown": "not-published"}
Q = "dimensions.site.indicators"
W = "dimensions.work.indicators"


def test_a_framework_without_mistakes_has_no_problem() -> None:
    assert report() == []


CASES: list[tuple[str, list[tuple[str, Any]], str]] = [
    # the tree of points
    ("points-and-weight", [(f"{Q}.S1.weight", 1)], f"{Q}.S1"),
    ("points-beside-weights", [(f"{Q}.S1.points", GONE), (f"{Q}.S1.weight", 1)], f"{Q}.S1"),
    ("points-do-not-add-up", [(f"{Q}.S1.points", 19)], "dimensions.site.points"),
    ("points-do-not-add-up", [("total", 101)], "total"),
    ("points-do-not-add-up", [("dimensions.site.indicators", UNKNOWN), ("dimensions.site.points", 70)], "total"),
    ("no-points", [(f"{Q}.S1.points", GONE)], f"{Q}.S1"),
    ("not-positive", [("bonus.items.B1.points", 0)], "bonus.items.B1.points"),
    ("rule-and-indicators", [("dimensions.site.rule", UNKNOWN)], "dimensions.site"),
    ("neither-rule-nor-indicators", [(f"{Q}.S1.rule", GONE)], f"{Q}.S1"),
    ("no-indicators", [(Q, {}), ("policies", GONE)], Q),
    ("total-too-large", [("total", 10**14), (Q, UNKNOWN), ("dimensions.site.points", 10**14 - 40)], "total"),
    ("id-twice", [("bonus.items.S1", {"label": {"zh": "一"}, "rule": UNKNOWN})], "bonus.items.S1"),
    ("reserved-name", [("gates.station", {"label": {"zh": "门槛"}, "requires": []})], "gates.station"),
    ("bad-key", [("rounds", {"a[0]": {"label": {"zh": "一"}, "weight": 1}})], "rounds.a[0]"),
    ("claim-not-met", [("facts[0].equals", 3)], "facts[0].equals"),
    ("claim-not-met", [("facts[0].claim", "indicators"), ("facts[0].equals", 9)], "facts[0].equals"),
    ("claim-not-met", [("facts[0].claim", "total")], "facts[0].equals"),
    ("claim-not-met", [("facts[0].claim", "domains")], "facts[0].equals"),
    ("claim-not-met", [("facts[0].claim", "items")], "facts[0].equals"),
    ("claim-not-met", [("facts[0].claim", "gates")], "facts[0].equals"),
    ("claim-not-met", [("facts[0].claim", "level_3")], "facts[0].equals"),
    # rules
    ("more-than-full-marks", [(f"{Q}.S2.rule.bands[0].points", 21)], f"{Q}.S2.rule.bands[0].points"),
    ("more-than-full-marks", [(f"{Q}.S3.rule.items.shown", 11)], f"{Q}.S3.rule.items"),
    ("full-marks-out-of-reach", [(f"{Q}.S2.rule.bands[0].points", 19)], f"{Q}.S2.rule.bands"),
    ("full-marks-out-of-reach", [(f"{W}.W1.rule.map.好", 9)], f"{W}.W1.rule.map"),
    ("full-marks-out-of-reach", [(f"{W}.W3.rule.knots[0][1]", 9)], f"{W}.W3.rule.knots"),
    (
        "full-marks-out-of-reach",
        [(f"{W}.W3.rule.input", "staff"), (f"{W}.W3.rule.knots", [[0, 0], [80, 10]])],
        f"{W}.W3.rule.knots",
    ),
    ("full-marks-out-of-reach", [(f"{W}.W4.rule.points_each", Decimal("0.1"))], f"{W}.W4.rule.points_each"),
    ("points-below-zero", [(f"{Q}.S2.rule.bands[2].otherwise", -1)], f"{Q}.S2.rule.bands[2].otherwise"),
    ("points-below-zero", [(f"{W}.W5.rule.floor", -1)], f"{W}.W5.rule.floor"),
    ("target-out-of-reach", [(f"{Q}.S1.rule.of", GONE), (f"{Q}.S1.rule.target", 41)], f"{Q}.S1.rule.target"),
    ("not-positive", [(f"{Q}.S1.rule.target", 0)], f"{Q}.S1.rule.target"),
    ("not-positive", [(f"{W}.W5.rule.points_each", 0)], f"{W}.W5.rule.points_each"),
    ("not-positive", [(f"{W}.W4.rule.out_of", 0)], f"{W}.W4.rule.out_of"),
    ("not-a-share", [(f"{Q}.S1.rule.floor", 60)], f"{Q}.S1.rule.floor"),
    ("unreachable-band", [(f"{Q}.S2.rule.bands[1].more_than", 20)], f"{Q}.S2.rule.bands[1].more_than"),
    ("band-beyond-input", [(f"{Q}.S2.rule.bands[0].at_least", 41)], f"{Q}.S2.rule.bands[0].at_least"),
    (
        "otherwise-unreachable",
        [(f"{Q}.S2.rule.bands[1]", {"at_least": 0, "points": 8})],
        f"{Q}.S2.rule.bands[2].otherwise",
    ),
    ("otherwise-missing", [(f"{Q}.S2.rule.bands[2]", {"at_least": 1, "points": 0})], f"{Q}.S2.rule.bands"),
    ("otherwise-not-last", [(f"{Q}.S2.rule.bands[0]", {"otherwise": 20})], f"{Q}.S2.rule.bands[0].otherwise"),
    ("band-malformed", [(f"{Q}.S2.rule.bands[1].at_least", 3)], f"{Q}.S2.rule.bands[1]"),
    ("band-malformed", [(f"{Q}.S2.rule.bands[1].points", GONE)], f"{Q}.S2.rule.bands[1]"),
    ("knots-not-rising", [(f"{W}.W3.rule.knots[1][0]", 0)], f"{W}.W3.rule.knots[1][0]"),
    ("choice-without-points", [(f"{W}.W1.rule.map.差", GONE)], f"{W}.W1.rule.map"),
    ("not-a-choice", [(f"{W}.W1.rule.map.优", 3)], f"{W}.W1.rule.map.优"),
    ("when-zero-missing", [("inputs.area.more_than", GONE), ("derive.each.when_zero", 0)], f"{Q}.S1.rule.of"),
    ("when-zero-without-of", [(f"{Q}.S2.rule.when_zero", "zero")], f"{Q}.S2.rule.when_zero"),
    ("rating-without-range", [("inputs.mark.max", GONE)], "inputs.mark"),
    ("item-without-points", [("bonus.items.B1.rule", {"kind": "rating", "input": "mark"})], "bonus.items.B1"),
    # names and inputs
    ("no-such-input", [(f"{Q}.S3.rule.items.shwon", 0)], f"{Q}.S3.rule.items.shwon"),
    ("no-such-input", [("gates.staffing.requires[0].input", "staf")], "gates.staffing.requires[0].input"),
    ("no-such-input", [("derive.each.of[0]", "spend")], "derive.each.of[0]"),
    ("no-such-input", [("subsidy.components.operating.base", "spend")], "subsidy.components.operating.base"),
    ("no-such-input", [("subsidy.components.posts.months", "month")], "subsidy.components.posts.months"),
    ("no-such-input", [("funding.levy.input", "spend")], "funding.levy.input"),
    (
        "no-such-input",
        [("catalogue.domains.elderly.items.visit.for_each", "old")],
        "catalogue.domains.elderly.items.visit.for_each",
    ),
    ("no-such-input", [("gates.staffing.requires[0].times", "old")], "gates.staffing.requires[0].times"),
    (
        "no-such-input",
        [("gates.staffing.requires[0].when", {"input": "old", "equals": 1})],
        "gates.staffing.requires[0].when.input",
    ),
    ("no-such-input", [(f"{Q}.S1.applies", {"input": "old", "equals": 1})], f"{Q}.S1.applies.input"),
    ("input-of-wrong-type", [(f"{W}.W1.rule.input", "staff")], f"{W}.W1.rule.input"),
    ("input-of-wrong-type", [("gates.staffing.requires[0].input", "shown")], "gates.staffing.requires[0].input"),
    (
        "choice-without-choices",
        [("inputs.extra", {"type": "choice", "choices": ["一"], "label": {"zh": "一"}})],
        "inputs.extra",
    ),
    ("choices-of-non-choice", [("inputs.staff.choices", ["a", "b"])], "inputs.staff.choices"),
    ("choice-twice", [("inputs.survey.choices", ["好", "中", "差", "好"])], "inputs.survey.choices"),
    ("range-of-non-number", [("inputs.shown.min", 0)], "inputs.shown.min"),
    ("range-crossed", [("inputs.area.max", 0)], "inputs.area.max"),
    ("range-crossed", [("inputs.mark.max", 0)], "inputs.mark.max"),
    ("places-out-of-range", [("inputs.area.places", 7)], "inputs.area.places"),
    ("same-label", [("inputs.area.aliases", ["人数"])], "inputs.area.aliases[0]"),
    ("derived-is-input", [("derive.staff", {"kind": "sum", "of": ["area"], "label": {"zh": "和"}})], "derive.staff"),
    (
        "derived-from-derived",
        [("derive.more", {"kind": "sum", "of": ["each"], "label": {"zh": "和"}})],
        "derive.more.of[0]",
    ),
    ("derived-needs-two", [("derive.each.of", ["spent"])], "derive.each.of"),
    ("when-zero-missing", [("derive.each.of", ["area", "spent"])], "derive.each.of[1]"),
    ("condition-empty", [("gates.staffing.requires[1].equals", GONE)], "gates.staffing.requires[1]"),
    ("condition-impossible", [("gates.staffing.requires[0].at_most", 5)], "gates.staffing.requires[0].at_least"),
    (
        "condition-impossible",
        [("gates.staffing.requires[0]", {"input": "staff", "less_than": 0})],
        "gates.staffing.requires[0].less_than",
    ),
    ("times-without-bound", [("gates.staffing.requires[1].times", "staff")], "gates.staffing.requires[1].times"),
    ("value-of-wrong-type", [("gates.staffing.requires[1].equals", "yes")], "gates.staffing.requires[1].equals"),
    (
        "not-a-choice",
        [("gates.staffing.requires[1]", {"input": "survey", "one_of": ["好", "优"]})],
        "gates.staffing.requires[1].one_of[1]",
    ),
    # sections
    ("grade-malformed", [("grades.合格.otherwise", True)], "grades.合格"),
    ("grade-otherwise-not-last", [("grades.优秀", {"otherwise": True})], "grades.优秀.otherwise"),
    ("grade-otherwise-missing", [("grades.不合格", {"at_least": 0})], "grades"),
    ("grades-out-of-order", [("grades.合格.at_least", 90)], "grades.合格.at_least"),
    ("grade-out-of-reach", [("grades.优秀.at_least", 111)], "grades.优秀.at_least"),
    ("not-a-share", [("grades.优秀.quota", 30)], "grades.优秀.quota"),
    ("effect-malformed", [("vetoes.fraud.effect.total", 0)], "vetoes.fraud.effect"),
    ("no-such-grade", [("vetoes.fraud.effect", {"grade": "差"})], "vetoes.fraud.effect.grade"),
    (
        "no-such-grade",
        [("subsidy.components.operating.when.grade_at_least", "良")],
        "subsidy.components.operating.when.grade_at_least",
    ),
    ("no-such-grade", [("subsidy.components.reward.amounts.良", 1)], "subsidy.components.reward.amounts.良"),
    ("no-such-grade", [("consequences[0].when.grade", "差")], "consequences[0].when.grade"),
    (
        "no-such-gate",
        [("subsidy.components.operating.when.gates", ["site"])],
        "subsidy.components.operating.when.gates[0]",
    ),
    ("no-such-tier", [("subsidy.components.level.amounts.3.0", 5000)], "subsidy.components.level.amounts.3.0"),
    ("no-such-tier", [("tiers.2.0.includes", "0.5")], "tiers.2.0.includes"),
    ("tier-not-lower", [("tiers.2.0.includes", "2.0")], "tiers.2.0.includes"),
    ("round-without-weight", [("rounds.final.weight", GONE)], "rounds.final"),
    ("weights-not-one", [("rounds.final.weight", Decimal("0.5"))], "rounds"),
    ("weights-not-one", [("raters.self.weight", Decimal("0.4"))], "raters"),
    ("trim-drops-all", [("raters.expert.trim.needs", 2)], "raters.expert.trim"),
    ("no-such-node", [("policies.ties.break_by", ["wrok"])], "policies.ties.break_by[0]"),
    ("below-zero", [("subsidy.components.operating.cap", -1)], "subsidy.components.operating.cap"),
    ("below-zero", [("bonus.cap", -1)], "bonus.cap"),
    ("odd-money-unit", [("subsidy.rounding", {"unit": 3})], "subsidy.rounding.unit"),
    ("amounts-not-rising", [("subsidy.components.level.amounts.2.0", 1000)], "subsidy.components.level.amounts.2.0"),
    ("not-a-share", [("funding.levy.share", 10)], "funding.levy.share"),
    ("not-a-share", [("targets.cover.share", 100)], "targets.cover.share"),
    ("target-malformed", [("targets.cover.count", 3)], "targets.cover"),
    (
        "item-without-period",
        [("catalogue.domains.elderly.items.visit.per", GONE)],
        "catalogue.domains.elderly.items.visit",
    ),
    ("declared-not-met", [("catalogue.declared.items", 45)], "catalogue.declared.items"),
    ("contest-without-rounds", [("rounds", {}), ("contest", {"annual": "sum"})], "contest"),
    ("not-a-count", [("contest", {"annual": "sum", "honours": {"top": 0}})], "contest.honours.top"),
    ("consequence-malformed", [("consequences[0].when.zh", "另")], "consequences[0].when"),
    ("no-such-veto", [("consequences[0].when", {"veto": "lie"})], "consequences[0].when.veto"),
    ("reserved-name", [("inputs.rank", {"type": "text", "label": {"zh": "名次"}})], "inputs.rank"),
    # grounds
    ("no-such-source", [("basis.cite", "notise")], "basis.cite"),
    ("no-such-source", [(f"{Q}.S2.basis.cite", "notise")], f"{Q}.S2.basis.cite"),
    ("documented-without-cite", [("gates.staffing.basis", {"status": "documented"})], "gates.staffing.basis.status"),
    (
        "documented-without-cite",
        [("gates.staffing.basis", {"status": "assumed", "fields": {"label": "documented"}})],
        "gates.staffing.basis.fields.label",
    ),
    ("no-such-field", [(f"{Q}.S2.basis.fields", {"point": "assumed"})], f"{Q}.S2.basis.fields.point"),
    (
        "field-is-node",
        [("dimensions.site.basis", {"status": "assumed", "fields": {"indicators": "assumed"}})],
        "dimensions.site.basis.fields.indicators",
    ),
    ("no-such-day", [("effective.from", "2021-02-29")], "effective.from"),
    ("effective-crossed", [("effective.to", "2020-12-31")], "effective.to"),
    ("history-incomplete", [("revision", 2)], "revision"),
    (
        "history-incomplete",
        [("revision", 2), ("history", [{"revision": 2, "on": "2021-01-31", "why": {"zh": "改"}}])],
        "history",
    ),
]


@pytest.mark.parametrize(("code", "changes", "path"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_a_mistake_is_found_where_it_stands_and_is_the_only_one(
    code: str, changes: list[tuple[str, Any]], path: str
) -> None:
    assert faults(*changes) == [(code, path)]


SEVERAL: list[tuple[list[tuple[str, Any]], set[str]]] = [
    ([("total", -1)], {"not-positive"}),
    ([(f"{Q}.S1.points", 0)], {"not-positive"}),
    (
        [
            (
                f"{W}.W2",
                {"label": {"zh": "评分"}, "weight": 1, "rule": {"kind": "count", "input": "staff", "points_each": 1}},
            )
        ],
        {"points-beside-weights", "out-of-missing"},
    ),
    (
        [
            ("total", GONE),
            ("dimensions.site.points", GONE),
            ("dimensions.site.weight", 3),
            ("dimensions.work.points", GONE),
            ("dimensions.work.weight", 2),
        ],
        {"no-total"},
    ),
    ([("dimensions", GONE)], {"pool-without-score", "claim-not-met"}),
]


@pytest.mark.parametrize(("changes", "codes"), SEVERAL)
def test_a_mistake_with_consequences_is_among_what_is_found(changes: list[tuple[str, Any]], codes: set[str]) -> None:
    assert {code for code, _ in faults(*changes)} & codes


RIGHT: list[list[tuple[str, Any]]] = [
    [
        ("dimensions.site.points", GONE),
        ("dimensions.site.weight", 3),
        ("dimensions.work.points", GONE),
        ("dimensions.work.weight", 2),
    ],
    [("total", GONE)],
    [("total", UNKNOWN)],
    [("dimensions.site.points", GONE)],
    [("dimensions", UNKNOWN)],
    [(Q, UNKNOWN)],
    [(f"{Q}.S1.rule", UNKNOWN)],
    [(f"{Q}.S1.points", UNKNOWN)],
    [(f"{Q}.S2.rule.bands[1].points", UNKNOWN)],
    [(f"{W}.W5.points", 4), (f"{W}.W4.points", 6), (f"{W}.W4.rule.out_of", 6)],
    [("grades", UNKNOWN)],
    [("rounds", UNKNOWN)],
    [("raters", UNKNOWN)],
    [("vetoes", UNKNOWN)],
    [("catalogue.complete", False), ("catalogue.declared.items", 45)],
    [("facts[0].equals", UNKNOWN)],
    [("rounds.final.weight", UNKNOWN)],
    [("subsidy.components", UNKNOWN)],
    [("gates.staffing.requires", UNKNOWN)],
    [("tiers.1.0.requires", UNKNOWN)],
    [("contest", {"annual": "sum"}), ("rounds", {"q1": {"label": {"zh": "一季度"}}})],
]


@pytest.mark.parametrize("changes", RIGHT)
def test_what_is_unknown_or_written_another_way_is_no_mistake(changes: list[tuple[str, Any]]) -> None:
    assert faults(*changes) == []


def test_a_known_part_of_an_unknown_whole_may_not_exceed_it() -> None:
    assert faults((f"{Q}.S1.points", UNKNOWN), (f"{Q}.S2.points", 50), (f"{Q}.S2.rule.out_of", 20)) == [
        ("points-do-not-add-up", "dimensions.site.points")
    ]


def test_a_claim_is_never_exceeded_even_where_not_all_is_known() -> None:
    wanted = ("facts[0]", {"claim": "indicators", "equals": 2})
    assert faults(wanted, (W, UNKNOWN)) == [("claim-not-met", "facts[0].equals")]
    assert faults(("facts[0]", {"claim": "indicators", "equals": 8}), (W, UNKNOWN)) == []


def test_a_completion_that_breaks_a_claim_is_told_so_where_it_fills() -> None:
    node = {"label": {"zh": "一"}, "points": 40, "rule": {"kind": "rating", "input": "mark"}}
    claim = ("facts[0]", {"claim": "indicators", "equals": 5})
    assert faults(claim, (W, UNKNOWN), fills={W: {"W1": node}}) == [("claim-not-met", f"fills.{W}")]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("draft", [("maturity", GONE)]),
        ("unused-input", [("inputs.extra", {"type": "text", "label": {"zh": "备注"}})]),
        ("raters-rate-nothing", [("inputs.mark.type", "number")]),
    ],
)
def test_what_is_worth_saying_is_a_note(code: str, changes: list[tuple[str, Any]]) -> None:
    assert [(p.code, p.severity) for p in report(*changes)] == [(code, "note")]


def test_every_check_has_a_test_here() -> None:
    folder = Path(checks.__file__).parent
    said = {
        node.args[0].value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "say"
        and isinstance(node.args[0], ast.Constant)
    }
    tested = {code for code, _, _ in CASES} | {code for _, codes in SEVERAL for code in codes}
    tested |= {"draft", "unused-input", "raters-rate-nothing"}
    assert said - tested == set()


def test_a_hostile_number_of_mistakes_is_listed_up_to_a_limit_that_is_said() -> None:
    inputs = {f"x{i}": {"type": "rating", "label": {"zh": f"名{i}"}} for i in range(1500)}
    wrong = {f"y{i}": {"type": "ratings", "label": {"zh": f"名{i}"}} for i in range(1500)}
    rules = {
        f"i{i}": {"label": {"zh": "一"}, "points": 1, "rule": {"kind": "rating", "input": "x0"}} for i in range(1500)
    }
    lint = faults(("inputs", inputs), ("dimensions", {"d": {"label": {"zh": "一"}, "indicators": rules}}))
    assert ("too-many-checks", "") in lint
    assert ("too-many-problems", "") in faults(("inputs", wrong))
