"""What is built from the repository holds everything that it must, and says so truthfully."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import entry_points, metadata
from pathlib import Path

import pytest
import yaml

import stationeval

EXTRAS = {"all", "cli", "dev", "docs", "duckdb", "excel", "pdf", "plot", "polars", "report", "spark", "test"}
SECOND_TREES = {"frameworks": "stationeval/_frameworks", "examples/haining": "stationeval/_examples/haining"}


@pytest.fixture(scope="module")
def project(repo: Path) -> dict:
    return tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def built(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution, built without the network."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=repo, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def in_wheel(built: Path) -> dict[str, bytes]:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def in_sdist(built: Path) -> set[str]:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        return {member.name.partition("/")[2] for member in archive.getmembers()}


def files(folder: Path) -> list[Path]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in found if "__pycache__" not in path.parts]


@pytest.mark.parametrize(("tree", "home"), SECOND_TREES.items())
def test_the_wheel_carries_a_data_folder_byte_for_byte(
    tree: str, home: str, repo: Path, in_wheel: dict[str, bytes]
) -> None:
    expected = {f"{home}/{path.relative_to(repo / tree).as_posix()}": path.read_bytes() for path in files(repo / tree)}
    assert expected
    assert {name: body for name, body in in_wheel.items() if name.startswith(f"{home}/")} == expected


def test_the_wheel_carries_every_module_and_its_typing_marker(repo: Path, in_wheel: dict[str, bytes]) -> None:
    source = repo / "src"
    assert {path.relative_to(source).as_posix() for path in files(source)} <= in_wheel.keys()
    assert "stationeval/py.typed" in in_wheel


def test_the_wheel_carries_both_licences(in_wheel: dict[str, bytes]) -> None:
    licences = {name.partition("/licenses/")[2] for name in in_wheel if "/licenses/" in name}
    assert licences == {"LICENSE", "frameworks/LICENSE"}


@pytest.mark.parametrize("tree", ["benchmarks", "docs", "examples", "frameworks", "notebooks", "src", "tests"])
def test_the_source_distribution_carries_every_folder(tree: str, repo: Path, in_sdist: set[str]) -> None:
    assert {path.relative_to(repo).as_posix() for path in files(repo / tree)} <= in_sdist


def test_the_source_distribution_can_run_the_two_commands(in_sdist: set[str]) -> None:
    assert {"Makefile", "constraints.txt", "pyproject.toml", "README.md", "README.en.md"} <= in_sdist


def test_the_installed_package_is_described_as_the_project_says(project: dict) -> None:
    installed = metadata("stationeval")
    assert installed["Version"] == project["version"]
    assert installed["Requires-Python"] == ">=3.11"
    assert set(installed.get_all("Provides-Extra")) == EXTRAS


def test_the_command_is_the_main_function_of_the_command_line() -> None:
    (script,) = entry_points(group="console_scripts", name="stationeval")
    assert callable(script.load())


def test_all_is_every_extra_for_users_but_spark(project: dict) -> None:
    (everything,) = project["optional-dependencies"]["all"]
    named = set(re.fullmatch(r"stationeval\[(.*)\]", everything).group(1).split(","))
    assert named == EXTRAS - {"all", "spark", "test", "docs", "dev"}


def test_the_version_is_the_same_wherever_it_is_written(repo: Path, project: dict) -> None:
    citation = yaml.safe_load((repo / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (repo / "CHANGELOG.md").read_text(encoding="utf-8")
    assert citation["version"] == project["version"] == stationeval.__version__
    assert re.search(r"^## (\S+)", changelog, re.MULTILINE).group(1) == project["version"]


def test_the_constraints_are_plain_pins(repo: Path) -> None:
    lines = (repo / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    for pin in pins:
        assert re.fullmatch(r'[\w.-]+==[\w.]+(; python_version (<|>=) "3\.\d+")?', pin)
