"""The command line as a person runs it, in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stationeval.cli import main
from stationeval.datasets import haining

FRAMEWORK = "haining-sppe@2021+reading"


@dataclass(frozen=True)
class Done:
    """What a run gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run a command in an empty folder, without the caller's settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("STATIONEVAL_LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Done:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def sound() -> Path:
    return haining() / "社工站数据采集表.xlsx"


@pytest.fixture(scope="session")
def faulty() -> Path:
    return haining() / "社工站数据采集表-有错误.xlsx"
