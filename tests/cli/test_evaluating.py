"""A file and a framework in, a result out; whatever is wrong is said at once and nothing is written."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stationeval as se
from stationeval.cli import evaluating
from stationeval.datasets import townships
from stationeval.report.export import export

FRAMEWORK = "haining-sppe@2021+reading"
Run = Callable[..., Any]

WRONG = {
    "F3": "column-near",
    "E5": "chinese-numeral",
    "BG8": "two-values",
    "Z12": "value-above-max",
    "AB14": "chinese-numeral",
    "B21": "station-twice",
    "BI23": "date-for-number",
    "BA25": "error-cell",
    "P27": "cell-not-boolean",
    "AI27": "fraction-for-integer",
    "B29": "station-near",
}


def test_score_prints_the_ranking_and_writes_the_workbook(run: Run, sound: Path, tmp_path: Path) -> None:
    done = run("score", sound, "--framework", FRAMEWORK, "--out", "结果.xlsx")
    assert done.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["结果.xlsx"]
    scores = se.score(sound, FRAMEWORK)
    best = scores.stations[scores.ranks.index(1)]
    line = next(line for line in done.out.splitlines() if best in line and "优秀" in line)
    assert str(scores.totals[scores.ranks.index(1)]) in line
    assert "! 本结果含假定值" in done.out
    assert "! 模拟数据" in done.out
    assert "结果.xlsx" in done.out
    assert done.err == ""


@pytest.mark.parametrize("suffix", [".csv", ".json", ".parquet"])
def test_the_suffix_says_the_format_and_the_file_is_that_of_export(
    suffix: str, run: Run, sound: Path, tmp_path: Path
) -> None:
    assert run("score", sound, "-f", FRAMEWORK, "-o", f"r{suffix}").code == 0
    expected = export(se.score(sound, FRAMEWORK), tmp_path / f"expected{suffix}")
    assert (tmp_path / f"r{suffix}").read_bytes() == expected.read_bytes()


def test_every_fault_of_a_workbook_is_listed_with_its_cell_and_nothing_is_written(
    run: Run, faulty: Path, tmp_path: Path
) -> None:
    done = run("score", faulty, "-f", FRAMEWORK, "-o", "r.xlsx")
    assert done.code == 2
    assert done.out == ""
    for cell, code in WRONG.items():
        assert any(f"数据采集表!{cell} " in f"{line} " and code in line for line in done.err.splitlines()), cell
    assert "袁花镇" in done.err
    assert list(tmp_path.iterdir()) == []


def test_in_json_the_faults_are_data(run: Run, faulty: Path) -> None:
    done = run("score", faulty, "-f", FRAMEWORK, "-o", "r.xlsx", "--json")
    assert done.code == 2
    errors = [problem for problem in done.json["problems"] if problem["severity"] == "error"]
    assert done.json["ok"] is False
    assert {problem["cell"]: problem["code"] for problem in errors if problem["cell"]} == WRONG
    assert all(problem["why"] for problem in errors)


def test_an_existing_result_is_kept_unless_forced(run: Run, sound: Path, tmp_path: Path) -> None:
    kept = tmp_path / "r.csv"
    kept.write_text("mine", encoding="utf-8")
    done = run("score", sound, "-f", FRAMEWORK, "-o", kept)
    assert (done.code, kept.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in done.err
    assert run("score", sound, "-f", FRAMEWORK, "-o", kept, "--force").code == 0
    assert "盐官镇" in kept.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("named", ["中期", "midterm", "Mid-term"])
def test_a_round_is_named_by_id_or_label(named: str, run: Run, sound: Path, tmp_path: Path) -> None:
    assert run("score", sound, "-f", FRAMEWORK, "-o", "r.json", "--round", named).code == 0
    assert (tmp_path / "r.json").read_bytes().count(b"round:midterm") >= 1


def test_a_framework_that_cannot_be_scored_names_its_completions(run: Run, sound: Path) -> None:
    done = run("score", sound, "-f", "haining-sppe@2021", "-o", "r.csv")
    assert done.code == 2
    assert FRAMEWORK in done.err
    assert "unknown-blocks" in done.err


def test_check_lists_notes_and_passes_a_sound_file(run: Run, sound: Path, faulty: Path) -> None:
    done = run("check", sound, "-f", FRAMEWORK, "--json")
    assert (done.code, done.json["ok"]) == (0, True)
    assert "percent-sign" in {problem["code"] for problem in done.json["problems"]}
    assert run("check", faulty, "-f", FRAMEWORK).code == 2


def test_explain_goes_from_the_total_to_the_cell(run: Run, sound: Path) -> None:
    done = run("explain", sound, "-f", FRAMEWORK, "--station", "盐官镇")
    assert done.code == 0
    assert done.out == se.score(sound, FRAMEWORK).explain("盐官镇").to_text("zh")
    english = run("explain", sound, "-f", FRAMEWORK, "-s", "盐官镇", "--lang", "en", "--json")
    assert english.json == se.score(sound, FRAMEWORK).explain("盐官镇").to_dict("en")


def test_explain_of_an_unknown_station_names_the_nearest(run: Run, sound: Path) -> None:
    done = run("explain", sound, "-f", FRAMEWORK, "-s", "盐官")
    assert done.code == 2
    assert "盐官镇" in done.err


def test_verify_tells_a_sound_bundle_from_a_changed_one(run: Run, sound: Path, tmp_path: Path) -> None:
    bundle = se.score(sound, FRAMEWORK).save(tmp_path / "b.zip")
    assert run("verify", bundle).code == 0
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bundle.write_bytes(data)
    assert run("verify", bundle).code == 1
    assert run("verify", tmp_path / "none.zip").code == 2


def test_demo_writes_its_workbook_and_replaces_it_the_second_time(run: Run, tmp_path: Path) -> None:
    first = run("demo")
    (workbook,) = tmp_path.iterdir()
    data = workbook.read_bytes()
    assert first.code == 0
    assert workbook.suffix == ".xlsx"
    assert run("demo") == first
    assert workbook.read_bytes() == data


def test_demo_leaves_a_file_that_is_not_its_own_alone(run: Run, tmp_path: Path) -> None:
    run("demo")
    (workbook,) = tmp_path.iterdir()
    workbook.write_bytes(b"mine")
    done = run("demo")
    assert (done.code, workbook.read_bytes()) == (2, b"mine")
    assert "--out" in done.err


def test_demo_takes_the_example_s_workbook_for_someone_else_s(run: Run, sound: Path, tmp_path: Path) -> None:
    run("demo")
    (workbook,) = tmp_path.iterdir()
    shutil.copy(sound, workbook)
    assert run("demo").code == 2


def write(path: Path, stations: list[str]) -> Path:
    """A file of stations for a framework of Haining's that needs only entry conditions."""
    scores = se.testing.full_marks(FRAMEWORK)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["社工站", "轮次", *scores])
        for station in stations:
            writer.writerows([station, name, *scores.values()] for name in ("中期", "末期"))
    return path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("盐宫镇", "盐官镇"),
        ("盐官", "盐官镇"),
        ("海宁市盐官镇", "盐官镇"),
        ("浙江省海宁市盐官镇", "盐官镇"),
        ("盐官镇社工站", "盐官镇"),
        ("马桥", "马桥街道"),
    ],
)
def test_a_station_nearly_like_a_township_is_refused(written: str, meant: str, run: Run, tmp_path: Path) -> None:
    others = [town.name for town in townships("330481") if town.name != meant]
    done = run("check", write(tmp_path / "d.csv", [*others, written]), "-f", FRAMEWORK, "--json")
    assert done.code == 2
    assert {p["station"] for p in done.json["problems"] if p["severity"] == "error"} >= {written}
    assert run("check", tmp_path / "d.csv", "-f", FRAMEWORK, "--any-station").code == 0


