"""Everything that is wrong with the text of a framework file, and where each of its values stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from stationeval.errors import Path, Place, Problem
from stationeval.framework.scalars import MAX_TEXT, DoubtfulError, plain_key, plain_value
from stationeval.framework.syntax import diagnose

MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_PROBLEMS = 1_000
MAX_RESTARTS = 100

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
_TAB_INDENT = re.compile(r" *(\t)")
_SECTION = re.compile(r"[\w\"'][^#]*?(?::(?:\s|$)|：)")
_OF_CHARACTERS = frozenset({"yaml-hidden-character", "yaml-tab"})
_BEFORE_AN_ERROR = frozenset(
    {
        "yaml-empty-value",
        "yaml-fullwidth-bracket",
        "yaml-fullwidth-colon",
        "yaml-fullwidth-space",
        "yaml-key-without-value",
        "yaml-text-over-lines",
    }
)


class Spot(NamedTuple):
    """Where a value stands and where its key does, counted from 1; for a list item both are the value's."""

    line: int
    column: int
    key_line: int
    key_column: int


class Survey(NamedTuple):
    """The tree as far as it could be read, the spot of every path in it, and all problems by place."""

    tree: dict[str, Any]
    spots: dict[Path, Spot]
    problems: tuple[Problem, ...]


def events(text: str) -> Any:
    """A function that gives the parser's next event, and `None` after the last."""
    return _Loader(text).get_event


def survey(text: str, *, name: str) -> Survey:
    """Read a text to its end whatever is wrong with it.

    After a syntax error reading goes on at the next line that starts a top-level section.

    Parameters
    ----------
    text : str
        With line feeds as line ends.
    name : str
        The file, as problems show it.
    """
    return _Surveyor(text, name).run()


class _EnoughError(Exception):
    """There are more problems or values than anybody wants to read."""


class _At(NamedTuple):
    """A node of the tree in the text."""

    line: int
    column: int
    path: Path


