"""Decomposing a difference: contributions that sum exactly, the same from both sides, yardstick and performance."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.analysis.places import frameworks, grouped, rows, scored, stations, usual, yardstick
from tests.laws.both import Rows, Tree, evaluations, law
from tests.laws.both import scored as any_scored

import stationeval as se
from stationeval.analysis.decomposition_sides import under
from stationeval.framework.framework import Framework

many = st.lists(rows, min_size=1, max_size=5)


def total(scores: se.Scores) -> Fraction:
    return sum(map(Fraction, scores.totals), Fraction(0)) / len(scores)


@given(many, many, frameworks, frameworks)
@settings(max_examples=40)
def test_contributions_sum_exactly_to_the_difference_of_published_totals(
    first: list, second: list, one: Framework, other: Framework
) -> None:
    a, b = scored(first, one), scored(second, other)
    found = se.decompose(a, b)
    assert found.change == total(b) - total(a)
    for parts in (found.parts, found.dimensions):
        assert sum(part.change for part in parts) == found.change
        assert sum(part.yardstick for part in parts) == found.yardstick
        assert sum(part.performance for part in parts) == found.performance
        assert all(part.yardstick + part.performance == part.change for part in parts)
    assert found.yardstick + found.performance == found.change


@given(many, many, frameworks, frameworks)
@settings(max_examples=25)
def test_from_the_other_side_everything_is_the_same_with_its_sign_turned(
    first: list, second: list, one: Framework, other: Framework
) -> None:
    a, b = scored(first, one), scored(second, other)
    there, back = se.decompose(a, b), se.decompose(b, a)
    turned = {(part.dimension, part.name): part for part in back.parts}
    assert set(turned) == {(part.dimension, part.name) for part in there.parts}
    for part in there.parts:
        other_way = turned[part.dimension, part.name]
        assert (part.a, part.b) == (other_way.b, other_way.a)
        assert (part.yardstick, part.performance) == (-other_way.yardstick, -other_way.performance)


@given(many, frameworks, frameworks)
@settings(max_examples=15)
def test_the_same_data_under_two_frameworks_differ_by_the_yardstick_alone(
    values: list, one: Framework, other: Framework
) -> None:
    found = se.decompose(scored(values, one), scored(values, other))
    assert found.performance == 0
    assert found.yardstick == found.change


@given(many, many)
@settings(max_examples=15)
def test_under_one_framework_the_data_do_it_all(first: list, second: list) -> None:
    found = se.decompose(scored(first), scored(second))
    assert found.yardstick == 0
    assert found.performance == found.change


@given(many, st.permutations(range(5)))
@settings(max_examples=15)
def test_the_order_of_the_stations_changes_nothing(values: list, order: list) -> None:
    mixed = [values[k] for k in order if k < len(values)]
    rows_of = [
        se.score([{**row, "extra": 1} for row in stations(each)], usual()) for each in (values, mixed, values[:1])
    ]
    base, again = (se.decompose(each, rows_of[2]) for each in rows_of[:2])
    assert [(part.name, part.change) for part in base.parts] == [(part.name, part.change) for part in again.parts]


@given(evaluations(max_stations=3))
@law(12)
def test_data_of_any_framework_go_over_to_the_same_framework_unchanged(evaluation: tuple[Tree, Rows]) -> None:
    scores = any_scored(*evaluation)
    assume(scores is not None)
    again = under(scores, scores.framework)
    assert again.totals == scores.totals
    assert again.ranks == scores.ranks


@given(evaluations(min_stations=2, max_stations=3))
@law(12)
def test_under_any_framework_the_parts_of_two_stations_sum_exactly(evaluation: tuple[Tree, Rows]) -> None:
    scores = any_scored(*evaluation)
    assume(scores is not None)
    found = se.decompose(scores, between=scores.stations[:2])
    first, second = (Fraction(total) for total in scores.totals[:2])
    assert sum(part.change for part in found.parts) == sum(part.change for part in found.dimensions) == second - first


def test_two_stations_differ_by_what_their_indicators_differ() -> None:
    scores = scored([(5, 5, 5), (10, 5, 2)])
    found = se.decompose(scores, between=("站1", "站2"))
    assert {part.name: part.change for part in found.parts if part.change} == {"S1": 20, "W1": -9, "B1": 1}
    assert [(part.name, part.change) for part in found.dimensions if part.change] == [
        ("site", 20),
        ("work", -9),
        ("bonus", 1),
    ]
    assert found.table().columns["change"][-1] == found.change == 12


def test_a_veto_and_the_rounding_of_the_total_are_parts_of_their_own() -> None:
    fw = yardstick(veto=True, policies={"missing": "zero", "rounding": {"total": 0}})
    data = stations([(9, 9, 9), (9, 9, 9.123)])
    data[1] |= {"fraud": True}
    found = se.decompose(se.score(data, fw), between=("站1", "站2"))
    changes = {part.name: part.change for part in found.parts}
    assert found.b.total == 0
    assert changes["veto"] == -92
    assert changes["total-rounding"] != 0
    assert sum(changes.values()) == found.change


@given(st.lists(grouped, min_size=6, max_size=9))
@settings(max_examples=15)
def test_two_groups_are_compared_by_their_means(values: list) -> None:
    values = [*values, (1, 2, 3, "甲县"), (3, 2, 1, "乙县")]
    scores = scored(values)
    found = se.decompose(scores, between=("甲县", "乙县"), by="county")
    means = {}
    for county in ("甲县", "乙县"):
        inside = [Fraction(t) for t, row in zip(scores.totals, values, strict=True) if row[3] == county]
        means[county] = sum(inside, Fraction(0)) / len(inside)
    assert (found.a.total, found.b.total) == (means["甲县"], means["乙县"])
    assert sum(part.change for part in found.parts) == found.change


def test_where_an_input_lacks_yardstick_and_performance_are_not_told_and_a_note_says_why() -> None:
    strict = yardstick(policies={"missing": "error", "rounding": {"total": 2}})
    a = se.score(
        [{name: row[name] for name in ("station", "a", "b", "extra")} for row in stations([(5, 5, 5)])], yardstick()
    )
    found = se.decompose(a, scored([(8, 8, 8)], strict))
    assert (found.yardstick, found.performance) == (None, None)
    assert found.crossed[0] is None
    assert found.crossed[1] is not None
    assert [note.code for note in found.notes] == ["decompose-cannot-cross"]
    assert "输入c" in found.notes[0].why() or "c" in found.notes[0].why()
    assert sum(part.change for part in found.parts) == found.change


def test_an_input_of_another_unit_does_not_go_over() -> None:
    fw = yardstick()
    other = yardstick((50, 20, 30), inputs={
        name: {"type": "number", "min": 0, "max": 100, "unit": "㎡", "label": {"zh": name}} for name in ("a", "b", "c", "extra", "fraud")
    }, policies={"missing": "error", "rounding": {"total": 2}})  # fmt: skip
    with pytest.raises(se.InputError) as error:
        under(scored([(5, 5, 5)], fw), other)
    assert "decompose-input-differs" in error.value.report.codes()


def test_full_marks_that_differ_are_noted_and_rates_are_shares_of_them() -> None:
    a, b = scored([(5, 5, 5)], yardstick((40, 30, 30))), scored([(5, 5, 5)], yardstick((80, 60, 60)))
    assert "decompose-full-marks-differ" in [note.code for note in se.decompose(a, b).notes]
    rate = se.decompose(a, b, unit="rate")
    assert not rate.notes
    assert rate.b.total == Fraction(b.totals[0]) / 200
    assert sum(part.change for part in rate.parts) == rate.change


def test_an_input_goes_over_exactly_as_it_was_read() -> None:
    a = scored([("3.140000000000001", "0.1", 7)])
    again = under(a, usual())
    assert again.totals == a.totals
    assert again.data.table.columns["a"].exact(0) == Fraction("3.140000000000001")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"between": "站1"}, "decompose-same"),
        ({}, "decompose-same"),
        ({"between": ("站1", "站2", "站1")}, "decompose-between"),
        ({"by": "county"}, "decompose-groups-unnamed"),
        ({"by": "county", "between": ("甲县", "戊县")}, "decompose-no-group"),
        ({"by": "province", "between": ("甲县", "戊县")}, "group-absent"),
        ({"between": ("站1", "站2"), "unit": "share"}, "analysis-choice"),
    ],
)
def test_what_cannot_be_compared_is_refused(options: dict, code: str) -> None:
    scores = scored([(1, 2, 3, "甲县"), (3, 2, 1, "乙县")])
    with pytest.raises(se.InputError) as error:
        se.decompose(scores, **options)
    assert error.value.report.codes() == (code,)


def test_a_station_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        se.decompose(scored([(1, 2, 3)]), between=("站1", "站9"))


def test_a_decomposition_can_be_written() -> None:
    found = se.decompose(scored([(5, 5, 5)]), scored([(6, 7, 8)], yardstick((10, 60, 30))))
    document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert document["indicators"]["rows"][0]["part"] == "S1"
    assert list(found.to_frame(level="dimension")["part"]) == ["site", "work", "bonus", "total"]
    assert "<table>" in found._repr_html_()
    assert se.decompose(scored([(5, 5, 5)]), scored([(6, 7, 8)])).table(lang="en").columns["label"][-1]
