"""How wide text is where Chinese characters take two columns, and where a line of it may break."""

from __future__ import annotations

import re
import unicodedata

NEVER_FIRST = frozenset("，。；：、！？）》”’】〉…％%,.;:!?)]}")
"""What must not begin a line (避头)."""

NEVER_LAST = frozenset("（《“‘【〔([{¥￥")
"""What must not end one (避尾)."""

_PIECES = re.compile(r"\s+|[!-~]+|.", re.DOTALL)


_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""Text without what steers a terminal or turns its direction; each such character becomes a mark.

    Examples
    --------
    >>> visible("盐官\x1b[31m镇")
    '盐官�[31m镇'
    """
    return _UNSEEN.sub("\ufffd", text)


def width(text: str) -> int:
    """Columns that a line of text takes in a terminal or, about, in a sheet.

    Examples
    --------
    >>> width("盐官镇 A1")
    9
    """
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """The text with spaces behind it to a width."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns: broken at spaces and between Chinese characters.

    A single word longer than a line stands alone on one.

    Examples
    --------
    >>> wrap("按 haining-sppe 计分，排名。", 12)
    ['按', 'haining-sppe', '计分，排名。']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line: list[str] = []
        for piece in _PIECES.findall(paragraph):
            if line and sum(map(width, line)) + width(piece.rstrip()) > columns:
                line, carried = _break(line, piece)
                lines.append("".join(line).rstrip())
                line = carried
            if line or not piece.isspace():
                line.append(piece)
        lines.append("".join(line).rstrip())
    return lines


def _break(line: list[str], piece: str) -> tuple[list[str], list[str]]:
    """What stays on a line before a piece that does not fit, and what goes on to the next with it."""
    kept = len(line)
    first = piece[0]
    while kept > max(1, len(line) - 4) and (first in NEVER_FIRST or line[kept - 1][-1] in NEVER_LAST):
        kept -= 1
        first = line[kept][0]
    carried = line[kept:]
    return line[:kept], carried[1:] if carried and carried[0].isspace() else carried
