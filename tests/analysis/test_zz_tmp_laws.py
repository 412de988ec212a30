"""Laws of agreement: what changes nothing, what is perfect, and equality with the definitions worked out pair by pair."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

import stationeval as se

Rows = list[list[int | None]]
law = settings(max_examples=1500, deadline=None)


@st.composite
def tables(draw: Any, *, gaps: bool = False, raters: int | None = None, most: int = 6) -> Rows:
    """Marks of some units by some raters, not all equal."""
    n, k = draw(st.integers(2, 7)), raters or draw(st.integers(2, 5))
    mark = st.integers(0, most)
    cell = st.one_of(mark, st.none()) if gaps else mark
    rows = draw(st.lists(st.lists(cell, min_size=k, max_size=k), min_size=n, max_size=n))
    kept = [row for row in rows if sum(one is not None for one in row) > 1]
    assume(len({one for row in kept for one in row if one is not None}) > 1)
    return rows


def pairwise(rows: Rows, metric: str) -> float:
    """Krippendorff's alpha by its definition, over every ordered pair of ratings."""
    flat = [
        (u, one) for u, row in enumerate(rows) if sum(x is not None for x in row) > 1 for one in row if one is not None
    ]
    sizes = {u: sum(1 for v, _ in flat if v == u) for u, _ in flat}
    values = [one for _, one in flat]

    def delta(a: float, b: float) -> float:
        if metric == "nominal":
            return float(a != b)
        if metric == "interval":
            return (a - b) ** 2
        if metric == "ratio":
            return 0.0 if a == b else ((a - b) / (a + b)) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(low <= one <= high for one in values)
        return (between - (values.count(a) + values.count(b)) / 2) ** 2 if a != b else 0.0

    n = len(flat)
    pairs = [(i, j) for i, j in permutations(range(n), 2)]
    within = sum(delta(flat[i][1], flat[j][1]) / (sizes[flat[i][0]] - 1) for i, j in pairs if flat[i][0] == flat[j][0])
    return 1 - (within / n) / (sum(delta(values[i], values[j]) for i, j in pairs) / (n * (n - 1)))


