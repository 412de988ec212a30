"""One report finds every planted mistake at its line and column, finds nothing else, and never breaks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from stationeval.errors import FrameworkError, FrameworkSyntaxError, Report
from stationeval.framework.registry import lint, load
from stationeval.framework.source import MAX_BYTES
from stationeval.messages import message

PLANTED = Path(__file__).parent / "planted"
MARKED = ("content", "syntax", "completion", "amendment", "orphan")
MARK = re.compile(r"!(?P<code>[a-z0-9-]+):(?P<column>\d+)")


def planted(name: str) -> Counter[tuple[int, int, str]]:
    """The mistakes that the lines of a file name."""
    lines = (PLANTED / f"{name}.yaml").read_text(encoding="utf-8").split("\n")
    return Counter(
        (number, int(mark["column"]), mark["code"])
        for number, line in enumerate(lines, 1)
        for mark in MARK.finditer(line.rpartition(" # ")[2])
    )


def found(report: Report) -> Counter[tuple[int | None, int | None, str]]:
    return Counter((p.place.line, p.place.column, p.code) for p in report.errors)


@pytest.mark.parametrize("name", MARKED)
def test_one_report_finds_exactly_the_planted_mistakes_at_their_lines_and_columns(name: str) -> None:
    report = lint(PLANTED / f"{name}.yaml")
    assert found(report) == planted(name)
    assert {p.place.file for p in report.errors} == {str(PLANTED / f"{name}.yaml")}


def test_the_planted_mistakes_are_of_more_than_forty_kinds() -> None:
    assert len({code for name in MARKED for _, _, code in planted(name)}) > 60
    assert len({code for _, _, code in planted("content")}) >= 40


@pytest.mark.parametrize("name", MARKED)
def test_every_problem_says_in_both_languages_what_is_wrong(name: str) -> None:
    for problem in lint(PLANTED / f"{name}.yaml"):
        assert problem.why("zh")
        assert problem.why("en")
        assert bool(problem.hint("zh")) == bool(problem.hint("en")) == bool(message(problem.code).hint[0])


def test_editions_that_extend_each_other_are_a_circle_not_a_hang() -> None:
    report = lint(PLANTED / "circle-one.yaml")
    assert report.codes() == ("extends-cycle",)
    assert report.errors[0].place.line == 2
    assert report.errors[0].value == "planted-circle@one → planted-circle@two → planted-circle@one"


def test_the_base_of_the_planted_files_has_no_mistake_itself() -> None:
    assert lint(PLANTED / "base.yaml").ok


def broken(tmp_path: Path, data: bytes) -> Report:
    path = tmp_path / "broken.yaml"
    path.write_bytes(data)
    with pytest.raises(FrameworkError) as caught:
        load(path)
    return caught.value.report


CONTENT = (PLANTED / "base.yaml").read_bytes()


def test_text_that_is_not_utf_8_is_one_problem(tmp_path: Path) -> None:
    report = broken(tmp_path, CONTENT.decode().encode("gb18030"))
    assert report.codes() == ("yaml-other-encoding",)


def test_a_nul_byte_is_found_where_it_is(tmp_path: Path) -> None:
    report = broken(tmp_path, CONTENT.replace(b"total: 100", b"total: \x00100"))
    line = CONTENT[: CONTENT.index(b"total:")].count(b"\n") + 1
    assert ("yaml-hidden-character", line, 8) in {(p.code, p.place.line, p.place.column) for p in report}


def test_nesting_a_hundred_deep_is_found_on_the_way_down(tmp_path: Path) -> None:
    deep = b"dimensions: " + b"{a: {indicators: " * 50 + b"1" + b"}}" * 50
    report = broken(tmp_path, CONTENT.split(b"dimensions:")[0] + deep + b"\n")
    assert "yaml-too-deep" in report.codes()


def test_ten_megabytes_of_nodes_are_refused_unread(tmp_path: Path) -> None:
    data = CONTENT + b"derive:\n" + b"  x: {a: 1}\n" * 900_000
    assert len(data) > 10_000_000
    assert broken(tmp_path, data).codes() == ("yaml-too-large",)


def test_as_many_nodes_as_fit_into_a_file_are_refused(tmp_path: Path) -> None:
    rows = b"".join(b"  x%d: {a: 1}\n" % number for number in range(60_000))
    data = CONTENT + b"derive:\n" + rows
    assert len(data) < MAX_BYTES
    assert "yaml-too-many-values" in broken(tmp_path, data).codes()


@pytest.mark.parametrize(
    "data", [b"", b"- 1\n", b"just text\n", b"{}\n", b"schema: 1\n", b"\xff\xfe\x00\x00", b"a: [\n"]
)
def test_anything_else_is_an_error_with_a_report(tmp_path: Path, data: bytes) -> None:
    report = broken(tmp_path, data)
    assert report.errors
    assert all(problem.why("zh") for problem in report)


def test_a_file_with_mistakes_of_writing_and_of_content_is_a_syntax_error() -> None:
    with pytest.raises(FrameworkSyntaxError):
        load(PLANTED / "syntax.yaml")


@pytest.mark.parametrize("cut", range(0, len(CONTENT), 97))
def test_a_file_that_breaks_off_anywhere_is_reported_not_raised(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.yaml"
    path.write_bytes(CONTENT[:cut])
    report = lint(path)
    assert isinstance(report, Report)
    assert all(problem.place.file == str(path) for problem in report)
