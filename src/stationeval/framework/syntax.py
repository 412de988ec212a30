"""What a YAML parser's complaint means to the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from yaml import MarkedYAMLError

_FULL_WIDTH = re.compile(
    r"(?:^|[{,\[])[ ]*+(?:-[ ]++)*+[\w.-]++[ ]*+(?P<colon>：)"
    r"|(?P<comma>，)[ ]*+[\w.-]++:(?:[ ]|$)"
    r"|(?:[:：,\[{][ ]*+|^[ ]*+-[ ]++)(?P<bracket>[｛［])"
    r"|(?P<close>[｝］])[ ]*+$"
    r"|(?:^[ ]*+|:)(?P<space>\u3000)"
)
_FULL_WIDTH_CODES = {
    "colon": "yaml-fullwidth-colon",
    "comma": "yaml-fullwidth-comma",
    "bracket": "yaml-fullwidth-bracket",
    "close": "yaml-fullwidth-bracket",
    "space": "yaml-fullwidth-space",
}
_QUOTED_OR_COMMENT = re.compile(r"\"(?:\\.|[^\"\\])*+\"?|'[^']*+'?|(?:^|(?<=[ ]))#.*")
_BLOCK_KEY = re.compile(r"[ ]*+(?:-[ ]++)*+[^\s{}\[\],\"'#][^{}\[\]\"']*:(?:[ ]|$)")
_LOOK_BACK = 20


class Diagnosis(NamedTuple):
    """A complaint in our words; line and column count from 0."""

    code: str
    line: int
    column: int
    values: dict[str, Any]


def diagnose(error: MarkedYAMLError, lines: Sequence[str], *, first: int) -> Diagnosis:
    """Say in our words what stopped the parser, at the place where the mistake is likely to be.

    Parameters
    ----------
    error : MarkedYAMLError
        As the parser raised it, from libyaml or from pure Python.
    lines : sequence of str
        The whole text.
    first : int
        The line, from 0, on which the parser started.

    Returns
    -------
    Diagnosis
        A structural full-width sign near the complaint takes precedence: it is the usual cause.
    """
    line, column = _clamp(error.problem_mark, lines, first)
    start = _clamp(error.context_mark, lines, first) if error.context_mark is not None else None
    found = _translate(error, lines, (line, column), start)
    earliest = found.line if found.line < line else line - 1
    return _full_width(lines, max(earliest, line - _LOOK_BACK, first), line) or found


def _clamp(mark: Any, lines: Sequence[str], first: int) -> tuple[int, int]:
    line = min((mark.line if mark else 0) + first, len(lines) - 1)
    return line, min(mark.column if mark else 0, len(lines[line]))


def _translate(
    error: MarkedYAMLError, lines: Sequence[str], at: tuple[int, int], start: tuple[int, int] | None
) -> Diagnosis:
    problem, context = error.problem or "", error.context or ""
    line, column = at
    text = lines[line]
    char = text[column : column + 1]
    indent = len(text) - len(text.lstrip())

    def say(code: str, place: tuple[int, int] = at, **values: Any) -> Diagnosis:
        return Diagnosis(code, *place, values)

    if "cannot start any token" in problem or "tab character" in problem:
        return say("yaml-tab") if char == "\t" else say("yaml-reserved-character", char=char)
    if "unexpected ':'" in problem:
        return say("yaml-colon-without-blank")
    if any(word in context for word in ("anchor", "alias", " tag", "directive", "block scalar")) or any(
        words in problem for words in ("tag handle", "keys are not allowed")
    ):
        place = start or at
        return say("yaml-reserved-character", place, char=lines[place[0]][place[1] : place[1] + 1])
    if "could not find expected ':'" in problem and start:
        return say("yaml-missing-colon", start, text=lines[start[0]][start[1] :].strip())
    if "values are not allowed" in problem:
        if ": " in text[indent:column] or column == indent:
            return say("yaml-colon-in-text")
        return say("yaml-bad-indentation", (line, indent))
    if "entries are not allowed" in problem:
        return say("yaml-misplaced-dash")
    if "',' or" in problem and start:
        opener = lines[start[0]][start[1] : start[1] + 1]
        if line > start[0] and (_BLOCK_KEY.match(text) or _at_end(lines, line, column)):
            return say("yaml-unclosed", start, opener=opener)
        return say("yaml-missing-comma", opener=opener, opened=start[0] + 1)
    if "end of stream" in problem or "document indicator" in problem:
        return say("yaml-unclosed", start or at, opener=_char(lines, start or at))
    if "escape" in problem or "hexdecimal" in problem or "hexadecimal" in problem:
        return say("yaml-bad-escape", (line, max(text.rfind("\\", 0, column + 1), 0)))
    if any(words in problem for words in ("expected key", "block end", "'-' indicator", "document start")):
        return say("yaml-text-after-value", text=text[column:]) if column > indent else say("yaml-bad-indentation")
    if "node content" in problem:
        return say("yaml-value-expected", found=char or "end")
    return say("yaml-other-syntax", detail=problem or type(error).__name__)


def _char(lines: Sequence[str], place: tuple[int, int]) -> str:
    return lines[place[0]][place[1] : place[1] + 1]


def _at_end(lines: Sequence[str], line: int, column: int) -> bool:
    return not lines[line][column:].strip() and not any(rest.strip() for rest in lines[line + 1 :])


def _full_width(lines: Sequence[str], earliest: int, latest: int) -> Diagnosis | None:
    """The first structural full-width sign on some lines, outside quotes and comments."""
    for line in range(max(earliest, 0), latest + 1):
        bare = _QUOTED_OR_COMMENT.sub(lambda quoted: "x" * len(quoted[0]), lines[line])
        if sign := _FULL_WIDTH.search(bare):
            kind = str(sign.lastgroup)
            return Diagnosis(_FULL_WIDTH_CODES[kind], line, sign.start(kind), {"text": lines[line].strip()})
    return None
