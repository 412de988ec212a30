"""Exact numbers: text to number, half up, largest remainder. Nothing here passes through a binary float.

A number is a `fractions.Fraction`: decimals, thirds of a dimension's points and shares of a pool are all exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import TypeAlias

Exact: TypeAlias = Fraction

PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)\Z")


def exact(value: int | float | Decimal | Fraction | str) -> Fraction:
    """The number a person wrote.

    A float is read as the shortest decimal that prints as it: `0.1` means one tenth.

    Raises
    ------
    ValueError
        If the text is not a plain decimal, or the float is not finite.

    Examples
    --------
    >>> exact("0.40") == exact(0.4) == Fraction(2, 5)
    True
    """
    if isinstance(value, str):
        if not PLAIN.match(value):
            raise ValueError(f"not a plain decimal: {value!r}")
        return Fraction(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError(f"not a number that a person wrote: {value!r}")
        return Fraction(Decimal(repr(float(value))))
    return Fraction(value)


def round_half_up(value: Fraction, places: int) -> int:
    """The value in units of its last place, halves away from zero (四舍五入).

    Examples
    --------
    >>> round_half_up(Fraction("2.675"), 2), round_half_up(Fraction("-0.5"), 0)
    (268, -1)
    """
    scaled = value * Fraction(10) ** places
    units = (abs(scaled.numerator) * 2 + scaled.denominator) // (scaled.denominator * 2)
    return units if scaled >= 0 else -units


def decimal_text(value: Fraction | int, places: int | None = None) -> str:
    """The number as plain digits: to `places` (half up), or in full where that is finite, else as `a/b`.

    Examples
    --------
    >>> decimal_text(Fraction(2, 5)), decimal_text(Fraction(25, 6)), decimal_text(Fraction(25, 6), 2)
    ('0.4', '25/6', '4.17')
    """
    value = Fraction(value)
    if places is None:
        places = finite_places(value)
        if places is None:
            return f"{value.numerator}/{value.denominator}"
    units = round_half_up(value, places)
    digits = str(abs(units)).rjust(places + 1, "0")
    sign = "-" if units < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def finite_places(value: Fraction) -> int | None:
    """How many decimal places write the value in full; None where no number of them does."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def to_decimal(units: int, places: int) -> Decimal:
    """An integer count of last places as a decimal: `to_decimal(9292, 2)` is 92.92."""
    return Decimal(units).scaleb(-places)


def largest_remainder(total: int, shares: Sequence[Fraction], order: Sequence[str] | None = None) -> list[int]:
    """Split an integer in proportion so that the parts sum to it exactly (最大余额法, Hamilton).

    Equal remainders go to the earlier in `order` (default: as they stand).

    Examples
    --------
    >>> largest_remainder(100, [Fraction(1), Fraction(1), Fraction(1)])
    [34, 33, 33]
    """
    whole = sum(shares, Fraction(0))
    if whole == 0:
        return [0] * len(shares)
    quotas = [total * share / whole for share in shares]
    parts = [quota.numerator // quota.denominator for quota in quotas]
    names = [""] * len(shares) if order is None else order
    left = total - sum(parts)
    for i in sorted(range(len(shares)), key=lambda i: (parts[i] - quotas[i], names[i]))[:left]:
        parts[i] += 1
    return parts
