"""A column of cells to exact values: whole arrays at once, single cells only where something may be wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from stationeval.errors import Place, Problem, Report
from stationeval.evaluation.cells import FINEST, LARGEST, NUMERIC, Cell, is_doubtful_share, read_cell

if TYPE_CHECKING:
    from stationeval.framework.documents import Input

Array: TypeAlias = npt.NDArray[Any]
Mask: TypeAlias = npt.NDArray[np.bool_]
Cells: TypeAlias = Array | Sequence[Any]

MOST = 10_000
"""How many errors, and how many notes, are kept one by one; the report says how many more there were."""

BLOCK = 2**16
TINY = 10.0**-FINEST

_PLAIN = re.compile(r"(?:(?:-?[0-9]{1,9}(?:\.[0-9]{1,6})?)?\n)*\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The values of one input, in the order of the rows.

    Attributes
    ----------
    id
        The input's id.
    values
        Shape (n,). Numbers: float64 or int64, the caller's own array where that is possible; boolean: bool;
        choice: int64, the place in `choices`, -1 where missing; date (ISO) and text: objects, "" where missing.
    missing
        Shape (n,), true where there is no usable value; None where every row has one.
    overrides
        The exact value of the rows whose number no float64 stands for.
    """

    id: str
    values: Array
    missing: Mask | None = None
    overrides: Mapping[int, Fraction] = field(default_factory=dict)

    def exact(self, i: int) -> Fraction | None:
        """The exact value of a row (of a choice: its place), None where missing or text.

        Examples
        --------
        >>> Column("x", np.array([0.1, 3.0])).exact(0)
        Fraction(1, 10)
        """
        if self.missing is not None and self.missing[i]:
            return None
        if i in self.overrides:
            return self.overrides[i]
        value = self.values[i]
        kind = self.values.dtype.kind
        if kind == "f":
            return Fraction(Decimal(repr(float(value))))
        return None if kind == "O" else Fraction(int(value))


