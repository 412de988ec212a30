"""Plain Python data and files as columns of cells: records, dicts of columns, JSON, workbooks, text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation.headers import Headers
from stationeval.evaluation.intake import Cells
from stationeval.evaluation.sheets import TEXTS, WORKBOOKS, Places, read_sheet
from stationeval.workbooks import MOST_BYTES, refused

PARQUET = frozenset({".parquet", ".pq"})
OLD = frozenset({".xls", ".xlt", ".et"})
KNOWN = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".json", ".parquet")


@dataclass(frozen=True)
class Source:
    """Columns of cells from anywhere: the array of a numeric column, the list of any other.

    Attributes
    ----------
    kind
        What the caller gave, as in `Table.kind`.
    headers
        The headers as written.
    rows
        How many rows there are.
    cells
        Gives a column by its position.
    places
        Where the cells stand.
    each
        Whether every repaired cell is worth a note of its own.
    text
        Whether the source can hold nothing but text.
    notes
        What was found while opening it.
    """

    kind: str
    headers: Sequence[str]
    rows: int
    cells: Callable[[int], Cells]
    places: Places = field(default_factory=Places)
    each: bool = False
    text: bool = False
    notes: Sequence[Problem] = ()


def from_columns(data: Mapping[Any, Any]) -> Source:
    """A dict of columns of equal length."""
    columns: list[Cells] = []
    for cells in data.values():
        if isinstance(cells, np.ndarray) and cells.ndim == 1 and cells.dtype.kind in "fiub":
            columns.append(cells)
        elif isinstance(cells, str) or not hasattr(cells, "__iter__"):
            raise not_a_table(cells)
        else:
            columns.append(list(cells))
    lengths = {str(name): len(cells) for name, cells in zip(data, columns, strict=True)}
    if len(set(lengths.values())) > 1:
        values = {"lengths": [f"{name} {length}" for name, length in lengths.items()]}
        raise InputError([Problem("columns-uneven", values=values)])
    return Source("pandas", list(lengths), next(iter(lengths.values()), 0), columns.__getitem__)


def from_records(data: Sequence[Any], *, file: str | None = None) -> Source:
    """A list of dicts; what a record does not have is missing there."""
    for record in data:
        if not isinstance(record, Mapping):
            raise not_a_table(record)
    names = list(dict.fromkeys(name for record in data for name in record))
    columns = [[record.get(name) for record in data] for name in names]
    kind = "records" if file is None else "pandas"
    return Source(kind, list(map(str, names)), len(data), columns.__getitem__, Places(file))


def from_file(path: Path, headers: Headers, sheet: str | None) -> Source | None:
    """A file by its suffix; None for parquet, which needs a library of frames."""
    suffix = path.suffix.lower()
    if "\0" in str(path):
        raise refused(path, "data-not-found")
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refused(path, "data-type-unknown", suffix="/", known=KNOWN)
        if not size:
            raise refused(path, "data-empty")
        if size > MOST_BYTES and suffix not in PARQUET:
            raise refused(path, "data-too-large", size=size, limit=MOST_BYTES)
        if suffix in PARQUET:
            return None
        if suffix in WORKBOOKS | TEXTS:
            raw = read_sheet(path, headers, sheet=sheet)
            rows = len(raw.places.rows or ())
            text = suffix in TEXTS
            return Source("pandas", raw.headers, rows, raw.columns.__getitem__, raw.places, True, text, raw.notes)
        if suffix == ".json":
            return from_records(_json(path), file=path.name)
    except FileNotFoundError:
        raise refused(path, "data-not-found") from None
    except OSError as error:
        raise refused(path, "data-unreadable", reason=error.strerror or type(error).__name__) from None
    if suffix in OLD:
        raise refused(path, "old-workbook")
    raise refused(path, "data-type-unknown", suffix=suffix, known=KNOWN)


def not_a_table(data: object) -> InputError:
    """The error for what is no table."""
    return InputError([Problem("data-not-a-table", values={"kind": type(data).__name__})])


def _json(path: Path) -> Sequence[Any]:
    """The records of a JSON file; a number that a float would not hold as written becomes a decimal."""

    def number(text: str) -> float | Decimal:
        return float(text) if len(text) <= 16 and "e" not in text.lower() else Decimal(text)

    def record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(name for i, (name, _) in enumerate(pairs) if name in dict(pairs[:i]))
            raise ValueError(f"duplicate key: {twice}")
        return found

    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=number, object_pairs_hook=record)
    except (ValueError, ArithmeticError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        problem = Problem("json-malformed", Place(file=path.name, line=line), values={"reason": str(error)[:200]})
        raise InputError([problem]) from None
    if not isinstance(data, list) or not all(isinstance(record, dict) for record in data):
        raise refused(path, "json-not-records")
    return data
