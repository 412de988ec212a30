"""What a sheet of a result holds, free of any file format: columns, rows, and the lines above and below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "long", "code", "integer", "number", "points", "money", "share", "grade", "state"]

NUMERIC = frozenset({"integer", "number", "points", "money", "share"})
"""Kinds of columns that hold numbers."""


@dataclass(frozen=True, slots=True)
class Live:
    """A formula of the sheet with the value it must come to.

    `{row}` stands for the number of its own row, `{top}` for that of the first row above the stations, `{first}` and
    `{last}` for those of the stations.
    """

    formula: str
    value: float | str


Cell: TypeAlias = str | int | float | Decimal | Fraction | Live | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, what kind of values it holds, and the header above it that it shares with others.

    `summed` asks for the sum of its values above them.
    """

    header: str
    kind: Kind = "text"
    group: str = ""
    places: int = 2
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its name.

    Attributes
    ----------
    name
        Of the sheet, at most 31 characters.
    columns, rows
        The table; every row has a cell for every column.
    remarks
        Sentences above the table.
    above
        Rows above those of the stations: full marks, means.
    frozen
        How many columns stay in view.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    remarks: Sequence[str] = ()
    above: Sequence[Sequence[Cell]] = ()
    frozen: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of every sheet: whose framework, signed by what, and what the reader must know first."""

    title: str
    signature: str
    warnings: Sequence[str] = field(default_factory=tuple)
