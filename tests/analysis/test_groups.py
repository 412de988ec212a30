"""Groups of stations: parts that add up, bounds, shrinkage that luck cannot beat."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.places import scored, usual

import stationeval as se
from stationeval.analysis.groups_inequality import gini, theil, variance
from stationeval.analysis.groups_shrinkage import best, shrink

amounts = st.fractions(0, 100, max_denominator=100)
parted = st.dictionaries(st.sampled_from("甲乙丙丁"), st.lists(amounts, min_size=1, max_size=8), min_size=1, max_size=4)
COUNTIES = [
    (8, 7, 9, "甲县"),
    (9, 9, 9, "甲县"),
    (5, 5, 5, "甲县"),
    (1, 2, 3, "乙县"),
    (7, 7, 7, "乙县"),
    (4, 4, 4, "丙县"),
]


@given(parted)
def test_variance_between_and_within_is_exactly_the_whole(groups: dict) -> None:
    split = variance(groups)
    assert split.between + split.within == split.total
    assert split.between >= 0 <= split.within


@given(parted)
def test_theil_between_and_within_is_the_whole_and_none_is_negative(groups: dict) -> None:
    split = theil(groups)
    if split is None:
        assert not any(value for values in groups.values() for value in values)
        return
    assert split.between + split.within == pytest.approx(split.total, abs=1e-12)
    assert min(split.total, split.between, split.within) >= -1e-12


@given(parted, st.fractions(1, 50, max_denominator=20))
def test_theil_and_gini_do_not_change_with_the_unit_and_variance_by_its_square(groups: dict, unit: Fraction) -> None:
    scaled = {name: [unit * value for value in values] for name, values in groups.items()}
    assert variance(scaled).between == unit**2 * variance(groups).between
    before, after = theil(groups), theil(scaled)
    assert (before is None) == (after is None)
    if before is not None:
        assert after.between == pytest.approx(before.between, abs=1e-12)
    every = [[value for values in each.values() for value in values] for each in (groups, scaled)]
    assert gini(every[0]) == gini(every[1])


@given(st.lists(amounts, min_size=1, max_size=15), st.randoms())
def test_gini_lies_between_0_and_1_less_1_over_n_and_is_half_the_mean_difference(values: list, random: object) -> None:
    found, n = gini(values), len(values)
    if found is None:
        assert not any(values)
        return
    assert 0 <= found <= Fraction(n - 1, n)
    assert found == sum(abs(a - b) for a in values for b in values) / (2 * n * sum(values))
    random.shuffle(values)
    assert gini(values) == found
    assert gini(values * 2) == found


@given(
    st.lists(st.tuples(st.floats(0, 100), st.integers(1, 30)), min_size=2, max_size=8),
    st.floats(0.1, 30),
)
def test_a_shrunken_mean_lies_between_its_own_and_the_grand_mean_the_nearer_the_less_it_rests_on(
    groups: list, sigma: float
) -> None:
    means, counts = np.array(groups, dtype=float).T
    found = shrink(means, counts, sigma)
    low, high = np.minimum(means, found.centre), np.maximum(means, found.centre)
    assert (found.means >= low - 1e-9).all()
    assert (found.means <= high + 1e-9).all()
    order = np.argsort(counts)
    assert (np.diff(found.trust[order]) >= -1e-12).all()
    assert found.best.sum() == pytest.approx(1)
    assert np.isfinite([*found.means, *found.spreads, *found.best, found.tau]).all()


def test_a_county_with_3_stations_is_not_called_best_by_luck() -> None:
    found = shrink(np.array([84.0, 82.0, 75.0, 73.0]), np.array([3.0, 60.0, 60.0, 60.0]), 10.0)
    assert found.means.argmax() == 1
    assert found.best[1] > found.best[0]


def test_without_differences_between_groups_beyond_chance_all_shrink_to_the_mean() -> None:
    found = shrink(np.array([79.0, 80.0, 81.0]), np.array([4.0, 4.0, 4.0]), 10.0)
    assert found.tau == 0
    assert found.means.tolist() == pytest.approx([80.0] * 3)


def test_the_between_spread_is_the_textbook_one_where_groups_are_of_one_size() -> None:
    means, sigma, n = np.array([70.0, 80.0, 90.0, 84.0]), 6.0, 9
    found = shrink(means, np.full(4, float(n)), sigma)
    assert found.tau**2 == pytest.approx(means.var(ddof=1) - sigma**2 / n)


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0.5, 10)), min_size=2, max_size=5))
@settings(max_examples=20)
def test_the_probability_of_being_best_is_what_simulation_gives(groups: list) -> None:
    means, spreads = np.array(groups).T
    drawn = np.random.default_rng(0).normal(means, spreads, (20_000, len(means))).argmax(axis=1)
    shares = np.bincount(drawn, minlength=len(means)) / 20_000
    assert best(means, spreads) == pytest.approx(shares, abs=0.02)


def test_equal_and_certain_means_share_the_first_place() -> None:
    assert best(np.array([1.0, 3.0, 3.0]), np.zeros(3)).tolist() == [0, 0.5, 0.5]


def test_a_table_of_counties_says_what_can_be_told_of_each() -> None:
    found = se.groups(scored(COUNTIES), by="county")
    rows = {row["group"]: row for row in found.table}
    assert [rows[name]["stations"] for name in ("甲县", "乙县", "丙县")] == [3, 2, 1]
    assert rows["丙县"]["low"] is rows["丙县"]["sd"] is None
    assert rows["甲县"]["low"] < rows["甲县"]["mean"] < rows["甲县"]["high"]
    assert [note.code for note in found.notes] == ["groups-alone", "groups-few"]
    assert float(found.centre) == pytest.approx(sum(row["stations"] * row["mean"] for row in rows.values()) / 6)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["sigma"] > 0
    assert len(found.to_frame()) == 3


def test_the_interval_of_a_mean_is_students() -> None:
    import scipy.stats

    scores = scored(COUNTIES)
    totals = [float(total) for total in scores.totals][:3]
    row = se.groups(scores, by="county", level=0.9).table.columns
    low, high = scipy.stats.t.interval(0.9, 2, np.mean(totals), scipy.stats.sem(totals))
    assert (row["low"][0], row["high"][0]) == pytest.approx((low, high))


@given(st.permutations(COUNTIES))
@settings(max_examples=10)
def test_the_order_of_the_stations_changes_no_group(mixed: list) -> None:
    data = [
        {"station": f"站{COUNTIES.index(row)}", "extra": 0, **dict(zip("abc", row, strict=False)), "county": row[3]}
        for row in mixed
    ]
    found = se.groups(se.score(data, usual(), keep=("county",)), by="county")
    rows = {row["group"]: row for row in found.table}
    assert rows["甲县"]["mean"] == pytest.approx((80 + 90 + 50) / 3)
    assert float(found.variance.total) == pytest.approx(np.var([80, 90, 50, 19, 70, 40]), rel=0.2)


def test_provinces_stand_beside_each_other_by_name_and_by_rate_where_full_marks_differ() -> None:
    one, other = scored([(5, 5, 5), (6, 6, 6)]), scored([(5, 5, 5), (7, 7, 7)], usual((80, 60, 60)))
    with pytest.raises(se.InputError) as error:
        se.groups({"甲省": one, "乙省": other})
    assert error.value.report.codes() == ("full-marks-differ",)
    found = se.groups({"甲省": one, "乙省": other}, unit="rate")
    assert max(found.table["mean"]) < 1


def test_where_every_group_has_one_station_chance_cannot_be_told() -> None:
    found = se.groups(scored([(1, 2, 3, "甲县"), (3, 2, 1, "乙县")]), by="county")
    assert found.shrunk is None
    assert set(found.table["shrunk"]) == {None}
    assert "groups-no-spread" in [note.code for note in found.notes]
    with pytest.raises(se.InputError):
        found.funnel()


def test_nothing_is_divided_by_a_total_of_zero() -> None:
    found = se.groups(scored([(0, 0, 0, "甲县"), (0, 0, 0, "甲县"), (0, 0, 0, "乙县")], None), by="county")
    assert found.gini is not None  # the bonus counts
    zero = se.groups(se.score([{"station": s, "county": "甲县"} for s in "ab"], usual(), keep=("county",)), by="county")
    assert zero.theil is zero.gini is None
    assert zero.notes[-1].code == "groups-all-zero"


def test_equal_stations_leave_nothing_to_shrink() -> None:
    data = [{"station": str(k), "a": 5, "b": 5, "c": 5, "county": county} for k, county in enumerate("甲甲乙乙丙丙")]
    found = se.groups(se.score(data, usual(), keep=("county",)), by="county")
    assert found.table["shrunk"] == (50.0, 50.0, 50.0)
    assert found.table["best"] == pytest.approx((1 / 3,) * 3)
    assert found.variance.total == 0
    assert found.variance.share_between is None


def test_the_limits_of_a_funnel_narrow_with_the_root_of_the_stations() -> None:
    found = se.groups(scored(COUNTIES), by="county")
    limits = found.funnel()
    width = np.array(limits["high_95"]) - np.array(limits["low_95"])
    assert width * np.sqrt(limits["stations"]) == pytest.approx(2 * 1.959964 * found.shrunk.sigma)
    assert (np.array(limits["high_99.8"]) > np.array(limits["high_95"])).all()


@pytest.mark.parametrize(
    ("options", "code"),
    [({}, "groups-by-needed"), ({"by": "province"}, "group-absent"), ({"by": "county", "level": 2}, "level-not-possible"),
     ({"by": "county", "unit": "x"}, "analysis-choice")],
)  # fmt: skip
def test_what_cannot_be_grouped_is_refused(options: dict, code: str) -> None:
    with pytest.raises(se.InputError) as error:
        se.groups(scored(COUNTIES), **options)
    assert error.value.report.codes() == (code,)


def test_a_station_without_a_group_is_named() -> None:
    data = [(1, 2, 3, "甲县"), (3, 2, 1, None)]
    with pytest.raises(se.InputError) as error:
        se.groups(scored(data), by="county")
    assert [(p.code, p.place.station) for p in error.value.report] == [("group-empty", "站2")]


def test_no_scores_and_a_column_beside_names_are_refused() -> None:
    for given_scores, by, code in (
        ({}, None, "groups-nothing"),
        ({"甲": scored(COUNTIES)}, "county", "groups-by-out-of-place"),
    ):
        with pytest.raises(se.InputError) as error:
            se.groups(given_scores, by=by)
        assert error.value.report.codes() == (code,)
