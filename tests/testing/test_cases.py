"""Cases beside a framework: every shipped one agrees, and whatever is wrong in a file of cases is named at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stationeval.errors import Problem
from stationeval.framework.folders import built_in
from stationeval.testing import check_framework

SHIPPED = sorted(built_in().root.glob("*/*.yaml"))
GIVEN = "{budget: 100, spent: 95, output_achievement: 90, benefit_achievement: 80, satisfaction_achievement: 70}"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_shipped_framework_is_sound_and_its_cases_agree(path: Path) -> None:
    report = check_framework(path)
    assert report.ok, report.to_text("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A third party's folder with one framework."""
    text = (built_in().root / "mof-self-evaluation" / "2020.yaml").read_text("utf-8")
    (tmp_path / "2020.yaml").write_text(text.replace("id: mof-self-evaluation", "id: another"), "utf-8")
    return tmp_path


def problems(folder: Path, cases: str, *, of: str = "another@2020#1") -> tuple[Problem, ...]:
    """What is wrong when a framework has these cases beside it."""
    (folder / "2020.cases.yaml").write_text(f"schema: 1\nframework: {of}\ncases:\n{cases}\n", "utf-8")
    return check_framework(folder / "2020.yaml").errors


def test_cases_that_agree_say_nothing(folder: Path) -> None:
    cases = f"  - {{name: a, given: {GIVEN}, expect: {{total: 85.5, grade: 良, rank: 1, points.outputs: 45}}}}"
    assert problems(folder, cases) == ()
    assert check_framework(folder / "2020.cases.yaml").ok
    (folder / "2020.yaml").rename(folder / "of-our-own-name.yaml")
    assert check_framework(folder / "2020.cases.yaml").ok
    assert check_framework(folder / "of-our-own-name.yaml").ok


def test_a_difference_is_named_with_its_place_expected_and_found(folder: Path) -> None:
    cases = f"  - name: a\n    given: {GIVEN}\n    expect:\n      total: 85.51\n      grade: 优"
    total, grade = problems(folder, cases)
    assert (total.code, total.value, total.values["expected"]) == ("case-differs", "85.5", "85.51")
    assert (total.place.line, total.place.column) == (7, 14)
    assert (grade.values["expected"], grade.values["found"]) == ("优", "良")
    assert "85.51" in total.why("en")
    assert "85.5" in total.why("zh")


def test_numbers_are_compared_exactly_and_words_are_not_numbers(folder: Path) -> None:
    given = GIVEN.replace("spent: 95", "spent: 33.33").replace("budget: 100", "budget: 99.99")
    cases = f"  - {{name: a, given: {given}, expect: {{points.budget_execution: 3.3333333333333335}}}}"
    (problem,) = problems(folder, cases)
    assert problem.values["found"] == "10/3"
    (word,) = problems(folder, f'  - {{name: a, given: {GIVEN}, expect: {{total: "85.5"}}}}')
    assert word.code == "case-differs"


def test_like_takes_over_an_earlier_case_and_change_replaces(folder: Path) -> None:
    first = f"  - {{name: a, given: {GIVEN}, expect: {{total: 85.5}}}}\n"
    assert problems(folder, first + "  - {name: b, like: a, change: {spent: 100}, expect: {total: 86}}") == ()
    (problem,) = problems(folder, first + "  - {name: b, like: c, expect: {total: 86}}")
    assert (problem.code, problem.place.line) == ("case-not-before", 5)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("{name: a, given: {budgte: 1}, expect: {total: 1}}", "case-unknown-input"),
        ("{name: a, given: {rounds: {q1: {budget: 1}}}, expect: {total: 1}}", "case-unknown-round"),
        ("{name: a, given: {}, expect: {gates.x: met}}", "case-unknown-key"),
        ("{name: a, given: {}, expect: {points.nothing: 1}}", "case-unknown-key"),
        ("{name: a, given: {budget: 1}, expect: {total: 1}}", "column-absent"),
        (f"{{name: a, given: {GIVEN.replace('100', '0', 1)}, expect: {{total: 1}}}}", "not-more-than"),
        ("{name: a, given: {}}", "missing-key"),
        ("{name: a, expect: {total: 1}, surprise: 1}", "unknown-key"),
        ("{name: a, expect: {total: 1", "yaml-unclosed"),
    ],
)
def test_what_is_wrong_with_a_case_is_named(folder: Path, case: str, code: str) -> None:
    found = problems(folder, f"  - {case}")
    assert code in {problem.code for problem in found}
    assert all(problem.place.file is not None and problem.place.line is not None for problem in found)
    assert all(problem.why("zh") and problem.why("en") for problem in found)


def test_two_cases_of_one_name_and_another_revision_are_errors(folder: Path) -> None:
    case = f"  - {{name: a, given: {GIVEN}, expect: {{total: 85.5}}}}"
    assert [p.code for p in problems(folder, f"{case}\n{case}")] == ["case-twice"]
    assert [p.code for p in problems(folder, case, of="another@2020#2")] == ["cases-other-revision"]


def test_a_framework_that_can_be_scored_must_have_cases(folder: Path) -> None:
    assert [p.code for p in check_framework(folder / "2020.yaml").errors] == ["no-cases"]


def test_what_cannot_be_loaded_is_reported_not_raised(tmp_path: Path) -> None:
    assert check_framework("no-such-framework").codes() == ("no-such-framework",)
    assert check_framework(tmp_path / "2020.yaml").codes() == ("no-such-file",)
    (tmp_path / "x.cases.yaml").write_text("cases: [", "utf-8")
    assert not check_framework(tmp_path / "x.cases.yaml").ok
    (tmp_path / "x.cases.yaml").write_text(
        "schema: 1\nframework: nowhere@1#1\ncases: [{name: a, expect: {total: 1}}]\n", "utf-8"
    )
    assert check_framework(tmp_path / "x.cases.yaml").codes() == ("no-such-framework",)
