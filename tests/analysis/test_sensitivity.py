"""Shares of variance against brute force, analytic functions and an independent estimate."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import stationeval as se
from stationeval.analysis.sensitivity import decomposed
from stationeval.testing import random_stations


def test_shares_of_an_additive_outcome_are_those_of_its_parts() -> None:
    a, b = np.array([0.0, 1.0, 2.0]), np.array([0.0, 10.0])
    first, total, variance = decomposed((a[:, None] + b[None, :])[..., None])
    assert first[0] == pytest.approx([a.var() / (a.var() + b.var()), b.var() / (a.var() + b.var())])
    assert total == pytest.approx(first)
    assert variance == pytest.approx([a.var() + b.var()])


def test_an_outcome_that_only_interacts_has_no_first_order_share() -> None:
    signs = np.array([-1.0, 1.0])
    first, total, _ = decomposed((signs[:, None] * signs[None, :])[..., None])
    assert first[0] == pytest.approx([0.0, 0.0])
    assert total[0] == pytest.approx([1.0, 1.0])


@given(arrays(np.float64, (2, 3, 2, 2), elements=st.integers(0, 9).map(float)))
def test_first_order_shares_never_exceed_total_ones_nor_their_sum_1(outcomes: Any) -> None:
    first, total, variance = decomposed(outcomes)
    assert (first <= total + 1e-9).all()
    assert (first.sum(axis=1) <= 1 + 1e-9).all()
    assert (first[variance == 0] == 0).all()
    assert np.isfinite(first).all()


def scores(n: int = 8) -> se.Scores:
    fw = se.load("haining-sppe@2021+reading")
    return se.score(random_stations(fw, n, seed=1), fw)


def test_the_frameworks_own_choices_give_its_own_ranks() -> None:
    one = scores()
    found = se.sensitivity(one, normalisation=["rates"], aggregation=["arithmetic"])
    assert found.ranks[0, 0, 0, 0, 0].tolist() == list(one.ranks)
    assert [len(options) for options in found.choices.values()][1:] == [1, 1, 1, 1]
    assert found.total[:, 1:].max() == 0.0


def test_every_combination_is_one_table_of_ranks() -> None:
    one = scores()
    flat = {"flat": dict.fromkeys([node.id for node in one.plan.root.children], 1.0)}
    found = se.sensitivity(one, weights=flat, level="dimension", missing=["zero", "exclude"])
    assert found.ranks.shape == (2, 4, 2, 2, 1, 8)
    assert (found.ranks[0] == found.ranks[1]).all()  # equal weights are what the reading assumes
    assert found.total[:, 3].max() == 0.0  # nothing is missing
    assert len(found.table) == 8 * 5
    assert found.overall["total"][0] == 0.0
    assert json.loads(json.dumps(found.to_dict()))["overall"]


def test_missing_cells_make_the_missing_policy_matter() -> None:
    fw = se.load("mof-self-evaluation")
    rows = random_stations(fw, 6, seed=3)
    one = se.score(rows, fw)
    found = se.sensitivity(one, missing=["framework", "zero"])
    assert found.total[:, 3].max() == 0.0


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"normalisation": ["log"]}, "analysis-choice"),
        ({"aggregation": []}, "analysis-choice"),
        ({"missing": ["zero"]}, "analysis-choice"),
        ({"weights": {"x": {"weight1": 1.0}}}, "weights-set"),
        ({"weights": {"x": {"weight1": 0.0, "weight2": 0.0}}}, "weights-set"),
        ({"weights": {"x": {"weight1": float("nan"), "weight2": 1.0}}}, "weights-set"),
    ],
)
def test_choices_that_do_not_exist_are_refused(asked: dict[str, Any], code: str) -> None:
    with pytest.raises(se.InputError) as caught:
        se.sensitivity([[0.5, 0.2], [0.2, 0.9]], **asked)
    assert caught.value.report.codes() == (code,)


def test_one_weight_at_a_time_moves_ranks_as_weighing_anew_does() -> None:
    values = np.random.default_rng(3).random((10, 3))
    found = se.one_at_a_time(values, by=0.5)
    base = (-(values.mean(axis=1))).argsort().argsort()
    for row in found:
        i = int(row["weight"][-1]) - 1
        w = np.full(3, (1 - row["moved_to"]) / 2)
        w[i] = row["moved_to"]
        shift = (-(values @ w)).argsort().argsort() - base
        assert row["moved"] == (shift != 0).sum()
        assert row["farthest"] == np.abs(shift).max()


def test_sobol_shares_of_a_total_agree_with_a_brute_estimate() -> None:
    values = np.array([[1.0, 0.0, 0.3], [0.2, 0.9, 0.4]])
    found = se.weight_sensitivity(values, draws=2048, seed=0, of="total")
    random = np.random.default_rng(5)
    fixed = random.standard_exponential((600, 1))
    rest = random.standard_exponential((600, 400, 2))
    for i in range(3):
        others = [j for j in range(3) if j != i]
        x = np.empty((600, 400, 3))
        x[..., i] = fixed
        x[..., others] = rest
        totals = (x / x.sum(axis=-1, keepdims=True)) @ values.T
        share = totals.mean(axis=1).var(axis=0) / totals.reshape(-1, 2).var(axis=0)
        assert found.first[:, i] == pytest.approx(share, abs=0.05)
    assert (found.first_bounds[0] <= found.first + 1e-9).all()
    assert (found.total_bounds[1] >= found.total - 1e-9).all()


def test_what_cannot_vary_has_no_shares_and_bad_draws_are_refused() -> None:
    still = se.weight_sensitivity([[0.5, 0.5], [0.5, 0.5]], draws=16, seed=0)
    assert still.first.tolist() == np.zeros((2, 2)).tolist()
    assert still.made.method == "nothing varies"
    with pytest.raises(se.InputError) as caught:
        se.weight_sensitivity([[0.5, 0.1], [0.2, 0.5]], draws=100, seed=0)
    assert caught.value.report.codes() == ("draws-power",)


def test_constraints_of_a_framework_forbid_shares_by_weight() -> None:
    with pytest.raises(se.InputError) as caught:
        se.weight_sensitivity(scores(), draws=16, seed=0, release="none")
    assert caught.value.report.codes() == ("weights-not-free",)
