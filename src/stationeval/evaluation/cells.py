"""One cell in, one exact value out: what is safe to read is read and noted, what is not is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isinf, isnan
from typing import TYPE_CHECKING, Any, TypeAlias

from stationeval.exact import decimal_text
from stationeval.messages import near
from stationeval.workbooks import ErrorValue, Percent, Uncomputed
from stationeval.writing import (
    CURRENCY,
    FALSE,
    MARKERS,
    POWERS,
    TRUE,
    chinese_numeral,
    half_width,
    is_unit,
    name_key,
    same_unit,
    trimmed,
)

if TYPE_CHECKING:
    from stationeval.framework.documents import Input

Value: TypeAlias = Fraction | bool | str | date | None

LARGEST = 10**15
FINEST = 15
ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
NUMERIC = frozenset({"integer", "number", "money", "rating"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: a value (None where it is missing), and the code of a note or of a problem.

    Attributes
    ----------
    value
        The exact value; None where the cell is missing or refused.
    note
        The code of what was repaired on the way, if anything.
    problem
        The code of why the cell is refused, if it is.
    values
        What fills the message of the code.
    """

    value: Value = None
    note: str | None = None
    problem: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


MISSING = Cell()

_NUMBER = re.compile(
    r"(?P<sign>¥|rmb|cny)?\s*(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?)\s*(?P<tail>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_SCIENTIFIC = re.compile(r"e[+-]?[0-9]+\Z", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:[\s、,，;；/\\~～\-—–&+|和至到或]|\.\.)+[0-9]")
_DATE = re.compile(r"(?P<y>[0-9]{4})(?:[-/.年])(?P<m>[0-9]{1,2})(?:[-/.月])(?P<d>[0-9]{1,2})日?(?P<time>[ T].*)?\Z")
_DATELIKE = re.compile(
    r"[0-9]{4}年[0-9]{1,2}月?|[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{1,2}-[a-z]{3}(?:-[0-9]{2,4})?|[a-z]{3}-[0-9]{1,2}"
    r"|[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2,4}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?",
    re.IGNORECASE,
)

_USUAL = frozenset({"是", "否", "true", "false"})
_EXPLICIT = frozenset({"percent-sign", "percent-format", "unit-suffix"})


def read_cell(raw: object, spec: Input) -> Cell:
    """Read one cell by its entry in the data dictionary.

    Parameters
    ----------
    raw
        What the table holds: text, a number, a date, None, `Percent`, `ErrorValue`, `Uncomputed`.
    spec
        The input's type, unit, bounds and choices. A bound that is unknown bounds nothing.

    Returns
    -------
    Cell
        The exact value, with the code of a note where something was repaired; or the code of a problem.

    Examples
    --------
    >>> from stationeval.framework.documents import Input
    >>> from stationeval.framework.values import Text
    >>> rate = Input(type="number", unit="%", label=Text(zh="探访率"))
    >>> cell = read_cell("９６％", rate)
    >>> cell.value, cell.note
    (Fraction(96, 1), 'percent-sign')
    >>> read_cell("四", rate).problem
    'chinese-numeral'
    """
    raw = scalar(raw)
    if raw is None:
        return MISSING
    if isinstance(raw, ErrorValue):
        return _refuse("error-cell")
    if isinstance(raw, Uncomputed):
        return _refuse("formula-without-value")
    if isinstance(raw, str):
        raw = trimmed(raw)
        if not raw:
            return MISSING
        if raw.upper() in ERRORS:
            return _refuse("error-cell")
    return _READERS[spec.type](raw, spec)


def scalar(raw: Any) -> Any:
    """A value of Python's own types; None for every way in which a frame says that there is none.

    Examples
    --------
    >>> scalar(float("nan")) is None, scalar("")
    (True, '')
    """
    kind = type(raw)
    if kind.__module__ == "numpy" and getattr(raw, "ndim", None) == 0:
        raw = float(str(raw)) if kind.__name__ in ("float16", "float32") else raw.item()
    nothing = raw.is_nan() if isinstance(raw, Decimal) else isinstance(raw, float) and isnan(raw)
    return None if nothing or kind.__name__ in ("NAType", "NaTType") else raw


def _refuse(problem: str, **values: Any) -> Cell:
    return Cell(problem=problem, values=values)


def _kind(raw: object) -> str:
    return type(raw).__name__


