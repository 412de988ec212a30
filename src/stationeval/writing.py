"""How numbers, units and gaps are written in practice: full-width digits, Chinese numerals, `/` for none."""

from __future__ import annotations

import unicodedata

MARKERS = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无数据", "n/a", "na", "nan", "null", "缺", "缺失"})
"""What people write where they have no value (case-folded)."""

TRUE = frozenset({"是", "true", "√", "✓", "✔", "☑", "有", "对", "yes", "y", "t", "1", "1.0"})
FALSE = frozenset({"否", "false", "×", "✗", "✘", "无", "错", "no", "n", "f", "0", "0.0"})

CURRENCY = frozenset({"元", "圆", "元整", "人民币", "人民币元", "rmb", "cny"})

_SAME: tuple[frozenset[str], ...] = (
    frozenset({"%", "百分比", "百分点"}),
    frozenset({"平方米", "m2", "平米"}),
    frozenset({"人", "名", "位"}),
    frozenset({"元", "圆", "人民币元", "rmb", "cny"}),
    frozenset({"小时", "h", "学时"}),
    frozenset({"个月", "月"}),
    frozenset({"天", "日"}),
)
_OTHERS = (
    frozenset({"人次"})
    | frozenset("个次场篇项面处家户亩分周年级岁a‰")
    | {"万元", "千元", "亿元", "公里", "分钟", "季度"}
)

_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " ", 0x2212: "-", 0xFFE5: "¥"}
_EDGES = " \t\r\n\v\f\u00a0\u200b\u3000\ufeff"

_DIGITS = {
    c: i
    for i, same in enumerate(("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in same
}
POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "亿": 10**8}


def trimmed(text: str) -> str:
    """Text without the spaces around it, those that cannot be seen included."""
    return text.strip(_EDGES)


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as plain ones.

    Only those: Unicode's compatibility forms would turn `5²` into 52.

    Examples
    --------
    >>> half_width("９６．５％"), half_width("5²")
    ('96.5%', '5²')
    """
    return trimmed(text.translate(_WIDE))


def name_key(text: str) -> str:
    r"""A name as it is compared: compatibility forms unified, no spaces or line breaks, no case.

    Examples
    --------
    >>> name_key("专用 面积\n（㎡）")
    '专用面积(m2)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def same_unit(one: str, other: str) -> bool:
    """Whether two ways of writing a unit mean the same.

    Examples
    --------
    >>> same_unit("㎡", "平方米"), same_unit("万元", "元")
    (True, False)
    """
    a, b = name_key(one), name_key(other)
    return a == b or any(a in group and b in group for group in _SAME)


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measurement that people write in such tables."""
    key = name_key(text)
    return key in _OTHERS or any(key in group for group in _SAME)


def chinese_numeral(text: str) -> int | None:
    """The number that a Chinese numeral spells, for a hint; None where it is no numeral.

    Examples
    --------
    >>> chinese_numeral("四"), chinese_numeral("二十三"), chinese_numeral("一万零五"), chinese_numeral("若干")
    (4, 23, 10005, None)
    """
    if not 0 < len(text) <= 20 or not all(c in _DIGITS or c in POWERS for c in text):
        return None
    if not any(c in POWERS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif POWERS[c] >= POWERS["万"]:
            total, section, digit = total + (section + digit or 1) * POWERS[c], 0, 0
        else:
            section, digit = section + (digit or 1) * POWERS[c], 0
    return total + section + digit
