"""An official table becomes a framework or a completion, and no row of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.framework.official.sheets import ALL, Builder, book, template, untidy, usual, weights

import stationeval as se
from stationeval.framework.from_excel import OfficialTable, framework_from_excel
from stationeval.framework.paths import at
from stationeval.framework.source import read_source
from stationeval.framework.values import is_unknown


def leaves(nodes: Any) -> Iterator[dict[str, Any]]:
    for node in nodes.values():
        inner = node.get("indicators")
        if isinstance(inner, dict) and not is_unknown(inner):
            yield from leaves(inner)
        else:
            yield node


def labels(table: OfficialTable) -> list[str]:
    return [node["label"]["zh"] for node in leaves(table.tree["dimensions"])]


def notes(table: OfficialTable) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in table.report:
        found.setdefault(problem.code, []).append(problem.place.cell or str(problem.place.row or ""))
    return found


@pytest.mark.parametrize("build", ALL.values(), ids=ALL)
def test_every_row_made_an_indicator_or_is_listed(build: Builder, tmp_path: Path) -> None:
    table = framework_from_excel(build(tmp_path / "table.xlsx"))
    listed = {problem.place.row for problem in table.report}
    assert set(table.rows) - set(table.made) <= listed
    assert set(table.made) <= set(table.rows)
    items = [
        item
        for part in ("bonus", "deductions")
        for item in table.tree.get(part, {}).get("items", {}).values()
        if not is_unknown(table.tree[part]["items"])
    ]
    assert len(table.made) == len(list(leaves(table.tree["dimensions"]))) + len(items)


@pytest.mark.parametrize("build", ALL.values(), ids=ALL)
def test_what_is_read_is_inferred_with_its_words_and_its_cell(build: Builder, tmp_path: Path) -> None:
    table = framework_from_excel(build(tmp_path / "table.xlsx"))
    framework = table.framework()
    assert framework.shares()["documented"] == 0
    for node in leaves(table.tree["dimensions"]):
        basis = node["basis"]
        assert (basis["status"], basis["cite"]) == ("inferred", "official-table")
        sheet, cell = basis["locator"].split("!")
        assert sheet
        assert cell
        if "kind" in node["rule"]:
            assert basis["quote"]["zh"]


@pytest.mark.parametrize("build", ALL.values(), ids=ALL)
def test_what_is_written_is_a_file_that_lints_and_reads_back(build: Builder, tmp_path: Path) -> None:
    table = framework_from_excel(build(tmp_path / "table.xlsx"))
    path = tmp_path / "made.yaml"
    path.write_text(table.to_yaml(), encoding="utf-8")
    assert se.lint(path).ok
    assert se.load(path) == table.framework()


def test_the_usual_sheet_is_read_whole(tmp_path: Path) -> None:
    table = framework_from_excel(usual(tmp_path / "usual.xlsx"), id="mou-shi")
    tree = table.tree
    assert (tree["id"], tree["edition"], tree["total"]) == ("mou-shi", "2023", 100)
    assert tree["label"]["zh"] == "某市社会工作服务站评估评分表（2023年）"
    assert list(tree["dimensions"]["A"]["indicators"]) == ["A1", "A2"]
    assert labels(table) == ["功能室", "标识", "面积", "专职社工", "持证率", "探访", "个案", "服务对象满意度"]
    rules = [node["rule"].get("kind", "unknown") for node in leaves(tree["dimensions"])]
    assert rules == ["deduct", "checklist", "bands", "linear", "ratio", "bands", "unknown", "lookup"]
    assert tree["inputs"]["a1_3"]["evidence"] == ["产权证", "租赁合同"]
    assert at(tree, ("dimensions", "A", "indicators", "A1", "indicators", "A1-3", "basis", "note", "zh")) == "使用面积"
    assert tree["bonus"]["cap"] == 10
    assert tree["bonus"]["items"]["plus-1"]["rule"]["kind"] == "count"
    assert [grade.get("at_least") for grade in tree["grades"].values()] == [90, 80, 60, None]
    assert notes(table)["table-rule-unread"] == ["G10"]
    assert table.understood == 8


def test_what_is_understood_can_be_scored_once_the_rest_is_filled_in(tmp_path: Path) -> None:
    fw = framework_from_excel(usual(tmp_path / "usual.xlsx")).framework()
    assert "score" not in fw.answers
    (blocking,) = fw.blocking("score")
    whole = fw.complete(
        {
            blocking.path: {"kind": "checklist", "items": {"case_files": 20}},
            "inputs.case_files": {"type": "boolean", "label": {"zh": "个案档案"}},
        }
    )
    row = se.testing.full_marks(whole)
    assert se.score([{"station": "甲镇", **row}], whole).totals[0] == 110
    short = {"station": "甲镇", **row, "a1_1": 2, "a2_1": 4, "b1_1": 85, "plus_1": 0}
    assert Fraction(se.score([short], whole).totals[0]) == 100 - 4 - 4 - 5


def test_rows_of_one_item_with_points_each_become_indicators_inside_it(tmp_path: Path) -> None:
    table = framework_from_excel(template(tmp_path / "template.xlsx"))
    block = table.tree["dimensions"]["A"]
    assert (block["label"]["zh"], block["points"]) == ("运作模式", 8)
    hardware = block["indicators"]["A1"]
    assert (hardware["label"]["zh"], hardware["points"]) == ("硬件设施", 4)
    assert [node["points"] for node in hardware["indicators"].values()] == [2, 1, 1]
    assert [sum(node["rule"]["items"].values()) for node in list(hardware["indicators"].values())[:2]] == [2, 1]
    assert block["indicators"]["A2"]["rule"] == {"unknown": "ambiguous"}


def test_percentages_are_weights_and_rules_keep_the_scale_that_they_say(tmp_path: Path) -> None:
    table = framework_from_excel(weights(tmp_path / "weights.xlsx"))
    found = {node["label"]["zh"]: node for node in leaves(table.tree["dimensions"])}
    assert [node["weight"] for node in found.values()] == [20, 20, 35, 25]
    assert [table.tree["dimensions"][name]["weight"] for name in "AB"] == [40, 60]
    assert found["持证"]["rule"]["out_of"] == 100
    assert found["台账"]["rule"]["out_of"] == 35
    assert found["培训"]["rule"] == {"unknown": "ambiguous"}
    assert table.tree["total"] == {"unknown": "not-published"}
    assert notes(table)["table-column-unread"] == ["E2"]
    assert notes(table)["sheet-ignored"] == [""]


def test_what_goes_wrong_is_listed_by_cell(tmp_path: Path) -> None:
    table = framework_from_excel(untidy(tmp_path / "untidy.xlsx"))
    found = notes(table)
    assert {code: cells for code, cells in found.items() if code != "table-head-open"} == {
        "table-sum-differs": ["D5"],
        "table-column-unread": ["F1"],
        "table-points-unread": ["D3"],
        "table-rule-unread": ["E3", "E6"],
        "table-sum": ["B5", "B13"],
        "table-number-in-label": ["B6"],
        "table-continued": ["7"],
        "table-no-rule": ["C8"],
        "table-repeated-header": ["9"],
        "table-row-without-name": ["A10"],
        "table-veto": ["B12"],
        "table-remark": ["A14"],
    }
    assert [problem.code for problem in table.report.errors] == ["table-sum-differs"]
    assert "28" in table.report.errors[0].why("zh")
    assert "30" in table.report.errors[0].why("en")
    assert at(table.tree, ("deductions", "items", "minus-1", "points")) == 10


@pytest.mark.parametrize(
    ("cells", "place", "sums"),
    [
        ({"A2": "甲（10分）", "B2": "子", "C2": 4, "B3": "丑", "C3": 5}, "A2", ("9", "10")),
        ({"A2": "甲", "B2": "子", "C2": 4, "A3": "乙", "B3": "丑", "C3": 5, "A4": "合计", "C4": 10}, "C4", ("9", "10")),
        ({"A2": "甲", "B2": "子", "C2": "40%", "A3": "乙", "B3": "丑", "C3": "50%"}, "A2", ("90", "100")),
    ],
)
def test_points_that_do_not_add_up_are_said_with_both_numbers(
    cells: dict[str, Any], place: str, sums: tuple[str, str], tmp_path: Path
) -> None:
    head = {"A1": "一级指标", "B1": "二级指标", "C1": "分值"}
    table = framework_from_excel(book(tmp_path / "sums.xlsx", {"表": head | cells}))
    (error,) = table.report.errors
    assert (error.code, error.place.cell) == ("table-sum-differs", place)
    assert (error.values["sum"], error.values["written"]) == sums


@settings(max_examples=40)
@given(
    shape=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from(["每缺1项扣1分", "略", "", "专家评分"])),
        min_size=1,
        max_size=12,
    ),
    merged=st.booleans(),
)
def test_any_tree_of_merged_cells_is_read_as_it_was_laid_out(
    shape: list[tuple[int, int, str]], merged: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Merged or left blank below, the groups of a sheet are those that its author drew."""
    rows: list[tuple[str, str, int, str]] = []
    first = second = 0
    for new_first, new_second, words in shape:
        first += new_first == 0 or not rows
        second += new_first == 0 or new_second == 0 or not rows
        rows.append((f"维度{first}", f"要点{second}", len(rows) + 2, words))
    cells: dict[str, Any] = {"A1": "一级指标", "B1": "二级指标", "C1": "三级指标", "D1": "分值", "E1": "评分标准"}
    for column, index in (("A", 0), ("B", 1)):
        for name in dict.fromkeys(row[index] for row in rows):
            where = [row[2] for row in rows if row[index] == name]
            ends = f"{column}{where[0]}:{column}{where[-1]}"
            cells[ends if merged and len(where) > 1 else f"{column}{where[0]}"] = name
    for _, _, number, words in rows:
        cells |= {f"C{number}": f"指标{number}", f"D{number}": 2, **({f"E{number}": words} if words else {})}
    table = framework_from_excel(book(tmp_path_factory.mktemp("laid") / "t.xlsx", {"表": cells}))
    found = [
        (outer["label"]["zh"], inner["label"]["zh"], leaf["label"]["zh"])
        for outer in table.tree["dimensions"].values()
        for inner in outer["indicators"].values()
        for leaf in inner["indicators"].values()
    ]
    assert found == [(one, two, f"指标{number}") for one, two, number, _ in rows]
    assert list(table.made) == [number for _, _, number, _ in rows]
    assert table.framework().points[()] == 2 * len(rows)