def test_a_township_that_is_absent_and_a_station_that_is_none_are_noted_not_refused(run: Run, tmp_path: Path) -> None:
    names = [town.name for town in townships("330481")][:10]
    done = run("check", write(tmp_path / "d.csv", [*names, "经济开发区"]), "-f", FRAMEWORK, "--json")
    assert done.code == 0
    notes = {p["code"]: p for p in done.json["problems"]}
    assert notes["station-not-a-township"]["station"] == "经济开发区"
    assert notes["townships-absent"]["value"] == "盐官镇、袁花镇"


def test_names_that_have_nothing_in_common_with_the_county_are_not_held_against_it(run: Run, tmp_path: Path) -> None:
    done = run("check", write(tmp_path / "d.csv", ["模拟一站", "模拟二站"]), "-f", FRAMEWORK, "--json")
    assert done.code == 0
    assert "townships-absent" not in {p["code"] for p in done.json["problems"]}


def test_a_file_that_looks_like_one_is_taken_for_a_file() -> None:
    assert evaluating.reference("haining-sppe@2021") == "haining-sppe@2021"
    assert evaluating.reference("frameworks/x.yaml") == Path("frameworks/x.yaml")


def test_data_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    names = [town.name for town in townships("330481")]
    path = write(tmp_path / "d.csv", [*names[1:], "\x1b[2J\x1b]0;owned\x07站"])
    for command in (["check"], ["score", "-o", "r.csv"], ["explain", "-s", "x"]):
        done = run(command[0], path, "-f", FRAMEWORK, *command[1:])
        assert "owned" in done.out + done.err or command[0] == "explain"
        assert not any(c in done.out + done.err for c in "\x1b\x07")
