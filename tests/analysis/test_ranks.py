"""Rank ranges and preferences against brute force, and their laws."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import stationeval as se
from stationeval.analysis.extremes import extreme
from stationeval.analysis.polytope import TIE, Polytope
from stationeval.analysis.sampling import sample
from stationeval.testing import random_stations

tables = arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 4)), elements=st.integers(0, 10).map(lambda x: x / 10)
)


def simplex(k: int, parts: int) -> Any:
    """Every set of k weights in whole parts."""
    if k == 1:
        return np.array([[float(parts)]])
    return np.vstack(
        [np.column_stack([np.full(len(r), float(i)), r]) for i in range(parts + 1) for r in [simplex(k - 1, parts - i)]]
    )


def ranks_at(values: Any, weights: Any) -> Any:
    totals = weights @ values.T
    return 1 + (totals[:, None, :] > totals[:, :, None] + TIE).sum(axis=2)


@settings(max_examples=40)
@given(tables)
def test_exact_ranges_hold_every_rank_on_a_fine_grid_and_are_met_by_some_weights(values: Any) -> None:
    found = se.rank_ranges(values)
    grid = ranks_at(values, simplex(values.shape[1], 12) / 12)
    assert found.exact.all()
    assert (found.best <= grid.min(axis=0)).all()
    assert (found.worst >= grid.max(axis=0)).all()


def two_weights(values: Any, low: float, high: float) -> tuple[Any, Any]:
    """Best and worst ranks for two weights, by every crossing and every place between two of them."""
    crossings = {low, high}
    for a in values:
        for b in values:
            slope = (a[0] - a[1]) - (b[0] - b[1])
            if slope:
                crossings.add((b[1] - a[1]) / slope)
    inside = sorted(w for w in crossings if low <= w <= high)
    every = np.array([*inside, *((a + b) / 2 for a, b in pairwise(inside) if b - a > 1e-4)])
    ranks = ranks_at(values, np.column_stack([every, 1 - every]))
    return ranks.min(axis=0), ranks.max(axis=0)


@pytest.mark.parametrize("seed", range(12))
def test_ranges_for_two_weights_are_those_of_every_crossing(seed: int) -> None:
    random = np.random.default_rng(seed)
    values = np.round(random.random((8, 2)), 2)
    low, high = ((0.0, 1.0), (0.3, 0.6), (0.5, 1.0))[seed % 3]
    found = se.rank_ranges(values, where=f"{low} <= weight1 <= {high}")
    best, worst = two_weights(values, low, high)
    assert found.exact.all()
    assert found.best.tolist() == best.tolist()
    assert found.worst.tolist() == worst.tolist()


@pytest.mark.parametrize("where", [(), ("weight1 >= weight2",), ("weight1 >= 2 * weight2", "weight3 <= 0.4")])
def test_programmes_alone_find_what_draws_can_only_approach(where: tuple[str, ...]) -> None:
    values = np.random.default_rng(4).random((7, 3))
    found = se.rank_ranges(values, where=where)
    assert found.exact.all()
    drawn = ranks_at(values, sample(_polytope(values, where), 20_000, seed=0).weights)
    assert (found.best <= drawn.min(axis=0)).all()
    assert (found.worst >= drawn.max(axis=0)).all()
    assert found.best.tolist() == drawn.min(axis=0).tolist()
    assert found.worst.tolist() == drawn.max(axis=0).tolist()


def _polytope(values: Any, where: tuple[str, ...]) -> Polytope:
    from stationeval.analysis.rates import rates_of

    return rates_of(values, where=where).polytope


def test_the_programme_is_right_without_any_bound_beforehand() -> None:
    values = np.random.default_rng(9).random((6, 3))
    one = Polytope(("a", "b", "c"))
    drawn = ranks_at(values, sample(one, 30_000, seed=1).weights)
    for s in range(6):
        others = np.arange(6) != s
        leads = values - values[s]
        assert 1 + extreme(one, leads, others, 0, "best").bound == drawn[:, s].min()
        assert 1 + extreme(one, leads, others, 0, "worst").bound == drawn[:, s].max()


def test_with_all_weights_known_a_range_is_the_rank() -> None:
    values = np.random.default_rng(0).random((9, 3))
    found = se.rank_ranges(values, where=["weight1 == 0.2", "weight2 == 0.3"])
    assert found.best.tolist() == found.worst.tolist() == found.rank.tolist()
    assert sorted(found.rank.tolist()) == list(range(1, 10))


@settings(max_examples=25)
@given(tables, st.randoms())
def test_the_order_of_stations_and_weights_does_not_matter(values: Any, random: Any) -> None:
    rows, columns = list(range(values.shape[0])), list(range(values.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    one, other = se.rank_ranges(values), se.rank_ranges(values[rows][:, columns])
    assert one.best[rows].tolist() == other.best.tolist()
    assert one.worst[rows].tolist() == other.worst.tolist()


@settings(max_examples=25)
@given(tables)
def test_a_twin_holds_the_same_range_and_moves_no_one_better(values: Any) -> None:
    alone, doubled = se.rank_ranges(values), se.rank_ranges(np.vstack([values, values[:1]]))
    assert doubled.best[0] == doubled.best[-1] == alone.best[0]
    assert doubled.worst[0] == doubled.worst[-1] == alone.worst[0]
    assert (doubled.best[1:-1] >= alone.best[1:]).all()


@given(tables)
def test_a_dominated_station_is_never_preferred(values: Any) -> None:
    found = se.preference(values)
    for a, one in enumerate(values):
        for b, other in enumerate(values):
            if (one >= other).all():
                assert not found.possible[b, a]
                assert found.necessary[a, b] == (one > other).any()


def test_preference_on_an_ordered_simplex_is_decided_at_its_corners() -> None:
    values = np.random.default_rng(2).random((10, 3))
    found = se.preference(values, where="weight1 >= weight2 >= weight3")
    corners = np.array([[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]])
    leads = corners @ (values[:, None] - values[None]).reshape(-1, 3).T
    assert found.least.ravel() == pytest.approx(leads.min(axis=0))
    assert found.greatest.ravel() == pytest.approx(leads.max(axis=0))


def test_many_stations_get_sound_bounds_and_one_is_settled_on_demand() -> None:
    random = np.random.default_rng(6)
    values = np.clip(random.random((40, 1)) * 0.8 + 0.2 * random.random((40, 5)), 0, 1)
    loose = se.rank_ranges(values)
    tight = se.rank_ranges(values, exact=True)
    assert not loose.exact.all()
    assert tight.exact.all()
    assert (loose.best_bound <= tight.best).all()
    assert (tight.best <= loose.best).all()
    assert (loose.worst <= tight.worst).all()
    assert (tight.worst <= loose.worst_bound).all()
    some = se.rank_ranges(values, exact=["station7"])
    assert some.exact[6]
    assert (some.best[6], some.worst[6]) == (tight.best[6], tight.worst[6])


def test_the_ranges_of_scores_hold_their_ranks_and_name_what_was_released() -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 12, seed=1), fw)
    for level in ("dimension", "indicator"):
        found = se.rank_ranges(scores, level=level)
        assert found.exact.all()
        assert (found.best <= np.array(scores.ranks)).all()
        assert (found.worst >= np.array(scores.ranks)).all()
        assert found.table.signature.startswith(scores.signature)
        assert f"level:{level} release:assumed" in found.table.signature
    still = se.rank_ranges(scores, release="none")
    assert still.best.tolist() == still.worst.tolist()


def test_wider_constraints_give_wider_ranges() -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 12, seed=2), fw)
    wide = se.rank_ranges(scores)
    narrow = se.rank_ranges(scores, where=["standard == 0.25", "professional == 0.25", "planning == 0.25"])
    assert (wide.best <= narrow.best).all()
    assert (wide.worst >= narrow.worst).all()
    assert "standard == 0.25" in narrow.made.constraints


def test_one_station_and_constant_rates_are_stated_results() -> None:
    one = se.rank_ranges([[0.5, 0.5]])
    assert (one.best.tolist(), one.worst.tolist()) == ([1], [1])
    assert [note.code for note in one.made.notes] == ["analysis-one-station"]
    level = se.rank_ranges([[0.5, 0.5], [0.5, 0.5]])
    assert level.worst.tolist() == [1, 1]
    assert {note.code for note in level.made.notes} == {"analysis-constant"}


@pytest.mark.parametrize(
    ("rates", "code"),
    [
        ([[0.1, float("nan")]], "rate-not-a-number"),
        ([[0.1, float("inf")], [0.2, 0.3]], "rate-not-a-number"),
        ([0.1, 0.2], "rates-shape"),
        (np.zeros((0, 3)), "rates-shape"),
        (np.zeros((3, 0)), "rates-shape"),
        ([["a", "b"]], "rates-shape"),
        (7, "rates-shape"),
        (np.zeros((4000, 2)), "analysis-too-many"),
        ([{"station": "甲", "x": 1}, {"station": "甲", "x": 2}], "station-twice"),
    ],
)
def test_bad_rates_are_refused(rates: object, code: str) -> None:
    with pytest.raises(se.InputError) as caught:
        se.rank_ranges(rates)
    assert code in caught.value.report.codes() or code == "station-twice"


def test_frames_records_and_columns_give_what_an_array_gives() -> None:
    import pandas as pd
    import polars as pl

    columns = {"站点": ["甲", "乙"], "x": [0.2, 0.8], "y": [0.9, 0.1]}
    whole = [
        columns,
        [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)],
        pd.DataFrame(columns),
        pl.DataFrame(columns),
    ]
    for data in whole:
        found = se.preference(data)
        assert found.stations == ("甲", "乙")
        assert found.least == pytest.approx(se.preference([[0.2, 0.9], [0.8, 0.1]]).least)


def test_results_are_tables_for_frames_and_json() -> None:
    import json

    for found in (se.rank_ranges([[0.2, 0.9], [0.8, 0.1]]), se.preference([[0.2, 0.9], [0.8, 0.1]])):
        assert len(found.to_frame()) == 2
        assert json.loads(json.dumps(found.to_dict()))["rows"]
        assert "<table>" in found._repr_html_()