# ---- flat tables that people write ---------------------------------------------------------------------------------


FLAT = {
    "A1": "编号", "B1": "上级", "C1": "名称", "D1": "分值", "E1": "计分方式", "F1": "数据项", "G1": "目标值",
    "H1": "每项分值", "I1": "分档", "J1": "依据", "K1": "来源", "L1": "评分标准",
    "A2": "A", "C2": "人员", "D2": 20,
    "A3": "A1", "B3": "A", "C3": "社工", "D3": 10, "E3": "比例分", "F3": "专职社工人数", "G3": 6,
    "J3": "原文", "K3": "某民〔2023〕5号", "L3": "达到6人得满分",
    "A4": "A2", "B4": "人员", "C4": "培训", "D4": "10分", "E4": "分段分", "F4": "培训时数", "I4": "≥40: 10；≥20: 5；其余: 0",
    "A5": "B", "C5": "制度", "D5": "未公布",
    "A6": "B1", "B6": "B", "C6": "公开", "D6": 5, "L6": "每缺1项扣1分，扣完为止",
    "A7": "B2", "B7": "B", "C7": "档案", "D7": 5, "E7": "组合分", "I7": "有台账: 3；有照片: 2",
}  # fmt: skip


def test_a_flat_table_with_names_for_inputs_is_read(tmp_path: Path) -> None:
    table = framework_from_excel(book(tmp_path / "flat.xlsx", {"指标": FLAT}), id="flat", head={"edition": "2023"})
    nodes = table.tree["dimensions"]
    assert nodes["A"]["indicators"]["A1"]["rule"]["target"] == 6
    assert nodes["A"]["indicators"]["A1"]["basis"]["status"] == "documented"
    (source,) = [name for name in table.tree["sources"] if name != "official-table"]
    assert table.tree["sources"][source]["title"]["zh"] == "某民〔2023〕5号"
    assert nodes["A"]["indicators"]["A1"]["basis"]["cite"] == source
    assert nodes["B"]["points"] == {"unknown": "not-published"}
    assert nodes["B"]["indicators"]["B1"]["rule"]["kind"] == "deduct"
    assert nodes["B"]["indicators"]["B1"]["basis"]["status"] == "inferred"
    types = [spec["type"] for spec in table.tree["inputs"].values()]
    assert types == ["number", "number", "boolean", "boolean", "integer"]
    assert notes(table)["table-input-made"] == ["F3", "F4", "F7", "F7"]
    assert table.framework().report.ok
    assert set(table.made) == {2, 3, 4, 5, 6, 7}


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        ({"D3": "5-10"}, "table-cell-unread", "D3"),
        ({"E3": "看情况"}, "table-cell-unread", "E3"),
        ({"I4": "高: 五"}, "table-cell-unread", "I4"),
        ({"B3": "Z"}, "table-no-parent", "B3"),
        ({"A4": "A1"}, "table-code-twice", "A4"),
        ({"M1": "心得", "M3": "x"}, "table-column-unread", "M1"),
    ],
)
def test_a_cell_of_a_flat_table_that_cannot_be_read_is_listed_and_the_rest_is_read(
    change: dict[str, Any], code: str, cell: str, tmp_path: Path
) -> None:
    table = framework_from_excel(book(tmp_path / "flat.xlsx", {"指标": FLAT | change}))
    assert cell in notes(table)[code]
    assert set(table.rows) - set(table.made) <= {problem.place.row for problem in table.report}
    assert "B1" in table.tree["dimensions"]["B"]["indicators"]


