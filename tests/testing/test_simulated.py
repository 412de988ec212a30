"""Simulated stations: the same for a seed, inside every range, on edges and tied, and readable by the engine."""

from __future__ import annotations

import pytest

import stationeval as se
from stationeval.testing import random_stations
from stationeval.testing.edges import edges


@pytest.mark.parametrize("name", ["haining-sppe+reading", "haining-contest+reading", "mof-self-evaluation"])
def test_every_simulated_station_can_be_scored(name: str) -> None:
    rows = random_stations(name, 40, seed=0)
    fw = se.load(name)
    assert se.check(rows, fw).ok
    scores = se.score(rows, fw)
    assert len(scores) == 40
    assert len(set(scores.totals)) > 5
    assert all(row["station"].startswith("模拟") for row in rows)


def test_a_seed_gives_the_same_rows_and_another_seed_others() -> None:
    assert random_stations("haining-sppe", 5, seed=3) == random_stations("haining-sppe", 5, seed=3)
    assert random_stations("haining-sppe", 5, seed=3) != random_stations("haining-sppe", 5, seed=4)


def test_many_values_are_on_an_edge_and_some_stations_tie() -> None:
    fw = se.load("haining-sppe+reading")
    rows = random_stations(fw, 300, seed=1)
    turns = edges(fw.doc).values
    on = [row["full_time_staff"] in turns["full_time_staff"] for row in rows]
    assert 0.05 < sum(on) / len(on) < 0.95
    totals = se.score(rows, fw).totals
    assert len(set(totals)) < len(totals)


def test_a_framework_that_cannot_be_scored_still_has_stations() -> None:
    rows = random_stations("hunan-levels", 3, seed=0)
    assert [row["station"] for row in rows] == ["模拟0001", "模拟0002", "模拟0003"]
    assert se.gates(rows, "hunan-levels")["station"] == ("模拟0001", "模拟0002", "模拟0003")


def test_no_stations_is_an_empty_list() -> None:
    assert random_stations("haining-sppe", 0, seed=0) == []
