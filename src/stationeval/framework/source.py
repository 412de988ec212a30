"""Read one file in a strict subset of YAML: a plain tree with exact numbers, and where each value stands."""

from __future__ import annotations

import pathlib
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

import yaml

from stationeval.errors import FrameworkSyntaxError, Path, Place, Problem, Report
from stationeval.framework.scalars import MAX_TEXT, Scalar, plain_key, plain_value
from stationeval.framework.survey import MAX_DEPTH, MAX_NODES, Spot, events, survey

MAX_BYTES = 2_000_000

_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


@dataclass(frozen=True)
class Source:
    """One file as read.

    Attributes
    ----------
    name : str
        The file, as problems show it.
    text : str
        What it says, with line feeds as line ends and without a byte order mark.
    tree : dict
        Of dict, list, str, int, Decimal, bool and None; keys are text.
    sha256 : str
        Of the bytes of the file.
    """

    name: str
    text: str = field(repr=False)
    tree: dict[str, Any] = field(repr=False)
    sha256: str

    @cached_property
    def _spots(self) -> dict[Path, Spot]:
        return survey(self.text, name=self.name).spots

    def place(self, path: Path, *, key: bool = False) -> Place:
        r"""Where a value stands, or its key; for a path that is not there, the nearest node above it.

        Parameters
        ----------
        path : tuple of str and int
            Keys of mappings and numbers of list items, from the top.
        key : bool
            Give the place of the key instead of the value's.

        Returns
        -------
        Place
            File, line and column, counted from 1, and the path as asked.

        Examples
        --------
        >>> print(read_source("total: 100\ngrades: {合格: 60}", name="f.yaml").place(("grades", "合格")))
        f.yaml:2:14 grades.合格
        """
        there = path
        while there and there not in self._spots:
            there = there[:-1]
        spot = self._spots.get(there, Spot(1, 1, 1, 1))
        line, column = (spot.key_line, spot.key_column) if key else (spot.line, spot.column)
        return Place(file=self.name, line=line, column=column, path=path)


def read_source(data: bytes | str | pathlib.Path, *, name: str) -> Source:
    r"""Read a file that must be right.

    Parameters
    ----------
    data : bytes, str or Path
        The content, or the path of the file.
    name : str
        The file, as problems show it.

    Returns
    -------
    Source
        Tree, text and hash.

    Raises
    ------
    FrameworkSyntaxError
        With every problem found, by line and column.

    Examples
    --------
    >>> read_source("rate: 0.40\nedition: '2021'\n", name="f.yaml").tree
    {'rate': Decimal('0.40'), 'edition': '2021'}
    """
    source, report = scan_source(data, name=name)
    if not report.ok:
        raise FrameworkSyntaxError(report)
    return source


def scan_source(data: bytes | str | pathlib.Path, *, name: str) -> tuple[Source, Report]:
    r"""Read as much of a file as can be read, with a report of what is wrong.

    The tree lacks what stands after a syntax error, up to the next top-level section; a doubtful word is
    in it as text, a mapping or list that broke off as far as it goes.

    Examples
    --------
    >>> source, report = scan_source("total: 0100\nid: a\n", name="f.yaml")
    >>> source.tree, report.codes()
    ({'total': '0100', 'id': 'a'}, ('yaml-ambiguous-value',))
    """
    content = _content(data, name)
    if isinstance(content, Problem):
        return Source(name, "", {}, ""), Report((content,))
    digest = sha256(content).hexdigest()
    text = _text(content, name)
    if isinstance(text, Problem):
        return Source(name, "", {}, digest), Report((text,))
    tree = _quick_tree(text)
    if tree is not None:
        return Source(name, text, tree, digest), Report()
    found = survey(text, name=name)
    return Source(name, text, found.tree, digest), Report(found.problems)


def _content(data: bytes | str | pathlib.Path, name: str) -> bytes | Problem:
    if isinstance(data, pathlib.Path):
        try:
            with data.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            return Problem("yaml-unreadable-file", Place(file=name), None, {"reason": type(error).__name__})
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
    if len(content) > MAX_BYTES:
        return Problem("yaml-too-large", Place(file=name, line=1, column=1), None, {"limit": MAX_BYTES})
    return content


def _text(content: bytes, name: str) -> str | Problem:
    """The characters, with line feeds as line ends and without a byte order mark."""
    wide = next((title for mark, title in _BOMS.items() if content.startswith(mark)), None)
    if wide or content.count(0) * 4 > len(content):
        return Problem("yaml-other-encoding", Place(file=name, line=1, column=1), None, {"guess": wide or "UTF-16"})
    try:
        return _unified(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = _unified(content[: error.start].decode("utf-8"))
    place = Place(file=name, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return Problem("yaml-not-utf-8", place)
    return Problem("yaml-other-encoding", place, None, {"guess": "GBK / GB18030"})


def _unified(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _quick_tree(text: str) -> dict[str, Any] | None:
    """The tree of a text that is plainly right; `None` where the survey has to look closer."""
    if len(text) > MAX_NODES or not text.replace("\n", "").isprintable():
        return None
    try:
        return _tree(events(text))
    except (yaml.YAMLError, ValueError, OverflowError):
        return None


def _tree(next_event: Any) -> dict[str, Any] | None:
    known_values: dict[str, Scalar] = {}
    known_keys: set[str] = set()
    stack: list[tuple[Any, str | None]] = []
    into: Any = None
    key: str | None = None
    value: Any
    next_event()
    start = next_event()
    if not isinstance(start, yaml.DocumentStartEvent) or start.version or start.tags:
        return None
    while True:
        event = next_event()
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            value = event.value
            if event.anchor is not None or event.tag is not None or len(value) > MAX_TEXT:
                return None
            if key is None and into.__class__ is dict:
                if not event.style and value not in known_keys:
                    known_keys.add(plain_key(value))
                if value in into:
                    return None
                key = value
                continue
            if not event.style:
                if value in known_values:
                    value = known_values[value]
                elif " " not in value and "\n" not in value:
                    value = known_values[value] = plain_value(value)
                elif event.start_mark.line != event.end_mark.line:
                    return None
                else:
                    value = plain_value(value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None or len(stack) >= MAX_DEPTH:
                return None
            if key is None and into.__class__ is not list and into is not None:
                return None
            stack.append((into, key))
            into, key = {} if kind is yaml.MappingStartEvent else [], None
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            value = into
            into, key = stack.pop()
            if into is None:
                next_event()
                only = isinstance(next_event(), yaml.StreamEndEvent)
                return value if only and isinstance(value, dict) else None
        else:
            return None
        if into is None:
            return None
        if key is None:
            into.append(value)
        else:
            into[key] = value
            key = None
