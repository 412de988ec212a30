"""What the frameworks say, without data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stationeval as se
from stationeval.framework.schema import schema

Run = Callable[..., Any]


def test_every_framework_is_listed_with_what_it_can_answer(run: Run) -> None:
    listed = {f"{one['id']}@{one['edition']}": one for one in run("frameworks", "--json").json}
    assert listed.keys() == {f"{entry.id}@{entry.edition}" for entry in se.frameworks()}
    haining = listed["haining-sppe@2021"]
    assert "score" not in haining["answers"]
    assert haining["completions"] == ["reading"]
    out = run("frameworks").out
    assert all(ref in out for ref in listed)
    assert "另可计分、等级、补助" in out


def test_show_draws_points_gates_money_and_what_is_unknown(run: Run) -> None:
    out = run("show", "haining-sppe@2021").out
    assert "规范建设  未公布" in out
    assert "全职社工人数 ≥ 6" in out
    assert "常态化志愿者人数 ≥ 5 × 全职社工人数" in out
    assert "比例 40%、封顶（元） 300000" in out
    unknown = se.load("haining-sppe@2021").unknowns()
    assert f"未知 {len(unknown)} 处" in out
    assert all(one.path in out for one in unknown)


@pytest.mark.parametrize("entry", se.frameworks(), ids=lambda entry: entry.id)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_framework_can_be_shown_in_both_languages(entry: se.Entry, lang: str, run: Run) -> None:
    done = run("show", f"{entry.id}@{entry.edition}", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert f"{entry.id}@{entry.edition}#{entry.revision}" in done.out


def test_show_in_json_is_the_resolved_framework(run: Run) -> None:
    said = run("show", "haining-sppe@2021+reading", "--json").json
    framework = se.load("haining-sppe@2021+reading")
    assert said["signature"] == framework.signature
    assert said["sha256"] == framework.sha256
    assert said["framework"]["dimensions"]["standard"]["points"] == 25


def test_a_misspelt_framework_is_answered_with_the_nearest(run: Run) -> None:
    done = run("show", "haining-spe")
    assert done.code == 2
    assert "haining-sppe" in done.err


def test_lint_points_at_line_and_column(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("schema: 1\nid: Bad\nedition: 2021\n", encoding="utf-8")
    done = run("framework", "lint", path)
    assert done.code == 2
    assert "bad.yaml:2:5" in done.out
    assert run("framework", "lint", "haining-sppe@2021+reading").code == 0


def test_cases_pass_for_a_framework_and_fail_for_a_changed_case(run: Run, repo: Path, tmp_path: Path) -> None:
    source = repo / "frameworks" / "mof-self-evaluation"
    for name in ("2020.yaml", "2020.cases.yaml"):
        (tmp_path / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert run("framework", "cases", tmp_path / "2020.yaml").code == 0
    cases = tmp_path / "2020.cases.yaml"
    text = cases.read_text(encoding="utf-8")
    assert "total: 100" in text
    cases.write_text(text.replace("total: 100", "total: 99", 1), encoding="utf-8")
    assert run("framework", "cases", tmp_path / "2020.yaml").code == 1


@pytest.mark.parametrize("kind", ["framework", "completion", "amendment", "cases"])
def test_schema_prints_the_schema_of_a_file_format(kind: str, run: Run) -> None:
    assert run("framework", "schema", kind).json == schema(kind)
