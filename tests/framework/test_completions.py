"""A completion fills what is unknown or absent, and changes nothing that is known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.framework.small import GONE, faults, framework

from stationeval.errors import CompletionError, IncompleteFramework, NotInFramework
from stationeval.framework.completing import Completion, equal_weights
from stationeval.framework.framework import Framework
from stationeval.framework.registry import load

UNKNOWN = {"unknown": "not-published"}
SITE = "dimensions.site.indicators"
RATING = {"kind": "rating", "input": "mark"}


def codes(fw: Framework, filling: Any, **how: Any) -> list[str]:
    with pytest.raises(CompletionError) as caught:
        fw.complete(filling, **how)
    return [problem.code for problem in caught.value.report.errors]


GAPS: list[tuple[str, Any]] = [
    ("total", UNKNOWN),
    ("bonus.cap", GONE),
    ("gates.staffing.requires[0].at_least", {"unknown": "lost-in-source", "between": [4, 9]}),
    (f"{SITE}.S1", {"label": {"zh": "面积"}, "points": UNKNOWN, "rule": UNKNOWN}),
    ("subsidy.components.operating.when.grade_at_least", UNKNOWN),
]
GAPPED = framework(*GAPS)
FILLS: dict[str, Any] = {
    "total": 100,
    "bonus.cap": 10,
    "gates.staffing.requires[0].at_least": 6,
    f"{SITE}.S1.points": 20,
    f"{SITE}.S1.rule": RATING,
    "subsidy.components.operating.when.grade_at_least": "合格",
}


@given(st.sets(st.sampled_from(sorted(FILLS))))
def test_a_completion_changes_no_known_value_and_nothing_a_known_value_rests_on(chosen: set[str]) -> None:
    completed = GAPPED.complete({path: FILLS[path] for path in chosen}, name="some")
    before = {value.path: value for value in GAPPED.provenance() if value.status != "unknown"}
    after = {value.path: value for value in completed.provenance()}
    for path, value in before.items():
        assert after[path] == value
    for path in chosen:
        filled = [value for value in after.values() if value.path == path or value.path.startswith(path + ".")]
        assert filled
        assert {value.status for value in filled} == {"assumed"}
    left = {unknown.path for unknown in GAPPED.unknowns()} - chosen
    assert {unknown.path for unknown in completed.unknowns()} == left


@pytest.mark.parametrize(
    ("fills", "code"),
    [
        ({"total": 90}, "completion-changes-known"),
        ({"bonus": {"cap": 3, "items": {}}}, "completion-changes-known"),
        ({"gates.staffing.requires[0].at_least": 6}, "completion-changes-known"),
        ({"inputs.staff.min": 1}, "completion-changes-known"),
        ({"dimensions.stie.weight": 1}, "no-such-path"),
        ({"gates.staffing.requires[7].at_least": 1}, "no-such-path"),
        ({"dimensions.third": {"label": {"zh": "丙"}, "points": 1}}, "completion-adds-entry"),
        ({"gates.more": {"label": {"zh": "另"}, "requires": []}}, "completion-adds-entry"),
        ({"grades.良好": {"at_least": 70}}, "completion-adds-entry"),
        ({"revision": 2}, "fill-not-allowed"),
        ({"effective.to": "2022-01-01"}, "fill-not-allowed"),
        ({"facts[0].equals": 3}, "fill-not-allowed"),
        ({"dimensions.site.basis": {"status": "assumed"}}, "fill-not-allowed"),
        ({"dimensions.site.wieght": 1}, "unknown-key"),
        ({"subsidy.components.reward.cap": {"to": 1, "basis": {"status": "documented", "cite": "notice"}}}, "completion-documented"),
        ({"contest": {"annual": "sum", "basis": {"status": "documented", "cite": "notice"}}}, "completion-documented"),
        ({"contest": {"annual": "sum", "basis": {"status": "assumed", "fields": {"annual": "documented"}}}}, "completion-documented"),
        ({"contest": {"annual": "sum"}, "contest.honours": {"top": 3}}, "overlapping-fills"),
    ],
)  # fmt: skip
def test_what_a_completion_may_not_do_is_refused(fills: dict[str, Any], code: str) -> None:
    assert code in [found for found, _ in faults(fills=fills)]


def test_a_completion_given_in_code_is_never_documented_either() -> None:
    fw = framework(("bonus.cap", UNKNOWN))
    assert codes(fw, {"bonus.cap": 10}, basis={"status": "documented", "cite": "notice"}) == ["completion-documented"]


def test_a_filling_stays_within_the_bounds_of_the_unknown() -> None:
    for value, ok in ((4, True), (9, True), (Decimal("9.01"), False), (3, False)):
        fills = {"gates.staffing.requires[0].at_least": value}
        assert [code for code, _ in faults(*GAPS, fills=fills)] == ([] if ok else ["outside-bounds"])


def test_an_unknown_is_not_filled_with_an_unknown() -> None:
    assert codes(GAPPED, {"total": UNKNOWN}) == ["fill-is-unknown"]


def test_a_filling_of_a_subtree_may_leave_gaps_that_a_second_completion_fills() -> None:
    fw = framework((SITE, UNKNOWN))
    first = fw.complete({SITE: {"S1": {"label": {"zh": "一"}, "points": 60, "rule": UNKNOWN}}}, name="list")
    second = first.complete({f"{SITE}.S1.rule": RATING}, name="rules")
    assert second.signature == "small@2021#1+list+rules"
    assert not [unknown for unknown in second.unknowns() if unknown.path.startswith("dimensions")]
    assert codes(second, {f"{SITE}.S1.rule.input": "staff"}) == ["completion-changes-known"]


def test_a_filling_says_what_it_rests_on_and_so_does_every_node_inside_it() -> None:
    fw = framework((SITE, UNKNOWN), ("bonus.cap", UNKNOWN))
    nodes = {
        "S1": {"label": {"zh": "一"}, "points": 30, "rule": RATING},
        "S2": {"label": {"zh": "二"}, "points": 30, "rule": RATING, "basis": {"status": "inferred", "cite": "notice", "fields": {"points": "assumed"}}},
    }  # fmt: skip
    filling = {
        SITE: {"to": nodes, "basis": {"status": "inferred", "cite": "notice", "locator": "第一条"}},
        "bonus.cap": 5,
    }
    completed = fw.complete(filling)
    found = {value.path: value for value in completed.provenance()}
    assert (found[f"{SITE}.S1.rule.input"].status, found[f"{SITE}.S1.rule.input"].locator) == ("inferred", "第一条")
    assert found[f"{SITE}.S1.points"].status == "inferred"
    assert found[f"{SITE}.S2.rule.input"].status == "inferred"
    assert found[f"{SITE}.S2.points"].status == "assumed"
    assert found["bonus.cap"].status == "assumed"
    assert (found["bonus.items.B1.label"].status, found["bonus.items.B1.label"].quote) == ("documented", "原文")


def test_an_unknown_weight_or_points_is_settled_by_either() -> None:
    gaps = [(f"dimensions.{name}.points", UNKNOWN) for name in ("site", "work")] + [
        (SITE, UNKNOWN),
        ("dimensions.work.indicators", UNKNOWN),
    ]
    completed = framework(*gaps).complete({"dimensions.site.weight": 3, "dimensions.work.weight": 1})
    assert completed.points[("dimensions", "site")] == 75
    assert completed.doc.dimensions["site"].points is None


def test_a_completion_in_code_is_named_after_what_it_says() -> None:
    one, same, other = (GAPPED.complete({"total": value}) for value in (100, Fraction(100), 100.0))
    assert one == same == other
    assert one.completions[0].startswith("custom-")
    assert GAPPED.complete({"bonus.cap": 1}).completions != one.completions
    assert GAPPED.complete({"total": 100}, name="mine").signature == "small@2021#1+mine"


@pytest.mark.parametrize("number", [0.1, np.float64(0.1), Decimal("0.10"), Fraction(1, 10)])
def test_numbers_are_taken_as_a_person_wrote_them(number: Any) -> None:
    completed = GAPPED.complete({"bonus.cap": number}, name="n")
    assert completed.doc.bonus.cap == Fraction(1, 10)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Fraction(1, 3), "not-a-decimal"),
        (float("nan"), "not-plain"),
        (float("inf"), "not-plain"),
        (1j, "not-plain"),
        (object(), "not-plain"),
    ],
)
def test_what_a_file_could_not_hold_is_refused(value: Any, code: str) -> None:
    assert codes(GAPPED, {"bonus.cap": value}) == [code]


def test_a_value_that_contains_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert set(codes(GAPPED, {"bonus": loop})) == {"yaml-too-deep"}


def test_equal_weights_fill_points_and_nothing_else() -> None:
    gaps: list[tuple[str, Any]] = [
        ("total", UNKNOWN),
        ("grades", UNKNOWN),
        *((f"dimensions.{name}.points", UNKNOWN) for name in ("site", "work")),
    ]
    gaps += [(f"{SITE}.{name}.points", UNKNOWN) for name in ("S1", "S2", "S3")]
    gaps += [(f"{SITE}.{name}.rule", {**RATING}) for name in ("S2", "S3")] + [
        ("rounds.final.weight", UNKNOWN),
        ("rounds.midterm.weight", UNKNOWN),
    ]
    gaps += [
        ("vetoes", {}),
        ("consequences", []),
        ("subsidy", GONE),
        ("dimensions.work.indicators", {"W": {"label": {"zh": "一"}, "points": UNKNOWN, "rule": RATING}}),
    ]
    fw = framework(*gaps, ("policies", GONE))
    completed = fw.complete(equal_weights())
    assert completed.signature == "small@2021#1+equal-weights"
    assert completed.points[()] == 100
    assert completed.points[("dimensions", "site", "indicators", "S1")] == Fraction(50, 3)
    assert completed.doc.rounds["final"].weight == Fraction(1, 2)
    assert {unknown.path for unknown in completed.unknowns()} == {"grades"}
    assert completed.status(f"{SITE}.S1.weight") == "assumed"


def test_equal_weights_share_what_the_known_ones_leave() -> None:
    fw = framework(
        (f"{SITE}.S2.points", UNKNOWN),
        (f"{SITE}.S3.points", UNKNOWN),
        (f"{SITE}.S1.points", 30),
        (f"{SITE}.S2.rule", RATING),
        (f"{SITE}.S3.rule", RATING),
    )
    completed = fw.complete(equal_weights())
    assert completed.points[("dimensions", "site", "indicators", "S2")] == 15


def test_equal_weights_invent_no_indicators_and_no_rules() -> None:
    fw = framework((SITE, UNKNOWN), ("dimensions.work.indicators.W2.rule", UNKNOWN))
    with pytest.raises(IncompleteFramework) as caught:
        fw.complete(equal_weights())
    assert {problem.values["path"] for problem in caught.value.report} == {SITE, "dimensions.work.indicators.W2.rule"}


def test_a_framework_without_a_score_has_no_equal_weights() -> None:
    fw = framework(("dimensions", GONE), ("facts", []), ("policies", GONE), ("subsidy", GONE))
    with pytest.raises(NotInFramework):
        fw.complete(equal_weights())


def test_a_completion_of_ones_own_sees_the_framework() -> None:
    mine = Completion("mine", lambda fw: {"total": sum(node.points for node in fw.doc.dimensions.values())})
    completed = framework(("total", UNKNOWN)).complete(mine)
    assert completed.doc.total == 100


def completion_text(**more: Any) -> str:
    return f"""schema: 1