@law
@given(tables(gaps=True), st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_its_definition_over_all_pairs(rows: Rows, metric: str) -> None:
    """Linear sums give what comparing every two ratings gives."""
    assert se.krippendorff_alpha(rows, metric=metric).value == pytest.approx(pairwise(rows, metric), abs=1e-9)


def value_of(name: str) -> Callable[[Any], Any]:
    def icc(rows: Any) -> Any:
        return [round(x, 9) if x is not None else None for x in se.icc(rows)["icc"]]

    return icc if name == "icc" else lambda rows: getattr(se, name)(rows).value


COEFFICIENTS = ["krippendorff_alpha", "icc", "fleiss_kappa", "kendall_w"]


def same(a: Any, b: Any) -> bool:
    if isinstance(a, list):
        return all(
            x == y or (x is not None and y is not None and abs(x - y) < 1e-6 * max(1, abs(x)))
            for x, y in zip(a, b, strict=True)
        )
    return bool(abs(a - b) < 1e-9)


@law
@given(tables(), st.sampled_from(COEFFICIENTS), st.randoms(use_true_random=False))
def test_the_order_of_units_and_raters_changes_nothing(rows: Rows, name: str, random: Any) -> None:
    """Neither the order of rows nor that of columns is information."""
    coefficient = value_of(name)
    assume(name != "kendall_w" or any(len(set(column)) > 1 for column in zip(*rows, strict=True)))
    units = random.sample(rows, len(rows))
    order = random.sample(range(len(rows[0])), len(rows[0]))
    assert same(coefficient(rows), coefficient([[row[j] for j in order] for row in units]))


@law
@given(tables(), st.integers(1, 50), st.integers(-100, 100), st.booleans())
def test_interval_alpha_and_icc_do_not_depend_on_the_scale(rows: Rows, by: int, shift: int, flip: bool) -> None:
    """Marks times a number plus a number agree as the marks do; turned upside down they do too."""
    moved = (-by if flip else by) * np.array(rows, dtype=float) + shift
    assert same(se.krippendorff_alpha(rows).value, se.krippendorff_alpha(moved).value)
    assert same(value_of("icc")(rows), value_of("icc")(moved))


@law
@given(st.lists(st.integers(0, 9), min_size=2, max_size=8), st.integers(2, 5))
def test_raters_who_say_the_same_agree_perfectly(marks: list[int], raters: int) -> None:
    """Every coefficient is 1 where the columns are equal."""
    assume(len(set(marks)) > 1)
    rows = [[mark / 10] * raters for mark in marks]
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        assert se.krippendorff_alpha(rows, metric=metric).value == 1
    found = se.icc(rows)
    assert found["icc"] == found["low"] == found["high"] == (1.0,) * 6
    assert found["f"] == found["p"] == (None,) * 6
    assert se.fleiss_kappa(rows).value == 1
    assert se.kendall_w(rows).value == pytest.approx(1)
    two = [row[:2] for row in rows]
    assert (
        se.cohen_kappa(two).value == se.weighted_kappa(two).value == se.weighted_kappa(two, weights="linear").value == 1
    )
    row = next(iter(se.bland_altman(two)))
    assert row["bias"] == row["sd"] == row["upper_high"] == 0


@law
@given(tables(raters=2))
def test_kappas_of_two_raters_stay_in_range_and_weights_are_their_definition(rows: Rows) -> None:
    """From -1 to 1, not changed by swapping the raters, and as every pair of marks says."""
    swapped = [row[::-1] for row in rows]
    plain = se.cohen_kappa(rows).value
    assert -1 <= plain <= 1
    assert plain == se.cohen_kappa(swapped).value
    first, second = np.array(rows, dtype=float).T
    for weights, power in (("linear", 1), ("quadratic", 2)):
        found = se.weighted_kappa(rows, weights=weights).value
        expected = (np.abs(first[:, None] - second) ** power).mean()
        assert found == pytest.approx(1 - (np.abs(first - second) ** power).mean() / expected, abs=1e-9)
        assert found <= 1
        assert same(found, se.weighted_kappa(swapped, weights=weights).value)


@law
@given(tables(raters=2, most=1))
def test_with_two_categories_every_kappa_of_two_raters_is_cohens(rows: Rows) -> None:
    """There is one distance only, whatever its weight."""
    values = [se.weighted_kappa(rows, weights=weights).value for weights in ("linear", "quadratic")]
    assert values == pytest.approx([se.cohen_kappa(rows).value] * 2, abs=1e-9)


@law
@given(tables())
def test_w_is_friedmans_statistic_over_its_greatest(rows: Rows) -> None:
    """W = χ² / (m (n − 1)), ties corrected, and lies from 0 to 1."""
    columns = np.array(rows).T
    assume(any(len(set(column)) > 1 for column in columns.tolist()))
    assume(len(columns[0]) > 2 and len(columns) > 2)
    found = se.kendall_w(rows)
    statistic, p = stats.friedmanchisquare(*np.array(rows))
    assert -1e-12 <= found.value <= 1 + 1e-12
    assert found.statistic == pytest.approx(statistic, abs=1e-9)
    assert found.p == pytest.approx(p, abs=1e-9)


@law
@given(tables(gaps=True))
def test_units_with_one_rating_or_none_change_no_alpha(rows: Rows) -> None:
    """A rating that meets no other says nothing of agreement."""
    more = [*rows, [9, *[None] * (len(rows[0]) - 1)], [None] * len(rows[0])]
    before, after = se.krippendorff_alpha(rows), se.krippendorff_alpha(more)
    assert before.value == after.value
    assert after.left_out == before.left_out + 2


@law
@given(tables(), st.integers(0, 2**32))
def test_an_interval_is_the_same_for_the_same_seed_and_lies_below_one(rows: Rows, seed: int) -> None:
    """Seeds decide; 0 is one of them."""
    first = se.krippendorff_alpha(rows, boot=50, seed=seed)
    assert first == se.krippendorff_alpha(rows, boot=50, seed=seed)
    if first.low is not None and first.high is not None:
        assert first.low <= first.high <= 1 + 1e-12
    else:
        assert first.undefined > 25


def test_more_noise_means_less_agreement() -> None:
    """Alpha, ICC and W fall as raters err more (simulated)."""
    random = np.random.default_rng(0)
    true, error = random.normal(size=(60, 1)), random.normal(size=(60, 4))
    tables_ = [true + spread * error for spread in (0.1, 0.5, 2.0)]
    for name in ("krippendorff_alpha", "kendall_w"):
        values = [value_of(name)(table) for table in tables_]
        assert values == sorted(values, reverse=True)
    assert [row[1] for row in map(value_of("icc"), tables_)] == sorted(
        (row[1] for row in map(value_of("icc"), tables_)), reverse=True
    )


def test_the_interval_of_alpha_covers_the_truth_about_as_often_as_it_says() -> None:
    """Simulated: alpha of one-way normal marks is σ²_u / (σ²_u + σ²_e) = 0.5; 95 % intervals of 40 units cover it."""
    random = np.random.default_rng(1)
    covered = 0
    for seed in range(120):
        table = random.normal(size=(40, 1)) + random.normal(size=(40, 3))
        found = se.krippendorff_alpha(table, boot=200, seed=seed)
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 0.5 <= found.high
    assert covered >= 104


def test_memory_of_interval_alpha_is_linear() -> None:
    """Two hundred thousand ratings of as many values: a table of pairs would take 320 GB."""
    random = np.random.default_rng(2)
    table = random.normal(size=(50_000, 1)) + random.normal(size=(50_000, 4))
    assert se.krippendorff_alpha(table).value == pytest.approx(0.5, abs=0.02)
    assert se.krippendorff_alpha(table, metric="ordinal").value == pytest.approx(0.48, abs=0.03)
