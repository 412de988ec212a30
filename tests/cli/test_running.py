"""Languages, streams and exit codes; a defect is one line, an interruption leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stationeval.cli import evaluating, main
from stationeval.cli.commands import build
from stationeval.report.export import write_whole

FRAMEWORK = "haining-sppe@2021+reading"
Run = Callable[..., Any]
COMMANDS = ["demo", "score", "check", "explain", "verify", "frameworks", "show", "framework"]
LATE = {"rich", "numpy", "pandas", "pydantic", "yaml", "narwhals", "xlsxwriter", "openpyxl", "scipy"}


def test_without_a_command_and_with_help_the_page_is_the_same(run: Run) -> None:
    assert run().out == run("--help").out == run("-h").out
    assert run("framework").out == run("framework", "--help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(command: str, run: Run) -> None:
    zh, en = run(command, "--help"), run(command, "--help", "--lang", "en")
    assert (zh.code, en.code) == (0, 0)
    assert zh.out.startswith(f"用法：stationeval {command}")
    assert en.out.startswith(f"Usage: stationeval {command}")
    assert "--json" in zh.out
    assert not any("\u4e00" <= c <= "\u9fff" for line in en.out.splitlines() for c in line.replace("盐官镇", ""))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_exit_codes_are_documented(lang: str, run: Run) -> None:
    out = run("--help", "--lang", lang).out
    for code in ("0", "1", "2", "70", "130"):
        assert f"{code} " in out.partition("退出码" if lang == "zh" else "Exit codes")[2]


def test_the_environment_sets_the_language_and_the_option_wins(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATIONEVAL_LANG", "en")
    assert run("--help").out.startswith("Usage")
    assert run("--lang", "zh", "--help").out.startswith("用法")
    assert run("frameworks", "--lang=zh").out.strip().startswith("编号")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scor"], "score"),
        (["score", "--fram"], "--framework"),
        (["score", "x.xlsx"], "--framework"),
        (["score"], "文件"),
        (["framework", "schema", "poem"], "completion"),
        (["frameworks", "--lang", "fr"], "zh、en"),
    ],
)
def test_a_bad_command_line_is_answered_with_what_was_meant(arguments: list[str], said: str, run: Run) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "--help" in done.err


def test_in_json_a_bad_command_line_is_json_too(run: Run) -> None:
    done = run("scor", "--json")
    assert (done.code, done.json["ok"], done.err) == (2, False, "")


def test_a_defect_is_one_line_and_a_traceback_only_when_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no good")

    monkeypatch.setattr(evaluating, "load", broken)
    done = run("check", "x.xlsx", "-f", FRAMEWORK)
    assert (done.code, done.out) == (70, "")
    assert "RuntimeError" in done.err
    assert "no good" in done.err
    assert "--debug" in done.err
    assert "Traceback" not in done.err
    with pytest.raises(RuntimeError):
        main(["check", "x.xlsx", "-f", FRAMEWORK, "--debug"])


def test_an_interruption_exits_with_130_and_leaves_no_file(
    run: Run, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_scores: object, path: Path, **_: object) -> None:
        def write(stream: Any) -> None:
            stream.write(b"half")
            raise KeyboardInterrupt

        write_whole(path, write)

    monkeypatch.setattr(evaluating, "export", interrupted)
    done = run("score", sound, "-f", FRAMEWORK, "-o", "r.xlsx")
    assert done.code == 130
    assert list(tmp_path.iterdir()) == []


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "stationeval.cli", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_a_pipe_gets_plain_text_of_whole_lines(run: Run, sound: Path) -> None:
    done = run("check", sound, "-f", FRAMEWORK)
    assert "\x1b[" not in done.out
    assert all(line.rstrip() == line for line in done.out.splitlines())


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from stationeval.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert {name.partition(".")[0] for name in done.stderr.split()}.isdisjoint(LATE)


def test_a_terminal_that_has_no_chinese_characters_does_not_break_the_program() -> None:
    done = process("frameworks", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"haining-sppe@2021" in done.stdout


def test_the_commands_are_completed_by_the_shell() -> None:
    done = process("x", _STATIONEVAL_COMPLETE="bash_complete", COMP_WORDS="stationeval fr", COMP_CWORD="1")
    assert b"frameworks" in done.stdout


def test_every_command_takes_the_common_options() -> None:
    commands = list(build("zh").commands.values())
    for command in commands:
        names = {name for param in command.params for name in param.opts}
        assert {"--lang", "--json", "--debug", "--help"} <= names


def test_a_reader_that_closes_the_pipe_early_is_no_failure() -> None:
    command = [sys.executable, "-m", "stationeval.cli", "frameworks"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 141