def _number(raw: object, spec: Input) -> Cell:
    if isinstance(raw, str):
        return _number_text(raw, spec)
    if isinstance(raw, bool):
        return _refuse("boolean-for-number")
    if isinstance(raw, int | Fraction):
        return _within(Fraction(raw), spec)
    if isinstance(raw, float):
        if isinf(raw):
            return _refuse("cell-not-finite")
        if raw and abs(raw) < 10**-FINEST:
            return _refuse("too-fine")
        return _within(Fraction(repr(raw)), spec)
    if isinstance(raw, Decimal):
        return _within(Fraction(raw), spec) if (wrong := _size(raw)) is None else wrong
    if isinstance(raw, Percent):
        share = Fraction(repr(raw.share))
        return _within(share * 100 if _is_percent(spec) else share, spec, "percent-format")
    if isinstance(raw, date | time | timedelta):
        return _refuse("date-for-number")
    return _refuse("cell-not-a-value", kind=_kind(raw))


def _size(number: Decimal) -> Cell | None:
    if not number.is_finite():
        return _refuse("cell-not-finite")
    if number and number.adjusted() >= FINEST:
        return _refuse("too-large")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -FINEST and not _shortest(number):
        return _refuse("too-fine")
    return None


def _shortest(number: Decimal) -> bool:
    """Whether it is a float written in full: 0.6666666666666666 has 16 places and is what was meant."""
    value = float(number)
    return number == 0 or (Decimal(repr(value)) == number and abs(value) >= 10**-FINEST)


def _number_text(text: str, spec: Input) -> Cell:
    if name_key(text) in MARKERS:
        return Cell(note="missing-marker")
    plain = half_width(text)
    if plain.startswith("="):
        return _refuse("formula-text")
    if _DATE.match(plain) or _DATELIKE.fullmatch(plain):
        return _refuse("date-for-number")
    if plain.casefold().lstrip("+-") in ("inf", "infinity", "∞"):
        return _refuse("cell-not-finite")
    found = _NUMBER.match(plain)
    if not found or not (digits := found["number"].lstrip("+-")):
        return _words(plain, spec)
    tail, sign = found["tail"].strip(), found["sign"]
    if tail and (refused := _tail(tail, digits, spec)):
        return refused
    if sign and not _is_money(spec):
        return _refuse("unit-differs", found=sign, unit=spec.unit or "")
    number = Decimal(found["number"].replace(",", "")) if len(digits) <= 60 else Decimal(LARGEST)
    if wrong := _size(number):
        return wrong
    value = Fraction(number)
    if tail == "%":
        return _within(value if _is_percent(spec) else value / 100, spec, "percent-sign")
    note = "number-as-text" if text == plain else "full-width"
    if sign or (tail and tail.casefold() in CURRENCY):
        note = "currency-sign"
    elif tail:
        note = "unit-suffix"
    elif "," in digits:
        note = "thousands"
    return _within(value, spec, note)


def _tail(tail: str, digits: str, spec: Input) -> Cell | None:
    """What follows the digits, where it makes the cell unreadable."""
    unit = spec.unit or ""
    if unit and same_unit(tail, unit):
        return None
    if tail == "%":
        return _refuse("unit-differs", found=tail, unit=unit) if unit else None
    if tail.casefold() in CURRENCY and _is_money(spec):
        return None
    if _SCIENTIFIC.match(tail):
        return _refuse("scientific")
    if tail[0] in "0123456789" or _ANOTHER.match(tail):
        return _refuse("two-values")
    if tail[0] in POWERS and (tail[1:] in ("", unit) or (tail[1:] in CURRENCY and _is_money(spec))):
        write = Fraction(digits[:FINEST].replace(",", "")) * POWERS[tail[0]]
        return _refuse("chinese-numeral", write=decimal_text(write))
    if is_unit(tail):
        return _refuse("unit-differs", found=tail, unit=unit or "—")
    return _refuse("cell-not-a-number")


def _words(text: str, spec: Input) -> Cell:
    bare = text.removesuffix(spec.unit or "").strip() or text
    if (number := chinese_numeral(bare)) is not None:
        return _refuse("chinese-numeral", write=str(number))
    return _refuse("cell-not-a-number")


def _is_percent(spec: Input) -> bool:
    return spec.unit is not None and same_unit(spec.unit, "%")


def _is_money(spec: Input) -> bool:
    return same_unit(spec.unit, "元") if spec.unit else spec.type == "money"