def test_words_in_the_column_of_rules_are_read_as_words(tmp_path: Path) -> None:
    cells = {
        "A1": "指标",
        "B1": "分值",
        "C1": "规则",
        "A2": "制度",
        "B2": 10,
        "C2": "每缺1项扣1分",
        "A3": "人员",
        "C3": "略",
    }
    table = framework_from_excel(book(tmp_path / "t.xlsx", {"表": cells}))
    first, second = leaves(table.tree["dimensions"])
    assert (first["rule"]["kind"], first["basis"]["quote"]["zh"]) == ("deduct", "每缺1项扣1分")
    assert second["rule"] == {"unknown": "ambiguous"}
    assert notes(table)["table-rule-unread"] == ["C3"]


def test_sections_across_the_table_are_dimensions_bonus_or_vetoes(tmp_path: Path) -> None:
    cells = {
        "A1": "序号", "B1": "评估内容", "C1": "分值", "D1": "评分标准",
        "A2:D2": "一、基础建设（30分）", "A3": 1, "B3": "场地", "C3": 10, "D3": "有得10分，没有不得分",
        "A4": 2, "B4": "设备", "C4": 20, "D4": "每缺1件扣2分",
        "A5:D5": "二、附加分（不超过10分）", "A6": 3, "B6": "创新", "D6": "有市级以上经验推广的加5分",
        "A7:D7": "三、一票否决", "A8": 4, "B8": "发生重大安全事故",
        "A9:D9": "说明：满分100分。",
    }  # fmt: skip
    table = framework_from_excel(book(tmp_path / "t.xlsx", {"表": cells}))
    dimension = table.tree["dimensions"]["A"]
    assert (dimension["label"]["zh"], dimension["points"], len(dimension["indicators"])) == ("基础建设", 30, 2)
    assert table.tree["bonus"]["cap"] == 10
    assert table.made == (3, 4, 6)
    assert notes(table)["table-veto"] == ["A8"]
    assert notes(table)["table-section"] == ["A2", "A5", "A7"]


