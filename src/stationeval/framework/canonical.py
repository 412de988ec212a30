"""One text for one meaning: the canonical form of a plain tree, its hash, and equality by value."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any, TypeGuard

from stationeval.exact import decimal_text

ORDERED = ("grades", "tiers")
"""Sections in which the order of the entries is part of what they say."""


def canonical(value: Any) -> str:
    """JSON with sorted keys and every number in its shortest plain form.

    Examples
    --------
    >>> canonical({"b": Decimal("0.40"), "a": [True, 1, "1"]})
    '{"a":[true,1,"1"],"b":0.4}'
    """
    if isinstance(value, dict):
        pairs = (f"{_text(key)}:{canonical(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return str(value)
    return decimal_text(Fraction(value))


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def tree_hash(tree: dict[str, Any]) -> str:
    """The sha256 of a framework's tree: of its canonical form and of the order where order has a meaning."""
    order = {name: list(tree[name]) for name in ORDERED if isinstance(tree.get(name), dict)}
    return sha256(canonical([tree, order]).encode("utf-8", "surrogatepass")).hexdigest()


def same(one: Any, other: Any) -> bool:
    """Whether two plain values say the same, whatever each rests on (`basis` is not compared)."""
    if isinstance(one, dict) and isinstance(other, dict):
        left, right = (set(each) - {"basis"} for each in (one, other))
        return left == right and all(same(one[key], other[key]) for key in left)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if is_number(one) and is_number(other):
        return Fraction(one) == Fraction(other)
    return type(one) is type(other) and bool(one == other)


def is_number(value: Any) -> TypeGuard[int | Decimal]:
    """Whether a plain value is a number; true and false are not."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def copied(value: Any) -> Any:
    """A copy of a plain tree that shares nothing that can change."""
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [copied(each) for each in value]
    return value
