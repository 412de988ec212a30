"""Constraints in words, the closed forms of the polytope against linear programmes, and even draws from it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from stationeval.analysis.constraints import constraints
from stationeval.analysis.polytope import Polytope
from stationeval.analysis.sampling import sample
from stationeval.errors import InputError

NAMES = ("a", "b", "c", "d")
PLACES = {name: (i,) for i, name in enumerate(NAMES)} | {"front": (0, 1)}
CASES = [
    (),
    ("a >= b >= c", "c >= d"),
    ("0.1 <= a <= 0.2",),
    ("front == 0.5",),
    ("front == 30%", "a <= 0.1"),
    ("a <= 0.3", "b <= 0.3", "c <= 0.3", "d <= 0.3"),
    ("a >= b",),
    ("a >= 2 * b", "c + d <= 0.3"),
    ("a == 2 * b",),
    ("a - b >= 0.05", "c >= 0.6"),
    ("a == 0.25", "b == 0.25", "c == 0.25"),
]


def polytope(*where: str) -> Polytope:
    return Polytope(NAMES, constraints(where, PLACES))


def problem(*where: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(InputError) as caught:
        polytope(*where)
    (one,) = caught.value.problems
    return one.code, dict(one.values)


def test_a_constraint_is_read_as_it_is_written() -> None:
    first, second = constraints("0.1 <= 2 * a - `front` + 5% <= 0.3", PLACES)
    assert first.coefficients == {0: Fraction(-1), 1: Fraction(1)}
    assert (first.low, first.high) == (None, Fraction(-1, 20))
    assert (second.low, second.high) == (None, Fraction(1, 4))
    assert second.coefficients == {0: 1, 1: -1}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a", "weights-unreadable"),
        ("a >= ", "weights-unreadable"),
        ("a b >= 1", "weights-unreadable"),
        ("a * b >= 1", "weights-unreadable"),
        ("a >= __import__('os')", "weights-unreadable"),
        ("a > b", "weights-strict"),
        ("a >= e", "weights-unknown-name"),
        ("x" * 3000, "weights-unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, code: str) -> None:
    assert problem(text)[0] == code


def test_a_contradiction_names_a_smallest_set_of_constraints() -> None:
    code, values = problem("d >= 0.01", "a >= 0.6", "b >= a", "c <= 0.9")
    assert code == "weights-infeasible"
    assert values["constraints"] == ["a >= 0.6", "b >= a"]


def test_constraints_that_only_together_contradict_are_all_named() -> None:
    _, values = problem("a >= 0.4", "b >= 0.4", "c >= 0.4", "d <= 0.5")
    assert values["constraints"] == ["a >= 0.4", "b >= 0.4", "c >= 0.4"]


@pytest.mark.parametrize("where", CASES)
def test_the_least_of_a_direction_is_that_of_a_linear_programme(where: tuple[str, ...]) -> None:
    one = polytope(*where)
    directions = np.random.default_rng(3).normal(size=(20, 4))
    found = one.least(directions)
    for direction, least in zip(directions, found, strict=True):
        programme = linprog(direction, **one.program, bounds=(0, 1))
        assert least == pytest.approx(programme.fun, abs=1e-9)
        at = one.argument(direction)
        assert one.holds(at[None]).all()
        assert at @ direction == pytest.approx(programme.fun, abs=1e-9)


@pytest.mark.parametrize("where", CASES)
def test_draws_are_admissible_and_the_same_for_the_same_seed(where: tuple[str, ...]) -> None:
    one = polytope(*where)
    first, again, other = (sample(one, 700, seed=seed).weights for seed in (0, 0, 1))
    assert first.shape == (700, 4)
    assert one.holds(first).all()
    assert (first == again).all()
    assert one.fixed or (first != other).any()


@given(st.integers(0, 2**63), st.integers(1, 50))
def test_any_seed_and_number_of_draws_gives_weights_that_sum_to_1(seed: int, draws: int) -> None:
    found = sample(polytope(), draws, seed=seed).weights
    assert found.shape == (draws, 4)
    assert np.allclose(found.sum(axis=1), 1.0)


@pytest.mark.parametrize("seed", [-1, 1.5, None, True, "0"])
def test_a_seed_is_a_whole_number(seed: object) -> None:
    with pytest.raises(InputError) as caught:
        sample(polytope(), 3, seed=seed)
    assert caught.value.problems[0].code == "seed-needed"


def test_even_draws_from_the_simplex_have_the_volumes_of_its_parts() -> None:
    found = sample(polytope(), 40_000, seed=5).weights
    # P(w1 > t) = (1 - t)^3 on the simplex of four weights
    for t in (0.2, 0.5):
        assert (found[:, 0] > t).mean() == pytest.approx((1 - t) ** 3, abs=0.01)


def test_even_draws_in_order_have_the_mean_of_the_corners() -> None:
    found = sample(polytope("a >= b >= c >= d"), 40_000, seed=5)
    assert found.method == "exponential spacings, sorted"
    expected = [(1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, (1 / 2 + 1 / 3 + 1 / 4) / 4, (1 / 3 + 1 / 4) / 4, 1 / 16]
    assert found.weights.mean(axis=0) == pytest.approx(expected, abs=0.004)


def test_a_walk_and_rejection_draw_from_the_same_even_law() -> None:
    from stationeval.analysis.sampling import _inside, _walk

    one = polytope("a >= 2 * b", "c + d <= 0.5")
    walked = _walk(one, 20_000, np.random.default_rng(1)).weights
    inside = _inside(one, 20_000, np.random.default_rng(2))
    assert inside is not None
    kept = inside.weights
    assert walked.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=0.01)
    assert np.cov(walked.T) == pytest.approx(np.cov(kept.T), abs=0.004)
    for t in (0.4, 0.6, 0.8):
        assert (walked[:, 0] > t).mean() == pytest.approx((kept[:, 0] > t).mean(), abs=0.02)


def test_a_walk_in_a_narrow_box_is_even() -> None:
    # three weights between 0.3 and 0.4: a triangle cut from the simplex, symmetric, each with mean 1/3
    names = ("a", "b", "c")
    where = constraints([f"0.3 <= {name} <= 0.36" for name in names], {n: (i,) for i, n in enumerate(names)})
    found = sample(Polytope(names, where), 20_000, seed=0).weights
    assert found.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.001)


def test_one_admissible_set_of_weights_is_drawn_as_it_is() -> None:
    found = sample(polytope("a == 0.25", "b == 0.25", "c == 0.25"), 5, seed=0)
    assert found.method == "fixed"
    assert found.weights == pytest.approx(np.full((5, 4), 0.25))
