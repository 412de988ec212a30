"""Years: drawing together, catching up, changing places; coverage against targets."""

from __future__ import annotations

import json
import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.places import rows, scored, usual

import stationeval as se

APART = [(1, 1, 1), (4, 4, 4), (6, 6, 6), (8, 8, 8), (10, 10, 10)]
NEARER = [(4, 4, 4), (5, 5, 5), (6, 6, 6), (7, 7, 7), (8, 8, 8)]
NAMES = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")


def plain(values: list[tuple[float, ...]], names: tuple[str, ...] = NAMES) -> se.Scores:
    """Scores without a bonus, so that a station's total is ten times its inputs."""
    data = [{"station": name, **dict(zip("abc", row, strict=True))} for name, row in zip(names, values, strict=False)]
    return se.score(data, usual())


def test_halved_gaps_are_sigma_and_beta_convergence() -> None:
    found = se.convergence({2021: plain(APART), 2023: plain(NEARER)})
    first, last = found.sigma["sd"]
    assert last < first
    assert found.slope < 0
    assert found.low <= found.slope <= found.high
    assert found.p < 0.05
    assert [note.code for note in found.notes] == ["convergence-luck"]


@given(st.lists(rows, min_size=4, max_size=8), st.lists(rows, min_size=8, max_size=8))
@settings(max_examples=20)
def test_the_slope_is_that_of_a_regression_by_scipy(first: list, second: list) -> None:
    a, b = plain(first), plain(second)
    found = se.convergence({2020: a, 2022: b})
    x = np.array([float(total) for total in a.totals])
    y = (np.array([float(total) for total in b.totals[: len(x)]]) - x) / 2
    if np.ptp(x) == 0:
        assert found.slope is None
        return
    theirs = scipy.stats.linregress(x, y)
    assert found.slope == pytest.approx(theirs.slope, abs=1e-9)
    if found.p > 1e-12:
        assert found.p == pytest.approx(theirs.pvalue, abs=1e-6)


def test_half_of_a_gap_is_closed_after_the_half_life() -> None:
    halved = [tuple(6 + (value - 6) / 2 for value in row) for row in APART]
    found = se.convergence({2021: plain(APART), 2024: plain(halved)})
    assert found.half_life == pytest.approx(3)
    assert found.p == pytest.approx(0, abs=1e-9)


def test_growth_of_the_logarithm_needs_totals_above_zero() -> None:
    found = se.convergence({2021: plain(APART), 2022: plain(NEARER)}, scale="log")
    start, end = (np.log([10.0 * row[0] for row in values]) for values in (APART, NEARER))
    assert found.slope == pytest.approx(scipy.stats.linregress(start, end - start).slope)
    with pytest.raises(se.InputError) as error:
        se.convergence({2021: plain([(0, 0, 0), (1, 1, 1)]), 2022: plain(NEARER)}, scale="log")
    assert error.value.report.codes() == ("convergence-no-logarithm",)


def test_only_stations_that_stand_in_every_year_are_looked_at() -> None:
    found = se.convergence({2021: plain(APART), 2022: plain(NEARER, NAMES[1:]), 2023: plain(APART)})
    assert found.common == NAMES[1:5]
    assert found.sigma["stations"] == (4, 4, 4)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["beta"]["slope"] == 0
    assert len(found.to_frame()) == 3


def test_what_cannot_be_told_of_years_is_none_or_refused() -> None:
    few = se.convergence({2021: plain(APART[:3]), 2022: plain(NEARER[:3])})
    assert few.slope is few.p is few.half_life is None
    assert [note.code for note in few.notes] == ["convergence-luck", "convergence-few"]
    level = se.convergence({2021: plain([(5, 5, 5)] * 5), 2022: plain(NEARER)})
    assert [note.code for note in level.notes] == ["convergence-luck", "convergence-equal-start"]
    zero = se.convergence({2021: plain([(0, 0, 0)] * 4), 2022: plain(NEARER)})
    assert zero.sigma["variation"][0] is zero.sigma["gini"][0] is None
    for years, options, code in (
        ({2021: plain(APART)}, {}, "compare-needs-two"),
        ({2021: plain(APART), 2022: plain(APART, NAMES[4:])}, {}, "years-few-common"),
        ({2021: plain(APART), 2022: plain(NEARER)}, {"scale": "ratio"}, "analysis-choice"),
    ):
        with pytest.raises(se.InputError) as error:
            se.convergence(years, **options)
        assert error.value.report.codes() == (code,)


@given(st.lists(rows, min_size=4, max_size=8), st.integers(2, 4))
@settings(max_examples=20)
def test_nobody_moves_between_an_evaluation_and_itself(values: list, classes: int) -> None:
    scores = plain(values)
    found = se.mobility(scores, scores, classes=classes)
    assert found.mean_places == 0
    assert found.index in (0, None)
    assert sum(map(sum, found.matrix)) == len(values)


@given(st.lists(rows, min_size=6, max_size=8), st.lists(rows, min_size=8, max_size=8))
@settings(max_examples=20)
def test_every_common_station_is_in_one_transition_and_shares_of_a_class_sum_to_one(first: list, second: list) -> None:
    found = se.mobility(plain(first), plain(second), classes=3)
    assert sum(found.table["stations"]) == len(first)
    for k in (1, 2, 3):
        shares = [row["share"] for row in found.table if row["before"] == k]
        assert shares == [None] * 3 or math.isclose(sum(shares), 1)


def test_a_ranking_turned_round_moves_everybody() -> None:
    found = se.mobility(plain(APART[:4]), plain(APART[3::-1]), classes=2)
    assert found.matrix == ((0, 2), (2, 0))
    assert found.index == 2
    assert found.mean_places == Fraction(3 + 1 + 1 + 3, 4)
    assert found.to_dict()["index"] == 2
    assert len(found.to_frame()) == 4


@pytest.mark.parametrize("classes", [1, 6, True, 2.0])
def test_classes_that_cannot_be_are_refused(classes: object) -> None:
    with pytest.raises(se.InputError) as error:
        se.mobility(plain(APART), plain(NEARER), classes=classes)
    assert error.value.report.codes() == ("mobility-classes",)


def test_coverage_sums_places_and_says_what_lacks_in_whole_towns() -> None:
    rows_of = [("甲", 10, 8), ("乙", 5, 5), ("丙", 7, None)]
    data = [{"station": name, "towns": towns, "towns_with_station": done} for name, towns, done in rows_of]
    (row,) = se.coverage(data, "national-coverage")
    assert (row["places"], row["met"], row["not_met"], row["cannot_tell"]) == (3, 1, 1, 1)
    assert (row["achieved"], row["whole"], row["share"], row["lacking"]) == (13, 15, Fraction(13, 15), 2)
    assert row["by"] == "2025"


def test_coverage_of_nothing_known_is_none_not_zero() -> None:
    (row,) = se.coverage([{"station": "甲", "towns": None, "towns_with_station": 3}], "national-coverage")
    assert (row["cannot_tell"], row["share"]) == (1, None)


def test_points_of_the_bonus_count_in_a_year_too() -> None:
    assert se.convergence({1: scored(APART), 2: scored(NEARER)}).sigma["mean"][0] > 58
