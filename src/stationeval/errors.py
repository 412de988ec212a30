"""What can go wrong, as data: a problem has a code, a place, the value found, and what to do.

```
StationevalError
├─ FrameworkError(ValueError)        problems in a framework, completion or amendment
│  ├─ FrameworkSyntaxError           not the strict subset of YAML
│  ├─ FrameworkSchemaError           not the vocabulary, or at odds with itself
│  ├─ AmendmentError                 a change that does not fit its parent
│  └─ CompletionError                a filling that does not fit its framework
├─ FrameworkNotFound(LookupError)    no such id, edition, revision or completion here
├─ IncompleteFramework(ValueError)   asked to compute from what is unknown
├─ NotInFramework(ValueError)        asked for what this framework does not define
└─ InputError(ValueError)            problems in the data
```

Every one carries a `report`: all problems at once, in Chinese or English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from stationeval.messages import Language, message, phrase

Path: TypeAlias = tuple[str | int, ...]
"""A place in the tree of a document: `("dimensions", "standard", "points")`."""


def dotted(path: Path) -> str:
    """Write a path as people do: `dimensions.standard.bands[0].points`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a problem is: in a text (file, line, column, path) or in a table (sheet, cell, row, column)."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: Path = ()
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    input: str | None = None
    station: str | None = None

    def __str__(self) -> str:
        parts: list[str] = []
        if self.file is not None:
            at = "" if self.line is None else f":{self.line}:{self.column or 1}"
            parts.append(f"{self.file}{at}")
        if self.sheet is not None:
            parts.append(self.sheet)
        if self.cell is not None:
            parts.append(self.cell)
        elif self.row is not None:
            parts.append(f"[{self.row}]")
        if self.path:
            parts.append(dotted(self.path))
        if self.station is not None:
            parts.append(self.station)
        if self.input is not None and not self.path:
            parts.append(self.input)
        return " ".join(parts)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or (`note`) read safely but worth saying.

    `code` names the kind, `values` fill the message of that code; `why` and `hint` give it in words.
    """

    code: str
    place: Place = NOWHERE
    value: Any = None
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: Literal["error", "note"] = "error"

    def why(self, lang: Language = "zh") -> str:
        """What is wrong, in a sentence."""
        return phrase(message(self.code).why, lang, self.values)

    def hint(self, lang: Language = "zh") -> str:
        """What to do about it; empty where nothing useful can be said."""
        return phrase(message(self.code).hint, lang, self.values)

    def to_dict(self, lang: Language = "zh") -> dict[str, Any]:
        """A row of the report, ready for JSON or a table."""
        return {
            "severity": self.severity,
            "code": self.code,
            "place": str(self.place),
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "path": dotted(self.place.path) or None,
            "sheet": self.place.sheet,
            "cell": self.place.cell,
            "row": self.place.row,
            "station": self.place.station,
            "input": self.place.input,
            "value": None if self.value is None else str(self.value),
            "why": self.why(lang),
            "hint": self.hint(lang),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """Every problem found, in the order of their places; `errors` stop the work, `notes` do not."""

    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the work."""
        return tuple(p for p in self.problems if p.severity == "error")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What was read safely but is worth saying."""
        return tuple(p for p in self.problems if p.severity == "note")

    @property
    def ok(self) -> bool:
        """Whether nothing stops the work."""
        return not self.errors

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)

    def __add__(self, other: Report) -> Report:
        return Report(self.problems + other.problems)

    def codes(self) -> tuple[str, ...]:
        """The codes, in order."""
        return tuple(p.code for p in self.problems)

    def to_dict(self, lang: Language = "zh") -> list[dict[str, Any]]:
        """All problems as rows, ready for JSON or a data frame."""
        return [p.to_dict(lang) for p in self.problems]

    def to_text(self, lang: Language = "zh", *, limit: int = 100) -> str:
        """All problems as lines; past `limit` it says how many more there are."""
        lines = [phrase(message("report-count").why, lang, self._count())]
        for p in (*self.errors, *self.notes)[:limit]:
            found = "" if p.value is None else f" ({str(p.value)[:80]})"
            hint = p.hint(lang)
            arrow = f"\n    → {hint}" if hint else ""
            mark = "✗" if p.severity == "error" else "·"
            lines.append(f"{mark} {p.place}{found} [{p.code}] {p.why(lang)}{arrow}")
        if len(self) > limit:
            lines.append(phrase(message("report-more").why, lang, {"more": len(self) - limit}))
        return "\n".join(lines)

    def _count(self) -> dict[str, int]:
        return {"errors": len(self.errors), "notes": len(self.notes)}

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from html import escape

        head = ("place", "value", "code", "why", "hint")
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(str(row[k] or ''))}</td>" for k in head) + "</tr>"
            for row in self.to_dict()[:500]
        )
        labels = "".join(
            f"<th>{escape(phrase(message('report-columns').why, 'zh', {}).split('|')[i])}</th>"
            for i in range(len(head))
        )
        caption = escape(phrase(message("report-count").why, "zh", self._count()))
        return f"<table><caption>{caption}</caption><tr>{labels}</tr>{rows}</table>"


class StationevalError(Exception):
    """Any error of this library; `report` holds every problem."""

    def __init__(self, problems: Report | Iterable[Problem]) -> None:
        self.report = problems if isinstance(problems, Report) else Report(tuple(problems))
        super().__init__(self.report)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the report."""
        return self.report.problems

    def __str__(self) -> str:
        return self.report.to_text()


class FrameworkError(StationevalError, ValueError):
    """A framework, completion or amendment cannot be used as it is written."""


class FrameworkSyntaxError(FrameworkError):
    """The text is not the strict subset of YAML."""


class FrameworkSchemaError(FrameworkError):
    """The text is not the vocabulary, or is at odds with itself."""


class AmendmentError(FrameworkError):
    """A change does not fit its parent."""


class CompletionError(FrameworkError):
    """A filling does not fit its framework."""


class FrameworkNotFound(StationevalError, LookupError):  # noqa: N818  (reads as a sentence: raise FrameworkNotFound)
    """No such id, edition, revision or completion in this installation."""


class IncompleteFramework(StationevalError, ValueError):  # noqa: N818
    """Asked to compute from what the framework leaves unknown."""


class NotInFramework(StationevalError, ValueError):  # noqa: N818
    """Asked for what this framework does not define."""


class InputError(StationevalError, ValueError):
    """The data cannot be evaluated as they are."""
