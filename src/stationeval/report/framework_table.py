"""A framework as a workbook that a person can edit and read back: nodes, inputs, and the rest as path and value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import IO, Any

from stationeval.errors import InputError, Place, Problem
from stationeval.framework.framework import Framework
from stationeval.framework.official.flat_columns import FACET_WORDS, INPUTS, NODES, REST, Column
from stationeval.framework.official.flat_writing import FlatTable, flat_table
from stationeval.framework.registry import load
from stationeval.framework.rules import KINDS
from stationeval.messages import Language, say
from stationeval.report.excel import DANGEROUS, FILL, HEAD, INK, MARK, RULE, Styles, Worksheet
from stationeval.report.export import check_output, write_whole
from stationeval.report.typeset import width, wrap

LINE = 14.25
MOST_LINES = 12

_WIDTHS: Mapping[str, float] = {
    "label": 30,
    "label_en": 26,
    "steps": 30,
    "quote": 44,
    "note": 30,
    "help": 36,
    "choices": 24,
    "aliases": 20,
    "evidence": 26,
    "path": 52,
    "value": 70,
    "input": 20,
    "code": 14,
    "locator": 16,
    "cite": 16,
    "unit": 8,
}
_WRAPPED = frozenset({"label", "label_en", "steps", "quote", "note", "help", "choices", "aliases", "evidence", "value"})
_HINTS: Mapping[str, str] = {
    "parent": "table-hint-parent",
    "points": "table-hint-points",
    "kind": "table-hint-kind",
    "input": "table-hint-input",
    "steps": "table-hint-steps",
    "status": "table-hint-status",
    "path": "table-hint-path",
    "value": "table-hint-value",
}


def framework_to_excel(framework: Framework | str | Path, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a framework as a workbook that `framework_from_excel` reads back to an equal one.

    One sheet has a row for each indicator and item, one the inputs, one everything else as path and value. The YAML
    file stays the master; the workbook is a way in.

    Parameters
    ----------
    framework : Framework, str or Path
        With what was amended and completed; or its id or file.
    path : str or Path
        Where to; `.xlsx`.
    overwrite : bool
        Whether an existing file may be replaced.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InputError
        If the file exists or cannot be written, or a text is longer than a cell can be. Nothing is written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     framework_to_excel("haining-sppe@2021", Path(folder) / "haining.xlsx").name
    'haining.xlsx'
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        values = {"suffix": path.suffix, "known": [".xlsx"]}
        raise InputError([Problem("output-suffix", Place(file=str(path)), values=values)])
    check_output(path, overwrite=overwrite)
    if not isinstance(framework, Framework):
        framework = load(framework)
    try:
        table = flat_table(framework.tree)
    except ValueError as error:
        values = {"reason": str(error)}
        raise InputError([Problem("table-text-too-long", Place(file=str(path)), values=values)]) from None
    whole = framework
    write_whole(path, lambda stream: _write(stream, whole, table))
    return path


def _write(stream: IO[bytes], framework: Framework, table: FlatTable) -> None:
    import xlsxwriter  # type: ignore[import-untyped]  # it carries no types

    lang: Language = "zh"
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    created = datetime(2021, 1, 1)  # noqa: DTZ001
    book.set_properties(
        {"title": framework.label(), "subject": framework.signature, "author": MARK, "created": created}
    )
    styles = Styles(book)
    nodes = _sheet(book, styles, say("sheet-table-nodes", lang), NODES, table.nodes, table.levels)
    _choices(nodes, len(table.nodes))
    if table.inputs:
        _sheet(book, styles, say("sheet-table-inputs", lang), INPUTS, table.inputs, ())
    rest: list[list[Any]] = [[path, value] for path, value in table.rest]
    _sheet(book, styles, say("sheet-table-rest", lang), REST, rest, ())
    book.close()


def _sheet(
    book: Any,
    styles: Styles,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    levels: Sequence[int],
) -> Worksheet:
    page = book.add_worksheet(name)
    look = {"font_name": HEAD, "bold": True, "bg_color": FILL, "align": "center", "border": 1, "border_color": RULE}
    head = styles.of(**look, text_wrap=True)
    page.set_row(0, 24)
    for c, column in enumerate(columns):
        page.set_column(c, c, _WIDTHS.get(column.key, 11.0))
        page.write_string(0, c, column.heads[0], head)
        if column.key in _HINTS:
            page.write_comment(0, c, say(_HINTS[column.key], "zh"), {"x_scale": 2, "y_scale": 1.4, "author": MARK})
    for r, cells in enumerate(rows, 1):
        level = levels[r - 1] if levels else 0
        page.set_row(r, 3 + LINE * min(MOST_LINES, _deepest(columns, cells)))
        for c, (column, value) in enumerate(zip(columns, cells, strict=True)):
            _cell(page, styles, r, c, column, value, level, strong=bool(levels) and level == 0)
    page.freeze_panes(1, 4 if levels else 1)
    if rows:
        page.autofilter(0, 0, len(rows), len(columns) - 1)
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.hide_gridlines(2)
    return page


def _deepest(columns: Sequence[Column], cells: Sequence[Any]) -> int:
    """Lines of the tallest cell of a row."""
    return max(
        (
            len(wrap(value, max(1, int(_WIDTHS.get(column.key, 11.0) - 2))))
            for column, value in zip(columns, cells, strict=True)
            if isinstance(value, str) and column.key in _WRAPPED and width(value) > 8
        ),
        default=1,
    )


def _cell(
    page: Worksheet, styles: Styles, row: int, c: int, column: Column, value: Any, level: int, *, strong: bool
) -> None:
    look: dict[str, Any] = {"border": 1, "border_color": RULE, "font_color": INK, "align": "left"}
    look |= {"text_wrap": True, "valign": "top"} if column.key in _WRAPPED else {"valign": "top"}
    look |= {"bold": True, "bg_color": "#F3F6FA"} if strong else {}
    if column.key in ("label", "code") and level:
        look["indent"] = min(level, 6)
    if value is None:
        page.write_blank(row, c, None, styles.of(**look))
    elif isinstance(value, int | Decimal):
        page.write_number(row, c, float(value), styles.of(**look))
    else:
        text = str(value)
        page.write_string(
            row, c, text, styles.of(**look, quote_prefix=True) if text.startswith(DANGEROUS) else styles.of(**look)
        )


def _choices(page: Worksheet, rows: int) -> None:
    """Lists to choose from where a column has a few words only; other entries stay possible."""
    codes = {
        "part": ("head-base", "head-bonus", "head-deductions"),
        "kind": tuple(f"kind-{kind}" for kind in KINDS),
        "facet": tuple(FACET_WORDS.values()),
        "status": ("status-documented", "status-inferred", "status-assumed"),
    }
    last = max(rows, 1) + max(200, ceil(rows / 2))
    for c, column in enumerate(NODES):
        if column.key in codes:
            listed = [say(code, "zh") for code in codes[column.key]]
            page.data_validation(1, c, last, c, {"validate": "list", "source": listed, "error_type": "information"})
