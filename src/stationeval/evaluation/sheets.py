"""A file as people send it, as columns of raw cells: finds the header, skips what is no station."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation.headers import Headers
from stationeval.workbooks import MOST_BYTES, Grid, Range, column_letters, read_workbook, refused
from stationeval.writing import is_unit, name_key

DEPTH = 20
"""How many rows from the top the header is looked for."""

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
TEXTS = frozenset({".csv", ".tsv", ".txt"})

_TOTAL = re.compile(
    r"(?:全市|全县|全区)?(?:合计|总计|小计|共计|平均|平均值|平均数|均值|汇总|总数|total|average|sum)[:：]?\Z"
)
_REMARK = re.compile(r"(?:注|备注|说明|填表|制表|审核|单位负责人|联系|数据来源|note|remark)")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the cells of a table stand: in a file by sheet and cell, in a frame by the number of the row from 0.

    Attributes
    ----------
    file, sheet
        The file's name and the sheet's; a frame has neither.
    rows
        The row numbers in the sheet, from 1; None where rows simply count from 0.
    letters
        The letters of each column.
    header
        The row number of the header.
    """

    file: str | None = None
    sheet: str | None = None
    rows: tuple[int, ...] | None = None
    letters: tuple[str, ...] = ()
    header: int | None = None

    def at(self, row: int | None, column: int | None = None) -> Place:
        """The place of a cell by its position in the table; `row=None` is the header."""
        number = self.header if row is None else row if self.rows is None else self.rows[row]
        inside = column is not None and column < len(self.letters)
        cell = f"{self.letters[column]}{number}" if inside and column is not None else None
        return Place(file=self.file, sheet=self.sheet, cell=cell, row=number)


@dataclass(frozen=True, slots=True)
class RawTable:
    """Columns of raw cells, None where a cell is blank, each with its header as written.

    Attributes
    ----------
    headers
        The headers, as written, in the order of the sheet.
    columns
        The cells of each column, one for each row of `places`.
    places
        Where the cells came from.
    notes
        What was skipped and repaired on the way, and what is wrong with single rows.
    """

    headers: tuple[str, ...]
    columns: tuple[list[Any], ...]
    places: Places
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    score: int
    top: int
    depth: int
    texts: tuple[str, ...]

    @property
    def bottom(self) -> int:
        return self.top + self.depth - 1


def read_sheet(path: Path, headers: Headers, *, sheet: str | None = None) -> RawTable:
    """Read the table of stations from a workbook or a text file.

    Parameters
    ----------
    path
        An .xlsx, .xlsm, .csv or .tsv file.
    headers
        The headers to look for.
    sheet
        The sheet's name; without it the one whose header matches best.

    Raises
    ------
    InputError
        If the file cannot be read, no header is found, or two sheets match equally well.
    """
    notes: list[Problem] = []
    if path.suffix.lower() in WORKBOOKS:
        grid, header = _choose(path, read_workbook(path), headers, sheet, notes)
    else:
        grid = _read_text(path, notes)
        header = _header(grid, headers)
    if not header.score:
        place = Place(file=path.name, sheet=grid.name)
        raise InputError([Problem("no-header", place, values={"rows": DEPTH})])
    return _table(path.name, grid, header, headers, notes)


def _choose(
    path: Path, grids: list[Grid], headers: Headers, sheet: str | None, notes: list[Problem]
) -> tuple[Grid, _Header]:
    names = [grid.name for grid in grids]
    if sheet is not None:
        for grid in grids:
            if grid.name == sheet:
                return grid, _header(grid, headers)
        raise refused(path, "sheet-not-found", sheet=sheet, sheets=names)
    shown = [grid for grid in grids if not grid.hidden] or grids
    if not any(grid.rows for grid in shown):
        raise refused(path, "data-empty")
    found = sorted(((_header(grid, headers), grid) for grid in shown), key=lambda pair: -pair[0].score)
    header, best = found[0]
    alike = [grid.name for other, grid in found if other.score == header.score]
    if header.score and len(alike) > 1:
        raise refused(path, "sheets-alike", sheets=alike)
    notes += [
        Problem(
            "sheet-ignored",
            Place(file=path.name, sheet=grid.name),
            values={"sheet": grid.name},
            severity="note",
        )
        for grid in grids
        if grid is not best and grid.rows
    ]
    return best, header


