"""The nine kinds of scoring rule, as an issuer writes them. A closed list: no expressions, no code.

Points in a rule are on the scale of the indicator's own points, unless `out_of` names another full mark: then they are
scaled to the indicator's points, which a `weight` may have set.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from stationeval.framework.values import Maybe, Number, Part


class Ratio(Part):
    """比例分: full marks at `target`, in proportion below it; of one input, or of one input to another.

    `direction: lower` turns it round: full marks at or below `target`, in proportion `target / value` above it.
    Below `floor` (a share of full marks) nothing is given. `when_zero` says what a divisor of 0 earns.
    """

    kind: Literal["ratio"]
    input: str
    of: str | None = None
    target: Maybe[Number]
    direction: Literal["higher", "lower"] = "higher"
    floor: Number | None = None
    when_zero: Literal["full", "zero"] | None = None


class Band(Part):
    """One step of `bands`: from `at_least` (inclusive) or `more_than` (exclusive); the last says `otherwise`."""

    at_least: Maybe[Number] | None = None
    more_than: Maybe[Number] | None = None
    points: Maybe[Number] | None = None
    otherwise: Maybe[Number] | None = None


class Bands(Part):
    """分段分: steps from the highest threshold down; neither gap nor overlap can be written."""

    kind: Literal["bands"]
    input: str
    of: str | None = None
    bands: list[Band] = Field(min_length=2)
    out_of: Number | None = None
    when_zero: Literal["full", "zero"] | None = None


class Linear(Part):
    """线性分: straight lines between knots `[x, points]`, x strictly rising, level outside them."""

    kind: Literal["linear"]
    input: str
    of: str | None = None
    knots: list[Annotated[list[Maybe[Number]], Field(min_length=2, max_length=2)]] = Field(min_length=2)
    out_of: Number | None = None
    when_zero: Literal["full", "zero"] | None = None


class Checklist(Part):
    """组合分: the sum of what each ticked item earns, or all or nothing."""

    kind: Literal["checklist"]
    items: dict[str, Maybe[Number]] = Field(min_length=1)
    all_or_nothing: bool = False
    out_of: Number | None = None


class Lookup(Part):
    """程度分: points by the choice made; covers every choice."""

    kind: Literal["lookup"]
    input: str
    map: dict[str, Maybe[Number]] = Field(min_length=1)
    out_of: Number | None = None


class Count(Part):
    """计数分: so many points for each, from `start`, up to the indicator's points."""

    kind: Literal["count"]
    input: str
    points_each: Maybe[Number]
    start: Number = Field(default=0, validate_default=True)
    out_of: Number | None = None


class Deduct(Part):
    """扣分: from full marks, so many points less for each, not below `floor`."""

    kind: Literal["deduct"]
    input: str
    points_each: Maybe[Number]
    floor: Number = Field(default=0, validate_default=True)
    out_of: Number | None = None


class Rating(Part):
    """评分: an expert's mark, from the input's least (no points) to its greatest (full marks)."""

    kind: Literal["rating"]
    input: str


class Relative(Part):
    """赛马: against the stations scored together, in the whole or `within` a group.

    `minmax` (x - min) / (max - min); `rank` (n - rank) / (n - 1), ties share the mean rank; `percentile` the share of
    the others that it is at or above; `zscore` from -2 to 2 standard deviations. Alone or all equal: full marks.
    """

    kind: Literal["relative"]
    input: str
    method: Literal["minmax", "rank", "percentile", "zscore"]
    direction: Literal["higher", "lower"] = "higher"
    within: str | None = None


Rule: TypeAlias = Annotated[
    Ratio | Bands | Linear | Checklist | Lookup | Count | Deduct | Rating | Relative, Field(discriminator="kind")
]

KINDS = ("ratio", "bands", "linear", "checklist", "lookup", "count", "deduct", "rating", "relative")


def rule_inputs(rule: Rule) -> tuple[str, ...]:
    """The inputs a rule reads, in order."""
    if isinstance(rule, Checklist):
        return tuple(rule.items)
    of = getattr(rule, "of", None)
    return (rule.input, of) if of else (rule.input,)