class Findings:
    """Collects problems and notes with their positions; past `MOST` of a kind it only counts them."""

    def __init__(self) -> None:
        self._found: list[tuple[tuple[int, int], Problem]] = []
        self._counts: dict[Literal["error", "note"], int] = {"error": 0, "note": 0}

    def add(self, problem: Problem, row: int = -1, column: int = -1) -> None:
        """Keep a problem; row -1 is the table as a whole, or its header."""
        self._counts[problem.severity] += 1
        if self._counts[problem.severity] <= MOST:
            self._found.append(((row, column), problem))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep problems of the table as a whole."""
        for problem in problems:
            self.add(problem)

    def report(self) -> Report:
        """Everything found, in the order of the rows."""
        self._found.sort(key=lambda found: found[0])
        more = [
            Problem("more-errors" if kind == "error" else "more-notes", values={"more": count - MOST}, severity=kind)
            for kind, count in self._counts.items()
            if count > MOST
        ]
        return Report((*(problem for _, problem in self._found), *more))


@dataclass(slots=True)
class Teller:
    """Says what was found in one column.

    Attributes
    ----------
    findings
        Where problems and notes go.
    place
        The place of a row's cell.
    position
        The column's position in its table.
    each
        Whether every repaired cell is noted by itself, as in a workbook that a person will look at; otherwise the
        first of each kind is, with how many more there are.
    text
        Whether the source holds nothing but text, so that a number as text is no news.
    """

    findings: Findings
    place: Callable[[int], Place]
    position: int
    each: bool = False
    text: bool = False
    _repeats: dict[str, tuple[int, int]] = field(default_factory=dict)

    def say(self, row: int, cell: Cell, raw: object, *, times: int = 1) -> None:
        """A cell that was refused or repaired, and `times` in all where others are alike."""
        if cell.problem is not None:
            problem = Problem(cell.problem, self.place(row), raw, cell.values)
            self.findings.add(problem, row, self.position)
        elif cell.note is not None and not (self.text and cell.note == "number-as-text"):
            first, count = self._repeats.get(cell.note, (row, 0))
            self._repeats[cell.note] = (first, count + times)
            if self.each or not count:
                note = Problem(cell.note, self.place(row), raw, cell.values, "note")
                self.findings.add(note, row, self.position)

    def finish(self) -> None:
        """How many more there were of each kind."""
        for code, (row, count) in self._repeats.items():
            if count > 1 and not self.each:
                values = {"more": count - 1, "code": code}
                note = Problem("more-alike", self.place(row), values=values, severity="note")
                self.findings.add(note, row, self.position)


def read_column(cells: Cells, spec: Input, input_id: str, teller: Teller) -> Column:
    """One column by its entry in the data dictionary; a refused cell counts as missing and is reported.

    Parameters
    ----------
    cells
        Shape (n,): an array of numbers or booleans, or a list of anything.
    spec
        The input's type, unit, bounds and choices.
    input_id
        The input's id.
    teller
        Takes what is found.

    Examples
    --------
    >>> from stationeval.framework.documents import Input
    >>> from stationeval.framework.values import Text
    >>> findings = Findings()
    >>> teller = Teller(findings, lambda row: Place(row=row), 0)
    >>> cases = read_column([12, None, "九"], Input(type="integer", label=Text(zh="个案数")), "cases", teller)
    >>> cases.values.tolist(), cases.missing.tolist(), findings.report().codes()
    ([12.0, nan, nan], [False, True, True], ('chinese-numeral',))
    """
    with np.errstate(all="ignore"):
        column = _read(cells, spec, input_id, teller)
    teller.finish()
    return column


def _read(cells: Cells, spec: Input, input_id: str, teller: Teller) -> Column:
    if isinstance(cells, np.ndarray):
        if cells.dtype.kind == "b" and spec.type == "boolean":
            return Column(input_id, cells)
        numbers = _native(cells) if spec.type in NUMERIC else None
        return (
            _one_by_one(cells.tolist(), spec, input_id, teller)
            if numbers is None
            else _checked(numbers, cells, spec, input_id, teller)
        )
    if spec.type in NUMERIC:
        kinds = set(map(type, cells))
        numbers = _plain(cells, kinds, texts=teller.text or not teller.each)
        if numbers is not None:
            if str in kinds and not teller.text:
                texts = [i for i, raw in enumerate(cells) if isinstance(raw, str) and raw]
                for i in texts[:1]:
                    teller.say(i, read_cell(cells[i], spec), cells[i], times=len(texts))
            return _checked(numbers, cells, spec, input_id, teller)
    return _one_by_one(cells, spec, input_id, teller)


def _native(numbers: Array) -> Array | None:
    """The array itself where it is float64 or int64; other numbers in one of these."""
    match numbers.dtype.kind, numbers.dtype.itemsize:
        case ("f", 8) | ("i", 8):
            return numbers
        case ("f", size) if size < 8:
            return numbers.astype(np.str_).astype(np.float64)
        case ("i", _):
            return numbers.astype(np.int64)
        case ("u", _) if not numbers.size or int(numbers.max()) < 2**63:
            return numbers.astype(np.int64)
        case _:
            return None


def _plain(cells: Sequence[Any], kinds: set[type], *, texts: bool) -> Array | None:
    """A list of plain numbers as float64, None as NaN; None if there is anything else among them.

    Text and decimals only up to 15 digits, which a float64 holds so that it prints as the same decimal.
    """
    if kinds <= {int, float, type(None)}:
        try:
            return np.array(cells, dtype=np.float64)
        except OverflowError:
            return None
    if not kinds <= ({str, Decimal, type(None)} if texts else {Decimal, type(None)}):
        return None
    written = list(cells) if kinds == {str} else ["" if raw is None else str(raw) for raw in cells]
    joined = "\n".join([*written, ""])
    if joined.count("\n") != len(written) or not _PLAIN.match(joined):
        return None
    return np.array([text or "nan" for text in written] if "" in written else written).astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Limits:
    """What makes a number worth a second look: below `low`, above `high`, not whole, a share, too many places."""

    low: float
    high: float
    whole: bool
    share: bool
    places: int | None

    @classmethod
    def of(cls, spec: Input) -> _Limits:
        low, high = _edge(Fraction(-LARGEST), 1, strict=True), _edge(Fraction(LARGEST), -1, strict=True)
        if isinstance(spec.min, Fraction):
            low = max(low, _edge(spec.min, 1))
        if isinstance(spec.more_than, Fraction):
            low = max(low, _edge(spec.more_than, 1, strict=True))
        if isinstance(spec.max, Fraction):
            high = min(high, _edge(spec.max, -1))
        return cls(low, high, spec.type == "integer", is_doubtful_share(spec), spec.places)


_KNOWN: dict[int, tuple[Input, _Limits]] = {}


def _limits(spec: Input) -> _Limits:
    """The limits of an entry of the data dictionary, kept while it lives at the same place."""
    held = _KNOWN.get(id(spec))
    if held is None or held[0] is not spec:
        if len(_KNOWN) > 4096:
            _KNOWN.clear()
        held = _KNOWN[id(spec)] = (spec, _Limits.of(spec))
    return held[1]


@lru_cache(maxsize=1024)
def _edge(bound: Fraction, inward: int, *, strict: bool = False) -> float:
    """The outermost float that is certainly within a bound: the bound itself only where its float is it exactly."""
    nearest = float(min(max(bound, Fraction(-10 * LARGEST)), Fraction(10 * LARGEST)))
    if not strict and Fraction(repr(nearest)) == bound:
        return nearest
    return float(np.nextafter(nearest, inward * np.inf))


def _suspects(x: Array, limits: _Limits) -> Mask | None:
    """Which numbers of a block are worth a second look; None if none is. NaN never is."""
    low, high = x.min(), x.max()
    gaps = bool(low != low)  # noqa: PLR0124  (NaN)
    if gaps:
        low, high = np.fmin.reduce(x), np.fmax.reduce(x)
    found: list[Mask] = []
    if low < limits.low:
        found.append(x < limits.low)
    if high > limits.high:
        found.append(x > limits.high)
    if limits.share and low <= 1 and high > 0:
        found.append((x > 0) & (x <= 1))
    if x.dtype.kind == "f":
        if limits.whole or limits.places is not None:
            odd = (np.floor(x) if limits.whole else np.round(x, limits.places or 0)) != x
            found.append(odd & (x == x) if gaps else odd)  # noqa: PLR0124
        elif low < TINY:
            found.append((np.abs(x) < TINY) & (x != 0))
    found = [mask for mask in found if mask.any()]
    return np.logical_or.reduce(found) if found else None


def _checked(numbers: Array, cells: Cells, spec: Input, input_id: str, teller: Teller) -> Column:
    """A column of plain numbers, of which only the suspects are read one by one."""
    limits = _limits(spec)
    missing = np.isnan(numbers) if numbers.dtype.kind == "f" and numbers.size and np.isnan(numbers.min()) else None
    refused: list[int] = []
    for start in range(0, len(numbers), BLOCK):
        suspects = _suspects(numbers[start : start + BLOCK], limits)
        for i in () if suspects is None else (np.flatnonzero(suspects) + start).tolist():
            cell = read_cell(cells[i], spec)
            teller.say(i, cell, cells[i])
            if cell.problem is not None:
                refused.append(i)
    if refused:
        missing = np.zeros(len(numbers), dtype=np.bool_) if missing is None else missing
        missing[refused] = True
    return Column(input_id, numbers, missing)


def _one_by_one(cells: Sequence[Any], spec: Input, input_id: str, teller: Teller) -> Column:
    values: list[Any] = []
    missing: list[int] = []
    overrides: dict[int, Fraction] = {}
    known: dict[tuple[type, object], Cell] = {}
    store, blank = _storage(spec)
    for i, raw in enumerate(cells):
        key = (type(raw), raw) if isinstance(raw, str | int | float) else None
        cell = known.get(key) if key else None
        if cell is None:
            cell = read_cell(raw, spec)
            if key:
                known[key] = cell
        if cell.note or cell.problem:
            teller.say(i, cell, raw)
        if cell.value is None:
            values.append(blank)
            missing.append(i)
            continue
        value = store(cell.value)
        values.append(value)
        if isinstance(value, float) and Fraction(repr(value)) != cell.value and isinstance(cell.value, Fraction):
            overrides[i] = cell.value
    dtype = {float: np.float64, bool: np.bool_, int: np.int64}.get(type(blank), np.object_)
    mask = None
    if missing:
        mask = np.zeros(len(values), dtype=np.bool_)
        mask[missing] = True
    return Column(input_id, np.array(values, dtype=dtype), mask, overrides)


def _storage(spec: Input) -> tuple[Callable[[Any], Any], Any]:
    """How a value is kept in an array, and what stands there where it is missing."""
    if spec.type in NUMERIC:
        return float, float("nan")
    if spec.type == "boolean":
        return bool, False
    if spec.type == "choice":
        return spec.choices.index, -1
    return str, ""
