"""Whole arrays are read like single cells."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stationeval.errors import Place
from stationeval.evaluation.cells import read_cell
from stationeval.evaluation.intake import Column, Findings, Teller, read_column
from stationeval.framework.documents import Input
from stationeval.framework.values import Text

F = Fraction

bounds = st.none() | st.sampled_from([F(0), F(1, 3), F("0.1"), F(-7), F(10)])
specs = st.builds(
    Input,
    type=st.sampled_from(["integer", "number", "money", "rating"]),
    unit=st.sampled_from([None, "人", "%"]),
    min=bounds,
    max=bounds.map(lambda bound: None if bound is None else bound + 20),
    more_than=bounds,
    places=st.sampled_from([None, 0, 2]),
    label=st.just(Text(zh="项目")),
)
floats = st.one_of(
    st.floats(),
    st.sampled_from([0.1, 1 / 3, 0.0, -0.0, 1e-16, 1e15, 999999999999999.9, 0.005, 1.005, 20.1, 20.333333333333332]),
    st.decimals(-30, 40, places=2).map(float),
    st.integers(-20, 40).map(float),
)


def read(cells: Any, spec: Input) -> tuple[Column, list[tuple[int | None, str]]]:
    findings = Findings()
    column = read_column(cells, spec, "x", Teller(findings, lambda row: Place(row=row), 0, each=True))
    return column, [(problem.place.row, problem.code) for problem in findings.report()]


@given(st.lists(floats, max_size=20), specs)
def test_an_array_of_floats_is_read_like_each_of_its_cells(cells: list[float], spec: Input) -> None:
    column, told = read(np.array(cells, dtype=np.float64), spec)
    each = [read_cell(cell, spec) for cell in cells]
    assert [column.exact(i) for i in range(len(cells))] == [cell.value for cell in each]
    assert told == [(i, code) for i, cell in enumerate(each) if (code := cell.problem or cell.note)]


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-30, 40), max_size=20), specs)
def test_an_array_of_integers_is_read_like_each_of_its_cells(cells: list[int], spec: Input) -> None:
    column, told = read(np.array(cells, dtype=np.int64), spec)
    each = [read_cell(cell, spec) for cell in cells]
    assert [column.exact(i) for i in range(len(cells))] == [cell.value for cell in each]
    assert told == [(i, code) for i, cell in enumerate(each) if (code := cell.problem or cell.note)]


@given(st.lists(st.decimals(-(10**12), 10**12, places=4) | st.none(), max_size=20))
def test_a_list_of_decimals_keeps_every_digit(cells: list[Any]) -> None:
    column, _ = read(cells, Input(type="number", label=Text(zh="项目")))
    assert [column.exact(i) for i in range(len(cells))] == [None if cell is None else F(cell) for cell in cells]


@given(st.lists(floats | st.text(max_size=4) | st.none() | st.booleans(), max_size=12), specs)
def test_a_mixed_list_is_read_like_each_of_its_cells(cells: list[Any], spec: Input) -> None:
    column, told = read(cells, spec)
    each = [read_cell(cell, spec) for cell in cells]
    assert [column.exact(i) for i in range(len(cells))] == [cell.value for cell in each]
    assert told == [(i, code) for i, cell in enumerate(each) if (code := cell.problem or cell.note)]


def test_text_dates_choices_and_truth_have_their_own_arrays() -> None:
    flag, _ = read(["是", None, "否"], Input(type="boolean", label=Text(zh="项目")))
    assert (flag.values.dtype, [flag.exact(i) for i in range(3)]) == (np.bool_, [1, None, 0])
    choice, _ = read(["无", "", "完整"], Input(type="choice", choices=("完整", "无"), label=Text(zh="项目")))
    assert choice.values.tolist() == [1, -1, 0]
    day, _ = read(["2021年3月5日", None], Input(type="date", label=Text(zh="项目")))
    assert day.values.tolist() == ["2021-03-05", ""]
    assert (day.exact(0), day.exact(1)) == (None, None)
