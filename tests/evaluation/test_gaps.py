"""Gaps name every point lost, exactly, and an input that regains it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from tests.evaluation.explained import EVERY_RULE, STATION, haining, nine_rules
from tests.evaluation.reviewed import check
from tests.laws.both import Rows, Tree, evaluations, law, scored

import stationeval as se
from stationeval.evaluation.gaps import Gap
from stationeval.messages import Language
from stationeval.testing import random_stations

ZERO = Fraction(0)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_evaluator_can_read_the_gaps(lang: Language) -> None:
    check(f"gaps-{lang}.txt", haining().gaps("斜桥镇").to_text(lang) + nine_rules().gaps().to_text(lang))


def test_gaps_are_ranked_and_sum_to_what_is_missing_of_full_marks() -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 5, seed=3), fw)
    for s, station in enumerate(scores.stations):
        gaps = scores.gaps(station)
        lost = [gap.lost for gap in gaps]
        assert lost == sorted(lost, reverse=True)
        assert sum(lost, ZERO) == 100 - scores.levels.base.quantity.exact(s)
    assert len(scores.gaps()) == sum(len(scores.gaps(station)) for station in scores.stations)


@law(40)
@given(evaluations(full=False))
def test_what_a_gap_asks_for_regains_it(pair: tuple[Tree, Rows]) -> None:
    """With every input of a gap as it asks, its term earns all it can, or the gap says why that cannot be."""
    scores = scored(*pair)
    if scores is None or len(scores.data.standing.rows) > 1:
        return
    for gap in list(scores.gaps())[:12]:
        wanted = {need.datum.id: need.value for need in gap.needs}
        if any(need.value is None or need.note is not None or need.sign == ">" for need in gap.needs):
            assert all(need.text(lang) for need in gap.needs for lang in ("zh", "en"))
            continue
        if not wanted or not wanted.keys() <= scores.framework.doc.inputs.keys():
            continue
        if any(value is not None and _finer(scores, name, value) for name, value in wanted.items()):
            continue
        after = scores.what_if(gap.station, **wanted)
        again = {(one.path, need.datum.id): one.lost for one in after.gaps(gap.station) for need in one.needs}
        rounded = scores.framework.doc.policies.rounding.indicator != "none"
        assert rounded or all(again.get((gap.path, name), ZERO) == 0 for name in wanted)


def _finer(scores: se.Scores, name: str, value: object) -> bool:
    """Whether a number has more digits than a cell may hold, so that it cannot be put into one exactly."""
    return isinstance(value, Fraction) and 10**15 % value.denominator != 0


@pytest.mark.parametrize(
    ("indicator", "input_", "sign", "value"),
    [
        ("a", "households", ">=", 120),
        ("b", "response", "<=", 24),
        ("d", "training", ">=", 60),
        ("e", "budget", "=", True),
        ("f", "level", "=", "好"),
        ("g", "articles", ">=", 6),
        ("h", "complaints", "<=", 0),
        ("i", "expert", ">=", 10),
        ("late", "late", "<=", 0),
    ],
)
def test_each_kind_of_rule_is_inverted(indicator: str, input_: str, sign: str, value: object) -> None:
    gap = one_gap(nine_rules(), "甲镇", indicator)
    (need,) = gap.needs
    assert (need.datum.id, need.sign, need.value) == (input_, sign, value)


def one_gap(scores: se.Scores, station: str, indicator: str) -> Gap:
    (gap,) = [gap for gap in scores.gaps(station) if gap.id == indicator]
    return gap


def test_a_whole_number_is_the_next_that_earns() -> None:
    fw = nine_rules().framework
    for households, staff, needed in ((1, 7, 140), (139, 7, 140), (10, 1, 20)):
        scores = se.score([{**STATION, "households": households, "staff": staff}], fw)
        assert one_gap(scores, "甲镇", "a").needs[0].value == needed
    scores = se.score([{**STATION, "articles": 0}], fw)
    assert one_gap(scores, "甲镇", "g").needs[0].value == 6


def test_an_open_band_needs_more_than_its_edge_and_a_closed_one_its_edge() -> None:
    from stationeval.framework.framework import assemble
    from stationeval.framework.source import read_source

    text = EVERY_RULE.replace("{at_least: 95, points: 10}", "{more_than: 95, points: 10}")
    fw = assemble((read_source(text, name="open.yaml"),))
    need = one_gap(se.score([STATION], fw), "甲镇", "c").needs[0]
    assert (need.sign, need.value) == (">", 95)
    assert "高于 95%" in need.text("zh")
    closed = se.score([{**STATION, "rate": 94}], nine_rules().framework)
    assert one_gap(closed, "甲镇", "c").needs[0].sign == ">="


def test_a_relative_rule_says_that_it_depends_on_others() -> None:
    gap = one_gap(nine_rules(), "甲镇", "j")
    assert gap.needs[0].value is None
    assert "其他站点" in gap.regain("zh")


def test_a_divisor_of_zero_is_said_to_be_the_obstacle() -> None:
    gap = one_gap(nine_rules(), "丙镇", "a")
    assert gap.needs[0].value is None
    assert "社工为 0 人" in gap.regain("zh")


def test_rounds_that_need_the_same_are_one_gap() -> None:
    scores = haining()
    staff = one_gap(scores, "斜桥镇", "S5")
    assert [name for name, _ in staff.rounds] == ["midterm"]
    zones = one_gap(scores, "斜桥镇", "S2")
    assert [name for name, _ in zones.rounds] == ["midterm", "final"]
    assert zones.lost == Fraction(25, 7) / 6
    assert zones.full == Fraction(25, 7)


def test_a_value_beyond_the_range_allowed_is_said_to_be() -> None:
    from stationeval.framework.framework import assemble
    from stationeval.framework.source import read_source

    text = EVERY_RULE.replace(
        "households: {type: integer, unit: 户, min: 0,", "households: {type: integer, unit: 户, max: 100,"
    )
    gap = one_gap(se.score([STATION], assemble((read_source(text, name="capped.yaml"),))), "甲镇", "a")
    assert gap.needs[0].value == 120
    assert "100 户" in gap.regain("zh")


def test_gaps_as_a_table_have_exact_points_and_clauses() -> None:
    table = haining().gaps("斜桥镇").table()
    row = next(row for row in table if row["indicator"] == "S5")
    assert (row["lost"], row["needed"], row["now"], row["rounds"]) == ("25/84", "≥ 6 人", "5 人", "midterm")
    assert row["status"] == "assumed"
    assert "haining-09" in row["clause"]
    assert len(table.to_frame()) == len(table)
    assert haining().gaps("斜桥镇").to_dict()[0]["indicator"] == table["indicator"][0]


def test_full_marks_leave_no_gap() -> None:
    assert len(haining().gaps("盐官镇")) == 0
    assert haining().gaps("盐官镇").to_text() == ""