# ---- completions ---------------------------------------------------------------------------------------------------


def test_a_table_fills_what_a_framework_leaves_unknown(tmp_path: Path) -> None:
    base = se.load("haining-sppe@2021")
    names = [node.label.zh for node in base.doc.dimensions.values()]  # type: ignore[union-attr]
    cells: dict[str, Any] = {"A1": "一级指标", "B1": "分值", "C1": "二级指标", "D1": "分值", "E1": "评分标准"}
    for index, name in enumerate(names):
        row = 2 + index * 2
        cells |= {f"A{row}:A{row + 1}": name, f"B{row}:B{row + 1}": 25}
        cells |= {f"C{row}": f"{name}甲", f"D{row}": 10, f"E{row}": "有得10分，没有不得分"}
        cells |= {f"C{row + 1}": f"{name}乙", f"D{row + 1}": 15, f"E{row + 1}": "每缺1项扣3分，扣完为止"}
    cells |= {"A10": "不在其中", "C10": "丙", "D10": 5, "E10": "专家评分"}
    table = framework_from_excel(book(tmp_path / "t.xlsx", {"表": cells}), completes=base, name="table")
    assert (table.kind, table.tree["completes"], table.tree["name"]) == ("completion", "haining-sppe@2021#1", "table")
    assert set(table.tree["fills"]) == {
        f"dimensions.{name}.{key}" for name in base.tree["dimensions"] for key in ("points", "indicators")
    }
    assert notes(table)["table-fill-no-place"] == ["C10"]
    assert {basis["status"] for basis in _bases(table.tree)} == {"inferred"}
    path = tmp_path / "2021+table.yaml"
    path.write_text(table.to_yaml(), encoding="utf-8")
    assert read_source(path, name="t").tree == table.tree
    report = se.lint(path)
    assert [problem.code for problem in report.errors] == ["claim-not-met"], "four times two is not the 23 that it says"