def _within(value: Fraction, spec: Input, note: str | None = None) -> Cell:
    if abs(value) >= LARGEST:
        return _refuse("too-large")
    if spec.type == "integer" and value.denominator != 1:
        return _refuse("fraction-for-integer")
    if spec.places is not None and (value * 10**spec.places).denominator != 1:
        return _refuse("too-many-places", places=spec.places)
    if isinstance(spec.min, Fraction) and value < spec.min:
        return _refuse("value-below-min", limit=decimal_text(spec.min))
    if isinstance(spec.max, Fraction) and value > spec.max:
        return _refuse("value-above-max", limit=decimal_text(spec.max))
    if isinstance(spec.more_than, Fraction) and value <= spec.more_than:
        return _refuse("not-more-than", limit=decimal_text(spec.more_than))
    if 0 < value <= 1 and note not in _EXPLICIT and is_doubtful_share(spec):
        note = "share-not-percent"
    return Cell(value, note, values={"read": decimal_text(value)} if note else {})


def is_doubtful_share(spec: Input) -> bool:
    """Whether a value up to 1 is more likely a share than so many percent."""
    return _is_percent(spec) and not (isinstance(spec.max, Fraction) and spec.max <= 1)


def _boolean(raw: object, spec: Input) -> Cell:
    if isinstance(raw, bool):
        return Cell(raw)
    if isinstance(raw, Percent):
        raw = raw.share
    if isinstance(raw, int | float | Decimal | Fraction):
        return _truth(bool(raw), "1/0") if raw in (0, 1) else _refuse("cell-not-boolean")
    if not isinstance(raw, str):
        return _refuse("cell-not-boolean")
    word = name_key(raw)
    if word in TRUE or word in FALSE:
        return _truth(word in TRUE, word)
    return Cell(note="missing-marker") if word in MARKERS else _refuse("cell-not-boolean")


def _truth(value: bool, word: str) -> Cell:
    if word in _USUAL:
        return Cell(value)
    return Cell(value, "boolean-word", values={"read": "是" if value else "否"})


def _choice(raw: object, spec: Input) -> Cell:
    text = plain_text(raw)
    if text is None:
        return _refuse("cell-choice-unknown", choices=spec.choices)
    if text in spec.choices:
        return Cell(text)
    wanted = name_key(text)
    for choice in spec.choices:
        if name_key(choice) == wanted:
            return Cell(choice, "choice-repaired", values={"read": choice})
    if wanted in MARKERS:
        return Cell(note="missing-marker")
    if (close := near(text, spec.choices)) is not None:
        return _refuse("cell-choice-near", near=close, choices=spec.choices)
    return _refuse("cell-choice-unknown", choices=spec.choices)


def plain_text(raw: object) -> str | None:
    """A cell as text: whole numbers as their digits, text trimmed; None for what is neither.

    Examples
    --------
    >>> plain_text(330481001.0), plain_text(" 盐官镇 "), plain_text(1.5)
    ('330481001', '盐官镇', None)
    """
    if isinstance(raw, str):
        return trimmed(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    return str(int(raw)) if -LARGEST * 1000 < raw < LARGEST * 1000 and raw == int(raw) else None


def _date(raw: object, _spec: Input) -> Cell:
    if isinstance(raw, datetime):
        day = date(raw.year, raw.month, raw.day)
        return Cell(day) if raw.time() == time() else Cell(day, "date-with-time", values={"read": str(day)})
    if isinstance(raw, date):
        return Cell(raw)
    if not isinstance(raw, str):
        return _refuse("cell-not-a-date")
    if name_key(raw) in MARKERS:
        return Cell(note="missing-marker")
    found = _DATE.match(half_width(raw))
    if not found:
        return _refuse("cell-not-a-date")
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return _refuse("cell-not-a-date")
    return Cell(day) if raw == str(day) else Cell(day, "date-text", values={"read": str(day)})


def _text(raw: object, _spec: Input) -> Cell:
    if isinstance(raw, str):
        return Cell(note="missing-marker") if name_key(raw) in MARKERS else Cell(raw)
    if isinstance(raw, date):
        return Cell(str(raw))
    text = plain_text(raw)
    if text is None and isinstance(raw, float | Decimal | Percent):
        text = str(raw)
    if text is None:
        return _refuse("cell-not-a-value", kind=_kind(raw))
    return Cell(text, "number-for-text", values={"read": text})


_READERS: Mapping[str, Callable[[Any, Input], Cell]] = {
    **dict.fromkeys(NUMERIC, _number),
    "boolean": _boolean,
    "choice": _choice,
    "date": _date,
    "text": _text,
}
