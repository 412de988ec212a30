"""A node of a table before it is one of a framework: what its cells say, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from stationeval.errors import Place, Problem
from stationeval.framework.official.figures import Amount
from stationeval.framework.official.wording import Part


@dataclass
class Draft:
    """An indicator, a group of them, or an item that is added or deducted.

    Attributes
    ----------
    label, place, locator
        The name, and the cell that has it.
    row
        The row of the sheet that made it, from 1.
    amount
        Points or weight, where a cell says.
    wording, wording_locator
        The words of the rule, and their cell.
    """

    label: str
    place: Place
    locator: str
    row: int
    code: str = ""
    amount: Amount | None = None
    wording: str = ""
    wording_place: Place = field(default_factory=Place)
    wording_locator: str = ""
    evidence: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)

    @property
    def points(self) -> Fraction | None:
        """The points that a cell gives it."""
        return self.amount.value if self.amount is not None and self.amount.kind == "points" else None

    @property
    def weight(self) -> Fraction | None:
        """The weight that a cell gives it."""
        return self.amount.value if self.amount is not None and self.amount.kind == "weight" else None

    @property
    def worth(self) -> Fraction | None:
        """Its number, or the sum of those inside it; None where one is not known."""
        if self.amount is not None:
            return self.amount.value if self.amount.kind != "unknown" else None
        inside = [child.worth for child in self.children]
        return sum((each or Fraction(0) for each in inside), Fraction(0)) if inside and None not in inside else None

    @property
    def share(self) -> Fraction | None:
        """Its weight, or the sum of the weights inside it where it has no number of its own."""
        if self.amount is not None or not self.children:
            return self.weight
        inside = [child.share for child in self.children]
        return None if None in inside else sum(filter(None, inside), Fraction(0))

    def leaves(self) -> Iterator[Draft]:
        """The innermost ones, itself where nothing is inside it."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass
class Table:
    """What a sheet says.

    Attributes
    ----------
    parts
        The outermost drafts of the base, of what is added and of what is deducted.
    caps
        What the items that are added, or deducted, may come to at most.
    total
        The whole, where the table states it.
    grades
        Read from a sentence below the table, each with its lower bound or None for the last; where they stand.
    problems
        Every row and cell that was not understood, or was understood with a reservation.
    rows
        The rows with something in them, header aside, from 1.
    title
        The words above the table.
    """

    parts: dict[Part, list[Draft]] = field(default_factory=lambda: {"base": [], "bonus": [], "deductions": []})
    caps: dict[Part, Amount] = field(default_factory=dict)
    total: Amount | None = None
    grades: list[tuple[str, Fraction | None, str]] = field(default_factory=list)
    grades_locator: str = ""
    grades_words: str = ""
    problems: list[Problem] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    title: str = ""

    def note(self, code: str, place: Place, value: Any = None, **values: Any) -> None:
        """Write down something that is worth saying of a cell or row."""
        self.problems.append(Problem(code, place, value, values, "note"))

    def leaves(self) -> Iterator[tuple[Part, Draft]]:
        """Every innermost draft with its part."""
        for part, drafts in self.parts.items():
            for draft in drafts:
                for leaf in draft.leaves():
                    yield part, leaf
