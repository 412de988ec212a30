"""Words become a rule where they can only mean one, and nothing where they could mean another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationeval.framework.official.wording import read_wording

F = Fraction


def deduct(points: object, **more: object) -> dict[str, object]:
    return {"kind": "deduct", "input": "@1", "points_each": points, **more}


def bands(*steps: tuple[object, object], rest: object = 0, sign: str = "at_least") -> dict[str, object]:
    written = [{sign: bound, "points": points} for bound, points in steps]
    return {"kind": "bands", "input": "@1", "bands": [*written, {"otherwise": rest}]}


def ticks(*points: object) -> dict[str, object]:
    return {"kind": "checklist", "items": {f"@{i}": each for i, each in enumerate(points, 1)}}


UNDERSTOOD = [
    (10, "每缺1项扣2分，扣完为止", deduct(2)),
    (10, "每缺一项扣二分，扣完为止。", deduct(2)),
    (5, "建立督导制度，每月开展督导，每缺1次扣0.5分，扣完为止", deduct(Decimal("0.5"))),
    (5, "建立三项制度（财务、人事、档案），缺一项扣1分", deduct(1)),
    (3, "每缺一项扣1分，最多扣2分", deduct(1, floor=1)),
    (5, "每发现1起扣1分，不得负分", deduct(1)),
    (5, "≥90%得5分，80%-90%得3分，其余不得分", bands((90, 5), (80, 3))),
    (5, "90%（含）以上得5分，80%（含）-90%（不含）得3分，80%以下不得分。", bands((90, 5), (80, 3))),
    (5, "满意度达到九十分以上，得5分；80-89分得3分；80分以下不得分", bands((90, 5), (80, 3))),
    (5, "服务对象满意度≥90%，得5分；80%≤满意度<90%，得3分；满意度<80%，不得分", bands((90, 5), (80, 3))),
    (5, "3人以上得5分，2人得3分，1人得1分，没有不得分", bands((3, 5), (2, 3), (1, 1))),
    (6, "≥100平方米得6分，60-100平方米得3分，其余得1分", bands((100, 6), (60, 3), rest=1)),
    (5, "超过90%得5分，否则不得分", bands((90, 5), sign="more_than")),
    (5, "按比例得分", {"kind": "ratio", "input": "@1", "target": 100}),
    (5, "完成年度计划的，按完成比例计分，超过100%按满分计", {"kind": "ratio", "input": "@1", "target": 100}),
    (5, "得分=完成率×5", {"kind": "ratio", "input": "@1", "target": 100}),
    (6, "达到6人得满分，不足的按比例得分", {"kind": "ratio", "input": "@1", "target": 6}),
    (6, "达到6人得满分，每少1人扣1分", {"kind": "linear", "input": "@1", "knots": [[0, 0], [6, 6]]}),
    (4, "配备专职社工不少于6人，每少一人扣1分，扣完为止", {"kind": "linear", "input": "@1", "knots": [[2, 0], [6, 4]]}),
    (5, "达到6人得满分，每少1人扣2分", {"kind": "linear", "input": "@1", "knots": [[3, 0], [4, 1], [6, 5]]}),
    (20, "达到6人得满分，每少1人扣1分", {"kind": "linear", "input": "@1", "knots": [[0, 14], [6, 20]]}),
    (3, "有得3分，没有不得分", ticks(3)),
    (3, "设立公开栏的得3分，未设立的不得分", ticks(3)),
    (2, "1.有制度得1分；2.上墙得1分", ticks(1, 1)),
    (2, "设施0.5分、使用指引0.5分、规则上墙并执行1分", ticks(Decimal("0.5"), Decimal("0.5"), 1)),
    (8, "有专职会计得3分，账目清晰得3分，专款专用得2分，否则不得分", ticks(3, 3, 2)),
    (10, "制度健全得5分；档案健全得5分", ticks(5, 5)),
    (5, "具备制度、场地、人员，缺一项不得分", ticks(5)),
    (
        5,
        "优秀得5分，良好得3分，较差不得分",
        {"kind": "lookup", "input": "@1", "map": {"优秀": 5, "良好": 3, "较差": 0}},
    ),
    (
        4,
        "齐全得4分，基本齐全得2分，不齐全不得分",
        {"kind": "lookup", "input": "@1", "map": {"齐全": 4, "基本齐全": 2, "不齐全": 0}},
    ),
    (5, "每开展1次得0.5分，最高5分", {"kind": "count", "input": "@1", "points_each": Decimal("0.5")}),
    (5, "由评估专家评分", {"kind": "rating", "input": "@1"}),
    (5, "酌情得0-5分", {"kind": "rating", "input": "@1"}),
]


@pytest.mark.parametrize(("full", "words", "rule"), UNDERSTOOD, ids=[words for _, words, _ in UNDERSTOOD])
def test_words_that_mean_one_rule_become_it(full: int, words: str, rule: dict[str, object]) -> None:
    found = read_wording(words, full=F(full))
    assert found is not None
    assert found.rule == rule


@pytest.mark.parametrize(
    ("full", "words"),
    [
        (5, ""),
        (5, "略"),
        (5, "酌情扣分"),
        (5, "视情况而定"),
        (5, "每缺2项扣1分"),
        (5, "每低1个百分点扣0.5分"),
        (5, "满意度95%以上得5分；每低1个百分点扣1分"),
        (5, "每缺1项扣1分，每迟报1次扣0.5分"),
        (5, "≥80%得5分"),
        (5, "≥90%得5分，≥80%得3分"),
        (5, "80%-90%得5分，其余不得分"),
        (5, "≥90%得5分，70%-80%得3分，其余不得分"),
        (5, "≥90%得3分，80%-90%得5分，其余不得分"),
        (6, "≥90%得5分，80%-90%得3分，其余不得分"),
        (5, "≥90%得5分，3人以上得3分，其余不得分"),
        (5, "好得3分，差得2分"),
        (5, "齐全得5分，部分齐全得3分"),
        (9, "有制度得1分；上墙得1分"),
        (5, "有制度得3分；上墙得3分"),
        (5, "每开展1次得0.5分，最高3分"),
        (5, "每2次得1分"),
        (5, "达到6人得满分，每少2人扣1分"),
        (5, "功能室得到使用并有记录，损坏率不超过30%得5分"),
        (5, "制度健全得5分，但有投诉的除外"),
        (5, "A、B各得2.5分"),
    ],
)
def test_words_that_could_mean_another_rule_become_none(full: int, words: str) -> None:
    assert read_wording(words, full=F(full)) is None


def test_what_depends_on_full_marks_is_not_read_without_them() -> None:
    assert read_wording("达到6人得满分，每少1人扣1分", full=None) is None
    assert read_wording("由专家评分", full=None) is None
    assert read_wording("≥90%得5分，其余不得分", full=None) is not None


@pytest.mark.parametrize(
    ("part", "full", "words", "rule"),
    [
        ("bonus", 5, "每获得1次市级表彰加1分，最高5分", {"kind": "count", "input": "@1", "points_each": 1}),
        ("bonus", 5, "获得省级以上表彰的加5分", ticks(5)),
        ("bonus", 5, "获国家级表彰加5分，省级加3分，市级加2分", None),
        ("deductions", 10, "每发生1起安全事故扣2分，最多扣10分", {"kind": "count", "input": "@1", "points_each": 2}),
        ("deductions", None, "发现弄虚作假的扣10分", ticks(10)),
        ("deductions", None, "情节严重的酌情扣分", None),
    ],
)
def test_what_is_added_and_deducted_has_its_own_ways_of_writing(
    part: str, full: int | None, words: str, rule: dict[str, object] | None
) -> None:
    found = read_wording(words, full=None if full is None else F(full), part=part)
    assert (None if found is None else found.rule) == rule


def test_a_cap_in_the_words_is_the_most_of_an_item_without_points() -> None:
    found = read_wording("每获得1次表彰加1分，最多加3分", full=None, part="bonus")
    assert found is not None
    assert found.most == 3


def test_inputs_have_the_unit_and_the_type_that_the_words_imply() -> None:
    asked = {words: read_wording(words, full=F(full)).asked for full, words, _ in UNDERSTOOD}  # type: ignore[union-attr]
    assert [one.spec for one in asked["≥90%得5分，80%-90%得3分，其余不得分"]] == [
        {"type": "number", "min": 0, "unit": "%"}
    ]
    assert asked["配备专职社工不少于6人，每少一人扣1分，扣完为止"][0].spec == {
        "type": "integer",
        "min": 0,
        "unit": "人",
    }
    assert asked["配备专职社工不少于6人，每少一人扣1分，扣完为止"][0].what == "配备专职社工"
    assert [one.what for one in asked["设施0.5分、使用指引0.5分、规则上墙并执行1分"]] == [
        "设施",
        "使用指引",
        "规则上墙并执行",
    ]


def test_a_gap_between_bands_is_said() -> None:
    found = read_wording("90%以上得5分；80%-89%得3分；80%以下不得分", full=F(5))
    assert found is not None
    assert found.notes == ("table-rule-gap",)
    whole = read_wording("3人以上得5分；1-2人得3分；没有不得分", full=F(5))
    assert whole is not None
    assert whole.notes == ()


@given(
    st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True),
    st.lists(st.integers(0, 40), min_size=5, max_size=5, unique=True),
    st.booleans(),
)
def test_any_bands_that_are_written_out_are_read_back(bounds: list[int], points: list[int], wide: bool) -> None:
    """However many bands, in whichever width of digits, the rule is the one that was written."""
    bounds, points = sorted(bounds, reverse=True), sorted(points, reverse=True)[: len(bounds) + 1]
    parts = [f"{bounds[0]}%以上得{points[0]}分"]
    parts += [f"{low}%-{high}%得{p}分" for high, low, p in zip(bounds, bounds[1:], points[1:], strict=False)]
    text = "，".join([*parts, f"其余得{points[len(bounds)]}分"])
    text = text.translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"}) if wide else text
    found = read_wording(text, full=F(points[0]))
    assert found is not None
    assert found.rule == bands(*zip(bounds, points, strict=False), rest=points[len(bounds)])


@given(st.integers(1, 60), st.integers(1, 100), st.integers(1, 30))
def test_so_many_points_less_for_each_below_a_target_is_exact_for_every_count(
    target: int, full: int, each: int
) -> None:
    """Points at every whole number are full marks less so many for each one that is missing, never below nothing."""
    found = read_wording(f"达到{target}人得满分，每少1人扣{each}分，扣完为止", full=F(full))
    assert found is not None
    knots = [(F(x), F(y)) for x, y in found.rule["knots"]]
    assert all(a[0] < b[0] for a, b in pairwise(knots))
    for count in range(target + 3):
        assert _on_line(knots, F(count)) == max(0, full - each * max(0, target - count))


def _on_line(knots: list[tuple[F, F]], x: F) -> F:
    if x <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in pairwise(knots):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return knots[-1][1]


@given(
    st.text(alphabet="每缺得扣分项人次%≥<以上下0123456789，；。、（）-优良差有无不满", max_size=40), st.integers(1, 20)
)
def test_any_words_are_read_or_not_but_never_fail(words: str, full: int) -> None:
    """No wording makes the reader fail, and what it reads never gives more than full marks."""
    found = read_wording(words, full=F(full))
    if found is not None and found.rule["kind"] == "bands":
        assert max(F(band.get("points", 0)) for band in found.rule["bands"]) == full
