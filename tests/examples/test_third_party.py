"""The template of a package that brings frameworks, built and installed as a third party would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TEMPLATE = "examples/third-party"
ASK = """
import json, sys
import stationeval as se
said = {"listed": [[e.id, e.edition, e.package, list(e.report.codes()), [p.why("zh") for p in e.report.errors]] for e in se.frameworks()]}
for ref in sys.argv[1:]:
    try:
        said[ref] = se.load(ref).signature
    except se.StationevalError as error:
        said[ref] = [[p.code, {k: str(v) for k, v in p.values.items()}, p.why("zh")] for p in error.problems]
said["imported"] = sorted(name for name in sys.modules if name.endswith("_frameworks"))
print(json.dumps(said))
"""


def package(
    repo: Path, folder: Path, name: str, *, points_to: str = "frameworks", framework: str = "example-county"
) -> Path:
    """A copy of the template under another name, with code that must not run."""
    home = folder / name
    shutil.copytree(repo / TEMPLATE, home, ignore=shutil.ignore_patterns("__pycache__", "dist", ".pytest_cache"))
    if name != "example_frameworks":
        (home / "example_frameworks").rename(home / name)
    project = home / "pyproject.toml"
    text = project.read_text(encoding="utf-8").replace("example_frameworks", name).replace("example-frameworks", name)
    project.write_text(text.replace(f'"{name}:frameworks"', f'"{name}:{points_to}"'), encoding="utf-8")
    (home / name / "__init__.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
    if framework != "example-county":
        inside = home / name / "frameworks" / "example-county"
        inside.rename(inside.with_name(framework))
        for path in inside.with_name(framework).iterdir():
            path.write_text(path.read_text(encoding="utf-8").replace("example-county", framework), encoding="utf-8")
    return home


def install(target: Path, *homes: Path) -> Path:
    """Build and install packages into a folder, without the network."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    command += ["--disable-pip-version-check", "--no-compile", "--target", str(target), *map(str, homes)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return target


def ask(target: Path, *refs: str) -> dict[str, Any]:
    """What stationeval says where these packages are installed."""
    environment = {**os.environ, "PYTHONPATH": str(target)}
    done = subprocess.run(
        [sys.executable, "-c", ASK, *refs],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=environment,
        cwd=target,
    )
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def several(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Two packages with one id, one with another, and a broken one, all installed together."""
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    pytest.importorskip("pip", reason="pip is not installed")
    sources, target = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("several")
    homes = [
        package(repo, sources, "county_frameworks"),
        package(repo, sources, "city_frameworks"),
        package(repo, sources, "lone_frameworks", framework="lone-county"),
        package(repo, sources, "broken_frameworks", points_to="nowhere"),
    ]
    return ask(install(target, *homes), "example-county", "lone-county", "haining-sppe@2021", "no-such-county")


def test_an_installed_package_brings_its_framework_and_none_of_its_code_runs(several: dict[str, Any]) -> None:
    assert several["lone-county"] == "lone-county@2024#1"
    assert ["lone-county", "2024", "lone_frameworks", ["draft"], []] in several["listed"]
    assert several["imported"] == []


def test_one_id_from_two_installed_packages_names_both(several: dict[str, Any]) -> None:
    ((code, values, why),) = several["example-county"]
    assert code == "two-packages"
    assert "county_frameworks" in why
    assert "city_frameworks" in why
    assert "county_frameworks" in values["packages"]
    clashing = [row for row in several["listed"] if row[0] == "example-county"]
    assert {row[2] for row in clashing} == {"county_frameworks", "city_frameworks"}
    assert all("two-packages" in row[3] for row in clashing)


def test_a_broken_package_is_reported_and_stops_no_other(several: dict[str, Any]) -> None:
    (broken,) = [row for row in several["listed"] if row[3] == ["plugin-broken"]]
    assert broken[2] == "broken_frameworks"
    assert "nowhere" in broken[4][0]
    assert several["haining-sppe@2021"] == "haining-sppe@2021#1"
    assert [code for code, _, _ in several["no-such-county"]] == ["no-such-framework", "plugin-broken"]


def test_the_template_as_it_stands_passes_its_own_tests_once_installed(repo: Path, tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    home = tmp_path / "template"
    shutil.copytree(repo / TEMPLATE, home, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    target = install(tmp_path / "target", home)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-c", os.devnull]
    done = subprocess.run(
        [*command, "--rootdir", str(home), str(home / "tests")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_both_readmes_name_the_same_files_and_commands(repo: Path) -> None:
    texts = [(repo / TEMPLATE / name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md")]
    for said in (
        "stationeval framework new",
        "stationeval framework from-excel",
        "pip install -e '.[test]'",
        "stationeval.frameworks",
    ):
        assert all(said in text for text in texts)
