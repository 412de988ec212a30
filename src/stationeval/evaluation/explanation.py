"""What an explanation is: a frozen tree from the total down to cells and clauses, and what follows from the total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from stationeval.errors import Place
from stationeval.evaluation.breakdown import PartKind
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.phrases import Phrase, shown
from stationeval.framework.values import Text
from stationeval.messages import Language

Section: TypeAlias = Literal["rounding", "veto", "grade", "rank", "gate", "tier", "consequence"]

CHANGES = ("left-out", "rounding", "cap", "floor")
"""Kinds of nodes that are changes by a rule, not parts of the framework."""


@dataclass(frozen=True, slots=True)
class Datum:
    """A value that a rule or a condition read.

    Attributes
    ----------
    value
        Exact; a choice, text or a date as text; None where the cell is empty.
    place
        The cell; None of what was made from others, as `made` says.
    """

    id: str
    label: Text
    value: Fraction | bool | str | None
    unit: str | None = None
    place: Place | None = None
    made: Phrase | None = None

    @property
    def shown(self) -> Phrase | str:
        """The value with its unit."""
        return shown(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Clause:
    """What some values of a node rest on.

    Attributes
    ----------
    fields
        Which values, by their path inside the node: `points`, `rule.target`.
    status
        `documented`, `inferred` or `assumed`.
    cite, title
        The source, by its id and by its name.
    """

    fields: tuple[str, ...]
    status: str
    cite: str | None = None
    title: Text | None = None
    locator: str | None = None
    quote: str | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the total with its reasons; its points are the sum of `weight` × points over `nodes`, exactly.

    Attributes
    ----------
    kind, path, points, full, weight
        As in the breakdown: what it is, where in the framework, what it earned, could earn, and counts above.
    words
        The rule as it worked out here, and why it gave nothing or was left out.
    data
        What the rule read.
    clauses
        What the node's own values rest on.
    nodes
        The parts inside; of an indicator, its rounds.
    """

    kind: PartKind
    path: tuple[str, ...]
    label: Text
    points: Fraction
    full: Fraction | None = None
    weight: Fraction = Fraction(1)
    words: tuple[Phrase, ...] = ()
    data: tuple[Datum, ...] = ()
    clauses: tuple[Clause, ...] = ()
    nodes: tuple[Node, ...] = ()

    @property
    def id(self) -> str:
        """The last step of its path; of a change by a rule and of the total, its kind."""
        return self.kind if self.kind in CHANGES or not self.path else self.path[-1]

    @property
    def lost(self) -> Fraction:
        """What is missing to full marks; nothing where there are none."""
        return ZERO if self.full is None else self.full - self.points

    def all(self) -> Iterator[Node]:
        """It and every node inside it, outer first."""
        yield self
        for node in self.nodes:
            yield from node.all()


@dataclass(frozen=True, slots=True)
class Finding:
    """What follows from the total: a rounding, a veto, the grade, the rank, a gate, a tier, a consequence.

    Attributes
    ----------
    outcome
        In a word or two: met, the grade, the rank.
    changed
        Whether it changed the result; a veto that holds may change nothing.
    """

    section: Section
    id: str
    label: Text
    outcome: Phrase | str
    words: tuple[Phrase, ...] = ()
    clauses: tuple[Clause, ...] = ()
    data: tuple[Datum, ...] = ()
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a station has its result: from the total down to cells and clauses. Made by `Scores.explain`.

    Attributes
    ----------
    station
        Its name.
    framework, signature
        The framework's title, and what made the result.
    root
        The total before rounding, as a tree; `root.all()` goes through it.
    total, grade, rank, stations
        The result, and among how many stations it ranks.
    findings
        What follows from the total, in the order of work.
    """

    station: str
    framework: Text
    signature: str
    root: Node
    total: Decimal
    grade: str | None
    rank: int
    stations: int
    findings: tuple[Finding, ...]

    def node(self, name: str) -> Node:
        """A dimension, indicator or item by its id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for node in self.root.all():
            if node.id == name and node.kind != "round":
                return node
        raise KeyError(name)

    def to_text(self, lang: Language = "zh") -> str:
        """The whole explanation as lines of text."""
        from stationeval.evaluation.telling import to_text

        return to_text(self, lang)

    def to_dict(self, lang: Language = "zh") -> dict[str, Any]:
        """The whole explanation ready for JSON; exact numbers as text."""
        from stationeval.evaluation.telling import to_dict

        return to_dict(self, lang)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from stationeval.evaluation.telling import to_html

        return to_html(self, "zh")
