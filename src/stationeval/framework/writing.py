"""Write a plain tree as canonical text in the strict subset of YAML: reading it gives the tree again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unicodedata import east_asian_width

from stationeval.exact import decimal_text, finite_places
from stationeval.framework.scalars import DoubtfulError, plain_value
from stationeval.framework.survey import HIDDEN

WIDTH = 110

_PLAIN = re.compile(r"[\w（《“][\w .%/+（）《》“”‘’、，。；！？·…—-]*(?<! )\Z")


def dump(tree: Mapping[str, Any]) -> str:
    """The canonical text of a tree.

    Sections stand in block style. What has at most two levels and fits in a line of 110 columns (a Chinese
    character takes two) stands in brackets. Text that could be read as something else is quoted.

    Parameters
    ----------
    tree : mapping
        Of mappings with text keys, lists, str, int, Decimal, Fraction, bool and None.

    Returns
    -------
    str
        The text; `read_source` gives the same tree, with decimals for fractions.

    Raises
    ------
    TypeError
        If something else is in the tree, such as a float.
    ValueError
        If a number has no finite decimal form, or a text holds half a surrogate pair.

    Examples
    --------
    >>> print(dump({"id": "a", "rate": Fraction(2, 5), "label": {"zh": "海宁, 浙江", "en": "no"}}), end="")
    id: a
    rate: 0.4
    label: {zh: "海宁, 浙江", en: "no"}
    """
    return "\n".join(_block(tree, 0)) + "\n" if tree else "{}\n"


def _block(value: Mapping[str, Any] | list[Any] | tuple[Any, ...], indent: int) -> list[str]:
    """The lines of a mapping or list, each entry on its own."""
    blanks = " " * indent
    lines: list[str] = []
    entries = (
        [(f"{blanks}{_text(key)}:", entry) for key, entry in value.items()]
        if isinstance(value, Mapping)
        else [(f"{blanks}-", entry) for entry in value]
    )
    for head, entry in entries:
        line = f"{head} {_flow(entry)}"
        if _levels(entry) == 0 or (_levels(entry) <= (2 if indent else 1) and _columns(line) <= WIDTH):
            lines.append(line)
            continue
        below = _block(entry, indent + 2)
        if isinstance(value, Mapping):
            lines.append(head)
        else:
            below[0] = f"{head} {below[0].lstrip(' ')}"
        lines += below
    return lines


def _flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {_flow(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(entry) for entry in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, Fraction) and finite_places(value) is not None:
        return decimal_text(value)
    if isinstance(value, Decimal | Fraction):
        raise ValueError(f"no finite decimal writes {value}")
    raise TypeError(f"a framework holds no {type(value).__name__}: {value!r}")


def _text(text: Any) -> str:
    """Text as it is where that is safe, else in double quotes."""
    if not isinstance(text, str):
        raise TypeError(f"a key must be text: {text!r}")
    if _PLAIN.match(text):
        try:
            if plain_value(text) == text:
                return text
        except DoubtfulError:
            pass
    text.encode("utf-8")
    return HIDDEN.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(hidden: re.Match[str]) -> str:
    code_point = ord(hidden[0])
    return f"\\u{code_point:04x}" if code_point < 0x10000 else f"\\U{code_point:08x}"


def _levels(value: Any) -> int:
    """How many brackets stand inside one another; none where there is nothing inside them."""
    if not isinstance(value, Mapping | list | tuple) or not value:
        return 0
    return 1 + max(_levels(entry) for entry in (value.values() if isinstance(value, Mapping) else value))


def _columns(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)
