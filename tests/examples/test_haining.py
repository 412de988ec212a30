"""The example workbooks are what their script writes, and are read as they say."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

import stationeval
from stationeval.datasets import townships
from stationeval.evaluation.tables import Table, read_table

SOUND, FAULTY = "社工站数据采集表.xlsx", "社工站数据采集表-有错误.xlsx"


@pytest.fixture(scope="module")
def folder(repo: Path) -> Path:
    return repo / "examples" / "haining"


def read(path: Path) -> Table:
    document = stationeval.load("haining-sppe@2021+reading").doc
    assert isinstance(document.rounds, dict)
    rounds = {name: one.label for name, one in document.rounds.items()}
    return read_table(path, document.inputs, rounds=rounds, stations=[town.name for town in townships("330481")])


def content(table: Table) -> dict[str, Any]:
    n = len(table.stations)
    values = {name: [column.exact(i) for i in range(n)] for name, column in table.columns.items()}
    return {"stations": table.stations, "values": values, "said": [(p.code, str(p.place)) for p in table.report]}


def test_the_workbooks_are_what_the_script_writes(folder: Path, tmp_path: Path) -> None:
    build = runpy.run_path(str(folder / "build.py"))
    for name, faulty in ((SOUND, False), (FAULTY, True)):
        build["write"](tmp_path / name, faulty=faulty)
        assert content(read(tmp_path / name)) == content(read(folder / name))


def test_the_sound_workbook_is_read_whole_with_notes_only(folder: Path) -> None:
    table = read(folder / SOUND)
    assert table.report.errors == ()
    assert set(table.stations) == {town.name for town in townships("330481")}
    assert len(table.stations) == 24
    assert len(table.columns) == len(stationeval.load("haining-sppe@2021+reading").doc.inputs)
    assert {
        "title-skipped",
        "row-is-blank",
        "row-is-total",
        "row-is-remark",
        "column-ignored",
        "number-as-text",
        "percent-sign",
        "percent-format",
        "full-width",
        "thousands",
        "unit-suffix",
        "currency-sign",
        "boolean-word",
        "missing-marker",
        "name-repaired",
        "share-not-percent",
    } <= {note.code for note in table.report.notes}
    assert any("模拟" in str(note.value) for note in table.report.notes if note.code == "title-skipped")


def test_the_faulty_workbook_is_refused_cell_by_cell(folder: Path) -> None:
    errors = read(folder / FAULTY).report.errors
    assert [(problem.place.cell, problem.code) for problem in errors] == [
        ("F3", "column-near"),
        ("E5", "chinese-numeral"),
        ("BG8", "two-values"),
        ("Z12", "value-above-max"),
        ("AB14", "chinese-numeral"),
        ("B21", "station-twice"),
        ("BI23", "date-for-number"),
        ("BA25", "error-cell"),
        ("P27", "cell-not-boolean"),
        ("AI27", "fraction-for-integer"),
        ("B29", "station-near"),
    ]
    assert {problem.place.sheet for problem in errors} == {"数据采集表"}
    assert all(problem.hint("zh") and problem.hint("en") for problem in errors)
