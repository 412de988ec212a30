"""How single values stand in the columns of a flat table, each way of writing with its way of reading."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stationeval.errors import FrameworkError
from stationeval.exact import PLAIN, decimal_text, finite_places
from stationeval.framework.canonical import is_number
from stationeval.framework.official.figures import UNKNOWN_WORDS, plain_number
from stationeval.framework.official.page import exact_number, percentage, shown
from stationeval.framework.scalars import DoubtfulError, plain_value
from stationeval.framework.source import read_source
from stationeval.framework.values import is_unknown
from stationeval.framework.writing import dump
from stationeval.messages import catalogue
from stationeval.writing import half_width, name_key

LONGEST = 32_000
"""Characters that a cell is given at most."""

MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""

SEPARATOR = "；"


class UnreadError(ValueError):
    """A cell does not say what its column is for."""


# ---- any value: what a file would say on one line ---------------------------------------------------------------


def write_value(value: Any) -> str | int | Decimal | None:
    """A scalar, or a list of scalars, as one cell: numbers as numbers, everything else as a file would write it.

    None where one cell cannot hold it.

    Examples
    --------
    >>> write_value("2021"), write_value(Decimal("0.4")), write_value(["a", "b"]), write_value(True)
    ('"2021"', Decimal('0.4'), '[a, b]', 'true')
    """
    if is_number(value) and _short(value):
        return value
    lines = dump({"v": value}).splitlines()
    text = lines[0].removeprefix("v:").strip()
    return text if len(lines) == 1 and text and len(text) <= LONGEST else None


def read_value(raw: Any) -> Any:
    """The value of a cell that holds any value.

    Raises
    ------
    UnreadError
        If it could be meant in several ways, or is not written as a file would.
    """
    number = exact_number(raw)
    if number is not None and finite_places(number) is not None:
        return plain_number(number)
    if (share := percentage(raw)) is not None:
        return plain_number(share / 100)
    text = shown(raw)
    if text[:1] in ("{", "[", '"', "'"):
        try:
            return read_source(f"v: {text}\n", name="cell").tree["v"]
        except FrameworkError as error:
            raise UnreadError(text) from error
    try:
        return plain_value(text)
    except DoubtfulError as error:
        raise UnreadError(text) from error


def _short(value: int | Decimal) -> bool:
    number = Fraction(value)
    digits = decimal_text(abs(number)).replace(".", "").strip("0")
    return finite_places(number) is not None and len(digits) <= MOST_DIGITS and abs(number) < 10**MOST_DIGITS


# ---- words, numbers, text, lists --------------------------------------------------------------------------------


def write_text(value: Any) -> str | None:
    """Text as it is, where a cell gives it back."""
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST and shown(value) == value else None


def read_text(raw: Any) -> str:
    """A cell as text."""
    return shown(raw)


def write_amount(value: Any) -> str | int | Decimal | None:
    """A number, or in a word why it is not known."""
    if is_unknown(value):
        word = UNKNOWN_NAMES.get(value["unknown"]) if len(value) == 1 else None
        return word if word is not None else None
    return write_value(value) if is_number(value) else None


def read_amount_cell(raw: Any) -> Any:
    """A number, a word for why it is unknown, or `{unknown: …}` in full."""
    if isinstance(raw, str):
        text = half_width(raw)
        if (why := UNKNOWN_WORDS.get(name_key(text))) is not None:
            return {"unknown": why}
        bare = text.removesuffix("分").strip()
        if PLAIN.match(bare) and len(bare) <= 30:
            return plain_number(Fraction(bare))
        if bare.endswith("%") and PLAIN.match(bare[:-1]) and len(bare) <= 30:
            return plain_number(Fraction(bare[:-1]) / 100)
    value = read_value(raw)
    if is_number(value) or is_unknown(value):
        return value
    raise UnreadError(shown(raw))


def write_list(value: Any) -> str | None:
    """A list of texts, parted by `；`."""
    if not isinstance(value, list | tuple) or not value or not all(isinstance(each, str) for each in value):
        return None
    return write_text(SEPARATOR.join(value))


def read_list(raw: Any) -> list[str]:
    """The texts of a list."""
    return [each.strip() for each in shown(raw).replace(";", SEPARATOR).split(SEPARATOR) if each.strip()]


def write_pairs(value: Mapping[str, Any]) -> str | None:
    """Names with numbers: `a: 1；b: 0.5`."""
    pairs = [(key, write_value(each)) for key, each in value.items() if is_number(each)]
    if not pairs or len(pairs) < len(value):
        return None
    return write_text(SEPARATOR.join(f"{key}: {_digits(each)}" for key, each in pairs))


def _digits(value: Any) -> str:
    return value if isinstance(value, str) else decimal_text(Fraction(value))


def read_pairs(raw: Any) -> dict[str, int | Decimal]:
    """Names with numbers."""
    found: dict[str, int | Decimal] = {}
    for each in read_list(raw):
        name, colon, number = each.replace("：", ":").rpartition(":")
        number = half_width(number).removesuffix("分").strip()
        if not colon or not PLAIN.match(number) or len(number) > 30 or name.strip() in found:
            raise UnreadError(each)
        found[name.strip()] = plain_number(Fraction(number))
    return found


def words(prefix: str, names: Mapping[str, str] | tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """From names to the Chinese words for them, and from the words of both languages to the names."""
    codes = names if isinstance(names, Mapping) else {name: f"{prefix}-{name}" for name in names}
    shown_as = {name: catalogue()[code].why[0] for name, code in codes.items()}
    meant = {name_key(word): name for name, code in codes.items() for word in (*catalogue()[code].why, name)}
    return shown_as, meant


UNKNOWN_NAMES, _ = words("unknown", ("not-published", "not-found", "lost-in-source", "ambiguous"))