completes: {more.get("completes", "planted-base@2021#1")}
name: mine
author: 某人
rationale: {{zh: 试}}
basis: {{status: assumed}}
fills:
  subsidy.components.operating.amount: {more.get("amount", 1000)}
"""


def test_a_completion_file_is_placed_at_its_own_lines(tmp_path: Path) -> None:
    base = Path(__file__).parent / "planted" / "base.yaml"
    (tmp_path / "base.yaml").write_bytes(base.read_bytes())
    path = tmp_path / "mine.yaml"
    path.write_text(completion_text(), encoding="utf-8")
    from_completion = load(path)
    assert (
        from_completion
        == load(tmp_path / "base.yaml", completion=path)
        == load(tmp_path / "base.yaml", completion="mine")
    )
    assert from_completion == load(tmp_path / "base.yaml").complete(path)
    (value,) = [each for each in from_completion.provenance() if each.path.endswith("operating.amount")]
    assert (value.file, value.line, value.status) == (str(path), 8, "assumed")


def test_a_completion_of_another_revision_is_refused(tmp_path: Path) -> None:
    base = Path(__file__).parent / "planted" / "base.yaml"
    path = tmp_path / "mine.yaml"
    path.write_text(completion_text(completes="planted-base@2021#3"), encoding="utf-8")
    assert codes(load(base), path) == ["completes-another"]
