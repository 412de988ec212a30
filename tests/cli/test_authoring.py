"""For those who write frameworks: begin, bring in, take out, compare, move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.framework.official.sheets import book, untidy, usual
from tests.framework.test_upgrading import AMENDMENT, COMPLETION, NEXT

import stationeval as se

Run = Callable[..., Any]


def test_a_framework_is_begun_linted_and_its_cases_run(run: Run, tmp_path: Path) -> None:
    done = run("framework", "new", "mou-shi", "--edition", "2024", "--place", "330481", "--label", "某市办法")
    assert (done.code, done.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "mou-shi").iterdir()) == ["2024.cases.yaml", "2024.yaml"]
    framework = se.load(tmp_path / "mou-shi" / "2024.yaml")
    assert framework.doc.jurisdiction.label.zh == "海宁市"
    assert framework.doc.effective.from_ == "2024-01-01"
    assert run("framework", "lint", "mou-shi/2024.yaml").code == 0
    assert run("framework", "cases", "mou-shi/2024.yaml").code == 0


def test_nothing_is_begun_over_existing_files_unless_asked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "there" / "mou-shi" / "draft.yaml"
    assert run("framework", "new", "mou-shi", "--out", "there").code == 0
    path.write_text("mine", encoding="utf-8")
    done = run("framework", "new", "mou-shi", "--out", "there")
    assert done.code == 2
    assert "draft.yaml" in done.err
    assert "draft.cases.yaml" in done.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("framework", "new", "mou-shi", "--out", "there", "--force", "--lang", "en").code == 0
    assert "A draft" in path.read_text(encoding="utf-8")


def test_everything_wrong_with_a_new_name_is_said_at_once(run: Run, tmp_path: Path) -> None:
    done = run("framework", "new", "Mou Shi", "--edition", "20/24", "--place", "33", "--json")
    assert done.code == 2
    assert [problem["code"] for problem in done.json["problems"]] == [
        "not-an-id",
        "not-an-edition",
        "bad-jurisdiction-code",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_is_read_into_a_file_that_lints(lang: str, run: Run, tmp_path: Path) -> None:
    usual(tmp_path / "table.xlsx")
    done = run(
        "framework",
        "from-excel",
        "table.xlsx",
        "--id",
        "mou-shi",
        "-o",
        "made.yaml",
        "--place",
        "330481",
        "--lang",
        lang,
    )
    assert (done.code, done.err) == (0, "")
    assert "G10" in done.out
    assert ("14 行" if lang == "zh" else "14 rows") in done.out
    assert se.load(tmp_path / "made.yaml").id == "mou-shi"
    assert run("framework", "lint", "made.yaml").code == 0
    assert run("framework", "from-excel", "table.xlsx", "-o", "made.yaml").code == 2
    assert run("framework", "from-excel", "table.xlsx", "-o", "made.yaml", "--force").code == 0


def test_without_a_file_the_document_goes_to_the_screen_and_the_notes_beside_it(run: Run, tmp_path: Path) -> None:
    usual(tmp_path / "table.xlsx")
    done = run("framework", "from-excel", "table.xlsx", "--issuer", "某局")
    (tmp_path / "piped.yaml").write_text(done.out, encoding="utf-8")
    assert se.load(tmp_path / "piped.yaml").doc.issuer.zh == "某局"
    assert "G10" in done.err


def test_a_table_at_odds_with_itself_is_written_and_said_to_be(run: Run, tmp_path: Path) -> None:
    untidy(tmp_path / "table.xlsx")
    done = run("framework", "from-excel", "table.xlsx", "-o", "made.yaml")
    assert done.code == 2
    assert "表1!D5" in done.out
    assert (tmp_path / "made.yaml").is_file()
    said = run("framework", "from-excel", "table.xlsx", "--json")
    assert said.code == 2
    assert said.json["rows"] == 13
    assert {"sheet", "cell", "why", "hint"} <= said.json["problems"][0].keys()


def test_a_table_completes_a_framework(run: Run, tmp_path: Path) -> None:
    name = next(iter(se.load("haining-sppe@2021").doc.dimensions.values())).label.zh  # type: ignore[union-attr]
    cells = {"A1": "一级指标", "B1": "二级指标", "C1": "分值", "D1": "评分标准"}
    book(tmp_path / "t.xlsx", {"表": {**cells, "A2": name, "B2": "公开", "C2": 5, "D2": "每缺1次扣1分，扣完为止"}})
    done = run(
        "framework",
        "from-excel",
        "t.xlsx",
        "--completes",
        "haining-sppe@2021#1",
        "--name",
        "table",
        "-o",
        "2021+table.yaml",
    )
    assert done.code == 0
    assert se.load(tmp_path / "2021+table.yaml").signature == "haining-sppe@2021#1+table"


def test_what_is_no_table_is_refused(run: Run, tmp_path: Path) -> None:
    book(tmp_path / "t.xlsx", {"表": {"A1": "姓名"}})
    assert "一级指标" in run("framework", "from-excel", "t.xlsx").err
    assert run("framework", "from-excel", "gone.xlsx").code == 2
    assert run("framework", "from-excel", "t.xlsx", "--completes", "haining-spe").code == 2


def test_a_framework_goes_to_excel_and_back(run: Run, tmp_path: Path) -> None:
    done = run("framework", "to-excel", "haining-sppe@2021+reading", "--out", "t.xlsx")
    assert (done.code, done.err) == (0, "")
    assert run("framework", "from-excel", "t.xlsx", "-o", "back.yaml").code == 0
    assert run("framework", "diff", "haining-sppe@2021+reading", "back.yaml").out == "两者的值完全相同\n"
    assert run("framework", "to-excel", "haining-sppe@2021", "--out", "t.xlsx").code == 2


def test_differences_are_shown_by_path_with_both_values(run: Run) -> None:
    done = run("framework", "diff", "haining-sppe@2021", "haining-sppe@2021+reading")
    assert done.code == 0
    assert "dimensions.standard.points" in done.out
    assert "未公布" in done.out
    rows = {
        row["path"]: row
        for row in run("framework", "diff", "haining-sppe@2021", "haining-sppe@2021+reading", "--json").json[
            "differences"
        ]
    }
    assert rows["dimensions.standard.points"]["new"] == 25
    assert (rows["dimensions.standard.points"]["old_status"], rows["dimensions.standard.points"]["new_status"]) == (
        "unknown",
        "assumed",
    )


def test_show_is_also_found_among_the_framework_commands(run: Run) -> None:
    assert run("framework", "show", "haining-sppe@2021").out == run("show", "haining-sppe@2021").out


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "2021.yaml").write_text(NEXT, encoding="utf-8")
    (tmp_path / "extra.yaml").write_text(COMPLETION, encoding="utf-8")
    (tmp_path / "2023.yaml").write_text(AMENDMENT, encoding="utf-8")
    return tmp_path


def test_a_completion_is_moved_to_a_new_file_or_in_place_with_a_copy_kept(run: Run, home: Path) -> None:
    looked = run("framework", "upgrade", "extra.yaml")
    assert looked.code == 0
    assert (home / "extra.yaml").read_text(encoding="utf-8") == COMPLETION
    assert run("framework", "upgrade", "extra.yaml", "--out", "new.yaml").code == 0
    assert "small@2021#2" in (home / "new.yaml").read_text(encoding="utf-8")
    assert run("framework", "upgrade", "extra.yaml", "--out", "new.yaml").code == 2
    assert run("framework", "upgrade", "extra.yaml", "--force").code == 0
    assert (home / "extra.yaml.bak").read_text(encoding="utf-8") == COMPLETION
    assert (home / "extra.yaml").read_text(encoding="utf-8") == COMPLETION.replace("#1", "#2")
    assert "small@2021#2" in run("framework", "upgrade", "extra.yaml").out


def test_an_amendment_that_no_longer_fits_is_left_alone(run: Run, home: Path) -> None:
    (home / "2021.yaml").write_text(NEXT.replace("cap: 300000", "cap: 320000"), encoding="utf-8")
    done = run("framework", "upgrade", "2023.yaml", "--force")
    assert done.code == 2
    assert "stale-was" in done.err
    assert (home / "2023.yaml").read_text(encoding="utf-8") == AMENDMENT
    assert not (home / "2023.yaml.bak").exists()
    said = run("framework", "upgrade", "2023.yaml", "--force", "--json").json
    assert (said["ok"], said["out"]) == (False, None)