def _read_text(path: Path, notes: list[Problem]) -> Grid:
    text = _decode(path, notes)
    if not text.strip():
        raise refused(path, "data-empty")
    start = text[: text.find("\n", 4000)] if len(text) > 4000 else text
    delimiter = "\t" if path.suffix.lower() == ".tsv" else max(",\t;", key=start.count)
    rows: list[list[Any]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows.extend(reader)
    except csv.Error as error:
        place = Place(file=path.name, line=reader.line_num)
        raise InputError([Problem("csv-malformed", place, values={"reason": str(error)})]) from None
    return Grid(None, rows)


def _decode(path: Path, notes: list[Problem]) -> str:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise refused(path, "data-too-large", size=size, limit=MOST_BYTES)
    data = path.read_bytes()
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "utf-8-sig":
            place = Place(file=path.name)
            notes.append(Problem("encoding-read", place, values={"encoding": encoding}, severity="note"))
        return text
    raise refused(path, "data-encoding-unknown")


def _header(grid: Grid, headers: Headers) -> _Header:
    """The row, or pair of rows, that names the most known columns; the first of equals, one before two."""
    best = _Header(0, 0, 1, ())
    for top in range(min(DEPTH, len(grid.rows))):
        for depth in (1, 2):
            texts = _texts(grid, top, depth, headers)
            score = len({(found.role, found.id) for text in texts if text and (found := headers.find(text))})
            if (score, -depth) > (best.score, -best.depth):
                best = _Header(score, top, depth, texts)
    return best


def _texts(grid: Grid, top: int, depth: int, headers: Headers) -> tuple[str, ...]:
    upper = [_word(cell) for cell in grid.rows[top]]
    if depth == 1:
        return tuple(upper)
    if top + 1 >= len(grid.rows):
        return ()
    for r1, c1, _, c2 in grid.merges:
        if r1 == top and c1 < len(upper):
            upper[c1 : c2 + 1] = [upper[c1]] * (min(c2 + 1, len(upper)) - c1)
    lower = [_word(cell) for cell in grid.rows[top + 1]]
    lower += [""] * (len(upper) - len(lower))
    upper += [""] * (len(lower) - len(upper))
    return tuple(
        b if b and (headers.find(b) or not headers.find(a + b)) else a + b for a, b in zip(upper, lower, strict=True)
    )


def _word(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _table(file: str, grid: Grid, header: _Header, headers: Headers, notes: list[Problem]) -> RawTable:
    found = [headers.find(text) if text else None for text in header.texts]
    named = [c for c, text in enumerate(header.texts) if text]
    inputs = [c for c in named if (hit := found[c]) and hit.role == "input"]
    labels = [c for c in named if c not in inputs]
    stations = sorted((hit.rank, c) for c in named if (hit := found[c]) and hit.role == "station")
    station = stations[0][1] if stations else None

    def place(row: int, column: int | None = None) -> Place:
        cell = None if column is None else f"{column_letters(column)}{row + 1}"
        return Place(file=file, sheet=grid.name, cell=cell, row=row + 1)

    def note(code: str, row: int, value: object = None) -> None:
        notes.append(Problem(code, place(row), value, severity="note"))

    for row in grid.rows:
        row[:] = [None if cell == "" or (isinstance(cell, str) and cell.isspace()) else cell for cell in row]
    width = len(header.texts)
    for r in range(header.top):
        if (title := _first(grid.rows[r])) is not None:
            note("title-skipped", r, title)
    for merge in grid.merges:
        if merge[0] > header.bottom and (said := _unmerge(grid, merge, inputs, labels, place)):
            notes.append(said)
    wide = {r1 for r1, c1, r2, c2 in grid.merges if r1 == r2 and c2 - c1 > 1}
    last = max((r for r, row in enumerate(grid.rows) if _first(row) is not None), default=-1)
    kept: list[int] = []
    for r in range(header.bottom + 1, last + 1):
        code = _skip(grid.rows[r], header, station, inputs, first=r == header.bottom + 1, wide=r in wide)
        if code is not None:
            note(code, r, _first(grid.rows[r]))
            continue
        kept.append(r)
        if r in grid.hidden_rows:
            note("row-hidden", r)
        if more := sum(cell is not None for cell in grid.rows[r][width:]):
            notes.append(Problem("csv-extra-fields", place(r), values={"more": more}))
    columns = list(zip_longest([None] * width, *(grid.rows[r] for r in kept)))
    for c, text in enumerate(header.texts):
        if not text and _first(columns[c]) is not None:
            notes.append(Problem("column-without-header", place(header.bottom, c), severity="note"))
    places = Places(file, grid.name, tuple(r + 1 for r in kept), tuple(map(column_letters, named)), header.bottom + 1)
    cells = tuple(list(columns[c][1:]) for c in named)
    return RawTable(tuple(header.texts[c] for c in named), cells, places, tuple(notes))


def _skip(
    row: Sequence[Any],
    header: _Header,
    station: int | None,
    inputs: Sequence[int],
    *,
    first: bool,
    wide: bool,
) -> str | None:
    """The code of why a row is no station's; None if it is one."""
    label = _first(row)
    if label is None:
        return "row-is-blank"
    name = row[station] if station is not None and station < len(row) else None
    key = name_key(name if isinstance(name, str) else label if name is None and isinstance(label, str) else "")
    if _TOTAL.match(key):
        return "row-is-total"
    if station is not None and key == name_key(header.texts[station]):
        return "row-is-header"
    if not (first or wide or name is None or _REMARK.match(key)):
        return None
    values = [row[c] for c in inputs if c < len(row) and row[c] is not None]
    alone = sum(cell is not None for cell in row) == 1 and (wide or name is None)
    if key and not values and (alone or _REMARK.match(key)):
        return "row-is-remark"
    words = [value for value in values if isinstance(value, str) and not any(map(str.isdigit, value))]
    if first and (name is None or key == "单位") and words == values:
        return "row-is-units" if any(is_unit(word.strip("()（）")) for word in words) else None
    return None


def _unmerge(
    grid: Grid, merge: Range, inputs: Sequence[int], labels: Sequence[int], place: Callable[[int, int], Place]
) -> Problem | None:
    """Give a name merged down several rows to each of them; refuse a value that is."""
    top, column, bottom, _ = merge
    if top == bottom or bottom >= len(grid.rows) or (value := grid.rows[top][column]) is None:
        return None
    values = {"range": f"{column_letters(column)}{top + 1}:{column_letters(merge[3])}{bottom + 1}"}
    if column in inputs:
        return Problem("merged-cells", place(top, column), value, values)
    if column not in labels:
        return None
    for row in grid.rows[top + 1 : bottom + 1]:
        row[column] = value
    return Problem("merged-label", place(top, column), value, values, "note")


def _first(cells: Sequence[Any]) -> object:
    return next((cell for cell in cells if cell is not None), None)
