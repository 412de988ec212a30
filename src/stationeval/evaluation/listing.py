"""A table of results: one shape for ranks, grades, gates, tiers and money. Objects and frames are made on demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

from stationeval.errors import Problem
from stationeval.evaluation import tables
from stationeval.exact import decimal_text, to_decimal


@dataclass(frozen=True, eq=False, repr=False)
class Values(Sequence[Any]):
    """A column of results that is an array inside and plain Python values outside; equal to a tuple of them.

    With `places` its integers are counts of the last decimal place and read as `Decimal`; with `names` they are codes
    of these names.

    Examples
    --------
    >>> Values(np.array([9292, 8000]), places=2)
    (Decimal('92.92'), Decimal('80.00'))
    >>> Values(np.array([1, 0]), names=("优秀", "良好"))
    ('良好', '优秀')
    """

    array: npt.NDArray[Any]
    places: int | None = None
    names: tuple[Any, ...] | None = None

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, i: Any) -> Any:
        return tuple(self)[i] if isinstance(i, slice) else self._read(self.array[i].item())

    def __iter__(self) -> Iterator[Any]:
        return map(self._read, self.array.tolist())

    def _read(self, value: Any) -> Any:
        if self.places is not None:
            return to_decimal(value, self.places)
        return value if self.names is None else self.names[value]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def floats(self) -> npt.NDArray[np.float64]:
        """Decimals as the floats that print as them, shape (n,)."""
        return self.array / 10.0 ** (self.places or 0)


@dataclass(frozen=True)
class ResultTable:
    """Named columns of equal length, signed by what made them.

    Attributes
    ----------
    name
        What the table holds: `rank`, `grade`, `gates`, `tiers`, `subsidy`, …
    columns
        Column name to its values (a tuple or `Values`), in the order of the stations as they came.
    signature
        The framework that made it, with its hash.
    notes
        What is worth saying of single values (a tie across a quota's line, a gate that cannot tell).
    kind
        The kind of frame the caller gave, which `to_native` gives back.

    Examples
    --------
    >>> table = ResultTable("rank", {"station": ("甲", "乙"), "rank": (1, 2)}, "demo@1#1")
    >>> table.row("乙")
    {'station': '乙', 'rank': 2}
    """

    name: str
    columns: Mapping[str, Sequence[Any]]
    signature: str
    notes: tuple[Problem, ...] = ()
    kind: str = "pandas"

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = list(self.columns)
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(names, values, strict=True))

    def __getitem__(self, column: str) -> Sequence[Any]:
        return self.columns[column]

    def row(self, station: str) -> dict[str, Any]:
        """The first row of a station.

        Raises
        ------
        KeyError
            If the table has no such station.
        """
        at = list(self.columns["station"]).index(station) if station in self.columns["station"] else None
        if at is None:
            raise KeyError(station)
        return {name: values[at] for name, values in self.columns.items()}

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame; `attrs["signature"]` names what made it."""
        frame = tables.to_frame(self.columns, kind="pandas")
        frame.attrs["signature"] = self.signature
        return frame

    def to_native(self) -> Any:
        """The table as the kind of frame that the data came in."""
        return self.to_frame() if self.kind == "pandas" else tables.to_frame(self.columns, kind=self.kind)

    def to_dict(self) -> dict[str, Any]:
        """The table ready for JSON: money and exact numbers as text, so that no digit is lost."""
        return {
            "table": self.name,
            "signature": self.signature,
            "rows": [{name: plain(value) for name, value in row.items()} for row in self],
            "notes": [note.to_dict() for note in self.notes],
        }

    def _repr_html_(self) -> str:
        return html_table(list(self.columns), [list(row.values()) for row in self], caption=self.signature)


def plain(value: Any) -> Any:
    """A value as JSON can hold it: decimals and fractions as text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return decimal_text(value) if hasattr(value, "numerator") else str(value)


def html_table(head: Sequence[str], rows: Sequence[Sequence[Any]], *, caption: str = "", limit: int = 200) -> str:
    """A small HTML table; every cell escaped, rows past `limit` counted, not shown."""
    top = "".join(f"<th>{escape(str(name))}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape('' if cell is None else str(plain(cell)))}</td>" for cell in row) + "</tr>"
        for row in rows[:limit]
    )
    more = f"<tr><td colspan='{len(head)}'>… +{len(rows) - limit}</td></tr>" if len(rows) > limit else ""
    return f"<table><caption>{escape(caption)}</caption><tr>{top}</tr>{body}{more}</table>"
