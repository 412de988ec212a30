"""Importing is cheap: the heavy packages wait until something needs them."""

from __future__ import annotations

import compileall
import json
import subprocess
import sys
from pathlib import Path

import pytest

import stationeval

NEVER = {"duckdb", "matplotlib", "narwhals", "openpyxl", "pandas", "polars", "pyarrow", "rich", "scipy"}
NOT_AT_IMPORT = NEVER | {"click", "numpy", "pydantic", "yaml"}
IMPORT = "import stationeval"
LOAD = "import stationeval; stationeval.load('haining-sppe@2021+reading')"
MEASURE = """
import json, resource, sys
before = resource.getrusage(resource.RUSAGE_SELF)
{code}
after = resource.getrusage(resource.RUSAGE_SELF)
seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(json.dumps({{"seconds": seconds, "modules": sorted({{name.partition(".")[0] for name in sys.modules}})}}))
"""


def fresh(code: str) -> dict[str, list[str] | float]:
    """What a new interpreter loads and how much processor time it takes for it."""
    command = [sys.executable, "-c", MEASURE.format(code=code)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(("code", "unwanted"), [(IMPORT, NOT_AT_IMPORT), (LOAD, NEVER)])
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str, unwanted: set[str]) -> None:
    modules = fresh(code)["modules"]
    assert "stationeval" in modules
    assert unwanted.isdisjoint(modules)


@pytest.mark.parametrize(("code", "budget"), [(IMPORT, 0.1), (LOAD, 0.5)])
def test_compiled_it_takes_little_processor_time(code: str, budget: float) -> None:
    pytest.importorskip("resource", reason="processor time of a process is measured on POSIX only")
    compileall.compile_dir(Path(stationeval.__file__).parent, quiet=2)
    assert min(fresh(code)["seconds"] for _ in range(5)) <= budget
