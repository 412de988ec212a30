"""Every framework of this package is without an error, and its cases come out exactly."""

from __future__ import annotations

from pathlib import Path

import example_frameworks
import pytest

import stationeval as se
from stationeval.testing import check_framework

FOLDER = Path(example_frameworks.__file__).parent / "frameworks"
FILES = sorted(path for path in FOLDER.glob("*/*.yaml") if not path.name.endswith(".cases.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_framework_has_no_error_and_its_cases_agree(path: Path) -> None:
    report = check_framework(path)
    assert report.ok, report.to_text("en")


def test_stationeval_finds_what_this_package_brings() -> None:
    found = {entry.id for entry in se.frameworks() if entry.package == "example_frameworks"}
    assert found == {path.parent.name for path in FILES}
