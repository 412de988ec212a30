"""Who is in the table: stations and rounds by name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from stationeval.evaluation.roster import cell_text, cell_texts, check_expected, check_once, read_stations

Said = list[tuple[str, int | None]]


def listening() -> tuple[Said, Any]:
    said: Said = []

    def say(code: str, row: int | None, value: object = None, *, severity: str = "error", **values: Any) -> None:
        said.append((code, row))

    return said, say


@given(st.lists(st.text(max_size=4) | st.none() | st.integers() | st.floats()))
def test_a_column_of_names_is_read_like_each_of_its_cells(cells: list[Any]) -> None:
    assert cell_texts(cells) == [cell_text(cell) for cell in cells]


def test_full_width_and_invisible_spaces_do_not_make_another_name() -> None:
    assert {cell_text(name) for name in ("盐官镇A", " 盐官镇Ａ\u3000", "\ufeff盐官镇A\u200b")} == {"盐官镇A"}


def test_what_cannot_be_a_name_is_reported() -> None:
    said, say = listening()
    assert read_stations(["甲", None, pd.NA, "  ", True, 1.5, np.int64(7)], say) == ["甲", "", "", "", "", "", "7"]
    assert said == [("station-empty", i) for i in (1, 2, 3)] + [("station-not-text", i) for i in (4, 5)]


def test_a_station_may_appear_once_in_each_round() -> None:
    said, say = listening()
    check_once(["甲", "甲", "乙", "", ""], np.array([0, 1, 0, 0, 0]), say, str)
    assert said == []
    check_once(["甲", "甲", "乙", "", ""], np.array([0, 0, 0, 0, 0]), say, str)
    assert said == [("station-twice", 1)]


def test_two_lists_with_nothing_in_common_are_not_compared_pair_by_pair() -> None:
    said, say = listening()
    check_expected([f"甲{i}" for i in range(400)], [f"乙{i}" for i in range(400)], say)
    assert {code for code, _ in said} == {"station-unexpected", "station-absent"}
    assert len(said) == 800


def test_a_misspelt_name_is_recognised_though_its_station_has_another_row() -> None:
    said, say = listening()
    check_expected(["袁花镇", "袁化镇"], ["袁花镇"], say)
    assert said == [("station-near", 1)]


def test_a_name_that_was_repaired_is_noted() -> None:
    said, say = listening()
    assert read_stations([" 丁桥镇", "盐官镇"], say) == ["丁桥镇", "盐官镇"]
    assert said == [("name-repaired", 0)]
