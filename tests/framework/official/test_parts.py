"""Numbers, names, paths and sentences of official tables, one at a time."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationeval.errors import Place
from stationeval.framework.canonical import canonical
from stationeval.framework.official.cells import (
    UnreadError,
    read_amount_cell,
    read_pairs,
    read_value,
    write_value,
)
from stationeval.framework.official.figures import points_in_label, read_amount
from stationeval.framework.official.headings import role_of
from stationeval.framework.official.paths import finished, put, read_path, rows, write_path
from stationeval.framework.official.remarks import read_grades, section_of, sum_of, without_numbering
from stationeval.workbooks import ErrorValue, Percent

NAMES = st.text(max_size=12).filter(lambda name: name.isprintable() or name == "")
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(-(10**6), 10**6, places=4).map(lambda n: n + 0),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20),
)
TREES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES.filter(bool), inner, max_size=4)),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("5分", "points", 5),
        ("５分", "points", 5),
        (5, "points", 5),
        (2.5, "points", Fraction(5, 2)),
        ("满分10分", "points", 10),
        ("-10分", "points", 10),
        ("最高10分", "points", 10),
        ("10%", "weight", 10),
        (Percent(0.07), "weight", 7),
        ("未公布", "unknown", 0),
    ],
)
def test_points_are_read_as_people_write_them(cell: object, kind: str, value: Fraction) -> None:
    found = read_amount(cell, Place())
    assert found is not None
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    "cell", ["5-10分", "按项计", "0", "", ErrorValue("#REF!"), True, "5+5", float("nan"), float("inf")]
)
def test_what_is_no_number_of_points_is_not_taken_for_one(cell: object) -> None:
    assert read_amount(cell, Place()) is None


def test_plain_numbers_are_weights_where_the_column_says_so() -> None:
    found = read_amount(30, Place(), weights=True)
    assert found is not None
    assert found.kind == "weight"


def test_points_at_the_end_of_a_name_are_sure_only_with_their_unit() -> None:
    assert points_in_label("运作模式（31分）", Place())[::2] == ("运作模式", True)
    assert points_in_label("硬件设施(4)", Place())[::2] == ("硬件设施", False)
    assert points_in_label("一站式服务", Place()) == ("一站式服务", None, False)


def test_headers_say_what_a_column_holds() -> None:
    roles = {
        text: role_of(text)
        for text in ("一级指标", "指标说明", "分值（100分）", "评分 标准", "佐证材料", "自评得分", "领导")
    }
    assert list(roles.values()) == ["level", "note", "points", "standard", "evidence", "blank", None]


def test_rows_that_are_no_indicators_are_told_by_their_words() -> None:
    assert sum_of("合计") == ("whole", None)
    assert sum_of("本项小计：30分") == ("part", 30)
    assert sum_of("合计划编制") is None
    assert [section_of(text) for text in ("加分项", "三、扣分项", "一票否决", "一、基本指标（90分）", "二、服务")] == [
        "bonus",
        "deductions",
        "vetoes",
        "whole",
        None,
    ]
    assert without_numbering("（一）场地") == ("场地", "")
    assert without_numbering("服务质量(2021)") == ("服务质量(2021)", "")


@pytest.mark.parametrize(
    ("words", "grades"),
    [
        ("90分及以上为优秀，80-89分为良好，60分以下为不合格", []),
        ("优秀（90分以上）、良好（80-89分）、合格（60-79分）、不合格（60分以下）", ["90", "80", "60", None]),
        ("评估结果分为：≥90为优", []),
        ("85分以上优秀，85分以下合格", ["85", None]),
    ],
)
def test_grades_are_read_only_where_they_cover_everything(words: str, grades: list[str | None]) -> None:
    found = read_grades(words)
    assert [None if low is None else str(low) for _, low, _ in found] == grades


@given(TREES)
def test_any_plain_tree_as_rows_of_path_and_value_is_that_tree_again(value: Any) -> None:
    """Whatever is in it: dots in names, lists in lists, empty lists, text that looks like a number."""
    tree = {"top": value}
    made: dict[str, Any] = {}
    for path, cell in rows(tree):
        read = read_path(write_path(path))
        assert read == path
        raw = float(cell) if isinstance(cell, int | Decimal) else cell
        assert put(made, read, read_value(raw))
    assert canonical(finished(made)) == canonical(tree)


def test_two_values_at_one_place_are_refused() -> None:
    tree: dict[str, Any] = {}
    assert put(tree, ("a", 0, "b"), 1)
    assert not put(tree, ("a", 0, "b"), 2)
    assert not put(tree, ("a", "b"), 2)
    assert not put(tree, ("a", 0, "b", "c"), 2)
    assert finished(tree) == {"a": [{"b": 1}]}


@pytest.mark.parametrize("text", ["", ".", "a..b", "[0]", "a[x]", 'a."b', "a b"])
def test_what_is_no_path_is_none(text: str) -> None:
    assert read_path(text) is None


def test_a_doubtful_word_is_not_guessed() -> None:
    for text in ("no", "0123", "1e5", "{a: ", '"a'):
        with pytest.raises(UnreadError):
            read_value(text)
    assert read_value("海宁市") == "海宁市"
    assert write_value("no") == '"no"'


def test_amounts_and_pairs_are_read_as_people_write_them() -> None:
    assert read_amount_cell("8分") == 8
    assert read_amount_cell("未查到") == {"unknown": "not-found"}
    assert read_amount_cell("{unknown: lost-in-source, between: [1, 2]}") == {
        "unknown": "lost-in-source",
        "between": [1, 2],
    }
    assert read_pairs("优：5分；良: 3；差：0") == {"优": 5, "良": 3, "差": 0}
    for text in ("五到六", "[1]"):
        with pytest.raises(UnreadError):
            read_amount_cell(text)
    with pytest.raises(UnreadError):
        read_pairs("优：5；优：3")
