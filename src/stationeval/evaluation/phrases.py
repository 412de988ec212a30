"""Sentences that can be said in Chinese or English later, and numbers as a reader wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from stationeval.exact import decimal_text, finite_places
from stationeval.framework.values import Text
from stationeval.messages import Language, message, phrase

LIST = {"zh": "、", "en": ", "}
CLAUSES = {"zh": "；", "en": "; "}
PLUS = {"zh": " + ", "en": " + "}
COLON = {"zh": "：", "en": ": "}
BRACKETS = {"zh": "{}（{}）", "en": "{} ({})"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence by its code, with what fills it: text, numbers, two-language text, other sentences."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: Language) -> str:
        """The sentence in one language."""
        return phrase(message(self.code).why, lang, {name: said(value, lang) for name, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Joined:
    """Pieces one after another, each in the language that is spoken; `between` by language."""

    parts: tuple[Any, ...]
    between: Mapping[str, str] = field(default_factory=lambda: {"zh": "", "en": ""})

    def text(self, lang: Language) -> str:
        """The pieces in one language."""
        return self.between[lang].join(str(said(part, lang)) for part in self.parts)


Phrase: TypeAlias = Saying | Joined


def both_languages(code: str) -> Text:
    """A sentence without names to fill, as two-language text."""
    zh, en = message(code).why
    return Text(zh=zh, en=en)


def said(value: Any, lang: Language) -> Any:
    """What fills a sentence, in one language; lists piece by piece."""
    if isinstance(value, Saying | Joined):
        return value.text(lang)
    if isinstance(value, Text):
        return value.say(lang)
    if isinstance(value, list | tuple):
        return [said(each, lang) for each in value]
    return value


def figure(value: Fraction, places: int = 2) -> str:
    """A number for reading: in full up to four decimal places, else rounded to `places`.

    Examples
    --------
    >>> figure(Fraction(25, 6)), figure(Fraction("88.125")), figure(Fraction(6))
    ('4.17', '88.125', '6')
    """
    own = finite_places(value)
    return decimal_text(value, own if own is not None and own <= 4 else places)


def fixed(value: Fraction) -> str:
    """Points as they stand in a column."""
    return decimal_text(value, 2)


def formula(value: Fraction) -> str:
    """A number inside a formula, where it has to be exact: a decimal, or a fraction of whole numbers."""
    own = finite_places(value)
    return decimal_text(value) if own is None or own <= 4 else f"{value.numerator}/{value.denominator}"


def equals(value: Fraction) -> str:
    """A result with the sign that says whether its digits are all of it.

    Examples
    --------
    >>> equals(Fraction(5, 2)), equals(Fraction(125, 42))
    ('= 2.5', '≈ 2.98')
    """
    text = figure(value)
    return f"{'=' if Fraction(text) == value else '≈'} {text}"


def quantity(value: Fraction, unit: str | None) -> str:
    """A number with its unit.

    Examples
    --------
    >>> quantity(Fraction(6), "人"), quantity(Fraction(96), "%"), quantity(Fraction(1), None)
    ('6 人', '96%', '1')
    """
    space = "" if unit is None or unit == "%" else " "
    return f"{figure(value)}{space}{unit or ''}"


def plainly(value: Any) -> Phrase | str:
    """A plain value of a framework as people write it."""
    match value:
        case None:
            return "—"
        case bool():
            return Saying("word-yes" if value else "word-no")
        case str():
            return value
        case list():
            return Joined(tuple(map(plainly, value)), LIST)
        case {"unknown": _}:
            return Saying("status-unknown")
        case dict():
            return Joined((Text(zh=value.get("zh"), en=value.get("en")),))
        case _:
            return decimal_text(Fraction(value))


def shown(value: Fraction | bool | str | None, unit: str | None = None) -> Phrase | str:
    """A value as people write it."""
    if value is None:
        return Saying("explain-empty")
    if isinstance(value, bool):
        return Saying("word-yes" if value else "word-no")
    return quantity(value, unit) if isinstance(value, Fraction) else value
