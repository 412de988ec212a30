"""Linking totals of two frameworks: identity, symmetry, the ends, and limits that are stated."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.analysis.places import rows, scored, usual

import stationeval as se

many = st.lists(rows, min_size=3, max_size=9)
methods = st.sampled_from(["linear", "equipercentile"])
VALUES = [(1, 2, 3), (5, 6, 7), (9, 9, 8), (4, 4, 4), (7, 3, 7)]


def linked(a: se.Scores, b: se.Scores, method: str) -> object:
    """The link, where totals are not all equal."""
    assume(len(set(a.totals)) > 1 and len(set(b.totals)) > 1)
    return se.link(a, b, method=method)


@given(many, methods, st.floats(0, 100))
@settings(max_examples=40)
def test_a_framework_linked_to_itself_leaves_every_total_as_it_is(values: list, method: str, total: float) -> None:
    scores = scored(values)
    found = linked(scores, scores, method)
    assert found.table["linked"] == pytest.approx([float(each) for each in scores.totals])
    assert found.of(total) == pytest.approx(total)
    assert found.error == pytest.approx(0, abs=1e-9)
    assert found.correlation == pytest.approx(1)


@given(many, many, methods)
@settings(max_examples=25)
def test_a_link_rises_and_stays_within_full_marks(first: list, second: list, method: str) -> None:
    found = linked(scored(first), scored(second[: len(first)] + first[len(second) :], usual((80, 60, 60))), method)
    places = [found.of(total) for total in np.linspace(0, 100, 21)]
    assert (np.diff(places) >= -1e-9).all()
    assert places[0] >= 0
    assert places[-1] <= 205


def test_equipercentile_links_there_and_back() -> None:
    a, b = scored(VALUES), scored([(2, 3, 4), (6, 7, 8), (9, 9, 9), (5, 5, 5), (7, 4, 7)], usual((7, 11, 13)))
    there, back = se.link(a, b, method="equipercentile"), se.link(b, a, method="equipercentile")
    for total in (15.0, 40.0, 66.6):
        assert back.of(there.of(total)) == pytest.approx(total)


def test_a_linear_link_gives_the_common_stations_the_mean_and_spread_of_the_other_scale() -> None:
    a, b = scored(VALUES), scored([(3, 3, 4), (5, 6, 6), (7, 7, 7), (5, 4, 5), (6, 4, 6)], usual((80, 60, 60)))
    found = np.array(se.link(a, b, method="linear").table["linked"])
    theirs = np.array([float(total) for total in b.totals])
    assert (found.mean(), found.std()) == pytest.approx((theirs.mean(), theirs.std()))


@given(st.permutations(range(5)), methods)
@settings(max_examples=10)
def test_the_order_of_the_stations_changes_no_link(order: list, method: str) -> None:
    data = [{"station": str(k), **dict(zip("abc", row, strict=True))} for k, row in enumerate(VALUES)]
    b = se.score(data, usual((80, 60, 60)))
    base = se.link(se.score(data, usual()), b, method=method)
    mixed = se.link(se.score([data[k] for k in order], usual()), b, method=method)
    assert mixed.of(50) == pytest.approx(base.of(50))


def test_the_range_without_one_station_holds_the_linked_total_and_limits_are_stated() -> None:
    a, b = scored([*VALUES, (0, 0, 0)]), scored([(3, 3, 4), (5, 6, 6), (4, 4, 4), (9, 9, 9), (6, 4, 6)])
    found = se.link(a, b, method="linear")
    assert all(row["low"] <= row["linked"] <= row["high"] for row in found.table)
    assert [row["inside"] for row in found.table] == [True] * 5 + [False]
    assert found.table["other"][-1] is None
    assert [note.code for note in found.notes] == ["link-no-equating", "link-few", "link-unlike", "link-beyond"]
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["common"] == 5
    assert len(found.to_frame()) == 6


@pytest.mark.parametrize(
    ("first", "second", "method", "code"),
    [
        (VALUES, VALUES[:2], "linear", "link-few-common"),
        (VALUES, [(0, 0, 0)] * 5, "linear", "link-all-equal"),
        (VALUES, VALUES, "circle-arc", "analysis-choice"),
    ],
)
def test_what_cannot_be_linked_is_refused(first: list, second: list, method: str, code: str) -> None:
    data = [{"station": f"站{k}", **dict(zip("abc", row, strict=True))} for k, row in enumerate(second, 1)]
    with pytest.raises(se.InputError) as error:
        se.link(scored(first), se.score(data, usual()), method=method)
    assert error.value.report.codes() == (code,)


def test_a_total_beyond_full_marks_is_refused() -> None:
    found = se.link(scored(VALUES), scored(VALUES), method="linear")
    with pytest.raises(se.InputError) as error:
        found.of(120)
    assert error.value.report.codes() == ("link-outside",)
