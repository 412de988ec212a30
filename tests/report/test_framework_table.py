"""A framework as a workbook reads back to the same framework, and the workbook can be worked with."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from tests.framework.small import edited

import stationeval as se
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.merge import Given
from stationeval.testing.strategies import documents

REFS = [
    ref
    for entry in se.frameworks()
    for ref in (
        f"{entry.id}@{entry.edition}",
        *(f"{entry.id}@{entry.edition}+{name}" for name in entry.completions),
    )
]


def through(framework: Framework, path: Path) -> se.OfficialTable:
    return se.framework_from_excel(se.framework_to_excel(framework, path, overwrite=True))


@pytest.mark.parametrize("ref", REFS)
def test_a_shipped_framework_reads_back_to_the_same_hash_without_a_note(ref: str, tmp_path: Path) -> None:
    framework = se.load(ref)
    table = through(framework, tmp_path / "table.xlsx")
    assert table.report.codes() == ()
    assert table.framework().sha256 == framework.sha256
    assert table.rows == table.made


@settings(max_examples=60)
@given(tree=documents())
def test_any_framework_reads_back_to_the_same_hash(
    tree: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a framework says, its workbook says it again."""
    framework = assemble((Given("simulated.yaml", tree),))
    table = through(framework, tmp_path_factory.getbasetemp() / "any.xlsx")
    assert table.report.codes() == ()
    assert table.framework().sha256 == framework.sha256


@pytest.mark.parametrize(
    "label",
    [
        "=1+1",
        "+86",
        "@home",
        "'quoted'",
        " two  blanks ",
        "a\nb",
        "tab\there",
        "_x0041_",
        "2021",
        "no",
        "{a: b}",
        "未公布",
        "a；b: c",
    ],
)
def test_no_text_is_changed_or_becomes_a_formula(label: str, tmp_path: Path) -> None:
    changes = [("label.zh", label), ("dimensions.site.label.zh", label), ("inputs.staff.label.zh", label)]
    changes += [
        ("inputs.survey.choices", [label, "中", "差"]),
        ("dimensions.work.indicators.W1.rule.map", {label: 10, "中": 5, "差": 0}),
    ]
    framework = assemble((Given("small", edited(*changes)),))
    path = tmp_path / "table.xlsx"
    assert through(framework, path).framework().sha256 == framework.sha256
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_what_is_changed_in_the_workbook_is_changed_in_the_framework(tmp_path: Path) -> None:
    path = se.framework_to_excel("mof-self-evaluation@2020", tmp_path / "table.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["指标"]
    heads = [cell.value for cell in page[1]]
    assert heads[:6] == ["部分", "编号", "上级", "名称", "英文名称", "分值"]
    row = next(row for row in page.iter_rows(min_row=2) if row[1].value == "outputs")
    row[3].value, row[heads.index("原文")].value = "产出", "新的原文"
    book.save(path)
    before, after = se.load("mof-self-evaluation@2020"), se.framework_from_excel(path).framework()
    nodes = after.doc.dimensions
    assert isinstance(nodes, dict)
    assert nodes["outputs"].label.zh == "产出"
    quote = nodes["outputs"].basis
    assert quote is not None
    assert quote.quote is not None
    assert quote.quote.zh == "新的原文"
    assert before.sha256 != after.sha256


def test_a_row_added_with_words_alone_gets_its_rule_from_them(tmp_path: Path) -> None:
    framework = assemble((Given("small", edited()),))
    path = se.framework_to_excel(framework, tmp_path / "table.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["指标"]
    heads = [cell.value for cell in page[1]]
    new = dict.fromkeys(heads) | {
        "编号": "W9",
        "上级": "work",
        "名称": "公示",
        "分值": 2,
        "原文": "每缺1次扣1分，扣完为止",
    }
    page.append([new[head] for head in heads])
    book.save(path)
    table = se.framework_from_excel(path)
    node = table.tree["dimensions"]["work"]["indicators"]["W9"]
    assert node["rule"] == {"kind": "deduct", "input": "w9", "points_each": 1}
    assert table.tree["inputs"]["w9"]["label"] == {"zh": "公示：缺次数"}


def test_the_sheets_can_be_read_by_people(tmp_path: Path) -> None:
    path = se.framework_to_excel("haining-sppe@2021+reading", tmp_path / "table.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["指标", "数据项", "其他"]
    page = book["指标"]
    assert page.freeze_panes == "E2"
    kinds = {cell.value for cell in page["H"][1:]}
    assert {"比例分", "组合分", "线性分", "扣分"} <= kinds
    assert page["C1"].comment is not None
    assert {str(one.sqref)[0] for one in page.data_validations.dataValidation} == {"A", "H", "N", "O"}


def test_a_file_is_not_overwritten_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(se.InputError) as caught:
        se.framework_to_excel("haining-sppe@2021", path)
    assert caught.value.report.codes() == ("output-exists",)
    assert path.read_bytes() == b"mine"
    with pytest.raises(se.InputError) as other:
        se.framework_to_excel("haining-sppe@2021", tmp_path / "table.csv")
    assert other.value.report.codes() == ("output-suffix",)


def test_a_text_longer_than_a_cell_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    framework = assemble((Given("small", edited(("label.zh", "\x01" * 19_000))),))
    with pytest.raises(se.InputError) as caught:
        se.framework_to_excel(framework, tmp_path / "table.xlsx")
    assert caught.value.report.codes() == ("table-text-too-long",)
    assert list(tmp_path.iterdir()) == []
