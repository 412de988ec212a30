"""Text with Chinese characters keeps to its columns and breaks where it may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stationeval.report.typeset import NEVER_FIRST, pad, width, wrap

words = st.text(alphabet="盐官镇社工站，。“”（） abcXYZ123-@", max_size=60)


def test_a_chinese_character_is_two_columns_wide() -> None:
    assert width("盐官镇 A1，") == 6 + 3 + 2
    assert width(pad("盐官", 7)) == 7


@given(words, st.integers(8, 40))
def test_wrapping_loses_nothing_but_spaces(text: str, columns: int) -> None:
    assert "".join(wrap(text, columns)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="盐官镇社工站，。 ", max_size=60), st.integers(8, 40))
def test_no_line_is_wider_than_asked(text: str, columns: int) -> None:
    assert all(width(line) <= columns for line in wrap(text, columns))


@given(st.text(alphabet="盐官镇社工站，。", max_size=60).filter(lambda text: "，，" not in text.replace("。", "，")))
def test_no_line_begins_with_a_closing_mark(text: str) -> None:
    assert not any(line[0] in NEVER_FIRST for line in wrap(text, 10)[1:])


def test_an_opening_mark_does_not_end_a_line() -> None:
    assert wrap("如果指的是它，改为“袁花镇”", 20) == ["如果指的是它，改为", "“袁花镇”"]


def test_a_closing_mark_takes_the_whole_word_before_it_along() -> None:
    assert wrap("用 zsh_source）。", 14) == ["用", "zsh_source）。"]
