"""What a command shows: tables, problems, JSON; with colours only where a person looks at a terminal."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TextIO

from stationeval.cli.columns import Align, Branch, Lines, lay_out
from stationeval.errors import Place, Problem, Report
from stationeval.messages import Language, say
from stationeval.report.layout import NUMERIC
from stationeval.report.typeset import visible, wrap

if TYPE_CHECKING:
    from rich.console import Console

    from stationeval.report.layout import Sheet

PATIENCE = 2.0
"""Seconds of work before a sign of life is shown."""

UNBOUNDED = 100_000
"""Columns where nobody looks at a terminal."""

NARROW = 110
"""Columns below which the code of a problem stands under its place."""

LONGEST_PLACE = 26
"""Columns of a place that is still kept in one line."""

MOST_PLACES = 3
MOST_ERRORS = 200

MOST_ROWS = 200
"""Rows of a result that a terminal shows; the file has them all."""


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
        """A sentence for a person; in a terminal it breaks where a sentence may."""
        stream = sys.stderr if error else sys.stdout
        text = "\n".join(map(visible, text.split("\n")))
        if not stream.isatty():
            stream.write(text + "\n")
            return
        console = _console(stream)
        for line in wrap(text, console.width):
            self._pieces(console, [(line, style)])

    def tree(self, tree: Branch) -> None:
        """A tree, every line broken where it may be and set under its branch."""
        console = _console(sys.stdout)
        for pieces in tree.lines(_available(console)):
            self._pieces(console, pieces)

    def table(
        self,
        columns: Sequence[tuple[str, Align]],
        rows: Sequence[Sequence[str | Lines]],
        *,
        whole: Collection[int] = (),
        error: bool = False,
    ) -> None:
        """A table; the cells of the columns in `whole` are never broken into lines."""
        console = _console(sys.stderr if error else sys.stdout)
        cells = [[Lines(((cell, ""),)) if isinstance(cell, str) else cell for cell in row] for row in rows]
        console.print()
        for pieces in lay_out(columns, cells, available=_available(console), whole=whole):
            self._pieces(console, pieces)
        console.print()

    def _pieces(self, console: Console, pieces: Sequence[tuple[str, str]]) -> None:
        from rich.text import Text

        line = Text.assemble(*pieces)
        line.rstrip()
        console.print(line, soft_wrap=True)

    def sheet(self, sheet: Sheet, grades: Sequence[str]) -> None:
        """A sheet of a result as a table, the best and worst of the grades in colours."""
        from stationeval.report.excel import shown

        columns: list[tuple[str, Align]] = []
        for column in sheet.columns:
            align: Align = "center" if column.kind == "grade" else "right" if column.kind in NUMERIC else "left"
            columns.append((column.header, align))
        rows: list[list[str | Lines]] = [
            [
                Lines(((shown(cell, column), _grade_style(cell, grades) if column.kind == "grade" else ""),))
                for cell, column in zip(row, sheet.columns, strict=True)
            ]
            for row in sheet.rows[:MOST_ROWS]
        ]
        self.table(columns, rows, whole={c for c, column in enumerate(sheet.columns) if column.kind != "long"})
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
        shown = problems[:limit]
        hints = any(problem.hint(self.lang) for problem in shown)
        values = any(problem.value is not None for problem in shown)
        narrow = _available(_console(sys.stderr if error else sys.stdout)) < NARROW
        kept = [True, values, True, hints, not narrow]
        codes = ("head-place", "head-value", "head-reason", "head-hint", "head-code")
        heads: list[tuple[str, Align]] = [
            (self.say(code), "left") for code, keep in zip(codes, kept, strict=True) if keep
        ]
        rows: list[list[Lines]] = []
        for problem in shown:
            code = (problem.code, "dim")
            place = (where(problem.place, self.lang), "cyan")
            if narrow and problem.place.cell is not None:
                cell = where(replace(problem.place, station=None), self.lang)
                station = ((problem.place.station, "cyan"),) if problem.place.station else ()
                places = ((cell, "cyan"), *station, code)
            else:
                places = (place, code) if narrow else (place,)
            cells = (
                Lines(places),
                Lines((("" if problem.value is None else str(problem.value)[:80], "yellow"),)),
                Lines(((problem.why(self.lang), ""),)),
                Lines(((problem.hint(self.lang), "green"),)),
                Lines((code,)),
            )
            rows.append([cell for cell, keep in zip(cells, kept, strict=True) if keep])
        widest = max((row[0].widest for row in rows), default=0)
        whole = ({0} if widest <= LONGEST_PLACE else set()) | (set() if narrow else {len(heads) - 1})
        self.table(heads, rows, whole=whole, error=error)
        if len(problems) > limit:
            self.line(self.say("cli-more-problems", more=len(problems) - limit), error=error)

    def notes(self, notes: Sequence[Problem]) -> None:
        """Notes on cells by kind, with an example in words and the first places; the others one by one."""
        kinds: dict[tuple[str, str], list[Problem]] = {}
        for note in notes:
            in_cell = note.place.cell is not None or note.place.row is not None
            kinds.setdefault((note.code, "" if in_cell else note.why(self.lang)), []).append(note)
        rows: list[list[str | Lines]] = []
        for alike in kinds.values():
            places = [place for note in alike if (place := where(replace(note.place, station=None), self.lang))]
            more = ["…"] if len(places) > MOST_PLACES else []
            rows.append([str(len(alike)), alike[0].why(self.lang), self.listed(places[:MOST_PLACES] + more)])
        heads: list[tuple[str, Align]] = [(self.say("head-count"), "right")]
        heads.append((self.say("head-example"), "left"))
        heads.append((self.say("head-place"), "left"))
        self.table(heads, rows)

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


def _grade_style(grade: object, grades: Sequence[str]) -> str:
    return "green" if grade == grades[0] else "red" if grade == grades[-1] else ""


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False)


def _available(console: Console) -> int:
    return console.width if console.is_terminal else UNBOUNDED


def where(place: Place, lang: Language) -> str:
    """A place as people point at it: `采集表!D7 盐官镇`, or file, line and column."""
    at = place.cell or ("" if place.row is None else say("where-row", lang, row=place.row))
    if not at:
        return str(place if place.sheet is None else replace(place, file=None))
    inside = f"{place.sheet}!{at}" if place.sheet else at
    return inside if place.station is None else f"{inside} {place.station}"
