"""What one framework says and another does not."""

from __future__ import annotations

from tests.framework.small import framework

from stationeval.framework.differing import differences


def test_a_framework_does_not_differ_from_itself() -> None:
    assert differences(framework(), framework()) == ()


def test_each_value_that_differs_is_listed_once_with_what_it_rests_on() -> None:
    old = framework()
    new = framework(
        ("subsidy.components.operating.cap", 350000), ("inputs.staff.max", 50), ("contest", {"annual": "sum"})
    )
    found = {one.path: (one.old, one.new, one.old_status, one.new_status) for one in differences(old, new)}
    assert found == {
        "inputs.staff.max": (40, 50, "documented", "documented"),
        "subsidy.components.operating.cap": (300000, 350000, "documented", "documented"),
        "contest.annual": (None, "sum", None, "documented"),
    }


def test_the_other_way_round_old_and_new_change_places() -> None:
    old, new = framework(), framework(("total", {"unknown": "not-published"}))
    assert [(one.path, one.new, one.old_status, one.new_status) for one in differences(old, new)] == [
        ("total", {"unknown": "not-published"}, "documented", "unknown")
    ]
    assert [(one.old, one.new) for one in differences(new, old)] == [({"unknown": "not-published"}, 100)]


def test_a_value_that_rests_on_something_else_differs() -> None:
    old = framework()
    new = framework(("dimensions.site.indicators.S2.basis.status", "assumed"))
    assert {one.path for one in differences(old, new)} == {
        f"dimensions.site.indicators.S2.{key}"
        for key in (
            "label",
            "rule.kind",
            "rule.input",
            *(
                f"rule.bands[{i}].{k}"
                for i, k in ((0, "at_least"), (0, "points"), (1, "more_than"), (1, "points"), (2, "otherwise"))
            ),
        )
    }
