"""An amendment changes what it names, where the parent says what it thinks, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from tests.framework.small import TREE, edited

from stationeval.errors import AmendmentError
from stationeval.framework.build import build, refuse
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.merge import Given

BASE = Given("base", edited())


def amendment(*changes: dict[str, Any], **head: Any) -> Given:
    tree = {
        "schema": 1,
        "extends": "small@2021#1",
        "edition": "2023",
        "revision": 1,
        "effective": {"from": "2023-01-01"},
        "maturity": "reviewed",
        "sources": {"order": {"kind": "notice", "title": {"zh": "新通知"}}},
        "basis": {"status": "documented", "cite": "order", "fields": {"edition": "inferred"}},
        "changes": list(changes),
    }
    return Given("amendment", {**tree, **head})


def amended(*changes: dict[str, Any], **head: Any) -> Framework:
    return assemble((BASE, amendment(*changes, **head)))


def codes(*changes: dict[str, Any], **head: Any) -> list[str]:
    return [problem.code for problem in build((BASE, amendment(*changes, **head))).report.errors]


SET = {"set": "subsidy.components.operating.cap", "was": 300000, "to": 350000}
GATE = {"label": {"zh": "保险"}, "requires": [{"input": "insured", "equals": True}]}
ADD = [
    {"add": "gates.insurance", "to": GATE},
    {"add": "inputs.insured", "to": {"type": "boolean", "label": {"zh": "保险"}}},
]
REMOVE = {"remove": "consequences", "was": TREE["consequences"]}


def test_an_amendment_is_a_later_edition_of_the_same_framework() -> None:
    fw = amended(SET, *ADD, REMOVE, {"set": "policies.ties.break_by", "was": ["work", "S1"], "to": ["S1"]})
    assert fw.signature == "small@2023#1"
    assert fw.doc.effective.from_ == "2023-01-01"
    assert fw.doc.subsidy.components["operating"].cap == 350000
    assert fw.doc.gates["insurance"].requires[0].input == "insured"
    assert fw.doc.consequences == []
    assert fw.doc.label.zh == "小框架"


def test_what_is_not_changed_rests_on_what_it_rested_on_and_what_is_changed_on_the_new_text() -> None:
    before = {value.path: value for value in assemble((BASE,)).provenance()}
    found = {value.path: value for value in amended(SET, *ADD).provenance()}
    own = {"subsidy.components.operating.cap", "edition", "effective.from"}
    for path, value in before.items():
        if path not in own:
            assert found[path] == value
    assert found["subsidy.components.operating.cap"].cite == "order"
    assert found["gates.insurance.requires[0].input"].cite == "order"
    assert found["inputs.insured.type"].cite == "order"
    assert (found["edition"].status, found["effective.from"].status) == ("inferred", "documented")


def test_a_change_may_rest_on_its_own_clause() -> None:
    fw = amended({**SET, "basis": {"status": "documented", "cite": "order", "locator": "第三条"}})
    (value,) = [each for each in fw.provenance() if each.path == SET["set"]]
    assert value.locator == "第三条"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({**SET, "was": 299999}, "stale-was"),
        ({"remove": "bonus", "was": {"cap": 1}}, "stale-was"),
        ({"set": "subsidy.components.operating.capp", "was": 1, "to": 2}, "no-such-path"),
        ({"set": "subsidies.cap", "was": 1, "to": 2}, "no-such-path"),
        ({"remove": "contest", "was": {}}, "no-such-path"),
        ({"add": "grades.合格.at_least", "to": 70}, "already-there"),
        ({"add": "gates.other.requires", "to": []}, "no-such-path"),
        ({"set": "edition", "was": "2021", "to": "2022"}, "change-not-allowed"),
        ({"set": "basis.status", "was": "documented", "to": "assumed"}, "change-not-allowed"),
        ({"set": "dimensions.site.basis", "was": 1, "to": 2}, "change-not-allowed"),
        ({"remove": "facts[0]", "was": {"claim": "dimensions", "equals": 2}}, "change-in-list"),
        ({"set": "total", "to": 100}, "missing-key"),
        ({"change": "total", "to": 100}, "unknown-key"),
    ],
)  # fmt: skip
def test_a_change_that_does_not_fit_its_parent_is_refused(change: dict[str, Any], code: str) -> None:
    assert code in codes(change)


@pytest.mark.parametrize(
    "second", [SET, {"remove": "subsidy", "was": {}}, {"add": "subsidy.components.operating.cap.x", "to": 1}]
)
def test_two_changes_never_touch_one_place(second: dict[str, Any]) -> None:
    assert "overlapping-changes" in codes(SET, second)


def test_was_is_compared_by_value_whatever_it_rests_on() -> None:
    tree = edited(("dimensions.site.basis", {"status": "assumed"}))
    change = {"remove": "dimensions.site", "was": TREE["dimensions"]["site"]}
    total = {"set": "total", "was": 100, "to": 40}
    report = build((Given("base", tree), amendment(change, total))).report
    assert "stale-was" not in report.codes()


def test_an_amendment_of_an_amendment_goes_on_from_there() -> None:
    later = amendment({**SET, "was": 350000, "to": 400000}, extends="small@2023#1", edition="2024", sources={"third": {"kind": "notice", "title": {"zh": "三"}}}, basis={"status": "documented", "cite": "third"})  # fmt: skip
    fw = assemble((BASE, amendment(SET), later))
    assert fw.signature == "small@2024#1"
    (value,) = [each for each in fw.provenance() if each.path == SET["set"]]
    assert (value.value, value.cite) == (400000, "third")


def test_an_amendment_is_pinned_to_its_parent() -> None:
    assert codes(SET, extends="small@2021#2") == ["extends-another"]


def test_a_source_of_the_parent_is_not_replaced() -> None:
    assert "source-already-there" in codes(
        SET,
        sources={"notice": {"kind": "law", "title": {"zh": "另"}}},
        basis={"status": "documented", "cite": "notice"},
    )


def test_what_is_wrong_with_an_amendment_alone_is_an_amendment_error() -> None:
    with pytest.raises(AmendmentError):
        refuse(build((BASE, amendment({**SET, "was": 1}))))
