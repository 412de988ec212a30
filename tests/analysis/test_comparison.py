"""Comparing evaluations: likeness of rankings against oracles and laws, tables that add up."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.analysis.places import rows, scored, yardstick

import stationeval as se
from stationeval.analysis.comparison_similarity import MEASURES, _measures, similarity

totals = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=25)
FIRST = [(8, 7, 9), (5, 5, 5), (9, 9, 9), (1, 2, 3), (7, 7, 7)]
SECOND = [(5, 5, 5), (8, 7, 9), (9, 9, 9), (1, 2, 3), (6, 7, 8)]


def values(x: list[int] | np.ndarray, y: list[int] | np.ndarray) -> dict[str, float] | None:
    found = similarity(np.asarray(x, float), np.asarray(y, float), draws=1, seed=0, level=0.95)
    return None if found is None else {name: one.value for name, one in found.items()}


@given(totals, st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_every_draw_has_the_measures_that_scipy_gives_the_drawn_stations(pairs: list, seed: int) -> None:
    x, y = np.array(pairs, dtype=float).T
    picks = np.random.default_rng(seed).integers(0, len(x), len(x))
    assume(len(set(x[picks])) > 1 and len(set(y[picks])) > 1)
    counts = np.bincount(picks, minlength=len(x)).astype(np.float32)[:, None]
    ours = [float(each[0]) for each in _measures(x, y, counts)][:3]
    drawn = (x[picks], y[picks])
    theirs = [f(*drawn).statistic for f in (scipy.stats.kendalltau, scipy.stats.spearmanr, scipy.stats.weightedtau)]
    assert ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(("name", "measure"), [("WS coefficient", "ws"), ("Spearman rho", "spearman")])
def test_published_examples_come_out(shared: Path, name: str, measure: str) -> None:
    entries = json.loads((shared / "oracles" / "worked-examples.json").read_text(encoding="utf-8"))["entries"]
    entry = next(each for each in entries if each["method"] == name)
    ranks = (-np.array(entry["inputs"][side], dtype=float) for side in ("x", "y"))
    assert values(*ranks)[measure] == pytest.approx(entry["expected"], abs=entry["tolerance"])


@given(totals)
def test_a_ranking_is_wholly_like_itself_and_opposite_to_its_reverse(pairs: list) -> None:
    x = np.array(pairs, dtype=float)[:, 0]
    same, reverse = values(x, x), values(x, -x)
    assume(same is not None)
    assert same == pytest.approx(dict.fromkeys(MEASURES, 1.0))
    assert [reverse["kendall_tau_b"], reverse["spearman"]] == pytest.approx([-1.0, -1.0])


@given(totals, st.randoms())
def test_the_order_of_stations_and_the_scale_of_totals_change_no_measure(pairs: list, random: object) -> None:
    x, y = np.array(pairs, dtype=float).T
    before = values(x, y)
    mixed = list(range(len(x)))
    random.shuffle(mixed)
    after = values(3 * x[mixed] + 7, np.exp(y[mixed] / 10))
    assert (before is None) == (after is None)
    if before is not None:
        assert after == pytest.approx(before, abs=1e-12)


@given(totals)
def test_all_measures_but_ws_are_symmetric_and_bounded(pairs: list) -> None:
    x, y = np.array(pairs, dtype=float).T
    one, other = values(x, y), values(y, x)
    assume(one is not None)
    for name in MEASURES[:3]:
        assert one[name] == pytest.approx(other[name], abs=1e-12)
        assert -1 <= one[name] <= 1
    assert 0 <= one["ws"] <= 1


def test_the_same_seed_gives_the_same_intervals_and_another_others() -> None:
    first, second = scored(FIRST), scored(SECOND)
    tables = [se.compare({"a": first, "b": second}, seed=seed, draws=200).similarity for seed in (0, 0, 1)]
    assert tables[0].columns == tables[1].columns
    assert tables[0].columns["low"] != tables[2].columns["low"]


def test_an_interval_holds_its_value_where_rankings_differ_a_little() -> None:
    table = se.compare({"a": scored(FIRST), "b": scored(SECOND)}, seed=0, draws=400).similarity
    assert len(table) == 4
    assert all(row["low"] <= row["value"] <= row["high"] for row in table)


def test_movers_are_ranked_among_the_common_stations_and_stand_in_order() -> None:
    first, second = scored(FIRST), scored(SECOND[:4])
    movers = list(se.compare({"a": first, "b": second}, seed=0, draws=10).movers)
    assert [(row["station"], row["rank_a"], row["rank_b"], row["places"]) for row in movers] == [
        ("站1", 2, 3, -1), ("站2", 3, 2, 1), ("站3", 1, 1, 0), ("站4", 4, 4, 0)]  # fmt: skip
    assert sum(row["places"] for row in movers) == 0


def test_grades_are_crossed_for_every_pair_and_count_every_common_station() -> None:
    first, second = scored(FIRST), scored(SECOND)
    comparison = se.compare({"a": first, "b": second, "c": first}, seed=0, draws=10)
    counts = Counter()
    for row in comparison.grades:
        counts[row["a"], row["b"]] += row["stations"]
    assert counts == {("a", "b"): 5, ("a", "c"): 5, ("b", "c"): 5}
    assert all(
        row["grade_a"] == row["grade_b"] or not row["stations"]
        for row in comparison.grades
        if row["b"] == "c" and row["a"] == "a"
    )


def test_a_station_that_was_not_evaluated_has_no_rank_rather_than_a_made_up_one() -> None:
    ranks = se.compare({"a": scored(FIRST), "b": scored(SECOND[:4])}, seed=0, draws=10).ranks
    assert ranks.row("站5")["b: rank"] is None
    assert ranks.row("站5")["b: total"] is None


@pytest.mark.parametrize(
    ("first", "second", "code"), [(FIRST, SECOND[:2], "compare-too-few"), (FIRST, [(5, 5, 5)] * 5, None)]
)
def test_where_nothing_can_be_said_the_values_are_none_and_a_note_says_why(
    first: list, second: list, code: str
) -> None:
    plain = yardstick(bonus=None) if code is None else None
    comparison = se.compare({"a": scored(first, plain), "b": scored(second, plain)}, seed=0, draws=10)
    assert comparison.similarity.columns["value"] == (None,) * 4
    assert [note.code for note in comparison.notes] == [code or "compare-all-equal"]


def test_two_resampled_stations_with_one_total_leave_the_draw_out() -> None:
    found = similarity(np.array([1.0, 2, 2, 2]), np.array([1.0, 2, 3, 4]), draws=500, seed=0, level=0.9)
    assert found["kendall_tau_b"].usable < 500
    assert found["kendall_tau_b"].low is not None


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"seed": -1}, "seed-needed"),
        ({"seed": 0, "draws": 0}, "draws-needed"),
        ({"seed": 0, "level": 1}, "level-not-possible"),
    ],
)
def test_what_cannot_be_is_refused(options: dict, code: str) -> None:
    first = scored(FIRST)
    with pytest.raises(se.InputError) as error:
        se.compare({"a": first, "b": first}, **options)
    assert error.value.report.codes() == (code,)


def test_one_evaluation_alone_is_no_comparison() -> None:
    with pytest.raises(se.InputError) as error:
        se.compare({"a": scored(FIRST)}, seed=0)
    assert error.value.report.codes() == ("compare-needs-two",)


@given(st.lists(rows, min_size=1, max_size=6), st.lists(rows, min_size=1, max_size=6))
@settings(max_examples=15)
def test_any_two_evaluations_compare_without_nan_and_can_be_written(first: list, second: list) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        comparison = se.compare({"a": scored(first), "b": scored(second)}, seed=0, draws=20)
        assert json.loads(json.dumps(comparison.to_dict(), allow_nan=False))["summary"]["rows"]
    assert "<table>" in comparison._repr_html_()
    assert len(comparison.to_frame()) == 4
