"""What the README shows is what the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_table_in_the_readme_is_the_one_that_the_demo_prints(tmp_path: Path) -> None:
    shown = re.search(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    wide = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "stationeval.cli", "demo"], cwd=tmp_path, env=wide, capture_output=True, check=True
    )
    printed = {line.rstrip() for line in run.stdout.decode("utf-8").splitlines()}
    lines = [line.rstrip() for line in shown[1].splitlines()]
    assert len(lines) == 15
    assert [line for line in lines if line not in printed] == []
