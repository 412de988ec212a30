"""Tables in a terminal: columns as wide as their text needs or the terminal allows, numbers never broken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import Literal, TypeAlias

from stationeval.report.typeset import pad, visible, width, wrap

Align: TypeAlias = Literal["left", "right", "center"]
Piece: TypeAlias = tuple[str, str]
"""Text and its style."""

LEAST = 10
"""Columns below which text is not squeezed."""

LONGEST_WORD = 12
"""Columns of a word in a header that is still kept in one line."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The content of a cell: texts with their styles, one below the other. What steers a terminal is taken out."""

    texts: Sequence[Piece]

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", [(visible(text), style) for text, style in self.texts])

    @property
    def widest(self) -> int:
        """Columns of the longest line where nothing is broken."""
        return max((width(line) for text, _ in self.texts for line in text.split("\n")), default=0)

    @property
    def longest_word(self) -> int:
        """Columns of the longest word."""
        return max((width(word) for text, _ in self.texts for word in text.split()), default=0)

    def broken(self, columns: int) -> list[Piece]:
        """The lines of the cell in so many columns."""
        return [
            (part, style) for text, style in self.texts for line in wrap(text, columns) for part in _cut(line, columns)
        ]


def _cut(line: str, columns: int) -> Iterator[str]:
    """A word that is longer than a line in pieces that fit."""
    while width(line) > columns:
        at = next(k for k in range(len(line), 0, -1) if k == 1 or width(line[:k]) <= columns)
        yield line[:at]
        line = line[at:]
    yield line


def lay_out(
    columns: Sequence[tuple[str, Align]],
    rows: Sequence[Sequence[Lines]],
    *,
    available: int,
    whole: Collection[int] = (),
) -> Iterator[list[Piece]]:
    """The lines of a table, each as styled pieces.

    Parameters
    ----------
    columns
        Header and alignment of each.
    rows
        The cells.
    available
        Columns of the terminal; where even the least widths do not fit, lines are longer than that.
    whole
        Places of the columns whose cells are never broken.
    """
    heads = [Lines(((header, "bold"),)) for header, _ in columns]
    natural = [max(head.widest, *(row[c].widest for row in rows), 0) for c, head in enumerate(heads)]
    least = [
        max(min(LONGEST_WORD, head.longest_word), *(row[c].widest for row in rows), 0)
        if c in whole
        else min(LEAST, natural[c])
        for c, head in enumerate(heads)
    ]
    gap = 2 if sum(least) + 2 * (len(least) - 1) <= available else 1
    widths = _widths(natural, least, available - gap * (len(least) - 1))
    yield from _row(heads, columns, widths, gap, bottom=True)
    yield [("─" * (sum(widths) + gap * (len(widths) - 1)), "dim")]
    for row in rows:
        yield from _row(row, columns, widths, gap)


def _widths(natural: Sequence[int], least: Sequence[int], available: int) -> list[int]:
    """The natural widths where they fit, else what is left above the least ones shared in proportion."""
    wanted = [n - m for n, m in zip(natural, least, strict=True)]
    left = max(0, available - sum(least))
    if sum(wanted) <= left:
        return list(natural)
    widths = [m + left * w // sum(wanted) for m, w in zip(least, wanted, strict=True)]
    widths[wanted.index(max(wanted))] += max(0, available - sum(widths)) if left else 0
    return widths


def _row(
    cells: Sequence[Lines],
    columns: Sequence[tuple[str, Align]],
    widths: Sequence[int],
    gap: int,
    *,
    bottom: bool = False,
) -> Iterator[list[Piece]]:
    parts = [cell.broken(w) for cell, w in zip(cells, widths, strict=True)]
    if bottom:
        tall = max(map(len, parts))
        parts = [[("", "")] * (tall - len(part)) + part for part in parts]
    for line in zip_longest(*parts, fillvalue=("", "")):
        pieces: list[Piece] = []
        for (text, style), (_, align), w in zip(line, columns, widths, strict=True):
            pieces += [(_aligned(text, align, w), style), (" " * gap, "")]
        yield pieces[:-1]


def _aligned(text: str, align: Align, columns: int) -> str:
    room = columns - width(text)
    before = {"left": 0, "right": room, "center": room // 2}[align]
    return pad(" " * before + text, columns)


@dataclass(slots=True)
class Branch:
    """A line of a tree and the branches below it."""

    pieces: Sequence[Piece]
    below: list[Branch] = field(default_factory=list)

    def add(self, *pieces: Piece | str) -> Branch:
        """Another branch below, from texts with or without a style."""
        texts = [(one, "") if isinstance(one, str) else one for one in pieces]
        branch = Branch([(visible(text), style) for text, style in texts])
        self.below.append(branch)
        return branch

    def lines(self, available: int) -> Iterator[list[Piece]]:
        """The lines of the tree in so many columns."""
        yield from _flowed(self.pieces, available)
        for branch in self.below:
            last = branch is self.below[-1]
            tick, rest = ("└── ", "    ") if last else ("├── ", "│   ")
            for k, line in enumerate(branch.lines(available - 4)):
                yield [(tick if k == 0 else rest, "dim"), *line]


def _flowed(pieces: Sequence[Piece], columns: int) -> Iterator[list[Piece]]:
    """Styled pieces broken into lines as one text."""
    text = "".join(piece for piece, _ in pieces)
    styles = [style for piece, style in pieces for _ in piece]
    at = 0
    for line in wrap(text, columns):
        at = text.index(line, at)
        run = zip(line, styles[at : at + len(line)], strict=True)
        yield [("".join(c for c, _ in group), style) for style, group in groupby(run, key=lambda pair: pair[1])]
        at += len(line)
