"""Sheets as an Excel workbook that can be handed in: titles, banners, widths, number formats, print set-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import IO, Any, TypeAlias

from stationeval.exact import decimal_text
from stationeval.messages import Language, say
from stationeval.report.layout import NUMERIC, Cell, Column, Heading, Live, Sheet
from stationeval.report.typeset import width, wrap

Workbook: TypeAlias = Any
Worksheet: TypeAlias = Any
Format: TypeAlias = Any
"""XlsxWriter carries no types."""

Names: TypeAlias = Mapping[str, int]
"""Rows that a formula may name."""

MARK = "stationeval"
"""Author of every workbook written here; with the title it tells our own files from others."""

MOST_ROWS = 1_000_000
LONGEST_TEXT = 32_000
SAMPLE = 300
"""Rows that widths are measured on."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet might take for a formula."""

BODY, HEAD = "宋体", "黑体"
INK, FILL, RULE = "#1F2937", "#DCE6F1", "#B8C4D6"
WARNING = {"bg_color": "#FFF2CC", "font_color": "#7F4F00"}
GOOD, MIDDLING, BAD = ("#E2F0D9", "#375623"), ("#FFF2CC", "#7F6000"), ("#F8D7DA", "#842029")

LINE = 14.25
"""Height of a line of text in points."""

LEAST_TITLE = 90.0
"""Width that the lines above a table have at least."""

MOST_LINES = 20
WRAPPED = frozenset({"long", "code"})

_WIDEST = {"long": 50.0, "code": 44.0}
_LEAST = {"points": 6.0, "money": 9.0, "long": 16.0}


def write_workbook(
    stream: IO[bytes], heading: Heading, sheets: Sequence[Sheet], *, grades: Sequence[str], lang: Language
) -> None:
    """Write the sheets as one workbook; text stays text whatever it begins with.

    Parameters
    ----------
    stream
        Where the bytes go.
    heading
        What stands at the head of every sheet.
    sheets
        In order.
    grades
        The grades, best first, for their colours.
    lang
        Of the words that this function adds.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # it carries no types

    options = {
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "constant_memory": sum(len(sheet.rows) for sheet in sheets) > 20_000,
        "default_format_properties": {"font_name": BODY, "font_size": 10.5},
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties(
        {"title": heading.title, "subject": heading.signature, "author": MARK, "created": datetime(2021, 1, 1)}  # noqa: DTZ001
    )
    book.set_calc_mode("auto")
    styles = Styles(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), styles, heading, sheet, grades, lang)
    book.close()


@dataclass
class Styles:
    """The formats of a workbook, made once each."""

    book: Workbook
    made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def of(self, **properties: Any) -> Format:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(
                {"font_name": BODY, "font_size": 10.5, "valign": "vcenter", **properties}
            )
        return self.made[key]

    def pair(self, column: Column, *, strong: bool) -> tuple[Format, Format]:
        """The formats of a column's cells: usual, and for text that must stay text when somebody edits it."""
        properties = self._properties(column, strong=strong)
        return self.of(**properties), self.of(**properties, quote_prefix=True)

    def _properties(self, column: Column, *, strong: bool) -> dict[str, Any]:
        properties: dict[str, Any] = {"border": 1, "border_color": RULE, "font_color": INK}
        if column.kind in ("integer", "grade", "state"):
            properties |= {"align": "center", "num_format": "0" if column.kind == "integer" else "General"}
        elif column.kind in NUMERIC:
            properties |= {"num_format": number_format(column), "align": "right"}
        else:
            properties |= {"align": "left", "indent": 1, "text_wrap": column.kind in WRAPPED}
        if strong:
            properties |= {"bold": True, "bg_color": "#F3F6FA"}
        return properties


def number_format(column: Column) -> str:
    """The number format of a column, as Excel writes them, with a little room to the right."""
    digits = "." + "0" * column.places if column.places else ""
    match column.kind:
        case "money":
            return f"#,##0{digits}_ "
        case "points":
            return f"0{digits}_ "
        case "share":
            return f"0{digits}%_ "
        case _:
            return "General"


