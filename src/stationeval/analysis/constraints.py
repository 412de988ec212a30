"""What may be said of weights, in words: `"a >= b"`, `"0.1 <= a <= 0.3"`, `"a + b == 0.5"`; read as linear rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from stationeval.errors import InputError, Problem
from stationeval.messages import near

LONGEST = 2000
"""A longer constraint is none."""

MOST = 1000
"""More constraints than these are refused."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?%?)|(?P<name>[^\W\d]\w*)|`(?P<quoted>[^`]+)`|(?P<sign>[+\-*≥≤]|[<>=]=?))"
)


@dataclass(frozen=True, slots=True)
class Constraint:
    """low ≤ Σ coefficient · weight ≤ high; None where a side is open.

    Attributes
    ----------
    coefficients
        By the place of the weight.
    text
        As it was written, or the path of the framework's value that it comes from.
    """

    coefficients: Mapping[int, Fraction]
    low: Fraction | None
    high: Fraction | None
    text: str


def constraints(where: str | Sequence[str], names: Mapping[str, Sequence[int]]) -> tuple[Constraint, ...]:
    """Read constraints on weights, which are shares of the whole.

    Parameters
    ----------
    where
        One text or several. A text compares sums with `<=`, `>=` and `==`; a term is a number (`0.3`, `30%`), a name,
        or a number times a name (`2 * a`). A name with other signs stands in backquotes.
    names
        The weights that each name stands for: one, or those of a whole dimension.

    Raises
    ------
    InputError
        With every text that cannot be read.

    Examples
    --------
    >>> (one,) = constraints("2 * a + b <= 0.5", {"a": [0], "b": [1, 2]})
    >>> one.coefficients[0], one.coefficients[2], one.low, one.high
    (Fraction(2, 1), Fraction(1, 1), None, Fraction(1, 2))
    """
    texts = [where] if isinstance(where, str) else list(where)
    found: list[Constraint] = []
    problems: list[Problem] = []
    if len(texts) > MOST:
        raise InputError([Problem("weights-too-many", values={"most": MOST})])
    for text in texts:
        try:
            found += _read(text, names)
        except _Unreadable as fault:
            problems.append(Problem(fault.code, value=str(text)[:80], values=fault.values))
    if problems:
        raise InputError(problems)
    return tuple(found)


class _Unreadable(Exception):  # noqa: N818  (never leaves this module)
    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def _read(text: object, names: Mapping[str, Sequence[int]]) -> Iterator[Constraint]:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise _Unreadable("weights-unreadable")
    sides: list[list[tuple[str, str]]] = [[]]
    signs: list[str] = []
    for kind, word in _tokens(text):
        if kind == "sign" and word in ("<=", ">=", "==", "=", "≤", "≥"):
            signs.append(word[0].replace("≤", "<").replace("≥", ">"))
            sides.append([])
        elif kind == "sign" and word in ("<", ">"):
            raise _Unreadable("weights-strict")
        else:
            sides[-1].append((kind, word))
    if not signs:
        raise _Unreadable("weights-unreadable")
    sums = [_sum(side, names) for side in sides]
    for sign, (left, right) in zip(signs, pairwise(sums), strict=True):
        coefficients = dict(left[1])
        for i, value in right[1].items():
            coefficients[i] = coefficients.get(i, Fraction(0)) - value
        bound = right[0] - left[0]
        coefficients = {i: value for i, value in coefficients.items() if value}
        yield Constraint(coefficients, None if sign == "<" else bound, None if sign == ">" else bound, text.strip())


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unreadable("weights-unreadable")
        at = match.end()
        kind = match.lastgroup or ""
        yield ("name" if kind == "quoted" else kind), match.group(kind)


def _sum(side: Sequence[tuple[str, str]], names: Mapping[str, Sequence[int]]) -> tuple[Fraction, dict[int, Fraction]]:
    """The constant and the coefficients of one side."""
    constant, coefficients = Fraction(0), dict[int, Fraction]()
    terms: list[list[tuple[str, str]]] = [[]]
    negative = [False]
    for kind, word in side:
        if kind == "sign" and word in "+-":
            if terms[-1]:
                terms.append([])
                negative.append(word == "-")
            else:
                negative[-1] ^= word == "-"
        else:
            terms[-1].append((kind, word))
    for term, minus in zip(terms, negative, strict=True):
        factor, name = _term(term)
        factor = -factor if minus else factor
        if name is None:
            constant += factor
            continue
        if name not in names:
            raise _Unreadable("weights-unknown-name", name=name, near=near(name, list(names)) or "—")
        for i in names[name]:
            coefficients[i] = coefficients.get(i, Fraction(0)) + factor
    return constant, coefficients


def _term(term: Sequence[tuple[str, str]]) -> tuple[Fraction, str | None]:
    match [kind for kind, _ in term]:
        case ["number"]:
            return _number(term[0][1]), None
        case ["name"]:
            return Fraction(1), term[0][1]
        case ["number", "sign", "name"] if term[1][1] == "*":
            return _number(term[0][1]), term[2][1]
        case ["name", "sign", "number"] if term[1][1] == "*":
            return _number(term[2][1]), term[0][1]
        case _:
            raise _Unreadable("weights-unreadable")


def _number(text: str) -> Fraction:
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
