"""Ratings of units (rows) by raters (columns), read from lists, arrays or frames; what cannot be used is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isnan
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from stationeval.errors import InputError, Place, Problem

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Label: TypeAlias = str | bool | float

LARGEST = 1e150
"""A rating beyond this is refused: its square would not be finite."""

MOST = 100
"""How many bad cells are named one by one."""


def numbers(ratings: Any) -> Floats:
    """Ratings as numbers, shape (units, raters), NaN where one is missing.

    Raises
    ------
    InputError
        With every cell that is no finite number; where there is no table or no rating.

    Examples
    --------
    >>> numbers([[1, None], [2, 3]]).tolist()
    [[1.0, nan], [2.0, 3.0]]
    """
    cells = _table(ratings)
    if cells.dtype.kind in "fiu":
        values = cells.astype(np.float64)
    else:
        values = np.full(cells.shape, np.nan)
        problems = []
        for (i, j), raw in _cells(cells):
            try:
                values[i, j] = _number(raw)
            except (TypeError, OverflowError) as error:
                problems.append(Problem(_fault(error), _place(i, j), raw, {"most": LARGEST}))
        _refuse(problems)
    large = np.argwhere(np.abs(values) > LARGEST).tolist()
    _refuse([Problem("agreement-infinite", _place(i, j), values[i, j], {"most": LARGEST}) for i, j in large[:MOST]])
    if bool(np.isnan(values).all()):
        raise InputError([Problem("agreement-all-missing")])
    return values


def labels(ratings: Any, categories: Sequence[Label] | None = None) -> tuple[Ints, tuple[Label, ...]]:
    """Ratings as codes of categories, shape (units, raters), -1 where one is missing, and the categories in order.

    Parameters
    ----------
    ratings
        Numbers, text or booleans, not mixed.
    categories
        The categories in their order; by default those that occur, sorted.

    Examples
    --------
    >>> codes, names = labels([["优", "良"], ["良", None]], ["良", "优"])
    >>> codes.tolist(), names
    ([[1, 0], [0, -1]], ('良', '优'))
    """
    cells = _table(ratings)
    found: dict[tuple[int, int], Label] = {}
    problems = []
    for (i, j), raw in _cells(cells):
        try:
            found[i, j] = raw if isinstance(raw, str | bool) else _number(raw)
        except (TypeError, OverflowError) as error:
            problems.append(Problem(_fault(error), _place(i, j), raw, {"most": LARGEST}))
    _refuse(problems)
    if not found:
        raise InputError([Problem("agreement-all-missing")])
    if len({type(one) for one in found.values()}) > 1:
        raise InputError([Problem("agreement-mixed-labels")])
    order = tuple(sorted(set(found.values()))) if categories is None else tuple(categories)
    if len(set(order)) < len(order):
        raise InputError([Problem("agreement-category-twice")])
    code = {name: k for k, name in enumerate(order)}
    strangers = [(at, one) for at, one in found.items() if one not in code]
    _refuse(
        [
            Problem("agreement-category-unknown", _place(*at), one, {"known": [str(name) for name in order]})
            for at, one in strangers
        ]
    )
    codes = np.full(cells.shape, -1, dtype=np.int64)
    for at, one in found.items():
        codes[at] = code[one]
    return codes, order


def positions(ratings: Any, categories: Sequence[Label] | None) -> Floats:
    """Ratings on a scale: the numbers themselves, or the places of categories from low to high."""
    if categories is None:
        return numbers_or_unordered(ratings)
    codes, _ = labels(ratings, categories)
    return np.where(codes < 0, np.nan, codes.astype(np.float64))


def numbers_or_unordered(ratings: Any) -> Floats:
    """Numbers; text is refused because it has no order."""
    cells = _table(ratings)
    if any(isinstance(raw, str) for _, raw in _cells(cells)):
        raise InputError([Problem("agreement-unordered")])
    return numbers(ratings)


def complete(values: Floats, *, raters: int = 2, units: int = 2) -> Floats:
    """The units that every rater rated.

    Raises
    ------
    InputError
        If there are too few raters or complete units.
    """
    if values.shape[1] < raters:
        raise InputError([Problem("agreement-too-few-raters")])
    kept = values[~np.isnan(values).any(axis=1)]
    if len(kept) < units:
        raise InputError([Problem("agreement-too-few-units", values={"found": len(kept), "needs": units})])
    return kept


def _table(ratings: Any) -> npt.NDArray[Any]:
    try:
        cells = np.asarray(ratings) if hasattr(ratings, "__array__") else np.array(ratings, dtype=object)
    except (TypeError, ValueError):
        cells = np.empty(0)
    if cells.ndim != 2 or not cells.size or cells.dtype.kind not in "fiubOUT":
        raise InputError([Problem("agreement-not-a-table", value=str(cells.shape))])
    return cells


def _cells(cells: npt.NDArray[Any]) -> Iterator[tuple[tuple[int, int], Any]]:
    """Every cell that holds something, with its place."""
    for i, row in enumerate(cells.tolist()):
        for j, raw in enumerate(row):
            if raw is not None and not (isinstance(raw, float) and isnan(raw)) and type(raw).__name__ != "NAType":
                yield (i, j), raw


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, Real | Decimal | Fraction):
        raise TypeError
    number = float(raw)
    if abs(number) > LARGEST:
        raise OverflowError
    return number


def _fault(error: Exception) -> str:
    return "agreement-infinite" if isinstance(error, OverflowError) else "agreement-cell"


def _place(i: int, j: int) -> Place:
    return Place(row=i, input=str(j))


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise InputError(problems[:MOST])