def _write(
    page: Worksheet, styles: Styles, heading: Heading, sheet: Sheet, grades: Sequence[str], lang: Language
) -> None:
    widths = _widths(sheet)
    last = len(sheet.columns) - 1
    top = 0
    spread = max(sum(widths), LEAST_TITLE)
    for text, style, height in _head_lines(styles, heading, sheet, spread):
        page.set_row(top, height)
        across = _across(widths)
        if across:
            page.merge_range(top, 0, top, across, "", style)
        page.write_string(top, 0, text, style)
        top += 1
    first = _header(page, styles, sheet, widths, top)
    for c, columns in enumerate(widths):
        page.set_column(c, c, columns)
    rows = sheet.rows[:MOST_ROWS]
    start = first + len(sheet.above)
    names = {"{top}": first + 1, "{first}": start + 1, "{last}": start + len(rows)}
    strong, usual = ([styles.pair(column, strong=yes) for column in sheet.columns] for yes in (True, False))
    wrapped = [c for c, column in enumerate(sheet.columns) if column.kind in WRAPPED]
    for row, cells in enumerate((*sheet.above, *rows), first):
        if wrapped:
            deepest = max(_lines(str(cells[c] or ""), widths[c]) for c in wrapped)
            page.set_row(row, 3 + LINE * min(deepest, MOST_LINES))
        _row(page, strong if row < start else usual, cells, row, names)
    if len(rows) < len(sheet.rows):
        more = say("sheet-more-rows", lang, more=len(sheet.rows) - len(rows))
        page.write_string(start + len(rows), 0, more, styles.of(bold=True))
    page.freeze_panes(first, sheet.frozen)
    if rows:
        if not sheet.above:
            page.autofilter(first - 1, 0, start + len(rows) - 1, last)
        _conditions(page, styles, sheet, start, start + len(rows) - 1, grades, lang)
    _print_setup(page, sheet, top, first - 1, lang)


def _across(widths: Sequence[float]) -> int:
    """The last column that a line above the table goes across: the table's own, or more where that is narrow."""
    last = len(widths) - 1
    return last + max(0, ceil((LEAST_TITLE - sum(widths)) / 8.43))


def _head_lines(styles: Styles, heading: Heading, sheet: Sheet, columns: float) -> Iterator[tuple[str, Format, float]]:
    yield f"{heading.title} {sheet.name}", styles.of(font_name=HEAD, font_size=15, bold=True, align="left"), 27.0
    yield heading.signature, styles.of(font_size=8, font_color="#6B7280"), 13.5
    for text, extra in (*((one, WARNING) for one in heading.warnings), *((one, {}) for one in sheet.remarks)):
        lines = len(wrap(text, max(40, int(columns * 0.92))))
        yield text, styles.of(text_wrap=True, **extra), 3 + LINE * lines


def _header(page: Worksheet, styles: Styles, sheet: Sheet, widths: Sequence[float], top: int) -> int:
    """Write the header, of two rows where columns share one; the row below it."""

    def style(**edges: int) -> Format:
        look = {"font_name": HEAD, "bold": True, "bg_color": FILL, "align": "center", "text_wrap": True}
        return styles.of(**look, border_color=RULE, left=1, right=1, **{"top": 1, "bottom": 1, **edges})

    row = top
    grouped = any(column.group for column in sheet.columns)
    c = 0
    for group, members in groupby(sheet.columns, key=lambda column: column.group) if grouped else ():
        n = len(list(members))
        if n > 1 and group:
            page.merge_range(row, c, row, c + n - 1, group, style())
        else:
            for k in range(c, c + n):
                page.write_string(row, k, group, style() if group else style(bottom=0))
        c += n
    row += grouped
    lines = [_lines(column.header, w) for column, w in zip(sheet.columns, widths, strict=True)]
    page.set_row(row, 7 + LINE * max(lines))
    for c, column in enumerate(sheet.columns):
        page.write_string(row, c, column.header, style() if column.group or not grouped else style(top=0))
    return row + 1


