"""Acceptability against analytic shares and volumes, its laws, and grades as the framework gives them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import stationeval as se
from stationeval.analysis.counting import count_ranks
from stationeval.analysis.grades import grader_of
from stationeval.testing import full_marks, random_stations

tables = arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 4)), elements=st.integers(0, 10).map(lambda x: x / 10)
)


def scores(n: int = 12, seed: int = 1) -> se.Scores:
    fw = se.load("haining-sppe@2021+reading")
    return se.score(random_stations(fw, n, seed=seed), fw)


def test_the_analytic_example_of_the_oracles(shared: Path) -> None:
    entries = json.loads((shared / "oracles" / "worked-examples.json").read_text(encoding="utf-8"))["entries"]
    (one,) = [entry for entry in entries if entry["method"] == "SMAA rank acceptability"]
    found = se.acceptability(one["inputs"]["values"], draws=100_000, seed=0)
    assert found.ranks == pytest.approx(np.array(one["expected"]), abs=one["tolerance"])


def test_three_stations_and_two_weights_by_hand() -> None:
    # w ~ U(0, 1): A is first if w > 0.6, B if w < 0.4, C between; C is never last
    found = se.acceptability([[1, 0], [0, 1], [0.6, 0.6]], draws=100_000, seed=3)
    expected = np.array([[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]])
    assert (np.abs(found.ranks - expected) <= 5 * found.ranks_error + 1e-12).all()
    assert found.expected == pytest.approx([2.1, 2.1, 1.8], abs=0.02)
    assert found.above("station1", "station3") == pytest.approx(0.4, abs=0.01)
    assert found.central["station1"] == pytest.approx([0.8, 0.2], abs=0.01)
    assert found.central["station3"] == pytest.approx([0.5, 0.5], abs=0.01)


def test_three_weights_that_each_crown_one_station() -> None:
    # each corner's station is first where its weight is the largest: a third of the triangle; central weight 11/18
    found = se.acceptability(np.eye(3), draws=60_000, seed=1)
    assert found.ranks == pytest.approx(np.full((3, 3), 1 / 3), abs=0.01)
    assert found.central["station1"] == pytest.approx([11 / 18, 7 / 36, 7 / 36], abs=0.005)
    ordered = se.acceptability(np.eye(3), draws=500, seed=1, where="weight1 >= weight2 >= weight3")
    assert ordered.ranks.tolist() == np.eye(3).tolist()


def test_bounds_cut_the_volume_they_should() -> None:
    # w1 even on [0.5, 1]: A (rate of w1) above C (0.6 everywhere) where w1 > 0.6: 4/5
    found = se.acceptability([[1, 0], [0.6, 0.6]], draws=50_000, seed=2, where="weight1 >= 0.5")
    assert found.ranks[0, 0] == pytest.approx(0.8, abs=0.01)


def plain_counts(values: Any, weights: Any) -> Any:
    totals = weights @ values.T
    ranks = 1 + (totals[:, None, :] > totals[:, :, None] + 1e-9).sum(axis=2)
    return np.stack([(ranks == r).sum(axis=0) for r in range(1, len(values) + 1)], axis=1)


@settings(max_examples=50)
@given(tables, st.integers(0, 100))
def test_counts_are_those_of_plain_comparisons_with_ties(values: Any, seed: int) -> None:
    found = se.acceptability(values, draws=200, seed=seed)
    assert found.counts.tolist() == plain_counts(values, found._values.weights).tolist()


@settings(max_examples=25)
@given(tables, st.randoms())
def test_the_order_of_stations_does_not_matter(values: Any, random: Any) -> None:
    rows = list(range(len(values)))
    random.shuffle(rows)
    one, other = (se.acceptability(each, draws=100, seed=0) for each in (values, values[rows]))
    assert one.counts[rows].tolist() == other.counts.tolist()


@given(tables)
def test_the_scale_of_rates_does_not_matter(values: Any) -> None:
    one, other = (se.acceptability(each, draws=100, seed=0) for each in (values, values * 64))
    assert one.counts.tolist() == other.counts.tolist()


@given(tables)
def test_a_twin_shares_every_rank_and_a_dominated_station_never_wins(values: Any) -> None:
    found = se.acceptability(np.vstack([values, values[:1]]), draws=100, seed=0)
    assert found.counts[0].tolist() == found.counts[-1].tolist()
    assert found.pairs[0, -1] == 0
    for a, one in enumerate(values):
        for b, other in enumerate(values):
            if (one >= other).all():
                assert found.pairs[b, a] == 0


@given(tables)
def test_every_draw_gives_every_station_one_rank(values: Any) -> None:
    found = se.acceptability(values, draws=64, seed=0)
    assert (found.counts.sum(axis=1) == 64).all()
    assert ((found.pairs + found.pairs.T) <= 1 + 1e-12).all()
    assert np.isfinite(found.expected).all()
    assert np.isfinite(found.expected_error).all()


def test_stations_level_under_all_admissible_weights_are_level_in_every_draw() -> None:
    # a + b is known, so rates that differ by the same on a and b differ by a constant; these two by nothing at all
    values = np.array([[0.3, 0.3, 0.7], [0.1, 0.1, 0.9], [0.2, 0.2, 0.2]])
    found = se.acceptability(values, draws=1000, seed=0, where="weight1 + weight2 == 0.5")
    assert found.ranks[:, 0].tolist() == [1.0, 1.0, 0.0]
    assert found.ranks[2].tolist() == [0.0, 0.0, 1.0]


def test_near_ties_inside_a_block_share_the_better_rank() -> None:
    values = np.array([[0.5, 0.5], [0.5 + 1e-14, 0.5], [0.9, 0.1]])
    weights = np.array([[0.5, 0.5], [0.9, 0.1], [0.1, 0.9]])
    table = count_ranks(weights, values, np.ones(3, dtype=np.int64)).table
    assert table.tolist() == [[2, 1, 0], [2, 1, 0], [2, 0, 1]]


def test_many_stations_are_counted_as_few_are() -> None:
    values = np.random.default_rng(0).random((700, 5))
    found = se.acceptability(values, draws=2000, seed=0)
    assert (found.counts.sum(axis=0) == 2000).all()
    totals = found._values.weights @ values.T
    ranks = (-totals).argsort(axis=1).argsort(axis=1) + 1
    assert found.expected == pytest.approx(ranks.mean(axis=0))


def test_grades_are_those_of_the_framework_at_its_own_weights() -> None:
    for seed in range(4):
        one = scores(seed=seed)
        found = se.acceptability(one, draws=3, seed=0, release="none")
        assert found.grade_shares is not None
        assert [found.grades[g] for g in found.grade_shares.argmax(axis=1)] == list(one.grades or ())
        assert set(np.unique(found.grade_shares)) <= {0.0, 1.0}


def test_shares_of_grades_sum_to_1_and_shift_with_the_constraints() -> None:
    one = scores()
    found = se.acceptability(one, draws=2000, seed=0, level="dimension")
    assert found.grade_shares is not None
    assert found.grade_shares.sum(axis=1) == pytest.approx(np.ones(12))
    narrow = se.acceptability(
        one, draws=2000, seed=0, level="dimension", where=[f"0.2 <= {d} <= 0.3" for d in ("standard", "effect")]
    )
    assert narrow.expected_error.mean() < found.expected_error.mean()


def test_vetoes_and_quotas_count_in_every_draw() -> None:
    grader = grader_of(scores())
    assert grader is not None
    grades = dict(grader.grades)
    best = next(iter(grades))
    grades[best] = grades[best].model_copy(update={"quota": Fraction(1, 4)})
    limited = type(grader)(grades, grader.places, np.full(12, 7000), np.array([3] + [0] * 11), quotas=True)
    units = limited.units(np.array([np.linspace(90, 99, 12)]))
    assert units.tolist() == [[7000] * 12]
    free = type(grader)(grades, grader.places, np.full(12, 10**6), np.array([3] + [0] * 11), quotas=True)
    codes = free.codes(free.units(np.array([np.linspace(90, 99, 12)])))
    assert codes[0, 0] == 3
    assert (codes == 0).sum() == 3


def test_unsure_inputs_widen_what_weights_alone_settle() -> None:
    one = scores()
    still = se.acceptability(one, draws=500, seed=0, release="none")
    unsure = se.acceptability(
        one, draws=500, seed=0, release="none",
        errors={"user_satisfaction": {"answers": 30}, "floor_area": {"rounded_to": 50}, "turnover_rate": {"deviation": 5}},
    )  # fmt: skip
    assert set(np.unique(still.ranks)) == {0.0, 1.0}
    assert ((unsure.ranks > 0).sum(axis=1) > 1).any()
    assert (unsure.counts.sum(axis=1) == 500).all()


def test_an_error_of_almost_nothing_changes_nothing() -> None:
    one = scores()
    sure = se.acceptability(one, draws=300, seed=0)
    unsure = se.acceptability(one, draws=300, seed=0, errors={"floor_area": {"deviation": 1e-12}})
    apart = [s for s in range(12) if one.stations[s] not in ("模拟0002", "模拟0010")]
    assert unsure.expected[apart] == pytest.approx(sure.expected[apart], abs=0.02)


@pytest.mark.parametrize(
    ("errors", "code"),
    [
        ({"nothing": {"deviation": 1}}, "error-no-input"),
        ({"zone_errands": {"deviation": 1}}, "error-no-input"),
        ({"floor_area": {"deviation": 0}}, "error-unreadable"),
        ({"floor_area": {"deviation": float("nan")}}, "error-unreadable"),
        ({"floor_area": {"spread": 1}}, "error-unreadable"),
        ({"floor_area": {"raters": 3}}, "error-unreadable"),
        ({"floor_area": {"answers": 10}}, "error-no-maximum"),
    ],
)
def test_errors_that_cannot_be_used_are_refused(errors: dict[str, dict[str, float]], code: str) -> None:
    with pytest.raises(se.InputError) as caught:
        se.acceptability(scores(), draws=10, seed=0, errors=errors)
    assert caught.value.report.codes() == (code,)


def test_errors_need_scores() -> None:
    with pytest.raises(se.InputError) as caught:
        se.acceptability([[0.5, 0.2]], draws=10, seed=0, errors={"x": {"deviation": 1}})
    assert caught.value.report.codes() == ("errors-need-scores",)


@pytest.mark.parametrize("draws", [0, -1, 1.5, True, 10**9])
def test_draws_are_a_whole_number(draws: Any) -> None:
    with pytest.raises(se.InputError) as caught:
        se.acceptability([[0.5, 0.2]], draws=draws, seed=0)
    assert caught.value.report.codes() == ("draws-needed",)


def test_the_number_of_threads_does_not_matter() -> None:
    code = (
        "import numpy as np, stationeval as se, hashlib;"
        "v = np.random.default_rng(0).random((300, 23));"
        "print(hashlib.sha256(se.acceptability(v, draws=400, seed=0).counts.tobytes()).hexdigest())"
    )
    said = set()
    for threads in ("1", "2"):
        env = {**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        said.add(
            subprocess.run(
                [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, encoding="utf-8"
            ).stdout
        )
    assert len(said) == 1


def test_a_result_is_tables_and_json_signed_with_its_seed() -> None:
    found = se.acceptability(scores(), draws=50, seed=7)
    assert "seed:7 draws:50" in found.table.signature
    assert found.table.signature.startswith(scores().signature)
    assert json.loads(json.dumps(found.to_dict()))["made"]["seed"] == 7
    assert len(found.to_frame()) == 12
    assert "<table>" in found._repr_html_()
    assert sum(found.rank_table["share"]) == pytest.approx(12.0)
    assert sum(found.central_table["share"]) == pytest.approx(len(found.central))


def test_full_marks_everywhere_is_always_the_best_grade() -> None:
    fw = se.load("haining-sppe@2021+reading")
    rows = [{**full_marks(fw), "station": "甲镇", "round": name} for name in ("midterm", "final")]
    found = se.acceptability(se.score(rows, fw), draws=500, seed=0)
    assert found.grade_shares is not None
    assert found.grade_shares[0, 0] == 1.0
    assert found.ranks.tolist() == [[1.0]]