_TOP = _At(1, 1, ())


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end is yet to come; `key` is one whose value is yet to come."""

    into: dict[str, Any] | list[Any]
    at: _At
    flow: bool
    key: str | None = None
    key_at: _At = _TOP
    key_end: int = 0
    key_doubted: bool = False

    @property
    def next_path(self) -> Path:
        if isinstance(self.into, list):
            return (*self.at.path, len(self.into))
        return self.at.path if self.key is None else (*self.at.path, self.key)

    @property
    def wants_key(self) -> bool:
        return self.key is None and isinstance(self.into, dict)


class _Surveyor:
    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.lines = text.split("\n")
        self.tree: dict[str, Any] = {}
        self.spots: dict[Path, Spot] = {}
        self.problems: list[Problem] = []
        self.nodes = 0
        self.last = _TOP
        self.known = 0

    def run(self) -> Survey:
        try:
            self.characters()
            self.sections()
            if not self.spots and not self.problems:
                self.note("yaml-empty-document", _TOP)
        except _EnoughError:
            pass
        once = {_order(problem): problem for problem in reversed(self.problems)}
        return Survey(self.tree, self.spots, tuple(once[order] for order in sorted(once)))

    def note(self, code: str, at: _At, value: Any = None, **values: Any) -> None:
        place = Place(file=self.name, line=at.line, column=at.column, path=at.path)
        if len(self.problems) >= MAX_PROBLEMS:
            self.problems.append(Problem("yaml-too-many-problems", place, None, {"limit": MAX_PROBLEMS}))
            raise _EnoughError
        shown = {k: v[:60] + "…" if isinstance(v, str) and len(v) > 60 else v for k, v in values.items()}
        self.problems.append(Problem(code, place, value, shown))

    def characters(self) -> None:
        """Characters that nobody can see, and tabs where blanks show the structure."""
        for number, line in enumerate(self.lines):
            if line.isprintable():
                continue
            for hidden in HIDDEN.finditer(line):
                code_point = f"U+{ord(hidden[0]):04X}"
                self.note("yaml-hidden-character", _At(number + 1, hidden.start() + 1, ()), char=code_point)
            if tab := _TAB_INDENT.match(line):
                self.note("yaml-tab", _At(number + 1, tab.start(1) + 1, ()))
            self.lines[number] = HIDDEN.sub("\ufffd", line)

    def sections(self) -> None:
        """Walk the whole text, after a syntax error on from the next section."""
        first = 0
        for _ in range(MAX_RESTARTS):
            stopped = self.walk(first)
            if stopped is None:
                return
            self.problems = [p for p in self.problems if p.code in _OF_CHARACTERS or (p.place.line or 0) <= stopped + 1]
            rest = range(stopped + 1, len(self.lines))
            section = next((number for number in rest if _SECTION.match(self.lines[number])), None)
            if section is None:
                return
            first = section
        self.note("yaml-too-many-problems", _At(first + 1, 1, ()), limit=MAX_RESTARTS)

    def walk(self, first: int) -> int | None:
        """Read from a line on; the line on which reading broke off, or `None` where there is no going on."""
        text = "\n".join(self.lines[first:])
        stack: list[_Open] = []
        documents = 0
        try:
            for event in iter(events(text), None):
                path = stack[-1].next_path if stack else ()
                at = _At(event.start_mark.line + first + 1, event.start_mark.column + 1, path)
                if isinstance(event, yaml.CollectionEndEvent):
                    stack.pop()
                elif isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        self.note("yaml-several-documents", at)
                        return None
                    if event.version or event.tags:
                        self.note("yaml-directive", at)
                elif isinstance(event, yaml.NodeEvent) and not self.node(event, at, stack, text):
                    return at.line - 1 if stack else None
        except yaml.MarkedYAMLError as error:
            return self.broken(error, first, stack)
        except (ValueError, OverflowError):  # from the pure Python parser: an escape beyond Unicode
            self.note("yaml-bad-escape", self.last)
            return self.last.line - 1
        return None

    def node(self, event: Any, at: _At, stack: list[_Open], text: str) -> bool:
        """Take in a key or a value; False where reading cannot go on from here."""
        self.nodes += 1
        self.last = at
        self.known = len(self.problems)
        if self.nodes > MAX_NODES:
            self.note("yaml-too-many-values", at, limit=MAX_NODES)
            raise _EnoughError
        if isinstance(event, yaml.AliasEvent):
            self.note("yaml-alias", at, f"*{event.anchor}")
        elif event.anchor is not None:
            self.note("yaml-anchor", at, f"&{event.anchor}")
        elif event.tag is not None:
            self.note("yaml-tag", at, event.tag)
        top = stack[-1] if stack else None
        if top and top.wants_key:
            return self.key(event, at, top)
        if isinstance(event, yaml.CollectionStartEvent):
            return self.collection(event, at, stack)
        value = self.scalar(event, at, top, text)
        if top:
            self.put(value, at, top)
        elif not self.problems:
            self.note("yaml-top-level", at, value)
        return True

    def key(self, event: Any, at: _At, top: _Open) -> bool:
        top.key_end = event.end_mark.index
        if isinstance(event, yaml.CollectionStartEvent):
            self.note("yaml-key-not-text", at, text="{ } / [ ]")
            return False
        written: str = event.value if isinstance(event, yaml.ScalarEvent) else f"*{event.anchor}"
        at = at._replace(path=(*at.path, written))
        top.key, top.key_at, top.key_doubted = written, at, False
        if isinstance(top.into, dict) and written in top.into:
            self.note("yaml-duplicate-key", at, written, first=self.spots[at.path].key_line)
        if _plain(event):
            try:
                plain_key(written)
            except DoubtfulError as doubt:
                top.key_doubted = True
                self.note(doubt.code, at, written or None, **doubt.values)
        elif len(written) > MAX_TEXT:
            self.note("yaml-text-too-long", at, length=len(written), limit=MAX_TEXT)
        return True

    def collection(self, event: Any, at: _At, stack: list[_Open]) -> bool:
        mapping = isinstance(event, yaml.MappingStartEvent)
        if not mapping and not stack:
            self.note("yaml-top-level", at)
            return False
        if len(stack) >= MAX_DEPTH:
            self.note("yaml-too-deep", at, limit=MAX_DEPTH)
            return False
        into: dict[str, Any] | list[Any] = self.tree
        if stack:
            into = {} if mapping else []
            self.put(into, at, stack[-1])
        else:
            self.spots.setdefault((), Spot(at.line, at.column, at.line, at.column))
        stack.append(_Open(into, at, bool(event.flow_style)))
        return True

    def scalar(self, event: Any, at: _At, top: _Open | None, text: str) -> Any:
        """The value of a scalar, with a note where it is doubtful."""
        if isinstance(event, yaml.AliasEvent):
            return None
        written: str = event.value
        if not _plain(event):
            if len(written) > MAX_TEXT:
                self.note("yaml-text-too-long", at, length=len(written), limit=MAX_TEXT)
            return written
        if not written and top and top.key is not None:
            if not top.key_doubted:
                self.without_value(top, text[top.key_end : event.start_mark.index])
            return None
        if top and event.end_mark.line != event.start_mark.line:
            self.note("yaml-text-over-lines", at, written)
            return written
        try:
            return plain_value(written)
        except DoubtfulError as doubt:
            self.note(doubt.code, at, written or None, **doubt.values)
            return written or None

    def without_value(self, top: _Open, after_key: str) -> None:
        """A key alone: inside brackets most often the rest of a text that a comma has cut."""
        if not top.flow or ":" in after_key:
            self.note("yaml-empty-value", top.key_at)
            return
        before = next(reversed(top.into.values()), None) if isinstance(top.into, dict) else None
        whole = f"{before}, {top.key}" if isinstance(before, str | int) else top.key
        self.note("yaml-key-without-value", top.key_at, top.key, key=top.key, whole=whole)

    def put(self, value: Any, at: _At, top: _Open) -> None:
        """Put a value where it belongs; of a key that stands twice the first value is kept."""
        if isinstance(top.into, list):
            self.spots.setdefault(at.path, Spot(at.line, at.column, at.line, at.column))
            top.into.append(value)
        elif top.key is not None:
            self.spots.setdefault(at.path, Spot(at.line, at.column, top.key_at.line, top.key_at.column))
            top.into.setdefault(top.key, value)
            top.key = None

    def broken(self, error: yaml.MarkedYAMLError, first: int, stack: list[_Open]) -> int:
        """Note a syntax error; the line on which it stands.

        What is odd about the node just before it comes of the same mistake and is not a second problem.
        """
        if self.problems and self.problems[-1].code == "yaml-top-level":
            return self.last.line - 1
        same = [p for p in self.problems[self.known :] if p.code not in _BEFORE_AN_ERROR]
        self.problems[self.known :] = same
        found = diagnose(error, self.lines, first=first)
        line, column = found.line + 1, found.column + 1
        while len(stack) > 1 and stack[-1].at[:2] > (line, column):
            stack.pop()
        top = stack[-1] if stack else None
        path = () if top is None else top.at.path if top.at[:2] == (line, column) else top.next_path
        if not any(p.code == "yaml-tab" and p.place.line == line for p in self.problems):
            self.note(found.code, _At(line, column, path), **found.values)
        return found.line


def _plain(event: Any) -> bool:
    """Whether a node is text without quotes, block sign or tag."""
    return isinstance(event, yaml.ScalarEvent) and not event.style and event.tag is None


def _order(problem: Problem) -> tuple[int, int, str]:
    return problem.place.line or 0, problem.place.column or 0, problem.code
