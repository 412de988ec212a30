"""How unequal totals are, and how much of that lies between groups: variance, Theil and Gini."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, log
from typing import TypeAlias

from stationeval.evaluation.curves import ZERO

Grouped: TypeAlias = Mapping[str, Sequence[Fraction]]


@dataclass(frozen=True, slots=True)
class Split:
    """A measure of inequality in two parts: `total` is `between` + `within`.

    Attributes
    ----------
    total, between, within
        Exact fractions of a variance; floats of a Theil index.
    """

    total: Fraction | float
    between: Fraction | float
    within: Fraction | float

    @property
    def share_between(self) -> float | None:
        """How much of the whole lies between groups, from 0 to 1; None where there is no inequality."""
        return float(self.between / self.total) if self.total else None


def mean(values: Sequence[Fraction]) -> Fraction:
    """The mean of one or more exact numbers."""
    return sum(values, ZERO) / len(values)


def variance(groups: Grouped) -> Split:
    """The variance (over n) between group means and within groups, exactly.

    Examples
    --------
    >>> split = variance({"甲": [Fraction(1), Fraction(3)], "乙": [Fraction(5), Fraction(7)]})
    >>> str(split.total), str(split.between), str(split.within)
    ('5', '4', '1')
    """
    every = [value for values in groups.values() for value in values]
    whole, n = mean(every), len(every)
    between = sum((len(values) * (mean(values) - whole) ** 2 for values in groups.values()), ZERO) / n
    within = sum((_squares(values) for values in groups.values()), ZERO) / n
    return Split(_squares(every) / n, between, within)


def _squares(values: Sequence[Fraction]) -> Fraction:
    middle = mean(values)
    return sum(((value - middle) ** 2 for value in values), ZERO)


def theil(groups: Grouped) -> Split | None:
    """Theil's T and its parts; None where the mean is not above 0.

    References
    ----------
    Theil (1967), Economics and Information Theory. Shorrocks (1980), The class of additively decomposable inequality
    measures, Econometrica 48.

    Examples
    --------
    >>> theil({"甲": [Fraction(1), Fraction(1)], "乙": [Fraction(1)]})
    Split(total=0.0, between=0.0, within=0.0)
    """
    every = [value for values in groups.values() for value in values]
    whole = mean(every)
    if whole <= 0:
        return None
    between = fsum(len(values) * _entropy(mean(values) / whole) for values in groups.values()) / len(every)
    within = fsum(
        float(sum(values, ZERO) / (whole * len(every)))
        * fsum(_entropy(value / mean(values)) for value in values)
        / len(values)
        for values in groups.values()
        if mean(values) > 0
    )
    return Split(fsum(_entropy(value / whole) for value in every) / len(every), between, within)


def _entropy(ratio: Fraction) -> float:
    return float(ratio) * log(ratio) if ratio else 0.0


def gini(values: Sequence[Fraction]) -> Fraction | None:
    """The Gini coefficient, exactly: 0 where all are equal, (n - 1) / n where one has all; None where the mean is 0.

    Examples
    --------
    >>> gini([Fraction(0), Fraction(0), Fraction(0), Fraction(8)])
    Fraction(3, 4)
    """
    whole, n = sum(values, ZERO), len(values)
    if whole <= 0:
        return None
    ordered = sorted(values)
    return sum(((2 * k - n - 1) * value for k, value in enumerate(ordered, 1)), ZERO) / (n * whole)
