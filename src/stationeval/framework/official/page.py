"""A worksheet as a person sees it: merged cells read the same everywhere, every cell knows its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from stationeval.errors import Place
from stationeval.exact import decimal_text
from stationeval.workbooks import ErrorValue, Grid, Percent, Uncomputed, column_letters
from stationeval.writing import trimmed

Spot = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook.

    Attributes
    ----------
    file
        The workbook's name, as problems show it.
    grid
        The cells as they were read.
    """

    file: str
    grid: Grid

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.grid.name or ""

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.grid.rows)

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return max(map(len, self.grid.rows), default=0)

    @cached_property
    def _origins(self) -> dict[Spot, Spot]:
        """For every cell of a merged range but the first, the first."""
        return {
            (r, c): (top, left)
            for top, left, bottom, right in self.grid.merges
            for r in range(top, min(bottom, self.height - 1) + 1)
            for c in range(left, min(right, self.width - 1) + 1)
            if (r, c) != (top, left)
        }

    def origin(self, row: int, column: int) -> Spot:
        """The cell that a merged cell belongs to; any other cell is its own."""
        return self._origins.get((row, column), (row, column))

    def raw(self, row: int, column: int) -> Any:
        """What stands in a cell or in the merged range that it is part of; None where it is blank."""
        r, c = self.origin(row, column)
        cells = self.grid.rows[r] if r < self.height else []
        value = cells[c] if c < len(cells) else None
        return None if isinstance(value, str) and not trimmed(value) else value

    def text(self, row: int, column: int) -> str:
        """A cell as text, as it is shown; empty where it is blank."""
        return shown(self.raw(row, column))

    def own(self, row: int) -> list[int]:
        """The columns of a row in which something of its own stands, not of a range merged from above or the left."""
        return [c for c in range(self.width) if self.origin(row, c) == (row, c) and self.raw(row, c) is not None]

    def place(self, row: int, column: int | None = None) -> Place:
        """Where a cell or row is."""
        cell = None if column is None else f"{column_letters(column)}{row + 1}"
        return Place(file=self.file, sheet=self.grid.name, cell=cell, row=row + 1)

    def locator(self, row: int, column: int) -> str:
        """A cell as a basis names it: `评分表!E5`."""
        return f"{self.name}!{column_letters(column)}{row + 1}"


def shown(value: Any) -> str:
    """A cell's value as text: numbers in plain digits, percentages with their sign."""
    if value is None:
        return ""
    if isinstance(value, str):
        return trimmed(value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, bool):
        return "true" if value else "false"
    number = exact_number(value)
    return str(value) if number is None else decimal_text(number)


def exact_number(value: Any) -> Fraction | None:
    """The number in a cell, by its shortest decimal; None for a percentage and for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal | Fraction):
        return Fraction(value)
    if isinstance(value, float) and value - value == 0:
        return Fraction(repr(value))
    return None


def unreadable(value: Any) -> bool:
    """Whether a cell holds an error or a formula without a result."""
    return isinstance(value, ErrorValue | Uncomputed)


def percentage(value: Any) -> Fraction | None:
    """A cell shown as a percentage, as so many hundredths."""
    return Fraction(repr(value.share)) * 100 if isinstance(value, Percent) else None


def pages(file: str, grids: Sequence[Grid]) -> list[Page]:
    """The sheets of a workbook that have something in them."""
    return [Page(file, grid) for grid in grids if any(cell not in ("", None) for row in grid.rows for cell in row)]
