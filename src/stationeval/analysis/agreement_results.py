"""A coefficient of agreement with its interval, and how it is read by published cut-offs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

import numpy as np

from stationeval.analysis.agreement_matrix import Ints
from stationeval.analysis.results import checked_draws
from stationeval.analysis.sampling import generator
from stationeval.errors import InputError, Problem
from stationeval.evaluation import tables
from stationeval.evaluation.listing import html_table
from stationeval.messages import Language, say

Family: TypeAlias = Literal["alpha", "icc", "kappa", "w"]


def _above(cut: float) -> float:
    """The least number above a cut-off that belongs to the lower word."""
    return float(np.nextafter(cut, np.inf))


CUTS: dict[Family, tuple[str, tuple[tuple[float, str], ...]]] = {
    "alpha": (
        "Krippendorff 2004, p. 241",
        ((0.8, "agreement-reliable"), (0.667, "agreement-tentative"), (-np.inf, "agreement-unreliable")),
    ),
    "icc": (
        "Koo & Li 2016",
        (
            (_above(0.9), "agreement-icc-excellent"),
            (0.75, "agreement-icc-good"),
            (0.5, "agreement-icc-moderate"),
            (-np.inf, "agreement-icc-poor"),
        ),
    ),
    "kappa": (
        "Landis & Koch 1977",
        (
            (_above(0.8), "agreement-kappa-almost-perfect"),
            (_above(0.6), "agreement-kappa-substantial"),
            (_above(0.4), "agreement-kappa-moderate"),
            (_above(0.2), "agreement-kappa-fair"),
            (0.0, "agreement-kappa-slight"),
            (-np.inf, "agreement-kappa-poor"),
        ),
    ),
    "w": (
        "Schmidt 1997",
        (
            (0.9, "agreement-w-very-strong"),
            (0.7, "agreement-w-strong"),
            (0.5, "agreement-w-moderate"),
            (0.3, "agreement-w-weak"),
            (-np.inf, "agreement-w-very-weak"),
        ),
    ),
}
"""Whose cut-offs, and from where on a word applies, the highest first.

References
----------
Krippendorff, K. (2004). Content Analysis, 2nd ed. Sage, p. 241. Koo, T. K. & Li, M. Y. (2016). Journal of Chiropractic
Medicine 15, 155-163. Landis, J. R. & Koch, G. G. (1977). Biometrics 33, 159-174. Schmidt, R. C. (1997). Decision
Sciences 28, 763-774.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A coefficient of agreement: 1 is perfect, 0 what chance gives (of W: no common order at all).

    Attributes
    ----------
    name, family
        Which coefficient, and by which cut-offs it is read.
    value
        The coefficient.
    low, high
        Bounds of the interval; None where none was asked for, or too few resamples had a coefficient.
    confidence
        Of the interval.
    units, raters, ratings
        How many went in; `left_out` units lacked a rating that is needed.
    boot, undefined, seed
        Resamples of units asked for, how many of them had no coefficient, and the seed.
    statistic, df, p
        The chi-squared test of W; None elsewhere.
    """

    name: str
    family: Family
    value: float
    units: int
    raters: int
    ratings: int
    left_out: int = 0
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    boot: int = 0
    undefined: int = 0
    seed: int | None = None
    statistic: float | None = None
    df: int | None = None
    p: float | None = None

    @property
    def reading(self) -> str:
        """The code of the word that published cut-offs give the value."""
        return word(self.family, self.value)

    def to_text(self, lang: Language = "zh") -> str:
        """The value in a sentence, with whose cut-offs it is read by.

        Examples
        --------
        >>> one = Coefficient(name="α", family="alpha", value=0.743, units=9, raters=4, ratings=36)
        >>> one.to_text("en")
        'α = 0.743: for tentative conclusions only (Krippendorff 2004, p. 241)'
        """
        return read_out(self.name, self.family, self.value, self.low, self.high, lang)

    def to_dict(self) -> dict[str, Any]:
        """All of it, ready for JSON."""
        return {each.name: getattr(self, each.name) for each in fields(self)} | {"reading": self.reading}

    def to_frame(self) -> Any:
        """A fresh pandas frame of one row."""
        return tables.to_frame({name: (value,) for name, value in self.to_dict().items()}, kind="pandas")

    def _repr_html_(self) -> str:
        row = {name: value for name, value in self.to_dict().items() if value is not None}
        return html_table(list(row), [list(row.values())], caption=self.to_text())


def word(family: Family, value: float) -> str:
    """The code of the word that published cut-offs give a value.

    Examples
    --------
    >>> word("kappa", 0.5)
    'agreement-kappa-moderate'
    """
    _, steps = CUTS[family]
    return next(code for cut, code in steps if value >= cut)


def read_out(
    name: str, family: Family, value: float, low: float | None, high: float | None, lang: Language = "zh"
) -> str:
    """A coefficient in a sentence; where its interval reaches down to a lower word, it says so."""
    source, _ = CUTS[family]
    code = word(family, value)
    interval = "" if low is None or high is None else f" [{low:.3f}, {high:.3f}]"
    text = say(
        "agreement-reads",
        lang,
        name=name,
        value=f"{value:.3f}",
        interval=interval,
        word=say(code, lang),
        source=source,
    )
    if low is not None and word(family, low) != code:
        text += say("agreement-reads-low", lang, word=say(word(family, low), lang))
    return text


def checked_confidence(confidence: object) -> float:
    """A confidence level, strictly between 0 and 1."""
    if not isinstance(confidence, float) or not 0 < confidence < 1:
        raise InputError([Problem("agreement-confidence", value=confidence)])
    return float(confidence)


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds from a bootstrap, and how many resamples had no coefficient."""

    low: float | None = None
    high: float | None = None
    undefined: int = 0


def bootstrap(
    statistic: Callable[[Ints], float | None],
    clusters: Ints,
    *,
    boot: int,
    seed: int | None,
    confidence: float,
) -> Interval:
    """A percentile interval: whole clusters of units are drawn with replacement, as many as there are.

    Parameters
    ----------
    statistic
        The coefficient where each unit counts so many times; None where it is not defined.
    clusters
        Shape (units,): the cluster of each unit (its station), from 0.
    boot
        Resamples; 0 for no interval, and then no seed is needed. One cluster alone has none either.
    seed
        A whole number from 0 on.

    Raises
    ------
    InputError
        If the number of resamples or the seed is none.

    References
    ----------
    Efron, B. & Tibshirani, R. (1993). An Introduction to the Bootstrap. Chapman & Hall, ch. 13.

    Examples
    --------
    >>> values = np.array([1.0, 2.0, 3.0])
    >>> mean = lambda counts: float(counts @ values / counts.sum())
    >>> bootstrap(mean, np.arange(3), boot=200, seed=0, confidence=0.9).low < 2
    True
    """
    if not isinstance(boot, bool) and boot == 0:
        return Interval()
    random, draws = generator(seed if seed is not None else -1), checked_draws(boot)
    size = int(clusters.max()) + 1
    if size < 2:
        return Interval(undefined=draws)
    found = []
    for _ in range(draws):
        counts = np.bincount(random.integers(0, size, size), minlength=size)
        one = statistic(counts[clusters])
        if one is not None:
            found.append(one)
    if 2 * len(found) < draws:
        return Interval(undefined=draws - len(found))
    tail = (1 - checked_confidence(confidence)) / 2
    low, high = np.quantile(found, [tail, 1 - tail]).tolist()
    return Interval(low, high, draws - len(found))
