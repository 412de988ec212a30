"""What one unquoted word of a framework file means: whole number, decimal, true, false, null or text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, TypeAlias

Scalar: TypeAlias = str | int | Decimal | bool | None

MAX_TEXT = 20_000
MAX_DIGITS = 30

_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_OTHER_WORDS = {"~": "null", "yes": "true", "on": "true", "no": "false", "off": "false"}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_NUMBERLIKE = re.compile(
    r"[+-]?(?:0x[0-9a-f][0-9a-f_]*|0o[0-7][0-7_]*|0b[01][01_]*|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|(?:[0-9][0-9_]*+(?:\.[0-9_]*+)?|\.[0-9][0-9_]*+)(?:e[+-]?[0-9]+)?)\Z",
    re.IGNORECASE,
)
_NOT_FINITE = re.compile(r"[+-]?\.?(?:nan|inf|infinity)\Z", re.IGNORECASE)
_LONG_EXPONENT = re.compile(r"e[+-]?[0-9]{3,}\Z")
_SPECIAL = frozenset({*_WORDS, *_OTHER_WORDS, "nan", "inf", "infinity"})
_FULL_WIDTH = re.compile("[：\u3000\u00a0]")
_FULL_WIDTH_SPACES = "\u3000\u00a0"
_NARROW = str.maketrans("０１２３４５６７８９＋－．，", "0123456789+-.,")
_NUMBER_STARTS = frozenset("0123456789+-.０１２３４５６７８９＋－．")
_FULL_WIDTH_BRACKETS = "｛［"
_FULL_WIDTH_PAIR = re.compile(r"[a-z_][a-z0-9_]*\s*：")


class DoubtfulError(ValueError):
    """An unquoted word that people and programs read in different ways; `code` and `values` say how."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def plain_value(text: str) -> Scalar:
    """The value of an unquoted word.

    Parameters
    ----------
    text : str
        The word as the file has it, without the blanks around it.

    Returns
    -------
    str, int, Decimal, bool or None
        A decimal keeps its digits as written. Dates and times stay text.

    Raises
    ------
    DoubtfulError
        If the word could be meant as something else: `no`, `0123`, `1e5`, `1,000`, `２０`, `~`, nothing.

    Examples
    --------
    >>> plain_value("23"), plain_value("0.40"), plain_value("2021-01-01"), plain_value("合格")
    (23, Decimal('0.40'), '2021-01-01', '合格')
    """
    if _certain(text):
        return text
    if not text:
        raise DoubtfulError("yaml-empty-value")
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > MAX_TEXT:
        raise DoubtfulError("yaml-text-too-long", length=len(text), limit=MAX_TEXT)
    if text[0] in _NUMBER_STARTS:
        number = _number(text)
        return text if number is None else number
    lower = text.lower()
    if lower in _OTHER_WORDS or lower in _WORDS:
        raise DoubtfulError("yaml-ambiguous-value", text=text, instead=_OTHER_WORDS.get(lower, lower))
    if _NOT_FINITE.match(lower):
        raise DoubtfulError("yaml-not-finite", text=text)
    _no_full_width(text)
    if _FULL_WIDTH_PAIR.match(text):
        raise DoubtfulError("yaml-fullwidth-colon", text=text)
    return text


def plain_key(text: str) -> str:
    """The text of an unquoted key; a key is a name, never a number, truth value or null.

    Raises
    ------
    DoubtfulError
        If the key looks like a number, a truth value, null or a merge, or holds a full-width colon.

    Examples
    --------
    >>> plain_key("完整"), plain_key("on")
    ('完整', 'on')
    """
    if _certain(text):
        return text
    if text == "<<":
        raise DoubtfulError("yaml-merge-key")
    if len(text) > MAX_TEXT:
        raise DoubtfulError("yaml-text-too-long", length=len(text), limit=MAX_TEXT)
    if "：" in text:
        raise DoubtfulError("yaml-fullwidth-colon", text=text)
    if text.lower() in _OTHER_WORDS and text != "~":
        return text
    try:
        value = plain_value(text)
    except DoubtfulError as doubt:
        if doubt.code.startswith("yaml-fullwidth"):
            raise
        value = None
    if not isinstance(value, str):
        raise DoubtfulError("yaml-key-not-text", text=text)
    return text


def _certain(text: str) -> bool:
    """Whether a word is text at first sight: it begins with a letter, and nothing about it is special."""
    return (
        text[:1].isalpha() and len(text) <= MAX_TEXT and not _FULL_WIDTH.search(text) and text.lower() not in _SPECIAL
    )


def _number(text: str) -> Scalar:
    """The number a word writes; None where it is text that merely starts like one."""
    if _WHOLE.match(text):
        if len(text) > MAX_DIGITS:
            raise DoubtfulError("yaml-number-too-long", length=len(text), limit=MAX_DIGITS)
        return int(text)
    if _DECIMAL.match(text):
        if len(text) > MAX_DIGITS:
            raise DoubtfulError("yaml-number-too-long", length=len(text), limit=MAX_DIGITS)
        return Decimal(text)
    if _NOT_FINITE.match(text):
        raise DoubtfulError("yaml-not-finite", text=text)
    narrow = text.translate(_NARROW)
    if _NUMBERLIKE.match(narrow):
        raise DoubtfulError("yaml-ambiguous-value", text=text, instead=_plainly(narrow))
    _no_full_width(text)
    return None


def _plainly(text: str) -> str:
    """A number-like word rewritten as a plain number, where that is short; else a sample of one."""
    bare = text.lower().replace("_", "").replace(",", "")
    if len(bare) > MAX_DIGITS or _LONG_EXPONENT.search(bare):
        return "123.45"
    if "0x" in bare or "0o" in bare or "0b" in bare:
        return str(int(bare, 0))
    return format(Decimal(bare), "f")


def _no_full_width(text: str) -> None:
    if text[0] in _FULL_WIDTH_BRACKETS:
        raise DoubtfulError("yaml-fullwidth-bracket", text=text[0])
    if text[0] in _FULL_WIDTH_SPACES or text[-1] in _FULL_WIDTH_SPACES or ":\u3000" in text:
        raise DoubtfulError("yaml-fullwidth-space", text=text)
