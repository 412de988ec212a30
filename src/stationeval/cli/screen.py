"""What a command shows: tables, problems, JSON; with colours only where a person looks at a terminal."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TextIO

from stationeval.errors import Place, Problem, Report
from stationeval.messages import Language, say
from stationeval.report.layout import NUMERIC

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from stationeval.report.layout import Sheet

PATIENCE = 2.0
"""Seconds of work before a sign of life is shown."""

MOST_NOTES = 12
MOST_ERRORS = 200

MOST_ROWS = 200
"""Rows of a result that a terminal shows; the file has them all."""

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Screen:
    """How a command speaks: its language, and whether to people or to programs."""

    lang: Language
    json: bool = False
    debug: bool = False

    def say(self, code: str, **values: Any) -> str:
        """A phrase by its code."""
        return say(code, self.lang, **values)

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one line."""
        return ("、" if self.lang == "zh" else ", ").join(items)

    def emit(self, data: Any) -> None:
        """The answer for a program."""
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")

    def line(self, text: str = "", *, style: str = "", error: bool = False) -> None:
        """A line for a person."""
        if not style:
            (sys.stderr if error else sys.stdout).write(text + "\n")
            return
        from rich.text import Text

        self.show(Text(text, style), error=error)

    def show(self, thing: RenderableType, *, error: bool = False) -> None:
        """A table or tree; as wide as it needs to be where nobody looks at a terminal."""
        stream = sys.stderr if error else sys.stdout
        console = _console(stream)
        if not console.is_terminal:
            from rich.measure import Measurement

            widest = Measurement.get(console, console.options.update(max_width=100_000), thing).maximum
            console.width = max(20, min(widest, 100_000))
        console.print(thing)

    def table(
        self, columns: Sequence[tuple[str, Align]], rows: Sequence[Sequence[str | Text]], *, lines: bool = False, title: str = ""
    ) -> None:
        """A table; text in it is text, whatever brackets it holds."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, show_lines=lines, pad_edge=False, title=title or None, title_justify="left")
        for header, align in columns:
            table.add_column(Text(header, "bold"), justify=align, overflow="fold")
        for row in rows:
            table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
        self.show(table)

    def sheet(self, sheet: Sheet, *, best: str = "", worst: str = "") -> None:
        """A sheet of a result as a table, its best and worst grade in colours."""
        from rich.text import Text

        from stationeval.report.excel import shown

        columns: list[tuple[str, Align]] = []
        for column in sheet.columns:
            align: Align = "center" if column.kind == "grade" else "right" if column.kind in NUMERIC else "left"
            columns.append((column.header, align))
        rows = [
            [
                Text(shown(cell, column), _grade_style(cell, best, worst) if column.kind == "grade" else "")
                for cell, column in zip(row, sheet.columns, strict=True)
            ]
            for row in sheet.rows[:MOST_ROWS]
        ]
        self.table(columns, rows)
        if len(sheet.rows) > MOST_ROWS:
            self.line(self.say("cli-more-rows", more=len(sheet.rows) - MOST_ROWS))

    def refuse(self, report: Report) -> None:
        """Everything that is wrong, as one table on the error stream, or as JSON."""
        if self.json:
            self.emit({"ok": False, "problems": report.to_dict(self.lang)})
            return
        counts = {"errors": len(report.errors), "notes": len(report.notes)}
        self.line(self.say("report-count", **counts), style="bold red", error=True)
        self.problems(report.errors, error=True, limit=MOST_ERRORS)

    def problems(self, problems: Sequence[Problem], *, error: bool = False, limit: int) -> None:
        """Problems as a table: place, value, why, what to do, code; says how many more there are than the limit."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False)
        hints = any(problem.hint(self.lang) for problem in problems)
        values = any(problem.value is not None for problem in problems)
        table.add_column(Text(self.say("head-place"), "bold"), overflow="fold", min_width=10)
        if values:
            table.add_column(Text(self.say("head-value"), "bold"), overflow="fold", max_width=24)
        table.add_column(Text(self.say("head-reason"), "bold"), overflow="fold", ratio=3)
        if hints:
            table.add_column(Text(self.say("head-hint"), "bold"), overflow="fold", ratio=3)
        table.add_column(Text(self.say("head-code"), "bold"), overflow="fold", style="dim")
        for problem in problems[:limit]:
            cells = [Text(where(problem.place), "cyan")]
            if values:
                cells.append(Text("" if problem.value is None else str(problem.value)[:80], "yellow"))
            cells.append(Text(problem.why(self.lang)))
            if hints:
                cells.append(Text(problem.hint(self.lang), "green"))
            table.add_row(*cells, Text(problem.code))
        self.show(table, error=error)
        if len(problems) > limit:
            self.line(self.say("cli-more-problems", more=len(problems) - limit), error=error)

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """A sign of life on the error stream while work takes longer than anybody expects."""
        console = _console(sys.stderr)
        if self.json or not console.is_terminal:
            yield
            return
        status = console.status(what)
        timer = threading.Timer(PATIENCE, status.start)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            status.stop()


def _grade_style(grade: object, best: str, worst: str) -> str:
    return "green" if grade == best else "red" if grade == worst else ""


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False)


def where(place: Place) -> str:
    """A place as people point at it: `采集表!D7 盐官镇`, or file, line and column."""
    if place.cell is not None:
        at = f"{place.sheet}!{place.cell}" if place.sheet else place.cell
        return at if place.station is None else f"{at} {place.station}"
    return str(place)
