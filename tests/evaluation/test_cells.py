"""One cell in, one exact value out."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationeval.evaluation.cells import plain_text, read_cell
from stationeval.exact import decimal_text
from stationeval.framework.documents import Input
from stationeval.framework.values import Text, Unknown
from stationeval.messages import message, phrase
from stationeval.workbooks import ErrorValue, Percent, Uncomputed

F = Fraction


def spec(kind: str = "number", **more: Any) -> Input:
    return Input(type=kind, label=Text(zh="项目"), **more)


COUNT = spec("integer", unit="人", min=F(0))
PERCENT = spec(unit="%", min=F(0), max=F(100))
MONEY = spec("money", unit="元", min=F(0))
AREA = spec(unit="平方米")
FLAG = spec("boolean")
CHOICE = spec("choice", choices=("完整", "部分", "无"))
DATE = spec("date")


@pytest.mark.parametrize(
    ("raw", "what", "value", "note"),
    [
        (12, COUNT, 12, None),
        (12.0, COUNT, 12, None),
        (Decimal("12.50"), AREA, F("12.5"), None),
        (F(1, 3), AREA, F(1, 3), None),
        (np.float32(0.1), AREA, F("0.1"), None),
        (np.int64(7), COUNT, 7, None),
        ("12", COUNT, 12, "number-as-text"),
        ("12.0", COUNT, 12, "number-as-text"),
        ("+.5", AREA, F("0.5"), "number-as-text"),
        ("１２", COUNT, 12, "full-width"),
        ("－３．５", AREA, F("-3.5"), "full-width"),
        (" 12\u3000", COUNT, 12, "number-as-text"),
        ("1,234,567", COUNT, 1234567, "thousands"),
        ("1，234", COUNT, 1234, "thousands"),
        ("320平方米", AREA, 320, "unit-suffix"),
        ("320㎡", AREA, 320, "unit-suffix"),
        ("6 人", COUNT, 6, "unit-suffix"),
        ("6名", COUNT, 6, "unit-suffix"),
        ("96%", PERCENT, 96, "percent-sign"),
        ("９６．５％", PERCENT, F("96.5"), "percent-sign"),
        ("0.5%", PERCENT, F("0.5"), "percent-sign"),
        ("80%", spec(max=F(1)), F("0.8"), "percent-sign"),
        (Percent(0.96), PERCENT, 96, "percent-format"),
        (Percent(0.07), PERCENT, 7, "percent-format"),
        (Percent(0.8), spec(max=F(1)), F("0.8"), "percent-format"),
        (0.96, PERCENT, F("0.96"), "share-not-percent"),
        ("0.96", PERCENT, F("0.96"), "share-not-percent"),
        ("￥1,200.50", MONEY, F("1200.5"), "currency-sign"),
        ("300000元", MONEY, 300000, "currency-sign"),
        ("687501.25", MONEY, F("687501.25"), "number-as-text"),
        ("0.6666666666666666", AREA, F("0.6666666666666666"), "number-as-text"),
        (0.6666666666666666, AREA, F("0.6666666666666666"), None),
        ("123456789012345.123456789012345", AREA, F("123456789012345.123456789012345"), "number-as-text"),
        (True, FLAG, True, None),
        ("是", FLAG, True, None),
        ("否", FLAG, False, None),
        ("√", FLAG, True, "boolean-word"),
        ("×", FLAG, False, "boolean-word"),
        ("有", FLAG, True, "boolean-word"),
        ("无", FLAG, False, "boolean-word"),
        ("对", FLAG, True, "boolean-word"),
        ("ＹＥＳ", FLAG, True, "boolean-word"),
        (0, FLAG, False, "boolean-word"),
        (1.0, FLAG, True, "boolean-word"),
        ("完整", CHOICE, "完整", None),
        (" 完整 ", CHOICE, "完整", None),
        ("完 整", CHOICE, "完整", "choice-repaired"),
        (1.0, spec("choice", choices=("1", "2")), "1", None),
        (date(2021, 3, 5), DATE, date(2021, 3, 5), None),
        (datetime.fromisoformat("2021-03-05T08:00"), DATE, date(2021, 3, 5), "date-with-time"),
        ("2021-03-05", DATE, date(2021, 3, 5), None),
        ("2021年3月5日", DATE, date(2021, 3, 5), "date-text"),
        (pd.Timestamp("2021-03-05"), DATE, date(2021, 3, 5), None),
        ("说明文字", spec("text"), "说明文字", None),
        (330481.0, spec("text"), "330481", "number-for-text"),
    ],
)
def test_what_is_safe_is_read_exactly(raw: object, what: Input, value: object, note: str | None) -> None:
    cell = read_cell(raw, what)
    assert (cell.value, cell.note, cell.problem) == (value, note, None)


@pytest.mark.parametrize(
    ("raw", "what", "problem"),
    [
        ("四", COUNT, "chinese-numeral"),
        ("四人", COUNT, "chinese-numeral"),
        ("30万", MONEY, "chinese-numeral"),
        ("12、13", COUNT, "two-values"),
        ("12/13", COUNT, "two-values"),
        ("12-13", COUNT, "two-values"),
        ("12,34", COUNT, "two-values"),
        ("12 13", COUNT, "two-values"),
        ("12~13", COUNT, "two-values"),
        (datetime.fromisoformat("2021-01-02"), COUNT, "date-for-number"),
        (time(12, 30), COUNT, "date-for-number"),
        ("2021-01-02", COUNT, "date-for-number"),
        ("2021/1/2", COUNT, "date-for-number"),
        ("1月2日", COUNT, "date-for-number"),
        ("2-Jan", COUNT, "date-for-number"),
        ("1e5", COUNT, "scientific"),
        ("1.2E+17", COUNT, "scientific"),
        ("330481198001011234", COUNT, "too-large"),
        (10**15, COUNT, "too-large"),
        (1e300, AREA, "too-large"),
        (Decimal("1e1000000"), AREA, "too-large"),
        (Decimal("1e-1000000"), AREA, "too-fine"),
        ("0.1234567890123456789", AREA, "too-fine"),
        (1e-16, AREA, "too-fine"),
        ("很多", COUNT, "cell-not-a-number"),
        ("约12", COUNT, "cell-not-a-number"),
        ("5²", COUNT, "cell-not-a-number"),
        ("①", COUNT, "cell-not-a-number"),
        ("12.5", COUNT, "fraction-for-integer"),
        (12.5, COUNT, "fraction-for-integer"),
        (-1, COUNT, "value-below-min"),
        ("101%", PERCENT, "value-above-max"),
        (0, spec(more_than=F(0)), "not-more-than"),
        ("1.234", spec("money", unit="元", places=2), "too-many-places"),
        ("5小时", COUNT, "unit-differs"),
        ("30%", COUNT, "unit-differs"),
        ("￥5", COUNT, "unit-differs"),
        ("完整的", CHOICE, "cell-choice-near"),
        ("优秀", CHOICE, "cell-choice-unknown"),
        (date(2021, 1, 2), CHOICE, "cell-choice-unknown"),
        (ErrorValue("#DIV/0!"), COUNT, "error-cell"),
        (ErrorValue("#N/A"), FLAG, "error-cell"),
        ("#REF!", CHOICE, "error-cell"),
        ("#n/a", COUNT, "error-cell"),
        (float("inf"), AREA, "cell-not-finite"),
        ("-inf", AREA, "cell-not-finite"),
        (Decimal("Infinity"), AREA, "cell-not-finite"),
        ("=1+1", COUNT, "formula-text"),
        (Uncomputed(), COUNT, "formula-without-value"),
        (True, COUNT, "boolean-for-number"),
        (2, FLAG, "cell-not-boolean"),
        ("也许", FLAG, "cell-not-boolean"),
        ("2021-02-30", DATE, "cell-not-a-date"),
        (44198, DATE, "cell-not-a-date"),
        ([1, 2], COUNT, "cell-not-a-value"),
        (np.array([1, 2]), COUNT, "cell-not-a-value"),
        ("九" * 9000, COUNT, "cell-not-a-number"),
        ("9" * 9000, COUNT, "too-large"),
    ],
)
def test_what_is_not_safe_is_refused_by_name(raw: object, what: Input, problem: str) -> None:
    cell = read_cell(raw, what)
    assert (cell.value, cell.note, cell.problem) == (None, None, problem)
    for sentence in (message(problem).why, message(problem).hint):
        assert "{" not in phrase(sentence, "zh", cell.values) + phrase(sentence, "en", cell.values)


@pytest.mark.parametrize(
    "raw", [None, float("nan"), Decimal("NaN"), Decimal("sNaN"), pd.NA, pd.NaT, "", "  ", "\u3000"]
)
@pytest.mark.parametrize("what", [COUNT, FLAG, CHOICE, DATE, spec("text")])
def test_nothing_is_missing_without_a_note(raw: object, what: Input) -> None:
    cell = read_cell(raw, what)
    assert (cell.value, cell.note, cell.problem) == (None, None, None)


@pytest.mark.parametrize("raw", ["-", "—", "／", "无数据", "N/A", "缺", "nan"])
@pytest.mark.parametrize("what", [COUNT, PERCENT, CHOICE, spec("text")])
def test_a_marker_for_nothing_is_missing_with_a_note(raw: str, what: Input) -> None:
    cell = read_cell(raw, what)
    assert (cell.value, cell.note, cell.problem) == (None, "missing-marker", None)


def test_an_unknown_bound_bounds_nothing() -> None:
    assert read_cell(-5, spec(min=Unknown(unknown="not-published"))).value == -5


def test_a_hint_writes_the_number_out() -> None:
    assert read_cell("三十万", MONEY).values["write"] == "300000"
    assert read_cell("1.5万元", MONEY).values["write"] == "15000"


numbers = st.decimals(-(10**9), 10**9, places=4).map(F)


@given(numbers)
def test_a_number_is_the_same_as_number_decimal_text_or_full_width(number: Fraction) -> None:
    text = decimal_text(number)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text)
    ways = [float(number), Decimal(text), number, text, f"  {text} ", wide]
    assert {read_cell(way, spec()).value for way in ways} == {number}


@given(st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.dates(), st.decimals()))
def test_any_cell_is_a_value_of_its_type_missing_or_refused_and_never_an_exception(raw: object) -> None:
    kinds = {"integer": F, "number": F, "money": F, "rating": F, "boolean": bool, "date": date, "text": str}
    for kind, expected in kinds.items():
        cell = read_cell(raw, spec(kind))
        assert cell.value is None or (isinstance(cell.value, expected) and cell.problem is None)
    assert read_cell(raw, CHOICE).value in (None, *CHOICE.choices)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_its_shortest_decimal_or_refused_for_its_size(number: float) -> None:
    cell = read_cell(number, spec())
    assert cell.value == F(repr(number)) or cell.problem in ("too-large", "too-fine")


def test_codes_become_digits() -> None:
    assert [plain_text(raw) for raw in (1, 1.0, Decimal("1.0"), "1", True, 1.5, float("nan"))] == [
        "1", "1", "1", "1", None, None, None,
    ]  # fmt: skip
