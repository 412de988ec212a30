"""What is written is read back as it was, and is written the same again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationeval.framework.source import read_source
from stationeval.framework.writing import WIDTH, dump

WORDS = [
    "no",
    "on",
    "null",
    "~",
    "0123",
    "1e5",
    "1,000",
    "2021-01-01",
    "12:30",
    "合格",
    "“星级”",
    "a: b",
    "a #b",
    "- a",
    " a",
    "a ",
]
TEXTS = st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)
LEAVES = TEXTS | st.integers(-(10**28), 10**28) | DECIMALS | st.booleans() | st.none()
TREES = st.dictionaries(
    TEXTS,
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5)),
    max_size=6,
)


def read(text: str) -> Any:
    return read_source(text, name="f.yaml").tree


def typed(value: Any) -> Any:
    """A value with its type and the order of its keys, because `1 == True == Decimal(1)`."""
    if isinstance(value, dict):
        return [(key, typed(entry)) for key, entry in value.items()]
    if isinstance(value, list):
        return [typed(entry) for entry in value]
    return type(value).__name__, str(value)


@given(TREES)
def test_reading_what_was_written_gives_the_tree_again(tree: dict[str, Any]) -> None:
    assert typed(read(dump(tree))) == typed(tree)


@given(TREES)
def test_writing_what_was_read_gives_the_text_again(tree: dict[str, Any]) -> None:
    text = dump(tree)
    assert dump(read(text)) == text


@given(TREES)
def test_only_a_text_or_a_key_may_make_a_line_too_long(tree: dict[str, Any]) -> None:
    for line in dump(tree).splitlines():
        columns = sum(2 if east_asian_width(char) in "WF" else 1 for char in line)
        assert columns <= WIDTH or not line.endswith(("}", "]")) or line.count('"') >= 2 or not line.strip("{}[]")


@given(st.fractions(-(10**12), 10**12, max_denominator=10**6))
def test_a_fraction_is_written_in_full_or_refused(value: Fraction) -> None:
    twos_and_fives = 10**20 % value.denominator == 0
    if twos_and_fives:
        assert Fraction(read(dump({"a": value}))["a"]) == value
    else:
        with pytest.raises(ValueError, match="no finite decimal"):
            dump({"a": value})


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        ({}, "{}\n"),
        ({"a": {}, "b": [], "c": None, "d": ""}, 'a: {}\nb: []\nc: null\nd: ""\n'),
        ({"rate": Decimal("0.40"), "big": Decimal("1E+3")}, "rate: 0.40\nbig: 1000\n"),
        ({"half": Fraction(1, 2), "two": Fraction(2)}, "half: 0.5\ntwo: 2\n"),
        ({"label": {"zh": "海宁", "en": "Haining"}}, "label: {zh: 海宁, en: Haining}\n"),
        ({"grades": {"合格": {"at_least": 60}}}, "grades:\n  合格: {at_least: 60}\n"),
        ({"a": {"b": {"c": {"d": [1]}}}}, "a:\n  b:\n    c: {d: [1]}\n"),
        ({"knots": [[0, 0], [24, 2]]}, "knots:\n  - [0, 0]\n  - [24, 2]\n"),
        ({"a": [{"b": {"c": {"d": 1}}, "e": 2}]}, "a:\n  - b: {c: {d: 1}}\n    e: 2\n"),
        ({"a": [[[[1]], 2]]}, "a:\n  - - [[1]]\n    - 2\n"),
        (
            {"a": ["no", "1,2", "3", "x\ny", "\u200b", "通知：甲"]},
            'a: ["no", "1,2", "3", "x\\ny", "\\u200b", "通知：甲"]\n',
        ),
        ({"on": 1, "1.0": 2, "a b": 3}, '"on": 1\n"1.0": 2\na b: 3\n'),
    ],
)
def test_the_canonical_form(tree: dict[str, Any], text: str) -> None:
    assert dump(tree) == text
    assert read(text) == tree


@pytest.mark.parametrize("value", [0.5, b"a", {1, 2}, object(), Path("a")])
def test_what_a_framework_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        dump({"a": [value]})


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Fraction(1, 3), "\ud800"])
def test_what_no_text_can_write_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"finite|surrogates"):
        dump({"a": value})


def test_a_key_that_is_not_text_is_refused() -> None:
    with pytest.raises(TypeError, match="key"):
        dump({"a": {1: 2}})


def test_the_sketches_of_the_format_come_through(shared: Path) -> None:
    for sketch in sorted((shared / "design" / "examples").glob("*/*.yaml")):
        tree = read_source(sketch, name=sketch.name).tree
        assert typed(read(dump(tree))) == typed(tree)
