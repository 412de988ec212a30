"""What cells of points say: `5分`, `10%`, `最高5分`, `未公布`, and the words of the columns of a flat table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from stationeval.errors import Place
from stationeval.exact import decimal_text
from stationeval.framework.official.clauses import NUMBER
from stationeval.framework.official.page import exact_number, percentage, unreadable
from stationeval.messages import catalogue
from stationeval.writing import half_width, name_key

_PLAIN = re.compile(rf"(?:共|满分|计|合计|总分|分值)?:?({NUMBER})分?\Z")
_SIGNED = re.compile(rf"(?:[+-]|加|扣|减)({NUMBER})分?\Z")
_CAPPED = re.compile(rf"(?:最高|最多|上限|不超过|至多|≤|<=)(?:得|加|扣|不超过)*({NUMBER})分?\Z|({NUMBER})分封顶\Z")
_PERCENT = re.compile(rf"({NUMBER})%\Z")
_IN_LABEL = re.compile(
    rf"[(（〔\[]\s*(?:共|满分|总分|计|最高|上限|不超过)?\s*({NUMBER})\s*(分|%)?\s*[)）〕\]]\s*[:：]?\Z"
)

UNKNOWNS = ("not-published", "not-found", "lost-in-source", "ambiguous")


@dataclass(frozen=True, slots=True)
class Amount:
    """Points or a weight with the cell that says so."""

    kind: Literal["points", "weight", "unknown"]
    value: Fraction
    place: Place
    why: str = ""


def plain_number(value: Fraction) -> int | Decimal:
    """A number as a file holds it."""
    return value.numerator if value.denominator == 1 else Decimal(decimal_text(value))


def read_amount(value: Any, place: Place, *, weights: bool = False) -> Amount | None:
    """The points or the weight in a cell; None where it cannot be told.

    Parameters
    ----------
    value
        The raw cell.
    place
        Where it is.
    weights
        Whether the column says that plain numbers in it are weights.

    Examples
    --------
    >>> read_amount("５分", Place()).value, read_amount("10%", Place()).kind, read_amount("5-10分", Place())
    (Fraction(5, 1), 'weight', None)
    """
    if unreadable(value):
        return None
    if (share := percentage(value)) is not None:
        return Amount("weight", share, place) if share > 0 else None
    number = exact_number(value)
    if number is None and isinstance(value, str):
        text = "".join(half_width(value).split())
        if (why := UNKNOWN_WORDS.get(name_key(text))) is not None:
            return Amount("unknown", Fraction(0), place, why)
        if found := _PERCENT.match(text):
            return Amount("weight", Fraction(found[1]), place)
        found = _PLAIN.match(text) or _SIGNED.match(text) or _CAPPED.match(text)
        number = None if found is None else Fraction(next(group for group in found.groups() if group))
    if number is None or number <= 0:
        return None
    return Amount("weight" if weights else "points", number, place)


def points_in_label(label: str, place: Place) -> tuple[str, Amount | None, bool]:
    """A label without the points in brackets at its end, those points, and whether they say `分` or `%`.

    Examples
    --------
    >>> points_in_label("运作模式（31分）", Place())[0], points_in_label("制度(2021)", Place())[2]
    ('运作模式', False)
    """
    found = _IN_LABEL.search(label)
    if found is None or not Fraction(found[1]):
        return label, None, False
    amount = Amount("weight" if found[2] == "%" else "points", Fraction(found[1]), place)
    return label[: found.start()].rstrip(" \n:：") or label, amount, found[2] is not None


def _words(*codes: str) -> dict[str, str]:
    """From both languages' words, and the code's own name, to the name."""
    found: dict[str, str] = {}
    for code in codes:
        name = code.partition("-")[2]
        found |= {name_key(word): name for word in (*catalogue()[code].why, name, name.replace("-", "_"))}
    return found


UNKNOWN_WORDS: Mapping[str, str] = _words(*(f"unknown-{why}" for why in UNKNOWNS)) | {
    "待定": "not-published",
    "暂缺": "not-found",
}
