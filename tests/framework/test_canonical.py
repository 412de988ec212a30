"""The hash is of what a framework says, not of how it is written."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.framework.small import TREE

from stationeval.framework.canonical import canonical, copied, is_number, same, tree_hash

scalars = (
    st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(allow_nan=False, allow_infinity=False, places=3)
)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


def rewritten(value: object) -> object:
    """The same tree with keys in another order and numbers with more zeros."""
    if isinstance(value, dict):
        return {key: rewritten(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [rewritten(each) for each in value]
    return Decimal(value).quantize(Decimal("1.0000")) if is_number(value) and abs(value) < 10**9 else value


@given(trees)
def test_order_of_keys_and_zeros_after_the_point_change_nothing(tree: object) -> None:
    assert canonical(rewritten(tree)) == canonical(tree)
    assert same(rewritten(tree), tree)


@given(trees, trees)
def test_two_trees_have_one_text_only_if_they_say_the_same(one: object, other: object) -> None:
    if canonical(one) == canonical(other):
        assert same(one, other)


def test_a_number_is_not_its_text_nor_a_truth_value() -> None:
    assert len({canonical(each) for each in (1, "1", True, [1], None, "true", "null")}) == 7
    assert not same(1, True)
    assert not same(1, "1")


def test_the_order_of_tiers_and_grades_is_part_of_what_is_said() -> None:
    for section in ("tiers", "grades"):
        other = {**TREE, section: dict(reversed(TREE[section].items()))}
        assert tree_hash(other) != tree_hash(TREE)
    other = {**TREE, "inputs": dict(reversed(TREE["inputs"].items()))}
    assert tree_hash(other) == tree_hash(TREE)


def test_what_a_value_rests_on_is_not_compared() -> None:
    assert same({"a": 1, "basis": {"status": "assumed"}}, {"a": Decimal("1.0")})
    assert not same({"a": 1}, {"a": 1, "b": 2})


@given(trees)
def test_a_copy_is_equal_and_shares_nothing(tree: object) -> None:
    kept = deepcopy(tree)
    copy = copied(tree)
    assert copy == kept
    if isinstance(copy, dict):
        copy["new"] = 1
        assert tree == kept
