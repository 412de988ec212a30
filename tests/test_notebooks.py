"""Every notebook runs from top to bottom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.py"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(notebook: Path, tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-X", "utf8", str(notebook)], cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode("utf-8")
    assert "盐官镇" in run.stdout.decode("utf-8") or "总分" in run.stdout.decode("utf-8")


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS
