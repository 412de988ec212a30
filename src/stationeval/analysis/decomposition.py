"""Why two stations, years or provinces differ: by dimension and indicator, by yardstick and performance, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any, Literal, TypeAlias

from stationeval.analysis.comparison import full_marks
from stationeval.analysis.decomposition_sides import (
    EXTRAS,
    Key,
    Shares,
    Side,
    dimension,
    label,
    shares,
    sides,
    told,
    under,
)
from stationeval.errors import IncompleteFramework, InputError, NotInFramework, Problem
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.phrases import both_languages
from stationeval.evaluation.results import Scores
from stationeval.framework.values import Text
from stationeval.messages import Language

Unit: TypeAlias = Literal["points", "rate"]
UNITS = ("points", "rate")
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part puts into the difference of two totals.

    Attributes
    ----------
    dimension
        The dimension's id; `bonus`, `deductions`, or empty for what is done to the total as a whole.
    name
        The id of the indicator or item; of a dimension, its own; of a change by a rule, its kind (`rounding`, `cap`,
        `floor`, `left-out`, `total-rounding`, `veto`).
    label
        Its name in words.
    a, b
        What it puts into either total; 0 where a framework does not have it.
    yardstick, performance
        The parts of `change` that come from the framework and from the data; None where that cannot be told.
    """

    dimension: str
    name: str
    label: Text
    a: Fraction
    b: Fraction
    yardstick: Fraction | None
    performance: Fraction | None

    @property
    def change(self) -> Fraction:
        """`b` less `a`."""
        return self.b - self.a


@dataclass(frozen=True)
class Decomposition:
    """The difference between two totals (or means of totals), taken apart. Made by `decompose`.

    `b.total - a.total` is exactly the sum of the changes of `parts`, and of `dimensions`; where the yardstick can be
    told from the performance, it is exactly the sum of these two as well, in every part.

    Attributes
    ----------
    a, b
        The two sides, with their totals.
    unit
        `points`, or `rate`: shares of each framework's full marks.
    parts
        Indicators, items of bonus and deductions, and changes by a rule, in the order of the frameworks.
    dimensions
        The same by dimension.
    yardstick, performance
        What the frameworks and what the data put into the difference; None where that cannot be told.
    crossed
        The total of a's data under b's framework, and of b's data under a's; None where it cannot be computed.
    notes
        Why something cannot be told, and what is worth saying.
    """

    a: Side
    b: Side
    unit: Unit
    parts: tuple[Contribution, ...]
    dimensions: tuple[Contribution, ...]
    yardstick: Fraction | None
    performance: Fraction | None
    crossed: tuple[Fraction | None, Fraction | None]
    notes: tuple[Problem, ...]

    @property
    def change(self) -> Fraction:
        """The difference: `b.total` less `a.total`."""
        return self.b.total - self.a.total

    def table(self, *, level: Literal["dimension", "indicator"] = "indicator", lang: Language = "zh") -> ResultTable:
        """The contributions as a table, one row a part, the difference itself last."""
        rows = self.parts if level == "indicator" else self.dimensions
        whole = Contribution("", "total", both_languages("decompose-total"),
                             self.a.total, self.b.total, self.yardstick, self.performance)  # fmt: skip
        every = (*rows, whole)
        columns: dict[str, Sequence[Any]] = {
            "dimension": tuple(one.dimension for one in every),
            "part": tuple(one.name for one in every),
            "label": tuple(one.label.say(lang) for one in every),
            "a": tuple(one.a for one in every),
            "b": tuple(one.b for one in every),
            "change": tuple(one.change for one in every),
            "yardstick": tuple(one.yardstick for one in every),
            "performance": tuple(one.performance for one in every),
        }
        signature = f"a: {self.a.name} ({self.a.signature}) | b: {self.b.name} ({self.b.signature})"
        return ResultTable(f"decomposition-{level}", columns, signature, self.notes)

    def to_frame(self, *, level: Literal["dimension", "indicator"] = "indicator") -> Any:
        """The contributions as a fresh pandas frame of exact fractions."""
        return self.table(level=level).to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Everything ready for JSON; exact numbers are text."""
        return {
            "unit": self.unit,
            "indicators": self.table().to_dict(),
            "dimensions": self.table(level="dimension").to_dict(),
        }

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{escape(note.why())}</li>" for note in self.notes)
        return self.table(level="dimension")._repr_html_() + self.table()._repr_html_() + f"<ul>{notes}</ul>"


def decompose(
    a: Scores,
    b: Scores | None = None,
    *,
    between: str | tuple[str, str] | None = None,
    by: str | None = None,
    unit: Unit = "points",
) -> Decomposition:
    """Take the difference between two stations, years or provinces apart.

    Totals are those that are published: rounded and after vetoes, which stand as parts of their own. Of several
    stations the means are compared. Where the frameworks differ, the data of each side are scored under the other's
    framework as well, and the difference is parted into yardstick and performance by the Shapley value of two players:
    each is the mean of its effect with the other as in `a` and as in `b`.

    Parameters
    ----------
    a, b
        From `score`; without `b`, both sides are taken from `a`.
    between
        Two stations, `("甲镇", "乙镇")`; one station that both sides have, `"甲镇"`; by default all stations.
    by
        A column read with `keep`: then `between` names groups of it instead of stations.
    unit
        `points`, or `rate` for shares of each framework's full marks, where these differ.

    Returns
    -------
    Decomposition
        Contributions that sum exactly to the difference.

    Raises
    ------
    InputError
        If `between`, `by` or `unit` do not fit, or there is nothing to compare.
    KeyError
        If there is no such station; the message names the nearest.

    References
    ----------
    Shapley (1953), A value for n-person games. Shorrocks (2013), Decomposition procedures for distributional analysis:
    a unified framework based on the Shapley value, Journal of Economic Inequality 11.

    Examples
    --------
    >>> import stationeval as se
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**se.testing.full_marks(fw), "budget": 100}
    >>> scores = se.score([{**row, "station": "甲", "spent": 96}, {**row, "station": "乙", "spent": 98}], fw)
    >>> found = decompose(scores, between=("甲", "乙"))
    >>> [(one.name, str(one.change)) for one in found.parts if one.change]
    [('budget_execution', '1/5')]
    """
    if unit not in UNITS:
        raise InputError([Problem("analysis-choice", value=unit, values={"name": "unit", "known": list(UNITS)})])
    one, other = sides(a, a if b is None else b, between, by)
    second = a if b is None else b
    scales = tuple(full_marks(each) if unit == "rate" else Fraction(1) for each in (a, second))
    if not all(scales):
        raise InputError([Problem("decompose-no-full-marks")])
    own = (shares(a, one, scales[0]), shares(second, other, scales[1]))
    notes: list[Problem] = []
    if a.framework == second.framework:
        crossed: tuple[Shares | None, Shares | None] = (own[0], own[1])
    else:
        crossed = (
            _crossed(a, one, second, scales[1], notes),
            _crossed(second, other, a, scales[0], notes),
        )
        if unit == "points" and full_marks(a) != full_marks(second):
            values = {"a": full_marks(a), "b": full_marks(second)}
            notes.append(Problem("decompose-full-marks-differ", values=values, severity="note"))
    parts = tuple(_parts(own, crossed, (a, second)))
    totals = [sum(found.values(), ZERO) for found in own]
    return Decomposition(
        Side(one.name, a.signature, one.stations, totals[0]),
        Side(other.name, second.signature, other.stations, totals[1]),
        unit,
        parts,
        tuple(_dimensions(parts, (a, second))),
        _total(one.yardstick for one in parts),
        _total(one.performance for one in parts),
        (
            _total(None if crossed[0] is None else crossed[0].values()),
            _total(None if crossed[1] is None else crossed[1].values()),
        ),
        tuple(notes),
    )


def _crossed(scores: Scores, side: Side, other: Scores, scale: Fraction, notes: list[Problem]) -> Shares | None:
    """The data of a side under the other's framework; None, with a note, where that cannot be computed."""
    try:
        return shares(under(scores, other.framework), side, scale)
    except (InputError, IncompleteFramework, NotInFramework) as error:
        values = {"data": scores.framework.signature, "framework": other.framework.signature, "why": told(error)}
        notes.append(Problem("decompose-cannot-cross", values=values, severity="note"))
        return None


def _parts(
    own: tuple[Shares, Shares], crossed: tuple[Shares | None, Shares | None], pair: tuple[Scores, Scores]
) -> Iterator[Contribution]:
    frameworks = [scores.framework for scores in pair]
    for key in _in_order([*own, *(each for each in crossed if each is not None)]):
        a, b = (each.get(key, ZERO) for each in own)
        yardstick, performance = None, None
        if crossed[0] is not None and crossed[1] is not None:
            a_under_b, b_under_a = (each.get(key, ZERO) for each in (crossed[0], crossed[1]))
            yardstick = HALF * (a_under_b - a + b - b_under_a)
            performance = HALF * (b_under_a - a + b - a_under_b)
        name = key[1] or key[0][-1]
        yield Contribution(dimension(key), name, label(key, frameworks), a, b, yardstick, performance)


def _in_order(every: Sequence[Shares]) -> list[Key]:
    """All parts, those of one dimension together, what is done to the whole last."""
    keys = list(dict.fromkeys(key for found in every for key in found))
    order = list(dict.fromkeys(map(dimension, keys)))
    last: list[str] = [name for name in ("bonus", "deductions", "") if name in order]
    order = [name for name in order if name not in last] + last
    return sorted(keys, key=lambda key: order.index(dimension(key)))


def _dimensions(parts: Sequence[Contribution], pair: tuple[Scores, Scores]) -> Iterator[Contribution]:
    for name in dict.fromkeys(one.dimension for one in parts):
        inside = [one for one in parts if one.dimension == name]
        if name in EXTRAS:
            words = both_languages(EXTRAS[name])
        else:
            words = label((("dimensions", name), ""), [scores.framework for scores in pair])
        yield Contribution(
            name,
            name or "whole",
            words,
            sum((one.a for one in inside), ZERO),
            sum((one.b for one in inside), ZERO),
            _total(one.yardstick for one in inside),
            _total(one.performance for one in inside),
        )


def _total(values: Iterable[Fraction | None] | None) -> Fraction | None:
    """A sum; None where any of it, or all of it, is unknown."""
    every = None if values is None else list(values)
    if every is None or any(value is None for value in every):
        return None
    return sum((value for value in every if value is not None), ZERO)