def _bases(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "basis":
                yield each
            else:
                yield from _bases(each)


def test_a_completion_leaves_what_is_known_and_says_where_the_table_differs(tmp_path: Path) -> None:
    base = se.load("mof-self-evaluation@2020")
    nodes = base.doc.dimensions
    assert isinstance(nodes, dict)
    first = next(iter(nodes.values())).label.zh
    cells = {"A1": "指标", "B1": "分值", "C1": "评分标准", "A2": first, "B2": 99, "C2": "专家评分"}
    table = framework_from_excel(book(tmp_path / "t.xlsx", {"表": cells}), completes="mof-self-evaluation@2020")
    assert table.tree["fills"] == {}
    assert "table-fill-differs" in table.report.codes()


# ---- files that are none -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("t.docx", b"PK", "table-not-a-workbook"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table-not-a-workbook"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-workbook"),
        ("t.xlsx", b"not a zip", "not-a-workbook"),
        ("t.xlsx", b"", "not-a-workbook"),
        ("gone.xlsx", None, "no-such-file"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(name: str, content: bytes | None, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(se.InputError) as caught:
        framework_from_excel(path)
    assert caught.value.report.codes() == (code,)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"A1": "姓名", "B1": "电话"}, "table-no-header"),
        ({"A1": "一级指标", "B1": "分值"}, "table-no-rows"),
        ({}, "table-no-header"),
        ({"A1": "一级指标", "B1": "分值", "ZZ1": "x"}, "table-too-large"),
    ],
)
def test_a_workbook_without_a_table_is_refused(cells: dict[str, Any], code: str, tmp_path: Path) -> None:
    with pytest.raises(se.InputError) as caught:
        framework_from_excel(book(tmp_path / "t.xlsx", {"表": cells}))
    assert code in caught.value.report.codes()


def test_a_sheet_may_be_named_and_one_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    path = weights(tmp_path / "t.xlsx")
    assert framework_from_excel(path, sheet="考核表").made
    with pytest.raises(se.InputError) as caught:
        framework_from_excel(path, sheet="表一")
    assert caught.value.problems[0].values["sheets"] == ["说明", "考核表"]