def _lines(text: str, columns: float) -> int:
    """Lines that a text takes in a column; a word that is longer than a line takes several."""
    room = max(1, int(columns - 1))
    return sum(max(1, ceil(width(line) / room)) for line in wrap(text, room))


def _row(
    page: Worksheet, looks: Sequence[tuple[Format, Format]], cells: Sequence[Cell], row: int, names: Names
) -> None:
    for c, ((plain, quoted), value) in enumerate(zip(looks, cells, strict=True)):
        match value:
            case None:
                page.write_blank(row, c, None, plain)
            case Live():
                formula = value.formula.replace("{row}", str(row + 1))
                for name, number in names.items():
                    formula = formula.replace(name, str(number))
                page.write_formula(row, c, formula, plain, value.value)
            case str():
                text = value if len(value) <= LONGEST_TEXT else value[: LONGEST_TEXT - 1] + "…"
                page.write_string(row, c, text, quoted if text.startswith(DANGEROUS) else plain)
            case _:
                page.write_number(row, c, float(value), plain)


def _widths(sheet: Sheet) -> list[float]:
    """Width of each column in characters, from its header and the first rows."""
    return [
        min(
            _WIDEST.get(column.kind, 24.0), max(_LEAST.get(column.kind, 6.0), _header_width(column), *_of(sheet, c)) + 2
        )
        for c, column in enumerate(sheet.columns)
    ]


def _header_width(column: Column) -> float:
    """A long header of a narrow column stands on two lines."""
    longest = max(width(line) for line in column.header.split("\n"))
    return longest if longest <= 8 else max(8.0, longest / 2 + 1)


def _of(sheet: Sheet, c: int) -> list[float]:
    column = sheet.columns[c]
    cells = [row[c] for row in (*sheet.above, *sheet.rows[:SAMPLE])]
    return [float(width(line)) for cell in cells for line in shown(cell, column).split("\n")]


def shown(value: Cell, column: Column) -> str:
    """A cell as its number format shows it."""
    if isinstance(value, Live):
        value = value.value
    if value is None or isinstance(value, str):
        return value or ""
    if column.kind == "integer":
        return str(int(value))
    if column.kind == "number":
        return decimal_text(Fraction(repr(value)) if isinstance(value, float) else Fraction(value))
    exact = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    if column.kind == "share":
        return decimal_text(exact * 100, column.places) + "%"
    text = decimal_text(exact, column.places)
    return f"{Decimal(text):,}" if column.kind == "money" else text


def _conditions(
    page: Worksheet, styles: Styles, sheet: Sheet, first: int, last: int, grades: Sequence[str], lang: Language
) -> None:
    """Colours of grades and states, which follow the cell when somebody edits it."""
    good, middling, bad = (
        styles.book.add_format({"bg_color": bg, "font_color": ink}) for bg, ink in (GOOD, MIDDLING, BAD)
    )
    for c, column in enumerate(sheet.columns):
        if column.kind == "grade" and grades:
            best, worst = grades[0], grades[-1]
            wanted = [(best, good), (worst, bad)] if len(grades) > 1 else []
        elif column.kind == "state":
            wanted = [
                (say("state-met", lang), good),
                (say("word-agrees", lang), good),
                (say("status-documented", lang), good),
                (say("state-not-met", lang), bad),
                (say("word-differs", lang), bad),
                (say("status-assumed", lang), middling),
                (say("state-cannot-tell", lang), middling),
            ]
        else:
            continue
        for text, style in wanted:
            quoted = text.replace('"', '""')
            page.conditional_format(
                first, c, last, c, {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": style}
            )


def _print_setup(page: Worksheet, sheet: Sheet, header: int, last_header: int, lang: Language) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header, last_header)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.set_footer(f"&L{sheet.name}&C{say('sheet-page', lang, page='&P', pages='&N')}")
    page.hide_gridlines(2)
