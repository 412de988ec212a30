"""How numbers, units and gaps are written in practice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationeval.writing import chinese_numeral, half_width, is_unit, name_key, same_unit, trimmed


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("四", 4), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两千三百", 2300), ("三十万", 300000),
        ("一亿二千万", 120000000), ("二〇二一", 2021), ("壹佰", 100), ("", None), ("四人", None), ("一" * 21, None),
    ],
)  # fmt: skip
def test_a_chinese_numeral_is_spelt_out_for_the_hint(numeral: str, number: int | None) -> None:
    assert chinese_numeral(numeral) == number


def test_units_are_the_same_in_their_usual_forms_only() -> None:
    assert same_unit("㎡", "平方米")
    assert same_unit("名", "人")
    assert not same_unit("万元", "元")
    assert is_unit("万元")
    assert not is_unit("左右")


@given(st.text())
def test_comparing_names_twice_changes_nothing(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text) or not text.isascii()


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126)))
def test_full_width_text_becomes_the_plain_text(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text)
    assert half_width(f"\u3000{wide} ") == text


def test_spaces_that_cannot_be_seen_are_trimmed() -> None:
    assert trimmed("\ufeff 盐官镇\u200b\u00a0") == "盐官镇"
