"""An explanation is the exact breakdown of a total, told with cells and clauses."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given
from tests.evaluation.explained import EVERY_RULE, STATION, haining, nine_rules
from tests.evaluation.reviewed import check
from tests.laws.both import Rows, Tree, evaluations, law, scored

import stationeval as se
from stationeval.evaluation.explanation import Node
from stationeval.exact import round_half_up
from stationeval.messages import Language
from stationeval.testing import random_stations


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_evaluator_can_read_the_explanation_of_two_rounds(lang: Language) -> None:
    check(f"explain-haining-{lang}.txt", haining().explain("斜桥镇").to_text(lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_evaluator_can_read_the_explanation_of_every_kind_of_rule(lang: Language) -> None:
    scores = nine_rules()
    check(f"explain-rules-{lang}.txt", "\n".join(scores.explain(name).to_text(lang) for name in scores.stations))


def sums(node: Node) -> bool:
    return not node.nodes or node.points == sum((one.weight * one.points for one in node.nodes), Fraction(0))


@law(50)
@given(evaluations(full=False))
def test_points_sum_exactly_from_the_leaves_to_the_total(pair: tuple[Tree, Rows]) -> None:
    """A part's points are the weighted sum of its parts', each indicator's are the engine's, the root is the total."""
    scores = scored(*pair)
    if scores is None:
        return
    for s, station in enumerate(scores.stations):
        explanation = scores.explain(station)
        assert all(sums(node) for node in explanation.root.all())
        assert explanation.root.points == scores.levels.total.quantity.exact(s)
        for node in explanation.root.all():
            if node.kind in ("dimension", "indicator", "item"):
                assert node.points == scores.exact_points(node.id, station)
        rounded = next(one for one in explanation.findings if one.section == "rounding")
        assert Fraction(str(rounded.outcome)) == Fraction(
            round_half_up(explanation.root.points, scores.places), 10**scores.places
        )
        assert scores.vetoes(station) or Fraction(str(rounded.outcome)) == Fraction(scores.totals[s])


@law(40)
@given(evaluations())
def test_whatever_a_framework_says_can_be_told_in_both_languages(pair: tuple[Tree, Rows]) -> None:
    """Text, HTML and JSON name the station and its total, whatever rules, gaps, conditions and unknowns there are."""
    scores = scored(*pair)
    if scores is None:
        return
    station = scores.stations[-1]
    explanation = scores.explain(station)
    for lang in ("zh", "en"):
        assert format(explanation.total, "f") in explanation.to_text(lang).splitlines()[0]
        assert json.loads(json.dumps(explanation.to_dict(lang)))["station"] == station
    assert station in explanation._repr_html_()


def test_every_leaf_shows_its_cells_and_its_clause() -> None:
    explanation = haining().explain("斜桥镇")
    leaves = [node for node in explanation.root.all() if node.kind == "round"]
    assert len(leaves) == 2 * 26
    assert all(node.data and node.words for node in leaves)
    assert all(datum.place is not None or datum.made is not None for node in leaves for datum in node.data)
    indicators = [node for node in explanation.root.all() if node.kind == "indicator"]
    assert all(clause.status in ("inferred", "assumed") for node in indicators for clause in node.clauses)
    assert all(node.clauses for node in indicators)
    staff = explanation.node("S5")
    assert [clause.facts for clause in staff.clauses] == [("haining-09",), ()]
    assert staff.lost == Fraction(25, 7) - staff.points == Fraction(25, 84)


def test_a_workbook_cell_is_named_by_sheet_and_address(tmp_path: pytest.TempPathFactory) -> None:
    import openpyxl

    rows = [{"station": "甲镇", "budget": 100, "spent": 96, "output_achievement": 90, "benefit_achievement": 88}]
    rows[0]["satisfaction_achievement"] = 90
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "采集表"
    sheet.append(list(rows[0]))
    sheet.append(list(rows[0].values()))
    path = tmp_path / "data.xlsx"  # type: ignore[operator]
    book.save(path)
    text = se.score(path, "mof-self-evaluation").explain("甲镇").to_text()
    assert "数据：全年执行数 96 元（采集表!C2）；全年预算数 100 元（采集表!B2）" in text


def test_a_veto_that_holds_is_told_even_where_it_changes_nothing() -> None:
    scores = nine_rules()
    held = [one for one in scores.explain("丙镇").findings if one.section == "veto"]
    assert [(one.id, one.changed) for one in held] == [("accident", False), ("fraud", False)]
    high = scores.what_if("乙镇", fraud=True, accident=True).explain("乙镇")
    assert [one.changed for one in high.findings if one.section == "veto"] == [False, True]
    assert high.grade == "不合格"
    assert str(high.total) == "59.0"


def test_a_grade_says_which_quota_moved_it() -> None:
    rows = [{**STATION, "station": name, "accident": False, "late": 0, "visits": 10} for name in ("甲", "乙", "丙")]
    for row in rows:
        row |= {"households": 200, "response": 1, "plan": True, "budget": True, "level": "好", "rural": False}
        row |= {"articles": 9, "complaints": 0, "expert": 10, "training": 60}
    rows[0]["award"] = rows[1]["award"] = False
    scores = se.score(rows, nine_rules().framework)
    assert scores.grades == ("合格", "合格", "优秀")
    (grade,) = [one for one in scores.explain("甲").findings if one.section == "grade"]
    assert grade.changed
    assert "名额已满" in grade.words[-1].text("zh")


class Checker(HTMLParser):
    """Counts what is open and collects the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_nested_and_escaped() -> None:
    fw = nine_rules().framework
    scores = se.score([{**STATION, "station": "<script>alert(1)</script>"}], fw)
    html = scores.explain("<script>alert(1)</script>")._repr_html_()
    checker = Checker()
    checker.feed(html)
    assert checker.open == []
    assert checker.tags == {"div", "strong", "details", "summary", "br"}


