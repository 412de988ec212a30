"""A result is written whole or not at all, in the format its suffix names, and never over another file unasked."""

from __future__ import annotations

import csv
import io
import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import stationeval as se
from stationeval.evaluation.results import Scores
from stationeval.report.export import export
from stationeval.testing import full_marks

module = import_module("stationeval.report.export")
SUFFIXES = [".xlsx", ".csv", ".json", ".parquet"]


def code_of(error: pytest.ExceptionInfo[se.InputError]) -> str:
    (problem,) = error.value.problems
    assert problem.why("zh")
    assert problem.hint("zh")
    assert problem.hint("en")
    return problem.code


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_result_gives_the_same_bytes_and_leaves_nothing_beside_the_file(
    suffix: str, example: Scores, tmp_path: Path
) -> None:
    one, two = (export(example, tmp_path / f"{name}{suffix}") for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"one{suffix}", f"two{suffix}"]


def test_csv_opens_in_excel_and_holds_the_exact_totals_best_first(example: Scores, tmp_path: Path) -> None:
    data = export(example, tmp_path / "结果.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    totals = dict(zip(example.stations, map(str, example.totals), strict=True))
    paid = dict(zip(example.stations, map(str, se.subsidy(example)["amount"]), strict=True))
    assert {row["社工站"]: row["总分"] for row in rows} == totals
    assert {row["社工站"]: row["补助（元）"] for row in rows} == paid
    assert [int(row["名次"]) for row in rows] == sorted(example.ranks)


def test_json_is_the_dictionary_of_the_scores(example: Scores, tmp_path: Path) -> None:
    path = export(example, tmp_path / "r.json")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(example.to_dict()))


def test_parquet_is_the_frame_of_the_scores(example: Scores, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    again = pd.read_parquet(export(example, tmp_path / "r.parquet"))
    pd.testing.assert_frame_equal(again, example.to_frame(), check_dtype=False)


def test_a_file_is_not_overwritten_unless_asked(example: Scores, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(se.InputError) as error:
        export(example, path)
    assert code_of(error) == "output-exists"
    assert path.read_text(encoding="utf-8") == "mine"
    export(example, path, overwrite=True)
    assert "盐官镇" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("r.doc", "output-suffix"),
        ("r", "output-suffix"),
        ("nowhere/r.csv", "output-folder"),
        ("folder.csv", "output-is-folder"),
        (f"{'长' * 200}.csv", "output-unwritable"),
    ],
)
def test_an_output_that_cannot_be_is_refused_with_a_way_out(
    name: str, code: str, example: Scores, tmp_path: Path
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(se.InputError) as error:
        export(example, tmp_path / name)
    assert code_of(error) == code
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]


def test_a_folder_that_cannot_be_written_is_refused(
    example: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(se.InputError) as error:
        export(example, tmp_path / "r.csv")
    assert code_of(error) == "output-unwritable"


@pytest.mark.parametrize(("suffix", "extra"), [(".xlsx", "excel"), (".parquet", "polars")])
def test_a_missing_package_is_named_with_the_extra_that_brings_it(
    suffix: str, extra: str, example: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(se.InputError) as error:
        export(example, tmp_path / f"r{suffix}")
    assert code_of(error) == "output-library"
    assert f"stationeval[{extra}]" in error.value.problems[0].hint("zh")


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt(), RuntimeError()])
def test_whatever_breaks_off_the_writing_leaves_the_old_file_and_no_part_of_a_new_one(
    failure: BaseException, example: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.csv"
    path.write_text("old", encoding="utf-8")

    def broken(_contents: Any, stream: io.BytesIO) -> None:
        stream.write(b"half")
        raise failure

    monkeypatch.setattr(module, "_csv", broken)
    with pytest.raises(se.InputError if isinstance(failure, OSError) else type(failure)):
        export(example, path, overwrite=True)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t=", "  ="])
def test_a_name_cannot_become_a_formula_in_csv(beginning: str, tmp_path: Path) -> None:
    framework = se.load("mof-self-evaluation")
    name = f'{beginning}HYPERLINK("http://x")'
    scores = se.score([full_marks(framework) | {"station": "甲镇", "county": name}], framework, keep=("county",))
    (kept,) = scores.group("county")
    row = export(scores, tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    cell = next(csv.reader([row]))[2]
    assert cell == f"'{kept}"
