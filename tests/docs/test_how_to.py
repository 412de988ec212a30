"""What the how-to pages say can be done is done here, command by command."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from stationeval.cli import main
from stationeval.framework.official.wording import read_wording

PAGES = ["encode-a-framework.md", "encode-a-framework.en.md", "official-table.md", "official-table.en.md"]
_BLOCK = re.compile(
    r"(?:<!-- (?P<what>file|old|new): (?P<name>\S+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL
)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_runs_and_every_file_in_it_fits(
    page: str, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(repo / "examples" / "official_table" / "评分表.xlsx", tmp_path)
    old = ""
    ran = 0
    for block in _BLOCK.finditer((repo / "docs" / "how-to" / page).read_text(encoding="utf-8")):
        path = tmp_path / (block["name"] or "")
        if block["what"] == "file":
            path.write_text(block["text"], encoding="utf-8")
        elif block["what"] == "old":
            old = block["text"]
        elif block["what"] == "new":
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, old
            path.write_text(text.replace(old, block["text"]), encoding="utf-8")
        for line in block["text"].splitlines() if block["kind"] == "sh" else ():
            words = shlex.split(line)
            if words[0] == "mkdir":
                (tmp_path / words[1]).mkdir()
                continue
            assert words[0] == "stationeval"
            assert main(words[1:]) == 0, (line, capsys.readouterr())
            ran += 1
    assert ran >= 3


@pytest.mark.parametrize("page", PAGES[2:])
def test_the_words_that_the_page_calls_understood_are_and_the_others_are_not(page: str, repo: Path) -> None:
    text = (repo / "docs" / "how-to" / page).read_text(encoding="utf-8")
    table = re.findall(r"^\| ([^|]*[分][^|]*) \| [^|]*`(\w+)`", text, re.MULTILINE)
    full = {"每缺1项扣2分，扣完为止": 10, "有得3分，没有不得分": 3, "达到6人得满分，每少1人扣1分": 6}
    seen = 0
    for words, kind in table:
        for one in re.split(r"；(?=得分|达到|具备|酌情)|; ", re.sub(r"[（(].*?[）)]$", "", words.strip()).strip()):
            found = read_wording(one.strip(), full=full.get(one, 2 if "上墙" in one else 5))  # type: ignore[arg-type]
            assert found is not None, one
            assert found.rule["kind"] == kind
            seen += 1
    assert seen >= 11
    paragraph = next(one for one in text.split("\n\n") if "**不会**" in one or "do **not** become" in one)
    doubtful = re.findall(r"“([^”…]*)”", paragraph)
    wanted = [words for words in doubtful if re.search(r"扣|得", words)]
    assert len(wanted) >= 3
    for words in wanted:
        assert read_wording(words, full=5) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str, repo: Path) -> None:
    home = repo / "docs" / "how-to"
    links = re.findall(r"\]\(([^)#:]+)\)", (home / page).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (home / link).exists()] == []