def test_the_explanation_of_one_station_looks_at_no_other() -> None:
    """What is told of a station among many is what is told of it alone, apart from its rank."""
    fw = se.load("haining-sppe@2021+reading")
    rows = random_stations(fw, 40, seed=1)
    many = se.score(rows, fw)
    name = many.stations[7]
    alone = se.score([row for row in rows if row["station"] == name], fw)
    assert many.explain(name).to_dict()["tree"]["points"] == alone.explain(name).to_dict()["tree"]["points"]
    looked = []
    source = many.data.sources["floor_area"]
    object.__setattr__(
        many.data.sources["floor_area"], "exact", lambda i, call=source.exact: (looked.append(i), call(i))[1]
    )
    many.explain(name)
    assert {many.data.table.stations[i] for i in looked} == {name}


def test_an_explanation_is_frozen_equal_by_value_and_picklable() -> None:
    one, other = haining().explain("盐官镇"), haining().explain("盐官镇")
    assert one == other == pickle.loads(pickle.dumps(one))
    with pytest.raises(AttributeError):
        one.total = 3  # type: ignore[misc]


def test_an_unknown_station_is_named_with_the_nearest() -> None:
    with pytest.raises(KeyError, match="斜桥镇"):
        haining().explain("斜桥")
    with pytest.raises(KeyError):
        haining().explain("斜桥镇").node("S99")


def test_ratings_are_explained_group_by_group_with_what_was_trimmed() -> None:
    from stationeval.framework.framework import assemble
    from stationeval.framework.source import read_source

    text = EVERY_RULE.replace(
        "  all: {label: {zh: 专家, en: Experts}, weight: 1}",
        "  experts: {label: {zh: 专家, en: Experts}, weight: 0.6, trim: {drop_highest: 1, drop_lowest: 1, needs: 3}}\n"
        "  residents: {label: {zh: 居民, en: Residents}, weight: 0.4}",
    )
    fw = assemble((read_source(text, name="rated.yaml"),))
    marks = [("专家", 10), ("专家", 8), ("专家", 7), ("专家", 2), ("居民", 9), ("居民", "8.5")]
    ratings = [{"station": "甲镇", "rater_group": group, "expert": mark} for group, mark in marks]
    row = {name: value for name, value in STATION.items() if name != "expert"}
    explanation = se.score([row], fw, ratings=ratings).explain("甲镇")
    node = explanation.node("i")
    assert node.points == Fraction(8)
    (made,) = [datum.made for datum in node.data]
    assert made is not None
    assert (
        made.text("zh")
        == "专家评分由各评价主体的评分加权：专家 4 个评分，去掉最高 1 个、最低 1 个后平均 7.5 × 0.6；居民 2 个评分，平均 8.75 × 0.4"
    )
