"""A difference names what changed between two evaluations, and its parts sum to the whole."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluation.explained import EVERY_RULE, haining, nine_rules
from tests.evaluation.reviewed import check
from tests.laws.both import Rows, Tree, evaluations, framework, law, scored

import stationeval as se
from stationeval.framework.framework import assemble
from stationeval.framework.source import read_source
from stationeval.messages import Language


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whoever_appeals_can_read_what_changed(lang: Language) -> None:
    later = haining(floor_area=320, zone_errands=True, volunteers=35, user_satisfaction="60")
    text = EVERY_RULE.replace("target: 24,", "target: 20,").replace("at_least: 60}", "at_least: 65}")
    other = se.score(rows(nine_rules()), assemble((read_source(text, name="later.yaml"),)))
    check(f"diff-{lang}.txt", haining().diff(later).to_text(lang) + "\n" + nine_rules().diff(other).to_text(lang))


def rows(scores: se.Scores) -> list[dict[str, object]]:
    """The rows that were scored, with one station gone and one more."""
    from tests.evaluation.explained import STATION
    from tests.evaluation.test_whatif import _others

    return [STATION, _others(scores)[0], {**STATION, "station": "丁镇"}]


@law(40)
@given(evaluations(full=False, min_stations=2), st.data())
def test_changes_of_points_sum_exactly_to_the_change_of_the_total(pair: tuple[Tree, Rows], data: st.DataObject) -> None:
    """Whatever rows are swapped between two evaluations, the parts of each station's difference are all of it."""
    tree, table = pair
    before = scored(tree, table)
    names = list(dict.fromkeys(row["station"] for row in table))
    turned = dict(zip(names, data.draw(st.permutations(names)), strict=True))
    after = scored(tree, [{**row, "station": turned[row["station"]]} for row in table])
    if before is None or after is None:
        return
    difference = before.diff(after)
    for one in difference.stations:
        assert sum((part.change for part in one.points), Fraction(0)) == one.exact[1] - one.exact[0]
        assert one.total == (before.totals[before.index(one.station)], after.totals[after.index(one.station)])
    unchanged = set(before.stations) - {one.station for one in difference.stations}
    assert all(before.totals[before.index(s)] == after.totals[after.index(s)] for s in unchanged)
    assert all(before.ranks[before.index(s)] == after.ranks[after.index(s)] for s in unchanged)


@law(20)
@given(evaluations(full=False))
def test_equal_evaluations_do_not_differ(pair: tuple[Tree, Rows]) -> None:
    """The same rows in another order are the same evaluation."""
    before = scored(*pair)
    if before is None:
        return
    tree, table = pair
    after = se.score(list(reversed(table)), framework(tree))
    assert not before.diff(after)
    assert json.dumps(before.diff(after).to_dict())


def test_the_data_and_the_indicators_that_changed_are_named() -> None:
    difference = haining().diff(haining(floor_area=300, volunteers=35))
    one = difference.station("斜桥镇")
    assert [(each.name, each.before, each.after, each.round and each.round[0]) for each in one.inputs] == [
        ("volunteers", 28, 35, "final"),
        ("floor_area", 270, 300, "final"),
    ]
    assert {each.name for each in one.points} == {"S1", "P1"}
    assert [(gate.name, gate.before, gate.after) for gate in one.gates] == [("volunteers", "not met", "met")]
    assert one.grade == ("良好", "良好")
    assert one.amount is not None
    with pytest.raises(KeyError):
        difference.station("盐官镇")


def test_a_rank_that_others_moved_is_said_to_be() -> None:
    difference = haining().diff(haining().what_if("盐官镇", round="midterm", floor_area=0, turnover_rate=100))
    assert {one.station for one in difference.stations} == {"盐官镇"}
    lower = haining().what_if("盐官镇", **dict.fromkeys(("floor_area", "months_supervised", "months_disclosed", "visits_done",
        "cases_done", "contest_q1", "contest_q2", "contest_q3", "contest_q4", "key_visit_rate", "department_satisfaction",
        "user_satisfaction", "staff_on_scale", "certified_staff", "full_time_staff"), 0), turnover_rate=90)  # fmt: skip
    moved = haining().diff(lower).station("斜桥镇")
    assert moved.rank == (2, 1)
    assert moved.total[0] == moved.total[1]
    assert moved.points == moved.inputs == ()
    assert "因其他站点而变" in haining().diff(lower).to_text()


def test_stations_that_come_and_go_are_named() -> None:
    before = nine_rules()
    after = se.score(rows(before), before.framework)
    difference = before.diff(after)
    assert (difference.added, difference.removed) == (("丁镇",), ("丙镇",))


def test_values_of_the_framework_that_differ_are_named_with_both() -> None:
    before = nine_rules()
    text = EVERY_RULE.replace("at_least: 60}", "at_least: 65}").replace("points_each: 4}", "points_each: 5}")
    after = se.score(rows(before), assemble((read_source(text, name="later.yaml"),)))
    changed = {one.name: (one.before, one.after) for one in before.diff(after).framework}
    assert changed == {
        "dimensions.work.indicators.h.rule.points_each": (4, 5),
        "grades.合格.at_least": (60, 65),
    }
    assert {part.name for part in before.diff(after).station("甲镇").points} >= {"h"}


def test_as_a_table_and_as_json_it_says_the_same() -> None:
    difference = haining().diff(haining(floor_area=300))
    (row,) = difference.table()
    (station,) = difference.to_dict()["stations"]
    assert row["total_before"] == Decimal(station["total"][0])
    assert row["change"] == Decimal(station["total"][1]) - Decimal(station["total"][0])
    assert station["points"] == [
        {"name": "S1", "label": "专用场地", "before": "45/14", "after": "95/28"},
    ]
    assert json.loads(json.dumps(difference.to_dict()))["added"] == []
