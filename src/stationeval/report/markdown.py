"""Markdown that any text may go into: everything special becomes a character reference, in prose and in tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~$&#]|^[-+]|(?<=\d)[.)](?=\s|$)|:(?=//|[\w+-]+:)")
"""What could begin or end markup: emphasis, code, links, tags, tables, formulas, lists, bare addresses, emoji."""

_PLAIN = re.compile(r"[\w.+#@\[\]/:=-]+")
_ADDRESS = re.compile(r"https?://[\w.~:/?#@!$'()*+,;=%-]+", re.ASCII)


def text(words: str) -> str:
    """Words that say themselves and nothing else, in one line.

    Examples
    --------
    >>> text("a|b *c* <d>")
    'a&#124;b &#42;c&#42; &#60;d&#62;'
    """
    return _SPECIAL.sub(_reference, " ".join(words.split()))


def _reference(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])


def code(name: str) -> str:
    """An id or a path as code, or as words where code could not hold it.

    Examples
    --------
    >>> code("gates.staffing"), code("a`b")
    ('`gates.staffing`', 'a&#96;b')
    """
    return f"`{name}`" if _PLAIN.fullmatch(name) else text(name)


def link(address: str) -> str:
    """A web address to follow, or as words where it is none.

    Examples
    --------
    >>> link("https://example.org/a?b=1"), link("see page 3")
    ('<https://example.org/a?b=1>', 'see page 3')
    """
    return f"<{address}>" if _ADDRESS.fullmatch(address) else text(address)


def capital(words: str) -> str:
    """Words as a heading, their first letter a capital."""
    return text(words[:1].upper() + words[1:])


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> list[str]:
    """A table of cells that are Markdown already; columns without content are left out; no rows, no table.

    Examples
    --------
    >>> table(["a", "b", "c"], [["1", "", "3"]], right=[2])
    ['| a | c |', '|---|--:|', '| 1 | 3 |']
    """
    filled = [list(row) for row in rows]
    kept = [k for k in range(len(heads)) if any(row[k] for row in filled)]
    if not kept:
        return []
    numbers = set(right)
    lines = [[heads[k] for k in kept], *([row[k] for k in kept] for row in filled)]
    drawn = [f"| {' | '.join(line)} |" for line in lines]
    return [drawn[0], "|" + "|".join("--:" if k in numbers else "---" for k in kept) + "|", *drawn[1:]]


def blocks(*parts: Sequence[str]) -> list[str]:
    """Blocks of lines with an empty line between them; empty blocks are left out."""
    lines: list[str] = []
    for part in parts:
        if part:
            lines += ["", *part] if lines else part
    return lines
